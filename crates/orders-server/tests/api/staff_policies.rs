//! Policies in the console: drafted, tried, published; and what orders go by afterwards.

use orders_domain::{Clock, Policy};
use serde_json::{Value, json};

use crate::integration::sent;
use crate::refunding::{becomes, cancelled, with_sandbox};
use crate::world::{Caller, World, cup, looks, named, with_case, with_complaint};

const TEPAI: &str = "/api/v1/staff/policies/tepai";

/// Tepai's policy as the next version from `since` on, in which unpacked orders are not cancelled.
pub fn draft(since: &str) -> String {
    Policy::built_in()[0]
        .1
        .replace("version = \"2026-01\"", "version = \"next\"")
        .replace("since = 2026-01-01", &format!("since = {since}"))
        .replace(
            "[cancellation.unpacked] # S0\noutcome = \"self_service\"",
            "[cancellation.unpacked]\noutcome = \"not_possible\"",
        )
}

async fn save(caller: &Caller<'_>, text: &str, revision: i64) -> crate::world::Answer {
    let body = json!({"text": text, "revision": revision});
    caller.send("PUT", &format!("{TEPAI}/draft"), &body).await
}

async fn publish(caller: &Caller<'_>, since: &str, revision: i64) -> crate::world::Answer {
    let body = json!({"revision": revision, "version": "next", "since": since, "note": "S0"});
    caller
        .send("POST", &format!("{TEPAI}/publication"), &body)
        .await
}

/// The day that it is in the shop.
pub fn today(world: &World, days: i64) -> String {
    let shops = Policy::parse("t", Policy::built_in()[0].1).expect("a policy");
    shops
        .day_of(world.clock.now() + chrono::TimeDelta::days(days))
        .to_string()
}

