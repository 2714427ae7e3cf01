//! The course of a conversation, event by event.

mod missed;

use orders_api::{
    ChatAuthor, ChatFrameIn, ChatFrameOut, ChatMessages, ConversationState, ReadChat, SayInChat,
    Side,
};

use super::course::{Course, Line, Stage};
use super::sample::{message, standing};
use super::steps::{Act, Event, Fault};

fn said(name: &str) -> SayInChat {
    SayInChat {
        client_id: name.into(),
        text: format!("words of {name}"),
        evidence: Vec::new(),
    }
}

fn own(seq: i64, name: &str) -> ChatFrameOut {
    let mut message = message(seq, ChatAuthor::Shopper, "words");
    message.client_id = name.into();
    ChatFrameOut::Message(message)
}

fn theirs(seq: i64) -> ChatFrameOut {
    ChatFrameOut::Message(message(seq, ChatAuthor::Staff, "theirs"))
}

/// A conversation of two messages that is being connected: turn 1.
fn connecting() -> Course {
    let mut standing = standing(ConversationState::Served);
    (standing.last_seq, standing.shopper_read) = (2, 1);
    let mut course = Course::new(
        Side::Shopper,
        ChatMessages {
            items: vec![
                message(1, ChatAuthor::Shopper, "a"),
                message(2, ChatAuthor::Staff, "b"),
            ],
            more: false,
            standing,
        },
    );
    let acts = course.step(Event::Begun(Vec::new()), 0);
    assert!(
        acts.contains(&Act::Connect { turn: 1, after: 2 }),
        "{acts:?}"
    );
    course
}

fn ready(course: &Course) -> ChatFrameOut {
    ChatFrameOut::Ready(course.standing.clone())
}

/// A socket is opened, and given ten seconds.
fn connects(turn: u32, after: i64) -> [Act; 2] {
    [Act::Connect { turn, after }, Act::Wait { turn, ms: 10_000 }]
}

/// The same with its socket open.
fn open() -> Course {
    let mut course = connecting();
    let frame = ready(&course);
    course.step(Event::Frame(1, frame), 0);
    assert_eq!(course.line, Line::Open);
    course
}

fn numbers(course: &Course) -> Vec<i64> {
    course.said.iter().map(|said| said.seq).collect()
}

fn names(course: &Course) -> Vec<(String, Stage)> {
    let unsent = course.unsent.iter();
    unsent
        .map(|unsent| (unsent.said.client_id.clone(), unsent.stage.clone()))
        .collect()
}

#[test]
fn what_is_said_without_a_line_waits_and_is_sent_in_order_when_there_is_one() {
    let mut course = connecting();
    for name in ["x", "y"] {
        assert_eq!(course.step(Event::Say(said(name)), 0), [Act::Keep]);
    }
    let frame = ready(&course);
    let acts = course.step(Event::Frame(1, frame), 0);
    let sent = |acts: Vec<Act>| {
        let says = |act: &Act| matches!(act, Act::Send(ChatFrameIn::Say(_)));
        acts.into_iter().filter(says).collect::<Vec<_>>()
    };
    let say = |name| Act::Send(ChatFrameIn::Say(said(name)));
    assert_eq!(sent(acts), [say("x")]);
    let acts = course.step(Event::Frame(1, kept("x", 3)), 0);
    assert_eq!(sent(acts), [say("y")]);
    assert_eq!(sent(course.step(Event::Frame(1, own(3, "x")), 0)), []);
}

fn refused(name: &str, code: &str) -> ChatFrameOut {
    ChatFrameOut::Refused {
        client_id: Some(name.into()),
        code: code.into(),
    }
}

fn kept(name: &str, seq: i64) -> ChatFrameOut {
    let client_id = name.into();
    ChatFrameOut::Said { client_id, seq }
}

#[test]
fn words_and_their_acknowledgement_may_come_in_either_order_and_are_shown_once() {
    for said_first in [true, false] {
        let mut course = open();
        course.step(Event::Say(said("x")), 0);
        let mut frames = vec![kept("x", 3), own(3, "x")];
        if !said_first {
            frames.reverse();
        }
        for frame in frames {
            course.step(Event::Frame(1, frame), 0);
        }
        assert_eq!(numbers(&course), [1, 2, 3]);
        assert_eq!(names(&course), []);
    }
}

