//! The course of a case as plain data: what has happened, where it stands, what is to come; no more than is known.

use orders_api::{
    Actor, CaseAct, CaseDetail, CaseEntry, CaseKind, CaseState, Instant, RefundState,
};

use crate::format;
use crate::words::{Lang, codes, fill};

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
    /// It ended badly there, as far as is known.
    Failed,
}

impl Step {
    /// Its name in `data-step`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Here => "here",
            Self::Coming => "coming",
            Self::Failed => "failed",
        }
    }
}

/// What a stop is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// The shopper asked.
    Asked,
    /// The merchant answers.
    Answer,
    /// Staff look at it again.
    Review,
    /// The goods go back.
    Return,
    /// The money goes back.
    Refund,
    /// It is over without a refund.
    End,
}

/// A stop of the course.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stop {
    /// What it is about.
    pub place: Place,
    /// What it is called.
    pub name: &'static str,
    /// What happened there, or by when something should.
    pub what: String,
    /// When that was; absent where it is to come.
    pub at: Option<Instant>,
    /// How it stands.
    pub step: Step,
}

impl Stop {
    fn new(words: &Words, place: Place, what: &str, at: Option<&Instant>, step: Step) -> Self {
        let name = match place {
            Place::Asked => words.stop_asked,
            Place::Answer => words.stop_answer,
            Place::Review => words.stop_review,
            Place::Return => words.stop_return,
            Place::Refund => words.stop_refund,
            Place::End => words.stop_end,
        };
        Self {
            place,
            name,
            what: what.to_owned(),
            at: at.cloned(),
            step,
        }
    }
}

/// Whether the parcel was refused at the door, so that it goes back by itself.
pub fn is_refused_parcel(case: &CaseDetail) -> bool {
    case.kind == CaseKind::ReturnAndRefund && case.condition.is_none()
}

/// Whether the goods are still to be sent, should it be granted.
fn sends_back(case: &CaseDetail) -> bool {
    case.kind == CaseKind::ReturnAndRefund && case.condition.is_some() && case.parcel.is_none()
}

/// The last thing that changed where the case stands, and the one before it.
fn last_acts(case: &CaseDetail) -> impl Iterator<Item = &CaseEntry> {
    let thread = case.thread.iter().rev();
    thread.filter(|entry| entry.what != CaseAct::Said)
}

/// Why the merchant said no, the last time.
pub fn rejection(case: &CaseDetail) -> Option<&CaseEntry> {
    last_acts(case).find(|entry| entry.what == CaseAct::Rejected)
}

/// How a case ended that is closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// Staff dismissed the appeal.
    Dismissed,
    /// The goods were not sent in time.
    NotSent,
    /// There was no appeal in time.
    NoAppeal,
    /// Its time was over.
    TimeOver,
}

/// How it ended; `None` while it has not, and when it ended otherwise.
pub fn end(case: &CaseDetail) -> Option<End> {
    if case.state != CaseState::Closed {
        return None;
    }
    let mut acts = last_acts(case).map(|entry| entry.what);
    Some(match (acts.next(), acts.next()) {
        (Some(CaseAct::Dismissed), _) => End::Dismissed,
        (Some(CaseAct::Closed), Some(CaseAct::Approved | CaseAct::ApprovedBySilence)) => {
            End::NotSent
        }
        (Some(CaseAct::Closed), Some(CaseAct::Rejected)) => End::NoAppeal,
        _ => End::TimeOver,
    })
}

/// The stops in their order, as the thread tells them; then those to come.
pub fn stops(lang: Lang, case: &CaseDetail) -> Vec<Stop> {
    let words = Words::of(lang);
    let mut stops: Vec<Stop> = Vec::new();
    for entry in &case.thread {
        if let Some(stop) = past(words, entry, &mut stops) {
            pass(&mut stops);
            stops.push(stop);
        }
    }
    if !matches!(case.state, CaseState::Rejected | CaseState::Closed) {
        pass(&mut stops);
    }
    // Where the goods are on their way back, or it is over, nothing else says that it is there.
    let stays = matches!(
        case.state,
        CaseState::Returning | CaseState::Withdrawn | CaseState::Closed
    );
    if stays
        && let Some(last) = stops.last_mut()
        && last.step == Step::Done
    {
        last.step = Step::Here;
    }
    stops.extend(to_come(lang, case));
    stops
}

/// What went on did not end there.
fn pass(stops: &mut [Stop]) {
    for stop in stops {
        stop.step = Step::Done;
    }
}

