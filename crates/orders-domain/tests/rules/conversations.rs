//! Who may do what in which state of a conversation, and what becomes of it while nobody does anything.

use chrono::TimeDelta;
use orders_domain::*;
use proptest::prelude::*;

use crate::sample::{calendar, instant, policy};

use ConversationMove::{EndByShopper, EndByStaff, HandBack, ShopperSays, Take};
use ConversationState::{Closed, Left, Served, Waiting};

pub const OPEN: &str = "2026-11-20T04:00:00Z";
pub const SHUT: &str = "2026-11-20T14:00:00Z";

pub fn rules(now: &str) -> ChatRules<'static> {
    ChatRules {
        policy: policy("tepai"),
        calendar: calendar(),
        now: instant(now),
    }
}

fn blank() -> Conversation {
    let of = ("lin".into(), "tepai".into());
    let opened = instant(OPEN);
    Conversation {
        order: Some("o1".into()),
        ..Conversation::blank("k1".into(), of, Subject::of(Topic::Other), opened)
    }
}

pub fn opened(now: &str) -> Conversation {
    Conversation::open(blank(), rules(now))
        .unwrap()
        .conversation
}

pub fn says(by: &str) -> ConversationMove {
    ConversationMove::StaffSays {
        by: by.into(),
        take_over: false,
    }
}

pub fn passes(by: &str, to: &str, from: Option<&str>) -> ConversationMove {
    ConversationMove::Transfer {
        by: by.into(),
        to: to.into(),
        from: from.map(Into::into),
    }
}

/// What is made of a conversation by these moves, one after the other.
pub fn led(conversation: Conversation, moves: &[(&str, ConversationMove)]) -> Conversation {
    moves
        .iter()
        .fold(conversation, |conversation, (at, action)| {
            let moved = conversation.make(action, rules(at));
            moved
                .unwrap_or_else(|refusal| panic!("{action:?} at {at}: {refusal:?}"))
                .conversation
        })
}

