//! `GET /staff/events`.

use axum::extract::State;
use axum::response::Response;
use axum::response::sse::Event;
use futures_util::stream;
use orders_api::{ConversationChanged, EnquiryChanged, NoteAdded, OrderChanged, WorkChanged};
use orders_domain::Permission;
use orders_store::{DeskChange, DeskNotice, NoteAbout};
use tokio::sync::{broadcast, watch};
use tokio::time::Interval;

use super::Staff;
use crate::http::error::{Failure, json};
use crate::http::events::stream::{keep_alive, ready, respond, stopped};
use crate::metrics::OpenStream;
use crate::state::App;

/// What changes in the shops that they see, as it happens: `work_changed`, `order_changed`, `conversation_changed`,
/// `note_added` and `enquiry_changed`, with ids and nothing else.
///
/// A stream begins with `ready`, and whoever gets that should load afresh what they show: a stream tells nothing of what was
/// before it. It ends with the session, which it does not keep alive, when something may have been missed, and when the server
/// stops: connect again.
#[utoipa::path(
    get, path = "/staff/events", tag = "staff", operation_id = "stream_events_for_staff",
    security(("staff_cookie" = []), ("staff_bearer" = [])),
    extensions(("x-permission" = json!("see_work"))),
    responses((status = 200, description = "`ready`, then the events; their data is a `StreamReady`, `WorkChanged`, `OrderChanged`, `ConversationChanged`, `NoteAdded` and `EnquiryChanged`.", body = String, content_type = "text/event-stream")),
)]
pub async fn stream_events_for_staff(
    State(app): State<App>,
    staff: Staff,
) -> Result<Response, Failure> {
    staff.may(Permission::SeeWork)?;
    let subscription = Subscription {
        news: app.store.desk_notices(),
        ready: Some(ready(true)),
        staff,
        stopping: app.stopping.clone(),
        tick: keep_alive(),
        _open: OpenStream::new(app.clone()),
        app,
    };
    Ok(respond(stream::unfold(
        subscription,
        |mut subscription| async {
            let event = subscription.next().await?;
            Some((event, subscription))
        },
    )))
}

/// An open console.
struct Subscription {
    app: App,
    /// With what it begins.
    ready: Option<Event>,
    news: broadcast::Receiver<DeskNotice>,
    staff: Staff,
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
        loop {
            tokio::select! {
                news = self.news.recv() => match news {
                    Ok(DeskNotice::News(news)) if self.staff.sees(&news.shop) => {
                        return Some(event(news.change));
                    }
                    Ok(DeskNotice::News(_)) => {}
                    // Too far behind, or something was not heard: the console connects again and loads afresh.
                    Ok(DeskNotice::Missed) | Err(_) => return None,
                },
                _ = self.tick.tick() => {
                    match self.staff.again(&self.app).await {
                        Ok(now) => {
                            self.staff.becomes(now, Permission::SeeWork).then_some(())?;
                        }
                        // A database that is away for a moment ends no stream.
                        Err(error) => tracing::warn!(%error, "a console's session cannot be looked up"),
                    }
                    return Some(Event::default().comment(""));
                }
                () = stopped(&mut self.stopping) => return None,
            }
        }
    }
}

fn event(change: DeskChange) -> Event {
    let (name, data) = match change {
        DeskChange::Work { id, kind } => ("work_changed", json(&WorkChanged { id, kind })),
        DeskChange::Order { id, version } => {
            ("order_changed", json(&OrderChanged { id: id.0, version }))
        }
        DeskChange::Conversation { id } => (
            "conversation_changed",
            json(&ConversationChanged { id: id.0 }),
        ),
        DeskChange::Note { about } => {
            let (order, conversation) = match about {
                NoteAbout::Order(id) => (Some(id.0), None),
                NoteAbout::Conversation(id) => (None, Some(id.0)),
            };
            let added = NoteAdded {
                order,
                conversation,
            };
            ("note_added", json(&added))
        }
        DeskChange::Enquiry {
            order,
            conversation,
        } => {
            let changed = EnquiryChanged {
                order: order.map(|id| id.0),
                conversation: conversation.map(|id| id.0),
            };
            ("enquiry_changed", json(&changed))
        }
    };
    Event::default().event(name).data(data)
}
