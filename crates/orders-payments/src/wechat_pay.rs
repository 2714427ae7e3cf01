//! WeChat Pay, API v3: refunds of a merchant.
//!
//! The names in brackets are those of the pages of 微信支付商户文档中心 (pay.weixin.qq.com/doc/v3/merchant).

mod answer;
mod bill;
mod notification;
mod refusal;
#[cfg(test)]
mod samples;
mod sign;

use std::path::Path;
use std::time::Duration;

use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE};
use http::{HeaderMap, Method, StatusCode};
use orders_domain::{
    Day, Instant, ProviderLimits, ProviderReport, ProviderStage, RefundFailure, RefundRequest,
};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use reqwest::redirect::Policy;
use reqwest::{Client, Url};

use crate::config::WechatPayAccount;
use crate::{LedgerEntry, Notification, NotificationError, ProviderError};
use bill::BillAddress;
use notification::ApiKey;
use refusal::Refusal;
use sign::{Signer, Verifier};

/// How long an answer may take and how many bytes it may have.
#[derive(Clone, Copy)]
struct Limits {
    time: Duration,
    bytes: usize,
}

/// Real ones have less than two thousand bytes.
const ANSWER: Limits = Limits {
    time: Duration::from_secs(10),
    bytes: 1 << 20,
};

/// A day's bill, compressed: half a million refunds or so.
const BILL: Limits = Limits {
    time: Duration::from_secs(60),
    bytes: 64 << 20,
};

/// Requests without a name may be turned away [基本规则].
const USER_AGENT: &str = concat!("tepai/", env!("CARGO_PKG_VERSION"));

const JSON: &str = "application/json";

/// A merchant account at WeChat Pay.
#[derive(Debug)]
pub struct WechatPay {
    client: Client,
    /// Where the API is, without a path.
    url: Url,
    signer: Signer,
    verifier: Verifier,
    api_key: ApiKey,
    /// Where WeChat Pay tells news.
    callback: String,
}

/// What came back, signed or not.
struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: Vec<u8>,
}

impl WechatPay {
    /// A year, 50 parts, a minute apart [申请退款].
    pub(crate) const LIMITS: ProviderLimits = ProviderLimits {
        payment_days: Some(365),
        parts: Some(50),
        seconds_apart: 60,
        seconds_before: 0,
    };

    pub(crate) fn new(
        account: &WechatPayAccount,
        callback: &str,
        read: &dyn Fn(&Path) -> Result<String, String>,
    ) -> Result<Self, String> {
        let private_key = read(&account.private_key)?;
        let platform_key = read(&account.platform_key)?;
        let api_key = read(&account.api_key)?;
        Ok(Self {
            client: client()?,
            url: base(&account.url)?,
            signer: Signer::new(&account.merchant, &account.certificate_serial, &private_key)?,
            verifier: Verifier::new(&account.platform_key_id, &platform_key)?,
            api_key: ApiKey::read(&api_key)?,
            callback: callback.to_owned(),
        })
    }

    pub(crate) async fn refund(
        &self,
        request: &RefundRequest,
        now: Instant,
    ) -> Result<ProviderReport, ProviderError> {
        let body = answer::question(request, &self.callback).map_err(ProviderError::Unclear)?;
        let url = self.at("/v3/refund/domestic/refunds")?;
        match self.call(Method::POST, url, Some(body), now).await? {
            Ok(body) => answer::read(&body, request, ProviderStage::Accepted),
            Err(refusal) => match refusal.of_a_refund() {
                ProviderError::Refused(failure, words) => {
                    self.refused(request, failure, words, now).await
                }
                error => Err(error),
            },
        }
    }

    /// A refusal is believed only when there is no refund of that number. An earlier try that nobody answered may have
    /// gone through, and a try that comes after it is refused for its sake (订单已全额退款); to call that one failed would
    /// let the shopper ask for the same money by another way.
    async fn refused(
        &self,
        request: &RefundRequest,
        failure: RefundFailure,
        words: String,
        now: Instant,
    ) -> Result<ProviderReport, ProviderError> {
        match self.ask(request, now).await {
            Ok(report) => Ok(report),
            Err(ProviderError::NoSuchRefund) => Err(ProviderError::Refused(failure, words)),
            Err(error) => Err(ProviderError::Unclear(format!(
                "{words}; but whether there is a refund of that number is not known: {error}"
            ))),
        }
    }

