//! `POST /integration/cases/{case}/messages`.

use axum::extract::State;
use axum::response::Response;
use orders_api::CaseForShop;
use orders_domain::{Case, CaseMove};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{NOTE_CHARS, STAFF_CHARS, ShopMove};
use crate::http::context::Context;
use crate::http::error::Failure;
use crate::http::idempotency::IdempotencyKey;
use crate::http::integration::IntegrationKey;
use crate::http::json::Body;
use crate::http::path_id::PathId;
use crate::http::shop_side::ShopSide;
use crate::http::text::Text;
use crate::state::App;

/// A message to the shopper.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ShopMessage {
    /// Who: the shop's id of them. Kept with the message, never shown to the shopper.
    #[schema(min_length = 1, max_length = 64, pattern = "^[!-~]{1,64}$")]
    pub staff: String,
    /// In words.
    #[schema(min_length = 1, max_length = 500)]
    pub text: String,
}

/// Say something to the shopper in a case: as the merchant, and once it has gone to staff, as staff. It does not change
/// whose turn it is.
#[utoipa::path(
    post, path = "/integration/cases/{case}/messages", tag = "integration", operation_id = "say_to_shopper",
    params(
        ("case" = String, Path, min_length = 1, max_length = 64),
        ("Idempotency-Key" = Option<String>, Header, min_length = 1, max_length = 64, pattern = "^[!-~]{1,64}$"),
    ),
    request_body = ShopMessage,
    security(("integration_key" = [])),
    responses(
        (status = 201, description = "The case, with the message.", body = CaseForShop),
        (status = 409, description = "`case_closed`: it is over.", body = orders_api::Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn say_to_shopper(
    _: IntegrationKey,
    State(app): State<App>,
    context: Context,
    key: IdempotencyKey,
    PathId(case): PathId,
    Body { value, fingerprint }: Body<ShopMessage>,
) -> Result<Response, Failure> {
    Text::id("staff", &value.staff, STAFF_CHARS)?;
    Text::required("text", &value.text, NOTE_CHARS)?;
    let by = ShopMove {
        app: &app,
        context: &context,
        key: &key,
        fingerprint: &fingerprint,
        case: &case,
        by: ShopSide::Systems(&value.staff),
        note: None,
        words: "text",
    };
    by.make(201, |case| said(case, &value.text)).await
}

/// The shop says `text` in a case.
pub fn said(case: &Case, text: &str) -> CaseMove {
    CaseMove::Say {
        by: case.voice_of_shop(),
        text: text.to_owned(),
        evidence: Vec::new(),
    }
}
