//! The storefront's files, and its pages as the server renders them.

use std::fs;

use tempfile::TempDir;

use crate::world::{World, named, read};

const INDEX: &str = "<!doctype html><script type=\"module\">let tepai = 1;</script>";

fn dist() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name);
    fs::create_dir(at("products")).expect("a folder");
    for (name, bytes) in [
        ("index.html", INDEX),
        ("index.html.br", "br"),
        ("storefront-0123456789abcdef.js", "plain"),
        ("storefront-0123456789abcdef.js.br", "brotli"),
        ("storefront-0123456789abcdef.js.gz", "gzip"),
        ("storefront-0123456789abcdef_bg.wasm", "wasm"),
        ("products/mug.svg", "<svg/>"),
        ("sw.js", "worker"),
    ] {
        fs::write(at(name), bytes).expect("a file");
    }
    folder
}

async fn world() -> (World, TempDir) {
    let dist = dist();
    let path = dist.path().to_owned();
    (
        World::configured(&[], |config| config.dist = Some(path)).await,
        dist,
    )
}

#[tokio::test]
async fn the_page_comes_for_every_address_of_the_storefront() {
    let (world, _dist) = world().await;
    for path in [
        "/",
        "/login",
        "/orders",
        "/orders/o1",
        "/orders/o1/cancel",
        "/support",
        "/orders?tab=all&lang=en",
    ] {
        let page = world.get(path).await;
        assert_eq!((page.status, page.text.as_str()), (200, INDEX), "{path}");
        assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
        assert_eq!(page.header("cache-control"), "no-cache");
    }
    let elsewhere = world
        .request("GET", "/no/such/page")
        .header("accept", "text/html");
    let elsewhere = read(elsewhere).await;
    assert_eq!((elsewhere.status, elsewhere.text.as_str()), (404, INDEX));
    world
        .get("/no/such/page")
        .await
        .is_problem(404, "not_found");
    let missing = world
        .request("GET", "/old-0123456789abcdef.js")
        .header("accept", "text/html, */*");
    read(missing).await.is_problem(404, "not_found");
    read(world.request("POST", "/orders"))
        .await
        .is_problem(405, "method_not_allowed");
}

