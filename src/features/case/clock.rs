//! The time that whoever's turn it is has, in a case or in a complaint: how much is left, and what follows when it is up.

use leptos::prelude::*;
use orders_api::Instant;

use crate::browser::{self, Interval};
use crate::format;

/// How often what is left of the time is told anew.
const TICK_MS: i32 = 10_000;
/// How long to wait before asking what followed when the time is up.
const FOLLOWS_WITHIN_MS: i32 = 3_000;

/// The seconds that are left until then, told anew as long as there is such a time; 0 when there is none. `time_is_up` is
/// called again and again once none are left.
pub fn left(until: Memo<Option<Instant>>, time_is_up: impl Fn() + Copy + 'static) -> Signal<i64> {
    let until = Memo::new(move |_| until.with(|until| format::epoch_seconds(until.as_ref()?)));
    let now = move |until: Option<i64>| until.map_or(0, |until| (until - browser::now_s()).max(0));
    let left = RwSignal::new(now(until.get_untracked()));
    let clock = StoredValue::new_local(None::<Interval>);
    Effect::new(move |_| {
        let Some(until) = until.get() else {
            clock.set_value(None);
            left.set(0);
            return;
        };
        let tick = move || {
            let seconds = now(Some(until));
            let before = left.try_get_untracked();
            if before.is_some_and(|before| before != seconds) {
                left.set(seconds);
            }
            if seconds == 0 {
                time_is_up();
            }
        };
        tick();
        clock.set_value(Interval::new(TICK_MS, tick));
    });
    on_cleanup(move || clock.dispose());
    left.into()
}

/// What follows by itself when the time is up comes within a minute: looks until it has, which is when `until` says
/// something else. `waits` keeps it from looking twice at once.
pub fn look_what_follows(
    waits: StoredValue<bool>,
    until: impl Fn() -> Option<Instant> + Copy + 'static,
    look: impl Fn() + Copy + 'static,
) {
    if waits.try_get_value() != Some(false) {
        return;
    }
    waits.set_value(true);
    let before = until();
    browser::after(FOLLOWS_WITHIN_MS, move || {
        // The page may be gone by now.
        if waits.try_set_value(false).is_some() {
            return;
        }
        if before.is_some() && until() == before {
            look();
            look_what_follows(waits, until, look);
        }
    });
}
