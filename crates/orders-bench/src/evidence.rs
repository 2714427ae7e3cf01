//! Two hundred megabytes of photos and videos, and what is no such thing, sent to the real server by several shoppers at
//! once: what becomes of each, and how much memory does the server need?

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use orders_evidence::samples::{FORBIDDEN, broken, has, large, proper};
use orders_store::{Credentials, Shopper, Store};
use orders_testkit::bench_shopper;
use reqwest::{Client, Method, RequestBuilder};
use serde_json::{Value, json};

use crate::fill::session;
use crate::server::Server;
use crate::{Outcome, fill};

/// Files on their way at the same time.
const CLIENTS: usize = 4;
/// What the server may take, in bytes.
const MOST_MEMORY: u64 = 150_000_000;

/// What becomes of a file that is kept.
const PHOTO: &str = "photo";
const VIDEO: &str = "video";

/// A file, and what must become of it: the code of its refusal, or `None` when it is kept.
struct Sent {
    name: String,
    path: PathBuf,
    refusal: Option<&'static str>,
}

/// Sends everything to `binary` and prints what became of it.
pub async fn measure(binary: &Path) -> Outcome<()> {
    let folder = tempfile::tempdir()?;
    let files = write(folder.path())?;
    let mut bytes = 0;
    for file in files.iter().filter(|file| file.refusal.is_none()) {
        bytes += std::fs::metadata(&file.path)?.len();
    }
    let refusals = files.iter().filter(|file| file.refusal.is_some()).count();
    if bytes < 200_000_000 || refusals < 50 {
        return Err(format!("{bytes} bytes and {refusals} malformed files are too few").into());
    }

    let url = format!("sqlite://{}", folder.path().join("tepai.db").display());
    // A shopper for each file, for each has only so many at a time.
    let tokens = shoppers(&url, files.len()).await?;
    let server = Server::start(binary, &url)?;
    let before = server.peak_memory()?;
    let started = Instant::now();
    let (count, files) = (files.len(), Arc::new(files));
    let (tokens, next) = (Arc::new(tokens), Arc::new(AtomicUsize::new(0)));
    let mut clients = tokio::task::JoinSet::new();
    for _ in 0..CLIENTS {
        let (files, tokens, next) = (Arc::clone(&files), Arc::clone(&tokens), Arc::clone(&next));
        let origin = server.origin.clone();
        clients.spawn(async move {
            let client = Client::builder().no_proxy().build();
            let client = client.map_err(|error| error.to_string())?;
            let mut fates = Vec::new();
            loop {
                let at = next.fetch_add(1, Ordering::Relaxed);
                let (Some(file), Some(token)) = (files.get(at), tokens.get(at)) else {
                    return Ok::<_, String>(fates);
                };
                let ask = |method: Method, path: &str| {
                    let url = format!("{origin}/api/v1/evidence{path}");
                    client.request(method, url).bearer_auth(token)
                };
                let fate = fate(ask, file).await;
                fates.push(fate.map_err(|error| format!("{}: {error}", file.name))?);
            }
        });
    }
    let mut fates = BTreeMap::new();
    while let Some(client) = clients.join_next().await {
        for fate in client?? {
            *fates.entry(fate).or_insert(0_usize) += 1;
        }
    }
    let took = started.elapsed();
    let peak = server.peak_memory()?;
    let pieces = server.folder.path().join("incoming");
    if pieces.exists() && pieces.read_dir()?.next().is_some() {
        return Err("pieces are left".into());
    }
    let ready: usize = [PHOTO, VIDEO]
        .iter()
        .filter_map(|kind| fates.get(*kind))
        .sum();
    let kept = server.folder.path().join("kept").read_dir()?.count();
    if kept != ready {
        return Err(format!("{kept} files are kept, {ready} are ready").into());
    }
    println!(
        "{count} files, {:.0} MB of them valid, {refusals} malformed, {CLIENTS} at a time, in {:.0} s: {fates:?}; \
         nothing unclean; memory at most {:.0} MB, {:.0} MB before",
        bytes as f64 / 1e6,
        took.as_secs_f64(),
        peak as f64 / 1e6,
        before as f64 / 1e6,
    );
    if peak > MOST_MEMORY {
        return Err("that is more memory than there is".into());
    }
    Ok(())
}

fn write(folder: &Path) -> Outcome<Vec<Sent>> {
    let mut files: Vec<Sent> = large::write(folder)
        .into_iter()
        .map(|path| Sent {
            name: path.display().to_string(),
            path,
            refusal: None,
        })
        .collect();
    let small = proper()
        .into_iter()
        .map(|(name, bytes)| (name.to_owned(), bytes, broken::Fate::Cleaned));
    for (name, bytes, fate) in small.chain(broken::all()) {
        // Of nothing there is no upload.
        if bytes.is_empty() {
            continue;
        }
        let path = folder.join(format!("small-{}", files.len()));
        std::fs::write(&path, bytes)?;
        let refusal = match fate {
            broken::Fate::Cleaned => None,
            broken::Fate::Refused(code) => Some(code),
        };
        files.push(Sent {
            name,
            path,
            refusal,
        });
    }
    Ok(files)
}

