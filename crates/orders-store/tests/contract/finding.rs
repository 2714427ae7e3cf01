//! What staff look for: orders by what somebody tells them, wishes for another way, cases of their shops.

use orders_domain::{
    Actor, Address, Case, CaseKind, CaseState, Change, Channel, Effects, Order, Role, Settlement,
    StaffMember, TimelineEvent, Way, WayChange, WayOutcome, WayState,
};
use orders_store::testing::TestDatabase;
use orders_store::{
    CaseQuery, Credentials, FoundOrders, OrderSearch, Selector, Shopper, Store, StoreError, Verdict,
};

use crate::on_both_databases;
use crate::orders::{answer, lin, minutes, moved, noon, order, owned, refund};

on_both_databases!(
    an_order_is_found_by_its_number_and_by_the_id_of_the_shop_whole,
    an_order_is_found_by_the_telephone_that_it_goes_to,
    telephones_from_before_there_was_a_column_are_filled_in,
    a_shoppers_orders_are_found_by_their_log_in_newest_first_page_by_page,
    a_log_in_hides_no_order_whose_number_or_id_it_is,
    staff_find_the_orders_of_their_shops_alone,
    an_open_wish_for_another_way_is_listed_until_it_is_decided,
    cases_are_listed_for_the_shops_that_are_asked_for,
);

fn search(text: &str) -> OrderSearch {
    OrderSearch {
        text: text.to_owned(),
        login: text.to_owned(),
        limit: 20,
        ..OrderSearch::default()
    }
}

fn ids(found: &FoundOrders) -> Vec<&str> {
    found.orders.iter().map(|order| order.id.as_str()).collect()
}

/// Three orders of Lin's, a minute apart, the third in another shop and with a refund.
async fn with_orders(database: &TestDatabase) -> Store {
    let store = database.store().await;
    let credentials = Credentials {
        shopper: Shopper {
            id: lin(),
            display_name: "林小姐".to_owned(),
        },
        password_hash: String::new(),
    };
    let logins = ["lin@example.com", "13800000001"];
    store.put_shopper(&credentials, &logins).await.unwrap();
    let mut orders: Vec<Order> = ["1", "2", "3"].map(order).into();
    for (order, n) in orders.iter_mut().zip(0..) {
        order.placed_at = noon() + minutes(n);
    }
    orders[2].shop = "wanfu".into();
    let made = refund(&orders[2], 1);
    orders[2].refunds.push(made);
    store.insert_orders(&orders).await.unwrap();
    store
}

async fn an_order_is_found_by_its_number_and_by_the_id_of_the_shop_whole(database: &TestDatabase) {
    let store = with_orders(database).await;
    for (text, expected) in [
        ("TP2", &["2"][..]),
        ("shop-2", &["2"]),
        ("TP", &[]),
        ("tp2", &["2"]),
        ("%", &[]),
        ("", &[]),
        ("\0", &[]),
        ("2", &[]),
    ] {
        let found = store.find_orders(&search(text)).await.unwrap();
        assert_eq!(ids(&found), expected, "{text}");
    }
    let logins = store.logins_of(&lin()).await.unwrap();
    assert_eq!(logins, ["13800000001", "lin@example.com"]);
}

/// Two orders to other telephones than Lin's, the second written with decoration.
async fn sent_to(database: &TestDatabase) -> Store {
    let store = with_orders(database).await;
    let mut gifts: Vec<Order> = ["7", "8"].map(order).into();
    for (gift, phone) in gifts.iter_mut().zip(["13900000009", "+86 139-0000-0008"]) {
        gift.body.address = Some(Address {
            recipient: "李".to_owned(),
            phone: phone.to_owned(),
            region: "杭州".to_owned(),
            street: "文一路".to_owned(),
        });
    }
    store.insert_orders(&gifts).await.unwrap();
    store
}

async fn found_at(store: &Store, phone: &str) -> Vec<String> {
    let found = store.find_orders(&search(phone)).await.unwrap();
    ids(&found).into_iter().map(str::to_owned).collect()
}

