//! When somebody answers in the chat, and by when what was left is answered.

use chrono::TimeDelta;
use orders_domain::*;
use proptest::prelude::*;

use crate::sample::{calendar, instant, policy, policy_text, policy_with};

/// Open from 9 to 21 o'clock in Beijing, on these days.
fn open_on(days: &str) -> Policy {
    policy_with("tepai", "days = \"daily\"", &format!("days = \"{days}\""))
}

#[test]
fn the_chat_is_open_in_the_shop_s_own_hours() {
    // Wednesday the 30th is worked; the 1st is a holiday; Saturday the 10th is a make-up day.
    for (now, daily, working) in [
        ("2026-09-30T00:59:59Z", false, false),
        ("2026-09-30T01:00:00Z", true, true),
        ("2026-09-30T12:59:59Z", true, true),
        ("2026-09-30T13:00:00Z", false, false),
        ("2026-10-01T04:00:00Z", true, false),
        ("2026-10-10T04:00:00Z", true, true),
        ("2026-10-11T04:00:00Z", true, false),
    ] {
        let at = instant(now);
        let found = |days| open_on(days).chat_is_open(calendar(), at);
        assert_eq!(found("daily"), Some(daily), "{now}, daily");
        assert_eq!(found("working_days"), Some(working), "{now}, working days");
    }
}

#[test]
fn what_is_left_is_answered_some_hours_after_the_next_opening() {
    for (days, now, opens, due) in [
        (
            "daily",
            "2026-09-30T13:00:00Z",
            "2026-10-01T01:00:00Z",
            "2026-10-01T13:00:00Z",
        ),
        (
            "daily",
            "2026-09-30T16:30:00Z",
            "2026-10-01T01:00:00Z",
            "2026-10-01T13:00:00Z",
        ),
        (
            "daily",
            "2026-09-30T02:00:00Z",
            "2026-09-30T02:00:00Z",
            "2026-09-30T14:00:00Z",
        ),
        // Over the whole holiday, from the 1st to the 7th.
        (
            "working_days",
            "2026-09-30T13:00:00Z",
            "2026-10-08T01:00:00Z",
            "2026-10-08T13:00:00Z",
        ),
    ] {
        let (policy, at) = (open_on(days), instant(now));
        assert_eq!(
            policy.chat_opens(calendar(), at),
            Some(instant(opens)),
            "{now}"
        );
        assert_eq!(
            policy.chat_answer_due(calendar(), at),
            Some(instant(due)),
            "{now}"
        );
    }
}

#[test]
fn the_chat_closes_at_the_end_of_the_day_unless_it_goes_on() {
    let whole = policy_with("tepai", "open = \"09:00\"", "open = \"00:00\"");
    let closes = |policy: &Policy, now| policy.chat_closes(calendar(), instant(now));
    for (now, expected) in [
        ("2026-09-30T00:59:59Z", None),
        ("2026-09-30T01:00:00Z", Some("2026-09-30T13:00:00Z")),
        ("2026-09-30T12:59:59Z", Some("2026-09-30T13:00:00Z")),
        ("2026-09-30T13:00:00Z", None),
    ] {
        assert_eq!(
            closes(&open_on("daily"), now),
            expected.map(instant),
            "{now}"
        );
    }
    let evening = "2026-09-30T15:00:00Z";
    let midnight = Some(instant("2026-09-30T16:00:00Z"));
    assert_eq!(closes(policy("wanfu"), evening), midnight);
    // From midnight to nine in the evening, and from midnight on again.
    let nine = Some(instant("2026-09-30T13:00:00Z"));
    assert_eq!(closes(&whole, "2026-09-29T18:00:00Z"), nine);
}

#[test]
fn who_is_likely_still_waiting_at_closing_time_is_told_of_the_promise() {
    // Half an hour before nine in the evening.
    let (policy, now) = (open_on("daily"), instant("2026-09-30T12:30:00Z"));
    let due = Some(instant("2026-10-01T13:00:00Z"));
    for (wait, expected) in [
        (LikelyWait::Minutes(1), None),
        (LikelyWait::Minutes(29), None),
        (LikelyWait::Minutes(30), due),
        (LikelyWait::Minutes(i64::MAX), due),
        (LikelyWait::Longer, None),
    ] {
        let found = wait.answered_by(&policy, calendar(), now);
        assert_eq!(found, expected, "{wait:?}");
    }
    let shut = instant("2026-09-30T13:30:00Z");
    let found = LikelyWait::Minutes(30).answered_by(&policy, calendar(), shut);
    assert_eq!(found, None, "nobody moves on");
}

