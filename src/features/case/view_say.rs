//! Saying something in the case: words, and evidence with them.

use leptos::prelude::*;
use orders_api::{CaseAction, CaseDetail};

use crate::browser;
use crate::features::evidence::{EvidencePicker, PickerParts};
use crate::paths;
use crate::ui::{Button, FormKey, as_content};
use crate::words::Lang;

use super::forms::{SayForm, TEXT};
use super::moves::Move;
use super::views::{CaseParts, error_view};
use super::words::Words;

/// The form, where the shopper may say something. News leaves it alone.
pub fn say_view(lang: Lang, case: Signal<CaseDetail>, parts: CaseParts) -> impl IntoView {
    let may = Memo::new(move |_| {
        case.with(|case| {
            let may = case.actions.contains(&CaseAction::Say);
            may.then(|| case.id.clone())
        })
    });
    move || may.get().map(|id| form_view(lang, &id, parts))
}

fn form_view(lang: Lang, id: &str, parts: CaseParts) -> impl IntoView + use<> {
    let words = Words::of(lang);
    let form = parts.say;
    view! {
        <section class="panel case-panel" id="say" aria-labelledby="say-title" tabindex="-1">
            <h2 class="panel-title" id="say-title">{words.say_title}</h2>
            {error_view(parts, &[Move::Say])}
            <form
                class="case-form"
                method="post"
                action=paths::case_messages(id)
                novalidate
                on:submit=move |event| {
                    event.prevent_default();
                    parts.make.run(Move::Say);
                }
            >
                <FormKey key=parts.key.get_value()/>
                {words_view(lang, form, "say-text", words.say_label)}
                {evidence_view(lang, form, parts.say_picker, "say-evidence")}
                <p class="field-hint" data-wide="">{words.say_hint}</p>
                <div data-wide="">
                    <Button submit=true busy=form.busy>{words.say_send}</Button>
                </div>
            </form>
        </section>
    }
}

/// The words; the error stands below and is tied to the field.
pub fn words_view(
    lang: Lang,
    form: SayForm,
    id: &'static str,
    label: &'static str,
) -> impl IntoView {
    let value = form.text.value;
    let error = Memo::new(move |_| form.problem(lang));
    let wrong = move || error.with(Option::is_some);
    let error_id = format!("{id}-error");
    let describes = error_id.clone();
    let written = browser::ON_SERVER.then(|| value.with_untracked(|text| as_content(text)));
    view! {
        <div class="field" data-wide="">
            <label class="field-label" for=id>{label}</label>
            <textarea
                class="field-input"
                id=id
                name=TEXT
                rows="3"
                aria-invalid=move || wrong().then_some("true")
                aria-describedby=move || wrong().then(|| describes.clone())
                prop:value=move || value.get()
                on:input=move |event| value.set(event_target_value(&event))
            >
                {written}
            </textarea>
            {move || error.get().map(|text| view! {
                <p class="field-error" id=error_id.clone()>{text}</p>
            })}
        </div>
    }
}

/// Photos and videos that go with the words; without the app, that there can be none yet.
pub fn evidence_view(lang: Lang, form: SayForm, picker: PickerParts, id: &'static str) -> AnyView {
    if browser::ON_SERVER {
        let text = Words::of(lang).no_evidence_yet;
        return view! { <p class="field-hint" data-wide="">{text}</p> }.into_any();
    }
    let error = Memo::new(move |_| form.evidence_problem(lang, picker.course));
    view! {
        <div data-wide="">
            <EvidencePicker lang parts=picker id error locked=form.busy/>
        </div>
    }
    .into_any()
}
