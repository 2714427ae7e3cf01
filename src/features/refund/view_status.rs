//! Where the money is now, in one picture: how much, the way it goes, and what happens next. Above it, when something
//! is wrong, what that is and the way to a person.

use leptos::prelude::*;
use orders_api::{Lateness, LinkedArticle, RefundDetail, RefundState, WayState};

use crate::features::order::channel_icon;
use crate::features::support::{help_link, ways};
use crate::format;
use crate::tones;
use crate::ui::{Icon, Notice, Tone};
use crate::words::{Lang, codes, fill};

use super::contact::mail;
use super::route::{self, Step, Stop};
use super::words::Words;

/// The colour of a refund: of what is wrong with it, else of its state.
fn tone(detail: &RefundDetail) -> Tone {
    match detail.refund.late {
        Some(_) => Tone::Warn,
        None => tones::of_refund(detail.refund.state),
    }
}

/// What is wrong with the refund, before the shopper asks, and one tap to a person who has the case before them.
/// `None` when nothing is.
pub fn trouble_view(lang: Lang, detail: &RefundDetail) -> Option<AnyView> {
    let words = Words::of(lang);
    let refund = &detail.refund;
    let (tone, icon, title, text) = match (refund.state, refund.late) {
        (RefundState::Failed, _) => {
            let why = refund.failure.map_or(words.failed_unknown, |failure| {
                codes::refund_failure(lang, failure)
            });
            let amount = format::money(&refund.amount);
            let title = fill(words.failed_title, &[("amount", &amount)]);
            (Tone::Danger, "warning", title, why.to_owned())
        }
        (_, Some(late)) => {
            let (text, day) = match late {
                Lateness::NotSent if route::is_paid_out(detail) => {
                    (words.late_paid_out, &refund.starts_by)
                }
                Lateness::NotSent => (words.late_sent, &refund.starts_by),
                Lateness::NotArrived => (words.late_arrived, &refund.arrives_by),
            };
            let values = [
                ("day", format::day(lang, day)),
                ("provider", route::provider(lang, detail).1.to_owned()),
            ];
            let values = values
                .each_ref()
                .map(|(name, value)| (*name, value.as_str()));
            let title = words.late_title.to_owned();
            (Tone::Warn, "clock", title, fill(text, &values))
        }
        (_, None) => return None,
    };
    // Of one that failed, another account is the main way out, or has been named already.
    let wish = detail.way.as_ref().map(|way| way.state);
    let another_way = refund.state == RefundState::Failed
        && (detail.may_change_way || wish == Some(WayState::Open));
    let ways = ways(lang, &detail.support, &mail(lang, detail), !another_way);
    let version = &detail.order.policy_version;
    let help = help_link(lang, LinkedArticle::LateRefund, &detail.shop.id, version);
    Some(
        view! {
            <Notice tone icon title>
                <p>{text}</p>
                <p class="refund-when">{words.case_attached}</p>
                {ways}
                {help}
            </Notice>
        }
        .into_any(),
    )
}

/// The amount, where it is, the way, and what happens next.
pub fn status_view(lang: Lang, detail: &RefundDetail) -> impl IntoView + use<> {
    let words = Words::of(lang);
    let refund = &detail.refund;
    let account = codes::account(lang, refund.channel, &refund.account);
    let stops = route::stops(lang, detail)
        .into_iter()
        .map(|stop| stop_view(lang, stop))
        .collect_view();
    let dated = !matches!(refund.state, RefundState::Arrived | RefundState::Failed);
    let updated = format::moment(lang, &refund.updated_at);
    view! {
        <section
            class="refund-status"
            data-tone=tone(detail).name()
            aria-labelledby="refund-state"
        >
            <div class="refund-sum">
                <p class="refund-sum-amount">{format::money(&refund.amount)}</p>
                <p class="refund-where">
                    <Icon name=channel_icon(refund.channel)/>
                    <span>{words.to}" "<strong>{account}</strong></span>
                </p>
            </div>
            <h1 class="refund-state" id="refund-state" tabindex="-1">
                {route::headline(lang, detail)}
            </h1>
            <ol class="route" aria-label=words.route>{stops}</ol>
            <p class="refund-next">{route::next(lang, detail)}</p>
            {(refund.estimated && dated).then(|| view! {
                <p class="refund-when">{words.estimated}</p>
            })}
            {dated.then(|| view! {
                <p class="refund-when">{fill(words.updated, &[("at", &updated)])}</p>
            })}
        </section>
    }
}

fn stop_view(lang: Lang, stop: Stop) -> impl IntoView {
    let here = stop.step == Step::Here;
    let day = stop.at.as_ref().map(|at| {
        let day = format::day_month(lang, &format::day_of(at));
        view! { <time datetime=at.0.clone()>{day}</time> }
    });
    let both = day.is_some() && !stop.what.is_empty();
    view! {
        <li
            class="route-stop"
            data-step=stop.step.name()
            aria-current=here.then_some("step")
        >
            <p class="route-name">{stop.name}</p>
            {here.then(|| view! { <p class="route-here">{Words::of(lang).here}</p> })}
            <p class="route-what">{stop.what}{both.then_some(" · ")}{day}</p>
        </li>
    }
}
