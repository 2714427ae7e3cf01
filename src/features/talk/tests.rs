//! The pages as they are drawn, from plain data.

use leptos::prelude::*;
use orders_api::{ChatAuthor, ChatMessages, ChatNow, ConversationState, Instant, Side};

use super::course::Course;
use super::sample::{AT, conversation, message, standing};
use super::talking::{Row, heard, mark, rows, standing_words};
use super::view_standing::{Ways, standing_view};
use super::view_ways::{chat_words, mine_view};
use super::words::Words;
use crate::words::Lang;

fn course() -> Course {
    let mut next_day = message(4, ChatAuthor::Shopper, "d");
    next_day.at = Instant("2026-11-22T17:00:00Z".into());
    let mut standing = standing(ConversationState::Served);
    standing.staff_read = 3;
    Course::new(
        Side::Shopper,
        ChatMessages {
            items: vec![
                message(1, ChatAuthor::Shopper, "a"),
                message(2, ChatAuthor::System, ""),
                message(3, ChatAuthor::Staff, "c"),
                next_day,
            ],
            more: false,
            standing,
        },
    )
}

#[test]
fn each_day_in_beijing_begins_once() {
    let rows = rows(&course());
    let days: Vec<_> = rows
        .iter()
        .enumerate()
        .filter_map(|(at, row)| matches!(row, Row::Day(_)).then_some(at))
        .collect();
    assert_eq!(days, [0, 4]);
    let mut keys: Vec<_> = rows.iter().map(Row::key).collect();
    keys.sort();
    keys.dedup();
    assert_eq!(keys.len(), rows.len());
}

#[test]
fn words_that_were_refused_are_another_row_than_those_on_their_way() {
    use super::course::{Stage, Unsent};
    let row = |stage| {
        let said = super::sample::question();
        let said = orders_api::SayInChat {
            client_id: said.client_id,
            text: said.text,
            evidence: Vec::new(),
        };
        Row::Unsent(Unsent { said, stage }).key()
    };
    let refused = |code: &str| row(Stage::Refused(code.into()));
    assert_ne!(row(Stage::Sent), refused("conflict"));
    assert_ne!(row(Stage::Sent), row(Stage::Resting));
    assert_ne!(refused("invalid_fields"), refused("conflict"));
    assert!(refused("conflict").ends_with(" conflict"));
}

#[test]
fn the_last_message_is_delivered_until_the_other_side_has_read_it() {
    let mut course = course();
    assert_eq!(mark(&course), Some((4, false)));
    course.standing.staff_read = 4;
    assert_eq!(mark(&course), Some((4, true)));
}

#[test]
fn only_what_others_have_said_since_is_read_out() {
    let course = course();
    assert_eq!(heard(Lang::En, &course, 2).as_deref(), Some("Support: c"));
    assert_eq!(heard(Lang::En, &course, 3), None);
    let mut joined = course;
    joined.said.truncate(2);
    assert_eq!(
        heard(Lang::En, &joined, 0).as_deref(),
        Some("Support has joined")
    );
}

#[test]
fn where_it_stands_is_said_honestly() {
    let words = Words::of(Lang::En);
    let told = |standing: &_| {
        let (_, title, text) = standing_words(Lang::En, standing);
        format!("{title}: {text}")
    };
    let mut waiting = standing(ConversationState::Waiting);
    let text = told(&waiting);
    assert!(
        text.starts_with("In the queue, you are number 2: We cannot say yet"),
        "{text}"
    );
    waiting.wait_minutes = Some(4);
    assert!(told(&waiting).contains("About 4 min"));
    waiting.answered_by = Some(Instant(AT.into()));
    let text = told(&waiting);
    assert!(
        text.contains("may close before your turn; then you get an answer by 22 Nov"),
        "{text}"
    );
    assert!(!text.contains("4 min"), "{text}");
    waiting.answered_by = None;
    waiting.wait_minutes = None;
    waiting.longer = true;
    assert!(told(&waiting).contains("longer than usual"));
    waiting.due_at = Some(Instant(AT.into()));
    let text = told(&waiting);
    assert!(
        text.starts_with("In the queue, you are number 2: ")
            && text.ends_with("stay. You get an answer by 22 Nov 2026, 16:00."),
        "{text}"
    );
    waiting.place = None;
    assert_eq!(
        told(&waiting),
        "Outside service hours: You get an answer by 22 Nov 2026, 16:00."
    );
    let mut left = standing(ConversationState::Left);
    left.due_at = waiting.due_at.clone();
    for mut missed in [waiting.clone(), left] {
        missed.overdue = true;
        let (tone, _, text) = standing_words(Lang::En, &missed);
        assert!(
            text.starts_with("An answer was promised by 22 Nov"),
            "{text}"
        );
        assert!(!text.contains("You get an answer"), "{text}");
        assert_eq!(tone, crate::ui::Tone::Warn);
        missed.place = Some(1);
        let text = told(&missed);
        assert!(text.contains("that time has passed"), "{text}");
    }
    let mut closed = standing(ConversationState::Closed);
    assert!(
        told(&closed).contains("until 29 Nov 2026, 16:00"),
        "{}",
        told(&closed)
    );
    closed.takes_words = false;
    assert!(told(&closed).ends_with(words.closed_for_good));
}

