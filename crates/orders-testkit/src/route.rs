//! The plain way of an order from placing to the end, and how long each step of it takes.

use orders_domain::{
    Actor, Instant, LineKind, OrderBody, OrderState, TimelineEntry, TimelineEvent,
};

/// How far each step lies behind the placing, in minutes; each later than the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pace {
    /// To the payment.
    pub paid: i64,
    /// To the shop's word that it has to wait.
    pub held: i64,
    /// To the shop's acceptance.
    pub confirmed: i64,
    /// To the giving out of digital goods.
    pub issued: i64,
    /// To the start of packing.
    pub packing: i64,
    /// To the hand-over to the courier.
    pub shipped: i64,
    /// To the signature.
    pub delivered: i64,
    /// From then on, to the end of the after-sale window.
    pub completed: i64,
}

const HOUR: i64 = 60;
const DAY: i64 = 24 * HOUR;

impl Pace {
    /// Paid after two minutes, signed for after three days, done fifteen days later.
    pub const USUAL: Self = Self {
        paid: 2,
        held: 4,
        confirmed: 18,
        issued: 23,
        packing: 5 * HOUR,
        shipped: 9 * HOUR,
        delivered: 3 * DAY,
        completed: 15 * DAY,
    };

    /// A pace that differs a little with each `seed`, the same for the same seed.
    pub fn varied(seed: u64) -> Self {
        let part = |shift: u32, below: i64| {
            let mixed = seed
                .wrapping_add(1)
                .wrapping_mul(0x9E37_79B9_7F4A_7C15)
                .rotate_left(shift);
            i64::try_from(mixed >> 40).unwrap_or_default() % below
        };
        let usual = Self::USUAL;
        Self {
            paid: 1 + part(3, 4),
            held: 6 + part(7, 5),
            confirmed: 12 + part(11, 30),
            issued: 45 + part(13, 20),
            packing: 4 * HOUR + part(17, 6 * HOUR),
            shipped: 11 * HOUR + part(19, 8 * HOUR),
            delivered: usual.delivered - DAY + part(23, 3 * DAY),
            completed: usual.completed + part(29, HOUR),
        }
    }

    /// Minutes from placing to the last step before `state` is reached.
    pub(crate) fn until(&self, state: OrderState) -> i64 {
        match state {
            OrderState::AwaitingPayment => 0,
            OrderState::PendingConfirmation => self.held,
            // Cancelled from here.
            OrderState::Unpacked | OrderState::Cancelled => self.issued,
            OrderState::Packing => self.packing,
            OrderState::Shipped => self.shipped,
            OrderState::Delivered => self.delivered,
            OrderState::Completed => self.delivered + self.completed,
        }
    }
}

/// What must have happened to an order of that body on its way to `state`, oldest first, with minutes since placing.
/// An order of digital goods only is not packed; the issue is its delivery.
pub(crate) fn steps(
    state: OrderState,
    body: &OrderBody,
    pace: &Pace,
) -> Vec<(i64, TimelineEvent, Actor)> {
    use TimelineEvent::{
        Completed, Confirmed, Delivered, Held, Issued, PackingStarted, Paid, Placed, Shipped,
    };
    let physical = body
        .lines
        .iter()
        .any(|line| line.kind == LineKind::Physical);
    let issued = body.lines.iter().any(|line| line.issued);
    let mut way = Vec::with_capacity(8);
    way.push((0, Placed, Actor::Shopper));
    if state == OrderState::AwaitingPayment {
        return way;
    }
    way.push((pace.paid, Paid, Actor::Shopper));
    if body.pending.is_some() {
        way.push((pace.held, Held, Actor::Seller));
    }
    if state == OrderState::PendingConfirmation {
        return way;
    }
    way.push((pace.confirmed, Confirmed, Actor::Seller));
    if issued {
        way.push((pace.issued, Issued, Actor::Seller));
    }
    let reached = |step: OrderState| match state {
        OrderState::Cancelled => false,
        other => other as u8 >= step as u8,
    };
    if physical {
        for (step, minutes, event, by) in [
            (
                OrderState::Packing,
                pace.packing,
                PackingStarted,
                Actor::Warehouse,
            ),
            (OrderState::Shipped, pace.shipped, Shipped, Actor::Warehouse),
            (
                OrderState::Delivered,
                pace.delivered,
                Delivered,
                Actor::Warehouse,
            ),
        ] {
            if reached(step) {
                way.push((minutes, event, by));
            }
        }
    }
    if reached(OrderState::Completed) {
        let received = if physical {
            pace.delivered
        } else {
            pace.issued
        };
        way.push((received + pace.completed, Completed, Actor::System));
    }
    way
}

/// An entry of a timeline.
pub(crate) fn entry(
    at: Instant,
    what: TimelineEvent,
    by: Actor,
    detail: Option<String>,
) -> TimelineEntry {
    TimelineEntry {
        at,
        what,
        by,
        detail,
    }
}
