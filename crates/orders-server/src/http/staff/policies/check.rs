//! `GET /staff/policies/{id}/draft/check`.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State;
use chrono::TimeDelta;
use orders_api::{PolicyCheck, PolicyEffectCount, PolicyExample};
use orders_domain::{
    Calendar, Order, Permission, Policy, PolicyEffect, changed_rules, not_compared,
};

use super::{held_text, parsed, shop};
use crate::config::limits::{POLICY_CHECK_DAYS, POLICY_CHECK_DAYS_MAX, POLICY_CHECK_ORDERS};
use crate::http::error::Failure;
use crate::http::path_id::PathId;
use crate::http::query::Query;
use crate::http::staff::Staff;
use crate::state::App;

/// The most orders that are named for one effect.
const EXAMPLES: usize = 5;
/// How many orders are in memory at once.
const AT_ONCE: u32 = 100;

/// What the draft would have changed for the orders of the last days: each compared with the policy that it goes by. Of
/// which of the changed rules these orders do not tell is said with it.
#[utoipa::path(
    get, path = "/staff/policies/{id}/draft/check", tag = "staff", operation_id = "check_policy_draft",
    params(
        ("id" = String, Path, description = "The shop's id.", min_length = 1, max_length = 64),
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
    let shop = shop(&app, &staff, id).await?;
    let days = query
        .count("days", POLICY_CHECK_DAYS_MAX)?
        .unwrap_or(POLICY_CHECK_DAYS);
    let draft = app.store.policy_draft(&shop).await?;
    let draft = draft.ok_or(Failure::NotFound)?;
    let policy = parsed(&shop, &draft.text).map_err(|_| Failure::DraftInvalid)?;
    let since = app.clock.now() - TimeDelta::days(i64::from(days));
    let mut trial = Trial::default();
    let mut last: Option<Order> = None;
    let complete = loop {
        let left = POLICY_CHECK_ORDERS - trial.orders;
        let limit = left.clamp(1, AT_ONCE);
        let store = &app.store;
        let mut page = store
            .orders_placed_since(&shop, since, last.as_ref(), limit)
            .await?;
        if left == 0 || page.is_empty() {
            break page.is_empty();
        }
        for order in &page {
            trial.add(
                order,
                app.shops.policy_of(order),
                &policy,
                &app.shops.calendar,
            );
        }
        last = page.pop();
    };
    let effects = trial.effects.into_values().collect();
    let rules = changed_rules(&held_text(&app, &shop).await?, &draft.text);
    let silent = not_compared(&rules, &policy).into_iter();
    Ok(Json(PolicyCheck {
        revision: draft.revision,
        days,
        orders: trial.orders,
        complete,
        affected: trial.affected,
        effects,
        not_compared: silent.map(|rule| rule.key.clone()).collect(),
    }))
}

/// What came of the orders so far.
#[derive(Default)]
struct Trial {
    orders: u32,
    affected: u32,
    effects: BTreeMap<PolicyEffect, PolicyEffectCount>,
}

impl Trial {
    /// Tries the draft on an order, which goes by `held`.
    fn add(&mut self, order: &Order, held: Option<&Policy>, draft: &Policy, calendar: &Calendar) {
        self.orders += 1;
        let Some(held) = held else { return };
        let ways = order.would_change(held, draft, calendar);
        self.affected += u32::from(!ways.is_empty());
        for effect in ways {
            let way = self.effects.entry(effect).or_insert(PolicyEffectCount {
                effect,
                orders: 0,
                examples: Vec::new(),
            });
            way.orders += 1;
            if way.examples.len() < EXAMPLES {
                way.examples.push(PolicyExample {
                    id: order.id.0.clone(),
                    number: order.number.clone(),
                });
            }
        }
    }
}
