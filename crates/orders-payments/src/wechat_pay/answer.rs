//! A refund on the wire: how it is asked for, and what an answer says of it.

use chrono::{DateTime, Utc};
use orders_domain::{
    LocalText, Money, ProviderReport, ProviderStage, RefundFailure, RefundRequest,
};
use serde::{Deserialize, Serialize};

use crate::ProviderError;

/// The body of 申请退款. Without a reason: what is given there is shown to the shopper by WeChat.
#[derive(Serialize)]
struct Question<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    transaction_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    out_trade_no: Option<&'a str>,
    out_refund_no: &'a str,
    notify_url: &'a str,
    amount: QuestionAmount<'a>,
}

#[derive(Serialize)]
struct QuestionAmount<'a> {
    /// Fen.
    refund: i64,
    /// Fen; all of the payment.
    total: i64,
    currency: &'a str,
}

/// The body of answers to 申请退款 and 查询单笔退款, as far as it matters here.
#[derive(Deserialize)]
struct Refund {
    refund_id: String,
    out_refund_no: String,
    status: Status,
    #[serde(default)]
    channel: Option<String>,
    #[serde(default)]
    user_received_account: Option<String>,
    #[serde(default)]
    create_time: Option<String>,
    amount: Amount,
}

/// How much a refund is, in answers and notifications.
#[derive(Deserialize)]
pub(super) struct Amount {
    refund: i64,
    #[serde(default)]
    currency: Option<String>,
}

/// Where a refund stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(super) enum Status {
    /// Taken, and under way.
    Processing,
    /// There.
    Success,
    /// Given up.
    Closed,
    /// The shopper's card or account does not take it; the merchant has to see to it.
    Abnormal,
}

impl Status {
    /// What it means, for a refund that goes to `account`. `processing` says how far one is that is under way.
    pub(super) fn stage(self, account: Option<&str>, processing: ProviderStage) -> ProviderStage {
        match self {
            Self::Processing => processing,
            // One that was abnormal can be sent back to the shop [发起异常退款]; then it "succeeds", at 商户基本账户 or
            // 商户结算银行账户, and the shopper has nothing.
            Self::Success if account.is_some_and(|account| account.starts_with("商户")) => {
                ProviderStage::Failed(RefundFailure::AccountClosed)
            }
            Self::Success => ProviderStage::Arrived,
            Self::Closed => ProviderStage::Failed(RefundFailure::Refused),
            Self::Abnormal => ProviderStage::Failed(RefundFailure::AccountClosed),
        }
    }
}

/// What has to be asked. The same bytes each time: "the same number with the same parameters".
///
/// # Errors
/// In words; never, in fact.
pub(super) fn question(request: &RefundRequest, callback: &str) -> Result<String, String> {
    let reference = request.payment.reference.as_deref();
    let question = Question {
        transaction_id: reference,
        out_trade_no: match reference {
            Some(_) => None,
            None => Some(request.order.as_str()),
        },
        out_refund_no: request.refund.as_str(),
        notify_url: callback,
        amount: QuestionAmount {
            refund: request.amount.amount,
            total: request.payment.amount,
            currency: request.amount.currency.as_str(),
        },
    };
    serde_json::to_string(&question).map_err(|error| error.to_string())
}

/// What an answer that is genuine says of the refund that was asked for.
///
/// # Errors
/// [`ProviderError::Unclear`] when it cannot be read or speaks of another one.
pub(super) fn read(
    body: &[u8],
    request: &RefundRequest,
    processing: ProviderStage,
) -> Result<ProviderReport, ProviderError> {
    let unclear = |words: String| ProviderError::Unclear(words);
    let refund: Refund =
        serde_json::from_slice(body).map_err(|error| unclear(error.to_string()))?;
    if refund.out_refund_no != request.refund.as_str() {
        return Err(unclear(format!(
            "an answer about {:?}, not {:?}",
            refund.out_refund_no,
            request.refund.as_str()
        )));
    }
    if !refund.amount.is(request.amount) {
        return Err(unclear(format!(
            "an answer about {} fen, not {}",
            refund.amount.refund, request.amount.amount
        )));
    }
    let account = refund.user_received_account.as_deref();
    let elsewhere = matches!(
        refund.channel.as_deref(),
        Some("BALANCE" | "OTHER_BALANCE" | "OTHER_BANKCARD")
    );
    Ok(ProviderReport {
        reference: Some(refund.refund_id),
        accepted_at: refund.create_time.as_deref().and_then(instant),
        account: account.filter(|_| elsewhere).and_then(shown),
        ..ProviderReport::of(refund.status.stage(account, processing))
    })
}

impl Amount {
    /// Whether it is that much.
    fn is(&self, money: Money) -> bool {
        self.refund == money.amount
            && self
                .currency
                .as_deref()
                .is_none_or(|currency| currency == money.currency.as_str())
    }
}

/// A time that does not read is better left out than the refund with it.
fn instant(text: &str) -> Option<DateTime<Utc>> {
    DateTime::parse_from_rfc3339(text)
        .ok()
        .map(|time| time.to_utc())
}

