//! Guests' codes: asked for, sent, typed; nobody learns what does not fit.

use std::time::Duration;

use chrono::TimeDelta;
use serde_json::json;
use tokio::net::TcpListener;
use tokio::time::timeout;

use crate::guard::everything;
use crate::post_office::{ORIGIN, PostOffice};
use crate::world::{Answer, Caller, World, cup, named, read, refunded, with_case};

/// A world whose order `o9` guests look up, with Lin's other orders, and a mail server.
pub async fn world(office: &PostOffice) -> World {
    let [order, refund, case, complaint] = everything();
    let orders = [
        order,
        refund,
        case,
        complaint,
        named("9").build(),
        refunded("8"),
        with_case("7"),
    ];
    World::configured(&orders, |config| office.configure(config)).await
}

pub async fn code_for(world: &World, number: &str, contact: &str) -> Answer {
    let body = json!({"number": number, "contact": contact});
    read(world.request("POST", "/api/v1/guest/codes").json(&body)).await
}

pub async fn asked(world: &World, number: &str, contact: &str) -> String {
    let answer = code_for(world, number, contact).await;
    assert_eq!(answer.status, 202, "{}", answer.text);
    let request = answer.json()["guest_request"].clone();
    request.as_str().expect("a request").to_owned()
}

pub async fn open(world: &World, request: &str, code: &str) -> Answer {
    let body = json!({"request": request, "code": code});
    read(world.request("POST", "/api/v1/guest/session").json(&body)).await
}

/// The six digits of a letter or a text message.
pub fn digits(text: &str) -> String {
    let pieces = text.split(|letter: char| !letter.is_ascii_digit());
    let mut codes = pieces.filter(|piece| piece.len() == 6);
    codes.next().expect("a code").to_owned()
}

/// A guest with that order, by a letter to Lin. The post office has taken `before` mails until now.
pub async fn guest<'a>(
    world: &'a World,
    office: &PostOffice,
    number: &str,
    before: usize,
) -> Caller<'a> {
    let request = asked(world, number, "Lin@Example.com ").await;
    let code = digits(&office.takes(before + 1).await[before].text());
    let answer = open(world, &request, &code).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    let cookie = answer.header("set-cookie");
    assert!(cookie.contains("Max-Age=7200"), "{cookie}");
    Caller {
        world,
        token: cookie
            .split(['=', ';'])
            .nth(1)
            .expect("a cookie")
            .to_owned(),
    }
}

pub fn wrong(code: &str) -> &'static str {
    if code == "000000" { "111111" } else { "000000" }
}

#[tokio::test]
async fn right_and_wrong_get_the_same_answer_and_only_the_right_one_a_letter() {
    let office = PostOffice::open();
    let world = world(&office).await;
    let shape = |answer: Answer| {
        let mut body = answer.json();
        let id = body["guest_request"].take();
        assert_eq!(id.as_str().map(str::len), Some(32));
        let mut names: Vec<_> = answer
            .headers
            .keys()
            .map(|name| name.as_str().to_owned())
            .collect();
        names.sort();
        (answer.status, body, names)
    };
    let right = shape(code_for(&world, "N9", "lin@example.com").await);
    assert_eq!(right.0, 202);
    for (number, contact) in [
        ("N9", "zhao@example.com"),
        ("N9", "nobody@example.com"),
        ("N-none", "lin@example.com"),
        ("%00", "lin@example.com"),
        // The shop's own id, and ours, are not what is on the parcel.
        ("e9", "lin@example.com"),
        ("o9", "lin@example.com"),
    ] {
        // Each from a world's minute of its own, so that no limit is met.
        world.clock.advance(TimeDelta::minutes(16));
        let mut other = shape(code_for(&world, number, contact).await);
        other.1["expires_at"] = right.1["expires_at"].clone();
        assert_eq!(other, right, "{number} {contact}");
    }
    let mails = office.takes(1).await;
    assert_eq!(mails[0].to, ["lin@example.com"]);
}

