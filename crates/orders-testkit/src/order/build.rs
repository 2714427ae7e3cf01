//! The building itself: lines named, amounts summed, payments shared out, the timeline told.

use chrono::TimeDelta;
use orders_domain::{
    Address, Amounts, Currency, Instant, Line, LineId, LineKind, Order, OrderBody, OrderState,
    Parcel, Payment, TimelineEvent,
};

use super::OrderBuilder;
use crate::{
    ids,
    line::{LineBuilder, line},
    payment::{amounts, wechat},
    route,
};

impl OrderBuilder {
    /// The order.
    pub fn build(mut self) -> Order {
        let placed_at = self
            .placed_at
            .unwrap_or_else(|| self.as_of - TimeDelta::minutes(60 + self.pace.until(self.state)));
        let lines = self.take_lines();
        let amounts = self.amounts(&lines);
        let paid = self.state != OrderState::AwaitingPayment;
        let paid_at = placed_at + TimeDelta::minutes(self.pace.paid);
        let address = self.address.take().or_else(|| {
            lines
                .iter()
                .any(|line| line.kind == LineKind::Physical)
                .then(usual_address)
        });
        let mut body = OrderBody {
            payments: if paid {
                self.payments(amounts.total, paid_at)
            } else {
                Vec::new()
            },
            lines,
            amounts,
            address,
            coupons: std::mem::take(&mut self.coupons),
            pay_url: (!paid).then(|| "https://pay.example/checkout".to_owned()),
            pending: self.pending.take(),
            request: None,
            cancelled: None,
            policy_version: "2026-01".to_owned(),
            parcel: None,
            cases: Vec::new(),
            complaints: Vec::new(),
            drafts: Vec::new(),
        };
        let mut timeline = Vec::new();
        let mut delivered_at = None;
        for (minutes, what, by) in route::steps(self.state, &body, &self.pace) {
            let at = placed_at + TimeDelta::minutes(minutes);
            let detail = match what {
                TimelineEvent::Held => body
                    .pending
                    .as_ref()
                    .map(|pending| pending.cause.code().to_owned()),
                TimelineEvent::Shipped => {
                    let parcel = self
                        .parcel
                        .take()
                        .unwrap_or_else(|| usual_parcel(self.counter));
                    let words = format!("{} {}", parcel.courier, parcel.tracking_number);
                    body.parcel = Some(parcel);
                    Some(words)
                }
                _ => None,
            };
            if matches!(what, TimelineEvent::Delivered)
                || (what == TimelineEvent::Issued && body.address.is_none())
            {
                delivered_at = Some(at);
            }
            timeline.push(route::entry(at, what, by, detail));
        }
        if self.state != OrderState::PendingConfirmation {
            body.pending = None;
        }
        let built = Order {
            id: self.id.unwrap_or_else(|| ids::order_id(self.counter)),
            external_id: self.external_id.map_or_else(
                || ids::external_id(&self.shop, self.counter),
                |id| id.as_str().into(),
            ),
            number: self
                .number
                .unwrap_or_else(|| ids::number(&self.shop, self.counter, placed_at)),
            shop: self.shop,
            shopper: self.shopper,
            state: match self.state {
                OrderState::Cancelled => OrderState::Unpacked,
                other => other,
            },
            version: i64::try_from(timeline.len()).unwrap_or(1),
            placed_at,
            pay_by: Some(placed_at + self.pay_within),
            paid_at: paid.then_some(paid_at),
            delivered_at,
            body,
            timeline,
            refunds: Vec::new(),
            marks: Vec::new(),
        };
        if self.state == OrderState::Cancelled {
            crate::tale::out_of_stock(built)
        } else {
            built
        }
    }

    fn take_lines(&mut self) -> Vec<Line> {
        if self.lines.is_empty() {
            self.lines.push(line("杯子", 1, 39_00));
        }
        let received = matches!(self.state, OrderState::Delivered | OrderState::Completed);
        std::mem::take(&mut self.lines)
            .into_iter()
            .enumerate()
            .map(|(index, LineBuilder(mut line))| {
                if line.id.as_str().is_empty() {
                    line.id = LineId(format!("L{}", index + 1));
                }
                line.issued |= received && line.kind == LineKind::Digital;
                line
            })
            .collect()
    }

    fn amounts(&self, lines: &[Line]) -> Amounts {
        let goods: i64 = lines
            .iter()
            .map(|line| line.unit_price * i64::from(line.quantity))
            .sum();
        let discount = self.discount.clamp(0, goods);
        let coupon = self.coupon.clamp(0, goods - discount);
        let points_value = self.points.1.clamp(0, goods - discount - coupon);
        Amounts {
            currency: Currency::CNY,
            goods,
            discount,
            coupon,
            points_value,
            points: self.points.0,
            freight: self.freight,
            total: goods - discount - coupon - points_value + self.freight,
        }
    }

    fn payments(&mut self, total: i64, paid_at: Instant) -> Vec<Payment> {
        if self.shares.is_empty() {
            self.shares.push(wechat(total));
        }
        let shares = std::mem::take(&mut self.shares);
        let parts = amounts(&shares, total);
        shares
            .into_iter()
            .zip(parts)
            .filter(|(_, amount)| *amount > 0)
            .map(|(share, amount)| Payment {
                channel: share.channel,
                account: share.account,
                amount,
                paid_at,
                reference: None,
            })
            .collect()
    }
}

fn usual_address() -> Address {
    Address {
        recipient: "林小满".to_owned(),
        phone: "13800000001".to_owned(),
        region: "浙江省 云溪市 望湖区".to_owned(),
        street: "桂花路 18 号 3 幢 502 室".to_owned(),
    }
}

fn usual_parcel(counter: u64) -> Parcel {
    let couriers = [("顺丰速运", "SF"), ("中通快递", "ZT"), ("京东快递", "JD")];
    let (courier, letters) = couriers[(counter % 3) as usize];
    Parcel {
        courier: courier.to_owned(),
        tracking_number: format!("{letters}{:012}", 730_000_000_000 + counter * 7_919),
    }
}
