//! Alipay, Open Platform gateway with RSA2: refunds of a merchant.
//!
//! Sources, all of opendocs.alipay.com: 统一收单交易退款接口 (alipay.trade.refund), 统一收单交易退款查询
//! (alipay.trade.fastpay.refund.query), 收单退款冲退完成通知 (alipay.trade.refund.depositback.completed), 查询对账单下载地址
//! (alipay.data.dataservice.bill.downloadurl.query), 公共错误码, 自行实现签名 and 自行实现验签.

mod errors;
mod gateway;
mod ledger;
mod notification;
mod wire;
mod written;

use std::path::Path;

use chrono::TimeDelta;
use orders_domain::{
    Currency, Day, Instant, ProviderLimits, ProviderReport, RefundFailure, RefundRequest,
};

use crate::config::AlipayAccount;
use crate::{LedgerEntry, Notification, NotificationError, ProviderError};

use errors::Meaning;
use gateway::{Answer, Gateway, Problem};
use wire::{Bill, BillQuery, Query, QueryAnswer, Refund, RefundAnswer};

/// A merchant account at Alipay.
#[derive(Debug)]
pub struct Alipay {
    gateway: Gateway,
}

/// A query that comes sooner after the refund may not see it yet (统一收单交易退款查询: 建议之间间隔10秒以上).
const TOO_FRESH: TimeDelta = TimeDelta::seconds(10);

impl Alipay {
    pub(crate) const LIMITS: ProviderLimits = ProviderLimits {
        payment_days: Some(365),
        parts: None,
        // 统一收单交易退款接口: 同一笔交易的退款至少间隔3s后发起.
        seconds_apart: 3,
        seconds_before: 0,
    };

    /// The callback is not told to Alipay with each refund: alipay.trade.refund takes no `notify_url`, and its
    /// documentation warns that parameters it does not name make refunds fail or happen twice. The address is entered
    /// once, as the application's gateway (应用网关) in the Open Platform's console.
    pub(crate) fn new(
        account: &AlipayAccount,
        _callback: &str,
        read: &dyn Fn(&Path) -> Result<String, String>,
    ) -> Result<Self, String> {
        Ok(Self {
            gateway: Gateway::new(account, read)?,
        })
    }

    /// A refusal is final, and the shop looks for another way. So it is not believed before Alipay has said that there is
    /// no refund of this number: a try whose answer was lost may be what used up the payment, or closed the trade.
    pub(crate) async fn refund(
        &self,
        request: &RefundRequest,
        now: Instant,
    ) -> Result<ProviderReport, ProviderError> {
        if request.amount.currency != Currency::CNY {
            let words = format!("{} is not renminbi", request.amount.currency);
            return Err(ProviderError::Refused(RefundFailure::Refused, words));
        }
        let call = Refund::of(request);
        let answer = self
            .gateway
            .call::<RefundAnswer>("alipay.trade.refund", &call, now)
            .await?;
        match answer {
            Answer::Done(answer) => answer.report(request),
            Answer::Not(problem) => match not_refunded(&problem) {
                refused @ ProviderError::Refused(..) => {
                    self.query(request, false, now).await.map_err(|error| {
                        if error == ProviderError::NoSuchRefund {
                            refused
                        } else {
                            error
                        }
                    })
                }
                error => Err(error),
            },
        }
    }

    pub(crate) async fn ask(
        &self,
        request: &RefundRequest,
        now: Instant,
    ) -> Result<ProviderReport, ProviderError> {
        let fresh = request
            .sent_at
            .is_some_and(|sent_at| now - sent_at < TOO_FRESH);
        self.query(request, fresh, now).await
    }

    async fn query(
        &self,
        request: &RefundRequest,
        fresh: bool,
        now: Instant,
    ) -> Result<ProviderReport, ProviderError> {
        let call = Query::of(request);
        let answer = self
            .gateway
            .call::<QueryAnswer>("alipay.trade.fastpay.refund.query", &call, now)
            .await?;
        match answer {
            Answer::Done(answer) => answer.report(request, fresh),
            Answer::Not(problem) if errors::is_no_trade(&problem) => {
                Err(ProviderError::NoSuchRefund)
            }
            Answer::Not(problem) => Err(not_told(&problem)),
        }
    }

    pub(crate) fn read_notification(&self, body: &[u8]) -> Result<Notification, NotificationError> {
        notification::read(body, &self.gateway.app, &self.gateway.platform_key)
    }

    pub(crate) async fn ledger(
        &self,
        day: Day,
        now: Instant,
    ) -> Result<Vec<LedgerEntry>, ProviderError> {
        let today = written::beijing(now).date();
        if day >= today {
            let words = format!("the bill of {day} is written on the day after");
            return Err(ProviderError::Later(words));
        }
        let call = BillQuery::of(day);
        let answer = self
            .gateway
            .call::<Bill>("alipay.data.dataservice.bill.downloadurl.query", &call, now)
            .await?;
        let bill = match answer {
            Answer::Done(bill) => bill,
            Answer::Not(problem) if errors::is_no_bill(&problem) => {
                return no_bill(day, today, &problem);
            }
            Answer::Not(problem) => return Err(not_told(&problem)),
        };
        let archive = self.gateway.download(&bill.bill_download_url).await?;
        ledger::read(archive).map_err(ProviderError::Unclear)
    }
}

/// What it means that Alipay did not take a refund.
fn not_refunded(problem: &Problem) -> ProviderError {
    let words = problem.to_string();
    match errors::meaning(problem) {
        Meaning::Unclear => ProviderError::Unclear(words),
        Meaning::Later => ProviderError::Later(words),
        Meaning::Refused(failure) => ProviderError::Refused(failure, words),
    }
}

