//! Who may do what in which state of a conversation, what it begins with, and how long one waits.

use chrono::TimeDelta;
use orders_domain::*;
use proptest::prelude::*;

use crate::sample::{calendar, cancel, day, instant, line, order, policy};

use ConversationMove::{End, HandBack, ShopperSays, StaffSays, Take, Transfer};
use ConversationState::{Closed, Left, Served, Waiting};

const OPEN: &str = "2026-11-20T04:00:00Z";
const SHUT: &str = "2026-11-20T14:00:00Z";

fn rules(now: &str) -> ChatRules<'static> {
    ChatRules {
        policy: policy("tepai"),
        calendar: calendar(),
        now: instant(now),
    }
}

fn subject(topic: Topic) -> Subject {
    Subject {
        topic,
        since: None,
        line: None,
        account: None,
        zone: None,
        face_value: None,
        refund: None,
        complaint: None,
    }
}

fn blank() -> Conversation {
    Conversation {
        id: "k1".into(),
        shopper: "lin".into(),
        shop: "tepai".into(),
        order: Some("o1".into()),
        case: None,
        subject: subject(Topic::Other),
        state: Waiting,
        staff: None,
        opened_at: instant(OPEN),
        waiting_since: None,
        due_at: None,
        closed_at: None,
        waited: None,
        last_seq: 0,
        shopper_read: 0,
        staff_read: 0,
        rating: None,
        rating_note: None,
        guest: false,
    }
}

fn opened(now: &str) -> Conversation {
    Conversation::open(blank(), rules(now))
        .unwrap()
        .conversation
}

/// A conversation in that state; who serves is `wang`, and what is closed was closed when it was open last.
fn in_state(state: ConversationState) -> Conversation {
    let make = |conversation: &Conversation, action| {
        conversation
            .make(&action, rules(OPEN))
            .unwrap()
            .conversation
    };
    match state {
        Waiting => opened(OPEN),
        Left => opened(SHUT),
        Served => make(&opened(OPEN), Take("wang".into())),
        Closed => make(&opened(OPEN), End(Side::Shopper)),
    }
}

#[test]
fn a_conversation_waits_while_the_chat_is_open_and_is_left_otherwise() {
    let waiting = opened(OPEN);
    assert_eq!((waiting.state, waiting.due_at), (Waiting, None));
    assert_eq!(waiting.waiting_since, Some(instant(OPEN)));
    let left = opened(SHUT);
    assert_eq!((left.state, left.waiting_since), (Left, None));
    assert_eq!(left.due_at, Some(instant("2026-11-21T13:00:00Z")));
}

#[test]
fn every_move_in_every_state() {
    let wang = || StaffId::from("wang");
    let zhou = || StaffId::from("zhou");
    use ConversationRefusal as Not;
    let table: Vec<(ConversationMove, [Result<ConversationState, Not>; 4])> = vec![
        // In the order of the states: waiting, served (by wang), left, closed.
        (
            ShopperSays,
            [Ok(Waiting), Ok(Served), Ok(Waiting), Ok(Waiting)],
        ),
        (
            StaffSays(wang()),
            [Ok(Served), Ok(Served), Ok(Served), Err(Not::Closed)],
        ),
        (
            StaffSays(zhou()),
            [Ok(Served), Ok(Served), Ok(Served), Err(Not::Closed)],
        ),
        (
            Take(wang()),
            [Ok(Served), Ok(Served), Ok(Served), Err(Not::Closed)],
        ),
        (
            Take(zhou()),
            [
                Ok(Served),
                Err(Not::ServedByAnother),
                Ok(Served),
                Err(Not::Closed),
            ],
        ),
        (
            Transfer(zhou()),
            [
                Err(Not::NotServed),
                Ok(Served),
                Err(Not::NotServed),
                Err(Not::Closed),
            ],
        ),
        (
            HandBack,
            [
                Err(Not::NotServed),
                Ok(Waiting),
                Err(Not::NotServed),
                Err(Not::Closed),
            ],
        ),
        (
            End(Side::Shopper),
            [Ok(Closed), Ok(Closed), Ok(Closed), Ok(Closed)],
        ),
        (
            End(Side::Staff),
            [Ok(Closed), Ok(Closed), Ok(Closed), Ok(Closed)],
        ),
    ];
    // Out of hours the same, but that what would wait is left.
    for ((action, expected), (at, waits)) in table
        .iter()
        .flat_map(|row| [(row, (OPEN, Waiting)), (row, (SHUT, Left))])
    {
        for (state, expected) in ConversationState::ALL.into_iter().zip(expected) {
            let conversation = in_state(state);
            let what = format!("{action:?} in {state:?} at {at}");
            let moved = conversation.make(action, rules(at));
            let found = moved.as_ref().map(|moved| moved.conversation.state);
            let expected = expected.as_ref().map(|state| match state {
                Waiting => waits,
                Served | Left | Closed => *state,
            });
            assert_eq!(found, expected, "{what}");
            if let Ok(moved) = moved {
                let now = &moved.conversation;
                assert_eq!(now.waiting_since.is_some(), now.state == Waiting, "{what}");
                assert_eq!(now.due_at.is_some(), now.state == Left, "{what}");
                assert_eq!(now.closed_at.is_some(), now.state == Closed, "{what}");
                let silent = moved.before.is_empty() && moved.after.is_empty();
                let same = (now.state, &now.staff) == (conversation.state, &conversation.staff);
                assert_eq!(silent, same, "{what}: {moved:?}");
            }
        }
    }
}

