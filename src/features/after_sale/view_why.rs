//! The second step: what is wanted, why, in which condition the goods are, and what shows it.

use leptos::prelude::*;
use orders_api::{AfterSaleOptions, CaseReason, NOTE_MAX, field_codes};

use crate::features::evidence::EvidencePicker;
use crate::words::{Lang, fill};

use super::views::AskParts;
use super::wish::{Change, ConditionChoice, Field};
use super::words::Words;

/// Kind, reason, condition, evidence, words.
#[component]
pub fn WhyView(
    /// The language.
    lang: Lang,
    /// What the shop offers.
    options: Signal<AfterSaleOptions>,
    /// The page.
    parts: AskParts,
) -> impl IntoView {
    let on_its_way = Memo::new(move |_| options.with(|options| options.on_its_way));
    view! {
        {move || (!on_its_way.get()).then(|| view! { <KindView lang options parts/> })}
        <ReasonView lang options parts/>
        <ConditionView lang options parts/>
        <EvidenceView lang options parts/>
        <NoteView lang parts/>
    }
}

/// The words of a field that is wrong, in its place.
fn error_view(
    id: &'static str,
    error: Memo<Option<String>>,
    text: impl Fn(&str) -> &'static str + Copy + Send + Sync + 'static,
) -> impl IntoView {
    view! {
        <p class="field-error" id=id hidden=move || error.with(Option::is_none)>
            {move || error.get().map(|code| text(&code))}
        </p>
    }
}

#[component]
fn KindView(lang: Lang, options: Signal<AfterSaleOptions>, parts: AskParts) -> impl IntoView {
    let words = Words::of(lang);
    let wish = parts.wish;
    let error = parts.problem(Field::Kind);
    let locked = parts.locked();
    let kinds = Memo::new(move |_| options.with(|options| wish.with(|wish| wish.kinds(options))));
    let choice = move |kind| {
        let (name, text) = words.kind_of(kind);
        let chosen = Memo::new(move |_| wish.with(|wish| wish.kind == Some(kind)));
        view! {
            <label class="ask-kind">
                <input
                    class="choice-input"
                    type="radio"
                    name="kind"
                    prop:checked=move || chosen.get()
                    checked=chosen.get_untracked()
                    on:change=move |_| parts.change.run(Change::Kind(kind))
                />
                <span>
                    <span class="ask-kind-name">{name}</span>
                    <span class="ask-hint">{text}</span>
                </span>
            </label>
        }
    };
    view! {
        <fieldset
            class="panel ask-part"
            role="radiogroup"
            aria-required="true"
            aria-invalid=move || error.with(Option::is_some).then_some("true")
            aria-describedby="kind-error"
            disabled=move || locked.get()
        >
            <legend class="ask-legend">{words.kind}</legend>
            <div class="ask-kinds">
                {move || kinds.get().into_iter().map(choice).collect_view()}
            </div>
            {error_view("kind-error", error, |_| words.kind_missing)}
        </fieldset>
    }
}

#[component]
fn ReasonView(lang: Lang, options: Signal<AfterSaleOptions>, parts: AskParts) -> impl IntoView {
    let words = Words::of(lang);
    let wish = parts.wish;
    let error = parts.problem(Field::Reason);
    let locked = parts.locked();
    let reasons = Memo::new(move |_| {
        options.with(|options| {
            wish.with(|wish| {
                wish.reasons(options)
                    .into_iter()
                    .cloned()
                    .collect::<Vec<_>>()
            })
        })
    });
    let only_fault =
        Memo::new(move |_| options.with(|options| wish.with(|wish| wish.needs_fault(options))));
    let choice = move |reason: CaseReason| {
        let code = StoredValue::new(reason.code);
        let chosen = Memo::new(move |_| {
            wish.with(|wish| code.with_value(|code| wish.reason.as_ref() == Some(code)))
        });
        let hint = match (reason.evidence, reason.seller_fault) {
            (true, true) => Some(format!(
                "{} · {}",
                words.reason_evidence, words.reason_fault
            )),
            (true, false) => Some(words.reason_evidence.to_owned()),
            (false, true) => Some(words.reason_fault.to_owned()),
            (false, false) => None,
        };
        view! {
            <label class="choice">
                <input
                    class="choice-input"
                    type="radio"
                    name="reason"
                    prop:checked=move || chosen.get()
                    checked=chosen.get_untracked()
                    on:change=move |_| parts.change.run(Change::Reason(code.get_value()))
                />
                <span>
                    <span class="choice-label">{reason.label}</span>
                    {hint.map(|hint| view! { <span class="ask-hint">{hint}</span> })}
                </span>
            </label>
        }
    };
    view! {
        <fieldset
            class="panel ask-part"
            role="radiogroup"
            aria-required="true"
            aria-invalid=move || error.with(Option::is_some).then_some("true")
            aria-describedby="reason-error"
            disabled=move || locked.get()
            hidden=move || reasons.with(Vec::is_empty)
        >
            <legend class="ask-legend">{words.reason}</legend>
            {move || only_fault.get().then(|| view! {
                <p class="ask-hint">{words.reasons_fault}</p>
            })}
            <div>{move || reasons.get().into_iter().map(choice).collect_view()}</div>
            {error_view("reason-error", error, |code| {
                if code == field_codes::REQUIRED {
                    words.reason_missing
                } else {
                    words.reason_unknown
                }
            })}
        </fieldset>
    }
}

