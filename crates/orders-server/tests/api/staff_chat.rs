//! Conversations in the console: found, taken, answered, passed on to those who may, handed back, ended.

use orders_store::testing::TestDatabase;
use serde_json::{Value, json};

use crate::chatting::{CONVERSATIONS, Socket, connect_to, open, socket};
use crate::world::{Answer, Caller, World, cup, named, read};

const STAFF: &str = "/api/v1/staff/conversations";

async fn act(caller: &Caller<'_>, id: &str, what: &str) -> Answer {
    read(caller.request("POST", &format!("{STAFF}/{id}/{what}"))).await
}

async fn transfer(caller: &Caller<'_>, id: &str, to: &str) -> Answer {
    let path = format!("{STAFF}/{id}/transfer");
    caller.send("POST", &path, &json!({"to": to})).await
}

async fn say(caller: &Caller<'_>, id: &str, client_id: &str) -> Answer {
    let path = format!("{STAFF}/{id}/messages");
    let body = json!({"client_id": client_id, "text": "您好"});
    caller.send("POST", &path, &body).await
}

async fn has_it(caller: &Caller<'_>, id: &str) -> Value {
    let shown = caller.get(&format!("{STAFF}/{id}")).await.json();
    shown["staff"]["id"].clone()
}

#[tokio::test]
async fn somebody_of_the_staff_takes_a_conversation_answers_and_ends_it() {
    let world = World::with(&[cup().build()]).await;
    let (lin, wang) = (world.lin().await, world.staff("wang").await);
    let id = open(&lin, "o1").await;
    let shown = wang.get(&format!("{STAFF}/{id}")).await.json();
    assert_eq!(shown["conversation"]["order"]["number"], "N1");
    assert_eq!(shown["shopper"], json!({"id": "lin", "name": "LIN"}));
    assert_eq!(
        (&shown["staff"], &shown["others"]),
        (&Value::Null, &json!(0))
    );
    let waiting = wang.get(&format!("{STAFF}?state=waiting")).await.json();
    assert_eq!(waiting["items"][0]["conversation"]["id"], id);

    let taken = act(&wang, &id, "take").await;
    assert_eq!(
        (taken.status, &taken.json()["state"]),
        (200, &json!("served"))
    );
    let said = say(&wang, &id, "a").await;
    assert_eq!((said.status, &said.json()["staff"]), (201, &json!("wang")));
    let again = say(&wang, &id, "a").await;
    assert_eq!(
        again.json(),
        said.json(),
        "sent again, it is the same message"
    );
    let heard = lin
        .get(&format!("{CONVERSATIONS}/{id}/messages?after=3"))
        .await
        .json();
    assert_eq!(heard["items"][0]["text"], "您好");
    assert!(heard["items"][0]["staff"].is_null(), "{heard}");
    let body = json!({"client_id": "b", "text": "谢谢"});
    let path = format!("{CONVERSATIONS}/{id}/messages");
    assert_eq!(lin.send("POST", &path, &body).await.status, 201);
    let heard = wang
        .get(&format!("{STAFF}/{id}/messages?after=4"))
        .await
        .json();
    assert_eq!(heard["items"][0]["text"], "谢谢");
    let path = format!("{STAFF}/{id}/read");
    assert_eq!(
        wang.send("POST", &path, &json!({"seq": 5})).await.status,
        204
    );
    let shown = lin.get(&format!("{CONVERSATIONS}/{id}")).await.json();
    assert_eq!(shown["standing"]["staff_read"], 5);
    let mine = wang
        .get(&format!("{STAFF}?mine=true&state=served"))
        .await
        .json();
    assert_eq!(mine["items"].as_array().map(Vec::len), Some(1));
    let last = &mine["items"][0]["last"];
    assert_eq!(
        (&last["text"], &last["by"]),
        (&json!("谢谢"), &json!("shopper"))
    );

    assert_eq!(act(&wang, &id, "end").await.json()["state"], "closed");
    let shown = wang.get(&format!("{STAFF}/{id}")).await.json();
    assert_eq!(shown["last"]["note"], "ended_by_staff");
    say(&wang, &id, "c")
        .await
        .is_problem(409, "conversation_closed");
    act(&wang, &id, "take")
        .await
        .is_problem(409, "conversation_closed");
}

