//! Orders in the console: found, read, confirmed, corrected, cancelled; and the trail that all of it leaves.

use orders_domain::{Order, PendingCause};
use serde_json::{Value, json};

use crate::world::{Caller, World, cup, named, read};

const ORDERS: &str = "/api/v1/staff/orders";

async fn act(caller: &Caller<'_>, path: &str, body: &Value) -> crate::world::Answer {
    caller.send("POST", &format!("{ORDERS}/{path}"), body).await
}

async fn confirm(caller: &Caller<'_>, order: &str) -> crate::world::Answer {
    read(caller.request("POST", &format!("{ORDERS}/{order}/confirmation"))).await
}

async fn outbox(world: &World) -> Vec<Value> {
    let outbox = world.shop().get("/api/v1/integration/outbox").await.json();
    let items = outbox["items"].as_array().cloned().unwrap_or_default();
    items.iter().map(|item| item["type"].clone()).collect()
}

/// Lin's order of something that is made to order and paid, in the shop where staff decide, after she asked for a cancel.
async fn with_request() -> World {
    let world = World::with(&[named("1").shop("wanfu").build()]).await;
    let lin = world.lin().await;
    let asked = lin.cancel("o1", &json!({"reason": "changed_mind"})).await;
    assert_eq!(asked.status, 202, "{}", asked.text);
    world
}

#[tokio::test]
async fn staff_see_what_the_shopper_sees_and_who_they_are_and_what_can_be_done() {
    let world = World::with(&[cup().build()]).await;
    let (wang, lin) = (world.staff("wang").await, world.lin().await);
    let shown = wang.get(&format!("{ORDERS}/o1")).await.json();
    assert_eq!(shown["order"], lin.order("o1").await);
    assert_eq!(shown["order"]["external_id"], "e1");
    assert_eq!(
        shown["shopper"],
        json!({"id": "lin", "name": "LIN", "logins": ["13800000001", "lin@example.com"]})
    );
    assert_eq!(shown["decisions"], json!([]));
    assert_eq!(
        shown["actions"],
        json!([]),
        "an agent cancels for no seller"
    );
    let zhou = world.staff("zhou").await;
    let shown = zhou.get(&format!("{ORDERS}/o1")).await.json();
    assert_eq!(shown["actions"], json!(["cancel_for_seller"]));
    wang.get(&format!("{ORDERS}/o9"))
        .await
        .is_problem(404, "not_found");
}

#[tokio::test]
async fn orders_are_found_by_what_somebody_tells_of_them() {
    let orders: Vec<Order> = ["1", "2", "3"].map(|n| named(n).build()).into();
    let world = World::with(&orders).await;
    let wang = world.staff("wang").await;
    let find = async |query: &str| wang.get(&format!("{ORDERS}?{query}")).await;
    let ids = |answer: &crate::world::Answer| -> Vec<String> {
        let page = answer.json();
        let items = page["items"].as_array().expect("items");
        let id = |item: &Value| item["order"]["id"].as_str().map(str::to_owned);
        items.iter().filter_map(id).collect()
    };
    for (q, expected) in [
        ("N2", &["o2"][..]),
        ("n2", &["o2"]),
        ("e3", &["o3"]),
        ("N", &[]),
        ("zhao@example.com", &[]),
        ("%25", &[]),
    ] {
        assert_eq!(ids(&find(&format!("q={q}")).await), expected, "{q}");
    }
    for q in ["lin@example.com", "LIN@example.com", "%2B86+138+0000+0001"] {
        let found = find(&format!("q={q}")).await;
        assert_eq!(ids(&found).len(), 3, "{q}: {}", found.text);
        assert_eq!(found.json()["items"][0]["shopper"]["name"], "LIN");
    }
    let first = find("q=13800000001&limit=2").await;
    let cursor = first.json()["next_cursor"].as_str().map(str::to_owned);
    let rest = find(&format!(
        "q=13800000001&limit=2&cursor={}",
        cursor.expect("a cursor")
    ))
    .await;
    assert_eq!((ids(&first).len(), ids(&rest).len()), (2, 1));
    for (query, field) in [
        ("", "q"),
        ("q=%20", "q"),
        ("q=a&limit=0", "limit"),
        ("q=a&cursor=x", "cursor"),
    ] {
        let answer = find(query).await;
        answer.is_problem(422, "invalid_fields");
        assert!(answer.json()["errors"][field].is_string(), "{query}");
    }
}

