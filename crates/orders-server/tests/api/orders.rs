//! Finding and reading orders, and correcting an address.

use orders_domain::{AddressField, PendingCause};
use serde_json::json;

use crate::world::{World, cup, named, read};

#[tokio::test]
async fn the_list_has_tabs_search_days_and_pages() {
    let orders = [
        named("1").build(),
        named("2").packing().build(),
        named("3").shipped().build(),
        named("4").awaiting_payment().build(),
        named("5").cancelled().build(),
        named("6").line("台灯", 1, 500).shopper("zhao").build(),
    ];
    let world = World::with(&orders).await;
    let lin = world.lin().await;
    let all = lin.get("/api/v1/orders").await.json();
    assert_eq!(
        all["counts"],
        json!({"all": 5, "awaiting_payment": 1, "to_ship": 2, "to_receive": 1, "after_sale": 1, "cancelled": 1})
    );
    assert_eq!(all["items"].as_array().map(Vec::len), Some(5));
    assert!(all["next_cursor"].is_null());
    for (query, count) in [
        ("tab=to_ship", 2),
        ("tab=cancelled", 1),
        ("tab=&q=&placed_from=&placed_to=", 5),
        ("q=N3", 1),
        ("q=%E6%9D%AF", 5),
        ("q=%E5%8F%B0%E7%81%AF", 0),
        ("q=%27%20OR%201%3D1%20--", 0),
        ("q=%25", 0),
        ("placed_from=2099-01-01", 0),
        ("placed_to=2001-01-01", 0),
        ("placed_from=2001-01-01&placed_to=2098-12-31", 5),
    ] {
        let list = lin.get(&format!("/api/v1/orders?{query}")).await;
        assert_eq!(list.status, 200, "{query}: {}", list.text);
        assert_eq!(
            list.json()["items"].as_array().map(Vec::len),
            Some(count),
            "{query}"
        );
    }

    let mut seen = Vec::new();
    let mut next = "/api/v1/orders?limit=2".to_owned();
    loop {
        let page = lin.get(&next).await.json();
        for item in page["items"].as_array().expect("items") {
            seen.push(item["id"].as_str().expect("an id").to_owned());
        }
        match page["next_cursor"].as_str() {
            Some(cursor) => next = format!("/api/v1/orders?limit=2&cursor={cursor}"),
            None => break,
        }
    }
    seen.sort();
    assert_eq!(seen, ["o1", "o2", "o3", "o4", "o5"]);
}

#[tokio::test]
async fn a_wrong_query_is_refused_by_field() {
    let world = World::with(&[]).await;
    let lin = world.lin().await;
    let long = format!("q={}", "x".repeat(101));
    for (query, field, code) in [
        ("tab=nope", "tab", "unknown"),
        ("limit=0", "limit", "out_of_range"),
        ("limit=101", "limit", "out_of_range"),
        ("limit=many", "limit", "invalid"),
        ("limit=1&limit=2", "limit", "invalid"),
        ("placed_from=2026-13-01", "placed_from", "invalid"),
        ("placed_to=yesterday", "placed_to", "invalid"),
        ("cursor=nonsense", "cursor", "invalid"),
        ("q=%00", "q", "invalid"),
        (long.as_str(), "q", "too_long"),
    ] {
        let answer = lin.get(&format!("/api/v1/orders?{query}")).await;
        answer.is_problem(422, "invalid_fields");
        assert_eq!(answer.json()["errors"], json!({field: code}), "{query}");
    }
    lin.get("/api/v1/orders?q=%FF")
        .await
        .is_problem(400, "bad_request");
}

#[tokio::test]
async fn an_order_is_told_in_the_shopper_s_language() {
    let world = World::with(&[cup().cancelled().build()]).await;
    let lin = world.lin().await;
    for (language, label) in [("zh-CN", "商品缺货"), ("en-US,en;q=0.9", "Out of stock")] {
        let request = lin.request("GET", "/api/v1/orders/o1");
        let order = read(request.header("accept-language", language))
            .await
            .json();
        assert_eq!(order["cancellation"]["kind"], "cancelled");
        assert_eq!(order["cancellation"]["reason"], "out_of_stock");
        assert_eq!(order["cancellation"]["reason_label"], label);
    }
}

#[tokio::test]
async fn an_order_has_everything_that_the_contract_names() {
    let world = World::with(&[cup().build()]).await;
    let order = world.lin().await.order("o1").await;
    for field in [
        "id",
        "external_id",
        "number",
        "shop",
        "state",
        "version",
        "placed_at",
        "total",
        "lines",
        "amounts",
        "address",
        "payments",
        "timeline",
        "refunds",
        "cancellation",
        "actions",
    ] {
        assert!(!order[field].is_null(), "{field}: {order}");
    }
    assert_eq!(order["total"], json!({"amount": 1000, "currency": "CNY"}));
    assert_eq!(order["cancellation"]["kind"], "self_service");
    assert_eq!(order["actions"], json!(["cancel", "contact_support"]));
    assert!(
        order["placed_at"]
            .as_str()
            .is_some_and(|at| at.ends_with('Z'))
    );
}

#[tokio::test]
async fn an_unchanged_order_is_not_sent_again() {
    let world = World::with(&[cup().build()]).await;
    let lin = world.lin().await;
    let first = lin.get("/api/v1/orders/o1").await;
    let tag = first.header("etag").to_owned();
    let again = || {
        lin.request("GET", "/api/v1/orders/o1")
            .header("if-none-match", &tag)
    };
    let answer = read(again()).await;
    assert_eq!((answer.status, answer.text.as_str()), (304, ""));
    assert_eq!(world.event("e1", "packing_started").await.status, 200);
    assert_eq!(read(again()).await.status, 200);
}

#[tokio::test]
async fn a_missing_address_is_corrected_and_another_is_not() {
    let waiting = named("1")
        .pending(PendingCause::IncompleteInfo)
        .missing(&[AddressField::Phone])
        .build();
    let world = World::with(&[waiting, named("2").build()]).await;
    let lin = world.lin().await;
    let good = json!({"recipient": "林小满", "phone": "138 0000 0001", "region": "浙江省杭州市", "street": "文一路 1 号"});

    let order = lin.order("o1").await;
    assert_eq!(
        order["pending"],
        json!({"cause": "incomplete_info", "missing": ["phone"]})
    );
    let bad = json!({"recipient": "", "phone": "12", "region": "x".repeat(101), "street": "a\nb"});
    let answer = lin.send("PUT", "/api/v1/orders/o1/address", &bad).await;
    answer.is_problem(422, "invalid_fields");
    assert_eq!(
        answer.json()["errors"],
        json!({"recipient": "required", "phone": "invalid", "region": "too_long", "street": "invalid"})
    );

    let answer = lin.send("PUT", "/api/v1/orders/o1/address", &good).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    assert_eq!(answer.json()["address"]["phone"], "138 0000 0001");
    assert_eq!(answer.json()["pending"]["cause"], "system_delay");

    let answer = lin.send("PUT", "/api/v1/orders/o2/address", &good).await;
    answer.is_problem(409, "address_not_editable");
    assert_eq!(answer.json()["order"]["id"], "o2");
}
