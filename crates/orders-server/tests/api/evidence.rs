//! Sending photos and videos: piece by piece, against breaks and crashes, with what is not taken refused.

use std::fs;
use std::path::PathBuf;

use orders_evidence::samples::{self, FORBIDDEN, bitmap, broken, has, movie::Film};
use orders_server::Config;
use reqwest::Body;
use serde_json::{Value, json};

use crate::world::{Answer, Caller, World, read};

const EVIDENCE: &str = "/api/v1/evidence";

/// A photo with its place and a thumbnail, as a telephone takes it.
pub fn photo() -> Vec<u8> {
    bitmap::jpeg_with(6)
}

pub async fn begin(caller: &Caller<'_>, bytes: usize) -> Value {
    let answer = caller
        .send("POST", EVIDENCE, &json!({"bytes": bytes}))
        .await;
    assert_eq!(answer.status, 201, "{}", answer.text);
    answer.json()
}

pub fn path(upload: &Value) -> String {
    format!("{EVIDENCE}/{}", upload["id"].as_str().expect("an id"))
}

pub async fn piece(
    caller: &Caller<'_>,
    upload: &Value,
    offset: usize,
    bytes: impl Into<Body>,
) -> Answer {
    let request = caller
        .request("PATCH", &path(upload))
        .header("content-type", "application/octet-stream")
        .header("upload-offset", offset);
    read(request.body(bytes)).await
}

/// Sends the file in pieces of `size` bytes and says what became of it.
pub async fn send(caller: &Caller<'_>, file: &[u8], size: usize) -> Value {
    let mut upload = begin(caller, file.len()).await;
    for bytes in file.chunks(size) {
        let offset = upload["offset"].as_u64().expect("a number") as usize;
        let answer = piece(caller, &upload, offset, bytes.to_vec()).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        upload = answer.json();
        if upload["state"] == "refused" {
            break;
        }
    }
    upload
}

/// The file that was kept.
pub async fn file(caller: &Caller<'_>, upload: &Value) -> Vec<u8> {
    let request = caller.request("GET", &format!("{}/file", path(upload)));
    let answer = request.send().await.expect("an answer");
    assert_eq!(answer.status(), 200);
    answer.bytes().await.expect("a body").to_vec()
}

/// Everything in the server's folder, as paths below it.
pub fn kept_in(world: &World) -> Vec<PathBuf> {
    fn walk(folder: &std::path::Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).into_iter().flatten() {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                walk(&path, found);
            } else {
                found.push(path);
            }
        }
    }
    let folder = world.folder.path().join("evidence");
    let mut found = Vec::new();
    walk(&folder, &mut found);
    found
        .iter()
        .map(|path| path.strip_prefix(&folder).expect("within").to_owned())
        .collect()
}

fn is_clean(bytes: &[u8]) -> bool {
    FORBIDDEN.iter().all(|part| !has(bytes, part))
}

#[tokio::test]
async fn a_photo_goes_up_in_pieces_and_comes_back_without_its_place() {
    let world = World::with(&[]).await;
    let lin = world.lin().await;
    let photo = photo();
    assert!(!is_clean(&photo));
    let begun = begin(&lin, photo.len()).await;
    assert_eq!(
        (&begun["offset"], &begun["state"], &begun["piece_bytes"]),
        (&json!(0), &json!("receiving"), &json!(512 * 1024))
    );
    let half = photo.len() / 2;
    let first = piece(&lin, &begun, 0, photo[..half].to_vec()).await.json();
    assert_eq!(
        (&first["offset"], &first["state"]),
        (&json!(half), &json!("receiving"))
    );
    assert_eq!(lin.get(&path(&begun)).await.json(), first);
    let last = piece(&lin, &begun, half, photo[half..].to_vec())
        .await
        .json();
    assert_eq!(last["state"], "ready", "{last}");
    assert_eq!(last["evidence"]["kind"], "photo");
    assert_eq!(last["evidence"]["id"], begun["id"]);
    assert_eq!(lin.get(&path(&begun)).await.json(), last);
    let kept = file(&lin, &begun).await;
    assert!(kept.starts_with(&[0xFF, 0xD8, 0xFF]) && is_clean(&kept));
    // Of the pieces nothing is left.
    let id = begun["id"].as_str().expect("an id");
    assert_eq!(kept_in(&world), [PathBuf::from("kept").join(id)]);
}

