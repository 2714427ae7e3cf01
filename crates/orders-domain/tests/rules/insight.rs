//! What staff see as charts: periods, middles, and parts that add up.

use orders_domain::TimelineEvent as Event;
use orders_domain::*;
use proptest::prelude::*;

use crate::sample::{calendar, day, instant, policy};

fn period(from: &str, to: &str) -> Period {
    Period {
        from: day(from),
        to: day(to),
    }
}

#[test]
fn a_short_period_is_cut_into_days_and_a_long_one_into_weeks_from_monday() {
    let short = period("2026-03-01", "2026-03-03");
    assert_eq!((short.days(), short.step()), (3, InsightStep::Day));
    let days: Vec<_> = short.steps().iter().map(|step| step.from).collect();
    assert_eq!(days, ["2026-03-01", "2026-03-02", "2026-03-03"].map(day));
    assert_eq!(short.before(), Some(period("2026-02-26", "2026-02-28")));
    // The longest that is told by days, and one more. The 1st of January is a Thursday.
    assert_eq!(period("2026-01-01", "2026-03-03").step(), InsightStep::Day);
    let long = period("2026-01-01", "2026-03-04");
    assert_eq!(long.step(), InsightStep::Week);
    let weeks = long.steps();
    assert_eq!(weeks[0], period("2026-01-01", "2026-01-04"));
    assert_eq!(weeks[1], period("2026-01-05", "2026-01-11"));
    assert_eq!(weeks.last(), Some(&period("2026-03-02", "2026-03-04")));
}

#[test]
fn the_middle_and_nine_in_ten_are_the_nearest_ranks() {
    for (numbers, median, p90) in [
        (vec![], None, None),
        (vec![4], Some(4), Some(4)),
        (vec![1, 9], Some(1), Some(9)),
        (vec![3, 1, 2], Some(2), Some(3)),
        (vec![1, 1, 1, 50], Some(1), Some(50)),
        ((1..=10).collect(), Some(5), Some(9)),
        ((1..=11).collect(), Some(6), Some(10)),
    ] {
        let mut spread = Spread::default();
        numbers.iter().for_each(|number| spread.add(*number));
        let found = (spread.median(), spread.percentile(90));
        assert_eq!(found, (median, p90), "{numbers:?}");
    }
}

#[test]
fn a_share_is_in_tenths_of_a_percent_and_of_nothing_there_is_none() {
    for (part, all, expected) in [
        (0, 0, None),
        (0, 7, Some(0)),
        (1, 3, Some(333)),
        (2, 3, Some(667)),
        (1, 2_000, Some(1)),
        (1, 2_001, Some(0)),
        (7, 7, Some(1_000)),
    ] {
        assert_eq!(permille(part, all), expected, "{part} of {all}");
    }
}

#[test]
fn a_promise_is_kept_or_late_or_open_or_overdue() {
    for (done, now, expected) in [
        (Some(5), 9, [1, 0, 0, 0]),
        (Some(6), 9, [0, 1, 0, 0]),
        (None, 5, [0, 0, 1, 0]),
        (None, 6, [0, 0, 0, 1]),
    ] {
        let mut kept = Kept::default();
        kept.add(done, &5, &now);
        let found = [kept.on_time, kept.late, kept.open, kept.overdue];
        assert_eq!(found, expected, "{done:?} at {now}");
    }
}

/// A refund that was made ready on Friday, 13 February 2026, before Spring Festival, for the 14th and the 25th.
fn refund(state: RefundState, started: Option<&str>, changed: &str) -> RefundFact {
    RefundFact {
        channel: Channel::WechatPay,
        state,
        made_at: instant("2026-02-13T02:00:00Z"),
        started_at: started.map(instant),
        changed_at: instant(changed),
        first: FirstPromise {
            starts_by: day("2026-02-14"),
            arrives_by: day("2026-02-25"),
        },
    }
}

