//! What staff see as charts: the numbers of a period against the one before, counted afresh each time.

pub mod export;
pub mod show;

mod count;
mod table;
mod wire;

use orders_api::field_codes;
use orders_domain::{INSIGHT_DAYS_MAX, Period, ShopId};

use super::Staff;
use super::work::shops_of;
use crate::http::error::Failure;
use crate::http::query::Query;
use crate::state::App;

/// How many days are shown without being told.
const DAYS: i64 = 30;

/// What was asked for.
struct Asked {
    /// Of these shops; at least one.
    shops: Vec<ShopId>,
    period: Period,
    before: Period,
}

impl Asked {
    /// The shops that they see, or the one that `shop` names, and the days; without any, the last 30.
    ///
    /// # Errors
    /// [`Failure::NotFound`] for a shop that they do not see; fields that are wrong.
    fn of(app: &App, staff: &Staff, query: &Query) -> Result<Self, Failure> {
        let mut shops = shops_of(app, staff);
        if let Some(shop) = query.one("shop")? {
            shops.retain(|seen| seen.as_str() == shop);
        }
        let first = shops.first().and_then(|shop| app.shops.policy(shop));
        let today = first.ok_or(Failure::NotFound)?.day_of(app.clock.now());
        let to = query.day("to")?.unwrap_or(today);
        let days = chrono::Days::new(DAYS.unsigned_abs() - 1);
        let from = query.day("from")?.or_else(|| to.checked_sub_days(days));
        let from = from.ok_or_else(|| Failure::field("to", field_codes::OUT_OF_RANGE))?;
        if to < from {
            return Err(Failure::field("to", field_codes::OUT_OF_RANGE));
        }
        let period = Period { from, to };
        let before = period.before();
        let before = before.filter(|_| period.days() <= INSIGHT_DAYS_MAX);
        Ok(Self {
            shops,
            before: before.ok_or_else(|| Failure::field("from", field_codes::OUT_OF_RANGE))?,
            period,
        })
    }
}
