//! `GET /staff/policies/{id}/draft/check`.

use axum::Json;
use axum::extract::State;
use chrono::TimeDelta;
use orders_api::{PolicyCheck, PolicyEffectCount, PolicyExample};
use orders_domain::{Calendar, Order, Permission, Policy, PolicyEffect};

use super::{parsed, shop};
use crate::config::limits::{POLICY_CHECK_DAYS, POLICY_CHECK_DAYS_MAX, POLICY_CHECK_ORDERS};
use crate::http::error::Failure;
use crate::http::path_id::PathId;
use crate::http::query::Query;
use crate::http::staff::Staff;
use crate::state::App;

/// The most orders that are named for one effect.
const EXAMPLES: usize = 5;

/// What the draft would have changed for the orders of the last days: each compared with the policy that it goes by.
#[utoipa::path(
    get, path = "/staff/policies/{id}/draft/check", tag = "staff", operation_id = "check_policy_draft",
    params(
        ("id" = String, Path, description = "The shop’s id.", min_length = 1, max_length = 64),
        ("days" = Option<u32>, Query, description = "Of how many days, 30 without.", minimum = 1, maximum = 90),
    ),
    security(("staff_cookie" = []), ("staff_bearer" = [])),
    extensions(("x-permission" = json!("draft_policy"))),
    responses(
        (status = 200, description = "What it would have changed.", body = PolicyCheck),
        (status = 409, description = "`draft_invalid`: it has a mistake.", body = orders_api::Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn check_policy_draft(
    State(app): State<App>,
    staff: Staff,
    PathId(id): PathId,
    query: Query,
) -> Result<Json<PolicyCheck>, Failure> {
    staff.may(Permission::DraftPolicy)?;
    let shop = shop(&app, &staff, id)?;
    let days = query
        .count("days", POLICY_CHECK_DAYS_MAX)?
        .unwrap_or(POLICY_CHECK_DAYS);
    let draft = app.store.policy_draft(&shop).await?;
    let draft = draft.ok_or(Failure::NotFound)?;
    let policy = parsed(&shop, &draft.text).map_err(|_| Failure::DraftInvalid)?;
    let since = app.clock.now() - TimeDelta::days(i64::from(days));
    let most = POLICY_CHECK_ORDERS;
    let mut orders = app
        .store
        .orders_placed_since(&shop, since, most + 1)
        .await?;
    let complete = orders.len() <= most as usize;
    orders.truncate(most as usize);
    let held = |order: &Order| app.shops.policy_of(order);
    let (affected, effects) = tried(&orders, held, &policy, &app.shops.calendar);
    Ok(Json(PolicyCheck {
        revision: draft.revision,
        days,
        orders: count(orders.len()),
        complete,
        affected,
        effects,
    }))
}

/// How many of `orders` would have fared differently, and in which ways.
fn tried<'a>(
    orders: &[Order],
    held: impl Fn(&Order) -> Option<&'a Policy>,
    draft: &Policy,
    calendar: &Calendar,
) -> (u32, Vec<PolicyEffectCount>) {
    let mut affected = 0;
    let mut effects: Vec<PolicyEffectCount> = PolicyEffect::ALL
        .into_iter()
        .map(|effect| PolicyEffectCount {
            effect,
            orders: 0,
            examples: Vec::new(),
        })
        .collect();
    for order in orders {
        let Some(held) = held(order) else { continue };
        let ways = order.would_change(held, draft, calendar);
        affected += u32::from(!ways.is_empty());
        for way in effects.iter_mut().filter(|way| ways.contains(&way.effect)) {
            way.orders += 1;
            if way.examples.len() < EXAMPLES {
                way.examples.push(PolicyExample {
                    id: order.id.0.clone(),
                    number: order.number.clone(),
                });
            }
        }
    }
    effects.retain(|way| way.orders > 0);
    (affected, effects)
}

fn count(orders: usize) -> u32 {
    u32::try_from(orders).unwrap_or(u32::MAX)
}
