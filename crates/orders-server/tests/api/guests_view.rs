//! What there is for a guest: one order, with all that can be done with it, and nothing besides.

use orders_domain::LocalText;
use orders_testkit::{line, order};
use serde_json::json;
use storefront::features::talk::question_of_form;
use storefront::paths::SupportQuery;

use crate::evidence::photo;
use crate::forms::hidden;
use crate::guard::{ask, calls, named_by};
use crate::guests::{digits, guest, world, wrong};
use crate::pages::rendering_with;
use crate::post_office::PostOffice;
use crate::world::{Caller, World, cup, named, read};

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
        } else {
            // It is there, and Lin's: the guest's order is another.
            named_by(&path)
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
async fn a_guest_complains_about_the_order_with_photos_and_sees_no_other_complaint() {
    let office = PostOffice::open();
    let world = world(&office).await;
    let (lin, seven) = (world.lin().await, guest(&world, &office, "N7", 0).await);
    let photo = async |caller: &Caller<'_>| {
        let upload = crate::evidence::send(caller, &photo(), 512 * 1024).await;
        upload["id"].as_str().expect("an id").to_owned()
    };
    let (hers, theirs) = (photo(&lin).await, photo(&seven).await);
    let complain = async |id: &str| {
        let body = json!({
            "topic": "quality", "wish": "apology", "text": "没有人处理", "case": "o7-C1", "evidence": [id],
        });
        let path = "/api/v1/orders/o7/complaints";
        seven.send("POST", path, &body).await
    };
    let answer = complain(&hers).await;
    answer.is_problem(422, "invalid_fields");
    assert_eq!(answer.json()["errors"], json!({"evidence": "unknown"}));
    let opened = complain(&theirs).await;
    assert_eq!(opened.status, 201, "{}", opened.text);
    let path = format!("/api/v1/evidence/{theirs}");
    assert_eq!(lin.get(&path).await.status, 200, "the complaint's by now");
    let said = async |caller: &Caller<'_>, id: &str, evidence: &str| {
        let body = json!({"text": "请看图", "evidence": [evidence]});
        let path = format!("/api/v1/complaints/{id}/messages");
        caller.send("POST", &path, &body).await
    };
    let answer = said(&seven, "o7-K1", &hers).await;
    assert_eq!(answer.json()["errors"], json!({"evidence": "unknown"}));
    said(&seven, "o4-K1", &theirs)
        .await
        .is_problem(404, "not_found");
    assert_eq!(said(&lin, "o7-K1", &hers).await.status, 201);
    let path = format!("/api/v1/evidence/{hers}");
    assert_eq!(seven.get(&path).await.status, 200);
    let shown = seven.order("o7").await;
    assert_eq!(shown["complaints"][0]["id"], "o7-K1");
    // The case or refund of another order is none that can be complained about.
    let elsewhere = json!({"topic": "late", "wish": "apology", "text": "?", "refund": "o2-R1"});
    let answer = seven
        .send("POST", "/api/v1/orders/o7/complaints", &elsewhere)
        .await;
    answer.is_problem(422, "invalid_fields");
}

