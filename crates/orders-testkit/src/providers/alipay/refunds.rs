//! Refunds: the rules of alipay.trade.refund, and what alipay.trade.fastpay.refund.query tells of them.

use std::sync::Arc;
use std::time::Instant;

use chrono::{NaiveDateTime, TimeDelta};
use serde::Deserialize;
use serde_json::{Value, json};

use super::super::{Entry, Fate};
use super::gateway::{Call, Reply, refusal};
use super::{Inner, Made, Shared, messages};

/// What alipay.trade.refund is asked. Other parameters than the documented ones make refunds fail or happen twice.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    trade_no: Option<String>,
    out_trade_no: Option<String>,
    refund_amount: String,
    out_request_no: String,
    #[serde(default)]
    query_options: Vec<String>,
}

/// What alipay.trade.fastpay.refund.query is asked.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Queried {
    trade_no: Option<String>,
    out_trade_no: Option<String>,
    out_request_no: String,
    #[serde(default)]
    query_options: Vec<String>,
}

/// A payment by both its names.
#[derive(Clone, Debug)]
pub(super) struct Trade {
    /// As the merchant names it here.
    pub(super) name: String,
    pub(super) trade_no: String,
    pub(super) out_trade_no: String,
}

impl Trade {
    fn of(trade_no: Option<String>, out_trade_no: Option<String>) -> Option<Self> {
        match (trade_no, out_trade_no) {
            (Some(trade_no), _) => Some(Self {
                name: trade_no.clone(),
                out_trade_no: format!("order-of-{trade_no}"),
                trade_no,
            }),
            (None, Some(out_trade_no)) => Some(Self {
                name: out_trade_no.clone(),
                trade_no: format!("trade-of-{out_trade_no}"),
                out_trade_no,
            }),
            (None, None) => None,
        }
    }
}

/// Makes a refund, or finds that it is made.
pub(super) fn refund(shared: &Arc<Shared>, call: &Call) -> Reply {
    let mut inner = shared.inner();
    let asked = serde_json::from_str::<Asked>(&call.content)
        .ok()
        .and_then(|asked| {
            let trade = Trade::of(asked.trade_no.clone(), asked.out_trade_no.clone())?;
            let amount = fen(&asked.refund_amount).filter(|amount| *amount > 0)?;
            Some((asked, trade, amount))
        });
    let Some((asked, trade, amount)) = asked else {
        let violation = format!("a refund that makes no sense: {}", call.content);
        inner.book.violations.push(violation);
        return Reply::Answer(refusal("40004", "ACQ.INVALID_PARAMETER", "参数无效"));
    };
    let number = asked.out_request_no;
    let attempt = inner.book.attempts.entry(number.clone()).or_default();
    *attempt += 1;
    let about = format!("{number}/{attempt}");
    let faults = inner.faults;
    if faults.hit("errors", faults.errors, &about) {
        return Reply::Broken;
    }
    let made = inner.refund(&trade, &number, amount, call.at);
    if made == Ok(true) {
        let news = messages::News {
            number,
            trade: trade.clone(),
            refunded: inner.book.refunded(&trade.name),
            to_bank: asked
                .query_options
                .iter()
                .any(|option| option == "deposit_back_info"),
        };
        messages::spread(shared, &inner, news);
    }
    if faults.hit("errors_after", faults.errors_after, &about) {
        return Reply::Broken;
    }
    if faults.hit("hangs_after", faults.hangs_after, &about) {
        return Reply::Hung(faults.hang);
    }
    Reply::Answer(match made {
        Ok(moved) => json!({
            "code": "10000",
            "msg": "Success",
            "trade_no": trade.trade_no,
            "out_trade_no": trade.out_trade_no,
            "buyer_logon_id": "159****5620",
            "fund_change": if moved { "Y" } else { "N" },
            // Of the whole trade, not of this refund.
            "refund_fee": yuan(inner.book.refunded(&trade.name)),
            "store_name": "特派 {旗舰店} \"},\\",
        }),
        Err((sub_code, sub_msg)) => refusal("40004", sub_code, sub_msg),
    })
}

