//! Carries changes of orders, and that something else was told, to the open pages of their shoppers.

use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};

use orders_api::OrderChanged;
use orders_domain::{OrderId, ShopperId};
use orders_store::{ChangeNotice, Notice, Owner, Store};
use tokio::sync::broadcast::{self, error::RecvError};

use crate::random;

/// How many changes a slow page may be behind before its stream is ended, to begin afresh.
const BEHIND: usize = 32;
/// Of how many changes, of all shoppers, it is remembered whose orders they were.
const REMEMBERED: usize = 4096;

/// One channel for each shopper with an open page, so that a change wakes nobody else.
#[derive(Debug, Default)]
pub struct Events {
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    channels: HashMap<ShopperId, broadcast::Sender<Told>>,
    /// Whose orders the last changes were of, and which, the latest at the end; no order where the shopper was told something
    /// else.
    last: VecDeque<(ShopperId, Option<OrderId>)>,
    /// How many changes there have been in this run.
    count: u64,
    /// Stands for this process, and for what it has heard without a gap; empty before the first.
    run: String,
}

/// A change, as it is passed on.
#[derive(Clone, Debug)]
pub struct Told {
    /// What has changed; `None` when the shopper was told something else.
    pub change: Option<OrderChanged>,
    /// The mark behind it.
    pub mark: String,
}

/// What a page listens to.
#[derive(Debug)]
pub struct Listening {
    /// The changes from now on. The channel closes when notices were lost.
    pub changes: broadcast::Receiver<Told>,
    /// The mark of now.
    pub mark: String,
    /// Whether something may have changed between the page's mark and now.
    pub missed: bool,
}

impl Events {
    /// The mark of now: whoever reads orders after taking it, and listens with it later, learns whether they missed
    /// anything. It holds in this process only; elsewhere it means that something may have been missed.
    pub fn mark(&self) -> String {
        self.locked().mark()
    }

    /// The changes of a shopper's orders, for a page with this mark. A guest's page hears all of them, and is to tell of the
    /// one order only.
    pub fn of(&self, owner: &Owner, mark: Option<&str>) -> Listening {
        let mut state = self.locked();
        let changes = state
            .channels
            .entry(owner.shopper().clone())
            .or_insert_with(|| broadcast::channel(BEHIND).0)
            .subscribe();
        Listening {
            changes,
            missed: !mark.is_some_and(|mark| state.is_quiet_since(owner, mark)),
            mark: state.mark(),
        }
    }

    /// Forgets a shopper whose last page was closed.
    pub fn left(&self, shopper: &ShopperId) {
        let channels = &mut self.locked().channels;
        if channels
            .get(shopper)
            .is_some_and(|channel| channel.receiver_count() == 0)
        {
            channels.remove(shopper);
        }
    }

    fn tell(&self, notice: ChangeNotice) {
        let change = OrderChanged {
            id: notice.order.0,
            version: notice.version,
        };
        self.pass_on(notice.shopper, Some(change));
    }

    fn pass_on(&self, shopper: ShopperId, change: Option<OrderChanged>) {
        let mut state = self.locked();
        state.count += 1;
        let order = change.as_ref().map(|change| OrderId(change.id.clone()));
        state.last.push_back((shopper.clone(), order));
        if state.last.len() > REMEMBERED {
            state.last.pop_front();
        }
        if let Some(channel) = state.channels.get(&shopper) {
            let mark = state.mark();
            // Nobody listening is no error: the page was closed a moment ago.
            let _ = channel.send(Told { change, mark });
        }
    }

    /// Notices were lost: open pages connect again, and no mark from before says anything.
    fn lost(&self) {
        *self.locked() = State::new();
    }

    fn locked(&self) -> MutexGuard<'_, State> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if state.run.is_empty() {
            *state = State::new();
        }
        state
    }
}

impl State {
    fn new() -> Self {
        Self {
            // Without randomness, marks of two runs may be taken for each other's: better none at all.
            run: random::hex::<8>().unwrap_or_else(|_| "-".to_owned()),
            ..Self::default()
        }
    }

    fn mark(&self) -> String {
        format!("{}.{}", self.run, self.count)
    }

