//! What is offered to whom, where one writes, what is sent, and what the page says.

use leptos::prelude::*;
use orders_api::{
    ChatAuthor, ChatFrameIn, ChatFrameOut, ConversationState, Instant, ReadChat, SayInChat, Side,
    StaffConversation,
};
use storefront::features::talk::course::{Line, Stage};
use storefront::features::talk::steps::{Act, Event};
use storefront::features::talk::talking::mark;
use storefront::features::talk::unsent::Kept;
use storefront::words::Lang;

use super::data::is_unsent;
use super::moves::data::{Move, offered};
use super::sample::{AT, conversation, course, message, person, standing};
use super::view_composer::{Place, place_of};
use super::view_facts::facts_view;
use super::view_head::standing_words;
use super::view_thread::{heard, line_words, reads, refused, said_view, who_said};
use super::words::Words;

fn said(name: &str) -> SayInChat {
    SayInChat {
        client_id: name.into(),
        text: "查到了".into(),
        evidence: Vec::new(),
    }
}

#[test]
fn who_has_it_hands_it_back_and_others_take_it_over_first() {
    use ConversationState::{Closed, Left, Served, Waiting};
    let wang = || Some(person("wang", "王静"));
    for (state, staff, own, expected) in [
        (Waiting, None, "wang", vec![Move::Take, Move::End]),
        (Left, None, "wang", vec![Move::Take, Move::End]),
        (Served, wang(), "wang", vec![Move::HandBack, Move::End]),
        (Served, wang(), "zhou", vec![Move::TakeOver]),
        (Closed, wang(), "wang", Vec::new()),
    ] {
        let one = conversation(state, staff);
        let mut standing = one.conversation.standing.clone();
        for answered in [true, false] {
            standing.answered = answered;
            let mut expected = expected.clone();
            // What nobody has answered is not ended.
            expected.retain(|what| answered || *what != Move::End);
            let found = offered(&one, &standing, own);
            assert_eq!(found, expected, "{state:?} {own} {answered}");
        }
    }
}

#[test]
fn one_writes_where_writing_does_no_colleague_out_of_a_conversation() {
    use ConversationState::{Closed, Left, Served, Waiting};
    let wang = || Some(person("wang", "王静"));
    for (state, staff, takes, own, expected) in [
        (Waiting, None, true, "wang", Place::Takes),
        (Left, None, true, "wang", Place::Takes),
        (Served, wang(), true, "wang", Place::Writes),
        (Served, wang(), true, "zhou", Place::Theirs("王静".into())),
        (Closed, wang(), true, "wang", Place::Ended),
        (Closed, wang(), false, "wang", Place::Over),
    ] {
        let one = conversation(state, staff);
        assert_eq!(
            place_of(&one, state, takes, own),
            expected,
            "{state:?} {own}"
        );
    }
}

#[test]
fn who_only_looks_at_a_colleagues_conversation_takes_no_mark_from_it() {
    use ConversationState::{Closed, Left, Served, Waiting};
    let wang = || Some(person("wang", "王静"));
    for (state, staff, own, expected) in [
        (Waiting, None, "zhou", true),
        (Left, None, "zhou", true),
        (Served, wang(), "wang", true),
        (Served, wang(), "zhou", false),
        (Closed, wang(), "zhou", true),
    ] {
        let one = conversation(state, staff);
        assert_eq!(reads(&one, state, own), expected, "{state:?} {own}");
    }
}

#[test]
fn the_staffs_own_words_are_ours_and_the_shoppers_reading_marks_them() {
    let mut course = course();
    assert_eq!(mark(&course), Some((2, false)));
    course.standing.shopper_read = 2;
    assert_eq!(mark(&course), Some((2, true)));
    course.step(Event::Begun(Vec::new()), 0);
    let ready = ChatFrameOut::Ready(course.standing.clone());
    course.step(Event::Frame(1, ready), 0);
    assert_eq!(course.line, Line::Open);
    // What was read is told as the staff's.
    let acts = course.step(Event::Seen(2), 0);
    assert_eq!(acts, [Act::Send(ChatFrameIn::Read(ReadChat { seq: 2 }))]);
    assert_eq!(course.standing.staff_read, 2);
    // Only the other side counts as typing.
    for (by, typing) in [(Side::Staff, false), (Side::Shopper, true)] {
        course.step(Event::Frame(1, ChatFrameOut::Typing { by }), 0);
        assert_eq!(course.typing, typing, "{by:?}");
    }
}

#[test]
fn what_one_has_said_is_known_again_and_a_shoppers_message_of_that_name_is_none_of_it() {
    let mut course = course();
    course.step(Event::Begun(Vec::new()), 0);
    course.step(Event::Say(said("x")), 0);
    assert!(is_unsent(&course));
    let mut theirs = message(3, ChatAuthor::Shopper, "?");
    theirs.client_id = "x".into();
    course.step(Event::Frame(1, ChatFrameOut::Message(theirs)), 0);
    assert!(is_unsent(&course));
    let mut ours = message(4, ChatAuthor::Staff, "查到了");
    ours.client_id = "x".into();
    course.step(Event::Frame(1, ChatFrameOut::Message(ours)), 0);
    assert!(!is_unsent(&course));
    assert_eq!(course.unsent, []);
}