#[tokio::test]
async fn an_order_that_waits_is_corrected_and_confirmed_and_the_shop_is_told() {
    let order = cup().pending(PendingCause::IncompleteInfo).build();
    let world = World::with(&[order]).await;
    let wang = world.staff("wang").await;
    let shown = wang.get(&format!("{ORDERS}/o1")).await.json();
    assert_eq!(shown["actions"], json!(["correct_address"]));
    confirm(&wang, "o1")
        .await
        .is_problem(409, "incomplete_info");
    let address =
        json!({"recipient": "林", "phone": "13800000001", "region": "杭州", "street": "文一路"});
    let path = format!("{ORDERS}/o1/address");
    let mut wrong = address.clone();
    wrong["phone"] = json!("1");
    let refused = wang.send("PUT", &path, &wrong).await;
    assert_eq!(refused.json()["errors"], json!({"phone": "invalid"}));
    let corrected = wang.send("PUT", &path, &address).await;
    assert_eq!(corrected.status, 200, "{}", corrected.text);
    let open = json!(["confirm_order", "correct_address"]);
    assert_eq!(corrected.json()["actions"], open);
    // What was corrected may be wrong, too.
    let again = json!({"recipient": "林", "phone": "13800000001", "region": "杭州", "street": "文一路 10 号"});
    let repaired = wang.send("PUT", &path, &again).await;
    assert_eq!(repaired.status, 200, "{}", repaired.text);
    assert_eq!(repaired.json()["order"]["address"], again);
    let news = world.lin().await.get("/api/v1/notifications").await.json();
    let told = news["items"].as_array().expect("items").iter();
    let told = told.filter(|item| item["what"] == "address_corrected");
    assert_eq!(told.count(), 2, "she hears of it: {news}");

    let confirmed = confirm(&wang, "o1").await;
    assert_eq!(confirmed.status, 200, "{}", confirmed.text);
    let confirmed = confirmed.json();
    assert_eq!(confirmed["order"]["state"], "unpacked");
    assert_eq!(confirmed["order"]["timeline"][0]["by"], "staff");
    let what: Vec<_> = confirmed["decisions"]
        .as_array()
        .expect("decisions")
        .iter()
        .map(|decision| (decision["staff"].clone(), decision["what"].clone()))
        .collect();
    assert_eq!(
        what,
        [
            (json!("wang"), json!(["confirmed"])),
            (json!("wang"), json!(["address_corrected"])),
            (json!("wang"), json!(["address_corrected"])),
        ]
    );
    // What the answer says is what is on record.
    let shown = wang.get(&format!("{ORDERS}/o1")).await.json();
    assert_eq!(shown, confirmed);
    let again = confirm(&wang, "o1").await;
    again.is_problem(409, "nothing_to_confirm");
    assert_eq!(again.json()["order"]["state"], "unpacked");
    wang.send("PUT", &path, &address)
        .await
        .is_problem(409, "address_not_editable");
    assert_eq!(
        outbox(&world).await,
        ["address_corrected", "address_corrected", "order_confirmed"]
    );
}

#[tokio::test]
async fn a_request_is_decided_once_and_whoever_comes_second_is_told() {
    let world = with_request().await;
    let (wang, zhou) = (world.staff("wang").await, world.staff("zhou").await);
    let path = "o1/request/decisions";
    let silent = act(&wang, path, &json!({"decision": "decline"})).await;
    assert_eq!(silent.json()["errors"], json!({"note": "required"}));
    let decline = json!({"decision": "decline", "note": "已制作"});
    let declined = act(&wang, path, &decline).await;
    assert_eq!(declined.status, 200, "{}", declined.text);
    assert_eq!(
        declined.json()["decisions"][0]["what"],
        json!(["cancellation_declined"])
    );
    let second = act(&zhou, path, &json!({"decision": "approve"})).await;
    second.is_problem(409, "no_open_request");
    assert_eq!(second.json()["order"]["state"], "unpacked");

    let world = with_request().await;
    let (wang, lin) = (world.staff("wang").await, world.lin().await);
    let approved = act(&wang, path, &json!({"decision": "approve"})).await;
    assert_eq!(
        approved.json()["order"]["state"],
        "cancelled",
        "{}",
        approved.text
    );
    let order = lin.order("o1").await;
    assert_eq!(order["cancellation"]["by"], "staff");
    assert_eq!(order["refunds"].as_array().map(Vec::len), Some(1));
    assert!(!order.to_string().contains("wang"), "not hers to know");
}

