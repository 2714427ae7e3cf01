//! A server as a process of its own, which may be killed, between a database and two simulated payment providers.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use orders_domain::Order;
use orders_store::Store;
use orders_store::testing::TestDatabase;
use orders_testkit::providers::{
    AlipaySimulator, Faults, Outcome, WechatPaySimulator, compare, register_payments,
};
use reqwest::Client;
use serde_json::{Value, json};
use tempfile::TempDir;

pub const KEY: &str = "the integration key";
/// How many times less everything takes that refunds wait for.
const HASTE: u32 = 20;

/// Providers, a database, and a server that comes and goes.
pub struct Town {
    pub wechat: WechatPaySimulator,
    pub alipay: AlipaySimulator,
    pub client: Client,
    database: TestDatabase,
    folder: TempDir,
    port: u16,
    server: Option<Child>,
}

impl Town {
    pub async fn new(database: TestDatabase, faults: Faults) -> Self {
        let wechat = WechatPaySimulator::start(faults).await;
        wechat.set_parts_apart(Duration::from_secs(60) / HASTE);
        let alipay = AlipaySimulator::start(faults).await;
        let folder = tempfile::tempdir().expect("a folder");
        let text = format!(
            "[providers.wx]\n{}\n[providers.ali]\n{}\n[shops.tepai]\nwechat_pay = \"wx\"\nalipay = \"ali\"\n\
             bank_card = \"ali\"\n",
            wechat.account_toml(folder.path()),
            alipay.account_toml(folder.path()),
        );
        std::fs::write(folder.path().join("payments.toml"), text).expect("a payments file");
        // Callbacks come to the same port after each restart.
        let free = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = free.local_addr().expect("an address").port();
        alipay.send_messages_to(&format!(
            "http://127.0.0.1:{port}/api/v1/providers/ali/notifications"
        ));
        Self {
            wechat,
            alipay,
            client: Client::builder().no_proxy().build().expect("a client"),
            database,
            folder,
            port,
            server: None,
        }
    }

    pub async fn store(&self) -> Store {
        self.database.store().await
    }

    /// Paid orders come in; the providers know what was paid, and nothing else.
    pub async fn opens_with(&self, orders: &[Order]) {
        let store = self.store().await;
        store.insert_orders(orders).await.expect("orders");
        store.close().await;
        register_payments(orders, &self.wechat, &self.alipay);
    }

    pub fn start(&mut self) {
        let mut child = Command::new(env!("CARGO_BIN_EXE_tepai"))
            .arg("serve")
            .arg("--refund-haste")
            .arg(HASTE.to_string())
            .env("TEPAI_LISTEN", format!("127.0.0.1:{}", self.port))
            .env("TEPAI_DATABASE_URL", self.database.url())
            .env("TEPAI_EVIDENCE", self.folder.path().join("evidence"))
            .env("TEPAI_PAYMENTS", self.folder.path().join("payments.toml"))
            .env("TEPAI_INTEGRATION_KEY", KEY)
            .env("TEPAI_LOG", "error")
            .env_remove("TEPAI_DEMO")
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .spawn()
            .expect("a server");
        let stdout = child.stdout.take().expect("its output");
        let mut first = String::new();
        BufReader::new(stdout)
            .read_line(&mut first)
            .expect("its first line");
        assert!(first.starts_with("listening on "), "{first:?}");
        self.server = Some(child);
    }

    /// At once, wherever it is.
    pub fn kill(&mut self) {
        if let Some(mut server) = self.server.take() {
            server.kill().expect("killed");
            server.wait().expect("gone");
        }
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    /// The seller cancels; `false` when there was no answer.
    pub async fn cancel(&self, external_id: &str) -> bool {
        let body = json!({
            "event_id": "cancel", "type": "seller_cancelled", "reason": "out_of_stock",
            "occurred_at": "2026-11-20T00:00:00Z",
        });
        let path = format!("/api/v1/integration/orders/{external_id}/events");
        let sent = self
            .client
            .post(self.url(&path))
            .bearer_auth(KEY)
            .json(&body);
        match sent.send().await {
            Ok(answer) => {
                assert_eq!(answer.status(), 200, "{:?}", answer.text().await);
                true
            }
            Err(_) => false,
        }
    }

    pub async fn ask(&self, path: &str) -> Value {
        let request = self.client.get(self.url(path)).bearer_auth(KEY);
        let answer = request.send().await.expect("an answer");
        answer.json().await.expect("JSON")
    }

    pub async fn reconcile(&self, provider: &str, day: chrono::NaiveDate) -> Value {
        let path = self.url("/api/v1/integration/reconciliations");
        let body = json!({"provider": provider, "day": day});
        let request = self.client.post(path).bearer_auth(KEY).json(&body);
        let answer = request.send().await.expect("an answer");
        answer.json().await.expect("JSON")
    }

    /// Waits until nothing is under way any more.
    pub async fn settled(&self, within: Duration) {
        let deadline = tokio::time::Instant::now() + within;
        loop {
            let under_way = self.ask("/api/v1/integration/refunds").await;
            if under_way["items"].as_array().is_some_and(Vec::is_empty) {
                return;
            }
            assert!(
                tokio::time::Instant::now() < deadline,
                "still under way: {under_way}"
            );
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Compares our books with the providers', to the fen.
    pub async fn compare(&self, orders: &[Order]) -> Outcome {
        let store = self.store().await;
        let mut stored = Vec::new();
        for order in orders {
            let found = store.order_by_id(&order.id).await.expect("read");
            stored.push(found.expect("there"));
        }
        let compared = self.wechat.book(|wechat| {
            self.alipay
                .book(|alipay| compare(&stored, &[wechat, alipay]))
        });
        compared.unwrap_or_else(|error| panic!("{error}"))
    }
}

impl Drop for Town {
    fn drop(&mut self) {
        self.kill();
    }
}
