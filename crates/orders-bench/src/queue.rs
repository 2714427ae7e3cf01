//! The staff's queue when it is long: how soon its first screen comes, filtered and sorted in every way.

use std::path::Path;
use std::time::{Duration, Instant as Clock};

use chrono::TimeDelta;
use orders_domain::{Instant, Order, PendingCause};
use orders_store::Store;
use orders_testkit::{Rules, bench_shopper, order, tell};
use reqwest::Client;
use serde_json::Value;

use crate::fill::now;
use crate::server::Server;
use crate::{Outcome, staff};

/// Orders that are written in one transaction.
const CHUNK: usize = 5_000;
/// How often each screen is asked for.
const TIMES: usize = 200;
/// The longest that a screen may take, in milliseconds: 99 of a hundred.
const SCREEN_MS: f64 = 100.0;
/// The first counter of these orders, beyond the demo's and the other benchmarks'.
const FIRST: u64 = 50_000_000;

/// What is asked for: the first screen as the console shows it, and the ways to look at it.
const SCREENS: [&str; 7] = [
    "",
    "?sort=age",
    "?kind=pending_confirmation",
    "?kind=cancellation_request&sort=age",
    "?shop=wanfu",
    "?claim=free&kind=cancellation_request",
    "?claim=mine",
];

/// Fills the database at `url` with `entries` entries of the queue when it is empty, and prints how long each of
/// [`SCREENS`] takes, and a page from the middle of the queue. Fails when one of the screens takes longer than
/// [`SCREEN_MS`].
pub async fn measure(binary: &Path, url: &str, entries: usize) -> Outcome<()> {
    let store = Store::connect(url).await?;
    let now = now();
    if store.is_empty().await? {
        let rules = Rules::built_in()?;
        let mut chunk: Vec<Order> = Vec::with_capacity(CHUNK);
        for index in 0..entries {
            chunk.push(waiting(&rules, index, now));
            if chunk.len() == CHUNK {
                store.insert_orders(&chunk).await?;
                chunk.clear();
            }
        }
        store.insert_orders(&chunk).await?;
        store.settle().await?;
    }
    let token = staff::session(&store, 0, now).await?;
    store.close().await;
    let server = Server::start(binary, url)?;
    let client = Client::builder().no_proxy().build()?;
    let kind = url.split(':').next().unwrap_or_default();
    println!("{kind}, {entries} entries:");
    let mut cursor = String::new();
    let mut slow = Vec::new();
    for screen in SCREENS {
        let address = format!("{}{}{screen}", server.origin, orders_api::STAFF_WORK);
        let (took, found) = timed(&client, &address, &token, screen).await?;
        if took > SCREEN_MS {
            slow.push(name_of(screen));
        }
        if screen.is_empty() {
            cursor = found["next_cursor"].as_str().unwrap_or_default().to_owned();
        }
    }
    // A hundred pages on.
    for _ in 0..100 {
        let address = format!(
            "{}{}?limit=100&cursor={cursor}",
            server.origin,
            orders_api::STAFF_WORK
        );
        let page = ask(&client, &address, &token).await?.1;
        cursor = page["next_cursor"]
            .as_str()
            .ok_or("the queue is too short")?
            .to_owned();
    }
    let address = format!(
        "{}{}?cursor={cursor}",
        server.origin,
        orders_api::STAFF_WORK
    );
    timed(&client, &address, &token, "page 500").await?;
    if slow.is_empty() {
        Ok(())
    } else {
        let slow = slow.join(", ");
        Err(format!("{kind}: one in a hundred took more than {SCREEN_MS} ms: {slow}").into())
    }
}

/// An order for which somebody has to do something: six in ten wait to be confirmed, at one shop, the others for an
/// answer to a request, at the other.
fn waiting(rules: &Rules, index: usize, now: Instant) -> Order {
    let placed = now - TimeDelta::seconds(index as i64 * 7 % 1_000_000 + 60);
    let shopper = bench_shopper(index % 20_000);
    let builder = order()
        .counted(FIRST + index as u64)
        .shopper(shopper.as_str())
        .placed_at(placed);
    if index % 10 < 6 {
        let cause = PendingCause::ALL[index % PendingCause::ALL.len()];
        return builder.shop("tepai").pending(cause).build();
    }
    let paid = builder.shop("wanfu").unpacked().build();
    let asked = placed + TimeDelta::seconds(30);
    tell(rules, paid).cancelled(asked, "changed_mind").end()
}

/// What a screen is called.
const fn name_of(screen: &'static str) -> &'static str {
    if screen.is_empty() {
        "first screen"
    } else {
        screen
    }
}

/// Asks again and again, prints the median and the slowest but one in a hundred, and gives the latter, in milliseconds, and
/// the answer.
async fn timed(
    client: &Client,
    address: &str,
    token: &str,
    name: &'static str,
) -> Outcome<(f64, Value)> {
    let mut took = Vec::with_capacity(TIMES);
    let mut found = Value::Null;
    for _ in 0..TIMES {
        let (time, answer) = ask(client, address, token).await?;
        took.push(time);
        found = answer;
    }
    took.sort_unstable();
    let at = |part: usize| took[(TIMES * part / 100).min(TIMES - 1)].as_secs_f64() * 1000.0;
    println!(
        "  {:<40} {:>3} entries  {:>6.1} ms (p50)  {:>6.1} ms (p99)",
        name_of(name),
        found["items"].as_array().map_or(0, Vec::len),
        at(50),
        at(99),
    );
    Ok((at(99), found))
}

async fn ask(client: &Client, address: &str, token: &str) -> Outcome<(Duration, Value)> {
    let sent = Clock::now();
    let answer = client.get(address).bearer_auth(token).send().await?;
    let body = answer.error_for_status()?.bytes().await?;
    Ok((sent.elapsed(), serde_json::from_slice(&body)?))
}
