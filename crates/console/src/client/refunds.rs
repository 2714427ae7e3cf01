//! Refunds, and the other ways that shoppers ask for.

use gloo_net::http::Method;
use orders_api::{RefundForShop, StaffDecides, staff_refund, staff_refund_decisions};
use storefront::words::Lang;

use super::{Call, Failure, NotDone};

/// One refund, with the account that its shopper named.
pub async fn refund(lang: Lang, id: &str) -> Result<RefundForShop, Failure> {
    Call::get(&staff_refund(id)).read(lang).await
}

/// Decides on another way for it.
pub async fn decide_way(
    lang: Lang,
    id: &str,
    decision: &StaffDecides,
    key: &str,
) -> Result<RefundForShop, NotDone> {
    let url = staff_refund_decisions(id);
    let call = Call::mutate(Method::POST, &url, key).json(decision);
    call.done(lang).await
}
