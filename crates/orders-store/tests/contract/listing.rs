//! My Orders: pages, tabs, dates, search and counts.

use orders_domain::{CancellationRequest, Order, OrderState, ShopperId};
use orders_store::testing::TestDatabase;
use orders_store::{OrderQuery, Store, StoreError, Tab, TabCounts};

use crate::on_both_databases;
use crate::orders::{in_state, lin, minutes, noon, order, refund};

on_both_databases!(
    pages_show_every_order_exactly_once_also_when_placed_at_the_same_time,
    every_tab_shows_its_states_and_counts_them,
    dates_bound_the_list_and_the_counts,
    a_search_finds_numbers_shop_ids_and_titles_in_any_case,
    a_search_takes_every_character_literally,
    a_search_sees_no_other_shopper,
    a_cursor_that_no_list_gave_is_refused,
    a_cursor_and_dates_hold_together,
    a_list_carries_refunds_but_no_timelines,
    every_shop_with_an_order_is_named_once,
    ten_thousand_orders_come_in_at_once,
);

fn query() -> OrderQuery {
    OrderQuery {
        limit: 20,
        ..OrderQuery::default()
    }
}

async fn ids(store: &Store, query: &OrderQuery) -> Vec<String> {
    let page = store.list_orders(&lin(), query).await.unwrap();
    page.orders.into_iter().map(|order| order.id.0).collect()
}

async fn search(store: &Store, q: &str) -> Vec<String> {
    let q = q.to_owned();
    ids(store, &OrderQuery { q, ..query() }).await
}

async fn pages_show_every_order_exactly_once_also_when_placed_at_the_same_time(
    database: &TestDatabase,
) {
    let store = database.store().await;
    let mut orders: Vec<Order> = (0..53).map(|n| order(&format!("{n:02}"))).collect();
    for (n, order) in (0_i64..).zip(&mut orders) {
        // Seven in each minute.
        order.placed_at = noon() + minutes(n / 7);
        order.state = if n % 2 == 0 {
            OrderState::Unpacked
        } else {
            OrderState::Cancelled
        };
    }
    store.insert_orders(&orders).await.unwrap();
    let mut expected = orders.clone();
    expected.sort_by(|a, b| (b.placed_at, &b.id).cmp(&(a.placed_at, &a.id)));
    for tab in [Tab::All, Tab::Cancelled] {
        let expected: Vec<&str> = expected
            .iter()
            .filter(|order| tab == Tab::All || order.state == OrderState::Cancelled)
            .map(|order| order.id.as_str())
            .collect();
        for limit in [1, 7, 10, 52, 53, 100] {
            let mut asked = OrderQuery {
                tab,
                limit,
                ..query()
            };
            let mut shown = Vec::new();
            loop {
                let page = store.list_orders(&lin(), &asked).await.unwrap();
                assert!(page.orders.len() <= limit as usize);
                assert_eq!(page.counts.all, 53);
                shown.extend(page.orders.into_iter().map(|order| order.id.0));
                asked.cursor = page.next_cursor;
                if asked.cursor.is_none() {
                    break;
                }
            }
            assert_eq!(shown, expected, "{tab:?}, {limit} a page");
        }
    }
}

