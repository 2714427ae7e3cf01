//! `POST /cases/{id}/appeal`.

use axum::response::Response;
use orders_api::{CaseDetail, CaseMessage, NOTE_MAX};
use orders_domain::CaseMove;

use super::evidence::taken;
use super::own::OwnCase;
use crate::http::error::Failure;
use crate::http::json::Body;
use crate::http::text::Text;

/// Appeal to staff after the merchant said no: with words, and new evidence where there is any.
#[utoipa::path(
    post, path = "/cases/{id}/appeal", tag = "after_sale", operation_id = "appeal_case",
    params(
        ("id" = String, Path, min_length = 1, max_length = 64),
        ("Idempotency-Key" = Option<String>, Header, min_length = 1, max_length = 64, pattern = "^[!-~]{1,64}$"),
    ),
    request_body = CaseMessage,
    security(("cookie" = []), ("bearer" = [])),
    responses(
        (status = 201, description = "The case; it is staff's turn.", body = CaseDetail),
        (status = 409, description = "`case_not_now`: it was not rejected, or is with staff already; `case_closed`: it is over.", body = orders_api::Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn appeal_case(
    own: OwnCase,
    Body {
        value: body,
        fingerprint,
    }: Body<CaseMessage>,
) -> Result<Response, Failure> {
    Text::required("text", &body.text, NOTE_MAX)?;
    let evidence = taken(&own.order, &body.evidence).await?;
    own.make(&fingerprint, 201, || {
        Ok(CaseMove::Appeal {
            why: body.text.clone(),
            evidence: evidence.known()?,
        })
    })
    .await
}