#[tokio::test]
async fn a_guest_is_not_told_of_other_cancels_of_the_shopper_s() {
    let office = PostOffice::open();
    let orders: Vec<_> = (1..=26).map(|n| named(&n.to_string()).build()).collect();
    let world = World::configured(&orders, |config| office.configure(config)).await;
    let lin = world.lin().await;
    let warned = guest(&world, &office, "N21", 0).await;
    let limited = guest(&world, &office, "N23", 1).await;
    let guest = guest(&world, &office, "N26", 2).await;
    let cancel = async |caller: &Caller<'_>, n: usize| {
        let body = json!({"reason": "changed_mind"});
        caller.cancel(&format!("o{n}"), &body).await
    };
    for n in 1..=22 {
        assert_eq!(cancel(&lin, n).await.status, 201);
    }
    let preview = "/api/v1/orders/o26/cancellation/preview";
    assert_eq!(
        lin.get(preview).await.json()["counting"]["leads_to"],
        "limit"
    );
    let said = guest.get(preview).await.json();
    assert_eq!(said["outcome"], "cancelled");
    assert!(said.get("counting").is_none(), "{said}");
    assert_eq!(cancel(&lin, 23).await.status, 201);
    assert!(lin.order("o26").await.get("limit").is_some());
    // That staff decide is told, for it is so; why is of the other orders.
    let said = guest.get(preview).await.json();
    assert_eq!(said["outcome"], "requested");
    assert!(said.get("limit").is_none(), "{said}");
    let shown = guest.order("o26").await;
    assert_eq!(shown["cancellation"]["kind"], "by_request");
    assert!(shown.get("limit").is_none(), "{shown}");
    let asked = cancel(&guest, 26).await;
    assert_eq!(asked.status, 202, "{}", asked.text);
    assert!(!asked.text.contains("forget_days"), "{}", asked.text);
    // Nor does a guest read it of the very order that was one too many, or with which the limit was lifted.
    let zhou = world.staff("zhou").await;
    let why = json!({"note": "It was our stock."});
    let lifted = zhou
        .send("POST", "/api/v1/staff/orders/o23/limit/lifting", &why)
        .await;
    assert_eq!(lifted.status, 200, "{}", lifted.text);
    let events = |order: &serde_json::Value| {
        let entries = order["timeline"].as_array().expect("a timeline").iter();
        let entries = entries.map(|entry| entry["what"].as_str().expect("an event").to_owned());
        entries.collect::<Vec<_>>()
    };
    for (caller, n, of_standing) in [
        (&warned, 21, ["cancel_warned"].as_slice()),
        (&limited, 23, ["limit_lifted", "cancel_limited"].as_slice()),
    ] {
        let mut known = events(&lin.order(&format!("o{n}")).await);
        let told = events(&caller.order(&format!("o{n}")).await);
        for what in of_standing {
            assert!(known.iter().any(|known| known == what), "{known:?}");
        }
        known.retain(|what| !of_standing.contains(&what.as_str()));
        assert_eq!(told, known);
        assert!(told.iter().any(|what| what == "cancelled"), "{told:?}");
    }
}

#[tokio::test]
async fn a_guest_asks_about_a_top_up_without_naming_the_order() {
    let office = PostOffice::open();
    let goods = line("话费充值", 1, 1000).digital();
    let goods = goods.variant(LocalText::plain("100 元"));
    let top_up = order().id("o9").external_id("e9").number("N9");
    let top_up = top_up.shopper("lin").shop("wanfu").with(goods).build();
    let (world, _dist) = rendering_with(&[top_up], |config| office.configure(config)).await;
    let guest = guest(&world, &office, "N9", 0).await;
    let ways = guest.get("/api/v1/support").await.json();
    // As the page fills it in: the only line, with what the order says of it.
    let line = &ways["lines"][0];
    let filled = |name: &str| {
        let said = match name {
            "topic" => "top_up",
            "shop" => ways["shop"]["id"].as_str().expect("an id"),
            "line" => line["id"].as_str().expect("an id"),
            "face_value" => line["variant"].as_str().expect("a face value"),
            "account" => "13800000001",
            "text" => "没到账",
            _ => "",
        };
        said.to_owned()
    };
    let about = SupportQuery::default();
    let sent = question_of_form(&about, "k", filled).expect("a question");
    let begun = guest
        .send("POST", crate::chatting::CONVERSATIONS, &json!(sent))
        .await;
    assert_eq!(begun.status, 201, "{}", begun.text);
    let begun = begun.json();
    assert_eq!(begun["order"]["id"], "o9");
    assert_eq!(begun["subject"]["line"], line["id"]);
    assert_eq!(begun["subject"]["face_value"], "100 元");
    // So does the form, without the app.
    let cookie = format!("tepai_session={}", guest.token);
    let page = world.request("GET", "/support").header("cookie", &cookie);
    let page = read(page).await;
    let mut body = url::form_urlencoded::Serializer::new(String::new());
    for name in ["topic", "line", "face_value", "account", "text"] {
        body.append_pair(name, &filled(name));
    }
    for name in ["key", "shop"] {
        body.append_pair(name, hidden(&page.text, name));
    }
    let form = world.request("POST", "/support").header("cookie", &cookie);
    let form = form
        .header("sec-fetch-site", "same-origin")
        .header("content-type", "application/x-www-form-urlencoded");
    let sent = read(form.body(body.finish())).await;
    assert_eq!(sent.status, 303, "{}", sent.text);
    let talk = begun["id"].as_str().expect("an id");
    assert_eq!(sent.header("location"), format!("/support/{talk}"));
}

