//! `POST /orders/{id}/complaints`.

use axum::response::Response;
use orders_api::{ComplaintDetail, NOTE_MAX, OpenComplaint};
use orders_domain::{ComplaintAbout, ComplaintIntent};

use super::refused::complaint_refused;
use crate::http::cases::evidence::taken;
use crate::http::error::Failure;
use crate::http::json::Body;
use crate::http::orders::own::OwnOrder;
use crate::http::orders::{answer, respond};
use crate::http::text::Text;

/// The longest id of a case or a refund.
const ID_CHARS: usize = 64;

/// Complain about an order, one of its cases or one of its refunds.
#[utoipa::path(
    post, path = "/orders/{id}/complaints", tag = "complaints", operation_id = "open_complaint",
    params(
        ("id" = String, Path, min_length = 1, max_length = 64),
        ("Idempotency-Key" = Option<String>, Header, min_length = 1, max_length = 64, pattern = "^[!-~]{1,64}$"),
    ),
    request_body = OpenComplaint,
    security(("cookie" = []), ("bearer" = [])),
    responses(
        (status = 201, description = "Received; the shop takes it up.", body = ComplaintDetail),
        (status = 409, description = "`no_complaints`: the shop takes none, or none about this order any more; `complaint_open`: there is one about the same thing.", body = orders_api::Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn open_complaint(
    own: OwnOrder,
    Body {
        value: body,
        fingerprint,
    }: Body<OpenComplaint>,
) -> Result<Response, Failure> {
    Text::required("text", &body.text, NOTE_MAX)?;
    for (field, id) in [("case", &body.case), ("refund", &body.refund)] {
        if let Some(id) = id {
            Text::at_most(field, id, ID_CHARS)?;
        }
    }
    let evidence = taken(&own, &body.evidence).await?;
    let mut intent = ComplaintIntent {
        about: ComplaintAbout {
            case: body.case,
            refund: body.refund,
        },
        topic: body.topic,
        wish: body.wish,
        amount: body.amount,
        text: body.text,
        evidence: Vec::new(),
    };
    let changed = own.change(&fingerprint, |order, view| {
        intent.evidence = evidence.known()?;
        let change = order
            .complain(&intent, view.complaint_rules(), view.now)
            .map_err(complaint_refused)?;
        let opened = change.order.body.complaints.last();
        let detail = opened
            .and_then(|one| view.complaint_detail(&change.order, &one.id))
            .ok_or(Failure::NotFound)?;
        Ok((change, answer(201, &detail)))
    });
    respond(changed.await?)
}
