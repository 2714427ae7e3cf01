//! Figures for the staff: a small world, worked out by hand.

use orders_domain::{CaseKind, Order, RefundState};
use orders_testkit::{Rules, ask, tell, usual_now};
use serde_json::{Value, json};

use crate::chatting::open;
use crate::world::{Caller, World, looks, named, read};

const INSIGHT: &str = "/api/v1/staff/insight";
const EXPORT: &str = "/api/v1/staff/insight.csv";

fn hours(hours: i64) -> chrono::TimeDelta {
    chrono::TimeDelta::hours(hours)
}

fn days(days: i64) -> chrono::TimeDelta {
    hours(24 * days)
}

/// It is three in the afternoon of Wednesday, 18 March 2026, in Beijing. Of the shop `tepai`: on the 16th three orders, of
/// which the shopper cancelled one; on the 17th two, of which the seller cancelled one; on the 10th one, which the shopper
/// cancelled. Of the shop `wanfu` one on the 17th, which nobody paid in time. One case, which waits.
fn orders() -> Vec<Order> {
    let rules = Rules::built_in().expect("rules");
    let now = usual_now();
    let placed = |n: &str, ago: i64| named(n).placed_at(now - days(ago)).as_of(now);
    let wish = ask(CaseKind::ReturnAndRefund, "no_longer_wanted", &[("L1", 1)]);
    let unpaid = named("9")
        .shop("wanfu")
        .placed_at(now - days(1))
        .as_of(now - days(1))
        .awaiting_payment()
        .build();
    vec![
        tell(&rules, placed("1", 2).unpacked().build())
            .cancelled(now - days(2) + hours(1), "changed_mind")
            .refunds_come_to(RefundState::Sent, now - days(1), hours(1))
            .end(),
        placed("2", 2).unpacked().build(),
        placed("3", 2).unpacked().build(),
        tell(&rules, placed("4", 1).unpacked().build())
            .seller_cancelled(now - hours(20), "out_of_stock", "")
            .end(),
        placed("5", 1).unpacked().build(),
        tell(&rules, placed("6", 8).unpacked().build())
            .cancelled(now - days(8) + hours(1), "changed_mind")
            .refunds_come_to(RefundState::Arrived, now - days(8) + hours(2), hours(1))
            .end(),
        tell(&rules, named("7").delivered().build())
            .case_opened(now - hours(1), &wish)
            .end(),
        tell(&rules, unpaid).closed_unpaid(now).end(),
    ]
}

async fn insight(world: &World, id: &str, query: &str) -> Value {
    let staff = world.staff(id).await;
    let answer = staff.get(&format!("{INSIGHT}?{query}")).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    answer.json()
}

#[tokio::test]
async fn the_figures_of_a_small_world_are_as_worked_out_by_hand() {
    let world = World::with(&orders()).await;
    let shop = insight(&world, "zhou", "shop=tepai&from=2026-03-16&to=2026-03-18").await;
    assert_eq!(
        (&shop["period"], &shop["before"], &shop["step"]),
        (
            &json!({"from": "2026-03-16", "to": "2026-03-18"}),
            &json!({"from": "2026-03-13", "to": "2026-03-15"}),
            &json!("day")
        )
    );
    let steps = shop["cancellations"]["steps"].as_array().expect("steps");
    let figures: Vec<_> = steps
        .iter()
        .map(|step| {
            (
                &step["from"],
                &step["figures"]["placed"],
                &step["figures"]["cancelled"],
            )
        })
        .map(|(day, placed, cancelled)| json!([day, placed, cancelled]))
        .collect();
    // When o7 was placed is the builder's own business: it was signed for an hour ago.
    assert_eq!(figures[0], json!(["2026-03-16", 3, 1]));
    assert_eq!(figures[1], json!(["2026-03-17", 2, 1]));
    let total = &shop["cancellations"]["total"];
    assert_eq!(
        (&total["by_shopper"], &total["by_seller"]),
        (&json!(1), &json!(1))
    );
    assert_eq!(
        shop["reasons"],
        json!([
            {"code": "changed_mind", "label": "不想要了", "by": "shopper", "count": 1, "before": 0},
            {"code": "out_of_stock", "label": "商品缺货", "by": "seller", "count": 1, "before": 0},
        ])
    );
    let refunds = &shop["refunds"]["total"];
    assert_eq!(refunds["made"], 2);
    assert_eq!(
        refunds["started"],
        json!({"on_time": 1, "late": 0, "open": 1, "overdue": 0, "rate": 1000})
    );
    assert_eq!(
        refunds["arrived"],
        json!({"on_time": 0, "late": 0, "open": 2, "overdue": 0, "rate": null})
    );
    assert_eq!(
        (&refunds["start_median"], &refunds["arrival_median"]),
        (&json!(1), &Value::Null)
    );
    assert_eq!(shop["refunds_by_channel"][0]["channel"], "wechat_pay");
    assert_eq!(shop["cases"]["total"]["opened"], 1);
    assert_eq!(shop["cases"]["total"]["waiting"], 1);
    assert_eq!(
        shop["decisions"][2],
        json!({"kind": "case", "opened": 1, "decided": 0, "waiting": 1, "ended": 0,
               "median": null, "p90": null, "median_before": null})
    );

    let week = insight_again(&world, "shop=tepai&from=2026-03-12&to=2026-03-18").await;
    assert_eq!(week["cancellations"]["before"]["cancelled"], 1, "o6");
    assert_eq!(week["refunds"]["before"]["arrived"]["on_time"], 1);
    assert_eq!(week["refunds"]["before"]["arrival_median"], 0);
    let both = insight_again(&world, "").await;
    assert_eq!(both["shops"].as_array().map(Vec::len), Some(2));
    assert_eq!(both["cancellations"]["total"]["by_timeout"], 1);
    assert_eq!(both["cancellations"]["total"]["cancelled"], 4);
    assert_eq!(
        both["cancellations"]["steps"].as_array().map(Vec::len),
        Some(30)
    );
    assert_eq!(
        both["period"],
        json!({"from": "2026-02-17", "to": "2026-03-18"})
    );
}

