//! The figures that are shown as charts.

use orders_api::{Insight, InsightPeriod, STAFF_INSIGHT};
use storefront::words::Lang;

use super::{Call, Failure};
use crate::paths::insight_days;

/// The figures of these days, of one shop or of all.
pub async fn insight(
    lang: Lang,
    days: &InsightPeriod,
    shop: Option<&str>,
) -> Result<Insight, Failure> {
    let url = format!("{STAFF_INSIGHT}?{}", insight_days(days, shop));
    Call::get(&url).read(lang).await
}
