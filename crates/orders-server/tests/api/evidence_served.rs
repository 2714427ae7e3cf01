//! Showing photos and videos: to whom, as what, and in parts.

use orders_domain::{
    Actor, Case, CaseAct, CaseEntry, CaseKind, CaseState, Change, Effects, Evidence, EvidenceKind,
    Settlement,
};
use orders_evidence::samples::large;
use orders_evidence::samples::movie::Film;
use orders_store::{Answer as StoreAnswer, Selector, Verdict};
use orders_testkit::usual_now;
use serde_json::Value;

use crate::bucket::Bucket;
use crate::evidence::{begin, file, path, photo, piece, send};
use crate::program::Program;
use crate::world::{Answer, Caller, World, cup, read};

const WHOLE: usize = 512 * 1024;

/// Gives the order `o1` a case with this photo.
async fn open_case(world: &World, upload: &Value) {
    let evidence = Evidence {
        id: upload["id"].as_str().expect("an id").into(),
        kind: EvidenceKind::Photo,
        width: 96,
        height: 64,
    };
    let store = world.store().await;
    let selector = Selector::ById("o1".into());
    let opened = store.change(&selector, None, usual_now(), |order| {
        let mut order = order.expect("the order");
        order.version += 1;
        order.body.cases.push(Case {
            id: "o1-C1".to_owned(),
            kind: CaseKind::RefundOnly,
            lines: Vec::new(),
            worth: Vec::new(),
            reason: "broken".to_owned(),
            condition: None,
            settlement: Settlement::default(),
            state: CaseState::Open,
            until: None,
            opened_at: usual_now(),
            thread: vec![CaseEntry {
                at: usual_now(),
                by: Actor::Shopper,
                staff: None,
                what: CaseAct::Opened,
                text: None,
                evidence: vec![evidence.clone()],
            }],
            return_to: None,
            parcel: None,
            refunds: Vec::new(),
        });
        Verdict {
            change: Some(Change {
                order,
                effects: Effects::default(),
            }),
            answer: StoreAnswer {
                status: 200,
                body: String::new(),
            },
            remember: false,
        }
    });
    opened.await.expect("a case");
    store.close().await;
}

/// Where staff get it.
fn for_staff(upload: &Value) -> String {
    path(upload).replace("/evidence/", "/integration/evidence/") + "/file"
}

#[tokio::test]
async fn a_photo_is_shown_as_a_photo_and_as_nothing_else() {
    let world = World::with(&[]).await;
    let lin = world.lin().await;
    let upload = send(&lin, &photo(), WHOLE).await;
    let url = format!("{}/file", path(&upload));
    let answer = lin.get(&url).await;
    assert_eq!(answer.status, 200);
    let id = upload["id"].as_str().expect("an id");
    for (name, value) in [
        ("content-type", "image/jpeg"),
        ("x-content-type-options", "nosniff"),
        (
            "content-security-policy",
            "default-src 'none'; sandbox; frame-ancestors 'none'",
        ),
        (
            "content-disposition",
            &format!("inline; filename=\"evidence-{id}.jpg\""),
        ),
        ("cross-origin-resource-policy", "same-origin"),
        ("cache-control", "private, max-age=86400, immutable"),
        ("vary", "Cookie, Authorization"),
        ("accept-ranges", "bytes"),
    ] {
        assert_eq!(answer.header(name), value, "{name}");
    }
    let tag = answer.header("etag").to_owned();
    let again = read(lin.request("GET", &url).header("if-none-match", tag)).await;
    assert_eq!((again.status, again.text.as_str()), (304, ""));
    // A browser takes these over into what it has.
    for name in ["content-security-policy", "cross-origin-resource-policy"] {
        assert_eq!(again.header(name), answer.header(name), "{name}");
    }
    let length = file(&lin, &upload).await.len().to_string();
    let head = read(lin.request("HEAD", &url)).await;
    assert_eq!((head.status, head.text.as_str()), (200, ""));
    assert_eq!(head.header("content-length"), length);
    assert_eq!(head.header("content-type"), "image/jpeg");
}

#[tokio::test]
async fn a_video_is_shown_in_the_parts_that_are_asked_for() {
    let world = World::with(&[]).await;
    let lin = world.lin().await;
    let upload = send(&lin, &Film::plain().bytes(), WHOLE).await;
    let whole = file(&lin, &upload).await;
    let length = whole.len();
    let url = format!("{}/file", path(&upload));
    let part = async |range: &str| {
        let answer = lin.request("GET", &url).header("range", range).send();
        answer.await.expect("an answer")
    };
    for (range, from, to) in [
        ("bytes=0-1", 0, 2),
        ("bytes=10-", 10, length),
        ("bytes=-5", length - 5, length),
        ("bytes=3-99999999", 3, length),
    ] {
        let answer = part(range).await;
        assert_eq!(answer.status(), 206, "{range}");
        let told = |name: &str| answer.headers()[name].to_str().expect("text").to_owned();
        assert_eq!(told("content-type"), "video/mp4");
        assert_eq!(
            told("content-range"),
            format!("bytes {from}-{}/{length}", to - 1)
        );
        assert_eq!(told("content-length"), (to - from).to_string());
        assert_eq!(answer.bytes().await.expect("a body"), whole[from..to]);
    }
    let beyond = read(
        lin.request("GET", &url)
            .header("range", format!("bytes={length}-")),
    );
    let beyond = beyond.await;
    beyond.is_problem(416, "range_not_satisfiable");
    assert_eq!(beyond.header("content-range"), format!("bytes */{length}"));
    let several = part("bytes=0-1,4-5").await;
    assert_eq!(several.status(), 200);
    assert_eq!(several.bytes().await.expect("a body"), whole);
}