    pub(crate) async fn ask(
        &self,
        request: &RefundRequest,
        now: Instant,
    ) -> Result<ProviderReport, ProviderError> {
        let number = in_path(request.refund.as_str());
        let url = self.at(&format!("/v3/refund/domestic/refunds/{number}"))?;
        match self.call(Method::GET, url, None, now).await? {
            // PROCESSING is all that WeChat Pay says between its own part, which is done within minutes, and the bank's,
            // which takes one to three working days (S2's "processed and in clearing") [查询单笔退款].
            Ok(body) => answer::read(&body, request, ProviderStage::InClearing),
            Err(refusal) => Err(refusal.of_a_question()),
        }
    }

    pub(crate) fn read_notification(
        &self,
        headers: &HeaderMap,
        body: &[u8],
        now: Instant,
    ) -> Result<Notification, NotificationError> {
        self.verifier
            .verify(headers, body, now)
            .map_err(NotificationError::NotGenuine)?;
        notification::read(body, &self.api_key, self.signer.merchant())
    }

    pub(crate) async fn ledger(
        &self,
        day: Day,
        now: Instant,
    ) -> Result<Vec<LedgerEntry>, ProviderError> {
        let query = format!("bill_date={day}&bill_type=REFUND&tar_type=GZIP");
        let url = self.at(&format!("/v3/bill/tradebill?{query}"))?;
        let address = match self.call(Method::GET, url, None, now).await? {
            Ok(body) => BillAddress::read(&body, &self.url).map_err(ProviderError::Unclear)?,
            Err(refusal) => {
                return refusal
                    .of_a_bill(bill::is_made(day, now))
                    .map(|()| Vec::new());
            }
        };
        // This answer is not signed [下载账单]; the digest in the one before vouches for it.
        let answer = self
            .exchange(Method::GET, address.url.clone(), None, BILL, now)
            .await?;
        if answer.status != StatusCode::OK {
            let refusal = Refusal::read(answer.status, &answer.headers, &answer.body, false);
            return Err(ProviderError::Unclear(refusal.words()));
        }
        let text = address.open(&answer.body).map_err(ProviderError::Unclear)?;
        bill::entries(&text).map_err(ProviderError::Unclear)
    }

    fn at(&self, path: &str) -> Result<Url, ProviderError> {
        self.url
            .join(path)
            .map_err(|error| ProviderError::Unclear(error.to_string()))
    }

    /// Sends a request and gives the body of an answer that is genuine, or the refusal.
    async fn call(
        &self,
        method: Method,
        url: Url,
        body: Option<String>,
        now: Instant,
    ) -> Result<Result<Vec<u8>, Refusal>, ProviderError> {
        let answer = self.exchange(method, url, body, ANSWER, now).await?;
        let genuine = self.verifier.verify(&answer.headers, &answer.body, now);
        match (answer.status, genuine) {
            (StatusCode::OK, Ok(())) => Ok(Ok(answer.body)),
            // "An answer that succeeds and is not signed is to be taken for a forgery" [签名].
            (StatusCode::OK, Err(words)) => Err(ProviderError::Unclear(words)),
            (status, genuine) => Ok(Err(Refusal::read(
                status,
                &answer.headers,
                &answer.body,
                genuine.is_ok(),
            ))),
        }
    }

    /// Sends a request, signed, and gives what comes back, whatever it is.
    async fn exchange(
        &self,
        method: Method,
        url: Url,
        body: Option<String>,
        limits: Limits,
        now: Instant,
    ) -> Result<Answer, ProviderError> {
        let body = body.unwrap_or_default();
        let authorization = self
            .signer
            .authorization(&method, &url, &body, now)
            .map_err(ProviderError::Unclear)?;
        let mut request = self
            .client
            .request(method, url)
            .timeout(limits.time)
            .header(ACCEPT, JSON)
            .header(AUTHORIZATION, authorization);
        if let Some(id) = self.verifier.wanted() {
            request = request.header(sign::SERIAL, id);
        }
        if !body.is_empty() {
            request = request.header(CONTENT_TYPE, JSON).body(body);
        }
        read_answer(request, limits.bytes)
            .await
            .map_err(ProviderError::Unclear)
    }
}