#[tokio::test]
async fn every_kind_that_is_taken_becomes_a_jpeg_or_an_mp4() {
    let world = World::with(&[]).await;
    let lin = world.lin().await;
    for (name, bytes) in samples::proper() {
        let upload = send(&lin, &bytes, 512 * 1024).await;
        assert_eq!(upload["state"], "ready", "{name}: {upload}");
        let video = name.starts_with('m');
        let kind = if video { "video" } else { "photo" };
        assert_eq!(upload["evidence"]["kind"], kind, "{name}");
        assert!(is_clean(&file(&lin, &upload).await), "{name}");
    }
}

#[tokio::test]
async fn a_malformed_file_is_refused_or_made_clean() {
    let world = World::with(&[]).await;
    let lin = world.lin().await;
    let files = broken::all();
    assert!(files.len() >= 50);
    for (name, bytes, fate) in files {
        if bytes.is_empty() {
            let answer = lin.send("POST", EVIDENCE, &json!({"bytes": 0})).await;
            answer.is_problem(422, "invalid_fields");
            continue;
        }
        let upload = send(&lin, &bytes, bytes.len().div_ceil(3).min(512 * 1024)).await;
        match fate {
            broken::Fate::Refused(code) => {
                assert_eq!(upload["refusal"], code, "{name}: {upload}");
                let file = lin.get(&format!("{}/file", path(&upload))).await;
                file.is_problem(404, "not_found");
            }
            broken::Fate::Cleaned => {
                assert_eq!(upload["state"], "ready", "{name}: {upload}");
                assert!(is_clean(&file(&lin, &upload).await), "{name}");
            }
        }
        let answer = lin.delete(&path(&upload)).await;
        assert_eq!(answer.status, 204, "{name}: {}", answer.text);
    }
    assert_eq!(kept_in(&world), Vec::<PathBuf>::new());
}

#[tokio::test]
async fn what_is_not_taken_is_refused_with_its_first_piece() {
    let world = World::with(&[]).await;
    let lin = world.lin().await;
    for (begin_with, bytes, refusal) in [
        (b"<html><script>".to_vec(), 90_000_000, "unknown_type"),
        (photo(), 20_000_001, "too_large"),
    ] {
        let upload = begin(&lin, bytes).await;
        let mut first = begin_with;
        first.resize(1_000, 0);
        let answer = piece(&lin, &upload, 0, first).await.json();
        assert_eq!(answer["state"], "refused", "{answer}");
        assert_eq!(answer["refusal"], refusal);
        let more = piece(&lin, &upload, 0, vec![0; 10]).await;
        more.is_problem(409, "upload_offset");
    }
    assert_eq!(kept_in(&world), Vec::<PathBuf>::new());
}

#[tokio::test]
async fn of_two_pieces_at_the_same_place_one_counts() {
    let world = World::with(&[]).await;
    let lin = world.lin().await;
    let photo = photo();
    let upload = begin(&lin, photo.len()).await;
    let (short, long) = (photo[..300].to_vec(), photo[..400].to_vec());
    let (one, two) = tokio::join!(
        piece(&lin, &upload, 0, short),
        piece(&lin, &upload, 0, long)
    );
    let refused = if one.status == 200 { &two } else { &one };
    refused.is_problem(409, "upload_offset");
    assert_ne!(one.status, two.status);
    // What did not count is not in the file.
    assert_eq!(kept_in(&world).len(), 1);
    let offset = lin.get(&path(&upload)).await.json()["offset"].clone();
    let offset = offset.as_u64().expect("a number") as usize;
    assert_eq!(offset, if one.status == 200 { 300 } else { 400 });
    let last = piece(&lin, &upload, offset, photo[offset..].to_vec()).await;
    assert_eq!(last.json()["state"], "ready", "{}", last.text);
}

