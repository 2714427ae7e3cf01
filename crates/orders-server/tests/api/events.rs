//! Changes reach open pages within a second.

use std::time::Duration;

use reqwest::Response;
use serde_json::json;
use tokio::time::timeout;

use crate::world::{Caller, World, cup, read};

async fn open(caller: &Caller<'_>) -> Response {
    open_since(caller, "", None).await
}

/// Opens a stream with what a URL says, and with the id of the last event that came.
async fn open_since(caller: &Caller<'_>, query: &str, last: Option<&str>) -> Response {
    let mut request = caller.request("GET", &format!("/api/v1/events{query}"));
    if let Some(last) = last {
        request = request.header("last-event-id", last);
    }
    let stream = request.send().await.expect("a stream");
    assert_eq!(stream.status(), 200);
    assert_eq!(stream.headers()["content-type"], "text/event-stream");
    stream
}

/// Reads until `text` has come, within a second.
pub async fn hears(stream: &mut Response, text: &str) -> String {
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
async fn a_stream_with_a_mark_tells_whether_anything_was_missed() {
    let world = World::with(&[cup().build()]).await;
    let lin = world.lin().await;
    let missed = async |query: &str, last: Option<&str>| {
        let mut page = open_since(&lin, query, last).await;
        let heard = hears(&mut page, "}").await;
        let id = heard.lines().find_map(|line| line.strip_prefix("id: "));
        let missed = heard.contains("data: {\"missed\":true}");
        assert!(
            missed || heard.contains("data: {\"missed\":false}"),
            "{heard}"
        );
        (missed, id.expect("an id").to_owned())
    };
    let (unmarked, first) = missed("", None).await;
    assert!(unmarked, "without a mark there is no telling");
    let marked = format!("?after={first}");
    assert!(!missed(&marked, None).await.0);
    assert!(!missed("", Some(&first)).await.0);

    let mut page = open(&lin).await;
    hears(&mut page, "ready").await;
    world.event("e1", "packing_started").await;
    let heard = hears(&mut page, "\n\n").await;
    assert!(heard.contains("order_changed"), "{heard}");
    let told = heard.lines().find_map(|line| line.strip_prefix("id: "));
    assert!(missed(&marked, None).await.0);
    assert!(missed("", Some(&first)).await.0);
    assert!(
        !missed(&marked, told).await.0,
        "who got the event missed nothing"
    );
    read(lin.request("GET", "/api/v1/events?after=a&after=b"))
        .await
        .is_problem(422, "invalid_fields");
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
