//! `GET /staff/work`.

use axum::Json;
use axum::extract::State;
use orders_api::{WorkCount, WorkKind, WorkList};
use orders_domain::Permission;
use orders_store::{ClaimFilter, WORK_COUNTED, WorkOrder, WorkQuery};

use super::{item, shops_of};
use crate::config::limits::{PAGE_DEFAULT, PAGE_MAX};
use crate::http::error::Failure;
use crate::http::query::Query;
use crate::http::staff::Staff;
use crate::state::App;

/// What waits for the staff, of the shops that they see, with what the policy says about each entry and who has it in hand.
#[utoipa::path(
    get, path = "/staff/work", tag = "staff", operation_id = "list_work",
    params(
        ("kind" = Option<WorkKind>, Query, description = "Only of this kind."),
        ("shop" = Option<String>, Query, description = "Only of this shop.", max_length = 64),
        ("claim" = Option<String>, Query, description = "`mine`, `free` or `all`; `all` without."),
        ("sort" = Option<String>, Query, description = "`due`: what has to be done next comes first; `age`: what has waited longest. `due` without."),
        ("cursor" = Option<String>, Query, description = "The `next_cursor` of the page before, in the same order.", max_length = 512),
        ("limit" = Option<u32>, Query, description = "How many, 20 without.", minimum = 1, maximum = 100),
    ),
    security(("staff_cookie" = []), ("staff_bearer" = [])),
    extensions(("x-permission" = json!("see_work"))),
    responses((status = 200, description = "A page of the queue.", body = WorkList)),
)]
pub async fn list_work(
    State(app): State<App>,
    staff: Staff,
    query: Query,
) -> Result<Json<WorkList>, Failure> {
    staff.may(Permission::SeeWork)?;
    let kind = query
        .one("kind")?
        .map(|code| WorkKind::from_code(code).ok_or_else(|| Failure::unknown("kind")))
        .transpose()?;
    let claim = match query.one("claim")? {
        None | Some("all") => ClaimFilter::All,
        Some("free") => ClaimFilter::Free,
        Some("mine") => ClaimFilter::Of(staff.id().clone()),
        Some(_) => return Err(Failure::unknown("claim")),
    };
    let order = match query.one("sort")? {
        None | Some("due") => WorkOrder::Due,
        Some("age") => WorkOrder::Age,
        Some(_) => return Err(Failure::unknown("sort")),
    };
    let mut shops = shops_of(&app, &staff);
    if let Some(shop) = query.one("shop")? {
        shops.retain(|seen| seen.as_str() == shop);
    }
    let asked = WorkQuery {
        shops,
        kind,
        claim,
        order,
        cursor: query.one("cursor")?.map(str::to_owned),
        limit: query.count("limit", PAGE_MAX)?.unwrap_or(PAGE_DEFAULT),
    };
    let page = app.store.list_work(&asked, app.clock.now()).await?;
    let mut items = Vec::with_capacity(page.items.len());
    for entry in page.items {
        items.push(item(&app, entry).await?);
    }
    let counts = page.counts.into_iter().map(|(kind, count)| WorkCount {
        kind,
        count: count.min(WORK_COUNTED),
        more: count > WORK_COUNTED,
    });
    Ok(Json(WorkList {
        items,
        next_cursor: page.next_cursor,
        counts: counts.collect(),
    }))
}
