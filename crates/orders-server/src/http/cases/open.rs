//! `POST /orders/{id}/cases`.

use axum::response::Response;
use orders_api::{CaseDetail, NOTE_MAX, OpenCase, field_codes};
use orders_domain::{CaseLine, CaseWish, LineId};

use super::evidence::taken;
use super::refused::case_refused;
use crate::http::error::Failure;
use crate::http::json::Body;
use crate::http::orders::own::OwnOrder;
use crate::http::orders::{answer, respond};
use crate::http::text::Text;

/// The longest code of a reason, and the most lines, and components of a line, named.
const REASON_CHARS: usize = 64;
const LINES_MAX: usize = 200;

/// Ask for a refund, or a return and a refund, of what was received; or refuse a parcel that is on its way.
///
/// What it comes to is worked out on the order as it is at this moment, and kept with the case.
#[utoipa::path(
    post, path = "/orders/{id}/cases", tag = "after_sale", operation_id = "open_case",
    params(
        ("id" = String, Path, min_length = 1, max_length = 64),
        ("Idempotency-Key" = Option<String>, Header, min_length = 1, max_length = 64, pattern = "^[!-~]{1,64}$"),
    ),
    request_body = OpenCase,
    security(("cookie" = []), ("bearer" = [])),
    responses(
        (status = 201, description = "Opened; it is the merchant's turn.", body = CaseDetail),
        (status = 409, description = "`case_not_possible`: a line takes no case, for the `reason` (a `NotReturnable`), with the order.", body = orders_api::Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn open_case(
    own: OwnOrder,
    Body {
        value: body,
        fingerprint,
    }: Body<OpenCase>,
) -> Result<Response, Failure> {
    let evidence = taken(&own, &body.evidence).await?;
    let mut wish = wish(body)?;
    let changed = own.change(&fingerprint, |order, view| {
        wish.evidence = evidence.known()?;
        let change = order
            .open_case(&wish, view.policy, view.now)
            .map_err(|error| case_refused(error, order, &wish, view))?;
        let opened = change.order.body.cases.last();
        let detail = opened
            .and_then(|case| view.case_detail(&change.order, &case.id))
            .ok_or(Failure::NotFound)?;
        Ok((change, answer(201, &detail)))
    });
    respond(changed.await?)
}

fn wish(body: OpenCase) -> Result<CaseWish, Failure> {
    Text::line("reason", &body.reason, REASON_CHARS)?;
    if let Some(note) = &body.note {
        Text::at_most("note", note, NOTE_MAX)?;
    }
    let long = |line: &orders_api::CaseLine| line.components.len() > LINES_MAX;
    if body.lines.len() > LINES_MAX || body.lines.iter().any(long) {
        return Err(Failure::field("lines", field_codes::TOO_LONG));
    }
    let lines = body.lines.into_iter().map(|line| CaseLine {
        line: LineId(line.line),
        quantity: line.quantity,
        components: line.components,
    });
    Ok(CaseWish {
        kind: body.kind,
        lines: lines.collect(),
        reason: body.reason,
        note: body.note,
        condition: body.condition,
        evidence: Vec::new(),
    })
}
