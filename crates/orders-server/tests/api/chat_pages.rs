//! The ways to a person, and the pages of a conversation as a browser without the app uses them.

use orders_testkit::{line, order};
use serde_json::{Value, json};

use crate::chatting::{CONVERSATIONS, open};
use crate::forms::{Browser, count, hidden};
use crate::world::{World, cup, named, refunded, with_case, with_complaint};

#[tokio::test]
async fn the_ways_to_a_person_are_those_of_the_orders_shop_as_they_are_now() {
    let world = World::with(&[cup().build()]).await;
    let lin = world.lin().await;
    let ways = lin.get("/api/v1/support?order=o1").await;
    assert_eq!(ways.status, 200, "{}", ways.text);
    let ways = ways.json();
    assert_eq!(ways["order"]["id"], "o1");
    assert_eq!(ways["chat"]["open"], true);
    assert_eq!(ways["chat"]["place"], 1);
    assert!(ways["chat"]["wait_minutes"].is_null(), "nothing is known");
    assert_eq!(ways["recent"].as_array().map(Vec::len), Some(0));
    assert_eq!(ways["may_complain"], true);
    open(&lin, "o1").await;
    let ways = lin.get("/api/v1/support").await.json();
    assert_eq!(ways["chat"]["place"], 2, "one is waiting");
    assert_eq!(ways["recent"][0]["id"], "o1");
    let unknown = lin.get("/api/v1/support?order=o9").await;
    assert_eq!(unknown.status, 404, "{}", unknown.text);
    let unknown = lin.get("/api/v1/support?shop=nobody").await;
    assert_eq!(unknown.status, 422, "{}", unknown.text);
}

#[tokio::test]
async fn a_refund_a_case_or_a_complaint_is_enough_to_know_the_order() {
    let orders = [refunded("1"), with_case("2"), with_complaint("3")];
    let world = World::with(&orders).await;
    let (lin, zhao) = (world.lin().await, world.zhao().await);
    for (about, order) in [
        ("refund=o1-R1", "o1"),
        ("case=o2-C1", "o2"),
        ("complaint=o3-K1", "o3"),
    ] {
        let url = format!("/api/v1/support?{about}");
        let ways = lin.get(&url).await;
        assert_eq!(ways.status, 200, "{}", ways.text);
        let ways = ways.json();
        assert_eq!(ways["order"]["id"], order, "{about}");
        let refund = if order == "o1" {
            "o1-R1".into()
        } else {
            Value::Null
        };
        assert_eq!(ways["refund"]["id"], refund, "{about}");
        assert_eq!(zhao.get(&url).await.status, 404, "somebody else's: {about}");
    }
    for none in [
        "refund=o9-R1",
        "case=nonsense",
        "case=o2-C9",
        "complaint=o3-K9",
        "order=o2&refund=o1-R1",
        "order=o1&case=o2-C1",
        "order=o1&complaint=o3-K1",
    ] {
        let ways = lin.get(&format!("/api/v1/support?{none}")).await;
        assert_eq!(ways.status, 404, "{none}: {}", ways.text);
    }

    let ask = |subject: &Value| json!({"subject": subject, "text": "在哪里", "client_id": "k"});
    let subject = json!({"topic": "refund", "refund": "o1-R1"});
    let begun = lin.send("POST", CONVERSATIONS, &ask(&subject)).await;
    assert_eq!(begun.status, 201, "{}", begun.text);
    let begun = begun.json();
    assert_eq!(begun["order"]["id"], "o1");
    assert_eq!(begun["subject"]["refund"], "o1-R1");
    let id = begun["id"].as_str().expect("an id");
    let transcript = lin.get(&format!("{CONVERSATIONS}/{id}/transcript")).await;
    assert!(transcript.text.contains("o1-R1"), "{}", transcript.text);
    let theirs = zhao.send("POST", CONVERSATIONS, &ask(&subject)).await;
    theirs.is_problem(422, "invalid_fields");
}

#[tokio::test]
async fn what_is_known_of_a_refund_is_filled_in_and_a_form_sends_it_as_it_is() {
    let browser = Browser::with(&[refunded("1")]).await;
    let ask = "/support?refund=o1-R1&topic=refund";
    let page = browser.open(ask).await;
    assert_eq!(page.status, 200, "{}", page.text);
    assert!(
        page.text.contains("Please look into my refund o1-R1"),
        "{}",
        page.text
    );
    let key = hidden(&page.text, "key").to_owned();
    let form = [
        ("key", key.as_str()),
        ("topic", "refund"),
        ("text", "as it is"),
    ];
    let begun = browser.post(ask, &form).await;
    assert_eq!(begun.status, 303, "{}", begun.text);
    let lin = browser.world.lin().await;
    let conversations = lin.get(CONVERSATIONS).await.json();
    assert_eq!(conversations["items"][0]["subject"]["refund"], "o1-R1");
    assert_eq!(conversations["items"][0]["order"]["id"], "o1");
}

#[tokio::test]
async fn the_latest_messages_are_asked_for_without_knowing_how_many_there_are() {
    let world = World::with(&[cup().build()]).await;
    let lin = world.lin().await;
    let id = open(&lin, "o1").await;
    for (latest, numbers) in [(1, vec![2]), (50, vec![1, 2])] {
        let path = format!("{CONVERSATIONS}/{id}/messages?latest={latest}");
        let answer = lin.get(&path).await.json();
        let items = answer["items"].as_array().expect("a list");
        let found: Vec<_> = items.iter().filter_map(|one| one["seq"].as_i64()).collect();
        assert_eq!(found, numbers);
    }
}

