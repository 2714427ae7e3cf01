//! What every test needs: a merchant, and a refund of his.

use std::collections::BTreeMap;
use std::path::PathBuf;

use chrono::TimeDelta;
use orders_domain::{
    Channel, Currency, ExternalId, Instant, LocalText, Money, Payment, ProviderId, ProviderReport,
    ProviderStage, RefundId, RefundRequest,
};
use orders_payments::{Payments, Provider, ProviderError};
use orders_testkit::providers::{AlipaySimulator, Book, Faults};
use orders_testkit::usual_now;

/// A merchant with an account at a simulated Alipay.
pub struct Merchant {
    pub simulator: AlipaySimulator,
    payments: Payments,
    folder: PathBuf,
}

impl Merchant {
    /// `name` is that of the test.
    pub async fn new(name: &str, faults: Faults) -> Self {
        let simulator = AlipaySimulator::start(faults).await;
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("alipay-{name}"));
        std::fs::create_dir_all(&folder).unwrap();
        let file = folder.join("payments.toml");
        let account = simulator.account_toml(&folder);
        std::fs::write(&file, format!("[providers.alipay]\n{account}")).unwrap();
        let payments = Payments::read(&file, "http://127.0.0.1:9/callbacks").unwrap();
        Self {
            simulator,
            payments,
            folder,
        }
    }

    /// Takes another key for Alipay's.
    pub fn trust(&mut self, platform_key: &str) {
        std::fs::write(self.folder.join("alipay-platform.pem"), platform_key).unwrap();
        let file = self.folder.join("payments.toml");
        self.payments = Payments::read(&file, "http://127.0.0.1:9/callbacks").unwrap();
    }

    pub fn provider(&self) -> &Provider {
        &self.payments.providers[&ProviderId::from("alipay")]
    }

    pub async fn refund(&self, request: &RefundRequest) -> Result<ProviderReport, ProviderError> {
        self.provider().refund(request, usual_now()).await
    }

    /// Asks when the refund is no longer fresh.
    pub async fn ask(&self, request: &RefundRequest) -> Result<ProviderReport, ProviderError> {
        let later = usual_now() + TimeDelta::minutes(1);
        self.provider().ask(request, later).await
    }

    pub fn moved(&self) -> BTreeMap<String, i64> {
        self.simulator.book(Book::moved)
    }

    /// Every request was one that a merchant may make.
    pub fn behaved(&self) {
        let violations = self.simulator.book(|book| book.violations.clone());
        assert_eq!(violations, Vec::<String>::new());
    }
}

/// A refund of 12.34 yuan of the payment of order `S1`.
pub fn request(refund: &str, sent_at: Option<Instant>) -> RefundRequest {
    RefundRequest {
        refund: RefundId::from(refund),
        provider: ProviderId::from("alipay"),
        order: ExternalId::from("S1"),
        amount: Money::new(1234, Currency::CNY),
        payment: Payment {
            channel: Channel::Alipay,
            account: LocalText::plain("支付宝"),
            amount: 10_000,
            paid_at: usual_now() - TimeDelta::days(2),
            reference: None,
        },
        sent_at,
    }
}

/// A number whose refund the simulator draws to be for a card, or not.
pub fn number(faults: Faults, to_card: bool) -> String {
    (0..)
        .map(|index| format!("order-{index}-r1"))
        .find(|number| faults.hit("card", 500, number) == to_card)
        .unwrap()
}

pub fn stage(report: Result<ProviderReport, ProviderError>) -> ProviderStage {
    report.unwrap().stage
}
