//! What the server's pages do by themselves where the app would: say why a form was refused, keep the host app's wish for no
//! frame, keep the focus in an open dialog.

use crate::forms::{Browser, hidden};
use crate::world::{Answer, PASSWORD, cup, named, read};

const FORMS: [&str; 7] = [
    "/login",
    "/logout",
    "/orders/o1/cancel",
    "/orders/o1/withdraw",
    "/orders/o1/address",
    "/refunds/o1-R1/way",
    "/refunds/o1-R1/way/withdraw",
];

/// Checks that it is a page in the chosen language, which says this in the place of what it would show.
fn is_page(answer: &Answer, status: u16, text: &str) {
    assert_eq!(answer.status, status, "{}", answer.text);
    assert_eq!(answer.header("content-type"), "text/html; charset=utf-8");
    assert!(
        answer
            .header("content-security-policy")
            .contains("form-action 'self'"),
        "a page's policy"
    );
    let (drawn, _) = answer.text.split_once("id=\"start\"").expect("a page");
    assert!(drawn.contains(text), "{text}: {drawn}");
}

#[tokio::test]
async fn nobody_else_s_page_sends_a_form() {
    let browser = Browser::with(&[cup().build()]).await;
    let form = [("key", "k1"), ("reason", "changed_mind")];
    for path in FORMS {
        let foreign = browser
            .request(path, &form)
            .header("origin", "https://evil.example");
        let mut foreign = foreign.build().expect("a request");
        foreign
            .headers_mut()
            .insert("sec-fetch-site", "cross-site".parse().expect("a value"));
        let answer = browser.client.execute(foreign).await.expect("an answer");
        let answer = Answer {
            status: answer.status().as_u16(),
            headers: answer.headers().clone(),
            text: answer.text().await.expect("a body"),
        };
        is_page(&answer, 403, "The request came from another site.");
        assert!(!answer.text.contains("N1"), "nothing of the shopper's");
    }
    assert_eq!(browser.order("o1").await["state"], "unpacked");
    let api = browser.world.request("POST", "/api/v1/session");
    let api = api.header("sec-fetch-site", "cross-site");
    read(api).await.is_problem(403, "cross_site_request");
}

#[tokio::test]
async fn what_is_no_form_of_ours_is_refused_on_a_page() {
    let browser = Browser::with(&[cup().build()]).await;
    let long = "x".repeat(70_000);
    for path in FORMS {
        let large = browser.post(path, &[("key", "k1"), ("note", &long)]).await;
        is_page(&large, 413, "body is larger than allowed");
    }
    let chinese = browser.request("/orders/o1/cancel?lang=zh-CN", &[("note", &long)]);
    is_page(&read(chinese).await, 413, "内容过大");
    for key in ["", "a b"] {
        let form = [("key", key), ("reason", "changed_mind")];
        let answer = browser.post("/orders/o1/cancel", &form).await;
        is_page(&answer, 400, "href=\"/orders\"");
    }
    let json = browser.request("/login", &[]).build().expect("a request");
    let mut json = json;
    json.headers_mut()
        .insert("content-type", "application/json".parse().expect("a value"));
    let answer = browser.client.execute(json).await.expect("an answer");
    assert_eq!(answer.status(), 415);
    assert_eq!(browser.order("o1").await["state"], "unpacked");
    assert_eq!(browser.open("/logout").await.status, 200);
}

/// Every link and form of a page that leads to another of ours.
fn addresses(page: &Answer) -> Vec<&str> {
    let (_, body) = page.text.split_once("<div id=\"served\">").expect("a page");
    let (body, _) = body.split_once("id=\"start\"").expect("a page");
    let mut found = Vec::new();
    for tag in body
        .split('<')
        .filter(|tag| tag.starts_with("a ") || tag.contains("method=\"post\""))
    {
        for name in [" href=\"", " action=\""] {
            if let Some((_, rest)) = tag.split_once(name) {
                found.push(rest.split('"').next().unwrap_or_default());
            }
        }
    }
    found.retain(|url| url.starts_with(['/', '?']));
    found
}

