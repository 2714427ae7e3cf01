//! What a conversation begins with, what may be said in it, and how long one waits for somebody.

use chrono::TimeDelta;
use orders_domain::*;

use crate::sample::{cancel, day, line, order, policy};

#[test]
fn a_waiting_time_is_said_only_when_it_is_known() {
    let said = |waits: &[(i64, i64)], place: i64, came_as: i64, minutes: i64| {
        let waits: Vec<_> = waits
            .iter()
            .map(|(seconds, came_as)| QueueWait {
                waited: TimeDelta::seconds(*seconds),
                came_as: *came_as,
            })
            .collect();
        let at = QueuePlace {
            place,
            came_as,
            waited: TimeDelta::minutes(minutes),
        };
        likely_wait(&waits, at)
    };
    let minutes = |minutes| Some(LikelyWait::Minutes(minutes));
    // Each place took four minutes.
    let known: &[(i64, i64)] = &[(720, 3), (240, 1), (480, 2), (9, 9)];
    for (place, came_as, waited, expected) in [
        (1, 1, 0, minutes(4)),
        (40, 40, 0, minutes(160)),
        // It shrinks with the time, and with the place where that is faster.
        (3, 3, 5, minutes(7)),
        (1, 3, 5, minutes(4)),
        (3, 3, 11, minutes(1)),
        (3, 3, 12, Some(LikelyWait::Longer)),
        (1, 1, 90, Some(LikelyWait::Longer)),
    ] {
        let found = said(known, place, came_as, waited);
        assert_eq!(found, expected, "{place} of {came_as} after {waited}");
    }
    assert_eq!(said(&[], 1, 1, 0), None);
    assert_eq!(said(&known[..2], 1, 1, 60), None, "two are too few");
    let none: &[(i64, i64)] = &[(0, 1), (0, 1), (0, 1)];
    assert_eq!(said(none, 1, 1, 0), minutes(1));
    assert_eq!(said(none, 1, 1, 1), Some(LikelyWait::Longer));
}

#[test]
fn the_facts_that_a_conversation_begins_with_fit_the_order() {
    let mut order = order(OrderState::Delivered, "");
    order.body.lines = vec![line("L1", ""), line("L2", "")];
    order.body.lines[1].kind = LineKind::Digital;
    let today = day("2026-11-20");
    type Case<'a> = (
        &'a str,
        Topic,
        Option<&'a str>,
        Option<&'a str>,
        Option<&'a str>,
        &'a [(&'a str, &'a str)],
    );
    let table: [Case<'_>; 9] = [
        ("plain", Topic::Other, None, None, None, &[]),
        (
            "a day",
            Topic::Delivery,
            Some("2026-11-20"),
            Some("L1"),
            None,
            &[],
        ),
        (
            "tomorrow",
            Topic::Delivery,
            Some("2026-11-21"),
            None,
            None,
            &[("subject.since", "out_of_range")],
        ),
        (
            "no such line",
            Topic::Other,
            None,
            Some("L3"),
            None,
            &[("subject.line", "unknown")],
        ),
        ("whole", Topic::TopUp, None, Some("L2"), Some("lin_01"), &[]),
        ("a card", Topic::TopUp, None, Some("L2"), None, &[]),
        (
            "blank",
            Topic::TopUp,
            None,
            Some("L2"),
            Some(" "),
            &[("subject.account", "required")],
        ),
        (
            "no line",
            Topic::TopUp,
            None,
            None,
            None,
            &[("subject.line", "required")],
        ),
        (
            "of a cup",
            Topic::Other,
            None,
            Some("L1"),
            Some("x"),
            &[("subject.account", "not_allowed")],
        ),
    ];
    for (name, topic, since, line, account, mistakes) in table {
        let mut subject = Subject::of(topic);
        subject.since = since.map(day);
        subject.line = line.map(Into::into);
        subject.account = account.map(str::to_owned);
        let found = subject.check(Some(&order), today).err().unwrap_or_default();
        let found: Vec<_> = found
            .iter()
            .map(|(field, code)| (field.as_str(), *code))
            .collect();
        assert_eq!(found, mistakes, "{name}");
    }
    let mut without = Subject::of(Topic::Other);
    without.line = Some("L1".into());
    assert!(without.check(None, today).is_err(), "a line of no order");
}

#[test]
fn a_conversation_is_about_a_refund_or_a_complaint_of_its_own_order_only() {
    let today = day("2026-11-20");
    let cancelled = cancel(
        &order(OrderState::Unpacked, "physical"),
        policy("tepai"),
        None,
    );
    let order = cancelled.order;
    let mut about = Subject::of(Topic::Refund);
    about.refund = Some(order.refunds[0].id.clone());
    assert_eq!(about.check(Some(&order), today), Ok(()));
    assert!(about.check(None, today).is_err(), "a refund of no order");
    about.refund = Some(RefundId("o9-R1".to_owned()));
    about.complaint = Some("o9-K1".to_owned());
    let wrong = about.check(Some(&order), today).expect_err("another's");
    let wrong: Vec<_> = wrong
        .iter()
        .map(|(at, code)| (at.as_str(), *code))
        .collect();
    assert_eq!(
        wrong,
        [
            ("subject.complaint", "unknown"),
            ("subject.refund", "unknown")
        ]
    );
}

#[test]
fn a_message_has_words_or_photos_and_neither_too_much() {
    let photos = |count: usize| -> Vec<EvidenceId> {
        (0..count)
            .map(|number| EvidenceId(format!("p{number}")))
            .collect()
    };
    let long = "长".repeat(2000);
    assert_eq!(words_of_message(" 在吗\u{7} ", &[]), Ok("在吗".to_owned()));
    assert_eq!(words_of_message(&long, &photos(9)), Ok(long.clone()));
    assert_eq!(words_of_message("", &photos(1)), Ok(String::new()));
    assert_eq!(words_of_message(" \n", &[]), Err(("text", "required")));
    assert_eq!(
        words_of_message(&format!("{long}长"), &[]),
        Err(("text", "too_long"))
    );
    assert_eq!(
        words_of_message("x", &photos(10)),
        Err(("evidence", "too_long"))
    );
    let twice = [photos(1), photos(1)].concat();
    assert_eq!(words_of_message("x", &twice), Err(("evidence", "invalid")));
}
