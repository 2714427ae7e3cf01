//! `POST /complaints/{id}/dispute`.

use axum::response::Response;
use orders_api::{ComplaintDetail, DisputeProposal, NOTE_MAX};
use orders_domain::ComplaintMove;

use super::own::OwnComplaint;
use crate::http::cases::evidence::taken;
use crate::http::error::Failure;
use crate::http::json::Body;
use crate::http::text::Text;

/// Dispute what is proposed, with words: a supervisor decides. The last proposal is declined with it, and the complaint is over.
#[utoipa::path(
    post, path = "/complaints/{id}/dispute", tag = "complaints", operation_id = "dispute_proposal",
    params(
        ("id" = String, Path, min_length = 1, max_length = 64),
        ("Idempotency-Key" = Option<String>, Header, min_length = 1, max_length = 64, pattern = "^[!-~]{1,64}$"),
    ),
    request_body = DisputeProposal,
    security(("cookie" = []), ("bearer" = [])),
    responses(
        (status = 201, description = "The complaint, which a supervisor has, or which is over.", body = ComplaintDetail),
        (status = 409, description = "`complaint_not_now`: nothing is proposed, or not what the body names; `complaint_closed`: it is over.", body = orders_api::Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn dispute_proposal(
    own: OwnComplaint,
    Body {
        value: body,
        fingerprint,
    }: Body<DisputeProposal>,
) -> Result<Response, Failure> {
    Text::required("text", &body.text, NOTE_MAX)?;
    let evidence = taken(&own.order, &body.evidence).await?;
    own.make(&fingerprint, 201, || {
        Ok(ComplaintMove::Dispute {
            last: body.last,
            why: body.text.clone(),
            evidence: evidence.known()?,
        })
    })
    .await
}
