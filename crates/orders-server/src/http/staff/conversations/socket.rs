//! `GET /staff/conversations/{id}/socket`: a conversation as it happens, for the staff.

use axum::extract::State;
use axum::extract::ws::WebSocketUpgrade;
use axum::extract::ws::rejection::WebSocketUpgradeRejection;
use axum::http::HeaderMap;
use axum::response::Response;
use orders_domain::Permission;

use crate::http::conversations::socket::open;
use crate::http::conversations::speaker::Speaker;
use crate::http::error::Failure;
use crate::http::path_id::PathId;
use crate::http::query::Query;
use crate::http::staff::Staff;
use crate::state::App;

/// A conversation as a WebSocket, with the frames and the promises of the shopper's. Messages say who of the staff it was.
///
/// To say something or to type keeps the session alive; that the socket is open does not, and it is closed with 1008 when the
/// session is over. Photos are the shopper's to send.
#[utoipa::path(
    get, path = "/staff/conversations/{id}/socket", tag = "staff", operation_id = "open_socket_for_staff",
    params(
        ("id" = String, Path, min_length = 1, max_length = 64),
        ("after" = Option<i64>, Query, description = "The `seq` of the last message that the caller has; 0 without.", minimum = 0),
    ),
    security(("staff_cookie" = []), ("staff_bearer" = [])),
    extensions(("x-permission" = json!("chat"))),
    responses(
        (status = 101, description = "A WebSocket."),
        (status = 426, description = "`upgrade_required`: it was not asked for as a WebSocket.", body = orders_api::Problem, content_type = "application/problem+json"),
        (status = 429, description = "`too_many_sockets`.", body = orders_api::Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn open_socket_for_staff(
    State(app): State<App>,
    staff: Staff,
    PathId(id): PathId,
    query: Query,
    headers: HeaderMap,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
) -> Result<Response, Failure> {
    staff.may(Permission::Chat)?;
    open(app, Speaker::Staff(staff), id, &query, &headers, upgrade).await
}
