//! `GET /events`.

use std::convert::Infallible;
use std::time::Duration;

use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::sse::{Event, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::{Stream, StreamExt, stream};
use orders_api::StreamReady;
use orders_domain::OrderId;
use orders_store::Owner;
use tokio::sync::{broadcast, watch};
use tokio::time::{Interval, MissedTickBehavior};

use crate::config::limits::KEEP_ALIVE;
use crate::events::{Listening, Told, concerns};
use crate::http::error::{Failure, json};
use crate::http::query::Query;
use crate::http::session::Shopper;
use crate::metrics::OpenStream;
use crate::state::App;

/// How long a browser waits before it connects again.
const RETRY: Duration = Duration::from_millis(1000);

/// The mark of the last event that a browser got before it connected again.
const LAST_EVENT_ID: &str = "last-event-id";

/// Changes of the shopper's orders, as they happen: `order_changed` with id and version.
///
/// A stream begins with `ready`, which comes again, with `missed`, when the shopper was told something that is no change of an
/// order. Unless that says that nothing was `missed` since the mark, whoever gets it should load
/// afresh what they show. It ends with the session, and when the server stops.
#[utoipa::path(
    get, path = "/events", tag = "events", operation_id = "stream_events",
    params(
        ("after" = Option<String>, Query, description = "The mark that came with a page, or the id of an event."),
        ("Last-Event-ID" = Option<String>, Header, description = "Goes before `after`; browsers send it when they connect again."),
    ),
    security(("cookie" = []), ("bearer" = [])),
    responses((status = 200, description = "`ready`, then `order_changed` events; their data is a `StreamReady` and an `OrderChanged`.", body = String, content_type = "text/event-stream")),
)]
pub async fn stream_events(
    State(app): State<App>,
    shopper: Shopper,
    headers: HeaderMap,
    query: Query,
) -> Result<Response, Failure> {
    let last = headers.get(LAST_EVENT_ID).and_then(|id| id.to_str().ok());
    let Listening {
        changes,
        mark,
        missed,
    } = app.events.of(shopper.owner(), last.or(query.one("after")?));
    let ready = ready(missed).id(mark);
    let subscription = Subscription {
        changes,
        ready: Some(ready),
        owner: shopper.owner().clone(),
        token_hash: shopper.token_hash().to_owned(),
        stopping: app.stopping.clone(),
        tick: keep_alive(),
        _open: OpenStream::new(app.clone()),
        app,
    };
    let events = stream::unfold(subscription, |mut subscription| async {
        let event = subscription.next().await?;
        Some((event, subscription))
    });
    Ok(respond(events))
}

/// With what a stream begins.
pub fn ready(missed: bool) -> Event {
    Event::default()
        .event("ready")
        .retry(RETRY)
        .data(json(&StreamReady { missed }))
}

/// A stream of events, as a response.
pub fn respond(events: impl Stream<Item = Event> + Send + 'static) -> Response {
    let mut response = Sse::new(events.map(Ok::<_, Infallible>)).into_response();
    // Proxies must not collect events before passing them on.
    let headers = response.headers_mut();
    headers.insert("x-accel-buffering", HeaderValue::from_static("no"));
    headers.insert(
        header::CACHE_CONTROL,
        HeaderValue::from_static("private, no-store"),
    );
    response
}

/// When to look whether the session still lives, and to give a sign of life.
pub fn keep_alive() -> Interval {
    let mut tick = tokio::time::interval_at(tokio::time::Instant::now() + KEEP_ALIVE, KEEP_ALIVE);
    tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
    tick
}

/// An open page.
struct Subscription {
    app: App,
    /// With what it begins.
    ready: Option<Event>,
    changes: broadcast::Receiver<Told>,
    owner: Owner,
    token_hash: String,
    stopping: watch::Receiver<bool>,
    tick: Interval,
    _open: OpenStream,
}

impl Subscription {
    /// The next event; `None` at the end.
    async fn next(&mut self) -> Option<Event> {
        if let Some(ready) = self.ready.take() {
            return Some(ready);
        }
        tokio::select! {
            told = theirs(&mut self.changes, &self.owner) => {
                // Too far behind: the page connects again and loads afresh.
                let Told { change, mark } = told?;
                Some(match change {
                    Some(change) => {
                        Event::default().event("order_changed").id(mark).data(json(&change))
                    }
                    None => ready(true).id(mark),
                })
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

/// The next change of an order that is theirs; `None` when some were lost. Giving the wait up loses none.
async fn theirs(changes: &mut broadcast::Receiver<Told>, owner: &Owner) -> Option<Told> {
    loop {
        let told = changes.recv().await.ok()?;
        let order = told.change.as_ref();
        let order = order.map(|change| OrderId(change.id.clone()));
        if concerns(owner, order.as_ref()) {
            return Some(told);
        }
    }
}

/// Waits until the server stops.
pub async fn stopped(stopping: &mut watch::Receiver<bool>) {
    // The sender being gone means the same.
    let _ = stopping.wait_for(|stopping| *stopping).await;
}

impl Drop for Subscription {
    fn drop(&mut self) {
        // Its own receiver goes first, so that the last page that closes takes the channel with it.
        self.changes = broadcast::channel(1).1;
        self.app.events.left(self.owner.shopper());
    }
}
