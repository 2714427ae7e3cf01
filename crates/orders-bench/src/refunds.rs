//! Ten thousand refunds by two providers that misbehave: are all there, is none there twice, and how fast do they go?

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use orders_domain::Order;
use orders_store::Store;
use orders_testkit::providers::{
    AlipaySimulator, Faults, WechatPaySimulator, compare, refundable_orders, register_payments,
};
use serde_json::{Value, json};

use crate::Outcome;
use crate::fill::now;

/// Orders; a quarter of them is paid by two ways, which makes ten thousand refunds.
const ORDERS: u64 = 8_000;
/// How many times less everything takes that refunds wait for: retries after 0.1 s and more, questions every 0.2 s.
const HASTE: u32 = 50;
/// Cancels under way at the same time.
const CLIENTS: usize = 8;
const KEY: &str = "bench";
/// One in ten of each.
const FAULTS: Faults = Faults {
    seed: 7,
    errors: 100,
    errors_after: 100,
    hangs_after: 100,
    lost_callbacks: 100,
    doubled_callbacks: 100,
    late_callbacks: 100,
    abnormal: 100,
    closed: 100,
    hang: Duration::from_millis(300),
    late: Duration::from_secs(2),
    settles: Duration::from_millis(200),
};

/// Kills the server when it is dropped.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _killed = self.0.kill();
        let _ended = self.0.wait();
    }
}

/// Makes the refunds on the database at `url`, which must be empty, and prints what became of them.
pub async fn measure(binary: &Path, url: &str) -> Outcome<()> {
    let wechat = WechatPaySimulator::start(FAULTS).await;
    let alipay = AlipaySimulator::start(FAULTS).await;
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("payments.toml");
    std::fs::write(
        &file,
        format!(
            "[providers.wx]\n{}\n[providers.ali]\n{}\n[shops.tepai]\nwechat_pay = \"wx\"\nalipay = \"ali\"\n\
             bank_card = \"ali\"\n",
            wechat.account_toml(folder.path()),
            alipay.account_toml(folder.path()),
        ),
    )?;
    let orders = refundable_orders(ORDERS, now());
    register_payments(&orders, &wechat, &alipay);
    let store = Store::connect(url).await?;
    for chunk in orders.chunks(500) {
        store.insert_orders(chunk).await?;
    }
    store.settle().await?;

    let mut child = Command::new(binary)
        .args(["serve", "--refund-haste", &HASTE.to_string()])
        .env("TEPAI_LISTEN", "127.0.0.1:0")
        .env("TEPAI_DATABASE_URL", url)
        .env("TEPAI_EVIDENCE", folder.path().join("evidence"))
        .env("TEPAI_PAYMENTS", &file)
        .env("TEPAI_INTEGRATION_KEY", KEY)
        .env_remove("TEPAI_DEMO")
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()?;
    let stdout = child.stdout.take().ok_or("the server has no output")?;
    let _running = Running(child);
    let mut first = String::new();
    BufReader::new(stdout).read_line(&mut first)?;
    let origin = first
        .trim()
        .strip_prefix("listening on ")
        .ok_or("the server did not start")?
        .to_owned();

    alipay.send_messages_to(&format!("{origin}/api/v1/providers/ali/notifications"));

    let started = Instant::now();
    cancel_all(&origin, &orders).await?;
    let cancelled = started.elapsed();
    let client = reqwest::Client::builder().no_proxy().build()?;
    loop {
        let path = format!("{origin}/api/v1/integration/refunds?limit=1");
        let under_way: Value = client
            .get(path)
            .bearer_auth(KEY)
            .send()
            .await?
            .json()
            .await?;
        if under_way["items"].as_array().is_some_and(Vec::is_empty) {
            break;
        }
        if started.elapsed() > Duration::from_secs(600) {
            return Err(format!("after ten minutes still under way: {under_way}").into());
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    let settled = started.elapsed();

    let mut stored = Vec::with_capacity(orders.len());
    for order in &orders {
        stored.push(
            store
                .order_by_id(&order.id)
                .await?
                .ok_or("an order is gone")?,
        );
    }
    let (compared, asked) = wechat.book(|wechat| {
        alipay.book(|alipay| {
            let asked: u32 = wechat
                .attempts
                .values()
                .chain(alipay.attempts.values())
                .sum();
            (compare(&stored, &[wechat, alipay]), asked)
        })
    });
    let ended = compared?;
    let refunds = ended.arrived + ended.failed;
    let kind = url.split(':').next().unwrap_or_default();
    println!(
        "{kind}: {refunds} refunds, {} arrived ({} fen), {} failed at the provider; 0 lost, 0 doubled, ledgers equal; \
         asked for {asked} times; cancelled in {:.1} s, all ended after {:.1} s: {:.0} refunds/s",
        ended.arrived,
        ended.amount,
        ended.failed,
        cancelled.as_secs_f64(),
        settled.as_secs_f64(),
        refunds as f64 / settled.as_secs_f64(),
    );
    Ok(())
}

/// The seller cancels every order.
async fn cancel_all(origin: &str, orders: &[Order]) -> Outcome<()> {
    let next = Arc::new(AtomicUsize::new(0));
    let ids: Arc<Vec<String>> = Arc::new(
        orders
            .iter()
            .map(|order| order.external_id.0.clone())
            .collect(),
    );
    let mut clients = tokio::task::JoinSet::new();
    for _ in 0..CLIENTS {
        let (next, ids, origin) = (Arc::clone(&next), Arc::clone(&ids), origin.to_owned());
        clients.spawn(async move {
            let client = reqwest::Client::builder()
                .no_proxy()
                .build()
                .map_err(|error| error.to_string())?;
            while let Some(id) = ids.get(next.fetch_add(1, Ordering::Relaxed)) {
                let body = json!({
                    "event_id": "cancel", "type": "seller_cancelled", "reason": "out_of_stock",
                    "occurred_at": "2026-11-20T00:00:00Z",
                });
                let path = format!("{origin}/api/v1/integration/orders/{id}/events");
                let answer = client.post(path).bearer_auth(KEY).json(&body).send().await;
                let answer = answer.map_err(|error| error.to_string())?;
                if answer.status() != 200 {
                    return Err(format!("{id}: {}", answer.status()));
                }
            }
            Ok(())
        });
    }
    while let Some(ended) = clients.join_next().await {
        ended??;
    }
    Ok(())
}
