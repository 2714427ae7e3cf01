//! The forms of a case's page and of the notifications, sent as a browser without the app sends them.

use serde_json::json;

use crate::forms::{Browser, count, hidden};
use crate::world::with_case;

const CASE: &str = "/cases/o1-C1";

impl Browser {
    /// The merchant decides; after an appeal, somebody else.
    async fn decides(&self, decision: &str, more: serde_json::Value) {
        let mut body = json!({"decision": decision, "staff": "wang"});
        if let (Some(body), Some(more)) = (body.as_object_mut(), more.as_object()) {
            body.extend(more.clone());
        }
        let path = "/api/v1/integration/cases/o1-C1/decisions";
        let answer = self.world.shop().send("POST", path, &body).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
    }

    /// Sends a form of the case twice: it is done once, and leads back to the case.
    async fn sends(&self, path: &str, fields: &[(&str, &str)]) {
        for _ in 0..2 {
            let done = self.post(path, fields).await;
            assert_eq!(
                (done.status, done.header("location")),
                (303, CASE),
                "{}",
                done.text
            );
        }
    }
}

#[tokio::test]
async fn something_is_said_in_a_case_by_a_form() {
    let browser = Browser::with(&[with_case("1")]).await;
    let page = browser.open(CASE).await;
    assert_eq!(page.status, 200, "{}", page.text);
    assert!(page.text.contains("Waiting for the shop"), "{}", page.text);
    let key = hidden(&page.text, "key").to_owned();
    let say = "/cases/o1-C1/messages";
    let empty = browser.post(say, &[("key", &key), ("text", " ")]).await;
    assert_eq!(empty.status, 422, "{}", empty.text);
    assert_eq!(count(&empty, "aria-invalid=\"true\""), 1, "{}", empty.text);
    assert_eq!(empty.header("cache-control"), "no-store");
    let key = hidden(&empty.text, "key").to_owned();
    browser
        .sends(say, &[("key", &key), ("text", "see <this>")])
        .await;
    let page = browser.open(CASE).await;
    assert_eq!(count(&page, "see &lt;this&gt;"), 1, "once: {}", page.text);
    let long = "x".repeat(2_000);
    let refused = browser.post(say, &[("key", "k9"), ("text", &long)]).await;
    assert_eq!(refused.status, 422);
    assert!(
        refused.text.contains(&format!("\n{long}</textarea>")),
        "what was written is kept"
    );
    assert_eq!(browser.open(say).await.status, 200);
}

#[tokio::test]
async fn a_rejected_case_is_appealed_and_its_goods_are_sent_by_forms() {
    let browser = Browser::with(&[with_case("1")]).await;
    browser
        .decides("reject", json!({"note": "It looks used."}))
        .await;
    let page = browser.open(CASE).await;
    assert!(page.text.contains("It looks used."), "{}", page.text);
    let appeal = "/cases/o1-C1/appeal";
    let key = hidden(&page.text, "key").to_owned();
    let empty = browser.post(appeal, &[("key", &key), ("text", "")]).await;
    assert_eq!(empty.status, 422);
    assert!(
        empty.text.contains("id=\"appeal-text-error\""),
        "{}",
        empty.text
    );
    let key = hidden(&empty.text, "key").to_owned();
    browser
        .sends(appeal, &[("key", &key), ("text", "It is not.")])
        .await;
    let page = browser.open(CASE).await;
    assert!(
        page.text.contains("Staff are looking at it again"),
        "{}",
        page.text
    );
    let again = browser
        .post(appeal, &[("key", "k2"), ("text", "Once more.")])
        .await;
    assert_eq!(again.status, 409);

    let address = "18 Laurel Street, Yunxi";
    browser
        .decides("approve", json!({"staff": "zhou", "return_to": address}))
        .await;
    let page = browser.open(CASE).await;
    assert!(page.text.contains(address), "{}", page.text);
    let send = "/cases/o1-C1/parcel";
    let key = hidden(&page.text, "key").to_owned();
    let half = [
        ("key", key.as_str()),
        ("courier", "顺丰"),
        ("tracking_number", ""),
    ];
    let refused = browser.post(send, &half).await;
    assert_eq!(refused.status, 422, "{}", refused.text);
    assert!(refused.text.contains("value=\"顺丰\""), "{}", refused.text);
    assert!(
        refused.text.contains("id=\"case-number-error\""),
        "{}",
        refused.text
    );
    let key = hidden(&refused.text, "key").to_owned();
    let whole = [
        ("key", key.as_str()),
        ("courier", "顺丰"),
        ("tracking_number", "SF1"),
    ];
    browser.sends(send, &whole).await;
    let page = browser.open(CASE).await;
    assert!(
        page.text.contains("On its way back to the shop"),
        "{}",
        page.text
    );
    browser.decides("receive", json!({})).await;
    let page = browser.open(CASE).await;
    assert!(
        page.text.contains("href=\"/refunds/o1-R1\""),
        "{}",
        page.text
    );
}

