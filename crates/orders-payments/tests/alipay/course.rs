//! How refunds go: accepted, followed, made once whatever happens to the answers.

use std::collections::BTreeMap;
use std::time::Duration;

use aws_lc_rs::encoding::{AsDer as _, PublicKeyX509Der};
use aws_lc_rs::rsa::{KeyPair, KeySize};
use aws_lc_rs::signature::KeyPair as _;
use chrono::TimeDelta;
use orders_domain::{Channel, LocalText, ProviderStage, RefundFailure, RefundId};
use orders_payments::ProviderError;
use orders_testkit::providers::Faults;
use orders_testkit::{beijing_day, usual_now};

use crate::stage::{Merchant, number, request, stage};

/// Longer than any test takes.
const LATER: Duration = Duration::from_secs(3600);

#[tokio::test]
async fn a_refund_to_the_purse_is_accepted_and_then_there() {
    let faults = Faults::default();
    let merchant = Merchant::new("purse", faults).await;
    let refund = number(faults, false);
    let request = request(&refund, None);
    assert_eq!(
        merchant.ask(&request).await,
        Err(ProviderError::NoSuchRefund)
    );

    let report = merchant.refund(&request).await.unwrap();
    assert_eq!(report.stage, ProviderStage::Accepted);
    assert_eq!(report.reference.as_deref(), Some("trade-of-S1"));

    let report = merchant.ask(&request).await.unwrap();
    assert_eq!(report.stage, ProviderStage::Arrived);
    assert_eq!(report.accepted_at, Some(usual_now()));
    assert_eq!(report.account, None);
    assert_eq!(merchant.moved(), BTreeMap::from([(refund, 1234)]));
    merchant.behaved();
}

#[tokio::test]
async fn a_refund_to_a_card_is_in_clearing_until_the_bank_has_answered() {
    let faults = Faults {
        settles: LATER,
        ..Faults::default()
    };
    let merchant = Merchant::new("card", faults).await;
    let mut request = request(&number(faults, true), None);
    request.payment.channel = Channel::BankCard;
    request.payment.reference = Some("2026031622001".to_owned());
    assert_eq!(
        stage(merchant.refund(&request).await),
        ProviderStage::InClearing
    );

    let report = merchant.ask(&request).await.unwrap();
    assert_eq!(report.stage, ProviderStage::InClearing);
    assert_eq!(report.accepted_at, Some(usual_now()));
    let tomorrow = beijing_day(usual_now()) + TimeDelta::days(1);
    assert_eq!(report.expected_on, Some(tomorrow));

    merchant.simulator.set_faults(Faults::default());
    assert_eq!(stage(merchant.ask(&request).await), ProviderStage::Arrived);
    merchant.behaved();
}

#[tokio::test]
async fn money_that_a_closed_card_does_not_take_is_in_the_purse() {
    let faults = Faults {
        closed: 1000,
        settles: LATER,
        ..Faults::default()
    };
    let merchant = Merchant::new("closed", faults).await;
    let request = request("order-1-r1", None);
    assert_eq!(
        stage(merchant.refund(&request).await),
        ProviderStage::Accepted
    );
    assert_eq!(
        stage(merchant.ask(&request).await),
        ProviderStage::InClearing
    );

    merchant.simulator.set_faults(Faults::default());
    let report = merchant.ask(&request).await.unwrap();
    assert_eq!(report.stage, ProviderStage::Arrived);
    let purse = LocalText::new("支付宝余额", "Alipay balance");
    assert_eq!(report.account, Some(purse));
    let to_purse = merchant.simulator.book(|book| book.to_purse.len());
    assert_eq!((to_purse, merchant.moved().len()), (1, 1));
}

#[tokio::test]
async fn the_same_number_moves_money_once() {
    let merchant = Merchant::new("twice", Faults::default()).await;
    let request = request("order-1-r1", None);
    for _ in 0..3 {
        assert_eq!(
            stage(merchant.refund(&request).await),
            ProviderStage::Accepted
        );
    }
    assert_eq!(
        merchant.moved(),
        BTreeMap::from([("order-1-r1".to_owned(), 1234)])
    );
    let attempts = merchant.simulator.book(|book| book.attempts["order-1-r1"]);
    assert_eq!(attempts, 3);
    merchant.behaved();
}

