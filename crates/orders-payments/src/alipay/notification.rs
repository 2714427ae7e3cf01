//! What Alipay tells by itself: forms that it signed.
//!
//! Two kinds are about refunds: the message alipay.trade.refund.depositback.completed, which goes to the application's
//! gateway, and the notification of a trade, which goes where the shop took the payment and may be handed on from there.

use std::collections::BTreeMap;

use orders_domain::RefundId;
use percent_encoding::percent_decode;
use serde::Deserialize;

use crate::keys::VerifyingKey;
use crate::{Notification, NotificationError};

use super::wire::DepositBack;

/// The content of alipay.trade.refund.depositback.completed.
#[derive(Deserialize)]
struct DepositBackCompleted {
    out_request_no: String,
    #[serde(flatten)]
    deposit_back: DepositBack,
}

/// The form's parameters, as bytes: some notifications are in GBK.
type Parameters = BTreeMap<Vec<u8>, Vec<u8>>;

/// Reads a notification for the application `app`.
pub(super) fn read(
    body: &[u8],
    app: &str,
    key: &VerifyingKey,
) -> Result<Notification, NotificationError> {
    let parameters = parameters(body);
    let not_genuine = |words: &str| Err(NotificationError::NotGenuine(words.to_owned()));
    let not_understood = |words: String| NotificationError::NotUnderstood(words);
    let Some(sign) = text(&parameters, "sign") else {
        return not_genuine("it is not signed");
    };
    if !is_genuine(&parameters, &sign, key) {
        return not_genuine("it is wrongly signed");
    }
    if text(&parameters, "app_id").as_deref() != Some(app) {
        return not_genuine("it is for another application");
    }
    match text(&parameters, "msg_method").as_deref() {
        Some("alipay.trade.refund.depositback.completed") => {
            let content = text(&parameters, "biz_content").unwrap_or_default();
            let content: DepositBackCompleted = serde_json::from_str(&content)
                .map_err(|error| not_understood(format!("biz_content: {error}")))?;
            let deposit_back = &content.deposit_back;
            let report = deposit_back.has_ended().then(|| deposit_back.report());
            notification(content.out_request_no, report)
        }
        Some(other) => Err(not_understood(format!("a message {other}"))),
        None => {
            // Only that of a refund has these (支付结果异步通知).
            let refund = ["refund_fee", "gmt_refund"]
                .iter()
                .all(|name| text(&parameters, name).is_some());
            let number = text(&parameters, "out_biz_no").filter(|_| refund);
            notification(number.unwrap_or_default(), None)
        }
    }
}

fn notification(
    refund: String,
    report: Option<orders_domain::ProviderReport>,
) -> Result<Notification, NotificationError> {
    if refund.is_empty() {
        let words = "it names no refund".to_owned();
        return Err(NotificationError::NotUnderstood(words));
    }
    Ok(Notification {
        refund: RefundId(refund),
        report,
    })
}

/// Whether the signature is Alipay's: over all parameters but `sign` and `sign_type` by name, joined after they have been
/// decoded (自行实现验签). Alipay's SDKs do not agree whether empty values count, nor, for messages, whether `sign_type`
/// does; nothing else differs, so that each of these is as genuine as the others.
fn is_genuine(parameters: &Parameters, sign: &str, key: &VerifyingKey) -> bool {
    let signed = |with_type: bool, with_empty: bool| {
        let pairs: Vec<Vec<u8>> = parameters
            .iter()
            .filter(|(name, _)| name.as_slice() != b"sign")
            .filter(|(name, _)| with_type || name.as_slice() != b"sign_type")
            .filter(|(_, value)| with_empty || !value.is_empty())
            .map(|(name, value)| [name.as_slice(), value.as_slice()].join(&b'='))
            .collect();
        pairs.join(&b'&')
    };
    [(false, true), (false, false), (true, true), (true, false)]
        .into_iter()
        .any(|(with_type, with_empty)| key.verifies(&signed(with_type, with_empty), sign))
}

/// A parameter that is there and not empty.
fn text(parameters: &Parameters, name: &str) -> Option<String> {
    parameters
        .get(name.as_bytes())
        .filter(|value| !value.is_empty())
        .map(|value| String::from_utf8_lossy(value).into_owned())
}

fn parameters(body: &[u8]) -> Parameters {
    body.split(|byte| *byte == b'&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let mut halves = pair.splitn(2, |byte| *byte == b'=');
            let mut next = || decoded(halves.next().unwrap_or_default());
            (next(), next())
        })
        .collect()
}

