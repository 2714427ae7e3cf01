//! `GET /staff/refunds`.

use axum::Json;
use axum::extract::State;
use orders_api::RefundList;
use orders_domain::Permission;

use crate::config::limits::{CURSOR_CHARS, PAGE_DEFAULT, PAGE_MAX};
use crate::http::context::Context;
use crate::http::error::Failure;
use crate::http::integration::refund::{Account, wire};
use crate::http::query::Query;
use crate::http::staff::Staff;
use crate::http::text::Text;
use crate::http::wire::View;
use crate::state::App;

/// Refunds for which their shoppers ask for another way, and that is not decided: what has waited longest comes first.
#[utoipa::path(
    get, path = "/staff/refunds", tag = "staff", operation_id = "list_open_ways",
    params(
        ("cursor" = Option<String>, Query, description = "The `next_cursor` of the page before.", max_length = 256),
        ("limit" = Option<u32>, Query, description = "How many, 20 without.", minimum = 1, maximum = 100),
    ),
    security(("staff_cookie" = []), ("staff_bearer" = [])),
    extensions(("x-permission" = json!("decide_refund_way"))),
    responses((status = 200, description = "A page of them.", body = RefundList)),
)]
pub async fn list_open_ways(
    State(app): State<App>,
    staff: Staff,
    context: Context,
    query: Query,
) -> Result<Json<RefundList>, Failure> {
    staff.may(Permission::DecideRefundWay)?;
    let cursor = query
        .one("cursor")?
        .map(|cursor| Text::at_most("cursor", cursor, CURSOR_CHARS))
        .transpose()?;
    let limit = query.count("limit", PAGE_MAX)?.unwrap_or(PAGE_DEFAULT);
    let open = app.store.open_ways(staff.shops(), cursor, limit).await?;
    let now = app.clock.now();
    let mut items = Vec::with_capacity(open.ways.len());
    for way in open.ways {
        let Some(order) = app.store.order_by_id(&way.order).await? else {
            continue;
        };
        let view = View::of(&app, &order, context.language, now)?;
        items.extend(wire(&order, &way.refund, view.policy, Account::Masked));
    }
    Ok(Json(RefundList {
        items,
        next_cursor: open.next_cursor,
    }))
}
