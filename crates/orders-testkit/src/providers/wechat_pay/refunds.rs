//! Refunds at the simulator: the rules that WeChat Pay states [申请退款, 查询单笔退款], and faults.

use std::sync::Arc;
use std::time::Instant;

use axum::http::StatusCode;
use chrono::{DateTime, FixedOffset, SubsecRound as _, TimeDelta};
use serde::Deserialize;
use serde_json::json;

use super::requests::{Outcome, Refused, against_a_rule, broken, refused, wrong};
use super::{Details, Shared, State, callback};
use crate::providers::{Entry, Fate};

/// 每个支付订单的部分退款次数不能超过50次.
const MOST_PARTS: usize = 50;

#[derive(Deserialize)]
struct Question {
    #[serde(default)]
    transaction_id: Option<String>,
    #[serde(default)]
    out_trade_no: Option<String>,
    out_refund_no: String,
    #[serde(default)]
    notify_url: Option<String>,
    amount: Amount,
}

#[derive(Deserialize)]
struct Amount {
    refund: i64,
    total: i64,
    currency: String,
}

/// How far a refund is, in WeChat Pay's words.
pub(super) fn status(entry: &Entry, details: &Details) -> &'static str {
    if entry.accepted.elapsed() < details.settles {
        return "PROCESSING";
    }
    match entry.fate {
        Fate::Arrives => "SUCCESS",
        Fate::Abnormal => "ABNORMAL",
        Fate::Closed => "CLOSED",
    }
}

/// POST /v3/refund/domestic/refunds.
pub(super) fn make(shared: &Arc<Shared>, body: &str) -> Result<Outcome, Refused> {
    let question: Question =
        serde_json::from_str(body).map_err(|error| wrong(error.to_string()))?;
    let number = question.out_refund_no.clone();
    let mut state = shared.state();
    let attempt = state.book.attempts.entry(number.clone()).or_default();
    *attempt += 1;
    let about = format!("{number}/{attempt}");
    let faults = state.faults;
    if faults.hit("errors", faults.errors, &about) {
        return Err(broken());
    }
    if state.take(shared, &question)? {
        let mut callbacks = shared.callbacks();
        // Those that are done.
        while callbacks.try_join_next().is_some() {}
        callbacks.spawn(callback::tell(Arc::clone(shared), number.clone()));
    }
    let text = state.text(&number);
    drop(state);
    if faults.hit("errors_after", faults.errors_after, &about) {
        return Err(broken());
    }
    if faults.hit("hangs_after", faults.hangs_after, &about) {
        return Ok(Outcome::Hangs(faults.hang));
    }
    text.map(Outcome::Json).ok_or_else(broken)
}

/// GET /v3/refund/domestic/refunds/{out_refund_no}.
pub(super) fn tell(shared: &Shared, number: &str) -> Result<Outcome, Refused> {
    let mut state = shared.state();
    let asked = state.asked.entry(number.to_owned()).or_default();
    *asked += 1;
    let about = format!("{number}/{asked}");
    let faults = state.faults;
    if faults.hit("errors when asked", faults.errors, &about) {
        return Err(broken());
    }
    let missing = || refused(StatusCode::NOT_FOUND, "RESOURCE_NOT_EXISTS", "退款单不存在");
    state.text(number).map(Outcome::Json).ok_or_else(missing)
}

impl State {
    /// Takes a refund, and says whether it is a new one. Money moves here and nowhere else.
    fn take(&mut self, shared: &Shared, question: &Question) -> Result<bool, Refused> {
        let Question {
            out_refund_no: number,
            amount,
            ..
        } = question;
        question.check()?;
        let payment = question
            .transaction_id
            .as_ref()
            .or(question.out_trade_no.as_ref())
            .ok_or_else(|| wrong("transaction_id 和 out_trade_no 二选一"))?;
        if let (Some(entry), Some(details)) =
            (self.book.refunds.get(number), self.details.get(number))
        {
            let same = entry.payment == *payment
                && entry.amount == amount.refund
                && details.total == amount.total;
            return if same {
                // 同一退款单号多次请求只退一笔.
                Ok(false)
            } else {
                self.violated(format!("{number}: another refund under the same number"));
                Err(against_a_rule(
                    "订单金额或退款金额与之前请求不一致，请核实后再试",
                ))
            };
        }
        self.check_payment(number, payment, amount)?;
        let details = question.details(self.book.refunds.len(), shared.beijing(), self);
        let entry = Entry {
            reference: format!("503000{:022}", self.book.refunds.len() + 1),
            payment: payment.clone(),
            amount: amount.refund,
            accepted: Instant::now(),
            fate: self.fate(number),
        };
        self.book.payments.insert(payment.clone(), amount.total);
        self.book.refunds.insert(number.clone(), entry);
        self.details.insert(number.clone(), details);
        Ok(true)
    }

