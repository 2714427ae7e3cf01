//! A large refund takes two people: what the first grants waits in the queue, and no shopper sees it.

use serde_json::{Value, json};

use crate::world::{Answer, Caller, World, named};

const ORDER: &str = "/api/v1/staff/orders/o1";
const CASE: &str = "/api/v1/staff/cases/o1-C1";

async fn post(caller: &Caller<'_>, path: &str, body: &Value) -> Answer {
    caller.send("POST", path, body).await
}

/// What the queue says of the only entry of a kind.
async fn advice(caller: &Caller<'_>, kind: &str) -> Value {
    let path = format!("/api/v1/staff/work?kind={kind}");
    caller.get(&path).await.json()["items"][0]["advice"].clone()
}

fn yes() -> Value {
    json!({"decision": "approve"})
}

#[tokio::test]
async fn a_large_request_is_granted_when_a_second_person_agrees() {
    let order = named("1").shop("wanfu").line("屏风", 1, 80_000).build();
    let world = World::with(&[order]).await;
    let lin = world.lin().await;
    let asked = lin.cancel("o1", &json!({"reason": "changed_mind"})).await;
    assert_eq!(asked.status, 202, "{}", asked.text);
    let (wang, zhou) = (world.staff("wang").await, world.staff("zhou").await);
    let (decide, second) = (
        format!("{ORDER}/request/decisions"),
        format!("{ORDER}/request/approvals"),
    );
    let before = wang.get(ORDER).await.json();
    assert_eq!(before["would_refund"][0]["takes_two"], true);
    post(&zhou, &second, &yes())
        .await
        .is_problem(409, "no_open_request");

    let granted = post(&wang, &decide, &yes()).await;
    assert_eq!(granted.status, 200, "{}", granted.text);
    let granted = granted.json();
    assert_eq!(granted["order"]["state"], "unpacked", "nothing is done yet");
    let draft = &granted["cancel_drafts"][0];
    assert_eq!(
        (&draft["by"], &draft["state"]),
        (&json!("wang"), &json!("waiting"))
    );
    assert_eq!(granted["decisions"][0]["what"], json!(["request_drafted"]));
    assert_eq!(wang.get(ORDER).await.json(), granted, "it is on record");
    assert_eq!(
        advice(&zhou, "cancellation_request").await["drafted_by"],
        "wang"
    );
    let seen = lin.order("o1").await;
    assert_eq!(seen["cancellation"]["kind"], "requested");
    assert_eq!(seen["refunds"], json!([]));
    assert!(!seen.to_string().contains("wang"), "{seen}");

    // Neither twice by the same, nor otherwise by another.
    for (caller, path, code) in [
        (&wang, &decide, "second_person_needed"),
        // Whoever looks at what was open a moment ago is shown what it is by now.
        (&zhou, &decide, "no_open_request"),
        (&wang, &second, "second_person_needed"),
    ] {
        post(caller, path, &yes()).await.is_problem(409, code);
    }
    let no = json!({"decision": "decline"});
    let silent = post(&zhou, &second, &no).await;
    assert_eq!(silent.json()["errors"], json!({"note": "required"}));
    let no = json!({"decision": "decline", "note": "先确认"});
    let declined = post(&zhou, &second, &no).await.json();
    let draft = &declined["cancel_drafts"][0];
    assert_eq!(
        (&draft["state"], &draft["decided_by"], &draft["why"]),
        (&json!("declined"), &json!("zhou"), &json!("先确认"))
    );
    assert!(!lin.order("o1").await.to_string().contains("先确认"));

    let again = post(&wang, &decide, &yes()).await;
    assert_eq!(again.status, 200, "{}", again.text);
    let agreed = post(&zhou, &second, &yes()).await;
    assert_eq!(agreed.status, 200, "{}", agreed.text);
    let order = lin.order("o1").await;
    assert_eq!(order["state"], "cancelled");
    assert_eq!(order["refunds"].as_array().map(Vec::len), Some(1));
    let decisions = agreed.json()["decisions"].clone();
    let who: Vec<_> = decisions.as_array().expect("decisions").iter().collect();
    let who: Vec<_> = who.iter().map(|one| one["staff"].clone()).collect();
    assert_eq!(who, ["zhou", "wang", "zhou", "wang"]);
    assert_eq!(
        decisions[1]["what"],
        json!(["request_drafted"]),
        "{decisions}"
    );
}

