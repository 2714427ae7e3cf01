//! `GET /integration/refunds`.

use axum::Json;
use axum::extract::State;
use orders_api::Instant;
use orders_domain::RefundId;
use serde::Serialize;
use utoipa::ToSchema;

use super::IntegrationKey;
use crate::config::limits::PAGE_MAX;
use crate::http::error::Failure;
use crate::http::query::Query;
use crate::http::wire::instant;
use crate::state::App;

/// Refunds that are under way.
#[derive(Debug, Serialize, ToSchema)]
pub struct RefundsUnderWay {
    /// At most `limit` of them, by their ids.
    pub items: Vec<RefundUnderWay>,
    /// The `after` of the next page; `null` at the end.
    pub next_cursor: Option<String>,
}

/// A refund that Tepai makes and that has neither arrived nor failed.
#[derive(Debug, Serialize, ToSchema)]
pub struct RefundUnderWay {
    /// Its id, which is its number at the provider.
    pub refund: String,
    /// The order, as Tepai knows it.
    pub order: String,
    /// By which provider of the payments file.
    pub provider: String,
    /// When something is done for it next.
    pub due_at: Instant,
    /// Tries in a row that were not answered, or answered with "later".
    pub tries: u32,
    /// What the last of them said.
    pub trouble: Option<String>,
}

/// The refunds that Tepai has under way, and which of them have trouble.
#[utoipa::path(
    get, path = "/integration/refunds", tag = "integration", operation_id = "list_refunds",
    params(
        ("after" = Option<String>, Query, description = "The last id of the page before.", max_length = 64),
        ("limit" = Option<u32>, Query, description = "How many, 100 without.", minimum = 1, maximum = 100),
    ),
    security(("integration_key" = [])),
    responses((status = 200, description = "Under way.", body = RefundsUnderWay)),
)]
pub async fn list_refunds(
    _: IntegrationKey,
    State(app): State<App>,
    query: Query,
) -> Result<Json<RefundsUnderWay>, Failure> {
    let after = query.one("after")?.map(RefundId::from);
    let limit = query.count("limit", PAGE_MAX)?.unwrap_or(PAGE_MAX);
    let waiting = app.store.waiting_refunds(after.as_ref(), limit).await?;
    let full = u32::try_from(waiting.len()).is_ok_and(|count| count == limit);
    let items: Vec<RefundUnderWay> = waiting
        .into_iter()
        .map(|waiting| RefundUnderWay {
            refund: waiting.refund.0,
            order: waiting.order.0,
            provider: waiting.provider.0,
            due_at: instant(waiting.due_at),
            tries: waiting.tries,
            trouble: waiting.trouble,
        })
        .collect();
    let next_cursor = items
        .last()
        .filter(|_| full)
        .map(|last| last.refund.clone());
    Ok(Json(RefundsUnderWay { items, next_cursor }))
}