async fn every_tab_shows_its_states_and_counts_them(database: &TestDatabase) {
    let store = database.store().await;
    let mut orders: Vec<Order> = OrderState::ALL
        .into_iter()
        .map(|state| in_state(state.code(), state))
        .collect();
    let mut requested = in_state("requested", OrderState::Unpacked);
    requested.body.request = Some(CancellationRequest {
        at: noon(),
        reason: "changed_mind".to_owned(),
        note: None,
        lines: Vec::new(),
        declined: None,
        until: None,
    });
    let mut refunded = in_state("refunded", OrderState::Cancelled);
    refunded.refunds.push(refund(&refunded, 1));
    orders.extend([requested, refunded]);
    store.insert_orders(&orders).await.unwrap();

    let mut shown = TabCounts::default();
    for (tab, expected) in [
        (Tab::All, None),
        (Tab::AwaitingPayment, Some(vec!["awaiting_payment"])),
        (
            Tab::ToShip,
            Some(vec![
                "unpacked",
                "requested",
                "pending_confirmation",
                "packing",
            ]),
        ),
        (Tab::ToReceive, Some(vec!["shipped"])),
        (Tab::AfterSale, Some(vec!["requested", "refunded"])),
        (Tab::Cancelled, Some(vec!["refunded", "cancelled"])),
    ] {
        let asked = OrderQuery { tab, ..query() };
        let page = store.list_orders(&lin(), &asked).await.unwrap();
        let ids: Vec<&str> = page.orders.iter().map(|order| order.id.as_str()).collect();
        assert_eq!(page.counts.of(tab), i64::try_from(ids.len()).unwrap());
        if let Some(expected) = expected {
            assert_eq!(ids, expected, "{tab:?}");
        }
        shown = page.counts;
    }
    assert_eq!(
        shown,
        TabCounts {
            all: 10,
            awaiting_payment: 1,
            to_ship: 4,
            to_receive: 1,
            after_sale: 2,
            cancelled: 2
        }
    );
}

async fn dates_bound_the_list_and_the_counts(database: &TestDatabase) {
    let store = database.store().await;
    let mut orders: Vec<Order> = (0..5).map(|n| order(&n.to_string())).collect();
    for (n, order) in (0..).zip(&mut orders) {
        order.placed_at = noon() + minutes(n);
    }
    store.insert_orders(&orders).await.unwrap();
    let asked = OrderQuery {
        placed_from: Some(noon() + minutes(1)),
        placed_to: Some(noon() + minutes(3)),
        ..query()
    };
    let page = store.list_orders(&lin(), &asked).await.unwrap();
    let ids: Vec<&str> = page.orders.iter().map(|order| order.id.as_str()).collect();
    assert_eq!(ids, ["2", "1"]);
    assert_eq!((page.counts.all, page.counts.to_ship), (2, 2));
}

async fn a_search_finds_numbers_shop_ids_and_titles_in_any_case(database: &TestDatabase) {
    let store = database.store().await;
    let mut other = order("2");
    other.number = "TP-ÄÖ-77".to_owned();
    other.external_id = "WF/0009".into();
    other.body.lines[0].title = orders_domain::LocalText::plain("ΚΑΦΈΣ 会员月卡");
    store.insert_orders(&[order("1"), other]).await.unwrap();
    for (q, expected) in [
        ("tp1", vec!["1"]),
        ("SHOP-1", vec!["1"]),
        ("咖啡", vec!["1"]),
        ("pour-OVER", vec!["1"]),
        ("  kettle ", vec!["1"]),
        ("äö", vec!["2"]),
        ("ÄÖ-7", vec!["2"]),
        ("wf/0009", vec!["2"]),
        ("καφέ", vec!["2"]),
        ("月卡", vec!["2"]),
        ("tp", vec!["2", "1"]),
        ("", vec!["2", "1"]),
        ("茶", vec![]),
    ] {
        assert_eq!(search(&store, q).await, expected, "{q:?}");
    }
    let asked = OrderQuery {
        q: "月卡".to_owned(),
        ..query()
    };
    let page = store.list_orders(&lin(), &asked).await.unwrap();
    assert_eq!((page.counts.all, page.counts.to_ship), (1, 1));
}

async fn a_search_takes_every_character_literally(database: &TestDatabase) {
    let store = database.store().await;
    let mut odd = order("odd");
    odd.number = r"100%_a\b'; DROP TABLE orders; --$1?".to_owned();
    store.insert_orders(&[order("1"), odd]).await.unwrap();
    for q in [
        "100%",
        "%_a",
        r"\b",
        r"a\",
        "'; DROP TABLE",
        "--$1",
        "?",
        "$1",
        "%",
        "_",
        r"\",
    ] {
        assert_eq!(search(&store, q).await, ["odd"], "{q:?}");
    }
    let endless = "订".repeat(100_000);
    for q in [
        "%%",
        "__",
        "a_c",
        "100_",
        "\0",
        "' OR '1'='1",
        "\u{202e}",
        &endless,
    ] {
        assert!(search(&store, q).await.is_empty(), "{}", q.len());
    }
    assert_eq!(search(&store, "").await.len(), 2);
}

