//! The list itself, as it grows while scrolling and is refreshed in place.

use std::sync::Arc;

use leptos::prelude::*;
use orders_api::{OrderList, OrderState, OrderSummary, TabCounts};

use crate::paths::OrdersQuery;

/// An order in the list. It keeps its place on the page while what it shows changes.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The order's id.
    pub id: Arc<str>,
    /// The order as it is now.
    pub order: ArcRwSignal<OrderSummary>,
}

impl Row {
    fn new(order: OrderSummary) -> Self {
        Self {
            id: order.id.as_str().into(),
            order: ArcRwSignal::new(order),
        }
    }
}

/// What has been loaded of the orders of one query.
#[derive(Clone, Debug, PartialEq)]
pub struct List {
    /// Which orders.
    pub query: OrdersQuery,
    /// Those which are there, newest first.
    pub rows: Vec<Row>,
    /// Where to go on; `None` at the end.
    pub next_cursor: Option<String>,
    /// How many there are in each tab.
    pub counts: TabCounts,
}

impl List {
    /// The first page.
    pub fn new(query: OrdersQuery, answer: OrderList) -> Self {
        Self {
            query,
            rows: answer.items.into_iter().map(Row::new).collect(),
            next_cursor: answer.next_cursor,
            counts: answer.counts,
        }
    }

    /// This list with a fresh look at its beginning. Orders that are still there keep their rows;
    /// what was loaded beyond the fresh part stays as it was.
    pub fn refreshed(&self, fresh: OrderList) -> Self {
        let mut next_cursor = fresh.next_cursor;
        let last = fresh.items.last().map(|order| order.placed_at.clone());
        let mut rows: Vec<Row> = fresh
            .items
            .into_iter()
            .map(
                |order| match self.rows.iter().find(|row| *row.id == *order.id) {
                    Some(row) => {
                        if row.order.with_untracked(|known| *known != order) {
                            row.order.set(order);
                        }
                        row.clone()
                    }
                    None => Row::new(order),
                },
            )
            .collect();
        if let (Some(last), true) = (last, next_cursor.is_some()) {
            let top = rows.len();
            for row in &self.rows {
                let beyond = row.order.with_untracked(|order| order.placed_at <= last)
                    && !rows[..top].iter().any(|shown| shown.id == row.id);
                if beyond {
                    rows.push(row.clone());
                }
            }
            if rows.len() > top {
                next_cursor.clone_from(&self.next_cursor);
            }
        }
        Self {
            query: self.query.clone(),
            rows,
            next_cursor,
            counts: fresh.counts,
        }
    }

    /// This list with the page that follows it.
    pub fn extended(&self, more: OrderList) -> Self {
        let mut rows = self.rows.clone();
        for order in more.items {
            if !rows.iter().any(|row| *row.id == *order.id) {
                rows.push(Row::new(order));
            }
        }
        Self {
            query: self.query.clone(),
            rows,
            next_cursor: more.next_cursor,
            counts: more.counts,
        }
    }

    /// Whether a countdown runs in it.
    pub fn has_unpaid(&self) -> bool {
        self.rows.iter().any(|row| {
            row.order
                .with_untracked(|order| order.state == OrderState::AwaitingPayment)
        })
    }
}
