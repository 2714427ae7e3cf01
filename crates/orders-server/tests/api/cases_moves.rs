//! What a shopper may do in a case of their own, and what comes too late for it.

use serde_json::{Value, json};

use crate::evidence::{photo, send};
use crate::world::{World, named, read, with_case};

#[tokio::test]
async fn a_shopper_talks_and_withdraws_and_what_comes_too_late_says_so() {
    let world = World::with(&[with_case("3")]).await;
    let lin = world.lin().await;
    let send = async |method: &str, what: &str, body: Value| {
        let path = format!("/api/v1/cases/o3-C1/{what}");
        lin.send(method, &path, &body).await
    };
    let said = send("POST", "messages", json!({"text": "什么时候处理？"})).await;
    assert_eq!(said.status, 201, "{}", said.text);
    assert_eq!(said.json()["thread"][1]["text"], "什么时候处理？");
    assert_eq!(said.json()["thread"][1]["by"], "shopper");
    let parcel = json!({"courier": "顺丰", "tracking_number": "SF1"});
    send("PUT", "parcel", parcel.clone())
        .await
        .is_problem(409, "case_not_now");
    send("POST", "appeal", json!({"text": "不同意"}))
        .await
        .is_problem(409, "case_not_now");
    for (method, what, body, field, code) in [
        ("POST", "messages", json!({"text": " "}), "text", "required"),
        ("POST", "messages", json!({}), "text", "required"),
        (
            "POST",
            "messages",
            json!({"text": "长".repeat(501)}),
            "text",
            "too_long",
        ),
        (
            "POST",
            "messages",
            json!({"text": "看", "evidence": ["x"]}),
            "evidence",
            "unknown",
        ),
        ("POST", "appeal", json!({"text": ""}), "text", "required"),
        (
            "PUT",
            "parcel",
            json!({"courier": " ", "tracking_number": "1"}),
            "courier",
            "required",
        ),
        (
            "PUT",
            "parcel",
            json!({"courier": "顺丰", "tracking_number": "1".repeat(51)}),
            "tracking_number",
            "too_long",
        ),
        (
            "PUT",
            "parcel",
            json!({"courier": "顺\n丰", "tracking_number": "1"}),
            "courier",
            "invalid",
        ),
    ] {
        let answer = send(method, what, body).await;
        answer.is_problem(422, "invalid_fields");
        assert_eq!(answer.json()["errors"], json!({field: code}), "{what}");
    }
    let withdrawn = read(lin.request("POST", "/api/v1/cases/o3-C1/withdrawal")).await;
    assert_eq!(withdrawn.status, 200, "{}", withdrawn.text);
    let withdrawn = withdrawn.json();
    assert_eq!(
        (
            &withdrawn["state"],
            &withdrawn["turn"],
            &withdrawn["until"],
            &withdrawn["then"]
        ),
        (
            &json!("withdrawn"),
            &json!("nobody"),
            &Value::Null,
            &Value::Null
        )
    );
    assert_eq!(withdrawn["actions"], json!([]));
    assert_eq!(
        withdrawn["thread"].as_array().map(Vec::len),
        Some(3),
        "nothing is deleted"
    );
    for (method, what, body) in [
        ("POST", "messages", json!({"text": "还在吗"})),
        ("POST", "appeal", json!({"text": "不同意"})),
        ("PUT", "parcel", parcel),
        ("POST", "withdrawal", json!({})),
    ] {
        send(method, what, body)
            .await
            .is_problem(409, "case_closed");
    }
    // What it was about may be asked for again.
    let options = lin.get("/api/v1/orders/o3/after-sale").await.json();
    assert_eq!(options["lines"][0]["quantity"], 1);
}

#[tokio::test]
async fn refusals_are_in_the_shoppers_language() {
    let world = World::with(&[with_case("3")]).await;
    let lin = world.lin().await;
    let appeal = |language: &str| {
        let request = lin.request("POST", "/api/v1/cases/o3-C1/appeal");
        read(
            request
                .header("accept-language", language.to_owned())
                .json(&json!({"text": "a"})),
        )
    };
    assert_eq!(appeal("zh-CN").await.json()["title"], "暂时无法操作");
    assert_eq!(appeal("en").await.json()["title"], "Not possible now");
    let case = lin
        .request("GET", "/api/v1/cases/o3-C1")
        .header("accept-language", "en");
    assert_eq!(
        read(case).await.json()["reason"],
        "I do not want it any more"
    );
}

#[tokio::test]
async fn a_case_takes_the_photos_that_it_names_and_only_its_shoppers() {
    let orders = ["1", "2"].map(|n| named(n).delivered().build());
    let world = World::with(&orders).await;
    let (lin, zhao, shop) = (world.lin().await, world.zhao().await, world.shop());
    let id_of = |upload: Value| upload["id"].as_str().expect("an id").to_owned();
    let photos = [
        id_of(send(&lin, &photo(), 512 * 1024).await),
        id_of(send(&lin, &photo(), 512 * 1024).await),
    ];
    let theirs = id_of(send(&zhao, &photo(), 512 * 1024).await);
    let open = async |order: &str, ids: &[&str]| {
        let body = json!({
            "kind": "refund_only", "reason": "quality", "evidence": ids,
            "lines": [{"line": "L1", "quantity": 1}],
        });
        let path = format!("/api/v1/orders/{order}/cases");
        lin.send("POST", &path, &body).await
    };
    for unknown in [theirs.as_str(), "nothing"] {
        let refused = open("o1", &[unknown]).await;
        refused.is_problem(422, "invalid_fields");
        assert_eq!(refused.json()["errors"]["evidence"], "unknown", "{unknown}");
    }
    let opened = open("o1", &[&photos[0]]).await;
    assert_eq!(opened.status, 201, "{}", opened.text);
    let kept = &opened.json()["thread"][0]["evidence"][0];
    assert_eq!(
        (&kept["id"], &kept["kind"]),
        (&json!(photos[0]), &json!("photo"))
    );
    // What a case has stays, is no other order's, and staff may see it; what it has not is the shopper's alone.
    lin.delete(&format!("/api/v1/evidence/{}", photos[0]))
        .await
        .is_problem(409, "evidence_in_use");
    let refused = open("o2", &[&photos[0]]).await;
    refused.is_problem(422, "invalid_fields");
    assert_eq!(refused.json()["errors"], json!({"evidence": "unknown"}));
    let for_shop = |id: &str| format!("/api/v1/integration/evidence/{id}/file");
    let file = read(shop.request("HEAD", &for_shop(&photos[0]))).await;
    assert_eq!(
        (file.status, file.header("content-type")),
        (200, "image/jpeg")
    );
    shop.get(&for_shop(&photos[1]))
        .await
        .is_problem(404, "not_found");
    // The second comes with an appeal's like: a message.
    let said = json!({"text": "", "evidence": [photos[1]]});
    let said = lin
        .send("POST", "/api/v1/cases/o1-C1/messages", &said)
        .await;
    assert_eq!(said.status, 201, "{}", said.text);
    let file = read(shop.request("HEAD", &for_shop(&photos[1]))).await;
    assert_eq!(file.status, 200);
}
