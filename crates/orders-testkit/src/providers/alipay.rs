//! A simulated Alipay gateway: refunds, their query and the bill of a day, with messages about them.
//!
//! What time it is, it knows from its callers: each request carries one.

mod bill;
mod gateway;
mod keys;
mod messages;
mod post;
mod refunds;

use std::collections::BTreeMap;
use std::fmt;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::routing::{get, post};
use chrono::NaiveDateTime;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use super::{Book, Faults};

/// The application's id.
const APP: &str = "2021000000000001";

/// A running one. It stops when this is dropped.
pub struct AlipaySimulator {
    shared: Arc<Shared>,
    server: Mutex<Option<JoinHandle<()>>>,
}

/// What the gateway, the messages and the tests share.
struct Shared {
    address: SocketAddr,
    stop: watch::Sender<bool>,
    inner: Mutex<Inner>,
}

/// What changes.
struct Inner {
    book: Book,
    faults: Faults,
    strict: bool,
    /// Where messages go.
    app_gateway: Option<String>,
    /// What is known of a refund besides its entry in the book.
    made: BTreeMap<String, Made>,
    /// How often it was asked how far a refund is.
    queries: BTreeMap<String, u32>,
}

/// How a refund was made.
#[derive(Clone, Copy, Debug)]
struct Made {
    /// When, by the merchant's clock in Beijing.
    at: NaiveDateTime,
    /// It is for a bank card.
    to_card: bool,
}

impl Shared {
    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl AlipaySimulator {
    /// Starts one on a free port of this machine.
    ///
    /// # Panics
    /// When there is no free port.
    pub async fn start(faults: Faults) -> Self {
        let listening = TcpListener::bind(("127.0.0.1", 0)).await;
        let listener = listening.unwrap_or_else(|error| panic!("no port: {error}"));
        let address = listener.local_addr();
        let (stop, mut stopped) = watch::channel(false);
        let shared = Arc::new(Shared {
            address: address.unwrap_or_else(|error| panic!("no address: {error}")),
            stop,
            inner: Mutex::new(Inner {
                book: Book::default(),
                faults,
                strict: false,
                app_gateway: None,
                made: BTreeMap::new(),
                queries: BTreeMap::new(),
            }),
        });
        let router = Router::new()
            .route("/gateway.do", post(gateway::answer))
            .route("/downloadBillFile.resource", get(bill::download))
            .with_state(Arc::clone(&shared));
        let server = tokio::spawn(async move {
            let until = async move { drop(stopped.wait_for(|stopped| *stopped).await) };
            let served = axum::serve(listener, router).with_graceful_shutdown(until);
            // A server that fails answers nobody, which is what its callers are there to bear.
            drop(served.await);
        });
        Self {
            shared,
            server: Mutex::new(Some(server)),
        }
    }

    /// The gateway's address.
    pub fn url(&self) -> String {
        format!("http://{}/gateway.do", self.shared.address)
    }

    /// What a payments file says below `[providers.NAME]` to use this gateway. The keys are written into `folder`.
    ///
    /// # Panics
    /// When they cannot be.
    pub fn account_toml(&self, folder: &Path) -> String {
        let write = |name: &str, key: &str| {
            let file = folder.join(name);
            let file = std::path::absolute(&file).unwrap_or(file);
            if let Err(error) = std::fs::write(&file, key) {
                panic!("{}: {error}", file.display());
            }
            file.display().to_string()
        };
        let private_key = write("alipay-app.pem", keys::APP_PRIVATE);
        let platform_key = write("alipay-platform.pem", keys::PLATFORM_PUBLIC);
        format!(
            "kind = \"alipay\"\nurl = \"{}\"\napp = \"{APP}\"\nprivate_key = '{private_key}'\nplatform_key = '{platform_key}'\n",
            self.url()
        )
    }

    /// Looks into the book.
    pub fn book<R>(&self, look: impl FnOnce(&Book) -> R) -> R {
        look(&self.shared.inner().book)
    }

    /// Registers a payment of `fen`, by the name that the merchant gives it (`trade_no`, or else `out_trade_no`).
    pub fn paid(&self, payment: &str, fen: i64) {
        let mut inner = self.shared.inner();
        inner.book.payments.insert(payment.to_owned(), fen);
    }

    /// From now on, payments that are not registered do not exist. Before, they exist and are as large as anybody wants.
    pub fn know_only_registered(&self) {
        self.shared.inner().strict = true;
    }

    /// Where messages go, as it is entered in the Open Platform's console (应用网关): alipay.trade.refund takes no
    /// `notify_url`. Without one, there are none.
    pub fn send_messages_to(&self, url: &str) {
        self.shared.inner().app_gateway = Some(url.to_owned());
    }

    /// How it misbehaves from now on.
    pub fn set_faults(&self, faults: Faults) {
        self.shared.inner().faults = faults;
    }

    /// Stops answering and telling. The book stays.
    pub async fn stop(&self) {
        self.shared.stop.send_replace(true);
        let server = self
            .server
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        if let Some(mut server) = server {
            // Calls that hang are not waited for.
            if tokio::time::timeout(Duration::from_secs(1), &mut server)
                .await
                .is_err()
            {
                server.abort();
            }
        }
    }
}

impl Drop for AlipaySimulator {
    fn drop(&mut self) {
        self.shared.stop.send_replace(true);
    }
}

impl fmt::Debug for AlipaySimulator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("AlipaySimulator").field(&self.url()).finish()
    }
}
