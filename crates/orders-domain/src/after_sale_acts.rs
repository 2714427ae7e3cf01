//! What is done in an after-sale case: by its shopper, the merchant, staff, and by time passing (S2, S4).

use chrono::TimeDelta;

use crate::{
    Actor, AfterSale, Calendar, Case, CaseAct, CaseEntry, CaseError, CaseKind, CaseState, CaseWish,
    Change, Consequence, Evidence, Instant, Order, OrderState, OutboxMessage, Parcel, Policy,
    Second, TimelineEvent, Turn, change::Draft, text::printable, to_millisecond,
};

/// Something that is done in a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CaseMove {
    /// Anybody says something, or adds evidence.
    Say {
        /// Who.
        by: Actor,
        /// In words.
        text: String,
        /// Photos and videos.
        evidence: Vec<Evidence>,
    },
    /// The merchant, or staff after an appeal, grant it.
    Approve {
        /// Where the goods are to be sent, of a return.
        return_to: Option<String>,
    },
    /// The merchant says no.
    Reject {
        /// Why: a rejection always says so.
        why: String,
    },
    /// The shopper appeals to staff.
    Appeal {
        /// Why.
        why: String,
        /// New evidence.
        evidence: Vec<Evidence>,
    },
    /// Staff dismiss the appeal.
    Dismiss {
        /// Why.
        why: String,
    },
    /// The shopper has sent the goods.
    Send {
        /// Courier and number.
        parcel: Parcel,
    },
    /// The merchant has them back.
    Receive,
    /// The shopper withdraws it.
    Withdraw,
    /// A second person of the staff says whether what a colleague granted is done. Only [`Order::move_case_by`] knows who
    /// they are.
    Second(Second),
}

/// Why a move is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MoveRefusal {
    /// The order has no such case.
    NoSuchCase,
    /// The case is not in a state for that.
    NotNow,
    /// Words are missing.
    WordsNeeded,
    /// The address to send the goods to is missing.
    AddressNeeded,
    /// There is an address to send goods to, of a case that waits for none.
    NoAddress,
    /// Whoever decided a case does not decide its appeal, and whoever granted it is not the second person.
    SamePerson,
    /// More photos and videos than the policy allows at once.
    TooMuchEvidence,
}

impl Order {
    /// Opens a case.
    ///
    /// # Errors
    /// What is wrong with the wish; nothing changes then.
    pub fn open_case(
        &self,
        wish: &CaseWish,
        policy: &Policy,
        now: Instant,
    ) -> Result<Change, CaseError> {
        let case = self.new_case(wish, policy, to_millisecond(now))?;
        let mut draft = Draft::of(self);
        draft.note_case(now, TimelineEvent::CaseOpened, Actor::Shopper, &case);
        draft.send(OutboxMessage::CaseOpened {
            case: case.id.clone(),
        });
        draft.order.body.cases.push(case);
        Ok(draft.finish())
    }

