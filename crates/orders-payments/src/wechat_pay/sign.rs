//! The signatures of API v3: ours on requests, WeChat Pay's on answers and notifications.

use aws_lc_rs::rand::{SecureRandom as _, SystemRandom};
use http::{HeaderMap, HeaderName, Method};
use orders_domain::Instant;
use reqwest::Url;

use crate::keys::{SigningKey, VerifyingKey};

/// By which key an answer is signed, and in a request, by which it is to be signed.
pub(super) const SERIAL: HeaderName = HeaderName::from_static("wechatpay-serial");
const TIMESTAMP: HeaderName = HeaderName::from_static("wechatpay-timestamp");
const NONCE: HeaderName = HeaderName::from_static("wechatpay-nonce");
const SIGNATURE: HeaderName = HeaderName::from_static("wechatpay-signature");

/// How far the signer's clock may be from ours, in seconds: so that an old message cannot be sent again
/// [如何使用平台证书验签名, 防止重放攻击].
const FRESH: i64 = 5 * 60;

/// What ids of keys begin with, unlike serial numbers of certificates.
const PUBLIC_KEY: &str = "PUB_KEY_ID_";

/// Signs requests for a merchant.
#[derive(Debug)]
pub(super) struct Signer {
    merchant: String,
    certificate_serial: String,
    key: SigningKey,
}

/// Checks what is said to come from WeChat Pay.
#[derive(Debug)]
pub(super) struct Verifier {
    id: String,
    key: VerifyingKey,
}

impl Signer {
    /// # Errors
    /// In words, what is wrong with which of them.
    pub(super) fn new(merchant: &str, certificate_serial: &str, key: &str) -> Result<Self, String> {
        let digits = !merchant.is_empty() && merchant.bytes().all(|byte| byte.is_ascii_digit());
        if !digits {
            return Err(format!("merchant: {merchant:?} is not digits"));
        }
        check_id("certificate_serial", certificate_serial)?;
        Ok(Self {
            merchant: merchant.to_owned(),
            certificate_serial: certificate_serial.to_owned(),
            key: SigningKey::read(key).map_err(|reason| format!("private_key: {reason}"))?,
        })
    }

    /// The merchant's number.
    pub(super) fn merchant(&self) -> &str {
        &self.merchant
    }

    /// The header that makes a request the merchant's.
    ///
    /// # Errors
    /// In words, when there is no randomness.
    pub(super) fn authorization(
        &self,
        method: &Method,
        url: &Url,
        body: &str,
        now: Instant,
    ) -> Result<String, String> {
        self.authorization_with(method, url, body, now.timestamp(), &nonce()?)
    }

    fn authorization_with(
        &self,
        method: &Method,
        url: &Url,
        body: &str,
        timestamp: i64,
        nonce: &str,
    ) -> Result<String, String> {
        let query = url.query().map(|query| format!("?{query}"));
        let target = format!("{}{}", url.path(), query.unwrap_or_default());
        // Five lines, each of them ended, the last one too [签名生成].
        let text = format!("{method}\n{target}\n{timestamp}\n{nonce}\n{body}\n");
        let signature = self.key.sign(text.as_bytes())?;
        let Self {
            merchant,
            certificate_serial,
            key: _,
        } = self;
        Ok(format!(
            "WECHATPAY2-SHA256-RSA2048 mchid=\"{merchant}\",nonce_str=\"{nonce}\",\
             signature=\"{signature}\",timestamp=\"{timestamp}\",serial_no=\"{certificate_serial}\""
        ))
    }
}

impl Verifier {
    /// # Errors
    /// In words, what is wrong with which of them.
    pub(super) fn new(id: &str, key: &str) -> Result<Self, String> {
        check_id("platform_key_id", id)?;
        Ok(Self {
            id: id.to_owned(),
            key: VerifyingKey::read(key).map_err(|reason| format!("platform_key: {reason}"))?,
        })
    }

    /// What requests say of the key by which answers are to be signed. Certificates are what WeChat Pay uses of its own
    /// accord; public keys have to be asked for [如何从平台证书切换成微信支付公钥].
    pub(super) fn wanted(&self) -> Option<&str> {
        self.id.starts_with(PUBLIC_KEY).then_some(&self.id)
    }