    /// Whether the payment has so much left, and whether it is time.
    fn check_payment(
        &mut self,
        number: &str,
        payment: &str,
        amount: &Amount,
    ) -> Result<(), Refused> {
        match self.book.payments.get(payment) {
            None if self.rules.only_known_payments => {
                return Err(refused(
                    StatusCode::NOT_FOUND,
                    "RESOURCE_NOT_EXISTS",
                    "订单号不存在",
                ));
            }
            Some(total) if *total != amount.total => {
                self.violated(format!("{number}: {} of {total} fen", amount.total));
                return Err(against_a_rule("订单金额不一致，请核实后再试"));
            }
            None | Some(_) => {}
        }
        let others = || {
            let refunds = self.book.refunds.iter();
            refunds.filter(|(_, entry)| entry.payment == payment)
        };
        // What failed has given its money back; what will fail has not yet.
        let taken: i64 = others()
            .filter(|(number, entry)| {
                let details = self.details.get(*number);
                entry.fate == Fate::Arrives
                    || details.is_some_and(|details| status(entry, details) == "PROCESSING")
            })
            .map(|(_, entry)| entry.amount)
            .sum();
        let parts = others().count();
        let last = others().map(|(_, entry)| entry.accepted).max();
        if taken + amount.refund > amount.total {
            let all = taken >= amount.total;
            self.violated(format!(
                "{number}: {} fen more than was paid for {payment}",
                taken + amount.refund - amount.total
            ));
            return Err(against_a_rule(if all {
                "订单已全额退款"
            } else {
                "申请退款金额大于订单可退金额"
            }));
        }
        if parts >= MOST_PARTS {
            return Err(against_a_rule("订单退款次数超过50次"));
        }
        if last.is_some_and(|last| last.elapsed() < self.rules.apart) {
            return Err(refused(
                StatusCode::TOO_MANY_REQUESTS,
                "FREQUENCY_LIMITED",
                "单笔订单请求频率过高，请于1分钟后重试",
            ));
        }
        Ok(())
    }

    fn fate(&self, number: &str) -> Fate {
        let faults = self.faults;
        if faults.hit("abnormal", faults.abnormal, number) {
            Fate::Abnormal
        } else if faults.hit("closed", faults.closed, number) {
            Fate::Closed
        } else {
            Fate::Arrives
        }
    }

    fn violated(&mut self, words: String) {
        self.book.violations.push(words);
    }

    /// A refund as it is now, as answers tell it.
    fn text(&self, number: &str) -> Option<String> {
        let (entry, details) = (self.book.refunds.get(number)?, self.details.get(number)?);
        let status = status(entry, details);
        let mut refund = json!({
            "refund_id": entry.reference,
            "out_refund_no": number,
            "transaction_id": details.transaction,
            "out_trade_no": details.order,
            "channel": "ORIGINAL",
            "user_received_account": ACCOUNT,
            "create_time": rfc3339(details.created),
            "status": status,
            "funds_account": "AVAILABLE",
            "amount": {
                "total": details.total,
                "refund": entry.amount,
                "from": [],
                "payer_total": details.total,
                "payer_refund": entry.amount,
                "settlement_refund": entry.amount,
                "settlement_total": details.total,
                "discount_refund": 0,
                "currency": "CNY",
            },
        });
        if status == "SUCCESS" {
            refund["success_time"] = json!(rfc3339(details.settled()));
        }
        Some(refund.to_string())
    }
}

/// Where all refunds go.
pub(super) const ACCOUNT: &str = "支付用户零钱";

/// 2015-05-20T13:29:35+08:00.
pub(super) fn rfc3339(time: DateTime<FixedOffset>) -> String {
    format!("{:?}", time.trunc_subsecs(0))
}

impl Details {
    /// When it came to its end.
    pub(super) fn settled(&self) -> DateTime<FixedOffset> {
        self.created + TimeDelta::from_std(self.settles).unwrap_or_default()
    }
}

impl Question {
    fn details(&self, count: usize, created: DateTime<FixedOffset>, state: &State) -> Details {
        // What the merchant does not name has a name all the same.
        let transaction = || format!("4200000{:021}", count + 1);
        let order = || format!("order{:010}", count + 1);
        Details {
            transaction: self.transaction_id.clone().unwrap_or_else(transaction),
            order: self.out_trade_no.clone().unwrap_or_else(order),
            total: self.amount.total,
            notify_url: self.notify_url.clone(),
            created,
            settles: state.faults.settles,
        }
    }

    fn check(&self) -> Result<(), Refused> {
        let number = &self.out_refund_no;
        let sign = |byte: u8| byte.is_ascii_alphanumeric() || b"_-|*@".contains(&byte);
        if number.is_empty() || number.len() > 64 || !number.bytes().all(sign) {
            return Err(wrong("out_refund_no: 只能是数字、大小写字母_-|*@"));
        }
        let url = self.notify_url.as_deref().unwrap_or("http://");
        if !url.starts_with("http") || url.len() > 256 || url.contains('?') {
            return Err(wrong("notify_url: 不能携带参数"));
        }
        let Amount {
            refund,
            total,
            currency,
        } = &self.amount;
        if *refund < 1 || refund > total || currency != "CNY" {
            return Err(wrong("amount"));
        }
        Ok(())
    }
}
