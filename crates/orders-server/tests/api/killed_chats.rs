//! What is said in chats is kept once and in order, and comes to whoever listens, wherever the server is killed.

use std::collections::BTreeSet;
use std::time::Duration;

use chrono::TimeDelta;
use futures_util::StreamExt;
use orders_store::testing::TestDatabase;
use orders_store::{Credentials, Shopper};
use orders_testkit::providers::Faults;
use reqwest::Client;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};
use tokio_tungstenite::connect_async;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;

use crate::killed::now;
use crate::town::{KEY, Town};

const CHATS: usize = 10;
/// What each side says in each: fewer than a minute takes.
const EACH: usize = 20;
const KILLS: u64 = 20;

/// One side's words, one after the other, each said again until it was taken.
async fn says(client: Client, url: String, key: String, by: &'static str, pause: Duration) {
    for number in 0..EACH {
        let name = format!("{by}-{number:02}");
        let mut body = json!({"client_id": name, "text": name});
        if by == "staff" {
            body["staff"] = json!("wang");
        }
        loop {
            let said = client.post(&url).bearer_auth(&key).json(&body).send().await;
            match said {
                Ok(answer) if answer.status().is_success() => break,
                Ok(answer) => assert!(answer.status().is_server_error(), "{answer:?}"),
                Err(_) => {}
            }
            sleep(Duration::from_millis(20)).await;
        }
        sleep(pause).await;
    }
}

/// A page that connects again whenever it is cut off, until it has heard all that both sides say: the numbers, and the
/// names where somebody said it.
async fn listens(socket: String, token: String) -> Vec<(i64, String)> {
    let mut heard: Vec<(i64, String)> = Vec::new();
    loop {
        let last = heard.last().map_or(0, |(seq, _)| *seq);
        let mut request = format!("{socket}?after={last}")
            .into_client_request()
            .expect("a request");
        let bearer = format!("Bearer {token}").parse().expect("a header");
        request.headers_mut().insert("authorization", bearer);
        let Ok((mut page, _)) = connect_async(request).await else {
            sleep(Duration::from_millis(20)).await;
            continue;
        };
        while let Some(Ok(frame)) = page.next().await {
            let Message::Text(text) = frame else { continue };
            let frame: Value = serde_json::from_str(&text).expect("JSON");
            if frame["type"] != "message" {
                continue;
            }
            let name = frame["client_id"]
                .as_str()
                .filter(|_| frame["by"] != "system");
            let seq = frame["seq"].as_i64().expect("a number");
            heard.push((seq, name.unwrap_or_default().to_owned()));
            let names = heard.iter().filter(|(_, name)| !name.is_empty());
            if names.count() == 2 * EACH + 1 {
                return heard;
            }
        }
    }
}

async fn talk_while_it_is_killed(database: TestDatabase) {
    let mut town = Town::new(database, Faults::default()).await;
    let store = town.store().await;
    let now = now();
    let mut tokens = Vec::new();
    for number in 0..CHATS {
        let shopper = Shopper {
            id: format!("s{number}").as_str().into(),
            display_name: "S".to_owned(),
        };
        let token = format!("{number:064x}");
        let hash: String = Sha256::digest(token.as_bytes())
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        let credentials = Credentials {
            shopper: shopper.clone(),
            password_hash: String::new(),
        };
        store
            .put_shopper(&credentials, &[])
            .await
            .expect("a shopper");
        let begun = store.create_session(&hash, &shopper.id, now, now + TimeDelta::days(1));
        begun.await.expect("a session");
        tokens.push(token);
    }
    store.close().await;
    town.start();
    let (mut talks, mut pages) = (JoinSet::new(), JoinSet::new());
    for (number, token) in (1..).zip(tokens) {
        let body = json!({"shop": "tepai", "subject": {"topic": "other"}, "text": "a", "client_id": "first"});
        let begun = town.client.post(town.url("/api/v1/conversations"));
        let begun = begun.bearer_auth(&token).json(&body).send().await;
        let begun: Value = begun.expect("an answer").json().await.expect("JSON");
        let id = begun["id"].as_str().expect("an id");
        let own = town.url(&format!("/api/v1/conversations/{id}"));
        let shops = town.url(&format!("/api/v1/integration/conversations/{id}/messages"));
        let pause = Duration::from_millis(30 + number * 7);
        let client = &town.client;
        talks.spawn(says(
            client.clone(),
            format!("{own}/messages"),
            token.clone(),
            "shopper",
            pause,
        ));
        talks.spawn(says(client.clone(), shops, KEY.to_owned(), "staff", pause));
        let socket = format!("{}/socket", own.replace("http://", "ws://"));
        pages.spawn(listens(socket, token));
    }
    for kill in 0..KILLS {
        sleep(Duration::from_millis(40 + kill * 37 % 110)).await;
        town.kill();
        town.start();
    }
    let all = async {
        while let Some(talk) = talks.join_next().await {
            talk.expect("it says all");
        }
        let mut heard = Vec::new();
        while let Some(page) = pages.join_next().await {
            heard.push(page.expect("it hears all"));
        }
        heard
    };
    let all = timeout(Duration::from_secs(120), all).await;
    for heard in all.expect("in time") {
        let numbers: Vec<i64> = heard.iter().map(|(seq, _)| *seq).collect();
        let each: Vec<i64> = (1..).take(heard.len()).collect();
        assert_eq!(numbers, each, "{heard:?}");
        for by in ["shopper", "staff"] {
            let own = heard.iter().map(|(_, name)| name.clone());
            let own: Vec<String> = own.filter(|name| name.starts_with(by)).collect();
            let expected: Vec<String> = (0..EACH).map(|n| format!("{by}-{n:02}")).collect();
            assert_eq!(own, expected, "once each, in their order");
        }
        let names: BTreeSet<_> = heard.iter().map(|(_, name)| name).collect();
        assert!(names.contains(&"first".to_owned()), "{names:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_is_killed_at_any_point_keeps_what_is_said_once_and_in_order_on_sqlite() {
    talk_while_it_is_killed(TestDatabase::sqlite()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_is_killed_at_any_point_keeps_what_is_said_once_and_in_order_on_postgresql() {
    talk_while_it_is_killed(TestDatabase::postgres().await).await;
}
