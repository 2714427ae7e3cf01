//! Answers other than 200: what their codes mean for a refund, a question and a bill.

use http::{HeaderMap, StatusCode};
use orders_domain::RefundFailure;
use serde::Deserialize;

use crate::ProviderError;

/// An answer other than 200.
#[derive(Debug)]
pub(super) struct Refusal {
    status: StatusCode,
    code: String,
    message: String,
    request: String,
    genuine: bool,
}

#[derive(Default, Deserialize)]
struct Body {
    #[serde(default)]
    code: String,
    #[serde(default)]
    message: String,
}

/// What codes have in common, whatever was asked.
enum Common {
    /// Nobody knows.
    Unclear,
    /// Nothing has been done.
    Later,
    /// It depends on what was asked.
    Depends,
}

impl Refusal {
    /// What an answer says. `genuine`: it is signed by WeChat Pay.
    pub(super) fn read(
        status: StatusCode,
        headers: &HeaderMap,
        body: &[u8],
        genuine: bool,
    ) -> Self {
        let Body { code, message } = serde_json::from_slice(body).unwrap_or_default();
        let request = headers
            .get("request-id")
            .and_then(|value| value.to_str().ok());
        Self {
            status,
            code,
            message,
            request: request.unwrap_or_default().to_owned(),
            genuine,
        }
    }

    /// For people, with what WeChat Pay's support asks for.
    pub(super) fn words(&self) -> String {
        let mut words = format!("{} {} {}", self.status.as_u16(), self.code, self.message);
        if !self.request.is_empty() {
            words.push_str(&format!(" (Request-ID {})", self.request));
        }
        if !self.genuine {
            words.push_str(" (not signed)");
        }
        words
    }

    /// What it means when a refund was asked for [申请退款, 错误码].
    pub(super) fn of_a_refund(&self) -> ProviderError {
        match self.common() {
            Common::Unclear => self.unclear(),
            Common::Later => self.later(),
            // What is not signed may say that it is busy, but not that the shopper gets no money.
            Common::Depends if !self.genuine => self.unclear(),
            Common::Depends => match self.code.as_str() {
                // 用户账号注销.
                "USER_ACCOUNT_ABNORMAL" => self.refused(RefundFailure::AccountClosed),
                // 订单号不存在.
                "RESOURCE_NOT_EXISTS" => self.refused(RefundFailure::PaymentUnknown),
                "INVALID_REQUEST" => self.of_an_invalid_refund(),
                _ => self.unclear(),
            },
        }
    }

    /// INVALID_REQUEST is one code for all that is against a rule; which one, only the message says. The documentation
    /// refers to it and does not list the messages, so that they are looked through for the words that matter; all
    /// others mean that it is refused.
    fn of_an_invalid_refund(&self) -> ProviderError {
        let says = |words: &[&str]| words.iter().any(|word| self.message.contains(word));
        if says(&["频率", "稍后"]) {
            // 单笔订单请求频率过高，请于1分钟后重试.
            self.later()
        } else if says(&["不一致"]) {
            // 订单金额或退款金额与之前请求不一致: there is a refund of that number, only another one.
            self.unclear()
        } else if says(&["期限", "一年"]) {
            // 订单已经超过可退款的最大期限(支付后一年内可退款).
            self.refused(RefundFailure::TooOld)
        } else if says(&["次数", "50次"]) {
            self.refused(RefundFailure::TooManyParts)
        } else if says(&["全额退款", "可退金额"]) {
            // 订单已全额退款: by others.
            self.refused(RefundFailure::PaymentUnknown)
        } else {
            self.refused(RefundFailure::Refused)
        }
    }

    /// What it means when it was asked how far a refund is [查询单笔退款, 错误码].
    pub(super) fn of_a_question(&self) -> ProviderError {
        match self.common() {
            Common::Unclear => self.unclear(),
            Common::Later => self.later(),
            Common::Depends if self.genuine && self.code == "RESOURCE_NOT_EXISTS" => {
                ProviderError::NoSuchRefund
            }
            Common::Depends => self.unclear(),
        }
    }