#[tokio::test]
async fn a_conversation_is_passed_on_only_to_who_may_chat_for_the_shop() {
    let world = World::with(&[cup().build()]).await;
    let (lin, wang) = (world.lin().await, world.staff("wang").await);
    let id = open(&lin, "o1").await;
    transfer(&wang, &id, "li")
        .await
        .is_problem(409, "conversation_not_served");
    act(&wang, &id, "hand-back")
        .await
        .is_problem(409, "conversation_not_served");
    act(&wang, &id, "take").await;
    let colleagues = wang.get("/api/v1/staff/colleagues?shop=tepai").await.json();
    let ids: Vec<_> = colleagues["items"]
        .as_array()
        .expect("items")
        .iter()
        .map(|who| &who["id"])
        .collect();
    assert_eq!(ids, ["admin", "li", "zhou"]);
    // Of another shop, nobody, and one who cannot log in any more.
    let store = world.store().await;
    let now = orders_testkit::usual_now();
    assert!(
        store
            .disable_staff(&"admin".into(), now)
            .await
            .expect("disabled")
    );
    for to in ["chen", "nobody", "", "admin", "WANG\u{7f}"] {
        let refused = transfer(&wang, &id, to).await;
        refused.is_problem(422, "invalid_fields");
    }
    assert_eq!(transfer(&wang, &id, "li").await.status, 200);
    assert_eq!(has_it(&wang, &id).await, "li");
    let li = world.staff("li").await;
    let back = act(&li, &id, "hand-back").await;
    assert_eq!(back.json()["state"], "waiting");
    assert_eq!(has_it(&wang, &id).await, Value::Null);
    let elsewhere = world.staff("chen").await;
    let there = elsewhere.get(&format!("{STAFF}/{id}")).await;
    there.is_problem(404, "not_found");
    act(&elsewhere, &id, "take")
        .await
        .is_problem(404, "not_found");
    let listed = elsewhere.get(STAFF).await.json();
    assert_eq!(listed["items"], json!([]));
    let shops = elsewhere.get("/api/v1/staff/colleagues?shop=tepai").await;
    shops.is_problem(422, "invalid_fields");
}

#[tokio::test]
async fn what_a_colleague_has_is_moved_by_nobody_else_unless_they_say_from_whom() {
    let world = World::with(&[cup().build()]).await;
    let lin = world.lin().await;
    let (wang, li) = (world.staff("wang").await, world.staff("li").await);
    let id = open(&lin, "o1").await;
    act(&li, &id, "take").await;
    // What was said offline and is sent later takes nothing from anybody either.
    let shop = crate::chatting::answer_of(&world, &id, "wang", "您好");
    for refused in [
        act(&wang, &id, "take").await,
        act(&wang, &id, "hand-back").await,
        act(&wang, &id, "end").await,
        say(&wang, &id, "a").await,
        transfer(&wang, &id, "zhou").await,
        shop.await,
    ] {
        refused.is_problem(409, "served_by_another");
        let refused = refused.json();
        assert_eq!(refused["served_by"], json!({"id": "li", "name": "LI"}));
        let detail = refused["detail"].as_str().expect("a detail");
        assert!(detail.starts_with("LI "), "{detail}");
    }
    let mut console = staff_socket(&wang, &id, 0).await;
    console.say("b").await;
    assert_eq!(console.hears("refused").await["code"], "served_by_another");
    assert_eq!(has_it(&wang, &id).await, "li");

    let path = format!("{STAFF}/{id}/transfer");
    let take_over = async |caller: &Caller<'_>, to: &str| {
        let body = json!({"to": to, "from": "li"});
        caller.send("POST", &path, &body).await
    };
    assert_eq!(take_over(&wang, "wang").await.status, 200);
    let zhou = world.staff("zhou").await;
    let second = take_over(&zhou, "zhou").await;
    second.is_problem(409, "served_by_another");
    assert_eq!(second.json()["served_by"]["id"], "wang");
    assert_eq!(has_it(&wang, &id).await, "wang");
    // The shop's systems say so, too.
    let path = format!("/api/v1/integration/conversations/{id}/messages");
    let body = json!({"staff": "li", "text": "您好", "take_over": true});
    let said = world.shop().send("POST", &path, &body).await;
    assert_eq!(said.status, 201, "{}", said.text);
    assert_eq!(has_it(&wang, &id).await, "li");
}

