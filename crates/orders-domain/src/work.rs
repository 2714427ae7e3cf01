//! What waits for the staff: one entry for each thing that somebody has to decide or answer, made of the thing itself.
//!
//! An entry is there exactly as long as there is something to do. Nobody writes one by hand: [`work_of`] says what an
//! order has, [`Conversation::work`] what a conversation has, and the store keeps both in step.

use serde::{Deserialize, Serialize};

use crate::codes::codes;
use crate::{
    AddressField, Cancellation, Case, CaseAct, ComplaintAct, ComplaintConsequence, ComplaintEntry,
    ComplaintState, ComplaintTopic, ComplaintWish, Consequence, Conversation, ConversationState,
    DraftOn, Instant, Line, LineQuantity, Money, NotPossibleReason, Order, OrderState, Outcome,
    PendingCause, Policy, Topic, Turn,
};

/// How long a claim lasts unless it is renewed, in minutes.
pub const CLAIM_MINUTES: i64 = 10;

/// What kind of thing waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum WorkKind {
    /// A shopper asks to cancel (S4), or a colleague cancels for the seller and a second person has to agree.
    CancellationRequest,
    /// An after-sale case in which it is the shop's or the staff's turn (S2).
    AfterSaleCase,
    /// A shopper asks for another way for a refund (S0).
    RefundWay,
    /// An order that was not accepted yet (S1).
    PendingConfirmation,
    /// A complaint that has to be answered (S1).
    Complaint,
    /// A conversation that nobody has: in the queue, or left out of hours (S0).
    Conversation,
}

codes!(WorkKind {
    CancellationRequest => "cancellation_request",
    AfterSaleCase => "after_sale_case",
    RefundWay => "refund_way",
    PendingConfirmation => "pending_confirmation",
    Complaint => "complaint",
    Conversation => "conversation",
});

impl WorkKind {
    /// The id of the entry about the thing of this kind that has the id `of`: the same thing has the same entry.
    pub fn id(self, of: &str) -> String {
        let prefix = match self {
            Self::CancellationRequest => "q",
            Self::AfterSaleCase => "c",
            Self::RefundWay => "w",
            Self::PendingConfirmation => "p",
            Self::Complaint => "k",
            Self::Conversation => "t",
        };
        format!("{prefix}-{of}")
    }
}

/// An entry of the staff's queue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Work {
    /// Which: the same as long as it is about the same thing.
    pub id: String,
    /// What kind of thing.
    pub kind: WorkKind,
    /// The id of the case, refund, complaint or conversation; `None` where it is about the order itself.
    pub subject: Option<String>,
    /// Since when it waits.
    pub since: Instant,
    /// Until when it has to be done; `None` without such a time.
    pub due_at: Option<Instant>,
    /// Whether its shopper has yet to complain, should that time pass: where the policy says so, the program does it for them.
    pub complains: bool,
    /// Grows with what was decided while the entry stayed, as with the first of two approvals.
    pub step: usize,
}

