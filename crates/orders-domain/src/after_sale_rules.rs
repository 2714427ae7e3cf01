//! May this be returned or refunded, until when, and what does it come to? (S2, S4)

use chrono::{Days, TimeDelta};
use serde::{Deserialize, Serialize};

use crate::{
    AfterSale, Case, CaseAct, CaseEntry, CaseKind, CaseLine, CaseReason, CaseState, Component,
    Condition, Evidence, GiveBackItem, Instant, Line, LineId, LineKind, LineTrait, LineWorth,
    NotRestored, Order, OrderState, Policy, Settlement, codes::codes,
};

/// What a shopper asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseWish {
    /// The money alone, or a return.
    pub kind: CaseKind,
    /// Of what; each line at most once.
    pub lines: Vec<CaseLine>,
    /// The reason's code.
    pub reason: String,
    /// In the shopper's words.
    pub note: Option<String>,
    /// In which condition the goods are; not for a parcel that is refused.
    pub condition: Option<Condition>,
    /// Photos and videos.
    pub evidence: Vec<Evidence>,
}

/// Why a line takes no case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum NotReturnable {
    /// It has not been received.
    NotReceived,
    /// The time to ask is over.
    WindowClosed,
    /// Nothing is left that was not cancelled, returned, or asked for.
    NothingLeft,
    /// Made to order: only for a fault of the seller (S4).
    MadeToOrder,
    /// Digital, and given out: only for a fault of the seller (S4).
    Issued,
    /// None of its parts may be refunded (S2).
    NotRefundable,
    /// The shop takes no cases, or none of this without a fault of the seller.
    NotOffered,
}

codes!(NotReturnable {
    NotReceived => "not_received",
    WindowClosed => "window_closed",
    NothingLeft => "nothing_left",
    MadeToOrder => "made_to_order",
    Issued => "issued",
    NotRefundable => "not_refundable",
    NotOffered => "not_offered",
});

/// What may be asked for of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineOption {
    /// The line.
    pub line: LineId,
    /// How many at most.
    pub quantity: u32,
    /// How many of each of its components, in their order.
    pub components: Vec<u32>,
    /// Why not without a fault of the seller; `None` when it may be.
    pub not: Option<NotReturnable>,
    /// Why not even then; `None` when it may be.
    pub not_even_faulty: Option<NotReturnable>,
}

/// Why a wish is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CaseError {
    /// A line takes no case, for this reason.
    Not(LineId, NotReturnable),
    /// No lines, or one twice.
    Lines,
    /// The order has no such line.
    UnknownLine(LineId),
    /// Less than one, or more than may be asked for.
    Quantity(LineId),
    /// The line has no such component, or one that is not refundable.
    Component(LineId, String),
    /// The policy has no such reason for that kind and state.
    UnknownReason,
    /// The condition is missing, or the goods are not taken back in it.
    Condition,
    /// The reason needs a photo or video.
    EvidenceNeeded,
    /// More than the policy allows at once.
    TooMuchEvidence,
}

impl AfterSale {
    /// How many days after the day of signing a shopper may ask without a fault of the seller. `None` where there is no
    /// reason to choose for that: nobody may ask in those days then.
    pub fn free_days(&self) -> Option<u32> {
        self.reasons
            .iter()
            .any(CaseReason::is_free)
            .then_some(self.days)
    }
}

impl CaseReason {
    /// Whether it holds for what was received, without a fault of the seller.
    pub const fn is_free(&self) -> bool {
        !self.seller_fault && !self.refused_parcel
    }
}

impl Order {
    /// The last moment to ask, without and with a fault of the seller: the end of the last day, counted from the day
    /// after signing (S2). `None` before anything was received; the first is `None` where the policy has no such time.
    pub fn case_deadlines(&self, policy: &Policy) -> Option<(Option<Instant>, Instant)> {
        let after_sale = policy.after_sale.as_ref()?;
        let signed = policy.day_of(self.delivered_at?);
        let end = |days: u32| {
            let last = signed.checked_add_days(Days::new(u64::from(days)))?;
            Some(policy.start_of(last.succ_opt()?))
        };
        let free = after_sale.free_days().and_then(end);
        Some((free, end(after_sale.fault_days)?))
    }