#[tokio::test]
async fn orders_keep_the_policy_that_they_were_placed_under_and_shoppers_see_both() {
    let world = World::with(&[cup().build()]).await;
    let (zhou, admin, lin) = (
        world.staff("zhou").await,
        world.staff("admin").await,
        world.lin().await,
    );
    let since = today(&world, 0);
    assert_eq!(save(&zhou, &draft(&since), 0).await.status, 200);
    let checked = zhou.get(&format!("{TEPAI}/draft/check")).await.json();
    assert_eq!(checked["affected"], 1, "{checked}");
    assert_eq!(checked["effects"][0]["effect"], "cancel_harder");
    assert_eq!(checked["effects"][0]["examples"][0]["id"], "o1");
    assert_eq!(checked["not_compared"], json!([]));
    let silent = draft(&since).replace("en = \"Another reason\"", "en = \"Other\"");
    assert_eq!(save(&zhou, &silent, 1).await.status, 200);
    let checked = zhou.get(&format!("{TEPAI}/draft/check")).await.json();
    assert_eq!(checked["not_compared"], json!(["reasons.other.label.en"]));
    assert_eq!(save(&zhou, &draft(&since), 2).await.status, 200);
    // Looking changes nothing.
    assert_eq!(
        lin.order("o1").await["cancellation"]["kind"],
        "self_service"
    );
    let published = publish(&admin, &since, 3).await;
    assert_eq!(published.status, 200, "{}", published.text);
    assert_eq!(published.json()["state"], "in_force");
    assert_eq!(published.json()["published_by"]["id"], "admin");
    // Sent again, it is the same.
    assert_eq!(publish(&admin, &since, 3).await.json(), published.json());
    // The order goes by its own version, a new one by the next.
    let order = lin.order("o1").await;
    assert_eq!(order["policy_version"], "2026-01");
    assert_eq!(order["cancellation"]["kind"], "self_service");
    let path = "/api/v1/integration/orders/e2";
    assert_eq!(world.shop().send("PUT", path, &sent()).await.status, 201);
    let listed = lin.get("/api/v1/orders").await.json();
    let placed = listed["items"].as_array().expect("items");
    let placed = placed
        .iter()
        .find(|order| order["external_id"] == "e2")
        .expect("the new order");
    assert_eq!(placed["cancellation"]["kind"], "not_possible", "{placed}");
    // One that was placed before goes by the policy of that time, however late it comes in.
    let mut late = sent();
    let before = world.clock.now() - chrono::TimeDelta::minutes(1);
    late["placed_at"] = json!(before);
    late["payments"][0]["paid_at"] = json!(before);
    late["number"] = json!("N10");
    let path = "/api/v1/integration/orders/e3";
    let answer = world.shop().send("PUT", path, &late).await;
    assert_eq!(answer.status, 201, "{}", answer.text);
    assert_eq!(answer.json()["policy_version"], "2026-01");
    assert_eq!(answer.json()["cancellation"]["kind"], "self_service");
    // Both can be read.
    let now = lin.get("/api/v1/policies/tepai").await.json();
    assert_eq!(
        (&now["version"], &now["in_force"]),
        (&json!("next"), &json!("next"))
    );
    let then = lin
        .get("/api/v1/policies/tepai?version=2026-01")
        .await
        .json();
    assert_eq!(
        (&then["version"], &then["in_force"]),
        (&json!("2026-01"), &json!("next"))
    );
    let unpacked = |policy: &Value| {
        let rules = policy["cancelling"].as_array().expect("rules").clone();
        rules
            .into_iter()
            .find(|rule| rule["state"] == "unpacked")
            .expect("a rule")["outcome"]
            .clone()
    };
    assert_eq!(
        (unpacked(&then), unpacked(&now)),
        (json!("self_service"), json!("not_possible"))
    );
    // Each names the other, and the older one in what it differs.
    assert_eq!(
        (&then["differs"], &now["differs"]),
        (&json!(["cancelling"]), &json!([]))
    );
    let versions = json!([
        {"version": "next", "since": since},
        {"version": "2026-01", "since": "2026-01-01"},
    ]);
    assert_eq!(
        (&then["versions"], &now["versions"]),
        (&versions, &versions)
    );
    // So does an article, which from an order is filled in from the order's version.
    let article = "/api/v1/help/who-may-cancel?shop=tepai";
    let answer = |article: &Value| article["parts"].to_string();
    let now = lin.get(article).await.json();
    let then = lin.get(&format!("{article}&version=2026-01")).await.json();
    assert!(answer(&then).contains("等待确认、未打包。"), "{then}");
    assert!(!answer(&now).contains("等待确认、未打包。"), "{now}");
    assert_eq!(
        (&now["policy_version"], &now["in_force"]),
        (&json!("next"), &json!("next"))
    );
    assert_eq!(
        (&then["policy_version"], &then["in_force"]),
        (&json!("2026-01"), &json!("next"))
    );
    // What is of the shop as it is today is not of the order's version; what it leads to is.
    let path = "/api/v1/help/complaints?shop=tepai&version=2026-01";
    let today = lin.get(path).await.json();
    assert_eq!(
        (
            &today["of_today"],
            &today["policy_version"],
            &then["of_today"]
        ),
        (&json!(true), &json!("next"), &json!(false))
    );
    let changes = lin.get("/api/v1/help/policy-changes").await.json();
    let changes = changes["parts"].to_string();
    assert!(changes.contains("2026-01 版，2026年1月1日起"), "{changes}");
}

#[tokio::test]
async fn an_order_of_before_leads_to_the_people_of_now() {
    let world = World::with(&[cup().build()]).await;
    let (admin, lin) = (world.staff("admin").await, world.lin().await);
    let since = today(&world, 0);
    let text = draft(&since)
        .replace("400-820-0403", "400-800-0099")
        .replace("email_reply_hours = 24", "email_reply_hours = 12")
        .replace("open = \"09:00\"", "open = \"20:00\"");
    save(&admin, &text, 0).await;
    assert_eq!(publish(&admin, &since, 1).await.status, 200);
    let order = lin.order("o1").await;
    assert_eq!(order["policy_version"], "2026-01");
    assert_eq!(order["support"]["phone"], "400-800-0099");
    for query in ["?order=o1", "", "?shop=tepai", "?order=o1&shop=wanfu"] {
        let ways = lin.get(&format!("/api/v1/support{query}")).await.json();
        assert_eq!(ways["support"]["phone"], "400-800-0099", "{query}");
        assert_eq!(ways["email_due_at"], "2026-03-18T19:00:00.000Z", "{query}");
        // It is three in the afternoon.
        assert_eq!(ways["chat"]["open"], false, "{query}");
    }
}

