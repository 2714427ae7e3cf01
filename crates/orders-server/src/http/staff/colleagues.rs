//! `GET /staff/colleagues`.

use axum::Json;
use axum::extract::State;
use orders_api::{Colleagues, Person, field_codes};
use orders_domain::{Permission, ShopId, StaffMember};

use super::Staff;
use crate::http::error::Failure;
use crate::http::query::Query;
use crate::state::App;

/// Who else may chat for a shop: those to whom a conversation can be given.
#[utoipa::path(
    get, path = "/staff/colleagues", tag = "staff", operation_id = "list_colleagues",
    params(("shop" = String, Query, description = "For which shop.", max_length = 64)),
    security(("staff_cookie" = []), ("staff_bearer" = [])),
    extensions(("x-permission" = json!("chat"))),
    responses((status = 200, description = "The colleagues.", body = Colleagues)),
)]
pub async fn list_colleagues(
    State(app): State<App>,
    staff: Staff,
    query: Query,
) -> Result<Json<Colleagues>, Failure> {
    staff.may(Permission::Chat)?;
    let shop = query.one("shop")?;
    let shop = shop.ok_or_else(|| Failure::field("shop", field_codes::REQUIRED))?;
    let shop = ShopId::from(shop);
    if !staff.sees(&shop) || app.shops.policy(&shop).is_none() {
        return Err(Failure::unknown("shop"));
    }
    let others = may_chat_for(&app, &shop).await?.into_iter();
    let others = others.filter(|other| other.id != *staff.id());
    Ok(Json(Colleagues {
        items: others
            .map(|other| Person {
                id: other.id.0,
                name: other.name,
            })
            .collect(),
    }))
}

/// Everybody who can log in, sees the shop and may chat.
///
/// # Errors
/// When the store fails.
pub async fn may_chat_for(app: &App, shop: &ShopId) -> Result<Vec<StaffMember>, Failure> {
    let accounts = app.store.staff().await?.into_iter();
    let active = accounts.filter(|account| account.disabled_at.is_none());
    let members = active.map(|account| account.member);
    let may = |member: &StaffMember| member.sees(shop) && member.role.may(Permission::Chat);
    Ok(members.filter(may).collect())
}
