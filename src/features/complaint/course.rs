//! The course of a complaint as plain data: what is behind, where it stands, what is to come; and what that means.

use orders_api::{
    ComplaintAct, ComplaintConsequence, ComplaintDetail, ComplaintEntry, ComplaintProposal,
    ComplaintStage, ComplaintState, ComplaintStep, Instant, ProposalKind,
};

use crate::format;
use crate::words::{Lang, fill};

use super::words::Words;

/// How a stop stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// It is behind.
    Done,
    /// It is there now.
    Here,
    /// It is to come.
    Coming,
}

impl Step {
    /// Its name in `data-step`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Here => "here",
            Self::Coming => "coming",
        }
    }
}

/// A stop of the course.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stop {
    /// Which stage it is.
    pub stage: ComplaintStep,
    /// What it is called.
    pub name: &'static str,
    /// What happened there, or by when something should; may be empty.
    pub what: String,
    /// When that was; absent where it is to come.
    pub at: Option<Instant>,
    /// How it stands.
    pub step: Step,
}

/// Whether that was done in it.
fn has(complaint: &ComplaintDetail, act: ComplaintAct) -> bool {
    complaint.thread.iter().any(|entry| entry.what == act)
}

/// Whether the shopper ended it by turning the last proposal down.
fn declined(complaint: &ComplaintDetail) -> bool {
    let mut acts = complaint.thread.iter().rev();
    let last = acts.find(|entry| entry.what != ComplaintAct::Said);
    complaint.state == ComplaintState::Closed
        && last.is_some_and(|entry| entry.what == ComplaintAct::Disputed)
}

/// The stops, in their order. A stage that was skipped is no stop.
pub fn stops(lang: Lang, complaint: &ComplaintDetail) -> Vec<Stop> {
    let stages = &complaint.stages;
    let last = stages.iter().rposition(|stage| stage.at.is_some());
    // The one that is waited for; without a date, the next one.
    let here = stages
        .iter()
        .position(|stage| stage.at.is_none() && stage.by.is_some())
        .or_else(|| last.map(|last| last + 1))
        .filter(|_| !complaint.state.is_final());
    let skipped = |at: usize, stage: &ComplaintStage| {
        stage.at.is_none() && Some(at) != here && last.is_some_and(|last| at < last)
    };
    stages
        .iter()
        .enumerate()
        .filter(|(at, stage)| !skipped(*at, stage))
        .map(|(at, stage)| stop(lang, complaint, stage, Some(at) == here))
        .collect()
}

fn stop(lang: Lang, complaint: &ComplaintDetail, stage: &ComplaintStage, here: bool) -> Stop {
    let words = Words::of(lang);
    let answers = stage.step == ComplaintStep::Over && complaint.state == ComplaintState::Proposed;
    let name = match stage.step {
        ComplaintStep::Received => words.stop_received,
        ComplaintStep::Investigated => words.stop_investigated,
        ComplaintStep::Proposed => words.stop_proposed,
        ComplaintStep::Disputed => words.stop_disputed,
        ComplaintStep::Decided => words.stop_decided,
        ComplaintStep::Over if answers => words.stop_answer,
        ComplaintStep::Over => words.stop_over,
    };
    let what = match (&stage.at, &stage.by) {
        (Some(_), _) if stage.step == ComplaintStep::Over => over(words, complaint).to_owned(),
        (None, Some(by)) => fill(words.stop_by, &[("until", &format::day_time(lang, by))]),
        (Some(_), _) | (None, None) => String::new(),
    };
    Stop {
        stage: stage.step,
        name,
        what,
        at: stage.at.clone(),
        step: match (&stage.at, here) {
            (Some(_), _) => Step::Done,
            (None, true) => Step::Here,
            (None, false) => Step::Coming,
        },
    }
}

/// How it ended, in a few words; empty before.
fn over(words: &Words, complaint: &ComplaintDetail) -> &'static str {
    match complaint.state {
        ComplaintState::Accepted => words.over_accepted,
        ComplaintState::Resolved if has(complaint, ComplaintAct::GrantedBySilence) => {
            words.over_granted
        }
        ComplaintState::Resolved => words.over_resolved,
        ComplaintState::Withdrawn => words.over_withdrawn,
        ComplaintState::Closed => words.over_closed,
        ComplaintState::Received
        | ComplaintState::Investigating
        | ComplaintState::Proposed
        | ComplaintState::Disputed => "",
    }
}

fn is_last(proposal: Option<&ComplaintProposal>) -> bool {
    proposal.is_some_and(|proposal| proposal.last)
}

/// How it stands, in a line.
pub fn headline(lang: Lang, complaint: &ComplaintDetail) -> &'static str {
    let words = Words::of(lang);
    match complaint.state {
        ComplaintState::Received | ComplaintState::Investigating
            if complaint.escalated_at.is_some() =>
        {
            words.state_supervisor
        }
        ComplaintState::Received => words.state_received,
        ComplaintState::Investigating => words.state_investigating,
        ComplaintState::Proposed if is_last(complaint.proposal.as_ref()) => words.state_final,
        ComplaintState::Proposed => words.state_proposed,
        ComplaintState::Disputed => words.state_disputed,
        ComplaintState::Accepted => words.state_accepted,
        ComplaintState::Resolved if has(complaint, ComplaintAct::GrantedBySilence) => {
            words.state_granted
        }
        ComplaintState::Resolved => words.state_resolved,
        ComplaintState::Withdrawn => words.state_withdrawn,
        ComplaintState::Closed if declined(complaint) => words.state_declined,
        ComplaintState::Closed => words.state_closed,
    }
}