    /// Whether `case` was opened in the time that `policy` gives for its reason. A parcel that was refused was not received,
    /// and has no such time; a reason that the policy does not know counts as one without a fault of the seller.
    pub fn case_in_time(&self, case: &Case, policy: &Policy) -> bool {
        let Some(rules) = &policy.after_sale else {
            return false;
        };
        let Some((free, faulty)) = self.case_deadlines(policy) else {
            return true;
        };
        let reason = rules.reason(&case.reason);
        let refused = reason.is_some_and(|reason| reason.refused_parcel);
        if refused
            || self
                .delivered_at
                .is_some_and(|signed| case.opened_at < signed)
        {
            return true;
        }
        let at_fault = reason.is_some_and(|reason| reason.seller_fault);
        let end = if at_fault { Some(faulty) } else { free };
        end.is_some_and(|end| case.opened_at < end)
    }

    /// What may be asked for, line by line, at `now`.
    pub fn case_options(&self, policy: &Policy, now: Instant) -> Vec<LineOption> {
        self.body
            .lines
            .iter()
            .map(|line| LineOption {
                line: line.id.clone(),
                quantity: self.to_ask_for(line),
                components: line
                    .components
                    .iter()
                    .map(|component| self.component_to_ask_for(line, component))
                    .collect(),
                not: self.not_returnable(policy, line, false, now),
                not_even_faulty: self.not_returnable(policy, line, true, now),
            })
            .collect()
    }

    /// Whether anything of it may be asked for at `now`, with a fault of the seller at least.
    pub fn takes_case(&self, policy: &Policy, now: Instant) -> bool {
        let options = self.case_options(policy, now);
        options
            .iter()
            .any(|option| option.not_even_faulty.is_none())
    }

    /// What a wish would come to. The same numbers are shown before it is sent and kept with the case. Evidence is not
    /// looked at: it is asked for when the case is opened.
    ///
    /// # Errors
    /// The first thing that is wrong with it.
    pub fn settle_case(
        &self,
        wish: &CaseWish,
        policy: &Policy,
        now: Instant,
    ) -> Result<Settlement, CaseError> {
        let (after_sale, reason) = self.check_case(wish, policy, now)?;
        Ok(self.settlement_of(wish, after_sale, reason))
    }

    /// In which condition the goods are that come back. Nobody knows that of a parcel on its way; what stays with the
    /// shopper is in whatever condition it is.
    fn condition_of(&self, wish: &CaseWish) -> Option<Condition> {
        let comes_back = wish.kind == CaseKind::ReturnAndRefund;
        wish.condition
            .filter(|_| comes_back && self.state != OrderState::Shipped)
    }

    fn settlement_of(
        &self,
        wish: &CaseWish,
        after_sale: &AfterSale,
        reason: &CaseReason,
    ) -> Settlement {
        let worth = self.worth_of(wish);
        let worth = worth
            .into_iter()
            .fold(LineWorth::default(), LineWorth::plus);
        let goods = worth.goods;
        let percent = match (reason.seller_fault, self.condition_of(wish)) {
            (false, Some(condition)) => after_sale.deductions[condition as usize].unwrap_or(0),
            _ => 0,
        };
        // Rounded down: what is less than a fen is the shopper's.
        let deduction = i64::try_from(i128::from(goods) * i128::from(percent) / 100).unwrap_or(0);
        let freight = if reason.seller_fault {
            worth.freight
        } else {
            0
        };
        self.without_complained(Settlement {
            goods,
            deduction,
            freight,
            amount: goods - deduction + freight,
            points: worth.points,
        })
    }

    /// A settlement that promises no money which a complaint has brought back already: that is in its deduction.
    pub(crate) fn without_complained(&self, settlement: Settlement) -> Settlement {
        let mut complaints = self.body.complaints.iter();
        let over = settlement.amount - self.refundable();
        if over <= 0 || complaints.all(|one| one.refunds.is_empty()) {
            return settlement;
        }
        Settlement {
            deduction: settlement.deduction + over,
            amount: settlement.amount - over,
            ..settlement
        }
    }

