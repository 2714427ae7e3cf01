//! `GET` and `POST /integration/reconciliations`.

use axum::Json;
use axum::extract::State;
use chrono::NaiveDate;
use orders_api::{Day, Instant, field_codes};
use orders_domain::ProviderId;
use orders_store::{DifferenceKind, Reconciliation};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::IntegrationKey;
use crate::config::limits::PAGE_MAX;
use crate::http::error::Failure;
use crate::http::idempotency::IdempotencyKey;
use crate::http::json::Body;
use crate::http::query::Query;
use crate::http::text::Text;
use crate::http::wire::instant;
use crate::refunds::reconcile as books;
use crate::state::App;

/// Comparisons of our books with the payment providers'.
#[derive(Debug, Serialize, ToSchema)]
pub struct Reconciliations {
    /// The newest day first.
    pub items: Vec<Reconciled>,
}

/// A day's comparison with one provider.
#[derive(Debug, Serialize, ToSchema)]
pub struct Reconciled {
    /// Its name in the payments file.
    pub provider: String,
    /// A day in Beijing.
    pub day: Day,
    /// When it was compared.
    pub at: Instant,
    /// Our books.
    pub ours: Total,
    /// The provider's.
    pub theirs: Total,
    /// Where they differ: none is how it should be.
    pub differences: Vec<Differing>,
}

/// Refunds of a day together.
#[derive(Debug, Serialize, ToSchema)]
pub struct Total {
    /// How many.
    pub count: i64,
    /// Minor units.
    pub amount: i64,
}

/// A refund on which books differ.
#[derive(Debug, Serialize, ToSchema)]
pub struct Differing {
    /// Its number.
    pub refund: String,
    /// In which way.
    pub kind: Difference,
    /// What our books say, minor units; `null` when they do not have it.
    pub ours: Option<i64>,
    /// What the provider's say.
    pub theirs: Option<i64>,
}

/// In which way books differ.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Difference {
    /// The provider gave money back of which our books know nothing.
    MissingHere,
    /// Our books say that it was sent, and the provider does not have it.
    MissingThere,
    /// Both have it, with other amounts.
    Amount,
    /// Both have it: one says that the money moved, the other that it failed.
    Outcome,
}

/// Which day to compare now.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Reconcile {
    /// The provider's name in the payments file.
    #[schema(min_length = 1, max_length = 64, pattern = "^[!-~]{1,64}$")]
    pub provider: String,
    /// A day in Beijing that has begun.
    #[schema(value_type = String, format = Date)]
    pub day: NaiveDate,
}

/// What comparing our books with the payment providers' showed, the newest days first. Every day is compared by itself,
/// once the provider has its ledger.
#[utoipa::path(
    get, path = "/integration/reconciliations", tag = "integration", operation_id = "list_reconciliations",
    params(("limit" = Option<u32>, Query, description = "How many, 100 without.", minimum = 1, maximum = 100)),
    security(("integration_key" = [])),
    responses((status = 200, description = "What was compared.", body = Reconciliations)),
)]
pub async fn list_reconciliations(
    _: IntegrationKey,
    State(app): State<App>,
    query: Query,
) -> Result<Json<Reconciliations>, Failure> {
    let limit = query.count("limit", PAGE_MAX)?.unwrap_or(PAGE_MAX);
    let found = app.store.reconciliations(limit).await?;
    let items = found.into_iter().map(wire).collect();
    Ok(Json(Reconciliations { items }))
}

/// Compares a day now, in place of what was found before. Sent again, it compares again.
#[utoipa::path(
    post, path = "/integration/reconciliations", tag = "integration", operation_id = "reconcile",
    params(("Idempotency-Key" = Option<String>, Header, min_length = 1, max_length = 64, pattern = "^[!-~]{1,64}$")),
    request_body = Reconcile,
    security(("integration_key" = [])),
    responses(
        (status = 200, description = "What it showed.", body = Reconciled),
        (status = 409, description = "`ledger_not_ready`: the provider has no ledger of that day, or none at all.", body = orders_api::Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn reconcile(
    _: IntegrationKey,
    State(app): State<App>,
    _: IdempotencyKey,
    Body { value, .. }: Body<Reconcile>,
) -> Result<Json<Reconciled>, Failure> {
    Text::id("provider", &value.provider, 64)?;
    let provider = ProviderId(value.provider);
    if !app.payments.providers.contains_key(&provider) {
        return Err(Failure::unknown("provider"));
    }
    // Neither before there were such providers nor in the future.
    if value.day > books::today(app.clock.now())
        || value.day < NaiveDate::from_ymd_opt(2000, 1, 1).unwrap_or_default()
    {
        return Err(Failure::field("day", field_codes::OUT_OF_RANGE));
    }
    match books::reconcile(&app, &provider, value.day).await {
        Ok(done) => Ok(Json(wire(done))),
        Err(books::Failed::Store(error)) => Err(error.into()),
        Err(error) => {
            tracing::warn!(%provider, day = %value.day, %error, "cannot reconcile");
            Err(Failure::NotReconciled)
        }
    }
}

fn wire(done: Reconciliation) -> Reconciled {
    let total = |(count, amount)| Total { count, amount };
    Reconciled {
        provider: done.provider.0,
        day: Day(done.day.to_string()),
        at: instant(done.at),
        ours: total(done.ours),
        theirs: total(done.theirs),
        differences: done
            .differences
            .into_iter()
            .map(|difference| Differing {
                refund: difference.refund.0,
                kind: match difference.kind {
                    DifferenceKind::MissingHere => Difference::MissingHere,
                    DifferenceKind::MissingThere => Difference::MissingThere,
                    DifferenceKind::Amount => Difference::Amount,
                    DifferenceKind::Outcome => Difference::Outcome,
                },
                ours: difference.ours,
                theirs: difference.theirs,
            })
            .collect(),
    }
}
