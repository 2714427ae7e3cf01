//! Answers that no simulator gives.

use std::sync::Arc;

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{RSA_PKCS1_SHA256, RsaKeyPair};
use axum::Router;
use axum::extract::State;
use axum::http::{Method, StatusCode};
use axum::response::{IntoResponse as _, Response};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use orders_domain::{ProviderStage, RefundFailure};
use orders_payments::{Payments, ProviderError};
use orders_testkit::providers::WechatPaySimulator;
use tokio::net::TcpListener;

use crate::stage::{Stage, noon, provider, request, unclear};

/// What is answered.
#[derive(Clone)]
struct Canned {
    /// To a refund that is asked for.
    post: (u16, String),
    /// To a question how far it is.
    get: (u16, String),
    /// Seconds from the merchant's time.
    age: i64,
    signed: bool,
    location: Option<&'static str>,
}

async fn answer(State(canned): State<Arc<Canned>>, method: Method) -> Response {
    let (status, body) = if method == Method::POST {
        canned.post.clone()
    } else {
        canned.get.clone()
    };
    let status = StatusCode::from_u16(status).expect("a status");
    let mut response = (status, body.clone()).into_response();
    let headers = response.headers_mut();
    if let Some(location) = canned.location {
        headers.insert("location", location.parse().expect("a value"));
    }
    if canned.signed {
        let key = pem::parse(WechatPaySimulator::PLATFORM_PRIVATE_KEY).expect("PEM");
        let key = RsaKeyPair::from_pkcs8(key.contents()).expect("a key");
        let timestamp = (noon().timestamp() - canned.age).to_string();
        let text = format!("{timestamp}\nabc\n{body}\n");
        let mut signature = vec![0; key.public_modulus_len()];
        let random = SystemRandom::new();
        key.sign(&RSA_PKCS1_SHA256, &random, text.as_bytes(), &mut signature)
            .expect("a signature");
        let signature = STANDARD.encode(signature);
        for (name, value) in [
            ("wechatpay-serial", WechatPaySimulator::PLATFORM_KEY_ID),
            ("wechatpay-timestamp", &timestamp),
            ("wechatpay-nonce", "abc"),
            ("wechatpay-signature", &signature),
        ] {
            headers.insert(name, value.parse().expect("a value"));
        }
    }
    response
}

/// An account at a server that answers like that.
async fn account(canned: Canned) -> Payments {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let app = Router::new().fallback(answer).with_state(Arc::new(canned));
    tokio::spawn(async move { axum::serve(listener, app).await });
    let scene = Stage::new(orders_testkit::providers::Faults::default()).await;
    let account = scene.simulator.account_toml(&scene.folder);
    let account = account.replace(&scene.simulator.url(), &format!("http://{address}"));
    crate::stage::payments(&scene.folder, &account, "http://127.0.0.1:1")
}

fn refund(status: &str) -> String {
    format!(
        r#"{{"refund_id":"503","out_refund_no":"ord_1-R1","status":"{status}","amount":{{"refund":100}}}}"#
    )
}

fn error(code: &str, message: &str) -> String {
    format!(r#"{{"code":"{code}","message":"{message}"}}"#)
}

fn fine() -> Canned {
    Canned {
        post: (200, refund("PROCESSING")),
        get: (200, refund("PROCESSING")),
        age: 0,
        signed: true,
        location: None,
    }
}

#[tokio::test]
async fn answers_are_believed_when_they_are_signed_and_fresh() {
    let request = request("ord_1-R1", "tp-100001");
    let payments = account(fine()).await;
    let report = provider(&payments).refund(&request, noon()).await;
    assert_eq!(report.expect("a report").stage, ProviderStage::Accepted);
    let unbelievable = [
        Canned {
            signed: false,
            ..fine()
        },
        Canned { age: 301, ..fine() },
        Canned {
            age: -301,
            ..fine()
        },
        Canned {
            post: (202, refund("PROCESSING")),
            get: (204, String::new()),
            ..fine()
        },
        Canned {
            post: (200, String::new()),
            get: (200, "[]".to_owned()),
            ..fine()
        },
        Canned {
            post: (500, refund("SUCCESS")),
            get: (500, refund("SUCCESS")),
            ..fine()
        },
        Canned {
            post: (200, "x".repeat(2 << 20)),
            get: (200, "x".repeat(2 << 20)),
            ..fine()
        },
        Canned {
            post: (307, String::new()),
            get: (302, String::new()),
            location: Some("/v3/refund/domestic/refunds"),
            ..fine()
        },
    ];
    for canned in unbelievable {
        let payments = account(canned).await;
        unclear(&provider(&payments).refund(&request, noon()).await);
        unclear(&provider(&payments).ask(&request, noon()).await);
    }
}

#[tokio::test]
async fn a_refusal_is_believed_only_when_there_is_no_such_refund() {
    let full = (400, error("INVALID_REQUEST", "订单已全额退款"));
    let closed = (403, error("USER_ACCOUNT_ABNORMAL", "用户账号注销"));
    let missing = (404, error("RESOURCE_NOT_EXISTS", "退款单不存在"));
    let request = request("ord_1-R1", "tp-100001");
    for (post, failure) in [
        (full, RefundFailure::PaymentUnknown),
        (closed, RefundFailure::AccountClosed),
    ] {
        let refusing = Canned { post, ..fine() };
        let ends = [
            ((200, refund("PROCESSING")), Ok(ProviderStage::InClearing)),
            ((200, refund("SUCCESS")), Ok(ProviderStage::Arrived)),
            (missing.clone(), Err(Some(failure))),
            ((500, error("SYSTEM_ERROR", "")), Err(None)),
            ((429, error("FREQUENCY_LIMITED", "")), Err(None)),
        ];
        for (get, end) in ends {
            let payments = account(Canned {
                get,
                ..refusing.clone()
            })
            .await;
            let found = provider(&payments).refund(&request, noon()).await;
            let found = match found {
                Ok(report) => Ok(report.stage),
                Err(ProviderError::Refused(failure, _)) => Err(Some(failure)),
                Err(ProviderError::Unclear(_)) => Err(None),
                Err(other) => panic!("{other:?}"),
            };
            assert_eq!(found, end);
        }
    }
}
