//! The jobs of refunds: there exactly as long as there is something to do, and nobody's but one's at a time.

use std::collections::BTreeSet;

use orders_domain::{
    Actor, Currency, FirstPromise, Lateness, Money, Order, OrderId, OrderState, ProviderId, Refund,
    RefundCourse, RefundFailure, RefundId, RefundState, TimelineEvent,
};
use orders_store::testing::TestDatabase;
use orders_store::{
    Difference, DifferenceKind, Reconciliation, RefundJob, SentRefund, Store, Verdict,
};

use crate::on_both_databases;
use crate::orders::{answer, cancel, minutes, moved, noon, order, owned, refund};

on_both_databases!(
    a_refund_that_tepai_makes_has_a_job_until_it_has_arrived_or_failed,
    what_the_provider_said_comes_back_as_it_was,
    a_job_is_nobody_elses_until_its_claim_is_over,
    many_servers_take_up_each_job_once,
    jobs_of_a_provider_that_is_busy_are_left_where_they_are,
    a_job_is_put_off_only_by_whoever_has_it,
    news_of_a_refund_make_it_due,
    refunds_under_way_are_listed_page_by_page,
    late_refunds_are_found_until_they_were_told,
    the_refunds_of_a_day_are_those_that_the_provider_accepted_then,
    a_comparison_is_kept_and_replaced,
    the_order_of_a_refund_is_found,
);

/// An order with one refund, cancelled, which Tepai makes by `provider`.
fn refunding(id: &str, provider: &str) -> Order {
    let mut order = order(id);
    order.state = OrderState::Cancelled;
    let mut refund = refund(&order, 1);
    refund.course = RefundCourse {
        provider: Some(ProviderId::from(provider)),
        payment: Some(0),
        ..RefundCourse::default()
    };
    order.refunds.push(refund);
    order
}

async fn jobs(store: &Store) -> Vec<RefundJob> {
    let later = noon() + minutes(1);
    store.claim_refunds(noon(), later, 100, &[]).await.unwrap()
}

async fn change_refund(store: &Store, id: &str, alter: impl Fn(&mut Refund) + Send + Sync) {
    let decide = |order: Option<Order>| {
        let order = order.unwrap();
        let state = order.state;
        let mut change = moved(order, state, TimelineEvent::RefundSent, Actor::Provider);
        alter(&mut change.order.refunds[0]);
        Verdict {
            change: Some(change),
            answer: answer(200, ""),
            remember: false,
        }
    };
    store
        .change(&owned(id), None, noon(), decide)
        .await
        .unwrap();
}

async fn a_refund_that_tepai_makes_has_a_job_until_it_has_arrived_or_failed(
    database: &TestDatabase,
) {
    let store = database.store().await;
    store.insert_orders(&[order("1")]).await.unwrap();
    // One that the shop makes has none.
    store
        .change(&owned("1"), None, noon(), cancel)
        .await
        .unwrap();
    assert_eq!(jobs(&store).await, []);
    // One that was inserted has one as well.
    for (id, end) in [("2", RefundState::Arrived), ("3", RefundState::Failed)] {
        store.insert_orders(&[refunding(id, "wx")]).await.unwrap();
        let expected = format!("{id}-R1");
        let found = jobs(&store).await;
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].refund.as_str(), expected);
        assert_eq!(found[0].order.as_str(), id);
        assert_eq!(found[0].provider.as_str(), "wx");
        for state in [RefundState::Sent, RefundState::InClearing] {
            change_refund(&store, id, |refund| refund.state = state).await;
            assert!(store.hasten_refund(&found[0].refund, noon()).await.unwrap());
            assert_eq!(jobs(&store).await.len(), 1, "{state:?}");
        }
        change_refund(&store, id, |refund| refund.state = end).await;
        assert!(!store.hasten_refund(&found[0].refund, noon()).await.unwrap());
        assert_eq!(jobs(&store).await, [], "{end:?}");
    }
    // And one that a change makes.
    store.insert_orders(&[order("4")]).await.unwrap();
    let by_tepai = |order| {
        let mut verdict = cancel(order);
        let change = verdict.change.as_mut().unwrap();
        change.order.refunds[0].course.provider = Some(ProviderId::from("wx"));
        verdict
    };
    store
        .change(&owned("4"), None, noon(), by_tepai)
        .await
        .unwrap();
    assert_eq!(jobs(&store).await.len(), 1);
}

