//! Reading a JSON body: its type, its size, its form, its characters, in this order.

use axum::body::{Bytes, to_bytes};
use axum::extract::{FromRequest, Request};
use axum::http::{HeaderMap, header};
use orders_api::field_codes;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::error::Failure;
use crate::config::limits::BODY_BYTES;

/// A body that was read, and what tells it from another.
#[derive(Debug)]
pub struct Body<T> {
    /// What it says.
    pub value: T,
    /// The SHA-256 of its bytes as they were sent.
    pub fingerprint: String,
}

impl<S: Sync, T: DeserializeOwned> FromRequest<S> for Body<T> {
    type Rejection = Failure;

    async fn from_request(request: Request, _: &S) -> Result<Self, Self::Rejection> {
        if !is_of_type(request.headers(), "application/json") {
            return Err(Failure::UnsupportedMediaType);
        }
        let bytes = bytes(request).await?;
        let value: Value = serde_json::from_slice(&bytes).map_err(|_| Failure::BadRequest)?;
        if let Some(field) = control_character(&value) {
            return Err(Failure::field(field, field_codes::INVALID));
        }
        Ok(Self {
            value: read(value)?,
            fingerprint: crate::random::sha256(&bytes),
        })
    }
}

/// A body of at most [`BODY_BYTES`].
///
/// # Errors
/// As [`bytes_up_to`].
pub async fn bytes(request: Request) -> Result<Bytes, Failure> {
    bytes_up_to(request, BODY_BYTES).await
}

/// A body of at most `most` bytes.
///
/// # Errors
/// [`Failure::BodyTooLarge`], and [`Failure::BadRequest`] when it breaks off.
pub async fn bytes_up_to(request: Request, most: usize) -> Result<Bytes, Failure> {
    let announced = request
        .headers()
        .get(header::CONTENT_LENGTH)
        .and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
    if announced.is_some_and(|length| length > most) {
        return Err(Failure::BodyTooLarge);
    }
    to_bytes(request.into_body(), most).await.map_err(|error| {
        let too_large = std::error::Error::source(&error)
            .is_some_and(|source| source.to_string().contains("length limit"));
        if too_large {
            Failure::BodyTooLarge
        } else {
            Failure::BadRequest
        }
    })
}

/// `value` as a `T`.
///
/// # Errors
/// [`Failure::Invalid`] naming the field and what is wrong with it.
pub fn read<T: DeserializeOwned>(value: Value) -> Result<T, Failure> {
    serde_path_to_error::deserialize(value).map_err(|error| {
        let path = error.path().to_string();
        let message = error.inner().to_string();
        let (name, code) = if let Some(rest) = message.strip_prefix("missing field `") {
            (rest.split('`').next(), field_codes::REQUIRED)
        } else if let Some(rest) = message.strip_prefix("unknown field `") {
            (rest.split('`').next(), field_codes::UNKNOWN)
        } else if message.starts_with("unknown variant") {
            (None, field_codes::UNKNOWN)
        } else {
            (None, field_codes::INVALID)
        };
        let field = match (path.as_str(), name) {
            (".", Some(name)) => name.to_owned(),
            (".", None) => "body".to_owned(),
            (path, Some(name)) if path.rsplit('.').next() != Some(name) => format!("{path}.{name}"),
            (path, _) => path.to_owned(),
        };
        // The name of an unknown field is the caller's text: it is not sent back at any length.
        Failure::field(field.chars().take(100).collect::<String>(), code)
    })
}

/// Whether the body is said to be of that type.
pub fn is_of_type(headers: &HeaderMap, expected: &str) -> bool {
    let Some(kind) = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
    else {
        return false;
    };
    let essence = kind.split(';').next().unwrap_or_default().trim();
    essence.eq_ignore_ascii_case(expected)
}

/// The path of the first text with a character that has no place in one: PostgreSQL refuses NUL,
/// and the others only confuse those who read them. Line breaks and tabs are let through.
fn control_character(value: &Value) -> Option<String> {
    fn bad(text: &str) -> bool {
        text.chars()
            .any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t'))
    }
    match value {
        Value::String(text) => bad(text).then(|| "body".to_owned()),
        Value::Array(items) => items
            .iter()
            .enumerate()
            .find_map(|(index, item)| Some(join(&format!("[{index}]"), control_character(item)?))),
        Value::Object(fields) => fields.iter().find_map(|(name, value)| {
            if bad(name) {
                return Some("body".to_owned());
            }
            Some(join(name, control_character(value)?))
        }),
        Value::Null | Value::Bool(_) | Value::Number(_) => None,
    }
}

fn join(head: &str, tail: String) -> String {
    match tail.as_str() {
        "body" => head.to_owned(),
        tail if tail.starts_with('[') => format!("{head}{tail}"),
        tail => format!("{head}.{tail}"),
    }
}

#[cfg(test)]
mod tests {
    use orders_api::CancelOrder;
    use serde_json::json;

    use super::*;

    fn mistake(value: Value) -> (String, String) {
        match read::<CancelOrder>(value) {
            Err(Failure::Invalid(errors)) => errors.into_iter().next().expect("one mistake"),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_mistake_names_its_field() {
        for (body, field, code) in [
            (json!({}), "reason", "required"),
            (json!([]), "body", "invalid"),
            (json!({"reason": 1}), "reason", "invalid"),
            (json!({"reason": "a", "x": 1}), "x", "unknown"),
            (
                json!({"reason": "a", "lines": [{"line": "1"}]}),
                "lines[0].quantity",
                "required",
            ),
            (
                json!({"reason": "a", "lines": [{"line": "1", "quantity": -1}]}),
                "lines[0].quantity",
                "invalid",
            ),
        ] {
            assert_eq!(
                mistake(body.clone()),
                (field.to_owned(), code.to_owned()),
                "{body}"
            );
        }
    }

    #[test]
    fn control_characters_are_found_where_they_are() {
        assert_eq!(
            control_character(&json!({"a": [{"b": "x\u{0}"}]})),
            Some("a[0].b".to_owned())
        );
        assert_eq!(control_character(&json!({"note": "one\ntwo"})), None);
    }
}
