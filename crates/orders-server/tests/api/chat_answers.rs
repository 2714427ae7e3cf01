//! Who left a message, or left the page, is told of the answer: in the notifications, by a letter, and once.

use chrono::TimeDelta;
use serde_json::{Value, json};

use crate::chatting::{CONVERSATIONS, answer_of, first_words, open};
use crate::events;
use crate::guests;
use crate::pages::rendering;
use crate::post_office::{ORIGIN, PostOffice};
use crate::world::{Caller, World, cup, looks, named, read};

const LIST: &str = "/api/v1/notifications";

/// Looks until so many notifications are there.
async fn told(caller: &Caller<'_>, count: usize) -> Vec<Value> {
    let items = |list: &Value| list["items"].as_array().expect("items").clone();
    let list = looks(caller, LIST, |list| items(list).len() >= count).await;
    assert_eq!(items(&list).len(), count, "{list}");
    items(&list)
}

async fn reads(caller: &Caller<'_>, id: &str, seq: i64) {
    let path = format!("{CONVERSATIONS}/{id}/read");
    let read = caller.send("POST", &path, &json!({"seq": seq})).await;
    assert_eq!(read.status, 204, "{}", read.text);
}

#[tokio::test]
async fn who_has_gone_away_is_told_of_an_answer_once_until_they_have_read_it() {
    let office = PostOffice::open();
    let world = World::configured(&[cup().build()], |config| office.configure(config)).await;
    let lin = world.lin().await;
    let id = open(&lin, "o1").await;
    let stream = lin.request("GET", "/api/v1/events").send().await;
    let mut page = stream.expect("a stream");
    events::hears(&mut page, "ready").await;
    assert_eq!(
        answer_of(&world, &id, "wang", "退款已到账 6222")
            .await
            .status,
        201
    );
    assert_eq!(answer_of(&world, &id, "wang", "请查收").await.status, 201);
    world.clock.advance(TimeDelta::seconds(61));
    let told_of = told(&lin, 1).await.remove(0);
    assert_eq!(told_of["what"], "conversation_answered");
    assert_eq!(told_of["subject"], id);
    assert_eq!(
        (&told_of["order"], &told_of["number"]),
        (&json!("o1"), &json!("N1"))
    );
    assert_eq!(
        (&told_of["title"], &told_of["detail"]),
        (&json!("杯子"), &Value::Null)
    );
    assert_eq!(
        (&told_of["by"], &told_of["read"]),
        (&json!("staff"), &json!(false))
    );
    let heard = events::hears(&mut page, "\"missed\":true").await;
    assert!(heard.contains("event: ready"), "{heard}");
    let letter = office.takes(1).await.remove(0);
    assert_eq!(letter.to, ["lin@example.com"]);
    assert_eq!(letter.subject(), "客服回复了您的咨询 · 订单 N1");
    for text in [letter.text(), letter.html()] {
        assert!(text.contains(&format!("{ORIGIN}/support/{id}")), "{text}");
        assert!(!text.contains("6222") && !text.contains("请查收"), "{text}");
    }
    // In their own list it is marked.
    let shown = lin.get(&format!("{CONVERSATIONS}/{id}")).await.json();
    let standing = &shown["standing"];
    assert_eq!(
        (&standing["last_answer"], &standing["shopper_read"]),
        (&json!(5), &json!(1))
    );

    // Until they have read it they know, whatever else is said.
    assert_eq!(answer_of(&world, &id, "wang", "还在吗").await.status, 201);
    world.clock.advance(TimeDelta::minutes(5));
    reads(&lin, &id, 6).await;
    assert_eq!(answer_of(&world, &id, "wang", "补充一下").await.status, 201);
    world.clock.advance(TimeDelta::seconds(61));
    told(&lin, 2).await;
    office.takes(2).await;
}

#[tokio::test]
async fn who_has_read_it_is_not_told() {
    let office = PostOffice::open();
    let orders = [cup().build(), named("2").build()];
    let world = World::configured(&orders, |config| office.configure(config)).await;
    let lin = world.lin().await;
    let (read, unread) = (open(&lin, "o1").await, open(&lin, "o2").await);
    for id in [&read, &unread] {
        assert_eq!(answer_of(&world, id, "wang", "您好").await.status, 201);
    }
    reads(&lin, &read, 4).await;
    world.clock.advance(TimeDelta::minutes(2));
    assert_eq!(told(&lin, 1).await[0]["subject"], unread);
    let letter = office.takes(1).await.remove(0);
    assert_eq!(letter.subject(), "客服回复了您的咨询 · 订单 N2");
}

async fn read_up_to(caller: &Caller<'_>, id: &str) -> i64 {
    let shown = caller.get(&format!("{CONVERSATIONS}/{id}")).await.json();
    shown["standing"]["shopper_read"]
        .as_i64()
        .expect("a number")
}

