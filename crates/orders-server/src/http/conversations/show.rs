//! `GET /conversations/{id}`.

use axum::Json;
use axum::extract::State;
use orders_api::Conversation;

use super::{own, wire};
use crate::http::context::Context;
use crate::http::error::Failure;
use crate::http::path_id::PathId;
use crate::http::session::Shopper;
use crate::state::App;

/// One conversation of the shopper's, without its messages.
#[utoipa::path(
    get, path = "/conversations/{id}", tag = "conversations", operation_id = "show_conversation",
    params(("id" = String, Path, min_length = 1, max_length = 64)),
    security(("cookie" = []), ("bearer" = [])),
    responses((status = 200, description = "The conversation.", body = Conversation)),
)]
pub async fn show_conversation(
    State(app): State<App>,
    shopper: Shopper,
    context: Context,
    PathId(id): PathId,
) -> Result<Json<Conversation>, Failure> {
    let conversation = own(&app, &shopper, id).await?;
    Ok(Json(wire::whole(&app, &context, &conversation).await?))
}
