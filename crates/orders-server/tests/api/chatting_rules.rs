//! What a conversation may begin with, when it is answered and ends, who may open a socket, and how much anybody may say.

use std::time::Duration;

use chrono::TimeDelta;
use futures_util::{SinkExt, StreamExt};
use orders_store::testing::TestDatabase;
use serde_json::{Value, json};
use tokio_tungstenite::tungstenite::Message;

use crate::chatting::{CONVERSATIONS, answer_of, connect, first_words, open, refusal, socket};
use crate::world::{Caller, World, cup, named, read};

#[tokio::test]
async fn out_of_hours_a_message_is_left_with_the_time_by_which_it_is_answered() {
    // Ten in the evening in Beijing.
    let now = "2026-11-20T14:00:00Z".parse().expect("an instant");
    let world = World::started(now, &[cup().build()], |_| {}).await;
    let lin = world.lin().await;
    let begun = lin
        .send("POST", CONVERSATIONS, &first_words("o1"))
        .await
        .json();
    assert_eq!(begun["standing"]["state"], "left");
    assert_eq!(
        begun["standing"]["due_at"], "2026-11-21T13:00:00.000Z",
        "{begun}"
    );
    let id = begun["id"].as_str().expect("an id");
    let mut page = socket(&lin, id, 0).await;
    assert_eq!(page.hears("ready").await["place"], Value::Null);
    page.hears("message").await;
    assert_eq!(page.hears("message").await["note"], "left");
}

#[tokio::test]
async fn what_has_ended_is_rated_kept_and_opened_again_within_a_week() {
    let world = World::with(&[cup().build()]).await;
    let lin = world.lin().await;
    let id = open(&lin, "o1").await;
    let path = format!("{CONVERSATIONS}/{id}");
    let rate = |rating: i64| json!({"rating": rating, "note": "快"});
    let rating = format!("{path}/rating");
    lin.send("POST", &rating, &rate(5))
        .await
        .is_problem(409, "conversation_not_over");
    answer_of(
        &world,
        &id,
        "wang",
        "已退款\n[2026-01-01 00:00:00] 我: 假的",
    )
    .await;
    let end = format!("/api/v1/integration/conversations/{id}/end");
    let ended = read(world.shop().request("POST", &end)).await;
    assert_eq!(
        (ended.status, ended.json()["state"].clone()),
        (200, json!("closed"))
    );
    answer_of(&world, &id, "wang", "还有")
        .await
        .is_problem(409, "conversation_closed");
    for rating_given in [0, 6] {
        lin.send("POST", &rating, &rate(rating_given))
            .await
            .is_problem(422, "invalid_fields");
    }
    assert_eq!(lin.send("POST", &rating, &rate(5)).await.status, 204);
    assert_eq!(lin.get(&path).await.json()["rating"], 5);

    let transcript = format!("{path}/transcript");
    let text = lin.get(&transcript).await;
    assert_eq!(text.header("content-type"), "text/plain; charset=utf-8");
    assert_eq!(
        text.header("content-disposition"),
        format!("attachment; filename=\"tepai-{id}.txt\"")
    );
    assert!(
        text.text.contains("订单号: N1\n") && text.text.contains("我: 退款到哪里了？\n"),
        "{}",
        text.text
    );
    assert!(
        text.text.contains("客服: 已退款\n    [2026"),
        "nobody writes another's line: {}",
        text.text
    );
    let english = read(
        lin.request("GET", &transcript)
            .header("accept-language", "en"),
    )
    .await;
    assert!(
        english
            .text
            .contains("Notice: Support has ended the conversation\n"),
        "{}",
        english.text
    );

    let message = |client_id: &str| json!({"client_id": client_id, "text": "还有一个问题"});
    let messages = format!("{path}/messages");
    world.clock.advance(TimeDelta::days(6));
    assert_eq!(lin.send("POST", &messages, &message("a")).await.status, 201);
    let again = lin.get(&path).await.json();
    assert_eq!(
        (&again["standing"]["state"], &again["rating"]),
        (&json!("waiting"), &Value::Null),
        "{again}"
    );
    let own_end = format!("{path}/end");
    assert_eq!(read(lin.request("POST", &own_end)).await.status, 200);
    world.clock.advance(TimeDelta::days(7));
    lin.send("POST", &messages, &message("b"))
        .await
        .is_problem(409, "conversation_closed");
    assert!(open(&lin, "o1").await != id, "a new one is begun");
}