async fn read_answer(request: reqwest::RequestBuilder, longest: usize) -> Result<Answer, String> {
    let mut response = request.send().await.map_err(in_words)?;
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(in_words)? {
        if body.len() + chunk.len() > longest {
            return Err(format!("an answer of more than {longest} bytes"));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(Answer {
        status: response.status(),
        headers: std::mem::take(response.headers_mut()),
        body,
    })
}

/// With its causes: reqwest's own words do not say more than that something went wrong.
fn in_words(error: reqwest::Error) -> String {
    let mut words = error.to_string();
    let mut cause = std::error::Error::source(&error);
    while let Some(error) = cause {
        words.push_str(": ");
        words.push_str(&error.to_string());
        cause = error.source();
    }
    words
}

/// Without a proxy, so that nothing in the environment leads requests elsewhere, and without following anybody
/// anywhere: a signature is good for one address.
fn client() -> Result<Client, String> {
    Client::builder()
        .user_agent(USER_AGENT)
        .timeout(ANSWER.time)
        .redirect(Policy::none())
        .no_proxy()
        .build()
        .map_err(in_words)
}

/// "All requests must use HTTPS" [基本规则]; what is on this machine may do without.
fn base(url: &str) -> Result<Url, String> {
    if url.ends_with('/') {
        return Err("url: ends with a slash".to_owned());
    }
    let parsed = Url::parse(url).map_err(|error| format!("url: {error}"))?;
    if parsed.path() != "/" || parsed.query().is_some() || parsed.fragment().is_some() {
        return Err("url: has more than scheme, host and port".to_owned());
    }
    let is_here = matches!(parsed.host_str(), Some("127.0.0.1" | "[::1]" | "localhost"));
    match parsed.scheme() {
        "https" => Ok(parsed),
        "http" if is_here => Ok(parsed),
        _ => Err("url: is not https".to_owned()),
    }
}

/// What stays as it is in a segment of a path (RFC 3986, unreserved characters).
const UNRESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// `text` as one segment of a path.
fn in_path(text: &str) -> String {
    utf8_percent_encode(text, UNRESERVED).to_string()
}

#[cfg(test)]
mod tests {
    use super::samples::{CALLBACK, account, read, wechat_pay};
    use super::*;

    #[test]
    fn what_is_wrong_with_an_account_is_named() {
        type Spoil = fn(&mut WechatPayAccount);
        let table: [(&str, Spoil); 8] = [
            ("url: ", |account| account.url.push('/')),
            ("merchant: ", |account| account.merchant.push('x')),
            ("certificate_serial: ", |account| {
                account.certificate_serial.clear();
            }),
            ("platform_key_id: ", |account| {
                account.platform_key_id.push('"')
            }),
            ("private_key: ", |account| {
                account.private_key = "platform".into()
            }),
            ("platform_key: ", |account| {
                account.platform_key = "private".into()
            }),
            ("api_key: ", |account| account.api_key = "platform".into()),
            ("no such file", |account| account.api_key = "missing".into()),
        ];
        for (words, spoil) in table {
            let mut account = account();
            spoil(&mut account);
            let error = WechatPay::new(&account, CALLBACK, &read).expect_err(words);
            assert!(error.contains(words), "{error}");
        }
    }

    #[test]
    fn no_key_is_shown_to_those_who_debug() {
        let shown = format!("{:?}", wechat_pay());
        assert!(!shown.contains("32 characters"), "{shown}");
        assert!(!shown.contains("PRIVATE"), "{shown}");
    }

    #[test]
    fn a_number_is_one_segment_of_the_path() {
        let table = [
            ("ord_1-R1", "ord_1-R1"),
            ("a/b?c#d", "a%2Fb%3Fc%23d"),
            ("a|b*c@d", "a%7Cb%2Ac%40d"),
            ("退款", "%E9%80%80%E6%AC%BE"),
        ];
        for (number, path) in table {
            assert_eq!(in_path(number), path);
            let url = Url::parse("http://a").expect("a URL");
            let joined = url.join(&format!("/v3/{path}")).expect("a URL");
            assert_eq!(joined.path(), format!("/v3/{path}"), "is sent as signed");
        }
    }

    #[test]
    fn the_url_is_a_place_without_a_path_and_not_in_the_clear() {
        for fine in [
            "https://api.mch.weixin.qq.com",
            "http://127.0.0.1:8080",
            "http://localhost:1",
        ] {
            assert!(base(fine).is_ok(), "{fine}");
        }
        for wrong in [
            "https://api.mch.weixin.qq.com/",
            "https://api.mch.weixin.qq.com/v3",
            "https://api.mch.weixin.qq.com?a=b",
            "http://api.mch.weixin.qq.com",
            "ftp://127.0.0.1",
            "api.mch.weixin.qq.com",
            "",
        ] {
            assert!(base(wrong).is_err(), "{wrong}");
        }
    }
}
