//! Payment providers, by which refunds are made: WeChat Pay, Alipay, and a sandbox for demo data.
//!
//! Here is what differs between them: how a request is signed, how an answer is checked and what it means. When to ask,
//! how often, and what follows from an answer is the domain's; keeping it is the server's and the store's.
//! Nothing here knows the database, the server's HTTP or the system clock.

mod alipay;
mod config;
mod keys;
mod sandbox;
mod wechat_pay;

use std::collections::BTreeMap;
use std::fmt;

use http::HeaderMap;
use orders_domain::{
    Day, Instant, Money, ProviderId, ProviderLimits, ProviderReport, RefundFailure, RefundId,
    RefundRequest,
};

pub use alipay::Alipay;
pub use config::{ConfigError, Payments};
pub use sandbox::Sandbox;
pub use wechat_pay::WechatPay;

/// A merchant account at a payment provider.
#[derive(Debug)]
pub enum Provider {
    /// WeChat Pay, API v3.
    WechatPay(Box<WechatPay>),
    /// Alipay, Open Platform gateway with RSA2.
    Alipay(Box<Alipay>),
    /// No provider: refunds that move on by themselves, for demo data.
    Sandbox(Sandbox),
}

/// All accounts, by the names that the payments file gives them.
pub type Providers = BTreeMap<ProviderId, Provider>;

/// Why a provider did not do what it was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProviderError {
    /// Nobody knows whether it did: no answer, a broken one, one that is not signed. Ask again, with the same number.
    Unclear(String),
    /// Not now: too many requests, no money on the merchant's account, maintenance. It has done nothing.
    Later(String),
    /// It will not, and asking again does not help.
    Refused(RefundFailure, String),
    /// It knows no refund of that number.
    NoSuchRefund,
}

/// Why a notification is not believed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotificationError {
    /// It is not signed by the provider, or its time is long past, or it is for another merchant.
    NotGenuine(String),
    /// It is genuine, and not about a refund or not readable.
    NotUnderstood(String),
}

/// What a provider told by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notification {
    /// About which refund.
    pub refund: RefundId,
    /// What it says; `None` when it only says that there is something to ask for.
    pub report: Option<ProviderReport>,
}

/// An entry of the provider's ledger: money that it gave back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LedgerEntry {
    /// The refund's number.
    pub refund: RefundId,
    /// How much.
    pub amount: Money,
    /// Whether the money has moved: it has arrived, or is on its way beyond recall.
    pub moved: bool,
}

impl Provider {
    /// What the provider takes at most.
    pub const fn limits(&self) -> ProviderLimits {
        match self {
            Self::WechatPay(_) => WechatPay::LIMITS,
            Self::Alipay(_) => Alipay::LIMITS,
            Self::Sandbox(_) => Sandbox::LIMITS,
        }
    }

    /// Asks for a refund. The same number again asks for the same refund, and never moves money twice.
    ///
    /// # Errors
    /// [`ProviderError`], but for `NoSuchRefund`.
    pub async fn refund(
        &self,
        request: &RefundRequest,
        now: Instant,
    ) -> Result<ProviderReport, ProviderError> {
        match self {
            Self::WechatPay(provider) => provider.refund(request, now).await,
            Self::Alipay(provider) => provider.refund(request, now).await,
            Self::Sandbox(provider) => Ok(provider.refund(request, now)),
        }
    }

    /// Asks how far a refund is.
    ///
    /// # Errors
    /// [`ProviderError`].
    pub async fn ask(
        &self,
        request: &RefundRequest,
        now: Instant,
    ) -> Result<ProviderReport, ProviderError> {
        match self {
            Self::WechatPay(provider) => provider.ask(request, now).await,
            Self::Alipay(provider) => provider.ask(request, now).await,
            Self::Sandbox(provider) => provider.ask(request, now),
        }
    }

    /// Reads what the provider told by itself, if it did.
    ///
    /// # Errors
    /// [`NotificationError`].
    pub fn read_notification(
        &self,
        headers: &HeaderMap,
        body: &[u8],
        now: Instant,
    ) -> Result<Notification, NotificationError> {
        match self {
            Self::WechatPay(provider) => provider.read_notification(headers, body, now),
            Self::Alipay(provider) => provider.read_notification(body),
            Self::Sandbox(_) => Err(NotificationError::NotGenuine(
                "the sandbox tells nothing".to_owned(),
            )),
        }
    }

    /// What the provider wants to hear when a notification was taken.
    pub const fn thanks(&self) -> &'static str {
        match self {
            Self::Alipay(_) => "success",
            Self::WechatPay(_) | Self::Sandbox(_) => "",
        }
    }

    /// The provider's ledger: every refund that it took on `day`, a day in Beijing. `None` when it keeps none.
    ///
    /// # Errors
    /// [`ProviderError::Unclear`] and [`ProviderError::Later`].
    pub async fn ledger(
        &self,
        day: Day,
        now: Instant,
    ) -> Result<Option<Vec<LedgerEntry>>, ProviderError> {
        match self {
            Self::WechatPay(provider) => provider.ledger(day, now).await.map(Some),
            Self::Alipay(provider) => provider.ledger(day, now).await.map(Some),
            Self::Sandbox(_) => Ok(None),
        }
    }
}

impl fmt::Display for ProviderError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unclear(words) => write!(f, "unclear: {words}"),
            Self::Later(words) => write!(f, "later: {words}"),
            Self::Refused(failure, words) => write!(f, "{}: {words}", failure.code()),
            Self::NoSuchRefund => f.write_str("no such refund"),
        }
    }
}

impl std::error::Error for ProviderError {}

impl fmt::Display for NotificationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotGenuine(words) => write!(f, "not genuine: {words}"),
            Self::NotUnderstood(words) => write!(f, "not understood: {words}"),
        }
    }
}

impl std::error::Error for NotificationError {}