#[test]
fn a_refund_is_counted_against_both_its_promises_in_working_days_of_the_shop() {
    let policy = policy("tepai");
    let now = instant("2026-02-26T08:00:00Z");
    // The 14th is worked, the 15th to 23rd are free.
    for (fact, started, arrived, days) in [
        (
            // Ten to midnight in Beijing is still that day.
            refund(
                RefundState::Arrived,
                Some("2026-02-14T15:50:00Z"),
                "2026-02-25T15:50:00Z",
            ),
            [1, 0, 0, 0],
            [1, 0, 0, 0],
            (Some(1), Some(3)),
        ),
        (
            refund(
                RefundState::Arrived,
                Some("2026-02-14T16:00:00Z"),
                "2026-02-25T16:00:00Z",
            ),
            [0, 1, 0, 0],
            [0, 1, 0, 0],
            (Some(1), Some(4)),
        ),
        (
            refund(
                RefundState::InClearing,
                Some("2026-02-13T03:00:00Z"),
                "2026-02-20T00:00:00Z",
            ),
            [1, 0, 0, 0],
            [0, 0, 0, 1],
            (Some(0), None),
        ),
        (
            refund(RefundState::Approved, None, "2026-02-13T02:00:00Z"),
            [0, 0, 0, 1],
            [0, 0, 0, 1],
            (None, None),
        ),
        (
            // The shop said only that it has arrived.
            refund(RefundState::Arrived, None, "2026-02-24T02:00:00Z"),
            [0, 1, 0, 0],
            [1, 0, 0, 0],
            (Some(2), Some(2)),
        ),
        (
            refund(
                RefundState::Failed,
                Some("2026-02-13T03:00:00Z"),
                "2026-02-14T00:00:00Z",
            ),
            // It failed, and its day has passed: that is no promise kept.
            [1, 0, 0, 0],
            [0, 0, 0, 1],
            (Some(0), None),
        ),
        (
            refund(RefundState::Failed, None, "2026-02-14T00:00:00Z"),
            [0, 0, 0, 1],
            [0, 0, 0, 1],
            (None, None),
        ),
    ] {
        let mut tally = RefundTally::default();
        tally.add(&fact, policy, calendar(), now);
        let parts = |kept: &Kept| [kept.on_time, kept.late, kept.open, kept.overdue];
        assert_eq!(parts(&tally.started), started, "{fact:?}");
        assert_eq!(parts(&tally.arrived), arrived, "{fact:?}");
        let took = (tally.start_days.median(), tally.arrival_days.median());
        assert_eq!(took, days, "{fact:?}");
        assert_eq!((tally.made, tally.arrived.all()), (1, 1), "{fact:?}");
        assert_eq!(tally.started.all(), 1, "{fact:?}");
        let failed = u64::from(fact.state == RefundState::Failed);
        assert_eq!(tally.failed, failed, "{fact:?}");
    }
}

#[test]
fn a_refund_that_failed_is_open_until_its_day_has_passed() {
    let fact = refund(RefundState::Failed, None, "2026-02-13T03:00:00Z");
    let mut tally = RefundTally::default();
    let now = instant("2026-02-14T08:00:00Z");
    tally.add(&fact, policy("tepai"), calendar(), now);
    assert_eq!((tally.started.open, tally.arrived.open), (1, 1));
    assert_eq!((tally.failed, tally.arrived.rate()), (1, None));
}

fn talk(opened: &str, answered: Option<&str>, closed: Option<&str>) -> TalkFact {
    TalkFact {
        opened_at: instant(opened),
        answered_at: answered.map(instant),
        closed_at: closed.map(instant),
        waited: None,
        rating: None,
    }
}

fn counted(talks: &[TalkFact]) -> SupportTally {
    let mut tally = SupportTally::default();
    for fact in talks {
        tally.add(
            fact,
            ChatRules {
                policy: policy("tepai"),
                calendar: calendar(),
                now: instant("2026-03-18T07:00:00Z"),
            },
        );
    }
    tally
}

