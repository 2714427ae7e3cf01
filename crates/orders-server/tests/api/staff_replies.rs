//! Canned replies: written by supervisors, filled in for a conversation, never with a hole.

use serde_json::{Value, json};

use crate::chatting::{CONVERSATIONS, open};
use crate::world::{Answer, Caller, World, cup, named, read, refunded};

const REPLIES: &str = "/api/v1/staff/replies";

fn thanks() -> Value {
    json!({"code": "thanks", "title": "致谢", "zh": "谢谢{shopper_name}", "en": "Thank you"})
}

async fn add(caller: &Caller<'_>, reply: &Value) -> Value {
    let added = caller.send("POST", REPLIES, reply).await;
    assert_eq!(added.status, 201, "{}", added.text);
    added.json()
}

async fn codes(caller: &Caller<'_>, query: &str) -> Vec<String> {
    let listed = caller.get(&format!("{REPLIES}{query}")).await.json();
    let items = listed["items"].as_array().expect("items");
    let codes = items
        .iter()
        .map(|item| item["code"].as_str().expect("a code"));
    codes.map(str::to_owned).collect()
}

fn refused(answer: &Answer, field: &str, code: &str) {
    answer.is_problem(422, "invalid_fields");
    assert_eq!(answer.json()["errors"], json!({field: code}));
}

#[tokio::test]
async fn a_reply_is_added_changed_archived_and_taken_up_again() {
    let world = World::with(&[]).await;
    let (wang, zhou) = (world.staff("wang").await, world.staff("zhou").await);
    let first = add(&zhou, &thanks()).await;
    assert_eq!(first["revision"], 1);
    assert_eq!(first["shop"], Value::Null);
    assert_eq!(first["changed_by"], json!({"id": "zhou", "name": "ZHOU"}));
    assert_eq!(wang.get(REPLIES).await.json()["items"], json!([first]));

    let path = format!("{REPLIES}/{}", first["id"].as_str().expect("an id"));
    let text = json!({"revision": 1, "code": "bye", "title": "再见", "zh": " 再见 ", "en": " "});
    let changed = zhou.send("PUT", &path, &text).await;
    assert_eq!(changed.status, 200, "{}", changed.text);
    let changed = changed.json();
    assert_eq!(
        (&changed["zh"], &changed["en"]),
        (&json!("再见"), &Value::Null)
    );
    assert_eq!(changed["revision"], 2);
    // Whoever looked at the first neither writes over the second nor archives it.
    let late = zhou.send("PUT", &path, &text).await;
    late.is_problem(409, "reply_changed");
    let late = zhou.delete(&format!("{path}?revision=1")).await;
    late.is_problem(409, "reply_changed");

    let archived = zhou.delete(&format!("{path}?revision=2")).await;
    assert_eq!(archived.status, 200, "{}", archived.text);
    assert_eq!(archived.json()["archived"], true);
    assert_eq!(codes(&wang, "").await, [""; 0]);
    assert_eq!(codes(&wang, "?archived=true").await, ["bye"]);
    let again = zhou.delete(&format!("{path}?revision=2")).await;
    assert_eq!(again.json(), archived.json());
    let mut text = text;
    text["revision"] = json!(3);
    assert_eq!(zhou.send("PUT", &path, &text).await.status, 200);
    assert_eq!(codes(&wang, "").await, ["bye"]);
}

#[tokio::test]
async fn what_a_reply_says_is_checked() {
    let world = World::with(&[]).await;
    let zhou = world.staff("zhou").await;
    for (name, value, field, code) in [
        ("code", json!(""), "code", "required"),
        ("code", json!("Thanks"), "code", "invalid"),
        ("code", json!("谢谢"), "code", "invalid"),
        ("title", json!(" "), "title", "required"),
        ("title", json!("a\nb"), "title", "invalid"),
        ("title", json!("长".repeat(61)), "title", "too_long"),
        ("zh", json!("{order_no}"), "zh", "unknown"),
        ("zh", json!("{order_number"), "zh", "invalid"),
        ("en", json!("order_number}"), "en", "invalid"),
        ("en", json!("a".repeat(1001)), "en", "too_long"),
        ("en", json!("a\u{0}"), "en", "invalid"),
        ("shop", json!("nowhere"), "shop", "unknown"),
    ] {
        let mut reply = thanks();
        reply[name] = value;
        refused(&zhou.send("POST", REPLIES, &reply).await, field, code);
    }
    let mute = json!({"code": "a", "title": "a", "zh": " "});
    refused(&zhou.send("POST", REPLIES, &mute).await, "zh", "required");
    assert_eq!(codes(&zhou, "").await, [""; 0]);
    add(&zhou, &thanks()).await;
    let twice = zhou.send("POST", REPLIES, &thanks()).await;
    twice.is_problem(409, "reply_code_taken");
    let mut ours = thanks();
    ours["shop"] = json!("tepai");
    add(&zhou, &ours).await;
}