#[tokio::test]
async fn a_case_is_withdrawn_by_a_form_that_says_what_that_means() {
    let browser = Browser::with(&[with_case("1")]).await;
    let page = browser.open(CASE).await;
    assert!(page.text.contains("you can ask again"), "{}", page.text);
    let withdraw = "/cases/o1-C1/withdrawal";
    assert!(page.text.contains(&format!("action=\"{withdraw}\"")));
    let key = hidden(&page.text, "key").to_owned();
    browser.sends(withdraw, &[("key", &key)]).await;
    let page = browser.open(CASE).await;
    assert!(
        page.text.contains("You withdrew this case"),
        "{}",
        page.text
    );
    let late = browser.post(withdraw, &[("key", "k9")]).await;
    assert_eq!(late.status, 409);
    assert!(
        !late.text.contains("action=\"/cases"),
        "nothing is left to do: {}",
        late.text
    );
}

#[tokio::test]
async fn somebody_elses_case_does_not_exist_for_its_forms() {
    let browser = Browser::with(&[with_case("1")]).await;
    for (path, fields) in [
        ("messages", [("key", "k1"), ("text", "x")]),
        ("appeal", [("key", "k1"), ("text", "x")]),
        ("parcel", [("key", "k1"), ("courier", "x")]),
        ("withdrawal", [("key", "k1"), ("text", "")]),
    ] {
        let answer = browser.post(&format!("/cases/o2-C1/{path}"), &fields).await;
        assert_eq!(answer.status, 404, "{path}: {}", answer.text);
        let none = browser
            .post(&format!("{CASE}/{path}"), &[("text", "x")])
            .await;
        assert_eq!(none.status, 400, "a form without a key is none of ours");
    }
}

#[tokio::test]
async fn notifications_are_read_by_a_form_up_to_the_newest_that_was_shown() {
    let browser = Browser::with(&[with_case("1")]).await;
    browser
        .decides("reject", json!({"note": "It looks used."}))
        .await;
    let page = browser.open("/notifications").await;
    assert_eq!(page.status, 200, "{}", page.text);
    for text in [
        "The shop said no to your after-sale case",
        "href=\"/cases/o1-C1\"",
        "aria-label=\"Notifications, 1 unread\"",
        "Needs you",
    ] {
        assert!(page.text.contains(text), "{text}: {}", page.text);
    }
    let (key, up_to) = (hidden(&page.text, "key"), hidden(&page.text, "up_to"));
    let form = [("key", key), ("up_to", up_to)];
    for _ in 0..2 {
        let done = browser.post("/notifications/read", &form).await;
        assert_eq!(
            (done.status, done.header("location")),
            (303, "/notifications"),
            "{}",
            done.text
        );
    }
    let page = browser.open("/notifications").await;
    assert!(!page.text.contains("data-unread"), "{}", page.text);
    assert!(
        page.text.contains("aria-label=\"Notifications\""),
        "{}",
        page.text
    );
    let unknown = [("key", "k2"), ("up_to", "nothing")];
    let refused = browser.post("/notifications/read", &unknown).await;
    assert_eq!(refused.status, 422);
}