/// What it means for the shopper, in a sentence or two.
pub fn meaning(lang: Lang, complaint: &ComplaintDetail) -> &'static str {
    let words = Words::of(lang);
    match complaint.state {
        ComplaintState::Received | ComplaintState::Investigating | ComplaintState::Disputed
            if complaint.outside_at.is_some() =>
        {
            words.means_outside
        }
        ComplaintState::Received | ComplaintState::Investigating
            if complaint.escalated_at.is_some() =>
        {
            words.means_escalated
        }
        ComplaintState::Received => words.means_received,
        ComplaintState::Investigating => words.means_investigating,
        ComplaintState::Proposed if is_last(complaint.proposal.as_ref()) => words.means_final,
        ComplaintState::Proposed => words.means_proposed,
        ComplaintState::Disputed => words.means_disputed,
        ComplaintState::Accepted => match complaint.proposal.as_ref().map(|some| some.kind) {
            Some(ProposalKind::Refund) if complaint.refunds.is_empty() => words.means_accepted_soon,
            Some(ProposalKind::Refund) => words.means_accepted_refund,
            Some(ProposalKind::Compensation) => words.means_accepted_compensation,
            Some(ProposalKind::Goodwill) => words.means_accepted_goodwill,
            Some(ProposalKind::None) | None => words.means_accepted_none,
        },
        ComplaintState::Resolved if has(complaint, ComplaintAct::GrantedBySilence) => {
            words.means_granted
        }
        ComplaintState::Resolved => words.means_resolved,
        ComplaintState::Withdrawn => words.means_withdrawn,
        ComplaintState::Closed if declined(complaint) => words.means_declined,
        ComplaintState::Closed => words.means_closed,
    }
}

/// How much time is left, and until when; `None` when nobody's time runs. `left` is in seconds.
pub fn deadline(lang: Lang, complaint: &ComplaintDetail, left: i64) -> Option<String> {
    let words = Words::of(lang);
    let until = complaint.until.as_ref()?;
    if left <= 0 {
        return Some(words.time_is_up.to_owned());
    }
    let values = [
        ("left", &*format::about(lang, left)),
        ("until", &*format::day_time(lang, until)),
    ];
    Some(fill(words.deadline, &values))
}

/// What follows by itself when the time passes; `None` when nothing does.
pub fn then(lang: Lang, complaint: &ComplaintDetail) -> Option<String> {
    let words = Words::of(lang);
    complaint.until.as_ref()?;
    Some(match (complaint.then?, &complaint.wished) {
        (ComplaintConsequence::Escalate, _) => words.then_escalate.to_owned(),
        (ComplaintConsequence::Grant, Some(wished)) => {
            fill(words.then_grant, &[("amount", &format::money(wished))])
        }
        (ComplaintConsequence::Grant, None) => words.then_grant_plain.to_owned(),
        (ComplaintConsequence::Outside, _) => words.then_outside.to_owned(),
        (ComplaintConsequence::Close, _) => words.then_close.to_owned(),
    })
}

/// What is proposed, in a line.
pub fn offer(lang: Lang, proposal: &ComplaintProposal) -> String {
    let words = Words::of(lang);
    let amount = proposal.amount.as_ref().map(format::money);
    let amount = amount.unwrap_or_default();
    match (proposal.kind, proposal.points) {
        (ProposalKind::Refund, _) => fill(words.offer_refund, &[("amount", &amount)]),
        (ProposalKind::Compensation, Some(points)) => {
            fill(words.offer_points, &[("n", &format::grouped(points))])
        }
        (ProposalKind::Compensation, None) => {
            fill(words.offer_compensation, &[("amount", &amount)])
        }
        (ProposalKind::Goodwill, _) => match &proposal.gift {
            Some(gift) => gift.clone(),
            None => words.offer_goodwill.to_owned(),
        },
        (ProposalKind::None, _) => words.offer_none.to_owned(),
    }
}

/// What accepting it does, to the fen.
pub fn acceptance(lang: Lang, proposal: &ComplaintProposal) -> String {
    let words = Words::of(lang);
    let amount = proposal.amount.as_ref().map(format::money);
    let amount = amount.unwrap_or_default();
    match (proposal.kind, proposal.points) {
        (ProposalKind::Refund, _) => fill(words.accept_refund, &[("amount", &amount)]),
        (ProposalKind::Compensation, Some(points)) => {
            fill(words.accept_points, &[("n", &format::grouped(points))])
        }
        (ProposalKind::Compensation, None) => {
            fill(words.accept_compensation, &[("amount", &amount)])
        }
        (ProposalKind::Goodwill, _) => words.accept_goodwill.to_owned(),
        (ProposalKind::None, _) => words.accept_none.to_owned(),
    }
}

/// Why a supervisor offered nothing more, when that was the last word.
pub fn last_word(complaint: &ComplaintDetail) -> Option<&str> {
    let is_last = |entry: &&ComplaintEntry| entry.what == ComplaintAct::Resolved;
    let entry = complaint.thread.iter().rev().find(is_last)?;
    entry.text.as_deref()
}