    /// Whether a message comes from WeChat Pay, just now. Its own probes, whose signatures begin with
    /// `WECHATPAY/SIGNTEST/`, want to see that they do not pass [应对签名探测流量].
    ///
    /// # Errors
    /// In words, why it is not believed.
    pub(super) fn verify(
        &self,
        headers: &HeaderMap,
        body: &[u8],
        now: Instant,
    ) -> Result<(), String> {
        let serial = only(headers, &SERIAL)?;
        if serial != self.id {
            return Err(format!("signed by the key {serial:?}, which is not ours"));
        }
        let timestamp = only(headers, &TIMESTAMP)?;
        let signed_at: i64 = timestamp
            .parse()
            .map_err(|_| format!("{timestamp:?} is no timestamp"))?;
        let apart = now.timestamp().abs_diff(signed_at);
        if apart > FRESH.unsigned_abs() {
            return Err(format!("signed {apart} seconds away from now"));
        }
        let nonce = only(headers, &NONCE)?;
        let signature = only(headers, &SIGNATURE)?;
        // Three lines, each of them ended, the last one too [签名验证].
        let mut text = format!("{timestamp}\n{nonce}\n").into_bytes();
        text.extend_from_slice(body);
        text.push(b'\n');
        if self.key.verifies(&text, signature) {
            Ok(())
        } else {
            Err("the signature is wrong".to_owned())
        }
    }
}

/// The value of a header that is there once.
fn only<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Result<&'a str, String> {
    let mut values = headers.get_all(name).iter();
    let (Some(value), None) = (values.next(), values.next()) else {
        return Err(format!("{name} is missing or there twice"));
    };
    value
        .to_str()
        .map_err(|_| format!("{name} is not readable"))
}

/// Ids stand between quotation marks in a header.
fn check_id(name: &str, id: &str) -> Result<(), String> {
    let fine = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    if !id.is_empty() && id.bytes().all(fine) {
        Ok(())
    } else {
        Err(format!(
            "{name}: {id:?} is neither a serial number nor a key's id"
        ))
    }
}

