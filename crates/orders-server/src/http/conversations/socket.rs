//! `GET /conversations/{id}/socket`: a conversation as it happens.

use std::mem;

use axum::extract::State;
use axum::extract::ws::rejection::WebSocketUpgradeRejection;
use axum::extract::ws::{CloseFrame, Message as Frame, WebSocket, WebSocketUpgrade, close_code};
use axum::http::{HeaderMap, header};
use axum::response::Response;
use orders_api::{ChatFrameIn, ChatFrameOut, ConversationStanding, SayInChat, Side};
use orders_domain::ConversationId;
use orders_store::Conversed;
use tokio::sync::broadcast::error::RecvError;
use tokio::time::{Instant, MissedTickBehavior, interval_at, timeout};

use super::speaker::Speaker;
use super::{seq, wire};
use crate::chat::{Heard, Listening, OpenSocket};
use crate::config::limits::{FRAME_BYTES, FRAME_TIME, KEEP_ALIVE, PAGE_MAX, TYPING_EVERY};
use crate::http::error::{Failure, json};
use crate::http::events::stream::stopped;
use crate::http::path_id::PathId;
use crate::http::query::Query;
use crate::http::security::same_site;
use crate::http::session::Shopper;
use crate::http::staff::work::claimed;
use crate::state::App;

/// A conversation as a WebSocket: frames of JSON text, `ChatFrameIn` into it and `ChatFrameOut` out of it.
///
/// It begins with `ready`, then the messages from `after` + 1 on, each once and in order, and goes on with what is said. What
/// is sent is kept when `said` has come; without that, it is to be sent again under the same `client_id`, here or after
/// connecting again with the `seq` of the last message that came. The socket is closed with 1001 when the server stops, with
/// 1008 when the session is over, and with 1011 when the database is away: connect again. Of pages, only our own may open it.
#[utoipa::path(
    get, path = "/conversations/{id}/socket", tag = "conversations", operation_id = "open_socket",
    params(
        ("id" = String, Path, min_length = 1, max_length = 64),
        ("after" = Option<i64>, Query, description = "The `seq` of the last message that the caller has; 0 without.", minimum = 0),
    ),
    security(("cookie" = []), ("bearer" = [])),
    responses(
        (status = 101, description = "A WebSocket."),
        (status = 403, description = "Opened by a page of another site.", body = orders_api::Problem, content_type = "application/problem+json"),
        (status = 426, description = "`upgrade_required`: it was not asked for as a WebSocket.", body = orders_api::Problem, content_type = "application/problem+json"),
        (status = 429, description = "`too_many_sockets`.", body = orders_api::Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn open_socket(
    State(app): State<App>,
    shopper: Shopper,
    PathId(id): PathId,
    query: Query,
    headers: HeaderMap,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
) -> Result<Response, Failure> {
    open(
        app,
        Speaker::Shopper(shopper),
        id,
        &query,
        &headers,
        upgrade,
    )
    .await
}

/// Opens a socket for one of both sides.
///
/// # Errors
/// When the page is another site's, there is no such conversation for them, or they have too many sockets open.
pub async fn open(
    app: App,
    speaker: Speaker,
    id: String,
    query: &Query,
    headers: &HeaderMap,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
) -> Result<Response, Failure> {
    // Browsers let any page open a socket, with the cookie of whoever looks at it.
    if !headers.contains_key(header::AUTHORIZATION) && !same_site(headers, &app.origin) {
        return Err(Failure::CrossSite);
    }
    let id = ConversationId(id);
    let conversation = speaker.conversation(&app, &id).await?.id;
    let after = seq(query, "after")?;
    let upgrade = upgrade.map_err(|_| Failure::UpgradeRequired)?;
    let open = app
        .chats
        .open(speaker.holder())
        .ok_or(Failure::TooManySockets)?;
    let listening = app.chats.listen(&conversation);
    let talk = Talk {
        speaker,
        conversation,
        after,
        standing: None,
        typed: None,
        app,
        _open: open,
    };
    Ok(upgrade
        .max_message_size(FRAME_BYTES)
        .max_frame_size(FRAME_BYTES)
        .on_upgrade(move |socket| talk.run(socket, listening)))
}

/// One open socket.
struct Talk {
    app: App,
    speaker: Speaker,
    conversation: ConversationId,
    /// The last message that was sent into the socket.
    after: i64,
    /// Where the conversation stood when the socket last said so.
    standing: Option<ConversationStanding>,
    /// When the other side was last told that somebody is typing.
    typed: Option<Instant>,
    _open: OpenSocket,
}

/// Why a socket ends: with a code for the other side, or without, because it is gone.
enum End {
    Gone,
    Code(u16),
}

impl From<Failure> for End {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::NotFound => Self::Code(close_code::POLICY),
            other => {
                tracing::warn!(failure = ?other, "a chat socket ends");
                Self::Code(close_code::ERROR)
            }
        }
    }
}

