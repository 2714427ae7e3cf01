//! Parts of an order, split to the fen so that the parts always add up to what was paid.
//!
//! What an order costs after discounts, coupons and points, and its freight, are divided among the lines once, by the
//! largest remainder. Some of a line takes the difference of two rounded running totals, so that whatever comes
//! before or after it, the line as a whole comes out exactly. Arithmetic is in 128 bits.

use crate::{
    CaseLine, CaseState, Component, LineKind, LineQuantity, LineWorth, Order, apportion,
    money::apportion_wide,
};

/// What some of an order was worth.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Worth {
    /// In money that was paid or is to be paid, minor units. Never below zero.
    pub(crate) money: i64,
    /// In points. Never below zero.
    pub(crate) points: i64,
}

impl Order {
    /// What is left of the order, line by line; lines with nothing left are not named.
    pub fn remaining(&self) -> Vec<LineQuantity> {
        let left = |line: &crate::Line| LineQuantity {
            line: line.id.clone(),
            quantity: line.remaining(),
        };
        let lines = self.body.lines.iter().map(left);
        lines.filter(|some| some.quantity > 0).collect()
    }

    /// What `lines` are worth, on top of what is cancelled already.
    pub(crate) fn worth(&self, lines: &[LineQuantity]) -> Worth {
        let (goods, freight) = self.money_per_line();
        let points = self.points_per_line();
        let mut worth = Worth::default();
        for (index, line) in self.body.lines.iter().enumerate() {
            let taken = lines.iter().filter(|some| some.line == line.id);
            let quantity: u32 = taken.map(|some| some.quantity).sum();
            let part = |whole: i64| {
                running_total(
                    whole,
                    line.cancelled_quantity.saturating_add(quantity),
                    line.quantity,
                ) - running_total(whole, line.cancelled_quantity, line.quantity)
            };
            // Each by itself, so that what is returned later, with or without its carriage, fits to the fen.
            worth.money += part(goods[index]) + part(freight[index]);
            worth.points += part(points[index]);
        }
        worth
    }

    /// What some of the line at `index` is worth when it is returned: the goods, their carriage, and the points that were
    /// used for them. Of a product with components, what was asked for of those that may be refunded.
    ///
    /// It is what all that goes back by then is worth, less what was agreed on for the rest of it. So the parts add up to
    /// the fen in whatever order cases are opened, withdrawn and granted.
    pub(crate) fn worth_returned(&self, index: usize, some: &CaseLine) -> LineWorth {
        let (goods, freight) = self.money_per_line();
        let points = self.points_per_line();
        let line = &self.body.lines[index];
        let cancelled = line.cancelled_quantity;
        // The shares of the price, and for each how many go back with this.
        let (weights, counts): (Vec<i128>, Vec<u32>) = if line.components.is_empty() {
            let asked = self.asked_of(line, None);
            (
                vec![1],
                vec![line.returned_quantity + asked + some.quantity],
            )
        } else {
            let parts = line.components.iter();
            let count = |part: &Component| match part.refundable {
                true if some.takes(&part.id) => {
                    part.returned + self.asked_of(line, Some(&part.id)) + some.quantity
                }
                true => part.returned + self.asked_of(line, Some(&part.id)),
                false => 0,
            };
            (
                parts.clone().map(|part| i128::from(part.weight)).collect(),
                parts.map(count).collect(),
            )
        };
        let agreed = self
            .body
            .cases
            .iter()
            .filter(|case| !matches!(case.state, CaseState::Withdrawn | CaseState::Closed))
            .flat_map(|case| case.lines.iter().zip(&case.worth))
            .filter(|(some, _)| some.line == line.id)
            .fold(LineWorth::default(), |sum, (_, worth)| sum.plus(*worth));
        let worth = |whole: i64, agreed: i64| {
            let shares = apportion_wide(whole, &weights);
            let all: i64 = shares
                .into_iter()
                .zip(&counts)
                .map(|(share, count)| {
                    running_total(share, cancelled.saturating_add(*count), line.quantity)
                        - running_total(share, cancelled, line.quantity)
                })
                .sum();
            // What was cancelled was counted by the line and not by its components.
            let most = whole - running_total(whole, cancelled, line.quantity);
            (all.min(most) - agreed).max(0)
        };
        LineWorth {
            goods: worth(goods[index], agreed.goods),
            freight: worth(freight[index], agreed.freight),
            points: worth(points[index], agreed.points),
        }
    }