#[tokio::test]
async fn a_piece_is_taken_only_where_the_last_one_ended() {
    let world = World::with(&[]).await;
    let lin = world.lin().await;
    let photo = photo();
    let upload = begin(&lin, photo.len()).await;
    piece(&lin, &upload, 10, photo[10..].to_vec())
        .await
        .is_problem(409, "upload_offset");
    assert_eq!(
        piece(&lin, &upload, 0, photo[..300].to_vec()).await.status,
        200
    );
    // Sent again after a lost answer.
    piece(&lin, &upload, 0, photo[..300].to_vec())
        .await
        .is_problem(409, "upload_offset");
    let more = [&photo[300..], b"x"].concat();
    let answer = piece(&lin, &upload, 300, more).await;
    answer.is_problem(422, "invalid_fields");
    assert_eq!(answer.json()["errors"], json!({"body": "too_large"}));
    piece(&lin, &upload, 300, vec![0; 512 * 1024 + 1])
        .await
        .is_problem(413, "body_too_large");
    for (offset, code) in [
        (None, "required"),
        (Some("-1"), "invalid"),
        (Some("x"), "invalid"),
    ] {
        let mut request = lin
            .request("PATCH", &path(&upload))
            .header("content-type", "application/octet-stream");
        if let Some(offset) = offset {
            request = request.header("upload-offset", offset);
        }
        let answer = read(request.body("x")).await;
        assert_eq!(answer.json()["errors"], json!({"upload-offset": code}));
    }
    let request = lin
        .request("PATCH", &path(&upload))
        .header("upload-offset", 300);
    read(request.json(&json!({})))
        .await
        .is_problem(415, "unsupported_media_type");
    let last = piece(&lin, &upload, 300, photo[300..].to_vec()).await;
    assert_eq!(last.json()["state"], "ready", "{}", last.text);
}

#[tokio::test]
async fn an_upload_goes_on_at_another_server() {
    let mut world = World::with(&[]).await;
    let photo = photo();
    let token = world.token_of("lin").await;
    let upload = {
        let lin = world.lin().await;
        let upload = begin(&lin, photo.len()).await;
        piece(&lin, &upload, 0, photo[..500].to_vec()).await.json()
    };
    world.restart().await;
    let lin = Caller {
        world: &world,
        token,
    };
    assert_eq!(lin.get(&path(&upload)).await.json(), upload);
    let last = piece(&lin, &upload, 500, photo[500..].to_vec()).await;
    assert_eq!(last.json()["state"], "ready", "{}", last.text);
    assert!(is_clean(&file(&lin, &upload).await));
}

#[tokio::test]
async fn what_a_crash_left_after_the_last_piece_is_finished() {
    let world = World::with(&[]).await;
    let lin = world.lin().await;
    let photo = photo();
    let upload = begin(&lin, photo.len()).await;
    piece(&lin, &upload, 0, photo[..500].to_vec()).await;
    // The last piece was written and counted, and then the server was gone.
    let id = upload["id"].as_str().expect("an id");
    let pieces = world.folder.path().join("evidence/incoming").join(id);
    fs::write(pieces.join("last"), &photo[500..]).expect("a piece");
    let store = world.store().await;
    let length = photo.len() as i64;
    let id = id.into();
    let counted = store.count_piece(&id, 500, length - 500, "last");
    assert!(counted.await.expect("the database"));
    store.close().await;
    assert_eq!(lin.get(&path(&upload)).await.json()["state"], "receiving");
    piece(&lin, &upload, photo.len(), "x")
        .await
        .is_problem(422, "invalid_fields");
    for _ in 0..2 {
        let answer = piece(&lin, &upload, photo.len(), "").await;
        assert_eq!(answer.json()["state"], "ready", "{}", answer.text);
    }
    assert!(is_clean(&file(&lin, &upload).await));
    assert_eq!(kept_in(&world).len(), 1);
}