#[tokio::test]
async fn the_simulator_notices_what_a_merchant_must_never_ask() {
    let merchant = Merchant::new("never", Faults::default()).await;
    merchant.simulator.know_only_registered();
    let mut request = request("order-1-r1", None);
    let unknown = merchant.refund(&request).await;
    assert!(matches!(
        unknown,
        Err(ProviderError::Refused(RefundFailure::PaymentUnknown, _))
    ));
    assert_eq!(
        merchant.ask(&request).await,
        Err(ProviderError::NoSuchRefund)
    );
    merchant.behaved();

    merchant.simulator.paid("S1", 1999);
    merchant.refund(&request).await.unwrap();
    request.amount.amount = 100;
    let discordant = merchant.refund(&request).await;
    assert!(matches!(discordant, Err(ProviderError::Unclear(_))));
    assert!(matches!(
        merchant.ask(&request).await,
        Err(ProviderError::Unclear(_))
    ));
    request.refund = RefundId::from("order-1-r2");
    request.amount.amount = 766;
    let more = merchant.refund(&request).await;
    assert!(matches!(
        more,
        Err(ProviderError::Refused(RefundFailure::PaymentUnknown, _))
    ));
    assert_eq!(merchant.simulator.book(|book| book.violations.len()), 2);
    assert_eq!(
        merchant.moved(),
        BTreeMap::from([("order-1-r1".to_owned(), 1234)])
    );
}

#[tokio::test]
async fn a_refund_whose_answer_is_lost_is_made_once() {
    for (name, faults) in [
        (
            "before",
            Faults {
                errors: 500,
                ..Faults::default()
            },
        ),
        (
            "after",
            Faults {
                errors_after: 500,
                ..Faults::default()
            },
        ),
        (
            "hung",
            Faults {
                hangs_after: 500,
                hang: Duration::from_millis(20),
                ..Faults::default()
            },
        ),
    ] {
        let merchant = Merchant::new(name, faults).await;
        let mut unclear = 0;
        for index in 0..20 {
            let request = request(&format!("order-{index}-r1"), None);
            while let Err(error) = merchant.refund(&request).await {
                assert!(matches!(error, ProviderError::Unclear(_)), "{error}");
                unclear += 1;
            }
            while let Err(error) = merchant.ask(&request).await {
                assert!(matches!(error, ProviderError::Unclear(_)), "{error}");
            }
        }
        assert!(unclear > 5, "{name}: {unclear}");
        assert_eq!(merchant.moved().values().sum::<i64>(), 20 * 1234, "{name}");
        merchant.behaved();
    }
}

#[tokio::test]
async fn a_refund_that_was_accepted_and_never_made_is_asked_for_again_and_refused() {
    let faults = Faults {
        abnormal: 1000,
        settles: LATER,
        ..Faults::default()
    };
    let merchant = Merchant::new("abnormal", faults).await;
    let sent = request("order-1-r1", Some(usual_now()));
    assert_eq!(stage(merchant.refund(&sent).await), ProviderStage::Accepted);
    let soon = usual_now() + TimeDelta::seconds(9);
    let asked = merchant.provider().ask(&sent, soon).await;
    assert_eq!(stage(asked), ProviderStage::Accepted);
    assert_eq!(merchant.ask(&sent).await, Err(ProviderError::NoSuchRefund));
    assert_eq!(stage(merchant.refund(&sent).await), ProviderStage::Accepted);

    merchant.simulator.set_faults(Faults::default());
    let refused = merchant.refund(&sent).await;
    assert!(matches!(
        refused,
        Err(ProviderError::Refused(RefundFailure::AccountClosed, _))
    ));
    assert_eq!(merchant.moved(), BTreeMap::new());
    merchant.behaved();
}

#[tokio::test]
async fn answers_that_another_key_signed_are_unclear() {
    let mut merchant = Merchant::new("key", Faults::default()).await;
    let key = KeyPair::generate(KeySize::Rsa2048).unwrap();
    let der: PublicKeyX509Der = key.public_key().as_der().unwrap();
    let pem = pem::encode(&pem::Pem::new("PUBLIC KEY", der.as_ref()));
    merchant.trust(&pem);
    let request = request("order-1-r1", None);
    let yesterday = beijing_day(usual_now()) - TimeDelta::days(1);
    for error in [
        merchant.refund(&request).await.unwrap_err(),
        merchant.ask(&request).await.unwrap_err(),
        merchant
            .provider()
            .ledger(yesterday, usual_now())
            .await
            .unwrap_err(),
    ] {
        let ProviderError::Unclear(words) = error else {
            panic!("{error}");
        };
        assert!(words.starts_with("wrongly signed"), "{words}");
    }
}

#[tokio::test]
async fn without_a_gateway_nothing_is_clear() {
    let merchant = Merchant::new("gone", Faults::default()).await;
    let request = request("order-1-r1", None);
    merchant.refund(&request).await.unwrap();
    merchant.simulator.stop().await;
    let Err(ProviderError::Unclear(words)) = merchant.refund(&request).await else {
        panic!("somebody answered");
    };
    assert!(!words.contains("sign="), "{words}");
    assert_eq!(merchant.moved().len(), 1);
}