    /// What it means when a bill was asked for [申请交易账单, 错误码]: nothing happened on that day, or an error.
    /// `is_made`: bills of that day are there by now; before that, a bill that does not exist may still come.
    pub(super) fn of_a_bill(&self, is_made: bool) -> Result<(), ProviderError> {
        match self.common() {
            Common::Unclear => Err(self.unclear()),
            Common::Later => Err(self.later()),
            Common::Depends => match self.code.as_str() {
                "NO_STATEMENT_EXIST" if !self.genuine => Err(self.unclear()),
                "NO_STATEMENT_EXIST" if is_made => Ok(()),
                // INVALID_REQUEST: a day that is more than three months ago, or not over.
                "NO_STATEMENT_EXIST" | "STATEMENT_CREATING" | "INVALID_REQUEST" => {
                    Err(self.later())
                }
                _ => Err(self.unclear()),
            },
        }
    }

    fn common(&self) -> Common {
        let status = self.status.as_u16();
        match self.code.as_str() {
            // "The same parameters again": it may have been done, or half.
            "SYSTEM_ERROR" | "BIZERR_NEED_RETRY" => Common::Unclear,
            _ if status >= 500 => Common::Unclear,
            // 请求未受理.
            "FREQUENCY_LIMITED" | "RATELIMIT_EXCEEDED" => Common::Later,
            _ if status == 429 => Common::Later,
            // "Requests whose signature does not verify are not carried out, and answered with 401" [签名]; this answer
            // is never signed.
            _ if status == 401 => Common::Later,
            // No money on the merchant's account; staff have to put some there.
            "NOT_ENOUGH" => Common::Later,
            // Wrong is what we were configured with, or what WeChat Pay allows the merchant. Staff have to mend it; the
            // money is still owed.
            "SIGN_ERROR" | "PARAM_ERROR" | "NO_AUTH" | "MCH_NOT_EXISTS" => Common::Later,
            code if code.starts_with("APPID_") => Common::Later,
            // Whatever else is no refusal: 202 wants the same request once more, 3xx leads elsewhere.
            _ if status < 400 => Common::Unclear,
            _ => Common::Depends,
        }
    }

    fn unclear(&self) -> ProviderError {
        ProviderError::Unclear(self.words())
    }

    fn later(&self) -> ProviderError {
        ProviderError::Later(self.words())
    }

    fn refused(&self, failure: RefundFailure) -> ProviderError {
        ProviderError::Refused(failure, self.words())
    }
}

#[cfg(test)]
mod tests {
    use ProviderError::{Later, NoSuchRefund, Refused, Unclear};

    use super::*;

    fn refusal(status: u16, body: &str, genuine: bool) -> Refusal {
        let status = StatusCode::from_u16(status).expect("a status");
        Refusal::read(status, &HeaderMap::new(), body.as_bytes(), genuine)
    }

    fn signed(status: u16, code: &str, message: &str) -> Refusal {
        let body = serde_json::json!({ "code": code, "message": message });
        refusal(status, &body.to_string(), true)
    }

    /// The error without its words.
    fn kind(error: ProviderError) -> ProviderError {
        match error {
            Unclear(_) => Unclear(String::new()),
            Later(_) => Later(String::new()),
            Refused(failure, _) => Refused(failure, String::new()),
            NoSuchRefund => NoSuchRefund,
        }
    }

    fn unclear() -> ProviderError {
        Unclear(String::new())
    }

    fn later() -> ProviderError {
        Later(String::new())
    }

    fn refused(failure: RefundFailure) -> ProviderError {
        Refused(failure, String::new())
    }

