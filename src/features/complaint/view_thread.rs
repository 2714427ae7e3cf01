//! What was said and done, oldest first: who, when, in which words, with which photos and videos. Nothing is left out.

use leptos::prelude::*;
use orders_api::{Actor, ComplaintAct, ComplaintDetail, ComplaintEntry};

use crate::features::case::side;
use crate::features::evidence::EvidenceGallery;
use crate::format;
use crate::words::{Lang, codes, common};

use super::course::offer;
use super::words::Words;

/// The thread. Entries never change, so that a video goes on playing while others come.
pub fn thread_view(lang: Lang, complaint: Signal<ComplaintDetail>) -> impl IntoView {
    let entries = move || {
        let thread = complaint.with(|complaint| complaint.thread.clone());
        thread.into_iter().enumerate().collect::<Vec<_>>()
    };
    view! {
        <section class="panel" aria-labelledby="thread-title">
            <div class="panel-head">
                <h2 class="panel-title" id="thread-title">{Words::of(lang).thread}</h2>
            </div>
            <ol class="thread">
                <For each=entries key=|(at, _)| *at children=move |(_, entry)| entry_view(lang, entry)/>
            </ol>
            <p class="field-hint">{common::Words::of(lang).beijing_time}</p>
        </section>
    }
}

/// Who did it, and what. What happened by itself, nobody did.
fn who_what(lang: Lang, entry: &ComplaintEntry) -> (Option<&'static str>, &'static str) {
    let words = Words::of(lang);
    let what = match entry.what {
        ComplaintAct::Opened => words.act_opened,
        ComplaintAct::OpenedByRule => words.act_opened_by_rule,
        ComplaintAct::OpenedByDelay => words.act_opened_by_delay,
        ComplaintAct::OpenedByBrokenDate => words.act_opened_by_broken_date,
        ComplaintAct::TakenUp => words.act_taken_up,
        ComplaintAct::Said => words.act_said,
        ComplaintAct::Proposed => words.act_proposed,
        ComplaintAct::Accepted => words.act_accepted,
        ComplaintAct::Disputed => words.act_disputed,
        ComplaintAct::Escalated => words.act_escalated,
        ComplaintAct::GrantedBySilence => words.act_granted,
        ComplaintAct::OutsideOpened => words.act_outside,
        ComplaintAct::Resolved => words.act_resolved,
        ComplaintAct::Withdrawn => words.act_withdrawn,
        ComplaintAct::Closed => words.act_closed,
        // Only staff see these.
        ComplaintAct::Drafted | ComplaintAct::DraftDeclined => words.act_internal,
    };
    let who = (entry.by != Actor::System).then(|| codes::actor(lang, entry.by));
    (who, what)
}

fn entry_view(lang: Lang, entry: ComplaintEntry) -> impl IntoView {
    let (who, what) = who_what(lang, &entry);
    let evidence = entry.evidence;
    let evidence = (!evidence.is_empty()).then(|| view! { <EvidenceGallery lang evidence/> });
    let proposal = entry
        .proposal
        .as_ref()
        .map(|proposal| offer(lang, proposal));
    view! {
        <li class="thread-entry" data-by=side(entry.by)>
            <p class="thread-head">
                {who.map(|who| view! { <strong>{who}</strong> " " })}
                <span>{what}</span>
                " "
                <time class="thread-time" datetime=entry.at.0.clone()>
                    {format::moment(lang, &entry.at)}
                </time>
            </p>
            {proposal.map(|proposal| view! { <p><strong>{proposal}</strong></p> })}
            {entry.text.map(|text| view! { <p class="thread-text">{text}</p> })}
            {evidence}
        </li>
    }
}
