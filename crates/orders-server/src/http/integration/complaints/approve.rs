//! `POST /integration/complaints/{complaint}/approvals`.

use axum::extract::State;
use axum::response::Response;
use orders_api::{ComplaintForShop, Decision};
use orders_domain::ComplaintMove;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{STAFF_CHARS, ShopAnswers};
use crate::http::context::Context;
use crate::http::error::Failure;
use crate::http::idempotency::IdempotencyKey;
use crate::http::integration::IntegrationKey;
use crate::http::json::Body;
use crate::http::path_id::PathId;
use crate::http::shop_side::ShopSide;
use crate::http::staff::note_for;
use crate::http::text::Text;
use crate::state::App;

/// What a second person of the shop says of what a colleague decided.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SecondPersonForShop {
    /// Who: the shop's id of them. Kept with it, never shown to the shopper.
    #[schema(min_length = 1, max_length = 64, pattern = "^[!-~]{1,64}$")]
    pub staff: String,
    /// Yes: it is done. No: it is not.
    pub decision: Decision,
    /// Why not, for the colleague; needed to decline.
    #[serde(default)]
    #[schema(max_length = 500)]
    pub note: Option<String>,
}

/// Say, as the second person, whether a proposal is made.
#[utoipa::path(
    post, path = "/integration/complaints/{complaint}/approvals", tag = "integration", operation_id = "approve_proposal_for_shop",
    params(
        ("complaint" = String, Path, min_length = 1, max_length = 64),
        ("Idempotency-Key" = Option<String>, Header, min_length = 1, max_length = 64, pattern = "^[!-~]{1,64}$"),
    ),
    request_body = SecondPersonForShop,
    security(("integration_key" = [])),
    responses(
        (status = 200, description = "The complaint after it.", body = ComplaintForShop),
        (status = 409, description = "`complaint_not_now`: nothing waits for a second person; `complaint_closed`: it is over; `second_person_needed`: they drafted it (and may only say no), or made what is disputed; `not_enough_left`: less money is left.", body = orders_api::Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn approve_proposal_for_shop(
    _: IntegrationKey,
    State(app): State<App>,
    context: Context,
    key: IdempotencyKey,
    PathId(complaint): PathId,
    Body { value, fingerprint }: Body<SecondPersonForShop>,
) -> Result<Response, Failure> {
    Text::id("staff", &value.staff, STAFF_CHARS)?;
    let action = action_of(value.decision, value.note.clone())?;
    let by = ShopAnswers {
        app: &app,
        context: &context,
        key: &key,
        fingerprint: &fingerprint,
        complaint: &complaint,
        by: ShopSide::Systems(&value.staff),
        words: "note",
    };
    by.make(200, |_| action.clone()).await
}

/// The move that a second person makes.
///
/// # Errors
/// [`Failure::Invalid`] when the words of a no are missing, or too long.
pub fn action_of(decision: Decision, note: Option<String>) -> Result<ComplaintMove, Failure> {
    let note = note_for(decision, note)?;
    Ok(match decision {
        Decision::Approve => ComplaintMove::Approve,
        Decision::Decline => ComplaintMove::DeclineDraft { why: note },
    })
}
