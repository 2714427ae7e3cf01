//! What shoppers are told by e-mail: once, in their language, whatever the mail server does, and only while it is news.

use std::sync::Arc;

use chrono::TimeDelta;
use orders_domain::{Order, RefundState};
use orders_server::Server;
use orders_testkit::{FixedClock, usual_now};
use serde_json::{Value, json};

use crate::pages::rendering_with;
use crate::post_office::{ORIGIN, PostOffice, Stage};
use crate::world::{Caller, PASSWORD, World, config, cup, named, read, refunded};

async fn world(office: &PostOffice, orders: &[Order]) -> World {
    World::configured(orders, |config| office.configure(config)).await
}

async fn cancelled(caller: &Caller<'_>, order: &str) {
    let answer = caller
        .cancel(order, &json!({"reason": "changed_mind"}))
        .await;
    assert_eq!(answer.status, 201, "{}", answer.text);
}

async fn event(world: &World, order: &str, body: Value) {
    let mut body = body;
    if body["occurred_at"].is_null() {
        body["occurred_at"] = json!(usual_now());
    }
    body["event_id"] = json!(format!("{}-{}", body["type"], body["state"]));
    let answer = world.event_of(order, &body).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
}

fn progressed(refund: &str, state: RefundState) -> Value {
    json!({"type": "refund_progressed", "refund": refund, "state": state})
}

/// Looks until as many mails came to that.
async fn counted(world: &World, outcome: &str, count: usize) {
    let line = format!("tepai_mails_total{{outcome=\"{outcome}\"}} {count}\n");
    let mut metrics = String::new();
    for _ in 0..800 {
        metrics = world.get("/metrics").await.text;
        if metrics.contains(&line) {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(25)).await;
    }
    panic!("never {line}: {metrics}");
}

/// Looks until no letter waits: a letter is counted as sent a moment before its row says so.
async fn nothing_waits(world: &World) {
    for _ in 0..800 {
        if !waiting(world).await {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(25)).await;
    }
    panic!("a letter still waits");
}

async fn waiting(world: &World) -> bool {
    let metrics = world.get("/metrics").await.text;
    !metrics.contains("tepai_mails_waiting 0\n")
}