#[test]
fn an_answer_in_opening_hours_takes_as_long_as_the_chat_was_open_meanwhile() {
    // Open from 9 to 21 o'clock in Beijing.
    for (opened, answered, minutes) in [
        ("2026-03-16T02:00:00Z", "2026-03-16T02:00:00.001Z", 1),
        ("2026-03-16T02:00:00Z", "2026-03-16T02:05:00Z", 5),
        ("2026-03-16T02:00:00Z", "2026-03-16T02:05:01Z", 6),
        // Ten minutes before closing, answered ten minutes after the next opening.
        ("2026-03-16T12:50:00Z", "2026-03-17T01:10:00Z", 20),
    ] {
        let tally = counted(&[talk(opened, Some(answered), None)]);
        assert_eq!(tally.answer_minutes.median(), Some(minutes), "{opened}");
        assert_eq!((tally.in_hours, tally.outside()), (1, 0), "{opened}");
    }
}

#[test]
fn what_was_left_is_counted_against_the_time_that_was_said() {
    // Left at 22 o'clock in Beijing: by 21 o'clock of the next day.
    let left = "2026-03-16T14:00:00Z";
    for (answered, closed, expected, ended) in [
        (Some("2026-03-17T13:00:00Z"), None, [1, 0, 0, 0], 0),
        (Some("2026-03-17T13:00:01Z"), None, [0, 1, 0, 0], 0),
        (None, None, [0, 0, 0, 1], 0),
        (None, Some("2026-03-17T02:00:00Z"), [0, 0, 0, 0], 1),
        // Who gives up after the time was not answered in time.
        (None, Some("2026-03-17T14:00:00Z"), [0, 0, 0, 1], 0),
    ] {
        let tally = counted(&[talk(left, answered, closed)]);
        let kept = tally.left;
        let found = [kept.on_time, kept.late, kept.open, kept.overdue];
        assert_eq!((found, tally.left_ended), (expected, ended), "{answered:?}");
        assert_eq!((tally.in_hours, tally.outside()), (0, 1));
    }
    let open = counted(&[talk("2026-03-17T14:00:00Z", None, None)]);
    assert_eq!(open.left.open, 1);
}

#[test]
fn notes_are_counted_each_and_their_mean_is_in_tenths() {
    let rated = |rating| TalkFact {
        rating,
        waited: Some(61_000),
        ..talk("2026-03-16T02:00:00Z", None, Some("2026-03-16T03:00:00Z"))
    };
    let tally = counted(&[Some(5), Some(5), Some(4), None, Some(0), Some(6)].map(rated));
    assert_eq!((tally.ratings, tally.rated()), ([0, 0, 0, 1, 2], 3));
    assert_eq!(tally.rating(), Some(47));
    assert_eq!(tally.wait_minutes.median(), Some(2));
    assert_eq!(tally.unanswered, 6);
    assert_eq!(SupportTally::default().rating(), None);
}

