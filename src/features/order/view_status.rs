//! How the order stands, in one sentence; how far it is; and, when it cannot be cancelled, why and what to do instead.

use leptos::prelude::*;
use orders_api::{
    Cancellation, CancellationKind, CancelledBy, Instant, LineKind, LinkedArticle,
    NotPossibleReason, OrderDetail, OrderState, PendingCause,
};

use crate::features::cancel::{offers_cancel, some_stays};
use crate::features::support::words::Words as Support;
use crate::features::support::{decided_by, help_link};
use crate::format;
use crate::tones;
use crate::ui::Tone;
use crate::words::{Lang, codes, fill};

use super::contact::mail;
use super::next_steps::next_steps;
use super::words::Words;

/// The colour of an order's state; of an open request, which matters more.
pub fn order_tone(order: &OrderDetail) -> Tone {
    if order.cancellation.kind == CancellationKind::Requested {
        return tones::OPEN_REQUEST;
    }
    tones::of_order(order.state)
}

/// Until when the shop decides what the order waits for: the shopper's request, else whether it accepts it.
pub fn waits_until(order: &OrderDetail) -> Option<&Instant> {
    match order.cancellation.kind {
        CancellationKind::Requested => order.cancellation.until.as_ref(),
        CancellationKind::SelfService
        | CancellationKind::ByRequest
        | CancellationKind::NotPossible
        | CancellationKind::Cancelled => order.confirm_by.as_ref(),
    }
}

/// That time in words. `left` is in seconds.
fn decision_view(lang: Lang, order: &OrderDetail, left: Signal<i64>) -> Option<AnyView> {
    let (words, support) = (Words::of(lang), Support::of(lang));
    let texts = match order.cancellation.kind {
        CancellationKind::Requested => [support.decide_by, support.decide_late],
        CancellationKind::SelfService
        | CancellationKind::ByRequest
        | CancellationKind::NotPossible
        | CancellationKind::Cancelled => [words.confirm_by, words.confirm_late],
    };
    let about = mail(lang, order).about;
    Some(decided_by(lang, texts, waits_until(order)?, about, left))
}

fn is_digital(order: &OrderDetail) -> bool {
    order
        .lines
        .iter()
        .all(|line| line.kind == LineKind::Digital)
}

/// What the state means, and what may be done about it.
pub fn meaning(lang: Lang, order: &OrderDetail) -> Vec<String> {
    let words = Words::of(lang);
    let cancellation = &order.cancellation;
    if cancellation.kind == CancellationKind::Requested {
        let mut texts = vec![words.meaning_requested.to_owned()];
        texts.extend(limited(lang, order));
        return texts;
    }
    if order.state == OrderState::Cancelled {
        return cancelled(lang, words, cancellation);
    }
    let mut texts = vec![match (order.state, &order.pending) {
        (OrderState::PendingConfirmation, Some(pending)) => match pending.cause {
            PendingCause::IncompleteInfo => words.meaning_incomplete.to_owned(),
            cause @ (PendingCause::NoCourier | PendingCause::SystemDelay) => fill(
                words.meaning_pending,
                &[("cause", codes::pending_cause(lang, cause))],
            ),
        },
        (OrderState::Delivered, _) if is_digital(order) => words.meaning_issued.to_owned(),
        (state, _) => codes::state_meaning(lang, state).to_owned(),
    }];
    if offers_cancel(order) {
        texts.push(match (&cancellation.kind, &cancellation.until) {
            (CancellationKind::ByRequest, _) if some_stays(order) => {
                words.may_request_some.to_owned()
            }
            (CancellationKind::ByRequest, _) => words.may_request.to_owned(),
            (_, Some(until)) => {
                let until = format::moment(lang, until);
                fill(words.may_cancel_until, &[("until", &until)])
            }
            _ if some_stays(order) => words.may_cancel_some.to_owned(),
            _ if order.paid_at.is_none() => words.may_cancel_unpaid.to_owned(),
            _ => words.may_cancel.to_owned(),
        });
    }
    texts.extend(limited(lang, order));
    texts
}

/// Why staff decide, and until when, where that is because the shopper cancelled too often.
fn limited(lang: Lang, order: &OrderDetail) -> Option<String> {
    let limit = order.limit.as_ref()?;
    let with = [
        ("until", &*format::moment(lang, &limit.until)),
        ("days", &*limit.forget_days.to_string()),
        ("free", &*limit.free.to_string()),
    ];
    Some(fill(Words::of(lang).limited, &with))
}

