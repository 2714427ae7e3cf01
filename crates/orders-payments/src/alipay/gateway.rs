//! Calls of Alipay's gateway: requests are signed, and only what Alipay signed is an answer.

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt;
use std::path::Path;
use std::time::Duration;

use orders_domain::Instant;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use reqwest::header::CONTENT_TYPE;
use reqwest::redirect::Policy;
use reqwest::{Client, Response, Url};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::ProviderError;
use crate::config::AlipayAccount;
use crate::keys::{SigningKey, VerifyingKey};

use super::written::{beijing, written};

/// An answer is a few kilobytes.
const ANSWER_BYTES: usize = 1 << 20;

/// A packed bill of a large shop is a few megabytes.
const BILL_BYTES: usize = 32 << 20;

/// How long a bill may take; anything else may take [`CALL`].
const DOWNLOAD: Duration = Duration::from_secs(60);

/// How long a call may take.
const CALL: Duration = Duration::from_secs(10);

/// The gateway, with the keys of both sides.
#[derive(Debug)]
pub(super) struct Gateway {
    pub(super) app: String,
    pub(super) platform_key: VerifyingKey,
    url: Url,
    private_key: SigningKey,
    http: Client,
}

/// What a call brought.
pub(super) enum Answer<T> {
    /// Code 10000. That the call was understood, and nothing more.
    Done(T),
    /// Any other code.
    Not(Problem),
}

/// What Alipay says instead of doing it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Problem {
    pub(super) code: String,
    pub(super) sub_code: String,
    pub(super) words: String,
}

/// What every answer begins with.
#[derive(Deserialize)]
struct Verdict {
    code: String,
    #[serde(default)]
    msg: String,
    #[serde(default)]
    sub_code: String,
    #[serde(default)]
    sub_msg: String,
}

impl Gateway {
    pub(super) fn new(
        account: &AlipayAccount,
        read: &dyn Fn(&Path) -> Result<String, String>,
    ) -> Result<Self, String> {
        if account.app.is_empty() {
            return Err("app: is empty".to_owned());
        }
        let url = Url::parse(&account.url).map_err(|error| format!("url: {error}"))?;
        if !matches!(url.scheme(), "https" | "http") {
            return Err(format!("url: {url} is no web address"));
        }
        let private_key = SigningKey::read(&read(&account.private_key)?)
            .map_err(|error| format!("private_key: {error}"))?;
        let platform_key = VerifyingKey::read(&read(&account.platform_key)?)
            .map_err(|error| format!("platform_key: {error}"))?;
        let http = Client::builder()
            .no_proxy()
            .redirect(Policy::none())
            .timeout(CALL)
            .build()
            .map_err(|error| error.to_string())?;
        Ok(Self {
            app: account.app.clone(),
            platform_key,
            url,
            private_key,
            http,
        })
    }

    /// Calls `method`. What is not answered, or not with Alipay's signature, is unclear.
    pub(super) async fn call<T: DeserializeOwned>(
        &self,
        method: &str,
        content: &impl Serialize,
        now: Instant,
    ) -> Result<Answer<T>, ProviderError> {
        let content = serde_json::to_string(content).map_err(|error| unclear(&error))?;
        let timestamp = written(beijing(now));
        let mut parameters = BTreeMap::from([
            ("app_id", self.app.as_str()),
            ("charset", "utf-8"),
            ("format", "JSON"),
            ("method", method),
            ("sign_type", "RSA2"),
            ("timestamp", timestamp.as_str()),
            ("version", "1.0"),
            ("biz_content", content.as_str()),
        ]);
        let text = signing_text(&parameters);
        let sign = self
            .private_key
            .sign(text.as_bytes())
            .map_err(ProviderError::Unclear)?;
        // Like Alipay's own SDK: the gateway wants to know the charset before it reads the body.
        parameters.remove("biz_content");
        parameters.insert("sign", &sign);
        let mut url = self.url.clone();
        url.set_query(Some(&form(&parameters)));
        let response = self
            .http
            .post(url)
            .header(
                CONTENT_TYPE,
                "application/x-www-form-urlencoded;charset=utf-8",
            )
            .body(form(&BTreeMap::from([("biz_content", content.as_str())])))
            .send()
            .await
            .map_err(lost)?;
        let body = read(response, ANSWER_BYTES).await?;
        self.answer(method, &body).map_err(ProviderError::Unclear)
    }

    /// Fetches the file behind an address that Alipay gave.
    pub(super) async fn download(&self, address: &str) -> Result<Vec<u8>, ProviderError> {
        let url = file_url(address, &self.url).map_err(ProviderError::Unclear)?;
        let call = self.http.get(url).timeout(DOWNLOAD);
        read(call.send().await.map_err(lost)?, BILL_BYTES).await
    }

