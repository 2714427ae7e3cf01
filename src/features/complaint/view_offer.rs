//! What the shop proposes, to the fen: why, what accepting it does, and the two answers.

use leptos::prelude::*;
use orders_api::{ComplaintAction, ComplaintDetail, ComplaintProposal, PreviewRefund};

use crate::browser;
use crate::features::case::{evidence_view, words_view};
use crate::format;
use crate::paths;
use crate::ui::{Button, ButtonKind, Confirm, FormKey};
use crate::words::{Lang, codes, fill};

use super::course::{acceptance, offer};
use super::moves::Move;
use super::views::{ComplaintParts, error_view};
use super::words::Words;

/// What there is to see. Drawn anew only when this changes, so that news leaves the form alone.
#[derive(Clone, PartialEq, Eq)]
struct Shown {
    id: String,
    proposal: ComplaintProposal,
    accept: bool,
    dispute: bool,
}

impl Shown {
    fn of(complaint: &ComplaintDetail) -> Option<Self> {
        let may = |action| complaint.actions.contains(&action);
        Some(Self {
            id: complaint.id.clone(),
            proposal: complaint.proposal.clone()?,
            accept: may(ComplaintAction::Accept),
            dispute: may(ComplaintAction::Dispute),
        })
    }
}

/// The panel of the proposal; nothing while there is none.
pub fn offer_view(
    lang: Lang,
    complaint: Signal<ComplaintDetail>,
    parts: ComplaintParts,
) -> impl IntoView {
    let shown = Memo::new(move |_| complaint.with(Shown::of));
    move || shown.get().map(|shown| panel_view(lang, shown, parts))
}

fn panel_view(lang: Lang, shown: Shown, parts: ComplaintParts) -> impl IntoView {
    let words = Words::of(lang);
    let Shown {
        id,
        proposal,
        accept,
        dispute,
    } = shown;
    let title = if proposal.last {
        words.offer_final
    } else {
        words.offer
    };
    let last = proposal.last;
    view! {
        <section class="panel case-panel" id="offer" aria-labelledby="offer-title" tabindex="-1">
            <h2 class="panel-title" id="offer-title">{title}</h2>
            <p class="complaint-offer">{offer(lang, &proposal)}</p>
            <figure class="case-quote">
                <figcaption class="fact-name">{words.offer_reason}</figcaption>
                <blockquote>{proposal.reason.clone()}</blockquote>
            </figure>
            {accept.then(|| means_view(lang, &proposal))}
            {(accept || dispute).then(|| view! {
                <div class="complaint-answers">
                    {accept.then(|| accept_view(lang, &id, &proposal, parts))}
                    {dispute.then(|| dispute_view(lang, &id, last, parts))}
                </div>
            })}
        </section>
    }
}

/// What accepting it does, with the dates of the money.
fn means_view(lang: Lang, proposal: &ComplaintProposal) -> impl IntoView + use<> {
    let words = Words::of(lang);
    let rows: Vec<_> = proposal
        .refunds
        .iter()
        .map(|refund| {
            view! {
                <li class="complaint-way">
                    <span>{way(lang, refund)}</span>
                    " "
                    <strong class="money">{format::money(&refund.amount)}</strong>
                </li>
            }
        })
        .collect();
    view! {
        <div class="complaint-means">
            <p class="fact-name">{words.accept_means}</p>
            <p>{acceptance(lang, proposal)}</p>
            {(!rows.is_empty()).then(|| view! { <ul class="complaint-ways">{rows}</ul> })}
        </div>
    }
}

/// The account and the dates of a refund that would be made.
fn way(lang: Lang, refund: &PreviewRefund) -> String {
    let words = Words::of(lang);
    let account = codes::account(lang, refund.channel, &refund.account);
    let arrives = format::day_months(lang, &refund.arrives_from, &refund.arrives_by);
    if refund.starts_by == refund.arrives_by {
        let values = [("account", &*account), ("arrives", &arrives)];
        return fill(words.goes_to_day, &values);
    }
    let starts = format::day_month(lang, &refund.starts_by);
    let values = [
        ("account", &*account),
        ("starts", &starts),
        ("arrives", &arrives),
    ];
    fill(words.goes_to, &values)
}

