//! `GET /support`.

use axum::Json;
use axum::extract::State;
use chrono::TimeDelta;
use orders_api::{ChatNow, SupportWays};
use orders_domain::{
    Case, Complaint, Instant, LikelyWait, Order, OrderId, Policy, QueuePlace, RefundId, ShopId,
    ShopperId, likely_wait,
};
use orders_store::{OrderQuery, Owner, Tab};

use crate::http::context::Context;
use crate::http::error::Failure;
use crate::http::help::{shop, support};
use crate::http::query::Query;
use crate::http::session::Shopper;
use crate::http::wire::{View, instant};
use crate::state::App;

/// How many orders are offered to choose from.
const RECENT: u32 = 5;

/// The ways to a person: chat, telephone, e-mail, as they are now, and the order that it is about.
#[utoipa::path(
    get, path = "/support", tag = "conversations", operation_id = "show_support",
    params(
        ("order" = Option<String>, Query, description = "About which order of the shopper's. A guest's own without.", max_length = 64),
        ("case" = Option<String>, Query, description = "About which after-sale case; its order is known by it.", max_length = 64),
        ("refund" = Option<String>, Query, description = "About which refund; its order is known by it.", max_length = 64),
        ("complaint" = Option<String>, Query, description = "About which complaint; its order is known by it.", max_length = 64),
        ("shop" = Option<String>, Query, description = "With which shop, where it is about no order. That of the last order without.", max_length = 64),
    ),
    security(("cookie" = []), ("bearer" = [])),
    responses(
        (status = 200, description = "The ways.", body = SupportWays),
        (status = 404, description = "`not_found`: the shopper has no such order, or it has no such refund, case or complaint.", body = orders_api::Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn show_support(
    State(app): State<App>,
    shopper: Shopper,
    context: Context,
    query: Query,
) -> Result<Json<SupportWays>, Failure> {
    let now = app.clock.now();
    let language = context.language;
    // A guest asks about the order, also without saying so.
    let only = shopper.owner().only().cloned();
    let order = match named(&app, &query).await?.or(only) {
        Some(id) => {
            let found = app.store.order_of(shopper.owner(), &id).await?;
            Some(found.ok_or(Failure::NotFound)?)
        }
        None => None,
    };
    if let Some(order) = &order {
        let case = query.one("case")?;
        let complaint = query.one("complaint")?;
        if case.is_some_and(|id| order.case(id).is_none())
            || complaint.is_some_and(|id| order.complaint(id).is_none())
        {
            return Err(Failure::NotFound);
        }
    }
    let recent = match (&order, shopper.owner()) {
        (None, Owner::Account(account)) => recent(&app, account).await?,
        (Some(_), _) | (None, Owner::Guest { .. }) => Vec::new(),
    };
    // Ways to a person are those in force, whatever an order was placed under.
    let policy = match (&order, query.one("shop")?, recent.first()) {
        (None, Some(id), _) => {
            let policy = app.shops.policy(&ShopId(id.to_owned()));
            policy.ok_or_else(|| Failure::unknown("shop"))?
        }
        (Some(order), _, _) | (None, None, Some(order)) => {
            View::of(&app, order, language, now)?.shop_now
        }
        (None, None, None) => app.shops.any().ok_or(Failure::NotFound)?,
    };
    let brief = |order: &Order| Ok(View::of(&app, order, language, now)?.brief(order));
    let (lines, may_complain) = match &order {
        Some(order) => {
            let view = View::of(&app, order, language, now)?;
            let may = order.takes_complaint(view.complaint_rules(), now);
            (view.lines(order), may)
        }
        None => (Vec::new(), false),
    };
    let refund = match (&order, query.one("refund")?) {
        (Some(order), Some(id)) => {
            let refund = order.refunds.iter().find(|refund| refund.id.0 == id);
            let refund = refund.ok_or(Failure::NotFound)?;
            Some(View::of(&app, order, language, now)?.refund(refund))
        }
        _ => None,
    };
    let reply = TimeDelta::hours(i64::from(policy.support.email_reply_hours));
    Ok(Json(SupportWays {
        shop: shop(policy, language),
        shops: app
            .shops
            .policies()
            .map(|policy| shop(policy, language))
            .collect(),
        support: support(policy, language),
        email_due_at: instant(now.checked_add_signed(reply).unwrap_or(now)),
        chat: chat_now(&app, policy, now).await?,
        order: order.as_ref().map(brief).transpose()?,
        lines,
        may_complain,
        refund,
        recent: recent.iter().map(brief).collect::<Result<_, Failure>>()?,
    }))
}

/// The order that is named, by its own id or by that of something of it.
async fn named(app: &App, query: &Query) -> Result<Option<OrderId>, Failure> {
    if let Some(order) = query.one("order")? {
        return Ok(Some(order.into()));
    }
    let order = match (
        query.one("case")?,
        query.one("refund")?,
        query.one("complaint")?,
    ) {
        (Some(case), ..) => Case::order_of(case),
        (None, Some(refund), _) => {
            let refund = RefundId(refund.to_owned());
            app.store.order_of_refund(&refund).await?
        }
        (None, None, Some(complaint)) => Complaint::order_of(complaint),
        (None, None, None) => return Ok(None),
    };
    order.map(Some).ok_or(Failure::NotFound)
}

async fn recent(app: &App, account: &ShopperId) -> Result<Vec<Order>, Failure> {
    let query = OrderQuery {
        tab: Tab::All,
        q: String::new(),
        placed_from: None,
        placed_to: None,
        cursor: None,
        limit: RECENT,
    };
    Ok(app.store.list_orders(account, &query).await?.orders)
}

/// The chat of a shop at `now`; `None` where it has none.
async fn chat_now(app: &App, policy: &Policy, now: Instant) -> Result<Option<ChatNow>, Failure> {
    let calendar = &app.shops.calendar;
    let Some(open) = policy.chat_is_open(calendar, now) else {
        return Ok(None);
    };
    if open {
        let queue = app.store.queue_at(&policy.shop, now).await?;
        let at = QueuePlace {
            place: queue.place,
            came_as: queue.came_as,
            waited: TimeDelta::zero(),
        };
        let wait = likely_wait(&queue.waits, at);
        let wait_minutes = match wait {
            Some(LikelyWait::Minutes(minutes)) => Some(minutes),
            Some(LikelyWait::Longer) | None => None,
        };
        let answered_by = wait.and_then(|wait| wait.answered_by(policy, calendar, now));
        return Ok(Some(ChatNow {
            open,
            opens_at: None,
            closes_at: policy.chat_closes(calendar, now).map(instant),
            answered_by: answered_by.map(instant),
            place: Some(queue.place),
            wait_minutes,
        }));
    }
    Ok(Some(ChatNow {
        open,
        opens_at: policy.chat_opens(calendar, now).map(instant),
        closes_at: None,
        answered_by: policy.chat_answer_due(calendar, now).map(instant),
        place: None,
        wait_minutes: None,
    }))
}
