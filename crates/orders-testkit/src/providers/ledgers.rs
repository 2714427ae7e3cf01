//! Orders to be refunded by the hundred, and the comparison that says whether every fen went back once.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use orders_domain::{Channel, Instant, Order, RefundState};

use super::{AlipaySimulator, Book, Fate, WechatPaySimulator};
use crate::{Share, alipay, bank_card, order, wechat};

/// So many paid orders of B特派, `o0`, `o1` … (`e0`, `e1` … to the shop): a quarter each by WeChat Pay, by Alipay, by
/// card, and by two ways.
pub fn refundable_orders(count: u64, now: Instant) -> Vec<Order> {
    let ways: [fn(i64) -> Vec<Share>; 4] = [
        |total| vec![wechat(total)],
        |total| vec![alipay(total)],
        |total| vec![bank_card(total)],
        |total| vec![wechat(total / 3), alipay(0).rest()],
    ];
    (0_i64..)
        .zip(0..count)
        .zip(ways.iter().cycle())
        .map(|((price, n), way)| {
            let total = 10_01 + price * 7;
            let mut builder = order()
                .counted(n)
                .id(&format!("o{n}"))
                .external_id(&format!("e{n}"))
                .shopper("lin")
                .placed_at(now - TimeDelta::hours(2))
                .as_of(now)
                .line("杯子", 1, total);
            for share in way(total) {
                builder = builder.paid_by(share);
            }
            builder.build()
        })
        .collect()
}

/// Tells the providers what was paid for these orders. From then on they know nothing else.
pub fn register_payments(orders: &[Order], wechat: &WechatPaySimulator, alipay: &AlipaySimulator) {
    for order in orders {
        for payment in &order.body.payments {
            let number = order.external_id.as_str();
            match payment.channel {
                Channel::WechatPay => wechat.register(number, payment.amount),
                Channel::Alipay | Channel::BankCard => alipay.paid(number, payment.amount),
                Channel::Points | Channel::Coupon => {}
            }
        }
    }
    wechat.know_only_registered();
    alipay.know_only_registered();
}

/// What became of all refunds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// That arrived.
    pub arrived: usize,
    /// That failed, and of which the provider moved nothing.
    pub failed: usize,
    /// What arrived, in fen.
    pub amount: i64,
}

/// Compares our orders, all of them cancelled, with the providers' books: everything that was to be given back is in
/// exactly one of them exactly once, to the fen, or failed here and moved nothing there; and nothing else is in them.
///
/// # Errors
/// The first thing that is not so.
pub fn compare(orders: &[Order], books: &[&Book]) -> Result<Outcome, String> {
    // What failed here must have failed there, too: giving up is no way to lose nothing.
    let failed_there = |id: &str| {
        let mut entries = books.iter().filter_map(|book| book.refunds.get(id));
        entries.any(|entry| entry.fate != Fate::Arrives)
    };
    let mut theirs: BTreeMap<String, i64> = BTreeMap::new();
    for book in books {
        if let Some(violation) = book.violations.first() {
            return Err(format!("asked for what must not be: {violation}"));
        }
        for (number, amount) in book.moved() {
            if theirs.insert(number.clone(), amount).is_some() {
                return Err(format!("{number} is in two ledgers"));
            }
        }
    }
    let mut outcome = Outcome {
        arrived: 0,
        failed: 0,
        amount: 0,
    };
    for order in orders {
        let paid: i64 = order.body.payments.iter().map(|paid| paid.amount).sum();
        let owed: i64 = order
            .refunds
            .iter()
            .map(|refund| refund.amount.amount)
            .sum();
        if owed != paid {
            return Err(format!(
                "{owed} of {paid} fen of order {} go back",
                order.id
            ));
        }
        for refund in &order.refunds {
            let (id, amount) = (&refund.id, refund.amount.amount);
            match (refund.state, theirs.remove(id.as_str())) {
                (RefundState::Arrived, Some(moved)) if moved == amount => {
                    outcome.arrived += 1;
                    outcome.amount += amount;
                }
                (RefundState::Failed, None) if failed_there(id.as_str()) => outcome.failed += 1,
                (state, moved) => {
                    let state = state.code();
                    return Err(format!(
                        "{id} of {amount} fen is {state} here, and {moved:?} there"
                    ));
                }
            }
        }
    }
    match theirs.pop_first() {
        None => Ok(outcome),
        Some((number, amount)) => Err(format!(
            "{amount} fen went back as {number}, for no order of ours"
        )),
    }
}