/// The app asks in a dialog; the server's page in place.
fn accept_view(
    lang: Lang,
    id: &str,
    proposal: &ComplaintProposal,
    parts: ComplaintParts,
) -> AnyView {
    let words = Words::of(lang);
    if !browser::ON_SERVER {
        let ask = Callback::new(move |()| parts.press.run(Move::Accept));
        return view! {
            <Button kind=ButtonKind::Primary press=ask>{words.accept}</Button>
        }
        .into_any();
    }
    view! {
        <details class="case-withdraw" open=move || failed(parts, Move::Accept)>
            <summary class="button" data-kind="primary">{words.accept}</summary>
            <div class="complaint-answer">
                <p>{acceptance(lang, proposal)}" "{words.accept_no_way_back}</p>
                {error_view(parts, Move::Accept)}
                <form method="post" action=paths::complaint_acceptance(id)>
                    <FormKey key=parts.key.get_value()/>
                    {which_view(proposal.last)}
                    <Button kind=ButtonKind::Primary submit=true>{words.accept_confirm}</Button>
                </form>
            </div>
        </details>
    }
    .into_any()
}

/// The name of the field that is there when a form answers the last proposal.
pub const LAST: &str = "last";

/// Which proposal a form answers: another one may stand by the time it is sent.
fn which_view(last: bool) -> impl IntoView {
    last.then(|| view! { <input type="hidden" name=LAST value="1"/> })
}

fn failed(parts: ComplaintParts, of: Move) -> bool {
    parts
        .error
        .with(|error| error.as_ref().is_some_and(|(step, _)| *step == of))
}

/// Turning it down takes words: whoever decides afresh has to know why.
fn dispute_view(lang: Lang, id: &str, last: bool, parts: ComplaintParts) -> impl IntoView + use<> {
    let words = Words::of(lang);
    let form = parts.dispute;
    let (text, send, kind) = if last {
        (words.decline_text, words.decline_send, ButtonKind::Danger)
    } else {
        (words.dispute_text, words.dispute_send, ButtonKind::Primary)
    };
    // What is wrong or was refused is in there: it stays open. Untracked, so that it is the shopper's from then on.
    let open = untrack(move || failed(parts, Move::Dispute) || form.problem(lang).is_some());
    view! {
        <details class="case-withdraw" id="dispute" open=open>
            <summary class="button">{words.dispute}</summary>
            <div class="complaint-answer">
                <p>{text}</p>
                {error_view(parts, Move::Dispute)}
                <form
                    class="case-form"
                    method="post"
                    action=paths::complaint_dispute(id)
                    novalidate
                    on:submit=move |event| {
                        event.prevent_default();
                        parts.press.run(Move::Dispute);
                    }
                >
                    <FormKey key=parts.key.get_value()/>
                    {which_view(last)}
                    {words_view(lang, form, "dispute-text", words.dispute_label)}
                    {evidence_view(lang, form, parts.dispute_picker, "dispute-evidence")}
                    <div data-wide="">
                        <Button kind submit=true busy=form.busy>{send}</Button>
                    </div>
                </form>
            </div>
        </details>
    }
}

/// Asks whether to accept it, to turn the last one down, or to withdraw the complaint, while one of them is open.
#[component]
pub fn ComplaintDialogs(
    /// The language.
    lang: Lang,
    /// The complaint, when it is there.
    complaint: Memo<Option<ComplaintDetail>>,
    /// What the page shows and reports.
    parts: ComplaintParts,
) -> impl IntoView {
    let words = Words::of(lang);
    let error = move |of: Move| {
        Signal::derive(move || {
            let (step, text) = parts.error.get()?;
            (step == of).then_some(text)
        })
    };
    let accept = Signal::derive(move || {
        let means = complaint.with(|complaint| {
            let proposal = complaint.as_ref()?.proposal.as_ref()?;
            Some(acceptance(lang, proposal))
        });
        let mut text = means.unwrap_or_default();
        if lang == Lang::En {
            text.push(' ');
        }
        text.push_str(words.accept_no_way_back);
        text
    });
    view! {
        <Confirm
            asks=parts.asks_accept
            title=words.accept_title
            text=accept
            keep=words.accept_keep
            confirm=words.accept_confirm
            kind=ButtonKind::Primary
            class="complaint-dialog"
            busy=parts.accepting
            error=error(Move::Accept)
            press=move |()| parts.make.run(Move::Accept)
        />
        <Confirm
            asks=parts.asks_decline
            title=words.decline_title
            text=words.decline_text
            keep=words.decline_keep
            confirm=words.decline_confirm
            class="complaint-dialog"
            busy=parts.dispute.busy
            error=error(Move::Dispute)
            press=move |()| parts.make.run(Move::Dispute)
        />
        <Confirm
            asks=parts.asks_withdraw
            title=words.withdraw_title
            text=words.withdraw_text
            keep=words.withdraw_keep
            confirm=words.withdraw_confirm
            class="complaint-dialog"
            busy=parts.withdrawing
            error=error(Move::Withdraw)
            press=move |()| parts.make.run(Move::Withdraw)
        />
    }
}
