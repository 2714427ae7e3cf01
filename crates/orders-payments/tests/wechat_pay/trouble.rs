//! Answers that are lost, wrong keys, and nobody there.

use std::collections::BTreeMap;
use std::time::Duration;

use aws_lc_rs::encoding::{AsDer as _, Pkcs8V1Der, PublicKeyX509Der};
use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::{KeyPair as _, RsaKeyPair};
use orders_domain::ProviderStage;
use orders_payments::ProviderError;
use orders_testkit::providers::Faults;

use crate::stage::{Stage, later, noon, request, stage, unclear};

#[tokio::test]
async fn an_answer_that_is_lost_does_not_move_money_twice() {
    let hang = Duration::from_millis(50);
    let none = Faults::default();
    let table = [
        (
            "errors",
            Faults {
                errors: 1000,
                ..none
            },
            0,
        ),
        (
            "errors after",
            Faults {
                errors_after: 1000,
                ..none
            },
            1,
        ),
        (
            "hangs after",
            Faults {
                hangs_after: 1000,
                hang,
                ..none
            },
            1,
        ),
    ];
    for (name, faults, taken) in table {
        let scene = Stage::new(faults).await;
        let request = request("ord_1-R1", "tp-100001");
        unclear(&scene.refund(&request).await);
        assert_eq!(scene.taken(), taken, "{name}");
        unclear(&scene.refund(&request).await);
        scene.simulator.set_faults(none);
        assert_eq!(
            stage(scene.refund(&request).await),
            ProviderStage::Arrived,
            "{name}"
        );
        assert_eq!(scene.taken(), 1, "{name}");
        let attempts = scene.simulator.book(|book| book.attempts["ord_1-R1"]);
        assert_eq!(attempts, 3, "{name}");
        assert_eq!(scene.violations(), Vec::<String>::new(), "{name}");
    }
}

#[tokio::test]
async fn a_bad_day_ends_as_the_book_says() {
    let scene = Stage::new(Faults {
        seed: 7,
        errors: 250,
        errors_after: 250,
        hangs_after: 100,
        abnormal: 100,
        closed: 100,
        hang: Duration::from_millis(10),
        settles: Duration::from_millis(20),
        ..Faults::default()
    })
    .await;
    let mut arrived = BTreeMap::new();
    for number in 0..60 {
        let request = request(&format!("ord_{number}-R1"), &format!("tp-{number:06}"));
        let mut attempts = 0;
        while let Err(error) = scene.refund(&request).await {
            assert!(matches!(error, ProviderError::Unclear(_)), "{error:?}");
            attempts += 1;
            assert!(attempts < 50, "retries get through");
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
        let stage = loop {
            match scene.ask(&request).await {
                Ok(report) => break report.stage,
                Err(error) => assert!(matches!(error, ProviderError::Unclear(_)), "{error:?}"),
            }
        };
        match stage {
            ProviderStage::Arrived => {
                arrived.insert(request.refund.0, request.amount.amount);
            }
            ProviderStage::Failed(_) => {}
            ProviderStage::Accepted | ProviderStage::InClearing => panic!("{stage:?}"),
        }
    }
    assert_eq!(scene.simulator.book(|book| book.moved()), arrived);
    assert!(arrived.len() < 60, "some fail");
    assert_eq!(scene.taken(), 60);
    assert_eq!(scene.violations(), Vec::<String>::new());
}

#[tokio::test]
async fn whoever_signs_with_another_key_is_not_believed() {
    let mut scene = Stage::new(Faults::default()).await;
    let other = RsaKeyPair::generate(KeySize::Rsa2048).expect("a key");
    let public: PublicKeyX509Der<'_> = other.public_key().as_der().expect("a key");
    let text = pem::encode(&pem::Pem::new("PUBLIC KEY", public.as_ref().to_vec()));
    std::fs::write(scene.folder.join("wechat_pay_platform.pem"), text).expect("written");
    scene.read_again();
    let request = request("ord_1-R1", "tp-100001");
    unclear(&scene.refund(&request).await);
    unclear(&scene.ask(&request).await);
    let today = noon().date_naive();
    let ledger = scene.provider().ledger(today, noon()).await;
    assert!(
        matches!(ledger, Err(ProviderError::Unclear(_))),
        "{ledger:?}"
    );
    assert_eq!(scene.taken(), 1, "the request was in order");
}

#[tokio::test]
async fn whoever_signs_with_a_wrong_key_is_owed_the_money() {
    let mut scene = Stage::new(Faults::default()).await;
    let other = RsaKeyPair::generate(KeySize::Rsa2048).expect("a key");
    let private: Pkcs8V1Der<'_> = other.as_der().expect("a key");
    let text = pem::encode(&pem::Pem::new("PRIVATE KEY", private.as_ref().to_vec()));
    std::fs::write(scene.folder.join("wechat_pay_merchant.pem"), text).expect("written");
    scene.read_again();
    let request = request("ord_1-R1", "tp-100001");
    later(&scene.refund(&request).await);
    later(&scene.ask(&request).await);
    assert_eq!(scene.taken(), 0);
    assert_eq!(scene.violations().len(), 2);
}

#[tokio::test]
async fn where_nobody_is_all_is_unclear() {
    let scene = Stage::new(Faults::default()).await;
    let request = request("ord_1-R1", "tp-100001");
    scene.refund(&request).await.expect("a report");
    let Stage {
        simulator, folder, ..
    } = scene;
    let account = simulator.account_toml(&folder);
    simulator.stop().await;
    let payments = crate::stage::payments(&folder, &account, "http://127.0.0.1:1");
    let provider = crate::stage::provider(&payments);
    unclear(&provider.refund(&request, noon()).await);
    unclear(&provider.ask(&request, noon()).await);
}
