//! `POST /integration/complaints/{complaint}/messages`.

use axum::extract::State;
use axum::response::Response;
use orders_api::ComplaintForShop;
use orders_domain::ComplaintMove;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{STAFF_CHARS, ShopAnswers};
use crate::http::context::Context;
use crate::http::error::Failure;
use crate::http::idempotency::IdempotencyKey;
use crate::http::integration::IntegrationKey;
use crate::http::integration::cases::NOTE_CHARS;
use crate::http::json::Body;
use crate::http::path_id::PathId;
use crate::http::shop_side::ShopSide;
use crate::http::text::Text;
use crate::state::App;

/// A message to the shopper.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ShopSaysInComplaint {
    /// Who: the shop's id of them. Kept with it, never shown to the shopper.
    #[schema(min_length = 1, max_length = 64, pattern = "^[!-~]{1,64}$")]
    pub staff: String,
    /// In words.
    #[schema(min_length = 1, max_length = 500)]
    pub text: String,
}

/// Say something to the shopper in a complaint. It does not change whose turn it is.
#[utoipa::path(
    post, path = "/integration/complaints/{complaint}/messages", tag = "integration", operation_id = "say_in_complaint_for_shop",
    params(
        ("complaint" = String, Path, min_length = 1, max_length = 64),
        ("Idempotency-Key" = Option<String>, Header, min_length = 1, max_length = 64, pattern = "^[!-~]{1,64}$"),
    ),
    request_body = ShopSaysInComplaint,
    security(("integration_key" = [])),
    responses(
        (status = 201, description = "The complaint, with the message.", body = ComplaintForShop),
        (status = 409, description = "`complaint_closed`: it is over.", body = orders_api::Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn say_in_complaint_for_shop(
    _: IntegrationKey,
    State(app): State<App>,
    context: Context,
    key: IdempotencyKey,
    PathId(complaint): PathId,
    Body { value, fingerprint }: Body<ShopSaysInComplaint>,
) -> Result<Response, Failure> {
    Text::id("staff", &value.staff, STAFF_CHARS)?;
    Text::required("text", &value.text, NOTE_CHARS)?;
    let by = ShopAnswers {
        app: &app,
        context: &context,
        key: &key,
        fingerprint: &fingerprint,
        complaint: &complaint,
        by: ShopSide::Systems(&value.staff),
        words: "text",
    };
    by.make(201, |_| ComplaintMove::Answer {
        text: value.text.clone(),
    })
    .await
}
