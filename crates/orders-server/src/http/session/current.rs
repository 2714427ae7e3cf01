//! `GET /session`.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use orders_api::Session;

use crate::config::limits::SESSION_SECONDS;

use super::{Shopper, cookie, token};
use crate::state::App;

/// Who is logged in. Renews the cookie, whose session was renewed by being used; a guest's is not.
#[utoipa::path(
    get, path = "/session", tag = "session", operation_id = "current_session",
    security(("cookie" = []), ("bearer" = [])),
    responses((status = 200, description = "Who is logged in.", body = Session)),
)]
pub async fn current_session(
    State(app): State<App>,
    shopper: Shopper,
    headers: HeaderMap,
) -> Response {
    let session = Json(shopper.to_wire());
    let by_cookie = !headers.contains_key(header::AUTHORIZATION);
    let renewed = by_cookie && shopper.account().is_ok();
    match token(&headers, app.https()).filter(|_| renewed) {
        Some(token) => {
            let cookie = [(
                header::SET_COOKIE,
                cookie(&token, app.https(), SESSION_SECONDS),
            )];
            (cookie, session).into_response()
        }
        None => session.into_response(),
    }
}
