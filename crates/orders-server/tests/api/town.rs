//! A server as a process of its own, which may be killed, between a database and two simulated payment providers.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use chrono::TimeDelta;
use orders_domain::{Instant, Order, RefundState};
use orders_store::Store;
use orders_store::testing::TestDatabase;
use orders_testkit::providers::{AlipaySimulator, Book, Faults, WechatPaySimulator};
use orders_testkit::{Share, alipay, bank_card, order, wechat};
use reqwest::Client;
use serde_json::{Value, json};
use tempfile::TempDir;

const KEY: &str = "the integration key";
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

    pub fn start(&mut self) {
        let mut child = Command::new(env!("CARGO_BIN_EXE_tepai"))
            .arg("serve")
            .arg("--refund-haste")
            .arg(HASTE.to_string())
            .env("TEPAI_LISTEN", format!("127.0.0.1:{}", self.port))
            .env("TEPAI_DATABASE_URL", self.database.url())
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
        let sent = self.client.post(self.url(&path)).bearer_auth(KEY).json(&body);
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

    /// Compares our books with the providers', refund by refund, to the fen: everything that was to be given back is in
    /// exactly one of their ledgers exactly once, or failed in both; nothing else is in them. How many arrived and failed.
    pub async fn compare(&self, orders: &[Order]) -> (usize, usize) {
        let store = self.store().await;
        let mut ours: BTreeMap<String, i64> = BTreeMap::new();
        let mut failed = 0;
        for order in orders {
            let stored = store.order_by_id(&order.id).await.expect("read");
            let stored = stored.expect("there");
            let paid: i64 = stored.body.payments.iter().map(|paid| paid.amount).sum();
            let owed: i64 = stored.refunds.iter().map(|refund| refund.amount.amount).sum();
            assert_eq!(owed, paid, "all of order {} goes back", order.id);
            for refund in &stored.refunds {
                match refund.state {
                    RefundState::Arrived => {
                        ours.insert(refund.id.0.clone(), refund.amount.amount);
                    }
                    RefundState::Failed => failed += 1,
                    other => panic!("refund {} is {}", refund.id, other.code()),
                }
            }
        }
        let look = |book: &Book| {
            assert_eq!(book.violations, [""; 0], "nothing was asked that must not be");
            book.moved()
        };
        let mut theirs = self.wechat.book(look);
        theirs.extend(self.alipay.book(look));
        assert_eq!(ours, theirs);
        (ours.len(), failed)
    }
}

impl Drop for Town {
    fn drop(&mut self) {
        self.kill();
    }
}

/// So many paid orders, by one way or two, one after the other.
pub fn paid_orders(count: u64, now: Instant) -> Vec<Order> {
    let ways: [fn(i64) -> Vec<Share>; 4] = [
        |total| vec![wechat(total)],
        |total| vec![alipay(total)],
        |total| vec![bank_card(total)],
        |total| vec![wechat(total / 3), alipay(0).rest()],
    ];
    (0..count)
        .map(|n| {
            let total = 10_01 + i64::try_from(n).expect("few") * 7;
            let mut builder = order()
                .counted(n)
                .id(&format!("o{n}"))
                .external_id(&format!("e{n}"))
                .shopper("lin")
                .placed_at(now - TimeDelta::hours(2))
                .as_of(now)
                .line("杯子", 1, total);
            let way = ways[usize::try_from(n).expect("few") % ways.len()];
            for share in way(total) {
                builder = builder.paid_by(share);
            }
            builder.build()
        })
        .collect()
}