#[tokio::test]
async fn staff_see_photos_of_a_conversation_about_no_order() {
    let world = World::with(&[]).await;
    let (lin, wang) = (world.lin().await, world.staff("wang").await);
    let upload = crate::evidence::send(&lin, &crate::evidence::photo(), 512 * 1024).await;
    let photo = upload["id"].as_str().expect("an id");
    let path = format!("/api/v1/staff/evidence/{photo}/file");
    wang.get(&path).await.is_problem(404, "not_found");
    let body = json!({
        "shop": "tepai", "subject": {"topic": "other"}, "text": "请看", "client_id": "a", "evidence": [photo],
    });
    assert_eq!(lin.send("POST", CONVERSATIONS, &body).await.status, 201);
    let shown = wang.request("GET", &path).send().await.expect("an answer");
    assert_eq!(shown.status().as_u16(), 200);
    let chen = world.staff("chen").await;
    chen.get(&path).await.is_problem(404, "not_found");
}

#[tokio::test]
async fn a_shopper_and_somebody_of_the_staff_talk_through_two_servers() {
    let database = TestDatabase::postgres().await;
    let here = World::configured(&[cup().build()], |config| {
        config.database_url = database.url().to_owned();
    })
    .await;
    let there = World::configured(&[], |config| {
        config.database_url = database.url().to_owned();
    })
    .await;
    let lin = here.lin().await;
    let wang = there.staff("wang").await;
    let id = open(&lin, "o1").await;
    let question = format!("{CONVERSATIONS}/{id}/messages?after=2&wait=20");
    let (heard, said) = tokio::join!(lin.get(&question), say(&wang, &id, "a"));
    assert_eq!(said.status, 201, "{}", said.text);
    assert_eq!(heard.json()["items"][0]["seq"], 3, "{}", heard.text);
    let question = format!("{STAFF}/{id}/messages?after=4&wait=20");
    let path = format!("{CONVERSATIONS}/{id}/messages");
    let body = json!({"client_id": "b", "text": "谢谢"});
    let (heard, said) = tokio::join!(wang.get(&question), lin.send("POST", &path, &body));
    assert_eq!(said.status, 201, "{}", said.text);
    assert_eq!(heard.json()["items"][0]["text"], "谢谢", "{}", heard.text);
}

async fn staff_socket(caller: &Caller<'_>, id: &str, after: i64) -> Socket {
    let bearer = format!("Bearer {}", caller.token);
    let path = format!("{STAFF}/{id}/socket?after={after}");
    let socket = connect_to(caller.world, &path, &[("authorization", &bearer)]).await;
    socket.unwrap_or_else(|error| panic!("{error}"))
}

