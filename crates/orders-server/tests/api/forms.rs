//! The pages' forms, sent as a browser without the app sends them.

use reqwest::redirect::Policy;
use reqwest::{Client, RequestBuilder};
use tempfile::TempDir;

use crate::pages::rendering;
use crate::world::{Answer, PASSWORD, World, cup, named, read};

/// A browser that follows no redirects.
pub struct Browser {
    pub world: World,
    pub client: Client,
    pub cookie: String,
    _dist: TempDir,
}

impl Browser {
    /// Lin, logged in, with these orders.
    pub async fn with(orders: &[orders_domain::Order]) -> Self {
        let (world, dist) = rendering(orders).await;
        let cookie = format!("tepai_session={}", world.token_of("lin").await);
        let client = Client::builder().no_proxy().redirect(Policy::none());
        Self {
            world,
            client: client.build().expect("a client"),
            cookie,
            _dist: dist,
        }
    }

    pub fn request(&self, path: &str, fields: &[(&str, &str)]) -> RequestBuilder {
        let body: Vec<String> = fields
            .iter()
            .map(|(name, value)| {
                let value = orders_api::segment(value);
                format!("{}={value}", orders_api::segment(name))
            })
            .collect();
        self.client
            .post(format!("{}{path}", self.world.base))
            .header("content-type", "application/x-www-form-urlencoded")
            .header("cookie", &self.cookie)
            .header("accept-language", "en")
            .header("sec-fetch-site", "same-origin")
            .body(body.join("&"))
    }

    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        read(self.request(path, fields)).await
    }

    pub async fn open(&self, path: &str) -> Answer {
        let request = self.client.get(format!("{}{path}", self.world.base));
        let request = request.header("accept-language", "en");
        let request = request.header("accept", "text/html,*/*");
        read(request.header("cookie", &self.cookie)).await
    }

    pub async fn order(&self, id: &str) -> serde_json::Value {
        let order = self.open(&format!("/api/v1/orders/{id}")).await;
        order.json()
    }
}

/// The value of a hidden field of a page.
pub fn hidden<'a>(page: &'a str, name: &str) -> &'a str {
    let field = format!("<input type=\"hidden\" name=\"{name}\" value=\"");
    let (_, rest) = page.split_once(&field).expect("the field is there");
    rest.split('"').next().unwrap_or_default()
}

pub fn count(page: &Answer, text: &str) -> usize {
    page.text.matches(text).count()
}

#[tokio::test]
async fn logging_in_leads_on_and_a_wrong_pair_stays_without_the_password() {
    let browser = Browser::with(&[]).await;
    let form = [("login", "lin@example.com"), ("password", PASSWORD)];
    let done = browser.post("/login?next=%2Forders%2Fo1", &form).await;
    assert_eq!((done.status, done.header("location")), (303, "/orders/o1"));
    assert!(done.header("set-cookie").starts_with("tepai_session="));
    let next = [form[0], form[1], ("next", "//evil.example")];
    let safe = browser.post("/login", &next).await;
    assert_eq!((safe.status, safe.header("location")), (303, "/orders"));

    let wrong = [("login", "lin@\"><i>"), ("password", "open sesame")];
    let refused = browser.post("/login?next=%2Forders%2Fo1", &wrong).await;
    assert_eq!(refused.status, 401, "{}", refused.text);
    assert!(refused.text.contains("Login or password is wrong"));
    assert!(
        refused
            .text
            .contains("action=\"/login?next=%2Forders%2Fo1\"")
    );
    assert!(
        refused.text.contains("value=\"lin@&quot;&gt;&lt;i&gt;\"")
            || refused.text.contains("value=\"lin@&quot;><i>\"")
    );
    assert!(!refused.text.contains("open sesame"), "{}", refused.text);
    assert_eq!(refused.header("cache-control"), "no-store");
    let empty = browser
        .post("/login", &[("login", ""), ("password", "")])
        .await;
    assert_eq!(empty.status, 422);
    assert!(empty.text.contains("Enter your password"), "{}", empty.text);
}

#[tokio::test]
async fn guesses_through_the_form_are_counted_like_the_others() {
    let browser = Browser::with(&[]).await;
    let guess = [("login", "zhao@example.com"), ("password", "guess")];
    for _ in 0..5 {
        assert_eq!(browser.post("/login", &guess).await.status, 401);
    }
    let refused = browser.post("/login", &guess).await;
    assert_eq!(refused.status, 429);
    assert!(refused.text.contains("Too many attempts"));
    assert!(!refused.header("retry-after").is_empty());
}