#[test]
fn after_a_cut_the_same_words_are_sent_again_under_the_same_name() {
    let mut course = open();
    course.step(Event::Say(said("x")), 0);
    let acts = course.step(Event::Closed(1, 1006), 0);
    assert_eq!(acts, [Act::Wait { turn: 2, ms: 1_000 }]);
    assert_eq!(names(&course), [("x".into(), Stage::Waiting)]);
    let acts = course.step(Event::Waited(2), 0);
    assert_eq!(acts, connects(3, 2));
    let frame = ready(&course);
    let acts = course.step(Event::Frame(3, frame), 0);
    assert!(acts.contains(&Act::Send(ChatFrameIn::Say(said("x")))));
}

#[test]
fn waits_grow_are_spread_and_begin_anew_once_it_was_connected() {
    let mut course = open();
    let mut waits = Vec::new();
    let mut turn = 1;
    for chance in [0, 1_000, 0, 500] {
        let acts = course.step(Event::Closed(turn, 1001), chance);
        let Some(Act::Wait { turn: next, ms }) = acts.first() else {
            panic!("{acts:?}");
        };
        waits.push(*ms);
        course.step(Event::Waited(*next), 0);
        turn = next + 1;
        if waits.len() == 2 {
            let frame = ready(&course);
            course.step(Event::Frame(turn, frame), 0);
        } else if waits.len() == 1 {
            // It opens and is closed before it is ready: the next wait is longer.
            course.step(Event::Frame(turn, ChatFrameOut::Pong), 0);
        }
    }
    assert_eq!(waits, [1_000, 3_000, 1_000, 2_500]);
}

#[test]
fn two_sockets_that_never_opened_are_enough_to_ask_instead_and_the_socket_is_tried_again() {
    let mut course = connecting();
    course.step(Event::Closed(1, 1006), 0);
    course.step(Event::Waited(2), 0);
    let acts = course.step(Event::Closed(3, 1006), 0);
    let ask = |turn, wait| Act::Poll {
        turn,
        after: 2,
        wait,
    };
    assert_eq!(acts, [ask(4, false)]);
    let answer = |course: &Course| ChatMessages {
        items: Vec::new(),
        more: false,
        standing: course.standing.clone(),
    };
    let mut turn = 4;
    loop {
        let acts = course.step(Event::Polled(turn, Ok(answer(&course))), 0);
        turn += 1;
        if acts == connects(turn, 2) {
            break;
        }
        assert_eq!(acts, [ask(turn, true)]);
        assert_eq!(course.line, Line::Polling);
        assert!(turn < 20, "it is never tried again");
    }
    // Still blocked: one try is enough to know.
    let acts = course.step(Event::Closed(turn, 1006), 0);
    assert_eq!(acts, [ask(turn + 1, false)]);
}

/// One that asks: turn 5 is under way.
fn polling() -> Course {
    let mut course = connecting();
    course.step(Event::Closed(1, 1006), 0);
    course.step(Event::Waited(2), 0);
    course.step(Event::Closed(3, 1006), 0);
    let answer = ChatMessages {
        items: Vec::new(),
        more: false,
        standing: course.standing.clone(),
    };
    course.step(Event::Polled(4, Ok(answer)), 0);
    course
}

#[test]
fn without_a_socket_words_go_one_after_the_other_and_lost_ones_again() {
    let mut course = polling();
    let acts = course.step(Event::Say(said("x")), 0);
    assert_eq!(acts, [Act::Keep, Act::Post(said("x"))]);
    assert_eq!(course.step(Event::Say(said("y")), 0), [Act::Keep]);
    let lost = Event::Posted("x".into(), Err(Fault::Lost));
    assert_eq!(course.step(lost, 0), []);
    let answer = ChatMessages {
        items: Vec::new(),
        more: false,
        standing: course.standing.clone(),
    };
    let acts = course.step(Event::Polled(5, Ok(answer)), 0);
    assert!(acts.contains(&Act::Post(said("x"))), "{acts:?}");
    let kept = message(3, ChatAuthor::Shopper, "");
    let acts = course.step(Event::Posted("x".into(), Ok(kept)), 0);
    assert_eq!(acts, [Act::Post(said("y"))]);
}

