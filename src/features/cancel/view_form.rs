//! The form of the dialog: what it will do, which part, why; and how far sending it is.

use leptos::prelude::*;
use orders_api::{LineQuantity, NOTE_MAX, OrderDetail, Reason, Topic, field_codes};

use crate::browser;
use crate::features::order::mail_about;
use crate::features::support::ways;
use crate::paths;
use crate::ui::{FailureWords, FormKey, Notice, Tone, WayOut, as_content};
use crate::words::{Lang, common, count, fill};

use super::data::KNOWN;
use super::draft::{ALL, Draft, Field, LINE};
use super::flow::Flow;
use super::slip::{give_back, preview_slip};
use super::steps::{Ask, Event, Step};
use super::view_intro::{counts, head, staff_decide, what_stays};
use super::view_parts::PartsView;
use super::words::Words;

/// The form, with its buttons.
#[component]
pub fn FormView(
    /// The language.
    lang: Lang,
    /// The course.
    flow: Signal<Flow>,
    /// The order.
    order: Signal<OrderDetail>,
    /// Reports what the shopper does.
    tell: Callback<Event>,
    /// Closes the dialog.
    close: Callback<()>,
) -> impl IntoView {
    let parts = Memo::new(move |_| flow.with(Flow::parts_allowed));
    let by_request = Memo::new(move |_| flow.with(Flow::by_request));
    let reasons = Memo::new(move |_| {
        flow.with(|flow| {
            let preview = flow.preview.as_ref();
            preview
                .map(|preview| preview.reasons.clone())
                .unwrap_or_default()
        })
    });
    let counting = Memo::new(move |_| {
        flow.with(|flow| {
            flow.counting()
                .map(|(counting, never)| (counting.clone(), never))
        })
    });
    let may_count = Memo::new(move |_| counting.with(Option::is_some));
    let id = order.with_untracked(|order| order.id.clone());
    view! {
        <form
            class="dialog-form"
            method="post"
            action=paths::cancel(&id)
            novalidate
            on:submit=move |event| {
                event.prevent_default();
                tell.run(Event::Confirm);
            }
        >
            {browser::ON_SERVER.then(|| flow.with_untracked(unseen))}
            // While nothing in it can be changed, nothing in it takes the focus; it must be scrolled all the same.
            <div
                class="dialog-body"
                tabindex=move || flow.with(|flow| if flow.is_open_to_change() { "-1" } else { "0" })
            >
                {move || order.with(|order| head(lang, order))}
                {move || flow.with(|flow| order.with_untracked(|order| course_notice(lang, flow, order)))}
                {move || by_request.get().then(|| order.with(|order| staff_decide(lang, order)))}
                {move || order.with(|order| what_stays(lang, order))}
                {move || parts.get().then(|| view! { <PartsView lang flow order tell/> })}
                {move || (browser::ON_SERVER && parts.get()).then(|| calculate(lang))}
                {move || flow.with(|flow| order.with_untracked(|order| money_view(lang, flow, order, tell)))}
                // Before the reasons, which reach below the screen: nobody confirms what they have not seen. Read out when
                // a reason makes it count, or not any more.
                {move || may_count.get().then(|| view! {
                    <div role="status">
                        {move || counting.get().map(|(counting, never)| counts(lang, &counting, never))}
                    </div>
                })}
                {move || {
                    let reasons = reasons.get();
                    (!reasons.is_empty()).then(|| view! { <ReasonsView lang flow reasons tell/> })
                }}
            </div>
            <FootView lang flow page=paths::order(&id) close/>
        </form>
    }
}

/// The button that asks for the money of another choice, without cancelling.
pub const CALCULATE: &str = "calculate";

/// What goes with the form when it is sent without the app: the key of the attempt, and what cannot be changed any more.
fn unseen(flow: &Flow) -> impl IntoView + use<> {
    let field = |name: &str, value: &str| {
        view! { <input type="hidden" name=name.to_owned() value=value.to_owned()/> }
    };
    let (key, draft, whole) = match &flow.step {
        Step::Failed(attempt, _) | Step::Lost(attempt) => {
            (Some(attempt.key.clone()), &flow.draft, &flow.draft.whole)
        }
        _ => (flow.form_key.clone(), &Draft::default(), &flow.facts.left),
    };
    let quantities = |prefix: &str, lines: &[LineQuantity]| {
        let quantity = |some: &LineQuantity| {
            let mut name = prefix.to_owned();
            name.push_str(&some.line);
            field(&name, &some.quantity.to_string())
        };
        lines.iter().map(quantity).collect_view()
    };
    view! {
        <FormKey key/>
        {field(KNOWN, &flow.facts.refunds.join(","))}
        {draft.reason.as_ref().map(|reason| view! {
            {field("reason", reason)}
            {field("note", &draft.note)}
        })}
        {quantities(ALL, whole)}
        {draft.part.then(|| view! { {field("part", "1")} {quantities(LINE, &draft.chosen)} })}
    }
}

fn calculate(lang: Lang) -> impl IntoView {
    view! {
        <div class="without-app cancel-calculate">
            <button class="button" type="submit" name=CALCULATE value="1">
                {Words::of(lang).calculate}
            </button>
        </div>
    }
}