#[tokio::test]
async fn staff_are_told_that_a_guest_writes_and_take_nobody_for_logged_in() {
    let office = PostOffice::open();
    let world = world(&office).await;
    let (lin, wang) = (world.lin().await, world.staff("wang").await);
    let nine = guest(&world, &office, "N9", 0).await;
    let seven = guest(&world, &office, "N7", 1).await;
    // One that the guest begins, and one of the shopper's in which the guest writes later.
    let begun = crate::chatting::open(&nine, "o9").await;
    let joined = crate::chatting::open(&lin, "o7").await;
    let shown = async |id: &str| {
        let path = format!("/api/v1/staff/conversations/{id}");
        let enquiries = wang.get(&format!("{path}/enquiries")).await.json();
        let guest = wang.get(&path).await.json()["guest"].clone();
        (guest, enquiries["known"]["confirmed_by"].clone())
    };
    assert_eq!(shown(&begun).await, (json!(true), json!("one_time_code")));
    assert_eq!(shown(&joined).await, (json!(false), json!("logged_in")));
    let words = json!({"client_id": "z", "text": "在吗"});
    let path = format!("/api/v1/conversations/{joined}/messages");
    assert_eq!(seven.send("POST", &path, &words).await.status, 201);
    assert_eq!(shown(&joined).await, (json!(true), json!("one_time_code")));

    let path = format!("/api/v1/staff/conversations/{begun}/enquiries");
    let by = |code: &str| json!({"confirmed_by": code, "topic": "refund"});
    let refused = wang.send("POST", &path, &by("logged_in")).await;
    refused.is_problem(422, "invalid_fields");
    let enquiry = wang.send("POST", &path, &by("one_time_code")).await;
    assert_eq!(enquiry.status, 201, "{}", enquiry.text);
    let id = enquiry.json()["id"].as_str().expect("an id").to_owned();
    let path = format!("/api/v1/staff/enquiries/{id}");
    let again = wang
        .send("POST", &format!("{path}/who"), &by("logged_in"))
        .await;
    again.is_problem(422, "invalid_fields");
    // Another order of the same shopper's is nothing to them.
    let look = async |body| wang.send("POST", &format!("{path}/look-up"), &body).await;
    let other = look(json!({"order": "o1"})).await;
    assert_eq!(other.json()["errors"], json!({"order": "not_allowed"}));
    assert_eq!(look(json!({})).await.json()["order"], "o9");
    // And nobody is told the account's name in a reply.
    let reply = json!({"code": "dear", "title": "称呼", "zh": "{shopper_name}您好"});
    let zhou = world.staff("zhou").await;
    let added = zhou.send("POST", "/api/v1/staff/replies", &reply).await;
    assert_eq!(added.status, 201, "{}", added.text);
    let path = format!("/api/v1/staff/conversations/{begun}/replies");
    let filled = &wang.get(&path).await.json()["items"][0]["texts"][0];
    assert_eq!(filled["missing"], json!(["shopper_name"]));
}

#[tokio::test]
async fn a_guest_who_says_too_much_keeps_nobody_from_talking() {
    let office = PostOffice::open();
    let world = world(&office).await;
    let lin = world.lin().await;
    let nine = guest(&world, &office, "N9", 0).await;
    let talk = crate::chatting::open(&nine, "o9").await;
    let path = format!("/api/v1/conversations/{talk}/messages");
    let say = async |caller: &Caller<'_>, n: usize| {
        let words = json!({"client_id": format!("{}-{n}", &caller.token[..8]), "text": "?"});
        caller.send("POST", &path, &words).await
    };
    let mut said = 1;
    while say(&nine, said).await.status == 201 {
        said += 1;
        assert!(said < 100);
    }
    assert_eq!(say(&lin, 0).await.status, 201);
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
