//! Orders: found, read, decided. What changes one takes a key, and answers with the order after it.

use gloo_net::http::Method;
use orders_api::{
    Address, AuditTrail, CancelForSeller, FoundOrders, LiftLimit, STAFF_ORDERS, SecondPersonSays,
    StaffDecides, StaffOrder, segment, staff_address, staff_audit, staff_cancellation,
    staff_cancellation_approvals, staff_confirmation, staff_limit_lifting, staff_order,
    staff_request_approvals, staff_request_decisions,
};
use storefront::words::Lang;

use super::{Call, Failure, NotDone};

/// Orders by a number, the shop's id, a telephone number or an e-mail address.
pub async fn find_orders(
    lang: Lang,
    asked: &str,
    cursor: Option<&str>,
) -> Result<FoundOrders, Failure> {
    let mut url = format!("{STAFF_ORDERS}?q={}", segment(asked));
    if let Some(cursor) = cursor {
        url.push_str("&cursor=");
        url.push_str(&segment(cursor));
    }
    Call::get(&url).read(lang).await
}

/// One order.
pub async fn order(lang: Lang, id: &str) -> Result<StaffOrder, Failure> {
    Call::get(&staff_order(id)).read(lang).await
}

/// Who did what with it.
pub async fn audit(lang: Lang, id: &str) -> Result<AuditTrail, Failure> {
    Call::get(&staff_audit(id)).read(lang).await
}

/// Decides the shopper's request to cancel.
pub async fn decide_request(
    lang: Lang,
    id: &str,
    decision: &StaffDecides,
    key: &str,
) -> Result<StaffOrder, NotDone> {
    let url = staff_request_decisions(id);
    let call = Call::mutate(Method::POST, &url, key).json(decision);
    call.done(lang).await
}

/// Says, as the second person, whether a request that a colleague granted is.
pub async fn approve_request(
    lang: Lang,
    id: &str,
    says: &SecondPersonSays,
    key: &str,
) -> Result<StaffOrder, NotDone> {
    let url = staff_request_approvals(id);
    let call = Call::mutate(Method::POST, &url, key).json(says);
    call.done(lang).await
}

/// Confirms an order that waits.
pub async fn confirm_order(lang: Lang, id: &str, key: &str) -> Result<StaffOrder, NotDone> {
    let url = staff_confirmation(id);
    Call::mutate(Method::POST, &url, key).done(lang).await
}

/// Corrects where an order goes.
pub async fn correct_address(
    lang: Lang,
    id: &str,
    address: &Address,
    key: &str,
) -> Result<StaffOrder, NotDone> {
    let url = staff_address(id);
    let call = Call::mutate(Method::PUT, &url, key).json(address);
    call.done(lang).await
}

/// Cancels an order for its seller.
pub async fn cancel_for_seller(
    lang: Lang,
    id: &str,
    cancel: &CancelForSeller,
    key: &str,
) -> Result<StaffOrder, NotDone> {
    let url = staff_cancellation(id);
    let call = Call::mutate(Method::POST, &url, key).json(cancel);
    call.done(lang).await
}

/// Says, as the second person, whether what a colleague cancels for the seller is.
pub async fn approve_cancel(
    lang: Lang,
    id: &str,
    says: &SecondPersonSays,
    key: &str,
) -> Result<StaffOrder, NotDone> {
    let url = staff_cancellation_approvals(id);
    let call = Call::mutate(Method::POST, &url, key).json(says);
    call.done(lang).await
}

/// Lifts the limit that the order's shopper has.
pub async fn lift_limit(
    lang: Lang,
    id: &str,
    why: &LiftLimit,
    key: &str,
) -> Result<StaffOrder, NotDone> {
    let url = staff_limit_lifting(id);
    let call = Call::mutate(Method::POST, &url, key).json(why);
    call.done(lang).await
}
