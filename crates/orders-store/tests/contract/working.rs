//! What waits for the staff is in their queue exactly as long as it waits, and one at a time has it in hand.

use orders_domain::{
    Case, CaseKind, CaseState, Change, ConversationState, Effects, Instant, Order, OrderState,
    ShopId, StaffId, WorkKind,
};
use orders_store::testing::TestDatabase;
use orders_store::{
    Changed, ClaimFilter, Claimed, Conversed, Selector, Store, StoreError, Verdict, WorkOrder,
    WorkQuery,
};

use crate::on_both_databases;
use crate::orders::{in_state, minutes, noon, order};
use crate::talking;

on_both_databases!(
    what_an_order_has_to_decide_comes_and_goes_with_its_changes,
    a_conversation_is_in_the_queue_until_somebody_has_it,
    the_queue_is_in_order_page_by_page_over_all_shops_and_counted_by_kind,
    of_eight_who_claim_at_once_one_has_it,
    a_claim_ends_by_itself_and_is_taken_over_only_on_purpose,
    what_another_has_in_hand_is_not_decided,
    a_conversation_that_another_has_in_hand_is_not_taken,
    an_entry_of_another_shop_is_not_there,
    a_cursor_that_no_queue_gave_out_is_refused,
    what_waited_before_there_was_a_queue_is_in_it,
    what_was_not_decided_in_time_is_found_until_somebody_complains,
);

fn tepai() -> Vec<ShopId> {
    vec!["tepai".into()]
}

fn all() -> WorkQuery {
    WorkQuery {
        shops: tepai(),
        limit: 100,
        ..WorkQuery::default()
    }
}

async fn listed(store: &Store, query: &WorkQuery) -> Vec<String> {
    let page = store.list_work(query, noon()).await.unwrap();
    page.items.into_iter().map(|entry| entry.id).collect()
}

fn case(order: &str, until: Option<i64>) -> Case {
    Case {
        worth: Vec::new(),
        id: format!("{order}-C1"),
        kind: CaseKind::RefundOnly,
        lines: Vec::new(),
        reason: "quality".to_owned(),
        condition: None,
        settlement: orders_domain::Settlement::default(),
        state: match until {
            Some(_) => CaseState::Open,
            None => CaseState::Closed,
        },
        until: until.map(|after| noon() + minutes(after)),
        opened_at: noon(),
        thread: Vec::new(),
        return_to: None,
        parcel: None,
        refunds: Vec::new(),
    }
}

fn with_case(id: &str, until: i64) -> Order {
    let mut order = in_state(id, OrderState::Delivered);
    order.body.cases = vec![case(id, Some(until))];
    order
}

/// Changes an order as `change` says, for `selector`.
async fn changed(
    store: &Store,
    selector: &Selector,
    change: impl Fn(&mut Order) + Sync,
) -> Changed {
    let decide = |order: Option<Order>| {
        let mut order = order.unwrap();
        order.version += 1;
        change(&mut order);
        Verdict::quiet(Some(Change {
            order,
            effects: Effects::default(),
        }))
    };
    store.change(selector, None, noon(), decide).await.unwrap()
}

fn by_program(order: &str) -> Selector {
    Selector::ById(order.into())
}

fn by(staff: &str, order: &str) -> Selector {
    Selector::ByStaff {
        staff: staff.into(),
        shops: Vec::new(),
        order: order.into(),
    }
}

