//! Many conversations at once, with cut connections and a server that is killed in between: is everything there that was
//! said, once and in order, and how soon does it come?

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use futures_util::{SinkExt, StreamExt};
use orders_store::{Credentials, Shopper, Store};
use orders_testkit::bench_shopper;
use reqwest::Client;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};
use tokio_tungstenite::connect_async;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;

use crate::Outcome;
use crate::fill::{now, session};

const KEY: &str = "bench";
/// How often a shopper says something: a little less than the server takes from one.
const SHOPPER_SAYS: Duration = Duration::from_millis(2100);
/// How often somebody of the staff answers in one conversation.
const STAFF_SAYS: Duration = Duration::from_millis(500);
/// After how many messages a page loses its connection.
const CUT_AFTER: usize = 25;
/// How often the server is killed.
const KILLS: u32 = 2;
/// The longest that everything may take to arrive, once nothing more is said.
const LAST: Duration = Duration::from_secs(60);

/// A server on one port and one database, which is killed and comes back.
struct Running {
    child: Child,
    origin: String,
}

impl Running {
    fn start(binary: &Path, url: &str, folder: &TempDir, listen: &str) -> Outcome<Self> {
        let mut child = Command::new(binary)
            .arg("serve")
            .env("TEPAI_LISTEN", listen)
            .env("TEPAI_DATABASE_URL", url)
            .env("TEPAI_EVIDENCE", folder.path())
            .env("TEPAI_INTEGRATION_KEY", KEY)
            .env_remove("TEPAI_DEMO")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let stdout = child.stdout.take().ok_or("the server has no output")?;
        let mut first = String::new();
        BufReader::new(stdout).read_line(&mut first)?;
        let origin = first.trim().strip_prefix("listening on ");
        let origin = origin.ok_or("the server did not start")?.to_owned();
        Ok(Self { child, origin })
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _killed = self.child.kill();
        let _ended = self.child.wait();
    }
}

/// What one page has seen.
#[derive(Default)]
struct Seen {
    /// The last message that came.
    last: i64,
    /// The names of all that came.
    names: BTreeSet<String>,
    doubled: usize,
    out_of_order: usize,
    connections: usize,
    /// From when a message of the staff was sent until it came, in milliseconds.
    took: Vec<f64>,
}

/// Leads `chats` conversations for `seconds` and prints what became of them.
pub async fn measure(binary: &Path, url: &str, chats: usize, seconds: u64) -> Outcome<()> {
    let folder = tempfile::tempdir()?;
    let store = Store::connect(url).await?;
    let mut tokens = Vec::with_capacity(chats);
    for index in 0..chats {
        let credentials = Credentials {
            shopper: Shopper {
                id: bench_shopper(index),
                display_name: format!("Shopper {index}"),
            },
            password_hash: String::new(),
        };
        store.put_shopper(&credentials, &[]).await?;
        tokens.push(session(&store, index, now()).await?);
    }
    store.close().await;
    let mut server = Running::start(binary, url, &folder, "127.0.0.1:0")?;
    let origin = server.origin.clone();
    let client = Client::builder().no_proxy().build()?;
    let started = Instant::now();
    let until = started + Duration::from_secs(seconds);
    let mut talks = JoinSet::new();
    for token in tokens {
        let (origin, client) = (origin.clone(), client.clone());
        let talk = async move { talk(&client, &origin, &token, started, until).await };
        talks.spawn(async move { talk.await.map_err(|error| error.to_string()) });
    }
    let listen = origin.trim_start_matches("http://").to_owned();
    let pause = Duration::from_secs(seconds) / (KILLS + 1);
    for _ in 0..KILLS {
        sleep(pause).await;
        drop(server);
        server = Running::start(binary, url, &folder, &listen)?;
    }
    let (mut said, mut lost, mut doubled, mut disorder, mut connections) = (0, 0, 0, 0, 0);
    let mut took = Vec::new();
    while let Some(ended) = talks.join_next().await {
        let (names, seen) = ended??;
        said += names.len();
        lost += names.difference(&seen.names).count();
        doubled += seen.doubled;
        disorder += seen.out_of_order;
        connections += seen.connections;
        took.extend(seen.took);
    }
    took.sort_by(f64::total_cmp);
    let at = |part: f64| {
        let place = (took.len() as f64 * part) as usize;
        took.get(place).copied().unwrap_or_default()
    };
    let kind = url.split(':').next().unwrap_or_default();
    println!(
        "{kind}: {chats} conversations, {said} messages in {seconds} s ({:.0} a second), {connections} connections, the \
         server killed {KILLS} times: {lost} lost, {doubled} doubled, {disorder} out of order; \
         delivered after {:.1} ms (p50), {:.1} ms (p99)",
        said as f64 / seconds as f64,
        at(0.5),
        at(0.99),
    );
    if lost + doubled + disorder > 0 {
        return Err("messages were lost, doubled or out of order".into());
    }
    Ok(())
}

