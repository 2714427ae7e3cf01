//! What WeChat Pay tells by itself.

use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use orders_domain::{ProviderStage, RefundFailure};
use orders_payments::NotificationError;
use orders_testkit::providers::Faults;
use tokio::net::TcpListener;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::time::timeout;

use crate::stage::{Stage, noon, request, stage};

type Told = (HeaderMap, Bytes);

/// The merchant's server: where callbacks arrive. The first `refusals` are answered with 500.
async fn listener(refusals: usize) -> (String, UnboundedReceiver<Told>) {
    let (sender, receiver) = unbounded_channel();
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let refusals = std::sync::Arc::new(std::sync::atomic::AtomicUsize::new(refusals));
    let app = Router::new()
        .fallback(post(take))
        .with_state((sender, refusals));
    tokio::spawn(async move { axum::serve(listener, app).await });
    (format!("http://{address}/callbacks"), receiver)
}

type Merchant = (
    UnboundedSender<Told>,
    std::sync::Arc<std::sync::atomic::AtomicUsize>,
);

async fn take(
    State((sender, refusals)): State<Merchant>,
    headers: HeaderMap,
    body: Bytes,
) -> StatusCode {
    sender.send((headers, body)).expect("a listener");
    let order = std::sync::atomic::Ordering::SeqCst;
    let refuses = refusals.fetch_update(order, order, |left| left.checked_sub(1));
    if refuses.is_ok() {
        StatusCode::INTERNAL_SERVER_ERROR
    } else {
        StatusCode::NO_CONTENT
    }
}

async fn next(told: &mut UnboundedReceiver<Told>) -> Told {
    let told = timeout(Duration::from_secs(10), told.recv()).await;
    told.ok().flatten().expect("a callback")
}

/// Longer than the simulator waits before it tries again.
async fn no_more(told: &mut UnboundedReceiver<Told>) {
    let told = timeout(Duration::from_millis(700), told.recv()).await;
    assert!(told.is_err(), "{told:?}");
}

fn faults() -> Faults {
    Faults {
        settles: Duration::from_millis(50),
        ..Faults::default()
    }
}

#[tokio::test]
async fn a_callback_says_what_asking_says() {
    let table = [
        (0, 0, ProviderStage::Arrived),
        (1000, 0, ProviderStage::Failed(RefundFailure::AccountClosed)),
        (0, 1000, ProviderStage::Failed(RefundFailure::Refused)),
    ];
    for (abnormal, closed, end) in table {
        let (url, mut told) = listener(0).await;
        let faults = Faults {
            abnormal,
            closed,
            ..faults()
        };
        let scene = Stage::with_callbacks(faults, &url).await;
        let request = request("ord_1-R1", "tp-100001");
        scene.refund(&request).await.expect("a report");
        let (headers, body) = next(&mut told).await;
        let provider = scene.provider();
        let read = provider.read_notification(&headers, &body, noon());
        let read = read.expect("a notification");
        assert_eq!(read.refund, request.refund);
        let report = read.report.expect("a report");
        let asked = scene.ask(&request).await.expect("a report");
        assert_eq!(report.stage, end);
        assert_eq!(report.stage, asked.stage);
        assert_eq!(report.reference, asked.reference);
        assert_eq!(provider.thanks(), "");
        no_more(&mut told).await;

        let mut changed = body.to_vec();
        changed[10] ^= 1;
        let read = provider.read_notification(&headers, &changed, noon());
        assert!(matches!(read, Err(NotificationError::NotGenuine(_))));
        let old = noon() + chrono::TimeDelta::minutes(6);
        let read = provider.read_notification(&headers, &body, old);
        assert!(matches!(read, Err(NotificationError::NotGenuine(_))));
    }
}

#[tokio::test]
async fn a_callback_that_is_not_taken_comes_again() {
    let (url, mut told) = listener(2).await;
    let scene = Stage::with_callbacks(faults(), &url).await;
    let request = request("ord_1-R1", "tp-100001");
    scene.refund(&request).await.expect("a report");
    for _ in 0..3 {
        let (headers, body) = next(&mut told).await;
        let read = scene.provider().read_notification(&headers, &body, noon());
        assert_eq!(read.expect("a notification").refund, request.refund);
    }
    no_more(&mut told).await;
}

#[tokio::test]
async fn callbacks_are_lost_doubled_and_late() {
    let late = Duration::from_millis(200);
    let table = [
        (
            Faults {
                lost_callbacks: 1000,
                ..faults()
            },
            0,
        ),
        (
            Faults {
                doubled_callbacks: 1000,
                ..faults()
            },
            2,
        ),
        (
            Faults {
                late_callbacks: 1000,
                late,
                ..faults()
            },
            1,
        ),
    ];
    for (faults, times) in table {
        let (url, mut told) = listener(0).await;
        let scene = Stage::with_callbacks(faults, &url).await;
        let request = request("ord_1-R1", "tp-100001");
        let before = tokio::time::Instant::now();
        scene.refund(&request).await.expect("a report");
        for _ in 0..times {
            next(&mut told).await;
        }
        if faults.late_callbacks > 0 {
            assert!(before.elapsed() >= late);
        }
        no_more(&mut told).await;
        assert_eq!(stage(scene.ask(&request).await), ProviderStage::Arrived);
    }
}

#[tokio::test]
async fn nothing_is_told_twice_for_one_refund_that_was_asked_for_twice() {
    let (url, mut told) = listener(0).await;
    let scene = Stage::with_callbacks(faults(), &url).await;
    let request = request("ord_1-R1", "tp-100001");
    scene.refund(&request).await.expect("a report");
    scene.refund(&request).await.expect("a report");
    next(&mut told).await;
    no_more(&mut told).await;
}