#[tokio::test]
async fn a_page_without_the_program_says_by_an_image_what_was_read() {
    let (world, _dist) = rendering(&[cup().build()]).await;
    let lin = world.lin().await;
    let id = open(&lin, "o1").await;
    assert_eq!(answer_of(&world, &id, "wang", "您好").await.status, 201);
    let page = lin.request("GET", &format!("/support/{id}"));
    let drawn = read(page.header("accept", "text/html")).await.text;
    assert!(drawn.contains("您好"), "{drawn}");
    // A page in the background is only drawn.
    assert_eq!(read_up_to(&lin, &id).await, 1);
    let image = format!("/support/{id}/read?seq=4");
    assert_eq!(world.get(&image).await.status, 401);
    let only_there = format!("<noscript><img alt=\"\" src=\"{image}\"></noscript>");
    assert!(drawn.contains(&only_there), "{drawn}");
    for (caller, path, status) in [
        (&world.zhao().await, image.as_str(), 404),
        (&lin, &format!("/support/{id}/read?seq=x"), 422),
        (&lin, &image, 204),
    ] {
        let answer = caller.get(path).await;
        assert_eq!(answer.status, status, "{path}: {}", answer.text);
    }
    assert_eq!(read_up_to(&lin, &id).await, 4);
}

#[tokio::test]
async fn a_guest_who_looks_at_what_the_account_asked_reads_nothing_for_it() {
    let office = PostOffice::open();
    let world = guests::world(&office).await;
    let (lin, guest) = (
        world.lin().await,
        guests::guest(&world, &office, "N9", 0).await,
    );
    let id = open(&lin, "o9").await;
    assert_eq!(answer_of(&world, &id, "wang", "您好").await.status, 201);
    reads(&guest, &id, 4).await;
    let image = format!("/support/{id}/read?seq=4");
    assert_eq!(guest.get(&image).await.status, 204);
    assert_eq!(read_up_to(&lin, &id).await, 1);
    // Nor is it news to them that does not go away.
    let mine = guest.get(CONVERSATIONS).await.json();
    let mine = &mine["items"][0]["standing"];
    assert_eq!(mine["shopper_read"], mine["last_seq"]);
    world.clock.advance(TimeDelta::seconds(61));
    assert_eq!(told(&lin, 1).await[0]["subject"], id);
    let letter = office.takes(2).await.remove(1);
    assert!(
        letter.text().contains("您在这里咨询过客服"),
        "{}",
        letter.text()
    );
    // Once they have a part in it, they read it for both.
    let say = json!({"client_id": "g", "text": "我是收件人"});
    let path = format!("{CONVERSATIONS}/{id}/messages");
    assert_eq!(guest.send("POST", &path, &say).await.status, 201);
    reads(&guest, &id, 5).await;
    assert_eq!(read_up_to(&lin, &id).await, 5);
}

#[tokio::test]
async fn an_answer_about_no_order_is_told_and_read_as_well() {
    let office = PostOffice::open();
    let world = World::configured(&[cup().build()], |config| office.configure(config)).await;
    let lin = world.lin().await;
    let mut words = first_words("o1");
    words["order"] = Value::Null;
    words["shop"] = json!("tepai");
    let begun = lin.send("POST", CONVERSATIONS, &words).await;
    assert_eq!(begun.status, 201, "{}", begun.text);
    let id = begun.json()["id"].as_str().expect("an id").to_owned();
    assert_eq!(answer_of(&world, &id, "wang", "您好").await.status, 201);
    world.clock.advance(TimeDelta::seconds(61));
    let told_of = told(&lin, 1).await.remove(0);
    assert_eq!(
        (&told_of["order"], &told_of["number"]),
        (&Value::Null, &Value::Null)
    );
    assert_eq!(told_of["title"], "退款进度");
    let letter = office.takes(1).await.remove(0);
    assert_eq!(letter.subject(), "客服回复了您的咨询");
    assert!(
        letter.text().contains("关于：退款进度"),
        "{}",
        letter.text()
    );
    let up_to = json!({"up_to": told_of["id"]});
    let read = lin.send("POST", "/api/v1/notifications/read", &up_to).await;
    assert_eq!(read.json(), json!({"unread": 0}));
}

#[tokio::test]
async fn a_guest_whose_contact_is_an_address_gets_the_letter() {
    let office = PostOffice::open();
    let world = guests::world(&office).await;
    let guest = guests::guest(&world, &office, "N9", 0).await;
    let id = open(&guest, "o9").await;
    assert_eq!(answer_of(&world, &id, "wang", "您好").await.status, 201);
    world.clock.advance(TimeDelta::seconds(61));
    let letter = office.takes(2).await.remove(1);
    assert_eq!(letter.to, ["lin@example.com"]);
    assert_eq!(letter.subject(), "客服回复了您的咨询 · 订单 N9");
    // It was not the account that asked.
    assert!(
        letter.text().contains("您在这里有订单"),
        "{}",
        letter.text()
    );
    guest.get(LIST).await.is_problem(403, "guest_session");
}
