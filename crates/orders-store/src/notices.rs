//! Tells who listens that an order changed: in this process by a channel, between processes by PostgreSQL.

use std::hash::{BuildHasher, Hasher, RandomState};
use std::time::Duration;

use orders_domain::{OrderId, ShopperId};
use serde::{Deserialize, Serialize};
use sqlx::AnyPool;
use sqlx::postgres::PgListener;
use tokio::sync::{broadcast, mpsc};
use tokio::task::AbortHandle;

use crate::StoreError;
use crate::dialect::Dialect;
use crate::rows::to_json;

/// How many notices a slow receiver may be behind before it is told that it lost some.
const KEPT: usize = 1000;
/// The channel between processes.
const CHANNEL: &str = "tepai_order_changed";
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
    /// For a while nothing was heard of what other processes do: anything may have changed.
    Missed,
}

/// A notice between processes, with its sender, so that nobody hears themselves.
#[derive(Serialize, Deserialize)]
struct Envelope {
    node: u64,
    #[serde(flatten)]
    notice: ChangeNotice,
}

/// Where notices go.
pub(crate) struct Notices {
    here: broadcast::Sender<Notice>,
    /// To the other processes; `None` where there cannot be any.
    elsewhere: Option<mpsc::UnboundedSender<ChangeNotice>>,
    tasks: Vec<AbortHandle>,
}

impl Notices {
    pub(crate) async fn start(
        dialect: Dialect,
        url: &str,
        pool: &AnyPool,
    ) -> Result<Self, StoreError> {
        let (here, _) = broadcast::channel(KEPT);
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
        self.here.subscribe()
    }

    /// Tells everybody. To be called after the commit. Nobody listening is fine.
    pub(crate) fn announce(&self, notice: ChangeNotice) {
        if let Some(elsewhere) = &self.elsewhere {
            // Closed only when the store is.
            let _ = elsewhere.send(notice.clone());
        }
        let _ = self.here.send(Notice::Changed(notice));
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
    listener.listen(CHANNEL).await?;
    Ok(listener)
}

/// Passes on what other processes tell. What was told while the connection was lost is lost, which is said once it is
/// there again.
async fn hear(url: String, mut listener: PgListener, node: u64, here: broadcast::Sender<Notice>) {
    loop {
        match listener.try_recv().await {
            Ok(Some(notification)) => {
                match serde_json::from_str::<Envelope>(notification.payload()) {
                    Ok(envelope) if envelope.node == node => {}
                    Ok(envelope) => {
                        let _ = here.send(Notice::Changed(envelope.notice));
                    }
                    Err(error) => tracing::warn!(%error, "a notice that cannot be read"),
                }
            }
            // It was lost, and is there again.
            Ok(None) => {
                let _ = here.send(Notice::Missed);
            }
            Err(error) => {
                tracing::warn!(%error, "cannot hear of changes that other processes make");
                listener = listen_again(&url).await;
                let _ = here.send(Notice::Missed);
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
async fn tell(mut waiting: mpsc::UnboundedReceiver<ChangeNotice>, node: u64, pool: AnyPool) {
    while let Some(notice) = waiting.recv().await {
        if let Err(error) = tell_one(Envelope { node, notice }, &pool).await {
            tracing::warn!(%error, "cannot tell other processes of a change");
        }
    }
}

async fn tell_one(envelope: Envelope, pool: &AnyPool) -> Result<(), StoreError> {
    // As text, because the result's own type is none that both databases know.
    sqlx::query("SELECT CAST(pg_notify($1, $2) AS TEXT)")
        .bind(CHANNEL)
        .bind(to_json(&envelope)?)
        .execute(pool)
        .await?;
    Ok(())
}
