//! The procedure of support, recorded: who and why, the look, the answer, in that order and for good (S3).

use serde_json::{Value, json};

use crate::chatting::{CONVERSATIONS, open};
use crate::world::{Answer, Caller, World, named, read, refunded};

const OF_ORDER: &str = "/api/v1/staff/orders/o1/enquiries";

fn by_phone() -> Value {
    json!({"confirmed_by": "number_and_phone", "topic": "refund", "note": " 来电问退款 "})
}

async fn begin(caller: &Caller<'_>, path: &str, who: &Value) -> String {
    let begun = caller.send("POST", path, who).await;
    assert_eq!(begun.status, 201, "{}", begun.text);
    begun.json()["id"].as_str().expect("an id").to_owned()
}

async fn step(caller: &Caller<'_>, id: &str, step: &str, body: Value) -> Answer {
    let path = format!("/api/v1/staff/enquiries/{id}/{step}");
    caller.send("POST", &path, &body).await
}

fn refused(answer: &Answer, field: &str, code: &str) {
    answer.is_problem(422, "invalid_fields");
    assert_eq!(answer.json()["errors"], json!({field: code}));
}

fn explained() -> Value {
    json!({"answer": "explained", "text": "退款已发出"})
}

#[tokio::test]
async fn a_call_is_recorded_step_by_step_and_stays_as_it_is() {
    let world = World::with(&[refunded("1")]).await;
    let (wang, zhou) = (world.staff("wang").await, world.staff("zhou").await);
    let nothing = json!({"items": [], "known": null});
    assert_eq!(wang.get(OF_ORDER).await.json(), nothing);
    let id = begin(&wang, OF_ORDER, &by_phone()).await;
    let early = step(&wang, &id, "answer", explained()).await;
    early.is_problem(409, "not_looked_up");
    let looked = step(&zhou, &id, "look-up", json!({"note": "银行处理中"})).await;
    assert_eq!(looked.status, 200, "{}", looked.text);
    let answered = step(&wang, &id, "answer", explained()).await;
    assert_eq!(answered.status, 200, "{}", answered.text);

    let listed = zhou.get(OF_ORDER).await.json();
    let enquiry = &listed["items"][0];
    assert_eq!(*enquiry, answered.json());
    assert_eq!(
        (&enquiry["over"], &enquiry["whole"]),
        (&json!(true), &json!(true))
    );
    let entries = enquiry["entries"].as_array().expect("entries");
    let steps: Vec<_> = entries
        .iter()
        .map(|entry| (entry["step"].as_str(), entry["by"]["id"].as_str()))
        .collect();
    assert_eq!(
        steps,
        [
            (Some("who"), Some("wang")),
            (Some("looked_up"), Some("zhou")),
            (Some("answered"), Some("wang"))
        ]
    );
    assert_eq!(entries[0]["note"], "来电问退款");
    let seen = &entries[1]["order"];
    assert_eq!(
        (&seen["number"], &seen["state"]),
        (&json!("N1"), &json!("cancelled"))
    );
    assert_eq!(seen["refunds"][0]["id"], "o1-R1");
    assert_eq!(seen["refunds"][0]["state"], "approved");
    let shown = wang.get("/api/v1/staff/orders/o1").await.json();
    assert_eq!(seen["version"], shown["order"]["version"]);

    for (name, body) in [
        ("who", by_phone()),
        ("look-up", json!({})),
        ("answer", explained()),
    ] {
        let late = step(&wang, &id, name, body).await;
        late.is_problem(409, "enquiry_over");
        for method in ["PUT", "PATCH", "DELETE"] {
            let path = format!("/api/v1/staff/enquiries/{id}/{name}");
            let changed = read(wang.request(method, &path)).await;
            changed.is_problem(405, "method_not_allowed");
        }
    }
    assert_eq!(zhou.get(OF_ORDER).await.json(), listed);
}

#[tokio::test]
async fn who_is_not_confirmed_is_told_nothing() {
    let world = World::with(&[named("1").build()]).await;
    let wang = world.staff("wang").await;
    let unknown = json!({"confirmed_by": "not_confirmed", "topic": "other"});
    let id = begin(&wang, OF_ORDER, &unknown).await;
    for (name, body) in [("look-up", json!({})), ("answer", explained())] {
        let told = step(&wang, &id, name, body).await;
        told.is_problem(409, "asker_not_confirmed");
    }
    let nothing = json!({"answer": "not_identified", "text": "请提供订单号与手机号"});
    // They call back, and know it.
    let confirmed = step(&wang, &id, "who", by_phone()).await;
    assert_eq!(confirmed.status, 200, "{}", confirmed.text);
    let odd = step(&wang, &id, "answer", nothing.clone()).await;
    odd.is_problem(409, "asker_confirmed");
    step(&wang, &id, "who", unknown).await;
    let over = step(&wang, &id, "answer", nothing).await.json();
    assert_eq!(over["over"], true);
    let by_log_in = json!({"confirmed_by": "logged_in", "topic": "other"});
    let by_log_in = wang.send("POST", OF_ORDER, &by_log_in).await;
    refused(&by_log_in, "confirmed_by", "not_allowed");
}