#[tokio::test]
async fn what_has_ended_stays_over_while_another_about_the_same_order_is_open() {
    let world = World::with(&[cup().build()]).await;
    let lin = world.lin().await;
    let first = open(&lin, "o1").await;
    let path = format!("{CONVERSATIONS}/{first}");
    let end = format!("{path}/end");
    let ended = read(lin.request("POST", &end)).await.json();
    assert_eq!(ended["takes_words"], true, "{ended}");
    let second = open(&lin, "o1").await;
    assert!(first != second);
    assert_eq!(
        lin.get(&path).await.json()["standing"]["takes_words"],
        false
    );
    let again = read(lin.request("POST", &end)).await.json();
    assert_eq!(again["takes_words"], false, "{again}");
    let messages = format!("{path}/messages");
    let words = json!({"client_id": "a", "text": "还有一个问题"});
    lin.send("POST", &messages, &words)
        .await
        .is_problem(409, "conversation_closed");
    let mut page = socket(&lin, &first, 0).await;
    assert_eq!(page.hears("ready").await["takes_words"], false);
    page.say("a").await;
    assert_eq!(page.hears("refused").await["code"], "conversation_closed");

    let end = format!("{CONVERSATIONS}/{second}/end");
    assert_eq!(read(lin.request("POST", &end)).await.status, 200);
    assert_eq!(lin.send("POST", &messages, &words).await.status, 201);
}

#[tokio::test]
async fn who_waits_at_closing_time_is_told_when_the_answer_comes_instead_of_a_place() {
    let world = World::started(
        "2026-11-20T12:30:00Z".parse().expect("an instant"),
        &[cup().build()],
        |_| {},
    )
    .await;
    let lin = world.lin().await;
    let id = open(&lin, "o1").await;
    let path = format!("{CONVERSATIONS}/{id}");
    let standing = async || lin.get(&path).await.json()["standing"].clone();
    let open = standing().await;
    assert_eq!((&open["place"], &open["due_at"]), (&json!(1), &Value::Null));
    world.clock.advance(TimeDelta::hours(2));
    let shut = standing().await;
    assert_eq!(shut["state"], "waiting", "{shut}");
    assert_eq!(
        (&shut["place"], &shut["due_at"]),
        (&Value::Null, &json!("2026-11-21T13:00:00.000Z"))
    );
    let words = json!({"client_id": "a", "text": "还在吗"});
    let messages = format!("{path}/messages");
    assert_eq!(lin.send("POST", &messages, &words).await.status, 201);
    assert_eq!(standing().await["state"], "left");
}

#[tokio::test]
async fn near_closing_time_nobody_is_promised_a_turn_that_is_unlikely() {
    let now = "2026-11-20T10:00:00Z".parse().expect("an instant");
    let orders: Vec<_> = (1..=5).map(|n| named(&n.to_string()).build()).collect();
    let world = World::started(now, &orders, |_| {}).await;
    let lin = world.lin().await;
    // Three who waited for twenty minutes each.
    for order in ["o1", "o2", "o3"] {
        let id = open(&lin, order).await;
        world.clock.advance(TimeDelta::minutes(20));
        assert_eq!(answer_of(&world, &id, "wang", "您好").await.status, 201);
    }
    let chat = async || lin.get("/api/v1/support?order=o5").await.json()["chat"].clone();
    let (closes, due) = ("2026-11-20T13:00:00.000Z", "2026-11-21T13:00:00.000Z");
    let early = chat().await;
    assert_eq!(
        (&early["closes_at"], &early["wait_minutes"]),
        (&json!(closes), &json!(20))
    );
    assert_eq!(early["answered_by"], Value::Null);
    // A quarter to nine in the evening: nobody waits, but twenty minutes are not left.
    world.clock.advance(TimeDelta::minutes(105));
    let late = chat().await;
    assert_eq!(
        (&late["closes_at"], &late["answered_by"]),
        (&json!(closes), &json!(due))
    );
    let id = open(&lin, "o4").await;
    let shown = lin.get(&format!("{CONVERSATIONS}/{id}")).await.json();
    let standing = &shown["standing"];
    assert_eq!(
        (&standing["place"], &standing["answered_by"]),
        (&json!(1), &json!(due))
    );
    assert_eq!(standing["due_at"], Value::Null, "it is no promise yet");
    world.clock.advance(TimeDelta::hours(1));
    let shut = chat().await;
    assert_eq!(
        (&shut["closes_at"], &shut["answered_by"]),
        (&Value::Null, &json!(due))
    );
}

