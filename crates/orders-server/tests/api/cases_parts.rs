//! Products that are sold whole and refunded in parts: as the shop sends them, and as they are asked for.

use orders_testkit::usual_now;
use serde_json::{Value, json};

use crate::world::World;

#[tokio::test]
async fn an_order_names_the_parts_of_its_products_and_keeps_them_once_it_is_paid() {
    let world = World::with(&[]).await;
    let cny = |amount: i64| json!({"amount": amount, "currency": "CNY"});
    let part = |id: &str, weight: u32, refundable: bool| json!({"id": id, "title": {"zh-CN": "部件"}, "weight": weight, "refundable": refundable});
    let order = |components: Value| {
        json!({
            "shop": "tepai", "shopper": "lin", "number": "N9", "placed_at": usual_now(),
            "lines": [{
                "id": "1", "title": {"zh-CN": "茶具"}, "quantity": 2, "unit_price": cny(4000), "kind": "physical",
                "components": components,
            }],
            "amounts": {"goods": cny(8000), "total": cny(8000)},
            "address": {"recipient": "林", "phone": "13800000001", "region": "杭州", "street": "文一路 1 号"},
            "payments": [{
                "channel": "wechat_pay", "account": {"zh-CN": "微信零钱"}, "amount": cny(8000), "paid_at": usual_now(),
            }],
        })
    };
    let put = async |order: Value| {
        let path = "/api/v1/integration/orders/e9";
        world.shop().send("PUT", path, &order).await
    };
    let parts = || {
        vec![
            part("pot", 3, true),
            part("cup", 1, true),
            part("gift", 0, false),
        ]
    };
    for (components, field, code) in [
        (
            json!([part("pot", 0, true)]),
            "lines[0].components",
            "invalid",
        ),
        (
            json!([part("a", 1, true), part("a", 1, true)]),
            "lines[0].components[1].id",
            "invalid",
        ),
        (
            json!([part("a", 1_000_001, true)]),
            "lines[0].components[0].weight",
            "out_of_range",
        ),
        (
            json!([part("", 1, true)]),
            "lines[0].components[0].id",
            "required",
        ),
    ] {
        let refused = put(order(components)).await;
        refused.is_problem(422, "invalid_fields");
        assert_eq!(refused.json()["errors"], json!({field: code}));
    }
    let created = put(order(json!(parts()))).await;
    assert_eq!(created.status, 201, "{}", created.text);
    let refused = put(order(json!(parts()[..2]))).await;
    assert_eq!(
        refused.json()["errors"],
        json!({"lines": "not_allowed"}),
        "{}",
        refused.text
    );
    let mut renamed = parts();
    renamed[0]["title"]["zh-CN"] = json!("紫砂壶");
    assert_eq!(put(order(json!(renamed))).await.status, 200);
    for event in ["packing_started", "delivered"] {
        let told = world.event("e9", event).await;
        assert_eq!(told.status, 200, "{}", told.text);
    }
    let lin = world.lin().await;
    let id = created.json()["id"].as_str().expect("an id").to_owned();
    let found = lin
        .get(&format!("/api/v1/orders/{id}/after-sale"))
        .await
        .json();
    assert_eq!(found["lines"][0]["components"][0]["title"], "紫砂壶");
    let preview = format!(
        "/api/v1/orders/{id}/after-sale/preview?kind=return_and_refund&reason=no_longer_wanted&condition=unused\
         &line=1:2&component=1:cup"
    );
    let preview = lin.get(&preview).await.json();
    assert_eq!(preview["settlement"]["amount"]["amount"], 2000);
}