#[tokio::test]
async fn a_conversation_is_begun_led_ended_and_rated_by_forms() {
    let browser = Browser::with(&[cup().build()]).await;
    let ask = "/support?order=o1";
    let page = browser.open(ask).await;
    assert_eq!(page.status, 200, "{}", page.text);
    let key = hidden(&page.text, "key").to_owned();
    let empty = [("key", key.as_str()), ("topic", "refund"), ("text", " ")];
    let empty = browser.post(ask, &empty).await;
    assert_eq!(empty.status, 422, "{}", empty.text);
    assert!(
        empty.text.contains("Please write a few words"),
        "{}",
        empty.text
    );
    let key = hidden(&empty.text, "key").to_owned();
    let asked = [
        ("key", key.as_str()),
        ("topic", "refund"),
        ("text", "where <is> it"),
    ];
    let mut led_to = Vec::new();
    for _ in 0..2 {
        let begun = browser.post(ask, &asked).await;
        assert_eq!(begun.status, 303, "{}", begun.text);
        led_to.push(begun.header("location").to_owned());
    }
    assert_eq!(led_to[0], led_to[1], "sent twice, it is one");
    let talk = led_to.remove(0);
    let page = browser.open(&talk).await;
    assert_eq!(count(&page, "where &lt;is&gt; it"), 1, "{}", page.text);
    assert!(page.text.contains("you are number 1"), "{}", page.text);
    let key = hidden(&page.text, "key").to_owned();
    for _ in 0..2 {
        let more = [("key", key.as_str()), ("text", "and more")];
        let said = browser.post(&format!("{talk}/messages"), &more).await;
        assert_eq!((said.status, said.header("location")), (303, talk.as_str()));
    }
    let page = browser.open(&talk).await;
    assert_eq!(count(&page, "and more</p>"), 1, "once: {}", page.text);
    let done = browser
        .post(&format!("{talk}/end"), &[("key", "k-end")])
        .await;
    assert_eq!(done.status, 303, "{}", done.text);
    let page = browser.open(&talk).await;
    assert!(
        page.text.contains("The conversation has ended"),
        "{}",
        page.text
    );
    let rated = [("key", "k-rate"), ("rating", "4"), ("note", "quick")];
    let rated = browser.post(&format!("{talk}/rating"), &rated).await;
    assert_eq!(rated.status, 303, "{}", rated.text);
    let page = browser.open(&talk).await;
    assert!(page.text.contains("You said: Good"), "{}", page.text);
}

#[tokio::test]
async fn the_page_of_somebody_elses_conversation_is_not_there() {
    let theirs = named("2").shopper("zhao").build();
    let browser = Browser::with(&[theirs]).await;
    let zhao = browser.world.zhao().await;
    let id = open(&zhao, "o2").await;
    let talk = format!("/support/{id}");
    for page in [talk.as_str(), "/support/nothing"] {
        let page = browser.open(page).await;
        assert_eq!(page.status, 404, "{}", page.text);
        assert!(
            page.text.contains("There is no such conversation"),
            "{}",
            page.text
        );
    }
    let said = [("key", "k"), ("text", "mine now"), ("rating", "1")];
    for form in ["messages", "end", "rating"] {
        let answer = browser.post(&format!("{talk}/{form}"), &said).await;
        assert_ne!(answer.status, 303, "{}", answer.text);
    }
    let messages = format!("{CONVERSATIONS}/{id}/messages");
    let messages = zhao.get(&messages).await;
    assert!(!messages.text.contains("mine now"), "{}", messages.text);
    assert_eq!(messages.json()["standing"]["state"], "waiting");
}

#[tokio::test]
async fn the_facts_of_a_top_up_are_asked_once_and_staff_have_them() {
    let goods = line("话费充值", 1, 1000).digital();
    let top_up = order()
        .id("o1")
        .external_id("e1")
        .number("N1")
        .shopper("lin")
        .shop("wanfu");
    let browser = Browser::with(&[top_up.with(goods).build()]).await;
    let ask = "/support?order=o1&topic=top_up";
    let page = browser.open(ask).await;
    for field in ["account", "zone", "face_value"] {
        let named = format!("name=\"{field}\"");
        assert_eq!(count(&page, &named), 1, "{field}: {}", page.text);
    }
    let key = hidden(&page.text, "key").to_owned();
    let form = [
        ("key", key.as_str()),
        ("topic", "top_up"),
        ("line", "L1"),
        ("account", "13800000001"),
        ("zone", "浙江移动"),
        ("face_value", "100 元"),
        ("text", "没到账"),
    ];
    let begun = browser.post(ask, &form).await;
    assert_eq!(begun.status, 303, "{}", begun.text);
    let id = begun.header("location").rsplit('/').next();
    let id = id.expect("an id").to_owned();
    let wang = browser.world.staff("wang").await;
    let path = format!("/api/v1/staff/conversations/{id}");
    let subject = &wang.get(&path).await.json()["conversation"]["subject"];
    for (field, said) in [
        ("topic", "top_up"),
        ("line", "L1"),
        ("account", "13800000001"),
        ("zone", "浙江移动"),
        ("face_value", "100 元"),
    ] {
        assert_eq!(subject[field], said, "{subject}");
    }
}