/// As another supervisor: a code is used once in half a minute.
async fn insight_again(world: &World, query: &str) -> Value {
    world.clock.advance(chrono::TimeDelta::seconds(30));
    insight(world, "zhou", query).await
}

#[tokio::test]
async fn an_answer_in_the_chat_is_counted_from_the_shopper_s_first_word() {
    let world = World::with(&[named("1").build(), named("2").build()]).await;
    let lin = world.lin().await;
    let talk = open(&lin, "o1").await;
    open(&lin, "o2").await;
    world.clock.advance(chrono::TimeDelta::minutes(7));
    let wang = world.staff("wang").await;
    let words = json!({"client_id": "a", "text": "您好"});
    let path = format!("/api/v1/staff/conversations/{talk}/messages");
    assert_eq!(wang.send("POST", &path, &words).await.status, 201);
    let end = format!("/api/v1/staff/conversations/{talk}/end");
    assert_eq!(read(wang.request("POST", &end)).await.status, 200);
    let rate = format!("/api/v1/conversations/{talk}/rating");
    let rated = lin
        .send("POST", &rate, &json!({"rating": 4, "note": null}))
        .await;
    assert_eq!(rated.status, 204, "{}", rated.text);
    let found = insight(&world, "zhou", "from=2026-03-18&to=2026-03-18").await;
    let support = &found["support"]["total"];
    for (name, expected) in [
        ("begun", json!(2)),
        ("in_hours", json!(2)),
        ("answered", json!(1)),
        ("waiting", json!(1)),
        ("answer_median", json!(7)),
        ("wait_median", json!(7)),
        ("rated", json!(1)),
        ("rating", json!(40)),
    ] {
        assert_eq!(support[name], expected, "{name}: {support}");
    }
    assert_eq!(found["ratings"][3], json!({"number": 4, "count": 1}));
    world.clock.advance(chrono::TimeDelta::seconds(30));
    let zhou = world.staff("zhou").await;
    let file = format!("{EXPORT}?of=ratings&from=2026-03-18&to=2026-03-18");
    assert_eq!(
        zhou.get(&file).await.text,
        "rating,count\r\n1,0\r\n2,0\r\n3,0\r\n4,1\r\n5,0\r\n"
    );
}

/// Lin complains about an order, or moves in the complaint about it; gives back the complaint.
async fn moves(who: &Caller<'_>, path: &str, body: &Value) -> Value {
    let answer = who.send("POST", &format!("/api/v1/{path}"), body).await;
    assert!(
        (200..300).contains(&answer.status),
        "{path}: {}",
        answer.text
    );
    answer.json()
}

async fn complains(lin: &Caller<'_>, order: &str) {
    let body = json!({"topic": "service", "wish": "refund", "text": "客服答应回电，一直没有回"});
    moves(lin, &format!("orders/{order}/complaints"), &body).await;
}

async fn proposes(staff: &Caller<'_>, order: &str) {
    let body = json!({"kind": "refund", "amount": 100, "reason": "抱歉让您久等"});
    let path = format!("staff/complaints/{order}-K1/proposals");
    moves(staff, &path, &body).await;
}