#[tokio::test]
async fn the_page_s_policy_goes_with_pages_and_with_the_worker_that_asks_for_them_alone() {
    let (world, _dist) = world().await;
    let policy = async |path: &str| {
        let answer = world.get(path).await;
        assert_eq!(answer.status, 200, "{path}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        answer.header("content-security-policy").to_owned()
    };
    let of_pages = policy("/orders").await;
    assert!(of_pages.contains("connect-src 'self'"), "{of_pages}");
    assert_eq!(policy("/sw.js").await, of_pages);
    for file in [
        "/storefront-0123456789abcdef.js",
        "/storefront-0123456789abcdef_bg.wasm",
        "/products/mug.svg",
    ] {
        assert_eq!(
            policy(file).await,
            "default-src 'none'; frame-ancestors 'none'",
            "{file}"
        );
    }
}

#[tokio::test]
async fn the_page_s_policy_names_its_own_scripts_and_nothing_unsafe() {
    let (world, _dist) = world().await;
    let page = world.get("/").await;
    let policy = page.header("content-security-policy");
    assert!(
        policy.contains("script-src 'self' 'wasm-unsafe-eval' 'sha256-"),
        "{policy}"
    );
    assert!(policy.contains("frame-ancestors 'self'"), "{policy}");
    assert!(
        !policy.contains("unsafe-inline") && !policy.contains(" 'unsafe-eval'"),
        "{policy}"
    );
    // The hash of `let tepai = 1;` as the browser computes it.
    assert!(policy.contains(&format!("'sha256-{SCRIPT}'")), "{policy}");
    let frames = World::configured(&[], |config| {
        config.frame_ancestors = "'self' https://app.example.com".to_owned();
    })
    .await;
    let page = frames.get("/").await;
    assert!(
        page.header("content-security-policy")
            .ends_with("frame-ancestors 'self' https://app.example.com")
    );
}

const SCRIPT: &str = "igBarXt7Hk13MWQft6/KSE+osEyTEN8t/HEsPHfgk1U=";

#[tokio::test]
async fn files_come_compressed_and_are_kept_by_their_hash() {
    let (world, _dist) = world().await;
    let js = "/storefront-0123456789abcdef.js";
    for (accepted, text, encoding) in [
        ("gzip, deflate, br", "brotli", "br"),
        ("gzip", "gzip", "gzip"),
        ("br;q=0, gzip", "gzip", "gzip"),
        ("identity", "plain", ""),
    ] {
        let file = read(world.request("GET", js).header("accept-encoding", accepted)).await;
        assert_eq!(
            (file.text.as_str(), file.header("content-encoding")),
            (text, encoding)
        );
        assert_eq!(
            file.header("cache-control"),
            "public, max-age=31536000, immutable"
        );
        assert_eq!(file.header("vary"), "accept-encoding");
        assert_eq!(
            file.header("content-type"),
            "text/javascript; charset=utf-8"
        );
    }
    let wasm = world.get("/storefront-0123456789abcdef_bg.wasm").await;
    assert_eq!(wasm.header("content-type"), "application/wasm");
    assert!(wasm.header("cache-control").contains("immutable"));

    let picture = world.get("/products/mug.svg").await;
    assert_eq!(
        (
            picture.header("content-type"),
            picture.header("cache-control")
        ),
        (
            "image/svg+xml",
            "public, max-age=86400, stale-while-revalidate=604800"
        )
    );
    let again = world
        .request("GET", "/products/mug.svg")
        .header("if-none-match", picture.header("etag"));
    assert_eq!(read(again).await.status, 304);
    let head = read(world.request("HEAD", js)).await;
    assert_eq!(
        (
            head.status,
            head.text.as_str(),
            head.header("content-length")
        ),
        (200, "", "5")
    );
}

const FORM: &str = "<!doctype html>\n<html lang=\"zh-CN\">\n<head>\n<meta name=\"tepai-build\" content=\"0123456789abcdef\">\n<title>Tepai</title>\n\
<meta name=\"later-style\" content=\"/later-0123456789abcdef.css\">\n\
<link rel=\"modulepreload\" href=\"/s.js\"><link rel=\"preload\" href=\"/s.wasm\" as=\"fetch\">\n\
<link rel=\"stylesheet\" href=\"/main-0123456789abcdef.css\">\n<script type=\"module\">let tepai = 1;</script>\n\
</head>\n<body>\n<div id=\"boot\">grey</div>\n</body>\n</html>\n";

pub async fn rendering(orders: &[orders_domain::Order]) -> (World, TempDir) {
    rendering_with(orders, |_| ()).await
}

/// The same with other settings, too.
pub async fn rendering_with(
    orders: &[orders_domain::Order],
    change: impl FnOnce(&mut orders_server::Config),
) -> (World, TempDir) {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name);
    fs::write(at("index.html"), FORM).expect("a file");
    fs::write(at("main-0123456789abcdef.css"), "p{color:red}").expect("a file");
    fs::write(at("later-0123456789abcdef.css"), "b{color:blue}").expect("a file");
    for name in [
        "order",
        "log_in",
        "shared.log_in.order",
        "shared.host.log_in",
    ] {
        let name = format!("later-{name}-0123456789abcdef.wasm");
        fs::write(at(&name), "wasm").expect("a file");
    }
    let path = folder.path().to_owned();
    let world = World::configured(orders, |config| {
        config.dist = Some(path);
        change(config);
    })
    .await;
    (world, folder)
}

#[tokio::test]
async fn the_program_is_fetched_after_the_first_picture_and_a_part_is_what_changes() {
    let (world, _dist) = rendering(&[named("1").build()]).await;
    let lin = world.lin().await;
    let whole = lin.get("/orders/o1").await;
    assert!(
        !whole.text.contains("rel=\"preload\"") && !whole.text.contains("rel=\"modulepreload\"")
    );
    for other in ["later-log_in", "later-shared.host.log_in"] {
        assert!(!whole.text.contains(other), "{other}");
    }
    for href in [
        "/s.js",
        "/s.wasm",
        "/later-order-0123456789abcdef.wasm",
        "/later-shared.log_in.order-0123456789abcdef.wasm",
    ] {
        let link = whole.text.split("<link ").find(|link| link.contains(href));
        assert!(
            link.is_some_and(|link| link.contains("data-later=\"")),
            "{href}"
        );
    }
    // The page of an address that leads nowhere comes with those of who is not logged in.
    let nowhere = lin.request("GET", "/nowhere").header("accept", "text/html");
    let nowhere = read(nowhere).await;
    let code = nowhere.text.contains("later-log_in-0123456789abcdef.wasm");
    assert!(
        code && nowhere.text.contains("b{color:blue}"),
        "{}",
        nowhere.text
    );
    for (asked, style) in [("body, style", true), ("body", false)] {
        let part = lin
            .request("GET", "/orders/o1")
            .header("x-tepai-part", asked);
        let part = read(part).await;
        assert_eq!(part.status, 200, "{}", part.text);
        assert_eq!(part.text.contains("b{color:blue}"), style, "{asked}");
        for text in [
            "<meta name=\"tepai-build\" content=\"0123456789abcdef\">",
            "<title>",
            "later-order-0123456789abcdef.wasm",
            "<div id=\"served\">",
            "id=\"start\">",
        ] {
            assert!(part.text.contains(text), "{asked}: {text}");
        }
        assert!(!part.text.contains("p{color:red}") && !part.text.contains("let tepai"));
        assert_eq!(
            part.header("x-tepai-shopper"),
            whole.header("x-tepai-shopper")
        );
    }
}

