//! `POST /integration/conversations/{id}/messages`.

use axum::extract::State;
use axum::response::Response;
use orders_api::{ChatMessage, SayInChat};
use orders_domain::{Author, ConversationId, ConversationMove, StaffId};
use orders_store::Whose;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::http::conversations::{make, respond, say::said_answer, spoken, wire};
use crate::http::error::Failure;
use crate::http::idempotency::IdempotencyKey;
use crate::http::integration::IntegrationKey;
use crate::http::json::Body;
use crate::http::path_id::PathId;
use crate::http::staff::conversations::naming;
use crate::http::text::Text;
use crate::random;
use crate::state::App;

/// The longest id of somebody of the staff.
const STAFF_CHARS: usize = 64;

/// Words of somebody of the staff.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StaffMessage {
    /// Who: the shop's id of them. Kept with the message, never shown to the shopper.
    #[schema(min_length = 1, max_length = 64, pattern = "^[!-~]{1,64}$")]
    pub staff: String,
    /// In words.
    #[schema(min_length = 1, max_length = 2000)]
    pub text: String,
    /// The sender's name for it: sent again under the same, it is the same message. A name is made when there is none.
    #[serde(default)]
    #[schema(min_length = 1, max_length = 64, pattern = "^[!-~]{1,64}$")]
    pub client_id: Option<String>,
    /// Whether they take it over when a colleague has it.
    #[serde(default)]
    pub take_over: bool,
}

/// Answer a shopper. Whoever says something has the conversation from then on. What a colleague has is theirs, unless
/// `take_over` says otherwise.
#[utoipa::path(
    post, path = "/integration/conversations/{id}/messages", tag = "integration", operation_id = "say_in_conversation_as_staff",
    params(
        ("id" = String, Path, min_length = 1, max_length = 64),
        ("Idempotency-Key" = Option<String>, Header, min_length = 1, max_length = 64, pattern = "^[!-~]{1,64}$"),
    ),
    request_body = StaffMessage,
    security(("integration_key" = [])),
    responses(
        (status = 201, description = "The message, also when it was said before.", body = ChatMessage),
        (status = 409, description = "`conversation_closed`: only its shopper opens it again; `served_by_another`: a colleague has it, as `served_by` says.", body = orders_api::Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn say_in_conversation_as_staff(
    _: IntegrationKey,
    State(app): State<App>,
    key: IdempotencyKey,
    PathId(id): PathId,
    Body { value, fingerprint }: Body<StaffMessage>,
) -> Result<Response, Failure> {
    Text::id("staff", &value.staff, STAFF_CHARS)?;
    let staff = StaffId(value.staff);
    let client_id = match value.client_id {
        Some(client_id) => client_id,
        None => random::hex::<8>().map_err(Failure::internal)?,
    };
    let body = SayInChat {
        client_id,
        text: value.text,
        evidence: Vec::new(),
    };
    let spoken = spoken(Author::Staff(staff.clone()), body)?;
    let once = key.once("integration", &fingerprint, app.clock.now());
    let id = ConversationId(id);
    let said = make(
        &app,
        Whose::Any(&id),
        once.as_ref(),
        Some(&spoken),
        &ConversationMove::StaffSays {
            by: staff,
            take_over: value.take_over,
        },
        said_answer(wire::message_for_shop),
    )
    .await?;
    respond(naming(&app, said).await?)
}