#[test]
fn a_case_is_what_its_last_word_was_and_the_merchant_s_silence_is_told_from_the_staff_s() {
    use Actor::{Seller, Shopper, Staff, System};
    let opened = (Event::CaseOpened, Shopper);
    for (events, expected, appealed, late) in [
        (vec![], "waiting", 0, 0),
        (vec![(Event::CaseApproved, Seller)], "granted", 0, 0),
        (vec![(Event::CaseApproved, System)], "granted", 0, 1),
        (vec![(Event::CaseRejected, Seller)], "rejected", 0, 0),
        (
            vec![(Event::CaseRejected, Seller), (Event::CaseClosed, System)],
            "rejected",
            0,
            0,
        ),
        (
            vec![
                (Event::CaseRejected, Seller),
                (Event::CaseAppealed, Shopper),
            ],
            "waiting",
            1,
            0,
        ),
        (
            vec![
                (Event::CaseRejected, Seller),
                (Event::CaseAppealed, Shopper),
                (Event::CaseClosed, Staff),
            ],
            "rejected",
            1,
            0,
        ),
        (
            // Staff were silent, not the merchant.
            vec![
                (Event::CaseRejected, Seller),
                (Event::CaseAppealed, Shopper),
                (Event::CaseApproved, System),
            ],
            "granted",
            1,
            0,
        ),
        (vec![(Event::CaseAppealed, System)], "waiting", 0, 1),
        (
            vec![(Event::CaseApproved, Seller), (Event::CaseClosed, System)],
            "lapsed",
            0,
            0,
        ),
        (
            vec![(Event::CaseApproved, Seller), (Event::CaseReceived, System)],
            "granted",
            0,
            1,
        ),
        (
            vec![
                (Event::CaseAnswered, Seller),
                (Event::CaseWithdrawn, Shopper),
            ],
            "withdrawn",
            0,
            0,
        ),
    ] {
        let mut tally = CaseTally::default();
        tally.add(&ThreadFact {
            opened_at: instant("2026-03-16T02:00:00Z"),
            events: std::iter::once(opened).chain(events.clone()).collect(),
        });
        let parts = [
            ("waiting", tally.waiting),
            ("granted", tally.granted),
            ("rejected", tally.rejected),
            ("withdrawn", tally.withdrawn),
            ("lapsed", tally.lapsed),
        ];
        for (name, count) in parts {
            assert_eq!(count, u64::from(name == expected), "{name}: {events:?}");
        }
        let found = (tally.opened, tally.appealed, tally.merchant_late);
        assert_eq!(found, (1, appealed, late), "{events:?}");
    }
}

#[test]
fn a_complaint_is_where_its_last_step_left_it() {
    use Actor::{Shopper, Staff, System};
    use Event::{
        ComplaintAccepted as Accepted, ComplaintAnswered as Answered, ComplaintClosed as Closed,
        ComplaintDisputed as Disputed, ComplaintEscalated as Escalated,
        ComplaintOutside as Outside, ComplaintProposed as Proposed, ComplaintResolved as Resolved,
        ComplaintTaken as Taken, ComplaintWithdrawn as Withdrawn,
    };
    let (proposed, disputed) = ((Proposed, Staff), (Disputed, Shopper));
    for (events, expected, ever_disputed, overdue) in [
        (vec![], "waiting", 0, 0),
        (vec![(Taken, Staff), (Answered, Staff)], "waiting", 0, 0),
        (vec![(Escalated, System)], "waiting", 0, 1),
        (vec![proposed], "proposed", 0, 0),
        (vec![proposed, (Accepted, Shopper)], "resolved", 0, 0),
        (vec![proposed, disputed], "disputed", 1, 0),
        (vec![proposed, disputed, proposed], "proposed", 1, 0),
        // The last word is declined: nobody has to decide anything any more.
        (vec![proposed, disputed, proposed, disputed], "closed", 1, 0),
        (
            vec![proposed, disputed, (Resolved, Staff)],
            "resolved",
            1,
            0,
        ),
        // Granted, because nobody decided the dispute in time.
        (
            vec![proposed, disputed, (Resolved, System)],
            "resolved",
            1,
            1,
        ),
        (
            vec![(Escalated, System), (Resolved, System)],
            "resolved",
            0,
            1,
        ),
        (
            vec![proposed, disputed, (Outside, System)],
            "disputed",
            1,
            1,
        ),
        // It is the shopper who did not answer.
        (vec![proposed, (Closed, System)], "closed", 0, 0),
        (
            vec![(Outside, System), (Withdrawn, Shopper)],
            "withdrawn",
            0,
            1,
        ),
    ] {
        let mut tally = ComplaintTally::default();
        let opened = std::iter::once((Event::ComplaintOpened, Shopper));
        tally.add(&ThreadFact {
            opened_at: instant("2026-03-02T02:00:00Z"),
            events: opened.chain(events.iter().copied()).collect(),
        });
        let parts = [
            ("waiting", tally.waiting),
            ("proposed", tally.proposed),
            ("disputed", tally.disputed),
            ("resolved", tally.resolved),
            ("withdrawn", tally.withdrawn),
            ("closed", tally.closed),
        ];
        for (name, count) in parts {
            assert_eq!(count, u64::from(name == expected), "{name}: {events:?}");
        }
        let found = (tally.opened, tally.ever_disputed, tally.overdue);
        assert_eq!(found, (1, ever_disputed, overdue), "{events:?}");
    }
}

