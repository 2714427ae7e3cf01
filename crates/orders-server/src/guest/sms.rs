//! Text messages: handed to the shop's own sender by a signed webhook (docs/GUESTS.md).

use std::time::Duration;

use aws_lc_rs::hmac;
use orders_api::Language;
use orders_domain::Instant;
use reqwest::redirect::Policy;
use reqwest::{Client, StatusCode, Url};
use serde::Serialize;

use crate::config::limits::SMS_TIME;
use crate::mail::NotSent;
use crate::random::to_hex;

/// The header with the time and the signature.
const SIGNATURE: &str = "tepai-signature";
/// The shortest key that is taken, in bytes.
const KEY_BYTES: usize = 16;

/// Where text messages are handed in, and with which key they are signed.
#[derive(Clone)]
pub struct SmsWebhook {
    url: Url,
    key: hmac::Key,
    client: Client,
}

/// A text message, as the webhook gets it.
#[derive(Debug, Serialize)]
pub struct TextMessage<'a> {
    /// The same each time the same is sent, so that a repetition is known as one.
    pub id: &'a str,
    /// What it is: `guest_code`.
    pub kind: &'static str,
    /// The telephone number: digits, without +86.
    pub to: &'a str,
    /// The code, for senders that fill templates of their own.
    pub code: &'a str,
    /// `zh-CN` or `en`.
    pub language: Language,
    /// All of it, for senders that take texts.
    pub text: String,
    /// For how long the code can be used.
    pub valid_minutes: i64,
    /// The id of the shop.
    pub shop: &'a str,
}

impl SmsWebhook {
    /// By its settings.
    ///
    /// # Errors
    /// What is wrong, in words; never the key.
    pub fn new(url: &str, key: &str) -> Result<Self, String> {
        let wrong = |what: &str| format!("TEPAI_SMS_WEBHOOK: {what}");
        let url = Url::parse(url.trim()).map_err(|_| wrong("not a URL"))?;
        let near = matches!(url.host_str(), Some("localhost" | "127.0.0.1" | "[::1]"));
        if url.scheme() != "https" && !(near && url.scheme() == "http") {
            return Err(wrong("codes go by https://, or to this machine"));
        }
        if key.len() < KEY_BYTES {
            return Err(format!("TEPAI_SMS_KEY: at least {KEY_BYTES} bytes"));
        }
        let client = Client::builder()
            .no_proxy()
            .redirect(Policy::none())
            .timeout(SMS_TIME)
            .connect_timeout(SMS_TIME.min(Duration::from_secs(5)))
            .build()
            .map_err(|error| wrong(&error.to_string()))?;
        Ok(Self {
            url,
            key: hmac::Key::new(hmac::HMAC_SHA256, key.as_bytes()),
            client,
        })
    }

    /// Hands a message in.
    ///
    /// # Errors
    /// [`NotSent`]: "later" unless the answer says that it is never taken.
    pub async fn send(&self, message: &TextMessage<'_>, now: Instant) -> Result<(), NotSent> {
        let body =
            serde_json::to_string(message).map_err(|error| NotSent::Refused(error.to_string()))?;
        let signature = self.signature(now, &body);
        let answer = self
            .client
            .post(self.url.clone())
            .header(reqwest::header::CONTENT_TYPE, "application/json")
            .header(SIGNATURE, signature)
            .body(body)
            .send()
            .await
            // Without the URL: there may be a secret in it.
            .map_err(|error| NotSent::Later(error.without_url().to_string()))?;
        let status = answer.status();
        match status {
            _ if status.is_success() => Ok(()),
            StatusCode::REQUEST_TIMEOUT | StatusCode::TOO_MANY_REQUESTS => {
                Err(NotSent::Later(format!("the webhook answers {status}")))
            }
            _ if status.is_client_error() || status.is_redirection() => {
                Err(NotSent::Refused(format!("the webhook answers {status}")))
            }
            _ => Err(NotSent::Later(format!("the webhook answers {status}"))),
        }
    }

    /// `t=SECONDS,v1=HEX`: of the time and the body, so that an old message cannot be sent again.
    fn signature(&self, now: Instant, body: &str) -> String {
        let seconds = now.timestamp();
        let tag = hmac::sign(&self.key, format!("{seconds}.{body}").as_bytes());
        format!("t={seconds},v1={}", to_hex(tag.as_ref()))
    }
}

impl std::fmt::Debug for SmsWebhook {
    /// Without URL and key.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SmsWebhook").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_is_the_hmac_of_time_and_body() {
        let webhook = SmsWebhook::new("https://shop.example/sms", "0123456789abcdef");
        let webhook = webhook.expect("a webhook");
        let now = "2026-11-26T12:00:00Z".parse().expect("an instant");
        // printf '1795694400.{}' | openssl dgst -sha256 -hmac 0123456789abcdef
        assert_eq!(
            webhook.signature(now, "{}"),
            "t=1795694400,v1=39efff9808474ed24aa83d8e7bff06e18f007c7c4641b1b0e34b3968ee233ab4"
        );
    }

    #[test]
    fn a_webhook_that_would_leak_codes_is_refused() {
        for (url, key, reason) in [
            ("", "0123456789abcdef", "not a URL"),
            ("http://shop.example/sms", "0123456789abcdef", "https"),
            ("ftp://localhost/sms", "0123456789abcdef", "https"),
            ("https://shop.example/sms", "short", "TEPAI_SMS_KEY"),
        ] {
            let words = SmsWebhook::new(url, key).err().unwrap_or_default();
            assert!(words.contains(reason), "{url}: {words}");
        }
        assert!(SmsWebhook::new("http://127.0.0.1:9/sms", "0123456789abcdef").is_ok());
    }
}
