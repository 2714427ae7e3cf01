//! The queries that must stay fast search an index and sort nothing.

use orders_domain::Order;
use orders_store::testing::{
    TestDatabase, plan_of_counts, plan_of_list, plan_of_marks, plan_of_next_shop, plan_of_numbered,
    plan_of_unpaid_due, plans_for_staff, plans_of_cases, plans_of_complaints,
    plans_of_conversations, plans_of_enquiries, plans_of_evidence, plans_of_notifications,
    plans_of_refunds, plans_of_replies, plans_of_work,
};
use orders_store::{OrderQuery, Store, Tab};

use crate::orders::{lin, minutes, noon, order};

/// A store with some orders, with the planner's statistics and without.
async fn stores() -> Vec<(TestDatabase, Store)> {
    let mut stores = Vec::new();
    for settled in [false, true] {
        let database = TestDatabase::sqlite();
        let store = database.store().await;
        let orders: Vec<Order> = (0..500)
            .map(|n| {
                let mut order = order(&n.to_string());
                order.shopper = format!("s{}", n % 10).as_str().into();
                order
            })
            .collect();
        store.insert_orders(&orders).await.unwrap();
        if settled {
            store.settle().await.unwrap();
        }
        stores.push((database, store));
    }
    stores
}

fn assert_searched(plan: &[String], what: &str) {
    assert!(!plan.is_empty());
    for step in plan {
        assert!(
            step.starts_with("SEARCH orders USING") && step.contains("INDEX"),
            "{what}: {plan:?}"
        );
    }
}

#[tokio::test]
async fn every_tab_and_page_is_a_search_without_a_sort() {
    for (_database, store) in stores().await {
        let first = OrderQuery {
            limit: 1,
            ..OrderQuery::default()
        };
        let shopper = "s1".into();
        let cursor = store
            .list_orders(&shopper, &first)
            .await
            .unwrap()
            .next_cursor;
        assert!(cursor.is_some());
        for tab in Tab::ALL {
            for cursor in [None, cursor.clone()] {
                for placed_to in [None, Some(noon() + minutes(1))] {
                    let query = OrderQuery {
                        tab,
                        cursor: cursor.clone(),
                        placed_to,
                        placed_from: placed_to.map(|_| noon()),
                        limit: 20,
                        ..OrderQuery::default()
                    };
                    let plan = plan_of_list(&store, &lin(), &query).await.unwrap();
                    assert_searched(&plan, tab.code());
                }
            }
        }
    }
}

#[tokio::test]
async fn the_counts_come_from_an_index_alone() {
    for (_database, store) in stores().await {
        for placed_from in [None, Some(noon())] {
            let query = OrderQuery {
                placed_from,
                ..OrderQuery::default()
            };
            let plan = plan_of_counts(&store, &lin(), &query).await.unwrap();
            let first = &plan[0];
            assert!(
                first.contains("COVERING INDEX orders_counted (shopper=?"),
                "{plan:?}"
            );
        }
    }
}

#[tokio::test]
async fn unpaid_orders_are_found_by_their_index() {
    for (_database, store) in stores().await {
        let plan = plan_of_unpaid_due(&store).await.unwrap();
        assert_searched(&plan, "unpaid");
        assert!(plan[0].contains("orders_unpaid"), "{plan:?}");
    }
}

#[tokio::test]
async fn refunds_that_are_due_or_late_are_found_by_their_indexes() {
    for (_database, store) in stores().await {
        let plans = plans_of_refunds(&store).await.unwrap();
        let indexes = [
            "refund_jobs_due",
            "refunds_to_be_sent",
            "refunds_to_arrive",
            "refunds_long_late",
            "work_broken",
        ];
        assert_eq!(plans.len(), indexes.len());
        for (plan, index) in plans.iter().zip(indexes) {
            // Of what is long late the shop is asked of the order.
            let steps = if index == "refunds_long_late" { 2 } else { 1 };
            assert_eq!(plan.len(), steps, "no sort: {plan:?}");
            assert!(plan[0].contains(index), "{plan:?}");
            for step in plan {
                assert!(step.starts_with("SEARCH"), "{plan:?}");
            }
        }
    }
}

#[tokio::test]
async fn cases_are_found_and_listed_by_their_indexes() {
    for (_database, store) in stores().await {
        let plans = plans_of_cases(&store).await.unwrap();
        let indexes = ["cases_due", "cases_due", "cases_in_state"];
        for (plan, index) in plans.iter().zip(indexes) {
            assert_eq!(plan.len(), 1, "no sort: {plan:?}");
            assert!(
                plan[0].starts_with("SEARCH") && plan[0].contains(index),
                "{plan:?}"
            );
        }
    }
}

#[tokio::test]
async fn complaints_are_found_and_listed_by_their_indexes() {
    for (_database, store) in stores().await {
        let plans = plans_of_complaints(&store).await.unwrap();
        let indexes = ["complaints_due", "complaints_due", "complaints_in_state"];
        for (plan, index) in plans.iter().zip(indexes) {
            assert_eq!(plan.len(), 1, "no sort: {plan:?}");
            assert!(
                plan[0].starts_with("SEARCH") && plan[0].contains(index),
                "{plan:?}"
            );
        }
    }
}

#[tokio::test]
async fn conversations_are_found_and_counted_by_their_indexes() {
    for (_database, store) in stores().await {
        let plans = plans_of_conversations(&store).await.unwrap();
        let indexes = [
            "conversations_of_shopper",
            "conversations_of_shopper",
            "conversations_by_age",
            "conversations_by_state",
            "conversations_queue",
            "conversations_taken",
            "conversations_open",
            "conversations_of_shop ",
            "conversations_by_shop_state",
            "conversations_of_staff_by_state",
            "conversations_unanswered",
            "conversations_unpromised",
            "conversations_untold",
        ];
        assert_eq!(plans.len(), indexes.len());
        for (plan, index) in plans.iter().zip(indexes) {
            assert_eq!(plan.len(), 1, "no sort: {plan:?}");
            assert!(
                plan[0].starts_with("SEARCH") && plan[0].contains(index),
                "{plan:?}"
            );
        }
    }
}

