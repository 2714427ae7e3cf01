//! What an act brings, said before it is done.

use leptos::prelude::*;
use orders_api::{ComplaintState, Permission, RefundForShop, StaffOrder};
use storefront::format;
use storefront::words::{Lang, codes as shopper, fill};

use super::acts::{Drafted, Offer, approved_before, drafted_by_them, is_to_be_sent, waiting};
use super::complaint_acts::drafted_it;
use super::data::OrderData;
use super::view_complaints::proposal_text;
use super::words::Words;
use crate::words::seller_reason;

/// What follows, where it is not plain.
pub fn about(lang: Lang, offer: &Offer, data: OrderData) -> Option<String> {
    let words = Words::of(lang);
    match offer {
        Offer::Limit => Some(words.limit_about.to_owned()),
        Offer::Confirm => Some(words.confirm_about.to_owned()),
        Offer::Cancel => Some(words.cancel_about.to_owned()),
        Offer::Request => Some(words.request_about.to_owned()),
        Offer::Way(id) => data.refunds.with_untracked(|refunds| {
            let refund = refunds.iter().find(|refund| refund.refund == *id)?;
            let held = refund.way.as_ref().is_some_and(|way| way.held);
            if approved_before(refund, &data.viewer()) {
                Some(words.way_second.to_owned())
            } else if held {
                way_text(lang, refund)
            } else {
                Some(words.way_not_held.to_owned())
            }
        }),
        Offer::Case(id) => data.cases.with_untracked(|cases| {
            let case = cases.iter().find(|case| case.case.case == *id)?;
            let amount = format::money(&case.settlement.amount);
            let about = fill(words.case_about, &[("amount", &amount)]);
            // To ask for goods takes one person.
            Some(if case.takes_two && !is_to_be_sent(case) {
                format!("{about} {}", words.takes_two)
            } else {
                about
            })
        }),
        Offer::TakeUp(_) => Some(words.complaint_take_up_about.to_owned()),
        Offer::Propose(id) => data.complaints.with_untracked(|all| {
            let one = all.iter().find(|one| one.complaint.complaint == *id)?;
            let left = format::money(&one.refundable);
            let mut text = fill(words.complaint_propose_about, &[("left", &left)]);
            if let Some(above) = &one.two_approve_above {
                let above = format::money(above);
                text.push_str(&fill(words.complaint_two, &[("amount", &above)]));
            }
            if one.complaint.state == ComplaintState::Disputed {
                text.push_str(words.complaint_last);
            }
            Some(text)
        }),
        Offer::SecondPerson(Drafted::Proposal(id)) => data.complaints.with_untracked(|all| {
            let one = all.iter().find(|one| one.complaint.complaint == *id)?;
            let draft = one.draft.as_ref()?;
            if drafted_it(one, &data.viewer()) {
                return Some(words.complaint_second_other.to_owned());
            }
            let what = proposal_text(lang, draft);
            let who = one.drafted_by.clone().unwrap_or_default();
            let values = [
                ("what", what.as_str()),
                ("who", who.as_str()),
                ("why", draft.reason.as_str()),
            ];
            Some(fill(words.complaint_second_about, &values))
        }),
        Offer::SecondPerson(Drafted::Case(_) | Drafted::Request | Drafted::Cancel) => {
            let drafts = untrack(|| data.drafts(offer));
            if drafted_by_them(&drafts, &data.viewer()) {
                return Some(words.second_alone.to_owned());
            }
            let draft = waiting(&drafts)?;
            let amount = format::money(&draft.amount);
            let Some(reason) = draft.reason else {
                let values = [("who", draft.by.as_str()), ("amount", amount.as_str())];
                return Some(fill(words.second_about, &values));
            };
            // What goes back now stands below: part of it may have been cancelled since.
            let why = seller_reason(lang, reason);
            let values = [("who", draft.by.as_str()), ("why", why)];
            Some(fill(words.second_cancel_about, &values))
        }
        Offer::Address | Offer::Say(_) | Offer::Answer(_) => None,
    }
}

/// Where the money goes when another way is approved.
fn way_text(lang: Lang, refund: &RefundForShop) -> Option<String> {
    let way = refund.way.as_ref()?;
    let bank = way.bank.as_deref();
    let bank = bank.unwrap_or(shopper::channel(lang, way.channel));
    let values = [
        ("amount", format::money(&refund.amount)),
        ("account", format!("{bank} {}", way.account)),
        ("holder", way.holder.clone()),
    ];
    let values = values.each_ref();
    let values = values.map(|(name, value)| (*name, value.as_str()));
    Some(fill(Words::of(lang).way_about, &values))
}

/// What goes back, how much of it where, and when: before anything moves.
pub fn would_refund_view(
    lang: Lang,
    order: &StaffOrder,
    offer: &Offer,
) -> Option<impl IntoView + use<>> {
    let words = Words::of(lang);
    let action = match offer {
        Offer::Request | Offer::SecondPerson(Drafted::Request) => Permission::DecideRequest,
        Offer::Cancel | Offer::SecondPerson(Drafted::Cancel) => Permission::CancelForSeller,
        Offer::Confirm
        | Offer::Address
        | Offer::Limit
        | Offer::Case(_)
        | Offer::Say(_)
        | Offer::TakeUp(_)
        | Offer::Answer(_)
        | Offer::Propose(_)
        | Offer::SecondPerson(Drafted::Proposal(_) | Drafted::Case(_))
        | Offer::Way(_) => {
            return None;
        }
    };
    let mut all = order.would_refund.iter();
    let would = all.find(|would| would.action == action)?;
    let rows: Vec<_> = would
        .refunds
        .iter()
        .map(|refund| {
            let amount = format::money(&refund.amount);
            let account = shopper::account(lang, refund.channel, &refund.account);
            let starts = format::day(lang, &refund.starts_by);
            let days = format::days(lang, &refund.arrives_from, &refund.arrives_by);
            view! {
                <li>
                    <strong class="number">{amount}</strong> " " {account}
                    <span class="under">{fill(words.starts_by, &[("day", &starts)])}</span>
                    <span class="under">{fill(words.arrives, &[("days", &days)])}</span>
                </li>
            }
        })
        .collect();
    let name = match offer {
        Offer::Request | Offer::SecondPerson(Drafted::Request) => words.goes_back_granted,
        _ => words.goes_back,
    };
    Some(if rows.is_empty() {
        view! { <p class="hint">{words.nothing_back}</p> }.into_any()
    } else {
        let two = match offer {
            Offer::Request => Some(words.takes_two),
            Offer::Cancel => Some(words.cancel_takes_two),
            // The second person is the last.
            _ => None,
        };
        let takes_two = two.filter(|_| would.takes_two);
        view! {
            <div>
                <p class="field-label">{name}</p>
                <ul>{rows}</ul>
                {takes_two.map(|two| view! { <p class="hint">{two}</p> })}
            </div>
        }
        .into_any()
    })
}