fn cancelled(lang: Lang, words: &Words, cancellation: &Cancellation) -> Vec<String> {
    let who = cancellation
        .by
        .map_or(codes::state(lang, OrderState::Cancelled), |by| {
            codes::cancelled_by(lang, by)
        });
    let mut texts = Vec::new();
    match &cancellation.at {
        Some(at) => {
            let at = format::moment(lang, at);
            texts.push(fill(words.cancelled_at, &[("who", who), ("at", &at)]));
        }
        None => texts.push(who.to_owned()),
    }
    if let Some(reason) = &cancellation.reason_label {
        texts.push(fill(words.cancelled_why, &[("reason", reason)]));
    }
    if let Some(note) = &cancellation.note {
        texts.push(fill(words.cancelled_note, &[("note", note)]));
    }
    texts
}

/// State, meaning, progress. `left` is the time left to pay, in seconds, where that matters; `decides` what the shop has left
/// to decide.
pub fn status_view(
    lang: Lang,
    order: &OrderDetail,
    left: Signal<Option<i64>>,
    decides: Signal<i64>,
) -> impl IntoView + use<> {
    let words = Words::of(lang);
    let texts = meaning(lang, order)
        .into_iter()
        .map(|text| view! { <p class="order-meaning">{text}</p> })
        .collect_view();
    view! {
        <section
            class="order-status"
            data-tone=order_tone(order).name()
            aria-labelledby="order-state"
        >
            <h1 class="order-state" id="order-state" tabindex="-1">
                {codes::state(lang, order.state)}
            </h1>
            {move || left.get().map(|left| match left {
                1.. => view! {
                    <p class="countdown" role="timer" aria-label=words.time_left>
                        {format::countdown(lang, left)}
                    </p>
                }
                .into_any(),
                _ => view! { <p role="status">{words.closing}</p> }.into_any(),
            })}
            {texts}
            {decision_view(lang, order, decides)}
            {progress(words, order)}
            {asked_here(order)
                .map(|article| help_link(lang, article, &order.shop.id, &order.policy_version))}
        </section>
    }
}

/// What comes to mind where the order stands like this, as an article; none where its page says all of it.
fn asked_here(order: &OrderDetail) -> Option<LinkedArticle> {
    if order.limit.is_some() {
        return Some(LinkedArticle::DoesCancellingHarm);
    }
    match order.state {
        OrderState::AwaitingPayment => Some(LinkedArticle::UnpaidOrder),
        OrderState::PendingConfirmation => Some(LinkedArticle::EndTheWaiting),
        OrderState::Cancelled => {
            let by_seller = order.cancellation.by == Some(CancelledBy::Seller);
            by_seller.then_some(LinkedArticle::SellerCancelled)
        }
        OrderState::Unpacked
        | OrderState::Packing
        | OrderState::Shipped
        | OrderState::Delivered
        | OrderState::Completed => None,
    }
}

/// The way to the shopper; none while it waits for the shop, and none of a cancelled order.
fn progress(words: &'static Words, order: &OrderDetail) -> Option<AnyView> {
    let paid = if order.paid_at.is_some() {
        words.step_paid
    } else {
        words.step_pay
    };
    let digital = is_digital(order);
    let (behind, now) = match order.state {
        OrderState::PendingConfirmation | OrderState::Cancelled => return None,
        OrderState::AwaitingPayment | OrderState::Unpacked => (0, Some(paid)),
        OrderState::Packing | OrderState::Shipped if digital => (0, Some(paid)),
        OrderState::Packing => (1, Some(words.step_packing)),
        OrderState::Shipped => (2, Some(words.step_shipped)),
        OrderState::Delivered | OrderState::Completed => (4, None),
    };
    let names: &[&'static str] = if digital {
        &[paid, words.step_issue]
    } else {
        &[paid, words.step_pack, words.step_ship, words.step_deliver]
    };
    let steps = names
        .iter()
        .enumerate()
        .map(|(at, name)| {
            let current = at == behind && now.is_some();
            let step = if current {
                Some("now")
            } else {
                (at < behind).then_some("done")
            };
            let name = if current { now.unwrap_or(name) } else { name };
            view! {
                <li class="track-step" data-step=step aria-current=current.then_some("step")>
                    {name}
                </li>
            }
        })
        .collect_view();
    Some(view! { <ol class="track" aria-label=words.progress>{steps}</ol> }.into_any())
}