#[tokio::test]
async fn uploads_begin_once_under_a_key() {
    let world = World::with(&[]).await;
    let lin = world.lin().await;
    let begin = async |key: &str, bytes: i64| {
        let request = lin.request("POST", EVIDENCE).header("idempotency-key", key);
        read(request.json(&json!({"bytes": bytes}))).await
    };
    let first = begin("a", 100).await;
    assert_eq!(first.status, 201);
    assert_eq!(begin("a", 100).await.text, first.text);
    begin("a", 101)
        .await
        .is_problem(422, "idempotency_key_reused");
    let path = path(&first.json());
    let give_up = async || {
        let request = lin
            .request("DELETE", &path)
            .header("idempotency-key", "gone");
        read(request).await
    };
    assert_eq!(give_up().await.status, 204);
    let again = give_up().await;
    assert_eq!((again.status, again.text.as_str()), (204, ""));
    lin.delete(&path).await.is_problem(404, "not_found");
    lin.get(&path).await.is_problem(404, "not_found");
}

#[tokio::test]
async fn a_shopper_has_so_many_uploads_waiting_and_no_more() {
    let world = World::with(&[]).await;
    let (lin, zhao) = (world.lin().await, world.zhao().await);
    for (bytes, code) in [
        (100_000_001_i64, "too_large"),
        (0, "out_of_range"),
        (-1, "out_of_range"),
    ] {
        let answer = lin.send("POST", EVIDENCE, &json!({"bytes": bytes})).await;
        answer.is_problem(422, "invalid_fields");
        assert_eq!(answer.json()["errors"], json!({"bytes": code}));
    }
    let large = [
        begin(&lin, 100_000_000).await,
        begin(&lin, 100_000_000).await,
        begin(&lin, 99_999_999).await,
    ];
    begin(&lin, 1).await;
    let full = lin.send("POST", EVIDENCE, &json!({"bytes": 1})).await;
    full.is_problem(409, "too_many_uploads");
    begin(&zhao, 1).await;
    assert_eq!(lin.delete(&path(&large[0])).await.status, 204);
    // Three are there; twenty may be.
    for _ in 0..17 {
        begin(&lin, 1).await;
    }
    let full = lin.send("POST", EVIDENCE, &json!({"bytes": 1})).await;
    full.is_problem(409, "too_many_uploads");
}

#[tokio::test]
async fn uploads_of_a_page_that_was_left_lock_nobody_out() {
    let world = World::with(&[]).await;
    let lin = world.lin().await;
    let left = begin(&lin, 1).await;
    world.clock.advance(chrono::TimeDelta::seconds(1));
    for _ in 1..20 {
        begin(&lin, 1).await;
    }
    world
        .clock
        .advance(chrono::TimeDelta::seconds(2 * 3600 - 1));
    let full = lin.send("POST", EVIDENCE, &json!({"bytes": 1})).await;
    full.is_problem(409, "too_many_uploads");
    assert!(
        full.json()["detail"]
            .as_str()
            .is_some_and(|text| text.contains('两'))
    );
    world.clock.advance(chrono::TimeDelta::seconds(1));
    begin(&lin, 1).await;
    lin.get(&path(&left)).await.is_problem(404, "not_found");
}

