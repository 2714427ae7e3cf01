//! The simulator's callbacks: 退款结果通知, signed and encrypted, to where the merchant wants them.

use std::sync::Arc;
use std::time::Duration;

use serde_json::json;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::{sleep, timeout};

use super::refunds::{ACCOUNT, rfc3339, status};
use super::{Shared, WechatPaySimulator};

/// How long to wait before the next try. The real ones are 15s/15s/30s/3m/10m/20m/…, for a day.
const WAITS: [Duration; 3] = [
    Duration::from_millis(150),
    Duration::from_millis(300),
    Duration::from_millis(600),
];

/// "Within five seconds".
const PATIENCE: Duration = Duration::from_secs(5);

/// Tells the merchant, when the time has come, what became of a refund.
pub(super) async fn tell(shared: Arc<Shared>, number: String) {
    let (url, faults) = {
        let state = shared.state();
        let details = state.details.get(&number);
        let Some(url) = details.and_then(|details| details.notify_url.clone()) else {
            return;
        };
        (url, state.faults)
    };
    if faults.hit("lost", faults.lost_callbacks, &number) {
        return;
    }
    sleep(faults.settles).await;
    if faults.hit("late", faults.late_callbacks, &number) {
        sleep(faults.late).await;
    }
    let times = if faults.hit("doubled", faults.doubled_callbacks, &number) {
        2
    } else {
        1
    };
    let Some(body) = text(&shared, &number) else {
        return;
    };
    for _ in 0..times {
        for wait in WAITS {
            if was_taken(&shared, &url, &body).await {
                break;
            }
            sleep(wait).await;
        }
    }
}

/// A notification of what a refund is by now.
fn text(shared: &Shared, number: &str) -> Option<String> {
    let state = shared.state();
    let (entry, details) = (state.book.refunds.get(number)?, state.details.get(number)?);
    let status = status(entry, details);
    let mut refund = json!({
        "mchid": WechatPaySimulator::MERCHANT,
        "transaction_id": details.transaction,
        "out_trade_no": details.order,
        "refund_id": entry.reference,
        "out_refund_no": number,
        "refund_status": status,
        "user_received_account": ACCOUNT,
        "amount": {
            "total": details.total,
            "refund": entry.amount,
            "payer_total": details.total,
            "payer_refund": entry.amount,
        },
    });
    let settled = rfc3339(details.settled());
    if status == "SUCCESS" {
        refund["success_time"] = json!(settled);
    }
    let associated_data = "refund";
    let sealed = shared.keys.seal(refund.to_string(), associated_data);
    let summary = match status {
        "SUCCESS" => "退款成功",
        "ABNORMAL" => "退款异常",
        _ => "退款关闭",
    };
    let notification = json!({
        "id": format!("EV-{}", entry.reference),
        "create_time": settled,
        "resource_type": "encrypt-resource",
        "event_type": format!("REFUND.{status}"),
        "summary": summary,
        "resource": {
            "original_type": "refund",
            "algorithm": "AEAD_AES_256_GCM",
            "ciphertext": sealed.ciphertext,
            "associated_data": associated_data,
            "nonce": sealed.nonce,
        },
    });
    Some(notification.to_string())
}

/// Whether the merchant answered 200 or 204.
async fn was_taken(shared: &Shared, url: &str, body: &str) -> bool {
    let answer = timeout(PATIENCE, post(shared, url, body)).await;
    matches!(answer, Ok(Some(200..=299)))
}

/// Posts a body and gives the status; `None` when there is none. HTTP/1.1 in one breath: nothing else is needed here.
async fn post(shared: &Shared, url: &str, body: &str) -> Option<u16> {
    let rest = url.strip_prefix("http://")?;
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let address = if host.contains(':') {
        host.to_owned()
    } else {
        format!("{host}:80")
    };
    let mut head = format!(
        "POST /{path} HTTP/1.1\r\nHost: {host}\r\nUser-Agent: Mozilla/4.0\r\nConnection: close\r\n\
         Accept: */*\r\nContent-Type: application/json\r\nContent-Length: {}\r\n",
        body.len()
    );
    for (name, value) in shared.keys.sign(body, shared.time()) {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head.push_str("\r\n");
    let mut stream = TcpStream::connect(address).await.ok()?;
    stream.write_all(head.as_bytes()).await.ok()?;
    stream.write_all(body.as_bytes()).await.ok()?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.ok()?;
    let line = answer.split(|byte| *byte == b'\n').next()?;
    let line = std::str::from_utf8(line).ok()?;
    line.strip_prefix("HTTP/1.1 ")?.get(..3)?.parse().ok()
}