async fn an_order_is_found_by_the_telephone_that_it_goes_to(database: &TestDatabase) {
    let store = sent_to(database).await;
    assert_eq!(found_at(&store, "13900000009").await, ["7"]);
    assert_eq!(found_at(&store, "13900000008").await, ["8"]);
    assert!(found_at(&store, "1390000000").await.is_empty(), "the whole");
    // It goes elsewhere now.
    let moved = |order: Option<Order>| {
        let mut order = order.unwrap();
        order.version += 1;
        let address = order.body.address.as_mut().unwrap();
        address.phone = "13900000008".to_owned();
        Verdict::quiet(Some(Change {
            order,
            effects: Effects::default(),
        }))
    };
    let selector = Selector::ById("7".into());
    store.change(&selector, None, noon(), moved).await.unwrap();
    assert!(found_at(&store, "13900000009").await.is_empty());
    assert_eq!(found_at(&store, "13900000008").await, ["8", "7"]);
    // Of other shops it is not found.
    let mut query = search("13900000008");
    query.shops = vec!["wanfu".into()];
    assert!(store.find_orders(&query).await.unwrap().orders.is_empty());
}

async fn telephones_from_before_there_was_a_column_are_filled_in(database: &TestDatabase) {
    let store = sent_to(database).await;
    database.execute("UPDATE orders SET phone = NULL").await;
    database
        .execute("UPDATE orders SET body = 'no order' WHERE id = '1'")
        .await;
    assert!(found_at(&store, "13900000008").await.is_empty());
    let store = database.store().await;
    assert_eq!(found_at(&store, "13900000008").await, ["8"]);
}

async fn a_shoppers_orders_are_found_by_their_log_in_newest_first_page_by_page(
    database: &TestDatabase,
) {
    let store = with_orders(database).await;
    let mut query = search("Lin@example.com");
    let all = store.find_orders(&query).await.unwrap();
    assert_eq!(ids(&all), ["3", "2", "1"]);
    assert_eq!(all.orders[0].refunds.len(), 1);
    assert_eq!(all.next_cursor, None);
    query.limit = 2;
    let first = store.find_orders(&query).await.unwrap();
    assert_eq!(ids(&first), ["3", "2"]);
    query.cursor = first.next_cursor;
    let rest = store.find_orders(&query).await.unwrap();
    assert_eq!((ids(&rest), &rest.next_cursor), (vec!["1"], &None));
    query.cursor = Some("x".to_owned());
    let refused = store.find_orders(&query).await;
    assert!(matches!(refused, Err(StoreError::InvalidCursor)));
}

async fn a_log_in_hides_no_order_whose_number_or_id_it_is(database: &TestDatabase) {
    let store = with_orders(database).await;
    let mut others: Vec<Order> = ["4", "5"].map(order).into();
    for (other, n) in others.iter_mut().zip(3..) {
        other.shopper = "zhao".into();
        other.placed_at = noon() + minutes(n);
    }
    others[0].number = "13800000001".to_owned();
    others[1].external_id = "13800000001".into();
    let credentials = Credentials {
        shopper: Shopper {
            id: "zhao".into(),
            display_name: "赵".to_owned(),
        },
        password_hash: String::new(),
    };
    store.put_shopper(&credentials, &[]).await.unwrap();
    store.insert_orders(&others).await.unwrap();
    let mut query = search("13800000001");
    query.limit = 4;
    let first = store.find_orders(&query).await.unwrap();
    assert_eq!(ids(&first), ["5", "4", "3", "2"]);
    query.cursor = first.next_cursor;
    let rest = store.find_orders(&query).await.unwrap();
    assert_eq!((ids(&rest), &rest.next_cursor), (vec!["1"], &None));
}

