//! Writing a reply.

use leptos::prelude::*;
use orders_api::{ReplyFact, Shop};
use storefront::ui::{Button, ButtonKind};
use storefront::words::Lang;

use super::data::RepliesData;
use super::edit::{Edit, Field, NAME_CHARS, TEXT_CHARS};
use super::words::Words;
use crate::browser;

/// The form; nothing while nothing is written.
pub fn form_view(lang: Lang, data: RepliesData, shops: Vec<Shop>) -> impl IntoView {
    // Drawn anew for another reply, and not for each letter.
    let which = Memo::new(move |_| {
        let of = |edit: &Edit| edit.of.as_ref().map(|(id, _)| id.clone());
        data.edit.with(|edit| edit.as_ref().map(of))
    });
    move || {
        which
            .get()
            .map(|of| view! { <Form lang data shops=shops.clone() is_new=of.is_none()/> })
    }
}

#[component]
fn Form(lang: Lang, data: RepliesData, shops: Vec<Shop>, is_new: bool) -> impl IntoView {
    let words = Words::of(lang);
    let last = RwSignal::new(Field::Zh);
    let shop = is_new.then(|| {
        let options: Vec<_> = shops
            .into_iter()
            .map(|shop| view! { <option value=shop.id>{shop.name}</option> })
            .collect();
        view! {
            <div class="field">
                <label class="field-label" for="reply-shop">{words.shop}</label>
                <select
                    class="field-input"
                    id="reply-shop"
                    prop:value=move || read(data, |edit| &mut edit.shop)
                    on:change=move |event| change(data, |edit| edit.shop = event_target_value(&event))
                >
                    <option value="">{words.every_shop}</option>
                    {options}
                </select>
            </div>
        }
    });
    let facts = ReplyFact::ALL.map(|fact| {
        let add = move |_| {
            change(data, |edit| edit.name_fact(last.get_untracked(), fact));
            browser::focus(&format!("#{}", last.get_untracked().id()));
        };
        view! {
            <button class="reply-fact" type="button" on:click=add>
                <span class="number">{format!("{{{}}}", fact.code())}</span>
                " "
                {words.fact(fact)}
            </button>
        }
    });
    view! {
        <section class="panel" aria-labelledby="reply-form">
            <h2 class="panel-title" id="reply-form">{if is_new { words.add } else { words.change }}</h2>
            <form
                class="form"
                novalidate
                on:submit=move |event| {
                    event.prevent_default();
                    data.save();
                }
            >
                {shop}
                {line(data, Field::Code, words.code, words.code_hint, 24, |edit| &mut edit.code)}
                {line(data, Field::Title, words.name, words.name_hint, NAME_CHARS, |edit| &mut edit.title)}
                {text(data, Field::Zh, words.text_zh, "zh-CN", last, |edit| &mut edit.zh)}
                {text(data, Field::En, words.text_en, "en", last, |edit| &mut edit.en)}
                <div role="group" aria-labelledby="reply-facts" data-wide="">
                    <p class="field-label" id="reply-facts">{words.facts}</p>
                    <p class="hint">{words.facts_hint}</p>
                    <div class="reply-facts">{facts}</div>
                </div>
                <p class="field-error" role="alert">{move || data.refused.get()}</p>
                <div class="step-buttons">
                    <Button kind=ButtonKind::Primary submit=true busy=data.busy>{words.save}</Button>
                    <Button press=Callback::new(move |()| data.shut())>{words.shut}</Button>
                </div>
            </form>
        </section>
    }
}

fn change(data: RepliesData, how: impl FnOnce(&mut Edit)) {
    data.edit.update(|edit| {
        if let Some(edit) = edit {
            how(edit);
        }
    });
}

fn read(data: RepliesData, of: fn(&mut Edit) -> &mut String) -> String {
    let edit = data.edit.get();
    edit.map(|mut edit| std::mem::take(of(&mut edit)))
        .unwrap_or_default()
}

fn fault(data: RepliesData, field: Field) -> Option<&'static str> {
    let found = data
        .faults
        .with(|all| all.iter().find(|(wrong, _)| *wrong == field).copied());
    found.map(|(_, fault)| fault)
}

fn line(
    data: RepliesData,
    field: Field,
    label: &'static str,
    hint: &'static str,
    most: usize,
    of: fn(&mut Edit) -> &mut String,
) -> impl IntoView {
    let id = field.id();
    view! {
        <div class="field">
            <label class="field-label" for=id>{label}</label>
            <input
                class="field-input"
                id=id
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                maxlength=most
                aria-invalid=move || fault(data, field).map(|_| "true")
                aria-describedby=format!("{id}-hint {id}-error")
                prop:value=move || read(data, of)
                on:input=move |event| change(data, |edit| *of(edit) = event_target_value(&event))
            />
            <p class="hint" id=format!("{id}-hint")>{hint}</p>
            <p class="field-error" id=format!("{id}-error")>{move || fault(data, field)}</p>
        </div>
    }
}

fn text(
    data: RepliesData,
    field: Field,
    label: &'static str,
    lang: &'static str,
    last: RwSignal<Field>,
    of: fn(&mut Edit) -> &mut String,
) -> impl IntoView {
    let id = field.id();
    view! {
        <div class="field" data-wide="">
            <label class="field-label" for=id>{label}</label>
            <textarea
                class="field-input act-text"
                id=id
                rows="4"
                lang=lang
                maxlength=TEXT_CHARS
                aria-invalid=move || fault(data, field).map(|_| "true")
                aria-describedby=format!("{id}-error")
                prop:value=move || read(data, of)
                on:focus=move |_| last.set(field)
                on:input=move |event| change(data, |edit| *of(edit) = event_target_value(&event))
            ></textarea>
            <p class="field-error" id=format!("{id}-error")>{move || fault(data, field)}</p>
        </div>
    }
}