async fn disputes(lin: &Caller<'_>, order: &str) -> Value {
    let path = format!("complaints/{order}-K1/dispute");
    let complaint = lin.get(&format!("/api/v1/complaints/{order}-K1")).await;
    let last = complaint.json()["proposal"]["last"].clone();
    let body = json!({"last": last, "text": "只退一元不合理"});
    moves(lin, &path, &body).await
}

/// What became of six complaints in `tepai` and one in `wanfu`, from Wednesday to Sunday: o1's proposal was accepted; o2's
/// last word was declined; o3's dispute nobody decided in time; o4 was withdrawn; o5's proposal waits for the shopper; o6
/// began on Sunday; o7 the shop left alone, past both its dates.
#[tokio::test]
async fn complaints_are_counted_as_they_stand_on_the_day_on_which_they_were_opened() {
    let bought = |n: &str| named(n).delivered().build();
    let mut orders: Vec<_> = ["1", "2", "3", "4", "5", "6"].map(bought).into();
    orders.push(named("7").shop("wanfu").delivered().build());
    let world = World::with(&orders).await;
    let (lin, wang) = (world.lin().await, world.staff("wang").await);
    let zhou = world.staff("zhou").await;
    for order in ["o1", "o2", "o3", "o4", "o5", "o7"] {
        complains(&lin, order).await;
    }
    for order in ["o1", "o2", "o3", "o5"] {
        proposes(&wang, order).await;
    }
    let nothing = json!({});
    moves(&lin, "complaints/o1-K1/acceptance", &json!({"last": false})).await;
    disputes(&lin, "o2").await;
    proposes(&zhou, "o2").await;
    assert_eq!(disputes(&lin, "o2").await["state"], "closed");
    assert_eq!(disputes(&lin, "o3").await["state"], "disputed");
    moves(&lin, "complaints/o4-K1/withdrawal", &nothing).await;
    world.clock.advance(hours(24));
    let shown = |order: &str| format!("/api/v1/complaints/{order}-K1");
    looks(&lin, &shown("o7"), |one| !one["escalated_at"].is_null()).await;
    world.clock.advance(days(3));
    looks(&lin, &shown("o3"), |one| one["state"] == "resolved").await;
    looks(&lin, &shown("o7"), |one| !one["outside_at"].is_null()).await;
    complains(&lin, "o6").await;

    let zhou = world.staff("zhou").await;
    let days = "from=2026-03-18&to=2026-03-22";
    let file = format!("{EXPORT}?of=complaints&shop=tepai&{days}");
    assert_eq!(
        zhou.get(&file).await.text,
        "from,to,opened,waiting,proposed,disputed,resolved,withdrawn,closed,ever_disputed,overdue\r\n\
         2026-03-18,2026-03-18,5,0,1,0,2,1,1,2,1\r\n\
         2026-03-19,2026-03-19,0,0,0,0,0,0,0,0,0\r\n\
         2026-03-20,2026-03-20,0,0,0,0,0,0,0,0,0\r\n\
         2026-03-21,2026-03-21,0,0,0,0,0,0,0,0,0\r\n\
         2026-03-22,2026-03-22,1,1,0,0,0,0,0,0,0\r\n"
    );
    let both = zhou.get(&format!("{INSIGHT}?{days}")).await.json();
    let total = &both["complaints"]["total"];
    assert_eq!(
        total,
        &json!({
            "opened": 7, "waiting": 2, "proposed": 1, "disputed": 0, "resolved": 2, "withdrawn": 1, "closed": 1,
            "ever_disputed": 2, "overdue": 2,
        })
    );
    let since = format!("{INSIGHT}?from=2026-03-19&to=2026-03-22");
    let since = zhou.get(&since).await.json();
    assert_eq!(since["complaints"]["total"]["opened"], 1);
    assert_eq!(since["complaints"]["before"]["opened"], 6);
    // Of the shop `wanfu` alone.
    let chen = world.staff("chen").await;
    let seen = chen.get(&format!("{INSIGHT}?{days}")).await.json();
    assert_eq!(
        (
            &seen["complaints"]["total"]["opened"],
            &seen["complaints"]["total"]["overdue"]
        ),
        (&json!(1), &json!(1))
    );
}

#[tokio::test]
async fn a_shop_that_somebody_does_not_see_is_counted_in_nothing_and_not_there_by_name() {
    let world = World::with(&orders()).await;
    // Of the shop `wanfu` alone.
    let chen = world.staff("chen").await;
    let seen = chen.get(INSIGHT).await.json();
    assert_eq!(seen["shops"].as_array().map(Vec::len), Some(1));
    assert_eq!(seen["cancellations"]["total"]["placed"], 1);
    assert_eq!(seen["refunds"]["total"]["made"], 0);
    for shop in ["tepai", "nowhere"] {
        for path in [
            format!("{INSIGHT}?shop={shop}"),
            format!("{EXPORT}?of=cases&shop={shop}"),
        ] {
            chen.get(&path).await.is_problem(404, "not_found");
        }
    }
}

