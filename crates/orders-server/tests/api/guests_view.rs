//! What there is for a guest: one order, with all that can be done with it, and nothing besides.

use serde_json::json;

use crate::evidence::photo;
use crate::guard::{ask, calls};
use crate::guests::{digits, guest, world, wrong};
use crate::pages::rendering_with;
use crate::post_office::PostOffice;
use crate::world::{Caller, cup, named, read};

#[tokio::test]
async fn a_guest_sees_one_order_and_nothing_else_of_the_shopper() {
    let office = PostOffice::open();
    let world = world(&office).await;
    let lin = world.lin().await;
    let guest = guest(&world, &office, "N9", 0).await;
    let upload = crate::evidence::send(&lin, &photo(), 512 * 1024).await;
    let upload = upload["id"].as_str().expect("an id");
    let talk = crate::chatting::open(&lin, "o1").await;
    let before = lin.order("o1").await;
    for (method, path, body, tag) in calls() {
        if matches!(
            tag.as_str(),
            "integration" | "staff" | "providers" | "help" | "system"
        ) || !path.contains("{id}")
        {
            continue;
        }
        let id = if path.contains("/evidence/") {
            upload
        } else if path.contains("/conversations/") {
            &talk
        } else if path.contains("/refunds/") {
            "o2-R1"
        } else if path.contains("/cases/") {
            "o3-C1"
        } else {
            "o1"
        };
        let answer = ask(&guest, &method, &path.replace("{id}", id), body).await;
        assert_eq!(answer.status, 404, "{method} {path}: {}", answer.text);
        answer.is_problem(404, "not_found");
    }
    assert_eq!(lin.order("o1").await, before);
    for path in ["orders", "notifications", "notifications/unread"] {
        let answer = guest.get(&format!("/api/v1/{path}")).await;
        answer.is_problem(403, "guest_session");
    }
    let up_to = json!({"up_to": "1"});
    let answer = guest
        .send("POST", "/api/v1/notifications/read", &up_to)
        .await;
    answer.is_problem(403, "guest_session");
    let support = guest.get("/api/v1/support").await.json();
    assert_eq!(support["order"]["id"], "o9", "there is nothing to choose");
    assert_eq!(support["recent"], json!([]));
    guest
        .get("/api/v1/support?order=o1")
        .await
        .is_problem(404, "not_found");
    let talks = guest.get("/api/v1/conversations").await.json();
    assert_eq!(talks["items"], json!([]));
}

#[tokio::test]
async fn a_guest_cancels_follows_the_refund_and_talks_about_the_order() {
    let office = PostOffice::open();
    let world = world(&office).await;
    let guest = guest(&world, &office, "N9", 0).await;
    let talk = crate::chatting::open(&guest, "o9").await;
    let talks = guest.get("/api/v1/conversations").await.json();
    assert_eq!(talks["items"][0]["id"], talk.as_str());
    let mut elsewhere = crate::chatting::first_words("o1");
    let answer = guest
        .send("POST", "/api/v1/conversations", &elsewhere)
        .await;
    answer.is_problem(422, "invalid_fields");
    elsewhere["order"].take();
    elsewhere["shop"] = json!("tepai");
    let answer = guest
        .send("POST", "/api/v1/conversations", &elsewhere)
        .await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    assert_eq!(answer.json()["id"], talk.as_str(), "about the order");
    elsewhere["shop"] = json!("wanfu");
    let answer = guest
        .send("POST", "/api/v1/conversations", &elsewhere)
        .await;
    answer.is_problem(422, "invalid_fields");

    let cancelled = guest.cancel("o9", &json!({"reason": "changed_mind"})).await;
    assert_eq!(cancelled.status, 201, "{}", cancelled.text);
    let refund = guest.get("/api/v1/refunds/o9-R1").await;
    assert_eq!(refund.status, 200, "{}", refund.text);
    let way = json!({
        "channel": "alipay", "account": "lin@example.com", "holder": "林", "password": crate::world::PASSWORD,
    });
    let answer = guest.send("PUT", "/api/v1/refunds/o9-R1/way", &way).await;
    answer.is_problem(403, "guest_session");
    let answer = guest.delete("/api/v1/refunds/o9-R1/way").await;
    answer.is_problem(403, "guest_session");
    // Lin, logged in, sees what the guest did and said.
    let lin = world.lin().await;
    assert_eq!(lin.order("o9").await["state"], "cancelled");
    let path = format!("/api/v1/conversations/{talk}");
    assert_eq!(lin.get(&path).await.status, 200);
    let admin = world.staff("admin").await;
    let trail = admin.get("/api/v1/staff/orders/o9/audit").await.json();
    let entries = trail["items"].as_array().expect("entries");
    assert!(
        entries.iter().any(|entry| entry["by"] == "guest"),
        "{trail}"
    );
}

