//! `GET /events`.

use std::convert::Infallible;
use std::time::Duration;

use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::sse::{Event, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use orders_api::OrderChanged;
use orders_domain::ShopperId;
use tokio::sync::{broadcast, watch};
use tokio::time::{Interval, MissedTickBehavior};

use crate::config::limits::KEEP_ALIVE;
use crate::http::error::json;
use crate::http::session::Shopper;
use crate::metrics::OpenStream;
use crate::state::App;

/// How long a browser waits before it connects again.
const RETRY: Duration = Duration::from_millis(1000);

/// Changes of the shopper's orders, as they happen: `order_changed` with id and version.
///
/// A stream begins with `ready`: whoever gets that should load afresh what they show, because there is no
/// telling what happened before. It ends with the session, and when the server stops.
#[utoipa::path(
    get, path = "/events", tag = "events", operation_id = "stream_events",
    security(("cookie" = []), ("bearer" = [])),
    responses((status = 200, description = "`order_changed` events; their data is an `OrderChanged`.", body = String, content_type = "text/event-stream")),
)]
pub async fn stream_events(State(app): State<App>, shopper: Shopper) -> Response {
    let subscription = Subscription {
        changes: app.events.of(shopper.id()),
        shopper: shopper.id().clone(),
        token_hash: shopper.token_hash().to_owned(),
        stopping: app.stopping.clone(),
        tick: keep_alive(),
        greeted: false,
        _open: OpenStream::new(app.clone()),
        app,
    };
    let events = stream::unfold(subscription, |mut subscription| async {
        let event = subscription.next().await?;
        Some((Ok::<_, Infallible>(event), subscription))
    });
    let mut response = Sse::new(events).into_response();
    // Proxies must not collect events before passing them on.
    let headers = response.headers_mut();
    headers.insert("x-accel-buffering", HeaderValue::from_static("no"));
    headers.insert(
        header::CACHE_CONTROL,
        HeaderValue::from_static("private, no-store"),
    );
    response
}

fn keep_alive() -> Interval {
    let mut tick = tokio::time::interval_at(tokio::time::Instant::now() + KEEP_ALIVE, KEEP_ALIVE);
    tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
    tick
}

/// An open page.
struct Subscription {
    app: App,
    changes: broadcast::Receiver<OrderChanged>,
    shopper: ShopperId,
    token_hash: String,
    stopping: watch::Receiver<bool>,
    tick: Interval,
    greeted: bool,
    _open: OpenStream,
}

impl Subscription {
    /// The next event; `None` at the end.
    async fn next(&mut self) -> Option<Event> {
        if !self.greeted {
            self.greeted = true;
            return Some(Event::default().event("ready").retry(RETRY).data("{}"));
        }
        tokio::select! {
            change = self.changes.recv() => {
                // Too far behind: the page connects again and loads afresh.
                let change = change.ok()?;
                Some(Event::default().event("order_changed").data(json(&change)))
            }
            _ = self.tick.tick() => {
                let session = self.app.store.session(&self.token_hash, self.app.clock.now()).await;
                // A database that is away for a moment ends no stream.
                match session {
                    Ok(None) => None,
                    Ok(Some(_)) | Err(_) => Some(Event::default().comment("")),
                }
            }
            () = stopped(&mut self.stopping) => None,
        }
    }
}

/// Waits until the server stops.
async fn stopped(stopping: &mut watch::Receiver<bool>) {
    // The sender being gone means the same.
    let _ = stopping.wait_for(|stopping| *stopping).await;
}

impl Drop for Subscription {
    fn drop(&mut self) {
        // Its own receiver goes first, so that the last page that closes takes the channel with it.
        self.changes = broadcast::channel(1).1;
        self.app.events.left(&self.shopper);
    }
}