#[tokio::test]
async fn uploads_that_no_case_took_are_gone_after_two_days() {
    let mut world = World::with(&[]).await;
    let token = world.token_of("lin").await;
    let (old, unfinished) = {
        let lin = world.lin().await;
        let old = send(&lin, &photo(), 512 * 1024).await;
        let unfinished = begin(&lin, 1_000).await;
        piece(&lin, &unfinished, 0, photo()[..300].to_vec()).await;
        (old, unfinished)
    };
    // A crash left a piece of something that nobody knows any more.
    let stray = world.folder.path().join("evidence/incoming/stray");
    fs::create_dir_all(&stray).expect("a folder");
    fs::write(stray.join("piece"), "x").expect("a piece");
    world.clock.advance(chrono::TimeDelta::hours(47));
    world.restart().await;
    let young = {
        let lin = Caller {
            world: &world,
            token: token.clone(),
        };
        until(async || {
            !kept_in(&world)
                .iter()
                .any(|path| path.starts_with("incoming/stray"))
        })
        .await;
        assert_eq!(lin.get(&path(&old)).await.status, 200);
        send(&lin, &photo(), 512 * 1024).await
    };
    world.clock.advance(chrono::TimeDelta::hours(2));
    world.restart().await;
    let lin = Caller {
        world: &world,
        token,
    };
    for gone in [&old, &unfinished] {
        until(async || lin.get(&path(gone)).await.status == 404).await;
    }
    until(async || kept_in(&world).len() == 1).await;
    assert_eq!(lin.get(&path(&young)).await.json()["state"], "ready");
    assert!(is_clean(&file(&lin, &young).await));
}

#[tokio::test]
async fn a_photo_that_was_removed_while_it_was_cleaned_does_not_stay() {
    let mut world = World::with(&[]).await;
    let upload = {
        let lin = world.lin().await;
        let upload = begin(&lin, 1_000).await;
        assert_eq!(lin.delete(&path(&upload)).await.status, 204);
        upload
    };
    // What the cleaner had in hand comes after that, and the server stops before it sees that nobody waits for it.
    let kept = world.folder.path().join("evidence/kept");
    fs::create_dir_all(&kept).expect("a folder");
    let id = upload["id"].as_str().expect("an id");
    fs::write(kept.join(id), "a photo").expect("a file");
    world.restart().await;
    until(async || kept_in(&world).is_empty()).await;
}

/// Asks until it is so.
async fn until(is_so: impl AsyncFn() -> bool) {
    let deadline = tokio::time::Instant::now() + std::time::Duration::from_secs(10);
    while !is_so().await {
        assert!(tokio::time::Instant::now() < deadline, "it never came so");
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn a_folder_that_cannot_be_written_to_is_told_as_an_outage() {
    let world = World::configured(&[], |config: &mut Config| {
        config.evidence = format!("{}-of-its-own", config.evidence);
    })
    .await;
    let lin = world.lin().await;
    let photo = photo();
    let upload = begin(&lin, photo.len()).await;
    let folder = world.folder.path().join("evidence-of-its-own");
    fs::remove_dir_all(&folder).expect("the folder");
    fs::write(&folder, "in the way").expect("a file");
    let answer = piece(&lin, &upload, 0, photo.clone()).await;
    answer.is_problem(503, "unavailable");
    // Nothing was counted: when the folder is back, it goes on.
    fs::remove_file(&folder).expect("the file");
    fs::create_dir(&folder).expect("the folder");
    let answer = piece(&lin, &upload, 0, photo).await;
    assert_eq!(answer.json()["state"], "ready", "{}", answer.text);
}

#[tokio::test]
async fn a_video_comes_back_with_its_pictures_and_nothing_else() {
    let world = World::with(&[]).await;
    let lin = world.lin().await;
    let film = Film::plain().bytes();
    let upload = send(&lin, &film, 1_000).await;
    assert_eq!(upload["evidence"]["kind"], "video", "{upload}");
    let kept = file(&lin, &upload).await;
    assert!(is_clean(&kept) && !is_clean(&film));
    let pictures = |bytes: &[u8]| samples::movie::samples_of(bytes);
    assert_eq!(pictures(&kept)[0], pictures(&film)[0]);
}
