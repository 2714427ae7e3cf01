//! The clock that stands still.

use chrono::TimeDelta;
use orders_domain::Clock;
use orders_testkit::{FixedClock, beijing, beijing_day, usual_now};

#[test]
fn a_fixed_clock_stands_still_until_it_is_moved() {
    let clock = FixedClock::at(usual_now());
    assert_eq!(clock.now(), usual_now());
    assert_eq!(clock.now(), usual_now());
    clock.advance(TimeDelta::minutes(5));
    assert_eq!(clock.now(), usual_now() + TimeDelta::minutes(5));
    clock.set(beijing(2026, 1, 1, 0, 0));
    assert_eq!(clock.now().to_string(), "2025-12-31 16:00:00 UTC");
}

#[test]
fn clones_of_a_clock_are_the_same_clock() {
    let clock = FixedClock::at(usual_now());
    let other = clock.clone();
    clock.set(beijing(2027, 5, 6, 7, 8));
    assert_eq!(other.now(), clock.now());
}

#[test]
fn days_begin_in_beijing() {
    let late = beijing(2026, 3, 18, 0, 30);
    assert_eq!(beijing_day(late).to_string(), "2026-03-18");
    assert_eq!(late.date_naive().to_string(), "2026-03-17");
}
