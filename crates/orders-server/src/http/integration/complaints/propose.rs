//! `POST /integration/complaints/{complaint}/proposals`.

use axum::extract::State;
use axum::response::Response;
use orders_api::{ComplaintForShop, ProposalKind, StaffProposes, field_codes};
use orders_domain::{ComplaintMove, Order, Proposal};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{GIFT_CHARS, STAFF_CHARS, ShopAnswers};
use crate::http::context::Context;
use crate::http::error::Failure;
use crate::http::idempotency::IdempotencyKey;
use crate::http::integration::IntegrationKey;
use crate::http::integration::cases::NOTE_CHARS;
use crate::http::json::Body;
use crate::http::path_id::PathId;
use crate::http::shop_side::ShopSide;
use crate::http::text::Text;
use crate::state::App;

/// What somebody of the shop proposes.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ShopProposes {
    /// Who: the shop's id of them. Kept with it, never shown to the shopper.
    #[schema(min_length = 1, max_length = 64, pattern = "^[!-~]{1,64}$")]
    pub staff: String,
    /// What.
    pub proposal: StaffProposes,
}

/// Propose something; whoever answers takes the complaint up with it. Above the policy's amount it waits for a second person;
/// after a dispute it is the last word, of somebody else than proposed before.
#[utoipa::path(
    post, path = "/integration/complaints/{complaint}/proposals", tag = "integration", operation_id = "propose_for_shop",
    params(
        ("complaint" = String, Path, min_length = 1, max_length = 64),
        ("Idempotency-Key" = Option<String>, Header, min_length = 1, max_length = 64, pattern = "^[!-~]{1,64}$"),
    ),
    request_body = ShopProposes,
    security(("integration_key" = [])),
    responses(
        (status = 201, description = "The complaint after it.", body = ComplaintForShop),
        (status = 409, description = "`complaint_not_now`: not in this state, or a proposal waits for a second person; `complaint_closed`: it is over; `second_person_needed`: whoever proposed what is disputed does not decide that; `not_enough_left`: less money is left.", body = orders_api::Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn propose_for_shop(
    _: IntegrationKey,
    State(app): State<App>,
    context: Context,
    key: IdempotencyKey,
    PathId(complaint): PathId,
    Body { value, fingerprint }: Body<ShopProposes>,
) -> Result<Response, Failure> {
    Text::id("staff", &value.staff, STAFF_CHARS)?;
    checked(&value.proposal)?;
    let by = ShopAnswers {
        app: &app,
        context: &context,
        key: &key,
        fingerprint: &fingerprint,
        complaint: &complaint,
        by: ShopSide::Systems(&value.staff),
        words: "reason",
    };
    by.make(201, |order| {
        ComplaintMove::Propose(proposal_of(&value.proposal, order))
    })
    .await
}

/// Whether a proposal has a form that can be looked into; what it comes to, the order decides.
///
/// # Errors
/// [`Failure::Invalid`] when words are missing or too long.
pub fn checked(proposal: &StaffProposes) -> Result<(), Failure> {
    Text::required("reason", &proposal.reason, NOTE_CHARS)?;
    if let Some(gift) = &proposal.gift {
        Text::line("gift", gift, GIFT_CHARS)?;
    }
    let missing = match proposal.kind {
        ProposalKind::Refund => proposal.amount.is_none().then_some("amount"),
        ProposalKind::Compensation => {
            let nothing = proposal.amount.is_none() && proposal.points.is_none();
            nothing.then_some("amount")
        }
        ProposalKind::Goodwill => proposal.gift.is_none().then_some("gift"),
        ProposalKind::None => None,
    };
    missing.map_or(Ok(()), |field| {
        Err(Failure::field(field, field_codes::REQUIRED))
    })
}

/// The proposal for an order; whether it is the last word is the complaint's to say.
pub fn proposal_of(proposal: &StaffProposes, order: &Order) -> Proposal {
    Proposal {
        kind: proposal.kind,
        amount: proposal.amount.map(|amount| order.money(amount)),
        points: proposal.points,
        gift: proposal.gift.clone(),
        reason: proposal.reason.clone(),
        last: false,
    }
}
