//! `GET /staff/replies`.

use axum::Json;
use axum::extract::State;
use orders_api::{CannedReplies, field_codes};
use orders_domain::Permission;

use super::to_wire;
use crate::http::error::Failure;
use crate::http::query::Query;
use crate::http::staff::Staff;
use crate::http::staff::conversations::Names;
use crate::state::App;

/// The canned replies as they are written: of the shops that they see, and those for every shop.
#[utoipa::path(
    get, path = "/staff/replies", tag = "staff", operation_id = "list_replies",
    params(("archived" = Option<bool>, Query, description = "Those that are not used any more, instead of those that are.")),
    security(("staff_cookie" = []), ("staff_bearer" = [])),
    extensions(("x-permission" = json!("chat"))),
    responses((status = 200, description = "The replies.", body = CannedReplies)),
)]
pub async fn list_replies(
    State(app): State<App>,
    staff: Staff,
    query: Query,
) -> Result<Json<CannedReplies>, Failure> {
    staff.may(Permission::Chat)?;
    let archived = match query.one("archived")? {
        None | Some("false") => false,
        Some("true") => true,
        Some(_) => return Err(Failure::field("archived", field_codes::INVALID)),
    };
    let replies = app.store.replies(staff.shops(), archived).await?;
    let names = Names::of(&app).await?;
    let items = replies.iter().map(|reply| to_wire(reply, &names));
    Ok(Json(CannedReplies {
        items: items.collect(),
    }))
}
