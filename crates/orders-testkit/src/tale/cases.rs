//! The steps of a tale that are about after-sale cases: always of the order's latest one.

use orders_domain::{
    CaseKind, CaseLine, CaseMove, CaseWish, Condition, Instant, LineId, StaffWords,
};

use super::Tale;

/// A wish, for a change of mind or a fault, of so many of each line: of unused goods, without words or evidence.
pub fn ask(kind: CaseKind, reason: &str, lines: &[(&str, u32)]) -> CaseWish {
    let lines = lines.iter().map(|(line, quantity)| CaseLine {
        line: LineId::from(*line),
        quantity: *quantity,
        components: Vec::new(),
    });
    CaseWish {
        kind,
        lines: lines.collect(),
        reason: reason.to_owned(),
        note: None,
        condition: Some(Condition::Unused),
        evidence: Vec::new(),
    }
}

impl Tale<'_> {
    /// The shopper opens a case.
    pub fn case_opened(self, at: Instant, wish: &CaseWish) -> Self {
        let change = self
            .policy()
            .and_then(|policy| self.order.open_case(wish, policy, at).ok());
        self.after(change, wish)
    }

    /// The shopper makes a move in it.
    pub fn case_moved(self, at: Instant, action: &CaseMove) -> Self {
        let change = self.policy().and_then(|policy| {
            let case = self.order.body.cases.last()?;
            let calendar = &self.rules.calendar;
            self.order
                .move_case(&case.id, action, policy, calendar, at)
                .ok()
        });
        self.after(change, action)
    }

    /// Somebody of the shop's staff makes a move in it.
    pub fn case_decided(self, at: Instant, staff: &str, action: &CaseMove) -> Self {
        let by = StaffWords {
            staff: staff.to_owned(),
            note: None,
        };
        let change = self.policy().and_then(|policy| {
            let case = self.order.body.cases.last()?;
            let calendar = &self.rules.calendar;
            self.order
                .move_case_by(&by, &case.id, action, policy, calendar, at)
                .ok()
        });
        self.after(change, action)
    }

    /// Whoever's turn it is lets the time pass: what follows happens when it is over.
    pub fn case_time_passes(self) -> Self {
        let change = self.policy().and_then(|policy| {
            let over = self.order.next_case_deadline()?;
            self.order
                .case_time_over(policy, &self.rules.calendar, over)
        });
        self.after(change, &"the time of a case")
    }
}
