//! Figures as comma-separated values (RFC 4180), for programs that calculate with them.

use std::fmt::Display;

use orders_api::{
    DecisionFigures, Insight, InsightCourse, KeptFigures, NumberFigure, RefundFigures,
};

/// Which of the charts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Table {
    /// Orders, and by whom they were cancelled.
    Cancellations,
    /// Why.
    Reasons,
    /// Refunds against what was promised.
    Refunds,
    /// In how many working days refunds arrived.
    ArrivalDays,
    /// Refunds by their way.
    Channels,
    /// The chat.
    Support,
    /// How many conversations had each note.
    Ratings,
    /// After-sale cases.
    Cases,
    /// Complaints.
    Complaints,
    /// How long decisions took.
    Decisions,
}

impl Table {
    const ALL: [Self; 10] = [
        Self::Cancellations,
        Self::Reasons,
        Self::Refunds,
        Self::ArrivalDays,
        Self::Channels,
        Self::Support,
        Self::Ratings,
        Self::Cases,
        Self::Complaints,
        Self::Decisions,
    ];

    /// Its name in the query and in the name of the file.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Cancellations => "cancellations",
            Self::Reasons => "reasons",
            Self::Refunds => "refunds",
            Self::ArrivalDays => "arrival_days",
            Self::Channels => "channels",
            Self::Support => "support",
            Self::Ratings => "ratings",
            Self::Cases => "cases",
            Self::Complaints => "complaints",
            Self::Decisions => "decisions",
        }
    }

    /// The one of that name.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|table| table.code() == code)
    }

    /// The figures as a text. The columns are called what the API calls them, in every language; ends of lines are CR and LF.
    pub fn text(self, insight: &Insight) -> String {
        match self {
            Self::Cancellations => by_step(
                &insight.cancellations,
                &[
                    "placed",
                    "cancelled",
                    "by_shopper",
                    "by_seller",
                    "by_staff",
                    "by_timeout",
                    "cancelled_per_thousand",
                ],
                |of| {
                    let numbers = [
                        of.placed,
                        of.cancelled,
                        of.by_shopper,
                        of.by_seller,
                        of.by_staff,
                        of.by_timeout,
                    ];
                    let mut cells = numbers.map(|number| number.to_string()).to_vec();
                    cells.push(maybe(of.rate));
                    cells
                },
            ),
            Self::Reasons => {
                let mut text = line(&["code", "label", "by", "count", "before"]);
                for reason in &insight.reasons {
                    let (count, before) = (reason.count.to_string(), reason.before.to_string());
                    text += &line(&[
                        &reason.code,
                        &reason.label,
                        reason.by.code(),
                        &count,
                        &before,
                    ]);
                }
                text
            }
            Self::Refunds => by_step(&insight.refunds, &REFUNDS, refunds),
            Self::ArrivalDays => by_number("working_days", &insight.arrival_days),
            Self::Channels => {
                let head: Vec<_> = std::iter::once("channel").chain(REFUNDS).collect();
                let mut text = line(&head);
                for of in &insight.refunds_by_channel {
                    let mut row = vec![of.channel.code().to_owned()];
                    row.extend(refunds(&of.figures));
                    text += &line(&row.iter().map(String::as_str).collect::<Vec<_>>());
                }
                text
            }
            Self::Decisions => decisions(&insight.decisions),
            Self::Ratings => by_number("rating", &insight.ratings),
            Self::Support => by_step(
                &insight.support,
                &[
                    "begun",
                    "in_hours",
                    "outside",
                    "answered",
                    "waiting",
                    "unanswered",
                    "left_on_time",
                    "left_late",
                    "left_open",
                    "left_overdue",
                    "left_ended",
                    "answer_minutes_median",
                    "answer_minutes_p90",
                    "wait_minutes_median",
                    "wait_minutes_p90",
                    "rated",
                    "rating_tenths",
                ],
                |of| {
                    let numbers = [
                        of.begun,
                        of.in_hours,
                        of.outside,
                        of.answered,
                        of.waiting,
                        of.unanswered,
                    ];
                    let mut cells = numbers.map(|number| number.to_string()).to_vec();
                    cells.extend(kept(&of.left));
                    cells.push(of.left_ended.to_string());
                    let minutes = [of.answer_median, of.answer_p90, of.wait_median, of.wait_p90];
                    cells.extend(minutes.map(maybe));
                    cells.extend([of.rated.to_string(), maybe(of.rating)]);
                    cells
                },
            ),
            Self::Cases => by_step(
                &insight.cases,
                &[
                    "opened",
                    "waiting",
                    "granted",
                    "rejected",
                    "withdrawn",
                    "lapsed",
                    "appealed",
                    "merchant_late",
                ],
                |of| {
                    let numbers = [
                        of.opened,
                        of.waiting,
                        of.granted,
                        of.rejected,
                        of.withdrawn,
                        of.lapsed,
                        of.appealed,
                        of.merchant_late,
                    ];
                    numbers.map(|number| number.to_string()).to_vec()
                },
            ),
            Self::Complaints => by_step(
                &insight.complaints,
                &[
                    "opened",
                    "waiting",
                    "proposed",
                    "disputed",
                    "resolved",
                    "withdrawn",
                    "closed",
                    "ever_disputed",
                    "overdue",
                ],
                |of| {
                    let numbers = [
                        of.opened,
                        of.waiting,
                        of.proposed,
                        of.disputed,
                        of.resolved,
                        of.withdrawn,
                        of.closed,
                        of.ever_disputed,
                        of.overdue,
                    ];
                    numbers.map(|number| number.to_string()).to_vec()
                },
            ),
        }
    }
}

