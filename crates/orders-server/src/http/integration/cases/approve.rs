//! `POST /integration/cases/{case}/approvals`.

use axum::extract::State;
use axum::response::Response;
use orders_api::{CaseForShop, Decision};
use orders_domain::{CaseMove, Second};

use super::{STAFF_CHARS, ShopMove};
use crate::http::context::Context;
use crate::http::error::Failure;
use crate::http::idempotency::IdempotencyKey;
use crate::http::integration::IntegrationKey;
use crate::http::integration::complaints::approve::SecondPersonForShop;
use crate::http::json::Body;
use crate::http::path_id::PathId;
use crate::http::shop_side::ShopSide;
use crate::http::staff::note_for;
use crate::http::text::Text;
use crate::state::App;

/// Say, as the second person, whether what a colleague granted in a case is done.
#[utoipa::path(
    post, path = "/integration/cases/{case}/approvals", tag = "integration", operation_id = "approve_case_for_shop",
    params(
        ("case" = String, Path, min_length = 1, max_length = 64),
        ("Idempotency-Key" = Option<String>, Header, min_length = 1, max_length = 64, pattern = "^[!-~]{1,64}$"),
    ),
    request_body = SecondPersonForShop,
    security(("integration_key" = [])),
    responses(
        (status = 200, description = "The case after it.", body = CaseForShop),
        (status = 409, description = "`case_not_now`: nothing waits for a second person; `second_person_needed`: they granted it themselves, or said no before the appeal; `case_closed`: it is over.", body = orders_api::Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn approve_case_for_shop(
    _: IntegrationKey,
    State(app): State<App>,
    context: Context,
    key: IdempotencyKey,
    PathId(case): PathId,
    Body { value, fingerprint }: Body<SecondPersonForShop>,
) -> Result<Response, Failure> {
    Text::id("staff", &value.staff, STAFF_CHARS)?;
    let says = second_of(value.decision, value.note.clone())?;
    let by = ShopMove {
        app: &app,
        context: &context,
        key: &key,
        fingerprint: &fingerprint,
        case: &case,
        by: ShopSide::Systems(&value.staff),
        note: None,
        words: "note",
    };
    by.make(200, |_| CaseMove::Second(says.clone())).await
}

/// What a second person says.
///
/// # Errors
/// [`Failure::Invalid`] when the words of a no are missing, or too long.
pub fn second_of(decision: Decision, note: Option<String>) -> Result<Second, Failure> {
    let why = note_for(decision, note)?;
    Ok(match decision {
        Decision::Approve => Second::Approve,
        Decision::Decline => Second::Decline { why },
    })
}