    fn answer<T: DeserializeOwned>(&self, method: &str, body: &[u8]) -> Result<Answer<T>, String> {
        let node = signed_node(method, body, &self.platform_key)?;
        let verdict: Verdict = serde_json::from_str(node).map_err(|error| error.to_string())?;
        if verdict.code == "10000" {
            return serde_json::from_str(node)
                .map(Answer::Done)
                .map_err(|error| error.to_string());
        }
        let words = [verdict.msg, verdict.sub_msg].join(" ");
        Ok(Answer::Not(Problem {
            code: verdict.code,
            sub_code: verdict.sub_code,
            words: words.trim().to_owned(),
        }))
    }
}

/// The address of a file. What is there is not signed, so that it is asked for by TLS whatever the address says, unless
/// it is at the gateway itself.
fn file_url(address: &str, gateway: &Url) -> Result<Url, String> {
    let mut url = Url::parse(address).map_err(|error| error.to_string())?;
    let by_http = matches!(url.scheme(), "http" | "https");
    if url.origin() != gateway.origin() && (!by_http || url.set_scheme("https").is_err()) {
        return Err(format!("{}: is no address of a file", url.scheme()));
    }
    Ok(url)
}

/// The text that is signed: every parameter that is not empty, by name (自行实现签名).
fn signing_text(parameters: &BTreeMap<&str, &str>) -> String {
    let pairs: Vec<String> = parameters
        .iter()
        .filter(|(name, value)| **name != "sign" && !value.is_empty())
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    pairs.join("&")
}

fn form(parameters: &BTreeMap<&str, &str>) -> String {
    let pairs: Vec<String> = parameters
        .iter()
        .map(|(name, value)| format!("{name}={}", utf8_percent_encode(value, NON_ALPHANUMERIC)))
        .collect();
    pairs.join("&")
}

/// The node of `method` in an answer, exactly as it stands there: that is what Alipay signed (自行实现验签).
fn signed_node<'a>(method: &str, body: &'a [u8], key: &VerifyingKey) -> Result<&'a str, String> {
    let nodes: BTreeMap<String, &'a RawValue> =
        serde_json::from_slice(body).map_err(|error| format!("no answer: {error}"))?;
    let name = format!("{}_response", method.replace('.', "_"));
    let node = nodes
        .get(&name)
        .or_else(|| nodes.get("error_response"))
        .map(|node| node.get())
        .ok_or_else(|| format!("an answer without {name}"))?;
    let sign = nodes
        .get("sign")
        .and_then(|sign| serde_json::from_str::<String>(sign.get()).ok())
        .filter(|sign| !sign.is_empty())
        .ok_or_else(|| format!("not signed: {}", short(node)))?;
    // Alipay's SDK does so too: some of its systems write `\/` into what they signed with `/`.
    let genuine = key.verifies(node.as_bytes(), &sign)
        || (node.contains("\\/") && key.verifies(node.replace("\\/", "/").as_bytes(), &sign));
    if genuine {
        Ok(node)
    } else {
        Err(format!("wrongly signed: {}", short(node)))
    }
}

/// Enough of an answer to see in a log what it was.
fn short(text: &str) -> String {
    text.chars().take(200).collect()
}

