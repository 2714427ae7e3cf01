//! What Alipay is sent and what it answers, and what that says of a refund.

use orders_domain::{
    Channel, Day, LocalText, Payment, ProviderReport, ProviderStage, RefundRequest,
};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::ProviderError;

use super::written::{fen, instant, moment, yuan};

/// What alipay.trade.refund is sent. The same each time: a refund that is asked for again with the same number and
/// amount is made once.
#[derive(Serialize)]
pub(super) struct Refund<'a> {
    #[serde(flatten)]
    trade: Trade<'a>,
    refund_amount: String,
    out_request_no: &'a str,
    /// Without it, there is no message when the bank has answered (收单退款冲退完成通知).
    query_options: [&'static str; 1],
}

/// What alipay.trade.fastpay.refund.query is sent.
#[derive(Serialize)]
pub(super) struct Query<'a> {
    #[serde(flatten)]
    trade: Trade<'a>,
    out_request_no: &'a str,
    query_options: [&'static str; 2],
}

/// What alipay.data.dataservice.bill.downloadurl.query is sent.
#[derive(Serialize)]
pub(super) struct BillQuery {
    bill_type: &'static str,
    bill_date: String,
}

/// A payment: by Alipay's number of it if it is known, otherwise by the shop's.
#[derive(Clone, Copy, Debug, Serialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
enum Trade<'a> {
    TradeNo(&'a str),
    OutTradeNo(&'a str),
}

/// What alipay.trade.refund answers.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct RefundAnswer {
    trade_no: String,
    out_trade_no: String,
    fund_change: String,
    gmt_refund_pay: String,
}

/// What alipay.trade.fastpay.refund.query answers.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct QueryAnswer {
    trade_no: String,
    out_request_no: String,
    refund_amount: String,
    refund_status: String,
    gmt_refund_pay: String,
    deposit_back_info: Option<DepositBack>,
}

/// How far the money is that goes to a bank card (银行卡冲退信息).
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct DepositBack {
    has_deposit_back: Value,
    dback_status: String,
    bank_ack_time: String,
    est_bank_receipt_time: String,
}

/// What alipay.data.dataservice.bill.downloadurl.query answers.
#[derive(Debug, Deserialize)]
pub(super) struct Bill {
    pub(super) bill_download_url: String,
}

impl<'a> Trade<'a> {
    fn of(payment: &'a Payment, order: &'a str) -> Self {
        match &payment.reference {
            Some(reference) => Self::TradeNo(reference),
            None => Self::OutTradeNo(order),
        }
    }
}

impl<'a> Refund<'a> {
    pub(super) fn of(request: &'a RefundRequest) -> Self {
        Self {
            trade: Trade::of(&request.payment, request.order.as_str()),
            refund_amount: yuan(request.amount.amount),
            out_request_no: request.refund.as_str(),
            query_options: ["deposit_back_info"],
        }
    }
}

impl<'a> Query<'a> {
    pub(super) fn of(request: &'a RefundRequest) -> Self {
        Self {
            trade: Trade::of(&request.payment, request.order.as_str()),
            out_request_no: request.refund.as_str(),
            query_options: ["deposit_back_info", "gmt_refund_pay"],
        }
    }
}

impl BillQuery {
    pub(super) fn of(day: Day) -> Self {
        Self {
            bill_type: "trade",
            bill_date: day.to_string(),
        }
    }
}

impl RefundAnswer {
    /// Code 10000 is that Alipay took the request. Only `fund_change` Y is that the money has left the merchant
    /// (退款成功判断指导); N is also the answer to a refund that was made before. Where the money goes is not in the answer.
    /// For a payment by card it is in the bank's clearing then; for others it may be (a card that is bound to the purse),
    /// so that no more is said than that it was accepted, and the question that follows brings the rest.
    pub(super) fn report(self, request: &RefundRequest) -> Result<ProviderReport, ProviderError> {
        let named = match Trade::of(&request.payment, request.order.as_str()) {
            Trade::TradeNo(number) => self.trade_no.is_empty() || self.trade_no == number,
            Trade::OutTradeNo(number) => {
                self.out_trade_no.is_empty() || self.out_trade_no == number
            }
        };
        if !named {
            let words = format!("answered for {} {}", self.trade_no, self.out_trade_no);
            return Err(ProviderError::Unclear(words));
        }
        let to_card = request.payment.channel == Channel::BankCard;
        let stage = if self.fund_change == "Y" && to_card {
            ProviderStage::InClearing
        } else {
            ProviderStage::Accepted
        };
        Ok(ProviderReport {
            reference: some(self.trade_no),
            accepted_at: instant(&self.gmt_refund_pay),
            ..ProviderReport::of(stage)
        })
    }
}

