//! The procedure: the step that is next, and what was recorded.

use leptos::prelude::*;
use orders_api::{Enquiry, EnquiryEntry, EnquiryStep, SeenOrder};
use storefront::format;
use storefront::ui::Button;
use storefront::words::{Lang, codes as shopper, common, fill};

use super::data::EnquiryData;
use super::steps::Next;
use super::view_forms::{answer_form, look_form, who_form};
use super::words::Words;
use crate::words::{case_state, topic};

/// The procedure; nothing where it is none of their role's.
pub fn enquiry_view(lang: Lang, data: EnquiryData) -> Option<AnyView> {
    data.may()
        .then(|| view! { <Procedure lang data/> }.into_any())
}

#[component]
fn Procedure(lang: Lang, data: EnquiryData) -> impl IntoView {
    let words = Words::of(lang);
    let there = Memo::new(move |_| data.list.with(Option::is_some));
    let on = Memo::new(move |_| data.is_on());
    let next = Memo::new(move |_| data.next());
    let recorded = move || data.open().map(|open| record_view(lang, &open));
    let step = move || {
        let name = match next.get() {
            Next::Who => words.step_who,
            Next::Look => words.step_look,
            Next::Unknown | Next::Answer => words.step_answer,
        };
        let form = match next.get() {
            Next::Who => who_form(lang, data).into_any(),
            Next::Look => look_form(lang, data).into_any(),
            Next::Unknown | Next::Answer => answer_form(lang, data, next.get()).into_any(),
        };
        view! {
            <h3 class="enquiry-step" id="enquiry-step" tabindex="-1">{name}</h3>
            {form}
        }
    };
    let begin = move || {
        // Beside a conversation there is no room to say how it goes before it begins.
        let intro = !data.in_conversation();
        view! {
            {intro.then(|| view! { <p class="hint">{words.intro}</p> })}
            <div><Button press=Callback::new(move |()| data.begin())>{words.begin}</Button></div>
        }
    };
    let past = move || {
        data.list.with(|list| {
            let items = list.iter().flat_map(|list| &list.items);
            let over: Vec<_> = items.filter(|enquiry| enquiry.over).collect();
            let n = over.len().to_string();
            (!over.is_empty()).then(|| {
                let over: Vec<_> = over.into_iter().map(|one| record_view(lang, one)).collect();
                view! {
                    <details class="enquiry-past">
                        <summary>{fill(words.past, &[("n", &n)])}</summary>
                        {over}
                    </details>
                }
            })
        })
    };
    view! {
        <section class="panel enquiry" aria-labelledby="enquiry">
            <h2 class="panel-title" id="enquiry">{words.title}</h2>
            <p role="status">{move || data.done.get()}</p>
            <div role="alert">
                {move || data.old.get().map(|why| view! {
                    <p class="conflict">
                        <span>{why}</span>
                        <Button press=Callback::new(move |()| data.look())>{words.again}</Button>
                    </p>
                })}
            </div>
            {move || if !there.get() {
                view! { <p class="hint">{common::Words::of(lang).loading}</p> }.into_any()
            } else if on.get() {
                view! { {recorded} {step} }.into_any()
            } else {
                begin().into_any()
            }}
            {past}
        </section>
    }
}

/// What was recorded of a question.
pub fn record_view(lang: Lang, enquiry: &Enquiry) -> impl IntoView + use<> {
    let words = Words::of(lang);
    let broken = (!enquiry.whole).then(|| view! { <p class="conflict">{words.broken}</p> });
    let entries = enquiry.entries.iter();
    let entries: Vec<_> = entries.map(|entry| entry_view(lang, entry)).collect();
    view! {
        {broken}
        <ol class="thread">{entries}</ol>
    }
}

fn entry_view(lang: Lang, entry: &EnquiryEntry) -> impl IntoView + use<> {
    let words = Words::of(lang);
    let (what, lines): (&str, Vec<Option<String>>) = match &entry.step {
        EnquiryStep::Who {
            confirmed_by,
            topic: about,
            note,
        } => {
            let by = words.by(*confirmed_by);
            let said = format!("{by} · {}", topic(lang, *about));
            (words.step_who, [Some(said), note.clone()].into())
        }
        EnquiryStep::LookedUp { order, note } => {
            let mut lines = seen(lang, order);
            lines.push(note.clone());
            (words.step_look, lines)
        }
        EnquiryStep::Answered {
            answer,
            text,
            message,
            act,
        } => {
            let linked = |of: &'static str, seq: &Option<i64>| {
                seq.map(|seq| fill(of, &[("n", &seq.to_string())]))
            };
            let lines = [
                Some(words.answered(*answer).to_owned()),
                Some(text.clone()),
                linked(words.says_message, message),
                linked(words.did_act, act),
            ];
            (words.step_answer, lines.into())
        }
    };
    let lines: Vec<_> = lines
        .into_iter()
        .flatten()
        .map(|line| view! { <p class="note-text">{line}</p> })
        .collect();
    view! {
        <li class="thread-item">
            <p class="thread-who">
                <strong>{what}</strong> " · " {entry.by.name.clone()} " · "
                <time class="number" datetime=entry.at.0.clone()>{format::moment(lang, &entry.at)}</time>
            </p>
            {lines}
        </li>
    }
}

/// The order as it was.
fn seen(lang: Lang, order: &SeenOrder) -> Vec<Option<String>> {
    let words = Words::of(lang);
    let version = order.version.to_string();
    let values = [
        ("number", order.number.as_str()),
        ("state", shopper::state(lang, order.state)),
        ("version", version.as_str()),
    ];
    let mut lines = vec![Some(fill(words.seen, &values))];
    lines.push(order.on_hold.then(|| words.seen_on_hold.to_owned()));
    for refund in &order.refunds {
        let amount = format::money(&refund.amount);
        let state = shopper::refund_state(lang, refund.state);
        let values = [("amount", amount.as_str()), ("state", state)];
        lines.push(Some(fill(words.seen_refund, &values)));
    }
    for case in &order.cases {
        let values = [("state", case_state(lang, case.state))];
        lines.push(Some(fill(words.seen_case, &values)));
    }
    lines
}