/// One conversation: the names of all that was said and is kept, and what the page has seen.
async fn talk(
    client: &Client,
    origin: &str,
    token: &str,
    started: Instant,
    until: Instant,
) -> Outcome<(BTreeSet<String>, Seen)> {
    let body = json!({
        "shop": "tepai", "subject": {"topic": "other"}, "text": "first", "client_id": "first",
    });
    let path = format!("{origin}/api/v1/conversations");
    let begun = client
        .post(path)
        .bearer_auth(token)
        .json(&body)
        .send()
        .await?;
    let begun: Value = begun.error_for_status()?.json().await?;
    let id = begun["id"].as_str().ok_or("a conversation has no id")?;
    let staff = answer(client, origin, id, started, until);
    let shopper = page(origin, token, id, started, until);
    let (answered, (mut names, mut pending)) = tokio::join!(staff, shopper);
    names.extend(answered);
    names.insert("first".to_owned());
    // What came last is fetched as a page does that connects again.
    let last = Instant::now() + LAST;
    while !names.is_subset(&pending.names) && Instant::now() < last {
        let mut none = BTreeMap::new();
        let reading = connected(origin, token, id, started, &mut pending, &mut none, None);
        let _ = timeout(Duration::from_millis(300), reading).await;
    }
    Ok((names, pending))
}

/// Somebody of the staff answers again and again; each answer is sent until it is kept.
async fn answer(
    client: &Client,
    origin: &str,
    id: &str,
    started: Instant,
    until: Instant,
) -> BTreeSet<String> {
    let path = format!("{origin}/api/v1/integration/conversations/{id}/messages");
    let mut names = BTreeSet::new();
    let mut number = 0;
    while Instant::now() < until {
        let name = format!("staff-{number}");
        let sent = started.elapsed().as_micros().to_string();
        let body = json!({"staff": "wang", "text": sent, "client_id": name});
        loop {
            let answer = client.post(&path).bearer_auth(KEY).json(&body).send().await;
            if answer.is_ok_and(|answer| answer.status() == 201) {
                break;
            }
            sleep(Duration::from_millis(50)).await;
        }
        names.insert(name);
        number += 1;
        sleep(STAFF_SAYS).await;
    }
    names
}

/// The shopper's page: connects again whenever it is cut off, and sends again what was not acknowledged.
async fn page(
    origin: &str,
    token: &str,
    id: &str,
    started: Instant,
    until: Instant,
) -> (BTreeSet<String>, Seen) {
    let mut seen = Seen::default();
    let mut sent = BTreeMap::new();
    let over = until + LAST;
    loop {
        let all_kept = sent.values().all(|kept: &bool| *kept);
        if (Instant::now() >= until && all_kept) || Instant::now() >= over {
            break;
        }
        connected(
            origin,
            token,
            id,
            started,
            &mut seen,
            &mut sent,
            Some(until),
        )
        .await;
        sleep(Duration::from_millis(50)).await;
    }
    (sent.into_keys().collect(), seen)
}

/// One connection, until it is cut. `until` is when the page stops saying anything; without it, it only reads.
async fn connected(
    origin: &str,
    token: &str,
    id: &str,
    started: Instant,
    seen: &mut Seen,
    sent: &mut BTreeMap<String, bool>,
    until: Option<Instant>,
) {
    let origin = origin.replace("http://", "ws://");
    let url = format!(
        "{origin}/api/v1/conversations/{id}/socket?after={}",
        seen.last
    );
    let Ok(mut request) = url.into_client_request() else {
        return;
    };
    let Ok(bearer) = format!("Bearer {token}").parse() else {
        return;
    };
    request.headers_mut().insert("authorization", bearer);
    let Ok((mut socket, _)) = connect_async(request).await else {
        return;
    };
    seen.connections += 1;
    let say = |name: &str| {
        let frame = json!({"type": "say", "client_id": name, "text": name});
        Message::text(frame.to_string())
    };
    let unkept: Vec<String> = sent
        .iter()
        .filter(|(_, kept)| !**kept)
        .map(|(name, _)| name.clone())
        .collect();
    for name in unkept {
        if socket.send(say(&name)).await.is_err() {
            return;
        }
    }
    let mut heard = 0;
    let mut tick = tokio::time::interval(SHOPPER_SAYS);
    tick.reset();
    loop {
        tokio::select! {
            frame = socket.next() => {
                let Some(Ok(frame)) = frame else { return };
                let Message::Text(text) = frame else { continue };
                let Ok(frame) = serde_json::from_str::<Value>(&text) else { continue };
                match frame["type"].as_str() {
                    Some("message") => {
                        note(seen, &frame, started);
                        heard += 1;
                        if until.is_some() && heard == CUT_AFTER {
                            return;
                        }
                    }
                    Some("said") => {
                        if let Some(kept) = frame["client_id"].as_str().and_then(|name| sent.get_mut(name)) {
                            *kept = true;
                        }
                    }
                    // What was too much is sent again after connecting again.
                    Some("refused") => return,
                    _ => {}
                }
            }
            _ = tick.tick() => {
                let Some(until) = until else { continue };
                if Instant::now() >= until {
                    return;
                }
                let name = format!("shopper-{}", sent.len());
                sent.insert(name.clone(), false);
                if socket.send(say(&name)).await.is_err() {
                    return;
                }
            }
        }
    }
}

fn note(seen: &mut Seen, frame: &Value, started: Instant) {
    let seq = frame["seq"].as_i64().unwrap_or_default();
    if seq != seen.last + 1 {
        seen.out_of_order += 1;
    }
    seen.last = seq;
    let (by, name) = (frame["by"].as_str(), frame["client_id"].as_str());
    if by == Some("system") {
        return;
    }
    if !seen.names.insert(name.unwrap_or_default().to_owned()) {
        seen.doubled += 1;
    }
    let sent = frame["text"]
        .as_str()
        .and_then(|text| text.parse::<u128>().ok());
    if let (Some("staff"), Some(sent)) = (by, sent) {
        let took = started.elapsed().as_micros().saturating_sub(sent);
        seen.took.push(took as f64 / 1000.0);
    }
}
