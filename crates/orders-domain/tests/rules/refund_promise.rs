//! What is promised of a refund, when it counts anew, and when it is broken.

use chrono::TimeDelta;
use orders_domain::*;

use crate::refunding::{at_stage, refunding, reported, with_provider};
use crate::sample::{day, instant, now};

#[test]
fn the_promise_counts_anew_from_the_day_the_provider_accepted() {
    // Cancelled on Monday, 2 February 2026: to start by Thursday, to arrive between the 11th and the 14th.
    let (order, id) = refunding();
    let promised = order.refunds[0].promise;
    assert_eq!(promised.starts_by, day("2026-02-05"));
    assert_eq!(promised.arrives_from, day("2026-02-11"));
    assert_eq!(promised.arrives_by, day("2026-02-14"));
    for (accepted, from, by) in [
        // The same day: four working days for the way, seven at most.
        ("2026-02-02T09:00:00Z", "2026-02-06", "2026-02-11"),
        // On the last day: as promised.
        ("2026-02-05T09:00:00Z", "2026-02-11", "2026-02-14"),
        // Half past midnight in Beijing is the next day.
        ("2026-02-02T16:30:00Z", "2026-02-09", "2026-02-12"),
        // Too late: over the Spring Festival, after a Saturday that is worked.
        ("2026-02-10T09:00:00Z", "2026-02-14", "2026-02-26"),
    ] {
        let report = ProviderReport {
            accepted_at: Some(instant(accepted)),
            ..ProviderReport::of(ProviderStage::Accepted)
        };
        let after = reported(&order, &id, &report, instant(accepted)).unwrap();
        let promise = after.refunds[0].promise;
        assert_eq!(promise.starts_by, promised.starts_by, "{accepted}");
        assert_eq!(promise.arrives_from, day(from), "{accepted}");
        assert_eq!(promise.arrives_by, day(by), "{accepted}");
        assert!(!promise.estimated);
    }
}

#[test]
fn what_the_bank_expects_takes_the_place_of_our_own_guess() {
    let order = at_stage(ProviderStage::Accepted);
    let id = order.refunds[0].id.clone();
    let expects = |on: &str| ProviderReport {
        expected_on: Some(day(on)),
        ..ProviderReport::of(ProviderStage::InClearing)
    };
    let after = reported(&order, &id, &expects("2026-02-04"), now()).unwrap();
    let promise = after.refunds[0].promise;
    assert_eq!(promise.arrives_by, day("2026-02-04"));
    assert_eq!(promise.arrives_from, day("2026-02-04"));
    // Later than we thought, and in a year that the calendar does not know: the bank knows.
    let later = reported(&after, &id, &expects("2027-03-01"), now()).unwrap();
    let promise = later.refunds[0].promise;
    assert_eq!(promise.arrives_from, day("2026-02-06"));
    assert_eq!(promise.arrives_by, day("2027-03-01"));
    assert!(!promise.estimated);
    // The same again is no news.
    assert_eq!(reported(&later, &id, &expects("2027-03-01"), now()), None);
}

#[test]
fn a_provider_whose_clock_is_wrong_changes_no_history() {
    let (order, id) = refunding();
    for (says, counts) in [
        ("2026-02-01T00:00:00Z", order.refunds[0].created_at),
        ("2030-01-01T00:00:00Z", now()),
    ] {
        let report = ProviderReport {
            accepted_at: Some(instant(says)),
            ..ProviderReport::of(ProviderStage::Accepted)
        };
        let after = reported(&order, &id, &report, now()).unwrap();
        assert_eq!(after.refunds[0].course.sent_at, Some(counts), "{says}");
    }
}

#[test]
fn lateness_begins_on_the_day_after_the_promised_one() {
    let (order, _) = refunding();
    let late = |order: &Order, today: &str| order.refunds[0].lateness(day(today));
    assert_eq!(late(&order, "2026-02-05"), None);
    assert_eq!(late(&order, "2026-02-06"), Some(Lateness::NotSent));
    assert_eq!(late(&order, "2026-02-15"), Some(Lateness::NotArrived));
    let sent = at_stage(ProviderStage::Accepted);
    assert_eq!(late(&sent, "2026-02-11"), None);
    assert_eq!(late(&sent, "2026-02-12"), Some(Lateness::NotArrived));
    for stage in [
        ProviderStage::Arrived,
        ProviderStage::Failed(RefundFailure::Refused),
    ] {
        assert_eq!(late(&at_stage(stage), "2027-01-01"), None, "{stage:?}");
    }
}

#[test]
fn a_late_refund_is_told_once_for_each_promise_that_is_broken() {
    let (order, id) = refunding();
    let policy = with_provider();
    let notice = |order: &Order, at: &str| order.notice_late_refunds(&policy, instant(at));
    assert_eq!(notice(&order, "2026-02-05T15:59:59Z"), None);
    // Midnight in Beijing.
    let first = notice(&order, "2026-02-05T16:00:00Z").unwrap();
    assert_eq!(
        first.effects.outbox,
        [OutboxMessage::RefundLate { refund: id.clone() }]
    );
    assert_eq!(first.effects.timeline[0].what, TimelineEvent::RefundLate);
    assert_eq!(notice(&first.order, "2026-02-09T16:00:00Z"), None);
    let second = notice(&first.order, "2026-02-14T16:00:00Z").unwrap();
    assert_eq!(second.effects.outbox.len(), 1);
    assert_eq!(notice(&second.order, "2026-12-01T00:00:00Z"), None);
}

#[test]
fn a_broken_promise_is_told_anew_when_the_next_one_is_broken() {
    let order = at_stage(ProviderStage::Accepted);
    let id = order.refunds[0].id.clone();
    let policy = with_provider();
    let late = instant("2026-02-12T00:00:00Z");
    let told = order.notice_late_refunds(&policy, late).unwrap().order;
    let later = ProviderReport {
        expected_on: Some(day("2026-02-20")),
        ..ProviderReport::of(ProviderStage::InClearing)
    };
    let moved = reported(&told, &id, &later, late).unwrap();
    assert_eq!(moved.refunds[0].lateness(day("2026-02-20")), None);
    assert_eq!(moved.notice_late_refunds(&policy, late), None);
    let again = instant("2026-02-21T00:00:00Z");
    assert!(moved.notice_late_refunds(&policy, again).is_some());
}

#[test]
fn waits_grow_and_end() {
    let waits: Vec<i64> = (1..20).map(|n| wait_to_retry(n).num_seconds()).collect();
    assert_eq!(&waits[..5], [5, 10, 20, 40, 80]);
    assert!(waits.is_sorted());
    assert_eq!(waits.last(), Some(&3600));
    assert_eq!(wait_to_retry(0), wait_to_retry(1));
    assert_eq!(wait_to_retry(u32::MAX), TimeDelta::hours(1));
    let ages = [
        0, 59, 60, 599, 600, 3_599, 3_600, 86_399, 86_400, 10_000_000,
    ];
    let asks: Vec<i64> = ages
        .iter()
        .map(|age| wait_to_ask(TimeDelta::seconds(*age)).num_seconds())
        .collect();
    assert_eq!(
        asks,
        [10, 10, 60, 60, 300, 300, 1_800, 1_800, 21_600, 21_600]
    );
    // A provider whose clock is ahead.
    assert_eq!(wait_to_ask(TimeDelta::seconds(-5)), TimeDelta::seconds(10));
}