    /// Makes a move in the case `id`.
    ///
    /// # Errors
    /// [`MoveRefusal`]; nothing changes then.
    pub fn move_case(
        &self,
        id: &str,
        action: &CaseMove,
        policy: &Policy,
        calendar: &Calendar,
        now: Instant,
    ) -> Result<Change, MoveRefusal> {
        let index = self.body.cases.iter().position(|case| case.id == id);
        let index = index.ok_or(MoveRefusal::NoSuchCase)?;
        let after_sale = policy.after_sale.as_ref().ok_or(MoveRefusal::NotNow)?;
        let case = &self.body.cases[index];
        let words = |text: &str| printable(text).ok_or(MoveRefusal::WordsNeeded);
        let few = |evidence: &[Evidence]| {
            let many = evidence.len() > after_sale.evidence_at_once as usize;
            if many {
                Err(MoveRefusal::TooMuchEvidence)
            } else {
                Ok(())
            }
        };
        let becomes = |next: CaseState| {
            if case.state.may_become(next) {
                Ok(next)
            } else {
                Err(MoveRefusal::NotNow)
            }
        };
        let mut step = Step::of(self, index, after_sale, to_millisecond(now));
        match action {
            CaseMove::Second(_) => return Err(MoveRefusal::NotNow),
            CaseMove::Say { by, text, evidence } => {
                few(evidence)?;
                let text = printable(text);
                if text.is_none() && evidence.is_empty() {
                    return Err(MoveRefusal::WordsNeeded);
                }
                if case.state.is_final() {
                    return Err(MoveRefusal::NotNow);
                }
                step.entry(*by, CaseAct::Said, text, evidence);
                if *by == Actor::Shopper {
                    step.draft.send(OutboxMessage::CaseSaid {
                        case: id.to_owned(),
                    });
                } else {
                    step.tell(TimelineEvent::CaseAnswered, *by);
                }
            }
            CaseMove::Approve { return_to } => {
                let by = match case.state.turn() {
                    Turn::Merchant if case.state == CaseState::Open => Actor::Seller,
                    Turn::Staff => Actor::Staff,
                    Turn::Merchant | Turn::Shopper | Turn::Nobody => {
                        return Err(MoveRefusal::NotNow);
                    }
                };
                let return_to = return_to.as_deref().and_then(printable);
                step.approve(by, CaseAct::Approved, return_to, policy, calendar)?;
            }
            CaseMove::Reject { why } => {
                let why = words(why)?;
                becomes(CaseState::Rejected)?;
                step.entry(Actor::Seller, CaseAct::Rejected, Some(why), &[]);
                step.turn_to(CaseState::Rejected);
                step.tell(TimelineEvent::CaseRejected, Actor::Seller);
            }
            CaseMove::Appeal { why, evidence } => {
                let why = words(why)?;
                few(evidence)?;
                if case.state != CaseState::Rejected {
                    return Err(MoveRefusal::NotNow);
                }
                step.entry(Actor::Shopper, CaseAct::Appealed, Some(why), evidence);
                // While it was rejected, a complaint may have brought its money back.
                step.case().settlement = self.without_complained(case.settlement);
                step.turn_to(CaseState::Appealed);
                step.tell(TimelineEvent::CaseAppealed, Actor::Shopper);
                step.draft.send(OutboxMessage::CaseAppealed {
                    case: id.to_owned(),
                });
            }
            CaseMove::Dismiss { why } => {
                let why = words(why)?;
                if case.state != CaseState::Appealed {
                    return Err(MoveRefusal::NotNow);
                }
                step.entry(Actor::Staff, CaseAct::Dismissed, Some(why), &[]);
                step.turn_to(CaseState::Closed);
                step.tell(TimelineEvent::CaseClosed, Actor::Staff);
            }
            CaseMove::Send { parcel } => {
                let parcel = Parcel {
                    courier: words(&parcel.courier)?,
                    tracking_number: words(&parcel.tracking_number)?,
                };
                becomes(CaseState::Returning)?;
                let text = format!("{} {}", parcel.courier, parcel.tracking_number);
                step.case().parcel = Some(parcel);
                step.entry(Actor::Shopper, CaseAct::Sent, Some(text), &[]);
                step.turn_to(CaseState::Returning);
                step.draft.send(OutboxMessage::CaseSent {
                    case: id.to_owned(),
                });
            }
            CaseMove::Receive => {
                if case.state != CaseState::Returning {
                    return Err(MoveRefusal::NotNow);
                }
                step.entry(Actor::Seller, CaseAct::Received, None, &[]);
                step.refund(TimelineEvent::CaseReceived, Actor::Seller, policy, calendar);
            }
            CaseMove::Withdraw => {
                becomes(CaseState::Withdrawn)?;
                step.entry(Actor::Shopper, CaseAct::Withdrawn, None, &[]);
                step.turn_to(CaseState::Withdrawn);
                step.tell(TimelineEvent::CaseWithdrawn, Actor::Shopper);
                step.draft.send(OutboxMessage::CaseWithdrawn {
                    case: id.to_owned(),
                });
            }
        }
        Ok(step.draft.finish())
    }

    /// What follows when whoever's turn it is has let the time pass; `None` when nobody has. The merchant's silence is
    /// in the shopper's favour, as the policy says (PRODUCT §3).
    pub fn case_time_over(
        &self,
        policy: &Policy,
        calendar: &Calendar,
        now: Instant,
    ) -> Option<Change> {
        let after_sale = policy.after_sale.as_ref()?;
        let over = |case: &Case| case.until.is_some_and(|until| until <= now);
        let index = self.body.cases.iter().position(over)?;
        let mut step = Step::of(self, index, after_sale, to_millisecond(now));
        let case = &self.body.cases[index];
        match (case.consequence(after_sale, self.state)?, case.state) {
            // Without an address to send the goods to, they stay where they are. Staff's silence, too, is in the
            // shopper's favour.
            (Consequence::Refund, state) => {
                let (act, what) = match state {
                    CaseState::Returning => {
                        (CaseAct::ReceivedBySilence, TimelineEvent::CaseReceived)
                    }
                    CaseState::Open
                    | CaseState::Appealed
                    | CaseState::AwaitingReturn
                    | CaseState::Rejected
                    | CaseState::Refunded
                    | CaseState::Withdrawn
                    | CaseState::Closed => {
                        (CaseAct::ApprovedBySilence, TimelineEvent::CaseApproved)
                    }
                };
                step.entry(Actor::System, act, None, &[]);
                step.refund(what, Actor::System, policy, calendar);
            }
            (Consequence::Staff, _) => {
                step.entry(Actor::System, CaseAct::EscalatedBySilence, None, &[]);
                step.turn_to(CaseState::Appealed);
                step.tell(TimelineEvent::CaseAppealed, Actor::System);
                let case = step.case().id.clone();
                step.draft.send(OutboxMessage::CaseAppealed { case });
            }
            (Consequence::Close, _) => {
                step.entry(Actor::System, CaseAct::Closed, None, &[]);
                step.turn_to(CaseState::Closed);
                step.tell(TimelineEvent::CaseClosed, Actor::System);
            }
        }
        Some(step.draft.finish())
    }