/// The stop that something in the thread makes; what happens to goods that were sent changes theirs.
fn past(words: &'static Words, entry: &CaseEntry, stops: &mut [Stop]) -> Option<Stop> {
    let at = Some(&entry.at);
    let last = stops.last_mut();
    if let Some(back) = last.filter(|stop| stop.place == Place::Return)
        && let Some((what, step)) = of_goods(words, entry.what)
    {
        *back = Stop::new(words, Place::Return, what, at, step);
        return None;
    }
    let reviewed =
        entry.by == Actor::Staff || stops.last().is_some_and(|stop| stop.step == Step::Failed);
    let place = if reviewed {
        Place::Review
    } else {
        Place::Answer
    };
    let (place, what, step) = match entry.what {
        CaseAct::Said | CaseAct::Appealed => return None,
        CaseAct::Opened => (Place::Asked, "", Step::Done),
        CaseAct::Approved => (place, words.stop_granted, Step::Done),
        CaseAct::ApprovedBySilence => (place, words.stop_silent_granted, Step::Done),
        CaseAct::EscalatedBySilence => (Place::Answer, words.stop_silent, Step::Done),
        CaseAct::Rejected => (Place::Answer, words.stop_rejected, Step::Failed),
        CaseAct::Dismissed => (Place::Review, words.stop_rejected, Step::Failed),
        CaseAct::Sent => (Place::Return, words.stop_sent, Step::Done),
        CaseAct::Received => (Place::Return, words.stop_received, Step::Done),
        CaseAct::ReceivedBySilence => (Place::Return, words.stop_silent_received, Step::Done),
        CaseAct::Withdrawn => (Place::End, words.stop_withdrawn, Step::Done),
        CaseAct::Closed => (Place::End, words.stop_closed, Step::Failed),
    };
    Some(Stop::new(words, place, what, at, step))
}

/// What becomes of goods that were sent; `None` where something else happens.
const fn of_goods(words: &'static Words, what: CaseAct) -> Option<(&'static str, Step)> {
    match what {
        CaseAct::Rejected => Some((words.stop_return_rejected, Step::Failed)),
        CaseAct::Received => Some((words.stop_received, Step::Done)),
        CaseAct::ReceivedBySilence => Some((words.stop_silent_received, Step::Done)),
        CaseAct::Opened
        | CaseAct::Said
        | CaseAct::Approved
        | CaseAct::ApprovedBySilence
        | CaseAct::EscalatedBySilence
        | CaseAct::Appealed
        | CaseAct::Dismissed
        | CaseAct::Sent
        | CaseAct::Withdrawn
        | CaseAct::Closed => None,
    }
}

/// What is under way, and what follows when it goes well.
fn to_come(lang: Lang, case: &CaseDetail) -> Vec<Stop> {
    let words = Words::of(lang);
    let until = case
        .until
        .as_ref()
        .map(|until| format::day_time(lang, until));
    let by = until.map_or_else(String::new, |until| {
        fill(words.stop_by, &[("until", &until)])
    });
    let stop = |place, what: &str, step| Stop::new(words, place, what, None, step);
    let coming = |place| stop(place, "", Step::Coming);
    let granted = || {
        let back = sends_back(case).then(|| coming(Place::Return));
        back.into_iter().chain([coming(Place::Refund)])
    };
    match case.state {
        CaseState::Open => [stop(Place::Answer, &by, Step::Here)]
            .into_iter()
            .chain(granted())
            .collect(),
        CaseState::Appealed => [stop(Place::Review, &by, Step::Here)]
            .into_iter()
            .chain(granted())
            .collect(),
        CaseState::AwaitingReturn => {
            vec![stop(Place::Return, &by, Step::Here), coming(Place::Refund)]
        }
        CaseState::Returning => {
            vec![stop(Place::Refund, words.stop_after_receipt, Step::Coming)]
        }
        CaseState::Rejected => vec![stop(Place::Review, words.stop_may_appeal, Step::Coming)],
        CaseState::Refunded => vec![refund_stop(lang, case)],
        CaseState::Withdrawn | CaseState::Closed => Vec::new(),
    }
}

/// How far the money is: the refund that is furthest behind tells.
fn refund_stop(lang: Lang, case: &CaseDetail) -> Stop {
    let words = Words::of(lang);
    let what = slowest(case).map_or(words.stop_refunding, |state| {
        codes::refund_state(lang, state)
    });
    let step = match slowest(case) {
        Some(RefundState::Failed) => Step::Failed,
        _ => Step::Here,
    };
    Stop::new(words, Place::Refund, what, None, step)
}

/// The state of the refund that needs the most; `None` without any.
pub fn slowest(case: &CaseDetail) -> Option<RefundState> {
    let rank = |state: &RefundState| match state {
        RefundState::Failed => 0,
        RefundState::Requested => 1,
        RefundState::Approved => 2,
        RefundState::Sent => 3,
        RefundState::InClearing => 4,
        RefundState::Arrived => 5,
    };
    case.refunds
        .iter()
        .map(|refund| refund.state)
        .min_by_key(rank)
}

/// How the case stands, in a line.
pub fn headline(lang: Lang, case: &CaseDetail) -> &'static str {
    let words = Words::of(lang);
    match case.state {
        CaseState::Open => words.state_open,
        CaseState::AwaitingReturn => words.state_awaiting_return,
        CaseState::Returning => words.state_returning,
        CaseState::Rejected => words.state_rejected,
        CaseState::Appealed => words.state_appealed,
        CaseState::Refunded => match slowest(case) {
            Some(RefundState::Arrived) => words.state_arrived,
            Some(RefundState::Failed) => words.state_failed,
            Some(
                RefundState::Requested
                | RefundState::Approved
                | RefundState::Sent
                | RefundState::InClearing,
            )
            | None => words.state_refunded,
        },
        CaseState::Withdrawn => words.state_withdrawn,
        CaseState::Closed => words.state_closed,
    }
}