#[tokio::test]
async fn of_the_same_publication_sent_twice_at_once_both_are_answered() {
    let world = World::with(&[]).await;
    let admin = world.staff("admin").await;
    let since = today(&world, 0);
    save(&admin, &draft(&since), 0).await;
    let answers = futures_util::future::join_all((0..8).map(|_| publish(&admin, &since, 1))).await;
    for answer in &answers {
        assert_eq!(answer.status, 200, "{}", answer.text);
        assert_eq!(answer.json(), answers[0].json());
    }
    // The next draft is no revision of this one.
    assert_eq!(save(&admin, "x", 0).await.json()["revision"], 2);
    assert_eq!(save(&admin, "x", 0).await.json()["revision"], 2);
    save(&admin, "y", i64::MAX)
        .await
        .is_problem(409, "draft_changed");
}

#[tokio::test]
async fn a_draft_is_tried_on_all_orders_of_the_days_that_are_asked_for() {
    let mut orders: Vec<_> = (1..=250).map(|n| named(&n.to_string()).build()).collect();
    orders[0].placed_at -= chrono::TimeDelta::days(31);
    let world = World::with(&orders).await;
    let zhou = world.staff("zhou").await;
    save(&zhou, &draft(&today(&world, 0)), 0).await;
    for (query, expected) in [("", 249), ("?days=40", 250)] {
        let checked = zhou
            .get(&format!("{TEPAI}/draft/check{query}"))
            .await
            .json();
        assert_eq!(checked["orders"], expected, "{checked}");
        assert_eq!(checked["affected"], expected, "{checked}");
        assert_eq!(checked["complete"], true);
        let effect = &checked["effects"][0];
        assert_eq!(effect["orders"], expected);
        assert_eq!(effect["examples"].as_array().map(Vec::len), Some(5));
    }
}

#[tokio::test]
async fn what_was_published_is_there_after_a_restart() {
    let mut world = World::with(&[cup().build()]).await;
    let since = today(&world, 0);
    {
        let admin = world.staff("admin").await;
        save(&admin, &draft(&since), 0).await;
        assert_eq!(publish(&admin, &since, 1).await.status, 200);
    }
    world.restart().await;
    let lin = world.lin().await;
    assert_eq!(
        lin.get("/api/v1/policies/tepai").await.json()["version"],
        "next"
    );
    assert_eq!(
        lin.order("o1").await["cancellation"]["kind"],
        "self_service"
    );
}

#[tokio::test]
async fn cases_go_on_by_their_orders_policy_when_the_next_takes_none() {
    let mut world = World::with(&[with_case("1")]).await;
    let since = today(&world, 0);
    {
        let admin = world.staff("admin").await;
        let text = draft(&since);
        let (before, _) = text.split_once("[after_sale]").expect("its rules");
        save(&admin, before, 0).await;
        let published = publish(&admin, &since, 1).await;
        assert_eq!(published.status, 200, "{}", published.text);
    }
    world.restart().await;
    let lin = world.lin().await;
    let case = lin.get("/api/v1/cases/o1-C1").await.json();
    assert_eq!(case["state"], "open", "{case}");
    world.clock.advance(chrono::TimeDelta::hours(49));
    looks(&lin, "/api/v1/cases/o1-C1", |case| case["state"] != "open").await;
}

