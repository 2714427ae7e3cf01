//! Requests to the simulator: who they are from, what they want, and how they are answered.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody, to_bytes};
use axum::extract::{Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, StatusCode};
use axum::response::{IntoResponse as _, Response};
use http_body::Frame;
use percent_encoding::percent_decode_str;
use serde_json::json;

use super::{Shared, WechatPaySimulator, bill, refunds};

/// A refusal in WeChat Pay's terms.
pub(super) struct Refused {
    pub(super) status: StatusCode,
    pub(super) code: &'static str,
    pub(super) message: String,
}

/// What becomes of a request that was understood.
pub(super) enum Outcome {
    /// A JSON text.
    Json(String),
    /// No answer: after so long, the connection breaks.
    Hangs(Duration),
    /// A file, which is not signed.
    File(Vec<u8>),
}

pub(super) fn refused(
    status: StatusCode,
    code: &'static str,
    message: impl Into<String>,
) -> Refused {
    Refused {
        status,
        code,
        message: message.into(),
    }
}

/// 400 PARAM_ERROR.
pub(super) fn wrong(message: impl Into<String>) -> Refused {
    refused(StatusCode::BAD_REQUEST, "PARAM_ERROR", message)
}

/// 400 INVALID_REQUEST.
pub(super) fn against_a_rule(message: impl Into<String>) -> Refused {
    refused(StatusCode::BAD_REQUEST, "INVALID_REQUEST", message)
}

/// 500 SYSTEM_ERROR.
pub(super) fn broken() -> Refused {
    refused(
        StatusCode::INTERNAL_SERVER_ERROR,
        "SYSTEM_ERROR",
        "系统异常，请使用相同参数稍后重新调用",
    )
}

/// Every request comes in here.
pub(super) async fn handle(State(shared): State<Arc<Shared>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, 1 << 20).await else {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    };
    let body = String::from_utf8_lossy(&body).into_owned();
    let timestamp = match verified(&shared, &parts, &body) {
        Ok(timestamp) => timestamp,
        Err(reason) => {
            let mut state = shared.state();
            state.book.violations.push(format!("signature: {reason}"));
            // "401", and nobody signs that.
            let text = error_text("SIGN_ERROR", "错误的签名，验签失败");
            return (StatusCode::UNAUTHORIZED, text).into_response();
        }
    };
    shared.tell_time(timestamp);
    let outcome = match form(&parts.headers, &parts.method) {
        Ok(()) => route(&shared, &parts, &body),
        Err(reason) => {
            let mut state = shared.state();
            state.book.violations.push(format!("headers: {reason}"));
            Err(wrong(reason))
        }
    };
    match outcome {
        Ok(Outcome::Json(text)) => signed(&shared, StatusCode::OK, text),
        Ok(Outcome::File(bytes)) => bytes.into_response(),
        Ok(Outcome::Hangs(time)) => {
            tokio::time::sleep(time).await;
            Body::new(Broken).into_response()
        }
        Err(refused) => {
            let text = error_text(refused.code, &refused.message);
            signed(&shared, refused.status, text)
        }
    }
}

fn route(shared: &Arc<Shared>, parts: &Parts, body: &str) -> Result<Outcome, Refused> {
    let path = parts.uri.path();
    let query = parts.uri.query().unwrap_or_default();
    let refunds = "/v3/refund/domestic/refunds";
    if parts.method == Method::POST && path == refunds {
        return refunds::make(shared, body);
    }
    let number = path
        .strip_prefix(refunds)
        .and_then(|rest| rest.strip_prefix('/'));
    match (&parts.method, path, number) {
        (&Method::GET, _, Some(number)) => {
            let number = percent_decode_str(number).decode_utf8_lossy();
            refunds::tell(shared, &number)
        }
        (&Method::GET, "/v3/bill/tradebill", None) => bill::announce(shared, query),
        (&Method::GET, bill::DOWNLOAD, None) => bill::download(shared, query),
        _ => Err(refused(
            StatusCode::NOT_FOUND,
            "RESOURCE_NOT_EXISTS",
            "请求的资源不存在",
        )),
    }
}

/// The time that a request bears, if the merchant signed it.
fn verified(shared: &Shared, parts: &Parts, body: &str) -> Result<i64, String> {
    let header = only(&parts.headers, "authorization")?;
    let values = header
        .strip_prefix("WECHATPAY2-SHA256-RSA2048 ")
        .ok_or("another way of signing")?;
    let value = |name: &str| {
        let mut found = values.split(',').filter_map(|pair| {
            let value = pair.strip_prefix(name)?.strip_prefix("=\"")?;
            value.strip_suffix('"')
        });
        match (found.next(), found.next()) {
            (Some(value), None) => Ok(value),
            _ => Err(format!("{name} is missing or there twice")),
        }
    };
    if value("mchid")? != WechatPaySimulator::MERCHANT {
        return Err("another merchant".to_owned());
    }
    if value("serial_no")? != WechatPaySimulator::CERTIFICATE_SERIAL {
        return Err("another certificate".to_owned());
    }
    let nonce = value("nonce_str")?;
    if nonce.is_empty() || nonce.len() > 32 {
        return Err("a nonce that is empty or too long".to_owned());
    }
    let timestamp = value("timestamp")?;
    let target = parts
        .uri
        .path_and_query()
        .map_or("/", |target| target.as_str());
    let text = format!("{}\n{target}\n{timestamp}\n{nonce}\n{body}\n", parts.method);
    if !shared.keys.is_merchants(&text, value("signature")?) {
        return Err(format!("it does not fit {text:?}"));
    }
    timestamp.parse().map_err(|_| "no timestamp".to_owned())
}

/// Whether a request has the headers that it has to have.
fn form(headers: &HeaderMap, method: &Method) -> Result<(), String> {
    only(headers, "user-agent")?;
    let mut wanted = vec![
        ("accept", "application/json"),
        // Without it, answers would be signed with the certificate.
        ("wechatpay-serial", WechatPaySimulator::PLATFORM_KEY_ID),
    ];
    if method == Method::POST {
        wanted.push(("content-type", "application/json"));
    }
    for (name, value) in wanted {
        let found = only(headers, name)?;
        if found != value {
            return Err(format!("{name} is {found:?}"));
        }
    }
    Ok(())
}

fn only<'a>(headers: &'a HeaderMap, name: &str) -> Result<&'a str, String> {
    let mut values = headers.get_all(name).iter();
    match (values.next().map(|value| value.to_str()), values.next()) {
        (Some(Ok(value)), None) => Ok(value),
        _ => Err(format!("{name} is missing or there twice")),
    }
}

fn signed(shared: &Shared, status: StatusCode, text: String) -> Response {
    let mut response = (status, text.clone()).into_response();
    let headers = response.headers_mut();
    let json = ("Content-Type", "application/json; charset=utf-8".to_owned());
    let id = (
        "Request-ID",
        format!("SIMULATED{:012}-0", shared.keys.next()),
    );
    let signature = shared.keys.sign(&text, shared.time());
    for (name, value) in signature.into_iter().chain([json, id]) {
        if let Ok(value) = value.parse() {
            headers.insert(name, value);
        }
    }
    response
}

fn error_text(code: &str, message: &str) -> String {
    json!({ "code": code, "message": message }).to_string()
}

/// A body that never comes: the connection breaks.
struct Broken;

impl HttpBody for Broken {
    type Data = Bytes;
    type Error = std::io::Error;

    fn poll_frame(
        self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        Poll::Ready(Some(Err(std::io::ErrorKind::ConnectionReset.into())))
    }
}
