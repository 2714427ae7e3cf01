//! `GET /staff/conversations/{id}/transcript`.

use axum::extract::State;
use axum::response::Response;
use orders_domain::{ConversationId, Permission};

use super::Names;
use crate::http::context::Context;
use crate::http::conversations::transcript::{Reader, attachment};
use crate::http::error::Failure;
use crate::http::path_id::PathId;
use crate::http::staff::Staff;
use crate::state::App;

/// All that was said, as a text to keep, with who of the staff it was, in the language that the request asks for. Notes of the
/// staff are not in it.
#[utoipa::path(
    get, path = "/staff/conversations/{id}/transcript", tag = "staff", operation_id = "show_transcript_to_staff",
    params(("id" = String, Path, min_length = 1, max_length = 64)),
    security(("staff_cookie" = []), ("staff_bearer" = [])),
    extensions(("x-permission" = json!("chat"))),
    responses((status = 200, description = "The text, as an attachment.", body = String, content_type = "text/plain")),
)]
pub async fn show_transcript_to_staff(
    State(app): State<App>,
    staff: Staff,
    context: Context,
    PathId(id): PathId,
) -> Result<Response, Failure> {
    staff.may(Permission::Chat)?;
    let conversation = staff.conversation(&app, ConversationId(id)).await?;
    let names = Names::of(&app).await?;
    let language = context.language;
    attachment(&app, &conversation, language, Reader::Staff(&names)).await
}