#[test]
fn a_queue_that_the_closing_time_finds_stands_still_until_the_morning() {
    let waiting = opened(OPEN);
    let due = Some(instant("2026-11-21T13:00:00Z"));
    assert!(waiting.queues(rules(OPEN)) && !waiting.queues(rules(SHUT)));
    assert_eq!(waiting.answer_due(rules(OPEN)), None);
    assert_eq!(waiting.answer_due(rules(SHUT)), due);
    let said = waiting.make(&ShopperSays, rules(SHUT)).unwrap();
    assert_eq!(said.after, [ChatNote::Left]);
    assert_eq!(said.conversation.due_at, due);
    assert_eq!(said.conversation.answer_due(rules(SHUT)), due);
    assert_eq!(in_state(Served).answer_due(rules(SHUT)), None);

    let late = opened("2026-11-20T12:50:00Z");
    let taken = late
        .make(&Take("wang".into()), rules("2026-11-21T01:05:00Z"))
        .unwrap();
    assert_eq!(
        taken.conversation.waited,
        Some(TimeDelta::minutes(15)),
        "the night is no wait"
    );
}

#[test]
fn who_is_passed_on_is_served_by_the_other_and_how_long_it_waited_is_known() {
    let waiting = opened(OPEN);
    let later = "2026-11-20T04:07:30Z";
    let taken = waiting
        .make(&Take("wang".into()), rules(later))
        .unwrap()
        .conversation;
    assert_eq!(taken.waited, Some(TimeDelta::seconds(450)));
    let passed = taken.make(&Transfer("zhou".into()), rules(later)).unwrap();
    assert_eq!(passed.conversation.staff, Some("zhou".into()));
    assert_eq!(passed.before, [ChatNote::Transferred]);
    let left = opened(SHUT)
        .make(&Take("wang".into()), rules(later))
        .unwrap()
        .conversation;
    assert_eq!(left.waited, None, "what was left stood in no queue");
}

#[test]
fn what_has_ended_goes_on_within_a_week_and_not_after_it() {
    let closed = in_state(Closed);
    for (now, expected) in [
        ("2026-11-27T03:59:59Z", Ok(Waiting)),
        ("2026-11-26T14:00:00Z", Ok(Left)),
        ("2026-11-27T04:00:00Z", Err(ConversationRefusal::Closed)),
    ] {
        let moved = closed.make(&ShopperSays, rules(now));
        assert_eq!(
            moved.map(|moved| moved.conversation.state),
            expected,
            "{now}"
        );
        assert_eq!(closed.takes_words(instant(now)), expected.is_ok(), "{now}");
    }
    let moved = closed.make(&ShopperSays, rules(OPEN)).unwrap();
    assert_eq!(
        (moved.before, moved.after),
        (vec![ChatNote::Reopened], vec![ChatNote::Queued])
    );
}

#[test]
fn a_waiting_time_is_said_only_when_it_is_known() {
    let waits = |seconds: &[i64]| -> Vec<TimeDelta> {
        seconds
            .iter()
            .map(|seconds| TimeDelta::seconds(*seconds))
            .collect()
    };
    for (known, minutes) in [
        ([].as_slice(), None),
        (&[60, 60], None),
        (&[0, 0, 0], Some(1)),
        (&[3600, 61, 30], Some(2)),
        (&[600, 120, 240, 180], Some(4)),
    ] {
        assert_eq!(likely_wait(&waits(known)), minutes, "{known:?}");
    }
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
        (
            "no account",
            Topic::TopUp,
            None,
            Some("L2"),
            None,
            &[("subject.account", "required")],
        ),
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
        let mut subject = subject(topic);
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
    let mut without = subject(Topic::Other);
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
    let mut about = subject(Topic::Refund);
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

proptest! {
    #[test]
    fn whatever_is_done_a_conversation_stays_whole(steps in proptest::collection::vec((0_usize..8, 0_i64..3000), 0..30)) {
        let mut now = instant(OPEN);
        let mut conversation = opened(OPEN);
        for (step, minutes) in steps {
            now += TimeDelta::minutes(minutes);
            let rules = ChatRules { policy: policy("tepai"), calendar: calendar(), now };
            let action = match step {
                0 => ShopperSays,
                1 => StaffSays("wang".into()),
                2 => StaffSays("zhou".into()),
                3 => Take("wang".into()),
                4 => Transfer("zhou".into()),
                5 => HandBack,
                6 => End(Side::Shopper),
                _ => End(Side::Staff),
            };
            if let Ok(moved) = conversation.make(&action, rules) {
                conversation = moved.conversation;
            }
            let at = conversation.state;
            prop_assert_eq!(conversation.waiting_since.is_some(), at == Waiting);
            prop_assert_eq!(conversation.due_at.is_some(), at == Left);
            prop_assert_eq!(conversation.closed_at.is_some(), at == Closed);
            prop_assert!(conversation.staff.is_some() || at != Served);
            prop_assert!(conversation.staff.is_none() || matches!(at, Served | Closed));
        }
    }
}