#[tokio::test]
async fn the_page_comes_with_the_orders_and_the_answers_it_was_drawn_from() {
    let (world, _dist) = rendering(&[named("1").build()]).await;
    let lin = world.lin().await;
    let list = lin.get("/orders").await;
    assert_eq!(list.status, 200, "{}", list.text);
    assert_eq!(list.header("cache-control"), "no-store");
    assert_eq!(list.header("x-tepai-shopper").len(), 16);
    assert!(!list.text.contains("grey"), "the skeleton is gone");
    assert!(list.text.contains("<style>p{color:red}</style>"));
    let policy = list.header("content-security-policy").to_owned();
    assert!(policy.contains("style-src 'self' 'sha256-"), "{policy}");

    let (_, rest) = list.text.split_once("id=\"start\">").expect("answers");
    let (answers, _) = rest.split_once("</script>").expect("answers");
    let answers: serde_json::Value = serde_json::from_str(answers).expect("JSON");
    let urls: Vec<_> = answers
        .as_array()
        .expect("a list")
        .iter()
        .map(|it| &it["url"])
        .collect();
    assert_eq!(
        urls,
        [
            "/api/v1/session",
            "/api/v1/orders?limit=20",
            "/api/v1/notifications/unread",
            "mark"
        ]
    );
    let order = &answers[1]["body"]["items"][0];
    let (id, number) = (
        order["id"].as_str().expect("an id"),
        order["number"].as_str().expect("a number"),
    );
    let (drawn, _) = list.text.split_once("id=\"start\"").expect("a page");
    assert!(
        drawn.contains(number) && drawn.contains(&format!("/orders/{id}\"")),
        "{drawn}"
    );

    let page = lin.get(&format!("/orders/{id}/cancel?lang=en")).await;
    assert!(
        page.text.starts_with("<!doctype html>\n<html lang=\"en\""),
        "{}",
        page.text
    );
    assert!(
        page.text.contains("<dialog") && page.text.contains(&format!("{number} · Tepai</title>"))
    );
    assert!(
        page.text
            .contains("href=\"/later-order-0123456789abcdef.wasm\"")
    );
    assert!(page.header("set-cookie").contains("tepai_language=en"));
}

#[tokio::test]
async fn nobody_sees_a_page_of_somebody_else_s() {
    let (world, _dist) = rendering(&[named("1").build()]).await;
    let id = world.lin().await.get("/api/v1/orders").await.json()["items"][0]["id"]
        .as_str()
        .expect("an id")
        .to_owned();
    let path = format!("/orders/{id}");
    let number = world.lin().await.order(&id).await["number"]
        .as_str()
        .expect("a number")
        .to_owned();
    let foreign = world.zhao().await.get(&path).await;
    assert_eq!(foreign.status, 404);
    assert!(!foreign.text.contains(&number));
    let nobody = world.get(&path).await;
    assert_eq!((nobody.status, nobody.text.as_str()), (303, ""));
    assert_eq!(
        nobody.header("location"),
        format!("/login?next=%2Forders%2F{id}")
    );
    let login = world.get("/login").await;
    assert_eq!(login.status, 200);
    assert!(login.text.contains("type=\"password\"") && login.text.contains("id=\"start\">[]<"));
    let inside = world
        .lin()
        .await
        .get("/login?next=%2Forders%3Ftab%3Dcancelled")
        .await;
    assert_eq!(
        (inside.status, inside.header("location")),
        (303, "/orders?tab=cancelled")
    );
}

#[tokio::test]
async fn a_page_is_compressed_on_its_way() {
    let (world, _dist) = rendering(&[named("1").build()]).await;
    let lin = world.lin().await;
    for (accept, encoding) in [("gzip, br", "br"), ("gzip", "gzip"), ("identity", "")] {
        let page = read(
            lin.request("GET", "/orders")
                .header("accept-encoding", accept),
        )
        .await;
        assert_eq!(page.header("content-encoding"), encoding);
        assert_eq!(
            page.header("vary"),
            "accept-encoding, accept-language, cookie"
        );
    }
}