#[tokio::test]
async fn nobody_waits_for_the_letter_that_only_the_right_one_gets() {
    // A mail server that takes every call and never says a word.
    let silent = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let office = PostOffice::open();
    let port = silent.local_addr().expect("an address").port();
    let world = World::configured(&[named("9").build()], |config| {
        office.configure(config);
        config.smtp_url = Some(format!("smtp://127.0.0.1:{port}?tls=none"));
    })
    .await;
    let right = code_for(&world, "N9", "lin@example.com");
    let right = timeout(Duration::from_secs(5), right).await;
    assert_eq!(right.expect("at once").status, 202);
    // Its letter is being sent all the same.
    let called = timeout(Duration::from_secs(5), silent.accept()).await;
    called.expect("soon").expect("a call");
}

#[tokio::test]
async fn the_letter_has_the_code_and_leads_back_to_where_it_is_typed() {
    let office = PostOffice::open();
    let world = world(&office).await;
    let request = asked(&world, "N9", "lin@example.com").await;
    let letter = &office.takes(1).await[0];
    assert_eq!(letter.subject(), "查看订单 N9 的验证码");
    let text = letter.text();
    let code = digits(&text);
    assert!(text.contains(&format!("验证码：{code}")), "{text}");
    assert!(
        text.contains(&format!("{ORIGIN}/guest?request={request}")),
        "{text}"
    );
    assert!(
        !letter.subject().contains(&code),
        "a locked screen shows it"
    );
    world.clock.advance(TimeDelta::minutes(16));
    let body = json!({"number": "N9", "contact": "lin@example.com"});
    let english = world.request("POST", "/api/v1/guest/codes");
    read(english.header("accept-language", "en").json(&body)).await;
    let letter = &office.takes(2).await[1];
    assert_eq!(letter.subject(), "Your code for order N9");
    assert!(
        letter.text().contains("Do not share it"),
        "{}",
        letter.text()
    );
}

#[tokio::test]
async fn a_code_opens_one_order_for_two_hours_and_is_used_once() {
    let office = PostOffice::open();
    let world = world(&office).await;
    let request = asked(&world, "N9", "lin@example.com").await;
    let code = digits(&office.takes(1).await[0].text());
    let spaced = format!(" {} {} ", &code[..3], &code[3..]);
    let opened = open(&world, &request, &spaced).await;
    assert_eq!(opened.status, 200, "{}", opened.text);
    let session = opened.json();
    assert_eq!(session["guest_order"], "o9");
    assert_eq!(
        session["shopper"]["display_name"], "",
        "nothing of the account"
    );
    assert_ne!(session["shopper"]["id"], "lin");
    open(&world, &request, &code)
        .await
        .is_problem(401, "invalid_code");

    let token = opened
        .header("set-cookie")
        .split(['=', ';'])
        .nth(1)
        .expect("a cookie");
    let guest = Caller {
        world: &world,
        token: token.to_owned(),
    };
    assert_eq!(guest.order("o9").await["id"], "o9");
    assert_eq!(guest.get("/api/v1/session").await.json(), session);
    let cookie = format!("tepai_session={token}");
    let again = read(
        world
            .request("GET", "/api/v1/session")
            .header("cookie", cookie),
    )
    .await;
    assert_eq!(again.header("set-cookie"), "", "it is not renewed");
    // Looking does not make it longer.
    world.clock.advance(TimeDelta::minutes(119));
    assert_eq!(guest.get("/api/v1/orders/o9").await.status, 200);
    world.clock.advance(TimeDelta::minutes(2));
    guest
        .get("/api/v1/orders/o9")
        .await
        .is_problem(401, "not_logged_in");
}

#[tokio::test]
async fn a_code_is_over_after_ten_minutes_and_after_five_tries() {
    let office = PostOffice::open();
    let world = world(&office).await;
    let request = asked(&world, "N9", "lin@example.com").await;
    let code = digits(&office.takes(1).await[0].text());
    world.clock.advance(TimeDelta::minutes(10));
    open(&world, &request, &code)
        .await
        .is_problem(401, "invalid_code");

    let request = asked(&world, "N9", "lin@example.com").await;
    let code = digits(&office.takes(2).await[1].text());
    for _ in 0..5 {
        open(&world, &request, wrong(&code))
            .await
            .is_problem(401, "invalid_code");
    }
    open(&world, &request, &code)
        .await
        .is_problem(401, "invalid_code");

    // The fifth may be the right one.
    let request = asked(&world, "N9", "lin@example.com").await;
    let code = digits(&office.takes(3).await[2].text());
    for _ in 0..4 {
        open(&world, &request, wrong(&code))
            .await
            .is_problem(401, "invalid_code");
    }
    assert_eq!(open(&world, &request, &code).await.status, 200);
}

