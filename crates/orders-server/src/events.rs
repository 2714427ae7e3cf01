//! Carries changes of orders to the open pages of their shoppers.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use orders_api::OrderChanged;
use orders_domain::ShopperId;
use orders_store::{ChangeNotice, Store};
use tokio::sync::broadcast::{self, error::RecvError};

/// How many changes a slow page may be behind before its stream is ended, to begin afresh.
const BEHIND: usize = 32;

/// One channel for each shopper with an open page, so that a change wakes nobody else.
#[derive(Debug, Default)]
pub struct Events {
    channels: Mutex<HashMap<ShopperId, broadcast::Sender<OrderChanged>>>,
}

impl Events {
    /// The changes of a shopper's orders from now on. The channel closes when notices were lost.
    pub fn of(&self, shopper: &ShopperId) -> broadcast::Receiver<OrderChanged> {
        self.locked()
            .entry(shopper.clone())
            .or_insert_with(|| broadcast::channel(BEHIND).0)
            .subscribe()
    }

    /// Forgets a shopper whose last page was closed.
    pub fn left(&self, shopper: &ShopperId) {
        let mut channels = self.locked();
        if channels
            .get(shopper)
            .is_some_and(|channel| channel.receiver_count() == 0)
        {
            channels.remove(shopper);
        }
    }

    fn tell(&self, notice: ChangeNotice) {
        if let Some(channel) = self.locked().get(&notice.shopper) {
            // Nobody listening is no error: the page was closed a moment ago.
            let _ = channel.send(OrderChanged {
                id: notice.order.0,
                version: notice.version,
            });
        }
    }

    fn locked(&self) -> MutexGuard<'_, HashMap<ShopperId, broadcast::Sender<OrderChanged>>> {
        self.channels.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Passes the store's notices on, for as long as the store lives.
pub async fn forward(store: Store, events: std::sync::Arc<Events>) {
    let mut notices = store.notices();
    loop {
        match notices.recv().await {
            Ok(notice) => events.tell(notice),
            // Pages that may have missed something reconnect and load again.
            Err(RecvError::Lagged(_)) => events.locked().clear(),
            Err(RecvError::Closed) => return,
        }
    }
}
