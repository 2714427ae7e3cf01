//! Cancelling: at once, by request, too late, twice.

use serde_json::json;

use crate::world::{World, cup, named, read};

#[tokio::test]
async fn an_unpacked_order_is_cancelled_at_once_and_refunded() {
    let world = World::with(&[cup().build()]).await;
    let lin = world.lin().await;
    let preview = lin
        .get("/api/v1/orders/o1/cancellation/preview")
        .await
        .json();
    assert_eq!(preview["outcome"], "cancelled");
    assert_eq!(preview["refund_total"]["amount"], 1000);
    assert!(preview["reasons"][0]["label"].is_string());

    let answer = lin.cancel("o1", &json!({"reason": "changed_mind"})).await;
    assert_eq!(answer.status, 201, "{}", answer.text);
    let body = answer.json();
    assert_eq!(body["outcome"], "cancelled");
    assert_eq!(body["order"]["state"], "cancelled");
    assert_eq!(body["order"]["refunds"][0]["amount"]["amount"], 1000);
    let refund = &preview["refunds"][0];
    for date in ["starts_by", "arrives_from", "arrives_by"] {
        assert_eq!(body["order"]["refunds"][0][date], refund[date], "{date}");
    }
    assert_eq!(lin.order("o1").await, body["order"]);
}

#[tokio::test]
async fn the_same_key_and_body_get_the_stored_answer_byte_for_byte() {
    let world = World::with(&[cup().build(), named("2").packing().build()]).await;
    let lin = world.lin().await;
    for (order, status) in [("o1", 201), ("o2", 409)] {
        let path = format!("/api/v1/orders/{order}/cancellation");
        let body = json!({"reason": "changed_mind"});
        let send = || {
            read(
                lin.request("POST", &path)
                    .header("idempotency-key", "k1")
                    .json(&body),
            )
        };
        let first = send().await;
        assert_eq!(first.status, status, "{}", first.text);
        for _ in 0..3 {
            let again = send().await;
            assert_eq!((again.status, &again.text), (status, &first.text));
            assert_eq!(again.header("content-type"), first.header("content-type"));
        }
        let other = json!({"reason": "too_slow"});
        let reused = lin
            .request("POST", &path)
            .header("idempotency-key", "k1")
            .json(&other);
        read(reused).await.is_problem(422, "idempotency_key_reused");
        assert!(
            lin.order(order).await["refunds"]
                .as_array()
                .is_some_and(|all| all.len() < 2)
        );
    }
}

#[tokio::test]
async fn many_taps_at_once_have_one_effect_and_one_answer() {
    let world = World::with(&[cup().build()]).await;
    let lin = world.lin().await;
    let tap = || {
        let request = lin.request("POST", "/api/v1/orders/o1/cancellation");
        read(
            request
                .header("idempotency-key", "tap")
                .json(&json!({"reason": "changed_mind"})),
        )
    };
    let (a, b, c, d) = tokio::join!(tap(), tap(), tap(), tap());
    for answer in [&b, &c, &d] {
        assert_eq!((answer.status, &answer.text), (201, &a.text));
    }
    assert_eq!(
        lin.order("o1").await["refunds"].as_array().map(Vec::len),
        Some(1)
    );
}

#[tokio::test]
async fn losing_the_race_is_answered_with_the_order_the_reason_and_the_next_step() {
    let world = World::with(&[cup().build()]).await;
    let lin = world.lin().await;
    assert_eq!(world.event("e1", "packing_started").await.status, 200);
    let answer = lin.cancel("o1", &json!({"reason": "changed_mind"})).await;
    answer.is_problem(409, "order_not_cancellable");
    let problem = answer.json();
    assert_eq!(problem["order"]["state"], "packing");
    assert_eq!(problem["reason"], "packing");
    assert_eq!(problem["next_steps"][0], "contact_support");
    lin.get("/api/v1/orders/o1/cancellation/preview")
        .await
        .is_problem(409, "order_not_cancellable");
}

#[tokio::test]
async fn part_of_an_order_is_cancelled_by_line_and_quantity() {
    let world = World::with(&[named("1").line("台灯", 2, 500).build()]).await;
    let lin = world.lin().await;
    let order = lin.order("o1").await;
    let lamp = order["lines"][1]["id"].as_str().expect("an id").to_owned();
    let preview = format!("/api/v1/orders/o1/cancellation/preview?line={lamp}:1");
    let preview = lin.get(&preview).await.json();
    assert_eq!(
        (&preview["refund_total"]["amount"], &preview["whole"]),
        (&json!(500), &json!(false))
    );
    let body = json!({"reason": "changed_mind", "lines": [{"line": lamp, "quantity": 1}]});
    let answer = lin.cancel("o1", &body).await.json();
    assert_eq!(answer["order"]["state"], "unpacked");
    assert_eq!(answer["order"]["lines"][1]["cancelled_quantity"], 1);
    assert_eq!(answer["order"]["refunds"][0]["amount"]["amount"], 500);
}

