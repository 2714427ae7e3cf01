//! `GET /orders/{id}/after-sale/preview`.

use axum::Json;
use axum::extract::State;
use orders_api::{CaseKind, CasePreview, Condition, field_codes};
use orders_domain::{CaseLine, CaseWish, LineId, OrderId};

use crate::http::cases::refused::case_refused;
use crate::http::context::Context;
use crate::http::error::Failure;
use crate::http::path_id::PathId;
use crate::http::query::Query;
use crate::http::session::Shopper;
use crate::http::wire::View;
use crate::state::App;

/// What a case would come to, were it opened and granted now. Evidence is not asked for yet.
#[utoipa::path(
    get, path = "/orders/{id}/after-sale/preview", tag = "after_sale", operation_id = "preview_case",
    params(
        ("id" = String, Path, min_length = 1, max_length = 64),
        ("kind" = CaseKind, Query, description = "The money alone, or a return."),
        ("reason" = String, Query, description = "The reason's code."),
        ("condition" = Option<Condition>, Query, description = "In which condition the goods are; needed for a return of goods that were received."),
        ("line" = Vec<String>, Query, explode, description = "Some of a line: `LINE_ID:QUANTITY`, as often as needed."),
        ("component" = Option<Vec<String>>, Query, explode, description = "A component of one of those lines: `LINE_ID:COMPONENT_ID`, as often as needed; a line without any is meant whole."),
    ),
    security(("cookie" = []), ("bearer" = [])),
    responses(
        (status = 200, description = "What it would come to.", body = CasePreview),
        (status = 409, description = "`case_not_possible`: a line takes no case, for the `reason` (a `NotReturnable`), with the order.", body = orders_api::Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn preview_case(
    State(app): State<App>,
    shopper: Shopper,
    context: Context,
    PathId(id): PathId,
    query: Query,
) -> Result<Json<CasePreview>, Failure> {
    let now = app.clock.now();
    let order = shopper.order(&app, &OrderId(id)).await?;
    let wish = wish(&query)?;
    let view = View::of(&app, &order, context.language, now)?;
    let settlement = order
        .settle_case(&wish, view.policy, now)
        .map_err(|error| case_refused(error, &order, &wish, view))?;
    Ok(Json(view.case_preview(&order, &wish, settlement)))
}

fn wish(query: &Query) -> Result<CaseWish, Failure> {
    let required = |name: &str| {
        let value = query.one(name)?;
        value.ok_or_else(|| Failure::field(name, field_codes::REQUIRED))
    };
    let kind = CaseKind::from_code(required("kind")?).ok_or_else(|| Failure::unknown("kind"))?;
    let reason = required("reason")?.to_owned();
    let condition = query
        .one("condition")?
        .map(|code| Condition::from_code(code).ok_or_else(|| Failure::unknown("condition")))
        .transpose()?;
    let mut lines = query
        .all("line")
        .map(some_of_line)
        .collect::<Option<Vec<_>>>()
        .ok_or_else(|| Failure::field("line", field_codes::INVALID))?;
    for text in query.all("component") {
        let found = lines.iter_mut().find_map(|some| {
            let rest = text.strip_prefix(some.line.as_str())?;
            let component = rest.strip_prefix(':')?.to_owned();
            Some((some, component))
        });
        let (some, component) =
            found.ok_or_else(|| Failure::field("component", field_codes::INVALID))?;
        some.components.push(component);
    }
    Ok(CaseWish {
        kind,
        lines,
        reason,
        note: None,
        condition,
        evidence: Vec::new(),
    })
}

/// `LINE_ID:QUANTITY`.
fn some_of_line(text: &str) -> Option<CaseLine> {
    let (line, quantity) = text.rsplit_once(':')?;
    Some(CaseLine {
        line: LineId(line.to_owned()),
        quantity: quantity.parse().ok()?,
        components: Vec::new(),
    })
}