#[test]
fn nights_and_holidays_are_no_time_in_which_the_chat_was_open() {
    for (days, from, to, minutes) in [
        ("daily", "2026-09-29T12:00:00Z", "2026-09-29T12:30:00Z", 30),
        ("daily", "2026-09-29T12:30:00Z", "2026-09-29T20:00:00Z", 30),
        ("daily", "2026-09-29T12:30:00Z", "2026-09-30T01:10:00Z", 40),
        ("daily", "2026-09-29T14:00:00Z", "2026-09-29T23:00:00Z", 0),
        ("daily", "2026-09-29T12:30:00Z", "2026-09-29T12:00:00Z", 0),
        (
            "working_days",
            "2026-09-30T12:50:00Z",
            "2026-10-08T01:05:00Z",
            15,
        ),
    ] {
        let (policy, from, to) = (open_on(days), instant(from), instant(to));
        assert_eq!(
            policy.chat_open_between(calendar(), from, to),
            Some(TimeDelta::minutes(minutes)),
            "{from} {to}"
        );
    }
}

#[test]
fn a_shop_may_be_open_until_midnight_or_have_no_chat() {
    let late = instant("2026-11-20T15:59:59Z");
    assert_eq!(policy("wanfu").chat_is_open(calendar(), late), Some(true));
    let midnight = late + TimeDelta::seconds(1);
    assert_eq!(
        policy("wanfu").chat_is_open(calendar(), midnight),
        Some(false)
    );
    let text = policy_text("tepai");
    let from = text.find("[support.chat]").unwrap();
    let to = from + text[from..].find("reply_hours = 12\n").unwrap() + "reply_hours = 12\n".len();
    let without =
        Policy::parse("tepai.toml", &format!("{}{}", &text[..from], &text[to..])).unwrap();
    assert_eq!(without.chat_is_open(calendar(), late), None);
    assert_eq!(without.chat_opens(calendar(), late), None);
    assert_eq!(without.chat_answer_due(calendar(), late), None);
    assert_eq!(without.chat_open_between(calendar(), late, late), None);
}

#[test]
fn hours_that_make_no_sense_are_refused() {
    for (from, to, key) in [
        ("open = \"09:00\"", "open = \"9:00\"", "support.chat.open"),
        ("open = \"09:00\"", "open = \"09:60\"", "support.chat.open"),
        ("open = \"09:00\"", "open = \"24:01\"", "support.chat.open"),
        ("open = \"09:00\"", "open = \"21:00\"", "support.chat.close"),
        (
            "days = \"daily\"",
            "days = \"sometimes\"",
            "support.chat.days",
        ),
        (
            "\nreply_hours = 12",
            "\nreply_hours = 0",
            "support.chat.reply_hours",
        ),
    ] {
        let text = policy_text("tepai").replacen(from, to, 1);
        let error = Policy::parse("tepai.toml", &text).unwrap_err();
        assert_eq!(error.key, key, "{to}: {error}");
    }
}

proptest! {
    #[test]
    fn the_chat_is_open_when_it_opens_and_not_before(minutes in 0_i64..525_600, working in any::<bool>()) {
        let policy = open_on(if working { "working_days" } else { "daily" });
        let now = instant("2026-01-01T00:00:00Z") + TimeDelta::minutes(minutes);
        let opens = policy.chat_opens(calendar(), now).unwrap();
        prop_assert!(opens >= now);
        prop_assert_eq!(policy.chat_is_open(calendar(), opens), Some(true));
        let open_now = policy.chat_is_open(calendar(), now) == Some(true);
        prop_assert_eq!(open_now, opens == now);
        if !open_now {
            let before = opens - TimeDelta::milliseconds(1);
            prop_assert_eq!(policy.chat_is_open(calendar(), before), Some(false));
        }
    }
}