    /// Divides `amount` over the payments, in proportion to what each has left after earlier refunds and never more
    /// than that: one share for each payment, in their order.
    pub(crate) fn over_payments(&self, amount: i64) -> Vec<i64> {
        let left = self.left_of_payments();
        let most: i128 = left.iter().copied().map(i128::from).sum();
        let amount = i64::try_from(most.min(i128::from(amount))).unwrap_or(amount);
        apportion(amount, &left)
    }

    /// What each payment has left. A refund names its payment; older ones find it by channel and account. A failed one
    /// still counts, because it is owed and will be made another way.
    pub(crate) fn left_of_payments(&self) -> Vec<i64> {
        let mut refunded: Vec<_> = self
            .refunds
            .iter()
            .map(|refund| (refund, refund.amount.amount.max(0)))
            .collect();
        let mut left = Vec::with_capacity(self.body.payments.len());
        for (index, payment) in self.body.payments.iter().enumerate() {
            let mut rest = payment.amount.max(0);
            for (refund, amount) in &mut refunded {
                let of_this = match refund.course.payment {
                    Some(of) => of == index,
                    None => refund.channel == payment.channel && refund.account == payment.account,
                };
                if of_this {
                    let taken = rest.min(*amount);
                    rest -= taken;
                    *amount -= taken;
                }
            }
            left.push(rest);
        }
        left
    }

    /// What each line costs of the order's total: its goods after all reductions, and its share of the carriage.
    fn money_per_line(&self) -> (Vec<i64>, Vec<i64>) {
        let amounts = &self.body.amounts;
        let total = amounts.total.max(0);
        let reductions = i128::from(amounts.discount)
            + i128::from(amounts.coupon)
            + i128::from(amounts.points_value);
        // Reductions beyond the goods take from the freight.
        let goods = (i128::from(amounts.goods) - reductions).clamp(0, i128::from(total));
        let goods = i64::try_from(goods).unwrap_or(total);
        let goods_shares = apportion_wide(goods, &self.line_totals());
        let freight_shares = apportion_wide(total - goods, &self.freight_weights());
        (goods_shares, freight_shares)
    }

    fn points_per_line(&self) -> Vec<i64> {
        apportion_wide(self.body.amounts.points.max(0), &self.line_totals())
    }

    fn line_totals(&self) -> Vec<i128> {
        let lines = self.body.lines.iter();
        lines
            .map(|line| i128::from(line.unit_price) * i128::from(line.quantity))
            .collect()
    }

    /// Only parcels cause freight. Where there is none, or it costs nothing, something must still take the freight.
    fn freight_weights(&self) -> Vec<i128> {
        let is_physical = |index: usize| self.body.lines[index].kind == LineKind::Physical;
        let totals = self.line_totals();
        let only_physical = |weights: &[i128]| -> Vec<i128> {
            let keep = |(index, weight): (usize, &i128)| i128::from(is_physical(index)) * weight;
            weights.iter().enumerate().map(keep).collect()
        };
        let by_price = only_physical(&totals);
        if by_price.iter().any(|weight| *weight > 0) {
            return by_price;
        }
        let alike = only_physical(&vec![1; totals.len()]);
        if alike.contains(&1) { alike } else { totals }
    }
}

/// What the first `count` of `of` pieces cost of a `whole` not below zero, rounded down.
fn running_total(whole: i64, count: u32, of: u32) -> i64 {
    let count = count.min(of);
    let part = i128::from(whole) * i128::from(count) / i128::from(of.max(1));
    i64::try_from(part).unwrap_or(whole)
}