#[tokio::test]
async fn both_sides_talk_type_and_read_through_sockets() {
    let world = World::with(&[cup().build()]).await;
    let (lin, wang) = (world.lin().await, world.staff("wang").await);
    let id = open(&lin, "o1").await;
    let mut page = socket(&lin, &id, 2).await;
    page.hears("ready").await;
    let mut console = staff_socket(&wang, &id, 0).await;
    assert_eq!(console.next().await["type"], "ready");
    assert_eq!(console.hears("message").await["seq"], 1);
    console.hears("message").await;

    console.send(json!({"type": "typing"})).await;
    assert_eq!(page.hears("typing").await["by"], "staff");
    console.say("a").await;
    assert_eq!(console.hears("said").await["seq"], 4);
    assert_eq!(page.hears("message").await["note"], "taken");
    let heard = page.hears("message").await;
    assert_eq!(heard["text"], "words of a");
    assert!(heard["staff"].is_null(), "{heard}");
    page.send(json!({"type": "typing"})).await;
    // Nobody is told of their own typing: what comes next is the shopper's.
    assert_eq!(console.hears("typing").await["by"], "shopper");
    page.say("b").await;
    page.hears("said").await;
    while console.hears("message").await["text"] != "words of b" {}
    console.send(json!({"type": "read", "seq": 5})).await;
    while page.hears("read").await != json!({"type": "read", "by": "staff", "seq": 5}) {}
    let mine = json!({"type": "say", "client_id": "c", "text": "x", "evidence": ["p1"]});
    console.send(mine).await;
    assert_eq!(console.hears("refused").await["client_id"], "c");
}

/// What a socket hears until somebody says `last`: the numbers, and the words.
async fn hears_until(socket: &mut Socket, last: &str) -> Vec<(i64, String)> {
    let mut heard = Vec::new();
    loop {
        let said = socket.hears("message").await;
        let text = said["text"].as_str().unwrap_or_default().to_owned();
        let ends = text == format!("words of {last}");
        heard.push((said["seq"].as_i64().expect("a number"), text));
        if ends {
            return heard;
        }
    }
}

#[tokio::test]
async fn sockets_at_two_servers_hear_the_same_and_one_server_takes_over_from_the_other() {
    let database = TestDatabase::postgres().await;
    let mut here = World::configured(&[cup().build()], |config| {
        config.database_url = database.url().to_owned();
    })
    .await;
    let there = World::configured(&[], |config| {
        config.database_url = database.url().to_owned();
    })
    .await;
    let wang = there.staff("wang").await;
    let lin = here.lin().await;
    let id = open(&lin, "o1").await;
    let mut page = socket(&lin, &id, 0).await;
    let mut console = staff_socket(&wang, &id, 0).await;
    for number in 0..20 {
        page.say(&format!("p{number}")).await;
        console.say(&format!("c{number}")).await;
    }
    page.send(json!({"type": "typing"})).await;
    assert_eq!(console.hears("typing").await["by"], "shopper");
    console.send(json!({"type": "typing"})).await;
    assert_eq!(page.hears("typing").await["by"], "staff");
    page.say("unsure").await;
    let token = lin.token.clone();
    // Whether it was kept the page cannot know: it says it again, elsewhere.
    here.stop().await;
    let lin = Caller {
        world: &there,
        token,
    };
    let mut page = socket(&lin, &id, 0).await;
    page.hears("ready").await;
    page.say("unsure").await;
    page.say("last").await;

    let heard = hears_until(&mut page, "last").await;
    let numbers: Vec<i64> = heard.iter().map(|(number, _)| *number).collect();
    let all: Vec<i64> = (1..=i64::try_from(heard.len()).expect("few")).collect();
    assert_eq!(numbers, all, "{heard:?}");
    let said = heard.iter().map(|(_, text)| text.as_str());
    let said: Vec<&str> = said.filter(|text| text.starts_with("words of")).collect();
    for who in ["p", "c"] {
        let expected: Vec<String> = (0..20).map(|n| format!("words of {who}{n}")).collect();
        let start = format!("words of {who}");
        let own: Vec<&str> = said
            .iter()
            .copied()
            .filter(|text| text.starts_with(&start))
            .collect();
        assert_eq!(own, expected);
    }
    assert_eq!(
        said[40..],
        ["words of unsure", "words of last"],
        "{heard:?}"
    );
    let other = hears_until(&mut staff_socket(&wang, &id, 0).await, "last").await;
    assert_eq!(other, heard);
    // The one that was open all the time has heard the rest, in order.
    let rest = hears_until(&mut console, "last").await;
    assert_eq!(rest, heard[heard.len() - rest.len()..]);
}

