//! What is filled in for each step.

use leptos::prelude::*;
use orders_api::{EnquiryAnswer, Identification, Topic};
use storefront::ui::{Button, ButtonKind};
use storefront::words::{Lang, fill};

use super::data::{EnquiryData, Filled};
use super::steps::{Next, TEXT_CHARS, answers, identifications};
use super::words::Words;
use crate::words::{done, topic};

/// Who asks, and why.
pub fn who_form(lang: Lang, data: EnquiryData) -> impl IntoView {
    let words = Words::of(lang);
    let by = identifications(data.known());
    let by: Vec<_> = by
        .into_iter()
        .map(|one| (one.code(), words.by(one).to_owned()))
        .collect();
    let topics = Topic::ALL.map(|one| (one.code(), topic(lang, one).to_owned()));
    let shut = move || {
        data.who.get().then(|| {
            let press = Callback::new(move |()| data.shut());
            view! { <Button press>{words.shut}</Button> }
        })
    };
    view! {
        <form class="form" novalidate on:submit=move |event| {
            event.prevent_default();
            data.record_who();
        }>
            {choice("enquiry-by", words.confirmed_by, by, move || data.filled.with(|filled| filled.confirmed_by.code()), move |code| {
                if let Some(by) = Identification::from_code(&code) {
                    data.filled.update(|filled| filled.confirmed_by = by);
                }
            })}
            {choice("enquiry-topic", words.topic, topics.into(), move || data.filled.with(|filled| filled.topic.code()), move |code| {
                if let Some(about) = Topic::from_code(&code) {
                    data.filled.update(|filled| filled.topic = about);
                }
            })}
            {area(data, "enquiry-note", words.note, |filled| &mut filled.note)}
            <p class="field-error" role="alert">{move || data.refused.get()}</p>
            <div class="step-buttons">
                <Button kind=ButtonKind::Primary submit=true busy=data.busy>{words.save_who}</Button>
                {shut}
            </div>
        </form>
    }
}

/// The look at the order.
pub fn look_form(lang: Lang, data: EnquiryData) -> impl IntoView {
    let words = Words::of(lang);
    let asks = Memo::new(move |_| data.open().is_some_and(|open| open.order.is_none()));
    let number = move || {
        asks.get().then(|| view! {
            <div class="field">
                <label class="field-label" for="enquiry-number">{words.number}</label>
                <input
                    class="field-input number"
                    id="enquiry-number"
                    autocomplete="off"
                    maxlength="64"
                    prop:value=move || data.filled.with(|filled| filled.number.clone())
                    on:input=move |event| data.filled.update(|filled| filled.number = event_target_value(&event))
                />
            </div>
        })
    };
    view! {
        <form class="form" novalidate on:submit=move |event| {
            event.prevent_default();
            data.record_look();
        }>
            <p class="hint" data-wide="">{words.look_hint}</p>
            {number}
            {area(data, "enquiry-note", words.note, |filled| &mut filled.note)}
            <p class="field-error" role="alert">{move || data.refused.get()}</p>
            <div class="step-buttons">
                <Button kind=ButtonKind::Primary submit=true busy=data.busy>{words.look_this}</Button>
                <Button press=Callback::new(move |()| data.begin())>{words.redo}</Button>
            </div>
        </form>
    }
}

/// The answer; `next` says whether it is known who asks.
pub fn answer_form(lang: Lang, data: EnquiryData, next: Next) -> impl IntoView {
    let words = Words::of(lang);
    let all = answers(next).into_iter();
    let all: Vec<_> = all
        .map(|one| (one.code(), words.answered(one).to_owned()))
        .collect();
    let unknown = next == Next::Unknown;
    let hint = unknown.then(|| view! { <p class="hint" data-wide="">{words.unknown_hint}</p> });
    let message = move || {
        data.last_said.get().map(|_| {
            tick(data, words.link_message.to_owned(), |filled| {
                &mut filled.message
            })
        })
    };
    let act = move || {
        data.last_act.get().map(|(_, what)| {
            let what: Vec<_> = what.iter().map(|code| done(lang, code)).collect();
            let name = fill(words.link_act, &[("what", &what.join(" · "))]);
            tick(data, name, |filled| &mut filled.act)
        })
    };
    let look = (!unknown).then(|| {
        let press = Callback::new(move |()| data.record_look());
        view! { <Button press>{words.look_again}</Button> }
    });
    view! {
        <form class="form" novalidate on:submit=move |event| {
            event.prevent_default();
            data.record_answer();
        }>
            {hint}
            {choice("enquiry-answer", words.answer, all, move || data.filled.with(|filled| filled.answer.code()), move |code| {
                if let Some(answer) = EnquiryAnswer::from_code(&code) {
                    data.filled.update(|filled| filled.answer = answer);
                }
            })}
            {area(data, "enquiry-text", words.text, |filled| &mut filled.text)}
            {message}
            {act}
            <p class="field-error" role="alert">{move || data.refused.get()}</p>
            <div class="step-buttons">
                <Button kind=ButtonKind::Primary submit=true busy=data.busy>{words.save_answer}</Button>
                {look}
                <Button press=Callback::new(move |()| data.begin())>{words.redo}</Button>
            </div>
        </form>
    }
}

/// One of several, by their codes.
fn choice(
    id: &'static str,
    label: &'static str,
    all: Vec<(&'static str, String)>,
    chosen: impl Fn() -> &'static str + Copy + Send + Sync + 'static,
    choose: impl Fn(String) + 'static,
) -> impl IntoView {
    let options: Vec<_> = all
        .into_iter()
        .map(|(code, name)| {
            view! { <option value=code selected=move || chosen() == code>{name}</option> }
        })
        .collect();
    view! {
        <div class="field">
            <label class="field-label" for=id>{label}</label>
            <select class="field-input" id=id on:change=move |event| choose(event_target_value(&event))>
                {options}
            </select>
        </div>
    }
}

/// Words of several lines.
fn area(
    data: EnquiryData,
    id: &'static str,
    label: &'static str,
    of: fn(&mut Filled) -> &mut String,
) -> impl IntoView {
    let value = move || std::mem::take(of(&mut data.filled.get()));
    view! {
        <div class="field" data-wide="">
            <label class="field-label" for=id>{label}</label>
            <textarea
                class="field-input act-text"
                id=id
                rows="2"
                maxlength=TEXT_CHARS
                prop:value=value
                on:input=move |event| data.filled.update(|filled| *of(filled) = event_target_value(&event))
            ></textarea>
        </div>
    }
}

/// Yes or no.
fn tick(data: EnquiryData, name: String, of: fn(&mut Filled) -> &mut bool) -> impl IntoView {
    view! {
        <label class="act-choice" data-wide="">
            <input
                type="checkbox"
                prop:checked=move || *of(&mut data.filled.get())
                on:change=move |event| data.filled.update(|filled| *of(filled) = event_target_checked(&event))
            />
            {name}
        </label>
    }
}
