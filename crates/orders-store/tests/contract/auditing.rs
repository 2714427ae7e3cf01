//! The trail of an order: every change is in it, and none can be changed or taken out unnoticed.

use orders_domain::{Change, Effects, OrderState, StaffId};
use orders_store::testing::TestDatabase;
use orders_store::{AuditTrail, Door, Selector, Store, Verdict};

use crate::on_both_databases;
use crate::orders::{answer, cancel, noon, order, owned, start_packing, touch};

on_both_databases!(
    every_change_is_on_the_trail_with_its_door,
    an_order_that_never_changed_has_an_empty_trail_that_holds,
    a_verdict_without_a_change_leaves_no_trail,
    a_row_that_was_changed_breaks_the_chain,
    a_row_that_was_taken_out_breaks_the_chain,
    a_row_that_was_put_in_breaks_the_chain,
    staff_of_another_shop_find_no_order,
);

fn by_wang(shops: &[&str]) -> Selector {
    Selector::ByStaff {
        staff: "wang".into(),
        shops: shops.iter().map(|shop| (*shop).into()).collect(),
        order: "1".into(),
    }
}

/// An order with a trail of three: the program, somebody of the staff, its shopper.
async fn with_trail(database: &TestDatabase) -> Store {
    let store = database.store().await;
    store.insert_orders(&[order("1")]).await.unwrap();
    for selector in [
        Selector::ById("1".into()),
        by_wang(&["wanfu", "tepai"]),
        owned("1"),
    ] {
        let changed = store.change(&selector, None, noon(), touch).await;
        changed.unwrap();
    }
    store
}

async fn trail(store: &Store) -> AuditTrail {
    store.audit_of(&"1".into()).await.unwrap()
}

async fn every_change_is_on_the_trail_with_its_door(database: &TestDatabase) {
    let store = with_trail(database).await;
    let shop = Selector::ByShop {
        order: "1".into(),
        staff: Some("li".into()),
    };
    for (selector, decide) in [
        (shop, cancel as fn(_) -> Verdict),
        (Selector::External("shop-1".into()), touch),
    ] {
        store.change(&selector, None, noon(), decide).await.unwrap();
    }
    let trail = trail(&store).await;
    assert_eq!(trail.broken_at, None);
    let entries: Vec<_> = trail
        .entries
        .iter()
        .map(|entry| {
            let staff = entry.staff.as_ref().map(StaffId::as_str);
            (
                entry.seq,
                entry.door,
                staff,
                entry.what.join(" "),
                entry.before,
                entry.version,
            )
        })
        .collect();
    let held = || "held".to_owned();
    assert_eq!(
        entries,
        [
            (1, Door::System, None, held(), 1, 2),
            (2, Door::Staff, Some("wang"), held(), 2, 3),
            (3, Door::Shopper, None, held(), 3, 4),
            (4, Door::Shop, Some("li"), "cancelled".to_owned(), 4, 5),
            (5, Door::Shop, None, held(), 5, 6),
        ]
    );
    assert!(trail.entries.iter().all(|entry| entry.at == noon()));
    // A new order's trail begins with its coming in.
    let create = |_| Verdict {
        change: Some(Change {
            order: order("2"),
            effects: Effects::default(),
        }),
        answer: answer(201, ""),
        remember: false,
    };
    let selector = Selector::External("shop-2".into());
    store.change(&selector, None, noon(), create).await.unwrap();
    let trail = store.audit_of(&"2".into()).await.unwrap();
    assert_eq!((trail.entries[0].before, trail.entries[0].version), (0, 1));
    assert_eq!(trail.broken_at, None);
    let all = store.audited_orders(None, 10).await.unwrap();
    assert_eq!(all, ["1".into(), "2".into()]);
    let rest = store.audited_orders(Some(&"1".into()), 10).await.unwrap();
    assert_eq!(rest, ["2".into()]);
}

async fn an_order_that_never_changed_has_an_empty_trail_that_holds(database: &TestDatabase) {
    let store = database.store().await;
    store.insert_orders(&[order("1")]).await.unwrap();
    assert_eq!(trail(&store).await, AuditTrail::default());
    assert!(store.audited_orders(None, 10).await.unwrap().is_empty());
}

async fn a_verdict_without_a_change_leaves_no_trail(database: &TestDatabase) {
    let store = with_trail(database).await;
    let nothing = |_| Verdict::quiet(None);
    store
        .change(&owned("1"), None, noon(), nothing)
        .await
        .unwrap();
    assert_eq!(trail(&store).await.entries.len(), 3);
}