#[tokio::test]
async fn in_a_conversation_it_is_known_who_asks_and_about_what() {
    let theirs = named("2").shopper("zhao").build();
    let world = World::with(&[named("1").build(), theirs, named("3").build()]).await;
    let lin = world.lin().await;
    let wang = world.staff("wang").await;
    let talk = open(&lin, "o1").await;
    let path = format!("/api/v1/staff/conversations/{talk}/enquiries");
    let known = wang.get(&path).await.json()["known"].clone();
    let expected = json!({"confirmed_by": "logged_in", "topic": "refund", "order": "o1"});
    assert_eq!(known, expected);
    let who = json!({"confirmed_by": "logged_in", "topic": "refund"});
    let id = begin(&wang, &path, &who).await;
    let looked = step(&wang, &id, "look-up", json!({})).await.json();
    assert_eq!(looked["entries"][1]["order"]["id"], "o1");
    for (order, code) in [("o3", "not_allowed"), ("nowhere", "unknown")] {
        let other = step(&wang, &id, "look-up", json!({"order": order})).await;
        refused(&other, "order", code);
    }

    let said = wang
        .send(
            "POST",
            &format!("/api/v1/staff/conversations/{talk}/messages"),
            &json!({"client_id": "a", "text": "您好"}),
        )
        .await;
    let seq = said.json()["seq"].as_i64().expect("a number");
    let with = |name: &str, seq: i64| {
        let mut body = explained();
        body[name] = json!(seq);
        body
    };
    // What the shopper or the program said, and what is not there, is no answer of the staff's.
    for (name, seq) in [
        ("message", 1),
        ("message", 2),
        ("message", 99),
        ("message", 0),
        ("act", 1),
    ] {
        let other = step(&wang, &id, "answer", with(name, seq)).await;
        refused(&other, name, "unknown");
    }
    let answered = step(&wang, &id, "answer", with("message", seq)).await;
    assert_eq!(answered.status, 200, "{}", answered.text);
    assert_eq!(answered.json()["entries"][2]["message"], seq);
    // It is on the order's screen, too.
    let of_order = wang.get(OF_ORDER).await.json();
    assert_eq!(of_order["items"], json!([answered.json()]));
    assert_eq!(of_order["known"], Value::Null);

    let first =
        json!({"shop": "tepai", "subject": {"topic": "other"}, "text": "在吗", "client_id": "a"});
    let begun = lin.send("POST", CONVERSATIONS, &first).await.json();
    let talk = begun["id"].as_str().expect("an id");
    let path = format!("/api/v1/staff/conversations/{talk}/enquiries");
    assert_eq!(wang.get(&path).await.json()["known"]["order"], Value::Null);
    let id = begin(&wang, &path, &who).await;
    let nothing = step(&wang, &id, "look-up", json!({})).await;
    refused(&nothing, "order", "required");
    // By a log-in one learns nothing of somebody else's order.
    let foreign = step(&wang, &id, "look-up", json!({"order": "o2"})).await;
    refused(&foreign, "order", "not_allowed");
    let own = step(&wang, &id, "look-up", json!({"order": "o3"})).await;
    assert_eq!(own.json()["order"], "o3");
}

#[tokio::test]
async fn what_the_staff_did_with_the_order_is_the_act_of_an_answer() {
    let world = World::with(&[named("1").build()]).await;
    let zhou = world.staff("zhou").await;
    let id = begin(&zhou, OF_ORDER, &by_phone()).await;
    step(&zhou, &id, "look-up", json!({})).await;
    let cancelled = zhou
        .send(
            "POST",
            "/api/v1/staff/orders/o1/cancellation",
            &json!({"reason": "out_of_stock"}),
        )
        .await;
    assert_eq!(cancelled.status, 200, "{}", cancelled.text);
    let done = json!({"answer": "done", "text": "已取消", "act": 1});
    let answered = step(&zhou, &id, "answer", done).await;
    assert_eq!(answered.status, 200, "{}", answered.text);
    assert_eq!(answered.json()["entries"][2]["act"], 1);
}

#[tokio::test]
async fn words_are_bounded_and_a_step_sent_again_is_one_step() {
    let world = World::with(&[named("1").build()]).await;
    let wang = world.staff("wang").await;
    let mut long = by_phone();
    long["note"] = json!("长".repeat(501));
    let answer = wang.send("POST", OF_ORDER, &long).await;
    refused(&answer, "note", "too_long");
    let send = async |path: &str, body: Value| {
        let request = wang.request("POST", path).header("idempotency-key", "k");
        read(request.json(&body)).await
    };
    let begun = send(OF_ORDER, by_phone()).await;
    assert_eq!(send(OF_ORDER, by_phone()).await.text, begun.text);
    let id = begun.json()["id"].as_str().expect("an id").to_owned();
    let path = format!("/api/v1/staff/enquiries/{id}/look-up");
    let looked = send(&path, json!({})).await;
    assert_eq!(send(&path, json!({})).await.text, looked.text);
    for text in ["", " ", &"长".repeat(501), "a\u{0}"] {
        let body = json!({"answer": "explained", "text": text});
        let answer = step(&wang, &id, "answer", body).await;
        answer.is_problem(422, "invalid_fields");
    }
    let listed = wang.get(OF_ORDER).await.json();
    assert_eq!(
        listed["items"][0]["entries"].as_array().map(Vec::len),
        Some(2)
    );
    assert_eq!(listed["items"].as_array().map(Vec::len), Some(1));
}

#[tokio::test]
async fn an_enquiry_of_another_shop_does_not_exist() {
    let world = World::with(&[named("1").build()]).await;
    let (wang, chen) = (world.staff("wang").await, world.staff("chen").await);
    let id = begin(&wang, OF_ORDER, &by_phone()).await;
    for (name, body) in [
        ("who", by_phone()),
        ("look-up", json!({})),
        ("answer", explained()),
    ] {
        let foreign = step(&chen, &id, name, body).await;
        foreign.is_problem(404, "not_found");
    }
}
