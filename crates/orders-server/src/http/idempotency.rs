//! `Idempotency-Key`: the same request twice has one effect and one answer.

use axum::extract::FromRequestParts;
use axum::http::Method;
use axum::http::request::Parts;
use orders_api::field_codes;
use orders_domain::Instant;
use orders_store::Once;

use super::error::Failure;

const HEADER: &str = "idempotency-key";

/// The key that came with a mutation, if one did, and which call it came with.
#[derive(Debug)]
pub struct IdempotencyKey {
    key: Option<String>,
    method: Method,
    path: String,
}

impl<S: Sync> FromRequestParts<S> for IdempotencyKey {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        let mut keys = parts.headers.get_all(HEADER).iter();
        let key = keys
            .next()
            .map(|value| {
                value
                    .to_str()
                    .ok()
                    .filter(|key| {
                        (1..=64).contains(&key.len())
                            && key.bytes().all(|byte| byte.is_ascii_graphic())
                    })
                    .map(str::to_owned)
                    .ok_or_else(|| Failure::field(HEADER, field_codes::INVALID))
            })
            .transpose()?;
        if keys.next().is_some() {
            return Err(Failure::field(HEADER, field_codes::INVALID));
        }
        Ok(Self {
            key,
            method: parts.method.clone(),
            path: parts.uri.path().to_owned(),
        })
    }
}

impl IdempotencyKey {
    /// What the store remembers the answer by: the caller, the call and the body. `None` without a key.
    pub fn once(&self, caller: &str, fingerprint: &str, at: Instant) -> Option<Once> {
        Some(Once {
            scope: format!("{caller} {} {}", self.method, self.path),
            key: self.key.clone()?,
            fingerprint: fingerprint.to_owned(),
            at,
        })
    }
}
