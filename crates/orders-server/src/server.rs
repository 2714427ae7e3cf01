//! Starting and stopping.

use std::fmt;
use std::net::SocketAddr;
use std::sync::Arc;

use axum::serve::ListenerExt;
use orders_domain::{Clock, PolicyError, ShopId};
use orders_payments::Payments;
use orders_store::{CaseQuery, Store, StoreError};
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::chat::{self, Chats};
use crate::chat_sweeper::Stuck;
use crate::config::Config;
use crate::config::limits::{FIRST_SWEEP, LAST_FRAMES, PAGE_MAX, STOP_TIME};
use crate::events::{self, Events};
use crate::evidence::{Evidence, Files};
use crate::guest::{Guests, SmsWebhook};
use crate::http::{self, Assets, ConsoleFiles, SecurityHeaders};
use crate::mail::Mailer;
use crate::metrics::Metrics;
use crate::password::Passwords;
use crate::shops::{self, OpenError, Shops};
use crate::state::{App, Parts};
use crate::{demo, mail, random, refunds, sweeper};

/// Why the server does not start.
#[derive(Debug)]
pub enum StartError {
    /// A policy or calendar file is not valid, or missing.
    Policy(PolicyError),
    /// Something else, in words.
    Other(String),
}

impl fmt::Display for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Policy(error) => error.fmt(f),
            Self::Other(words) => f.write_str(words),
        }
    }
}

impl std::error::Error for StartError {}

impl From<PolicyError> for StartError {
    fn from(error: PolicyError) -> Self {
        Self::Policy(error)
    }
}

/// A running server.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    stop: watch::Sender<bool>,
    store: Store,
    chats: Arc<Chats>,
    serving: JoinHandle<std::io::Result<()>>,
    background: Vec<JoinHandle<()>>,
}

