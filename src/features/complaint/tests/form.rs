//! The form of a complaint: what it offers, what goes on of a form that was sent without the app, and of a draft.

use leptos::prelude::*;
use orders_api::*;
use serde::Serialize;

use super::super::draft::{Attempt, Draft};
use super::super::filled::{About, Filled};
use super::super::names;
use super::super::sample;
use super::super::view_form::ComplainView;
use super::super::words::Words;
use super::super::writing::WriteData;
use super::escaped;
use crate::features::session::SessionState;
use crate::json::Json;
use crate::paths::{ComplainQuery, Page};
use crate::router::Router;
use crate::shell::Toasts;
use crate::start::{Answer, FORM, Form, KEY, Start, posted};
use crate::ui::Load;
use crate::words::Lang;

fn json<T: Serialize>(value: &T) -> Json {
    let text = serde_json::to_string(value).expect("JSON");
    Json::parse(&text).expect("JSON")
}

fn problem((status, code): (u16, &str), errors: &[(&str, &str)]) -> Json {
    let text = Json::text;
    let errors = errors
        .iter()
        .map(|(name, code)| ((*name).to_owned(), text(code)));
    Json::object([
        ("type", text("")),
        ("title", text("No")),
        ("status", Json::Whole(status.into())),
        ("detail", text("no")),
        ("code", text(code)),
        ("request_id", text("")),
        ("errors", Json::Object(errors.collect())),
    ])
}

/// The form's page, which begins with these answers.
fn on_page<R>(
    url: &str,
    answers: Vec<(String, u16, Json)>,
    then: impl FnOnce(WriteData, Form) -> R,
) -> R {
    let page = Page::of_url(url);
    let Page::Complain { id, search } = page.clone() else {
        panic!("{url}");
    };
    let answers = answers
        .into_iter()
        .map(|(url, status, body)| Answer { url, status, body });
    let answers = answers.collect();
    Owner::new().with(|| {
        provide_context(Start::new(page.clone(), Some(answers)));
        Router::provide(page);
        let session = SessionState::provide(Lang::ZhCn, Toasts::provide());
        let form = Form::take();
        let query = ComplainQuery::parse(&search);
        let data = WriteData::new(Lang::ZhCn, session, id, query, &form);
        then(data, form)
    })
}

fn offered(options: &ComplaintOptions) -> Vec<(String, u16, Json)> {
    let id = &options.order.id;
    vec![(orders_api::complaint_options(id), 200, json(options))]
}

fn render(lang: Lang, url: &str, options: &ComplaintOptions) -> String {
    on_page(url, offered(options), |data, _| {
        provide_context(lang);
        let key = StoredValue::new(Some("k1".to_owned()));
        let options = Signal::stored(options.clone());
        view! { <ComplainView lang options data key/> }.to_html()
    })
}

#[test]
fn the_form_offers_what_the_shop_does_with_the_dates_and_the_way_outside() {
    for lang in [Lang::ZhCn, Lang::En] {
        let words = Words::of(lang);
        let html = render(lang, "/orders/o1/complain", &sample::options());
        assert!(html.contains("action=\"/orders/o1/complain\""), "{html}");
        assert!(html.contains("name=\"key\""), "{html}");
        let help = "href=\"/help/complaints?shop=tepai&amp;version=2026-01\"";
        assert!(html.contains(help), "{html}");
        for topic in ComplaintTopic::ALL {
            let name = names::topic(lang, topic);
            assert!(html.contains(&escaped(name)), "{name}");
            assert!(html.contains(&format!("value=\"{}\"", topic.code())));
        }
        for wish in ComplaintWish::ALL {
            assert!(html.contains(names::wish(lang, wish)), "{wish:?}");
        }
        for value in ["case:o1-C1", "refund:o1-R1"] {
            assert!(html.contains(&format!("value=\"{value}\"")), "{value}");
        }
        assert!(html.contains(words.date_silence_grant), "{html}");
        assert!(html.contains("href=\"tel:12315\""), "{html}");
        assert!(html.contains("¥128.00"), "the most that can go back");
        assert!(html.contains("id=\"support\""), "{html}");
    }
}

#[test]
fn whoever_comes_from_a_refused_case_finds_it_chosen_with_its_history() {
    let words = Words::of(Lang::ZhCn);
    let html = render(
        Lang::ZhCn,
        "/orders/o1/complain?case=o1-C1",
        &sample::options(),
    );
    let chosen = html
        .split("<input")
        .find(|input| input.contains("case:o1-C1"));
    assert!(
        chosen.is_some_and(|input| input.contains("checked")),
        "{html}"
    );
    assert!(html.contains(words.about_history), "{html}");
}

#[test]
fn what_is_complained_about_already_leads_to_its_complaint() {
    let words = Words::of(Lang::En);
    let mut options = sample::options();
    options.subjects[1].complaint = Some("o1-P1".into());
    let html = render(Lang::En, "/orders/o1/complain?case=o1-C1", &options);
    assert!(html.contains("href=\"/complaints/o1-P1\""), "{html}");
    assert!(!html.contains("case:o1-C1"), "one at a time");
    options.subjects[0].complaint = Some("o1-P2".into());
    options.subjects[1].complaint = None;
    options.subjects.truncate(2);
    let html = render(Lang::En, "/orders/o1/complain", &options);
    assert!(
        html.contains("case:o1-C1"),
        "the form says it where it is not the order: {html}"
    );
    for subject in &mut options.subjects {
        subject.complaint = Some("o1-P1".into());
    }
    let html = render(Lang::En, "/orders/o1/complain", &options);
    assert!(html.contains(words.all_open), "{html}");
    assert!(!html.contains("<form"), "{html}");
}

