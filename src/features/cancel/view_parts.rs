//! Which part of the order: all of it, or so many of each line.

use leptos::prelude::*;
use orders_api::OrderDetail;

use crate::browser;
use crate::format;
use crate::words::{Lang, fill};

use super::draft::{Field, LINE};
use super::flow::Flow;
use super::steps::Event;
use super::words::Words;

/// Whole or part, and the lines of a part.
#[component]
pub fn PartsView(
    /// The language.
    lang: Lang,
    /// The course.
    flow: Signal<Flow>,
    /// The order.
    order: Signal<OrderDetail>,
    /// Reports what the shopper does.
    tell: Callback<Event>,
) -> impl IntoView {
    let words = Words::of(lang);
    let part = Memo::new(move |_| flow.with(|flow| flow.draft.part));
    let error = Memo::new(move |_| flow.with(|flow| flow.draft.error(Field::Lines)));
    let locked = Memo::new(move |_| flow.with(|flow| !flow.is_open_to_change()));
    let some_stays = Memo::new(move |_| flow.with(|flow| flow.facts.some_stays));
    let segment = move |label: &'static str, value: bool| {
        view! {
            <label class="segment">
                <input
                    class="segment-input"
                    type="radio"
                    name="part"
                    value=if value { "1" } else { "0" }
                    checked=part.get_untracked() == value
                    prop:checked=move || part.get() == value
                    on:change=move |_| tell.run(Event::Part(value))
                />
                <span class="segment-label">{label}</span>
            </label>
        }
    };
    let lines = move || {
        order.with(|order| {
            order
                .lines
                .iter()
                .filter(|line| line.quantity > line.cancelled_quantity && line.stays.is_none())
                .map(|line| part_row(lang, flow, tell, line))
                .collect_view()
        })
    };
    view! {
        <fieldset
            class="cancel-parts"
            disabled=move || locked.get()
            aria-describedby=move || error.with(Option::is_some).then_some("lines-error")
        >
            <legend class="choices-title">{words.parts}</legend>
            <div class="segments">
                {move || segment(if some_stays.get() { words.all_possible } else { words.whole }, false)}
                {segment(words.part, true)}
            </div>
            // On the server's page, the style sheet shows them with the choice of a part.
            <ul class="cancel-lines" hidden=move || !browser::ON_SERVER && !part.get()>{lines}</ul>
            {move || error.get().map(|code| view! {
                <p class="field-error" id="lines-error" role="alert">{lines_error(words, &code)}</p>
            })}
        </fieldset>
    }
}

fn lines_error(words: &'static Words, code: &str) -> &'static str {
    use orders_api::field_codes;
    match code {
        field_codes::REQUIRED => words.choose_something,
        field_codes::NOT_ALLOWED => words.lines_not_allowed,
        _ => words.lines_wrong,
    }
}

fn part_row(
    lang: Lang,
    flow: Signal<Flow>,
    tell: Callback<Event>,
    line: &orders_api::Line,
) -> impl IntoView + use<> {
    let words = Words::of(lang);
    let left = line.quantity - line.cancelled_quantity;
    let id = StoredValue::new(line.id.clone());
    let chosen = Memo::new(move |_| flow.with(|flow| id.with_value(|id| flow.draft.chosen_of(id))));
    let set = move |quantity: u32| tell.run(Event::Quantity(id.get_value(), quantity));
    // They stay focusable at their ends, so that the keyboard does not lose its place.
    let at_start = move || (chosen.get() == 0).then_some("true");
    let at_end = move || (chosen.get() >= left).then_some("true");
    let mut price = format::money(&line.unit_price);
    price.push_str(" ×");
    price.push_str(&left.to_string());
    let how_many = fill(words.how_many, &[("title", &line.title)]);
    let mut name = LINE.to_owned();
    name.push_str(&line.id);
    view! {
        <li class="cancel-part">
            <img class="picture" src=line.image_url.clone() alt="" width="72" height="72"/>
            <span class="cancel-part-text">
                {line.title.clone()}
                <span class="cancel-part-more number">{price}</span>
            </span>
            <div
                class="stepper"
                role="group"
                aria-label=how_many.clone()
            >
                <button
                    class="stepper-button needs-app"
                    type="button"
                    aria-label=words.fewer
                    aria-disabled=at_start
                    on:click=move |_| set(chosen.get_untracked().saturating_sub(1))
                >
                    "−"
                </button>
                <input
                    class="stepper-value"
                    type="number"
                    name=name
                    min="0"
                    max=left.to_string()
                    inputmode="numeric"
                    autocomplete="off"
                    aria-label=how_many.clone()
                    value=chosen.get_untracked().to_string()
                    prop:value=move || chosen.get().to_string()
                    on:change=move |event| {
                        let typed = event_target_value(&event).trim().parse().unwrap_or(0).min(left);
                        browser::refill(&event, &typed.to_string());
                        set(typed);
                    }
                />
                <button
                    class="stepper-button needs-app"
                    type="button"
                    aria-label=words.more
                    aria-disabled=at_end
                    on:click=move |_| {
                        if chosen.get_untracked() < left {
                            set(chosen.get_untracked() + 1);
                        }
                    }
                >
                    "+"
                </button>
            </div>
        </li>
    }
}