#[test]
fn what_was_refused_is_not_waited_for() {
    let mut course = course();
    course.step(Event::Begun(Vec::new()), 0);
    course.step(Event::Say(said("x")), 0);
    let refused = ChatFrameOut::Refused {
        client_id: Some("x".into()),
        code: "claimed_by_another".into(),
    };
    course.step(Event::Frame(1, refused), 0);
    assert_eq!(
        course.unsent[0].stage,
        Stage::Refused("claimed_by_another".into())
    );
    assert!(!is_unsent(&course));
    // It is kept all the same, until somebody gives it up.
    assert_eq!(course.kept(), [said("x")]);
}

#[test]
fn who_has_the_conversation_is_named_where_words_were_refused() {
    let wang = person("wang", "王静");
    let why = |has| refused(Lang::En, "served_by_another", has);
    assert_eq!(why(Some(&wang)), "王静 has this chat.");
    assert_eq!(why(None), "A colleague has this chat.");
}

#[test]
fn what_was_left_is_nobodys_where_the_browser_forgets() {
    assert_eq!(super::data::left_behind("wang", "c1"), Kept::default());
}

#[test]
fn only_what_others_have_said_since_is_read_out() {
    let words = Words::of(Lang::En);
    let mut course = course();
    assert_eq!(heard(Lang::En, &course, "林", 2), None);
    assert_eq!(
        heard(Lang::En, &course, "林", 0).as_deref(),
        Some("林: 还没到账")
    );
    course.said.push(message(3, ChatAuthor::Shopper, ""));
    let photo = format!("林: {}", words.photo);
    assert_eq!(heard(Lang::En, &course, "林", 2), Some(photo));
}

#[test]
fn each_message_says_who_said_it() {
    use ChatAuthor::{Shopper, Staff, System};
    let names = [person("wang", "王静")];
    for (own, by, staff, expected) in [
        ("wang", Staff, Some("wang"), "我"),
        ("zhou", Staff, Some("wang"), "王静"),
        ("zhou", Staff, Some("li"), "li"),
        ("wang", Shopper, None, "林"),
        ("wang", System, None, ""),
        ("wang", System, Some("wang"), "我"),
        ("zhou", System, Some("wang"), "王静"),
    ] {
        let said = who_said(Lang::ZhCn, "林", &names, own, (by, staff));
        assert_eq!(said, expected, "{own} {by:?} {staff:?}");
    }
    let ours = message(2, Staff, "我来查");
    let html = Owner::new().with(|| {
        let marked = Memo::new(|_| Some((2, true)));
        said_view(Lang::En, Signal::stored("王静".into()), ours, marked).to_html()
    });
    assert!(html.contains("王静") && html.contains("Read"), "{html}");
}

#[test]
fn the_facts_say_the_account_as_it_was_typed_and_how_many_other_chats_there_are() {
    let one = conversation(ConversationState::Served, None);
    let html = Owner::new().with(|| facts_view(Lang::En, &one, None).into_view().to_html());
    for text in [
        "player-0318",
        "电信一区",
        "100",
        "Top-up",
        "万福卡盟",
        ">3<",
        "/api/v1/staff/conversations/c1/transcript",
    ] {
        let found = html.to_lowercase().contains(&text.to_lowercase());
        assert!(found, "{text}: {html}");
    }
}

#[test]
fn the_facts_say_when_a_guest_has_written() {
    let mut one = conversation(ConversationState::Served, None);
    let html = |one: &StaffConversation| {
        Owner::new().with(|| facts_view(Lang::En, one, None).into_view().to_html())
    };
    assert!(!html(&one).contains("Guest"));
    one.guest = true;
    assert!(html(&one).contains("Guest"));
}

#[test]
fn where_it_stands_says_the_place_or_until_when() {
    let mut waits = standing(ConversationState::Waiting);
    let text = |standing| standing_words(Lang::En, &standing).1;
    assert_eq!(text(waits.clone()), "In the queue");
    waits.place = Some(2);
    assert_eq!(text(waits.clone()), "Number 2 in the queue");
    waits.due_at = Some(Instant(AT.into()));
    assert!(text(waits).starts_with("Number 2 in the queue · Answer by "));
    let mut left = standing(ConversationState::Left);
    left.due_at = Some(Instant(AT.into()));
    assert!(text(left).starts_with("Left out of hours · Answer by "));
}

#[test]
fn only_a_line_that_is_down_is_spoken_of() {
    for (line, said) in [
        (Line::Connecting, false),
        (Line::Open, false),
        (Line::Polling, false),
        (Line::Down, true),
        (Line::LoggedOut, true),
        (Line::Gone, true),
    ] {
        assert_eq!(line_words(Lang::En, line).is_some(), said, "{line:?}");
    }
}