async fn what_the_provider_said_comes_back_as_it_was(database: &TestDatabase) {
    let store = database.store().await;
    store.insert_orders(&[refunding("1", "wx")]).await.unwrap();
    let course = RefundCourse {
        provider: Some(ProviderId::from("wx")),
        payment: Some(0),
        first: Some(FirstPromise {
            starts_by: "2026-11-26".parse().unwrap(),
            arrives_by: "2026-12-07".parse().unwrap(),
        }),
        reference: Some("50000000382019052709732678859".to_owned()),
        sent_at: Some(noon() + minutes(3)),
        expected_on: Some("2026-12-02".parse().unwrap()),
        failure: Some(RefundFailure::AccountClosed),
        told_late: Some(Lateness::NotSent),
        complained: true,
        change: None,
        earlier: Vec::new(),
    };
    change_refund(&store, "1", |refund| refund.course = course.clone()).await;
    let stored = store.order_by_id(&"1".into()).await.unwrap().unwrap();
    assert_eq!(stored.refunds[0].course, course);
}

async fn a_job_is_nobody_elses_until_its_claim_is_over(database: &TestDatabase) {
    let store = database.store().await;
    store.insert_orders(&[refunding("1", "wx")]).await.unwrap();
    let claim = |now, until| store.claim_refunds(now, until, 10, &[]);
    let early = noon() - minutes(1);
    assert_eq!(claim(early, noon()).await.unwrap(), []);
    let until = noon() + minutes(1);
    assert_eq!(claim(noon(), until).await.unwrap().len(), 1);
    assert_eq!(claim(noon(), until).await.unwrap(), []);
    // Whoever had it has crashed.
    assert_eq!(claim(until, until + minutes(1)).await.unwrap().len(), 1);
}

async fn many_servers_take_up_each_job_once(database: &TestDatabase) {
    let store = database.store().await;
    let orders: Vec<Order> = (0..300).map(|n| refunding(&n.to_string(), "wx")).collect();
    store.insert_orders(&orders).await.unwrap();
    let mut servers = tokio::task::JoinSet::new();
    for _ in 0..8 {
        let store = database.store().await;
        servers.spawn(async move {
            let mut mine = Vec::new();
            loop {
                let later = noon() + minutes(1);
                let jobs = store.claim_refunds(noon(), later, 7, &[]).await.unwrap();
                if jobs.is_empty() {
                    return mine;
                }
                mine.extend(jobs.into_iter().map(|job| job.refund));
            }
        });
    }
    let taken: Vec<RefundId> = servers.join_all().await.into_iter().flatten().collect();
    let different: BTreeSet<&RefundId> = taken.iter().collect();
    assert_eq!((taken.len(), different.len()), (300, 300));
}

async fn jobs_of_a_provider_that_is_busy_are_left_where_they_are(database: &TestDatabase) {
    let store = database.store().await;
    let orders = [
        refunding("1", "wx"),
        refunding("2", "ali"),
        refunding("3", "card"),
    ];
    store.insert_orders(&orders).await.unwrap();
    let later = noon() + minutes(1);
    let claim = |except: &'static [&'static str]| {
        let store = store.clone();
        async move {
            let except: Vec<ProviderId> = except.iter().copied().map(ProviderId::from).collect();
            let jobs = store
                .claim_refunds(noon(), later, 10, &except)
                .await
                .unwrap();
            let mut refunds: Vec<_> = jobs.into_iter().map(|job| job.refund.0).collect();
            refunds.sort();
            refunds
        }
    };
    assert_eq!(claim(&["wx", "ali", "card"]).await, [""; 0]);
    assert_eq!(claim(&["wx", "ali"]).await, ["3-R1"]);
    assert_eq!(claim(&["wx"]).await, ["2-R1"]);
    assert_eq!(claim(&[]).await, ["1-R1"]);
}

