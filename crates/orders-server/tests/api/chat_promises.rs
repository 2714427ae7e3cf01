//! What becomes of a conversation while nobody answers: it is work again, in its place; and promises and facts are kept.

use chrono::TimeDelta;
use orders_domain::{Conversation, ConversationState, Subject, Topic};
use orders_store::testing::TestDatabase;
use serde_json::{Value, json};

use crate::chatting::{CONVERSATIONS, answer_of, first_words, open};
use crate::world::{Caller, World, cup, looks, named, read};

const STAFF: &str = "/api/v1/staff/conversations";

async fn says(caller: &Caller<'_>, id: &str, client_id: &str) {
    let path = format!("{CONVERSATIONS}/{id}/messages");
    let body = json!({"client_id": client_id, "text": "还在吗"});
    let said = caller.send("POST", &path, &body).await;
    assert_eq!(said.status, 201, "{}", said.text);
}

async fn standing(caller: &Caller<'_>, id: &str) -> Value {
    let shown = caller.get(&format!("{CONVERSATIONS}/{id}")).await.json();
    shown["standing"].clone()
}

/// Looks until the conversation is in that state.
async fn becomes(caller: &Caller<'_>, id: &str, state: &str) -> Value {
    let is_so = |shown: &Value| shown["standing"]["state"] == state;
    let shown = looks(caller, &format!("{CONVERSATIONS}/{id}"), is_so).await;
    shown["standing"].clone()
}

/// What is said after that message, as the shopper or somebody of the staff hears it.
async fn heard(caller: &Caller<'_>, below: &str, id: &str, after: i64) -> Vec<Value> {
    let path = format!("{below}/{id}/messages?after={after}");
    let heard = caller.get(&path).await.json();
    heard["items"].as_array().expect("items").clone()
}

/// How often the shop's systems were told that somebody has to answer it.
async fn times_told(world: &World, id: &str) -> usize {
    let outbox = world.shop().get("/api/v1/integration/outbox").await.json();
    let items = outbox["items"].as_array().expect("items");
    let of_it = |item: &&Value| item.to_string().contains(id);
    items.iter().filter(of_it).count()
}

async fn due_in_queue(caller: &Caller<'_>, id: &str) -> Option<Value> {
    let path = "/api/v1/staff/work?kind=conversation";
    let queue = caller.get(path).await.json();
    let mut items = queue["items"].as_array().expect("items").iter();
    let item = items.find(|item| item["subject"] == id)?;
    Some(item["due_at"].clone())
}

#[tokio::test]
async fn words_that_nobody_answers_are_work_again_in_their_old_place() {
    let world = World::with(&[cup().build(), named("2").build()]).await;
    let (lin, wang) = (world.lin().await, world.staff("wang").await);
    let id = open(&lin, "o1").await;
    let take = format!("{STAFF}/{id}/take");
    assert_eq!(read(wang.request("POST", &take)).await.status, 200);
    assert_eq!(due_in_queue(&wang, &id).await, None);
    world.clock.advance(TimeDelta::minutes(1));
    open(&lin, "o2").await;
    world.clock.advance(TimeDelta::minutes(4));
    let back = becomes(&lin, &id, "waiting").await;
    assert_eq!(back["place"], 1, "ahead of whoever came later: {back}");
    assert_eq!(
        heard(&lin, CONVERSATIONS, &id, 3).await[0]["note"],
        "unanswered"
    );
    assert_eq!(due_in_queue(&wang, &id).await, Some(Value::Null));
    assert_eq!(times_told(&world, &id).await, 2);
}

#[tokio::test]
async fn what_is_asked_after_an_answer_has_no_old_place() {
    let world = World::with(&[cup().build(), named("2").build()]).await;
    let (lin, wang) = (world.lin().await, world.staff("wang").await);
    let id = open(&lin, "o1").await;
    let take = format!("{STAFF}/{id}/take");
    assert_eq!(read(wang.request("POST", &take)).await.status, 200);
    let answer = json!({"client_id": "a", "text": "您好"});
    let path = format!("{STAFF}/{id}/messages");
    assert_eq!(wang.send("POST", &path, &answer).await.status, 201);
    world.clock.advance(TimeDelta::minutes(10));
    let other = open(&lin, "o2").await;
    world.clock.advance(TimeDelta::minutes(1));
    says(&lin, &id, "b").await;
    let back = format!("{STAFF}/{id}/hand-back");
    assert_eq!(read(wang.request("POST", &back)).await.status, 200);
    assert_eq!(standing(&lin, &other).await["place"], 1);
    assert_eq!(standing(&lin, &id).await["place"], 2);
}

