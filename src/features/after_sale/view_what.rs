//! The first step: which lines, how many, which of their components.

use leptos::prelude::*;
use orders_api::{AfterSaleOptions, ComponentOption, LineOption, field_codes};

use crate::browser;
use crate::format;
use crate::words::{Lang, fill};

use super::views::AskParts;
use super::wish::{Change, Field, is_open};
use super::words::Words;

/// The lines: those of which something may be asked for to choose from, the others with the reason.
#[component]
pub fn WhatView(
    /// The language.
    lang: Lang,
    /// What the shop offers.
    options: Signal<AfterSaleOptions>,
    /// The page.
    parts: AskParts,
) -> impl IntoView {
    let words = Words::of(lang);
    let error = parts.problem(Field::Lines);
    let locked = parts.locked();
    let lines = Memo::new(move |_| options.with(|options| options.lines.clone()));
    let text = move || {
        error.get().map(|code| {
            if code == field_codes::REQUIRED {
                words.lines_missing
            } else {
                words.lines_wrong
            }
        })
    };
    view! {
        <fieldset
            class="panel ask-part"
            aria-invalid=move || error.with(Option::is_some).then_some("true")
            aria-describedby="lines-error"
            disabled=move || locked.get()
        >
            <legend class="visually-hidden">{words.lines}</legend>
            <ul class="ask-lines">
                {move || lines.with(|lines| {
                    lines.iter().map(|option| line_view(lang, option, parts)).collect_view()
                })}
            </ul>
            <p class="field-error" id="lines-error" hidden=move || error.with(Option::is_none)>
                {text}
            </p>
        </fieldset>
    }
}

/// The picture and the words of a line.
pub fn line_face(lang: Lang, option: &LineOption) -> impl IntoView + use<> {
    let words = Words::of(lang);
    let line = &option.line;
    let picture = match &line.image_url {
        Some(url) => view! { <img class="picture" src=url.clone() alt="" width="72" height="72"/> }
            .into_any(),
        None => view! { <span class="picture"></span> }.into_any(),
    };
    let mut price = format::money(&line.unit_price);
    price.push_str(" ×");
    price.push_str(&line.quantity.to_string());
    let why = match (option.not_even_faulty, option.not) {
        (Some(not), _) => Some(("never", words.not_returnable(not))),
        // That it is over is said above, once for all.
        (None, Some(_)) => Some(("fault", words.only_fault)),
        (None, None) => None,
    };
    view! {
        {picture}
        <span class="ask-line-text">
            <span class="ask-line-title">{line.title.clone()}</span>
            {line.variant.clone().map(|variant| view! {
                <span class="ask-line-more">{variant}</span>
            })}
            <span class="ask-line-more number">{price}</span>
            {why.map(|(kind, text)| view! {
                <span class="ask-line-why" data-kind=kind>{text}</span>
            })}
        </span>
    }
}

fn line_view(lang: Lang, option: &LineOption, parts: AskParts) -> impl IntoView + use<> {
    if !is_open(option) {
        return view! {
            <li class="ask-line" data-closed="">
                <div class="ask-line-row">{line_face(lang, option)}</div>
            </li>
        }
        .into_any();
    }
    let words = Words::of(lang);
    let most = option.quantity;
    let id = StoredValue::new(option.line.id.clone());
    let chosen = Memo::new(move |_| {
        parts
            .wish
            .with(|wish| id.with_value(|id| wish.quantity_of(id)))
    });
    let is_chosen = Memo::new(move |_| chosen.get() > 0);
    let set = move |quantity| parts.change.run(Change::Quantity(id.get_value(), quantity));
    let title = [("title", option.line.title.as_str())];
    let how_many = fill(words.how_many, &title);
    let components = option.components.clone();
    view! {
        <li class="ask-line">
            <label class="ask-line-row">
                <input
                    class="choice-input"
                    type="checkbox"
                    prop:checked=move || is_chosen.get()
                    checked=is_chosen.get_untracked()
                    on:change=move |_| set(if is_chosen.get_untracked() { 0 } else { most })
                />
                {line_face(lang, option)}
            </label>
            {(most > 1).then(|| view! {
                <div class="ask-line-quantity" hidden=move || chosen.get() == 0>
                    {stepper(words, how_many, chosen, most, set)}
                    <span class="ask-line-more">
                        {fill(words.line_of, &[("n", &most.to_string())])}
                    </span>
                </div>
            })}
            {(!components.is_empty()).then(|| view! {
                <fieldset class="ask-components" hidden=move || chosen.get() == 0>
                    <legend class="ask-line-more">{words.components}</legend>
                    {components
                        .into_iter()
                        .map(|component| component_view(words, component, id, chosen, parts))
                        .collect_view()}
                </fieldset>
            })}
        </li>
    }
    .into_any()
}