#[tokio::test]
async fn without_a_frame_it_stays_without_one_on_every_way() {
    let wanfu = named("2").shop("wanfu").build();
    let mut browser = Browser::with(&[cup().build(), wanfu]).await;
    for path in [
        "/orders",
        "/orders?tab=to_ship",
        "/orders/o1",
        "/orders/o1/cancel",
        "/orders/none",
        "/no/such/page",
    ] {
        let plain = browser.open(path).await;
        assert!(!plain.text.contains("embed"), "{path}");
        let and = if path.contains('?') { '&' } else { '?' };
        let page = browser.open(&format!("{path}{and}embed=1")).await;
        assert!(page.text.contains("<html lang=\"en\" data-embed=\"\">"));
        let found = addresses(&page);
        assert_eq!(found.len(), addresses(&plain).len(), "{path}");
        assert!(!found.is_empty(), "{path}");
        for url in found {
            assert!(url.ends_with("embed=1"), "{path}: {url}");
        }
        // A form that asks replaces the query.
        let asking =
            page.text.matches("<form ").count() - page.text.matches("method=\"post\"").count();
        let fields = page.text.matches("name=\"embed\" value=\"1\"").count();
        assert_eq!(fields, asking, "{path}");
        assert_eq!(
            asking > 0,
            path.ends_with("orders") || path.contains("tab"),
            "{path}"
        );
    }

    let form = [("key", "k1"), ("reason", "changed_mind")];
    let asked = browser.post("/orders/o2/cancel?embed=1", &form).await;
    assert_eq!(asked.status, 202);
    assert!(
        asked.text.contains(" data-embed=\"\"")
            && asked.text.contains("href=\"/orders/o2?embed=1\"")
    );
    let page = browser.open("/orders/o2?embed=1").await;
    let form = [("key", hidden(&page.text, "key"))];
    let done = browser.post("/orders/o2/withdraw?embed=1", &form).await;
    assert_eq!(done.header("location"), "/orders/o2?done=withdrawn&embed=1");
    let out = browser.post("/logout?embed=1", &[]).await;
    assert_eq!(out.header("location"), "/login?embed=1");

    browser.cookie = "tepai_session=none".to_owned();
    let gone = browser.open("/orders/o1?embed=1").await;
    let (login, next) = (
        "/login?next=%2Forders%2Fo1%3Fembed%3D1&embed=1",
        "/orders/o1?embed=1",
    );
    assert_eq!((gone.status, gone.header("location")), (303, login));
    let page = browser.open(login).await;
    assert!(page.text.contains(" data-embed=\"\""));
    let action = format!("action=\"{}\"", login.replace('&', "&amp;"));
    assert!(page.text.contains(&action), "{}", page.text);
    let form = [("login", "lin@example.com"), ("password", PASSWORD)];
    let done = browser.post(login, &form).await;
    assert_eq!(done.header("location"), next);
    let done = browser.post("/login?embed=1", &form).await;
    assert_eq!(done.header("location"), "/orders?embed=1");
}

#[tokio::test]
async fn behind_an_open_dialog_nothing_can_be_reached() {
    let browser = Browser::with(&[cup().build()]).await;
    let page = browser.open("/orders/o1").await;
    assert!(!page.text.contains("inert"));
    for (form, status) in [
        (None, 200),
        (Some([("key", "k1"), ("reason", "changed_mind")]), 201),
        (Some([("key", "k2"), ("reason", "changed_mind")]), 409),
    ] {
        let open = match form {
            Some(form) => browser.post("/orders/o1/cancel", &form).await,
            None => browser.open("/orders/o1/cancel").await,
        };
        assert_eq!(open.status, status);
        for tag in [
            "<a inert=\"\" href=\"#main\"",
            "<header inert=\"\" ",
            "<main inert=\"\" ",
        ] {
            assert!(open.text.contains(tag), "{tag}: {}", open.text);
        }
        let (_, dialog) = open.text.split_once("<dialog open ").expect("a dialog");
        let (dialog, _) = dialog.split_once("</dialog>").expect("its end");
        assert!(!dialog.contains("inert"), "{dialog}");
    }
}