/// A conversation in that state; who serves is `wang`, and what is closed was closed when it was open last.
pub fn in_state(state: ConversationState) -> Conversation {
    match state {
        Waiting => opened(OPEN),
        Left => opened(SHUT),
        Served => led(opened(OPEN), &[(OPEN, Take("wang".into()))]),
        Closed => led(opened(OPEN), &[(OPEN, EndByShopper)]),
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

/// What is so of every conversation, whatever was done in it.
fn is_whole(now: &Conversation) -> Result<(), &'static str> {
    let at = now.state;
    for (so, wrong) in [
        (now.waiting_since.is_some() == (at == Waiting), "waits"),
        (now.place_since.is_some() == (at != Closed), "a place"),
        (now.due_at.is_some() || at != Left, "left for ever"),
        (now.due_at.is_none() || at != Closed, "promised and over"),
        (
            now.unanswered_since.is_none() || at == Served,
            "nobody's debt",
        ),
        (now.closed_at.is_some() == (at == Closed), "over"),
        (now.staff.is_some() || at != Served, "by nobody"),
        (
            now.staff.is_none() || matches!(at, Served | Closed),
            "staff",
        ),
        (now.work().is_some() == matches!(at, Waiting | Left), "work"),
    ] {
        if !so {
            return Err(wrong);
        }
    }
    Ok(())
}

#[test]
fn every_move_in_every_state() {
    use ConversationRefusal as Not;
    let by_wang = || Err(Not::ServedByAnother("wang".into()));
    let take_over = ConversationMove::StaffSays {
        by: "zhou".into(),
        take_over: true,
    };
    let wang = || Some(StaffId::from("wang"));
    let zhou = || Some(StaffId::from("zhou"));
    let (not_served, over) = (|| Err(Not::NotServed), || Err(Not::Closed));
    let unanswered = || Err(Not::Unanswered);
    let table: Vec<(ConversationMove, [Result<ConversationState, Not>; 4])> = vec![
        // In the order of the states: waiting, served (by wang), left, closed.
        (
            ShopperSays,
            [Ok(Waiting), Ok(Served), Ok(Waiting), Ok(Waiting)],
        ),
        (says("wang"), [Ok(Served), Ok(Served), Ok(Served), over()]),
        (says("zhou"), [Ok(Served), by_wang(), Ok(Served), over()]),
        (take_over, [Ok(Served), Ok(Served), Ok(Served), over()]),
        (
            Take("wang".into()),
            [Ok(Served), Ok(Served), Ok(Served), over()],
        ),
        (
            Take("zhou".into()),
            [Ok(Served), by_wang(), Ok(Served), over()],
        ),
        (
            passes("wang", "zhou", None),
            [not_served(), Ok(Served), not_served(), over()],
        ),
        (
            passes("zhou", "li", None),
            [not_served(), by_wang(), not_served(), over()],
        ),
        (
            passes("zhou", "zhou", Some("wang")),
            [not_served(), Ok(Served), not_served(), over()],
        ),
        (
            passes("zhou", "zhou", Some("li")),
            [not_served(), by_wang(), not_served(), over()],
        ),
        (
            HandBack(wang()),
            [not_served(), Ok(Waiting), not_served(), over()],
        ),
        (
            HandBack(zhou()),
            [not_served(), by_wang(), not_served(), over()],
        ),
        (
            HandBack(None),
            [not_served(), Ok(Waiting), not_served(), over()],
        ),
        (
            EndByShopper,
            [Ok(Closed), Ok(Closed), Ok(Closed), Ok(Closed)],
        ),
        (
            EndByStaff(wang()),
            [unanswered(), unanswered(), unanswered(), Ok(Closed)],
        ),
        (
            EndByStaff(zhou()),
            [unanswered(), by_wang(), unanswered(), Ok(Closed)],
        ),
        (
            EndByStaff(None),
            [unanswered(), unanswered(), unanswered(), Ok(Closed)],
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
                is_whole(now).unwrap_or_else(|wrong| panic!("{what}: {wrong}: {now:?}"));
                assert_eq!(moved.by.as_ref(), action.by(), "{what}");
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
    let morning = "2026-11-21T01:05:00Z";
    let taken = led(late, &[(morning, Take("wang".into()))]);
    assert_eq!(
        taken.waited,
        Some(TimeDelta::minutes(15)),
        "the night is no wait"
    );
}

/// Two days after [`SHUT`], also at night.
const NIGHT_AFTER: &str = "2026-11-22T14:00:00Z";

#[test]
fn the_promise_of_an_answer_stays_until_there_is_one() {
    let due = Some(instant("2026-11-21T13:00:00Z"));
    let waiting = opened("2026-11-20T12:50:00Z");
    assert_eq!(waiting.time_over(rules("2026-11-20T12:59:00Z")), None);
    let found = waiting.time_over(rules(SHUT)).unwrap();
    assert!(found.before.is_empty() && found.after.is_empty());
    let found = found.conversation;
    assert_eq!((found.state, found.due_at), (Waiting, due));
    assert_eq!(found.work().unwrap().due_at, due);
    assert_eq!(found.time_over(rules(NIGHT_AFTER)), None, "once");
    assert_eq!(found.answer_due(rules(NIGHT_AFTER)), due);
    for (at, overdue) in [
        ("2026-11-21T12:59:59Z", false),
        ("2026-11-21T13:00:00Z", true),
        (NIGHT_AFTER, true),
    ] {
        assert_eq!(found.is_overdue(rules(at)), overdue, "{at}");
        let taken = led(found.clone(), &[(at, Take("wang".into()))]);
        assert!(!taken.is_overdue(rules(at)), "somebody is there");
    }

    let morning = "2026-11-21T02:00:00Z";
    let wang = || Some(StaffId::from("wang"));
    for before in [found, opened(SHUT)] {
        // Neither words nor a colleague's taking it and handing it back put the answer off.
        let place = before.place_since;
        for moves in [
            vec![(morning, ShopperSays)],
            vec![(NIGHT_AFTER, ShopperSays)],
            vec![(morning, ShopperSays), (NIGHT_AFTER, ShopperSays)],
            vec![(morning, Take("wang".into())), (morning, HandBack(wang()))],
            vec![(morning, Take("wang".into())), (SHUT, HandBack(wang()))],
        ] {
            let now = led(before.clone(), &moves);
            assert_eq!((now.due_at, now.place_since), (due, place), "{moves:?}");
            let work = now.work().unwrap();
            assert_eq!((work.due_at, Some(work.since)), (due, place), "{moves:?}");
        }
        let answered = led(
            before,
            &[(morning, says("wang")), (NIGHT_AFTER, ShopperSays)],
        );
        assert_eq!((answered.state, answered.due_at), (Served, None));
        // Whoever has it may be there at night, too; nobody is after five minutes.
        let asked = answered.time_over(rules("2026-11-22T14:05:00Z")).unwrap();
        assert_eq!(asked.before, [ChatNote::Left]);
        assert_eq!(
            asked.conversation.due_at,
            Some(instant("2026-11-23T13:00:00Z")),
            "another question, another promise"
        );
    }
}

#[test]
fn words_that_nobody_answers_become_work_again() {
    let at = |seconds: i64| {
        let now = instant(OPEN) + TimeDelta::seconds(seconds);
        ChatRules { now, ..rules(OPEN) }
    };
    let most = ANSWER_MINUTES * 60;
    let taken = in_state(Served);
    let answered = led(taken.clone(), &[(OPEN, says("wang"))]);
    let hour = 3600;
    let asked = answered.make(&ShopperSays, at(hour)).unwrap().conversation;
    assert_eq!(answered.time_over(at(100 * most)), None, "nothing is asked");
    // What was never answered has its old place, and what was has that of its new words.
    for (unanswered, since) in [(taken, 0), (asked, hour)] {
        let over = since + most;
        assert_eq!(unanswered.time_over(at(over - 1)), None);
        let back = unanswered.time_over(at(over)).unwrap();
        assert_eq!(back.before, [ChatNote::Unanswered]);
        let now = back.conversation;
        assert_eq!((now.state, &now.staff), (Waiting, &None));
        assert_eq!(now.place_since, Some(at(since).now));
        assert_eq!(now.waits_since(), Some(at(since).now));
        assert_eq!(now.waiting_since, Some(at(over).now));
        assert_eq!(now.work().unwrap().since, at(since).now);
        // More words put off neither the time nor the place.
        let more = unanswered.make(&ShopperSays, at(over - 1)).unwrap();
        let more = more.conversation.time_over(at(over)).unwrap();
        assert_eq!(more.conversation.place_since, Some(at(since).now));
        // Who gets it from a colleague has as long again.
        let passed = unanswered.make(&passes("wang", "zhou", None), at(over - 1));
        assert_eq!(passed.unwrap().conversation.time_over(at(over)), None);
    }
    let evening = "2026-11-20T12:58:00Z";
    let asked = led(
        in_state(Served),
        &[(evening, says("wang")), (evening, ShopperSays)],
    );
    let left = asked.time_over(rules("2026-11-20T13:03:00Z")).unwrap();
    assert_eq!(left.before, [ChatNote::Left]);
    assert_eq!(
        left.conversation.due_at,
        Some(instant("2026-11-21T13:00:00Z"))
    );
}

#[test]
fn what_is_handed_back_comes_back_to_its_place_and_out_of_hours_is_left() {
    let first = opened(OPEN);
    let taken = led(first, &[("2026-11-20T04:20:00Z", Take("wang".into()))]);
    let hello = led(taken.clone(), &[("2026-11-20T04:21:00Z", says("wang"))]);
    // What is asked after the answer waits from then on, also when it is passed on unanswered.
    let (asks, more) = ("2026-11-20T04:21:30Z", "2026-11-20T04:21:40Z");
    let asked = led(hello.clone(), &[(asks, ShopperSays), (more, ShopperSays)]);
    let passed = led(asked.clone(), &[(more, passes("wang", "zhou", None))]);
    for (handed_back, since) in [(taken, OPEN), (hello, OPEN), (asked, asks), (passed, asks)] {
        for (at, note, state) in [
            ("2026-11-20T04:22:00Z", ChatNote::HandedBack, Waiting),
            (SHUT, ChatNote::Left, Left),
        ] {
            let back = handed_back.make(&HandBack(None), rules(at)).unwrap();
            assert_eq!((back.before, back.conversation.state), (vec![note], state));
            assert_eq!(back.conversation.place_since, Some(instant(since)));
            let again = [(at, Take("li".into())), (at, HandBack(None))];
            let again = led(back.conversation, &again);
            assert_eq!(again.place_since, Some(instant(since)));
        }
    }
}

#[test]
fn of_two_who_take_over_at_once_the_second_is_told() {
    let zhou = led(
        in_state(Served),
        &[(OPEN, passes("zhou", "zhou", Some("wang")))],
    );
    assert_eq!(zhou.staff, Some("zhou".into()));
    let second = zhou.make(&passes("li", "li", Some("wang")), rules(OPEN));
    assert_eq!(
        second,
        Err(ConversationRefusal::ServedByAnother("zhou".into()))
    );
}

#[test]
fn who_is_passed_on_is_served_by_the_other_and_how_long_it_waited_is_known() {
    let waiting = opened(OPEN);
    let later = "2026-11-20T04:07:30Z";
    let taken = led(waiting, &[(later, Take("wang".into()))]);
    assert_eq!(taken.waited, Some(TimeDelta::seconds(450)));
    let passed = taken.make(&passes("wang", "zhou", None), rules(later));
    let passed = passed.unwrap();
    assert_eq!(passed.conversation.staff, Some("zhou".into()));
    assert_eq!(passed.before, [ChatNote::Transferred]);
    let left = led(opened(SHUT), &[(later, Take("wang".into()))]);
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

proptest! {
    #[test]
    fn whatever_is_done_a_conversation_stays_whole(steps in proptest::collection::vec((0_usize..10, 0_i64..3000), 0..30)) {
        let mut now = instant(OPEN);
        let (mut conversation, mut was_answered) = (opened(OPEN), false);
        for (step, minutes) in steps {
            now += TimeDelta::minutes(minutes);
            let rules = ChatRules { policy: policy("tepai"), calendar: calendar(), now };
            let action = match step {
                0 => ShopperSays,
                1 => says("wang"),
                2 => says("zhou"),
                3 => Take("wang".into()),
                4 => passes("wang", "zhou", None),
                5 => passes("li", "li", Some("wang")),
                6 => HandBack(Some("wang".into())),
                7 => EndByShopper,
                _ => EndByStaff(None),
            };
            let before = conversation.clone();
            let moved = match step {
                9 => conversation.time_over(rules),
                _ => conversation.make(&action, rules).ok(),
            };
            let made = moved.is_some();
            if let Some(moved) = moved {
                conversation = moved.conversation;
            }
            prop_assert_eq!(is_whole(&conversation), Ok(()));
            let answered = matches!(action, ConversationMove::StaffSays { .. });
            was_answered |= answered && made;
            if before.state != Closed && conversation.state == Closed && step != 7 {
                prop_assert!(was_answered && before.due_at.is_none(), "the staff end what nobody answered");
            }
            was_answered &= conversation.state != Closed;
            if before.state != Closed && conversation.state != Closed {
                // Words after an answer are the only ones that begin to wait anew.
                let anew = step == 0 && before.state == Served && before.unanswered_since.is_none();
                let place = if anew { Some(now) } else { before.place_since };
                prop_assert_eq!(conversation.place_since, place, "a place is kept");
                if !(answered && step < 9) && before.due_at.is_some() {
                    prop_assert_eq!(conversation.due_at, before.due_at, "a promise is kept");
                }
            }
        }
    }
}
