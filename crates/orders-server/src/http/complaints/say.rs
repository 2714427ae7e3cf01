//! `POST /complaints/{id}/messages`.

use axum::response::Response;
use orders_api::{ComplaintDetail, ComplaintMessage, NOTE_MAX};
use orders_domain::ComplaintMove;

use super::own::OwnComplaint;
use crate::http::cases::evidence::taken;
use crate::http::error::Failure;
use crate::http::json::Body;
use crate::http::text::Text;

/// Say something in a complaint, or add evidence, as long as it is not over.
#[utoipa::path(
    post, path = "/complaints/{id}/messages", tag = "complaints", operation_id = "say_in_complaint",
    params(
        ("id" = String, Path, min_length = 1, max_length = 64),
        ("Idempotency-Key" = Option<String>, Header, min_length = 1, max_length = 64, pattern = "^[!-~]{1,64}$"),
    ),
    request_body = ComplaintMessage,
    security(("cookie" = []), ("bearer" = [])),
    responses(
        (status = 201, description = "The complaint, with the message.", body = ComplaintDetail),
        (status = 409, description = "`complaint_closed`: it is over.", body = orders_api::Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn say_in_complaint(
    own: OwnComplaint,
    Body {
        value: body,
        fingerprint,
    }: Body<ComplaintMessage>,
) -> Result<Response, Failure> {
    Text::at_most("text", &body.text, NOTE_MAX)?;
    let evidence = taken(&own.order, &body.evidence).await?;
    own.make(&fingerprint, 201, || {
        Ok(ComplaintMove::Say {
            text: body.text.clone(),
            evidence: evidence.known()?,
        })
    })
    .await
}