#[test]
fn what_is_refused_says_why_and_goes_again_or_away_when_the_shopper_says_so() {
    let mut course = open();
    course.step(Event::Say(said("x")), 0);
    course.step(Event::Frame(1, refused("x", "served_by_another")), 0);
    let stage = Stage::Refused("served_by_another".into());
    assert_eq!(names(&course), [("x".into(), stage)]);
    let acts = course.step(Event::Again("x".into()), 0);
    assert_eq!(acts, [Act::Send(ChatFrameIn::Say(said("x")))]);
    assert_eq!(course.step(Event::GiveUp("x".into()), 0), [Act::Keep]);
    assert_eq!(names(&course), []);
}

#[test]
fn what_was_kept_over_a_reload_is_sent_unless_it_has_arrived_already() {
    let mut arrived = message(3, ChatAuthor::Shopper, "x");
    arrived.client_id = "x".into();
    let mut course = Course::new(
        Side::Shopper,
        ChatMessages {
            items: vec![arrived],
            more: false,
            standing: standing(ConversationState::Served),
        },
    );
    course.step(Event::Begun(vec![said("x"), said("y")]), 0);
    assert_eq!(names(&course), [("y".into(), Stage::Waiting)]);
    assert_eq!(course.kept(), [said("y")]);
}

#[test]
fn the_end_of_the_session_is_made_sure_of_and_goes_on_after_the_log_in() {
    let mut course = open();
    let acts = course.step(Event::Closed(1, 1008), 0);
    let ask = Act::Poll {
        turn: 3,
        after: 2,
        wait: false,
    };
    assert_eq!(acts, [ask]);
    assert_eq!(course.step(Event::Polled(3, Err(Fault::LoggedOut)), 0), []);
    assert_eq!(course.line, Line::LoggedOut);
    let acts = course.step(Event::BackAgain, 0);
    assert_eq!(acts, connects(5, 2));
}

#[test]
fn a_conversation_that_is_gone_is_not_asked_for_any_more() {
    let mut course = open();
    course.step(Event::Closed(1, 1008), 0);
    assert_eq!(course.step(Event::Polled(3, Err(Fault::Gone)), 0), []);
    assert_eq!(course.line, Line::Gone);
    assert_eq!(course.step(Event::BackAgain, 0), []);
}

#[test]
fn a_socket_is_pinged_and_stays_as_long_as_it_answers() {
    let mut course = connecting();
    let frame = ready(&course);
    let acts = course.step(Event::Frame(1, frame), 0);
    let watch = |beat, ms| [Act::Send(ChatFrameIn::Ping), Act::Watch { beat, ms }];
    assert_eq!(acts[..2], watch(1, 25_000));
    // Nothing is said but that it is there.
    for beat in 1..4 {
        course.step(Event::Frame(1, ChatFrameOut::Pong), 0);
        let acts = course.step(Event::Beat(beat), 0);
        assert_eq!(acts, watch(beat + 1, 25_000));
    }
    assert_eq!(course.step(Event::Beat(1), 0), [], "an old one");
    course.step(Event::Frame(1, ChatFrameOut::Pong), 0);
    assert_eq!(course.step(Event::BackAgain, 0), watch(5, 5_000));
    let acts = course.step(Event::Beat(5), 0);
    assert_eq!(acts, [Act::Disconnect, Act::Wait { turn: 2, ms: 1_000 }]);
    assert_eq!(course.line, Line::Down);
}

#[test]
fn a_socket_that_neither_opens_nor_fails_counts_as_one_that_never_opened() {
    let mut course = connecting();
    let acts = course.step(Event::Waited(1), 0);
    assert_eq!(acts, [Act::Disconnect, Act::Wait { turn: 2, ms: 1_000 }]);
    assert_eq!(course.step(Event::Waited(2), 0), connects(3, 2));
    let acts = course.step(Event::Waited(3), 0);
    let ask = Act::Poll {
        turn: 4,
        after: 2,
        wait: false,
    };
    assert_eq!(acts, [Act::Disconnect, ask]);
    // One that has opened in time is left alone.
    let mut course = open();
    assert_eq!(course.step(Event::Waited(1), 0), []);
    assert_eq!(course.line, Line::Open);
}