/// A person, where something went wrong: the first way out (PRODUCT §2).
fn person(lang: Lang, order: &OrderDetail) -> impl IntoView + use<> {
    let mail = mail_about(lang, order, Topic::Cancellation);
    ways(lang, &order.support, &mail, false)
}

fn course_notice(lang: Lang, flow: &Flow, order: &OrderDetail) -> Option<AnyView> {
    let words = Words::of(lang);
    let notice = |tone, icon, title: &str, texts: Vec<String>, role: &'static str| {
        let title = title.to_owned();
        let way_out = (role == "alert").then(|| person(lang, order));
        let texts = texts
            .into_iter()
            .map(|text| view! { <p>{text}</p> })
            .collect_view();
        view! { <Notice tone icon title role=role>{texts}{way_out}</Notice> }.into_any()
    };
    match &flow.step {
        Step::Lost(_) => {
            let text = if flow.by_request() {
                words.lost_text_request
            } else {
                words.lost_text
            };
            Some(notice(
                Tone::Warn,
                "offline",
                words.lost_title,
                vec![text.into()],
                "alert",
            ))
        }
        Step::Failed(_, why) => {
            let texts = vec![why.text.clone(), words.failed_again.into()];
            Some(notice(
                Tone::Danger,
                "warning",
                words.failed_title,
                texts,
                "alert",
            ))
        }
        Step::LoggedOut(_) => {
            let text = vec![words.logged_out_text.into()];
            Some(notice(
                Tone::Info,
                "person",
                words.logged_out_title,
                text,
                "status",
            ))
        }
        Step::Sending(_) if flow.preview.is_none() => {
            let text = vec![words.resuming_text.into()];
            Some(notice(
                Tone::Info,
                "clock",
                words.resuming_title,
                text,
                "status",
            ))
        }
        _ if flow.whole_changed() => Some(notice(
            Tone::Danger,
            "warning",
            words.whole_changed_title,
            vec![words.whole_changed.into()],
            "alert",
        )),
        _ => {
            let FailureWords { title, text, .. } = flow.rejected.clone()?;
            Some(notice(Tone::Danger, "warning", &title, vec![text], "alert"))
        }
    }
}

/// What it will do to the shopper's money: the slip, or how far it is.
fn money_view(
    lang: Lang,
    flow: &Flow,
    order: &OrderDetail,
    tell: Callback<Event>,
) -> Option<AnyView> {
    let words = Words::of(lang);
    match (&flow.ask, &flow.preview) {
        (Ask::Failed(why), _) => {
            let why = why.clone();
            let way_out = person(lang, order);
            Some(
                view! {
                    <Notice tone=Tone::Warn icon="warning" title=why.title role="alert">
                        <p>{why.text}</p>
                        {way_out}
                        {why.retry.then(|| view! {
                            <div class="notice-actions">
                                <button
                                    class="button"
                                    type=if browser::ON_SERVER { "submit" } else { "button" }
                                    name=CALCULATE
                                    on:click=move |_| tell.run(Event::AskAgain)
                                >
                                    {common::Words::of(lang).retry}
                                </button>
                            </div>
                        })}
                    </Notice>
                }
                .into_any(),
            )
        }
        // A part of nothing: the hint beside the button says what to do.
        (Ask::Idle, _) => None,
        (Ask::Asked, None) => Some(
            view! {
                <section class="refund-slip" aria-busy="true">
                    <span class="visually-hidden" role="status">{words.calculating}</span>
                    <span class="skeleton" data-size="short"></span>
                    <span class="skeleton" data-size="title"></span>
                    <span class="skeleton"></span>
                </section>
            }
            .into_any(),
        ),
        (ask, Some(preview)) => {
            let busy = *ask == Ask::Asked;
            let label = if flow.by_request() {
                words.you_get_back_if
            } else {
                words.you_get_back
            };
            let money = if preview.refunds.is_empty() {
                let text = if flow.facts.paid {
                    words.no_money_back
                } else {
                    words.nothing_paid
                };
                view! {
                    <Notice tone=Tone::Neutral icon="wallet" title=words.nothing_paid_title>
                        <p>{text}</p>
                    </Notice>
                }
                .into_any()
            } else {
                preview_slip(lang, label, preview, busy).into_any()
            };
            let more = give_back(lang, &preview.restored, &preview.not_restored);
            Some(view! { {money} {more} }.into_any())
        }
        (Ask::Fresh, None) => None,
    }
}

