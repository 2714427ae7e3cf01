//! A page of the staff's queue: one search of an index, from where the page before ended.

use orders_domain::{Instant, ShopId};

use crate::StoreError;
use crate::cursor::Cursor;
use crate::list::Statement;
use crate::work::{ClaimFilter, WorkEntry, WorkOrder, WorkQuery, work_columns};

/// Where a page goes on, within the same place of `order`: what it is ordered by, since when the last entry waits, and
/// which it is.
pub(crate) fn place_of(order: WorkOrder, last: &WorkEntry) -> String {
    let since = last.since.timestamp_millis();
    format!("{} {since} {}", order.column(), last.id)
}

/// The same, read. That of the other order would lead anywhere.
fn after_place(order: WorkOrder, place: &str) -> Result<(i64, &str), StoreError> {
    let mut parts = place.splitn(3, ' ');
    let ours = parts.next() == Some(order.column());
    let since = parts.next().and_then(|since| since.parse().ok());
    match (since, parts.next()) {
        (Some(since), Some(id)) if ours => Ok((since, id)),
        _ => Err(StoreError::InvalidCursor),
    }
}

/// One more than `limit` entries of a shop after the cursor.
pub(crate) fn page_statement(
    query: &WorkQuery,
    shop: &ShopId,
    now: Instant,
    limit: u32,
) -> Result<Statement, StoreError> {
    let mut statement = Statement::new(concat!("SELECT ", work_columns!(), " FROM work"));
    statement.and("shop = ", shop.as_str())?;
    if let Some(kind) = query.kind {
        statement.and("kind = ", kind.code())?;
    }
    let cursor = query.cursor.as_deref().map(Cursor::decode).transpose()?;
    // Always a place to begin after, so that the index is searched.
    let (after, since, id) = match &cursor {
        None => (i64::MIN, i64::MIN, ""),
        Some(cursor) => {
            let (since, id) = after_place(query.order, &cursor.id)?;
            (cursor.at.timestamp_millis(), since, id)
        }
    };
    let (place, order) = match query.order {
        WorkOrder::Due => (
            "(due_at, since, work.id) > (",
            " ORDER BY due_at, since, work.id LIMIT ",
        ),
        WorkOrder::Age => ("(since, work.id) > (", " ORDER BY since, work.id LIMIT "),
    };
    statement.and(place, after)?;
    statement.sql.push_str(", ");
    if query.order == WorkOrder::Due {
        statement.push(since)?;
        statement.sql.push_str(", ");
    }
    statement.push(id.to_owned())?;
    statement.sql.push(')');
    match &query.claim {
        ClaimFilter::All => {}
        ClaimFilter::Free => {
            // What was let go of by time is free again.
            statement.and("COALESCE(claimed_until, 0) <= ", now.timestamp_millis())?;
        }
        ClaimFilter::Of(staff) => {
            statement.and("claimed_by = ", staff.as_str())?;
            statement.and("claimed_until > ", now.timestamp_millis())?;
        }
    }
    statement.sql.push_str(order);
    statement.push(i64::from(limit) + 1)?;
    Ok(statement)
}