/// A conversation with a shop that is gone: nobody answers for `wang` any more, and nothing can be made of that.
fn stuck(number: i64) -> Conversation {
    let long_ago = orders_testkit::usual_now() - TimeDelta::days(9);
    // Ahead of every other.
    let id = format!("-{number}").as_str().into();
    let of = ("lin".into(), "gone".into());
    Conversation {
        case: Some(format!("C{number}")),
        state: ConversationState::Served,
        staff: Some("wang".into()),
        place_since: Some(long_ago),
        unanswered_since: Some(long_ago),
        ..Conversation::blank(id, of, Subject::of(Topic::Other), long_ago)
    }
}

#[tokio::test]
async fn what_cannot_be_moved_does_not_hold_up_what_is_behind_it() {
    let world = World::with(&[cup().build(), named("2").build()]).await;
    let (lin, wang) = (world.lin().await, world.staff("wang").await);
    let store = world.store().await;
    // More than are looked at at once.
    for number in 0..201 {
        let inserted = store.insert_conversation(&stuck(number), &[]).await;
        inserted.expect("a conversation");
    }
    let id = open(&lin, "o1").await;
    let take = format!("{STAFF}/{id}/take");
    assert_eq!(read(wang.request("POST", &take)).await.status, 200);
    world.clock.advance(TimeDelta::minutes(5));
    becomes(&lin, &id, "waiting").await;
    // Also where whoever has them all cannot log in any more.
    let id = open(&lin, "o2").await;
    assert_eq!(answer_of(&world, &id, "wang", "您好").await.status, 201);
    let now = orders_testkit::usual_now();
    let disabled = store.disable_staff(&"wang".into(), now).await;
    disabled.expect("disabled");
    becomes(&lin, &id, "waiting").await;
}

#[tokio::test]
async fn an_answer_that_comes_while_its_time_is_found_to_be_over_wins() {
    let database = TestDatabase::postgres().await;
    let orders = [cup().build(), named("2").build()];
    let world = World::configured(&orders, |config| {
        config.database_url = database.url().to_owned();
    })
    .await;
    let (lin, wang) = (world.lin().await, world.staff("wang").await);
    let mut taken = Vec::new();
    for order in ["o1", "o2"] {
        let id = open(&lin, order).await;
        let take = format!("{STAFF}/{id}/take");
        assert_eq!(read(wang.request("POST", &take)).await.status, 200);
        world.clock.advance(TimeDelta::seconds(1));
        taken.push(id);
    }
    // The answer is being written while the sweep finds the conversation and waits for its row.
    let mut answer = database.hold_answer(&taken[0]).await;
    world.clock.advance(TimeDelta::minutes(5));
    answer.is_waited_for().await;
    answer.let_go().await;
    // What comes after it in the same sweep has gone by now, and so would it have.
    becomes(&lin, &taken[1], "waiting").await;
    assert_eq!(standing(&lin, &taken[0]).await["state"], "served");
    assert_eq!(
        heard(&lin, CONVERSATIONS, &taken[0], 3).await,
        [] as [Value; 0]
    );
}