impl Talk {
    async fn run(mut self, mut socket: WebSocket, mut listening: Listening) {
        let Err(end) = self.talk(&mut socket, &mut listening).await else {
            return;
        };
        if let End::Code(code) = end {
            let reason = "".into();
            let close = Frame::Close(Some(CloseFrame { code, reason }));
            // Somebody who is gone already need not be told.
            let _ = timeout(FRAME_TIME, socket.send(close)).await;
        }
    }

    async fn talk(&mut self, socket: &mut WebSocket, listening: &mut Listening) -> Result<(), End> {
        let mut stopping = self.app.stopping.clone();
        let mut tick = interval_at(Instant::now() + KEEP_ALIVE, KEEP_ALIVE);
        tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
        self.catch_up(socket).await?;
        // Whether anything came since the last ping, which every other side answers by itself.
        let mut alive = true;
        loop {
            tokio::select! {
                heard = listening.heard.recv() => match heard {
                    Ok(Heard::Typing(by)) => {
                        if by != self.speaker.side() {
                            send(socket, &ChatFrameOut::Typing { by }).await?;
                        }
                    }
                    Ok(Heard::Changed) | Err(RecvError::Lagged(_)) => self.catch_up(socket).await?,
                    Err(RecvError::Closed) => return Err(End::Code(close_code::AWAY)),
                },
                frame = socket.recv() => {
                    alive = true;
                    match frame {
                        Some(Ok(Frame::Text(text))) => self.frame(socket, &text).await?,
                        Some(Ok(Frame::Binary(_))) => return Err(End::Code(close_code::UNSUPPORTED)),
                        // Pongs are sent by themselves.
                        Some(Ok(Frame::Ping(_) | Frame::Pong(_))) => {}
                        Some(Ok(Frame::Close(_)) | Err(_)) | None => return Err(End::Gone),
                    }
                },
                _ = tick.tick() => {
                    // Of a lost connection nothing else is heard, and it would count as open for hours.
                    if !mem::take(&mut alive) {
                        return Err(End::Gone);
                    }
                    match self.speaker.is_there(&self.app).await {
                        // The queue moves on without a word in this conversation.
                        Ok(true) => self.catch_up(socket).await?,
                        Ok(false) => return Err(End::Code(close_code::POLICY)),
                        // A database that is away for a moment ends no socket where nothing is said.
                        Err(error) => tracing::warn!(%error, "a chat socket's session cannot be looked up"),
                    }
                    sent(timeout(FRAME_TIME, socket.send(Frame::Ping(Vec::new().into()))).await)?;
                }
                () = stopped(&mut stopping) => return Err(End::Code(close_code::AWAY)),
            }
        }
    }