#[component]
fn ConditionView(lang: Lang, options: Signal<AfterSaleOptions>, parts: AskParts) -> impl IntoView {
    let words = Words::of(lang);
    let wish = parts.wish;
    let error = parts.problem(Field::Condition);
    let locked = parts.locked();
    let conditions =
        Memo::new(move |_| options.with(|options| wish.with(|wish| wish.conditions(options))));
    let choice = move |ConditionChoice {
                           condition,
                           deduction,
                       }| {
        let chosen = Memo::new(move |_| wish.with(|wish| wish.condition == Some(condition)));
        let hint = match deduction {
            None => words.deduct_not.to_owned(),
            Some(0) => words.deduct_none.to_owned(),
            Some(percent) => fill(words.deduct, &[("n", &percent.to_string())]),
        };
        let closed = deduction.is_none();
        view! {
            <label class="choice" data-closed=closed.then_some("")>
                <input
                    class="choice-input"
                    type="radio"
                    name="condition"
                    disabled=closed
                    prop:checked=move || chosen.get()
                    checked=chosen.get_untracked()
                    on:change=move |_| parts.change.run(Change::Condition(condition))
                />
                <span class="ask-condition">
                    <span class="choice-label">{words.condition_of(condition)}</span>
                    <span class="ask-hint">{hint}</span>
                </span>
            </label>
        }
    };
    view! {
        <fieldset
            class="panel ask-part"
            role="radiogroup"
            aria-required="true"
            aria-invalid=move || error.with(Option::is_some).then_some("true")
            aria-describedby="condition-error"
            disabled=move || locked.get()
            hidden=move || conditions.with(Vec::is_empty)
        >
            <legend class="ask-legend">{words.condition}</legend>
            <div>{move || conditions.get().into_iter().map(choice).collect_view()}</div>
            {error_view("condition-error", error, |code| {
                if code == field_codes::REQUIRED {
                    words.condition_missing
                } else {
                    words.deduct_not
                }
            })}
        </fieldset>
    }
}

#[component]
fn EvidenceView(lang: Lang, options: Signal<AfterSaleOptions>, parts: AskParts) -> impl IntoView {
    let words = Words::of(lang);
    let code = parts.problem(Field::Evidence);
    let needed = Memo::new(move |_| {
        options.with(|options| parts.wish.with(|wish| wish.needs_evidence(options)))
    });
    let error = Signal::derive(move || {
        code.get().map(|code| {
            let text = match code.as_str() {
                field_codes::REQUIRED => words.evidence_missing,
                field_codes::TOO_LONG => words.evidence_many,
                _ => words.evidence_unknown,
            };
            text.to_owned()
        })
    });
    let locked = parts.locked();
    view! {
        <section class="panel ask-part" aria-labelledby="evidence-title">
            <h2 class="ask-legend" id="evidence-title">{words.evidence}</h2>
            <p class="ask-hint" id="evidence-hint" data-needed=move || needed.get().then_some("")>
                {move || if needed.get() { words.evidence_needed } else { words.evidence_optional }}
            </p>
            <EvidencePicker
                lang
                parts=parts.picker
                id="evidence"
                described="evidence-hint"
                error
                locked=locked
            />
        </section>
    }
}

#[component]
fn NoteView(lang: Lang, parts: AskParts) -> impl IntoView {
    let words = Words::of(lang);
    let error = parts.problem(Field::Note);
    let locked = parts.locked();
    let text = Memo::new(move |_| parts.wish.with(|wish| wish.note.clone()));
    let hint = move || {
        let written = text.with(|text| text.chars().count());
        fill(words.note_hint, &[("n", &written.to_string())])
    };
    view! {
        <div class="panel ask-part field">
            <label class="ask-legend" for="note">{words.note}</label>
            <textarea
                class="field-input"
                id="note"
                maxlength=NOTE_MAX.to_string()
                disabled=move || locked.get()
                aria-invalid=move || error.with(Option::is_some).then_some("true")
                aria-describedby="note-error note-hint"
                prop:value=move || text.get()
                on:input=move |event| parts.change.run(Change::Note(event_target_value(&event)))
            ></textarea>
            {error_view("note-error", error, |_| words.note_long)}
            <p class="field-hint" id="note-hint">{hint}</p>
        </div>
    }
}