#[tokio::test]
async fn whoever_sees_one_shop_only_changes_its_replies_only() {
    let world = World::with(&[]).await;
    // Chen is a supervisor of Wanfu alone.
    let (zhou, chen) = (world.staff("zhou").await, world.staff("chen").await);
    let li = world.staff("li").await;
    let every = add(&zhou, &thanks()).await;
    let theirs = json!({"shop": "tepai", "code": "a", "title": "a", "zh": "一"});
    let theirs = add(&zhou, &theirs).await;
    let own = json!({"shop": "wanfu", "code": "b", "title": "b", "zh": "二"});
    add(&chen, &own).await;
    assert_eq!(codes(&chen, "").await, ["b", "thanks"]);
    assert_eq!(codes(&li, "").await, ["a", "thanks"]);
    let for_all = json!({"code": "c", "title": "c", "zh": "三"});
    let answer = chen.send("POST", REPLIES, &for_all).await;
    answer.is_problem(403, "not_permitted");
    let foreign = json!({"shop": "tepai", "code": "c", "title": "c", "zh": "三"});
    refused(
        &chen.send("POST", REPLIES, &foreign).await,
        "shop",
        "unknown",
    );
    let text = json!({"revision": 1, "code": "d", "title": "d", "zh": "四"});
    for (reply, status, code) in [(every, 403, "not_permitted"), (theirs, 404, "not_found")] {
        let path = format!("{REPLIES}/{}", reply["id"].as_str().expect("an id"));
        let changed = chen.send("PUT", &path, &text).await;
        changed.is_problem(status, code);
        let archived = chen.delete(&format!("{path}?revision=1")).await;
        archived.is_problem(status, code);
    }
}

#[tokio::test]
async fn a_reply_is_filled_in_for_a_conversation_or_says_what_is_missing() {
    let world = World::with(&[refunded("1"), named("2").build()]).await;
    let lin = world.lin().await;
    let (wang, zhou) = (world.staff("wang").await, world.staff("zhou").await);
    let reply = json!({
        "code": "refund", "title": "退款", "zh": "{shopper_name}您好，订单 {order_number}（{order_state}）退款 {refund_amount}，最晚 {arrives_by} 到账。",
        "en": "Order {order_number} of {shop}",
    });
    add(&zhou, &reply).await;
    let mut ours = thanks();
    ours["zh"] = json!("特派谢谢您");
    add(&zhou, &thanks()).await;
    ours["shop"] = json!("tepai");
    add(&zhou, &ours).await;

    let (one, two) = (open(&lin, "o1").await, open(&lin, "o2").await);
    let path = |id: &str| format!("/api/v1/staff/conversations/{id}/replies");
    let filled = wang.get(&path(&one)).await.json();
    let items = filled["items"].as_array().expect("items");
    assert_eq!(
        items.len(),
        2,
        "of two with a code the shop's own: {filled}"
    );
    assert_eq!(items[1]["texts"][0]["text"], "特派谢谢您");
    let zh = &items[0]["texts"][0];
    assert_eq!(
        (&zh["language"], &zh["missing"]),
        (&json!("zh-CN"), &json!([]))
    );
    let text = zh["text"].as_str().expect("a text");
    assert!(
        text.starts_with("LIN您好，订单 N1（已取消）退款 ¥10.00，最晚 2026年"),
        "{text}"
    );
    assert!(!text.contains('{'), "{text}");
    let en = items[0]["texts"][1]["text"].as_str().expect("a text");
    assert!(en.starts_with("Order N1 of "), "{en}");

    // Nothing comes back for the second order.
    let holed = wang.get(&path(&two)).await.json();
    let zh = &holed["items"][0]["texts"][0];
    assert_eq!(zh["text"], Value::Null);
    assert_eq!(zh["missing"], json!(["refund_amount", "arrives_by"]));
    let li = world.staff("chen").await;
    li.get(&path(&one)).await.is_problem(404, "not_found");
}

#[tokio::test]
async fn without_an_order_what_is_of_an_order_is_missing() {
    let world = World::with(&[]).await;
    let lin = world.lin().await;
    let (wang, zhou) = (world.staff("wang").await, world.staff("zhou").await);
    let reply = json!({"code": "a", "title": "a", "zh": "{order_number}", "en": "{phone}"});
    add(&zhou, &reply).await;
    let first =
        json!({"shop": "tepai", "subject": {"topic": "other"}, "text": "在吗", "client_id": "a"});
    let begun = lin.send("POST", CONVERSATIONS, &first).await.json();
    let id = begun["id"].as_str().expect("an id");
    let path = format!("/api/v1/staff/conversations/{id}/replies");
    let texts = wang.get(&path).await.json()["items"][0]["texts"].clone();
    assert_eq!(texts[0]["missing"], json!(["order_number"]));
    assert!(texts[1]["text"].is_string(), "{texts}");
}

#[tokio::test]
async fn a_change_sent_again_under_its_key_is_one_change() {
    let world = World::with(&[cup().build()]).await;
    let zhou = world.staff("zhou").await;
    let send = async |method: &str, path: &str, body: Value| {
        let request = zhou.request(method, path).header("idempotency-key", "k");
        read(request.json(&body)).await
    };
    let first = send("POST", REPLIES, thanks()).await;
    assert_eq!(send("POST", REPLIES, thanks()).await.text, first.text);
    let other = json!({"code": "b", "title": "b", "zh": "二"});
    let other = send("POST", REPLIES, other).await;
    other.is_problem(422, "idempotency_key_reused");
    assert_eq!(codes(&zhou, "").await, ["thanks"]);
    let path = format!("{REPLIES}/{}", first.json()["id"].as_str().expect("an id"));
    let text = json!({"revision": 1, "code": "d", "title": "d", "zh": "四"});
    let changed = send("PUT", &path, text.clone()).await;
    assert_eq!(send("PUT", &path, text).await.text, changed.text);
    assert_eq!(changed.status, 200);
    let archive = async |revision: i64| {
        let path = format!("{path}?revision={revision}");
        read(zhou.request("DELETE", &path).header("idempotency-key", "k")).await
    };
    let archived = archive(2).await;
    assert_eq!(archived.status, 200, "{}", archived.text);
    assert_eq!(archive(2).await.text, archived.text);
    archive(3).await.is_problem(422, "idempotency_key_reused");
}