#[tokio::test]
async fn a_shop_with_conversations_needs_its_policy() {
    let database = TestDatabase::postgres().await;
    let world = World::configured(&[], |config| {
        config.database_url = database.url().to_owned();
    })
    .await;
    let lin = world.lin().await;
    let mut words = first_words("o1");
    words["order"] = Value::Null;
    words["shop"] = json!("wanfu");
    let begun = lin.send("POST", CONVERSATIONS, &words).await;
    assert_eq!(begun.status, 201, "{}", begun.text);
    let folder = tempfile::tempdir().expect("a folder");
    let built_in = concat!(env!("CARGO_MANIFEST_DIR"), "/../../policies/tepai.toml");
    std::fs::copy(built_in, folder.path().join("tepai.toml")).expect("a copy");
    let mut config = world.config.clone();
    config.listen = "127.0.0.1:0".to_owned();
    config.policy_dir = Some(folder.path().to_owned());
    let clock = std::sync::Arc::new(world.clock.clone());
    let refused = orders_server::Server::start(config, clock).await;
    let Err(refused) = refused else {
        panic!("it started");
    };
    assert!(refused.to_string().contains("\"wanfu\""), "{refused}");
}

#[tokio::test]
async fn a_socket_from_which_nothing_comes_back_makes_room_for_another() {
    let world = World::with(&[cup().build()]).await;
    let lin = world.lin().await;
    let id = open(&lin, "o1").await;
    let mut page = socket(&lin, &id, 2).await;
    let mut dead = Vec::new();
    for _ in 0..7 {
        // Nobody reads these, so that no ping is answered.
        dead.push(socket(&lin, &id, 2).await);
    }
    let bearer = format!("Bearer {}", lin.token);
    let headers = [("authorization", bearer.as_str())];
    assert_eq!(refusal(&world, &id, &headers).await.0, 429);
    // Reading answers the pings of two ticks, and nothing else is sent.
    let reading = async { while page.0.next().await.is_some_and(|frame| frame.is_ok()) {} };
    let ended = tokio::time::timeout(Duration::from_secs(32), reading).await;
    assert!(ended.is_err(), "who answers stays");
    page.say("a").await;
    page.hears("said").await;
    for _ in 0..7 {
        dead.push(socket(&lin, &id, 2).await);
    }
}

#[tokio::test]
async fn one_about_the_same_order_is_found_again() {
    let world = World::with(&[cup().build(), named("2").build()]).await;
    let lin = world.lin().await;
    let id = open(&lin, "o1").await;
    let again = lin.send("POST", CONVERSATIONS, &first_words("o1")).await;
    assert_eq!((again.status, again.json()["id"].clone()), (200, json!(id)));
    assert_eq!(again.json()["standing"]["last_seq"], 2, "sent again");
    let mut more = first_words("o1");
    more["client_id"] = json!("more");
    more["text"] = json!("还没收到");
    for _ in 0..2 {
        let found = lin.send("POST", CONVERSATIONS, &more).await;
        assert_eq!((found.status, found.json()["id"].clone()), (200, json!(id)));
        assert_eq!(found.json()["standing"]["last_seq"], 3);
    }
    let said = lin
        .get(&format!("{CONVERSATIONS}/{id}/messages?after=2"))
        .await
        .json();
    assert_eq!(said["items"][0]["text"], "还没收到", "{said}");
    let other = open(&lin, "o2").await;
    let list = lin.get(CONVERSATIONS).await.json();
    let ids: Vec<&str> = list["items"]
        .as_array()
        .expect("items")
        .iter()
        .filter_map(|item| item["id"].as_str())
        .collect();
    assert_eq!(ids.len(), 2);
    assert!(ids.contains(&id.as_str()) && ids.contains(&other.as_str()));
}

