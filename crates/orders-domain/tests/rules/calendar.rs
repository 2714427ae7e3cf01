//! Working days, and the files they come from.

use chrono::{Datelike, Days};
use orders_domain::{Calendar, RefundClock};

use crate::sample::{calendar, day};

/// The working days of each month as bits, the first day lowest. Made with the PyPI package chinesecalendar 1.11.0,
/// which was made by others from the same notices.
const RECORDED: [(i32, [u32; 12]); 3] = [
    (
        2024,
        [
            0x73e7cf9e, 0x1e7e01fb, 0x1f3e7cf9, 0x3be7cfc7, 0x7cf9f7e0, 0x0f9f3c7c, 0x73e7cf9f,
            0x3e7cf9f3, 0x37ce3f3e, 0x79f3ef80, 0x1f3e7cf9, 0x67cf9f3e,
        ],
    ),
    (
        2025,
        [
            0x06f9f3e6, 0x0f9f3ef0, 0x4f9f3e7c, 0x3df3e7c7, 0x3e7cf9e0, 0x27cf9f3c, 0x79f3e7cf,
            0x1f3e7cf9, 0x3be7cf9f, 0x7cf9f700, 0x0f9f3e7c, 0x73e7cf9f,
        ],
    ),
    (
        2026,
        [
            0x3e7cf9f8, 0x0f803f3e, 0x67cf9f3e, 0x3cf9f3c7, 0x1f3e7de0, 0x33e3cf9f, 0x7cf9f3e7,
            0x4f9f3e7c, 0x38fbe7cf, 0x3e7cfb80, 0x27cf9f3e, 0x79f3e7cf,
        ],
    ),
];

#[test]
fn every_day_of_the_known_years_is_as_recorded() {
    let calendar = calendar();
    for (year, months) in RECORDED {
        let mut today = day(&format!("{year}-01-01"));
        while today.year() == year {
            let bits = months[today.month0() as usize];
            let expected = bits >> today.day0() & 1 == 1;
            assert_eq!(calendar.is_working_day(today), expected, "{today}");
            today = today + Days::new(1);
        }
    }
}

#[test]
fn working_days_are_counted_across_holidays_and_make_up_days() {
    let table = [
        // Before Spring Festival 2026: Saturday the 14th is worked, the 15th to 23rd are free.
        ("2026-02-13", 1, "2026-02-14", false),
        ("2026-02-13", 2, "2026-02-24", false),
        ("2026-02-02", 7, "2026-02-11", false),
        ("2026-02-02", 10, "2026-02-14", false),
        ("2026-02-02", 11, "2026-02-24", false),
        // National Day 2026: the 1st to 7th are free, Saturday the 10th is worked.
        ("2026-09-30", 1, "2026-10-08", false),
        ("2026-09-30", 3, "2026-10-10", false),
        ("2026-09-30", 4, "2026-10-12", false),
        // None at all: the day itself, also on a holiday and in an unknown year.
        ("2026-10-03", 0, "2026-10-03", false),
        ("2031-10-03", 0, "2031-10-03", false),
        // Into a year without data: the weekend rule, as an estimate.
        ("2026-12-30", 1, "2026-12-31", false),
        ("2026-12-30", 2, "2027-01-01", true),
        ("2026-12-31", 3, "2027-01-05", true),
        ("2023-12-29", 1, "2024-01-02", true),
    ];
    for (from, n, to, estimated) in table {
        let found = calendar().add_working_days(day(from), n);
        assert_eq!(found, (day(to), estimated), "{from} + {n}");
    }
}

#[test]
fn counting_stops_at_the_end_of_time() {
    let last = chrono::NaiveDate::MAX;
    assert_eq!(calendar().add_working_days(last, 3), (last, false));
}

#[test]
fn a_promise_is_an_estimate_as_soon_as_one_of_its_days_is() {
    let clock = RefundClock {
        starts_within: 3,
        arrives_from: 7,
        arrives_within: 10,
        processed_from: 4,
        processed_within: 7,
    };
    let promise = clock.promise(calendar(), day("2026-12-18"));
    assert_eq!(promise.starts_by, day("2026-12-23"));
    assert_eq!(promise.arrives_from, day("2026-12-29"));
    assert_eq!(promise.arrives_by, day("2027-01-01"));
    assert!(promise.estimated);
}

fn refused(text: &str, key: &str, reason: &str) {
    let error = Calendar::parse(&[("cn-2026.toml", text)]).unwrap_err();
    let found = (
        error.file.as_str(),
        error.key.as_str(),
        error.reason.as_str(),
    );
    assert_eq!(found, ("cn-2026.toml", key, reason), "{text}");
}

/// A calendar file with these days.
fn year(holidays: &str, workdays: &str) -> String {
    format!(
        "year = 2026\nsource = \"a notice\"\nholidays = [{holidays}]\nworkdays = [{workdays}]\n"
    )
}

#[test]
fn mistakes_in_a_calendar_are_named() {
    refused("", "year", "is missing");
    refused("year = -1", "year", "-1 is negative");
    refused("year = \"2026\"", "year", "must be a whole number");
    refused("year = 2026", "source", "is missing");
    refused(
        &year("2025-10-01", ""),
        "holidays[0]",
        "2025-10-01 is not in 2026",
    );
    refused(
        &year("", "2027-01-02"),
        "workdays[0]",
        "2027-01-02 is not in 2026",
    );
    refused(
        &year("", "2026-01-05"),
        "workdays[0]",
        "2026-01-05 is no Saturday or Sunday",
    );
    refused(
        &year("2026-01-04", "2026-01-04"),
        "workdays[0]",
        "2026-01-04 is a holiday as well",
    );
    refused(
        &year("2026-01-01, 2026-01-01", ""),
        "holidays[1]",
        "2026-01-01 is there twice",
    );
    refused(
        &year("\"2026-02-30\"", ""),
        "holidays[0]",
        "is not a day (YYYY-MM-DD)",
    );
    refused(
        &year("2026-01-01T00:00:00Z", ""),
        "holidays[0]",
        "is not a day (YYYY-MM-DD)",
    );
    refused(&year("1", ""), "holidays[0]", "is not a day (YYYY-MM-DD)");
    refused(
        &format!("{}extra = 1", year("", "")),
        "extra",
        "is not known here",
    );
    refused(
        "year = 2026\nholidays = 3\nsource = \"x\"",
        "holidays",
        "must be a list of days",
    );
}

#[test]
fn a_year_may_be_given_only_once() {
    let text = year("", "");
    let error = Calendar::parse(&[("a.toml", &text), ("b.toml", &text)]).unwrap_err();
    assert_eq!(error.to_string(), "b.toml: year: 2026 is there twice");
}