async fn what_an_order_has_to_decide_comes_and_goes_with_its_changes(database: &TestDatabase) {
    let store = database.store().await;
    store.insert_orders(&[order("1")]).await.unwrap();
    assert!(listed(&store, &all()).await.is_empty());
    let one = by_program("1");
    changed(&store, &one, |order| {
        order.state = OrderState::PendingConfirmation;
        order.body.request = Some(orders_domain::CancellationRequest {
            at: noon(),
            reason: "changed_mind".to_owned(),
            note: None,
            lines: Vec::new(),
            declined: None,
            until: None,
        });
        order.body.cases.push(case("1", Some(5)));
    })
    .await;
    // The case has a time to be done; the others wait since the same moment, and have none.
    assert_eq!(listed(&store, &all()).await, ["c-1-C1", "p-1", "q-1"]);
    let page = store.list_work(&all(), noon()).await.unwrap();
    assert_eq!(page.items[0].kind, WorkKind::AfterSaleCase);
    assert_eq!(page.items[0].subject.as_deref(), Some("1-C1"));
    assert_eq!(page.items[0].due_at, Some(noon() + minutes(5)));
    assert_eq!(page.items[1].due_at, None);
    changed(&store, &one, |order| {
        order.body.cases[0].until = Some(noon() + minutes(9));
        order.state = OrderState::Unpacked;
    })
    .await;
    assert_eq!(listed(&store, &all()).await, ["c-1-C1", "q-1"]);
    let page = store.list_work(&all(), noon()).await.unwrap();
    assert_eq!(page.items[0].due_at, Some(noon() + minutes(9)));
    changed(&store, &one, |order| {
        order.body.cases[0].state = CaseState::Rejected;
        order.body.request = None;
    })
    .await;
    assert!(listed(&store, &all()).await.is_empty());
}

async fn a_conversation_is_in_the_queue_until_somebody_has_it(database: &TestDatabase) {
    let store = talking::store(database).await;
    talking::open(&store, talking::blank("k1", Some("1"), noon())).await;
    let page = store.list_work(&all(), noon()).await.unwrap();
    let [entry] = page.items.as_slice() else {
        panic!("{page:?}");
    };
    assert_eq!(
        (entry.id.as_str(), entry.kind),
        ("t-k1", WorkKind::Conversation)
    );
    assert_eq!(entry.order, Some("1".into()));
    assert_eq!(entry.shopper_name, "lin");
    talking::say(&store, "k1", &talking::words("more")).await;
    assert_eq!(
        listed(&store, &all()).await,
        ["t-k1"],
        "said twice, there once"
    );
    talking::take(&store, "k1", noon()).await;
    assert!(listed(&store, &all()).await.is_empty());
    talking::bring(&store, "k1", ConversationState::Left).await;
    assert_eq!(listed(&store, &all()).await, ["t-k1"]);
    talking::bring(&store, "k1", ConversationState::Closed).await;
    assert!(listed(&store, &all()).await.is_empty());
}

async fn the_queue_is_in_order_page_by_page_over_all_shops_and_counted_by_kind(
    database: &TestDatabase,
) {
    let store = database.store().await;
    let mut orders = Vec::new();
    for (id, shop, until) in [
        ("a", "tepai", 7),
        ("b", "wanfu", 3),
        ("c", "tepai", 7),
        ("d", "gone", 1),
    ] {
        let mut order = with_case(id, until);
        order.shop = shop.into();
        // The later it is due, the longer it has waited.
        order.body.cases[0].opened_at = noon() - minutes(until);
        if id == "c" {
            order.body.cases[0].opened_at -= minutes(1);
        }
        orders.push(order);
    }
    // Without a time to be done by; whoever waits longest has the last id.
    for (id, since) in [("e", 5), ("f", 6)] {
        let mut waits = in_state(id, OrderState::PendingConfirmation);
        waits.placed_at = noon() - minutes(since);
        orders.push(waits);
    }
    store.insert_orders(&orders).await.unwrap();
    let both = WorkQuery {
        shops: vec!["tepai".into(), "wanfu".into()],
        ..all()
    };
    let age = WorkQuery {
        order: WorkOrder::Age,
        ..both.clone()
    };
    let cases = WorkQuery {
        kind: Some(WorkKind::AfterSaleCase),
        ..both.clone()
    };
    for (query, expected) in [
        (&both, &["c-b-C1", "c-c-C1", "c-a-C1", "p-f", "p-e"][..]),
        (&age, &["c-c-C1", "c-a-C1", "p-f", "p-e", "c-b-C1"]),
        (&cases, &["c-b-C1", "c-c-C1", "c-a-C1"]),
    ] {
        assert_eq!(listed(&store, query).await, expected);
        let mut pieces = Vec::new();
        let mut cursor = None;
        loop {
            let query = WorkQuery {
                cursor,
                limit: 1,
                ..query.clone()
            };
            let page = store.list_work(&query, noon()).await.unwrap();
            pieces.extend(page.items.into_iter().map(|entry| entry.id));
            cursor = page.next_cursor;
            if cursor.is_none() {
                break;
            }
        }
        assert_eq!(pieces, expected);
    }
    let page = store.list_work(&both, noon()).await.unwrap();
    let count = |kind: WorkKind| page.counts.iter().find(|(of, _)| *of == kind).unwrap().1;
    assert_eq!(count(WorkKind::AfterSaleCase), 3);
    assert_eq!(count(WorkKind::PendingConfirmation), 2);
    assert_eq!(count(WorkKind::Complaint), 0);
}