#[tokio::test]
async fn what_waits_is_of_whoever_sent_it_also_for_who_guesses_its_name() {
    let office = PostOffice::open();
    let world = world(&office).await;
    let lin = world.lin().await;
    let seven = guest(&world, &office, "N7", 0).await;
    let send = async |caller: &Caller<'_>| {
        let upload = crate::evidence::send(caller, &photo(), 512 * 1024).await;
        upload["id"].as_str().expect("an id").to_owned()
    };
    let (hers, theirs) = (send(&lin).await, send(&seven).await);
    let path = |id: &str| format!("/api/v1/evidence/{id}");
    seven.get(&path(&hers)).await.is_problem(404, "not_found");
    lin.get(&path(&theirs)).await.is_problem(404, "not_found");
    let say = async |caller: &Caller<'_>, id: &str| {
        let body = json!({"text": "看图", "evidence": [id]});
        caller
            .send("POST", "/api/v1/cases/o7-C1/messages", &body)
            .await
    };
    for (caller, id) in [(&seven, &hers), (&lin, &theirs)] {
        let answer = say(caller, id).await;
        answer.is_problem(422, "invalid_fields");
        assert_eq!(answer.json()["errors"], json!({"evidence": "unknown"}));
    }
    let mut words = crate::chatting::first_words("o7");
    words["evidence"] = json!([hers]);
    let answer = seven.send("POST", "/api/v1/conversations", &words).await;
    answer.is_problem(422, "invalid_fields");
    // What the case has is of both.
    assert_eq!(say(&seven, &theirs).await.status, 201);
    assert_eq!(lin.get(&path(&theirs)).await.status, 200);
    assert_eq!(say(&lin, &hers).await.status, 201);
    assert_eq!(seven.get(&path(&hers)).await.status, 200);
    seven.delete(&path(&hers)).await;
    assert_eq!(lin.get(&path(&hers)).await.status, 200);
}

#[tokio::test]
async fn the_pages_work_by_forms_alone() {
    let office = PostOffice::open();
    let (world, _dist) = rendering_with(&[named("9").build(), cup().build()], |config| {
        office.configure(config)
    })
    .await;
    let page = world.get("/guest").await;
    assert_eq!(page.status, 200);
    assert!(page.text.contains("name=\"number\""), "{}", page.text);
    let form = |path: String, fields: Vec<(&'static str, String)>| {
        let form = world
            .request("POST", &path)
            .header("sec-fetch-site", "same-origin");
        let mut body = url::form_urlencoded::Serializer::new(String::new());
        body.extend_pairs(fields);
        let kind = "application/x-www-form-urlencoded";
        read(form.header("content-type", kind).body(body.finish()))
    };
    let fields = |contact: &str| vec![("number", "N9".to_owned()), ("contact", contact.to_owned())];
    let refused = form("/guest".to_owned(), fields("lin")).await;
    assert_eq!(refused.status, 422);
    assert!(
        refused.text.contains("value=\"N9\"") && refused.text.contains("contact-error"),
        "{}",
        refused.text
    );
    let sent = form("/guest".to_owned(), fields("lin@example.com")).await;
    assert_eq!(sent.status, 303, "{}", sent.text);
    let next = sent.header("location").to_owned();
    let page = world.get(&next).await;
    assert!(
        page.text.contains("autocomplete=\"one-time-code\"")
            && page.text.contains("inputmode=\"numeric\"")
    );
    let code = digits(&office.takes(1).await[0].text());
    let refused = form(next.clone(), vec![("code", wrong(&code).to_owned())]).await;
    assert_eq!(refused.status, 401);
    assert!(refused.text.contains("code-error"), "{}", refused.text);
    let opened = form(next, vec![("code", code)]).await;
    assert_eq!(
        (opened.status, opened.header("location")),
        (303, "/orders/o9")
    );
    let token = opened
        .header("set-cookie")
        .split(['=', ';'])
        .nth(1)
        .expect("a cookie")
        .to_owned();
    let visit = async |path: &str| {
        read(
            world
                .request("GET", path)
                .header("cookie", format!("tepai_session={token}")),
        )
        .await
    };
    assert_eq!(visit("/orders/o9").await.status, 200);
    assert_eq!(visit("/orders/o1").await.status, 404);
    for path in ["/orders", "/", "/notifications"] {
        let answer = visit(path).await;
        assert_eq!(
            (answer.status, answer.header("location")),
            (303, "/orders/o9"),
            "{path}"
        );
    }
    // Support is about the order, and offers no other. The frame has the order's name for the account's, and no bell.
    let support = visit("/support?lang=en").await;
    assert_eq!(support.status, 200);
    assert!(
        support.text.contains("href=\"/orders/o9\""),
        "{}",
        support.text
    );
    for of_the_account in [
        "Another order, or none",
        "My Orders",
        "href=\"/notifications\"",
        ">LIN<",
    ] {
        assert!(
            !support.text.contains(of_the_account),
            "{of_the_account}: {}",
            support.text
        );
    }
    // The way to the account is open.
    let log_in = visit("/login").await;
    assert_eq!(log_in.status, 200);
    assert!(log_in.text.contains("name=\"password\""));
}
