//! After-sale cases and refunds in the console: the same rules as for the shop's systems, with who is logged in on record.

use serde_json::{Value, json};

use crate::world::{Answer, Caller, PASSWORD, World, refunded, with_case};

const CASES: &str = "/api/v1/staff/cases";

async fn decide(caller: &Caller<'_>, body: &Value) -> Answer {
    let path = format!("{CASES}/o3-C1/decisions");
    caller.send("POST", &path, body).await
}

fn reject() -> Value {
    json!({"decision": "reject", "note": "吊牌已剪"})
}

#[tokio::test]
async fn a_case_is_listed_read_answered_and_decided_by_who_is_logged_in() {
    let world = World::with(&[with_case("3")]).await;
    let (wang, lin) = (world.staff("wang").await, world.lin().await);
    let listed = wang.get(&format!("{CASES}?state=open")).await.json();
    assert_eq!(listed["items"][0]["case"], "o3-C1");
    assert_eq!(listed["items"][0]["order"], "o3");
    let said = json!({"text": "正在核实"});
    let path = format!("{CASES}/o3-C1/messages");
    let said = wang.send("POST", &path, &said).await;
    assert_eq!(said.status, 201, "{}", said.text);
    let blank = wang.send("POST", &path, &json!({"text": " "})).await;
    assert_eq!(blank.json()["errors"], json!({"text": "required"}));
    let nowhere = decide(&wang, &json!({"decision": "approve"})).await;
    assert_eq!(nowhere.json()["errors"], json!({"return_to": "required"}));
    let silent = decide(&wang, &json!({"decision": "reject"})).await;
    assert_eq!(silent.json()["errors"], json!({"note": "required"}));
    let rejected = decide(&wang, &reject()).await;
    assert_eq!(rejected.status, 200, "{}", rejected.text);
    let shown = wang.get(&format!("{CASES}/o3-C1")).await.json();
    assert_eq!(shown, rejected.json());
    let thread = shown["thread"].as_array().expect("a thread");
    let by: Vec<_> = thread
        .iter()
        .map(|entry| (entry["what"].clone(), entry["staff"].clone()))
        .collect();
    assert_eq!(
        by,
        [
            (json!("opened"), Value::Null),
            (json!("said"), json!("wang")),
            (json!("rejected"), json!("wang")),
        ]
    );
    let seen = lin.get("/api/v1/cases/o3-C1").await.text;
    assert!(!seen.contains("wang"), "{seen}");
    let order = wang.get("/api/v1/staff/orders/o3").await.json();
    let what: Vec<_> = order["decisions"]
        .as_array()
        .expect("decisions")
        .iter()
        .map(|decision| (decision["staff"].clone(), decision["what"].clone()))
        .collect();
    assert_eq!(
        what,
        [
            (json!("wang"), json!(["case_rejected"])),
            (json!("wang"), json!(["case_answered", "case_said"])),
        ]
    );
    wang.get(&format!("{CASES}/o3-C2"))
        .await
        .is_problem(404, "not_found");
}

#[tokio::test]
async fn an_appeal_takes_a_supervisor_who_did_not_say_no_before() {
    let world = World::with(&[with_case("3")]).await;
    let (wang, lin) = (world.staff("wang").await, world.lin().await);
    let zhou = world.staff("zhou").await;
    assert_eq!(decide(&zhou, &reject()).await.status, 200);
    let body = json!({"text": "吊牌没有剪，请看照片"});
    let appealed = lin.send("POST", "/api/v1/cases/o3-C1/appeal", &body).await;
    assert_eq!(appealed.status, 201, "{}", appealed.text);
    let dismiss = json!({"decision": "dismiss", "note": "吊牌已剪"});
    let refused = decide(&wang, &dismiss).await;
    refused.is_problem(403, "not_permitted");
    assert_eq!(refused.json()["reason"], "decide_appeal");
    decide(&zhou, &dismiss)
        .await
        .is_problem(409, "second_person_needed");
    // Who may not decide may still talk.
    let said = json!({"text": "已转交主管"});
    let path = format!("{CASES}/o3-C1/messages");
    assert_eq!(wang.send("POST", &path, &said).await.status, 201);
    let admin = world.staff("admin").await;
    let dismissed = decide(&admin, &dismiss).await;
    assert_eq!(dismissed.json()["state"], "closed", "{}", dismissed.text);
}

