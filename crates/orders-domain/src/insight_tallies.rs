//! What is counted for the charts of the staff: orders, refunds, conversations, cases, one by one (S3).

use crate::{
    Actor, Calendar, CancelledBy, Channel, ChatRules, Day, FirstPromise, Instant, Policy,
    RefundState, Spread, TimelineEvent, permille,
};

/// How many notes there are to give a conversation.
const NOTES: usize = 5;

/// Orders that were placed, and by whom those of them were cancelled of which nothing is left.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CancellationTally {
    /// All.
    pub placed: u64,
    /// Cancelled by the shopper.
    pub by_shopper: u64,
    /// By the seller.
    pub by_seller: u64,
    /// By the staff, at the shopper's request.
    pub by_staff: u64,
    /// Because nobody paid in time.
    pub by_timeout: u64,
}

impl CancellationTally {
    /// How many were cancelled.
    pub const fn cancelled(&self) -> u64 {
        self.by_shopper + self.by_seller + self.by_staff + self.by_timeout
    }

    /// How many of a thousand.
    pub fn rate(&self) -> Option<u64> {
        permille(self.cancelled(), self.placed)
    }

    /// So many more were cancelled by `by`.
    pub const fn cancel(&mut self, by: CancelledBy, count: u64) {
        let part = match by {
            CancelledBy::Shopper => &mut self.by_shopper,
            CancelledBy::Seller => &mut self.by_seller,
            CancelledBy::Staff => &mut self.by_staff,
            CancelledBy::Timeout => &mut self.by_timeout,
        };
        *part += count;
    }
}

impl CancelledBy {
    /// Who cancelled, by who is on record in the timeline; `None` of those who cannot.
    pub const fn of_actor(actor: Actor) -> Option<Self> {
        match actor {
            Actor::Shopper => Some(Self::Shopper),
            Actor::Seller => Some(Self::Seller),
            Actor::Staff => Some(Self::Staff),
            Actor::System => Some(Self::Timeout),
            Actor::Warehouse | Actor::Provider => None,
        }
    }
}

/// What became of promises.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    /// Kept.
    pub on_time: u64,
    /// Kept too late.
    pub late: u64,
    /// Neither kept nor broken yet.
    pub open: u64,
    /// Broken, and still not kept.
    pub overdue: u64,
}

impl Kept {
    /// All of them.
    pub const fn all(&self) -> u64 {
        self.on_time + self.late + self.open + self.overdue
    }

    /// How many of a thousand of those that are decided were kept in time; what is overdue was not.
    pub fn rate(&self) -> Option<u64> {
        permille(self.on_time, self.on_time + self.late + self.overdue)
    }

    /// One more, which was kept at `done` (not yet when `None`) and should have been by `due`; it is `now`.
    pub fn add<T: PartialOrd>(&mut self, done: Option<T>, due: &T, now: &T) {
        let part = match done {
            Some(done) if done <= *due => &mut self.on_time,
            Some(_) => &mut self.late,
            None if now <= due => &mut self.open,
            None => &mut self.overdue,
        };
        *part += 1;
    }
}

/// A refund as far as it is counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefundFact {
    /// By which way.
    pub channel: Channel,
    /// Where it stands.
    pub state: RefundState,
    /// When it was made ready.
    pub made_at: Instant,
    /// When it was first known to be on its way.
    pub started_at: Option<Instant>,
    /// When it changed last: of one that has arrived, when it did.
    pub changed_at: Instant,
    /// What its shopper was promised first.
    pub first: FirstPromise,
}

/// Refunds against what was promised first. One that failed is as much owed as any: it is open until its day has passed,
/// and overdue afterwards.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RefundTally {
    /// All.
    pub made: u64,
    /// Of all: those that could not be made, and wait for another way.
    pub failed: u64,
    /// Whether they started in time.
    pub started: Kept,
    /// Whether they arrived in time.
    pub arrived: Kept,
    /// In how many working days they started.
    pub start_days: Spread,
    /// In how many working days they arrived.
    pub arrival_days: Spread,
}

impl RefundTally {
    /// One more, of a shop with that policy; it is `now`.
    pub fn add(&mut self, fact: &RefundFact, policy: &Policy, calendar: &Calendar, now: Instant) {
        self.made += 1;
        self.failed += u64::from(fact.state == RefundState::Failed);
        let (made, today) = (policy.day_of(fact.made_at), policy.day_of(now));
        let arrived = (fact.state == RefundState::Arrived).then(|| policy.day_of(fact.changed_at));
        let started = fact.started_at.map(|at| policy.day_of(at)).or(arrived);
        self.started.add(started, &fact.first.starts_by, &today);
        self.arrived.add(arrived, &fact.first.arrives_by, &today);
        if let Some(day) = started {
            self.start_days.add(calendar.working_days_after(made, day));
        }
        if let Some(day) = arrived {
            self.arrival_days
                .add(calendar.working_days_after(made, day));
        }
    }
}