#[tokio::test]
async fn complaints_go_on_with_their_dates_and_the_outside_route_when_the_next_takes_none() {
    let mut world = World::with(&[with_complaint("1")]).await;
    let since = today(&world, 0);
    let before = {
        let (admin, lin) = (world.staff("admin").await, world.lin().await);
        let text = draft(&since);
        let (without, _) = text.split_once("[complaints]").expect("its rules");
        save(&admin, without, 0).await;
        let published = publish(&admin, &since, 1).await;
        assert_eq!(published.status, 200, "{}", published.text);
        lin.get("/api/v1/complaints/o1-K1").await.json()
    };
    world.restart().await;
    let lin = world.lin().await;
    let after = lin.get("/api/v1/complaints/o1-K1").await.json();
    assert_eq!(after["outside"]["phone"], "12315", "{after}");
    assert_eq!(after["until"], before["until"]);
    assert_eq!(lin.order("o1").await["may_complain"], false);
    let form = lin.get("/api/v1/orders/o1/complaint").await;
    form.is_problem(409, "no_complaints");
    world.clock.advance(chrono::TimeDelta::hours(24));
    looks(&lin, "/api/v1/complaints/o1-K1", |one| {
        one["escalated_at"].is_string()
    })
    .await;
}

#[tokio::test]
async fn a_refund_under_way_keeps_the_clocks_of_its_orders_policy() {
    let world = with_sandbox(&[cup().build()]).await;
    let (admin, lin) = (world.staff("admin").await, world.lin().await);
    let refunds = cancelled(&lin, "o1").await;
    let since = today(&world, 0);
    let clocks = "arrives_from = 7\narrives_within = 10";
    let slow = draft(&since).replace(clocks, "arrives_from = 60\narrives_within = 90");
    assert_ne!(slow, draft(&since));
    save(&admin, &slow, 0).await;
    assert_eq!(publish(&admin, &since, 1).await.status, 200);
    world.clock.advance(chrono::TimeDelta::seconds(10));
    let sent = becomes(&lin, refunds[0]["id"].as_str().expect("an id"), "sent").await;
    assert!(
        sent["refund"]["arrives_by"].as_str() <= refunds[0]["arrives_by"].as_str(),
        "{sent}"
    );
}

#[tokio::test]
async fn a_later_day_waits_for_it_and_nobody_reads_it_before() {
    let world = World::with(&[cup().build()]).await;
    let (admin, lin) = (world.staff("admin").await, world.lin().await);
    let since = today(&world, 3);
    save(&admin, &draft(&since), 0).await;
    let published = publish(&admin, &since, 1).await.json();
    assert_eq!(published["state"], "scheduled", "{published}");
    assert_eq!(
        lin.get("/api/v1/policies/tepai").await.json()["version"],
        "2026-01"
    );
    lin.get("/api/v1/policies/tepai?version=next")
        .await
        .is_problem(404, "not_found");
    let now = lin.get("/api/v1/policies/tepai").await.json();
    assert_eq!(now["versions"].as_array().expect("versions").len(), 1);
    let article = "/api/v1/help/who-may-cancel?shop=tepai";
    assert_eq!(
        lin.get(&format!("{article}&version=next")).await.json(),
        lin.get(article).await.json()
    );
    let listed = admin.get("/api/v1/staff/policies").await.json();
    let tepai = listed["items"].as_array().expect("items");
    let tepai = tepai
        .iter()
        .find(|of| of["shop"]["id"] == "tepai")
        .expect("tepai");
    let states: Vec<_> = tepai["versions"]
        .as_array()
        .expect("versions")
        .iter()
        .map(|of| of["state"].clone())
        .collect();
    assert_eq!(states, ["scheduled", "in_force"]);
    let text = admin.get(&format!("{TEPAI}?version=next")).await.json();
    assert_eq!(text["text"], draft(&since));
}

