//! What staff granted, or cancel for the seller, and a second person has to agree with: who, how much, and what became of it.

use leptos::prelude::*;
use orders_api::{DraftState, StaffDraft};
use storefront::format;
use storefront::ui::Tone;
use storefront::words::{Lang, fill};

use super::words::Words;
use crate::words::seller_reason;

/// All of them, oldest first; nothing where there are none.
pub fn drafts_view(lang: Lang, drafts: &[StaffDraft]) -> impl IntoView + use<> {
    let rows: Vec<_> = drafts.iter().map(|draft| draft_view(lang, draft)).collect();
    (!rows.is_empty()).then(|| {
        view! {
            <h3>{Words::of(lang).drafts}</h3>
            <ol class="thread">{rows}</ol>
        }
    })
}

fn draft_view(lang: Lang, draft: &StaffDraft) -> impl IntoView + use<> {
    let words = Words::of(lang);
    let (became, tone) = match draft.state {
        DraftState::Waiting => (words.draft_waiting, Tone::Warn),
        DraftState::Approved => (words.draft_approved, Tone::Accent),
        DraftState::Declined => (words.draft_declined, Tone::Danger),
        DraftState::Lapsed => (words.draft_lapsed, Tone::Neutral),
    };
    let decided = draft.decided_at.as_ref().map(|at| {
        let who = draft.decided_by.clone().unwrap_or_default();
        let time = format::moment(lang, at);
        view! { " " {who} " · " <span class="number">{time}</span> }
    });
    let amount = format::money(&draft.amount);
    let does = match draft.reason {
        None => fill(words.draft_grants, &[("amount", &amount)]),
        Some(reason) => {
            let why = seller_reason(lang, reason);
            fill(words.draft_cancels, &[("amount", &amount), ("why", why)])
        }
    };
    view! {
        <li class="thread-item">
            <p class="thread-who">
                <strong>{draft.by.clone()}</strong> " "
                {does} " · "
                <span class="number">{format::moment(lang, &draft.at)}</span>
            </p>
            {draft.note.clone().map(|note| view! { <p class="quote">{note}</p> })}
            <p><span class="badge" data-tone=tone.name()>{became}</span> {decided}</p>
            {draft.why.clone().map(|why| view! { <p class="quote">{why}</p> })}
        </li>
    }
}