/// The open request, or why the order cannot be cancelled and what to do instead.
pub fn cancellation_view(lang: Lang, order: &OrderDetail) -> Option<AnyView> {
    let words = Words::of(lang);
    let cancellation = &order.cancellation;
    match cancellation.kind {
        CancellationKind::SelfService
        | CancellationKind::ByRequest
        | CancellationKind::Cancelled => None,
        CancellationKind::Requested => Some(request_view(lang, cancellation).into_any()),
        CancellationKind::NotPossible => {
            let reason = cancellation
                .reason
                .as_deref()
                .and_then(NotPossibleReason::from_code);
            let title = match reason {
                Some(NotPossibleReason::NotPaid) => words.why_title_unpaid,
                _ => words.why_title,
            };
            let staff = cancellation
                .note
                .as_deref()
                .map(|note| fill(words.staff_words, &[("note", note)]));
            Some(
                view! {
                    <section
                        class="panel"
                        data-tone=order_tone(order).name()
                        aria-labelledby="why-title"
                    >
                        <div class="panel-head">
                            <h2 class="panel-title" id="why-title">{title}</h2>
                        </div>
                        {reason.map(|reason| view! {
                            <p class="order-meaning">{codes::not_possible(lang, reason)}</p>
                        })}
                        {staff.map(|staff| view! { <p class="order-meaning">{staff}</p> })}
                        {next_steps(lang, order, &cancellation.next_steps)}
                        {help_link(
                            lang,
                            LinkedArticle::CannotCancel,
                            &order.shop.id,
                            &order.policy_version,
                        )}
                    </section>
                }
                .into_any(),
            )
        }
    }
}

fn request_view(lang: Lang, cancellation: &Cancellation) -> impl IntoView + use<> {
    let words = Words::of(lang);
    let row = |name: &'static str, value: String| {
        view! {
            <div>
                <dt class="fact-name">{name}</dt>
                <dd class="fact-value">{value}</dd>
            </div>
        }
    };
    view! {
        <section class="panel" aria-labelledby="request-title">
            <div class="panel-head">
                <h2 class="panel-title" id="request-title">{words.request_title}</h2>
                <span class="badge" data-tone="warn">{words.request_badge}</span>
            </div>
            <dl class="facts">
                {cancellation.at.as_ref().map(|at| row(words.asked_at, format::moment(lang, at)))}
                {cancellation.reason_label.clone().map(|reason| row(words.reason, reason))}
                {cancellation.note.clone().map(|note| row(words.note, note))}
            </dl>
        </section>
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    fn decision(lang: Lang, order: &OrderDetail, left: i64) -> String {
        let view = || decision_view(lang, order, Signal::stored(left)).map(|view| view.to_html());
        Owner::new().with(view).unwrap_or_default()
    }

    #[test]
    fn what_waits_for_the_shop_says_until_when_and_when_that_has_passed() {
        for lang in Lang::ALL {
            let (words, support) = (Words::of(lang), Support::of(lang));
            for (order, by, late) in [
                (sample::requested(), support.decide_by, support.decide_late),
                (sample::waiting(), words.confirm_by, words.confirm_late),
            ] {
                let until = format::day_time(lang, waits_until(&order).expect("a time"));
                let told = |text| fill(text, &[("until", &until)]);
                let in_time = decision(lang, &order, 1);
                assert!(in_time.contains(&told(by)), "{in_time}");
                assert!(!in_time.contains("href=\"/support"), "{in_time}");
                let over = decision(lang, &order, 0);
                assert!(
                    over.contains(&told(late)) && !over.contains(&told(by)),
                    "{over}"
                );
                assert!(over.contains("href=\"/support?"), "{over}");
            }
        }
    }

    #[test]
    fn while_the_shop_has_nothing_to_decide_no_time_is_told() {
        let mut both = sample::waiting();
        both.cancellation = sample::requested().cancellation;
        both.cancellation.until = None;
        for order in [
            sample::incomplete(),
            sample::by_request(),
            sample::unpacked(),
            both,
        ] {
            assert_eq!(
                decision(Lang::En, &order, 60),
                "",
                "{:?}",
                order.cancellation
            );
        }
    }
}
