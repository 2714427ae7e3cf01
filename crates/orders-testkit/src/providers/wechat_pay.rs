//! A simulated WeChat Pay, API v3: refunds, their query, callbacks and the bill, over HTTP on this machine.
//!
//! Its clock is its merchant's: the time of the last request, and what has passed since.

mod bill;
mod callback;
mod keys;
mod refunds;
mod requests;

use std::collections::BTreeMap;
use std::fmt;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use axum::Router;
use chrono::{DateTime, FixedOffset, Offset as _, TimeZone as _, Utc};
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::{JoinHandle, JoinSet};

use super::{Book, Faults};
use keys::Keys;

/// A running one. It stops when it is dropped.
pub struct WechatPaySimulator {
    shared: Arc<Shared>,
    stop: Option<oneshot::Sender<()>>,
    server: JoinHandle<()>,
}

/// What all connections and callbacks share.
struct Shared {
    keys: Keys,
    address: SocketAddr,
    state: Mutex<State>,
    /// When the merchant's clock was told last, and what it said.
    clock: Mutex<Option<(i64, Instant)>>,
    callbacks: Mutex<JoinSet<()>>,
}

/// What changes.
#[derive(Default)]
struct State {
    book: Book,
    faults: Faults,
    rules: Rules,
    /// What the book does not say of refunds, by the merchant's number.
    details: BTreeMap<String, Details>,
    /// How often was asked for a refund, by its number.
    asked: BTreeMap<String, u32>,
    /// Bills to be fetched, by token.
    bills: BTreeMap<String, Vec<u8>>,
}

/// Rules that tests may change.
struct Rules {
    /// How far apart parts of a payment have to be.
    apart: Duration,
    /// Payments that the book does not have are refused, instead of being taken for paid.
    only_known_payments: bool,
}

/// A refund, beyond what the book says of it.
#[derive(Clone)]
struct Details {
    transaction: String,
    order: String,
    /// Fen; all of the payment.
    total: i64,
    notify_url: Option<String>,
    created: DateTime<FixedOffset>,
    /// How long it takes.
    settles: Duration,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            // 同一笔订单多次退款的请求需相隔1分钟.
            apart: Duration::from_secs(60),
            only_known_payments: false,
        }
    }
}

impl WechatPaySimulator {
    /// The merchant's number.
    pub const MERCHANT: &str = "1900000001";
    /// The serial number of the merchant's certificate.
    pub const CERTIFICATE_SERIAL: &str = "5157F09EFDC096DE15EBE81A47057A7200000001";
    /// The merchant's private key, PEM.
    pub const PRIVATE_KEY: &str = include_str!("wechat_pay/merchant.pem");
    /// The id of the key with which the simulator signs.
    pub const PLATFORM_KEY_ID: &str = "PUB_KEY_ID_0119000000012025010100000000000001";
    /// That key, the private one, PEM.
    pub const PLATFORM_PRIVATE_KEY: &str = include_str!("wechat_pay/platform.pem");
    /// The API v3 key.
    pub const API_KEY: &str = "an API v3 key has 32 characters.";