#[tokio::test]
async fn what_a_conversation_begins_with_is_looked_at() {
    let theirs = named("2").shopper("zhao").build();
    let world = World::with(&[cup().build(), theirs]).await;
    let lin = world.lin().await;
    for (change, field, code) in [
        (json!({"order": "o2"}), "order", "unknown"),
        (json!({"order": null}), "shop", "required"),
        (json!({"order": null, "shop": "nobody"}), "shop", "unknown"),
        (json!({"shop": "wanfu"}), "shop", "unknown"),
        (json!({"case": "o1-C1"}), "case", "unknown"),
        (json!({"text": " "}), "text", "required"),
        (json!({"text": "长".repeat(2001)}), "text", "too_long"),
        (json!({"client_id": ""}), "client_id", "required"),
        (
            json!({"subject": {"topic": "gossip"}}),
            "subject.topic",
            "unknown",
        ),
        (
            json!({"subject": {"topic": "refund", "since": "yesterday"}}),
            "subject.since",
            "invalid",
        ),
        (
            json!({"subject": {"topic": "refund", "since": "2099-01-01"}}),
            "subject.since",
            "out_of_range",
        ),
        (
            json!({"subject": {"topic": "top_up"}}),
            "subject.line",
            "required",
        ),
        (json!({"evidence": ["nothing"]}), "evidence", "unknown"),
    ] {
        let mut body = first_words("o1");
        for (name, value) in change.as_object().expect("fields") {
            body[name] = value.clone();
        }
        let answer = lin.send("POST", CONVERSATIONS, &body).await;
        answer.is_problem(422, "invalid_fields");
        assert_eq!(
            answer.json()["errors"][field],
            code,
            "{change}: {}",
            answer.text
        );
    }
    assert_eq!(lin.get(CONVERSATIONS).await.json()["items"], json!([]));
}

#[tokio::test]
async fn only_its_shopper_and_only_our_own_pages_open_a_socket() {
    let world = World::with(&[cup().build()]).await;
    let (lin, zhao) = (world.lin().await, world.zhao().await);
    let id = open(&lin, "o1").await;
    let cookie = |caller: &Caller<'_>| format!("tepai_session={}", caller.token);
    let (mine, theirs) = (cookie(&lin), cookie(&zhao));
    let none = refusal(&world, &id, &[]).await;
    assert_eq!(none, (401, "not_logged_in".to_owned()));
    assert_eq!(refusal(&world, &id, &[("cookie", &theirs)]).await.0, 404);
    let other = [
        ("cookie", mine.as_str()),
        ("origin", "https://evil.example"),
    ];
    assert_eq!(
        refusal(&world, &id, &other).await,
        (403, "cross_site_request".to_owned())
    );
    let own = [("cookie", mine.as_str()), ("origin", world.base.as_str())];
    assert!(connect(&world, &id, 0, &own).await.is_ok());
    let plain = lin.get(&format!("{CONVERSATIONS}/{id}/socket")).await;
    plain.is_problem(426, "upgrade_required");
    let mut open = Vec::new();
    for _ in 0..8 {
        open.push(socket(&lin, &id, 0).await);
    }
    let bearer = format!("Bearer {}", lin.token);
    let (status, code) = refusal(&world, &id, &[("authorization", &bearer)]).await;
    assert_eq!((status, code.as_str()), (429, "too_many_sockets"));
}

#[tokio::test]
async fn who_says_too_much_too_fast_has_to_wait() {
    let world = World::with(&[cup().build()]).await;
    let lin = world.lin().await;
    let id = open(&lin, "o1").await;
    let mut page = socket(&lin, &id, 2).await;
    for number in 0..29 {
        page.say(&number.to_string()).await;
        page.hears("said").await;
    }
    page.say("more").await;
    assert_eq!(page.hears("refused").await["code"], "too_many_messages");
    let path = format!("{CONVERSATIONS}/{id}/messages");
    // What was said is answered again, by whichever way, whatever the limit says.
    page.say("0").await;
    assert_eq!(page.hears("said").await["seq"], 3);
    let again = json!({"client_id": "0", "text": "words of 0"});
    assert_eq!(lin.send("POST", &path, &again).await.status, 201);
    let begun = lin.send("POST", CONVERSATIONS, &first_words("o1")).await;
    assert_eq!(begun.status, 200, "{}", begun.text);
    let answer = lin
        .send("POST", &path, &json!({"client_id": "x", "text": "x"}))
        .await;
    answer.is_problem(429, "too_many_messages");
    assert_eq!(answer.header("retry-after"), "61");
    world.clock.advance(TimeDelta::minutes(1));
    page.say("more").await;
    page.hears("said").await;
    page.0.send(Message::text("{")).await.expect("it is sent");
    assert_eq!(
        page.hears("refused").await,
        json!({"type": "refused", "client_id": null, "code": "bad_request"})
    );
    page.0
        .send(Message::binary(vec![0]))
        .await
        .expect("it is sent");
    loop {
        let frame = page.next().await;
        if !frame["closed"].is_null() {
            assert_eq!(frame["closed"], 1003);
            break;
        }
    }
}