/// What an order has for the staff to do, in the order of [`WorkKind`].
pub fn work_of(order: &Order) -> Vec<Work> {
    let of_order = |kind: WorkKind, since: Instant, due_at: Option<Instant>, step: usize| Work {
        id: kind.id(order.id.as_str()),
        kind,
        subject: None,
        since,
        due_at,
        complains: false,
        step,
    };
    let mut work = Vec::new();
    let asked = order.body.request.as_ref().filter(|_| order.on_hold());
    // What a colleague cancels for the seller waits for a second person with and without a request.
    let drafted = order.waiting_draft(None);
    let begun = asked.map(|request| request.at);
    let since = begun.into_iter().chain(drafted.map(|draft| draft.at)).min();
    if let Some(since) = since {
        let step = order.draft_steps(None);
        let asked_by = asked.and_then(|request| Some((request.at, request.until?)));
        let due_at = asked_by.map(|(_, until)| until);
        // Nobody waits for the seller's cancel but the colleague: of the two times the request's is the shopper's.
        let due_at = due_at.or_else(|| drafted?.until);
        work.push(Work {
            complains: asked_by.is_some_and(|(at, until)| !order.is_complained_about(at, until)),
            ..of_order(WorkKind::CancellationRequest, since, due_at, step)
        });
    }
    for case in &order.body.cases {
        if is_ours(case) {
            work.push(Work {
                id: WorkKind::AfterSaleCase.id(&case.id),
                kind: WorkKind::AfterSaleCase,
                subject: Some(case.id.clone()),
                since: waits_since(case),
                due_at: case.until,
                complains: false,
                step: order.draft_steps(Some(&case.id)),
            });
        }
    }
    for refund in &order.refunds {
        if let Some(change) = refund.open_way() {
            work.push(Work {
                id: WorkKind::RefundWay.id(refund.id.as_str()),
                kind: WorkKind::RefundWay,
                subject: Some(refund.id.0.clone()),
                since: change.asked_at,
                due_at: change.until,
                complains: false,
                step: change.approvals.len(),
            });
        }
    }
    if order.state == OrderState::PendingConfirmation {
        let missing = order.body.pending.as_ref();
        let step = usize::from(missing.is_none_or(|pending| pending.missing.is_empty()));
        let until = order.confirm_by();
        work.push(Work {
            complains: until
                .is_some_and(|until| !order.is_complained_about(order.held_since(), until)),
            ..of_order(WorkKind::PendingConfirmation, order.placed_at, until, step)
        });
    }
    for complaint in &order.body.complaints {
        if matches!(complaint.turn(), Turn::Merchant | Turn::Staff) {
            let words = |entry: &&ComplaintEntry| entry.what != ComplaintAct::Said;
            let last = complaint.thread.iter().rev().find(words);
            work.push(Work {
                id: WorkKind::Complaint.id(&complaint.id),
                kind: WorkKind::Complaint,
                subject: Some(complaint.id.clone()),
                since: last.map_or(complaint.opened_at, |entry| entry.at),
                due_at: complaint.until,
                complains: false,
                step: complaint.steps(),
            });
        }
    }
    work
}

/// Whether it is the shop's or the staff's turn.
fn is_ours(case: &Case) -> bool {
    match case.state.turn() {
        Turn::Merchant | Turn::Staff => true,
        Turn::Shopper | Turn::Nobody => false,
    }
}

/// Since when it is whoever's turn it is: since the last thing that moved the case. Words move nothing.
fn waits_since(case: &Case) -> Instant {
    let mut moves = case.thread.iter().rev();
    let last = moves.find(|entry| entry.what != CaseAct::Said);
    last.map_or(case.opened_at, |entry| entry.at)
}

impl Conversation {
    /// The entry about it, while nobody has it.
    pub fn work(&self) -> Option<Work> {
        let since = match self.state {
            ConversationState::Waiting | ConversationState::Left => self.waits_since()?,
            // Whoever has it is seen to by `Conversation::time_over`.
            ConversationState::Served | ConversationState::Closed => return None,
        };
        Some(Work {
            id: WorkKind::Conversation.id(self.id.as_str()),
            kind: WorkKind::Conversation,
            subject: Some(self.id.0.clone()),
            since,
            due_at: self.due_at,
            complains: false,
            step: 0,
        })
    }
}

/// What the policy says about an entry, for whoever decides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Advice {
    /// A request to cancel.
    Request {
        /// What the policy allows the shopper in the order's state, for the lines that are meant.
        outcome: Outcome,
        /// Why not, where it allows nothing.
        reason: Option<NotPossibleReason>,
        /// Who has granted it, where a second person has to agree.
        drafted_by: Option<String>,
    },
    /// What a colleague cancels for the seller: a second person has to agree, whatever the shopper asks for.
    SellerCancel {
        /// What goes back as it is now: part of it may have been cancelled since it was drafted.
        amount: Money,
        /// Who cancels it.
        drafted_by: String,
    },
    /// An after-sale case.
    Case {
        /// Whose turn it is.
        turn: Turn,
        /// Whether it was opened within the time that there is for its reason.
        in_time: bool,
        /// What is taken off for the condition of the goods.
        deduction: Money,
        /// What goes back when it is granted.
        amount: Money,
        /// What follows when the time passes.
        then: Option<Consequence>,
        /// Who has granted it, where a second person has to agree.
        drafted_by: Option<String>,
    },
    /// Another way for a refund.
    Way {
        /// How much.
        amount: Money,
        /// How many have approved it.
        approvals: usize,
        /// How many have to.
        needed: usize,
        /// Whether it can be decided: the provider is known not to have the refund.
        held: bool,
    },
    /// An order that was not accepted yet.
    Pending {
        /// Why it waits.
        cause: Option<PendingCause>,
        /// What only the shopper can tell.
        missing: Vec<AddressField>,
    },
    /// A complaint.
    Complaint {
        /// Whose turn it is: the shop's, or a supervisor's.
        turn: Turn,
        /// Where it stands.
        state: ComplaintState,
        /// Its topic.
        topic: ComplaintTopic,
        /// What the shopper wants to come of it.
        wish: ComplaintWish,
        /// How much, of a wish for a refund.
        wished: Option<Money>,
        /// How much could be refunded.
        left: Money,
        /// Whether a proposal waits for a second person.
        second: bool,
        /// What follows when the time passes.
        then: Option<ComplaintConsequence>,
    },
    /// A conversation.
    Conversation {
        /// What it is about.
        topic: Topic,
        /// Whether it is in the queue or was left.
        state: ConversationState,
    },
}