#[test]
fn where_nothing_comes_through_sockets_are_not_taken_for_blocked() {
    let mut course = connecting();
    course.step(Event::Closed(1, 1006), 0);
    course.step(Event::Waited(2), 0);
    course.step(Event::Closed(3, 1006), 0);
    let acts = course.step(Event::Polled(4, Err(Fault::Lost)), 0);
    assert_eq!(acts, [Act::Wait { turn: 5, ms: 2_000 }]);
    assert_eq!(course.step(Event::Waited(5), 0), connects(6, 2));
    // The server is back.
    let frame = ready(&course);
    course.step(Event::Frame(6, frame), 0);
    assert_eq!(course.line, Line::Open);
}

#[test]
fn words_that_have_arrived_before_what_is_shown_do_not_wait_for_their_message() {
    let mut course = open();
    course.step(Event::Say(said("x")), 0);
    let long_ago = kept("x", 1);
    assert_eq!(course.step(Event::Frame(1, long_ago), 0), [Act::Keep]);
    assert_eq!(names(&course), []);
    let mut course = polling();
    course.step(Event::Say(said("x")), 0);
    let kept = message(2, ChatAuthor::Shopper, "x");
    assert_eq!(
        course.step(Event::Posted("x".into(), Ok(kept)), 0),
        [Act::Keep]
    );
    assert_eq!(names(&course), []);
}

#[test]
fn what_is_said_before_the_page_knows_what_was_kept_comes_after_it() {
    let mut course = Course::new(
        Side::Shopper,
        ChatMessages {
            items: vec![message(1, ChatAuthor::Shopper, "a")],
            more: false,
            standing: standing(ConversationState::Served),
        },
    );
    course.step(Event::Say(said("y")), 0);
    course.step(Event::Begun(vec![said("x")]), 0);
    assert_eq!(course.kept(), [said("x"), said("y")]);
}

#[test]
fn what_was_seen_is_told_once_and_after_a_cut_only_when_there_is_a_line() {
    let read = |seq| Act::Send(ChatFrameIn::Read(ReadChat { seq }));
    let mut course = open();
    assert_eq!(course.step(Event::Seen(2), 0), [read(2)]);
    assert_eq!(course.step(Event::Seen(2), 0), []);
    course.step(Event::Frame(1, theirs(3)), 0);
    course.step(Event::Closed(1, 1006), 0);
    assert_eq!(course.step(Event::Seen(3), 0), []);
    course.step(Event::Waited(2), 0);
    let mut standing = course.standing.clone();
    standing.shopper_read = 2;
    let acts = course.step(Event::Frame(3, ChatFrameOut::Ready(standing)), 0);
    assert!(acts.contains(&read(3)), "{acts:?}");
    assert_eq!(polling().step(Event::Seen(2), 0), [Act::Mark { seq: 2 }]);
}

#[test]
fn typing_ends_by_itself_and_with_the_words() {
    let typing = ChatFrameOut::Typing { by: Side::Staff };
    let mut course = open();
    let acts = course.step(Event::Frame(1, typing.clone()), 0);
    assert_eq!(
        acts,
        [Act::Listen {
            typed: 1,
            ms: 6_000
        }]
    );
    course.step(Event::Frame(1, typing.clone()), 0);
    course.step(Event::Hushed(1), 0);
    assert!(course.typing, "it goes on");
    course.step(Event::Hushed(2), 0);
    assert!(!course.typing);
    course.step(Event::Frame(1, typing), 0);
    course.step(Event::Frame(1, theirs(3)), 0);
    assert!(!course.typing);
}

#[test]
fn older_messages_come_before_the_others_when_they_join_on() {
    let mut course = Course::new(
        Side::Shopper,
        ChatMessages {
            items: vec![message(7, ChatAuthor::Staff, "g")],
            more: false,
            standing: standing(ConversationState::Served),
        },
    );
    let of = |seqs: std::ops::Range<i64>| {
        Event::Older(
            seqs.map(|seq| message(seq, ChatAuthor::Staff, ""))
                .collect(),
        )
    };
    course.step(of(1..4), 0);
    assert_eq!(numbers(&course), [7], "there would be a gap");
    course.step(of(4..9), 0);
    assert_eq!(numbers(&course), [4, 5, 6, 7]);
}
