//! For those who run the server: health, counters, and the API's own description.

pub mod hosts;
pub mod openapi;

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};

use super::error::Failure;
use crate::state::App;

/// `GET /healthz`: the process answers.
pub async fn healthz() -> &'static str {
    "ok\n"
}

/// `GET /readyz`: the database answers too.
pub async fn readyz(State(app): State<App>) -> Result<&'static str, Failure> {
    app.store
        .ping()
        .await
        .map_err(|error| Failure::Unavailable(error.to_string()))?;
    Ok("ok\n")
}

/// `GET /metrics`, in the text form of Prometheus.
pub async fn metrics(State(app): State<App>) -> Response {
    let kind = [(header::CONTENT_TYPE, "text/plain; version=0.0.4")];
    // Without the database, the rest is worth the more.
    let waiting = match &app.mailer {
        Some(_) => app.store.waiting_mails().await.ok(),
        None => None,
    };
    (kind, app.metrics.text(waiting)).into_response()
}
