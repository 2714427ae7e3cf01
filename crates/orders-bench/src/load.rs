//! The load: some connections, each asking again as soon as it has its answer.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use orders_api::{Action, OrderList, cancellation, order};
use reqwest::Client;

use crate::Outcome;

/// Connections at the same time.
const CONNECTIONS: usize = 4;
/// How long lists and details are asked for, and how long before that without counting.
const SECONDS: u64 = 8;
const WARM_UP: u64 = 2;
/// How many orders are cancelled.
const CANCELS: usize = 1_000;

/// What was measured.
pub struct Figures {
    /// `GET /orders`.
    pub list: Figure,
    /// `GET /orders/{id}`.
    pub detail: Figure,
    /// `POST /orders/{id}/cancellation`.
    pub cancel: Figure,
}

/// One kind of request.
pub struct Figure {
    /// Answers per second.
    pub per_second: f64,
    /// The median, in milliseconds.
    pub p50: f64,
    /// The slowest but one in a hundred, in milliseconds.
    pub p99: f64,
}

impl Figure {
    fn of(mut latencies: Vec<Duration>, took: Duration) -> Outcome<Self> {
        latencies.sort_unstable();
        let at = |part: usize| {
            latencies
                .get(latencies.len() * part / 100)
                .map(|latency| latency.as_secs_f64() * 1000.0)
                .ok_or("nothing was measured")
        };
        Ok(Self {
            per_second: latencies.len() as f64 / took.as_secs_f64(),
            p50: at(50)?,
            p99: at(99)?,
        })
    }
}

/// An order to ask for, and its shopper's session.
#[derive(Clone)]
struct Target {
    token: Arc<str>,
    id: String,
}

/// Measures the server at `origin` with the sessions of `tokens`.
pub async fn figures(origin: &str, tokens: &[String]) -> Outcome<Figures> {
    let client = Client::builder()
        .pool_max_idle_per_host(CONNECTIONS)
        .build()?;
    let lists: Vec<_> = tokens
        .iter()
        .map(|token| Target {
            token: token.as_str().into(),
            id: String::new(),
        })
        .collect();

    let (mut all, mut cancellable) = (Vec::new(), Vec::new());
    for target in &lists {
        let answer = client
            .get(format!("{origin}{}?limit=100", orders_api::ORDERS))
            .bearer_auth(&target.token)
            .send()
            .await?
            .error_for_status()?;
        for found in answer.json::<OrderList>().await?.items {
            let target = Target {
                token: target.token.clone(),
                id: found.id,
            };
            if found.actions.contains(&Action::Cancel) && cancellable.len() < CANCELS {
                cancellable.push(target);
            } else {
                all.push(target);
            }
        }
    }

    let list = timed(&client, &lists, |client, target| {
        client
            .get(format!("{origin}{}", orders_api::ORDERS))
            .bearer_auth(&target.token)
    })
    .await?;
    let detail = timed(&client, &all, |client, target| {
        client
            .get(format!("{origin}{}", order(&target.id)))
            .bearer_auth(&target.token)
    })
    .await?;
    let cancel = once_each(&client, &cancellable, |client, target| {
        client
            .post(format!("{origin}{}", cancellation(&target.id)))
            .bearer_auth(&target.token)
            .header("Idempotency-Key", &target.id)
            .json(&serde_json::json!({ "reason": "changed_mind" }))
    })
    .await?;
    Ok(Figures {
        list,
        detail,
        cancel,
    })
}

/// Asks for the targets in turn, over and over, until the time is up.
async fn timed(
    client: &Client,
    targets: &[Target],
    request: impl Fn(&Client, &Target) -> reqwest::RequestBuilder,
) -> Outcome<Figure> {
    let next = AtomicUsize::new(0);
    let begin = Instant::now() + Duration::from_secs(WARM_UP);
    let end = begin + Duration::from_secs(SECONDS);
    let worker = || async {
        let mut latencies = Vec::new();
        while Instant::now() < end {
            // A large prime's stride visits the targets in no order that a cache could follow.
            let index = next.fetch_add(1, Ordering::Relaxed).wrapping_mul(7_919) % targets.len();
            let sent = Instant::now();
            answer(request(client, &targets[index])).await?;
            if sent >= begin {
                latencies.push(sent.elapsed());
            }
        }
        Outcome::Ok(latencies)
    };
    let (a, b, c, d) = tokio::try_join!(worker(), worker(), worker(), worker())?;
    Figure::of([a, b, c, d].concat(), Duration::from_secs(SECONDS))
}

/// Sends one request for each target.
async fn once_each(
    client: &Client,
    targets: &[Target],
    request: impl Fn(&Client, &Target) -> reqwest::RequestBuilder,
) -> Outcome<Figure> {
    let next = AtomicUsize::new(0);
    let begin = Instant::now();
    let worker = || async {
        let mut latencies = Vec::new();
        while let Some(target) = targets.get(next.fetch_add(1, Ordering::Relaxed)) {
            let sent = Instant::now();
            answer(request(client, target)).await?;
            latencies.push(sent.elapsed());
        }
        Outcome::Ok(latencies)
    };
    let (a, b, c, d) = tokio::try_join!(worker(), worker(), worker(), worker())?;
    Figure::of([a, b, c, d].concat(), begin.elapsed())
}

async fn answer(request: reqwest::RequestBuilder) -> Outcome<()> {
    request.send().await?.error_for_status()?.bytes().await?;
    Ok(())
}
