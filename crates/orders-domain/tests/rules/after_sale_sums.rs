//! Properties of what after-sale cases come to: whatever is asked for in whatever order, parts add up.

use orders_domain::*;
use proptest::prelude::*;

use crate::after_sale::{broken, delivered, grant, moved, some, soon};
use crate::sample::{calendar, policy};

proptest! {
    #[test]
    fn returned_piece_by_piece_in_whatever_order_everything_comes_back_and_not_a_fen_more(
        price in 1_i64..100_000, discount in 0_i64..10_000, freight in 0_i64..3_000,
        pieces in proptest::collection::vec(0_usize..3, 1..9),
    ) {
        let mut order = delivered("physical+physical+physical");
        for (line, add) in order.body.lines.iter_mut().zip([0, 1, 7]) {
            line.unit_price = price + add;
            line.quantity = 3;
        }
        let goods: i64 = order.body.lines.iter().map(|line| line.unit_price * 3).sum();
        let amounts = &mut order.body.amounts;
        amounts.goods = goods;
        amounts.discount = discount.min(goods);
        amounts.freight = freight;
        amounts.total = goods - amounts.discount + freight;
        let total = amounts.total;
        order.body.payments[0].amount = total;
        let ids = ["a", "b", "c"];
        let mut all: Vec<usize> = pieces;
        all.extend([0, 0, 0, 1, 1, 1, 2, 2, 2]);
        for index in all {
            let one = broken(&[some(ids[index], 1)]);
            if let Ok(change) = order.open_case(&one, policy("tepai"), soon()) {
                order = moved(&change.order, &grant()).unwrap();
            }
        }
        let back: i64 = order.refunds.iter().map(|refund| refund.amount.amount).sum();
        prop_assert_eq!(back, total);
    }
    #[test]
    fn cases_opened_side_by_side_withdrawn_and_granted_add_up_to_what_was_paid(
        price in 1_i64..100_000, discount in 0_i64..10_000, freight in 0_i64..3_000,
        parts in proptest::bool::ANY, cancelled in 0_u32..4,
        moves in proptest::collection::vec((0_usize..4, 0_usize..12), 0..40),
    ) {
        let mut order = delivered("physical");
        let line = &mut order.body.lines[0];
        line.unit_price = price;
        line.quantity = 7;
        if parts {
            let part = |id: &str, weight| Component {
                id: id.to_owned(),
                title: LocalText { zh_cn: id.to_owned(), en: None },
                weight,
                refundable: true,
                returned: 0,
            };
            line.components = vec![part("cup", 5), part("lid", 3), part("box", 1)];
        }
        let amounts = &mut order.body.amounts;
        amounts.goods = price * 7;
        amounts.discount = discount.min(amounts.goods);
        amounts.freight = freight;
        amounts.total = amounts.goods - amounts.discount + freight;
        order.body.payments[0].amount = amounts.total;
        // Some of it was cancelled before it was sent, and paid back then.
        let before = LineQuantity { line: "a".into(), quantity: cancelled };
        let total = match cancelled {
            0 => amounts.total,
            _ => {
                let mut unpacked = order.clone();
                unpacked.state = OrderState::Unpacked;
                let intent = CancelIntent {
                    reason: "changed_mind".to_owned(),
                    note: None,
                    lines: Some(vec![before]),
                };
                let done = unpacked.cancel(policy("tepai"), calendar(), &intent, soon());
                let Ok(CancelSuccess::Cancelled(change)) = done else { panic!("{done:?}") };
                let paid_back: i64 = change.order.refunds.iter().map(|refund| refund.amount.amount).sum();
                let total = order.body.amounts.total - paid_back;
                let (state, at) = (order.state, order.delivered_at);
                order = change.order;
                (order.state, order.delivered_at) = (state, at);
                total
            }
        };
        let cancelled_refunds = order.refunds.len();
        let open = |order: &Order, components: &[&str]| {
            let some = CaseLine {
                components: components.iter().map(|id| (*id).to_owned()).collect(),
                ..some("a", 1)
            };
            order.open_case(&broken(&[some]), policy("tepai"), soon())
        };
        let step = |order: &Order, index: usize, action: &CaseMove| {
            let id = format!("{}-C{}", order.id, index + 1);
            order.move_case(&id, action, policy("tepai"), calendar(), soon())
        };
        let pieces: &[&[&str]] = if parts { &[&["cup"], &["lid"], &["box"], &["cup", "lid"]] } else { &[&[]] };
        for (what, index) in moves {
            let change = match what {
                0 | 1 => open(&order, pieces[index % pieces.len()]).ok(),
                2 => step(&order, index, &CaseMove::Withdraw).ok(),
                _ => step(&order, index, &grant()).ok(),
            };
            if let Some(change) = change {
                order = change.order;
            }
        }
        // Whatever is left is asked for one by one, and everything is granted.
        for piece in pieces {
            while let Ok(change) = open(&order, piece) {
                order = change.order;
            }
        }
        for index in 0..order.body.cases.len() {
            if let Ok(change) = step(&order, index, &grant()) {
                order = change.order;
            }
        }
        let granted = order.body.cases.iter().filter(|case| case.state == CaseState::Refunded);
        let promised: i64 = granted.map(|case| case.settlement.amount).sum();
        let back: i64 = order.refunds[cancelled_refunds..].iter().map(|refund| refund.amount.amount).sum();
        prop_assert_eq!(back, total);
        prop_assert_eq!(promised, total, "what was shown is what went back");
    }
}