    /// Starts one.
    ///
    /// # Panics
    /// When there is no port.
    pub async fn start(faults: Faults) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await;
        let listener = listener.unwrap_or_else(|error| panic!("no port: {error}"));
        let address = listener
            .local_addr()
            .unwrap_or_else(|error| panic!("no address: {error}"));
        let shared = Arc::new(Shared {
            keys: Keys::fixed(),
            address,
            state: Mutex::new(State {
                faults,
                ..State::default()
            }),
            clock: Mutex::new(None),
            callbacks: Mutex::new(JoinSet::new()),
        });
        let app = Router::new()
            .fallback(requests::handle)
            .with_state(Arc::clone(&shared));
        let (stop, stopped) = oneshot::channel();
        let server = tokio::spawn(async move {
            let serve = axum::serve(listener, app).with_graceful_shutdown(async {
                // An error is a sender that was dropped.
                stopped.await.unwrap_or_default();
            });
            if let Err(error) = serve.await {
                panic!("the simulator broke: {error}");
            }
        });
        Self {
            shared,
            stop: Some(stop),
            server,
        }
    }

    /// Where its API is.
    pub fn url(&self) -> String {
        self.shared.url()
    }

    /// Writes the keys of its merchant into `folder`, and gives the lines of the payments file that belong below
    /// `[providers.NAME]`.
    ///
    /// # Panics
    /// When nothing can be written there.
    pub fn account_toml(&self, folder: &Path) -> String {
        let platform_key = self.shared.keys.platform_public_pem();
        let files = [
            ("wechat_pay_merchant.pem", Self::PRIVATE_KEY),
            ("wechat_pay_platform.pem", platform_key.as_str()),
            ("wechat_pay_api_key", Self::API_KEY),
        ];
        for (name, text) in files {
            let path = folder.join(name);
            if let Err(error) = std::fs::write(&path, text) {
                panic!("{}: {error}", path.display());
            }
        }
        format!(
            "kind = \"wechat_pay\"\n\
             url = \"{}\"\n\
             merchant = \"{}\"\n\
             certificate_serial = \"{}\"\n\
             private_key = \"wechat_pay_merchant.pem\"\n\
             platform_key_id = \"{}\"\n\
             platform_key = \"wechat_pay_platform.pem\"\n\
             api_key = \"wechat_pay_api_key\"\n",
            self.url(),
            Self::MERCHANT,
            Self::CERTIFICATE_SERIAL,
            Self::PLATFORM_KEY_ID,
        )
    }

    /// Looks into its book.
    pub fn book<R>(&self, look: impl FnOnce(&Book) -> R) -> R {
        look(&self.shared.state().book)
    }

    /// Says what was paid for a payment, in fen. Payments are named as the merchant will name them: by WeChat Pay's
    /// number, or else by the order's.
    pub fn register(&self, payment: &str, total: i64) {
        let mut state = self.shared.state();
        state.book.payments.insert(payment.to_owned(), total);
    }

    /// Refuses payments that it does not know, from now on.
    pub fn know_only_registered(&self) {
        self.shared.state().rules.only_known_payments = true;
    }

    /// From now on it misbehaves like this.
    pub fn set_faults(&self, faults: Faults) {
        self.shared.state().faults = faults;
    }

    /// From now on, parts of a payment have to be that far apart instead of a minute.
    pub fn set_parts_apart(&self, apart: Duration) {
        self.shared.state().rules.apart = apart;
    }

    /// Stops: no answers, no callbacks any more.
    pub async fn stop(mut self) {
        self.end();
        let server = &mut self.server;
        // Those who hang are not waited for.
        if tokio::time::timeout(Duration::from_secs(1), &mut *server)
            .await
            .is_err()
        {
            server.abort();
        }
    }

    fn end(&mut self) {
        if let Some(stop) = self.stop.take() {
            // An error is a server that has stopped already.
            stop.send(()).unwrap_or_default();
        }
        self.shared.callbacks().abort_all();
    }
}

impl Drop for WechatPaySimulator {
    fn drop(&mut self) {
        self.end();
    }
}

impl fmt::Debug for WechatPaySimulator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WechatPaySimulator")
            .field("url", &self.url())
            .finish_non_exhaustive()
    }
}

impl Shared {
    fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn callbacks(&self) -> MutexGuard<'_, JoinSet<()>> {
        self.callbacks
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// A request says what time it is.
    fn tell_time(&self, seconds: i64) {
        let mut clock = self.clock.lock().unwrap_or_else(PoisonError::into_inner);
        *clock = Some((seconds, Instant::now()));
    }

    /// Seconds since 1970.
    fn time(&self) -> i64 {
        let clock = self.clock.lock().unwrap_or_else(PoisonError::into_inner);
        clock.map_or(0, |(seconds, at)| {
            seconds.saturating_add_unsigned(at.elapsed().as_secs())
        })
    }

    /// The time in Beijing.
    fn beijing(&self) -> DateTime<FixedOffset> {
        let beijing = FixedOffset::east_opt(8 * 3600).unwrap_or_else(|| Utc.fix());
        let now = Utc.timestamp_opt(self.time(), 0).single();
        now.unwrap_or_default().with_timezone(&beijing)
    }
}