#[tokio::test]
async fn logging_out_ends_the_session() {
    let browser = Browser::with(&[]).await;
    let out = browser.post("/logout", &[]).await;
    assert_eq!((out.status, out.header("location")), (303, "/login"));
    assert!(out.header("set-cookie").contains("Max-Age=0"));
    let gone = browser.open("/orders").await;
    assert_eq!(
        (gone.status, gone.header("location")),
        (303, "/login?next=%2Forders")
    );
}

#[tokio::test]
async fn the_same_cancel_sent_twice_has_one_effect_and_one_answer() {
    let browser = Browser::with(&[cup().build()]).await;
    let page = browser.open("/orders/o1/cancel").await;
    let key = hidden(&page.text, "key").to_owned();
    assert_ne!(
        key,
        hidden(&browser.open("/orders/o1/cancel").await.text, "key")
    );
    let form = [
        ("key", key.as_str()),
        ("known", ""),
        ("reason", "changed_mind"),
    ];
    let (one, two) = tokio::join!(
        browser.post("/orders/o1/cancel", &form),
        browser.post("/orders/o1/cancel", &form)
    );
    for answer in [&one, &two, &browser.post("/orders/o1/cancel", &form).await] {
        assert_eq!(answer.status, 201, "{}", answer.text);
        assert!(answer.text.contains("The order is cancelled"));
        assert!(answer.text.contains("class=\"refund-slip-total\">¥10.00"));
    }
    let order = browser.order("o1").await;
    assert_eq!(order["state"], "cancelled");
    assert_eq!(order["refunds"].as_array().map(Vec::len), Some(1));
    let other = [("key", key.as_str()), ("reason", "too_slow")];
    assert_eq!(browser.post("/orders/o1/cancel", &other).await.status, 422);
}

#[tokio::test]
async fn what_came_back_is_told_again_with_the_answer() {
    use orders_domain::{Day, LocalText};
    let until = |year| Day::from_ymd_opt(year, 1, 1).expect("a day");
    let name = |en: &str| LocalText {
        zh_cn: "券".to_owned(),
        en: Some(en.to_owned()),
    };
    let order = named("1")
        .coupon("c1", name("Autumn coupon"), 100, until(2099))
        .coupon("c2", name("Spring coupon"), 100, until(2020))
        .points(50, 50);
    let browser = Browser::with(&[order.build()]).await;
    let form = [("key", "k1"), ("known", ""), ("reason", "changed_mind")];
    for turn in ["first", "again"] {
        let answer = browser.post("/orders/o1/cancel", &form).await;
        assert_eq!(answer.status, 201, "{turn}: {}", answer.text);
        for text in ["Autumn coupon", "Spring coupon", "50 points"] {
            let (drawn, start) = answer.text.split_once("id=\"start\"").expect("a page");
            assert!(drawn.contains(text), "{turn}, {text}: {drawn}");
            // The app draws it from there.
            let (_, outcome) = start.split_once("\"outcome\":\"cancelled\"").expect("done");
            assert!(outcome.contains("\"restored\":[{"), "{outcome}");
        }
    }
}

#[tokio::test]
async fn a_part_is_worked_out_and_cancelled_by_line() {
    let browser = Browser::with(&[named("1").line("台灯", 3, 500).build()]).await;
    let lamp = browser.order("o1").await["lines"][1]["id"].clone();
    let lamp = format!("line-{}", lamp.as_str().expect("an id"));
    let page = browser.open("/orders/o1/cancel").await;
    let key = hidden(&page.text, "key");
    let form = [
        ("key", key),
        ("known", ""),
        ("part", "1"),
        (lamp.as_str(), "2"),
        ("reason", "changed_mind"),
    ];
    let asked = [form.as_slice(), &[("calculate", "1")]].concat();
    let worked_out = browser.post("/orders/o1/cancel", &asked).await;
    assert_eq!(worked_out.status, 200);
    assert_eq!(hidden(&worked_out.text, "key"), key);
    assert!(
        worked_out
            .text
            .contains("class=\"refund-slip-total\">¥10.00")
    );
    assert!(
        worked_out
            .text
            .contains("value=\"2\" class=\"stepper-value\"")
    );
    assert!(worked_out.text.contains("value=\"changed_mind\" checked"));
    assert_eq!(
        browser.order("o1").await["refunds"]
            .as_array()
            .map(Vec::len),
        Some(0)
    );

    let done = browser.post("/orders/o1/cancel", &form).await;
    assert_eq!(done.status, 201, "{}", done.text);
    assert!(done.text.contains("The chosen items are cancelled"));
    browser.post("/orders/o1/cancel", &form).await;
    let order = browser.order("o1").await;
    assert_eq!(order["lines"][1]["cancelled_quantity"], 2);
    assert_eq!(order["refunds"].as_array().map(Vec::len), Some(1));
}

