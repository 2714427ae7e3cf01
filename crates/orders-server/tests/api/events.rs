//! Changes reach open pages within a second.

use std::time::Duration;

use reqwest::Response;
use serde_json::json;
use tokio::time::timeout;

use crate::world::{Caller, World, cup, read};

async fn open(caller: &Caller<'_>) -> Response {
    let stream = caller
        .request("GET", "/api/v1/events")
        .send()
        .await
        .expect("a stream");
    assert_eq!(stream.status(), 200);
    assert_eq!(stream.headers()["content-type"], "text/event-stream");
    stream
}

/// Reads until `text` has come, within a second.
async fn hears(stream: &mut Response, text: &str) -> String {
    let mut heard = String::new();
    let reading = async {
        while let Some(chunk) = stream.chunk().await.expect("a chunk") {
            heard.push_str(&String::from_utf8_lossy(&chunk));
            if heard.contains(text) {
                return;
            }
        }
        panic!("the stream ended before {text}");
    };
    let heard_it = timeout(Duration::from_secs(1), reading).await.is_ok();
    assert!(heard_it, "{text} did not come, but {heard:?}");
    heard
}

#[tokio::test]
async fn a_change_by_the_warehouse_reaches_the_open_page_within_a_second() {
    let world = World::with(&[cup().build()]).await;
    let (lin, zhao) = (world.lin().await, world.zhao().await);
    let (mut page, mut other) = (open(&lin).await, open(&zhao).await);
    let greeting = hears(&mut page, "ready").await;
    assert!(greeting.contains("retry: 1000"), "{greeting}");
    hears(&mut other, "ready").await;

    let version = world.event("e1", "packing_started").await.json()["version"].clone();
    let heard = hears(&mut page, "order_changed").await;
    let data = json!({"id": "o1", "version": version}).to_string();
    assert!(heard.contains(&format!("data: {data}")), "{heard}");
    let nothing = timeout(Duration::from_millis(100), other.chunk()).await;
    assert!(nothing.is_err(), "somebody else's page heard of it");
    let metrics = world.get("/metrics").await.text;
    assert!(metrics.contains("tepai_event_streams 2"), "{metrics}");
}

#[tokio::test]
async fn streams_end_when_the_server_stops() {
    let mut world = World::with(&[]).await;
    let lin = world.lin().await;
    let mut page = open(&lin).await;
    hears(&mut page, "ready").await;
    let stopping = timeout(Duration::from_secs(5), world.stop());
    stopping.await.expect("it stops in time");
    let rest = timeout(Duration::from_secs(1), page.chunk())
        .await
        .expect("an end");
    assert!(!matches!(rest, Ok(Some(_))));
}

#[tokio::test]
async fn nobody_listens_without_logging_in() {
    let world = World::with(&[]).await;
    read(world.request("GET", "/api/v1/events"))
        .await
        .is_problem(401, "not_logged_in");
}