    /// What each of the lines that are asked for was worth.
    fn worth_of(&self, wish: &CaseWish) -> Vec<LineWorth> {
        let lines = &self.body.lines;
        let worth = |some: &CaseLine| {
            let index = lines.iter().position(|line| line.id == some.line);
            index.map_or_else(LineWorth::default, |index| self.worth_returned(index, some))
        };
        wish.lines.iter().map(worth).collect()
    }

    /// The coupons and points that come back when these are returned, and the coupons that do not. `points` is what the
    /// settlement says.
    pub fn case_gives_back(
        &self,
        lines: &[CaseLine],
        points: i64,
        policy: &Policy,
        now: Instant,
    ) -> (Vec<GiveBackItem>, Vec<NotRestored>) {
        let mut after = self.clone();
        after.take_back(lines);
        self.give_back(after.nothing_left(), points, policy.day_of(now))
    }

    /// Counts these as returned.
    pub(crate) fn take_back(&mut self, lines: &[CaseLine]) {
        for some in lines {
            let line = self.body.lines.iter_mut().find(|line| line.id == some.line);
            let Some(line) = line else { continue };
            if line.components.is_empty() {
                line.returned_quantity += some.quantity;
            }
            for component in &mut line.components {
                if component.refundable && some.takes(&component.id) {
                    component.returned += some.quantity;
                }
            }
        }
    }

    /// Whether everything that can be refunded was cancelled or came back.
    fn nothing_left(&self) -> bool {
        self.body.lines.iter().all(|line| {
            let mut parts = line.components.iter().filter(|part| part.refundable);
            match line.components.as_slice() {
                [] => line.returned_quantity >= line.remaining(),
                [..] => parts.all(|part| part.returned >= line.remaining()),
            }
        })
    }

    /// A case as it begins. Not yet part of the order.
    ///
    /// # Errors
    /// As [`Order::settle_case`], and when evidence is missing or too much.
    pub(crate) fn new_case(
        &self,
        wish: &CaseWish,
        policy: &Policy,
        now: Instant,
    ) -> Result<Case, CaseError> {
        let (after_sale, reason) = self.check_case(wish, policy, now)?;
        if reason.evidence && wish.evidence.is_empty() {
            return Err(CaseError::EvidenceNeeded);
        }
        if wish.evidence.len() > after_sale.evidence_at_once as usize {
            return Err(CaseError::TooMuchEvidence);
        }
        let hours = after_sale.merchant_hours;
        Ok(Case {
            id: format!("{}-C{}", self.id, self.body.cases.len() + 1),
            kind: wish.kind,
            lines: wish.lines.clone(),
            worth: self.worth_of(wish),
            reason: wish.reason.clone(),
            condition: self.condition_of(wish),
            settlement: self.settlement_of(wish, after_sale, reason),
            state: CaseState::Open,
            until: Some(now + TimeDelta::hours(i64::from(hours))),
            opened_at: now,
            thread: vec![CaseEntry {
                at: now,
                by: crate::Actor::Shopper,
                what: CaseAct::Opened,
                text: wish.note.as_deref().and_then(crate::text::printable),
                staff: None,
                evidence: wish.evidence.clone(),
            }],
            return_to: None,
            parcel: None,
            refunds: Vec::new(),
        })
    }

