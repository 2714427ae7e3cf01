//! The pages of complaints as a browser without the app uses them.

use serde_json::json;

use crate::forms::{Browser, count, hidden};
use crate::world::{Caller, named};

/// Somebody of the staff proposes something.
async fn propose(staff: &Caller<'_>, complaint: &str, proposal: &serde_json::Value) {
    let path = format!("/api/v1/staff/complaints/{complaint}/proposals");
    let answer = staff.send("POST", &path, proposal).await;
    assert!(answer.status < 300, "{}", answer.text);
}

const FORM: &str = "/orders/o2/complain";

/// An order that was paid.
fn paid() -> orders_domain::Order {
    named("2").build()
}

/// Complains by the form; the complaint's page.
async fn complains(browser: &Browser) -> String {
    let page = browser.open(FORM).await;
    assert_eq!(page.status, 200, "{}", page.text);
    let key = hidden(&page.text, "key").to_owned();
    let fields = [
        ("key", key.as_str()),
        ("about", ""),
        ("topic", "service"),
        ("wish", "refund"),
        ("amount", "1.00"),
        ("text", "nobody <answers>"),
    ];
    let mut led_to = Vec::new();
    for _ in 0..2 {
        let sent = browser.post(FORM, &fields).await;
        assert_eq!(sent.status, 303, "{}", sent.text);
        led_to.push(sent.header("location").to_owned());
    }
    assert_eq!(led_to[0], led_to[1], "sent twice, it is one");
    led_to.remove(0)
}

#[tokio::test]
async fn a_complaint_that_lacks_something_says_what_and_keeps_what_was_filled_in() {
    let browser = Browser::with(&[paid()]).await;
    let page = browser.open(FORM).await;
    let key = hidden(&page.text, "key").to_owned();
    let fields = [("key", key.as_str()), ("text", "kept"), ("amount", "lots")];
    let refused = browser.post(FORM, &fields).await;
    assert_eq!(refused.status, 422, "{}", refused.text);
    for text in [
        "Please choose what went wrong",
        "Please choose what would put it right",
        "kept",
    ] {
        assert!(refused.text.contains(text), "{text}: {}", refused.text);
    }
    let fields = [
        ("key", key.as_str()),
        ("topic", "service"),
        ("wish", "refund"),
        ("amount", "999999"),
        ("text", "kept"),
    ];
    let refused = browser.post(FORM, &fields).await;
    assert_eq!(refused.status, 422, "{}", refused.text);
    assert!(refused.text.contains("can go back"), "{}", refused.text);
    assert!(refused.text.contains("999999"), "{}", refused.text);
}

#[tokio::test]
async fn a_complaint_is_sent_talked_about_disputed_and_accepted_by_forms() {
    let browser = Browser::with(&[paid()]).await;
    let complaint = complains(&browser).await;
    let id = complaint.rsplit('/').next().unwrap_or_default().to_owned();
    let page = browser.open(&complaint).await;
    assert_eq!(count(&page, "nobody &lt;answers&gt;"), 1, "{}", page.text);
    let key = hidden(&page.text, "key").to_owned();
    for _ in 0..2 {
        let more = [("key", key.as_str()), ("text", "and more")];
        let said = browser.post(&format!("{complaint}/messages"), &more).await;
        let led = (said.status, said.header("location"));
        assert_eq!(led, (303, complaint.as_str()), "{}", said.text);
    }
    let page = browser.open(&complaint).await;
    assert_eq!(count(&page, "and more</p>"), 1, "once: {}", page.text);

    let wang = browser.world.staff("wang").await;
    let nothing = json!({"kind": "none", "reason": "we found nothing"});
    propose(&wang, &id, &nothing).await;
    let page = browser.open(&complaint).await;
    assert!(page.text.contains("we found nothing"), "{}", page.text);
    let silent = [("key", "k-silent"), ("text", " ")];
    let dispute = format!("{complaint}/dispute");
    let silent = browser.post(&dispute, &silent).await;
    assert_eq!(silent.status, 422, "{}", silent.text);
    assert!(
        silent.text.contains("Please fill this in"),
        "{}",
        silent.text
    );
    let why = [("key", "k-why"), ("text", "look again")];
    let disputed = browser.post(&dispute, &why).await;
    assert_eq!(disputed.status, 303, "{}", disputed.text);

    let zhou = browser.world.staff("zhou").await;
    let refund = json!({"kind": "refund", "amount": 100, "reason": "found it"});
    propose(&zhou, &id, &refund).await;
    let page = browser.open(&complaint).await;
    assert!(page.text.contains("A refund of ¥1.00"), "{}", page.text);
    let path = format!("{complaint}/acceptance");
    // A page that was left open still has the first offer's form.
    let stale = browser.post(&path, &[("key", "k-stale")]).await;
    assert_eq!(stale.status, 409, "{}", stale.text);
    assert_eq!(count(&page, "name=\"last\""), 2, "{}", page.text);
    for _ in 0..2 {
        let yes = [("key", "k-yes"), ("last", "1")];
        let accepted = browser.post(&path, &yes).await;
        assert_eq!(accepted.status, 303, "{}", accepted.text);
    }
    let page = browser.open(&complaint).await;
    assert!(
        page.text.contains("You accepted the offer"),
        "{}",
        page.text
    );
    assert_eq!(count(&page, "class=\"refund-part\""), 1, "{}", page.text);
}

#[tokio::test]
async fn a_complaint_is_withdrawn_by_its_form_and_may_be_made_again() {
    let browser = Browser::with(&[paid()]).await;
    let complaint = complains(&browser).await;
    let page = browser.open(FORM).await;
    assert!(
        page.text.contains(&complaint),
        "it leads there: {}",
        page.text
    );
    let withdrawal = format!("{complaint}/withdrawal");
    let withdrawn = browser.post(&withdrawal, &[("key", "k-w")]).await;
    assert_eq!(withdrawn.status, 303, "{}", withdrawn.text);
    let page = browser.open(&complaint).await;
    assert!(
        page.text.contains("You withdrew this complaint"),
        "{}",
        page.text
    );
    let again = complains(&browser).await;
    assert_ne!(again, complaint);
}

#[tokio::test]
async fn the_pages_of_somebody_elses_complaint_and_order_are_not_there() {
    let theirs = named("2").shopper("zhao").build();
    let browser = Browser::with(&[theirs]).await;
    let zhao = browser.world.zhao().await;
    let body = json!({"topic": "service", "wish": "explanation", "text": "why"});
    let opened = zhao
        .send("POST", "/api/v1/orders/o2/complaints", &body)
        .await;
    assert_eq!(opened.status, 201, "{}", opened.text);
    let id = opened.json()["id"].as_str().unwrap_or_default().to_owned();
    let complaint = format!("/complaints/{id}");
    for (page, told) in [
        (complaint.as_str(), "There is no such complaint"),
        ("/complaints/nothing", "There is no such complaint"),
        (FORM, "There is no such order"),
    ] {
        let page = browser.open(page).await;
        assert_eq!(page.status, 404, "{}", page.text);
        assert!(page.text.contains(told), "{told}: {}", page.text);
    }
    let fields = [("key", "k"), ("text", "mine now")];
    for form in ["messages", "acceptance", "dispute", "withdrawal"] {
        let answer = browser.post(&format!("{complaint}/{form}"), &fields).await;
        assert_ne!(answer.status, 303, "{}", answer.text);
    }
    let seen = zhao.get(&format!("/api/v1/complaints/{id}")).await;
    assert_eq!(seen.json()["state"], "received", "{}", seen.text);
    assert!(!seen.text.contains("mine now"), "{}", seen.text);
}
