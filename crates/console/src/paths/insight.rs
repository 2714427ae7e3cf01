//! The address of the charts: which days, and of which shop.

use orders_api::{Day, InsightPeriod, Instant, segment, staff_insight_table};
use storefront::format;

use super::{HOME, value};

/// How many days are shown without being told.
const DAYS: u32 = 30;
/// The longest period that the server counts, in days.
const DAYS_MAX: i64 = 366;
const DAY_S: i64 = 86_400;

/// Which days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Span {
    /// The last so many, today included.
    Last(u32),
    /// From one day to another, as `YYYY-MM-DD`.
    Days(String, String),
}

impl Span {
    /// How many days there are to choose from at once.
    pub const LAST: [u32; 3] = [7, DAYS, 90];

    /// From one day to another; `None` when they are no period that can be counted.
    pub fn between(from: &str, to: &str) -> Option<Self> {
        let days = (day_number(to)? - day_number(from)?) + 1;
        let possible = (1..=DAYS_MAX).contains(&days);
        possible.then(|| Self::Days(from.to_owned(), to.to_owned()))
    }
}

/// Days since 1970 of `YYYY-MM-DD`; `None` when it is no day.
fn day_number(day: &str) -> Option<i64> {
    let at = Instant(format!("{day}T00:00:00Z"));
    let seconds = format::epoch_seconds(&at)?;
    // What is written otherwise, or is no day of the calendar, comes back as another text.
    (format::instant(seconds) == at).then_some(seconds / DAY_S)
}

/// What is asked for of the charts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InsightQuery {
    /// Which days.
    pub span: Span,
    /// Of which shop; of all without.
    pub shop: Option<String>,
}

impl Default for InsightQuery {
    fn default() -> Self {
        Self {
            span: Span::Last(DAYS),
            shop: None,
        }
    }
}

impl InsightQuery {
    pub(super) fn parse(query: &str) -> Self {
        let last = value(query, "days").and_then(|days| days.parse().ok());
        let last = last
            .filter(|days| Span::LAST.contains(days))
            .map(Span::Last);
        let own = || Span::between(&value(query, "from")?, &value(query, "to")?);
        Self {
            span: last.or_else(own).unwrap_or(Span::Last(DAYS)),
            shop: value(query, "shop").filter(|shop| !shop.is_empty()),
        }
    }

    /// The days that it means, when it is `now` in seconds since 1970.
    pub fn days(&self, now: i64) -> InsightPeriod {
        match &self.span {
            Span::Last(count) => {
                let ago = (i64::from(*count) - 1) * DAY_S;
                InsightPeriod {
                    from: format::day_of(&format::instant(now - ago)),
                    to: format::day_of(&format::instant(now)),
                }
            }
            Span::Days(from, to) => InsightPeriod {
                from: Day(from.clone()),
                to: Day(to.clone()),
            },
        }
    }
}

/// The charts.
pub fn insight(query: &InsightQuery) -> String {
    let mut asked = match &query.span {
        Span::Last(DAYS) => Vec::new(),
        Span::Last(days) => vec![format!("days={days}")],
        Span::Days(from, to) => vec![format!("from={from}&to={to}")],
    };
    asked.extend(
        query
            .shop
            .iter()
            .map(|shop| format!("shop={}", segment(shop))),
    );
    let mark = if asked.is_empty() { "" } else { "?" };
    format!("{HOME}/insight{mark}{}", asked.join("&"))
}

/// Days and shop, as a query of the API.
pub fn insight_days(days: &InsightPeriod, shop: Option<&str>) -> String {
    let mut text = format!("from={}&to={}", days.from.0, days.to.0);
    if let Some(shop) = shop {
        text.push_str("&shop=");
        text.push_str(&segment(shop));
    }
    text
}

/// Where the figures `of` a chart are to be had as a file.
pub fn insight_table(of: &str, days: &InsightPeriod, shop: Option<&str>) -> String {
    staff_insight_table(&format!("of={of}&{}", insight_days(days, shop)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_days_end_today_in_beijing() {
        // Half past midnight of the 19th in Beijing.
        let now = format::epoch_seconds(&Instant("2026-03-18T16:30:00Z".to_owned()));
        let days = InsightQuery::default().days(now.expect("an instant"));
        assert_eq!(
            (days.from.0.as_str(), days.to.0.as_str()),
            ("2026-02-18", "2026-03-19")
        );
    }

    #[test]
    fn what_is_no_period_is_not_asked_for() {
        for (from, to, possible) in [
            ("2026-03-01", "2026-03-01", true),
            ("2026-03-02", "2026-03-01", false),
            ("2025-03-01", "2026-03-01", true),
            ("2025-02-28", "2026-03-01", false),
            ("2026-02-30", "2026-03-01", false),
            ("", "2026-03-01", false),
            ("2026-3-01", "2026-03-01", false),
        ] {
            assert_eq!(Span::between(from, to).is_some(), possible, "{from} {to}");
        }
    }
}