    fn check_case<'p>(
        &self,
        wish: &CaseWish,
        policy: &'p Policy,
        now: Instant,
    ) -> Result<(&'p AfterSale, &'p CaseReason), CaseError> {
        let Some(first) = wish.lines.first() else {
            return Err(CaseError::Lines);
        };
        let Some(after_sale) = &policy.after_sale else {
            return Err(CaseError::Not(
                first.line.clone(),
                NotReturnable::NotOffered,
            ));
        };
        let on_its_way = self.state == OrderState::Shipped;
        let reason = after_sale
            .reason(&wish.reason)
            .filter(|reason| reason.kinds.contains(&wish.kind))
            .filter(|reason| reason.refused_parcel == on_its_way)
            .ok_or(CaseError::UnknownReason)?;
        for (index, some) in wish.lines.iter().enumerate() {
            if wish.lines[..index]
                .iter()
                .any(|other| other.line == some.line)
            {
                return Err(CaseError::Lines);
            }
            let line = self.body.lines.iter().find(|line| line.id == some.line);
            let line = line.ok_or_else(|| CaseError::UnknownLine(some.line.clone()))?;
            if let Some(not) = self.not_returnable(policy, line, reason.seller_fault, now) {
                return Err(CaseError::Not(some.line.clone(), not));
            }
            if !(1..=self.to_ask_for(line)).contains(&some.quantity) {
                return Err(CaseError::Quantity(some.line.clone()));
            }
            for id in &some.components {
                let known = line.components.iter().find(|part| part.id == *id);
                let twice = some.components.iter().filter(|other| *other == id).count() > 1;
                let too_many =
                    |part: &Component| some.quantity > self.component_to_ask_for(line, part);
                if twice || known.is_none_or(too_many) {
                    return Err(CaseError::Component(some.line.clone(), id.clone()));
                }
            }
        }
        if !on_its_way {
            let taken = wish.condition.is_some_and(|condition| {
                reason.seller_fault || after_sale.deductions[condition as usize].is_some()
            });
            // What stays with the shopper is in whatever condition it is.
            if !taken && wish.kind == CaseKind::ReturnAndRefund {
                return Err(CaseError::Condition);
            }
        }
        Ok((after_sale, reason))
    }

    fn not_returnable(
        &self,
        policy: &Policy,
        line: &Line,
        seller_fault: bool,
        now: Instant,
    ) -> Option<NotReturnable> {
        let Some(after_sale) = &policy.after_sale else {
            return Some(NotReturnable::NotOffered);
        };
        if self.to_ask_for(line) == 0 {
            return Some(NotReturnable::NothingLeft);
        }
        if !line.components.is_empty() && line.components.iter().all(|part| !part.refundable) {
            return Some(NotReturnable::NotRefundable);
        }
        match self.state {
            // A parcel on its way may be refused, where the policy has a reason for that (S4).
            OrderState::Shipped
                if line.kind == LineKind::Physical
                    && after_sale
                        .reasons
                        .iter()
                        .any(|reason| reason.refused_parcel) =>
            {
                return None;
            }
            OrderState::Delivered | OrderState::Completed => {}
            OrderState::AwaitingPayment
            | OrderState::PendingConfirmation
            | OrderState::Unpacked
            | OrderState::Packing
            | OrderState::Shipped
            | OrderState::Cancelled => return Some(NotReturnable::NotReceived),
        }
        let Some((free_end, fault_end)) = self.case_deadlines(policy) else {
            return Some(NotReturnable::NotReceived);
        };
        let end = free_end.filter(|_| !seller_fault).unwrap_or(fault_end);
        if now >= end {
            return Some(NotReturnable::WindowClosed);
        }
        if !seller_fault && line.traits.contains(&LineTrait::Custom) {
            return Some(NotReturnable::MadeToOrder);
        }
        if !seller_fault && line.kind == LineKind::Digital {
            return Some(NotReturnable::Issued);
        }
        let offered = seller_fault || after_sale.free_days().is_some();
        (!offered).then_some(NotReturnable::NotOffered)
    }

    /// How many of a line may be asked for: not cancelled, not returned, and in no case that is under way.
    fn to_ask_for(&self, line: &Line) -> u32 {
        if line.components.is_empty() {
            return line
                .remaining()
                .saturating_sub(line.returned_quantity)
                .saturating_sub(self.asked_of(line, None));
        }
        let components = line.components.iter();
        let left = components.map(|component| self.component_to_ask_for(line, component));
        left.max().unwrap_or(0)
    }

    /// The same of one of its components; none of what may not be refunded.
    fn component_to_ask_for(&self, line: &Line, component: &Component) -> u32 {
        if !component.refundable {
            return 0;
        }
        line.remaining()
            .saturating_sub(component.returned)
            .saturating_sub(self.asked_of(line, Some(&component.id)))
    }

    /// How many of a line, or of one of its components, are in cases under way.
    pub(crate) fn asked_of(&self, line: &Line, component: Option<&str>) -> u32 {
        let under_way = self.body.cases.iter().filter(|case| !case.state.is_final());
        under_way
            .flat_map(|case| &case.lines)
            .filter(|some| some.line == line.id)
            .filter(|some| match component {
                Some(id) => some.takes(id),
                None => true,
            })
            .map(|some| some.quantity)
            .sum()
    }
}