#[tokio::test]
async fn a_seller_s_cancel_tells_the_shopper_why_and_refunds() {
    let world = World::with(&[cup().build(), named("2").shipped().build()]).await;
    let (zhou, lin) = (world.staff("zhou").await, world.lin().await);
    let body = json!({"reason": "out_of_stock", "note": "盘点后发现缺货"});
    let wrong = act(&zhou, "o1/cancellation", &json!({"reason": "changed_mind"})).await;
    assert_eq!(wrong.json()["errors"], json!({"reason": "unknown"}));
    act(&zhou, "o2/cancellation", &body)
        .await
        .is_problem(409, "order_not_cancellable");
    let send = || {
        let request = zhou.request("POST", &format!("{ORDERS}/o1/cancellation"));
        read(request.header("idempotency-key", "k1").json(&body))
    };
    let before = zhou.get(&format!("{ORDERS}/o1")).await.json();
    let first = send().await;
    assert_eq!(first.status, 200, "{}", first.text);
    assert_eq!(send().await.text, first.text, "sent twice, done once");
    let order = lin.order("o1").await;
    let promised = &before["would_refund"][0];
    assert_eq!(promised["action"], "cancel_for_seller");
    for what in [
        "amount",
        "account",
        "starts_by",
        "arrives_from",
        "arrives_by",
    ] {
        let (said, made) = (&promised["refunds"][0][what], &order["refunds"][0][what]);
        assert!(!made.is_null() && said == made, "{what}: {said}, {made}");
    }
    assert_eq!(first.json()["would_refund"], json!([]));
    let cancellation = &order["cancellation"];
    assert_eq!(
        (&cancellation["by"], &cancellation["note"]),
        (&json!("seller"), &json!("盘点后发现缺货"))
    );
    assert_eq!(order["refunds"][0]["amount"]["amount"], 1000);
    let news = lin.get("/api/v1/notifications").await.json();
    assert_eq!(news["items"].as_array().map(Vec::is_empty), Some(false));
}

#[tokio::test]
async fn the_key_of_one_of_the_staff_is_not_another_s() {
    let world = World::with(&[cup().build()]).await;
    let (zhou, admin) = (world.staff("zhou").await, world.staff("admin").await);
    let send = async |caller: &Caller<'_>| {
        let request = caller.request("POST", &format!("{ORDERS}/o1/cancellation"));
        let body = json!({"reason": "out_of_stock"});
        read(request.header("idempotency-key", "k1").json(&body)).await
    };
    assert_eq!(send(&zhou).await.status, 200);
    send(&admin).await.is_problem(409, "order_not_cancellable");
}

#[tokio::test]
async fn the_trail_says_who_came_by_which_door_and_whether_it_is_whole() {
    let world = World::with(&[cup().pending(PendingCause::NoCourier).build()]).await;
    let (wang, lin) = (world.staff("wang").await, world.lin().await);
    assert_eq!(confirm(&wang, "o1").await.status, 200);
    assert_eq!(world.event("e1", "packing_started").await.status, 200);
    lin.cancel("o1", &json!({"reason": "changed_mind"}))
        .await
        .is_problem(409, "order_not_cancellable");
    let path = format!("{ORDERS}/o1/audit");
    let trail = wang.get(&path).await.json();
    assert_eq!(
        (&trail["whole"], &trail["broken_at"]),
        (&json!(true), &Value::Null)
    );
    let doors: Vec<_> = trail["items"]
        .as_array()
        .expect("items")
        .iter()
        .map(|entry| {
            (
                entry["by"].clone(),
                entry["staff"].clone(),
                entry["what"].clone(),
            )
        })
        .collect();
    assert_eq!(
        doors,
        [
            (json!("staff"), json!("wang"), json!(["confirmed"])),
            (json!("shop"), Value::Null, json!(["packing_started"])),
        ],
        "what was refused is no change"
    );
    let url = &world.config.database_url;
    let verified = orders_server::verify_audit(url, None).await;
    let verified = verified.expect("an answer");
    assert_eq!((verified.orders, verified.changes), (1, 2));
    assert_eq!(verified.broken, []);
}