async fn read(mut response: Response, most: usize) -> Result<Vec<u8>, ProviderError> {
    if !response.status().is_success() {
        let words = format!("answered {}", response.status());
        return Err(ProviderError::Unclear(words));
    }
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(lost)? {
        if body.len() + chunk.len() > most {
            let words = format!("answered with more than {most} bytes");
            return Err(ProviderError::Unclear(words));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

/// A connection that failed, in words; without the address, which carries a signature.
fn lost(error: reqwest::Error) -> ProviderError {
    unclear(&error.without_url())
}

/// An error in words, with what caused it.
fn unclear(error: &(dyn Error + 'static)) -> ProviderError {
    let causes = std::iter::successors(Some(error), |error| (*error).source());
    let words: Vec<String> = causes.map(ToString::to_string).collect();
    ProviderError::Unclear(words.join(": "))
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {}", self.code, self.sub_code, self.words)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Made for this test, and used nowhere else.
    const PRIVATE: &str = include_str!("test.pem");
    const PUBLIC: &str = include_str!("test.public.pem");

    #[test]
    fn the_text_to_sign_is_sorted_and_leaves_out_what_is_empty() {
        let parameters = BTreeMap::from([
            ("method", "alipay.trade.refund"),
            ("app_id", "2014072300007148"),
            ("app_auth_token", ""),
            (
                "biz_content",
                r#"{"refund_amount":"0.01","out_request_no":"HZ01 + RF001"}"#,
            ),
            ("sign", "x"),
            ("sign_type", "RSA2"),
            ("timestamp", "2014-07-24 03:07:50"),
        ]);
        assert_eq!(
            signing_text(&parameters),
            r#"app_id=2014072300007148&biz_content={"refund_amount":"0.01","out_request_no":"HZ01 + RF001"}&method=alipay.trade.refund&sign_type=RSA2&timestamp=2014-07-24 03:07:50"#
        );
    }

    #[test]
    fn a_text_gets_the_signature_that_openssl_gives_it() {
        let text = "app_id=2014072300007148&method=alipay.trade.refund&sign_type=RSA2";
        let signature = "ku3Bmsr4De4KWtFltQAEFu/LsQWVChT29XMXFu/KA1f5jiNLZUkKPk99IE95M6I8/qlZf6iGw2RNMzbQdmPb8lErfptTXB7OgobvpwESR367IY+bUx9MFa1pGfvNrdUvMt9l4/Knc2vvZmAohlzH+8FiQqQE3H/7QffNzSA86lhC9IwBZD8Aku1JlMmlZL0DMPoWo+yr2Mk172zaO7W+rtfBJWLu+ejiGFGMcZBq/M0u9+IfL4R0T2mL0Od672or3VcDCD5j/UnTgBoYSBtEqKDFVtyWknYTLUIRmlOdMKvbvKKA8i943a4Uv4SS4U8mwJ6BzkrLa6tEFRP+p+dIaw==";
        let key = SigningKey::read(PRIVATE).unwrap();
        assert_eq!(key.sign(text.as_bytes()).unwrap(), signature);
        let key = VerifyingKey::read(PUBLIC).unwrap();
        assert!(key.verifies(text.as_bytes(), signature));
        assert!(!key.verifies(b"app_id=2014072300007148", signature));
    }

    #[test]
    fn files_come_by_tls_or_from_the_gateway() {
        let check = |address: &str, expected: Option<&str>| {
            let gateway = Url::parse("http://127.0.0.1:8080/gateway.do").unwrap();
            let url = file_url(address, &gateway).ok();
            assert_eq!(url.as_ref().map(Url::as_str), expected);
        };
        let bills = "https://dwbillcenter.alipay.com/downloadBillFile.resource?bizType=trade";
        check(bills, Some(bills));
        check(&bills.replace("https", "http"), Some(bills));
        check(
            "http://127.0.0.1:8080/file",
            Some("http://127.0.0.1:8080/file"),
        );
        check(
            "http://127.0.0.1:8081/file",
            Some("https://127.0.0.1:8081/file"),
        );
        check("file:///etc/passwd", None);
        check("//127.0.0.1/file", None);
        check("", None);
    }

    #[test]
    fn what_was_signed_is_found_as_it_stands_in_the_body() {
        let check = |node: &str| {
            let sign = SigningKey::read(PRIVATE)
                .unwrap()
                .sign(node.as_bytes())
                .unwrap();
            let key = VerifyingKey::read(PUBLIC).unwrap();
            for body in [
                format!(r#"{{"a_b_response":{node},"sign":"{sign}"}}"#),
                format!(r#"{{ "sign" : "{sign}" , "a_b_response" : {node} }}"#),
                format!(r#"{{"alipay_cert_sn":"x","error_response":{node},"sign":"{sign}"}}"#),
            ] {
                assert_eq!(
                    signed_node("a.b", body.as_bytes(), &key),
                    Ok(node),
                    "{body}"
                );
            }
        };
        check(r#"{"code":"10000","msg":"Success"}"#);
        check(r#"{"code":"10000",  "list":[{"a":{"b":[1,{}]}},{"c":"d"}] ,"z":1.10}"#);
        check(r#"{"msg":"}{,\"sign\":\"x\"}","code":"10000"}"#);
        check(r#"{"msg":"\\","sub_msg":"\u5356\u5bb6卖家\\\"}","code":"40004"}"#);
        check(r#"{"a_b_response":{"sign":"x"},"code":"10000"}"#);
        check("{}");
    }

    #[test]
    fn slashes_may_be_escaped_after_signing() {
        let key = SigningKey::read(PRIVATE).unwrap();
        let sign = key.sign(br#"{"url":"https://a/b"}"#).unwrap();
        let body = format!(r#"{{"a_response":{{"url":"https:\/\/a\/b"}},"sign":"{sign}"}}"#);
        let key = VerifyingKey::read(PUBLIC).unwrap();
        assert_eq!(
            signed_node("a", body.as_bytes(), &key),
            Ok(r#"{"url":"https:\/\/a\/b"}"#)
        );
    }

    #[test]
    fn what_is_not_signed_is_no_answer() {
        let key = SigningKey::read(PRIVATE).unwrap();
        let sign = key.sign(br#"{"code":"10000"}"#).unwrap();
        let key = VerifyingKey::read(PUBLIC).unwrap();
        for (body, expected) in [
            (
                r#"{"a_response":{"code":"10000"}}"#.to_owned(),
                "not signed",
            ),
            (
                r#"{"a_response":{"code":"10000"},"sign":""}"#.to_owned(),
                "not signed",
            ),
            (
                format!(r#"{{"a_response":{{"code":"10000" }},"sign":"{sign}"}}"#),
                "wrongly signed",
            ),
            (
                format!(r#"{{"b_response":{{"code":"10000"}},"sign":"{sign}"}}"#),
                "an answer without a_response",
            ),
            ("<html>".to_owned(), "no answer"),
            (String::new(), "no answer"),
        ] {
            let error = signed_node("a", body.as_bytes(), &key).unwrap_err();
            assert!(error.starts_with(expected), "{body}: {error}");
        }
    }
}