async fn a_search_sees_no_other_shopper(database: &TestDatabase) {
    let store = database.store().await;
    let mut theirs = order("theirs");
    theirs.shopper = ShopperId::from("zhao");
    store.insert_orders(&[order("mine"), theirs]).await.unwrap();
    assert_eq!(search(&store, "tp").await, ["mine"]);
    let page = store
        .list_orders(&ShopperId::from("li%"), &query())
        .await
        .unwrap();
    assert_eq!((page.orders.len(), page.counts.all), (0, 0));
}

async fn a_cursor_that_no_list_gave_is_refused(database: &TestDatabase) {
    let store = database.store().await;
    for cursor in ["", "x", "0", "' OR 1=1", "ffff"] {
        let asked = OrderQuery {
            cursor: Some(cursor.to_owned()),
            ..query()
        };
        let page = store.list_orders(&lin(), &asked).await;
        assert!(matches!(page, Err(StoreError::InvalidCursor)), "{cursor}");
    }
}

async fn a_cursor_and_dates_hold_together(database: &TestDatabase) {
    let store = database.store().await;
    let mut orders: Vec<Order> = (0..9).map(|n| order(&n.to_string())).collect();
    for (n, order) in (0..).zip(&mut orders) {
        order.placed_at = noon() + minutes(n / 3);
    }
    store.insert_orders(&orders).await.unwrap();
    let asked = OrderQuery {
        limit: 4,
        ..query()
    };
    let page = store.list_orders(&lin(), &asked).await.unwrap();
    let cursor = page.next_cursor;
    for (to, expected) in [
        (minutes(9), vec!["4", "3", "2", "1", "0"]),
        (minutes(2), vec!["4", "3", "2", "1", "0"]),
        (minutes(1), vec!["2", "1", "0"]),
        (minutes(0), vec![]),
    ] {
        let asked = OrderQuery {
            cursor: cursor.clone(),
            placed_to: Some(noon() + to),
            ..query()
        };
        assert_eq!(ids(&store, &asked).await, expected, "{to}");
    }
}

async fn a_list_carries_refunds_but_no_timelines(database: &TestDatabase) {
    let store = database.store().await;
    let mut refunded = order("1");
    refunded.refunds = vec![refund(&refunded, 1), refund(&refunded, 2)];
    store
        .insert_orders(&[refunded.clone(), order("2")])
        .await
        .unwrap();
    let page = store.list_orders(&lin(), &query()).await.unwrap();
    refunded.timeline.clear();
    assert_eq!(page.orders[1], refunded);
    assert!(page.orders[0].refunds.is_empty());
}

async fn ten_thousand_orders_come_in_at_once(database: &TestDatabase) {
    let store = database.store().await;
    let orders: Vec<Order> = (0..10_000).map(|n| order(&n.to_string())).collect();
    let begin = std::time::Instant::now();
    store.insert_orders(&orders).await.unwrap();
    println!("10,000 orders stored in {:?}", begin.elapsed());
    store.settle().await.unwrap();
    let page = store.list_orders(&lin(), &query()).await.unwrap();
    assert_eq!((page.orders.len(), page.counts.all), (20, 10_000));
}

async fn every_shop_with_an_order_is_named_once(database: &TestDatabase) {
    let store = database.store().await;
    assert_eq!(store.shops().await.unwrap(), []);
    let names = ["wanfu", "tepai", "wanfu", "阿福", "Tepai", "tepai"];
    let orders: Vec<Order> = names
        .iter()
        .enumerate()
        .map(|(n, shop)| {
            let mut order = order(&n.to_string());
            order.shop = (*shop).into();
            order
        })
        .collect();
    store.insert_orders(&orders).await.unwrap();
    let mut found: Vec<String> = store
        .shops()
        .await
        .unwrap()
        .into_iter()
        .map(|shop| shop.0)
        .collect();
    found.sort();
    assert_eq!(found, ["Tepai", "tepai", "wanfu", "阿福"]);
}
