//! `POST /cases/{id}/messages`.

use axum::response::Response;
use orders_api::{CaseDetail, CaseMessage, NOTE_MAX};
use orders_domain::{Actor, CaseMove};

use super::evidence::taken;
use super::own::OwnCase;
use crate::http::error::Failure;
use crate::http::json::Body;
use crate::http::text::Text;

/// Say something in a case, or add evidence, as long as it is not over.
#[utoipa::path(
    post, path = "/cases/{id}/messages", tag = "after_sale", operation_id = "say_in_case",
    params(
        ("id" = String, Path, min_length = 1, max_length = 64),
        ("Idempotency-Key" = Option<String>, Header, min_length = 1, max_length = 64, pattern = "^[!-~]{1,64}$"),
    ),
    request_body = CaseMessage,
    security(("cookie" = []), ("bearer" = [])),
    responses(
        (status = 201, description = "The case, with the message.", body = CaseDetail),
        (status = 409, description = "`case_closed`: it is over.", body = orders_api::Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn say_in_case(
    own: OwnCase,
    Body {
        value: body,
        fingerprint,
    }: Body<CaseMessage>,
) -> Result<Response, Failure> {
    Text::at_most("text", &body.text, NOTE_MAX)?;
    let evidence = taken(&own.order, &body.evidence).await?;
    own.make(&fingerprint, 201, || {
        Ok(CaseMove::Say {
            by: Actor::Shopper,
            text: body.text.clone(),
            evidence: evidence.known()?,
        })
    })
    .await
}
