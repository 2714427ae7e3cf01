//! Orders that came together, each with how tall its card is.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering::Relaxed};

use leptos::prelude::*;
use orders_api::{OrderState, OrderSummary};

/// An order in the list. It keeps its place on the page while what it shows changes.
#[derive(Debug)]
pub struct Row {
    /// The order's id.
    pub id: String,
    /// The order as it is now.
    pub order: ArcRwSignal<OrderSummary>,
    /// How tall its card was when it was drawn last, the bits of an `f32`; zero when it never was.
    height: AtomicU32,
}

impl Row {
    pub(super) fn new(order: OrderSummary) -> Arc<Self> {
        Arc::new(Self {
            id: order.id.clone(),
            order: ArcRwSignal::new(order),
            height: AtomicU32::new(0),
        })
    }

    /// How tall its card is, in CSS pixels; zero when that is not known.
    pub(super) fn height(&self) -> f64 {
        f64::from(f32::from_bits(self.height.load(Relaxed)))
    }

    /// Notes how tall its card is, or with zero that it may be otherwise now.
    #[allow(clippy::cast_possible_truncation, reason = "no card is that high")]
    pub(super) fn measure(&self, height: f64) {
        self.height.store(f32::to_bits(height as f32), Relaxed);
    }

    /// Newest first; of two orders of one instant, the greater id comes first.
    pub(super) fn comes_after(&self, other: &OrderSummary) -> bool {
        self.order
            .with_untracked(|order| (&order.placed_at, &order.id) < (&other.placed_at, &other.id))
    }
}

/// Orders that follow each other in the list.
#[derive(Debug)]
pub(super) struct Batch {
    /// The cursor that leads here; `None` at the beginning of everything.
    pub(super) after: Option<String>,
    /// The orders; none when they have to be loaded first.
    pub(super) rows: Vec<Arc<Row>>,
    /// How many orders are expected here that have to be loaded first.
    pub(super) missing: usize,
    /// Whether one of them waits to be paid.
    pub(super) unpaid: bool,
    /// Whether something may have changed since they came.
    pub(super) stale: AtomicBool,
    /// The heights that are known, the bits of an `f32`, and of how many rows.
    known: AtomicU32,
    measured: AtomicU32,
}

impl Batch {
    pub(super) fn new(
        after: Option<String>,
        rows: Vec<Arc<Row>>,
        missing: usize,
        stale: bool,
    ) -> Arc<Self> {
        let unpaid = |row: &Arc<Row>| {
            row.order
                .with_untracked(|order| order.state == OrderState::AwaitingPayment)
        };
        let batch = Self {
            after,
            unpaid: rows.iter().any(unpaid),
            rows,
            missing,
            stale: AtomicBool::new(stale),
            known: AtomicU32::new(0),
            measured: AtomicU32::new(0),
        };
        batch.sum_up();
        Arc::new(batch)
    }

    /// How many orders have a place in it.
    pub(super) fn len(&self) -> usize {
        self.rows.len() + self.missing
    }

    /// Whether it has to be loaded, or looked at again.
    pub(super) fn waits(&self) -> bool {
        self.missing > 0 || self.stale.load(Relaxed)
    }

    /// Sums up the heights of its rows, after they changed.
    pub(super) fn sum_up(&self) {
        let (mut known, mut measured) = (0.0, 0);
        for height in self.rows.iter().map(|row| row.height()) {
            known += height;
            measured += u32::from(height > 0.0);
        }
        #[allow(clippy::cast_possible_truncation, reason = "no page is that high")]
        self.known.store(f32::to_bits(known as f32), Relaxed);
        self.measured.store(measured, Relaxed);
    }

    /// The known heights together, and of how many rows.
    pub(super) fn heights(&self) -> (f64, usize) {
        let known = f32::from_bits(self.known.load(Relaxed));
        (f64::from(known), self.measured.load(Relaxed) as usize)
    }
}