#[tokio::test]
async fn goods_are_asked_for_by_one_and_their_money_goes_back_by_two_whichever_door_they_use() {
    let order = named("1").line("屏风", 1, 80_000).delivered().build();
    let world = World::with(&[order]).await;
    let (lin, wang) = (world.lin().await, world.staff("wang").await);
    let wish = json!({
        "kind": "return_and_refund", "reason": "no_longer_wanted", "condition": "unused",
        "lines": [{"line": "L2", "quantity": 1}],
    });
    let opened = post(&lin, "/api/v1/orders/o1/cases", &wish).await;
    assert_eq!(opened.status, 201, "{}", opened.text);
    let decide = format!("{CASE}/decisions");
    let approve = json!({"decision": "approve", "return_to": "杭州退货仓"});
    let asked = post(&wang, &decide, &approve).await;
    assert_eq!(asked.json()["state"], "awaiting_return", "{}", asked.text);
    let parcel = json!({"courier": "顺丰", "tracking_number": "SF1"});
    let path = "/api/v1/cases/o1-C1/parcel";
    assert_eq!(lin.send("PUT", path, &parcel).await.status, 200);

    let receive = json!({"decision": "receive", "note": "已验收"});
    let drafted = post(&wang, &decide, &receive).await;
    assert_eq!(drafted.status, 200, "{}", drafted.text);
    let drafted = drafted.json();
    assert_eq!(drafted["state"], "returning");
    assert_eq!(drafted["takes_two"], true);
    assert_eq!(drafted["drafts"][0]["amount"]["amount"], 80_000);
    assert_eq!(drafted["drafts"][0]["note"], "已验收");
    assert_eq!(advice(&wang, "after_sale_case").await["drafted_by"], "wang");
    let seen = lin.get("/api/v1/cases/o1-C1").await;
    assert!(!seen.text.contains("已验收") && !seen.text.contains("wang"));
    assert_eq!(lin.order("o1").await["refunds"], json!([]));

    post(&wang, &decide, &receive)
        .await
        .is_problem(409, "case_not_now");
    post(&wang, &format!("{CASE}/approvals"), &yes())
        .await
        .is_problem(409, "second_person_needed");
    // The shop's systems follow the same rule, also where they write an id in capitals.
    let path = "/api/v1/integration/cases/o1-C1/approvals";
    let says = |staff: &str| json!({"decision": "approve", "staff": staff});
    post(&world.shop(), path, &says("WANG"))
        .await
        .is_problem(409, "second_person_needed");
    let agreed = post(&world.shop(), path, &says("li")).await;
    assert_eq!(agreed.json()["state"], "refunded", "{}", agreed.text);
    assert_eq!(agreed.json()["drafts"][0]["decided_by"], "li");
    let order = lin.order("o1").await;
    assert_eq!(order["refunds"][0]["amount"]["amount"], 80_000);
    let seen = lin.get("/api/v1/cases/o1-C1").await;
    assert!(seen.text.contains("已验收"), "the words come with it");
    let trail = wang.get(&format!("{ORDER}/audit")).await.json();
    let last: Vec<_> = trail["items"].as_array().expect("items").iter().collect();
    let last: Vec<_> = last.iter().map(|one| one["staff"].clone()).collect();
    assert_eq!(last[last.len() - 2..], ["wang", "li"]);
    assert_eq!(trail["whole"], true);
}

