//! What became of it: done, handed to staff, refused, overtaken, not possible. No dead ends: each says what to do next.

use leptos::prelude::*;
use orders_api::{CancelledBy, LinkedArticle, NextStep, OrderDetail, OrderState, Topic};

use crate::features::order::{mail_about, next_steps};
use crate::features::support::{contacts, help_link};
use crate::paths;
use crate::ui::{Icon, Tone, WayOut};
use crate::words::{Lang, codes, fill};

use super::facts::Refusal;
use super::flow::Flow;
use super::slip::{give_back, refunds_slip};
use super::steps::{Settled, Step};
use super::words::Words;

/// The symbol, its colour, and the words of a result.
struct Outcome {
    tone: Tone,
    icon: &'static str,
    role: &'static str,
    title: String,
    texts: Vec<String>,
}

fn outcome_view(outcome: Outcome) -> impl IntoView {
    let texts = outcome
        .texts
        .into_iter()
        .filter(|text| !text.is_empty())
        .map(|text| view! { <p class="cancel-result-text">{text}</p> })
        .collect_view();
    view! {
        <div class="cancel-result" data-tone=outcome.tone.name() role=outcome.role>
            <span class="cancel-result-icon"><Icon name=outcome.icon/></span>
            <h3 class="cancel-result-title" tabindex="-1">{outcome.title}</h3>
            {texts}
        </div>
    }
}

/// The body and foot of a result; nothing for the steps that have none.
pub fn result_view(
    lang: Lang,
    step: &Step,
    order: &OrderDetail,
    close: Callback<()>,
) -> Option<AnyView> {
    let words = Words::of(lang);
    match step {
        Step::Done(settled) => Some(done_view(lang, settled, order, close).into_any()),
        Step::Requested => {
            let outcome = Outcome {
                tone: Tone::Accent,
                icon: "check",
                role: "status",
                title: words.requested.to_owned(),
                texts: vec![words.requested_text.to_owned()],
            };
            Some(
                view! {
                    <div class="dialog-body" tabindex="-1">{outcome_view(outcome)}</div>
                    {foot(lang, order, words.see_order, false, close)}
                }
                .into_any(),
            )
        }
        Step::Refused(refusal) | Step::Overtaken(refusal) | Step::NotPossible(refusal) => {
            Some(refusal_view(lang, step, refusal, order, close).into_any())
        }
        Step::Closed
        | Step::Loading
        | Step::Form
        | Step::Sending(_)
        | Step::Lost(_)
        | Step::LoggedOut(_)
        | Step::Failed(..) => None,
    }
}

fn foot(
    lang: Lang,
    order: &OrderDetail,
    label: &'static str,
    to_orders: bool,
    close: Callback<()>,
) -> impl IntoView + use<> {
    let page = paths::order(&order.id);
    view! {
        <div class="dialog-foot">
            {to_orders.then(|| view! {
                <a class="button" data-kind="plain" href=paths::ORDERS>{Words::of(lang).my_orders}</a>
            })}
            <WayOut class="button" kind="primary" safe=true page close>{label}</WayOut>
        </div>
    }
}

fn done_view(
    lang: Lang,
    settled: &Settled,
    order: &OrderDetail,
    close: Callback<()>,
) -> impl IntoView + use<> {
    let words = Words::of(lang);
    let title = if settled.whole {
        words.done
    } else {
        words.done_part
    };
    let text = if settled.refunds.is_empty() {
        words.done_unpaid
    } else {
        words.done_refund
    };
    let outcome = Outcome {
        tone: Tone::Accent,
        icon: "check",
        role: "status",
        title: title.to_owned(),
        texts: vec![text.to_owned()],
    };
    view! {
        <div class="dialog-body" tabindex="-1">
            {outcome_view(outcome)}
            {refunds_slip(lang, &settled.refunds)}
            {settled.refunds.first().map(|refund| view! {
                <a class="cancel-result-more" href=paths::refund(&refund.id)>
                    {words.follow_refund}
                    <Icon name="chevron-right"/>
                </a>
            })}
            {give_back(lang, &settled.restored, &settled.not_restored)}
            {(!settled.not_restored.is_empty()).then(|| {
                let (shop, version) = (&order.shop.id, &order.policy_version);
                help_link(lang, LinkedArticle::PointsAndCoupons, shop, version)
            })}
        </div>
        {foot(lang, order, words.see_order, true, close)}
    }
}

