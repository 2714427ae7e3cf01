//! Refunds: one of them.

use orders_api::RefundDetail;

use super::{Call, Failure};
use crate::words::Lang;

/// One refund.
pub async fn refund(lang: Lang, id: &str) -> Result<RefundDetail, Failure> {
    Call::get(&orders_api::refund(id)).read(lang).await
}
