//! Money of an order that is cancelled in parts, delivered, returned and complained about: never more goes back than was paid,
//! by no way more than came by it.

use chrono::TimeDelta;
use orders_domain::*;
use proptest::prelude::*;

use crate::after_sale::{broken, grant, reject, some as returned};
use crate::complaints::{dispute, intent as complaint, is_last, refund};
use crate::sample::*;

/// Two lines and their carriage, paid in two ways.
fn paid(prices: (i64, i64), freight: i64, first: i64) -> Order {
    let mut order = order(OrderState::Unpacked, "physical+physical");
    let lines = &mut order.body.lines;
    (lines[0].unit_price, lines[1].unit_price) = prices;
    let goods = lines
        .iter()
        .map(|line| line.unit_price * i64::from(line.quantity));
    let goods: i64 = goods.sum();
    let total = goods + freight;
    let amounts = &mut order.body.amounts;
    (amounts.goods, amounts.freight, amounts.total) = (goods, freight, total);
    let first = first.clamp(1, total - 1);
    order.body.payments = vec![
        payment(Channel::WechatPay, first),
        payment(Channel::Alipay, total - first),
    ];
    order
}

/// One of the things that can happen to it; `None` where the rules refuse it.
fn happens(order: &Order, step: usize, amount: i64, at: Instant) -> Option<Change> {
    let (policy, calendar) = (policy("tepai"), calendar());
    let complaint_id = order.body.complaints.last().map(|one| one.id.clone());
    let moved = |action: &ComplaintMove, staff| {
        let id = complaint_id.as_deref()?;
        order
            .move_complaint(id, action, staff, policy, calendar, at)
            .ok()
    };
    let case = |action: &CaseMove| {
        let open = order
            .body
            .cases
            .iter()
            .find(|case| !case.state.is_final())?;
        order.move_case(&open.id, action, policy, calendar, at).ok()
    };
    let last = is_last(order);
    let line = if amount % 2 == 0 { "a" } else { "b" };
    match step {
        0 => order
            .complain(
                &complaint(ComplaintWish::Refund),
                policy.complaints.as_ref(),
                at,
            )
            .ok(),
        1 => moved(&refund(order, amount), Some("wang")),
        2 => moved(&refund(order, amount), Some("zhou")),
        3 => moved(&ComplaintMove::Accept { last }, None),
        4 => moved(&dispute(last), None),
        5 => order.complaint_time_over(policy, calendar, at + TimeDelta::days(8)),
        6 => {
            let part = intent(Some(vec![some(line, 1)]));
            match order.cancel(policy, calendar, &part, at).ok()? {
                CancelSuccess::Cancelled(change) => Some(change),
                CancelSuccess::Requested(_) => None,
            }
        }
        7 => order
            .open_case(&broken(&[returned(line, 1)]), policy, at)
            .ok(),
        8 => case(&grant()),
        9 => case(&reject()),
        10 => case(&CaseMove::Appeal {
            why: "请再看".to_owned(),
            evidence: Vec::new(),
        }),
        11 => order.case_time_over(policy, calendar, at + TimeDelta::days(20)),
        _ => {
            let seller = StaffAct::CancelForSeller {
                reason: "out_of_stock".to_owned(),
                note: None,
            };
            order.act_by_staff(&seller, policy, calendar, at).ok()
        }
    }
}

proptest! {
    #[test]
    fn what_cancels_cases_and_complaints_bring_back_together_is_never_more_than_was_paid(
        prices in (1_i64..30_000, 1_i64..30_000),
        freight in 0_i64..2_000,
        first in 1_i64..120_000,
        before in proptest::collection::vec((0_usize..7, 0_i64..60_000), 0..12),
        after in proptest::collection::vec((0_usize..13, 0_i64..60_000), 1..30),
    ) {
        let mut order = paid(prices, freight, first);
        let total = order.body.amounts.total;
        let mut at = now();
        let delivery = before.len();
        for (index, (step, amount)) in before.into_iter().chain(after).enumerate() {
            at += TimeDelta::minutes(1);
            if index == delivery && order.state == OrderState::Unpacked {
                order.state = OrderState::Delivered;
                order.delivered_at = Some(at);
            }
            let Some(change) = happens(&order, step, amount, at) else {
                continue;
            };
            let before = std::mem::replace(&mut order, change.order);
            let back = |order: &Order| -> i64 {
                order.refunds.iter().map(|refund| refund.amount.amount).sum()
            };
            prop_assert!(back(&order) <= total, "{} of {}", back(&order), total);
            prop_assert!(order.refundable() + back(&order) <= total);
            for (index, payment) in order.body.payments.iter().enumerate() {
                let of_it = order.refunds.iter().filter(|one| one.course.payment == Some(index));
                let of_it: i64 = of_it.map(|one| one.amount.amount).sum();
                prop_assert!(of_it <= payment.amount, "{} of {}", of_it, payment.amount);
            }
            // What is accepted is what was proposed, or what is left of it.
            let settled = before.body.complaints.last().filter(|_| step == 3);
            if let Some(amount) = settled.and_then(|one| one.proposal()?.amount) {
                let made = back(&order) - back(&before);
                prop_assert_eq!(made, amount.amount.min(before.refundable()));
            }
            for case in &order.body.cases {
                let made = order.refunds.iter().filter(|one| case.refunds.contains(&one.id));
                let made: i64 = made.map(|one| one.amount.amount).sum();
                if case.state == CaseState::Refunded {
                    prop_assert_eq!(made, case.settlement.amount, "a case brings what it said");
                }
            }
        }
    }
}
