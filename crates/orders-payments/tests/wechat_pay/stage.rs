//! A simulator, its merchant's account, and refunds to make.

use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use chrono::{DateTime, TimeDelta};
use orders_domain::{
    Channel, Currency, ExternalId, Instant, LocalText, Money, Payment, ProviderId, ProviderReport,
    ProviderStage, RefundId, RefundRequest,
};
use orders_payments::{Payments, Provider, ProviderError};
use orders_testkit::providers::{Faults, WechatPaySimulator};

/// Noon in Beijing.
pub fn noon() -> Instant {
    let noon = DateTime::parse_from_rfc3339("2026-03-02T12:00:00+08:00");
    noon.expect("a time").to_utc()
}

/// A simulator and an account there.
pub struct Stage {
    pub simulator: WechatPaySimulator,
    pub folder: Folder,
    payments: Payments,
}

impl Stage {
    pub async fn new(faults: Faults) -> Self {
        Self::with_callbacks(faults, "http://127.0.0.1:1/callbacks").await
    }

    pub async fn with_callbacks(faults: Faults, callbacks: &str) -> Self {
        let simulator = WechatPaySimulator::start(faults).await;
        let folder = folder();
        let account = simulator.account_toml(&folder);
        let payments = payments(&folder, &account, callbacks);
        Self {
            simulator,
            folder,
            payments,
        }
    }

    pub fn provider(&self) -> &Provider {
        provider(&self.payments)
    }

    /// Reads the account again, after a file was changed.
    pub fn read_again(&mut self) {
        let file = std::fs::read_to_string(self.folder.join("payments.toml")).expect("a file");
        let account = file.split_once('\n').expect("a header").1.to_owned();
        self.payments = payments(&self.folder, &account, "http://127.0.0.1:1/callbacks");
    }

    pub async fn refund(&self, request: &RefundRequest) -> Result<ProviderReport, ProviderError> {
        self.provider().refund(request, noon()).await
    }

    pub async fn ask(&self, request: &RefundRequest) -> Result<ProviderReport, ProviderError> {
        self.provider().ask(request, noon()).await
    }

    /// How many refunds there are in the book, whatever becomes of them.
    pub fn taken(&self) -> usize {
        self.simulator.book(|book| book.refunds.len())
    }

    pub fn violations(&self) -> Vec<String> {
        self.simulator.book(|book| book.violations.clone())
    }
}

/// A folder that is there as long as this.
pub struct Folder(PathBuf);

/// A new one.
fn folder() -> Folder {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    let name = format!("wechat_pay-{}-{count}", std::process::id());
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::create_dir_all(&folder).expect("a folder");
    Folder(folder)
}

impl Deref for Folder {
    type Target = Path;

    fn deref(&self) -> &Path {
        &self.0
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // What is left is in the way of nobody.
        std::fs::remove_dir_all(&self.0).unwrap_or_default();
    }
}

/// What a file with this account as "wechat" says.
pub fn payments(folder: &Path, account: &str, callbacks: &str) -> Payments {
    let file = folder.join("payments.toml");
    std::fs::write(&file, format!("[providers.wechat]\n{account}")).expect("written");
    Payments::read(&file, callbacks).expect("an account")
}

pub fn provider(payments: &Payments) -> &Provider {
    &payments.providers[&ProviderId::from("wechat")]
}

/// One yuan of three that were paid for `order`.
pub fn request(refund: &str, order: &str) -> RefundRequest {
    RefundRequest {
        refund: RefundId::from(refund),
        provider: ProviderId::from("wechat"),
        order: ExternalId::from(order),
        amount: Money::new(100, Currency::CNY),
        payment: Payment {
            channel: Channel::WechatPay,
            account: LocalText::new("微信零钱", "WeChat balance"),
            amount: 300,
            paid_at: noon() - TimeDelta::days(1),
            reference: None,
        },
        sent_at: None,
    }
}

#[track_caller]
pub fn stage(report: Result<ProviderReport, ProviderError>) -> ProviderStage {
    report.expect("a report").stage
}

#[track_caller]
pub fn unclear(report: &Result<ProviderReport, ProviderError>) {
    assert!(
        matches!(report, Err(ProviderError::Unclear(_))),
        "{report:?}"
    );
}

#[track_caller]
pub fn later(report: &Result<ProviderReport, ProviderError>) {
    assert!(matches!(report, Err(ProviderError::Later(_))), "{report:?}");
}
