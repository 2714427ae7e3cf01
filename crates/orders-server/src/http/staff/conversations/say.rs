//! `POST /staff/conversations/{id}/messages`.

use axum::extract::State;
use axum::response::Response;
use orders_api::{ChatMessage, SayInChat, field_codes};
use orders_domain::{Author, ConversationId, ConversationMove, Permission};
use orders_store::{Conversed, Once, Whose};

use crate::http::conversations::say::said_answer;
use crate::http::conversations::{make, respond, spoken, wire};
use crate::http::error::Failure;
use crate::http::idempotency::IdempotencyKey;
use crate::http::json::Body;
use crate::http::path_id::PathId;
use crate::http::staff::Staff;
use crate::http::staff::conversations::naming;
use crate::state::App;

/// Answer a shopper. Whoever says something in what nobody has, has it from then on; a colleague's is taken over first. Sent
/// again under the same `client_id`, it is the same message. Photos are the shopper's to send: `evidence` has to be empty.
#[utoipa::path(
    post, path = "/staff/conversations/{id}/messages", tag = "staff", operation_id = "answer_shopper",
    params(
        ("id" = String, Path, min_length = 1, max_length = 64),
        ("Idempotency-Key" = Option<String>, Header, min_length = 1, max_length = 64, pattern = "^[!-~]{1,64}$"),
    ),
    request_body = SayInChat,
    security(("staff_cookie" = []), ("staff_bearer" = [])),
    extensions(("x-permission" = json!("chat"))),
    responses(
        (status = 201, description = "The message, also when it was said before.", body = ChatMessage),
        (status = 409, description = "`conversation_closed`: only its shopper opens it again; `served_by_another`: a colleague has it, as `served_by` says; `claimed_by_another`: a colleague has it in hand in the queue.", body = orders_api::Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn answer_shopper(
    State(app): State<App>,
    staff: Staff,
    key: IdempotencyKey,
    PathId(id): PathId,
    Body { value, fingerprint }: Body<SayInChat>,
) -> Result<Response, Failure> {
    staff.may(Permission::Chat)?;
    let conversation = staff.conversation(&app, ConversationId(id)).await?;
    let once = key.once(&staff.caller(), &fingerprint, app.clock.now());
    let said = staff_says(&app, &staff, &conversation.id, value, once.as_ref());
    respond(naming(&app, said.await?).await?)
}

/// Somebody of the staff says something in a conversation that they see, by whichever way it comes. Who has it, when it is
/// refused for that, is known by id alone.
///
/// # Errors
/// When it is not taken, or the store fails.
pub async fn staff_says(
    app: &App,
    staff: &Staff,
    id: &ConversationId,
    body: SayInChat,
    once: Option<&Once>,
) -> Result<Conversed<Failure>, Failure> {
    if !body.evidence.is_empty() {
        return Err(Failure::field("evidence", field_codes::NOT_ALLOWED));
    }
    let spoken = spoken(Author::Staff(staff.id().clone()), body)?;
    let says = ConversationMove::StaffSays {
        by: staff.id().clone(),
        take_over: false,
    };
    make(
        app,
        Whose::ByStaff(staff.id(), id),
        once,
        Some(&spoken),
        &says,
        said_answer(wire::message_for_shop),
    )
    .await
}