#[tokio::test]
async fn a_cancel_is_told_in_one_letter_with_its_refund() {
    let office = PostOffice::open();
    let world = world(&office, &[cup().build()]).await;
    let lin = world.lin().await;
    cancelled(&lin, "o1").await;
    let letter = office.takes(1).await.remove(0);
    assert_eq!(letter.to, ["lin@example.com"]);
    assert_eq!(letter.from, "orders@example.com");
    assert_eq!(
        letter.sender(),
        ("特派".to_owned(), "orders@example.com".to_owned())
    );
    assert_eq!(letter.subject(), "订单已取消 · 订单 N1");
    let text = letter.text();
    for part in [
        "订单号：N1",
        "商品：杯子",
        "原因：不想要了",
        "退款金额：¥10.00（微信零钱，预计 ",
        &format!("{ORIGIN}/orders/o1"),
        "B特派的订单中心自动发出",
        "联系客服：",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    let html = letter.html();
    let link = format!("<a href=\"{ORIGIN}/orders/o1\"");
    assert!(
        html.contains(&link) && html.contains("lang=\"zh-CN\""),
        "{html}"
    );
    counted(&world, "sent", 1).await;
    nothing_waits(&world).await;
    assert_eq!(office.begun(), 1);
}

#[tokio::test]
async fn letters_are_in_the_language_in_which_the_shopper_logged_in_last() {
    let office = PostOffice::open();
    let world = world(&office, &[cup().build(), named("2").build()]).await;
    world.lin().await;
    let body = json!({"login": "13800000001", "password": PASSWORD});
    let request = world.request("POST", "/api/v1/session").json(&body);
    let answer = read(request.header("accept-language", "en-GB,en;q=0.9")).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    event(
        &world,
        "e1",
        json!({"type": "seller_cancelled", "reason": "out_of_stock"}),
    )
    .await;
    let letter = office.takes(1).await.remove(0);
    assert_eq!(letter.subject(), "The shop cancelled your order · Order N1");
    let text = letter.text();
    assert!(text.contains("Reason: Out of stock"), "{text}");
    assert!(text.contains("Refund: ¥10.00 ("), "{text}");
    assert!(letter.html().contains("lang=\"en\""));
    // The shop may say it as well.
    let put = json!({"display_name": "林", "email": "lin@example.com", "language": "zh-CN"});
    let answer = world
        .shop()
        .send("PUT", "/api/v1/integration/shoppers/lin", &put)
        .await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    event(
        &world,
        "e2",
        json!({"type": "seller_cancelled", "reason": "price_change"}),
    )
    .await;
    let letter = office.takes(2).await.remove(1);
    assert_eq!(letter.subject(), "商家取消了订单 · 订单 N2");
}

#[tokio::test]
async fn letters_are_in_the_language_that_was_chosen_in_the_menu() {
    let office = PostOffice::open();
    let orders = [named("1").build(), named("2").build()];
    let (world, _dist) = rendering_with(&orders, |config| office.configure(config)).await;
    let lin = world.lin().await;
    let cancelled = json!({"type": "seller_cancelled", "reason": "out_of_stock"});
    let page = lin.get("/orders?lang=en").await;
    assert_eq!(page.status, 200, "{}", page.text);
    event(&world, "e1", cancelled.clone()).await;
    let letter = office.takes(1).await.remove(0);
    assert_eq!(letter.subject(), "The shop cancelled your order · Order N1");
    // The browser's language is not a choice, and neither is a page for nobody.
    let request = lin.request("GET", "/orders");
    read(request.header("accept-language", "zh-CN")).await;
    world.get("/login?lang=zh-CN").await;
    event(&world, "e2", cancelled).await;
    let letter = office.takes(2).await.remove(1);
    assert_eq!(letter.subject(), "The shop cancelled your order · Order N2");
}

#[tokio::test]
async fn what_the_shopper_has_to_do_is_asked_and_leads_to_its_page() {
    let office = PostOffice::open();
    let world = world(&office, &[refunded("1"), named("2").build()]).await;
    event(&world, "e1", progressed("o1-R1", RefundState::Failed)).await;
    let letter = office.takes(1).await.remove(0);
    assert_eq!(letter.subject(), "退款没有成功，请换一个账户 · 订单 N1");
    let text = letter.text();
    assert!(text.contains("退款金额：¥10.00（微信零钱）"), "{text}");
    let link = format!("{ORIGIN}/refunds/o1-R1");
    assert!(text.contains(&link), "{text}");
    let held = json!({"type": "held", "cause": "incomplete_info", "missing": ["phone"]});
    event(&world, "e2", held).await;
    let letter = office.takes(2).await.remove(1);
    assert_eq!(letter.subject(), "请补全收货信息 · 订单 N2");
}

#[tokio::test]
async fn a_mail_server_with_a_certificate_and_a_password_is_spoken_to_in_private() {
    let office = PostOffice::locked();
    let world = World::configured(&[cup().build()], |config| office.configure_locked(config)).await;
    cancelled(&world.lin().await, "o1").await;
    assert_eq!(office.takes(1).await[0].to, ["lin@example.com"]);
}

#[tokio::test]
async fn a_mail_server_that_cannot_be_trusted_is_told_nothing() {
    let locked = PostOffice::locked();
    let open = PostOffice::open();
    type Change = fn(&mut orders_server::Config, u16);
    let cases: [(&PostOffice, Change); 3] = [
        // Nobody vouches for the certificate.
        (&locked, |config, _| config.smtp_ca = None),
        // It is another's.
        (&locked, |config, port| {
            config.smtp_url = Some(format!("smtp://tepai:x@127.0.0.1:{port}"));
        }),
        // Without STARTTLS, as when somebody in between hides it.
        (&open, |config, port| {
            config.smtp_url = Some(format!("smtp://localhost:{port}"));
        }),
    ];
    for (office, change) in cases {
        let world = World::configured(&[cup().build()], |config| {
            office.configure_locked(config);
            change(config, office.port());
        })
        .await;
        cancelled(&world.lin().await, "o1").await;
        counted(&world, "in_vain", 1).await;
        assert_eq!(office.begun(), 0);
        assert!(waiting(&world).await, "it is tried again");
    }
}

#[tokio::test]
async fn a_mail_server_that_is_busy_gets_the_same_letter_until_it_takes_it_and_no_more() {
    for stage in [Stage::Sender, Stage::Recipient, Stage::Data] {
        let office = PostOffice::open();
        office.refuse(stage, 451);
        office.refuse(stage, 421);
        let world = world(&office, &[cup().build()]).await;
        cancelled(&world.lin().await, "o1").await;
        counted(&world, "in_vain", 1).await;
        world.clock.advance(TimeDelta::minutes(1));
        counted(&world, "in_vain", 2).await;
        world.clock.advance(TimeDelta::seconds(120));
        office.takes(1).await;
        counted(&world, "sent", 1).await;
        nothing_waits(&world).await;
        assert_eq!((office.begun(), office.taken().len()), (3, 1), "{stage:?}");
        let id = office.taken()[0].id();
        assert!(id.ends_with("@orders.example.com"), "{id}");
    }
}

#[tokio::test]
async fn what_was_not_taken_is_not_tried_before_its_time_nor_after_it_was() {
    let office = PostOffice::open();
    office.refuse(Stage::Data, 451);
    let world = world(&office, &[cup().build()]).await;
    cancelled(&world.lin().await, "o1").await;
    counted(&world, "in_vain", 1).await;
    world.clock.advance(TimeDelta::seconds(59));
    looked(&world).await;
    assert_eq!(office.begun(), 1);
    world.clock.advance(TimeDelta::seconds(1));
    office.takes(1).await;
    counted(&world, "sent", 1).await;
    world.clock.advance(TimeDelta::hours(5));
    looked(&world).await;
    assert_eq!((office.begun(), office.taken().len()), (2, 1));
}

/// Leaves the server the time for a look of its own at what is due, which tells nobody.
async fn looked(world: &World) {
    tokio::time::sleep(std::time::Duration::from_millis(2_500)).await;
    assert_eq!(world.get("/readyz").await.status, 200);
}

#[tokio::test]
async fn a_recipient_that_does_not_exist_is_not_tried_again() {
    for stage in [Stage::Recipient, Stage::Data] {
        let office = PostOffice::open();
        office.refuse(stage, 550);
        let world = world(&office, &[cup().build()]).await;
        cancelled(&world.lin().await, "o1").await;
        counted(&world, "refused", 1).await;
        nothing_waits(&world).await;
        assert_eq!(office.taken(), []);
    }
    // Who may not send has something to set right; what was to be sent waits for that.
    let office = PostOffice::open();
    office.refuse(Stage::Sender, 550);
    let world = world(&office, &[cup().build()]).await;
    cancelled(&world.lin().await, "o1").await;
    counted(&world, "in_vain", 1).await;
    world.clock.advance(TimeDelta::minutes(1));
    office.takes(1).await;
}

#[tokio::test]
async fn a_mail_server_that_does_not_let_us_send_gets_the_letter_once_that_is_set_right() {
    for (stage, code, words) in [
        (Stage::Recipient, 554, "5.7.1 relay access denied"),
        (Stage::Recipient, 530, "authentication required"),
        (Stage::Recipient, 535, "log in first"),
        (
            Stage::Data,
            550,
            "5.7.60 not allowed to send as this sender",
        ),
    ] {
        let office = PostOffice::open();
        office.refuse_saying(stage, code, words);
        let world = world(&office, &[cup().build()]).await;
        cancelled(&world.lin().await, "o1").await;
        counted(&world, "in_vain", 1).await;
        world.clock.advance(TimeDelta::minutes(1));
        office.takes(1).await;
    }
}

#[tokio::test]
async fn a_letter_that_nobody_takes_is_given_up_after_two_days() {
    let office = PostOffice::open();
    let world = world(&office, &[cup().build()]).await;
    for _ in 0..3 {
        office.refuse(Stage::Sender, 451);
    }
    cancelled(&world.lin().await, "o1").await;
    counted(&world, "in_vain", 1).await;
    world.clock.advance(TimeDelta::hours(40));
    counted(&world, "in_vain", 2).await;
    world.clock.advance(TimeDelta::hours(8));
    counted(&world, "given_up", 1).await;
    nothing_waits(&world).await;
    assert_eq!(office.taken(), []);
}

#[tokio::test]
async fn yesterdays_news_are_not_sent_unless_they_ask_for_something() {
    let office = PostOffice::open();
    let orders = [cup().build(), named("2").build()];
    let mut world = World::with(&orders).await;
    // While there was no mail server.
    cancelled(&world.lin().await, "o1").await;
    let held = json!({"type": "held", "cause": "incomplete_info", "missing": ["phone"]});
    event(&world, "e2", held).await;
    world.stop().await;
    let mut config = config(world.folder.path());
    office.configure(&mut config);
    let clock = FixedClock::at(usual_now() + TimeDelta::hours(25));
    let server = Server::start(config, Arc::new(clock))
        .await
        .expect("a server");
    let letter = office.takes(1).await.remove(0);
    assert_eq!(letter.subject(), "请补全收货信息 · 订单 N2");
    let metrics = reqwest::get(format!("http://{}/metrics", server.address()));
    let metrics = metrics.await.expect("metrics").text().await.expect("text");
    assert!(
        metrics.contains("tepai_mails_total{outcome=\"not_needed\"} 1"),
        "{metrics}"
    );
    server.stop().await;
}

#[tokio::test]
async fn what_the_shop_tells_late_is_news_and_is_sent() {
    let office = PostOffice::open();
    office.refuse(Stage::Data, 451);
    let world = world(&office, &[refunded("1")]).await;
    let mut late = progressed("o1-R1", RefundState::Arrived);
    late["occurred_at"] = json!(usual_now() - TimeDelta::days(3));
    event(&world, "e1", late).await;
    counted(&world, "in_vain", 1).await;
    world.clock.advance(TimeDelta::minutes(1));
    assert_eq!(office.takes(1).await[0].subject(), "退款已到账 · 订单 N1");
}

#[tokio::test]
async fn a_step_that_another_has_followed_is_not_told_any_more() {
    let office = PostOffice::open();
    office.refuse(Stage::Data, 451);
    let world = world(&office, &[refunded("1")]).await;
    event(&world, "e1", progressed("o1-R1", RefundState::Sent)).await;
    counted(&world, "in_vain", 1).await;
    event(&world, "e1", progressed("o1-R1", RefundState::Arrived)).await;
    assert_eq!(office.takes(1).await[0].subject(), "退款已到账 · 订单 N1");
    world.clock.advance(TimeDelta::minutes(2));
    counted(&world, "not_needed", 1).await;
    assert_eq!(office.taken().len(), 1);
}

#[tokio::test]
async fn who_wants_no_mail_or_has_no_address_gets_none() {
    let office = PostOffice::open();
    let orders = [cup().build(), named("2").shopper("zhao").build()];
    let world = world(&office, &orders).await;
    let put = |id: &str, body: Value| {
        let path = format!("/api/v1/integration/shoppers/{id}");
        let shop = world.shop();
        async move { shop.send("PUT", &path, &body).await }
    };
    let unwilling =
        json!({"display_name": "林", "email": "lin@example.com", "notify_by_email": false});
    assert_eq!(put("lin", unwilling).await.status, 200);
    let by_phone = json!({"display_name": "赵", "phone": "13900000001"});
    assert_eq!(put("zhao", by_phone).await.status, 200);
    for order in ["e1", "e2"] {
        let gone = json!({"type": "seller_cancelled", "reason": "out_of_stock"});
        event(&world, order, gone).await;
    }
    counted(&world, "not_needed", 2).await;
    assert_eq!(office.begun(), 0);
    // Put without it, the wish stays.
    let again = json!({"display_name": "林", "email": "lin@example.com"});
    assert_eq!(put("lin", again).await.status, 200);
    event(&world, "e1", progressed("o1-R1", RefundState::Arrived)).await;
    counted(&world, "not_needed", 3).await;
    let wrong = json!({"display_name": "林", "language": "fr"});
    put("lin", wrong).await.is_problem(422, "invalid_fields");
}

#[tokio::test]
async fn a_letter_that_was_sent_when_the_server_stopped_comes_again_under_its_id() {
    let office = PostOffice::open();
    office.fall_silent();
    let mut world = world(&office, &[cup().build()]).await;
    cancelled(&world.lin().await, "o1").await;
    office.looks(|office| office.taken().len() == 1).await;
    // Nobody has heard that it was taken.
    world.stop().await;
    office.speak();
    let mut config = config(world.folder.path());
    office.configure(&mut config);
    let clock = FixedClock::at(usual_now());
    let server = Server::start(config, Arc::new(clock.clone())).await;
    let server = server.expect("a server");
    clock.advance(TimeDelta::seconds(121));
    let letters = office.takes(2).await;
    assert_eq!(letters[0].id(), letters[1].id());
    assert_eq!(letters[0].subject(), letters[1].subject());
    server.stop().await;
}

#[tokio::test]
async fn a_mail_server_that_never_answers_keeps_nothing_else_waiting() {
    let office = PostOffice::open();
    office.fall_silent();
    let orders: Vec<Order> = (1..=8).map(|n| named(&n.to_string()).build()).collect();
    let world = world(&office, &orders).await;
    let lin = world.lin().await;
    for n in 1..=8 {
        cancelled(&lin, &format!("o{n}")).await;
    }
    let unread = lin.get("/api/v1/notifications/unread").await.json();
    assert_eq!(unread, json!({"unread": 8}));
    office.looks(|office| office.taken().len() == 4).await;
    office.speak();
    office.takes(8).await;
}

#[tokio::test]
async fn half_of_the_settings_keep_the_server_from_starting() {
    let refused = |change: fn(&mut orders_server::Config)| async move {
        let folder = tempfile::tempdir().expect("a folder");
        let mut config = config(folder.path());
        change(&mut config);
        let clock = FixedClock::at(usual_now());
        match Server::start(config, Arc::new(clock)).await {
            Ok(_) => panic!("it starts"),
            Err(error) => error.to_string(),
        }
    };
    let no_sender = refused(|config| config.smtp_url = Some("smtp://h".to_owned())).await;
    assert!(no_sender.contains("TEPAI_MAIL_FROM"), "{no_sender}");
    let no_server = refused(|config| config.mail_from = Some("a@b.c".to_owned())).await;
    assert!(no_server.contains("TEPAI_SMTP_URL"), "{no_server}");
    let no_links = refused(|config| {
        config.smtp_url = Some("smtp://h".to_owned());
        config.mail_from = Some("a@b.c".to_owned());
    })
    .await;
    assert!(no_links.contains("TEPAI_PUBLIC_URL"), "{no_links}");
    let no_tls = refused(|config| {
        config.smtp_url = Some("smtp://a:secret@h?tls=none".to_owned());
        config.mail_from = Some("a@b.c".to_owned());
        config.public_url = Some(ORIGIN.to_owned());
    })
    .await;
    assert!(no_tls.contains("without TLS") && !no_tls.contains("secret"));
    let no_file = refused(|config| {
        config.smtp_url = Some("smtp://h".to_owned());
        config.smtp_ca = Some("/nowhere.pem".into());
        config.mail_from = Some("a@b.c".to_owned());
        config.public_url = Some(ORIGIN.to_owned());
    })
    .await;
    assert!(no_file.contains("/nowhere.pem"), "{no_file}");
}
