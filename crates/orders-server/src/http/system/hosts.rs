//! `GET /hosts`.

use axum::Json;
use axum::extract::State;

use crate::state::App;

/// The origins of the pages that may show the storefront in a frame and talk to it as its host app.
///
/// The storefront asks for them when it finds itself in a frame (docs/WEBVIEW.md).
#[utoipa::path(
    get, path = "/hosts", tag = "system", operation_id = "hosts",
    responses((status = 200, description = "Origins, such as `https://app.example.com`.", body = Vec<String>)),
)]
pub async fn hosts(State(app): State<App>) -> Json<Vec<String>> {
    Json(app.host_origins.clone())
}
