//! The system's clock: the only place of the program that asks what time it is.

use orders_domain::{Clock, Instant, to_millisecond};

/// The system's clock.
#[derive(Clone, Copy, Debug)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[allow(clippy::disallowed_methods)]
    fn now(&self) -> Instant {
        to_millisecond(chrono::Utc::now())
    }
}
