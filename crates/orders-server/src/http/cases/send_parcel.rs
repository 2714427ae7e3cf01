//! `PUT /cases/{id}/parcel`.

use axum::response::Response;
use orders_api::{CaseDetail, Parcel};
use orders_domain::CaseMove;

use super::own::OwnCase;
use crate::http::error::Failure;
use crate::http::json::Body;
use crate::http::text::Text;

/// The longest name of a courier, and the longest consignment number.
const COURIER_CHARS: usize = 50;
const NUMBER_CHARS: usize = 50;

/// Say by which courier the goods go back, and under which number.
#[utoipa::path(
    put, path = "/cases/{id}/parcel", tag = "after_sale", operation_id = "send_parcel",
    params(
        ("id" = String, Path, min_length = 1, max_length = 64),
        ("Idempotency-Key" = Option<String>, Header, min_length = 1, max_length = 64, pattern = "^[!-~]{1,64}$"),
    ),
    request_body = Parcel,
    security(("cookie" = []), ("bearer" = [])),
    responses(
        (status = 200, description = "The case; it is the merchant's turn.", body = CaseDetail),
        (status = 409, description = "`case_not_now`: no return was granted, or the goods are on their way already; `case_closed`: it is over.", body = orders_api::Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn send_parcel(
    own: OwnCase,
    Body {
        value: body,
        fingerprint,
    }: Body<Parcel>,
) -> Result<Response, Failure> {
    Text::line("courier", &body.courier, COURIER_CHARS)?;
    Text::line("tracking_number", &body.tracking_number, NUMBER_CHARS)?;
    own.make(&fingerprint, 200, || {
        Ok(CaseMove::Send {
            parcel: orders_domain::Parcel {
                courier: body.courier.clone(),
                tracking_number: body.tracking_number.clone(),
            },
        })
    })
    .await
}
