//! What the shop's lists of cases and of complaints have in common: each entry is shown from its order.

use std::collections::HashMap;

use orders_domain::{Order, OrderId};

use crate::config::limits::{PAGE_DEFAULT, PAGE_MAX};
use crate::http::context::Context;
use crate::http::error::Failure;
use crate::http::query::Query;
use crate::http::wire::View;
use crate::state::App;

/// The state that a list is asked for by the code in `state`; `None` for every state.
///
/// # Errors
/// [`Failure::Invalid`] when there is no such state.
pub fn state_in<S>(query: &Query, known: impl Fn(&str) -> Option<S>) -> Result<Option<S>, Failure> {
    query
        .one("state")?
        .map(|code| known(code).ok_or_else(|| Failure::unknown("state")))
        .transpose()
}

/// How many entries a page is asked for.
///
/// # Errors
/// [`Failure::Invalid`] when it is no number, or too many.
pub fn limit_in(query: &Query) -> Result<u32, Failure> {
    Ok(query.count("limit", PAGE_MAX)?.unwrap_or(PAGE_DEFAULT))
}

/// What `show` makes of each of the entries, which are found by their ids and those of their orders. Each order is read
/// once; an entry that is gone is left out.
///
/// # Errors
/// When the store fails.
pub async fn shown<T>(
    app: &App,
    context: &Context,
    found: Vec<(String, OrderId)>,
    show: impl Fn(View<'_>, &Order, &str) -> Option<T>,
) -> Result<Vec<T>, Failure> {
    let now = app.clock.now();
    let mut orders: HashMap<OrderId, Order> = HashMap::new();
    let mut items = Vec::with_capacity(found.len());
    for (entry, id) in found {
        if !orders.contains_key(&id)
            && let Some(order) = app.store.order_by_id(&id).await?
        {
            orders.insert(id.clone(), order);
        }
        let Some(order) = orders.get(&id) else {
            continue;
        };
        let view = View::of(app, order, context.language, now)?;
        items.extend(show(view, order, &entry));
    }
    Ok(items)
}
