//! What Alipay tells by itself: that a trade was refunded, and that the bank has answered.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::json;

use super::refunds::{Trade, bank_expects, yuan};
use super::{APP, Inner, Shared, keys, post};

/// How often a message that is not thanked for is sent, and how far apart. (The real one keeps at it for a day.)
const TRIES: u32 = 3;
const APART: Duration = Duration::from_millis(200);

/// How long it waits to be thanked.
const PATIENCE: Duration = Duration::from_secs(5);

/// A refund that was made.
pub(super) struct News {
    /// Its number.
    pub(super) number: String,
    /// The trade that it is of.
    pub(super) trade: Trade,
    /// What has been refunded of the trade by now.
    pub(super) refunded: i64,
    /// Whether a message is wanted when the bank has answered.
    pub(super) to_bank: bool,
}

/// Sends what is to be told of a refund, now and when it has settled.
pub(super) fn spread(shared: &Arc<Shared>, inner: &Inner, news: News) {
    let (Some(url), Some(made)) = (&inner.app_gateway, inner.made.get(&news.number)) else {
        return;
    };
    let Some(entry) = inner.book.refunds.get(&news.number) else {
        return;
    };
    let at = made.at.to_string();
    let total = inner.book.payments.get(&news.trade.name).copied();
    let refunded = BTreeMap::from([
        ("notify_type", "trade_status_sync".to_owned()),
        ("notify_id", format!("refund-{}", news.number)),
        ("notify_time", at.clone()),
        ("charset", "utf-8".to_owned()),
        ("version", "1.0".to_owned()),
        ("app_id", APP.to_owned()),
        ("auth_app_id", APP.to_owned()),
        ("trade_no", news.trade.trade_no.clone()),
        ("out_trade_no", news.trade.out_trade_no.clone()),
        ("out_biz_no", news.number.clone()),
        (
            "trade_status",
            if total == Some(news.refunded) {
                "TRADE_CLOSED".to_owned()
            } else {
                "TRADE_SUCCESS".to_owned()
            },
        ),
        ("subject", "订单 1 & 2 = 100% +".to_owned()),
        ("refund_fee", yuan(news.refunded)),
        ("gmt_refund", format!("{at}.448")),
    ]);
    send(
        shared,
        url,
        &news.number,
        "refund",
        Duration::ZERO,
        refunded,
    );
    if !(made.to_card && news.to_bank) {
        return;
    }
    let failed = inner.book.to_purse.contains(&news.number);
    let mut content = json!({
        "trade_no": news.trade.trade_no,
        "out_trade_no": news.trade.out_trade_no,
        "out_request_no": news.number,
        "dback_status": if failed { "F" } else { "S" },
        "bank_ack_time": at,
        "est_bank_receipt_time": bank_expects(made.at).to_string(),
    });
    if !failed {
        content["dback_amount"] = yuan(entry.amount).into();
    }
    let settled = BTreeMap::from([
        ("notify_id", format!("depositback-{}", news.number)),
        (
            "utc_timestamp",
            made.at.and_utc().timestamp_millis().to_string(),
        ),
        (
            "msg_method",
            "alipay.trade.refund.depositback.completed".to_owned(),
        ),
        ("app_id", APP.to_owned()),
        ("version", "1.1".to_owned()),
        ("charset", "utf-8".to_owned()),
        ("biz_content", content.to_string()),
    ]);
    let settles = inner.faults.settles;
    send(shared, url, &news.number, "depositback", settles, settled);
}

/// Sends a message after a while, unless it is lost.
fn send(
    shared: &Arc<Shared>,
    url: &str,
    number: &str,
    kind: &str,
    wait: Duration,
    parameters: BTreeMap<&'static str, String>,
) {
    let (shared, url) = (Arc::clone(shared), url.to_owned());
    let about = format!("{number}/{kind}");
    tokio::spawn(async move {
        tokio::time::sleep(wait).await;
        let faults = shared.inner().faults;
        if faults.hit("lost_callbacks", faults.lost_callbacks, &about) {
            return;
        }
        if faults.hit("late_callbacks", faults.late_callbacks, &about) {
            tokio::time::sleep(faults.late).await;
        }
        let form = signed(parameters);
        let doubled = faults.hit("doubled_callbacks", faults.doubled_callbacks, &about);
        for _ in 0..if doubled { 2 } else { 1 } {
            deliver(&shared, &url, &form).await;
        }
    });
}

async fn deliver(shared: &Shared, url: &str, form: &str) {
    for _ in 0..TRIES {
        if *shared.stop.borrow() {
            return;
        }
        let answer = tokio::time::timeout(PATIENCE, post::post(url, form)).await;
        if answer.is_ok_and(|answer| answer.is_ok_and(|answer| answer.trim() == "success")) {
            return;
        }
        tokio::time::sleep(APART).await;
    }
}

/// The form, signed without `sign_type` (异步通知验签).
fn signed(mut parameters: BTreeMap<&'static str, String>) -> String {
    let pairs: Vec<String> = parameters
        .iter()
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    parameters.insert("sign", keys::sign(&pairs.join("&")));
    parameters.insert("sign_type", "RSA2".to_owned());
    let pairs: Vec<String> = parameters
        .iter()
        .map(|(name, value)| format!("{name}={}", utf8_percent_encode(value, NON_ALPHANUMERIC)))
        .collect();
    pairs.join("&")
}
