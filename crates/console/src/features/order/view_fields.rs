//! What is filled in for an act.

use leptos::prelude::*;
use orders_api::Address;
use storefront::words::Lang;

use super::acts::{Choice, Filled, Missing};
use super::complaint_acts::Proposes;
use super::view_acts::choice_name;
use super::words::Words;

/// Between what there is to choose.
pub fn choice_fields(
    lang: Lang,
    legend: &'static str,
    all: Vec<Choice>,
    filled: RwSignal<Filled>,
    missing: RwSignal<Option<Missing>>,
) -> impl IntoView {
    let words = Words::of(lang);
    let radios: Vec<_> = all
        .into_iter()
        .map(|choice| {
            let name = choice_name(lang, choice.what);
            let is = choice.clone();
            view! {
                <label class="act-choice">
                    <input
                        type="radio"
                        name="choice"
                        prop:checked=move || filled.with(|filled| filled.choice.as_ref() == Some(&is))
                        on:change=move |_| {
                            missing.set(None);
                            filled.update(|filled| filled.choice = Some(choice.clone()));
                        }
                    />
                    {name}
                </label>
            }
        })
        .collect();
    view! {
        <fieldset class="act-choices">
            <legend class="field-label">{legend}</legend>
            {radios}
            {move || (missing.get() == Some(Missing::Choice)).then(|| view! {
                <p class="field-error" role="alert">{words.choose}</p>
            })}
        </fieldset>
    }
}

/// Words of several lines.
pub fn area(
    id: &'static str,
    label: &'static str,
    most: usize,
    error: Option<&'static str>,
    text: String,
    typed: impl Fn(String) + 'static,
) -> impl IntoView {
    let error_id = format!("{id}-error");
    view! {
        <div class="field">
            <label class="field-label" for=id>{label}</label>
            <textarea
                class="field-input act-text"
                id=id
                rows="3"
                maxlength=most
                aria-invalid=error.map(|_| "true")
                aria-describedby=error.map(|_| error_id.clone())
                prop:value=text
                on:input=move |event| typed(event_target_value(&event))
            ></textarea>
            {error.map(|error| view! { <p class="field-error" id=error_id.clone()>{error}</p> })}
        </div>
    }
}

/// What a proposal gives.
pub fn gives_field(
    lang: Lang,
    proposes: Proposes,
    filled: RwSignal<Filled>,
    missing: RwSignal<Option<Missing>>,
) -> impl IntoView {
    let words = Words::of(lang);
    let (label, error, mode) = match proposes {
        Proposes::Points => (
            words.gives_how_many,
            words.gives_how_many_missing,
            "numeric",
        ),
        Proposes::Goodwill => (words.gives_what, words.gives_what_missing, "text"),
        Proposes::Refund | Proposes::Money | Proposes::Nothing => (
            words.gives_how_much,
            words.gives_how_much_missing,
            "decimal",
        ),
    };
    let is_missing = move || missing.get() == Some(Missing::Gives);
    view! {
        <div class="field">
            <label class="field-label" for="act-gives">{label}</label>
            <input
                class="field-input"
                id="act-gives"
                autocomplete="off"
                inputmode=mode
                maxlength="200"
                aria-invalid=move || is_missing().then_some("true")
                aria-describedby=move || is_missing().then_some("act-gives-error")
                prop:value=filled.with_untracked(|filled| filled.gives.clone())
                on:input=move |event| {
                    filled.update(|filled| filled.gives = event_target_value(&event));
                }
            />
            {move || is_missing().then(|| view! {
                <p class="field-error" id="act-gives-error">{error}</p>
            })}
        </div>
    }
}

/// One part of an address: its id, its name, how to read and how to write it.
type Part = (
    &'static str,
    &'static str,
    fn(&Address) -> String,
    fn(&mut Address, String),
);

/// Where an order goes.
pub fn address_fields(lang: Lang, filled: RwSignal<Filled>) -> impl IntoView {
    let words = Words::of(lang);
    let parts: [Part; 4] = [
        (
            "recipient",
            words.recipient,
            |a| a.recipient.clone(),
            |a, text| a.recipient = text,
        ),
        (
            "phone",
            words.phone,
            |a| a.phone.clone(),
            |a, text| a.phone = text,
        ),
        (
            "region",
            words.region,
            |a| a.region.clone(),
            |a, text| a.region = text,
        ),
        (
            "street",
            words.street,
            |a| a.street.clone(),
            |a, text| a.street = text,
        ),
    ];
    parts.map(|(id, name, read, write)| {
        view! {
            <div class="field">
                <label class="field-label" for=id>{name}</label>
                <input
                    class="field-input"
                    id=id
                    autocomplete="off"
                    maxlength="200"
                    required
                    prop:value=filled.with_untracked(|filled| read(&filled.address))
                    on:input=move |event| {
                        filled.update(|filled| write(&mut filled.address, event_target_value(&event)));
                    }
                />
            </div>
        }
    })
}
