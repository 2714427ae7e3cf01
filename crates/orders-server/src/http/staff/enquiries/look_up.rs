//! `POST /staff/enquiries/{id}/look-up`.

use axum::extract::State;
use axum::response::Response;
use orders_api::{Enquiry, RecordLookUp, field_codes};
use orders_domain::{EnquiryStep, OrderId, SeenOrder, ShopperId};

use super::{named, note, record};
use crate::http::error::Failure;
use crate::http::idempotency::IdempotencyKey;
use crate::http::json::Body;
use crate::http::path_id::PathId;
use crate::http::staff::Staff;
use crate::state::App;

/// Record that the order was looked up, with its state, its version, its refunds and its cases as they are now. For whoever is
/// known by their log-in only an order of their own is.
#[utoipa::path(
    post, path = "/staff/enquiries/{id}/look-up", tag = "staff", operation_id = "record_look_up",
    params(
        ("id" = String, Path, min_length = 1, max_length = 64),
        ("Idempotency-Key" = Option<String>, Header, min_length = 1, max_length = 64, pattern = "^[!-~]{1,64}$"),
    ),
    request_body = RecordLookUp,
    security(("staff_cookie" = []), ("staff_bearer" = [])),
    extensions(("x-permission" = json!("note"))),
    responses(
        (status = 200, description = "The enquiry.", body = Enquiry),
        (status = 409, description = "`asker_not_confirmed`: nothing is looked up for somebody of whom it is not confirmed who they are; `enquiry_over`: it was answered.", body = orders_api::Problem, content_type = "application/problem+json"),
        (status = 422, description = "Fields are wrong: see `errors`. An `order` that they do not see is `unknown`, one that the enquiry cannot be about `not_allowed`.", body = orders_api::Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn record_look_up(
    State(app): State<App>,
    staff: Staff,
    key: IdempotencyKey,
    PathId(id): PathId,
    Body { value, fingerprint }: Body<RecordLookUp>,
) -> Result<Response, Failure> {
    let enquiry = named(&app, &staff, &id).await?;
    let note = note(value.note)?;
    let order = value.order.map(OrderId).or(enquiry.order);
    let order = order.ok_or_else(|| Failure::field("order", field_codes::REQUIRED))?;
    let order = match staff.order(&app, &order).await {
        Err(Failure::NotFound) => return Err(Failure::unknown("order")),
        other => other?,
    };
    let asked_by = asked_by(&app, enquiry.conversation.as_ref()).await?;
    let step = EnquiryStep::LookedUp {
        order: SeenOrder::of(&order),
        note,
    };
    let sent = (&key, fingerprint.as_str());
    record(&app, &staff, sent, &id, step, |enquiry| {
        if enquiry.may_look_up(&order, asked_by.as_ref()) {
            Ok(())
        } else {
            Err(Failure::field("order", field_codes::NOT_ALLOWED))
        }
    })
    .await
}

/// Who is logged in at the other end of the conversation.
async fn asked_by(
    app: &App,
    conversation: Option<&orders_domain::ConversationId>,
) -> Result<Option<ShopperId>, Failure> {
    let Some(id) = conversation else {
        return Ok(None);
    };
    let found = app.store.conversation(id).await?;
    Ok(found.map(|found| found.shopper))
}
