//! What WeChat Pay tells by itself: 退款结果通知, encrypted with the merchant's API v3 key.

use std::fmt;

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use orders_domain::{ProviderReport, ProviderStage, RefundId};
use serde::Deserialize;

use super::answer::Status;
use crate::{Notification, NotificationError};

/// The merchant's API v3 key.
pub(super) struct ApiKey(LessSafeKey);

#[derive(Deserialize)]
struct Envelope {
    event_type: String,
    resource: Resource,
}

#[derive(Deserialize)]
struct Resource {
    algorithm: String,
    ciphertext: String,
    nonce: String,
    #[serde(default)]
    associated_data: String,
}

/// What is in it. No channel, so that it does not say whether the account is the one that paid.
#[derive(Deserialize)]
struct Refund {
    mchid: String,
    out_refund_no: String,
    refund_id: String,
    refund_status: Status,
    #[serde(default)]
    user_received_account: Option<String>,
}

impl ApiKey {
    /// Reads the key: 32 characters.
    ///
    /// # Errors
    /// In words, when it has more or fewer.
    pub(super) fn read(text: &str) -> Result<Self, String> {
        let bytes = text.trim().as_bytes();
        if bytes.len() != 32 {
            return Err(format!("api_key: has {} bytes, not 32", bytes.len()));
        }
        let key = UnboundKey::new(&AES_256_GCM, bytes).map_err(|error| error.to_string())?;
        Ok(Self(LessSafeKey::new(key)))
    }

    /// `None` when it was not encrypted with this key and these words, or changed since.
    fn decrypt(&self, resource: &Resource) -> Option<Vec<u8>> {
        let mut text = STANDARD.decode(&resource.ciphertext).ok()?;
        let nonce = Nonce::try_assume_unique_for_key(resource.nonce.as_bytes()).ok()?;
        let words = Aad::from(resource.associated_data.as_bytes());
        let length = self.0.open_in_place(nonce, words, &mut text).ok()?.len();
        text.truncate(length);
        Some(text)
    }
}

impl fmt::Debug for ApiKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ApiKey")
    }
}

/// What a notification says whose signature has been verified.
///
/// # Errors
/// [`NotificationError`].
pub(super) fn read(
    body: &[u8],
    key: &ApiKey,
    merchant: &str,
) -> Result<Notification, NotificationError> {
    let not_genuine = |words: &str| NotificationError::NotGenuine(words.to_owned());
    let not_understood = |words: String| NotificationError::NotUnderstood(words);
    let envelope: Envelope =
        serde_json::from_slice(body).map_err(|error| not_understood(error.to_string()))?;
    let told = match envelope.event_type.as_str() {
        "REFUND.SUCCESS" => Status::Success,
        "REFUND.ABNORMAL" => Status::Abnormal,
        "REFUND.CLOSED" => Status::Closed,
        other => return Err(not_understood(format!("the event {other:?}"))),
    };
    if envelope.resource.algorithm != "AEAD_AES_256_GCM" {
        let algorithm = &envelope.resource.algorithm;
        return Err(not_understood(format!("the algorithm {algorithm:?}")));
    }
    let text = key
        .decrypt(&envelope.resource)
        .ok_or_else(|| not_genuine("it is not encrypted with our API v3 key"))?;
    let refund: Refund =
        serde_json::from_slice(&text).map_err(|error| not_understood(error.to_string()))?;
    if refund.mchid != merchant {
        return Err(not_genuine("it is for another merchant"));
    }
    if refund.refund_status != told {
        return Err(not_understood("event and status contradict".to_owned()));
    }
    let account = refund.user_received_account.as_deref();
    Ok(Notification {
        refund: RefundId(refund.out_refund_no),
        report: Some(ProviderReport {
            reference: Some(refund.refund_id),
            ..ProviderReport::of(told.stage(account, ProviderStage::InClearing))
        }),
    })
}

#[cfg(test)]
mod tests {
    use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
    use orders_domain::RefundFailure;
    use orders_testkit::providers::WechatPaySimulator;
    use serde_json::{Value, json};

    use super::super::samples::{
        NOTIFICATION, SECONDS, notification_headers, now, signed, wechat_pay,
    };
    use super::*;

    fn content() -> Value {
        json!({
            "mchid": WechatPaySimulator::MERCHANT,
            "out_refund_no": "ord_1-R1",
            "refund_id": "503",
            "refund_status": "SUCCESS",
            "user_received_account": "支付用户零钱",
            "amount": { "refund": 100 },
        })
    }