impl Calendar {
    /// How many working days there are after `from` until `to`, `to` included.
    pub fn working_days_after(&self, from: Day, to: Day) -> i64 {
        let days = from.iter_days().skip(1).take_while(|day| *day <= to);
        let worked = days.filter(|day| self.is_working_day(*day)).count();
        i64::try_from(worked).unwrap_or(i64::MAX)
    }
}

/// A conversation as far as it is counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TalkFact {
    /// When it began.
    pub opened_at: Instant,
    /// When somebody of the staff first said something.
    pub answered_at: Option<Instant>,
    /// When it was over, if it is.
    pub closed_at: Option<Instant>,
    /// How long it waited in the queue while the chat was open, in milliseconds.
    pub waited: Option<i64>,
    /// The shopper's note, from 1 to 5.
    pub rating: Option<u8>,
}

/// Conversations in the chat, and how soon they were answered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SupportTally {
    /// All.
    pub begun: u64,
    /// Those that began while the chat was open.
    pub in_hours: u64,
    /// In how many minutes of opening time those were first answered.
    pub answer_minutes: Spread,
    /// Those of them that nobody has answered and that go on.
    pub waiting: u64,
    /// Those of them that ended without an answer.
    pub unanswered: u64,
    /// Whether what was left outside of opening hours was answered by the time that was said.
    pub left: Kept,
    /// Those of these that the shopper ended before an answer and before that time.
    pub left_ended: u64,
    /// How many minutes they waited in the queue while the chat was open, for the last time they were taken from it.
    pub wait_minutes: Spread,
    /// How many had each note, from 1 on.
    pub ratings: [u64; NOTES],
}

impl SupportTally {
    /// Those that began outside of opening hours.
    pub const fn outside(&self) -> u64 {
        self.begun - self.in_hours
    }

    /// How many were rated.
    pub fn rated(&self) -> u64 {
        self.ratings.iter().sum()
    }

    /// The mean of all notes, in tenths; `None` when there are none.
    pub fn rating(&self) -> Option<u64> {
        let points = (1..).zip(self.ratings).map(|(note, count)| note * count);
        let points: u64 = points.sum();
        let rated = self.rated();
        (points * 20 + rated).checked_div(rated * 2)
    }

    /// One more, by the opening hours of the shop.
    pub fn add(&mut self, fact: &TalkFact, rules: ChatRules<'_>) {
        let (policy, calendar) = (rules.policy, rules.calendar);
        self.begun += 1;
        // Without opening hours (any more) nothing was promised.
        if policy.chat_is_open(calendar, fact.opened_at) == Some(false) {
            self.add_left(fact, rules);
        } else {
            self.in_hours += 1;
            match (fact.answered_at, fact.closed_at) {
                (Some(answered), _) => {
                    let open = policy.chat_open_between(calendar, fact.opened_at, answered);
                    let took = open.unwrap_or(answered - fact.opened_at);
                    self.answer_minutes
                        .add(whole_minutes(took.num_milliseconds()));
                }
                (None, Some(_)) => self.unanswered += 1,
                (None, None) => self.waiting += 1,
            }
        }
        if let Some(waited) = fact.waited {
            self.wait_minutes.add(whole_minutes(waited));
        }
        let note = fact.rating.map(usize::from);
        if let Some(count) = note.and_then(|note| self.ratings.get_mut(note.checked_sub(1)?)) {
            *count += 1;
        }
    }

    fn add_left(&mut self, fact: &TalkFact, rules: ChatRules<'_>) {
        let due = rules.policy.chat_answer_due(rules.calendar, fact.opened_at);
        // No opening in sight: nothing can be late.
        let due = due.unwrap_or(Instant::MAX_UTC);
        let ended = fact.closed_at.filter(|closed| *closed <= due);
        if fact.answered_at.is_none() && ended.is_some() {
            self.left_ended += 1;
        } else {
            self.left.add(fact.answered_at, &due, &rules.now);
        }
    }
}

/// Milliseconds in minutes, rounded up: nobody waits less than said.
pub(crate) fn whole_minutes(milliseconds: i64) -> i64 {
    milliseconds.max(0).saturating_add(59_999) / 60_000
}

/// An after-sale case, or what is like one, as its order's timeline tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ThreadFact {
    /// When it was opened.
    pub opened_at: Instant,
    /// What happened in it and by whom, oldest first.
    pub events: Vec<(TimelineEvent, Actor)>,
}

