//! The console's page and files, below `/staff`.

use std::fs;

use tempfile::TempDir;

use crate::world::{World, read};

const INDEX: &str =
    "<!doctype html><script type=\"module\" src=\"/staff/console-0123456789abcdef.js\"></script>";

async fn world() -> (World, TempDir) {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, bytes) in [
        ("index.html", INDEX),
        ("console-0123456789abcdef.js", "plain"),
        ("console-0123456789abcdef.js.br", "brotli"),
    ] {
        fs::write(folder.path().join(name), bytes).expect("a file");
    }
    let path = folder.path().to_owned();
    let world = World::configured(&[], |config| {
        config.dist_staff = Some(path);
        // Who may have the storefront in a frame, may not have the console.
        config.frame_ancestors = "https://app.example.com".to_owned();
    })
    .await;
    (world, folder)
}

#[tokio::test]
async fn every_address_of_the_console_has_its_page_which_nobody_keeps_indexes_or_frames() {
    let (world, _folder) = world().await;
    for path in [
        "/staff",
        "/staff/",
        "/staff/orders?q=1",
        "/staff/orders/o1",
        "/staff/index.html",
    ] {
        if path.ends_with("index.html") {
            // The page has addresses, and its file is none of them.
            world.get(path).await.is_problem(404, "not_found");
            continue;
        }
        let page = world.get(path).await;
        assert_eq!((page.status, page.text.as_str()), (200, INDEX), "{path}");
        assert_eq!(page.header("cache-control"), "no-store", "{path}");
        assert_eq!(page.header("x-robots-tag"), "noindex, nofollow", "{path}");
        let policy = page.header("content-security-policy");
        for part in [
            "script-src 'self' 'wasm-unsafe-eval';",
            "form-action 'none'",
            "frame-ancestors 'none'",
            // Safari before 15.4 takes `'self'` for no socket.
            "connect-src 'self' ws://",
        ] {
            assert!(policy.contains(part), "{part} in {policy}");
        }
    }
}

#[tokio::test]
async fn its_files_are_kept_for_ever_and_come_compressed() {
    let (world, _folder) = world().await;
    let js = "/staff/console-0123456789abcdef.js";
    let file = read(world.request("GET", js).header("accept-encoding", "br")).await;
    assert_eq!((file.status, file.text.as_str()), (200, "brotli"));
    assert_eq!(
        file.header("cache-control"),
        "public, max-age=31536000, immutable"
    );
    assert_eq!(
        file.header("content-security-policy"),
        "default-src 'none'; frame-ancestors 'none'"
    );
    // Of another build: a page would be no script.
    let old = world.get("/staff/console-fedcba9876543210.js").await;
    old.is_problem(404, "not_found");
    // Nothing of it is anywhere else.
    let elsewhere = world.get("/console-0123456789abcdef.js").await;
    assert_eq!(elsewhere.status, 404);
}

#[tokio::test]
async fn a_server_without_a_console_says_so_and_serves_the_rest() {
    let world = World::configured(&[], |_| {}).await;
    let page = world.get("/staff").await;
    assert_eq!(page.status, 503);
    assert!(page.text.contains("--dist-staff"), "{}", page.text);
    assert_eq!(world.get("/healthz").await.status, 200);
    let posted = read(world.request("POST", "/staff")).await;
    posted.is_problem(405, "method_not_allowed");
}
