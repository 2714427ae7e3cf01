//! The storefront's files.

use std::fs;

use tempfile::TempDir;

use crate::world::{World, read};

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
        ("image/svg+xml", "no-cache")
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
