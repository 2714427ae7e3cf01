//! The door: who calls, whether the call is signed, and which answer it gets, signed.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use chrono::NaiveDateTime;
use percent_encoding::percent_decode_str;
use serde_json::{Value, json};

use super::{APP, Shared, bill, keys, refunds};

/// A call that is signed by the application.
pub(super) struct Call {
    /// What it asks for, as JSON.
    pub(super) content: String,
    /// When it was made, in Beijing.
    pub(super) at: NaiveDateTime,
}

/// What a call gets.
pub(super) enum Reply {
    /// An answer.
    Answer(Value),
    /// 500.
    Broken,
    /// No answer: after so long the connection breaks.
    Hung(std::time::Duration),
}

/// Answers a call.
pub(super) async fn answer(
    State(shared): State<Arc<Shared>>,
    RawQuery(query): RawQuery,
    body: Bytes,
) -> Response {
    let body = String::from_utf8_lossy(&body);
    let form = [query.unwrap_or_default(), body.into_owned()].join("&");
    let parameters = parameters(&form);
    let method = parameters.get("method").map_or("", String::as_str);
    let reply = match read(&parameters) {
        Ok(call) => match method {
            "alipay.trade.refund" => refunds::refund(&shared, &call),
            "alipay.trade.fastpay.refund.query" => refunds::query(&shared, &call),
            "alipay.data.dataservice.bill.downloadurl.query" => bill::query(&shared, &call),
            _ => Reply::Answer(refusal("40002", "isv.invalid-method", "不存在的方法名")),
        },
        Err(sub_code) => {
            let violation = format!("a call of {method:?}: {sub_code}");
            shared.inner().book.violations.push(violation);
            Reply::Answer(refusal("40002", sub_code, "非法的参数"))
        }
    };
    match reply {
        Reply::Answer(content) => signed(method, &content).into_response(),
        Reply::Broken => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
        Reply::Hung(hang) => {
            tokio::time::sleep(hang).await;
            // The connection is a task of its own, and unwinding is what ends it without an answer, and without a word.
            std::panic::resume_unwind(Box::new("hung up"))
        }
    }
}

/// An answer that says no.
pub(super) fn refusal(code: &str, sub_code: &str, sub_msg: &str) -> Value {
    let msg = match code {
        "40004" => "Business Failed",
        _ => "Invalid Arguments",
    };
    json!({ "code": code, "msg": msg, "sub_code": sub_code, "sub_msg": sub_msg })
}

fn signed(method: &str, content: &Value) -> String {
    let node = method.replace('.', "_");
    let content = content.to_string();
    let sign = keys::sign(&content);
    format!(r#"{{"{node}_response":{content},"sign":"{sign}"}}"#)
}

/// What is wrong with a call is told by its error code.
fn read(parameters: &BTreeMap<String, String>) -> Result<Call, &'static str> {
    let parameter = |name: &str| parameters.get(name).map_or("", String::as_str);
    for (name, value, sub_code) in [
        ("app_id", APP, "isv.invalid-app-id"),
        ("charset", "utf-8", "isv.invalid-charset"),
        ("format", "JSON", "isv.invalid-format"),
        ("sign_type", "RSA2", "isv.invalid-signature-type"),
        ("version", "1.0", "isv.invalid-parameter"),
    ] {
        if parameter(name) != value {
            return Err(sub_code);
        }
    }
    // Refunds, queries and bills take none (FAQ of 统一收单交易退款接口).
    if parameters.contains_key("notify_url") {
        return Err("isv.invalid-parameter");
    }
    let at = NaiveDateTime::parse_from_str(parameter("timestamp"), "%Y-%m-%d %H:%M:%S")
        .map_err(|_| "isv.invalid-timestamp")?;
    let pairs: Vec<String> = parameters
        .iter()
        .filter(|(name, value)| *name != "sign" && !value.is_empty())
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    if !keys::is_by_app(&pairs.join("&"), parameter("sign")) {
        return Err("isv.invalid-signature");
    }
    Ok(Call {
        content: parameter("biz_content").to_owned(),
        at,
    })
}

fn parameters(form: &str) -> BTreeMap<String, String> {
    let decoded = |text: &str| {
        let text = text.replace('+', " ");
        percent_decode_str(&text).decode_utf8_lossy().into_owned()
    };
    form.split('&')
        .filter_map(|pair| pair.split_once('='))
        .map(|(name, value)| (decoded(name), decoded(value)))
        .collect()
}
