//! Guests' codes as text messages: handed to the shop's own sender, signed.

use std::sync::{Arc, Mutex};

use chrono::TimeDelta;
use orders_server::Config;
use serde_json::Value;

use crate::guests::{asked, open};
use crate::world::{Caller, World, cup};

/// What a shop's sender of text messages was handed: signature and body.
type Handed = Arc<Mutex<Vec<(String, String)>>>;

/// A sender that answers with these statuses first.
async fn sender(statuses: &[u16]) -> (Handed, impl FnOnce(&mut Config) + use<>) {
    let handed = Handed::default();
    let statuses = Arc::new(Mutex::new(statuses.to_vec()));
    let books = handed.clone();
    let app = axum::Router::new().route(
        "/sms",
        axum::routing::post(move |headers: axum::http::HeaderMap, body: String| {
            let signature = headers["tepai-signature"]
                .to_str()
                .expect("text")
                .to_owned();
            books
                .lock()
                .expect("nobody panicked")
                .push((signature, body));
            let mut statuses = statuses.lock().expect("nobody panicked");
            let status = if statuses.is_empty() {
                204
            } else {
                statuses.remove(0)
            };
            async move { axum::http::StatusCode::from_u16(status).expect("a status") }
        }),
    );
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
        .await
        .expect("a port");
    let url = format!("http://{}/sms", listener.local_addr().expect("an address"));
    tokio::spawn(async move { axum::serve(listener, app).await });
    (handed, move |config: &mut Config| {
        config.sms_webhook = Some(url);
        config.sms_key = Some("0123456789abcdef".to_owned());
        config.refund_haste = 1000;
    })
}

async fn handed(books: &Handed, count: usize) -> Vec<(String, String)> {
    for _ in 0..400 {
        let handed = books.lock().expect("nobody panicked").clone();
        if handed.len() >= count {
            assert_eq!(handed.len(), count);
            return handed;
        }
        tokio::time::sleep(std::time::Duration::from_millis(25)).await;
    }
    panic!("never: {books:?}");
}

#[tokio::test]
async fn a_text_message_is_handed_in_signed_and_again_until_it_is_taken() {
    let (books, configure) = sender(&[500, 429]).await;
    let world = World::configured(&[cup().build()], configure).await;
    // A telephone that Lin logs in with, written as people do.
    let request = asked(&world, "N1", "+86 138-0000-0001").await;
    let handed = handed(&books, 3).await;
    let (signature, body) = &handed[2];
    assert!(handed.iter().all(|(_, other)| other == body), "{handed:?}");
    let message: Value = serde_json::from_str(body).expect("JSON");
    let code = message["code"].as_str().expect("a code");
    assert_eq!(message["to"], "13800000001");
    assert_eq!(message["id"], request.as_str());
    assert_eq!(message["kind"], "guest_code");
    assert_eq!(message["valid_minutes"], 10);
    assert!(
        message["text"]
            .as_str()
            .is_some_and(|text| text.contains(code)),
        "{message}"
    );
    let (time, tag) = signature.split_once(",v1=").expect("two parts");
    let seconds = time.strip_prefix("t=").expect("a time");
    let key = aws_lc_rs::hmac::Key::new(aws_lc_rs::hmac::HMAC_SHA256, b"0123456789abcdef");
    let tag: Vec<u8> = (0..tag.len() / 2)
        .map(|at| u8::from_str_radix(&tag[2 * at..2 * at + 2], 16).expect("hexadecimal"))
        .collect();
    let signed = format!("{seconds}.{body}");
    aws_lc_rs::hmac::verify(&key, signed.as_bytes(), &tag).expect("signed");
    assert_eq!(open(&world, &request, code).await.status, 200);
}

#[tokio::test]
async fn a_message_that_is_refused_is_not_handed_in_again_and_the_telephone_may_be_the_address_s() {
    let (books, configure) = sender(&[400]).await;
    let order = cup().shopper("zhao").build();
    let phone = order
        .body
        .address
        .as_ref()
        .expect("an address")
        .phone
        .clone();
    let world = World::configured(&[order], configure).await;
    asked(&world, "N1", &phone).await;
    handed(&books, 1).await;
    world.clock.advance(TimeDelta::minutes(16));
    let request = asked(&world, "N1", &phone).await;
    let handed = handed(&books, 2).await;
    let message: Value = serde_json::from_str(&handed[1].1).expect("JSON");
    let code = message["code"].as_str().expect("a code");
    assert_eq!(open(&world, &request, code).await.status, 200);
}

#[tokio::test]
async fn whose_shopper_never_logged_in_sees_the_order_and_talks_about_it_all_the_same() {
    let (books, configure) = sender(&[]).await;
    // The shop has sent the order, and nothing of who placed it.
    let order = cup().shopper("nobody-yet").build();
    let address = order.body.address.as_ref().expect("an address");
    let phone = address.phone.clone();
    let world = World::configured(&[order], configure).await;
    let request = asked(&world, "N1", &phone).await;
    let handed = handed(&books, 1).await;
    let message: Value = serde_json::from_str(&handed[0].1).expect("JSON");
    let code = message["code"].as_str().expect("a code");
    let opened = open(&world, &request, code).await;
    assert_eq!(opened.status, 200, "{}", opened.text);
    let cookie = opened.header("set-cookie").to_owned();
    let guest = Caller {
        world: &world,
        token: cookie
            .split(['=', ';'])
            .nth(1)
            .expect("a cookie")
            .to_owned(),
    };
    assert_eq!(guest.order("o1").await["number"], "N1");
    crate::chatting::open(&guest, "o1").await;
    crate::evidence::send(&guest, &crate::evidence::photo(), 512 * 1024).await;
}
