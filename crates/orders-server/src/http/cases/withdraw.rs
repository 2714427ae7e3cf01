//! `POST /cases/{id}/withdrawal`.

use axum::response::Response;
use orders_api::CaseDetail;
use orders_domain::CaseMove;

use super::own::OwnCase;
use crate::http::error::Failure;

/// Withdraw a case. What it was about may be asked for again.
#[utoipa::path(
    post, path = "/cases/{id}/withdrawal", tag = "after_sale", operation_id = "withdraw_case",
    params(
        ("id" = String, Path, min_length = 1, max_length = 64),
        ("Idempotency-Key" = Option<String>, Header, min_length = 1, max_length = 64, pattern = "^[!-~]{1,64}$"),
    ),
    security(("cookie" = []), ("bearer" = [])),
    responses(
        (status = 200, description = "The case, which is over.", body = CaseDetail),
        (status = 409, description = "`case_not_now`: the goods are on their way back; `case_closed`: it is over.", body = orders_api::Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn withdraw_case(own: OwnCase) -> Result<Response, Failure> {
    own.make("", 200, || Ok(CaseMove::Withdraw)).await
}