/// 128 bits, as 32 characters, which is as long as it may be.
fn nonce() -> Result<String, String> {
    let mut bytes = [0_u8; 16];
    SystemRandom::new()
        .fill(&mut bytes)
        .map_err(|error| error.to_string())?;
    Ok(bytes.iter().map(|byte| format!("{byte:02X}")).collect())
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use orders_testkit::providers::WechatPaySimulator;

    use super::super::samples::{
        CALLBACK, NOTIFICATION, SECONDS, notification_headers, now, platform_key, request, signed,
    };
    use super::*;

    /// By `openssl dgst -sha256 -sign`.
    const POSTED: &str = "Uk0fxK4D0bhUtrcOBv8TCqqic+iECvBOUn8bokVXGrP462obgspc/HKVceA7EflXdixGxL9sdu7/nU81cd31NK\
         viqnenLY2DlBo2stLnkfZBB84cdK+Mo80I3WOakCJ8/PZfyn1B+jduAgI5WXml94Phd6eLhhQYswquJnwpBDZ7\
         jKui+gsJqxdu/cu1hmsUz8JIOFCc+YhFQ/ZcUyAlwr3bzitoawUgmivwm7BBuCruOvKqLALGkz7NYjkl+K9mhA\
         rLsyW18T3etfNS0a4jyh17ORnrLx9k1q55K5KK9CDQsyXIuBfVzGWs6ZZyZtV/2wqbgv/dazx4MYPhZlxrxg==";
    const GOT: &str = "yE3RAFjH/AQitJheMZKnIolnq58vhLfE3h6pkcuowVv4Jw7a/vMuKHuFkKAKPvAp1VoMMGKKcTa8sDdZhqQyZE\
         iMtgcZoZxMX0Icn9IcYW6VYoqLz3FKKqxMFysmBowo+/kFZs/Fcl2BJvW/hHTG3Z8oFCzqVITzidQY7tBGQ4dm\
         e/GYbSA+A9oaaFLErfgGBGFeyJq43U6QYmQe9rZNIG/STs6AsJxrFVyfDmN+IvJIVCSPRr9o0h4BEQcInKJVpi\
         HsujU0Pc5Sf4ugDhOvQr3Tdx6neHuOCSFOa2rG8Pie0iiWxOfHhM34Pzm2SnXEdFtCCi48WpUFxFRB4Zdx4g==";

    fn signer() -> Signer {
        Signer::new(
            WechatPaySimulator::MERCHANT,
            WechatPaySimulator::CERTIFICATE_SERIAL,
            WechatPaySimulator::PRIVATE_KEY,
        )
        .expect("a signer")
    }

    fn verifier() -> Verifier {
        Verifier::new(WechatPaySimulator::PLATFORM_KEY_ID, &platform_key()).expect("a verifier")
    }

    #[test]
    fn a_request_is_signed_as_openssl_signs_it() {
        let body = super::super::answer::question(&request(), CALLBACK).expect("a body");
        let table = [
            (
                Method::POST,
                "/v3/refund/domestic/refunds",
                body.as_str(),
                POSTED,
            ),
            (
                Method::GET,
                "/v3/bill/tradebill?bill_date=2026-01-01&bill_type=REFUND",
                "",
                GOT,
            ),
        ];
        for (method, target, body, signature) in table {
            let url = Url::parse("https://api.mch.weixin.qq.com").expect("a URL");
            let url = url.join(target).expect("a URL");
            let nonce = "593BEC0C930BF1AFEB40B4A08C8FB242";
            let header = signer().authorization_with(&method, &url, body, SECONDS, nonce);
            assert_eq!(
                header.as_deref(),
                Ok(format!(
                    "WECHATPAY2-SHA256-RSA2048 mchid=\"1900000001\",nonce_str=\"{nonce}\",\
                     signature=\"{signature}\",timestamp=\"1554208460\",\
                     serial_no=\"5157F09EFDC096DE15EBE81A47057A7200000001\""
                )
                .as_str()),
                "{method}"
            );
        }
    }

    #[test]
    fn no_two_nonces_are_alike() {
        let nonces: Vec<String> = (0..100).map(|_| nonce().expect("a nonce")).collect();
        let different: std::collections::BTreeSet<&String> = nonces.iter().collect();
        assert_eq!(different.len(), 100);
        assert!(nonces.iter().all(|nonce| nonce.len() == 32));
    }

    #[test]
    fn what_openssl_signed_is_believed_for_five_minutes() {
        let headers = notification_headers();
        let body = NOTIFICATION.as_bytes();
        for (seconds, believed) in [
            (0, true),
            (300, true),
            (-300, true),
            (301, false),
            (-301, false),
        ] {
            let now = now() + TimeDelta::seconds(seconds);
            let verified = verifier().verify(&headers, body, now);
            assert_eq!(verified.is_ok(), believed, "{seconds}: {verified:?}");
        }
    }

    #[test]
    fn what_was_tampered_with_is_not_believed() {
        let text = r#"{"status":"SUCCESS"}"#;
        let genuine = signed(text, SECONDS);
        let verify =
            |headers: &HeaderMap, body: &str| verifier().verify(headers, body.as_bytes(), now());
        assert_eq!(verify(&genuine, text), Ok(()));
        assert!(
            verify(&genuine, r#"{"status":"SUCCESS"} "#).is_err(),
            "the body"
        );
        assert!(verify(&genuine, "").is_err(), "no body");
        assert!(verify(&HeaderMap::new(), text).is_err(), "no headers");
        let later = (SECONDS + 1).to_string();
        let probe = format!(
            "WECHATPAY/SIGNTEST/{}",
            genuine[SIGNATURE].to_str().expect("text")
        );
        let changes = [
            (NONCE, "0123456789abcdee"),
            (TIMESTAMP, later.as_str()),
            (TIMESTAMP, "soon"),
            (TIMESTAMP, "-9223372036854775808"),
            (SERIAL, "PUB_KEY_ID_0119000000012025010100000000000002"),
            (SERIAL, "5157F09EFDC096DE15EBE81A47057A7232F1B8E1"),
            (SIGNATURE, "AAAA"),
            (SIGNATURE, "not Base64"),
            (SIGNATURE, probe.as_str()),
        ];
        for (name, value) in changes {
            let mut headers = genuine.clone();
            headers.insert(&name, value.parse().expect("a value"));
            assert!(verify(&headers, text).is_err(), "{name}: {value}");
        }
        for name in [SERIAL, TIMESTAMP, NONCE, SIGNATURE] {
            let mut without = genuine.clone();
            without.remove(&name);
            assert!(verify(&without, text).is_err(), "without {name}");
            let mut twice = genuine.clone();
            twice.append(&name, genuine[&name].clone());
            assert!(verify(&twice, text).is_err(), "twice {name}");
        }
    }

    #[test]
    fn public_keys_are_asked_for_and_certificates_are_not() {
        let key = platform_key();
        let certificate = "5157F09EFDC096DE15EBE81A47057A7232F1B8E1";
        let by_certificate = Verifier::new(certificate, &key).expect("a verifier");
        assert_eq!(by_certificate.wanted(), None);
        assert_eq!(
            verifier().wanted(),
            Some(WechatPaySimulator::PLATFORM_KEY_ID)
        );
    }

    #[test]
    fn what_cannot_be_an_id_is_refused() {
        let key = WechatPaySimulator::PRIVATE_KEY;
        let serial = WechatPaySimulator::CERTIFICATE_SERIAL;
        for merchant in ["", "19000x", "1900 0001", "１９００"] {
            assert!(Signer::new(merchant, serial, key).is_err(), "{merchant}");
        }
        for id in ["", "5157\"", "5157 F09E", "a\nb"] {
            assert!(Signer::new("1900000001", id, key).is_err(), "{id}");
            assert!(Verifier::new(id, &platform_key()).is_err(), "{id}");
        }
        assert!(Signer::new("1900000001", serial, &platform_key()).is_err());
        assert!(Verifier::new(serial, key).is_err());
    }
}
