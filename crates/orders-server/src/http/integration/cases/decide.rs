//! `POST /integration/cases/{case}/decisions`.

use axum::extract::State;
use axum::response::Response;
use orders_api::{CaseDecision, CaseForShop, field_codes};
use orders_domain::CaseMove;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{ADDRESS_CHARS, NOTE_CHARS, STAFF_CHARS, ShopMove};
use crate::http::context::Context;
use crate::http::error::Failure;
use crate::http::idempotency::IdempotencyKey;
use crate::http::integration::IntegrationKey;
use crate::http::json::Body;
use crate::http::path_id::PathId;
use crate::http::shop_side::ShopSide;
use crate::http::text::Text;
use crate::state::App;

/// A decision in a case.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DecideCase {
    /// What.
    pub decision: CaseDecision,
    /// Who: the shop's id of them. Kept with the decision, never shown to the shopper.
    #[schema(min_length = 1, max_length = 64, pattern = "^[!-~]{1,64}$")]
    pub staff: String,
    /// Words to the shopper; needed to reject and to dismiss.
    #[serde(default)]
    #[schema(max_length = 500)]
    pub note: Option<String>,
    /// Where the goods are to be sent; needed to approve a return that was not sent yet, and only then.
    #[serde(default)]
    #[schema(max_length = 200)]
    pub return_to: Option<String>,
}

/// Decide a case. By its state, the decision is the merchant's or, after an appeal, that of staff who did not decide it
/// the first time. What makes a refund above the policy's amount waits for a second person.
#[utoipa::path(
    post, path = "/integration/cases/{case}/decisions", tag = "integration", operation_id = "decide_case",
    params(
        ("case" = String, Path, min_length = 1, max_length = 64),
        ("Idempotency-Key" = Option<String>, Header, min_length = 1, max_length = 64, pattern = "^[!-~]{1,64}$"),
    ),
    request_body = DecideCase,
    security(("integration_key" = [])),
    responses(
        (status = 200, description = "The case after it.", body = CaseForShop),
        (status = 409, description = "`case_not_now`: not in this state, or what a colleague granted waits for a second person; `second_person_needed`: who said no does not decide the appeal; `case_closed`: it is over.", body = orders_api::Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn decide_case(
    _: IntegrationKey,
    State(app): State<App>,
    context: Context,
    key: IdempotencyKey,
    PathId(case): PathId,
    Body { value, fingerprint }: Body<DecideCase>,
) -> Result<Response, Failure> {
    Text::id("staff", &value.staff, STAFF_CHARS)?;
    let (action, note) = checked(value.decision, value.note, value.return_to)?;
    let by = ShopMove {
        app: &app,
        context: &context,
        key: &key,
        fingerprint: &fingerprint,
        case: &case,
        by: ShopSide::Systems(&value.staff),
        note,
        words: "note",
    };
    by.make(200, |_| action.clone()).await
}

/// The move that a decision is, and the words beside it.
///
/// # Errors
/// [`Failure::Invalid`] when words or an address are missing, or too long, or out of place.
pub fn checked(
    decision: CaseDecision,
    note: Option<String>,
    return_to: Option<String>,
) -> Result<(CaseMove, Option<String>), Failure> {
    let note = note.unwrap_or_default();
    match decision {
        CaseDecision::Reject | CaseDecision::Dismiss => Text::required("note", &note, NOTE_CHARS)?,
        CaseDecision::Approve | CaseDecision::Receive => Text::at_most("note", &note, NOTE_CHARS)?,
    };
    if let Some(address) = &return_to {
        Text::at_most("return_to", address, ADDRESS_CHARS)?;
        if decision != CaseDecision::Approve {
            return Err(Failure::field("return_to", field_codes::NOT_ALLOWED));
        }
    }
    // The words of a refusal are its reason; those with a yes are said beside it.
    Ok(match decision {
        CaseDecision::Approve => (CaseMove::Approve { return_to }, Some(note)),
        CaseDecision::Receive => (CaseMove::Receive, Some(note)),
        CaseDecision::Reject => (CaseMove::Reject { why: note }, None),
        CaseDecision::Dismiss => (CaseMove::Dismiss { why: note }, None),
    })
}
