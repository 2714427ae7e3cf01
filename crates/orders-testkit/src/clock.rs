//! A clock that stands still until a test moves it.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{DateTime, TimeDelta};
use orders_domain::{Clock, Instant};

/// A clock that shows what it was set to. Its clones are the same clock, so that a test keeps one
/// in its hand while the program under test reads another.
#[derive(Clone, Debug)]
pub struct FixedClock {
    milliseconds: Arc<AtomicI64>,
}

impl FixedClock {
    /// A clock that shows `now`, cut to the millisecond.
    pub fn at(now: Instant) -> Self {
        Self {
            milliseconds: Arc::new(AtomicI64::new(now.timestamp_millis())),
        }
    }

    /// Sets it, forward or back.
    pub fn set(&self, now: Instant) {
        self.milliseconds
            .store(now.timestamp_millis(), Ordering::SeqCst);
    }

    /// Moves it by `step` and gives back what it shows then.
    pub fn advance(&self, step: TimeDelta) -> Instant {
        self.milliseconds
            .fetch_add(step.num_milliseconds(), Ordering::SeqCst);
        self.now()
    }
}

impl Clock for FixedClock {
    fn now(&self) -> Instant {
        DateTime::from_timestamp_millis(self.milliseconds.load(Ordering::SeqCst))
            .unwrap_or_default()
    }
}
