//! Tells who listens that an order changed, or that something was said: in this process by a channel, between processes by PostgreSQL.

use std::hash::{BuildHasher, Hasher, RandomState};
use std::time::Duration;

use orders_domain::{ConversationId, OrderId, ShopperId, Side};
use serde::{Deserialize, Serialize};
use sqlx::AnyPool;
use sqlx::postgres::PgListener;
use tokio::sync::{broadcast, mpsc};
use tokio::task::AbortHandle;

use crate::StoreError;
use crate::desk_news::{DeskNews, DeskNotice};
use crate::dialect::Dialect;
use crate::rows::to_json;

/// How many notices a slow receiver may be behind before it is told that it lost some.
const KEPT: usize = 1000;
/// The channel between processes.
const CHANNEL: &str = "tepai_order_changed";
/// The one for what shoppers are told besides.
const TOLD_CHANNEL: &str = "tepai_told";
/// The one for what happens in conversations.
const CHAT_CHANNEL: &str = "tepai_chat";
/// The one for what the staff see.
const DESK_CHANNEL: &str = "tepai_desk";
/// How long to wait before listening again when the server is away.
const AGAIN_AFTER: Duration = Duration::from_secs(1);

/// An order has changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangeNotice {
    /// Whose.
    pub shopper: ShopperId,
    /// Which.
    pub order: OrderId,
    /// Its version now.
    pub version: i64,
}

/// What whoever listens is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// An order has changed.
    Changed(ChangeNotice),
    /// This shopper was told something without any order having changed.
    Told(ShopperId),
    /// For a while nothing was heard of what other processes do: anything may have changed.
    Missed,
}

/// What happens in conversations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChatNotice {
    /// Something happened.
    News {
        /// In which.
        conversation: ConversationId,
        /// What.
        news: ChatNews,
    },
    /// For a while nothing was heard of what other processes do: anything may have been said.
    Missed,
}

/// What happened in a conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum ChatNews {
    /// Something was said or done, or read.
    Changed,
    /// Somebody is typing.
    Typing {
        /// Who.
        side: Side,
    },
}

/// What is told to the other processes.
enum Told {
    Order(ChangeNotice),
    Shopper(ToldNotice),
    Chat(ConversationNews),
    Desk(DeskNews),
}

#[derive(Serialize, Deserialize)]
struct ToldNotice {
    shopper: ShopperId,
}

#[derive(Serialize, Deserialize)]
struct ConversationNews {
    conversation: ConversationId,
    #[serde(flatten)]
    news: ChatNews,
}

/// A notice between processes, with its sender, so that nobody hears themselves.
#[derive(Serialize, Deserialize)]
struct Envelope<T> {
    node: u64,
    #[serde(flatten)]
    notice: T,
}

/// Where what comes from other processes goes.
#[derive(Clone)]
struct Here {
    orders: broadcast::Sender<Notice>,
    chat: broadcast::Sender<ChatNotice>,
    desk: broadcast::Sender<DeskNotice>,
}

impl Here {
    fn missed(&self) {
        let _ = self.orders.send(Notice::Missed);
        let _ = self.chat.send(ChatNotice::Missed);
        let _ = self.desk.send(DeskNotice::Missed);
    }

    /// Passes on what another process told.
    fn pass_on(&self, channel: &str, payload: &str, node: u64) -> Result<(), serde_json::Error> {
        if channel == CHAT_CHANNEL {
            let told: Envelope<ConversationNews> = serde_json::from_str(payload)?;
            if told.node != node {
                let _ = self.chat.send(told.notice.into());
            }
        } else if channel == TOLD_CHANNEL {
            let told: Envelope<ToldNotice> = serde_json::from_str(payload)?;
            if told.node != node {
                let _ = self.orders.send(Notice::Told(told.notice.shopper));
            }
        } else if channel == DESK_CHANNEL {
            let told: Envelope<DeskNews> = serde_json::from_str(payload)?;
            if told.node != node {
                let _ = self.desk.send(DeskNotice::News(told.notice));
            }
        } else {
            let told: Envelope<ChangeNotice> = serde_json::from_str(payload)?;
            if told.node != node {
                let _ = self.orders.send(Notice::Changed(told.notice));
            }
        }
        Ok(())
    }
}

impl From<ConversationNews> for ChatNotice {
    fn from(told: ConversationNews) -> Self {
        Self::News {
            conversation: told.conversation,
            news: told.news,
        }
    }
}

/// Where notices go.
pub(crate) struct Notices {
    here: Here,
    /// To the other processes; `None` where there cannot be any.
    elsewhere: Option<mpsc::UnboundedSender<Told>>,
    tasks: Vec<AbortHandle>,
}

impl Notices {
    pub(crate) async fn start(
        dialect: Dialect,
        url: &str,
        pool: &AnyPool,
    ) -> Result<Self, StoreError> {
        let here = Here {
            orders: broadcast::channel(KEPT).0,
            chat: broadcast::channel(KEPT).0,
            desk: broadcast::channel(KEPT).0,
        };
        match dialect {
            Dialect::Sqlite => Ok(Self {
                here,
                elsewhere: None,
                tasks: Vec::new(),
            }),
            Dialect::Postgres => {
                // Different with each call, which is all that a name needs.
                let node = RandomState::new().build_hasher().finish();
                let listener = listen(url).await?;
                let (elsewhere, waiting) = mpsc::unbounded_channel();
                let tasks = vec![
                    tokio::spawn(hear(url.to_owned(), listener, node, here.clone())).abort_handle(),
                    tokio::spawn(tell(waiting, node, pool.clone())).abort_handle(),
                ];
                Ok(Self {
                    here,
                    elsewhere: Some(elsewhere),
                    tasks,
                })
            }
        }
    }

