//! `POST /complaints/{id}/withdrawal`.

use axum::response::Response;
use orders_api::ComplaintDetail;
use orders_domain::ComplaintMove;

use super::own::OwnComplaint;
use crate::http::error::Failure;

/// Withdraw a complaint. The same may be complained about again.
#[utoipa::path(
    post, path = "/complaints/{id}/withdrawal", tag = "complaints", operation_id = "withdraw_complaint",
    params(
        ("id" = String, Path, min_length = 1, max_length = 64),
        ("Idempotency-Key" = Option<String>, Header, min_length = 1, max_length = 64, pattern = "^[!-~]{1,64}$"),
    ),
    security(("cookie" = []), ("bearer" = [])),
    responses(
        (status = 200, description = "The complaint, which is over.", body = ComplaintDetail),
        (status = 409, description = "`complaint_closed`: it is over.", body = orders_api::Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn withdraw_complaint(own: OwnComplaint) -> Result<Response, Failure> {
    own.make("", 200, || Ok(ComplaintMove::Withdraw)).await
}