#[tokio::test]
async fn a_whole_that_was_drawn_and_is_not_there_any_more_is_drawn_again() {
    let browser = Browser::with(&[named("1").line("台灯", 3, 500).build()]).await;
    let page = browser.open("/orders/o1/cancel").await;
    let lines = browser.order("o1").await["lines"].clone();
    let all = |at: usize| format!("all-{}", lines[at]["id"].as_str().expect("an id"));
    let (cup, lamp) = (all(0), all(1));
    let form = [
        ("key", hidden(&page.text, "key")),
        ("known", ""),
        ("part", "0"),
        (cup.as_str(), hidden(&page.text, &cup)),
        (lamp.as_str(), hidden(&page.text, &lamp)),
        ("reason", "changed_mind"),
    ];
    // Elsewhere, a lamp of it was cancelled.
    let elsewhere = [
        ("key", "other"),
        ("part", "1"),
        (&*lamp.replace("all-", "line-"), "1"),
        ("reason", "changed_mind"),
    ];
    assert_eq!(
        browser.post("/orders/o1/cancel", &elsewhere).await.status,
        201
    );
    let refused = browser.post("/orders/o1/cancel", &form).await;
    assert_eq!(refused.status, 422, "{}", refused.text);
    assert!(refused.text.contains("Please check once more"));
    assert_eq!(hidden(&refused.text, &lamp), "2");
    assert!(refused.text.contains("class=\"refund-slip-total\">¥20.00"));
    let key = hidden(&refused.text, "key").to_owned();
    let mut form = form;
    (form[0].1, form[4].1) = (&key, "2");
    let done = browser.post("/orders/o1/cancel", &form).await;
    assert_eq!(done.status, 201, "{}", done.text);
    assert_eq!(browser.order("o1").await["state"], "cancelled");
}

#[tokio::test]
async fn wrong_fields_come_back_with_what_was_filled_in() {
    let browser = Browser::with(&[named("1").line("台灯", 3, 500).build()]).await;
    let lamp = browser.order("o1").await["lines"][1]["id"].clone();
    let lamp = format!("line-{}", lamp.as_str().expect("an id"));
    let long = "x".repeat(501);
    for (at, (fields, text)) in [
        (vec![], "Choose a reason."),
        (vec![("reason", "other")], "Write a few words."),
        (
            vec![("reason", "other"), ("note", long.as_str())],
            "At most 500 characters.",
        ),
        (
            vec![("reason", "no such")],
            "This reason is no longer offered",
        ),
        (
            vec![("reason", "changed_mind"), ("part", "1")],
            "Choose at least one item",
        ),
        (
            vec![
                ("reason", "changed_mind"),
                ("part", "1"),
                (lamp.as_str(), "9"),
            ],
            "The quantities have changed",
        ),
        (
            vec![
                ("reason", "changed_mind"),
                ("part", "1"),
                (lamp.as_str(), "some"),
            ],
            "The quantities have changed",
        ),
    ]
    .into_iter()
    .enumerate()
    {
        let key = format!("k{at}");
        let form = [fields.as_slice(), &[("key", key.as_str()), ("known", "")]].concat();
        let refused = browser.post("/orders/o1/cancel", &form).await;
        assert_eq!(refused.status, 422, "{fields:?}");
        assert!(refused.text.contains(text), "{fields:?}: {}", refused.text);
        assert_ne!(hidden(&refused.text, "key"), key, "it is settled");
    }
    let note = "</textarea><script>alert(1)</script>\"&amp;\r\ntwo";
    let form = [
        ("reason", ""),
        ("note", note),
        ("key", "k9"),
        ("known", "<i>"),
    ];
    let refused = browser.post("/orders/o1/cancel", &form).await;
    assert_eq!(refused.status, 422);
    assert_eq!(count(&refused, "<script>alert"), 0, "{}", refused.text);
    assert!(
        refused
            .text
            .contains("\n&lt;/textarea>&lt;script>alert(1)&lt;/script>\"&amp;amp;\ntwo</textarea>"),
        "{}",
        refused.text
    );
    let order = browser.order("o1").await;
    assert_eq!(order["state"], "unpacked");
    assert_eq!(order["refunds"].as_array().map(Vec::len), Some(0));
}

