//! `GET /staff/refunds/{refund}`.

use axum::Json;
use axum::extract::State;
use orders_api::RefundForShop;
use orders_domain::{Permission, RefundId};

use crate::http::context::Context;
use crate::http::error::Failure;
use crate::http::integration::refund::{Account, order_of, wire};
use crate::http::path_id::PathId;
use crate::http::staff::Staff;
use crate::http::wire::View;
use crate::state::App;

/// One refund, with the account that its shopper named in full.
#[utoipa::path(
    get, path = "/staff/refunds/{refund}", tag = "staff", operation_id = "show_refund_to_staff",
    params(("refund" = String, Path, min_length = 1, max_length = 64)),
    security(("staff_cookie" = []), ("staff_bearer" = [])),
    extensions(("x-permission" = json!("decide_refund_way"))),
    responses((status = 200, description = "The refund.", body = RefundForShop)),
)]
pub async fn show_refund_to_staff(
    State(app): State<App>,
    staff: Staff,
    context: Context,
    PathId(refund): PathId,
) -> Result<Json<RefundForShop>, Failure> {
    staff.may(Permission::DecideRefundWay)?;
    let refund = RefundId(refund);
    let id = order_of(&app, &refund).await?;
    let order = staff.order(&app, &id).await?;
    let view = View::of(&app, &order, context.language, app.clock.now())?;
    wire(&order, &refund, view.policy, Account::InFull)
        .map(Json)
        .ok_or(Failure::NotFound)
}