async fn a_job_is_put_off_only_by_whoever_has_it(database: &TestDatabase) {
    let store = database.store().await;
    store.insert_orders(&[refunding("1", "wx")]).await.unwrap();
    let until = noon() + minutes(1);
    let first = store.claim_refunds(noon(), until, 1, &[]).await.unwrap();
    let second = store
        .claim_refunds(until, until + minutes(1), 1, &[])
        .await
        .unwrap();
    let due = noon() + minutes(10);
    // The first took so long that it was taken for dead.
    store
        .put_off_refund(&first[0], noon() + minutes(90), 9, Some("too late"))
        .await
        .unwrap();
    store
        .put_off_refund(&second[0], due, 2, Some("no answer"))
        .await
        .unwrap();
    let listed = store.waiting_refunds(None, 10).await.unwrap();
    assert_eq!(listed.len(), 1);
    assert_eq!(listed[0].due_at, due);
    assert_eq!(listed[0].tries, 2);
    assert_eq!(listed[0].trouble.as_deref(), Some("no answer"));
    let again = store
        .claim_refunds(due, due + minutes(1), 1, &[])
        .await
        .unwrap();
    assert_eq!(again[0].tries, 2);
}

async fn news_of_a_refund_make_it_due(database: &TestDatabase) {
    let store = database.store().await;
    store.insert_orders(&[refunding("1", "wx")]).await.unwrap();
    let id = RefundId::from("1-R1");
    let job = jobs(&store).await.remove(0);
    let far = noon() + minutes(600);
    store.put_off_refund(&job, far, 0, None).await.unwrap();
    assert_eq!(jobs(&store).await, []);
    assert!(store.hasten_refund(&id, noon()).await.unwrap());
    assert_eq!(jobs(&store).await.len(), 1);
    assert!(!store.hasten_refund(&"other".into(), noon()).await.unwrap());
}

async fn refunds_under_way_are_listed_page_by_page(database: &TestDatabase) {
    let store = database.store().await;
    let orders: Vec<Order> = (0..5).map(|n| refunding(&n.to_string(), "wx")).collect();
    store.insert_orders(&orders).await.unwrap();
    let mut seen = Vec::new();
    loop {
        let page = store.waiting_refunds(seen.last(), 2).await.unwrap();
        if page.is_empty() {
            break;
        }
        seen.extend(page.into_iter().map(|waiting| waiting.refund));
    }
    let expected: Vec<RefundId> = (0..5).map(|n| RefundId(format!("{n}-R1"))).collect();
    assert_eq!(seen, expected);
}

async fn late_refunds_are_found_until_they_were_told(database: &TestDatabase) {
    let store = database.store().await;
    let mut late = refunding("late", "wx");
    late.refunds[0].promise.starts_by = "2026-11-20".parse().unwrap();
    let mut by_shop = late.clone();
    by_shop.id = "by-shop".into();
    by_shop.external_id = "by-shop".into();
    by_shop.refunds[0].id = "by-shop-R1".into();
    by_shop.refunds[0].course = RefundCourse::default();
    let in_time = refunding("in-time", "wx");
    let mut done = late.clone();
    done.id = "done".into();
    done.external_id = "done".into();
    done.refunds[0].id = "done-R1".into();
    done.refunds[0].state = RefundState::Arrived;
    store
        .insert_orders(&[late, by_shop, in_time, done])
        .await
        .unwrap();
    let found = |today: &'static str| {
        let store = store.clone();
        async move {
            let mut orders = store
                .late_refunds(today.parse().unwrap(), 10)
                .await
                .unwrap();
            orders.sort();
            orders.dedup();
            orders.iter().map(ToString::to_string).collect::<Vec<_>>()
        }
    };
    assert_eq!(found("2026-11-20").await, [""; 0]);
    assert_eq!(found("2026-11-21").await, ["by-shop", "late"]);
    let told = |late| move |refund: &mut Refund| refund.course.told_late = Some(late);
    change_refund(&store, "late", told(Lateness::NotSent)).await;
    assert_eq!(found("2026-11-21").await, ["by-shop"]);
    // The next promise is another matter.
    assert_eq!(found("2026-12-05").await, ["by-shop", "in-time", "late"]);
    change_refund(&store, "late", told(Lateness::NotArrived)).await;
    assert_eq!(found("2026-12-05").await, ["by-shop", "in-time"]);
    // Told, it may be complained about, once.
    let long = async |before: &[(&str, &str)]| {
        let before = before.iter();
        let before: Vec<_> = before
            .map(|(shop, day)| ((*shop).into(), day.parse().unwrap()))
            .collect();
        store.long_late_refunds(&before, 10).await.unwrap()
    };
    let late = [OrderId::from("late")];
    assert_eq!(long(&[("tepai", "2026-12-05")]).await, late);
    // Each shop has its own day, and some have none.
    assert!(long(&[("tepai", "2026-12-04")]).await.is_empty());
    assert!(long(&[("wanfu", "2026-12-05")]).await.is_empty());
    let both = [("wanfu", "2026-12-05"), ("tepai", "2026-12-05")];
    assert_eq!(long(&both).await, late);
    assert!(long(&[]).await.is_empty());
    change_refund(&store, "late", |refund| refund.course.complained = true).await;
    assert!(long(&both).await.is_empty());
}

