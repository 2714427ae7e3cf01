//! An order's complaints, with everything that was said, done and proposed.

use leptos::prelude::*;
use orders_api::{ComplaintEntryForShop, ComplaintForShop, ComplaintProposal, ComplaintState};
use storefront::ui::{Tone, fact};
use storefront::words::{Lang, fill};
use storefront::{browser, format};

use super::acts::Viewer;
use super::complaint_acts::{made_it, may_decide};
use super::view_cases::files_view;
use super::words::Words;
use crate::words::{
    actor, complaint_act, complaint_state, complaint_then, complaint_topic, complaint_wish,
    proposal_kind, turn,
};

/// All of them.
pub fn complaints_view(
    lang: Lang,
    complaints: &[ComplaintForShop],
    viewer: &Viewer,
) -> impl IntoView + use<> {
    let all: Vec<_> = complaints
        .iter()
        .map(|one| complaint_view(lang, one, viewer))
        .collect();
    view! { {all} }
}

/// One of them.
pub fn complaint_view(
    lang: Lang,
    one: &ComplaintForShop,
    viewer: &Viewer,
) -> impl IntoView + use<> {
    let words = Words::of(lang);
    let listed = &one.complaint;
    let id = format!("complaint-{}", listed.complaint);
    let tone = tone(listed.state).name();
    let until = listed.until.as_ref().map(|until| {
        let now = browser::now_s();
        let over = format::epoch_seconds(until).is_some_and(|seconds| seconds < now);
        let time = format::day_time(lang, until);
        let then = listed.then.map(|then| complaint_then(lang, then));
        view! {
            <p class="due" data-tone=if over { Tone::Danger.name() } else { Tone::Neutral.name() }>
                {turn(lang, listed.turn)} " · "
                {fill(words.until, &[("time", &time)])}
                {over.then(|| format!(" · {}", words.overdue))}
                {then.map(|then| format!(" · {then}"))}
            </p>
        }
    });
    let wish = complaint_wish(lang, listed.wish);
    let wish = listed.wished.as_ref().map_or_else(
        || wish.to_owned(),
        |amount| format!("{wish} {}", format::money(amount)),
    );
    let about = listed.case.as_ref().or(listed.refund.as_ref()).cloned();
    let about = about.map(|about| {
        fact(
            words.complaint_of,
            view! { <dd class="fact-value">{about}</dd> },
        )
    });
    let left = format::money(&one.refundable);
    let at_work = matches!(
        listed.state,
        ComplaintState::Received | ComplaintState::Investigating | ComplaintState::Disputed
    );
    // Why there is nothing to decide, where somebody might look for it.
    let why_not = if !at_work {
        None
    } else if !may_decide(one, viewer) {
        Some(words.complaint_supervisor)
    } else if listed.state == ComplaintState::Disputed && made_it(one, viewer) {
        Some(words.complaint_other)
    } else {
        None
    };
    let thread: Vec<_> = one.thread.iter().map(|one| entry(lang, one)).collect();
    view! {
        <section class="panel" aria-labelledby=id.clone()>
            <h2 class="panel-title" id=id.clone()>
                {words.complaints} " · " {complaint_topic(lang, listed.topic)} " "
                <span class="badge" data-tone=tone>{complaint_state(lang, listed.state)}</span>
            </h2>
            {until}
            {listed.outside_at.as_ref().map(|_| view! {
                <p class="due" data-tone=Tone::Danger.name()>{words.complaint_outside}</p>
            })}
            {why_not.map(|why| view! { <p class="quote">{why}</p> })}
            <dl class="facts facts-row">
                {fact(words.complaint_wish, view! { <dd class="fact-value">{wish}</dd> })}
                {about}
                {fact(words.complaint_left, view! { <dd class="fact-value">{left}</dd> })}
            </dl>
            <h3>{words.thread}</h3>
            <ol class="thread">{thread}</ol>
        </section>
    }
}

const fn tone(state: ComplaintState) -> Tone {
    match state {
        ComplaintState::Received | ComplaintState::Investigating => Tone::Warn,
        ComplaintState::Disputed => Tone::Danger,
        ComplaintState::Proposed
        | ComplaintState::Accepted
        | ComplaintState::Resolved
        | ComplaintState::Withdrawn
        | ComplaintState::Closed => Tone::Neutral,
    }
}

/// What is proposed, in a line.
pub fn proposal_text(lang: Lang, proposal: &ComplaintProposal) -> String {
    let words = Words::of(lang);
    let kind = proposal_kind(lang, proposal.kind);
    let amount = proposal.amount.as_ref().map(format::money);
    let points = proposal
        .points
        .map(|points| fill(words.points_given, &[("n", &points.to_string())]));
    let gives = amount.or(points).or_else(|| proposal.gift.clone());
    gives.map_or_else(|| kind.to_owned(), |gives| format!("{kind} {gives}"))
}

fn entry(lang: Lang, entry: &ComplaintEntryForShop) -> impl IntoView + use<> {
    let who = match &entry.staff {
        Some(staff) => format!("{} {staff}", actor(lang, entry.by)),
        None => actor(lang, entry.by).to_owned(),
    };
    let proposal = entry
        .proposal
        .as_ref()
        .map(|proposal| proposal_text(lang, proposal));
    view! {
        <li class="thread-item">
            <p class="thread-who">
                <strong>{who}</strong> " " {complaint_act(lang, entry.what)} " · "
                <span class="number">{format::moment(lang, &entry.at)}</span>
            </p>
            {proposal.map(|text| view! { <p><strong>{text}</strong></p> })}
            {entry.text.clone().map(|text| view! { <p class="quote">{text}</p> })}
            {files_view(lang, &entry.evidence)}
        </li>
    }
}
