//! What the tests of this module have in common: an account, a request, and a notification that others made.

use std::path::Path;

use aws_lc_rs::encoding::{AsDer as _, PublicKeyX509Der};
use aws_lc_rs::signature::{KeyPair as _, RsaKeyPair};
use chrono::DateTime;
use http::{HeaderMap, HeaderName, HeaderValue};
use orders_domain::{
    Channel, Currency, ExternalId, Instant, LocalText, Money, Payment, ProviderId, RefundId,
    RefundRequest,
};
use orders_testkit::providers::WechatPaySimulator;

use super::WechatPay;
use crate::config::WechatPayAccount;
use crate::keys::SigningKey;

/// Encrypted by Python's cryptography, signed by OpenSSL.
pub(super) const NOTIFICATION: &str = include_str!("sample_notification.json");
pub(super) const NOTIFICATION_SIGNATURE: &str = include_str!("sample_notification.sig");
pub(super) const NOTIFICATION_NONCE: &str = "c5ac7061fccab6bf3e254dcf98995b8c";

/// 2019-04-02, the day of the documentation's examples.
pub(super) const SECONDS: i64 = 1_554_208_460;

pub(super) const CALLBACK: &str = "https://shop.example/callbacks/wechat";

pub(super) fn now() -> Instant {
    DateTime::from_timestamp(SECONDS, 0).expect("a time")
}

pub(super) fn account() -> WechatPayAccount {
    WechatPayAccount {
        url: "https://api.mch.weixin.qq.com".to_owned(),
        merchant: WechatPaySimulator::MERCHANT.to_owned(),
        certificate_serial: WechatPaySimulator::CERTIFICATE_SERIAL.to_owned(),
        private_key: "private".into(),
        platform_key_id: WechatPaySimulator::PLATFORM_KEY_ID.to_owned(),
        platform_key: "platform".into(),
        api_key: "api".into(),
    }
}

/// The account's files.
pub(super) fn read(path: &Path) -> Result<String, String> {
    match path.to_str() {
        Some("private") => Ok(WechatPaySimulator::PRIVATE_KEY.to_owned()),
        Some("platform") => Ok(platform_key()),
        Some("api") => Ok(format!("{}\n", WechatPaySimulator::API_KEY)),
        _ => Err("there is no such file".to_owned()),
    }
}

pub(super) fn wechat_pay() -> WechatPay {
    WechatPay::new(&account(), CALLBACK, &read).expect("an account")
}

/// The public half of the key with which the simulator signs.
pub(super) fn platform_key() -> String {
    let private = pem::parse(WechatPaySimulator::PLATFORM_PRIVATE_KEY).expect("PEM");
    let pair = RsaKeyPair::from_pkcs8(private.contents()).expect("a key");
    let der: PublicKeyX509Der<'_> = pair.public_key().as_der().expect("a key");
    pem::encode(&pem::Pem::new("PUBLIC KEY", der.as_ref().to_vec()))
}

/// The headers of a message that WeChat Pay signs.
pub(super) fn signed(body: &str, at: i64) -> HeaderMap {
    let key = SigningKey::read(WechatPaySimulator::PLATFORM_PRIVATE_KEY).expect("a key");
    let nonce = "0123456789abcdef";
    let text = format!("{at}\n{nonce}\n{body}\n");
    let signature = key.sign(text.as_bytes()).expect("a signature");
    headers(&signature, nonce, at)
}

/// The headers of [`NOTIFICATION`].
pub(super) fn notification_headers() -> HeaderMap {
    headers(NOTIFICATION_SIGNATURE, NOTIFICATION_NONCE, SECONDS)
}

fn headers(signature: &str, nonce: &str, at: i64) -> HeaderMap {
    let at = at.to_string();
    let pairs = [
        ("wechatpay-serial", WechatPaySimulator::PLATFORM_KEY_ID),
        ("wechatpay-timestamp", &at),
        ("wechatpay-nonce", nonce),
        ("wechatpay-signature", signature),
    ];
    let pairs = pairs.map(|(name, value)| {
        let value = HeaderValue::from_str(value).expect("a value");
        (HeaderName::from_static(name), value)
    });
    pairs.into_iter().collect()
}

/// One yuan of three, paid for the order tp-100001.
pub(super) fn request() -> RefundRequest {
    RefundRequest {
        refund: RefundId::from("ord_1-R1"),
        provider: ProviderId::from("wechat"),
        order: ExternalId::from("tp-100001"),
        amount: Money::new(100, Currency::CNY),
        payment: Payment {
            channel: Channel::WechatPay,
            account: LocalText::new("微信零钱", "WeChat balance"),
            amount: 300,
            paid_at: now(),
            reference: None,
        },
        sent_at: None,
    }
}
