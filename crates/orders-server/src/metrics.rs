//! What the server counts, in the text form that Prometheus reads.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Mutex;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

/// Upper bounds of the latency buckets, in microseconds, and as Prometheus writes them.
const BUCKETS: [(u128, &str); 10] = [
    (1_000, "0.001"),
    (5_000, "0.005"),
    (10_000, "0.01"),
    (25_000, "0.025"),
    (50_000, "0.05"),
    (100_000, "0.1"),
    (250_000, "0.25"),
    (1_000_000, "1"),
    (5_000_000, "5"),
    (30_000_000, "30"),
];

/// Counters and gauges.
#[derive(Debug, Default)]
pub struct Metrics {
    requests: Mutex<BTreeMap<RequestKey, Latency>>,
    cancels: Mutex<BTreeMap<&'static str, u64>>,
    refunds: Mutex<BTreeMap<&'static str, u64>>,
    mails: Mutex<BTreeMap<&'static str, u64>>,
    /// Days that were compared, and where books differed in all.
    reconciled: Mutex<(u64, u64)>,
    streams: AtomicI64,
}

#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct RequestKey {
    route: String,
    method: String,
    status: u16,
}

#[derive(Debug, Default)]
struct Latency {
    buckets: [u64; BUCKETS.len()],
    count: u64,
    micros: u128,
}

/// Counts an open event stream until it is dropped.
#[derive(Debug)]
pub struct OpenStream(crate::state::App);

impl Metrics {
    /// A request was answered.
    pub fn request(&self, route: &str, method: &str, status: u16, took: Duration) {
        let key = RequestKey {
            route: route.to_owned(),
            method: method.to_owned(),
            status,
        };
        let micros = took.as_micros();
        let mut requests = unpoisoned(&self.requests);
        let latency = requests.entry(key).or_default();
        latency.count += 1;
        latency.micros += micros;
        for (slot, (bound, _)) in latency.buckets.iter_mut().zip(BUCKETS) {
            *slot += u64::from(micros <= bound);
        }
    }

    /// A cancel was decided: `cancelled`, `requested`, `refused`, `invalid` or `replayed`.
    pub fn cancel(&self, outcome: &'static str) {
        *unpoisoned(&self.cancels).entry(outcome).or_default() += 1;
    }

    /// A refund moved at the payment provider (`accepted`, `in_clearing`, `arrived`, `failed`), or was tried `in_vain`.
    pub fn refund(&self, outcome: &'static str) {
        *unpoisoned(&self.refunds).entry(outcome).or_default() += 1;
    }

    /// A mail was `sent`, `refused` or `given_up`, was tried `in_vain`, or was `not_needed`.
    pub fn mail(&self, outcome: &'static str) {
        *unpoisoned(&self.mails).entry(outcome).or_default() += 1;
    }

    /// A day's books were compared.
    pub fn reconciled(&self, differences: usize) {
        let mut reconciled = unpoisoned(&self.reconciled);
        reconciled.0 += 1;
        reconciled.1 += u64::try_from(differences).unwrap_or(u64::MAX);
    }

    /// Everything, as text; with how many mails wait, where that is known.
    pub fn text(&self, waiting_mails: Option<i64>) -> String {
        let mut text = String::new();
        text.push_str("# HELP tepai_requests_seconds Time to answer a request.\n");
        text.push_str("# TYPE tepai_requests_seconds histogram\n");
        for (key, latency) in unpoisoned(&self.requests).iter() {
            let labels = format!(
                "route=\"{}\",method=\"{}\",status=\"{}\"",
                key.route, key.method, key.status
            );
            for (count, (_, bound)) in latency.buckets.iter().zip(BUCKETS) {
                let _ = writeln!(
                    text,
                    "tepai_requests_seconds_bucket{{{labels},le=\"{bound}\"}} {count}"
                );
            }
            let count = latency.count;
            let (seconds, micros) = (latency.micros / 1_000_000, latency.micros % 1_000_000);
            let _ = writeln!(
                text,
                "tepai_requests_seconds_bucket{{{labels},le=\"+Inf\"}} {count}"
            );
            let _ = writeln!(
                text,
                "tepai_requests_seconds_sum{{{labels}}} {seconds}.{micros:06}"
            );
            let _ = writeln!(text, "tepai_requests_seconds_count{{{labels}}} {count}");
        }
        text.push_str("# HELP tepai_cancels_total Cancels by what became of them.\n");
        text.push_str("# TYPE tepai_cancels_total counter\n");
        for (outcome, count) in unpoisoned(&self.cancels).iter() {
            let _ = writeln!(text, "tepai_cancels_total{{outcome=\"{outcome}\"}} {count}");
        }
        text.push_str("# HELP tepai_refunds_total Steps of refunds by what became of them.\n");
        text.push_str("# TYPE tepai_refunds_total counter\n");
        for (outcome, count) in unpoisoned(&self.refunds).iter() {
            let _ = writeln!(text, "tepai_refunds_total{{outcome=\"{outcome}\"}} {count}");
        }
        text.push_str("# HELP tepai_mails_total Mails by what became of them.\n");
        text.push_str("# TYPE tepai_mails_total counter\n");
        for (outcome, count) in unpoisoned(&self.mails).iter() {
            let _ = writeln!(text, "tepai_mails_total{{outcome=\"{outcome}\"}} {count}");
        }
        if let Some(waiting) = waiting_mails {
            text.push_str("# HELP tepai_mails_waiting Mails that are to be sent.\n");
            text.push_str("# TYPE tepai_mails_waiting gauge\n");
            let _ = writeln!(text, "tepai_mails_waiting {waiting}");
        }
        let (days, differences) = *unpoisoned(&self.reconciled);
        text.push_str(
            "# HELP tepai_reconciled_days_total Days compared with a payment provider.\n",
        );
        text.push_str("# TYPE tepai_reconciled_days_total counter\n");
        let _ = writeln!(text, "tepai_reconciled_days_total {days}");
        text.push_str(
            "# HELP tepai_reconciliation_differences_total Refunds on which books differ.\n",
        );
        text.push_str("# TYPE tepai_reconciliation_differences_total counter\n");
        let _ = writeln!(text, "tepai_reconciliation_differences_total {differences}");
        text.push_str("# HELP tepai_event_streams Open event streams.\n");
        text.push_str("# TYPE tepai_event_streams gauge\n");
        let _ = writeln!(
            text,
            "tepai_event_streams {}",
            self.streams.load(Ordering::Relaxed)
        );
        text
    }
}

impl OpenStream {
    /// An event stream opened.
    pub fn new(app: crate::state::App) -> Self {
        app.metrics.streams.fetch_add(1, Ordering::Relaxed);
        Self(app)
    }
}

impl Drop for OpenStream {
    fn drop(&mut self) {
        self.0.metrics.streams.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Counters stay usable after a panic elsewhere: no invariant spans two of them.
fn unpoisoned<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex
        .lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner)
}
