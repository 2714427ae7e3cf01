//! Which answer is shown, and what goes on of a form that was sent without the app.

use leptos::prelude::*;
use orders_api::ComplaintState;

use super::super::sample;
use super::*;
use crate::json::Json;
use crate::paths::Page;
use crate::start::{Answer, FORM, KEY, Start};

#[test]
fn an_older_answer_never_takes_the_place_of_a_newer_one() {
    let old = sample::complaint(ComplaintState::Investigating);
    let new = sample::answered();
    assert!(is_newer(None, &old));
    assert!(is_newer(Some(&old), &new));
    assert!(is_newer(Some(&new), &new));
    assert!(!is_newer(Some(&new), &old));
}

fn json(complaint: &ComplaintDetail) -> Json {
    let text = serde_json::to_string(complaint).expect("JSON");
    Json::parse(&text).expect("JSON")
}

/// What a page makes of a form that was answered with this status and code.
fn on_page<R>(
    complaint: &ComplaintDetail,
    sent: &str,
    (status, code): (u16, &str),
    fields: &[(&str, &str)],
    then: impl FnOnce(ComplaintData) -> R,
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
    let fields = fields
        .iter()
        .map(|(name, value)| ((*name).to_owned(), text(value)))
        .collect();
    let page = Page::Complaint {
        id: complaint.id.clone(),
    };
    let answers = [
        (orders_api::complaint(&complaint.id), 200, json(complaint)),
        (sent.to_owned(), status, problem),
        (FORM.to_owned(), 200, Json::Object(fields)),
        (KEY.to_owned(), 200, text("form-key")),
    ];
    let answers = answers
        .into_iter()
        .map(|(url, status, body)| Answer { url, status, body });
    Owner::new().with(|| {
        provide_context(Start::new(page, Some(answers.collect())));
        let session = SessionState::provide(Lang::ZhCn, Toasts::provide());
        let id = complaint.id.clone();
        then(ComplaintData::new(Lang::ZhCn, session, id, &Form::take()))
    })
}

const LOST: [(u16, &str); 4] = [
    (503, codes::UNAVAILABLE),
    (408, codes::TIMEOUT),
    (409, codes::CONFLICT),
    (429, codes::TOO_MANY_ATTEMPTS),
];

#[test]
fn a_form_of_which_nobody_knows_what_became_of_it_hands_its_key_on() {
    let proposed = sample::complaint(ComplaintState::Proposed);
    let id = &proposed.id;
    let message = || ComplaintMessage {
        text: "在吗".into(),
        evidence: Vec::new(),
    };
    let said = [(TEXT, " 在吗 ")];
    for (url, fields, intent) in [
        (
            orders_api::complaint_messages(id),
            said.as_slice(),
            Intent::Say(message()),
        ),
        (
            orders_api::complaint_acceptance(id),
            &[],
            Intent::Accept(AcceptProposal { last: false }),
        ),
        (
            orders_api::complaint_dispute(id),
            said.as_slice(),
            Intent::Dispute(DisputeProposal {
                last: false,
                text: message().text,
                evidence: Vec::new(),
            }),
        ),
        (orders_api::complaint_withdrawal(id), &[], Intent::Withdraw),
    ] {
        let sent = posted("POST", &url);
        for refusal in LOST {
            let key = on_page(&proposed, &sent, refusal, fields, |data| {
                assert!(data.error.with_untracked(Option::is_some), "{sent}");
                data.key_of(&intent)
            });
            assert_eq!(key, "form-key", "{sent} {refusal:?}");
        }
        // What was refused for good is another intent when it is sent again.
        let refused = (422, codes::INVALID_FIELDS);
        let key = on_page(&proposed, &sent, refused, fields, |data| {
            data.key_of(&intent)
        });
        assert_ne!(key, "form-key", "{sent}");
    }
}

#[test]
fn other_words_than_those_of_the_form_have_a_key_of_their_own() {
    let proposed = sample::complaint(ComplaintState::Proposed);
    let sent = posted("POST", &orders_api::complaint_messages(&proposed.id));
    let other = Intent::Say(ComplaintMessage {
        text: "还在吗".into(),
        evidence: Vec::new(),
    });
    let key = on_page(&proposed, &sent, LOST[0], &[(TEXT, "在吗")], |data| {
        data.key_of(&other)
    });
    assert_ne!(key, "form-key");
}

/// Which dialogs are open on the page of a complaint after a press.
fn asked_after(complaint: &ComplaintDetail, step: Move, why: &str) -> [bool; 3] {
    let sent = posted("POST", "/nothing");
    on_page(complaint, &sent, LOST[0], &[], |data| {
        data.dispute.text.value.set(why.to_owned());
        data.dispute.busy.set(false);
        data.press(step);
        [data.asks_accept, data.asks_decline, data.asks_withdraw].map(|asks| asks.get_untracked())
    })
}

#[test]
fn what_cannot_be_undone_is_asked_about_first_and_only_when_it_is_filled_in() {
    let (first, last) = (sample::complaint(ComplaintState::Proposed), sample::last());
    assert_eq!(asked_after(&first, Move::Accept, ""), [true, false, false]);
    assert_eq!(
        asked_after(&first, Move::Withdraw, ""),
        [false, false, true]
    );
    assert_eq!(
        asked_after(&last, Move::Dispute, "应该全退"),
        [false, true, false]
    );
    assert_eq!(asked_after(&last, Move::Dispute, "  "), [false; 3]);
}