#[test]
fn the_chat_says_whether_somebody_is_there_and_how_long_it_takes() {
    let chat = |open, place, wait_minutes| ChatNow {
        open,
        opens_at: (!open).then(|| Instant(AT.into())),
        closes_at: None,
        answered_by: None,
        place,
        wait_minutes,
    };
    for (chat, text) in [
        (chat(true, Some(1), None), "Somebody is there now"),
        (
            chat(true, Some(3), None),
            "Somebody is there now; you would be number 3 in the queue",
        ),
        (
            chat(true, Some(3), Some(5)),
            "Somebody is there now; about 5 min to wait",
        ),
        (
            chat(false, None, None),
            "Closed now, opens 22 Nov, 16:00; you can leave a message",
        ),
    ] {
        assert_eq!(chat_words(Lang::En, &chat), text);
    }
    // Nine in the evening; by then it is another's turn.
    let mut late = chat(true, Some(3), Some(25));
    late.closes_at = Some(Instant("2026-11-22T13:00:00Z".into()));
    assert_eq!(
        chat_words(Lang::En, &late),
        "Somebody is there now; about 25 min to wait; open until 22 Nov, 21:00"
    );
    late.answered_by = Some(Instant("2026-11-23T13:00:00Z".into()));
    let text = chat_words(Lang::En, &late);
    assert!(
        text.contains("answer by 23 Nov, 21:00; open until 22 Nov"),
        "{text}"
    );
    assert!(!text.contains("25"), "{text}");
}

#[test]
fn a_conversation_with_an_answer_that_was_not_read_is_marked() {
    let marked = |last_answer, shopper_read| {
        let mut one = conversation(ConversationState::Closed);
        one.standing.last_seq = 9;
        one.standing.last_answer = last_answer;
        one.standing.shopper_read = shopper_read;
        Owner::new().with(|| mine_view(Lang::En, &[one]).to_html().contains("New answer"))
    };
    assert!(marked(3, 2));
    assert!(!marked(3, 3), "it was read");
    assert!(!marked(0, 0), "nobody has answered: notes are no answer");
}

#[test]
fn a_standing_is_drawn_with_its_meaning() {
    Owner::new().with(|| {
        let one = conversation(ConversationState::Waiting);
        let ways = |one: &_| Ways::of(one, "/support?order=o1".to_owned());
        let html = standing_view(Lang::ZhCn, &one.standing, ways(&one)).to_html();
        assert!(html.contains("排队中，您是第 2 位"), "{html}");
        assert!(
            !html.contains("<a "),
            "there is nothing to do but to wait: {html}"
        );

        let mut one = conversation(ConversationState::Left);
        one.standing.due_at = Some(Instant(AT.into()));
        one.standing.overdue = true;
        for may_complain in [true, false] {
            one.may_complain = may_complain;
            let html = standing_view(Lang::ZhCn, &one.standing, ways(&one)).to_html();
            assert!(html.contains("href=\"/support?order=o1\""), "{html}");
            let complain = html.contains("href=\"/orders/o1/complain\"");
            assert_eq!(complain, may_complain, "{html}");
        }
    });
}