#[tokio::test]
async fn a_large_cancel_for_the_seller_is_done_when_a_second_supervisor_agrees() {
    let order = named("1").line("屏风", 1, 80_000).build();
    let world = World::with(&[order]).await;
    let lin = world.lin().await;
    let (wang, zhou) = (world.staff("wang").await, world.staff("zhou").await);
    let admin = world.staff("admin").await;
    let (cancel, second) = (
        format!("{ORDER}/cancellation"),
        format!("{ORDER}/cancellation/approvals"),
    );
    let before = zhou.get(ORDER).await.json();
    assert_eq!(before["would_refund"][0]["takes_two"], true);
    let unseen = lin.order("o1").await;
    post(&admin, &second, &yes())
        .await
        .is_problem(409, "no_open_request");

    let why = json!({"reason": "out_of_stock", "note": "盘点后缺货"});
    let drafted = post(&zhou, &cancel, &why).await;
    assert_eq!(drafted.status, 200, "{}", drafted.text);
    let drafted = drafted.json();
    assert_eq!(drafted["order"]["state"], "unpacked", "nothing is done yet");
    let draft = &drafted["cancel_drafts"][0];
    assert_eq!(
        (&draft["by"], &draft["state"], &draft["reason"]),
        (&json!("zhou"), &json!("waiting"), &json!("out_of_stock"))
    );
    let amount = draft["amount"]["amount"].clone();
    assert_eq!(drafted["actions"], json!(["cancel_for_seller"]));
    assert_eq!(
        drafted["decisions"][0]["what"],
        json!(["seller_cancel_drafted"])
    );
    assert_eq!(zhou.get(ORDER).await.json(), drafted, "it is on record");
    let mut seen = lin.order("o1").await;
    seen["version"] = unseen["version"].clone();
    assert_eq!(seen, unseen, "the shopper sees nothing of it");
    let news = lin.get("/api/v1/notifications").await.json();
    assert_eq!(news["items"], json!([]));
    assert_eq!(
        advice(&wang, "cancellation_request").await,
        json!({"kind": "seller_cancel", "amount": {"amount": amount, "currency": "CNY"}, "drafted_by": "zhou"})
    );

    // Neither by who may not, nor twice by the same, nor past what waits.
    post(&wang, &second, &yes())
        .await
        .is_problem(403, "not_permitted");
    for (caller, path, body, code) in [
        (&zhou, &second, &yes(), "second_person_needed"),
        (&zhou, &cancel, &why, "second_person_needed"),
        (&admin, &cancel, &why, "no_open_request"),
    ] {
        post(caller, path, body).await.is_problem(409, code);
    }
    let no = json!({"decision": "decline"});
    let silent = post(&admin, &second, &no).await;
    assert_eq!(silent.json()["errors"], json!({"note": "required"}));
    let no = json!({"decision": "decline", "note": "先问仓库"});
    let declined = post(&admin, &second, &no).await;
    assert_eq!(declined.status, 200, "{}", declined.text);
    let draft = &declined.json()["cancel_drafts"][0];
    assert_eq!(
        (&draft["state"], &draft["decided_by"], &draft["why"]),
        (&json!("declined"), &json!("admin"), &json!("先问仓库"))
    );
    assert_eq!(advice(&wang, "cancellation_request").await, Value::Null);

    assert_eq!(post(&zhou, &cancel, &why).await.status, 200);
    let agreed = post(&admin, &second, &yes()).await;
    assert_eq!(agreed.status, 200, "{}", agreed.text);
    let order = lin.order("o1").await;
    assert_eq!(order["state"], "cancelled");
    let cancellation = &order["cancellation"];
    assert_eq!(
        (&cancellation["by"], &cancellation["note"]),
        (&json!("seller"), &json!("盘点后缺货"))
    );
    assert_eq!(order["refunds"][0]["amount"]["amount"], amount);
    assert_eq!(order["refunds"].as_array().map(Vec::len), Some(1));
    let news = lin.get("/api/v1/notifications").await.text;
    assert!(news.contains("cancelled"), "she hears of it now: {news}");
    for hidden in ["zhou", "先问仓库"] {
        assert!(!order.to_string().contains(hidden) && !news.contains(hidden));
    }
    let trail = zhou.get(&format!("{ORDER}/audit")).await.json();
    assert_eq!(trail["whole"], true);
    let who: Vec<_> = trail["items"].as_array().expect("items").iter().collect();
    let who: Vec<_> = who.iter().map(|one| one["staff"].clone()).collect();
    assert_eq!(who, ["zhou", "admin", "zhou", "admin"]);
    assert_eq!(
        trail["items"][1]["what"],
        json!(["seller_cancel_draft_declined"])
    );
}

#[tokio::test]
async fn a_request_that_was_granted_is_not_overtaken_by_a_cancel_for_the_seller_but_by_the_shop() {
    let order = named("1").shop("wanfu").line("屏风", 1, 80_000).build();
    let world = World::with(&[order]).await;
    let lin = world.lin().await;
    let asked = lin.cancel("o1", &json!({"reason": "changed_mind"})).await;
    assert_eq!(asked.status, 202, "{}", asked.text);
    let (zhou, admin) = (world.staff("zhou").await, world.staff("admin").await);
    let cancel = format!("{ORDER}/cancellation");
    let why = json!({"reason": "price_change"});
    let granted = post(&zhou, &format!("{ORDER}/request/decisions"), &yes()).await;
    assert_eq!(granted.json()["actions"], json!(["decide_request"]));
    for (caller, code) in [(&zhou, "second_person_needed"), (&admin, "no_open_request")] {
        post(caller, &cancel, &why).await.is_problem(409, code);
    }
    let path = format!("{ORDER}/request/approvals");
    let no = json!({"decision": "decline", "note": "已制作"});
    assert_eq!(post(&admin, &path, &no).await.status, 200);

    // The other way round, and then the shop's own system decides.
    assert_eq!(post(&zhou, &cancel, &why).await.status, 200);
    let decide = format!("{ORDER}/request/decisions");
    for body in [
        json!({"decision": "approve"}),
        json!({"decision": "decline", "note": "已制作"}),
    ] {
        let refused = post(&admin, &decide, &body).await;
        refused.is_problem(409, "no_open_request");
        assert_eq!(refused.json()["order"]["state"], "unpacked");
    }
    let told = json!({
        "event_id": "s1", "type": "seller_cancelled", "reason": "out_of_stock",
        "occurred_at": orders_testkit::usual_now(),
    });
    assert_eq!(world.event_of("e1", &told).await.status, 200);
    let shown = admin.get(ORDER).await.json();
    assert_eq!(shown["order"]["state"], "cancelled");
    let draft = &shown["cancel_drafts"][1];
    assert_eq!(
        (&draft["state"], &draft["decided_by"]),
        (&json!("lapsed"), &Value::Null)
    );
    post(&admin, &format!("{cancel}/approvals"), &yes())
        .await
        .is_problem(409, "no_open_request");
}