impl Order {
    /// What the policy says about an entry of this order; `None` when the order has no such thing (any more).
    pub fn advice(
        &self,
        kind: WorkKind,
        subject: Option<&str>,
        policy: &Policy,
        now: Instant,
    ) -> Option<Advice> {
        let drafted_by = |id: Option<&str>| {
            let draft = self.waiting_draft(id);
            draft.map(|draft| draft.by.clone())
        };
        match kind {
            WorkKind::CancellationRequest => {
                if let Some(draft) = self.waiting_draft(None)
                    && let DraftOn::SellerCancel { .. } = draft.on
                {
                    return Some(Advice::SellerCancel {
                        amount: self.money(self.refundable()),
                        drafted_by: draft.by.clone(),
                    });
                }
                let (outcome, reason) = self.outcome_of_request(policy, now)?;
                Some(Advice::Request {
                    outcome,
                    reason,
                    drafted_by: drafted_by(None),
                })
            }
            WorkKind::AfterSaleCase => {
                let case = self.case(subject?)?;
                let rules = policy.after_sale.as_ref();
                Some(Advice::Case {
                    turn: case.state.turn(),
                    in_time: self.case_in_time(case, policy),
                    deduction: self.money(case.settlement.deduction),
                    amount: self.money(case.settlement.amount),
                    then: rules.and_then(|rules| case.consequence(rules, self.state)),
                    drafted_by: drafted_by(Some(&case.id)),
                })
            }
            WorkKind::RefundWay => {
                let mut refunds = self.refunds.iter();
                let refund = refunds.find(|refund| Some(refund.id.as_str()) == subject)?;
                let change = refund.open_way()?;
                Some(Advice::Way {
                    amount: refund.amount,
                    approvals: change.approvals.len(),
                    needed: policy.approvals_needed(refund.amount.amount),
                    held: change.held,
                })
            }
            WorkKind::PendingConfirmation => {
                let pending = self.body.pending.as_ref();
                Some(Advice::Pending {
                    cause: pending.map(|pending| pending.cause),
                    missing: pending.map_or_else(Vec::new, |pending| pending.missing.clone()),
                })
            }
            WorkKind::Complaint => {
                let complaint = self.complaint(subject?)?;
                let wished = complaint.wished.map(|wished| self.money(wished));
                Some(Advice::Complaint {
                    turn: complaint.turn(),
                    state: complaint.state,
                    topic: complaint.topic,
                    wish: complaint.wish,
                    wished,
                    left: self.money(self.refundable()),
                    second: complaint.draft.is_some(),
                    then: complaint.consequence(),
                })
            }
            WorkKind::Conversation => None,
        }
    }

    /// What the policy would say of the lines that the shopper asks to cancel, had they not asked yet.
    fn outcome_of_request(
        &self,
        policy: &Policy,
        now: Instant,
    ) -> Option<(Outcome, Option<NotPossibleReason>)> {
        let request = self.body.request.as_ref()?;
        let mut before = self.clone();
        before.body.request = None;
        let meant = |line: &&Line| {
            let named = |asked: &LineQuantity| asked.line == line.id;
            line.remaining() > 0 && (request.lines.is_empty() || request.lines.iter().any(named))
        };
        let lines: Vec<&Line> = before.body.lines.iter().filter(meant).collect();
        match before.decide(policy, &lines, now) {
            Cancellation::SelfService { .. } => Some((Outcome::SelfService, None)),
            Cancellation::ByRequest => Some((Outcome::ByRequest, None)),
            Cancellation::NotPossible { reason, .. } => Some((Outcome::NotPossible, Some(reason))),
            Cancellation::Requested { .. } | Cancellation::Cancelled => None,
        }
    }
}