proptest! {
    #[test]
    fn the_steps_of_a_period_are_all_of_its_days_and_no_other(first in 0_u64..4_000, days in 0_u64..366) {
        let from = day("2020-01-01") + chrono::Days::new(first);
        let whole = Period { from, to: from + chrono::Days::new(days) };
        let steps = whole.steps();
        prop_assert_eq!(steps.first().unwrap().from, whole.from);
        prop_assert_eq!(steps.last().unwrap().to, whole.to);
        for pair in steps.windows(2) {
            prop_assert_eq!(pair[0].to.succ_opt().unwrap(), pair[1].from);
        }
        prop_assert_eq!(steps.iter().map(|step| step.days()).sum::<i64>(), whole.days());
        let before = whole.before().unwrap();
        prop_assert_eq!((before.days(), before.to.succ_opt().unwrap()), (whole.days(), whole.from));
    }

    #[test]
    fn what_is_counted_by_steps_adds_up_to_the_total_and_what_is_earlier_to_the_period_before(
        offsets in proptest::collection::vec(-200_i64..300, 0..200), days in 0_u64..200,
    ) {
        let from = day("2026-03-01");
        let whole = Period { from, to: from + chrono::Days::new(days) };
        let mut course = Course::<CancellationTally>::of(whole);
        for (number, offset) in offsets.iter().enumerate() {
            let on = from + chrono::TimeDelta::days(*offset);
            course.add(on, |tally| tally.placed += 1);
            if number % 2 == 0 {
                let by = CancelledBy::ALL[number % CancelledBy::ALL.len()];
                course.add(on, |tally| tally.cancel(by, 1));
            }
        }
        let parts = |tally: &CancellationTally| [tally.placed, tally.by_shopper, tally.by_seller, tally.by_staff, tally.by_timeout];
        let mut sums = [0; 5];
        for (_, tally) in &course.steps {
            for (sum, part) in sums.iter_mut().zip(parts(tally)) {
                *sum += part;
            }
        }
        prop_assert_eq!(sums, parts(&course.total));
        let within = offsets.iter().filter(|offset| (0..=i64::try_from(days).unwrap()).contains(*offset)).count();
        let earlier = offsets.iter().filter(|offset| **offset < 0).count();
        prop_assert_eq!(course.total.placed, within as u64);
        prop_assert_eq!(course.before.placed, earlier as u64);
        prop_assert!(course.total.cancelled() <= course.total.placed);
        prop_assert!(course.total.rate().is_none_or(|rate| rate <= 1_000));
    }

    #[test]
    fn working_days_are_counted_back_as_they_were_counted_forth(first in 0_u64..1_000, count in 1_u32..40) {
        let from = day("2024-01-01") + chrono::Days::new(first);
        let (to, _) = calendar().add_working_days(from, count);
        prop_assert_eq!(calendar().working_days_after(from, to), i64::from(count));
    }

    #[test]
    fn half_of_all_are_not_above_the_middle(numbers in proptest::collection::vec(0_i64..50, 1..60)) {
        let mut spread = Spread::default();
        numbers.iter().for_each(|number| spread.add(*number));
        for (percent, found) in [(50, spread.median()), (90, spread.percentile(90))] {
            let found = found.unwrap();
            let within = numbers.iter().filter(|number| **number <= found).count() as u64;
            let below = numbers.iter().filter(|number| **number < found).count() as u64;
            prop_assert!(within * 100 >= percent * numbers.len() as u64);
            prop_assert!(below * 100 < percent * numbers.len() as u64);
        }
    }
}