#[tokio::test]
async fn photos_that_nobody_has_are_found_without_those_that_a_case_or_a_conversation_keeps() {
    for (_database, store) in stores().await {
        let plans = plans_of_evidence(&store).await.unwrap();
        for (plan, index) in plans.iter().zip(["evidence_of_shopper", "evidence_by_age"]) {
            assert!(plan[0].contains(index), "{plan:?}");
        }
        assert_eq!(plans.len(), 2);
    }
}

#[tokio::test]
async fn enquiries_are_found_by_their_indexes_and_never_sorted() {
    for (_database, store) in stores().await {
        let plans = plans_of_enquiries(&store).await.unwrap();
        let indexes = [
            "enquiries_of_order (order_id=?)",
            "enquiries_of_conversation (conversation=?)",
            "sqlite_autoindex_enquiry_entries_1 (enquiry=?)",
            "sqlite_autoindex_enquiries_1 (id>?)",
        ];
        assert_eq!(plans.len(), indexes.len());
        for (plan, index) in plans.iter().zip(indexes) {
            assert_eq!(plan.len(), 1, "no sort: {plan:?}");
            assert!(
                plan[0].starts_with("SEARCH") && plan[0].contains(index),
                "{plan:?}"
            );
        }
    }
}

#[tokio::test]
async fn canned_replies_are_read_in_the_order_of_their_indexes() {
    for (_database, store) in stores().await {
        let plans = plans_of_replies(&store).await.unwrap();
        let indexes = [
            "replies_code",
            "replies_code",
            "replies_archived",
            "replies_archived",
            "replies_code (code=? AND <expr>=?)",
        ];
        assert_eq!(plans.len(), indexes.len());
        for (plan, index) in plans.iter().zip(indexes) {
            assert_eq!(plan.len(), 1, "no sort: {plan:?}");
            assert!(plan[0].contains(index), "{plan:?}");
        }
    }
}

#[tokio::test]
async fn what_a_guest_names_is_found_by_its_index() {
    for (_database, store) in stores().await {
        let plan = plan_of_numbered(&store).await.unwrap();
        assert!(
            plan[0].starts_with("SEARCH orders USING INDEX") && plan[0].contains("(number=?"),
            "{plan:?}"
        );
    }
}

#[tokio::test]
async fn shops_are_found_by_their_index() {
    for (_database, store) in stores().await {
        let plan = plan_of_next_shop(&store).await.unwrap();
        assert_searched(&plan, "shops");
        assert!(
            plan[0].contains("COVERING INDEX orders_of_shop_newest (shop>?"),
            "{plan:?}"
        );
    }
}

#[tokio::test]
async fn a_shoppers_standing_is_found_by_the_key() {
    for (_database, store) in stores().await {
        let plan = plan_of_marks(&store).await.unwrap();
        assert_eq!(plan.len(), 1, "{plan:?}");
        assert!(plan[0].contains("(shopper=? AND shop=?)"), "{plan:?}");
    }
}

#[tokio::test]
async fn notifications_are_found_and_counted_by_their_indexes() {
    for (_database, store) in stores().await {
        let plans = plans_of_notifications(&store).await.unwrap();
        let expected = [
            "SEARCH notifications USING INDEX sqlite_autoindex_notifications_1 (shopper=? AND seq<?)",
            "SEARCH notifications USING COVERING INDEX sqlite_autoindex_notifications_1 (shopper=? AND seq>?)",
            "SEARCH notifications USING INDEX notifications_to_mail (mail_due_at<?)",
        ];
        for (plan, first) in plans.iter().zip(expected) {
            assert_eq!(plan[0], first, "{plan:?}");
            let searched = plan
                .iter()
                .all(|step| step.starts_with("SEARCH") || step.starts_with("SCALAR SUBQUERY"));
            assert!(searched, "no scan and no sort: {plan:?}");
        }
    }
}

#[tokio::test]
async fn the_queue_is_searched_and_counted_by_its_indexes_and_never_sorted() {
    for (_database, store) in stores().await {
        let plans = plans_of_work(&store).await.unwrap();
        let whole = [
            "work_due ",
            "work_due_of_kind ",
            "work_since ",
            "work_since_of_kind ",
        ];
        let indexes = whole.iter().chain(&whole);
        for (plan, index) in plans.iter().zip(indexes) {
            assert!(
                plan[0].starts_with("SEARCH work USING INDEX") && plan[0].contains(index),
                "{plan:?}"
            );
            let sorted = plan
                .iter()
                .any(|step| step.contains("TEMP B-TREE") || step.contains("SCAN"));
            assert!(!sorted, "{plan:?}");
        }
        let counted = &plans[8];
        assert!(
            counted
                .iter()
                .any(|step| step.contains("COVERING INDEX work_")),
            "{counted:?}"
        );
    }
}

#[tokio::test]
async fn what_staff_look_for_is_found_by_its_indexes() {
    for (_database, store) in stores().await {
        let plans = plans_for_staff(&store).await.unwrap();
        let indexes = [
            "orders_of_shopper",
            "orders_by_any_number",
            "sqlite_autoindex_orders",
            "orders_by_phone",
            "refunds_awaiting_way",
        ];
        for (plan, index) in plans.iter().zip(indexes) {
            assert!(
                plan[0].starts_with("SEARCH") && plan[0].contains(index),
                "{plan:?}"
            );
        }
    }
}