#[tokio::test]
async fn whoever_was_overtaken_gets_the_new_state_and_the_way_on() {
    let browser = Browser::with(&[cup().build()]).await;
    let page = browser.open("/orders/o1/cancel").await;
    let form = [
        ("key", hidden(&page.text, "key")),
        ("reason", "changed_mind"),
    ];
    assert_eq!(
        browser.world.event("e1", "packing_started").await.status,
        200
    );
    let refused = browser.post("/orders/o1/cancel", &form).await;
    assert_eq!(refused.status, 409);
    assert!(refused.text.contains("The warehouse has started packing"));
    assert!(refused.text.contains("href=\"tel:"));
    assert_eq!(
        count(&refused, "data-kind=\"danger\""),
        0,
        "nothing to confirm"
    );
    // A wrong field does not hide that it is too late.
    let wrong = browser.post("/orders/o1/cancel", &[("key", "k2")]).await;
    assert!(
        wrong.text.contains("Packing has just started"),
        "{}",
        wrong.text
    );
}

#[tokio::test]
async fn a_request_is_made_and_withdrawn_by_forms() {
    let browser = Browser::with(&[named("1").shop("wanfu").build()]).await;
    let form = [("key", "k1"), ("reason", "changed_mind")];
    let asked = browser.post("/orders/o1/cancel", &form).await;
    assert_eq!(asked.status, 202, "{}", asked.text);
    assert!(asked.text.contains("Your request is with staff"));
    let page = browser.open("/orders/o1").await;
    assert!(page.text.contains("action=\"/orders/o1/withdraw\""));
    let form = [("key", hidden(&page.text, "key"))];
    for _ in 0..2 {
        let done = browser.post("/orders/o1/withdraw", &form).await;
        assert_eq!(
            (done.status, done.header("location")),
            (303, "/orders/o1?done=withdrawn")
        );
    }
    let told = browser.open("/orders/o1?done=withdrawn").await;
    assert!(told.text.contains("The request is withdrawn"));
    let late = browser.post("/orders/o1/withdraw", &[("key", "k9")]).await;
    assert_eq!(late.status, 409);
    assert!(late.text.contains("role=\"alert\""), "{}", late.text);
    assert_eq!(browser.open("/orders/o1/withdraw").await.status, 200);
}

#[tokio::test]
async fn an_address_is_corrected_by_its_form() {
    use orders_api::{AddressField, PendingCause};
    let waiting = named("1")
        .pending(PendingCause::IncompleteInfo)
        .missing(&[AddressField::Phone]);
    let browser = Browser::with(&[waiting.build()]).await;
    let page = browser.open("/orders/o1").await;
    assert!(page.text.contains("name=\"phone\""));
    let form = |phone| {
        [
            ("key", "k1"),
            ("recipient", "林小满"),
            ("phone", phone),
            ("region", "杭州"),
            ("street", "文一路 <1>"),
        ]
    };
    let refused = browser.post("/orders/o1/address", &form("12")).await;
    assert_eq!(refused.status, 422);
    assert!(refused.text.contains("value=\"12\""), "{}", refused.text);
    assert_eq!(count(&refused, "aria-invalid=\"true\""), 1);
    let mut good = form("13800000001");
    good[0].1 = "k2";
    let done = browser.post("/orders/o1/address", &good).await;
    assert_eq!(
        (done.status, done.header("location")),
        (303, "/orders/o1?done=address")
    );
    assert_eq!(browser.order("o1").await["address"]["phone"], "13800000001");
}

#[tokio::test]
async fn another_s_order_is_a_page_that_leads_nowhere() {
    let theirs = named("2").shopper("zhao").build();
    let browser = Browser::with(&[cup().build(), theirs]).await;
    for path in [
        "/orders/o2/cancel",
        "/orders/o2/withdraw",
        "/orders/o2/address",
        "/orders/none/cancel",
        "/refunds/none/way/withdraw",
    ] {
        let form = [("key", "k1"), ("reason", "changed_mind")];
        let answer = browser.post(path, &form).await;
        assert_eq!(answer.status, 404, "{path}");
        assert!(answer.text.contains("<div id=\"served\">") && !answer.text.contains("N2"));
    }
    let zhao = browser.world.zhao().await;
    assert_eq!(zhao.order("o2").await["state"], "unpacked");
}

#[tokio::test]
async fn without_a_session_a_form_leads_to_the_log_in_page_and_back() {
    let mut browser = Browser::with(&[cup().build()]).await;
    browser.cookie = "tepai_session=none".into();
    let form = [
        ("key", "k1"),
        ("reason", "changed_mind"),
        ("note", "secret"),
        ("part", "0"),
    ];
    let answer = browser.post("/orders/o1/cancel", &form).await;
    assert_eq!(
        (answer.status, answer.header("location")),
        (
            303,
            "/login?next=%2Forders%2Fo1%2Fcancel%3Freason%3Dchanged_mind%26part%3D0"
        )
    );
}