/// A refusal in words: what happened, why, and who did it.
fn refusal_words(lang: Lang, step: &Step, refusal: &Refusal) -> Outcome {
    let words = Words::of(lang);
    let why = refusal
        .reason
        .map_or("", |reason| codes::not_possible(lang, reason));
    let staff = refusal
        .note
        .as_deref()
        .filter(|_| refusal.by.is_none() && !refusal.requested)
        .map(|note| fill(words.staff_words, &[("note", note)]))
        .unwrap_or_default();
    let packing = refusal.state == Some(OrderState::Packing);
    let (tone, role) = match step {
        Step::Refused(_) => (Tone::Danger, "alert"),
        _ => (Tone::Warn, "status"),
    };
    let (icon, title, texts) = if refusal.state == Some(OrderState::Cancelled) {
        let by = refusal.by.unwrap_or(CancelledBy::Shopper);
        (
            "check",
            words.already_cancelled,
            vec![codes::cancelled_by(lang, by).to_owned()],
        )
    } else if refusal.requested {
        (
            "person",
            words.already_requested,
            vec![words.already_requested_text.to_owned()],
        )
    } else {
        match step {
            Step::Refused(_) => {
                let state = refusal.state.map_or("", |state| codes::state(lang, state));
                let text = fill(words.refused_text, &[("state", state)]);
                if packing {
                    ("box", words.refused_packing, vec![text])
                } else {
                    ("info", words.not_possible, vec![why.to_owned(), text])
                }
            }
            Step::Overtaken(_) if packing => (
                "box",
                words.overtaken_packing,
                vec![words.overtaken_packing_text.to_owned()],
            ),
            Step::Overtaken(_) => ("info", words.overtaken_other, vec![why.to_owned()]),
            _ => ("info", words.not_possible, vec![why.to_owned()]),
        }
    };
    let mut texts = texts;
    texts.push(staff);
    Outcome {
        tone: if icon == "check" { Tone::Neutral } else { tone },
        icon,
        role,
        title: title.to_owned(),
        texts,
    }
}

fn refusal_view(
    lang: Lang,
    step: &Step,
    refusal: &Refusal,
    order: &OrderDetail,
    close: Callback<()>,
) -> impl IntoView + use<> {
    let others = refusal
        .next_steps
        .iter()
        .any(|step| *step != NextStep::ContactSupport);
    let steps = others.then(|| next_steps(lang, order, &refusal.next_steps));
    view! {
        <div class="dialog-body" tabindex="-1">
            {outcome_view(refusal_words(lang, step, refusal))}
            {steps}
            {contacts(lang, &order.support, &mail_about(lang, order, Topic::Cancellation))}
        </div>
        {foot(lang, order, Words::of(lang).understood, false, close)}
    }
}

/// The title of the dialog at each step.
pub fn dialog_title(lang: Lang, flow: &Flow) -> &'static str {
    let words = Words::of(lang);
    match &flow.step {
        Step::Done(_) => words.title_done,
        Step::Refused(refusal) | Step::NotPossible(refusal)
            if refusal.state == Some(OrderState::Cancelled) =>
        {
            words.title_already
        }
        Step::Refused(_) => words.title_refused,
        Step::NotPossible(refusal) if refusal.requested => words.title_request,
        Step::NotPossible(_) => words.title_not_possible,
        Step::Requested => words.title_request,
        _ if flow.by_request() && flow.facts.some_stays => words.title_request_part,
        _ if flow.by_request() => words.title_request,
        _ if flow.facts.some_stays => words.title_part,
        Step::Closed
        | Step::Loading
        | Step::Form
        | Step::Sending(_)
        | Step::Lost(_)
        | Step::LoggedOut(_)
        | Step::Failed(..)
        | Step::Overtaken(_) => words.title,
    }
}
