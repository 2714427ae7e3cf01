//! Refunds: one of them, and another way for it.

use gloo_net::http::Method;
use orders_api::{AskRefundWay, RefundDetail};

use super::{Call, Failure};
use crate::words::Lang;

/// One refund.
pub async fn refund(lang: Lang, id: &str) -> Result<RefundDetail, Failure> {
    Call::get(&orders_api::refund(id)).read(lang).await
}

/// Asks for another way. The same `key` again has no second effect and the same answer.
pub async fn ask_refund_way(
    lang: Lang,
    id: &str,
    wish: &AskRefundWay,
    key: &str,
) -> Result<RefundDetail, Failure> {
    Call::mutate(Method::PUT, &orders_api::refund_way(id), key)
        .json(wish)
        .read_in_full(lang)
        .await
}

/// Takes the wish for another way back.
pub async fn withdraw_refund_way(lang: Lang, id: &str, key: &str) -> Result<RefundDetail, Failure> {
    Call::mutate(Method::DELETE, &orders_api::refund_way(id), key)
        .read_in_full(lang)
        .await
}