#[tokio::test]
async fn what_is_said_out_of_hours_to_who_has_gone_home_is_left_with_its_time() {
    let now = "2026-11-20T12:50:00Z".parse().expect("an instant");
    let world = World::started(now, &[cup().build()], |_| {}).await;
    let lin = world.lin().await;
    let id = open(&lin, "o1").await;
    assert_eq!(answer_of(&world, &id, "wang", "您好").await.status, 201);
    world.clock.advance(TimeDelta::hours(2));
    assert_eq!(standing(&lin, &id).await["state"], "served");
    says(&lin, &id, "a").await;
    assert_eq!(standing(&lin, &id).await["state"], "served");
    world.clock.advance(TimeDelta::minutes(5));
    let due = json!("2026-11-21T13:00:00.000Z");
    let left = becomes(&lin, &id, "left").await;
    assert_eq!(left["due_at"], due);
    let wang = world.staff("wang").await;
    assert_eq!(due_in_queue(&wang, &id).await.as_ref(), Some(&due));
    assert_eq!(times_told(&world, &id).await, 2);

    // Neither asking again in the morning nor another night puts it off.
    world.clock.advance(TimeDelta::hours(12));
    says(&lin, &id, "b").await;
    let asked = standing(&lin, &id).await;
    assert_eq!(
        (&asked["state"], &asked["place"], &asked["due_at"]),
        (&json!("waiting"), &json!(1), &due)
    );
    world.clock.advance(TimeDelta::hours(12));
    says(&lin, &id, "c").await;
    let again = standing(&lin, &id).await;
    assert_eq!((&again["state"], &again["due_at"]), (&json!("left"), &due));
    assert_eq!(times_told(&world, &id).await, 2, "it was to be answered");
}

#[tokio::test]
async fn what_closing_time_finds_in_the_queue_is_promised_an_answer_once() {
    let now = "2026-11-20T12:50:00Z".parse().expect("an instant");
    let world = World::started(now, &[cup().build()], |_| {}).await;
    let lin = world.lin().await;
    let id = open(&lin, "o1").await;
    world.clock.advance(TimeDelta::hours(2));
    let wang = world.staff("wang").await;
    let due = json!("2026-11-21T13:00:00.000Z");
    let queue = "/api/v1/staff/work?kind=conversation";
    let promised = looks(&wang, queue, |queue| !queue["items"][0]["due_at"].is_null()).await;
    assert_eq!(promised["items"][0]["due_at"], due);
    let promised_then = standing(&lin, &id).await;
    world.clock.advance(TimeDelta::days(2));
    let still = standing(&lin, &id).await;
    assert_eq!(
        (&still["state"], &still["due_at"]),
        (&json!("waiting"), &due)
    );
    // It was missed, and the staff cannot make it vanish.
    let wang = world.staff("wang").await;
    assert_eq!(
        (&promised_then["overdue"], &still["overdue"]),
        (&json!(false), &json!(true))
    );
    let end = format!("{STAFF}/{id}/end");
    let shop = format!("/api/v1/integration/conversations/{id}/end");
    for refused in [
        wang.request("POST", &end),
        world.shop().request("POST", &shop),
    ] {
        read(refused)
            .await
            .is_problem(409, "conversation_unanswered");
    }
    assert_eq!(standing(&lin, &id).await["answered"], false);
    assert_eq!(
        answer_of(&world, &id, "wang", "抱歉久等了").await.status,
        201
    );
    assert_eq!(standing(&lin, &id).await["answered"], true);
    let ended = read(wang.request("POST", &end)).await.json();
    assert_eq!(
        (&ended["state"], &ended["overdue"]),
        (&json!("closed"), &json!(false))
    );
}

#[tokio::test]
async fn what_somebody_has_who_is_disabled_is_handed_back() {
    let world = World::with(&[cup().build()]).await;
    let lin = world.lin().await;
    let id = open(&lin, "o1").await;
    assert_eq!(answer_of(&world, &id, "wang", "您好").await.status, 201);
    let (store, now) = (world.store().await, orders_testkit::usual_now());
    store
        .disable_staff(&"wang".into(), now)
        .await
        .expect("disabled");
    becomes(&lin, &id, "waiting").await;
    let notes = heard(&lin, CONVERSATIONS, &id, 4).await;
    assert_eq!(notes[0]["note"], "handed_back");
}