/// What it means that Alipay did not answer a question. Nothing of it says that a refund will not be made: a question
/// that is refused leaves the refund where it was.
fn not_told(problem: &Problem) -> ProviderError {
    let words = problem.to_string();
    match errors::meaning(problem) {
        Meaning::Later => ProviderError::Later(words),
        Meaning::Unclear | Meaning::Refused(_) => ProviderError::Unclear(words),
    }
}

/// Alipay has one code for a bill that is not written yet and for a day without trade. Bills are usually there at nine
/// on the next day and sometimes later (查询对账单下载地址), so that one which is missing on the day after that is not coming.
fn no_bill(day: Day, today: Day, problem: &Problem) -> Result<Vec<LedgerEntry>, ProviderError> {
    if today - day > TimeDelta::days(1) {
        Ok(Vec::new())
    } else {
        Err(ProviderError::Later(problem.to_string()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::SigningKey;
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    use tokio::net::TcpListener;

    fn problem(code: &str, sub_code: &str) -> Problem {
        Problem {
            code: code.to_owned(),
            sub_code: sub_code.to_owned(),
            words: String::new(),
        }
    }

    #[test]
    fn a_question_that_is_refused_never_fails_a_refund() {
        let told = |code, sub_code| not_told(&problem(code, sub_code));
        for (code, sub_code) in [
            ("40004", "ACQ.INVALID_PARAMETER"),
            ("40006", "isv.insufficient-isv-permissions"),
            ("40005", "isv.app-call-limited"),
        ] {
            let told = told(code, sub_code);
            assert!(matches!(told, ProviderError::Later(_)), "{sub_code}");
        }
        for (code, sub_code) in [
            ("20000", "isp.unknow-error"),
            ("40004", "ACQ.TRADE_HAS_FINISHED"),
            ("40004", "ACQ.BUYER_NOT_EXIST"),
        ] {
            let told = told(code, sub_code);
            assert!(matches!(told, ProviderError::Unclear(_)), "{sub_code}");
        }
    }

    /// An adapter whose gateway answers alipay.trade.refund and its query with these nodes, signed.
    async fn answered(refund: &'static str, query: &'static str) -> Alipay {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let account = AlipayAccount {
            url: format!("http://{}/gateway.do", listener.local_addr().unwrap()),
            app: "2014072300007148".to_owned(),
            private_key: "test.pem".into(),
            platform_key: "test.public.pem".into(),
        };
        let read = |path: &Path| {
            let private = path == account.private_key;
            let keys = (
                include_str!("alipay/test.pem"),
                include_str!("alipay/test.public.pem"),
            );
            Ok(if private { keys.0 } else { keys.1 }.to_owned())
        };
        tokio::spawn(async move {
            let key = SigningKey::read(include_str!("alipay/test.pem")).unwrap();
            while let Ok((mut stream, _)) = listener.accept().await {
                let mut request = Vec::new();
                // What is asked for is at the end, and JSON.
                while !request.ends_with(b"%7D") {
                    stream.read_buf(&mut request).await.unwrap();
                }
                let request = String::from_utf8_lossy(&request);
                let (name, node) = if request.contains("method=alipay%2Etrade%2Erefund&") {
                    ("alipay_trade_refund_response", refund)
                } else {
                    ("alipay_trade_fastpay_refund_query_response", query)
                };
                let sign = key.sign(node.as_bytes()).unwrap();
                let body = format!(r#"{{"{name}":{node},"sign":"{sign}"}}"#);
                let answer = format!(
                    "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: {}\r\n\r\n{body}",
                    body.len()
                );
                stream.write_all(answer.as_bytes()).await.unwrap();
            }
        });
        Alipay::new(&account, "", &read).unwrap()
    }

    #[tokio::test]
    async fn a_refusal_is_believed_when_the_refund_is_not_there() {
        let refused = |error| matches!(error, Err(ProviderError::Refused(..)));
        let made = r#"{"code":"10000","out_request_no":"order-1-r1","refund_amount":"200.12","refund_status":"REFUND_SUCCESS"}"#;
        let closed = r#"{"code":"40004","sub_code":"ACQ.TRADE_HAS_CLOSE"}"#;
        let nothing = r#"{"code":"10000","msg":"Success"}"#;
        let discordant = r#"{"code":"40004","sub_code":"ACQ.DISCORDANT_REPEAT_REQUEST"}"#;
        let broken = r#"{"code":"20000","sub_code":"isp.unknow-error"}"#;
        let request = wire::tests::request(orders_domain::Channel::Alipay, None);
        let now = Instant::default();

        let report = answered(closed, made).await.refund(&request, now).await;
        assert_eq!(
            report.map(|report| report.stage),
            Ok(orders_domain::ProviderStage::Arrived)
        );
        assert!(refused(
            answered(closed, nothing).await.refund(&request, now).await
        ));
        assert!(matches!(
            answered(discordant, made).await.refund(&request, now).await,
            Err(ProviderError::Unclear(_))
        ));
        assert!(matches!(
            answered(closed, broken).await.refund(&request, now).await,
            Err(ProviderError::Unclear(_))
        ));
    }

    #[test]
    fn a_bill_that_is_missing_on_the_next_day_is_late_and_empty_after_that() {
        let missing = problem("40004", "isp.bill_not_exist");
        let day = |day| Day::from_ymd_opt(2026, 3, day).unwrap();
        assert!(matches!(
            no_bill(day(9), day(10), &missing),
            Err(ProviderError::Later(_))
        ));
        assert_eq!(no_bill(day(9), day(11), &missing), Ok(Vec::new()));
    }
}