async fn shoppers(url: &str, count: usize) -> Outcome<Vec<String>> {
    let store = Store::connect(url).await?;
    let mut tokens = Vec::with_capacity(count);
    for index in 0..count {
        let shopper = Shopper {
            id: bench_shopper(index),
            display_name: format!("Shopper {index}"),
        };
        let credentials = Credentials {
            shopper,
            password_hash: String::new(),
        };
        store.put_shopper(&credentials, &[]).await?;
        tokens.push(session(&store, index, fill::now()).await?);
    }
    store.close().await;
    Ok(tokens)
}

/// Sends a file and says what became of it, which must be what was expected, and clean.
async fn fate(ask: impl Fn(Method, &str) -> RequestBuilder, file: &Sent) -> Result<String, String> {
    let bytes = std::fs::read(&file.path).map_err(|error| error.to_string())?;
    let begin = ask(Method::POST, "").json(&json!({"bytes": bytes.len()}));
    let mut upload = answer(begin).await?;
    let path = format!("/{}", upload["id"].as_str().unwrap_or_default());
    let size = upload["piece_bytes"].as_u64().unwrap_or(1) as usize;
    let mut offset = 0;
    // When looking into it takes its time, a piece without bytes waits on.
    while upload["state"] == "receiving" {
        let piece = bytes[offset..bytes.len().min(offset + size)].to_vec();
        let request = ask(Method::PATCH, &path)
            .header("content-type", "application/octet-stream")
            .header("upload-offset", offset);
        upload = answer(request.body(piece)).await?;
        offset = upload["offset"].as_u64().unwrap_or(0) as usize;
    }
    let refusal = upload["refusal"].as_str();
    if refusal != file.refusal {
        return Err(format!("{upload}"));
    }
    if let Some(code) = refusal {
        return Ok(code.to_owned());
    }
    let kept = ask(Method::GET, &format!("{path}/file")).send().await;
    let kept = kept.map_err(|error| error.to_string())?;
    let media_type = kept.headers().get("content-type").cloned();
    let media_type = media_type.as_ref().and_then(|value| value.to_str().ok());
    let bytes = kept.bytes().await.map_err(|error| error.to_string())?;
    let (kind, is_one) = match media_type {
        Some("image/jpeg") => (PHOTO, bytes.starts_with(&[0xFF, 0xD8, 0xFF])),
        Some("video/mp4") => (VIDEO, bytes.get(4..8) == Some(b"ftyp")),
        other => return Err(format!("served as {other:?}")),
    };
    let searched = match kind {
        VIDEO => around_pictures(&bytes).ok_or("its boxes do not fill it")?,
        _ => vec![&bytes[..]],
    };
    let clean = |part: &[u8]| FORBIDDEN.iter().all(|mark| !has(part, mark));
    let clean = searched.into_iter().all(clean);
    if is_one && clean {
        Ok(kind.to_owned())
    } else {
        Err("it is unclean".to_owned())
    }
}

/// Everything of a video but its pictures and sounds: in the large ones those are numbers that look like chance, and some
/// of them like a mark. `None` when it does not consist of boxes.
fn around_pictures(video: &[u8]) -> Option<Vec<&[u8]>> {
    let mut parts = Vec::new();
    let mut rest = video;
    while !rest.is_empty() {
        let (short, kind) = (rest.first_chunk::<4>()?, rest.get(4..8)?);
        let (head, length) = match u32::from_be_bytes(*short) {
            0 => (8, rest.len()),
            1 => {
                let long = rest.get(8..)?.first_chunk::<8>()?;
                (16, usize::try_from(u64::from_be_bytes(*long)).ok()?)
            }
            length => (8, length as usize),
        };
        if length < head {
            return None;
        }
        let (one, next) = rest.split_at_checked(length)?;
        parts.push(if kind == b"mdat" { &one[..head] } else { one });
        rest = next;
    }
    Some(parts)
}

async fn answer(request: RequestBuilder) -> Result<Value, String> {
    let answer = request.send().await.map_err(|error| error.to_string())?;
    let status = answer.status();
    let text = answer.text().await.map_err(|error| error.to_string())?;
    if !status.is_success() {
        return Err(format!("{status}: {text}"));
    }
    serde_json::from_str(&text).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_of_a_video_but_its_pictures_is_searched() {
        let short = b"\0\0\0\x0cftypisom";
        let pictures = b"\0\0\0\x0cmdatudta";
        let long = b"\0\0\0\x01mdat\0\0\0\0\0\0\0\x14udta";
        let last = b"\0\0\0\0moovtrak";
        let video = [&short[..], pictures, long, last].concat();
        let expected = [&short[..], &pictures[..8], &long[..16], last];
        assert_eq!(around_pictures(&video), Some(expected.to_vec()));
        for broken in [&short[..11], b"\0\0\0\x07mdat", b"moov"] {
            assert_eq!(around_pictures(broken), None);
        }
    }
}