#[tokio::test]
async fn somebody_else_s_upload_does_not_exist() {
    let world = World::with(&[]).await;
    let (lin, zhao) = (world.lin().await, world.zhao().await);
    let unfinished = begin(&zhao, 1_000).await;
    let ready = send(&zhao, &photo(), WHOLE).await;
    for upload in [&unfinished, &ready] {
        lin.get(&path(upload)).await.is_problem(404, "not_found");
        lin.get(&format!("{}/file", path(upload)))
            .await
            .is_problem(404, "not_found");
        piece(&lin, upload, 0, "x")
            .await
            .is_problem(404, "not_found");
        lin.delete(&path(upload)).await.is_problem(404, "not_found");
        let nobody = world.get(&format!("{}/file", path(upload))).await;
        nobody.is_problem(401, "not_logged_in");
    }
    assert_eq!(zhao.get(&path(&unfinished)).await.json(), unfinished);
    assert_eq!(zhao.get(&path(&ready)).await.json(), ready);
}

#[tokio::test]
async fn staff_see_what_a_case_has_and_nothing_else() {
    let world = World::with(&[cup().build()]).await;
    let lin = world.lin().await;
    let upload = send(&lin, &photo(), WHOLE).await;
    let staff = world.shop();
    staff
        .get(&for_staff(&upload))
        .await
        .is_problem(404, "not_found");
    open_case(&world, &upload).await;
    let shown = staff.request("GET", &for_staff(&upload)).send().await;
    let shown = shown.expect("an answer");
    assert_eq!(shown.status(), 200);
    assert_eq!(shown.headers()["content-type"], "image/jpeg");
    assert_eq!(
        shown.bytes().await.expect("a body"),
        file(&lin, &upload).await
    );
    // With a shopper's session nobody is staff, and with the key nobody is a shopper.
    let lin_there = lin.get(&for_staff(&upload)).await;
    lin_there.is_problem(401, "invalid_key");
    let staff_here = staff.get(&format!("{}/file", path(&upload))).await;
    staff_here.is_problem(401, "not_logged_in");
}

#[tokio::test]
async fn what_a_case_has_stays() {
    let mut world = World::with(&[cup().build()]).await;
    let token = world.token_of("lin").await;
    let upload = {
        let lin = world.lin().await;
        let upload = send(&lin, &photo(), WHOLE).await;
        open_case(&world, &upload).await;
        let refused: Answer = lin.delete(&path(&upload)).await;
        refused.is_problem(409, "evidence_in_use");
        upload
    };
    world.clock.advance(chrono::TimeDelta::days(20));
    world.restart().await;
    let lin = Caller {
        world: &world,
        token,
    };
    assert!(!file(&lin, &upload).await.is_empty());
    // It does not count among what waits for a case: twenty more may come.
    for _ in 0..20 {
        begin(&lin, 1).await;
    }
}

#[tokio::test]
async fn what_is_kept_in_s3_comes_and_goes_the_same_way() {
    let bucket = Bucket::default();
    let endpoint = bucket.start().await;
    let mut world = World::with(&[]).await;
    let _program = Program::instead_of(
        &mut world,
        &[
            ("TEPAI_EVIDENCE", "s3://photos/shop"),
            ("AWS_ENDPOINT", &endpoint),
            ("AWS_ALLOW_HTTP", "true"),
            ("AWS_REGION", "cn-north-1"),
            ("AWS_ACCESS_KEY_ID", "photographer"),
            ("AWS_SECRET_ACCESS_KEY", "secret"),
        ],
    )
    .await;
    let lin = world.lin().await;
    let photo = photo();
    let upload = begin(&lin, photo.len()).await;
    let first = piece(&lin, &upload, 0, photo[..500].to_vec()).await;
    assert_eq!(first.status, 200, "{}", first.text);
    let id = upload["id"].as_str().expect("an id").to_owned();
    let keys = bucket.keys();
    assert!(
        keys.len() == 1 && keys[0].starts_with(&format!("shop/incoming/{id}/")),
        "{keys:?}"
    );
    let last = piece(&lin, &upload, 500, photo[500..].to_vec()).await;
    assert_eq!(last.json()["state"], "ready", "{}", last.text);
    assert_eq!(bucket.keys(), [format!("shop/kept/{id}")]);
    assert!(file(&lin, &upload).await.starts_with(&[0xFF, 0xD8, 0xFF]));

    // A large one is written in parts, and read in part.
    let path_there = world.folder.path().join("video.mp4");
    large::write_video(&path_there, 12);
    let video = std::fs::read(path_there).expect("the video");
    let upload = send(&lin, &video, WHOLE).await;
    assert_eq!(upload["state"], "ready", "{upload}");
    assert_eq!(bucket.parts(), 3);
    let whole = file(&lin, &upload).await;
    let part = lin
        .request("GET", &format!("{}/file", path(&upload)))
        .header("range", "bytes=1000-1999");
    let part = part.send().await.expect("an answer");
    assert_eq!(part.status(), 206);
    assert_eq!(part.bytes().await.expect("a body"), whole[1000..2000]);
    assert_eq!(lin.delete(&path(&upload)).await.status, 204);
    assert_eq!(bucket.keys(), [format!("shop/kept/{id}")]);
}