#[tokio::test]
async fn a_draft_may_have_a_mistake_but_is_not_tried_nor_published_with_it() {
    let world = World::with(&[named("1").build()]).await;
    let admin = world.staff("admin").await;
    let since = today(&world, 0);
    let text = draft(&since).replace("merchant_hours = 48", "merchant_hours = -1");
    let saved = save(&admin, &text, 0).await.json();
    assert_eq!(
        saved["mistake"]["key"], "after_sale.merchant_hours",
        "{saved}"
    );
    admin
        .get(&format!("{TEPAI}/draft/check"))
        .await
        .is_problem(409, "draft_invalid");
    publish(&admin, &since, 1)
        .await
        .is_problem(409, "draft_invalid");
    // Nor is the policy of another shop.
    let other = Policy::built_in()[1].1;
    assert_eq!(
        save(&admin, other, 1).await.json()["mistake"]["key"],
        "shop"
    );
}

#[tokio::test]
async fn nobody_writes_over_what_somebody_else_wrote() {
    let world = World::with(&[]).await;
    let (zhou, admin) = (world.staff("zhou").await, world.staff("admin").await);
    let since = today(&world, 0);
    let first = save(&zhou, &draft(&since), 0).await;
    assert_eq!(
        first.json()["rules"][0]["key"],
        "cancellation.unpacked.outcome"
    );
    // Sent again by the same person it is the same; by another it is not.
    assert_eq!(save(&zhou, &draft(&since), 0).await.json(), first.json());
    save(&admin, &draft(&since), 0)
        .await
        .is_problem(409, "draft_changed");
    assert_eq!(save(&admin, "shop = 1", 1).await.json()["revision"], 2);
    publish(&admin, &since, 1)
        .await
        .is_problem(409, "draft_changed");
    let dropped = zhou.delete(&format!("{TEPAI}/draft?revision=1")).await;
    dropped.is_problem(409, "draft_changed");
    assert_eq!(
        zhou.delete(&format!("{TEPAI}/draft?revision=2"))
            .await
            .status,
        204
    );
    zhou.get(&format!("{TEPAI}/draft"))
        .await
        .is_problem(404, "not_found");
}

#[tokio::test]
async fn policies_of_a_shop_that_somebody_does_not_see_are_not_there() {
    let world = World::with(&[]).await;
    let (chen, boss) = (world.staff("chen").await, world.staff("boss").await);
    let since = today(&world, 0);
    for refused in [
        save(&chen, &draft(&since), 0).await,
        chen.get(&format!("{TEPAI}/draft")).await,
        chen.get(&format!("{TEPAI}/draft/check")).await,
        chen.delete(&format!("{TEPAI}/draft?revision=1")).await,
        publish(&boss, &since, 1).await,
    ] {
        refused.is_problem(404, "not_found");
    }
    chen.get(TEPAI).await.is_problem(404, "not_found");
    let listed = chen.get("/api/v1/staff/policies").await.json();
    let shops: Vec<_> = listed["items"].as_array().expect("items").iter().collect();
    assert!(
        shops.iter().all(|of| of["shop"]["id"] != "tepai"),
        "{listed}"
    );
}

#[tokio::test]
async fn version_and_day_are_said_twice_and_have_to_be_the_same_and_new() {
    let world = World::with(&[]).await;
    let admin = world.staff("admin").await;
    let (past, now) = (today(&world, -1), today(&world, 0));
    save(&admin, &draft(&past), 0).await;
    publish(&admin, &past, 1)
        .await
        .is_problem(422, "invalid_fields");
    save(&admin, &draft(&now), 1).await;
    publish(&admin, &today(&world, 1), 2)
        .await
        .is_problem(422, "invalid_fields");
    let old = draft(&now).replace("version = \"next\"", "version = \"2026-01\"");
    save(&admin, &old, 2).await;
    publish(&admin, &now, 3)
        .await
        .is_problem(422, "invalid_fields");
    let body = json!({"revision": 3, "version": "2026-01", "since": now, "note": null});
    let taken = admin
        .send("POST", &format!("{TEPAI}/publication"), &body)
        .await;
    taken.is_problem(409, "version_taken");
}