    pub(crate) fn subscribe(&self) -> broadcast::Receiver<Notice> {
        self.here.orders.subscribe()
    }

    pub(crate) fn subscribe_to_chat(&self) -> broadcast::Receiver<ChatNotice> {
        self.here.chat.subscribe()
    }

    pub(crate) fn subscribe_to_desk(&self) -> broadcast::Receiver<DeskNotice> {
        self.here.desk.subscribe()
    }

    /// Tells the staff. To be called after the commit.
    pub(crate) fn announce_to_staff(&self, all: Vec<DeskNews>) {
        for news in all {
            if let Some(elsewhere) = &self.elsewhere {
                let _ = elsewhere.send(Told::Desk(news.clone()));
            }
            let _ = self.here.desk.send(DeskNotice::News(news));
        }
    }

    /// Tells everybody of what happened in a conversation. To be called after the commit.
    pub(crate) fn announce_chat(&self, conversation: &ConversationId, news: ChatNews) {
        let told = || ConversationNews {
            conversation: conversation.clone(),
            news,
        };
        if let Some(elsewhere) = &self.elsewhere {
            let _ = elsewhere.send(Told::Chat(told()));
        }
        let _ = self.here.chat.send(told().into());
    }

    /// Tells everybody. To be called after the commit. Nobody listening is fine.
    pub(crate) fn announce(&self, notice: ChangeNotice) {
        if let Some(elsewhere) = &self.elsewhere {
            // Closed only when the store is.
            let _ = elsewhere.send(Told::Order(notice.clone()));
        }
        let _ = self.here.orders.send(Notice::Changed(notice));
    }

    /// Tells that a shopper was told something without any order having changed. To be called after the commit.
    pub(crate) fn announce_told(&self, shopper: &ShopperId) {
        if let Some(elsewhere) = &self.elsewhere {
            let shopper = shopper.clone();
            let _ = elsewhere.send(Told::Shopper(ToldNotice { shopper }));
        }
        let _ = self.here.orders.send(Notice::Told(shopper.clone()));
    }

    pub(crate) fn stop(&self) {
        for task in &self.tasks {
            task.abort();
        }
    }
}

impl Drop for Notices {
    fn drop(&mut self) {
        self.stop();
    }
}

async fn listen(url: &str) -> Result<PgListener, sqlx::Error> {
    let mut listener = PgListener::connect(url).await?;
    listener
        .listen_all([CHANNEL, TOLD_CHANNEL, CHAT_CHANNEL, DESK_CHANNEL])
        .await?;
    Ok(listener)
}

/// Passes on what other processes tell. What was told while the connection was lost is lost, which is said once it is
/// there again.
async fn hear(url: String, mut listener: PgListener, node: u64, here: Here) {
    loop {
        match listener.try_recv().await {
            Ok(Some(notification)) => {
                let (channel, payload) = (notification.channel(), notification.payload());
                if let Err(error) = here.pass_on(channel, payload, node) {
                    tracing::warn!(%error, "a notice that cannot be read");
                }
            }
            // It was lost, and is there again.
            Ok(None) => {
                here.missed();
            }
            Err(error) => {
                tracing::warn!(%error, "cannot hear of changes that other processes make");
                listener = listen_again(&url).await;
                here.missed();
            }
        }
    }
}

async fn listen_again(url: &str) -> PgListener {
    loop {
        tokio::time::sleep(AGAIN_AFTER).await;
        match listen(url).await {
            Ok(listener) => return listener,
            Err(error) => {
                tracing::warn!(%error, "still cannot hear of changes that other processes make");
            }
        }
    }
}

/// Tells other processes, outside the transactions of the changes: PostgreSQL lets only one transaction
/// with a notification commit at a time.
async fn tell(mut waiting: mpsc::UnboundedReceiver<Told>, node: u64, pool: AnyPool) {
    while let Some(told) = waiting.recv().await {
        let (channel, payload) = match told {
            Told::Order(notice) => (CHANNEL, to_json(&Envelope { node, notice })),
            Told::Shopper(notice) => (TOLD_CHANNEL, to_json(&Envelope { node, notice })),
            Told::Chat(notice) => (CHAT_CHANNEL, to_json(&Envelope { node, notice })),
            Told::Desk(notice) => (DESK_CHANNEL, to_json(&Envelope { node, notice })),
        };
        let told = match payload {
            Ok(payload) => tell_one(channel, payload, &pool).await,
            Err(error) => Err(error),
        };
        if let Err(error) = told {
            tracing::warn!(%error, "cannot tell other processes of a change");
        }
    }
}

async fn tell_one(channel: &str, payload: String, pool: &AnyPool) -> Result<(), StoreError> {
    // As text, because the result's own type is none that both databases know.
    sqlx::query("SELECT CAST(pg_notify($1, $2) AS TEXT)")
        .bind(channel.to_owned())
        .bind(payload)
        .execute(pool)
        .await?;
    Ok(())
}