fn decoded(text: &[u8]) -> Vec<u8> {
    let spaces: Vec<u8> = text
        .iter()
        .map(|byte| if *byte == b'+' { b' ' } else { *byte })
        .collect();
    percent_decode(&spaces).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::SigningKey;
    use orders_domain::{LocalText, ProviderStage};
    use percent_encoding::{NON_ALPHANUMERIC, percent_encode};

    const APP: &str = "2014072300007148";

    fn key() -> VerifyingKey {
        VerifyingKey::read(include_str!("test.public.pem")).unwrap()
    }

    /// A form that is signed as Alipay signs it.
    fn form(pairs: &[(&str, &[u8])]) -> String {
        let mut pairs = pairs.to_vec();
        pairs.sort_unstable();
        let text: Vec<Vec<u8>> = pairs
            .iter()
            .map(|(name, value)| [name.as_bytes(), value].join(&b'='))
            .collect();
        let sign = SigningKey::read(include_str!("test.pem"))
            .unwrap()
            .sign(&text.join(&b'&'))
            .unwrap();
        pairs.push(("sign", sign.as_bytes()));
        pairs.push(("sign_type", b"RSA2"));
        let pairs: Vec<String> = pairs
            .iter()
            .map(|(name, value)| format!("{name}={}", percent_encode(value, NON_ALPHANUMERIC)))
            .collect();
        pairs.join("&")
    }

    /// The notification of a trade that was refunded.
    fn refunded() -> String {
        form(&[
            ("app_id", APP.as_bytes()),
            ("out_trade_no", b"S1"),
            ("out_biz_no", b"order-1-r1"),
            ("refund_fee", b"200.12"),
            ("gmt_refund", b"2026-03-18 15:00:00.448"),
            ("subject", "1 & 2 = 100% + 茶".as_bytes()),
        ])
    }

    fn completed(content: &str) -> String {
        form(&[
            ("app_id", APP.as_bytes()),
            ("msg_method", b"alipay.trade.refund.depositback.completed"),
            ("biz_content", content.as_bytes()),
        ])
    }

    fn told(form: &str) -> Result<Notification, NotificationError> {
        read(form.as_bytes(), APP, &key())
    }

    #[test]
    fn a_refunded_trade_says_only_that_something_happened() {
        let expected = Notification {
            refund: RefundId::from("order-1-r1"),
            report: None,
        };
        assert_eq!(told(&refunded()), Ok(expected.clone()));
        assert_eq!(told(&refunded().replace("%20", "+")), Ok(expected.clone()));
        // With an empty parameter, which some count and some do not.
        assert_eq!(told(&format!("{}&body=", refunded())), Ok(expected.clone()));
        // In GBK.
        let in_gbk = form(&[
            ("app_id", APP.as_bytes()),
            ("charset", b"GBK"),
            ("out_biz_no", b"order-1-r1"),
            ("refund_fee", b"200.12"),
            ("gmt_refund", b"2026-03-18 15:00:00.448"),
            ("subject", &[0xb2, 0xe8]),
        ]);
        assert_eq!(told(&in_gbk), Ok(expected));
    }

    #[test]
    fn the_banks_answer_is_a_report() {
        let check = |status: &str, account: Option<LocalText>| {
            let form = completed(&format!(
                r#"{{"trade_no":"T1","out_request_no":"order-1-r1","dback_status":"{status}","bank_ack_time":"2026-03-18 15:00:00"}}"#
            ));
            let told = told(&form).unwrap();
            assert_eq!(told.refund, RefundId::from("order-1-r1"));
            let report = told.report.unwrap();
            assert_eq!(report.stage, ProviderStage::Arrived);
            assert_eq!(report.account, account);
            assert!(report.accepted_at.is_some());
        };
        check("S", None);
        check("F", Some(LocalText::new("支付宝余额", "Alipay balance")));
        let other = completed(r#"{"out_request_no":"order-1-r1","dback_status":"P"}"#);
        assert_eq!(told(&other).map(|told| told.report), Ok(None));
    }

    #[test]
    fn what_was_touched_is_not_genuine() {
        let genuine = refunded();
        for touched in [
            genuine.replace("order%2D1", "order%2D2"),
            genuine.replace("200%2E12", "900%2E12"),
            format!("{genuine}&more=1"),
            format!("{genuine}&out_biz_no=order-2-r1"),
            genuine.replace("gmt_refund", "gmt_refunds"),
            genuine.replace("&sign=", "&signs="),
            genuine.replace("&sign=", "&sign=A"),
            String::new(),
            "sign=&app_id=1".to_owned(),
            "%%%=%zz&&=&sign".to_owned(),
        ] {
            assert_ne!(touched, genuine);
            let told = told(&touched);
            assert!(
                matches!(told, Err(NotificationError::NotGenuine(_))),
                "{touched}: {told:?}"
            );
        }
        let other = read(genuine.as_bytes(), "2014072300007149", &key());
        assert!(matches!(other, Err(NotificationError::NotGenuine(_))));
    }

    #[test]
    fn what_names_no_refund_is_not_understood() {
        for form in [
            form(&[
                ("app_id", APP.as_bytes()),
                ("trade_status", b"TRADE_SUCCESS"),
            ]),
            form(&[("app_id", APP.as_bytes()), ("out_biz_no", b"order-1-r1")]),
            form(&[
                ("app_id", APP.as_bytes()),
                ("refund_fee", b"1.00"),
                ("gmt_refund", b"2026-03-18 15:00:00"),
            ]),
            form(&[
                ("app_id", APP.as_bytes()),
                ("msg_method", b"alipay.open.app.changed"),
            ]),
            completed("{}"),
            completed(r#"{"out_request_no":"","dback_status":"S"}"#),
            completed("not JSON"),
        ] {
            let told = told(&form);
            assert!(
                matches!(told, Err(NotificationError::NotUnderstood(_))),
                "{form}: {told:?}"
            );
        }
    }
}
