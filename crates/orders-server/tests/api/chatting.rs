//! Talking to a person: by WebSocket or by asking, each message once and in order, whatever happens in between.

use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use orders_store::testing::TestDatabase;
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

use crate::world::{Answer, Caller, World, cup, read};

pub const CONVERSATIONS: &str = "/api/v1/conversations";

/// Begins to talk about the order, and gives back the conversation's id.
pub async fn open(caller: &Caller<'_>, order: &str) -> String {
    let answer = caller
        .send("POST", CONVERSATIONS, &first_words(order))
        .await;
    assert_eq!(answer.status, 201, "{}", answer.text);
    answer.json()["id"].as_str().expect("an id").to_owned()
}

pub fn first_words(order: &str) -> Value {
    json!({
        "order": order, "subject": {"topic": "refund", "since": "2026-03-01"},
        "text": "退款到哪里了？", "client_id": "first",
    })
}

/// A page's socket.
pub struct Socket(pub WebSocketStream<MaybeTlsStream<TcpStream>>);

/// A page connects, with these headers.
pub async fn connect(
    world: &World,
    id: &str,
    after: i64,
    headers: &[(&'static str, &str)],
) -> Result<Socket, Error> {
    connect_to(
        world,
        &format!("{CONVERSATIONS}/{id}/socket?after={after}"),
        headers,
    )
    .await
}

/// The same at any path.
pub async fn connect_to(
    world: &World,
    path: &str,
    headers: &[(&'static str, &str)],
) -> Result<Socket, Error> {
    let path = format!("{}{path}", world.base.replace("http://", "ws://"));
    let mut request = path.into_client_request().expect("a request");
    for (name, value) in headers {
        request
            .headers_mut()
            .insert(*name, value.parse().expect("a header"));
    }
    connect_async(request)
        .await
        .map(|(socket, _)| Socket(socket))
}

pub async fn socket(caller: &Caller<'_>, id: &str, after: i64) -> Socket {
    let bearer = format!("Bearer {}", caller.token);
    let socket = connect(caller.world, id, after, &[("authorization", &bearer)]).await;
    socket.unwrap_or_else(|error| panic!("{error}"))
}

/// Why a socket did not open: status and code.
pub async fn refusal(world: &World, id: &str, headers: &[(&'static str, &str)]) -> (u16, String) {
    match connect(world, id, 0, headers).await {
        Err(Error::Http(response)) => {
            let body = response.body().as_deref().unwrap_or_default();
            let problem: Value = serde_json::from_slice(body).unwrap_or_default();
            let code = problem["code"].as_str().unwrap_or_default().to_owned();
            (response.status().as_u16(), code)
        }
        Err(error) => panic!("{error}"),
        Ok(_) => panic!("it opened"),
    }
}

impl Socket {
    pub async fn send(&mut self, frame: Value) {
        let sent = self.0.send(Message::text(frame.to_string())).await;
        sent.expect("it is sent");
    }

    pub async fn say(&mut self, client_id: &str) {
        let text = format!("words of {client_id}");
        self.send(json!({"type": "say", "client_id": client_id, "text": text}))
            .await;
    }

    /// The next frame of text, or the code that the socket was closed with.
    pub async fn next(&mut self) -> Value {
        loop {
            let frame = timeout(Duration::from_secs(10), self.0.next()).await;
            match frame.expect("in time").expect("a frame") {
                Ok(Message::Text(text)) => return serde_json::from_str(&text).expect("JSON"),
                Ok(Message::Close(close)) => {
                    return json!({"closed": close.map(|close| u16::from(close.code))});
                }
                Ok(_) => {}
                Err(error) => panic!("{error}"),
            }
        }
    }

    /// The next frame of that type; others are passed over.
    pub async fn hears(&mut self, kind: &str) -> Value {
        loop {
            let frame = self.next().await;
            if frame["type"] == kind {
                return frame;
            }
            assert!(frame["closed"].is_null(), "closed before {kind}: {frame}");
        }
    }

    /// The numbers of the next messages.
    async fn numbers(&mut self, count: usize) -> Vec<i64> {
        let mut numbers = Vec::new();
        for _ in 0..count {
            numbers.push(
                self.hears("message").await["seq"]
                    .as_i64()
                    .expect("a number"),
            );
        }
        numbers
    }
}

pub async fn answer_of(world: &World, id: &str, staff: &str, text: &str) -> Answer {
    let path = format!("/api/v1/integration/conversations/{id}/messages");
    let body = json!({"staff": staff, "text": text});
    world.shop().send("POST", &path, &body).await
}

#[tokio::test]
async fn a_shopper_and_a_person_of_the_shop_talk() {
    let world = World::with(&[cup().build()]).await;
    let lin = world.lin().await;
    let answer = lin.send("POST", CONVERSATIONS, &first_words("o1")).await;
    let begun = answer.json();
    let id = begun["id"].as_str().expect("an id");
    assert_eq!(begun["order"]["number"], "N1");
    assert_eq!(begun["standing"]["state"], "waiting");

    let mut page = socket(&lin, id, 0).await;
    let ready = page.next().await;
    assert_eq!(
        (&ready["type"], &ready["place"]),
        (&json!("ready"), &json!(1)),
        "{ready}"
    );
    let first = page.next().await;
    assert_eq!(
        (&first["seq"], &first["by"]),
        (&json!(1), &json!("shopper")),
        "{first}"
    );
    assert_eq!(page.next().await["note"], "queued");

    let waiting = world
        .shop()
        .get("/api/v1/integration/conversations?state=waiting")
        .await;
    assert_eq!(waiting.json()["items"][0]["conversation"]["id"], id);
    assert_eq!(waiting.json()["items"][0]["shopper"], "lin");
    let answer = answer_of(&world, id, "wang", "您好，正在查").await;
    assert_eq!(
        (answer.status, answer.json()["staff"].clone()),
        (201, json!("wang"))
    );
    assert_eq!(page.hears("message").await["note"], "taken");
    let said = page.hears("message").await;
    assert_eq!(
        (&said["by"], &said["text"]),
        (&json!("staff"), &json!("您好，正在查"))
    );
    assert!(
        said["staff"].is_null(),
        "who it was is not the shopper's business: {said}"
    );
    assert_eq!(page.hears("state").await["state"], "served");

    page.say("a").await;
    assert_eq!(page.hears("said").await["seq"], 5);
    page.send(json!({"type": "ping"})).await;
    page.hears("pong").await;
    let path = format!("/api/v1/integration/conversations/{id}/messages?after=4");
    let heard = world.shop().get(&path).await.json();
    assert_eq!(heard["items"][0]["text"], "words of a");
}

#[tokio::test]
async fn who_connects_again_gets_exactly_what_was_missed() {
    let mut world = World::with(&[cup().build()]).await;
    let token = world.token_of("lin").await;
    let id = open(
        &Caller {
            world: &world,
            token: token.clone(),
        },
        "o1",
    )
    .await;
    {
        let lin = Caller {
            world: &world,
            token: token.clone(),
        };
        let mut page = socket(&lin, &id, 0).await;
        assert_eq!(page.numbers(2).await, [1, 2]);
        drop(page);
    }
    for number in 0..150 {
        answer_of(&world, &id, "wang", &format!("{number}")).await;
    }
    let lin = Caller {
        world: &world,
        token: token.clone(),
    };
    let mut page = socket(&lin, &id, 2).await;
    // One is the program's: somebody has taken it.
    assert_eq!(page.numbers(151).await, (3..=153).collect::<Vec<_>>());

    // The server says good-bye when it stops, and another goes on where it was.
    world.restart().await;
    loop {
        let frame = page.next().await;
        if !frame["closed"].is_null() {
            assert_eq!(frame["closed"], 1001);
            break;
        }
    }
    answer_of(&world, &id, "wang", "again").await;
    let lin = Caller {
        world: &world,
        token,
    };
    let mut page = socket(&lin, &id, 153).await;
    assert_eq!(page.hears("message").await["text"], "again");
}

#[tokio::test]
async fn what_is_sent_twice_by_whichever_way_is_said_once() {
    let world = World::with(&[cup().build()]).await;
    let lin = world.lin().await;
    let id = open(&lin, "o1").await;
    let mut page = socket(&lin, &id, 2).await;
    page.say("a").await;
    assert_eq!(page.hears("said").await["seq"], 3);
    page.say("a").await;
    assert_eq!(page.hears("said").await["seq"], 3);
    let path = format!("{CONVERSATIONS}/{id}/messages");
    let body = json!({"client_id": "a", "text": "words of a"});
    let again = lin.send("POST", &path, &body).await;
    assert_eq!((again.status, again.json()["seq"].clone()), (201, json!(3)));
    let other = lin
        .send("POST", &path, &json!({"client_id": "b", "text": "b"}))
        .await;
    assert_eq!(other.json()["seq"], 4);
    let heard = lin.get(&format!("{path}?after=2")).await.json();
    assert_eq!(heard["items"].as_array().map(Vec::len), Some(2), "{heard}");
    assert_eq!(heard["more"], false);
}

#[tokio::test]
async fn two_pages_see_one_order_of_what_is_said_and_read() {
    let world = World::with(&[cup().build()]).await;
    let lin = world.lin().await;
    let id = open(&lin, "o1").await;
    let (mut one, mut other) = (socket(&lin, &id, 2).await, socket(&lin, &id, 2).await);
    one.hears("ready").await;
    other.hears("ready").await;
    for number in 0..10 {
        one.say(&format!("one-{number}")).await;
        other.say(&format!("other-{number}")).await;
    }
    let mut heard = Vec::new();
    for page in [&mut one, &mut other] {
        let mut texts = Vec::new();
        for _ in 0..20 {
            texts.push(page.hears("message").await["text"].clone());
        }
        heard.push(texts);
    }
    assert_eq!(heard[0], heard[1]);
    answer_of(&world, &id, "wang", "看到了").await;
    one.send(json!({"type": "read", "seq": 24})).await;
    // What somebody says counts as read up to there, too: marks may still be on their way, each further than the one
    // before.
    let mut mark = 0;
    while mark < 24 {
        let read = other.hears("read").await;
        if read["by"] == "staff" {
            continue;
        }
        let seq = read["seq"].as_i64().expect("a number");
        assert!(seq > mark, "{seq} after {mark}");
        mark = seq;
    }
    assert_eq!(mark, 24);
}

#[tokio::test]
async fn another_server_at_the_same_database_delivers() {
    let database = TestDatabase::postgres().await;
    let here = World::configured(&[cup().build()], |config| {
        config.database_url = database.url().to_owned();
    })
    .await;
    let mut config = here.config.clone();
    config.listen = "127.0.0.1:0".to_owned();
    let clock = std::sync::Arc::new(here.clock.clone());
    let there = orders_server::Server::start(config, clock)
        .await
        .expect("a second server");
    let lin = here.lin().await;
    let id = open(&lin, "o1").await;
    let mut page = socket(&lin, &id, 2).await;
    page.hears("ready").await;
    let path = format!(
        "http://{}/api/v1/integration/conversations/{id}/messages",
        there.address()
    );
    let body = json!({"staff": "wang", "text": "在另一台服务器"});
    let request = here
        .client
        .post(path)
        .bearer_auth(crate::world::KEY)
        .json(&body);
    assert_eq!(read(request).await.status, 201);
    assert_eq!(page.numbers(2).await, [3, 4]);
    there.stop().await;
}

#[tokio::test]
async fn where_sockets_are_blocked_a_question_waits_for_an_answer() {
    let world = World::with(&[cup().build()]).await;
    let lin = world.lin().await;
    let id = open(&lin, "o1").await;
    let path = format!("{CONVERSATIONS}/{id}/messages");
    let question = format!("{path}?after=2&wait=20");
    let waits = lin.get(&question);
    let answers = async {
        // What is said before the question is there is found at once, and afterwards it is heard.
        answer_of(&world, &id, "wang", "在").await
    };
    let (heard, _) = tokio::join!(waits, answers);
    let heard = heard.json();
    assert_eq!(heard["items"][0]["seq"], 3, "{heard}");
    assert_eq!(heard["standing"]["state"], "served", "{heard}");
    for (query, field) in [
        ("after=-1", "after"),
        ("after=x", "after"),
        ("wait=21", "wait"),
        ("wait=0", "wait"),
    ] {
        let answer = lin.get(&format!("{path}?{query}")).await;
        answer.is_problem(422, "invalid_fields");
        assert!(
            answer.json()["errors"][field].is_string(),
            "{}",
            answer.text
        );
    }
}

#[tokio::test]
async fn a_photo_goes_along_and_the_shop_sees_it() {
    let world = World::with(&[cup().build()]).await;
    let (lin, zhao) = (world.lin().await, world.zhao().await);
    let id = open(&lin, "o1").await;
    let mut page = socket(&lin, &id, 2).await;
    let photo = |upload: Value| upload["id"].as_str().expect("an id").to_owned();
    let mine = photo(crate::evidence::send(&lin, &crate::evidence::photo(), 512 * 1024).await);
    let theirs = photo(crate::evidence::send(&zhao, &crate::evidence::photo(), 512 * 1024).await);
    let say = |client_id: &str, evidence: &str| json!({"type": "say", "client_id": client_id, "text": "", "evidence": [evidence]});
    let shown = format!("/api/v1/integration/evidence/{mine}/file");
    assert_eq!(
        world.shop().get(&shown).await.status,
        404,
        "not before it was sent"
    );
    page.send(say("a", &theirs)).await;
    assert_eq!(
        page.hears("refused").await,
        json!({"type": "refused", "client_id": "a", "code": "invalid_fields"})
    );
    page.send(say("c", "\0")).await;
    assert_eq!(page.hears("refused").await["code"], "invalid_fields");
    page.send(say("b", &mine)).await;
    assert_eq!(page.hears("message").await["evidence"][0]["id"], mine);
    let file = read(world.shop().request("GET", &shown)).await;
    assert_eq!(
        (file.status, file.header("content-type")),
        (200, "image/jpeg")
    );
    let own = format!("/api/v1/evidence/{mine}");
    let kept = lin.delete(&own).await;
    kept.is_problem(409, "evidence_in_use");
    let detail = kept.json()["detail"].clone();
    assert_eq!(detail, "该文件已提交到售后单或客服会话，不能删除。");
    let english = lin.request("DELETE", &own).header("accept-language", "en");
    assert_eq!(
        read(english).await.json()["detail"],
        "An after-sale case or a conversation has it, and what they have stays."
    );
}
