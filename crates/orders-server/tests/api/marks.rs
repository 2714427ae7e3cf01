//! The marks by which the service worker tells whose an answer is and which build it belongs to.

use std::fs;

use crate::world::{PASSWORD, World, read};

const MARK: &str = "x-tepai-shopper";

#[tokio::test]
async fn every_answer_with_a_shopper_s_data_is_marked_as_theirs_and_no_other_is() {
    let world = World::with(&[]).await;
    let mut marks = Vec::new();
    for login in ["lin@example.com", "zhao@example.com"] {
        let answer = world.log_in(login, PASSWORD).await;
        let mark = answer.header(MARK).to_owned();
        let cookie = answer.header("set-cookie").split(';').next();
        let cookie = cookie.expect("a cookie").to_owned();
        for path in ["/api/v1/session", "/api/v1/orders", "/api/v1/orders/none"] {
            let answer = read(world.request("GET", path).header("cookie", &cookie)).await;
            assert_eq!(answer.header(MARK), mark, "{path}");
        }
        assert!(mark.len() == 16 && !mark.contains("lin") && !mark.contains("zhao"));
        marks.push(mark);
    }
    assert_ne!(marks[0], marks[1]);

    for path in ["/api/v1/session", "/api/v1/orders", "/login", "/healthz"] {
        assert_eq!(world.get(path).await.header(MARK), "", "{path}");
    }
    let refused = world.log_in("lin@example.com", "wrong").await;
    assert_eq!((refused.status, refused.header(MARK)), (401, ""));
}

#[tokio::test]
async fn every_answer_names_the_build_of_the_storefront() {
    let dist = tempfile::tempdir().expect("a folder");
    let page = "<!doctype html><html lang=\"en\"><head><meta name=\"tepai-build\" content=\"0123456789abcdef\"></head></html>";
    fs::write(dist.path().join("index.html"), page).expect("a file");
    let path = dist.path().to_owned();
    let world = World::configured(&[], |config| config.dist = Some(path)).await;
    for path in ["/api/v1/orders", "/login", "/index.html"] {
        let answer = world.get(path).await;
        assert_eq!(answer.header("x-tepai-build"), "0123456789abcdef", "{path}");
    }
}