    /// Sends what is new: messages in order, then what has changed about the conversation.
    async fn catch_up(&mut self, socket: &mut WebSocket) -> Result<(), End> {
        let found = self.speaker.conversation(&self.app, &self.conversation);
        let conversation = found.await?;
        let now = wire::standing(&self.app, &conversation).await?;
        let before = self.standing.replace(now.clone());
        if before.is_none() {
            send(socket, &ChatFrameOut::Ready(now.clone())).await?;
        }
        loop {
            let store = &self.app.store;
            let said = store.messages(&self.conversation, self.after, PAGE_MAX);
            let said = said.await.map_err(Failure::from)?;
            let Some(last) = said.last() else { break };
            let after = last.seq;
            for message in &said {
                send(
                    socket,
                    &ChatFrameOut::Message(self.speaker.message(message)),
                )
                .await?;
            }
            self.after = after;
        }
        let Some(before) = before else { return Ok(()) };
        for (by, before, seq) in [
            (Side::Shopper, before.shopper_read, now.shopper_read),
            (Side::Staff, before.staff_read, now.staff_read),
        ] {
            if seq > before {
                send(socket, &ChatFrameOut::Read { by, seq }).await?;
            }
        }
        // How far it is said and read has been told.
        let same = ConversationStanding {
            last_seq: now.last_seq,
            last_answer: now.last_answer,
            shopper_read: now.shopper_read,
            staff_read: now.staff_read,
            ..before
        };
        if same != now {
            send(socket, &ChatFrameOut::State(now)).await?;
        }
        Ok(())
    }

    async fn frame(&mut self, socket: &mut WebSocket, text: &str) -> Result<(), End> {
        let answer = match serde_json::from_str(text) {
            Ok(ChatFrameIn::Say(body)) => {
                self.act().await?;
                self.say(body).await
            }
            Ok(ChatFrameIn::Read(read)) => {
                let store = &self.app.store;
                let read =
                    store.read_conversation(&self.conversation, self.speaker.reader(), read.seq);
                read.await.map_err(Failure::from)?;
                return Ok(());
            }
            Ok(ChatFrameIn::Typing) => {
                let now = Instant::now();
                if self.typed.is_none_or(|typed| now - typed >= TYPING_EVERY) {
                    self.typed = Some(now);
                    self.act().await?;
                    let store = &self.app.store;
                    store.tell_typing(&self.conversation, self.speaker.side());
                }
                return Ok(());
            }
            Ok(ChatFrameIn::Ping) => ChatFrameOut::Pong,
            Err(_) => refused(None, &Failure::BadRequest),
        };
        send(socket, &answer).await
    }

    /// What is done now takes a session that still lives.
    async fn act(&mut self) -> Result<(), End> {
        match self.speaker.acts(&self.app).await {
            Ok(true) => Ok(()),
            Ok(false) => Err(End::Code(close_code::POLICY)),
            Err(error) => Err(Failure::from(error).into()),
        }
    }

    async fn say(&self, body: SayInChat) -> ChatFrameOut {
        let client_id = body.client_id.clone();
        let said = self.speaker.says(&self.app, &self.conversation, body);
        let failure = match said.await {
            Ok(Conversed::Done {
                said: Some(said), ..
            }) => {
                return ChatFrameOut::Said {
                    client_id,
                    seq: said.seq,
                };
            }
            Ok(Conversed::Refused(failure)) | Err(failure) => failure,
            Ok(Conversed::Followed) => Failure::ConversationClosed,
            Ok(Conversed::UnknownEvidence) => Failure::unknown("evidence"),
            Ok(Conversed::ClaimedByAnother(held)) => claimed(held),
            Ok(
                Conversed::Done { said: None, .. } | Conversed::Replayed(_) | Conversed::KeyReused,
            ) => Failure::internal("something was said and not written"),
        };
        if let Failure::Internal(cause) | Failure::Unavailable(cause) = &failure {
            tracing::error!(cause, "what was said in a chat cannot be kept");
        }
        refused(Some(client_id), &failure)
    }
}

fn refused(client_id: Option<String>, failure: &Failure) -> ChatFrameOut {
    ChatFrameOut::Refused {
        client_id,
        code: failure.kind().1.to_owned(),
    }
}

async fn send(socket: &mut WebSocket, frame: &ChatFrameOut) -> Result<(), End> {
    let frame = Frame::Text(json(frame).into());
    sent(timeout(FRAME_TIME, socket.send(frame)).await)
}

fn sent<E, T>(sent: Result<Result<(), E>, T>) -> Result<(), End> {
    match sent {
        Ok(Ok(())) => Ok(()),
        Ok(Err(_)) | Err(_) => Err(End::Gone),
    }
}
