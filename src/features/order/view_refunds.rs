//! Where the money is: each refund with the account it goes to, how far it is, and the dates.

use leptos::prelude::*;
use orders_api::{Channel, Lateness, OrderDetail, Refund, RefundState};

use crate::format;
use crate::paths;
use crate::tones;
use crate::ui::{Icon, Tone};
use crate::words::{Lang, codes, fill};

use super::words::Words;

/// The symbol of a channel.
pub const fn channel_icon(channel: Channel) -> &'static str {
    match channel {
        Channel::WechatPay => "wechat",
        Channel::Alipay => "alipay",
        Channel::BankCard => "card",
        Channel::Points => "points",
        Channel::Coupon => "coupon",
    }
}

/// The refunds; `None` without any.
pub fn refunds_view(lang: Lang, order: &OrderDetail) -> Option<AnyView> {
    if order.refunds.is_empty() {
        return None;
    }
    let words = Words::of(lang);
    let refunds = order
        .refunds
        .iter()
        .map(|refund| refund_view(lang, refund))
        .collect_view();
    Some(
        view! {
            <section class="panel" id="refunds" aria-labelledby="refund-title">
                <div class="panel-head">
                    <h2 class="panel-title" id="refund-title">{words.refunds}</h2>
                </div>
                {refunds}
            </section>
        }
        .into_any(),
    )
}

fn refund_view(lang: Lang, refund: &Refund) -> impl IntoView + use<> {
    let words = Words::of(lang);
    let account = codes::account(lang, refund.channel, &refund.account);
    let amount = format::money(&refund.amount);
    view! {
        <div class="refund">
            <div class="refund-head">
                <p class="refund-amount">{amount.clone()}</p>
                <span class="badge" data-tone=tones::of_refund(refund.state).name()>
                    {codes::refund_state(lang, refund.state)}
                </span>
            </div>
            <p class="refund-where">
                <Icon name=channel_icon(refund.channel)/>
                <span>{words.refund_to}" "<strong>{account}</strong></span>
            </p>
            {track(lang, refund)}
            <p class="refund-when">{when(lang, refund)}</p>
            {refund.estimated.then(|| view! { <p class="refund-when">{words.estimated}</p> })}
            {refund.late.map(|late| late_view(lang, refund, late))}
            <a class="refund-link" href=paths::refund(&refund.id)>
                {words.refund_more}
                <span class="visually-hidden">" "{amount}</span>
                <Icon name="chevron-right"/>
            </a>
        </div>
    }
}

/// Which promise is broken, and that this is known.
fn late_view(lang: Lang, refund: &Refund, late: Lateness) -> impl IntoView + use<> {
    let words = Words::of(lang);
    let (text, day) = match late {
        Lateness::NotSent => (words.refund_late_sent, &refund.starts_by),
        Lateness::NotArrived => (words.refund_late_arrived, &refund.arrives_by),
    };
    view! {
        <p class="refund-late" data-tone="warn">
            <Icon name="clock"/>
            {fill(text, &[("day", &format::day(lang, day))])}
        </p>
    }
}

/// How many of the four steps are behind it, and whether the next one is under way or failed.
const fn progress(state: RefundState) -> (usize, &'static str) {
    match state {
        RefundState::Requested => (0, "now"),
        // Accepted, and waiting to be sent.
        RefundState::Approved => (1, ""),
        RefundState::Sent => (1, "now"),
        RefundState::InClearing => (2, "now"),
        RefundState::Arrived => (4, ""),
        RefundState::Failed => (3, "failed"),
    }
}

/// Whether the refund is known to have passed this step; one that failed may not have got as far as the bank.
fn passed(refund: &Refund, step: usize) -> bool {
    match refund.state {
        RefundState::Failed => step == 0 || (step == 1 && refund.sent_at.is_some()),
        state => step < progress(state).0,
    }
}

fn track(lang: Lang, refund: &Refund) -> impl IntoView + use<> {
    let words = Words::of(lang);
    let (behind, next) = progress(refund.state);
    let updated = format::day_month(lang, &format::day_of(&refund.updated_at));
    let starts = format::day_month(lang, &refund.starts_by);
    let sent_by = (behind < 2 && next.is_empty()).then(|| fill(words.by_day, &[("day", &starts)]));
    let arrives = (refund.state != RefundState::Failed && refund.state != RefundState::Arrived)
        .then(|| format::day_months(lang, &refund.arrives_from, &refund.arrives_by));
    // The day of the step it has reached; promised days of those to come.
    let reached = if next.is_empty() {
        behind.saturating_sub(1)
    } else {
        behind
    };
    let last = if refund.state == RefundState::Failed {
        words.refund_not_arrived
    } else {
        words.refund_arrived
    };
    let steps = [
        (words.refund_accepted, None),
        (words.refund_sent, sent_by),
        (words.refund_clearing, None),
        (last, arrives),
    ];
    let steps = steps
        .into_iter()
        .enumerate()
        .map(|(at, (name, promised))| {
            let current = at == reached;
            let step = if at == behind && !next.is_empty() {
                Some(next)
            } else if passed(refund, at) {
                Some(if current && behind < 4 { "now" } else { "done" })
            } else {
                None
            };
            let day = if current {
                Some(updated.clone())
            } else {
                promised
            };
            view! {
                <li
                    class="track-step"
                    data-step=step
                    aria-current=(step == Some("now")).then_some("step")
                >
                    {name}
                    {day.map(|day| view! { <span class="track-day">{day}</span> })}
                </li>
            }
        })
        .collect_view();
    let tone = match refund.state {
        RefundState::Failed => Tone::Danger,
        _ => Tone::Accent,
    };
    view! {
        <ol class="track" data-tone=tone.name() aria-label=words.refund_progress>{steps}</ol>
    }
}

fn when(lang: Lang, refund: &Refund) -> String {
    let words = Words::of(lang);
    let days = format::days(lang, &refund.arrives_from, &refund.arrives_by);
    match refund.state {
        RefundState::Requested | RefundState::Approved => {
            let starts = format::day(lang, &refund.starts_by);
            fill(words.refund_start, &[("starts", &starts), ("days", &days)])
        }
        RefundState::Sent | RefundState::InClearing => match &refund.expected_on {
            Some(day) => {
                let day = format::day(lang, day);
                fill(words.refund_bank_expects, &[("day", &day)])
            }
            None => fill(words.refund_expected, &[("days", &days)]),
        },
        RefundState::Arrived => {
            let day = format::day(lang, &format::day_of(&refund.updated_at));
            fill(words.refund_done, &[("day", &day)])
        }
        RefundState::Failed => {
            let mut text = words.refund_failed.to_owned();
            if let Some(failure) = refund.failure {
                text.push(' ');
                text.push_str(codes::refund_failure(lang, failure));
            }
            text
        }
    }
}
