//! Rows to orders and back: columns of text and 64-bit integers, and nothing else.

use chrono::DateTime;
use orders_domain::{
    Actor, Channel, Currency, Day, ExternalId, Instant, Money, Order, OrderId, OrderState, Promise,
    Refund, RefundId, RefundState, ShopId, ShopperId, TimelineEntry, TimelineEvent,
};
use sqlx::any::AnyRow;
use sqlx::{Any, Decode, Row, Type};

use crate::StoreError;

/// The columns that [`order`] reads.
macro_rules! order_columns {
    () => {
        "id, external_id, number, shop, shopper, state, version, placed_at, pay_by, paid_at, delivered_at, body"
    };
}
pub(crate) use order_columns;

/// The columns that [`refund`] reads, and the order they belong to.
macro_rules! refund_columns {
    () => {
        "order_id, id, amount, currency, channel, account, state, created_at, updated_at, starts_by, arrives_from, arrives_by, estimated, course"
    };
}
pub(crate) use refund_columns;

/// The instant `milliseconds` after 1970; `None` beyond the calendar.
pub(crate) fn instant(milliseconds: i64) -> Option<Instant> {
    DateTime::from_timestamp_millis(milliseconds)
}

/// `text` without U+0000, which PostgreSQL does not store; both databases keep the same.
pub(crate) fn clean(text: &str) -> String {
    text.replace('\0', "\u{fffd}")
}

/// Whether `text` can be in the database at all; what cannot is not looked for.
pub(crate) fn storable(text: &str) -> bool {
    !text.contains('\0')
}

/// An order without its timeline, refunds and marks.
pub(crate) fn order(row: &AnyRow) -> Result<Order, StoreError> {
    let id: String = get(row, "id")?;
    let read = Reader {
        row,
        what: format!("order {id}"),
    };
    Ok(Order {
        external_id: ExternalId(read.get("external_id")?),
        number: read.get("number")?,
        shop: ShopId(read.get("shop")?),
        shopper: ShopperId(read.get("shopper")?),
        state: read.coded("state", OrderState::from_code)?,
        version: read.get("version")?,
        placed_at: read.instant("placed_at")?,
        pay_by: read.optional_instant("pay_by")?,
        paid_at: read.optional_instant("paid_at")?,
        delivered_at: read.optional_instant("delivered_at")?,
        body: read.json("body")?,
        timeline: Vec::new(),
        refunds: Vec::new(),
        marks: Vec::new(),
        id: OrderId(id),
    })
}

/// An entry of a timeline, from the columns `at, what, actor, detail`.
pub(crate) fn timeline_entry(order: &OrderId, row: &AnyRow) -> Result<TimelineEntry, StoreError> {
    let read = Reader {
        row,
        what: format!("timeline of order {order}"),
    };
    Ok(TimelineEntry {
        at: read.instant("at")?,
        what: read.coded("what", TimelineEvent::from_code)?,
        by: read.coded("actor", Actor::from_code)?,
        detail: read.get("detail")?,
    })
}

/// A refund and the order it belongs to.
pub(crate) fn refund(row: &AnyRow) -> Result<(OrderId, Refund), StoreError> {
    let order: String = get(row, "order_id")?;
    let id: String = get(row, "id")?;
    let read = Reader {
        row,
        what: format!("refund {id} of order {order}"),
    };
    let refund = Refund {
        amount: Money {
            amount: read.get("amount")?,
            currency: read.coded("currency", Currency::parse)?,
        },
        channel: read.coded("channel", Channel::from_code)?,
        account: read.json("account")?,
        state: read.coded("state", RefundState::from_code)?,
        created_at: read.instant("created_at")?,
        updated_at: read.instant("updated_at")?,
        promise: Promise {
            starts_by: read.day("starts_by")?,
            arrives_from: read.day("arrives_from")?,
            arrives_by: read.day("arrives_by")?,
            estimated: read.get::<i64>("estimated")? != 0,
        },
        course: read.json("course")?,
        id: RefundId(id),
    };
    Ok((OrderId(order), refund))
}

/// The column `name` of a row.
pub(crate) fn get<'r, T>(row: &'r AnyRow, name: &str) -> Result<T, StoreError>
where
    T: Decode<'r, Any> + Type<Any>,
{
    Ok(row.try_get(name)?)
}

/// `value` as JSON text.
pub(crate) fn to_json<T: serde::Serialize>(value: &T) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|error| StoreError::Unavailable(Box::new(error)))
}

/// The value of JSON text; `what` names the row when it is none.
pub(crate) fn from_json<T: serde::de::DeserializeOwned>(
    text: &str,
    what: impl Fn() -> String,
) -> Result<T, StoreError> {
    serde_json::from_str(text).map_err(|error| StoreError::Corrupt(format!("{}: {error}", what())))
}

/// Reads the columns of one row, and says in an error which row it was.
struct Reader<'r> {
    row: &'r AnyRow,
    what: String,
}

impl<'r> Reader<'r> {
    fn get<T>(&self, name: &str) -> Result<T, StoreError>
    where
        T: Decode<'r, Any> + Type<Any>,
    {
        self.row
            .try_get(name)
            .map_err(|error| self.corrupt(name, &error))
    }

    fn coded<T>(&self, name: &str, from: impl Fn(&str) -> Option<T>) -> Result<T, StoreError> {
        let code: &str = self.get(name)?;
        from(code).ok_or_else(|| self.corrupt(name, &format_args!("{code:?} is not a known value")))
    }

    fn instant(&self, name: &str) -> Result<Instant, StoreError> {
        let milliseconds = self.get(name)?;
        instant(milliseconds)
            .ok_or_else(|| self.corrupt(name, &format_args!("{milliseconds} is not an instant")))
    }

    fn optional_instant(&self, name: &str) -> Result<Option<Instant>, StoreError> {
        match self.get::<Option<i64>>(name)? {
            Some(_) => self.instant(name).map(Some),
            None => Ok(None),
        }
    }

    fn day(&self, name: &str) -> Result<Day, StoreError> {
        let text: &str = self.get(name)?;
        text.parse().map_err(|error| self.corrupt(name, &error))
    }

    fn json<T: serde::de::DeserializeOwned>(&self, name: &str) -> Result<T, StoreError> {
        let text: &str = self.get(name)?;
        serde_json::from_str(text).map_err(|error| self.corrupt(name, &error))
    }

    fn corrupt(&self, name: &str, problem: &dyn std::fmt::Display) -> StoreError {
        StoreError::Corrupt(format!("{}: {name}: {problem}", self.what))
    }
}