impl Server {
    /// Reads the policies, opens the database, and listens.
    ///
    /// # Errors
    /// When a policy is not valid or the shop of an order has none, a setting makes no sense, the
    /// database cannot be opened, or the address is taken.
    pub async fn start(config: Config, clock: Arc<dyn Clock>) -> Result<Self, StartError> {
        let mut shops = match &config.policy_dir {
            Some(folder) => Shops::from_folder(folder)?,
            None => Shops::built_in()?,
        };
        let assets = match &config.dist {
            Some(folder) => {
                Assets::from_folder(folder).map_err(because(folder.display().to_string()))?
            }
            None => Assets::embedded(),
        };
        let console = match &config.dist_staff {
            Some(folder) => {
                ConsoleFiles::from_folder(folder).map_err(because(folder.display().to_string()))?
            }
            None => ConsoleFiles::embedded(),
        };
        let listener = TcpListener::bind(&config.listen)
            .await
            .map_err(because(format!("cannot listen on {}", config.listen)))?;
        let address = listener
            .local_addr()
            .map_err(because("cannot tell the address".to_owned()))?;
        let origin = match &config.public_url {
            Some(url) => origin_of("TEPAI_PUBLIC_URL", url)?,
            None => format!("http://{address}"),
        };
        let mut payments = match &config.payments {
            Some(file) => Payments::read(file, &format!("{origin}{}", orders_api::PROVIDERS))
                .map_err(because("TEPAI_PAYMENTS".to_owned()))?,
            None => Payments::default(),
        };
        let mailer = mailer(&config, &origin)?;
        let sms = sms(&config)?;
        if config.demo && mailer.is_none() && sms.is_none() {
            tracing::info!(
                "no mail and no text messages are configured: guests get no codes, and /guest says so"
            );
        }
        let host_origins = config
            .host_origins
            .split_ascii_whitespace()
            .map(|url| origin_of("TEPAI_HOST_ORIGINS", url))
            .collect::<Result<Vec<_>, _>>()?;
        let security = SecurityHeaders::new(
            &assets.script_hashes,
            &assets.style_hashes,
            &[std::slice::from_ref(&config.frame_ancestors), &host_origins]
                .concat()
                .join(" "),
            &origin,
            origin.starts_with("https://"),
        )
        .map_err(because("TEPAI_FRAME_ANCESTORS".to_owned()))?;
        let passwords = Passwords::new().map_err(because("cannot hash passwords".to_owned()))?;
        let files = Files::open(&config.evidence).map_err(because("TEPAI_EVIDENCE".to_owned()))?;
        let evidence = Evidence::new(files).map_err(because("cannot clean files".to_owned()))?;
        let store = Store::connect(&config.database_url)
            .await
            .map_err(because("cannot open the database".to_owned()))?;
        shops
            .open(&store, clock.now())
            .await
            .map_err(|error| match error {
                OpenError::Policy(error) => StartError::Policy(error),
                OpenError::Store(error) => unreadable()(error),
            })?;
        check_shops(&store, &shops, &config).await?;
        if config.demo {
            demo::fill(&store, &evidence.files, &passwords, clock.now())
                .await
                .map_err(because("cannot write the demo data".to_owned()))?;
        }

        // Real orders are never refunded by the sandbox, whatever the environment says.
        if config.demo
            && config.payments.is_none()
            && demo::is_in(&store).await.map_err(unreadable())?
        {
            payments = Payments::sandbox(&demo::shops_with_policy(&shops));
        }
        shops.route(&payments)?;

        let (stop, stopping) = watch::channel(false);
        let app = App::new(Parts {
            store: store.clone(),
            evidence,
            shops,
            payments,
            mailer,
            sms,
            guests: Guests::default(),
            refund_haste: config.refund_haste,
            staff_may_nothing: config.staff_may_nothing,
            clock,
            events: Arc::new(Events::default()),
            chats: Arc::new(Chats::default()),
            metrics: Metrics::default(),
            passwords,
            assets,
            console,
            security,
            origin,
            host_origins,
            integration_key: config
                .integration_key
                .filter(|key| !key.is_empty())
                .map(|key| random::sha256(key.as_bytes())),
            trusted_proxies: config.trusted_proxies,
            openapi: http::openapi(),
            stopping: stopping.clone(),
        });
        // What came due while the server was down happens before anybody can look at it. A long list does not
        // keep the door shut: the rest follows while the server runs.
        let mut stuck = Stuck::default();
        let first_sweep = tokio::time::timeout(FIRST_SWEEP, sweeper::sweep(&app, &mut stuck));
        if let Ok(Err(error)) = first_sweep.await {
            tracing::error!(%error, "cannot do what is due");
        }
        let mut background = vec![
            tokio::spawn(events::forward(store.clone(), app.events.clone())),
            tokio::spawn(chat::forward(store.clone(), app.chats.clone())),
            tokio::spawn(sweeper::run(app.clone(), stopping.clone())),
            tokio::spawn(sweeper::tidy(app.clone(), stopping.clone())),
            tokio::spawn(shops::run(app.clone(), stopping.clone())),
            tokio::spawn(refunds::run(app.clone(), stopping.clone())),
            tokio::spawn(refunds::late::run(app.clone(), stopping.clone())),
            tokio::spawn(refunds::reconcile::run(app.clone(), stopping.clone())),
        ];
        if app.mailer.is_some() {
            background.push(tokio::spawn(mail::run::run(app.clone(), stopping.clone())));
        }
        let chats = app.chats.clone();
        let serving = tokio::spawn(serve(listener, app, stopping));
        Ok(Self {
            address,
            stop,
            store,
            chats,
            serving,
            background,
        })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Accepts nothing more, ends event streams and chat sockets, lets the rest finish for some seconds, closes the database.
    pub async fn stop(self) {
        // Everybody who listened for it being gone is fine.
        let _ = self.stop.send(true);
        let abort = self.serving.abort_handle();
        if tokio::time::timeout(STOP_TIME, self.serving).await.is_err() {
            tracing::warn!("requests were still running and are cut off");
            abort.abort();
        }
        // Sockets are no requests any more: they say good-bye by themselves.
        if tokio::time::timeout(LAST_FRAMES, self.chats.all_left())
            .await
            .is_err()
        {
            tracing::warn!("chat sockets were still open and are cut off");
        }
        for task in self.background {
            task.abort();
        }
        self.store.close().await;
    }
}

/// The mail server by the settings; `None` without any. Half of them would be mail that nobody gets, or whose links lead
/// to the machine of whoever reads it.
fn mailer(config: &Config, origin: &str) -> Result<Option<Mailer>, StartError> {
    let filled = |text: &Option<String>| text.clone().filter(|text| !text.trim().is_empty());
    match (filled(&config.smtp_url), filled(&config.mail_from)) {
        (None, None) => Ok(None),
        (Some(_), Some(_)) if config.public_url.is_none() => Err(StartError::Other(
            "TEPAI_SMTP_URL needs TEPAI_PUBLIC_URL: where the links in mails lead".to_owned(),
        )),
        (Some(url), Some(from)) => Mailer::new(&url, &from, config.smtp_ca.as_deref(), origin)
            .map(Some)
            .map_err(StartError::Other),
        (Some(_), None) => Err(StartError::Other(
            "TEPAI_SMTP_URL needs TEPAI_MAIL_FROM: whom mails are from".to_owned(),
        )),
        (None, Some(_)) => Err(StartError::Other(
            "TEPAI_MAIL_FROM needs TEPAI_SMTP_URL: where mails go".to_owned(),
        )),
    }
}

/// Where text messages go by the settings; `None` without any.
fn sms(config: &Config) -> Result<Option<SmsWebhook>, StartError> {
    let filled = |text: &Option<String>| text.clone().filter(|text| !text.trim().is_empty());
    match (filled(&config.sms_webhook), filled(&config.sms_key)) {
        (None, None) => Ok(None),
        (Some(url), Some(key)) => SmsWebhook::new(&url, &key)
            .map(Some)
            .map_err(StartError::Other),
        (Some(_), None) => Err(StartError::Other(
            "TEPAI_SMS_WEBHOOK needs TEPAI_SMS_KEY: what messages are signed with".to_owned(),
        )),
        (None, Some(_)) => Err(StartError::Other(
            "TEPAI_SMS_KEY needs TEPAI_SMS_WEBHOOK: where messages go".to_owned(),
        )),
    }
}

/// Every order needs the policy of its shop: without it nobody could see the order. So a shop with orders (those
/// that the demo is about to write included) and without a policy is told now, and not to its shoppers. So is one that has
/// open cases for which no policy has rules any more: nobody could move in them.
async fn check_shops(store: &Store, shops: &Shops, config: &Config) -> Result<(), StartError> {
    let mut of_shops = if config.demo && store.is_empty().await.map_err(unreadable())? {
        demo::shops()
    } else {
        store.shops().await.map_err(unreadable())?
    };
    of_shops.extend(
        store
            .shops_with_conversations()
            .await
            .map_err(unreadable())?,
    );
    if let Some(shop) = of_shops.iter().find(|shop| shops.policy(shop).is_none()) {
        return Err(lacks(
            config,
            "shop",
            format!(
                "shop \"{shop}\" has orders or conversations and no policy. Remedy: put its policy file (shop = \"{shop}\") into the \
                 folder that TEPAI_POLICY_DIR names, beside those of the other shops"
            ),
        ));
    }
    let with_cases = store.shops_with_open_cases().await.map_err(unreadable())?;
    for shop in with_cases {
        let policy = shops.policy(&shop);
        let takes = policy.is_some_and(|policy| policy.after_sale.is_some());
        if !takes
            && has_stuck_case(store, shops, &shop)
                .await
                .map_err(unreadable())?
        {
            return Err(lacks(
                config,
                "after_sale",
                format!(
                    "shop \"{shop}\" has after-sale cases that are not over, and its policy does not say how they go on. \
                     Remedy: keep [after_sale] until they are; with days = 0 and fault_days = 0 no new ones come"
                ),
            ));
        }
    }
    Ok(())
}

/// Whether the shop has an open case that nobody could move in: its order goes by a policy without rules for cases.
async fn has_stuck_case(store: &Store, shops: &Shops, shop: &ShopId) -> Result<bool, StoreError> {
    let mut query = CaseQuery {
        shops: vec![shop.clone()],
        limit: PAGE_MAX,
        ..CaseQuery::default()
    };
    loop {
        let page = store.list_cases(&query).await?;
        for (id, order) in &page.cases {
            let Some(order) = store.order_by_id(order).await? else {
                continue;
            };
            // Those that are over come last.
            if order.case(id).is_none_or(|case| case.state.is_final()) {
                return Ok(false);
            }
            let policy = shops.policy_of(&order);
            if policy.is_none_or(|policy| policy.after_sale.is_none()) {
                return Ok(true);
            }
        }
        if page.next_cursor.is_none() {
            return Ok(false);
        }
        query.cursor = page.next_cursor;
    }
}

/// A policy that lacks what the database needs.
fn lacks(config: &Config, key: &str, reason: String) -> StartError {
    StartError::Policy(PolicyError {
        file: match &config.policy_dir {
            Some(folder) => folder.display().to_string(),
            None => "the built-in policies".to_owned(),
        },
        key: key.to_owned(),
        reason,
    })
}

async fn serve(
    listener: TcpListener,
    app: App,
    mut stopping: watch::Receiver<bool>,
) -> std::io::Result<()> {
    let listener = listener.tap_io(|stream| {
        // Small answers and events leave at once. Where that cannot be had, they leave a little later.
        let _ = stream.set_nodelay(true);
    });
    let service = http::router(app).into_make_service_with_connect_info::<SocketAddr>();
    axum::serve(listener, service)
        .with_graceful_shutdown(async move {
            // The sender being gone means the same.
            let _ = stopping.wait_for(|stopping| *stopping).await;
        })
        .await
}

/// The URL in `setting` as an origin: scheme and host, without a path.
fn origin_of(setting: &str, url: &str) -> Result<String, StartError> {
    let origin = url.trim().trim_end_matches('/').to_ascii_lowercase();
    let host = origin
        .strip_prefix("https://")
        .or_else(|| origin.strip_prefix("http://"))
        .unwrap_or_default();
    if host.is_empty() || host.contains(['/', '?', '#', '@', ' ', ';', ',', '*']) {
        return Err(StartError::Other(format!(
            "{setting}: {url:?} is not an origin like https://orders.example.com"
        )));
    }
    Ok(origin)
}

fn unreadable<E: fmt::Display>() -> impl FnOnce(E) -> StartError {
    because("cannot read the database".to_owned())
}

fn because<E: fmt::Display>(what: String) -> impl FnOnce(E) -> StartError {
    move |error| StartError::Other(format!("{what}: {error}"))
}
