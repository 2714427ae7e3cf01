//! What goes on of a form that was sent without the app.

use leptos::prelude::*;
use orders_api::{CONVERSATIONS, ChatAuthor, ChatMessages, ConversationState, Topic, codes};
use serde::Serialize;

use super::asking::AskData;
use super::course::Course;
use super::data::TalkData;
use super::ending::{EndData, Step};
use super::question::Question;
use super::sample;
use crate::features::session::SessionState;
use crate::json::Json;
use crate::paths::{Page, SupportQuery};
use crate::router::Router;
use crate::shell::Toasts;
use crate::start::{Answer, FORM, Form, KEY, Start, calls, posted};
use crate::words::Lang;

const LOST: [(u16, &str); 3] = [
    (503, codes::UNAVAILABLE),
    (408, codes::TIMEOUT),
    (409, codes::CONFLICT),
];
const REFUSED: (u16, &str) = (429, codes::TOO_MANY_MESSAGES);

fn json<T: Serialize>(value: &T) -> Json {
    let text = serde_json::to_string(value).expect("JSON");
    Json::parse(&text).expect("JSON")
}

/// A page whose form, filled in like this, was answered with this refusal.
fn on_page<R>(
    page: Page,
    answers: Vec<(String, Json)>,
    posted: String,
    (status, code): (u16, &str),
    fields: &[(&str, &str)],
    then: impl FnOnce(SessionState, &Form) -> R,
) -> R {
    let text = Json::text;
    let problem = Json::object([
        ("type", text("")),
        ("title", text("")),
        ("status", Json::Whole(status.into())),
        ("detail", text("no")),
        ("code", text(code)),
        ("request_id", text("")),
    ]);
    let fields = fields.iter();
    let fields = fields.map(|(name, value)| ((*name).to_owned(), text(value)));
    let answers = answers
        .into_iter()
        .map(|(url, body)| (url, 200, body))
        .chain([
            (posted, status, problem),
            (FORM.to_owned(), 200, Json::Object(fields.collect())),
            (KEY.to_owned(), 200, text("form-key")),
        ])
        .map(|(url, status, body)| Answer { url, status, body });
    let answers = answers.collect();
    Owner::new().with(|| {
        provide_context(Start::new(page.clone(), Some(answers)));
        Router::provide(page);
        let session = SessionState::provide(Lang::ZhCn, Toasts::provide());
        then(session, &Form::take())
    })
}

/// Under which name the question goes when it is sent again, with these words.
fn name_of_question(refusal: (u16, &str), text: &str) -> String {
    let about = SupportQuery::of_order("o1", Topic::Refund);
    let page = Page::of_url(&about.href());
    let ways = sample::ways_of_order();
    let answers = vec![(calls(&page).swap_remove(1), json(&ways))];
    let fields = [("topic", "refund"), ("text", "在吗"), ("line", "")];
    let sent = posted("POST", CONVERSATIONS);
    on_page(page, answers, sent, refusal, &fields, |session, form| {
        let data = AskData::new(Lang::ZhCn, session, about, form);
        let question = Question {
            text: text.into(),
            ..data.question.get_untracked()
        };
        data.intent(&question, &ways).client_id
    })
}

#[test]
fn a_question_of_which_nobody_knows_whether_it_has_arrived_keeps_the_name_of_its_form() {
    for refusal in LOST {
        assert_eq!(name_of_question(refusal, "在吗"), "form-key", "{refusal:?}");
        assert_ne!(name_of_question(refusal, "还在吗"), "form-key");
    }
    assert_ne!(name_of_question(REFUSED, "在吗"), "form-key");
}

fn on_talk<R>(
    posted: String,
    refusal: (u16, &str),
    fields: &[(&str, &str)],
    then: impl FnOnce(TalkData, EndData) -> R,
) -> R {
    let one = sample::conversation(ConversationState::Closed);
    let said = ChatMessages {
        items: vec![sample::message(1, ChatAuthor::Shopper, "a")],
        more: false,
        standing: one.standing.clone(),
    };
    let id = one.id.clone();
    let page = Page::Conversation { id: id.clone() };
    let mut calls = calls(&page);
    let answers = vec![
        (calls.swap_remove(2), json(&said)),
        (calls.swap_remove(1), json(&one)),
    ];
    on_page(page, answers, posted, refusal, fields, |session, form| {
        let talk = TalkData::new(Lang::ZhCn, session, id.clone(), form);
        let end = EndData::new(Lang::ZhCn, session, talk, id, form);
        then(talk, end)
    })
}

/// Under which name the words of the form go when they are sent again, in these words.
fn name_of_words(refusal: (u16, &str), text: &str) -> String {
    let sent = posted("POST", &orders_api::messages("c1"));
    on_talk(sent, refusal, &[("text", "在吗 ")], |talk, _| {
        assert_eq!(talk.text.get_untracked(), "在吗 ");
        assert!(talk.error.with_untracked(Option::is_some));
        talk.text.set(text.into());
        talk.say();
        let unsent = talk.course.get_untracked().as_ref().map(Course::kept);
        unsent.unwrap_or_default().remove(0).client_id
    })
}

#[test]
fn words_of_which_nobody_knows_whether_they_have_arrived_keep_the_name_of_their_form() {
    for refusal in LOST {
        assert_eq!(name_of_words(refusal, "在吗 "), "form-key", "{refusal:?}");
        assert_ne!(name_of_words(refusal, "还在吗"), "form-key");
    }
    assert_ne!(name_of_words(REFUSED, "在吗"), "form-key");
}

#[test]
fn a_rating_that_was_not_taken_is_still_filled_in_and_says_why() {
    let sent = posted("POST", &orders_api::conversation_rating("c1"));
    let fields = [("rating", "4"), ("note", "快")];
    on_talk(sent, LOST[0], &fields, |_, end| {
        assert_eq!(end.rating.get_untracked(), Some(4));
        assert_eq!(end.note.get_untracked(), "快");
        assert!(end.problem(Step::Rate).get_untracked().is_some());
        assert_eq!(end.problem(Step::End).get_untracked(), None);
    });
}

#[test]
fn how_it_was_is_not_sent_without_a_note_and_the_form_says_so() {
    let sent = posted("POST", &orders_api::conversation_end("c2"));
    on_talk(sent, LOST[0], &[], |_, end| {
        end.make(Step::Rate);
        assert!(end.problem(Step::Rate).get_untracked().is_some());
        assert!(!end.busy.get_untracked());
    });
}
