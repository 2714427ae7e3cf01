//! After-sale cases in the shape of the wire.

use orders_api as api;
use orders_api::{CaseKind, Condition, Consequence, OrderState};
use orders_domain::{Case, CaseWish, ComplaintAbout, Order, Settlement, Silence};

use super::wire::{View, instant, money};

impl View<'_> {
    /// The cases of an order, newest first.
    pub fn case_summaries(&self, order: &Order) -> Vec<api::CaseSummary> {
        let cases = order.body.cases.iter().rev();
        cases
            .map(|case| api::CaseSummary {
                id: case.id.clone(),
                kind: case.kind,
                state: case.state,
                turn: case.state.turn(),
                until: case.until.map(instant),
                amount: money(order, case.settlement.amount),
                opened_at: instant(case.opened_at),
            })
            .collect()
    }

    /// Until when a case may be opened.
    pub fn after_sale_window(&self, order: &Order) -> Option<api::AfterSaleWindow> {
        let (until, until_faulty) = order.case_deadlines(self.policy)?;
        Some(api::AfterSaleWindow {
            until: until.map(instant),
            until_faulty: instant(until_faulty),
        })
    }

    /// What may be asked for of an order now. Of a shop that takes no cases: nothing, and why.
    pub fn after_sale_options(&self, order: &Order) -> api::AfterSaleOptions {
        let on_its_way = order.state == OrderState::Shipped;
        let rules = self.policy.after_sale.as_ref();
        let reasons = rules.map_or(&[][..], |rules| &rules.reasons);
        let conditions = rules.filter(|_| !on_its_way).into_iter();
        api::AfterSaleOptions {
            order: self.brief(order),
            window: self.after_sale_window(order),
            on_its_way,
            lines: self.line_options(order),
            reasons: reasons
                .iter()
                .filter(|reason| reason.refused_parcel == on_its_way)
                .map(|reason| api::CaseReason {
                    code: reason.code.clone(),
                    label: self.text(&reason.label),
                    kinds: reason.kinds.clone(),
                    seller_fault: reason.seller_fault,
                    evidence: reason.evidence,
                })
                .collect(),
            conditions: conditions
                .flat_map(|rules| Condition::ALL.into_iter().zip(rules.deductions))
                .map(|(condition, deduction)| api::ConditionOption {
                    condition,
                    deduction,
                })
                .collect(),
            evidence_at_once: self.evidence_at_once(),
            merchant_hours: rules.map_or(0, |rules| rules.merchant_hours),
            silence: match rules.map(|rules| rules.silence) {
                Some(Silence::Approve) => Consequence::Refund,
                Some(Silence::Escalate) | None => Consequence::Staff,
            },
            return_days: rules.map_or(0, |rules| rules.return_days),
            shop: self.shop(),
            support: self.support(),
        }
    }

    fn line_options(&self, order: &Order) -> Vec<api::LineOption> {
        let options = order.case_options(self.policy, self.now);
        let lines = order.body.lines.iter().zip(self.lines(order));
        lines
            .zip(options)
            .map(|((line, wire), option)| api::LineOption {
                line: wire,
                quantity: option.quantity,
                not: option.not,
                not_even_faulty: option.not_even_faulty,
                components: line
                    .components
                    .iter()
                    .zip(option.components)
                    .map(|(component, quantity)| api::ComponentOption {
                        id: component.id.clone(),
                        title: self.text(&component.title),
                        refundable: component.refundable,
                        quantity,
                    })
                    .collect(),
            })
            .collect()
    }

    /// What a wish that comes to `settlement` would bring, were it granted now.
    pub fn case_preview(
        &self,
        order: &Order,
        wish: &CaseWish,
        settlement: Settlement,
    ) -> api::CasePreview {
        let refunds = order.refunds_of(settlement.amount, self.policy, self.calendar, self.now);
        let reason = self
            .policy
            .after_sale
            .as_ref()
            .and_then(|rules| rules.reason(&wish.reason));
        // A parcel that is refused goes back by itself.
        let send_back =
            wish.kind == CaseKind::ReturnAndRefund && order.state != OrderState::Shipped;
        let points = settlement.points;
        let (restored, not_restored) =
            order.case_gives_back(&wish.lines, points, self.policy, self.now);
        let (restored, not_restored) = self.given_back(&restored, &not_restored);
        api::CasePreview {
            restored,
            not_restored,
            settlement: settlement_of(order, settlement),
            refunds: refunds
                .iter()
                .map(|refund| self.preview_refund(refund))
                .collect(),
            send_back,
            pays_return: send_back && !reason.is_some_and(|reason| reason.seller_fault),
        }
    }

    /// One case of the order on its own page; `None` when the order has no such case.
    pub fn case_detail(&self, order: &Order, id: &str) -> Option<api::CaseDetail> {
        let case = order.case(id)?;
        Some(api::CaseDetail {
            id: case.id.clone(),
            kind: case.kind,
            state: case.state,
            turn: case.state.turn(),
            until: case.until.map(instant),
            then: self.consequence(order, case),
            opened_at: instant(case.opened_at),
            reason: self.case_reason(case),
            condition: case.condition,
            lines: self.case_lines(order, case),
            settlement: settlement_of(order, case.settlement),
            thread: case.thread.iter().map(case_entry).collect(),
            return_to: case.return_to.clone(),
            parcel: case.parcel.as_ref().map(|parcel| api::Parcel {
                courier: parcel.courier.clone(),
                tracking_number: parcel.tracking_number.clone(),
            }),
            refunds: order
                .refunds
                .iter()
                .filter(|refund| case.refunds.contains(&refund.id))
                .map(|refund| self.refund(refund))
                .collect(),
            actions: case.shopper_may(),
            complaint: order
                .last_complaint(&ComplaintAbout::of_case(id))
                .map(|one| one.id.clone()),
            may_complain: order.may_complain_about_case(id, self.complaint_rules(), self.now),
            evidence_at_once: self.evidence_at_once(),
            order: self.brief(order),
            shop: self.shop(),
            support: self.support(),
        })
    }

    /// What follows when the time of a case passes.
    pub fn consequence(&self, order: &Order, case: &Case) -> Option<Consequence> {
        case.consequence(self.policy.after_sale.as_ref()?, order.state)
    }

    /// The reason of a case in words; its code where the policy does not know it (any more).
    pub fn case_reason(&self, case: &Case) -> String {
        let rules = self.policy.after_sale.as_ref();
        let reason = rules.and_then(|rules| rules.reason(&case.reason));
        reason.map_or_else(|| case.reason.clone(), |reason| self.text(&reason.label))
    }

    fn case_lines(&self, order: &Order, case: &Case) -> Vec<api::CaseLineDetail> {
        let wire = self.lines(order);
        case.lines
            .iter()
            .filter_map(|some| {
                let at = order
                    .body
                    .lines
                    .iter()
                    .position(|line| line.id == some.line)?;
                let components = &order.body.lines[at].components;
                let named = |id: &String| {
                    let known = components.iter().find(|component| component.id == *id);
                    known.map_or_else(|| id.clone(), |component| self.text(&component.title))
                };
                Some(api::CaseLineDetail {
                    line: wire.get(at)?.clone(),
                    quantity: some.quantity,
                    components: some.components.iter().map(named).collect(),
                })
            })
            .collect()
    }

    fn evidence_at_once(&self) -> u32 {
        let rules = self.policy.after_sale.as_ref();
        rules.map_or(0, |rules| rules.evidence_at_once)
    }
}

/// What a case comes to.
pub fn settlement_of(order: &Order, settlement: Settlement) -> api::CaseSettlement {
    api::CaseSettlement {
        goods: money(order, settlement.goods),
        deduction: money(order, settlement.deduction),
        freight: money(order, settlement.freight),
        amount: money(order, settlement.amount),
        points: settlement.points,
    }
}

/// An entry as the shopper sees it: as whom somebody of the shop acted, and not who they are.
fn case_entry(entry: &orders_domain::CaseEntry) -> api::CaseEntry {
    api::CaseEntry {
        at: instant(entry.at),
        by: entry.by,
        what: entry.what,
        text: entry.text.clone(),
        evidence: entry.evidence.iter().map(evidence).collect(),
    }
}

/// A photo or video.
pub fn evidence(evidence: &orders_domain::Evidence) -> api::Evidence {
    api::Evidence {
        id: evidence.id.0.clone(),
        kind: evidence.kind,
        width: evidence.width,
        height: evidence.height,
    }
}
