//! The ways to a person, and the pages of a conversation as a browser without the app uses them.

use crate::chatting::{CONVERSATIONS, open};
use crate::forms::{Browser, count, hidden};
use crate::world::{World, cup, named};

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