/// What became of after-sale cases.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CaseTally {
    /// All.
    pub opened: u64,
    /// Not decided yet, or not again after an appeal.
    pub waiting: u64,
    /// Granted.
    pub granted: u64,
    /// Refused: the last word was no.
    pub rejected: u64,
    /// The shopper withdrew it.
    pub withdrawn: u64,
    /// Granted, and the goods were not sent in time.
    pub lapsed: u64,
    /// Of all: those in which the shopper appealed.
    pub appealed: u64,
    /// Of all: those in which the merchant let a deadline pass.
    pub merchant_late: u64,
}

impl CaseTally {
    /// One more.
    pub fn add(&mut self, fact: &ThreadFact) {
        use TimelineEvent as Event;
        enum Now {
            Waiting,
            Granted,
            Rejected,
            Withdrawn,
            Lapsed,
        }
        let mut now = Now::Waiting;
        let (mut appealed, mut merchant_late, mut with_staff) = (false, false, false);
        for (what, by) in &fact.events {
            let by_itself = *by == Actor::System;
            match what {
                Event::CaseApproved => {
                    // Whose silence it was: with staff, it was theirs.
                    merchant_late |= by_itself && !with_staff;
                    now = Now::Granted;
                }
                Event::CaseReceived => {
                    merchant_late |= by_itself;
                    now = Now::Granted;
                }
                Event::CaseRejected => now = Now::Rejected,
                Event::CaseAppealed => {
                    merchant_late |= by_itself;
                    appealed |= !by_itself;
                    with_staff = true;
                    now = Now::Waiting;
                }
                Event::CaseWithdrawn => now = Now::Withdrawn,
                Event::CaseClosed => {
                    now = match now {
                        Now::Granted => Now::Lapsed,
                        Now::Waiting | Now::Rejected | Now::Withdrawn | Now::Lapsed => {
                            Now::Rejected
                        }
                    }
                }
                _ => {}
            }
        }
        self.opened += 1;
        self.appealed += u64::from(appealed);
        self.merchant_late += u64::from(merchant_late);
        let part = match now {
            Now::Waiting => &mut self.waiting,
            Now::Granted => &mut self.granted,
            Now::Rejected => &mut self.rejected,
            Now::Withdrawn => &mut self.withdrawn,
            Now::Lapsed => &mut self.lapsed,
        };
        *part += 1;
    }
}

/// What became of complaints.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ComplaintTally {
    /// All.
    pub opened: u64,
    /// The shop has not proposed anything yet.
    pub waiting: u64,
    /// Something is proposed, and the shopper has not answered.
    pub proposed: u64,
    /// The shopper disputes it, and nobody has decided that yet.
    pub disputed: u64,
    /// Resolved: accepted, granted, or by the last word.
    pub resolved: u64,
    /// The shopper withdrew it.
    pub withdrawn: u64,
    /// Closed without an agreement.
    pub closed: u64,
    /// Of all: those that were disputed at some time.
    pub ever_disputed: u64,
    /// Of all: those in which the shop missed a date.
    pub overdue: u64,
}

impl ComplaintTally {
    /// One more.
    pub fn add(&mut self, fact: &ThreadFact) {
        use TimelineEvent as Event;
        enum Now {
            Waiting,
            Proposed,
            Disputed,
            Resolved,
            Withdrawn,
            Closed,
        }
        let mut now = Now::Waiting;
        let (mut disputed, mut overdue) = (false, false);
        for (what, by) in &fact.events {
            match what {
                Event::ComplaintProposed => now = Now::Proposed,
                // What is proposed after a dispute is the last word: who disputes that, too, closes the complaint.
                Event::ComplaintDisputed if disputed => now = Now::Closed,
                Event::ComplaintDisputed => {
                    disputed = true;
                    now = Now::Disputed;
                }
                Event::ComplaintEscalated | Event::ComplaintOutside => overdue = true,
                Event::ComplaintAccepted => now = Now::Resolved,
                Event::ComplaintResolved => {
                    // By itself: what was wished for, because a supervisor was silent.
                    overdue |= *by == Actor::System;
                    now = Now::Resolved;
                }
                Event::ComplaintWithdrawn => now = Now::Withdrawn,
                Event::ComplaintClosed => now = Now::Closed,
                _ => {}
            }
        }
        self.opened += 1;
        self.ever_disputed += u64::from(disputed);
        self.overdue += u64::from(overdue);
        let part = match now {
            Now::Waiting => &mut self.waiting,
            Now::Proposed => &mut self.proposed,
            Now::Disputed => &mut self.disputed,
            Now::Resolved => &mut self.resolved,
            Now::Withdrawn => &mut self.withdrawn,
            Now::Closed => &mut self.closed,
        };
        *part += 1;
    }
}