    fn sealed(content: &Value) -> Value {
        let nonce = "0123456789ab";
        let key = UnboundKey::new(&AES_256_GCM, WechatPaySimulator::API_KEY.as_bytes());
        let mut text = content.to_string().into_bytes();
        LessSafeKey::new(key.expect("a key"))
            .seal_in_place_append_tag(
                Nonce::try_assume_unique_for_key(nonce.as_bytes()).expect("a nonce"),
                Aad::from(b"refund"),
                &mut text,
            )
            .expect("sealed");
        json!({
            "event_type": format!("REFUND.{}", content["refund_status"].as_str().expect("text")),
            "resource": {
                "algorithm": "AEAD_AES_256_GCM",
                "ciphertext": STANDARD.encode(text),
                "nonce": nonce,
                "associated_data": "refund",
            },
        })
    }

    /// Signs it and reads it.
    fn told(notification: &Value) -> Result<Notification, NotificationError> {
        let body = notification.to_string();
        wechat_pay().read_notification(&signed(&body, SECONDS), body.as_bytes(), now())
    }

    fn is_not_genuine(notification: &Value) -> bool {
        matches!(told(notification), Err(NotificationError::NotGenuine(_)))
    }

    fn is_not_understood(notification: &Value) -> bool {
        matches!(told(notification), Err(NotificationError::NotUnderstood(_)))
    }

    #[test]
    fn what_others_encrypted_and_signed_is_read() {
        let body = NOTIFICATION.as_bytes();
        let read = wechat_pay().read_notification(&notification_headers(), body, now());
        assert_eq!(
            read,
            Ok(Notification {
                refund: RefundId::from("ord_1-R1"),
                report: Some(ProviderReport {
                    reference: Some("50300000000000000000000000001".to_owned()),
                    ..ProviderReport::of(ProviderStage::Arrived)
                }),
            })
        );
    }

    #[test]
    fn a_body_that_was_changed_is_not_read() {
        let body = NOTIFICATION.replace("REFUND.SUCCESS", "REFUND.CLOSED");
        let read = wechat_pay().read_notification(&notification_headers(), body.as_bytes(), now());
        assert!(matches!(read, Err(NotificationError::NotGenuine(_))));
    }

    #[test]
    fn each_event_has_a_meaning() {
        let table = [
            ("SUCCESS", ProviderStage::Arrived),
            ("CLOSED", ProviderStage::Failed(RefundFailure::Refused)),
            (
                "ABNORMAL",
                ProviderStage::Failed(RefundFailure::AccountClosed),
            ),
        ];
        for (status, stage) in table {
            let mut content = content();
            content["refund_status"] = json!(status);
            let report = told(&sealed(&content)).expect("a notification").report;
            assert_eq!(report.expect("a report").stage, stage, "{status}");
        }
    }

    #[test]
    fn what_does_not_decrypt_is_not_genuine() {
        let genuine = sealed(&content());
        assert!(told(&genuine).is_ok());
        let text = genuine["resource"]["ciphertext"].as_str().expect("text");
        let bytes = STANDARD.decode(text).expect("Base64");
        let mut tag = bytes.clone();
        *tag.last_mut().expect("a tag") ^= 1;
        let mut first = bytes.clone();
        first[0] ^= 1;
        let changes = [
            ("ciphertext", STANDARD.encode(tag)),
            ("ciphertext", STANDARD.encode(first)),
            ("ciphertext", STANDARD.encode(&bytes[..15])),
            ("ciphertext", String::new()),
            ("ciphertext", "not Base64".to_owned()),
            ("nonce", "0123456789ac".to_owned()),
            ("nonce", "0123".to_owned()),
            ("associated_data", String::new()),
            ("associated_data", "transaction".to_owned()),
        ];
        for (name, value) in changes {
            let mut changed = genuine.clone();
            changed["resource"][name] = json!(value);
            assert!(is_not_genuine(&changed), "{name}: {value}");
        }
    }

    #[test]
    fn what_is_for_another_merchant_is_not_ours() {
        let mut content = content();
        content["mchid"] = json!("1900000002");
        assert!(is_not_genuine(&sealed(&content)));
    }

    #[test]
    fn what_is_no_refund_is_not_understood() {
        let genuine = sealed(&content());
        for event in ["TRANSACTION.SUCCESS", "REFUND.PROCESSING", "REFUND.CLOSED"] {
            let mut changed = genuine.clone();
            changed["event_type"] = json!(event);
            assert!(is_not_understood(&changed), "{event}");
        }
        let mut changed = genuine;
        changed["resource"]["algorithm"] = json!("AEAD_AES_128_GCM");
        assert!(is_not_understood(&changed));
        assert!(is_not_understood(&json!([])));
        let mut content = content();
        content["refund_id"] = Value::Null;
        assert!(is_not_understood(&sealed(&content)));
    }

    #[test]
    fn the_key_has_32_characters() {
        for (text, fine) in [
            ("0123456789abcdef0123456789abcdef", true),
            ("0123456789abcdef0123456789abcdef\r\n", true),
            ("0123456789abcdef0123456789abcde", false),
            ("0123456789abcdef0123456789abcdef0", false),
            ("", false),
        ] {
            assert_eq!(ApiKey::read(text).is_ok(), fine, "{text:?}");
        }
    }
}
