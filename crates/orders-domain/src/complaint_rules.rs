//! May one complain, about what, and what may be wished for? (PRODUCT §4)

use chrono::{Days, TimeDelta};

use crate::{
    Actor, CaseState, Change, Complaint, ComplaintAbout, ComplaintAct, ComplaintEntry,
    ComplaintState, ComplaintTopic, ComplaintWish, Complaints, Day, Evidence, Instant, Lateness,
    Order, OutboxMessage, Policy, TimelineEvent, Work, change::Draft, text::printable,
    to_millisecond, work_of,
};

/// What a shopper complains about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ComplaintIntent {
    /// What of the order it is about.
    pub about: ComplaintAbout,
    /// One of the policy's topics.
    pub topic: ComplaintTopic,
    /// What the shopper wants to come of it.
    pub wish: ComplaintWish,
    /// How much, with a wish for a refund, in minor units; `None` for what the case came to, or for all that is left.
    pub amount: Option<i64>,
    /// What happened.
    pub text: String,
    /// Photos and videos.
    pub evidence: Vec<Evidence>,
}

/// Why a complaint is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ComplaintError {
    /// The shop takes none, or not about this order any more.
    NoComplaints,
    /// There is one about the same thing.
    Open,
    /// The order has no such case.
    UnknownCase,
    /// The order has no such refund.
    UnknownRefund,
    /// Both a case and a refund.
    Both,
    /// The policy does not have that topic.
    Topic,
    /// A refund is wished for, and nothing is left to refund.
    Wish,
    /// An amount with another wish, or one that is not from 1 up to what is left.
    Amount,
    /// What happened is not said.
    WordsNeeded,
    /// More photos and videos than are taken at once.
    TooMuchEvidence,
}

impl Order {
    /// What was paid, has not gone back, and is promised to no case under way, in minor units. A case that the shop has
    /// rejected promises nothing: its money may be wished for, and its appeal is for what is left then.
    pub fn refundable(&self) -> i64 {
        let left: i64 = self.left_of_payments().into_iter().sum();
        let cases = self.body.cases.iter();
        let promised: i64 = cases
            .filter(|case| !case.state.is_final() && case.state != CaseState::Rejected)
            .map(|case| case.settlement.amount)
            .sum();
        (left - promised).max(0)
    }

    /// Until when one may complain under `rules`: so many days after anything has happened to the order.
    pub fn complain_until(&self, rules: &Complaints) -> Instant {
        let last = self.timeline.iter().map(|entry| entry.at).max();
        last.unwrap_or(self.placed_at) + TimeDelta::days(i64::from(rules.days))
    }

    /// Whether one may complain about something of it at `now`.
    pub fn takes_complaint(&self, rules: Option<&Complaints>, now: Instant) -> bool {
        rules.is_some_and(|rules| now < self.complain_until(rules))
    }

    /// The complaint about that which is under way.
    pub fn open_complaint(&self, about: &ComplaintAbout) -> Option<&Complaint> {
        let mut complaints = self.body.complaints.iter();
        complaints.find(|one| one.about == *about && !one.state.is_final())
    }

    /// Whether one may complain about a case: its wish was refused, and nobody complains about it yet.
    pub fn may_complain_about_case(
        &self,
        id: &str,
        rules: Option<&Complaints>,
        now: Instant,
    ) -> bool {
        let refused = self
            .case(id)
            .is_some_and(|case| matches!(case.state, CaseState::Rejected | CaseState::Closed));
        refused && self.may_complain_about(&ComplaintAbout::of_case(id), rules, now)
    }

    /// Whether one may complain about that: nobody does yet.
    pub fn may_complain_about(
        &self,
        about: &ComplaintAbout,
        rules: Option<&Complaints>,
        now: Instant,
    ) -> bool {
        self.takes_complaint(rules, now) && self.open_complaint(about).is_none()
    }

    /// The complaint about that which was made last.
    pub fn last_complaint(&self, about: &ComplaintAbout) -> Option<&Complaint> {
        let mut complaints = self.body.complaints.iter();
        complaints.rfind(|one| one.about == *about)
    }

    /// The wishes to choose from.
    pub fn complaint_wishes(&self) -> Vec<ComplaintWish> {
        let mut wishes = ComplaintWish::ALL.to_vec();
        wishes.retain(|wish| *wish != ComplaintWish::Refund || self.refundable() > 0);
        wishes
    }