#[test]
fn an_order_that_takes_no_complaints_says_who_to_turn_to() {
    let url = orders_api::complaint_options("o1");
    let none = (409, codes::NO_COMPLAINTS);
    let answers = vec![(url.clone(), 409, problem(none, &[]))];
    on_page("/orders/o1/complain", answers, |data, _| {
        let Load::Failed(why) = data.load.get_untracked() else {
            panic!("a failure");
        };
        assert_eq!(why.title, Words::of(Lang::ZhCn).form_none_title);
        assert!(!why.retry);
        assert!(why.contact.is_some());
    });
    let answers = vec![(url, 404, problem((404, codes::NOT_FOUND), &[]))];
    on_page("/orders/o1/complain", answers, |data, _| {
        let Load::Failed(why) = data.load.get_untracked() else {
            panic!("a failure");
        };
        assert_eq!(why.title, Words::of(Lang::ZhCn).form_gone_title);
    });
}

const FIELDS: [(&str, &str); 5] = [
    ("about", "case:o1-C1"),
    ("topic", "late"),
    ("wish", "refund"),
    ("amount", "10.50"),
    ("text", "等了三周"),
];

/// A form that was sent without the app and answered like this.
fn after(refusal: Json, status: u16, then: impl FnOnce(WriteData)) {
    let fields = FIELDS
        .iter()
        .map(|(name, value)| ((*name).to_owned(), Json::text(value)));
    let mut answers = offered(&sample::options());
    answers.extend([
        (
            posted("POST", &orders_api::complaints("o1")),
            status,
            refusal,
        ),
        (FORM.to_owned(), 200, Json::Object(fields.collect())),
        (KEY.to_owned(), 200, Json::text("form-key")),
    ]);
    on_page("/orders/o1/complain", answers, |data, _| then(data));
}

#[test]
fn a_complaint_of_which_nobody_knows_whether_it_has_arrived_keeps_the_key_of_its_form() {
    for refusal in [
        (503, codes::UNAVAILABLE),
        (408, codes::TIMEOUT),
        (409, codes::CONFLICT),
    ] {
        after(problem(refusal, &[]), refusal.0, |data| {
            let filled = data.filled.get_untracked();
            assert_eq!(filled.about, About::Case("o1-C1".into()));
            let again = data.attempt_of(&filled).expect("whole");
            assert_eq!(again.key, "form-key", "{refusal:?}");
            let told = data.error.get_untracked();
            assert_eq!(told.as_deref(), Some(Words::of(Lang::ZhCn).lost));
            let other = Filled {
                text: "等了四周".into(),
                ..filled
            };
            assert_ne!(data.attempt_of(&other).expect("whole").key, "form-key");
        });
    }
    let settled = (409, codes::COMPLAINT_OPEN);
    after(problem(settled, &[]), 409, |data| {
        let again = data.attempt_of(&data.filled.get_untracked());
        assert_ne!(again.expect("whole").key, "form-key");
    });
}

#[test]
fn what_the_server_finds_wrong_stands_at_its_field() {
    let refusal = (422, codes::INVALID_FIELDS);
    let errors = [("amount", "out_of_range"), ("case", "unknown")];
    after(problem(refusal, &errors), 422, |data| {
        let wrong = data.wrong.get_untracked();
        let wrong: Vec<_> = wrong
            .iter()
            .map(|(field, code)| (field.name(), code.as_str()))
            .collect();
        assert_eq!(wrong, [("about", "unknown"), ("amount", "out_of_range")]);
        assert_eq!(data.error.get_untracked(), None);
    });
}

#[test]
fn a_draft_that_was_sent_and_not_answered_goes_again_as_the_same() {
    let options = sample::options();
    on_page("/orders/o1/complain", offered(&options), |data, _| {
        let intent = OpenComplaint {
            evidence: Vec::new(),
            ..sample::opening()
        };
        let filled = Filled {
            about: About::Case("o1-C1".into()),
            topic: Some(intent.topic),
            text: intent.text.clone(),
            wish: Some(intent.wish),
            amount: "102.40".into(),
        };
        let draft = Draft {
            order: "o1".into(),
            filled: filled.clone(),
            uploads: Vec::new(),
            attempt: Some(Attempt {
                key: "k1".into(),
                intent,
            }),
            at_ms: 0,
        };
        data.take_up(draft, &options);
        assert!(data.restored.get_untracked());
        assert!(data.error.with_untracked(Option::is_some));
        let again = data.attempt_of(&data.filled.get_untracked());
        assert_eq!(again.expect("whole").key, "k1");
    });
}

#[test]
fn whoever_comes_from_a_case_with_a_draft_about_something_else_means_the_case() {
    let options = sample::options();
    let url = "/orders/o1/complain?case=o1-C1";
    on_page(url, offered(&options), |data, _| {
        let draft = Draft {
            order: "o1".into(),
            filled: Filled {
                text: "等了三周".into(),
                ..Filled::default()
            },
            uploads: Vec::new(),
            attempt: None,
            at_ms: 0,
        };
        data.take_up(draft, &options);
        let filled = data.filled.get_untracked();
        assert_eq!(filled.about, About::Case("o1-C1".into()));
        assert_eq!(filled.text, "等了三周");
    });
}
