//! Many conversations at once, with cut connections and a server that is killed in between: is everything there that was
//! said, once and in order, and how soon does it come?

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader};
use std::ops::Range;
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
use crate::staff;

/// How often the server is killed.
const KILLS: u32 = 3;
/// How many conversations one of the staff has: as many sockets as the server lets them have.
const PER_STAFF: usize = 32;
/// How long a connection holds, at least and at most.
const HOLDS: Range<Duration> = Duration::from_secs(5)..Duration::from_secs(25);
/// How long it takes after a start until everybody is there again: what is said before that counts as of the outage.
const GATHERED: Duration = Duration::from_secs(5);
/// The longest that a message may take to be delivered, in milliseconds: 99 of a hundred of those outside the outages.
const DELIVERED_MS: f64 = 250.0;
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

/// Somebody at one end of a conversation.
#[derive(Clone)]
struct Side {
    /// As the server calls it.
    by: &'static str,
    /// Of the session.
    token: String,
    /// Where the conversation's socket is.
    socket: String,
    /// How often they say something.
    every: Duration,
    chance: Chance,
}

/// Chance that is the same in every run.
#[derive(Clone)]
struct Chance(u64);

impl Chance {
    /// Some time within `range`.
    fn within(&mut self, range: Range<Duration>) -> Duration {
        // The constants are those of Knuth's MMIX.
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let part = (self.0 >> 33) as f64 / f64::from(1_u32 << 31);
        range.start + (range.end - range.start).mul_f64(part.min(1.0))
    }
}

/// What was said on one side, by name, in the order in which it was said: the words, and whether the server has them.
type Said = BTreeMap<String, (String, bool)>;

/// What one page has seen.
#[derive(Default)]
struct Seen {
    /// The last message that came.
    last: i64,
    /// The numbers and the names of all that came, as it came.
    heard: Vec<(i64, String)>,
    names: BTreeSet<String>,
    doubled: usize,
    out_of_order: usize,
    connections: usize,
    /// When a message of the other side was sent, after the start, and how long it took, in milliseconds.
    took: Vec<(Duration, f64)>,
}

/// Leads `chats` conversations for `seconds`, in which each side says `a_second` messages a second in all, and prints
/// what became of them. Fails when a message was lost, doubled or out of order, or took longer than [`DELIVERED_MS`].
pub async fn measure(
    binary: &Path,
    url: &str,
    chats: usize,
    a_second: u64,
    seconds: u64,
) -> Outcome<()> {
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
    let mut staff_tokens = Vec::new();
    for index in 0..chats.div_ceil(PER_STAFF) {
        staff_tokens.push(staff::session(&store, index, now()).await?);
    }
    store.close().await;
    let mut server = Running::start(binary, url, &folder, "127.0.0.1:0")?;
    let origin = server.origin.clone();
    let client = Client::builder().no_proxy().build()?;
    let every = Duration::from_secs(chats as u64).div_f64(a_second as f64);
    let mut sides = Vec::with_capacity(chats);
    for (index, token) in tokens.into_iter().enumerate() {
        let staff = &staff_tokens[index / PER_STAFF];
        let id = begin(&client, &origin, &token, staff).await?;
        let side = |by, token: &str, path: &str, chance| Side {
            by,
            token: token.to_owned(),
            socket: format!("{}{path}/{id}/socket", origin.replace("http://", "ws://")),
            every,
            chance: Chance(chance),
        };
        let number = index as u64;
        sides.push([
            side("shopper", &token, "/api/v1/conversations", 2 * number),
            side(
                "staff",
                staff,
                "/api/v1/staff/conversations",
                2 * number + 1,
            ),
        ]);
    }
    let started = Instant::now();
    let until = started + Duration::from_secs(seconds);
    let mut talks = JoinSet::new();
    for sides in sides {
        talks.spawn(talk(sides, started, until));
    }
    let listen = origin.trim_start_matches("http://").to_owned();
    let pause = Duration::from_secs(seconds) / (KILLS + 1);
    let mut outages = vec![Duration::ZERO..GATHERED];
    for _ in 0..KILLS {
        sleep(pause).await;
        let killed = started.elapsed();
        drop(server);
        server = Running::start(binary, url, &folder, &listen)?;
        outages.push(killed..started.elapsed() + GATHERED);
    }
    let (mut said, mut lost, mut doubled, mut disorder, mut connections) = (0, 0, 0, 0, 0);
    let mut took = Vec::new();
    while let Some(ended) = talks.join_next().await {
        let (names, pages) = ended?;
        said += names.len();
        disorder += usize::from(pages[0].heard != pages[1].heard);
        for seen in pages {
            lost += names.difference(&seen.names).count();
            doubled += seen.doubled;
            disorder += seen.out_of_order + turned(&seen.heard);
            connections += seen.connections;
            took.extend(seen.took);
        }
    }
    // An answer that was on its way when the server was killed took as long as the outage.
    let quiet = |sent: Duration, took: f64| {
        let came = sent + Duration::from_secs_f64(took / 1000.0);
        !outages
            .iter()
            .any(|outage| sent < outage.end && came > outage.start)
    };
    let all = took.len();
    let mut took: Vec<f64> = took
        .into_iter()
        .filter(|(sent, took)| quiet(*sent, *took))
        .map(|(_, took)| took)
        .collect();
    took.sort_by(f64::total_cmp);
    let at = |part: f64| {
        let place = (took.len() as f64 * part) as usize;
        took.get(place).copied().unwrap_or_default()
    };
    let kind = url.split(':').next().unwrap_or_default();
    println!(
        "{kind}: {chats} conversations, {said} messages in {seconds} s ({:.0} a second), {connections} connections, the \
         server killed {KILLS} times: {lost} lost, {doubled} doubled, {disorder} out of order; \
         outside the outages ({} of {all}) delivered after {:.1} ms (p50), {:.1} ms (p99)",
        said as f64 / seconds as f64,
        took.len(),
        at(0.5),
        at(0.99),
    );
    if lost + doubled + disorder > 0 {
        return Err("messages were lost, doubled or out of order".into());
    }
    // Where nothing was delivered outside the outages, nothing was measured.
    if took.is_empty() || at(0.99) > DELIVERED_MS {
        return Err(format!("one message in a hundred took more than {DELIVERED_MS} ms").into());
    }
    Ok(())
}