async fn claim(store: &Store, id: &str, staff: &str, take_over: bool, now: Instant) -> Claimed {
    let (staff, shops) = (StaffId::from(staff), tepai());
    let claimed = store.claim_work(id, &staff, &shops, take_over, now);
    claimed.await.unwrap()
}

async fn of_eight_who_claim_at_once_one_has_it(database: &TestDatabase) {
    let store = database.store().await;
    store.insert_orders(&[with_case("1", 5)]).await.unwrap();
    let mut claims = tokio::task::JoinSet::new();
    for number in 0..8 {
        let store = database.store().await;
        let staff = format!("s{number}");
        claims.spawn(async move { claim(&store, "c-1-C1", &staff, false, noon()).await });
    }
    let mut won = Vec::new();
    let mut told = Vec::new();
    while let Some(claimed) = claims.join_next().await {
        match claimed.unwrap() {
            Claimed::Done(entry) => won.push(entry.claim.unwrap().staff),
            Claimed::ByAnother(claim) => told.push(claim.staff),
            Claimed::NotThere => panic!("it is there"),
        }
    }
    assert_eq!((won.len(), told.len()), (1, 7));
    assert!(told.iter().all(|of| *of == won[0]), "{won:?} {told:?}");
}

async fn a_claim_ends_by_itself_and_is_taken_over_only_on_purpose(database: &TestDatabase) {
    let store = database.store().await;
    store.insert_orders(&[with_case("1", 5)]).await.unwrap();
    let id = "c-1-C1";
    let mine = WorkQuery {
        claim: ClaimFilter::Of("wang".into()),
        ..all()
    };
    let free = WorkQuery {
        claim: ClaimFilter::Free,
        ..all()
    };
    assert_eq!(listed(&store, &free).await, [id]);
    assert!(matches!(
        claim(&store, id, "wang", false, noon()).await,
        Claimed::Done(_)
    ));
    assert_eq!(listed(&store, &mine).await, [id]);
    assert!(listed(&store, &free).await.is_empty());
    let nine = noon() + minutes(9);
    assert!(matches!(
        claim(&store, id, "li", false, nine).await,
        Claimed::ByAnother(_)
    ));
    assert!(matches!(
        claim(&store, id, "wang", false, nine).await,
        Claimed::Done(_)
    ));
    let renewed = noon() + minutes(18);
    let Claimed::ByAnother(held) = claim(&store, id, "li", false, renewed).await else {
        panic!("it was renewed");
    };
    assert_eq!(held.until, noon() + minutes(19));
    let over = noon() + minutes(19);
    assert!(matches!(
        claim(&store, id, "li", false, over).await,
        Claimed::Done(_)
    ));
    assert!(matches!(
        claim(&store, id, "wang", true, over).await,
        Claimed::Done(_)
    ));
    let release = async |staff: &str| {
        let staff = StaffId::from(staff);
        store
            .release_work(id, &staff, &tepai(), over)
            .await
            .unwrap()
    };
    assert!(release("li").await, "it is there");
    assert!(matches!(
        claim(&store, id, "li", false, over).await,
        Claimed::ByAnother(_)
    ));
    assert!(release("wang").await);
    assert!(matches!(
        claim(&store, id, "li", false, over).await,
        Claimed::Done(_)
    ));
}

