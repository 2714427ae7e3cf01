//! What changes reaches the open consoles of those who see it, also through another server.

use orders_store::testing::TestDatabase;
use reqwest::Response;
use serde_json::json;

use crate::chatting::open;
use crate::events::hears;
use crate::world::{Caller, World, named, read};

const EVENTS: &str = "/api/v1/staff/events";

async fn console(caller: &Caller<'_>) -> Response {
    let stream = caller.request("GET", EVENTS).send().await;
    let mut stream = stream.expect("a stream");
    assert_eq!(stream.status(), 200);
    assert_eq!(stream.headers()["content-type"], "text/event-stream");
    let ready = hears(&mut stream, "\n\n").await;
    assert!(ready.contains("data: {\"missed\":true}"), "{ready}");
    stream
}

#[tokio::test]
async fn a_console_hears_of_orders_work_and_conversations_of_its_shops_alone() {
    let orders = [named("1").shop("wanfu").build(), named("2").build()];
    let world = World::with(&orders).await;
    let lin = world.lin().await;
    let (wang, li) = (world.staff("wang").await, world.staff("li").await);
    let (mut all, mut one) = (console(&wang).await, console(&li).await);
    let asked = lin.cancel("o1", &json!({"reason": "changed_mind"})).await;
    assert_eq!(asked.status, 202, "{}", asked.text);
    let heard = hears(&mut all, "q-o1").await;
    assert!(heard.contains("event: order_changed"), "{heard}");
    let data = r#"data: {"id":"q-o1","kind":"cancellation_request"}"#;
    let work = hears_now(heard, &mut all, data).await;
    assert!(work.contains("event: work_changed"), "{work}");

    let path = "/api/v1/staff/work/q-o1/claim";
    let claimed = wang.send("PUT", path, &json!({"take_over": false})).await;
    assert_eq!(claimed.status, 200, "{}", claimed.text);
    hears(&mut all, data).await;
    assert_eq!(wang.delete(path).await.status, 204);
    hears(&mut all, data).await;

    let id = open(&lin, "o2").await;
    let entry = format!("t-{id}");
    let heard = hears(&mut all, &entry).await;
    let conversation = format!("event: conversation_changed\ndata: {{\"id\":\"{id}\"}}");
    assert!(heard.contains(&conversation), "{heard}");
    let heard = hears(&mut one, &entry).await;
    assert!(heard.contains("conversation_changed"), "{heard}");
    assert!(!heard.contains("o1"), "another shop's: {heard}");
}

/// What was heard already, or comes now.
async fn hears_now(heard: String, stream: &mut Response, text: &str) -> String {
    if heard.contains(text) {
        return heard;
    }
    heard + &hears(stream, text).await
}

#[tokio::test]
async fn a_console_at_another_server_hears_of_it_too() {
    let database = TestDatabase::postgres().await;
    let here = World::configured(&[named("1").shop("wanfu").build()], |config| {
        config.database_url = database.url().to_owned();
    })
    .await;
    let there = World::configured(&[], |config| {
        config.database_url = database.url().to_owned();
    })
    .await;
    let lin = here.lin().await;
    let wang = there.staff("wang").await;
    let mut console = console(&wang).await;
    let asked = lin.cancel("o1", &json!({"reason": "changed_mind"})).await;
    assert_eq!(asked.status, 202, "{}", asked.text);
    let heard = hears(&mut console, "q-o1").await;
    assert!(heard.contains("event: order_changed"), "{heard}");
    let id = open(&lin, "o1").await;
    hears(&mut console, &format!("t-{id}")).await;
}

#[tokio::test]
async fn nobody_but_staff_hears_of_it() {
    let world = World::with(&[]).await;
    read(world.request("GET", EVENTS))
        .await
        .is_problem(401, "not_logged_in");
    let lin = world.lin().await;
    lin.get(EVENTS).await.is_problem(401, "not_logged_in");
}
