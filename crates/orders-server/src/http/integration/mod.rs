//! What the shop's systems tell us and ask us for, with the integration key.

pub mod bodies;
pub mod by_due;
pub mod cases;
pub mod complaints;
pub mod conversations;
pub mod evidence_file;
pub mod handoff_codes;
pub mod list_outbox;
pub mod list_refunds;
pub mod post_event;
pub mod put_order;
pub mod put_shopper;
pub mod reconciliations;
pub mod refund;
pub mod shop_event;

use axum::extract::FromRequestParts;
use axum::http::header;
use axum::http::request::Parts;

use super::error::Failure;
use super::session::bearer;
use crate::random::sha256;
use crate::state::App;

/// Proof that the request carries the integration key.
#[derive(Debug)]
pub struct IntegrationKey;

impl FromRequestParts<App> for IntegrationKey {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Self::Rejection> {
        let expected = app.integration_key.as_ref().ok_or(Failure::NotFound)?;
        let given = parts
            .headers
            .get(header::AUTHORIZATION)
            .and_then(bearer)
            .ok_or(Failure::InvalidKey)?;
        // Digests are compared: how long that takes says nothing about the key.
        if sha256(given.as_bytes()) == *expected {
            Ok(Self)
        } else {
            Err(Failure::InvalidKey)
        }
    }
}