async fn staff_find_the_orders_of_their_shops_alone(database: &TestDatabase) {
    let store = with_orders(database).await;
    let mut query = search("13800000001");
    query.shops = vec!["wanfu".into()];
    assert_eq!(ids(&store.find_orders(&query).await.unwrap()), ["3"]);
    query.text = "TP1".to_owned();
    query.login = query.text.clone();
    assert!(store.find_orders(&query).await.unwrap().orders.is_empty());
    let mut staff = StaffMember {
        id: "wang".into(),
        name: String::new(),
        role: Role::Admin,
        shops: vec!["wanfu".into()],
    };
    let other = store.order_for_staff(&staff, &"1".into()).await.unwrap();
    assert_eq!(other, None);
    let own = store.order_for_staff(&staff, &"3".into()).await.unwrap();
    assert!(own.is_some());
    staff.shops.clear();
    let any = store.order_for_staff(&staff, &"1".into()).await.unwrap();
    assert!(any.is_some());
}

async fn an_open_wish_for_another_way_is_listed_until_it_is_decided(database: &TestDatabase) {
    let store = with_orders(database).await;
    let listed = async |shops: &[&str]| {
        let shops: Vec<_> = shops.iter().map(|shop| (*shop).into()).collect();
        let page = store.open_ways(&shops, None, 20).await.unwrap();
        let ids = page.ways.into_iter().map(|way| way.refund.0);
        ids.collect::<Vec<_>>()
    };
    assert!(listed(&[]).await.is_empty());
    let wish = |outcome: Option<WayOutcome>| {
        move |order: Option<Order>| {
            let order = order.unwrap();
            let state = order.state;
            let what = TimelineEvent::RefundWayAsked;
            let mut change = moved(order, state, what, Actor::Shopper);
            change.order.refunds[0].course.change = Some(WayChange {
                way: Way {
                    channel: Channel::Alipay,
                    account: "lin@example.com".to_owned(),
                    holder: "林".to_owned(),
                    bank: None,
                },
                asked_at: noon(),
                held: true,
                approvals: Vec::new(),
                outcome: outcome.clone(),
                until: None,
            });
            Verdict {
                change: Some(change),
                answer: answer(200, ""),
                remember: false,
            }
        }
    };
    let changed = store.change(&owned("3"), None, noon(), wish(None)).await;
    changed.unwrap();
    assert_eq!(listed(&[]).await, ["3-R1"]);
    assert_eq!(listed(&["wanfu", "tepai"]).await, ["3-R1"]);
    assert!(listed(&["tepai"]).await.is_empty());
    let decided = WayOutcome {
        at: noon(),
        state: WayState::Declined,
        note: None,
    };
    let decided = wish(Some(decided));
    let changed = store.change(&owned("3"), None, noon(), decided).await;
    changed.unwrap();
    assert!(listed(&[]).await.is_empty());
    let refused = store.open_ways(&[], Some("x"), 1).await;
    assert!(matches!(refused, Err(StoreError::InvalidCursor)));
}

async fn cases_are_listed_for_the_shops_that_are_asked_for(database: &TestDatabase) {
    let store = database.store().await;
    let mut orders: Vec<Order> = ["1", "2"].map(order).into();
    orders[1].shop = "wanfu".into();
    for order in &mut orders {
        order.body.cases.push(Case {
            worth: Vec::new(),
            id: format!("{}-C1", order.id),
            kind: CaseKind::RefundOnly,
            lines: Vec::new(),
            reason: "quality".to_owned(),
            condition: None,
            settlement: Settlement::default(),
            state: CaseState::Open,
            until: Some(noon()),
            opened_at: noon(),
            thread: Vec::new(),
            return_to: None,
            parcel: None,
            refunds: Vec::new(),
        });
    }
    store.insert_orders(&orders).await.unwrap();
    for (shops, expected) in [
        (&[][..], &["1-C1", "2-C1"][..]),
        (&["wanfu"], &["2-C1"]),
        (&["\0"], &[]),
    ] {
        for state in [None, Some(CaseState::Open)] {
            let query = CaseQuery {
                state,
                shops: shops.iter().map(|shop| (*shop).into()).collect(),
                limit: 20,
                ..CaseQuery::default()
            };
            let page = store.list_cases(&query).await.unwrap();
            let ids: Vec<_> = page.cases.iter().map(|(id, _)| id.as_str()).collect();
            assert_eq!(ids, expected, "{shops:?}");
        }
    }
}