#[tokio::test]
async fn a_socket_of_the_staff_opens_for_nobody_else_and_ends_with_the_session() {
    let world = World::with(&[cup().build()]).await;
    let (lin, wang) = (world.lin().await, world.staff("wang").await);
    let chen = world.staff("chen").await;
    let id = open(&lin, "o1").await;
    let path = format!("{STAFF}/{id}/socket");
    wang.get(&path).await.is_problem(426, "upgrade_required");
    chen.get(&path).await.is_problem(404, "not_found");
    lin.get(&path).await.is_problem(401, "not_logged_in");
    let cookie = format!("tepai_staff={}", wang.token);
    let elsewhere = [
        ("cookie", cookie.as_str()),
        ("origin", "https://evil.example"),
    ];
    let refused = connect_to(&world, &path, &elsewhere).await;
    assert!(refused.is_err(), "opened by a page of another site");

    let mut console = staff_socket(&wang, &id, 2).await;
    console.hears("ready").await;
    // An open page is no use of the session.
    world.clock.advance(chrono::TimeDelta::minutes(21));
    console.say("late").await;
    loop {
        let frame = console.next().await;
        if !frame["closed"].is_null() {
            assert_eq!(frame["closed"], 1008);
            break;
        }
    }
    let world_store = world.store().await;
    let said = world_store.messages(&id.as_str().into(), 2, 10).await;
    assert!(said.expect("messages").is_empty(), "nothing was said");
}

#[tokio::test]
async fn of_conversations_that_are_over_the_newest_comes_first() {
    let world = World::with(&[named("1").build(), named("2").build(), named("3").build()]).await;
    let (lin, wang) = (world.lin().await, world.staff("wang").await);
    let mut ids = Vec::new();
    for order in ["o1", "o2", "o3"] {
        let id = open(&lin, order).await;
        say(&wang, &id, "a").await;
        ids.push(id);
        world.clock.advance(chrono::TimeDelta::minutes(1));
    }
    let listed = async |query: &str| {
        let mut listed = Vec::new();
        let mut cursor = String::new();
        loop {
            let page = wang.get(&format!("{STAFF}?{query}&limit=2{cursor}")).await;
            let page = page.json();
            let items = page["items"].as_array().expect("items");
            let ids = items
                .iter()
                .filter_map(|item| item["conversation"]["id"].as_str());
            listed.extend(ids.map(str::to_owned));
            let Some(next) = page["next_cursor"].as_str() else {
                return listed;
            };
            cursor = format!("&cursor={next}");
        }
    };
    assert_eq!(listed("state=served").await, ids);
    for id in &ids {
        act(&wang, id, "end").await;
        world.clock.advance(chrono::TimeDelta::minutes(1));
    }
    ids.reverse();
    assert_eq!(listed("state=closed").await, ids);
    assert_eq!(listed("state=closed&mine=true").await, ids);
}

#[tokio::test]
async fn staff_keep_a_transcript_that_says_who_of_them_it_was() {
    let world = World::with(&[cup().build()]).await;
    let (lin, wang) = (world.lin().await, world.staff("wang").await);
    let id = open(&lin, "o1").await;
    assert_eq!(say(&wang, &id, "a").await.status, 201);
    let end = format!("{CONVERSATIONS}/{id}/end");
    assert_eq!(read(lin.request("POST", &end)).await.status, 200);
    let path = format!("{STAFF}/{id}/transcript");
    let text = wang.get(&path).await;
    assert_eq!(text.status, 200, "{}", text.text);
    let name = format!("attachment; filename=\"tepai-{id}.txt\"");
    assert_eq!(text.header("content-disposition"), name);
    for words in ["买家: ", "WANG: 您好\n", "系统: 买家结束了会话\n"] {
        assert!(text.text.contains(words), "{words}: {}", text.text);
    }
    let own = lin.get(&format!("{CONVERSATIONS}/{id}/transcript")).await;
    assert!(
        own.text.contains("客服: 您好\n") && !own.text.contains("WANG"),
        "{}",
        own.text
    );
    let chen = world.staff("chen").await;
    chen.get(&path).await.is_problem(404, "not_found");
}
