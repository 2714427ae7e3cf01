//! What the simulator tells by itself, read by the adapter.

use std::sync::Arc;

use http::HeaderMap;
use orders_domain::{ProviderReport, ProviderStage, RefundId};
use orders_payments::{Notification, NotificationError};
use orders_testkit::providers::Faults;
use orders_testkit::usual_now;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;
use tokio::sync::mpsc;

use crate::stage::{Merchant, request};

/// Takes notes of every form that is sent there, and answers as it is told, the last answer for good.
async fn listen(answers: &'static [&'static str]) -> (String, mpsc::UnboundedReceiver<Vec<u8>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/callbacks/alipay", listener.local_addr().unwrap());
    let (tell, told) = mpsc::unbounded_channel();
    let tell = Arc::new(tell);
    tokio::spawn(async move {
        for count in 0.. {
            let (mut stream, _) = listener.accept().await.unwrap();
            let answer = answers[answers.len().min(count + 1) - 1];
            let tell = Arc::clone(&tell);
            tokio::spawn(async move {
                let mut request = Vec::new();
                let body = loop {
                    let mut part = [0; 4096];
                    let read = stream.read(&mut part).await.unwrap();
                    request.extend_from_slice(&part[..read]);
                    let text = String::from_utf8_lossy(&request);
                    let Some((head, body)) = text.split_once("\r\n\r\n") else {
                        continue;
                    };
                    let length = head.split("content-length: ").nth(1).unwrap();
                    let length: usize = length.lines().next().unwrap().parse().unwrap();
                    if body.len() == length {
                        break body.as_bytes().to_vec();
                    }
                };
                tell.send(body).unwrap();
                let answer = format!(
                    "HTTP/1.1 200 OK\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{answer}",
                    answer.len()
                );
                stream.write_all(answer.as_bytes()).await.unwrap();
            });
        }
    });
    (url, told)
}

#[tokio::test]
async fn messages_are_read_and_only_by_the_application_they_are_for() {
    let faults = Faults {
        closed: 1000,
        doubled_callbacks: 1000,
        ..Faults::default()
    };
    let merchant = Merchant::new("messages", faults).await;
    let (url, mut told) = listen(&["success"]).await;
    merchant.simulator.send_messages_to(&url);
    merchant.refund(&request("order-1-r1", None)).await.unwrap();

    let mut read = Vec::new();
    for _ in 0..4 {
        let body = told.recv().await.unwrap();
        let notification =
            merchant
                .provider()
                .read_notification(&HeaderMap::new(), &body, usual_now());
        read.push(notification.unwrap());
        let touched = String::from_utf8_lossy(&body).replace("order%2D1", "order%2D2");
        let notification = merchant.provider().read_notification(
            &HeaderMap::new(),
            touched.as_bytes(),
            usual_now(),
        );
        assert!(matches!(
            notification,
            Err(NotificationError::NotGenuine(_))
        ));
    }
    let refund = RefundId::from("order-1-r1");
    assert!(
        read.iter()
            .all(|notification| notification.refund == refund)
    );
    let reports: Vec<ProviderReport> = read.into_iter().filter_map(|told| told.report).collect();
    let [first, second] = reports.as_slice() else {
        panic!("{reports:?}");
    };
    assert_eq!(first, second);
    assert_eq!(first.stage, ProviderStage::Arrived);
    assert_eq!(first.accepted_at, Some(usual_now()));
    assert_eq!(merchant.provider().thanks(), "success");
}

#[tokio::test]
async fn a_message_comes_again_until_it_is_thanked_for_unless_it_is_lost() {
    let faults = Faults {
        lost_callbacks: 500,
        ..Faults::default()
    };
    let lost = |number: &str| faults.hit("lost_callbacks", 500, &format!("{number}/refund"));
    let merchant = Merchant::new("again", faults).await;
    let (url, mut told) = listen(&["fail", "fail", "success"]).await;
    merchant.simulator.send_messages_to(&url);
    let numbers = (0..).map(|index| format!("order-{index}-r1"));
    let mut kept = numbers
        .clone()
        .filter(|number| !lost(number) && !faults.hit("card", 500, number));
    let (first, second) = (kept.next().unwrap(), kept.next().unwrap());
    let lost = numbers.clone().find(|number| lost(number)).unwrap();
    for number in [&lost, &first] {
        merchant.refund(&request(number, None)).await.unwrap();
    }
    let mut next = async || {
        let body = told.recv().await.unwrap();
        let provider = merchant.provider();
        let read = provider.read_notification(&HeaderMap::new(), &body, usual_now());
        read.unwrap()
    };
    let about = |number: &str| Notification {
        refund: RefundId::from(number),
        report: None,
    };
    for _ in 0..3 {
        assert_eq!(next().await, about(&first));
    }
    merchant.refund(&request(&second, None)).await.unwrap();
    assert_eq!(next().await, about(&second));
}