/// An account as the shopper is to read it.
fn shown(account: &str) -> Option<LocalText> {
    match account.trim() {
        "" => None,
        "支付用户零钱" => Some(LocalText::new("微信零钱", "WeChat balance")),
        "支付用户零钱通" => Some(LocalText::new("微信零钱通", "WeChat Mini Fund")),
        other => Some(LocalText::plain(other)),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::samples::{CALLBACK, request};
    use super::*;

    fn refund() -> Value {
        json!({
            "refund_id": "50000000382019052709732678859",
            "out_refund_no": "ord_1-R1",
            "transaction_id": "1217752501201407033233368018",
            "out_trade_no": "tp-100001",
            "channel": "ORIGINAL",
            "user_received_account": "招商银行信用卡0403",
            "success_time": "2020-12-01T16:18:12+08:00",
            "create_time": "2020-12-01T16:18:12+08:00",
            "status": "SUCCESS",
            "funds_account": "UNSETTLED",
            "amount": { "total": 300, "refund": 100, "payer_refund": 90, "currency": "CNY" },
        })
    }

    fn with(changes: &[(&str, Value)]) -> Value {
        let mut refund = refund();
        for (name, value) in changes {
            refund[*name] = value.clone();
        }
        refund
    }

    fn report(refund: &Value) -> Result<ProviderReport, ProviderError> {
        let body = refund.to_string();
        read(body.as_bytes(), &request(), ProviderStage::InClearing)
    }

    #[test]
    fn a_payment_is_named_by_one_of_its_numbers() {
        let asked = |request: &RefundRequest| question(request, CALLBACK).expect("a body");
        let mut request = request();
        assert_eq!(
            asked(&request),
            r#"{"out_trade_no":"tp-100001","out_refund_no":"ord_1-R1","notify_url":"https://shop.example/callbacks/wechat","amount":{"refund":100,"total":300,"currency":"CNY"}}"#
        );
        request.payment.reference = Some("4200001".to_owned());
        assert_eq!(
            asked(&request),
            r#"{"transaction_id":"4200001","out_refund_no":"ord_1-R1","notify_url":"https://shop.example/callbacks/wechat","amount":{"refund":100,"total":300,"currency":"CNY"}}"#
        );
    }

    #[test]
    fn a_status_is_a_stage() {
        let table = [
            ("PROCESSING", ProviderStage::InClearing),
            ("SUCCESS", ProviderStage::Arrived),
            ("CLOSED", ProviderStage::Failed(RefundFailure::Refused)),
            (
                "ABNORMAL",
                ProviderStage::Failed(RefundFailure::AccountClosed),
            ),
        ];
        for (status, stage) in table {
            let report = report(&with(&[("status", json!(status))])).expect("a report");
            assert_eq!(report.stage, stage, "{status}");
            let accepted = report.accepted_at.expect("a time");
            assert_eq!(accepted.to_string(), "2020-12-01 08:18:12 UTC");
            let reference = report.reference.expect("a reference");
            assert_eq!(reference, "50000000382019052709732678859");
            assert_eq!(report.account, None);
        }
    }

    #[test]
    fn another_account_is_named() {
        let table = [
            ("ORIGINAL", "招商银行信用卡0403", None),
            (
                "OTHER_BANKCARD",
                "招商银行信用卡0403",
                Some(LocalText::plain("招商银行信用卡0403")),
            ),
            (
                "BALANCE",
                "支付用户零钱",
                Some(LocalText::new("微信零钱", "WeChat balance")),
            ),
            (
                "OTHER_BALANCE",
                "支付用户零钱通",
                Some(LocalText::new("微信零钱通", "WeChat Mini Fund")),
            ),
            ("OTHER_BALANCE", "", None),
        ];
        for (channel, account, shown) in table {
            let refund = with(&[
                ("channel", json!(channel)),
                ("user_received_account", json!(account)),
            ]);
            let report = report(&refund).expect("a report");
            assert_eq!(report.account, shown, "{channel} {account}");
        }
    }

    #[test]
    fn what_went_back_to_the_shop_has_not_arrived() {
        for account in ["商户基本账户", "商户结算银行账户"] {
            let refund = with(&[("user_received_account", json!(account))]);
            assert_eq!(
                report(&refund).expect("a report").stage,
                ProviderStage::Failed(RefundFailure::AccountClosed),
                "{account}"
            );
        }
    }

    #[test]
    fn an_answer_about_something_else_is_unclear() {
        let amount =
            |refund: i64, currency: &str| json!({ "refund": refund, "currency": currency });
        let table = [
            ("out_refund_no", json!("ord_1-R2")),
            ("amount", amount(101, "CNY")),
            ("amount", amount(100, "USD")),
            ("amount", json!({ "refund": 100.5 })),
            ("amount", Value::Null),
            ("status", json!("DONE")),
            ("refund_id", Value::Null),
        ];
        for (name, value) in table {
            let found = report(&with(&[(name, value.clone())]));
            assert!(
                matches!(found, Err(ProviderError::Unclear(_))),
                "{name} {value}: {found:?}"
            );
        }
    }

    #[test]
    fn a_refund_is_read_without_what_is_not_needed() {
        let bare = json!({
            "refund_id": "1", "out_refund_no": "ord_1-R1", "status": "PROCESSING",
            "create_time": "yesterday", "amount": { "refund": 100 },
        });
        let report = report(&bare).expect("a report");
        assert_eq!(report.accepted_at, None);
        assert_eq!(report.stage, ProviderStage::InClearing);
    }
}