    /// Complains.
    ///
    /// # Errors
    /// What is wrong with it; nothing changes then.
    pub fn complain(
        &self,
        intent: &ComplaintIntent,
        rules: Option<&Complaints>,
        now: Instant,
    ) -> Result<Change, ComplaintError> {
        let rules = rules.ok_or(ComplaintError::NoComplaints)?;
        if !self.takes_complaint(Some(rules), now) {
            return Err(ComplaintError::NoComplaints);
        }
        let about = &intent.about;
        if about.case.is_some() && about.refund.is_some() {
            return Err(ComplaintError::Both);
        }
        if let Some(case) = &about.case {
            self.case(case).ok_or(ComplaintError::UnknownCase)?;
        }
        if let Some(id) = &about.refund {
            let mut refunds = self.refunds.iter();
            let known = refunds.any(|refund| refund.id.as_str() == id);
            known.then_some(()).ok_or(ComplaintError::UnknownRefund)?;
        }
        if !rules.topics.contains(&intent.topic) {
            return Err(ComplaintError::Topic);
        }
        let wished = self.wished(intent)?;
        let text = printable(&intent.text).ok_or(ComplaintError::WordsNeeded)?;
        if intent.evidence.len() > rules.terms.evidence_at_once as usize {
            return Err(ComplaintError::TooMuchEvidence);
        }
        if self.open_complaint(about).is_some() {
            return Err(ComplaintError::Open);
        }
        let now = to_millisecond(now);
        let opened = ComplaintEntry {
            at: now,
            by: Actor::Shopper,
            what: ComplaintAct::Opened,
            text: Some(text),
            staff: None,
            evidence: intent.evidence.clone(),
            proposal: None,
        };
        let mut draft = Draft::of(self);
        let (about, topic) = (about.clone(), intent.topic);
        draft.open(about, topic, intent.wish, wished, rules, opened);
        Ok(draft.finish())
    }

    fn wished(&self, intent: &ComplaintIntent) -> Result<Option<i64>, ComplaintError> {
        if intent.wish != ComplaintWish::Refund {
            let none = intent.amount.is_none();
            return none.then_some(None).ok_or(ComplaintError::Amount);
        }
        let left = self.refundable();
        if left == 0 {
            return Err(ComplaintError::Wish);
        }
        match intent.amount {
            Some(amount) if (1..=left).contains(&amount) => Ok(Some(amount)),
            Some(_) => Err(ComplaintError::Amount),
            None => Ok(Some(self.wished_of(&intent.about, left))),
        }
    }

    /// What is wished for without naming an amount.
    fn wished_of(&self, about: &ComplaintAbout, left: i64) -> i64 {
        let case = about.case.as_deref().and_then(|id| self.case(id));
        case.map_or(left, |case| case.settlement.amount.clamp(1, left))
    }
}

impl Order {
    /// The complaints that open by themselves about refunds that have not arrived so many days after the last day that was
    /// promised, where `rules` say so: once for each refund, after its delay was told, and not where its shopper has
    /// complained about it, or could not any more. What is owed is on its way already, so that they wish for an explanation.
    /// `None` when there is nothing new.
    pub fn complain_of_late_refunds(
        &self,
        rules: Option<&Complaints>,
        policy: &Policy,
        now: Instant,
    ) -> Option<Change> {
        let rules = rules?;
        let (now, today) = (to_millisecond(now), policy.day_of(now));
        let before = rules.long_late_before(today)?;
        let takes = self.takes_complaint(Some(rules), now);
        let mut draft = Draft::of(self);
        let mut news = false;
        for (index, refund) in self.refunds.iter().enumerate() {
            let told = refund.course.told_late == Some(Lateness::NotArrived);
            let waited = refund.lateness(today) == Some(Lateness::NotArrived)
                && refund.promise.arrives_by < before;
            if !told || !waited || refund.course.complained {
                continue;
            }
            news = true;
            draft.order.refunds[index].course.complained = true;
            let about = ComplaintAbout::of_refund(refund.id.as_str());
            if !takes || self.last_complaint(&about).is_some() {
                continue;
            }
            let topic = rules.topic_or_other(ComplaintTopic::Late);
            let opened = ComplaintEntry::by_itself(ComplaintAct::OpenedByDelay, now);
            draft.open(
                about,
                topic,
                ComplaintWish::Explanation,
                None,
                rules,
                opened,
            );
        }
        news.then(|| draft.finish())
    }
}

impl Order {
    /// Whether what has waited since then, until `due_at`, is complained about already: its shopper has complained about the
    /// order since, or a complaint about it is under way. One that opened by itself is about the times that had passed by then.
    pub(crate) fn is_complained_about(&self, since: Instant, due_at: Instant) -> bool {
        let about = ComplaintAbout::default();
        let mut complaints = self.body.complaints.iter().filter(|one| one.about == about);
        complaints.any(|one| {
            let first = one.thread.first().map(|entry| entry.what);
            let counts = match first {
                Some(ComplaintAct::OpenedByBrokenDate) => one.opened_at >= due_at,
                _ => one.opened_at >= since,
            };
            counts || !one.state.is_final()
        })
    }