async fn a_row_that_was_changed_breaks_the_chain(database: &TestDatabase) {
    let store = with_trail(database).await;
    for (damage, repair) in [
        ("staff = 'li'", "staff = 'wang'"),
        ("staff = NULL", "staff = 'wang'"),
        ("at = at + 1", "at = at - 1"),
        ("what = 'confirmed'", "what = 'held'"),
        ("actor = 'shop'", "actor = 'staff'"),
        ("actor = 'nobody'", "actor = 'staff'"),
        ("version = 9", "version = 3"),
        ("detail = '{\"before\":1}'", "detail = '{\"before\":2}'"),
        ("detail = 'x'", "detail = '{\"before\":2}'"),
    ] {
        let change = |set: &str| format!("UPDATE audit SET {set} WHERE seq = 2");
        database.execute(&change(damage)).await;
        assert_eq!(trail(&store).await.broken_at, Some(2), "{damage}");
        database.execute(&change(repair)).await;
        assert_eq!(trail(&store).await.broken_at, None, "{repair}");
    }
}

async fn a_row_that_was_taken_out_breaks_the_chain(database: &TestDatabase) {
    for (gone, place) in [
        ("seq = 1", 1),
        ("seq = 2", 2),
        // At the end nothing follows that would show it, but the order has counted.
        ("seq = 3", 3),
        ("seq > 0", 1),
    ] {
        let store = with_trail(database).await;
        database
            .execute(&format!("DELETE FROM audit WHERE {gone}"))
            .await;
        assert_eq!(trail(&store).await.broken_at, Some(place), "{gone}");
        let named = store.audited_orders(None, 10).await.unwrap();
        assert_eq!(named, ["1".into()], "{gone}");
        for table in ["audit", "outbox", "notifications", "timeline", "orders"] {
            database.execute(&format!("DELETE FROM {table}")).await;
        }
    }
}

async fn a_row_that_was_put_in_breaks_the_chain(database: &TestDatabase) {
    let store = with_trail(database).await;
    database
        .execute(
            "INSERT INTO audit (order_id, seq, at, actor, staff, what, detail, version, previous, hash) \
             SELECT order_id, 4, at, actor, staff, what, detail, version, previous, hash FROM audit WHERE seq = 3",
        )
        .await;
    assert_eq!(trail(&store).await.broken_at, Some(4));
    // An order that changed behind the trail's back shows it, too.
    database.execute("DELETE FROM audit WHERE seq = 4").await;
    assert_eq!(trail(&store).await.broken_at, None);
    database.execute("UPDATE orders SET version = 9").await;
    assert_eq!(trail(&store).await.broken_at, Some(4));
}

async fn staff_of_another_shop_find_no_order(database: &TestDatabase) {
    let store = database.store().await;
    store.insert_orders(&[order("1")]).await.unwrap();
    for shops in [&["wanfu"][..], &["\0"]] {
        let mut seen = Some(order("1"));
        let look = |order: Option<_>| {
            seen = order;
            Verdict::quiet(None)
        };
        store
            .change(&by_wang(shops), None, noon(), look)
            .await
            .unwrap();
        assert_eq!(seen, None, "{shops:?}");
    }
    for shops in [&["wanfu", "tepai"][..], &[]] {
        let selector = by_wang(shops);
        let changed = store.change(&selector, None, noon(), start_packing).await;
        changed.unwrap();
        let order = store.order_by_id(&"1".into()).await.unwrap().unwrap();
        assert_eq!(order.state, OrderState::Packing, "{shops:?}");
    }
}

/// On SQLite alone: PostgreSQL keeps no value of another type.
#[tokio::test]
async fn a_value_of_another_type_breaks_the_chain_at_its_row_and_nothing_else() {
    let database = TestDatabase::sqlite();
    let store = with_trail(&database).await;
    database
        .execute("CREATE TABLE kept AS SELECT * FROM audit")
        .await;
    for column in [
        "at", "actor", "staff", "what", "detail", "version", "previous", "hash",
    ] {
        for value in ["'x'", "x'ff'", "1.5", "CAST(x'ff' AS TEXT)"] {
            let damage = format!("UPDATE audit SET {column} = {value} WHERE seq = 2");
            database.execute(&damage).await;
            let trail = trail(&store).await;
            assert_eq!(trail.broken_at, Some(2), "{damage}");
            assert_eq!(trail.entries.first().map(|entry| entry.seq), Some(1));
            assert_eq!(trail.entries.last().map(|entry| entry.seq), Some(3));
            database.execute("DELETE FROM audit").await;
            database
                .execute("INSERT INTO audit SELECT * FROM kept")
                .await;
        }
    }
    database.execute("UPDATE orders SET audited = 'x'").await;
    assert_eq!(trail(&store).await.broken_at, Some(4));
}
