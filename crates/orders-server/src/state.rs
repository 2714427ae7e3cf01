//! What every handler can reach.

use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use orders_domain::Clock;
use orders_payments::Payments;
use orders_store::Store;
use tokio::sync::watch;

use crate::chat::Chats;
use crate::events::Events;
use crate::evidence::Evidence;
use crate::guest::{Guests, SmsWebhook};
use crate::http::{Assets, ConsoleFiles, SecurityHeaders};
use crate::mail::Mailer;
use crate::metrics::Metrics;
use crate::password::Passwords;
use crate::shops::Shops;

/// The running server, shared by everything in it.
#[derive(Clone)]
pub struct App(Arc<Parts>);

/// What [`App`] consists of.
pub struct Parts {
    /// The database.
    pub store: Store,
    /// Shoppers' photos and videos.
    pub evidence: Evidence,
    /// Policies and calendar.
    pub shops: Shops,
    /// Payment providers.
    pub payments: Payments,
    /// The mail server; `None` when no mail is sent.
    pub mailer: Option<Mailer>,
    /// Where text messages go; `None` when none are sent.
    pub sms: Option<SmsWebhook>,
    /// What guests ask for.
    pub guests: Guests,
    /// How much faster refunds and mails go than the rules say; 1 but for tests.
    pub refund_haste: u32,
    /// Whether no role of the staff may anything; `false` but for tests.
    pub staff_may_nothing: bool,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Changes on their way to open pages.
    pub events: Arc<Events>,
    /// What is said, on its way to open conversations.
    pub chats: Arc<Chats>,
    /// Counters.
    pub metrics: Metrics,
    /// Password checks.
    pub passwords: Passwords,
    /// The storefront's files.
    pub assets: Assets,
    /// The console's files.
    pub console: ConsoleFiles,
    /// Headers for browsers.
    pub security: SecurityHeaders,
    /// The origin that browsers use.
    pub origin: String,
    /// Of whom the storefront may be a part, as origins.
    pub host_origins: Vec<String>,
    /// SHA-256 of the integration key; `None` when there is no such API.
    pub integration_key: Option<String>,
    /// How many proxies in front are to be believed.
    pub trusted_proxies: usize,
    /// The OpenAPI document.
    pub openapi: String,
    /// Becomes true when the server stops.
    pub stopping: watch::Receiver<bool>,
}

impl App {
    /// Shares `parts`.
    pub fn new(parts: Parts) -> Self {
        Self(Arc::new(parts))
    }

    /// Whether browsers come by https.
    pub fn https(&self) -> bool {
        self.origin.starts_with("https://")
    }
}

impl Deref for App {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}

impl fmt::Debug for App {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("App").finish_non_exhaustive()
    }
}