/// The columns of refunds.
const REFUNDS: [&str; 16] = [
    "made",
    "failed",
    "started_on_time",
    "started_late",
    "start_open",
    "start_overdue",
    "arrived_on_time",
    "arrived_late",
    "arrival_open",
    "arrival_overdue",
    "started_per_thousand",
    "arrived_per_thousand",
    "start_days_median",
    "start_days_p90",
    "arrival_days_median",
    "arrival_days_p90",
];

fn refunds(of: &RefundFigures) -> Vec<String> {
    let mut cells = vec![of.made.to_string(), of.failed.to_string()];
    cells.extend(kept(&of.started));
    cells.extend(kept(&of.arrived));
    cells.extend([of.started.rate, of.arrived.rate].map(maybe));
    let days = [
        of.start_median,
        of.start_p90,
        of.arrival_median,
        of.arrival_p90,
    ];
    cells.extend(days.map(maybe));
    cells
}

/// A line for each kind of decision.
fn decisions(figures: &[DecisionFigures]) -> String {
    let mut text = line(&[
        "kind",
        "opened",
        "decided",
        "waiting",
        "ended",
        "minutes_median",
        "minutes_p90",
        "minutes_median_before",
    ]);
    for of in figures {
        let mut row = vec![of.kind.code().to_owned()];
        let counts = [of.opened, of.decided, of.waiting, of.ended];
        row.extend(counts.map(|count| count.to_string()));
        row.extend([of.median, of.p90, of.median_before].map(maybe));
        text += &line(&row.iter().map(String::as_str).collect::<Vec<_>>());
    }
    text
}

/// A line for each number, with how many there are of it.
fn by_number(name: &str, figures: &[NumberFigure]) -> String {
    let mut text = line(&[name, "count"]);
    for of in figures {
        text += &line(&[&of.number.to_string(), &of.count.to_string()]);
    }
    text
}

/// A line for each day or week, with its first and last day before the cells.
fn by_step<T>(
    course: &InsightCourse<T>,
    names: &[&str],
    cells: impl Fn(&T) -> Vec<String>,
) -> String {
    let head: Vec<&str> = ["from", "to"]
        .into_iter()
        .chain(names.iter().copied())
        .collect();
    let mut text = line(&head);
    for point in &course.steps {
        let mut row = vec![point.from.0.clone(), point.to.0.clone()];
        row.extend(cells(&point.figures));
        text += &line(&row.iter().map(String::as_str).collect::<Vec<_>>());
    }
    text
}

fn kept(of: &KeptFigures) -> [String; 4] {
    [of.on_time, of.late, of.open, of.overdue].map(|number| number.to_string())
}

/// Nothing where there is no number.
fn maybe(number: Option<impl Display>) -> String {
    number.map_or_else(String::new, |number| number.to_string())
}

fn line(cells: &[&str]) -> String {
    let cells: Vec<String> = cells.iter().map(|cell| quoted(cell)).collect();
    cells.join(",") + "\r\n"
}

/// A cell. What a spreadsheet would take for a formula gets an apostrophe in front, with which it is a text there (OWASP,
/// CSV injection; those of Chinese and Japanese take the wide signs, too): the words of reasons are the shop's.
fn quoted(cell: &str) -> String {
    let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    let number = cell.parse::<i64>().is_ok();
    let cell = if formula && !number {
        format!("'{cell}")
    } else {
        cell.to_owned()
    };
    if cell.contains([',', '"', '\r', '\n']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_quoted_where_it_has_to_be_and_never_a_formula() {
        for (cell, expected) in [
            ("", ""),
            ("买错了", "买错了"),
            ("a b", "a b"),
            ("a,b", "\"a,b\""),
            ("say \"so\"", "\"say \"\"so\"\"\""),
            ("two\nlines", "\"two\nlines\""),
            ("=1+1", "'=1+1"),
            ("+1", "+1"),
            ("-1", "-1"),
            ("-1+cmd", "'-1+cmd"),
            ("@sum(a)", "'@sum(a)"),
            ("\tx", "'\tx"),
            ("＝1+1", "'＝1+1"),
            ("＠sum", "'＠sum"),
            ("=\"a\",b", "\"'=\"\"a\"\",b\""),
        ] {
            assert_eq!(quoted(cell), expected, "{cell:?}");
        }
    }

    #[test]
    fn every_table_is_found_by_its_name() {
        for table in Table::ALL {
            assert_eq!(Table::from_code(table.code()), Some(table));
        }
        assert_eq!(Table::from_code("orders"), None);
    }
}
