//! Orders in bulk.

use std::collections::BTreeSet;

use orders_testkit::{bench_shopper, demo, many_orders, usual_now};

#[test]
fn every_shopper_gets_as_many_orders_as_asked() {
    let orders: Vec<_> = many_orders(3, 40, usual_now()).collect();
    assert_eq!(orders.len(), 120);
    for shopper in 0..3 {
        let own = orders
            .iter()
            .filter(|order| order.shopper == bench_shopper(shopper));
        assert_eq!(own.count(), 40);
    }
}

#[test]
fn bulk_orders_are_sound_and_meet_no_demo_order() {
    let now = usual_now();
    let taken: BTreeSet<_> = demo::orders(now).map(|order| order.id).collect();
    let mut ids = BTreeSet::new();
    for order in many_orders(20, 100, now) {
        assert_eq!(order.check(), Ok(()), "{}", order.number);
        assert!(order.timeline.iter().all(|entry| entry.at <= now));
        assert!(!taken.contains(&order.id));
        assert!(ids.insert(order.id));
    }
}

#[test]
fn no_orders_for_nobody() {
    assert_eq!(many_orders(0, 10, usual_now()).count(), 0);
    assert_eq!(many_orders(10, 0, usual_now()).count(), 0);
}
