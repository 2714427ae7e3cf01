//! `POST /complaints/{id}/acceptance`.

use axum::response::Response;
use orders_api::{AcceptProposal, ComplaintDetail};
use orders_domain::ComplaintMove;

use super::own::OwnComplaint;
use crate::http::error::Failure;
use crate::http::json::Body;

/// Accept what is proposed: it is carried out, and the complaint is over.
#[utoipa::path(
    post, path = "/complaints/{id}/acceptance", tag = "complaints", operation_id = "accept_proposal",
    params(
        ("id" = String, Path, min_length = 1, max_length = 64),
        ("Idempotency-Key" = Option<String>, Header, min_length = 1, max_length = 64, pattern = "^[!-~]{1,64}$"),
    ),
    request_body = AcceptProposal,
    security(("cookie" = []), ("bearer" = [])),
    responses(
        (status = 200, description = "The complaint, which is over.", body = ComplaintDetail),
        (status = 409, description = "`complaint_not_now`: nothing is proposed, or not what the body names; `complaint_closed`: it is over.", body = orders_api::Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn accept_proposal(
    own: OwnComplaint,
    Body {
        value: AcceptProposal { last },
        fingerprint,
    }: Body<AcceptProposal>,
) -> Result<Response, Failure> {
    own.make(&fingerprint, 200, || Ok(ComplaintMove::Accept { last }))
        .await
}
