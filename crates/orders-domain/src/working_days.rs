//! Chinese working days: the weekend rule, public holidays, and make-up days (调休), from data per year.

use std::collections::BTreeMap;

use chrono::{Datelike, Weekday};

use crate::Day;

/// The working days of the years it has data for. Other years follow the weekend rule and are estimates.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Calendar {
    pub(crate) years: BTreeMap<i32, YearDays>,
}

/// What a year's notice changes about the weekend rule.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct YearDays {
    /// Public holidays.
    pub holidays: Vec<Day>,
    /// Saturdays and Sundays that are worked.
    pub workdays: Vec<Day>,
}

impl Calendar {
    /// Whether there is data for `year`.
    pub fn knows(&self, year: i32) -> bool {
        self.years.contains_key(&year)
    }

    /// Whether people work on `day`. An estimate when the calendar does not know the year.
    pub fn is_working_day(&self, day: Day) -> bool {
        match self.years.get(&day.year()) {
            Some(year) if year.holidays.contains(&day) => false,
            Some(year) if year.workdays.contains(&day) => true,
            _ => !is_weekend(day),
        }
    }

    /// The `n`th working day after `day`, and whether it is an estimate because a day on the way
    /// lies in a year without data. With `n` = 0 it is `day` itself, whatever day that is.
    pub fn add_working_days(&self, day: Day, n: u32) -> (Day, bool) {
        let mut day = day;
        let mut estimated = false;
        let mut left = n;
        while left > 0 {
            // The end of chrono's calendar, in the year 262142, is nobody's pay day.
            let Some(next) = day.succ_opt() else { break };
            day = next;
            estimated |= !self.knows(day.year());
            if self.is_working_day(day) {
                left -= 1;
            }
        }
        (day, estimated)
    }
}

/// Whether `day` is a Saturday or Sunday.
pub(crate) fn is_weekend(day: Day) -> bool {
    matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
}
