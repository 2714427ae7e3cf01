//! Which answer is shown, and what goes on of a form that was sent without the app.

use leptos::prelude::*;
use orders_api::{CaseMessage, CaseState, Parcel};

use super::super::sample;
use super::*;
use crate::json::Json;
use crate::paths::Page;
use crate::start::{Answer, FORM, KEY, Start};

#[test]
fn an_older_answer_never_takes_the_place_of_a_newer_one() {
    let old = sample::case(CaseState::Open);
    let new = sample::answered();
    assert!(is_newer(None, &old));
    assert!(is_newer(Some(&old), &new));
    assert!(is_newer(Some(&new), &new));
    assert!(!is_newer(Some(&new), &old));
}

fn json(case: &CaseDetail) -> Json {
    let text = serde_json::to_string(case).expect("JSON");
    Json::parse(&text).expect("JSON")
}

/// The key of `intent` on a page whose form was answered with this status and code.
fn key_after(
    posted: &str,
    status: u16,
    code: &str,
    fields: &[(&str, &str)],
    intent: &Intent,
) -> String {
    let text = Json::text;
    let case = sample::case(CaseState::Open);
    let problem = Json::object([
        ("type", text("")),
        ("title", text("")),
        ("status", Json::Whole(status.into())),
        ("detail", text("")),
        ("code", text(code)),
        ("request_id", text("")),
    ]);
    let fields = fields
        .iter()
        .map(|(name, value)| ((*name).to_owned(), text(value)))
        .collect();
    let page = Page::Case {
        id: case.id.clone(),
    };
    let answers = [
        (orders_api::case(&case.id), 200, json(&case)),
        (posted.to_owned(), status, problem),
        (FORM.to_owned(), 200, Json::Object(fields)),
        (KEY.to_owned(), 200, text("form-key")),
    ];
    let answers = answers
        .into_iter()
        .map(|(url, status, body)| Answer { url, status, body });
    Owner::new().with(|| {
        provide_context(Start::new(page, Some(answers.collect())));
        let session = SessionState::provide(Lang::ZhCn, Toasts::provide());
        let data = CaseData::new(Lang::ZhCn, session, case.id.clone(), &Form::take());
        data.key_of(intent)
    })
}

#[test]
fn a_form_of_which_nobody_knows_what_became_of_it_hands_its_key_on() {
    let id = sample::case(CaseState::Open).id;
    let message = || CaseMessage {
        text: "在吗".into(),
        evidence: Vec::new(),
    };
    let said = [(TEXT, " 在吗 ")];
    let sent = [(ParcelForm::COURIER, "顺丰"), (ParcelForm::NUMBER, "SF1")];
    let parcel = Parcel {
        courier: "顺丰".into(),
        tracking_number: "SF1".into(),
    };
    for (posted, fields, intent) in [
        (
            posted("POST", &orders_api::case_messages(&id)),
            said.as_slice(),
            Intent::Say(message()),
        ),
        (
            posted("POST", &orders_api::case_appeal(&id)),
            said.as_slice(),
            Intent::Appeal(message()),
        ),
        (
            posted("PUT", &orders_api::case_parcel(&id)),
            sent.as_slice(),
            Intent::Send(parcel),
        ),
        (
            posted("POST", &orders_api::case_withdrawal(&id)),
            &[],
            Intent::Withdraw,
        ),
    ] {
        for (status, code) in [
            (503, codes::UNAVAILABLE),
            (408, codes::TIMEOUT),
            (409, codes::CONFLICT),
            (429, codes::TOO_MANY_ATTEMPTS),
        ] {
            let key = key_after(&posted, status, code, fields, &intent);
            assert_eq!(key, "form-key", "{posted} {status}");
        }
        // What was refused for good is another intent when it is sent again.
        let key = key_after(&posted, 422, codes::INVALID_FIELDS, fields, &intent);
        assert_ne!(key, "form-key", "{posted}");
    }
}

#[test]
fn other_words_than_those_of_the_form_have_a_key_of_their_own() {
    let id = sample::case(CaseState::Open).id;
    let other = Intent::Say(CaseMessage {
        text: "还在吗".into(),
        evidence: Vec::new(),
    });
    let posted = posted("POST", &orders_api::case_messages(&id));
    let key = key_after(&posted, 408, codes::TIMEOUT, &[(TEXT, "在吗")], &other);
    assert_ne!(key, "form-key");
}