fn stepper(
    words: &'static Words,
    name: String,
    chosen: Memo<u32>,
    most: u32,
    set: impl Fn(u32) + Copy + Send + Sync + 'static,
) -> impl IntoView {
    // They stay focusable at their ends, so that the keyboard does not lose its place.
    let at_start = move || (chosen.get() <= 1).then_some("true");
    let at_end = move || (chosen.get() >= most).then_some("true");
    let field = name.clone();
    view! {
        <div class="stepper" role="group" aria-label=field>
            <button
                class="stepper-button"
                type="button"
                aria-label=words.fewer
                aria-disabled=at_start
                on:click=move |_| {
                    if chosen.get_untracked() > 1 {
                        set(chosen.get_untracked() - 1);
                    }
                }
            >
                "−"
            </button>
            <input
                class="stepper-value"
                type="number"
                min="1"
                max=most.to_string()
                inputmode="numeric"
                autocomplete="off"
                aria-label=name
                prop:value=move || chosen.get().to_string()
                on:change=move |event| {
                    let typed = event_target_value(&event).trim().parse().unwrap_or(1);
                    let typed = u32::clamp(typed, 1, most);
                    browser::refill(&event, &typed.to_string());
                    set(typed);
                }
            />
            <button
                class="stepper-button"
                type="button"
                aria-label=words.more
                aria-disabled=at_end
                on:click=move |_| {
                    if chosen.get_untracked() < most {
                        set(chosen.get_untracked() + 1);
                    }
                }
            >
                "+"
            </button>
        </div>
    }
}

fn component_view(
    words: &'static Words,
    component: ComponentOption,
    line: StoredValue<String>,
    chosen: Memo<u32>,
    parts: AskParts,
) -> impl IntoView {
    let ComponentOption {
        id,
        title,
        refundable,
        quantity,
    } = component;
    let id = StoredValue::new(id);
    let closed = move || !refundable || quantity < chosen.get().max(1);
    let meant = Memo::new(move |_| {
        parts.wish.with(|wish| {
            let some = line.with_value(|line| wish.line(line).cloned());
            some.is_some_and(|some| id.with_value(|id| some.components.contains(id)))
        })
    });
    let more = move || {
        if !refundable || quantity == 0 {
            Some(words.component_not.to_owned())
        } else {
            closed().then(|| fill(words.component_few, &[("n", &quantity.to_string())]))
        }
    };
    view! {
        <label class="choice" data-closed=move || closed().then_some("")>
            <input
                class="choice-input"
                type="checkbox"
                prop:checked=move || meant.get()
                checked=meant.get_untracked()
                disabled=closed
                on:change=move |_| {
                    let change = Change::Component(
                        line.get_value(),
                        id.get_value(),
                        !meant.get_untracked(),
                    );
                    parts.change.run(change);
                }
            />
            <span class="choice-label">
                {title}
                {move || more().map(|text| view! { <span class="ask-hint">{text}</span> })}
            </span>
        </label>
    }
}
