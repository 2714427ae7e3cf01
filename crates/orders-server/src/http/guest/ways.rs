//! `GET /guest`.

use axum::Json;
use axum::extract::State;
use orders_api::GuestWays;

use crate::state::App;

/// To what codes are sent here. Where neither is, an order cannot be looked up without logging in.
#[utoipa::path(
    get, path = "/guest", tag = "guest", operation_id = "show_guest_ways",
    responses((status = 200, description = "The ways.", body = GuestWays)),
)]
pub async fn show_guest_ways(State(app): State<App>) -> Json<GuestWays> {
    Json(GuestWays {
        email: app.mailer.is_some(),
        phone: app.sms.is_some(),
    })
}
