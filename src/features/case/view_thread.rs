//! What was said and done, oldest first: who, when, in which words, with which photos and videos. Nothing is left out.

use leptos::prelude::*;
use orders_api::{Actor, CaseAct, CaseDetail, CaseEntry};

use crate::features::evidence::EvidenceGallery;
use crate::format;
use crate::words::{Lang, codes, common};

use super::words::Words;

/// The thread. Entries never change, so that a video goes on playing while others come.
pub fn thread_view(lang: Lang, case: Signal<CaseDetail>) -> impl IntoView {
    let entries = move || {
        let thread = case.with(|case| case.thread.clone());
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
fn who_what(lang: Lang, entry: &CaseEntry) -> (Option<&'static str>, &'static str) {
    let words = Words::of(lang);
    let what = match entry.what {
        CaseAct::Opened => words.act_opened,
        CaseAct::Said => words.act_said,
        CaseAct::Approved => words.act_approved,
        CaseAct::ApprovedBySilence => words.act_approved_by_silence,
        CaseAct::EscalatedBySilence => words.act_escalated_by_silence,
        CaseAct::Rejected => words.act_rejected,
        CaseAct::Appealed => words.act_appealed,
        CaseAct::Dismissed => words.act_dismissed,
        CaseAct::Sent => words.act_sent,
        CaseAct::Received => words.act_received,
        CaseAct::ReceivedBySilence => words.act_received_by_silence,
        CaseAct::Withdrawn => words.act_withdrawn,
        CaseAct::Closed => words.act_closed,
    };
    let who = (entry.by != Actor::System).then(|| codes::actor(lang, entry.by));
    (who, what)
}

fn entry_view(lang: Lang, entry: CaseEntry) -> impl IntoView {
    let (who, what) = who_what(lang, &entry);
    let evidence = entry.evidence;
    let evidence = (!evidence.is_empty()).then(|| view! { <EvidenceGallery lang evidence/> });
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
            {entry.text.map(|text| view! { <p class="thread-text">{text}</p> })}
            {evidence}
        </li>
    }
}

/// Whose side it stands on.
pub const fn side(by: Actor) -> &'static str {
    match by {
        Actor::Shopper => "shopper",
        Actor::Seller | Actor::Warehouse => "seller",
        Actor::Staff => "staff",
        Actor::System | Actor::Provider => "system",
    }
}