#[tokio::test]
async fn a_wrong_request_no_code_and_another_s_code_are_the_same() {
    let office = PostOffice::open();
    let world = world(&office).await;
    let right = asked(&world, "N9", "lin@example.com").await;
    let code = digits(&office.takes(1).await[0].text());
    let never = asked(&world, "N9", "zhao@example.com").await;
    let mut answers = Vec::new();
    for (request, code) in [
        (never.as_str(), code.as_str()),
        ("there-is-none", &code),
        (&right, wrong(&code)),
    ] {
        let answer = open(&world, request, code).await;
        answer.is_problem(401, "invalid_code");
        let mut problem = answer.json();
        problem["request_id"].take();
        answers.push(problem);
    }
    answers.dedup();
    assert_eq!(answers.len(), 1);
    for code in ["", "12345", "1234567", "abcdef", "１２３４５６"] {
        open(&world, &right, code)
            .await
            .is_problem(422, "invalid_fields");
    }
}

#[tokio::test]
async fn asking_is_limited_by_contact_number_and_address_alike_for_right_and_wrong() {
    let office = PostOffice::open();
    for contact in ["lin@example.com", "nobody@example.com"] {
        let world = world(&office).await;
        for _ in 0..4 {
            asked(&world, "N9", contact).await;
        }
        let refused = code_for(&world, "N8", contact).await;
        refused.is_problem(429, "too_many_attempts");
        let wait: i64 = refused.header("retry-after").parse().expect("seconds");
        world.clock.advance(TimeDelta::seconds(wait));
        asked(&world, "N8", contact).await;
    }
    for number in ["N9", "N-none"] {
        let world = world(&office).await;
        for n in 0..8 {
            asked(&world, number, &format!("{n}@example.com")).await;
        }
        let refused = code_for(&world, number, "9@example.com").await;
        refused.is_problem(429, "too_many_attempts");
    }
    let world = world(&office).await;
    for n in 0..20 {
        asked(&world, &format!("N-{n}"), &format!("{n}@example.com")).await;
    }
    let refused = code_for(&world, "N9", "lin@example.com").await;
    refused.is_problem(429, "too_many_attempts");
}

#[tokio::test]
async fn asking_twice_under_one_key_sends_one_letter_and_answers_byte_for_byte() {
    let office = PostOffice::open();
    let world = world(&office).await;
    let send = |contact: &'static str| {
        let body = json!({"number": "N9", "contact": contact});
        let request = world.request("POST", "/api/v1/guest/codes");
        read(request.header("idempotency-key", "k1").json(&body))
    };
    let first = send("lin@example.com").await;
    let second = send("lin@example.com").await;
    assert_eq!((first.status, &first.text), (202, &second.text));
    send("zhao@example.com")
        .await
        .is_problem(422, "idempotency_key_reused");
    office.takes(1).await;
}

#[tokio::test]
async fn what_codes_are_not_sent_to_is_said_and_nothing_is_offered_without_settings() {
    let world = World::with(&[cup().build()]).await;
    assert_eq!(
        world.get("/api/v1/guest").await.json(),
        json!({"email": false, "phone": false})
    );
    for contact in ["lin@example.com", "13800000001"] {
        let answer = code_for(&world, "N1", contact).await;
        answer.is_problem(422, "invalid_fields");
        assert_eq!(answer.json()["errors"], json!({"contact": "not_allowed"}));
    }
    let answer = code_for(&world, "N1", "lin").await;
    assert_eq!(answer.json()["errors"], json!({"contact": "invalid"}));
    let office = PostOffice::open();
    let world = self::world(&office).await;
    assert_eq!(
        world.get("/api/v1/guest").await.json(),
        json!({"email": true, "phone": false})
    );
}