    /// Whether nothing has happened to an owner's orders since that mark, as far as is known.
    fn is_quiet_since(&self, owner: &Owner, mark: &str) -> bool {
        let since = || {
            let (run, count) = mark.split_once('.')?;
            let count = count.parse().ok()?;
            (run == self.run && run != "-").then_some(())?;
            usize::try_from(self.count.checked_sub(count)?).ok()
        };
        since().is_some_and(|changes| {
            changes <= self.last.len()
                && !self
                    .last
                    .iter()
                    .rev()
                    .take(changes)
                    .any(|(shopper, order)| {
                        shopper == owner.shopper() && concerns(owner, order.as_ref())
                    })
        })
    }
}

/// Whether an owner is to hear of a change of this order; of none, what only the account is told.
pub fn concerns(owner: &Owner, order: Option<&OrderId>) -> bool {
    match order {
        Some(order) => owner.sees(order),
        None => owner.only().is_none(),
    }
}

/// Passes the store's notices on, for as long as the store lives.
pub async fn forward(store: Store, events: std::sync::Arc<Events>) {
    let mut notices = store.notices();
    loop {
        match notices.recv().await {
            Ok(Notice::Changed(notice)) => events.tell(notice),
            Ok(Notice::Told(shopper)) => events.pass_on(shopper, None),
            Ok(Notice::Missed) | Err(RecvError::Lagged(_)) => events.lost(),
            Err(RecvError::Closed) => return,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(events: &Events, shopper: &str) {
        events.tell(ChangeNotice {
            shopper: ShopperId(shopper.into()),
            order: OrderId("o1".into()),
            version: 2,
        });
    }

    fn missed(events: &Events, mark: Option<&str>) -> bool {
        events.of(&(&ShopperId("lin".into())).into(), mark).missed
    }

    #[test]
    fn who_listens_with_a_mark_learns_whether_something_was_missed() {
        let events = Events::default();
        let before = events.mark();
        change(&events, "zhao");
        assert!(!missed(&events, Some(&before)), "somebody else's");
        change(&events, "lin");
        let between = events.mark();
        change(&events, "zhao");
        assert!(missed(&events, Some(&before)), "one's own");
        assert!(!missed(&events, Some(&between)), "before the mark");
        assert!(missed(&events, None), "no mark");
    }

    #[test]
    fn a_guest_missed_only_what_happened_to_the_order() {
        let events = Events::default();
        let guest = |order: &str| Owner::Guest {
            shopper: ShopperId("lin".into()),
            order: OrderId(order.into()),
        };
        let before = events.mark();
        change(&events, "lin");
        assert!(events.of(&guest("o1"), Some(&before)).missed);
        assert!(!events.of(&guest("o2"), Some(&before)).missed);
    }

    #[test]
    fn what_the_account_is_told_concerns_no_guest() {
        let events = Events::default();
        let guest = Owner::Guest {
            shopper: ShopperId("lin".into()),
            order: OrderId("o1".into()),
        };
        let before = events.mark();
        let mut page = events.of(&guest, Some(&before)).changes;
        events.pass_on(ShopperId("lin".into()), None);
        assert!(missed(&events, Some(&before)));
        assert!(!events.of(&guest, Some(&before)).missed);
        let told = page.try_recv().expect("told");
        assert_eq!(told.change, None);
        assert!(!concerns(&guest, None) && concerns(&guest, Some(&"o1".into())));
    }

    #[test]
    fn a_change_carries_the_mark_behind_it() {
        let events = Events::default();
        let mut page = events.of(&(&ShopperId("lin".into())).into(), None).changes;
        change(&events, "lin");
        let told = page.try_recv().expect("told");
        assert!(!missed(&events, Some(&told.mark)));
        change(&events, "lin");
        assert!(missed(&events, Some(&told.mark)));
    }

    #[test]
    fn a_mark_that_says_nothing_counts_as_missed() {
        let events = Events::default();
        let mark = events.mark();
        for other in [
            "",
            ".",
            "x.0",
            "0",
            &mark.replace(".0", ".1"),
            &mark.replace(".0", ".-1"),
        ] {
            assert!(missed(&events, Some(other)), "{other}");
        }
        assert!(missed(&Events::default(), Some(&mark)), "another process");
        events.lost();
        assert!(missed(&events, Some(&mark)), "notices were lost");
    }

    #[test]
    fn what_is_too_long_ago_counts_as_missed() {
        let events = Events::default();
        let mark = events.mark();
        (0..REMEMBERED).for_each(|_| change(&events, "zhao"));
        assert!(!missed(&events, Some(&mark)));
        change(&events, "zhao");
        assert!(missed(&events, Some(&mark)));
    }
}
