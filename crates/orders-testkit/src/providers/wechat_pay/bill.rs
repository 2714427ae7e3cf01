//! The simulator's bill of a day's refunds [申请交易账单, 下载账单, 交易账单详细说明].

use std::io::Write as _;

use aws_lc_rs::digest::{SHA1_FOR_LEGACY_USE_ONLY, digest};
use axum::http::StatusCode;
use chrono::{DateTime, FixedOffset, NaiveDate, SubsecRound as _};
use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::json;

use super::refunds::status;
use super::requests::{Outcome, Refused, against_a_rule, broken, refused, wrong};
use super::{Details, Shared, State, WechatPaySimulator};
use crate::providers::Entry;

/// Where bills are.
pub(super) const DOWNLOAD: &str = "/v3/billdownload/file";

const NAMES: &str = "交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,\
    付款银行,货币种类,应结订单金额,代金券金额,退款申请时间,退款成功时间,微信退款单号,商户退款单号,退款金额,\
    充值券退款金额,退款类型,退款状态,商品名称,商户数据包,手续费,费率,订单金额,申请退款金额,费率备注";

const SUM_NAMES: &str =
    "总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额";

/// GET /v3/bill/tradebill.
pub(super) fn announce(shared: &Shared, query: &str) -> Result<Outcome, Refused> {
    let value = |name: &str| {
        query
            .split('&')
            .filter_map(|pair| pair.split_once('='))
            .find_map(|(found, value)| (found == name).then_some(value))
    };
    let day: NaiveDate = value("bill_date")
        .and_then(|day| day.parse().ok())
        .ok_or_else(|| wrong("bill_date"))?;
    if value("bill_type") != Some("REFUND") {
        return Err(wrong("bill_type: only refunds are simulated"));
    }
    if day > shared.beijing().date_naive() {
        return Err(against_a_rule("账单日期错误"));
    }
    let mut state = shared.state();
    let text = state.bill(day).ok_or_else(|| {
        refused(
            StatusCode::BAD_REQUEST,
            "NO_STATEMENT_EXIST",
            "账单文件不存在",
        )
    })?;
    let sha1 = digest(&SHA1_FOR_LEGACY_USE_ONLY, text.as_bytes());
    let sha1: String = sha1
        .as_ref()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    let file = match value("tar_type") {
        Some("GZIP") => gzip(&text).ok_or_else(broken)?,
        _ => text.into_bytes(),
    };
    let token = format!("{day}_{}", shared.keys.next());
    let url = format!("{}{DOWNLOAD}?token={token}", shared.url());
    state.bills.insert(token, file);
    let answer = json!({ "hash_type": "SHA1", "hash_value": sha1, "download_url": url });
    Ok(Outcome::Json(answer.to_string()))
}

/// The file that was announced.
pub(super) fn download(shared: &Shared, query: &str) -> Result<Outcome, Refused> {
    let token = query.strip_prefix("token=").unwrap_or_default();
    let state = shared.state();
    let file = state.bills.get(token).cloned();
    file.map(Outcome::File)
        .ok_or_else(|| against_a_rule("下载地址已失效"))
}

fn gzip(text: &str) -> Option<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(text.as_bytes()).ok()?;
    encoder.finish().ok()
}

impl State {
    /// Every refund that was taken on `day`; `None` when there was none.
    fn bill(&self, day: NaiveDate) -> Option<String> {
        let refunds: Vec<(&String, &Entry, &Details)> = self
            .book
            .refunds
            .iter()
            .filter_map(|(number, entry)| Some((number, entry, self.details.get(number)?)))
            .filter(|(_, _, details)| details.created.date_naive() == day)
            .collect();
        if refunds.is_empty() {
            return None;
        }
        let mut lines = vec![NAMES.to_owned()];
        lines.extend(
            refunds
                .iter()
                .map(|(number, entry, details)| line(number, entry, details)),
        );
        lines.push(SUM_NAMES.to_owned());
        let refunded = yuan(refunds.iter().map(|(_, entry, _)| entry.amount).sum());
        let count = refunds.len().to_string();
        lines.push(row(&[
            &count, "0.00", &refunded, "0.00", "0.00", "0.00", &refunded,
        ]));
        // Its lines end as on Windows, the last one too.
        Some(lines.join("\r\n") + "\r\n")
    }
}

fn line(number: &str, entry: &Entry, details: &Details) -> String {
    let created = beijing(details.created);
    let (status, settled) = match status(entry, details) {
        "SUCCESS" => ("SUCCESS", beijing(details.settled())),
        "PROCESSING" => ("PROCESSING", String::new()),
        _ => ("FAIL", String::new()),
    };
    let (total, refund) = (yuan(details.total), yuan(entry.amount));
    row(&[
        &created,
        "wx0000000000000001",
        WechatPaySimulator::MERCHANT,
        "0",
        "",
        &details.transaction,
        &details.order,
        "simulated",
        "JSAPI",
        "REFUND",
        "OTHERS",
        "CNY",
        "0.00",
        "0.00",
        &created,
        &settled,
        &entry.reference,
        number,
        &refund,
        "0.00",
        "ORIGINAL",
        status,
        // Whoever splits at every comma is wrong.
        "茶杯, 白瓷",
        "",
        "0.00000",
        "0.60%",
        &total,
        &refund,
        "",
    ])
}

/// Each value has a backtick before it.
fn row(values: &[&str]) -> String {
    let values: Vec<String> = values.iter().map(|value| format!("`{value}")).collect();
    values.join(",")
}

/// 2015-01-01 10:00:00.
fn beijing(time: DateTime<FixedOffset>) -> String {
    time.naive_local().trunc_subsecs(0).to_string()
}

fn yuan(fen: i64) -> String {
    format!("{}.{:02}", fen / 100, fen % 100)
}