#[tokio::test]
async fn a_period_that_is_none_or_too_long_is_refused() {
    let world = World::with(&[]).await;
    let zhou = world.staff("zhou").await;
    for (query, field) in [
        ("from=2026-03-18&to=2026-03-17", "to"),
        ("from=2025-03-17&to=2026-03-18", "from"),
        ("from=2026-3-1", "from"),
        ("to=x", "to"),
        ("from=2026-03-01&from=2026-03-02", "from"),
    ] {
        for path in [
            format!("{INSIGHT}?{query}"),
            format!("{EXPORT}?of=cases&{query}"),
        ] {
            let answer = zhou.get(&path).await;
            answer.is_problem(422, "invalid_fields");
            assert!(
                answer.json()["errors"][field].is_string(),
                "{path}: {}",
                answer.text
            );
        }
    }
    let longest = format!("{INSIGHT}?from=2025-03-18&to=2026-03-18");
    assert_eq!(zhou.get(&longest).await.json()["step"], "week");
    for (query, field) in [("", "of"), ("of=orders", "of")] {
        let answer = zhou.get(&format!("{EXPORT}?{query}")).await;
        answer.is_problem(422, "invalid_fields");
        assert!(answer.json()["errors"][field].is_string(), "{query}");
    }
}

#[tokio::test]
async fn figures_are_taken_away_as_comma_separated_values() {
    let world = World::with(&orders()).await;
    let zhou = world.staff("zhou").await;
    let days = "shop=tepai&from=2026-03-16&to=2026-03-17";
    let path = format!("{EXPORT}?of=cancellations&{days}");
    let answer = zhou.get(&path).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    assert_eq!(answer.header("content-type"), "text/csv; charset=utf-8");
    assert_eq!(
        answer.header("content-disposition"),
        "attachment; filename=\"tepai-cancellations-2026-03-16-2026-03-17.csv\""
    );
    assert_eq!(answer.header("cache-control"), "private, no-store");
    assert_eq!(
        answer.text,
        "from,to,placed,cancelled,by_shopper,by_seller,by_staff,by_timeout,cancelled_per_thousand\r\n\
         2026-03-16,2026-03-16,3,1,1,0,0,0,333\r\n\
         2026-03-17,2026-03-17,2,1,0,1,0,0,500\r\n"
    );
    let reasons = zhou.get(&format!("{EXPORT}?of=reasons&{days}")).await;
    assert_eq!(
        reasons.text,
        "code,label,by,count,before\r\nchanged_mind,不想要了,shopper,1,0\r\nout_of_stock,商品缺货,seller,1,0\r\n"
    );
    let channels = zhou.get(&format!("{EXPORT}?of=channels&{days}")).await;
    assert_eq!(
        channels.text,
        "channel,made,failed,started_on_time,started_late,start_open,start_overdue,arrived_on_time,arrived_late,\
         arrival_open,arrival_overdue,started_per_thousand,arrived_per_thousand,start_days_median,start_days_p90,arrival_days_median,arrival_days_p90\r\n\
         wechat_pay,2,0,1,0,1,0,0,0,2,0,1000,,1,1,,\r\n"
    );
    // o6's arrived on the day on which it was made ready.
    let arrived = "of=arrival_days&shop=tepai&from=2026-03-10&to=2026-03-10";
    let arrived = zhou.get(&format!("{EXPORT}?{arrived}")).await.text;
    assert!(
        arrived.starts_with("working_days,count\r\n0,1\r\n1,0\r\n"),
        "{arrived}"
    );
    assert!(arrived.ends_with("\r\n15,0\r\n"), "{arrived}");
    let decisions = zhou
        .get(&format!("{EXPORT}?of=decisions&{days}"))
        .await
        .text;
    let lines: Vec<&str> = decisions.lines().collect();
    assert_eq!(
        lines[0],
        "kind,opened,decided,waiting,ended,minutes_median,minutes_p90,minutes_median_before"
    );
    assert_eq!(lines.len(), 5, "{decisions}");
    for of in ["refunds", "support", "cases", "complaints"] {
        let table = zhou.get(&format!("{EXPORT}?of={of}&{days}")).await;
        let lines: Vec<&str> = table.text.lines().collect();
        assert_eq!(lines.len(), 3, "{of}");
        let columns: Vec<_> = lines.iter().map(|line| line.split(',').count()).collect();
        assert_eq!(columns, vec![columns[0]; 3], "{of}");
    }
}
