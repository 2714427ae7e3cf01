//! The trail of an order: every change is in it, and none can be changed or taken out unnoticed.

use orders_domain::{
    Actor, Case, CaseAct, CaseEntry, CaseKind, CaseState, Change, Effects, Order, OrderState,
    Settlement, StaffId,
};
use orders_store::testing::TestDatabase;
use orders_store::{AuditTrail, Door, Selector, Store, Verdict};

use crate::on_both_databases;
use crate::orders::{answer, cancel, noon, order, owned, start_packing, touch};

on_both_databases!(
    every_change_is_on_the_trail_with_its_door,
    an_order_that_never_changed_has_an_empty_trail_that_holds,
    a_verdict_without_a_change_leaves_no_trail,
    the_database_itself_lets_nobody_change_a_trail_or_take_a_row_out,
    a_row_that_was_changed_breaks_the_chain,
    what_was_said_and_how_much_cannot_be_changed_behind_the_trail,
    rows_from_before_the_content_was_covered_still_hold,
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

async fn the_database_itself_lets_nobody_change_a_trail_or_take_a_row_out(database: &TestDatabase) {
    let store = with_trail(database).await;
    let before = trail(&store).await;
    let mut meddling = vec![
        "UPDATE audit SET staff = 'li' WHERE seq = 2",
        "UPDATE audit SET staff = staff",
        "DELETE FROM audit WHERE seq = 3",
        "DELETE FROM audit",
        "INSERT INTO audit SELECT * FROM audit WHERE seq = 2 \
         ON CONFLICT (order_id, seq) DO UPDATE SET staff = 'li'",
    ];
    // What deletes without being called so.
    meddling.push(if database.url().starts_with("postgres") {
        "TRUNCATE audit"
    } else {
        "REPLACE INTO audit SELECT * FROM audit WHERE seq = 2"
    });
    for sql in meddling {
        let why = database.refusal(sql).await;
        assert!(why.contains("only added to"), "{sql}: {why}");
    }
    assert_eq!(trail(&store).await, before);
    // What changes an order still adds to it.
    store
        .change(&owned("1"), None, noon(), touch)
        .await
        .unwrap();
    assert_eq!(trail(&store).await.entries.len(), 4);
}

async fn a_row_that_was_changed_breaks_the_chain(database: &TestDatabase) {
    let store = with_trail(database).await;
    database.unlock_trails().await;
    let keep = "CREATE TABLE kept AS SELECT detail FROM audit WHERE seq = 2";
    database.execute(keep).await;
    for (damage, repair) in [
        ("staff = 'li'", "staff = 'wang'"),
        ("staff = NULL", "staff = 'wang'"),
        ("at = at + 1", "at = at - 1"),
        ("what = 'confirmed'", "what = 'held'"),
        ("actor = 'shop'", "actor = 'staff'"),
        ("actor = 'nobody'", "actor = 'staff'"),
        ("version = 9", "version = 3"),
        // Without the digest of the content, as older rows are.
        (
            "detail = '{\"before\":2}'",
            "detail = (SELECT detail FROM kept)",
        ),
        ("detail = 'x'", "detail = (SELECT detail FROM kept)"),
    ] {
        let change = |set: &str| format!("UPDATE audit SET {set} WHERE seq = 2");
        database.execute(&change(damage)).await;
        assert_eq!(trail(&store).await.broken_at, Some(2), "{damage}");
        database.execute(&change(repair)).await;
        assert_eq!(trail(&store).await.broken_at, None, "{repair}");
    }
}

/// An order with a case in which something was said, a refund and a note of the seller's, changed once for each.
async fn with_content(database: &TestDatabase) -> Store {
    let store = database.store().await;
    store.insert_orders(&[order("1")]).await.unwrap();
    let said = |order: Option<Order>| {
        let mut order = order.unwrap();
        order.version += 1;
        order.body.cases.push(case_with("杯口有裂纹"));
        Verdict::quiet(Some(Change {
            order,
            effects: Effects::default(),
        }))
    };
    for decide in [said as fn(_) -> Verdict, cancel, touch] {
        let changed = store.change(&by_wang(&[]), None, noon(), decide).await;
        changed.unwrap();
    }
    assert_eq!(trail(&store).await.broken_at, None);
    store
}

fn case_with(text: &str) -> Case {
    Case {
        worth: Vec::new(),
        id: "1-C1".to_owned(),
        kind: CaseKind::RefundOnly,
        lines: Vec::new(),
        reason: "quality".to_owned(),
        condition: None,
        settlement: Settlement::default(),
        state: CaseState::Open,
        until: Some(noon()),
        opened_at: noon(),
        thread: vec![CaseEntry {
            at: noon(),
            by: Actor::Seller,
            what: CaseAct::Said,
            text: Some(text.to_owned()),
            staff: Some("wang".to_owned()),
            evidence: Vec::new(),
        }],
        return_to: None,
        parcel: None,
        refunds: Vec::new(),
    }
}

async fn what_was_said_and_how_much_cannot_be_changed_behind_the_trail(database: &TestDatabase) {
    let store = with_content(database).await;
    for (table, damage, repair, place) in [
        // The row that brought it shows it first.
        (
            "orders",
            "body = replace(body, '裂纹', '划痕')",
            "body = replace(body, '划痕', '裂纹')",
            1,
        ),
        (
            "orders",
            "body = replace(body, '\"staff\":\"wang\"', '\"staff\":\"li\"')",
            "body = replace(body, '\"staff\":\"li\"', '\"staff\":\"wang\"')",
            1,
        ),
        ("refunds", "amount = amount + 1", "amount = amount - 1", 2),
        (
            "timeline",
            "detail = 'x' || detail WHERE what = 'cancelled'",
            "detail = substr(detail, 2) WHERE what = 'cancelled'",
            2,
        ),
        (
            "timeline",
            "actor = 'seller' WHERE what = 'held'",
            "actor = 'system' WHERE what = 'held'",
            3,
        ),
        (
            "orders",
            "body = 'no order'",
            "body = (SELECT body FROM kept)",
            1,
        ),
    ] {
        if damage == "body = 'no order'" {
            let keep = "CREATE TABLE kept AS SELECT body FROM orders";
            database.execute(keep).await;
        }
        database
            .execute(&format!("UPDATE {table} SET {damage}"))
            .await;
        assert_eq!(trail(&store).await.broken_at, Some(place), "{damage}");
        database
            .execute(&format!("UPDATE {table} SET {repair}"))
            .await;
        assert_eq!(trail(&store).await.broken_at, None, "{repair}");
    }
}

async fn rows_from_before_the_content_was_covered_still_hold(database: &TestDatabase) {
    let store = with_trail(database).await;
    database.unlock_trails().await;
    // The first row as an older version wrote it; the others were written anew from there.
    let old = r#"{"before":1}"#;
    let canonical = format!(
        r#"["1",1,{},"system",null,"held",{},2]"#,
        noon().timestamp_millis(),
        serde_json::to_string(old).unwrap()
    );
    let hash = sha256(&format!("\n{canonical}"));
    database.execute("DELETE FROM audit WHERE seq > 1").await;
    database
        .execute(&format!(
            "UPDATE audit SET detail = '{old}', hash = '{hash}'"
        ))
        .await;
    database
        .execute("UPDATE orders SET audited = 1, version = 2")
        .await;
    assert_eq!(trail(&store).await.broken_at, None);
    // What follows is covered, whatever went before.
    store
        .change(&owned("1"), None, noon(), touch)
        .await
        .unwrap();
    assert_eq!(trail(&store).await.broken_at, None);
    let change = "UPDATE timeline SET actor = 'seller'";
    database.execute(change).await;
    assert_eq!(trail(&store).await.broken_at, Some(2));
}

fn sha256(text: &str) -> String {
    use sha2::Digest;
    let digest = sha2::Sha256::digest(text);
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

async fn a_row_that_was_taken_out_breaks_the_chain(database: &TestDatabase) {
    database.store().await;
    database.unlock_trails().await;
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
    database.unlock_trails().await;
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
    database.unlock_trails().await;
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