#[tokio::test]
async fn another_way_waits_in_the_list_until_two_people_have_agreed() {
    let mut order = refunded("1");
    // Above what one may approve alone.
    order.refunds[0].amount.amount = 100_000_000;
    order.refunds[0].state = orders_domain::RefundState::Failed;
    let world = World::with(&[order]).await;
    let (wang, lin) = (world.staff("wang").await, world.lin().await);
    let list = "/api/v1/staff/refunds";
    assert_eq!(wang.get(list).await.json()["items"], json!([]));
    let card = "6222021234567890128";
    let wish = json!({
        "channel": "bank_card", "account": card, "holder": "林小满", "bank": "工商银行", "password": PASSWORD,
    });
    let asked = lin.send("PUT", "/api/v1/refunds/o1-R1/way", &wish).await;
    assert_eq!(asked.status, 200, "{}", asked.text);
    let listed = wang.get(list).await;
    assert!(!listed.text.contains(card), "masked in a list");
    let listed = listed.json();
    assert_eq!(
        (&listed["items"][0]["refund"], &listed["items"][0]["order"]),
        (&json!("o1-R1"), &json!("o1"))
    );
    let shown = wang.get(&format!("{list}/o1-R1")).await.json();
    assert_eq!(shown["way"]["account"], card);

    let decide = async |caller: &Caller<'_>, decision: &str| {
        let body = json!({"decision": decision});
        let path = format!("{list}/o1-R1/decisions");
        caller.send("POST", &path, &body).await
    };
    let silent = decide(&wang, "decline").await;
    assert_eq!(silent.json()["errors"], json!({"note": "required"}));
    let once = decide(&wang, "approve").await;
    assert_eq!(once.status, 200, "{}", once.text);
    assert_eq!(once.json()["way"]["approvals"], json!(["wang"]));
    assert_eq!(once.json()["way"]["state"], "open");
    decide(&wang, "approve")
        .await
        .is_problem(409, "second_person_needed");
    // Nor do the shop's systems make two of one by writing the id in capitals.
    let path = "/api/v1/integration/refunds/o1-R1/decisions";
    let capitals = json!({"decision": "approve", "staff": "Wang"});
    let by_shop = world.shop().send("POST", path, &capitals).await;
    by_shop.is_problem(409, "second_person_needed");
    let li = world.staff("li").await;
    let twice = decide(&li, "approve").await;
    assert_eq!(twice.json()["way"]["state"], "approved", "{}", twice.text);
    assert_eq!(wang.get(list).await.json()["items"], json!([]));
    decide(&li, "approve").await.is_problem(409, "no_open_way");
    let order = wang.get("/api/v1/staff/orders/o1").await.json();
    let who: Vec<_> = order["decisions"]
        .as_array()
        .expect("decisions")
        .iter()
        .map(|decision| decision["staff"].clone())
        .collect();
    assert_eq!(who, ["li", "wang"]);
    assert_eq!(
        order["decisions"][1]["what"],
        json!(["refund_way_approved"])
    );
}

#[tokio::test]
async fn who_the_shops_systems_say_it_was_is_on_record_as_what_they_said() {
    let world = World::with(&[with_case("3")]).await;
    let body = json!({"decision": "reject", "staff": "li", "note": "吊牌已剪"});
    let path = "/api/v1/integration/cases/o3-C1/decisions";
    assert_eq!(world.shop().send("POST", path, &body).await.status, 200);
    let wang = world.staff("wang").await;
    let trail = wang.get("/api/v1/staff/orders/o3/audit").await.json();
    let entry = &trail["items"][0];
    assert_eq!(
        (&entry["by"], &entry["staff"]),
        (&json!("shop"), &json!("li"))
    );
}

#[tokio::test]
async fn staff_see_a_photo_that_a_case_of_their_shops_has() {
    let world = World::with(&[with_case("3")]).await;
    let lin = world.lin().await;
    let upload = crate::evidence::send(&lin, &crate::evidence::photo(), 512 * 1024).await;
    let id = upload["id"].as_str().expect("an id");
    let path = format!("/api/v1/staff/evidence/{id}/file");
    let (wang, boss) = (world.staff("wang").await, world.staff("boss").await);
    // What no case has is its shopper's alone.
    wang.get(&path).await.is_problem(404, "not_found");
    let said = json!({"text": "请看照片", "evidence": [id]});
    let said = lin
        .send("POST", "/api/v1/cases/o3-C1/messages", &said)
        .await;
    assert_eq!(said.status, 201, "{}", said.text);
    let shown = read_bytes(&wang, &path).await;
    assert_eq!(shown, (200, "image/jpeg".to_owned()));
    boss.get(&path).await.is_problem(404, "not_found");
}

async fn read_bytes(caller: &Caller<'_>, path: &str) -> (u16, String) {
    let answer = caller.request("GET", path).send().await.expect("an answer");
    let kind = answer.headers()["content-type"].to_str().expect("text");
    (answer.status().as_u16(), kind.to_owned())
}