#[tokio::test]
async fn of_a_mixed_order_what_can_be_cancelled_is_and_the_rest_says_why_not() {
    let lines = |order: orders_testkit::OrderBuilder| {
        order
            .with(orders_testkit::line("刻字杯", 1, 700).custom())
            .with(orders_testkit::line("月卡", 2, 300).one_tap())
    };
    let orders = ["1", "2"].map(|name| lines(named(name).shop("wanfu")).build());
    let world = World::with(&orders).await;
    let lin = world.lin().await;
    let order = lin.order("o1").await;
    assert_eq!(order["cancellation"]["kind"], "by_request");
    assert_eq!(order["actions"][0], "request_cancellation");
    let stays = |order: &serde_json::Value| -> Vec<serde_json::Value> {
        let lines = order["lines"].as_array().expect("lines");
        lines.iter().map(|line| line["stays"].clone()).collect()
    };
    assert_eq!(
        stays(&order),
        [json!(null), json!("stock_locked"), json!(null)]
    );
    let path = "/api/v1/orders/o1/cancellation/preview";
    let preview = lin.get(path).await.json();
    assert_eq!(
        (
            &preview["outcome"],
            &preview["whole"],
            &preview["partial_allowed"]
        ),
        (&json!("requested"), &json!(false), &json!(true))
    );
    // A part is told as what it would be: this one needs no staff.
    let pass = order["lines"][2]["id"].as_str().expect("an id").to_owned();
    let part = lin.get(&format!("{path}?line={pass}:1")).await.json();
    assert_eq!(part["outcome"], "cancelled");
    let body = json!({"reason": "changed_mind", "lines": [{"line": pass, "quantity": 1}]});
    assert_eq!(lin.cancel("o1", &body).await.json()["outcome"], "cancelled");

    let all = lin.cancel("o2", &json!({"reason": "changed_mind"})).await;
    assert_eq!(all.status, 202, "{}", all.text);
    assert_eq!(stays(&all.json()["order"]), vec![json!(null); 3]);
    let ids: Vec<_> = (0..3).map(|at| order["lines"][at]["id"].clone()).collect();
    let named: Vec<_> = ids
        .iter()
        .zip([1, 1, 1])
        .map(|(line, quantity)| json!({"line": line, "quantity": quantity}))
        .collect();
    let refused = lin
        .cancel("o1", &json!({"reason": "changed_mind", "lines": named}))
        .await;
    refused.is_problem(409, "order_not_cancellable");
    assert_eq!(refused.json()["reason"], "stock_locked");
    assert_eq!(
        refused.json()["order"]["cancellation"]["kind"],
        "by_request"
    );
}

#[tokio::test]
async fn a_cancel_that_makes_no_sense_is_refused_by_field() {
    let world = World::with(&[cup().build()]).await;
    let lin = world.lin().await;
    let line = lin.order("o1").await["lines"][0]["id"].clone();
    for (body, field, code) in [
        (json!({"reason": "no such"}), "reason", "unknown"),
        (json!({"reason": "other"}), "note", "required"),
        (json!({"reason": "other", "note": "  "}), "note", "required"),
        (
            json!({"reason": "other", "note": "x".repeat(501)}),
            "note",
            "too_long",
        ),
        (
            json!({"reason": "changed_mind", "lines": []}),
            "lines",
            "required",
        ),
        (
            json!({"reason": "changed_mind", "lines": [{"line": "L9", "quantity": 1}]}),
            "lines[0].line",
            "unknown",
        ),
        (
            json!({"reason": "changed_mind", "lines": [{"line": line, "quantity": 2}]}),
            "lines[0].quantity",
            "out_of_range",
        ),
        (
            json!({"reason": "changed_mind", "lines": [{"line": line, "quantity": 0}]}),
            "lines[0].quantity",
            "out_of_range",
        ),
    ] {
        let answer = lin.cancel("o1", &body).await;
        answer.is_problem(422, "invalid_fields");
        assert_eq!(answer.json()["errors"], json!({field: code}), "{body}");
    }
    for query in ["line=L1", "line=:", "line=L1:x", "line=L1:-1"] {
        let path = format!("/api/v1/orders/o1/cancellation/preview?{query}");
        lin.get(&path).await.is_problem(422, "invalid_fields");
    }
}

#[tokio::test]
async fn a_request_holds_the_warehouse_until_it_is_withdrawn() {
    let world = World::with(&[named("1").shop("wanfu").build()]).await;
    let lin = world.lin().await;
    lin.delete("/api/v1/orders/o1/cancellation")
        .await
        .is_problem(409, "no_open_request");
    let answer = lin.cancel("o1", &json!({"reason": "changed_mind"})).await;
    assert_eq!(answer.status, 202, "{}", answer.text);
    assert_eq!(answer.json()["outcome"], "requested");
    assert_eq!(answer.json()["order"]["cancellation"]["kind"], "requested");
    assert_eq!(answer.json()["order"]["actions"][0], "withdraw_request");

    world
        .event("e1", "packing_started")
        .await
        .is_problem(409, "order_on_hold");
    let withdrawn = lin.delete("/api/v1/orders/o1/cancellation").await;
    assert_eq!(withdrawn.status, 200, "{}", withdrawn.text);
    assert_eq!(withdrawn.json()["cancellation"]["kind"], "by_request");
    // The same event again: a refusal is not remembered.
    let packed = world.event("e1", "packing_started").await;
    assert_eq!(
        (packed.status, packed.json()["state"].clone()),
        (200, json!("packing"))
    );
}