async fn what_another_has_in_hand_is_not_decided(database: &TestDatabase) {
    let store = database.store().await;
    store.insert_orders(&[with_case("1", 5)]).await.unwrap();
    claim(&store, "c-1-C1", "wang", false, noon()).await;
    let decide = |order: &mut Order| order.body.cases[0].state = CaseState::Rejected;
    let li = by("li", "1");
    let refused = changed(&store, &li, decide).await;
    let Changed::ClaimedByAnother(held) = refused else {
        panic!("{refused:?}");
    };
    assert_eq!(held.staff, "wang".into());
    let found = store.order_by_id(&"1".into()).await.unwrap().unwrap();
    assert_eq!(found.version, 1, "nothing was done");
    let other = |order: &mut Order| order.number = "N".to_owned();
    let beside = changed(&store, &li, other).await;
    assert!(matches!(beside, Changed::Done { .. }), "it decides nothing");
    let done = changed(&store, &by("wang", "1"), decide).await;
    assert!(matches!(done, Changed::Done { .. }), "{done:?}");
    assert!(listed(&store, &all()).await.is_empty());
}

async fn a_conversation_that_another_has_in_hand_is_not_taken(database: &TestDatabase) {
    let store = talking::store(database).await;
    talking::open(&store, talking::blank("k1", Some("1"), noon())).await;
    claim(&store, "t-k1", "wang", false, noon()).await;
    let li = talking::taken_by(&store, "k1", "li", noon()).await;
    let Conversed::ClaimedByAnother(held) = li else {
        panic!("{li:?}");
    };
    assert_eq!(held.staff, "wang".into());
    assert_eq!(listed(&store, &all()).await, ["t-k1"], "nothing was done");
    let over = noon() + minutes(10);
    let done = talking::taken_by(&store, "k1", "li", over).await;
    assert!(matches!(done, Conversed::Done { .. }), "{done:?}");
    assert!(listed(&store, &all()).await.is_empty());
}

async fn an_entry_of_another_shop_is_not_there(database: &TestDatabase) {
    let store = database.store().await;
    store.insert_orders(&[with_case("1", 5)]).await.unwrap();
    let (wang, elsewhere) = (StaffId::from("wang"), [ShopId::from("wanfu")]);
    for id in ["c-1-C1", "c-9-C1", "\0"] {
        let claimed = store.claim_work(id, &wang, &elsewhere, true, noon());
        assert_eq!(claimed.await.unwrap(), Claimed::NotThere, "{id}");
        let released = store.release_work(id, &wang, &elsewhere, noon());
        assert!(!released.await.unwrap(), "{id}");
    }
    let query = WorkQuery {
        shops: elsewhere.into(),
        ..all()
    };
    assert!(listed(&store, &query).await.is_empty());
}

async fn a_cursor_that_no_queue_gave_out_is_refused(database: &TestDatabase) {
    let store = database.store().await;
    let query = WorkQuery {
        cursor: Some("zz".to_owned()),
        ..all()
    };
    let refused = store.list_work(&query, noon()).await;
    assert!(matches!(refused, Err(StoreError::InvalidCursor)));

    let orders = [with_case("1", 5), with_case("2", 6)];
    store.insert_orders(&orders).await.unwrap();
    let first = WorkQuery { limit: 1, ..all() };
    let cursor = store.list_work(&first, noon()).await.unwrap().next_cursor;
    assert!(cursor.is_some());
    let next = WorkQuery { cursor, ..first };
    assert_eq!(listed(&store, &next).await, ["c-2-C1"]);
    let other = WorkQuery {
        order: WorkOrder::Age,
        ..next
    };
    let refused = store.list_work(&other, noon()).await;
    assert!(matches!(refused, Err(StoreError::InvalidCursor)));
}

