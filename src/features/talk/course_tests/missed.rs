//! What is not taken for a moment, and messages that are missing.

use super::*;

#[test]
fn what_is_not_taken_for_a_moment_goes_again_by_itself_and_is_not_overtaken() {
    let say = |name| Act::Send(ChatFrameIn::Say(said(name)));
    let mut course = open();
    assert_eq!(course.step(Event::Say(said("x")), 0), [Act::Keep, say("x")]);
    for (rest, code, chance, ms) in [
        (1, "too_many_messages", 0, 2_000),
        (2, "conflict", 1_000, 7_500),
        (3, "unavailable", 0, 10_000),
    ] {
        let acts = course.step(Event::Frame(1, refused("x", code)), chance);
        assert_eq!(acts, [Act::Rest { rest, ms }], "{code}");
        let later = format!("y{rest}");
        assert_eq!(course.step(Event::Say(said(&later)), 0), [Act::Keep]);
        assert_eq!(course.step(Event::Rested(rest - 1), 0), [], "an old one");
        assert_eq!(course.step(Event::Rested(rest), 0), [say("x")]);
    }
    let acts = course.step(Event::Frame(1, kept("x", 3)), 0);
    assert_eq!(acts, [say("y1")]);
    // What is refused for good keeps nothing back.
    let acts = course.step(Event::Frame(1, refused("y1", "invalid_fields")), 0);
    assert_eq!(acts, [say("y2")]);
    let acts = course.step(Event::Frame(1, refused("y2", "conflict")), 0);
    assert_eq!(acts, [Act::Rest { rest: 4, ms: 2_000 }], "anew");
}

#[test]
fn words_that_rest_can_be_given_up_and_what_was_said_later_goes_after_the_rest() {
    let mut course = open();
    for name in ["x", "y"] {
        course.step(Event::Say(said(name)), 0);
    }
    course.step(Event::Frame(1, refused("x", "too_many_messages")), 0);
    assert_eq!(
        names(&course),
        [("x".into(), Stage::Resting), ("y".into(), Stage::Waiting)]
    );
    assert_eq!(course.step(Event::GiveUp("x".into()), 0), [Act::Keep]);
    let say = Act::Send(ChatFrameIn::Say(said("y")));
    assert_eq!(course.step(Event::Rested(1), 0), [say]);
}

#[test]
fn a_message_that_comes_twice_is_shown_once_and_a_gap_is_asked_for() {
    let mut course = open();
    course.step(Event::Frame(1, theirs(3)), 0);
    course.step(Event::Frame(1, theirs(3)), 0);
    assert_eq!(numbers(&course), [1, 2, 3]);
    let acts = course.step(Event::Frame(1, theirs(5)), 0);
    assert_eq!(acts, [Act::Disconnect, Act::Wait { turn: 2, ms: 1_000 }]);
    assert_eq!(numbers(&course), [1, 2, 3]);
    assert_eq!(course.step(Event::Waited(2), 0), connects(3, 3));
    // What the old socket still says is of no interest.
    course.step(Event::Frame(1, theirs(4)), 0);
    assert_eq!(numbers(&course), [1, 2, 3]);
}

#[test]
fn what_a_page_cannot_read_is_asked_for_after_longer_each_time() {
    let mut course = open();
    let mut turn = 1;
    let mut misses = |course: &mut Course, gap: i64| {
        let acts = course.step(Event::Frame(turn, theirs(gap)), 0);
        let [Act::Disconnect, Act::Wait { turn: next, ms }] = acts[..] else {
            panic!("{acts:?}");
        };
        turn = next + 1;
        course.step(Event::Waited(next), 0);
        let frame = ready(course);
        course.step(Event::Frame(turn, frame), 0);
        assert_eq!(course.line, Line::Open);
        (ms, turn)
    };
    for expected in [1_000, 2_000, 4_000, 8_000] {
        assert_eq!(misses(&mut course, 4).0, expected);
    }
    let (_, turn) = misses(&mut course, 4);
    course.step(Event::Frame(turn, theirs(3)), 0);
    assert_eq!(misses(&mut course, 5).0, 1_000, "anew");

    let mut course = polling();
    let answer = ChatMessages {
        items: vec![message(4, ChatAuthor::Staff, "theirs")],
        more: false,
        standing: course.standing.clone(),
    };
    let acts = course.step(Event::Polled(5, Ok(answer)), 0);
    let [Act::Disconnect, Act::Wait { ms: 1_000, .. }] = acts[..] else {
        panic!("{acts:?}");
    };
}

#[test]
fn what_was_on_its_way_by_a_line_that_is_given_up_goes_by_the_next() {
    let mut course = open();
    course.step(Event::Say(said("x")), 0);
    course.step(Event::Frame(1, theirs(5)), 0);
    course.step(Event::Waited(2), 0);
    let frame = ready(&course);
    let acts = course.step(Event::Frame(3, frame), 0);
    assert!(acts.contains(&Act::Send(ChatFrameIn::Say(said("x")))));
}