#[tokio::test]
async fn other_facts_about_the_same_order_are_kept_with_the_words() {
    let top_up = named("1").with(orders_testkit::line("点卡", 1, 5000).id("L9").digital());
    let world = World::with(&[top_up.build()]).await;
    let lin = world.lin().await;
    let id = open(&lin, "o1").await;
    let mut more = first_words("o1");
    more["client_id"] = json!("same");
    assert_eq!(lin.send("POST", CONVERSATIONS, &more).await.status, 200);
    more["client_id"] = json!("other");
    more["text"] = json!("还没到账");
    more["subject"] = json!({
        "topic": "top_up", "since": "2026-03-02", "line": "L9", "account": "lin_01", "zone": "电信一区",
        "face_value": "50",
    });
    for _ in 0..2 {
        let found = lin.send("POST", CONVERSATIONS, &more).await;
        assert_eq!((found.status, &found.json()["id"]), (200, &json!(id)));
    }
    let wang = world.staff("wang").await;
    for (caller, below) in [(&lin, CONVERSATIONS), (&wang, STAFF)] {
        let said = heard(caller, below, &id, 2).await;
        assert_eq!(said.len(), 2, "each once: {said:?}");
        assert_eq!(said[0]["text"], "退款到哪里了？", "the same facts");
        assert_eq!(
            said[1]["text"],
            "问题: 充值或卡密\n开始日期: 2026-03-02\n商品: 点卡\n充值账号: lin_01\n区服: 电信一区\n面值: 50\n\n还没到账"
        );
    }
}

#[tokio::test]
async fn the_facts_of_a_top_up_are_shown_as_they_were_given() {
    let top_up = named("1").with(orders_testkit::line("点卡", 1, 5000).id("L9").digital());
    let world = World::with(&[top_up.build()]).await;
    let lin = world.lin().await;
    let mut first = first_words("o1");
    first["subject"] = json!({
        "topic": "top_up", "since": null, "line": "L9", "account": "lin_01", "zone": "电信一区", "face_value": "50",
    });
    for (field, wrong, code) in [
        ("account", json!(" "), "required"),
        ("zone", json!(" "), "required"),
        ("face_value", json!("5".repeat(101)), "too_long"),
    ] {
        let mut body = first.clone();
        body["subject"][field] = wrong;
        let refused = lin.send("POST", CONVERSATIONS, &body).await;
        refused.is_problem(422, "invalid_fields");
        assert_eq!(refused.json()["errors"][format!("subject.{field}")], code);
    }
    let begun = lin.send("POST", CONVERSATIONS, &first).await;
    assert_eq!(begun.status, 201, "{}", begun.text);
    assert_eq!(begun.json()["subject"], first["subject"]);
    let id = begun.json()["id"].as_str().expect("an id").to_owned();
    let wang = world.staff("wang").await;
    let shown = wang.get(&format!("{STAFF}/{id}")).await.json();
    assert_eq!(shown["conversation"]["subject"], first["subject"]);
}

#[tokio::test]
async fn the_staff_see_who_moved_a_conversation_and_its_shopper_does_not() {
    let world = World::with(&[cup().build()]).await;
    let (lin, wang) = (world.lin().await, world.staff("wang").await);
    let id = open(&lin, "o1").await;
    for what in ["take", "hand-back"] {
        let path = format!("{STAFF}/{id}/{what}");
        assert_eq!(read(wang.request("POST", &path)).await.status, 200);
    }
    let answer = json!({"client_id": "a", "text": "您好"});
    let path = format!("{STAFF}/{id}/messages");
    assert_eq!(wang.send("POST", &path, &answer).await.status, 201);
    let path = format!("{STAFF}/{id}/end");
    assert_eq!(read(wang.request("POST", &path)).await.status, 200);
    let notes = heard(&wang, STAFF, &id, 2).await;
    let by: Vec<_> = notes.iter().map(|note| &note["staff"]).collect();
    assert_eq!(by, ["wang"; 5]);
    let told = heard(&lin, CONVERSATIONS, &id, 2).await;
    assert_eq!(told.len(), 5);
    assert!(told.iter().all(|note| note["staff"].is_null()), "{told:?}");
    let text = wang.get(&format!("{STAFF}/{id}/transcript")).await.text;
    assert!(text.contains("系统 (WANG): 重新排队\n"), "{text}");
    let own = lin.get(&format!("{CONVERSATIONS}/{id}/transcript")).await;
    assert!(!own.text.contains("WANG"), "{}", own.text);
}
