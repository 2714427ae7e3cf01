//! What staff see as charts: how many of what began in a period, what became of it, and how long that took (S3).
//!
//! Everything counts on the day on which it began, in the shop's time zone: an order on the day on which it was placed, a
//! refund on the day on which it was made ready. So the parts of each number add up to it, and a rate is never above one.

use std::collections::BTreeMap;

use chrono::{Datelike, Days};
use serde::{Deserialize, Serialize};

use crate::Day;
use crate::codes::codes;

/// The longest period, in days: a leap year.
pub const INSIGHT_DAYS_MAX: i64 = 366;
/// Longer periods are told by weeks: more bars than this are not to be told apart on a telephone.
const DAILY_AT_MOST: i64 = 62;

/// Days, first and last included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// The first.
    pub from: Day,
    /// The last; not before the first.
    pub to: Day,
}

/// Into what a period is cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum InsightStep {
    /// Days.
    Day,
    /// Weeks from Monday to Sunday; the first and the last may be shorter.
    Week,
}

codes!(InsightStep {
    Day => "day",
    Week => "week",
});

impl Period {
    /// How many days.
    pub fn days(self) -> i64 {
        (self.to - self.from).num_days() + 1
    }

    /// Whether it has that day.
    pub fn has(self, day: Day) -> bool {
        (self.from..=self.to).contains(&day)
    }

    /// As many days, directly before; `None` at the beginning of the calendar.
    pub fn before(self) -> Option<Self> {
        let days = Days::new(u64::try_from(self.days()).ok()?);
        Some(Self {
            from: self.from.checked_sub_days(days)?,
            to: self.from.pred_opt()?,
        })
    }

    /// By what it is told.
    pub fn step(self) -> InsightStep {
        if self.days() > DAILY_AT_MOST {
            InsightStep::Week
        } else {
            InsightStep::Day
        }
    }

    /// Its days or weeks, which follow one another without gaps.
    pub fn steps(self) -> Vec<Self> {
        let mut steps: Vec<Self> = Vec::new();
        for day in self.from.iter_days().take_while(|day| *day <= self.to) {
            let goes_on = match self.step() {
                InsightStep::Day => false,
                InsightStep::Week => day.weekday() != chrono::Weekday::Mon,
            };
            match steps.last_mut().filter(|_| goes_on) {
                Some(last) => last.to = day,
                None => steps.push(Self { from: day, to: day }),
            }
        }
        steps
    }
}

/// Numbers of a period, of each of its steps, and of the period before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Course<T> {
    /// Of the period.
    pub total: T,
    /// Of the one before.
    pub before: T,
    /// Of its steps.
    pub steps: Vec<(Period, T)>,
}

impl<T: Default> Course<T> {
    /// Nothing yet.
    pub fn of(period: Period) -> Self {
        let steps = period.steps().into_iter();
        Self {
            total: T::default(),
            before: T::default(),
            steps: steps.map(|step| (step, T::default())).collect(),
        }
    }

    /// Adds what began on `day`. What is later than the period is in nothing, and what is earlier counts as of the period
    /// before: nobody asks for more than both.
    pub fn add(&mut self, day: Day, put: impl Fn(&mut T)) {
        let place = self.steps.partition_point(|(step, _)| step.to < day);
        let Some((step, one)) = self.steps.get_mut(place) else {
            return;
        };
        if step.has(day) {
            put(one);
            put(&mut self.total);
        } else {
            put(&mut self.before);
        }
    }
}

/// How many there are of each number.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Spread {
    counts: BTreeMap<i64, u64>,
}

impl Spread {
    /// One more.
    pub fn add(&mut self, number: i64) {
        *self.counts.entry(number).or_default() += 1;
    }

    /// How many numbers there are.
    pub fn count(&self) -> u64 {
        self.counts.values().sum()
    }

    /// Each number with how many there are of it, the smallest first.
    pub fn counts(&self) -> impl Iterator<Item = (i64, u64)> {
        self.counts.iter().map(|(number, count)| (*number, *count))
    }

    /// The smallest number that at least `percent` of all do not exceed (the nearest rank); `None` of nothing.
    pub fn percentile(&self, percent: u64) -> Option<i64> {
        let rank = (self.count() * percent).div_ceil(100).max(1);
        let mut below = 0;
        self.counts().find_map(|(number, count)| {
            below += count;
            (below >= rank).then_some(number)
        })
    }

    /// The middle one; of an even count the lower of both.
    pub fn median(&self) -> Option<i64> {
        self.percentile(50)
    }
}

/// `part` of `all` in tenths of a percent, rounded half up; `None` of nothing.
pub fn permille(part: u64, all: u64) -> Option<u64> {
    (part * 2_000 + all).checked_div(all * 2)
}