/// Begins a conversation, which somebody of the staff takes; its id.
async fn begin(client: &Client, origin: &str, shopper: &str, staff: &str) -> Outcome<String> {
    let body = json!({
        "shop": "tepai", "subject": {"topic": "other"}, "text": "first", "client_id": "first",
    });
    let begun = client
        .post(format!("{origin}/api/v1/conversations"))
        .bearer_auth(shopper)
        .json(&body)
        .send()
        .await?;
    let begun: Value = begun.error_for_status()?.json().await?;
    let id = begun["id"].as_str().ok_or("a conversation has no id")?;
    let taken = client
        .post(format!("{origin}/api/v1/staff/conversations/{id}/take"))
        .bearer_auth(staff)
        .send()
        .await?;
    taken.error_for_status()?;
    Ok(id.to_owned())
}

/// One conversation: the names of all that was said, and what the two pages have seen.
async fn talk(
    [mut shopper, mut staff]: [Side; 2],
    started: Instant,
    until: Instant,
) -> (BTreeSet<String>, [Seen; 2]) {
    let (one, other) = tokio::join!(
        page(&mut shopper, started, until),
        page(&mut staff, started, until),
    );
    let ((one, mut shopper_seen), (other, mut staff_seen)) = (one, other);
    let mut names: BTreeSet<String> = one.into_keys().chain(other.into_keys()).collect();
    names.insert("first".to_owned());
    // What came last is fetched as a page does that connects again.
    let last = Instant::now() + LAST;
    for (side, seen) in [
        (&mut shopper, &mut shopper_seen),
        (&mut staff, &mut staff_seen),
    ] {
        while !names.is_subset(&seen.names) && Instant::now() < last {
            let mut none = Said::new();
            let reading = connected(side, started, seen, &mut none, None);
            let _ = timeout(Duration::from_millis(300), reading).await;
        }
    }
    (names, [shopper_seen, staff_seen])
}

/// One side's page: connects again whenever it is cut off, and sends again what was not acknowledged.
async fn page(side: &mut Side, started: Instant, until: Instant) -> (Said, Seen) {
    let mut seen = Seen::default();
    let mut said = Said::new();
    let over = until + LAST;
    loop {
        let all_kept = said.values().all(|(_, kept)| *kept);
        if (Instant::now() >= until && all_kept) || Instant::now() >= over {
            break;
        }
        connected(side, started, &mut seen, &mut said, Some(until)).await;
        sleep(Duration::from_millis(50)).await;
    }
    (said, seen)
}

