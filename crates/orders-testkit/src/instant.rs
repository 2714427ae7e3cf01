//! Points in time, written as people in the shops' zone (UTC+8) say them.

use chrono::{DateTime, NaiveDate, TimeDelta};
use orders_domain::{Day, Instant};

const ZONE: TimeDelta = TimeDelta::hours(8);

/// The instant of that date and time of day in UTC+8; the start of 1970 when there is no such date.
pub fn beijing(year: i32, month: u32, day: u32, hour: u32, minute: u32) -> Instant {
    NaiveDate::from_ymd_opt(year, month, day)
        .and_then(|date| date.and_hms_opt(hour, minute, 0))
        .map(|local| (local - ZONE).and_utc())
        .unwrap_or_default()
}

/// The day that it is in UTC+8 at `instant`.
pub fn beijing_day(instant: Instant) -> Day {
    (instant.naive_utc() + ZONE).date()
}

/// The "now" that builders start from: a Wednesday afternoon, 2026-03-18 15:00 in UTC+8, no holiday near.
pub fn usual_now() -> Instant {
    beijing(2026, 3, 18, 15, 0)
}

/// `minutes` after the start (in UTC+8) of the day that lies `days` before `now`.
pub(crate) fn days_ago(now: Instant, days: i64, minutes: i64) -> Instant {
    let midnight = beijing_day(now).and_time(chrono::NaiveTime::MIN).and_utc() - ZONE;
    to_second(midnight - TimeDelta::days(days) + TimeDelta::minutes(minutes))
}

/// `minutes` before `now`, to the second.
pub(crate) fn minutes_ago(now: Instant, minutes: i64) -> Instant {
    to_second(now - TimeDelta::minutes(minutes))
}

fn to_second(instant: Instant) -> Instant {
    DateTime::from_timestamp(instant.timestamp(), 0).unwrap_or_default()
}