    /// The complaint that opens by itself when the shop has let the time pass in which it was to decide a request to cancel, or
    /// whether it accepts the order, where `rules` say so: once for each, one after the other, not where its shopper has
    /// complained about the order since it waits, and no longer after that time than one may complain. What was asked for
    /// still waits to be decided, so that it wishes for an explanation. `None` when there is nothing new.
    pub fn complain_of_broken_date(
        &self,
        rules: Option<&Complaints>,
        now: Instant,
    ) -> Option<Change> {
        let rules = rules?;
        let (now, after) = (to_millisecond(now), rules.broken_after(now)?);
        let broken = |work: &Work| {
            let due_at = work.due_at.filter(|_| work.complains);
            due_at.is_some_and(|due_at| after < due_at && due_at <= now)
        };
        if !work_of(self).iter().any(broken) {
            return None;
        }
        let topic = rules.topic_or_other(ComplaintTopic::Late);
        let opened = ComplaintEntry::by_itself(ComplaintAct::OpenedByBrokenDate, now);
        let mut draft = Draft::of(self);
        draft.open(
            ComplaintAbout::default(),
            topic,
            ComplaintWish::Explanation,
            None,
            rules,
            opened,
        );
        Some(draft.finish())
    }
}

impl ComplaintEntry {
    /// With it a complaint begins by itself.
    const fn by_itself(what: ComplaintAct, now: Instant) -> Self {
        Self {
            at: now,
            by: Actor::System,
            what,
            text: None,
            staff: None,
            evidence: Vec::new(),
            proposal: None,
        }
    }
}

impl Change {
    /// With the complaint that opens by itself when this change has dismissed a case for good, where `rules` say so: the
    /// shopper need not write anything once more (S1, S2).
    #[must_use]
    pub fn with_complaint(self, rules: Option<&Complaints>, now: Instant) -> Self {
        let Some(rules) = rules.filter(|rules| rules.after_dismissal) else {
            return self;
        };
        let now = to_millisecond(now);
        let closed = |entry: &&crate::TimelineEntry| entry.what == TimelineEvent::CaseClosed;
        let closed = self.effects.timeline.iter().find(closed);
        let case = closed.and_then(|entry| self.order.case(entry.detail.as_deref()?));
        let Some(case) = case.filter(|case| case.is_dismissed()) else {
            return self;
        };
        let about = ComplaintAbout::of_case(&case.id);
        let topic = rules.topic_or_other(ComplaintTopic::RefundRefused);
        if self.order.open_complaint(&about).is_some() {
            return self;
        }
        let left = self.order.refundable();
        let (wish, wished) = if left > 0 {
            let wished = self.order.wished_of(&about, left);
            (ComplaintWish::Refund, Some(wished))
        } else {
            (ComplaintWish::Explanation, None)
        };
        let opened = ComplaintEntry::by_itself(ComplaintAct::OpenedByRule, now);
        let mut draft = Draft::resume(self);
        draft.open(about, topic, wish, wished, rules, opened);
        draft.finish()
    }
}

impl Complaint {
    /// By when something is proposed, of one that was not escalated.
    pub fn propose_by(&self) -> Instant {
        self.opened_at + TimeDelta::days(i64::from(self.terms.propose_days))
    }
}

impl Complaints {
    /// That topic, or the one for everything where the shop does not have it.
    fn topic_or_other(&self, topic: ComplaintTopic) -> ComplaintTopic {
        if self.topics.contains(&topic) {
            topic
        } else {
            ComplaintTopic::Other
        }
    }

    /// Before which day a refund was to arrive at the latest that is complained about by itself on `today`; `None` where
    /// none is.
    pub fn long_late_before(&self, today: Day) -> Option<Day> {
        today.checked_sub_days(Days::new(u64::from(self.late_refund_days?)))
    }

    /// After which moment a time of the shop's must have passed that is complained about by itself at `now`; `None` where none
    /// is.
    pub fn broken_after(&self, now: Instant) -> Option<Instant> {
        let days = TimeDelta::days(i64::from(self.days));
        self.broken_dates
            .then(|| now.checked_sub_signed(days).unwrap_or(Instant::MIN_UTC))
    }

    /// Until when somebody takes up what is sent at `now`.
    pub fn confirm_by(&self, now: Instant) -> Instant {
        now + TimeDelta::hours(i64::from(self.terms.confirm_hours))
    }

    /// Until when something is proposed about what is sent at `now`.
    pub fn propose_by(&self, now: Instant) -> Instant {
        now + TimeDelta::days(i64::from(self.terms.propose_days))
    }
}

impl Draft {
    /// Adds a complaint as it begins.
    fn open(
        &mut self,
        about: ComplaintAbout,
        topic: ComplaintTopic,
        wish: ComplaintWish,
        wished: Option<i64>,
        rules: &Complaints,
        opened: ComplaintEntry,
    ) {
        let (now, by) = (opened.at, opened.by);
        let number = self.order.body.complaints.len() + 1;
        let id = format!("{}-K{number}", self.order.id);
        self.order.body.complaints.push(Complaint {
            id: id.clone(),
            about,
            topic,
            wish,
            wished,
            terms: rules.terms,
            state: ComplaintState::Received,
            until: Some(rules.confirm_by(now)),
            opened_at: now,
            escalated_at: None,
            outside_at: None,
            draft: None,
            thread: vec![opened],
            refunds: Vec::new(),
        });
        self.note(now, TimelineEvent::ComplaintOpened, by, Some(id.clone()));
        self.send(OutboxMessage::ComplaintOpened { complaint: id });
    }
}
