//! Orders: list, detail, preview, cancel, withdraw, correct the address.

use gloo_net::http::Method;
use orders_api::{
    Address, CancelOrder, CancelOutcome, CancellationPreview, LineQuantity, ORDERS, OrderDetail,
    OrderList, segment,
};

use super::{Call, Failure};
use crate::paths::OrdersQuery;
use crate::words::Lang;

/// The call for orders of My Orders: from a cursor on, or from where the page begins.
pub fn orders_url(query: &OrdersQuery, cursor: Option<&str>, limit: usize) -> String {
    let filters = query.to_query();
    let joint = if filters.is_empty() { '?' } else { '&' };
    let mut url = format!("{ORDERS}{filters}{joint}limit={limit}");
    let begins = Some(query.after.as_str()).filter(|after| !after.is_empty());
    if let Some(cursor) = cursor.or(begins) {
        url.push_str("&cursor=");
        url.push_str(&segment(cursor));
    }
    url
}

/// A page of My Orders.
pub async fn orders(
    lang: Lang,
    query: &OrdersQuery,
    cursor: Option<&str>,
    limit: usize,
) -> Result<OrderList, Failure> {
    Call::get(&orders_url(query, cursor, limit))
        .read(lang)
        .await
}

/// One order.
pub async fn order(lang: Lang, id: &str) -> Result<OrderDetail, Failure> {
    Call::get(&orders_api::order(id)).read(lang).await
}

/// The call for what cancelling would do now; all that is left of the order when `lines` is `None`.
pub fn preview_url(id: &str, lines: Option<&[LineQuantity]>) -> String {
    let mut url = orders_api::cancellation_preview(id);
    for (index, part) in lines.unwrap_or_default().iter().enumerate() {
        url.push(if index == 0 { '?' } else { '&' });
        url.push_str("line=");
        url.push_str(&segment(&format!("{}:{}", part.line, part.quantity)));
    }
    url
}

/// What cancelling would do now.
pub async fn cancellation_preview(
    lang: Lang,
    id: &str,
    lines: Option<&[LineQuantity]>,
) -> Result<CancellationPreview, Failure> {
    Call::get(&preview_url(id, lines)).read_in_full(lang).await
}

/// Cancels, or asks for it. The same `key` again has no second effect and the same answer.
pub async fn cancel_order(
    lang: Lang,
    id: &str,
    intent: &CancelOrder,
    key: &str,
) -> Result<CancelOutcome, Failure> {
    Call::mutate(Method::POST, &orders_api::cancellation(id), key)
        .json(intent)
        .read_in_full(lang)
        .await
}

/// Withdraws an open request.
pub async fn withdraw_request(lang: Lang, id: &str, key: &str) -> Result<OrderDetail, Failure> {
    Call::mutate(Method::DELETE, &orders_api::cancellation(id), key)
        .read_in_full(lang)
        .await
}

/// Corrects address and telephone.
pub async fn correct_address(
    lang: Lang,
    id: &str,
    address: &Address,
    key: &str,
) -> Result<OrderDetail, Failure> {
    Call::mutate(Method::PUT, &orders_api::address(id), key)
        .json(address)
        .read_in_full(lang)
        .await
}