    /// The case of that id.
    pub fn case(&self, id: &str) -> Option<&Case> {
        self.body.cases.iter().find(|case| case.id == id)
    }

    /// When the next case's time is over; `None` when nobody's turn it is.
    pub fn next_case_deadline(&self) -> Option<Instant> {
        self.body.cases.iter().filter_map(|case| case.until).min()
    }
}

/// A move in the making.
struct Step<'a> {
    draft: Draft,
    index: usize,
    after_sale: &'a AfterSale,
    now: Instant,
}

impl<'a> Step<'a> {
    fn of(order: &Order, index: usize, after_sale: &'a AfterSale, now: Instant) -> Self {
        Self {
            draft: Draft::of(order),
            index,
            after_sale,
            now,
        }
    }

    fn case(&mut self) -> &mut Case {
        &mut self.draft.order.body.cases[self.index]
    }

    fn entry(&mut self, by: Actor, what: CaseAct, text: Option<String>, evidence: &[Evidence]) {
        let entry = CaseEntry {
            at: self.now,
            by,
            what,
            text,
            staff: None,
            evidence: evidence.to_vec(),
        };
        self.case().thread.push(entry);
    }

    /// Whose turn it is from now on, and until when.
    fn turn_to(&mut self, state: CaseState) {
        let after_sale = self.after_sale;
        let hours = |hours: u32| Some(TimeDelta::hours(i64::from(hours)));
        let days = |days: u32| Some(TimeDelta::days(i64::from(days)));
        let time = match state {
            CaseState::Open | CaseState::Returning => hours(after_sale.merchant_hours),
            CaseState::Appealed => hours(after_sale.staff_hours),
            CaseState::AwaitingReturn => days(after_sale.return_days),
            CaseState::Rejected => days(after_sale.appeal_days),
            CaseState::Refunded | CaseState::Withdrawn | CaseState::Closed => None,
        };
        let until = time.map(|time| self.now + time);
        let case = self.case();
        case.state = state;
        case.until = until;
    }

    fn tell(&mut self, what: TimelineEvent, by: Actor) {
        let case = self.draft.order.body.cases[self.index].clone();
        self.draft.note_case(self.now, what, by, &case);
    }

    /// Granted: a return waits for the goods, unless they were refused at the door or have been sent; then the money.
    fn approve(
        &mut self,
        by: Actor,
        what: CaseAct,
        return_to: Option<String>,
        policy: &Policy,
        calendar: &Calendar,
    ) -> Result<(), MoveRefusal> {
        let on_its_way = self.draft.order.state == OrderState::Shipped;
        let case = self.case();
        // A parcel that is refused goes back by itself, unless it was accepted after all.
        let goes_back = case.refuses_parcel() && on_its_way;
        if case.kind == CaseKind::RefundOnly || goes_back || case.parcel.is_some() {
            // Whoever wants the goods first must not find the money gone.
            if return_to.is_some() {
                return Err(MoveRefusal::NoAddress);
            }
            self.entry(by, what, None, &[]);
            self.refund(TimelineEvent::CaseApproved, by, policy, calendar);
            return Ok(());
        }
        let return_to = return_to.ok_or(MoveRefusal::AddressNeeded)?;
        self.case().return_to = Some(return_to.clone());
        self.entry(by, what, Some(return_to), &[]);
        self.turn_to(CaseState::AwaitingReturn);
        self.tell(TimelineEvent::CaseApproved, by);
        Ok(())
    }

    /// The money goes back, the goods count as returned, and the case is over: told as `what` has brought it about. What
    /// was granted before its goods were sent is not granted once more when they are back.
    fn refund(&mut self, what: TimelineEvent, by: Actor, policy: &Policy, calendar: &Calendar) {
        let case = self.case().clone();
        let points = case.settlement.points;
        let before = self.draft.order.clone();
        let (restored, _) = before.case_gives_back(&case.lines, points, policy, self.now);
        self.draft.order.take_back(&case.lines);
        let order = &self.draft.order;
        let refunds = order.refunds_of(case.settlement.amount, policy, calendar, self.now);
        self.turn_to(CaseState::Refunded);
        self.tell(what, by);
        let before = self.draft.order.refunds.len();
        self.draft.give_back(restored);
        self.draft.refund(refunds, self.now);
        let made: Vec<_> = self.draft.order.refunds[before..]
            .iter()
            .map(|refund| refund.id.clone())
            .collect();
        self.case().refunds = made;
    }
}

impl Draft {
    /// A note about a case, whose id is the detail.
    fn note_case(&mut self, now: Instant, what: TimelineEvent, by: Actor, case: &Case) {
        self.note(to_millisecond(now), what, by, Some(case.id.clone()));
    }
}