/// One connection, until it is cut. `until` is when the page stops saying anything; without it, it only reads.
async fn connected(
    side: &mut Side,
    started: Instant,
    seen: &mut Seen,
    said: &mut Said,
    until: Option<Instant>,
) {
    let url = format!("{}?after={}", side.socket, seen.last);
    let Ok(mut request) = url.into_client_request() else {
        return;
    };
    let Ok(bearer) = format!("Bearer {}", side.token).parse() else {
        return;
    };
    request.headers_mut().insert("authorization", bearer);
    let Ok((mut socket, _)) = connect_async(request).await else {
        return;
    };
    seen.connections += 1;
    let say = |name: &str, text: &str| {
        let frame = json!({"type": "say", "client_id": name, "text": text});
        Message::text(frame.to_string())
    };
    // One thing after the other, as our pages do: nothing overtakes what has to be sent again.
    let waiting = |said: &Said| {
        let (name, (text, _)) = said.iter().find(|(_, (_, kept))| !kept)?;
        Some(say(name, text))
    };
    if let Some(first) = waiting(said)
        && socket.send(first).await.is_err()
    {
        return;
    }
    let cut = sleep(side.chance.within(HOLDS));
    tokio::pin!(cut);
    let mut next = Instant::now() + side.chance.within(Duration::ZERO..side.every * 2);
    loop {
        tokio::select! {
            frame = socket.next() => {
                let Some(Ok(frame)) = frame else { return };
                let Message::Text(text) = frame else { continue };
                let Ok(frame) = serde_json::from_str::<Value>(&text) else { continue };
                match frame["type"].as_str() {
                    Some("message") => note(seen, &frame, side.by, started),
                    Some("said") => {
                        if let Some((_, kept)) = frame["client_id"].as_str().and_then(|name| said.get_mut(name)) {
                            *kept = true;
                        }
                        if let Some(next) = waiting(said) && socket.send(next).await.is_err() {
                            return;
                        }
                    }
                    // What was too much is sent again after connecting again.
                    Some("refused") => return,
                    _ => {}
                }
            }
            () = &mut cut, if until.is_some() => return,
            () = tokio::time::sleep_until(next.into()) => {
                let Some(until) = until else {
                    next += side.every;
                    continue;
                };
                if Instant::now() >= until {
                    return;
                }
                let before = waiting(said).is_some();
                let name = format!("{}-{:06}", side.by, said.len());
                let text = started.elapsed().as_micros().to_string();
                said.insert(name.clone(), (text.clone(), false));
                if !before && socket.send(say(&name, &text)).await.is_err() {
                    return;
                }
                next = Instant::now() + side.chance.within(Duration::ZERO..side.every * 2);
            }
        }
    }
}

fn note(seen: &mut Seen, frame: &Value, own: &str, started: Instant) {
    let seq = frame["seq"].as_i64().unwrap_or_default();
    if seq != seen.last + 1 {
        seen.out_of_order += 1;
    }
    seen.last = seq;
    let (by, name) = (frame["by"].as_str(), frame["client_id"].as_str());
    if by == Some("system") {
        return;
    }
    let name = name.unwrap_or_default();
    seen.heard.push((seq, name.to_owned()));
    if !seen.names.insert(name.to_owned()) {
        seen.doubled += 1;
    }
    let sent = frame["text"]
        .as_str()
        .and_then(|text| text.parse::<u64>().ok());
    if let Some(sent) = sent
        && by != Some(own)
    {
        let sent = Duration::from_micros(sent);
        let took = started.elapsed().saturating_sub(sent);
        seen.took.push((sent, took.as_secs_f64() * 1000.0));
    }
}

/// How often what somebody said came before what they had said earlier: the names of their words grow.
fn turned(heard: &[(i64, String)]) -> usize {
    let of = |by: &str| {
        let names = heard.iter().map(|(_, name)| name.as_str());
        let own: Vec<&str> = names.filter(|name| name.starts_with(by)).collect();
        own.windows(2).filter(|pair| pair[0] >= pair[1]).count()
    };
    of("shopper-") + of("staff-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_come_before_earlier_ones_of_the_same_side_are_found() {
        let heard = |names: &[&str]| {
            let numbered = (1..)
                .zip(names)
                .map(|(seq, name)| (seq, (*name).to_owned()));
            turned(&numbered.collect::<Vec<_>>())
        };
        assert_eq!(
            heard(&["first", "staff-000000", "shopper-000000", "staff-000001"]),
            0
        );
        assert_eq!(
            heard(&["shopper-000010", "staff-000000", "shopper-000009"]),
            1
        );
        assert_eq!(heard(&["staff-000002", "staff-000002", "staff-000001"]), 2);
    }
}