async fn the_refunds_of_a_day_are_those_that_the_provider_accepted_then(database: &TestDatabase) {
    let store = database.store().await;
    let mut orders = Vec::new();
    for (id, provider, sent_at) in [
        ("before", "wx", Some(noon() - minutes(1))),
        ("first", "wx", Some(noon())),
        ("last", "wx", Some(noon() + minutes(59))),
        ("after", "wx", Some(noon() + minutes(60))),
        ("not-yet", "wx", None),
        ("elsewhere", "ali", Some(noon())),
    ] {
        let mut order = refunding(id, provider);
        order.refunds[0].course.sent_at = sent_at;
        orders.push(order);
    }
    store.insert_orders(&orders).await.unwrap();
    let wx = ProviderId::from("wx");
    let to = noon() + minutes(60);
    let mut sent = store.refunds_sent(&wx, noon(), to).await.unwrap();
    sent.sort_by(|a, b| a.refund.cmp(&b.refund));
    let expected = ["first-R1", "last-R1"].map(|id| SentRefund {
        refund: id.into(),
        amount: Money {
            amount: 25_800,
            currency: Currency::CNY,
        },
        state: RefundState::Approved,
        provider: Some(ProviderId::from("wx")),
    });
    assert_eq!(sent, expected);
    let one = store.refund_in_books(&"after-R1".into()).await.unwrap();
    assert_eq!(one.unwrap().amount.amount, 25_800);
    assert_eq!(store.refund_in_books(&"x".into()).await.unwrap(), None);
}

async fn a_comparison_is_kept_and_replaced(database: &TestDatabase) {
    let store = database.store().await;
    let provider = ProviderId::from("wx");
    assert_eq!(store.reconciled_days(&provider).await.unwrap(), []);
    let mut done = Reconciliation {
        provider: provider.clone(),
        day: "2026-11-20".parse().unwrap(),
        at: noon(),
        ours: (2, 300),
        theirs: (1, 100),
        differences: vec![Difference {
            refund: "r".into(),
            kind: DifferenceKind::MissingThere,
            ours: Some(200),
            theirs: None,
        }],
    };
    store.put_reconciliation(&done).await.unwrap();
    assert_eq!(store.reconciliations(10).await.unwrap(), [done.clone()]);
    done.theirs = (2, 300);
    done.differences.clear();
    store.put_reconciliation(&done).await.unwrap();
    assert_eq!(store.reconciliations(10).await.unwrap(), [done.clone()]);
    let next = Reconciliation {
        day: "2026-11-21".parse().unwrap(),
        ..done.clone()
    };
    store.put_reconciliation(&next).await.unwrap();
    let latest = store.reconciliations(1).await.unwrap();
    assert_eq!(latest, std::slice::from_ref(&next));
    let days = store.reconciled_days(&provider).await.unwrap();
    assert_eq!(days, [next.day, done.day]);
    assert_eq!(store.reconciled_days(&"ali".into()).await.unwrap(), []);
}

async fn the_order_of_a_refund_is_found(database: &TestDatabase) {
    let store = database.store().await;
    store.insert_orders(&[refunding("1", "wx")]).await.unwrap();
    let found = store.order_of_refund(&"1-R1".into()).await.unwrap();
    assert_eq!(found, Some("1".into()));
    for other in ["1-R2", "1", "a\0b"] {
        assert_eq!(store.order_of_refund(&other.into()).await.unwrap(), None);
    }
}