#[component]
fn ReasonsView(
    lang: Lang,
    flow: Signal<Flow>,
    reasons: Vec<Reason>,
    tell: Callback<Event>,
) -> impl IntoView {
    let words = Words::of(lang);
    let locked = Memo::new(move |_| flow.with(|flow| !flow.is_open_to_change()));
    let error = Memo::new(move |_| flow.with(|flow| flow.draft.error(Field::Reason)));
    let note = Memo::new(move |_| flow.with(Flow::note_required));
    let wrong = move || error.with(Option::is_some);
    let asks_note = reasons.iter().any(|reason| reason.note_required);
    let choices = reasons
        .into_iter()
        .map(
            |Reason {
                 code,
                 label,
                 note_required,
             }| {
                let value = code.clone();
                let mine = code.clone();
                let chosen =
                    Memo::new(move |_| flow.with(|flow| flow.draft.reason.as_ref() == Some(&mine)));
                view! {
                    <label class="choice">
                        <input
                            class="choice-input"
                            type="radio"
                            name="reason"
                            value=value
                            checked=chosen.get_untracked()
                            data-note=note_required.then_some("")
                            prop:checked=move || chosen.get()
                            on:change=move |_| tell.run(Event::Reason(code.clone()))
                        />
                        <span class="choice-label">{label}</span>
                    </label>
                }
            },
        )
        .collect_view();
    view! {
        <fieldset
            class="choices"
            role="radiogroup"
            aria-required="true"
            aria-invalid=move || wrong().then_some("true")
            aria-describedby=move || wrong().then_some("reason-error")
            disabled=move || locked.get()
        >
            <legend class="choices-title">{words.why}</legend>
            {move || error.get().map(|code| {
                let text = if code == field_codes::REQUIRED {
                    words.reason_missing
                } else {
                    words.reason_unknown
                };
                view! { <p class="field-error" id="reason-error">{text}</p> }
            })}
            {choices}
            {asks_note.then(|| view! { <NoteView lang flow note tell/> })}
        </fieldset>
    }
}

#[component]
fn NoteView(
    lang: Lang,
    flow: Signal<Flow>,
    note: Memo<bool>,
    tell: Callback<Event>,
) -> impl IntoView {
    let words = Words::of(lang);
    let text = Memo::new(move |_| flow.with(|flow| flow.draft.note.clone()));
    let error = Memo::new(move |_| flow.with(|flow| flow.draft.error(Field::Note)));
    let written = browser::ON_SERVER.then(|| text.with_untracked(|text| as_content(text)));
    let hint = move || {
        let written = text.with(|text| text.chars().count());
        fill(words.note_hint, &[("n", &written.to_string())])
    };
    view! {
        // On the server's page, the style sheet shows it with a reason that asks for it.
        <div class="field" data-note="" hidden=move || !browser::ON_SERVER && !note.get()>
            <label class="field-label" for="note">{words.note}</label>
            <textarea
                class="field-input"
                id="note"
                name="note"
                maxlength=Some(NOTE_MAX)
                required
                aria-invalid=move || error.with(Option::is_some).then_some("true")
                aria-describedby="note-error note-hint"
                prop:value=move || text.get()
                on:input=move |event| tell.run(Event::Note(event_target_value(&event)))
            >
                {written}
            </textarea>
            {move || error.get().map(|code| {
                let text = if code == field_codes::TOO_LONG {
                    words.note_long
                } else {
                    words.note_missing
                };
                view! { <p class="field-error" id="note-error">{text}</p> }
            })}
            <p class="field-hint" id="note-hint">{hint}</p>
        </div>
    }
}

/// What the button that confirms says: never a bare "cancel", which could mean closing the dialog.
pub(super) fn confirm_words(lang: Lang, flow: &Flow) -> String {
    let words = Words::of(lang);
    let request = flow.by_request();
    match &flow.step {
        Step::Sending(_) | Step::LoggedOut(_) if request => words.requesting.to_owned(),
        Step::Sending(_) | Step::LoggedOut(_) => words.cancelling.to_owned(),
        Step::Lost(_) | Step::Failed(..) => words.try_again.to_owned(),
        _ if request => words.confirm_request.to_owned(),
        _ => match flow.some_of() {
            Some(units) => count(
                words.confirm_part_one,
                words.confirm_part_other,
                i64::from(units),
            ),
            None => words.confirm.to_owned(),
        },
    }
}

#[component]
fn FootView(lang: Lang, flow: Signal<Flow>, page: String, close: Callback<()>) -> impl IntoView {
    let words = Words::of(lang);
    let sending = Memo::new(move |_| {
        flow.with(|flow| matches!(flow.step, Step::Sending(_) | Step::LoggedOut(_)))
    });
    let ready = Memo::new(move |_| flow.with(Flow::can_confirm));
    let nothing =
        Memo::new(move |_| flow.with(|flow| flow.is_open_to_change() && flow.ask == Ask::Idle));
    let label = Memo::new(move |_| flow.with(|flow| confirm_words(lang, flow)));
    view! {
        {move || nothing.get().then(|| view! {
            <p class="cancel-hint" id="cancel-hint" role="status">{words.choose_something}</p>
        })}
        <div class="dialog-foot">
            <WayOut class="button" safe=true locked=sending page close>{words.keep}</WayOut>
            <button
                class="button"
                data-kind="danger"
                type="submit"
                aria-busy=move || sending.get().then_some("true")
                aria-disabled=move || (!ready.get()).then_some("true")
                aria-describedby=move || nothing.get().then_some("cancel-hint")
            >
                {move || label.get()}
            </button>
        </div>
    }
}
