//! `GET /staff/orders/{id}/enquiries` and `GET /staff/conversations/{id}/enquiries`.

use axum::Json;
use axum::extract::State;
use orders_api::{Enquiries, KnownAsker};
use orders_domain::{ConversationId, OrderId, Permission};
use orders_store::NoteAbout;

use super::to_wire;
use crate::http::error::Failure;
use crate::http::path_id::PathId;
use crate::http::staff::Staff;
use crate::http::staff::conversations::Names;
use crate::state::App;

/// What was asked about an order, and how it was answered.
#[utoipa::path(
    get, path = "/staff/orders/{id}/enquiries", tag = "staff", operation_id = "list_order_enquiries",
    params(("id" = String, Path, min_length = 1, max_length = 64)),
    security(("staff_cookie" = []), ("staff_bearer" = [])),
    extensions(("x-permission" = json!("note"))),
    responses((status = 200, description = "The enquiries.", body = Enquiries)),
)]
pub async fn list_order_enquiries(
    State(app): State<App>,
    staff: Staff,
    PathId(id): PathId,
) -> Result<Json<Enquiries>, Failure> {
    staff.may(Permission::Note)?;
    let order = staff.order(&app, &OrderId(id)).await?;
    list(&app, &NoteAbout::Order(order.id), None).await
}

/// What was asked in a conversation, and how it was answered; with what the log-in, or a guest's code, and its
/// facts tell of who asks and why.
#[utoipa::path(
    get, path = "/staff/conversations/{id}/enquiries", tag = "staff", operation_id = "list_conversation_enquiries",
    params(("id" = String, Path, min_length = 1, max_length = 64)),
    security(("staff_cookie" = []), ("staff_bearer" = [])),
    extensions(("x-permission" = json!("chat"))),
    responses((status = 200, description = "The enquiries.", body = Enquiries)),
)]
pub async fn list_conversation_enquiries(
    State(app): State<App>,
    staff: Staff,
    PathId(id): PathId,
) -> Result<Json<Enquiries>, Failure> {
    staff.may(Permission::Chat)?;
    let conversation = staff.conversation(&app, ConversationId(id)).await?;
    let known = KnownAsker {
        confirmed_by: conversation.identification(),
        topic: conversation.subject.topic,
        order: conversation.order.map(|id| id.0),
    };
    let about = NoteAbout::Conversation(conversation.id);
    list(&app, &about, Some(known)).await
}

async fn list(
    app: &App,
    about: &NoteAbout,
    known: Option<KnownAsker>,
) -> Result<Json<Enquiries>, Failure> {
    let records = app.store.enquiries(about).await?;
    let names = Names::of(app).await?;
    let items = records.iter().map(|record| to_wire(record, &names));
    Ok(Json(Enquiries {
        items: items.collect(),
        known,
    }))
}
