//! A database full of orders, and sessions of some of its shoppers.

use chrono::{Duration, Utc};
use orders_domain::{Instant, Order, to_millisecond};
use orders_store::{Credentials, Shopper, Store};
use orders_testkit::{bench_shopper, many_orders};
use sha2::{Digest, Sha256};

use crate::{Outcome, PER_SHOPPER};

/// Orders that are written in one transaction.
const CHUNK: usize = 5_000;
/// Shoppers that take part in the measuring, spread over all.
const ACTIVE: usize = 1_000;

/// Fills the database at `url` when it is empty; the tokens of new sessions of [`ACTIVE`] shoppers.
pub async fn fill(url: &str, orders: usize) -> Outcome<Vec<String>> {
    let store = Store::connect(url).await?;
    let now = now();
    let shoppers = orders / PER_SHOPPER;
    let active: Vec<usize> = (0..ACTIVE).map(|index| index * shoppers / ACTIVE).collect();
    if store.is_empty().await? {
        let mut chunk: Vec<Order> = Vec::with_capacity(CHUNK);
        for order in many_orders(shoppers, PER_SHOPPER, now) {
            chunk.push(order);
            if chunk.len() == CHUNK {
                store.insert_orders(&chunk).await?;
                chunk.clear();
            }
        }
        store.insert_orders(&chunk).await?;
        for &index in &active {
            let credentials = Credentials {
                shopper: Shopper {
                    id: bench_shopper(index),
                    display_name: format!("Shopper {index}"),
                },
                // Nobody logs in with a password here.
                password_hash: String::new(),
            };
            store.put_shopper(&credentials, &[]).await?;
        }
        store.settle().await?;
    }
    let mut tokens = Vec::with_capacity(ACTIVE);
    for index in active {
        tokens.push(session(&store, index, now).await?);
    }
    store.close().await;
    Ok(tokens)
}

/// The token of a new session of the shopper with this number.
pub async fn session(store: &Store, index: usize, now: Instant) -> Outcome<String> {
    let token = format!(
        "{:064x}",
        now.timestamp_micros() as u128 * 1_000_000 + index as u128
    );
    let expires = now + Duration::days(1);
    store
        .create_session(&hashed(&token), &bench_shopper(index), now, expires)
        .await?;
    Ok(token)
}

/// As tokens are kept.
pub fn hashed(token: &str) -> String {
    Sha256::digest(token.as_bytes())
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// The time.
#[allow(clippy::disallowed_methods, reason = "the only clock of the benchmark")]
pub fn now() -> Instant {
    to_millisecond(Utc::now())
}
