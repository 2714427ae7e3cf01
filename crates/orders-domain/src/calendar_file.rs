//! Calendars as they are written: one TOML file per year, after the State Council's notice.

use chrono::Datelike;

use crate::{Calendar, PolicyError, YearDays, toml_table::Table, working_days::is_weekend};

impl Calendar {
    /// The years that the program comes with: file name and text.
    pub const fn built_in() -> [(&'static str, &'static str); 3] {
        [
            (
                "calendar/cn-2024.toml",
                include_str!("../../../policies/calendar/cn-2024.toml"),
            ),
            (
                "calendar/cn-2025.toml",
                include_str!("../../../policies/calendar/cn-2025.toml"),
            ),
            (
                "calendar/cn-2026.toml",
                include_str!("../../../policies/calendar/cn-2026.toml"),
            ),
        ]
    }

    /// Reads a calendar from pairs of file name and text, one for each year.
    ///
    /// # Errors
    /// The first mistake, with file, key and reason: a day that is none, a day outside its year, a make-up workday
    /// that is no weekend, a day twice, a year twice.
    pub fn parse(files: &[(&str, &str)]) -> Result<Self, PolicyError> {
        let mut calendar = Self::default();
        for (file, text) in files {
            let mut table = Table::parse(file, text)?;
            let year = i32::try_from(table.number("year", 1949, 9999)?).unwrap_or_default();
            if calendar.knows(year) {
                return Err(table.error("year", &format!("{year} is there twice")));
            }
            table.text("source")?;
            let holidays = table.days("holidays")?;
            let workdays = table.days("workdays")?;
            for (key, days) in [("holidays", &holidays), ("workdays", &workdays)] {
                for (index, day) in days.iter().enumerate() {
                    let at = format!("{key}[{index}]");
                    if day.year() != year {
                        return Err(table.error(&at, &format!("{day} is not in {year}")));
                    }
                    if days[..index].contains(day) {
                        return Err(table.error(&at, &format!("{day} is there twice")));
                    }
                }
            }
            for (index, day) in workdays.iter().enumerate() {
                let at = format!("workdays[{index}]");
                if !is_weekend(*day) {
                    return Err(table.error(&at, &format!("{day} is no Saturday or Sunday")));
                }
                if holidays.contains(day) {
                    return Err(table.error(&at, &format!("{day} is a holiday as well")));
                }
            }
            table.finish()?;
            calendar.years.insert(year, YearDays { holidays, workdays });
        }
        Ok(calendar)
    }
}