async fn what_waited_before_there_was_a_queue_is_in_it(database: &TestDatabase) {
    let store = talking::store(database).await;
    talking::open(&store, talking::blank("k1", Some("1"), noon())).await;
    let mut over = with_case("b", 5);
    over.body.cases = vec![case("b", None)];
    let waits = in_state("c", OrderState::PendingConfirmation);
    let request = |declined| orders_domain::CancellationRequest {
        at: noon(),
        reason: "other".to_owned(),
        // Words that look like the JSON of an open request.
        note: Some(r#""declined":null"#.to_owned()),
        lines: Vec::new(),
        declined,
        until: None,
    };
    let (mut asks, mut asked) = (order("d"), order("e"));
    asks.body.request = Some(request(None));
    asked.body.request = Some(request(Some(orders_domain::Declined {
        at: noon(),
        note: "no".to_owned(),
    })));
    let orders = [with_case("a", 5), over, waits, asks, asked];
    store.insert_orders(&orders).await.unwrap();
    let query = all();
    let before = listed(&store, &query).await;
    assert_eq!(before, ["c-a-C1", "p-c", "q-d", "t-k1"]);
    database.execute("DELETE FROM work").await;
    let migration = include_str!("../../migrations/0011_work.sql");
    let (_, filled) = migration.split_once("-- What waits already.").unwrap();
    let statements = filled.split_once('\n').unwrap().1;
    database.execute(statements).await;
    assert_eq!(listed(&store, &query).await, before);
}

async fn what_was_not_decided_in_time_is_found_until_somebody_complains(database: &TestDatabase) {
    let store = database.store().await;
    let asks = |id: &str, until: i64| {
        let mut order = order(id);
        order.body.request = Some(orders_domain::CancellationRequest {
            at: noon(),
            reason: "other".to_owned(),
            note: None,
            lines: Vec::new(),
            declined: None,
            until: Some(noon() + minutes(until)),
        });
        order
    };
    let mut timeless = asks("4", 0);
    timeless.body.request.as_mut().unwrap().until = None;
    let mut elsewhere = asks("5", 10);
    elsewhere.shop = "wanfu".into();
    let orders = [
        asks("1", 20),
        asks("2", 10),
        asks("3", 30),
        timeless,
        elsewhere,
    ];
    store.insert_orders(&orders).await.unwrap();
    let found = async |after: i64, now: i64| {
        let after = [(ShopId::from("tepai"), noon() + minutes(after))];
        let found = store.broken_dates(&after, noon() + minutes(now), 10);
        let found = found.await.unwrap().into_iter().map(|id| id.0);
        found.collect::<Vec<_>>()
    };
    assert!(found(-60, 9).await.is_empty());
    assert_eq!(
        found(-60, 20).await,
        ["2", "1"],
        "the longest overdue first"
    );
    assert_eq!(found(10, 20).await, ["1"], "the other is too long ago");
    // Whoever has it in hand goes on with it when it is complained about.
    let wang = StaffId::from("wang");
    let claimed = claim(&store, "q-1", "wang", false, noon()).await;
    assert!(matches!(claimed, Claimed::Done(_)));
    changed(&store, &by_program("1"), |order| {
        let received = orders_domain::ComplaintState::Received;
        let complaint = crate::complaints::complaint("1", 1, received, Some(60));
        order.body.complaints.push(complaint);
    })
    .await;
    assert_eq!(found(-60, 20).await, ["2"]);
    let page = store.list_work(&all(), noon()).await.unwrap();
    let entry = page.items.iter().find(|entry| entry.id == "q-1").unwrap();
    assert_eq!(entry.claim.as_ref().map(|claim| &claim.staff), Some(&wang));
    changed(&store, &by_program("2"), |order| order.body.request = None).await;
    assert!(found(-60, 20).await.is_empty());
}
