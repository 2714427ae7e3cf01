//! How refunds go when all is well, and what rules they meet.

use std::time::Duration;

use orders_domain::{ProviderStage, RefundFailure};
use orders_payments::ProviderError;
use orders_testkit::providers::Faults;

use crate::stage::{Stage, later, noon, request, stage, unclear};

fn faults(settles: u64) -> Faults {
    Faults {
        settles: Duration::from_millis(settles),
        ..Faults::default()
    }
}

#[tokio::test]
async fn a_refund_is_accepted_then_in_clearing_then_there() {
    let scene = Stage::new(faults(1000)).await;
    let request = request("ord_1-R1", "tp-100001");
    assert_eq!(
        scene.ask(&request).await,
        Err(ProviderError::NoSuchRefund),
        "before it was made"
    );
    let report = scene.refund(&request).await.expect("a report");
    assert_eq!(report.stage, ProviderStage::Accepted);
    assert_eq!(report.accepted_at, Some(noon()));
    assert_eq!(report.account, None);
    let reference = report.reference.expect("a reference");
    assert_eq!(stage(scene.ask(&request).await), ProviderStage::InClearing);
    tokio::time::sleep(Duration::from_millis(1050)).await;
    let report = scene.ask(&request).await.expect("a report");
    assert_eq!(report.stage, ProviderStage::Arrived);
    assert_eq!(report.reference, Some(reference));
    assert_eq!(report.accepted_at, Some(noon()));
    assert_eq!(
        scene.simulator.book(|book| book.moved()),
        [("ord_1-R1".to_owned(), 100)].into()
    );
    assert_eq!(scene.violations(), Vec::<String>::new());
}

#[tokio::test]
async fn the_same_number_twice_moves_money_once() {
    let scene = Stage::new(faults(0)).await;
    let request = request("ord_1-R1", "tp-100001");
    let first = scene.refund(&request).await.expect("a report");
    let second = scene.refund(&request).await.expect("a report");
    assert_eq!(first, second);
    assert_eq!(scene.taken(), 1);
    let attempts = scene.simulator.book(|book| book.attempts["ord_1-R1"]);
    assert_eq!(attempts, 2);
    assert_eq!(scene.violations(), Vec::<String>::new());
}

#[tokio::test]
async fn numbers_of_any_signs_are_asked_for() {
    let scene = Stage::new(faults(0)).await;
    let request = request("a|b*c@d-_R1", "tp-100001");
    scene.refund(&request).await.expect("a report");
    assert_eq!(stage(scene.ask(&request).await), ProviderStage::Arrived);
    assert_eq!(scene.violations(), Vec::<String>::new());
}

#[tokio::test]
async fn a_payment_goes_by_wechat_pays_number_where_there_is_one() {
    let scene = Stage::new(faults(0)).await;
    let mut request = request("ord_1-R1", "tp-100001");
    request.payment.reference = Some("4200000001".to_owned());
    scene.refund(&request).await.expect("a report");
    let payments = scene.simulator.book(|book| book.payments.clone());
    assert_eq!(payments, [("4200000001".to_owned(), 300)].into());
}

#[tokio::test]
async fn what_becomes_of_it_is_told() {
    for (abnormal, closed, failure) in [
        (1000, 0, RefundFailure::AccountClosed),
        (0, 1000, RefundFailure::Refused),
    ] {
        let scene = Stage::new(Faults {
            abnormal,
            closed,
            ..faults(100)
        })
        .await;
        let request = request("ord_1-R1", "tp-100001");
        assert_eq!(stage(scene.refund(&request).await), ProviderStage::Accepted);
        tokio::time::sleep(Duration::from_millis(150)).await;
        let failed = ProviderStage::Failed(failure);
        assert_eq!(stage(scene.ask(&request).await), failed);
        assert_eq!(stage(scene.refund(&request).await), failed);
        assert!(scene.simulator.book(|book| book.moved().is_empty()));
    }
}

#[tokio::test]
async fn a_payment_that_is_not_known_is_refused() {
    let scene = Stage::new(faults(0)).await;
    scene.simulator.know_only_registered();
    let request = request("ord_1-R1", "tp-100001");
    let refused = scene.refund(&request).await.expect_err("refused");
    let ProviderError::Refused(failure, words) = refused else {
        panic!("{refused:?}");
    };
    assert_eq!(failure, RefundFailure::PaymentUnknown);
    assert!(words.contains("订单号不存在"), "{words}");
    assert_eq!(scene.taken(), 0);
    scene.simulator.register("tp-100001", 300);
    assert_eq!(stage(scene.refund(&request).await), ProviderStage::Arrived);
}

#[tokio::test]
async fn more_than_was_paid_is_refused_and_noted() {
    let scene = Stage::new(faults(0)).await;
    scene.simulator.set_parts_apart(Duration::ZERO);
    for number in 1..=3 {
        let request = request(&format!("ord_1-R{number}"), "tp-100001");
        assert_eq!(stage(scene.refund(&request).await), ProviderStage::Arrived);
    }
    assert_eq!(scene.violations(), Vec::<String>::new());
    let refused = scene.refund(&request("ord_1-R4", "tp-100001")).await;
    assert!(
        matches!(
            refused,
            Err(ProviderError::Refused(RefundFailure::PaymentUnknown, _))
        ),
        "{refused:?}"
    );
    assert_eq!(scene.violations().len(), 1);
    assert_eq!(scene.simulator.book(|book| book.refunded("tp-100001")), 300);
}

#[tokio::test]
async fn another_amount_under_the_same_number_is_never_a_failure() {
    let scene = Stage::new(faults(0)).await;
    let mut request = request("ord_1-R1", "tp-100001");
    scene.refund(&request).await.expect("a report");
    request.amount.amount = 99;
    unclear(&scene.refund(&request).await);
    unclear(&scene.ask(&request).await);
    assert_eq!(scene.violations().len(), 1);
    assert_eq!(scene.simulator.book(|book| book.refunded("tp-100001")), 100);
}

#[tokio::test]
async fn parts_are_a_minute_apart_and_fifty_at_most() {
    let scene = Stage::new(faults(0)).await;
    let part = |number: u32| {
        let mut request = request(&format!("ord_1-R{number}"), "tp-100001");
        request.amount.amount = 1;
        request
    };
    scene.refund(&part(1)).await.expect("a report");
    later(&scene.refund(&part(2)).await);
    // Other payments, and the same refund again, do not wait for it.
    scene
        .refund(&request("ord_2-R1", "tp-100002"))
        .await
        .expect("a report");
    scene.refund(&part(1)).await.expect("a report");
    scene.simulator.set_parts_apart(Duration::ZERO);
    for number in 2..=50 {
        scene.refund(&part(number)).await.expect("a report");
    }
    let refused = scene.refund(&part(51)).await;
    assert!(
        matches!(
            refused,
            Err(ProviderError::Refused(RefundFailure::TooManyParts, _))
        ),
        "{refused:?}"
    );
    assert_eq!(scene.violations(), Vec::<String>::new());
}