impl QueryAnswer {
    /// Code 10000 is that the question was answered. Without `refund_status`, the refund was not received, or it failed,
    /// and may be asked for again with the same number and amount; or, of a refund that is `fresh`, it is not made yet.
    pub(super) fn report(
        self,
        request: &RefundRequest,
        fresh: bool,
    ) -> Result<ProviderReport, ProviderError> {
        let numbered = self.out_request_no == request.refund.as_str();
        match self.refund_status.as_str() {
            _ if !self.out_request_no.is_empty() && !numbered => Err(ProviderError::Unclear(
                format!("answered for refund {}", self.out_request_no),
            )),
            "" if fresh => Ok(ProviderReport::of(ProviderStage::Accepted)),
            "" => Err(ProviderError::NoSuchRefund),
            "REFUND_SUCCESS" if !numbered => Err(ProviderError::Unclear(
                "answered without the refund's number".to_owned(),
            )),
            "REFUND_SUCCESS" if fen(&self.refund_amount) != Some(request.amount.amount) => Err(
                ProviderError::Unclear(format!("answered for {} yuan", self.refund_amount)),
            ),
            "REFUND_SUCCESS" => {
                let report = match self.deposit_back_info {
                    Some(deposit_back) if deposit_back.is_one() => deposit_back.report(),
                    Some(_) | None => ProviderReport::of(ProviderStage::Arrived),
                };
                Ok(ProviderReport {
                    reference: some(self.trade_no),
                    accepted_at: report.accepted_at.or(instant(&self.gmt_refund_pay)),
                    ..report
                })
            }
            other => Err(ProviderError::Unclear(format!("refund_status {other}"))),
        }
    }
}

impl DepositBack {
    fn is_one(&self) -> bool {
        let said = match &self.has_deposit_back {
            Value::Bool(said) => *said,
            Value::String(said) => said == "true",
            Value::Null | Value::Number(_) | Value::Array(_) | Value::Object(_) => false,
        };
        said || !self.dback_status.is_empty()
    }

    /// S, the bank has it; F, the bank did not take it, and it is in the purse (银行卡冲退失败，资金自动转入用户支付宝余额); anything
    /// else, P above all, that it is on its way.
    pub(super) fn report(&self) -> ProviderReport {
        let accepted_at = instant(&self.bank_ack_time);
        match self.dback_status.as_str() {
            "S" => ProviderReport {
                accepted_at,
                ..ProviderReport::of(ProviderStage::Arrived)
            },
            "F" => ProviderReport {
                accepted_at,
                account: Some(LocalText::new("支付宝余额", "Alipay balance")),
                ..ProviderReport::of(ProviderStage::Arrived)
            },
            _ => ProviderReport {
                accepted_at,
                expected_on: moment(&self.est_bank_receipt_time).map(|moment| moment.date()),
                ..ProviderReport::of(ProviderStage::InClearing)
            },
        }
    }

    /// Whether it says how it ended.
    pub(super) fn has_ended(&self) -> bool {
        matches!(self.dback_status.as_str(), "S" | "F")
    }
}

