//! The staff's queue when it is long: how soon its first screen comes, filtered and sorted in every way.

use std::path::Path;
use std::time::{Duration, Instant as Clock};

use chrono::TimeDelta;
use orders_domain::{
    Author, CaseKind, ComplaintTopic, ComplaintWish, Conversation, ConversationState, Instant,
    Message, Order, PendingCause, Subject, Topic,
};
use orders_store::{Credentials, Shopper, Store};
use orders_testkit::{Rules, ask as wish, bench_shopper, complaint, order, tell};
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
const SCREENS: [&str; 11] = [
    "",
    "?sort=age",
    "?kind=pending_confirmation",
    "?kind=cancellation_request&sort=age",
    "?kind=after_sale_case",
    "?kind=complaint",
    "?kind=conversation",
    "?shop=wanfu",
    "?shop=tepai&claim=free&sort=age",
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
            if index % 10 == 9 {
                let (conversation, said) = left(index, now);
                let credentials = Credentials {
                    shopper: Shopper {
                        id: conversation.shopper.clone(),
                        display_name: format!("Shopper {index}"),
                    },
                    password_hash: String::new(),
                };
                store.put_shopper(&credentials, &[]).await?;
                store.insert_conversation(&conversation, &[said]).await?;
                continue;
            }
            chunk.push(waiting(&rules, index, now)?);
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
    let chats = format!(
        "{}{}?state=left",
        server.origin,
        orders_api::STAFF_CONVERSATIONS
    );
    if timed(&client, &chats, &token, "chats that were left")
        .await?
        .0
        > SCREEN_MS
    {
        slow.push("chats that were left");
    }
    if slow.is_empty() {
        Ok(())
    } else {
        let slow = slow.join(", ");
        Err(format!("{kind}: one in a hundred took more than {SCREEN_MS} ms: {slow}").into())
    }
}

/// When entry `index` began to wait: within the last twenty hours, so that no date is missed while it is measured.
fn began(index: usize, now: Instant) -> Instant {
    now - TimeDelta::seconds(index as i64 * 7 % 72_000 + 60)
}

/// An order for which somebody has to do something: of ten, four wait to be confirmed, two for an answer to a request, two
/// to a case and one to a complaint.
fn waiting(rules: &Rules, index: usize, now: Instant) -> Outcome<Order> {
    let since = began(index, now);
    let shopper = bench_shopper(index % 20_000);
    let builder = order()
        .counted(FIRST + index as u64)
        .shopper(shopper.as_str());
    let order = match index % 10 {
        0..4 => {
            let cause = PendingCause::ALL[index % PendingCause::ALL.len()];
            let builder = builder.placed_at(since).shop("tepai");
            return Ok(builder.pending(cause).build());
        }
        4 | 5 => {
            let placed = since - TimeDelta::minutes(30);
            let paid = builder.placed_at(placed).shop("wanfu").unpacked().build();
            tell(rules, paid).cancelled(since, "changed_mind")
        }
        kind => {
            let placed = since - TimeDelta::days(5);
            let received = builder.placed_at(placed).shop("tepai").delivered();
            let received = received.build();
            let line = received.body.lines[0].id.0.clone();
            let tale = tell(rules, received);
            if kind == 8 {
                let words = complaint(ComplaintTopic::Service, ComplaintWish::Explanation, "...");
                tale.complained(since, &words)
            } else {
                let returns = wish(CaseKind::ReturnAndRefund, "no_longer_wanted", &[(&line, 1)]);
                tale.case_opened(since, &returns)
            }
        }
    };
    let order = order.end();
    if orders_domain::work_of(&order).is_empty() {
        return Err(format!("nobody has anything to do for entry {index}").into());
    }
    Ok(order)
}

/// A conversation that was left out of hours and is to be answered within a day.
fn left(index: usize, now: Instant) -> (Conversation, Message) {
    let since = began(index, now);
    let shop = if index.is_multiple_of(3) {
        "wanfu"
    } else {
        "tepai"
    };
    let of = (bench_shopper(index), shop.into());
    let id = format!("queue-{index}").as_str().into();
    let conversation = Conversation {
        state: ConversationState::Left,
        place_since: Some(since),
        due_at: Some(since + TimeDelta::hours(24)),
        ..Conversation::blank(id, of, Subject::of(Topic::Other), since)
    };
    let said = Message {
        seq: 0,
        client_id: "first".to_owned(),
        author: Author::Shopper,
        at: since,
        text: "...".to_owned(),
        evidence: Vec::new(),
    };
    (conversation, said)
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