    /// Status, code, message; asked for a refund; asked how far one is.
    fn table() -> Vec<(
        u16,
        &'static str,
        &'static str,
        ProviderError,
        ProviderError,
    )> {
        use RefundFailure as Why;
        let invalid = |message, error| (400, "INVALID_REQUEST", message, error, unclear());
        vec![
            (500, "SYSTEM_ERROR", "系统超时", unclear(), unclear()),
            (502, "SERVICE_UNAVAILABLE", "", unclear(), unclear()),
            (503, "", "", unclear(), unclear()),
            (400, "BIZERR_NEED_RETRY", "", unclear(), unclear()),
            (202, "", "", unclear(), unclear()),
            (301, "", "", unclear(), unclear()),
            (429, "FREQUENCY_LIMITED", "频率限制", later(), later()),
            (429, "RATELIMIT_EXCEEDED", "", later(), later()),
            (429, "", "", later(), later()),
            (
                403,
                "NOT_ENOUGH",
                "基本账户余额不足，请充值后重新发起",
                later(),
                later(),
            ),
            (401, "SIGN_ERROR", "错误的签名，验签失败", later(), later()),
            (400, "PARAM_ERROR", "参数错误", later(), later()),
            (403, "NO_AUTH", "没有退款权限", later(), later()),
            (403, "REQUEST_BLOCKED", "请求受阻", unclear(), unclear()),
            (404, "MCH_NOT_EXISTS", "MCHID不存在", later(), later()),
            (400, "APPID_MCHID_NOT_MATCH", "", later(), later()),
            (
                403,
                "USER_ACCOUNT_ABNORMAL",
                "退款请求失败",
                refused(Why::AccountClosed),
                unclear(),
            ),
            (
                404,
                "RESOURCE_NOT_EXISTS",
                "订单号不存在",
                refused(Why::PaymentUnknown),
                NoSuchRefund,
            ),
            invalid(
                "订单已经超过可退款的最大期限(支付后一年内可退款)",
                refused(Why::TooOld),
            ),
            invalid("订单退款次数超过50次", refused(Why::TooManyParts)),
            invalid("订单已全额退款", refused(Why::PaymentUnknown)),
            invalid("申请退款金额大于订单可退金额", refused(Why::PaymentUnknown)),
            invalid("单笔订单请求频率过高，请于1分钟后重试", later()),
            invalid(
                "订单金额或退款金额与之前请求不一致，请核实后再试",
                unclear(),
            ),
            invalid("该订单不支持退款", refused(Why::Refused)),
            (404, "", "", unclear(), unclear()),
            (400, "SOMETHING_NEW", "", unclear(), unclear()),
        ]
    }

    #[test]
    fn each_code_has_a_meaning() {
        for (status, code, message, refund, question) in table() {
            let answer = signed(status, code, message);
            assert_eq!(
                kind(answer.of_a_refund()),
                refund,
                "{status} {code} {message}"
            );
            assert_eq!(
                kind(answer.of_a_question()),
                question,
                "{status} {code} {message}"
            );
        }
    }

    #[test]
    fn what_is_not_signed_refuses_nothing() {
        for (status, code, message, ..) in table() {
            let body = serde_json::json!({ "code": code, "message": message }).to_string();
            let answer = refusal(status, &body, false);
            for error in [answer.of_a_refund(), answer.of_a_question()] {
                assert!(
                    matches!(error, Unclear(_) | Later(_)),
                    "{status} {code}: {error:?}"
                );
            }
            assert!(answer.of_a_bill(true).is_err(), "{status} {code}");
        }
        let body = r#"{"code":"NO_STATEMENT_EXIST"}"#;
        assert!(matches!(
            refusal(400, body, false).of_a_bill(true),
            Err(Unclear(_))
        ));
    }

    #[test]
    fn what_is_not_readable_is_unclear() {
        for body in ["", "<html>", "[]", r#"{"code":1}"#] {
            let error = refusal(400, body, true).of_a_refund();
            assert_eq!(kind(error), unclear(), "{body}");
        }
    }

    #[test]
    fn a_day_without_refunds_has_no_bill_once_bills_are_made() {
        let none = signed(400, "NO_STATEMENT_EXIST", "账单文件不存在");
        assert_eq!(none.of_a_bill(true), Ok(()));
        assert!(matches!(none.of_a_bill(false), Err(Later(_))));
        let table = [
            (400, "STATEMENT_CREATING", later()),
            (400, "INVALID_REQUEST", later()),
            (429, "FREQUENCY_LIMITED", later()),
            (401, "SIGN_ERROR", later()),
            (500, "SYSTEM_ERROR", unclear()),
            (404, "RESOURCE_NOT_EXISTS", unclear()),
        ];
        for (status, code, error) in table {
            let found = signed(status, code, "").of_a_bill(true).map_err(kind);
            assert_eq!(found, Err(error), "{code}");
        }
    }

    #[test]
    fn its_words_are_what_support_asks_for() {
        let mut headers = HeaderMap::new();
        headers.insert("request-id", "08F5B8-0".parse().expect("a value"));
        let body = r#"{"code":"PARAM_ERROR","message":"参数错误"}"#.as_bytes();
        let answer = Refusal::read(StatusCode::BAD_REQUEST, &headers, body, false);
        assert_eq!(
            answer.words(),
            "400 PARAM_ERROR 参数错误 (Request-ID 08F5B8-0) (not signed)"
        );
    }
}