fn some(text: String) -> Option<String> {
    (!text.is_empty()).then_some(text)
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use orders_domain::{Currency, ExternalId, Instant, Money, ProviderId, RefundId};

    /// A refund of 200.12 yuan.
    pub(in super::super) fn request(channel: Channel, reference: Option<&str>) -> RefundRequest {
        RefundRequest {
            refund: RefundId::from("order-1-r1"),
            provider: ProviderId::from("alipay"),
            order: ExternalId::from("S1"),
            amount: Money::new(20_012, Currency::CNY),
            payment: Payment {
                channel,
                account: LocalText::plain("招商银行 尾号 0403"),
                amount: 30_000,
                paid_at: Instant::default(),
                reference: reference.map(str::to_owned),
            },
            sent_at: None,
        }
    }

    fn day(text: &str) -> Option<Day> {
        Some(text.parse().unwrap())
    }

    #[test]
    fn a_refund_names_the_payment_the_amount_and_its_number() {
        let check = |reference, expected: &str| {
            let request = request(Channel::Alipay, reference);
            let written = serde_json::to_string(&Refund::of(&request)).unwrap();
            assert_eq!(written, expected);
        };
        check(
            None,
            r#"{"out_trade_no":"S1","refund_amount":"200.12","out_request_no":"order-1-r1","query_options":["deposit_back_info"]}"#,
        );
        check(
            Some("2026031822001"),
            r#"{"trade_no":"2026031822001","refund_amount":"200.12","out_request_no":"order-1-r1","query_options":["deposit_back_info"]}"#,
        );
    }

    #[test]
    fn code_10000_is_acceptance_and_only_a_change_of_funds_is_a_refund() {
        let check = |channel, answer: &str, expected: Option<ProviderStage>| {
            let request = request(channel, Some("T1"));
            let parsed: RefundAnswer = serde_json::from_str(answer).unwrap();
            let report = parsed.report(&request);
            assert_eq!(report.ok().map(|report| report.stage), expected, "{answer}");
        };
        let accepted = Some(ProviderStage::Accepted);
        let clearing = Some(ProviderStage::InClearing);
        check(
            Channel::Alipay,
            r#"{"trade_no":"T1","fund_change":"N"}"#,
            accepted,
        );
        check(Channel::Alipay, r#"{"trade_no":"T1"}"#, accepted);
        check(
            Channel::Alipay,
            r#"{"trade_no":"T1","fund_change":"Y"}"#,
            accepted,
        );
        check(
            Channel::BankCard,
            r#"{"trade_no":"T1","fund_change":"Y"}"#,
            clearing,
        );
        check(
            Channel::BankCard,
            r#"{"trade_no":"T1","fund_change":"N"}"#,
            accepted,
        );
        check(
            Channel::Alipay,
            r#"{"trade_no":"T2","fund_change":"Y"}"#,
            None,
        );
    }

    #[test]
    fn a_query_tells_how_far_a_refund_is() {
        let check = |more: &str, stage, accepted_at: &str, expected_on: Option<Day>| {
            let answer = format!(
                r#"{{"trade_no":"T1","out_request_no":"order-1-r1","refund_amount":"200.12","refund_status":"REFUND_SUCCESS"{more}}}"#
            );
            let parsed: QueryAnswer = serde_json::from_str(&answer).unwrap();
            let report = parsed
                .report(&request(Channel::Alipay, None), false)
                .unwrap();
            assert_eq!(report.stage, stage, "{answer}");
            assert_eq!(report.accepted_at, instant(accepted_at), "{answer}");
            assert_eq!(report.expected_on, expected_on, "{answer}");
            assert_eq!(report.reference.as_deref(), Some("T1"));
            report.account
        };
        let arrived = ProviderStage::Arrived;
        let clearing = ProviderStage::InClearing;
        check("", arrived, "", None);
        check(
            r#","gmt_refund_pay":"2026-03-18 15:00:00""#,
            arrived,
            "2026-03-18 15:00:00",
            None,
        );
        check(
            r#","deposit_back_info":{"has_deposit_back":"false"}"#,
            arrived,
            "",
            None,
        );
        check(
            r#","deposit_back_info":{"has_deposit_back":true}"#,
            clearing,
            "",
            None,
        );
        check(
            r#","gmt_refund_pay":"2026-03-18 15:00:00","deposit_back_info":{"has_deposit_back":"true","dback_status":"P","bank_ack_time":"2026-03-18 15:00:01","est_bank_receipt_time":"2026-03-20 00:30:00"}"#,
            clearing,
            "2026-03-18 15:00:01",
            day("2026-03-20"),
        );
        let account = check(
            r#","deposit_back_info":{"has_deposit_back":"true","dback_status":"S","bank_ack_time":"2026-03-18 15:00:01","est_bank_receipt_time":"2026-03-20 00:30:00"}"#,
            arrived,
            "2026-03-18 15:00:01",
            None,
        );
        assert_eq!(account, None);
        let account = check(
            r#","deposit_back_info":{"has_deposit_back":"true","dback_status":"F"}"#,
            arrived,
            "",
            None,
        );
        assert_eq!(
            account,
            Some(LocalText::new("支付宝余额", "Alipay balance"))
        );
    }

    #[test]
    fn a_query_that_finds_nothing_or_something_else_says_so() {
        let asked = |answer: &str, fresh: bool| {
            let parsed: QueryAnswer = serde_json::from_str(answer).unwrap();
            parsed.report(&request(Channel::Alipay, None), fresh)
        };
        let nothing = r#"{"code":"10000","msg":"Success"}"#;
        assert_eq!(asked(nothing, false), Err(ProviderError::NoSuchRefund));
        assert_eq!(
            asked(nothing, true),
            Ok(ProviderReport::of(ProviderStage::Accepted))
        );
        for other in [
            r#"{"out_request_no":"order-1-r2","refund_amount":"200.12","refund_status":"REFUND_SUCCESS"}"#,
            r#"{"out_request_no":"order-1-r2"}"#,
            r#"{"refund_amount":"200.12","refund_status":"REFUND_SUCCESS"}"#,
            r#"{"out_request_no":"order-1-r1","refund_amount":"200.13","refund_status":"REFUND_SUCCESS"}"#,
            r#"{"out_request_no":"order-1-r1","refund_status":"REFUND_SUCCESS"}"#,
            r#"{"out_request_no":"order-1-r1","refund_amount":"200.12","refund_status":"REFUND_PROCESSING"}"#,
        ] {
            let answer = asked(other, false);
            assert!(
                matches!(answer, Err(ProviderError::Unclear(_))),
                "{other}: {answer:?}"
            );
        }
    }
}
