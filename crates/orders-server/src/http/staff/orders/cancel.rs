//! `POST /staff/orders/{id}/cancellation`.

use axum::response::Response;
use orders_api::StaffOrder;
use orders_domain::{Permission, StaffAct};

use super::act::StaffOrderAct;
use crate::http::error::Failure;
use crate::http::json::Body;
use crate::http::staff::NOTE_CHARS;
use crate::http::text::Text;

/// Cancel all that is left of an order for its seller (S3). The shopper is told at once, with the reason and the refund. What
/// gives back more than the policy's amount waits for a second person before that.
#[utoipa::path(
    post, path = "/staff/orders/{id}/cancellation", tag = "staff", operation_id = "cancel_for_seller",
    params(
        ("id" = String, Path, min_length = 1, max_length = 64),
        ("Idempotency-Key" = Option<String>, Header, min_length = 1, max_length = 64, pattern = "^[!-~]{1,64}$"),
    ),
    request_body = orders_api::CancelForSeller,
    security(("staff_cookie" = []), ("staff_bearer" = [])),
    extensions(("x-permission" = json!("cancel_for_seller"))),
    responses(
        (status = 200, description = "The order, cancelled, or with a draft that waits for a second person (`…/approvals`).", body = StaffOrder),
        (status = 409, description = "`order_not_cancellable`: it is on its way, over, or cancelled already; `no_open_request`, with the order: a colleague has granted the shopper's request or cancels it for the seller, and a second person has to agree with that first; `second_person_needed`: that was they themselves.", body = orders_api::Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn cancel_for_seller(
    order: StaffOrderAct,
    Body { value, fingerprint }: Body<orders_api::CancelForSeller>,
) -> Result<Response, Failure> {
    order.may(Permission::CancelForSeller)?;
    if let Some(note) = &value.note {
        Text::at_most("note", note, NOTE_CHARS)?;
    }
    let act = StaffAct::CancelForSeller {
        reason: value.reason.code().to_owned(),
        note: value.note,
    };
    order.done(&fingerprint, &act).await
}