impl Inner {
    /// Whether money moved, or why not.
    fn refund(
        &mut self,
        trade: &Trade,
        number: &str,
        amount: i64,
        at: NaiveDateTime,
    ) -> Result<bool, (&'static str, &'static str)> {
        if let Some(entry) = self.book.refunds.get(number) {
            let settled = entry.accepted.elapsed() >= self.faults.settles;
            if entry.amount != amount || entry.payment != trade.name {
                let violation = format!("{number} again, with another amount or payment");
                self.book.violations.push(violation);
                return Err(("ACQ.DISCORDANT_REPEAT_REQUEST", "请求信息不一致"));
            }
            return match entry.fate {
                // 买家已经注销账号，建议联系买家进行线下退款处理.
                Fate::Abnormal if settled => Err(("ACQ.BUYER_NOT_EXIST", "买家不存在")),
                Fate::Abnormal | Fate::Arrives | Fate::Closed => Ok(false),
            };
        }
        let Some(total) = self.total(&trade.name) else {
            return Err(("ACQ.TRADE_NOT_EXIST", "交易不存在"));
        };
        let refunded = self.book.refunded(&trade.name);
        if refunded.saturating_add(amount) > total {
            let violation = format!("{number}: {amount} of {total} with {refunded} refunded");
            self.book.violations.push(violation);
            return Err(("ACQ.REASON_TRADE_REFUND_FEE_ERR", "退款金额无效"));
        }
        let faults = self.faults;
        let abnormal = faults.hit("abnormal", faults.abnormal, number);
        let closed = !abnormal && faults.hit("closed", faults.closed, number);
        if closed {
            self.book.to_purse.insert(number.to_owned());
        }
        let made = Made {
            at,
            to_card: closed || faults.hit("card", 500, number),
        };
        self.made.insert(number.to_owned(), made);
        let entry = Entry {
            reference: trade.trade_no.clone(),
            payment: trade.name.clone(),
            amount,
            accepted: Instant::now(),
            fate: if abnormal {
                Fate::Abnormal
            } else {
                Fate::Arrives
            },
        };
        self.book.refunds.insert(number.to_owned(), entry);
        Ok(!abnormal)
    }

    fn total(&mut self, payment: &str) -> Option<i64> {
        let payments = &mut self.book.payments;
        if self.strict {
            return payments.get(payment).copied();
        }
        Some(*payments.entry(payment.to_owned()).or_insert(i64::MAX))
    }
}

/// Tells how far a refund is.
pub(super) fn query(shared: &Shared, call: &Call) -> Reply {
    let mut inner = shared.inner();
    let asked = serde_json::from_str::<Queried>(&call.content)
        .ok()
        .and_then(|asked| {
            let trade = Trade::of(asked.trade_no.clone(), asked.out_trade_no.clone())?;
            Some((asked, trade))
        });
    let Some((asked, trade)) = asked else {
        let violation = format!("a query that makes no sense: {}", call.content);
        inner.book.violations.push(violation);
        return Reply::Answer(refusal("40004", "ACQ.INVALID_PARAMETER", "参数无效"));
    };
    let number = asked.out_request_no;
    let count = inner.queries.entry(number.clone()).or_default();
    *count += 1;
    let about = format!("{number}/query/{count}");
    if inner.faults.hit("errors", inner.faults.errors, &about) {
        return Reply::Broken;
    }
    if inner.strict && !inner.book.payments.contains_key(&trade.name) {
        return Reply::Answer(refusal(
            "40004",
            "ACQ.TRADE_NOT_EXIST",
            "查询退款的交易不存在",
        ));
    }
    let mut answer = json!({ "code": "10000", "msg": "Success" });
    let entry = inner
        .book
        .refunds
        .get(&number)
        .filter(|entry| entry.fate == Fate::Arrives && entry.payment == trade.name);
    let (Some(entry), Some(made)) = (entry, inner.made.get(&number)) else {
        // Not received or failed: code 10000, and nothing besides.
        return Reply::Answer(answer);
    };
    answer["trade_no"] = Value::from(trade.trade_no);
    answer["out_trade_no"] = Value::from(trade.out_trade_no);
    answer["out_request_no"] = Value::from(number.as_str());
    answer["refund_amount"] = Value::from(yuan(entry.amount));
    answer["refund_status"] = Value::from("REFUND_SUCCESS");
    let wants = |option: &str| asked.query_options.iter().any(|wanted| wanted == option);
    if wants("gmt_refund_pay") {
        answer["gmt_refund_pay"] = Value::from(made.at.to_string());
    }
    if wants("deposit_back_info") {
        let settled = entry.accepted.elapsed() >= inner.faults.settles;
        let status = match inner.book.to_purse.contains(&number) {
            _ if !settled => "P",
            true => "F",
            false => "S",
        };
        answer["deposit_back_info"] = if made.to_card {
            deposit_back(status, entry.amount, made.at)
        } else {
            json!({ "has_deposit_back": "false" })
        };
    }
    Reply::Answer(answer)
}

/// How far the money is on its way to a card.
fn deposit_back(status: &str, amount: i64, at: NaiveDateTime) -> Value {
    json!({
        "has_deposit_back": "true",
        "dback_status": status,
        "dback_amount": yuan(amount),
        "bank_ack_time": at.to_string(),
        "est_bank_receipt_time": bank_expects(at).to_string(),
    })
}

/// When the bank expects to have booked it: a day later.
pub(super) fn bank_expects(at: NaiveDateTime) -> NaiveDateTime {
    at + TimeDelta::days(1)
}

/// Fen as yuan with two places.
pub(super) fn yuan(fen: i64) -> String {
    format!("{}.{:02}", fen / 100, fen % 100)
}

/// Yuan with exactly two places as fen.
fn fen(yuan: &str) -> Option<i64> {
    let (whole, places) = yuan
        .split_once('.')
        .filter(|(_, places)| places.len() == 2)?;
    let digits: String = [whole, places].concat();
    digits
        .bytes()
        .all(|byte| byte.is_ascii_digit())
        .then(|| digits.parse().ok())?
}
