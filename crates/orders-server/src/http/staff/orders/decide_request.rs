//! `POST /staff/orders/{id}/request/decisions`.

use axum::response::Response;
use orders_api::{Decision, StaffDecides, StaffOrder};
use orders_domain::{Permission, StaffAct};

use super::act::StaffOrderAct;
use crate::http::error::Failure;
use crate::http::json::Body;
use crate::http::staff::note_for;

/// Grant or decline the shopper's request to cancel. What is granted above the policy's amount waits for a second person.
#[utoipa::path(
    post, path = "/staff/orders/{id}/request/decisions", tag = "staff", operation_id = "decide_request",
    params(
        ("id" = String, Path, min_length = 1, max_length = 64),
        ("Idempotency-Key" = Option<String>, Header, min_length = 1, max_length = 64, pattern = "^[!-~]{1,64}$"),
    ),
    request_body = StaffDecides,
    security(("staff_cookie" = []), ("staff_bearer" = [])),
    extensions(("x-permission" = json!("decide_request"))),
    responses(
        (status = 200, description = "The order after it.", body = StaffOrder),
        (status = 409, description = "`no_open_request`, with the order: there is none, or it was decided meanwhile, if only by a colleague with whom a second person has to agree (`…/approvals`), or who cancels the order for the seller; `second_person_needed`: that was they themselves; `order_not_cancellable`: the order is on its way.", body = orders_api::Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn decide_request(
    order: StaffOrderAct,
    Body { value, fingerprint }: Body<StaffDecides>,
) -> Result<Response, Failure> {
    order.may(Permission::DecideRequest)?;
    let note = note_for(value.decision, value.note)?;
    let act = match value.decision {
        Decision::Approve => StaffAct::ApproveRequest,
        Decision::Decline => StaffAct::DeclineRequest { note },
    };
    order.done(&fingerprint, &act).await
}
