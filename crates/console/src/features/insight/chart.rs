//! A chart as plain data: what its picture is drawn from, its table is written from, too.

use storefront::format;
use storefront::words::{Lang, fill};

use super::words::Words;

/// What its figures are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// So many.
    Count,
    /// Of a thousand; shown in percent.
    Permille,
    /// Working days.
    Days,
    /// Minutes.
    Minutes,
}

/// How it is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A column for each place, of the series one above the other.
    Columns,
    /// A line for each series.
    Lines,
    /// A bar for each place, of the series one behind the other.
    Bars,
}

/// How a series looks: colour and pattern, so that neither is needed alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// The first thing to see.
    Main,
    /// The next.
    Second,
    /// To be careful about.
    Warn,
    /// What is bad.
    Bad,
    /// What is neither.
    Quiet,
    /// Nothing came of it.
    Empty,
}

impl Look {
    /// Every look.
    pub const ALL: [Self; 6] = [
        Self::Main,
        Self::Second,
        Self::Warn,
        Self::Bad,
        Self::Quiet,
        Self::Empty,
    ];

    /// Its name in the style sheet.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Main => "main",
            Self::Second => "second",
            Self::Warn => "warn",
            Self::Bad => "bad",
            Self::Quiet => "quiet",
            Self::Empty => "empty",
        }
    }
}

/// A place on the axis.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// As the axis calls it.
    pub short: String,
    /// As it is called where there is room.
    pub full: String,
}

/// Figures that belong together, one for each place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Series {
    /// What they are.
    pub name: String,
    /// How they look.
    pub look: Look,
    /// The figures; `None` where there is none, which is not nought.
    pub values: Vec<Option<i64>>,
}

/// A chart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chart {
    /// Unique on the page; names its parts there.
    pub key: &'static str,
    /// What it shows.
    pub title: String,
    /// What one sees on it, in a sentence or two.
    pub says: String,
    /// How it is drawn.
    pub kind: Kind,
    /// What its figures are.
    pub unit: Unit,
    /// What its places are: days, weeks, reasons.
    pub axis: &'static str,
    /// The places.
    pub places: Vec<Place>,
    /// The figures.
    pub series: Vec<Series>,
}

impl Chart {
    /// Whether there is nothing to be seen on it.
    pub fn is_empty(&self) -> bool {
        let values = self.series.iter().flat_map(|series| &series.values);
        let mut there = values.flatten();
        match self.unit {
            Unit::Count => there.all(|value| *value == 0),
            Unit::Permille | Unit::Days | Unit::Minutes => there.next().is_none(),
        }
    }

    /// The highest that its axis has to reach.
    pub fn most(&self) -> i64 {
        let at = |place: usize| {
            let values = self.series.iter();
            values.filter_map(move |series| series.values.get(place).copied().flatten())
        };
        let places = 0..self.places.len();
        let most = match self.kind {
            Kind::Columns | Kind::Bars => places.map(|place| at(place).sum()).max(),
            Kind::Lines => places.filter_map(|place| at(place).max()).max(),
        };
        most.unwrap_or_default()
    }

    /// What there is at a place, in words.
    pub fn at(&self, lang: Lang, place: usize) -> String {
        let words = Words::of(lang);
        let name = self.places.get(place).map_or("", |place| &place.full);
        let values: Vec<String> = self
            .series
            .iter()
            .map(|series| {
                let value = series.values.get(place).copied().flatten();
                let value = shown(lang, self.unit, value);
                fill(words.named, &[("name", &series.name), ("value", &value)])
            })
            .collect();
        let values = values.join(words.and);
        fill(words.named, &[("name", name), ("value", &values)])
    }
}

/// A figure with its unit.
pub fn shown(lang: Lang, unit: Unit, value: Option<i64>) -> String {
    let words = Words::of(lang);
    let Some(value) = value else {
        return words.none.to_owned();
    };
    match unit {
        Unit::Count => format::grouped(value),
        Unit::Permille => percent(value),
        Unit::Days if value == 1 => words.one_day.to_owned(),
        Unit::Days => fill(words.some_days, &[("n", &value.to_string())]),
        Unit::Minutes if value < 120 => fill(words.minutes, &[("n", &value.to_string())]),
        Unit::Minutes => {
            let (hours, minutes) = ((value / 60).to_string(), (value % 60).to_string());
            fill(words.hours, &[("h", &hours), ("n", &minutes)])
        }
    }
}

/// A figure on an axis, where the unit is told beside it.
pub fn marked(unit: Unit, value: i64) -> String {
    match unit {
        Unit::Permille if value % 10 == 0 => format!("{}%", value / 10),
        Unit::Permille => percent(value),
        Unit::Count | Unit::Days | Unit::Minutes => format::grouped(value),
    }
}

/// Tenths of a percent in percent.
pub fn percent(permille: i64) -> String {
    let sign = if permille < 0 { "−" } else { "" };
    let all = permille.abs();
    format!("{sign}{}.{}%", all / 10, all % 10)
}
