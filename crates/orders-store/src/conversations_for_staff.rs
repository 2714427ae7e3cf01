//! Conversations as the staff list them: of their shops, by state, and those that one of them has; what waits longest first.

use orders_domain::{Conversation, ConversationState, ShopId, StaffId};

use crate::conversations::{ALWAYS, MOST, NEVER, conversation, conversation_columns};
use crate::cursor::Cursor;
use crate::rows::{instant, storable};
use crate::{ConversationPage, Store, StoreError, work};

/// A page, shop by shop.
macro_rules! of_shop {
    ($condition:literal) => {
        of_shop!($condition, "opened_at", ">", "")
    };
    ($condition:literal, $by:literal, $after:literal, $down:literal) => {
        concat!(
            "SELECT ",
            conversation_columns!(),
            " FROM conversations WHERE shop = $4 AND (",
            $by,
            ", id) ",
            $after,
            " ($1, $2)",
            $condition,
            " ORDER BY ",
            $by,
            $down,
            ", id",
            $down,
            " LIMIT $3"
        )
    };
}
pub(crate) const OF_SHOP: &str = of_shop!("");
pub(crate) const OF_SHOP_IN_STATE: &str = of_shop!(" AND state = $5", "turn_at", ">", "");
pub(crate) const OF_SHOP_NEWEST: &str = of_shop!(" AND state = $5", "turn_at", "<", " DESC");
pub(crate) const OF_STAFF: &str = of_shop!(" AND staff = $5");
pub(crate) const OF_STAFF_IN_STATE: &str =
    of_shop!(" AND staff = $5 AND state = $6", "turn_at", ">", "");
pub(crate) const OF_STAFF_NEWEST: &str =
    of_shop!(" AND staff = $5 AND state = $6", "turn_at", "<", " DESC");

/// By what a conversation is listed among those in its state, for the column `turn_at`: what waits by its place, what was left
/// by the time that was promised, what is served by what is unanswered, what is over by its end. What is served and answered
/// has no turn, and comes after all that has one, in the order in which it began.
pub(crate) fn turn_at(of: &Conversation) -> i64 {
    let began = of.opened_at.timestamp_millis();
    let at = match of.state {
        ConversationState::Waiting => of.place_since,
        ConversationState::Left => of.due_at.or(of.place_since),
        ConversationState::Served => of.unanswered_since,
        ConversationState::Closed => of.closed_at,
    };
    match (at, of.state) {
        (Some(at), _) => at.timestamp_millis(),
        (None, ConversationState::Served) => work::NEVER.saturating_add(began),
        (None, _) => began,
    }
}

impl Store {
    /// A page of the conversations of these shops: all, or those in a state, or those that this one of the staff has or had at
    /// the end. Of those in a state the one comes first whose turn it is, and of those that are over, what ended last; of all,
    /// what began first.
    ///
    /// # Errors
    /// [`StoreError::InvalidCursor`], [`StoreError::Unavailable`], [`StoreError::Corrupt`].
    pub async fn conversations_for_staff(
        &self,
        shops: &[ShopId],
        state: Option<ConversationState>,
        staff: Option<&StaffId>,
        cursor: Option<&str>,
        limit: u32,
    ) -> Result<ConversationPage, StoreError> {
        let limit = limit.clamp(1, MOST) as usize;
        let newest_first = state == Some(ConversationState::Closed);
        let (at, id) = match cursor.map(Cursor::decode).transpose()? {
            Some(cursor) => (cursor.at.timestamp_millis(), cursor.id),
            None if newest_first => (NEVER, String::new()),
            None => (ALWAYS, String::new()),
        };
        let statement = match (staff, state) {
            (None, None) => OF_SHOP,
            (None, Some(_)) if newest_first => OF_SHOP_NEWEST,
            (None, Some(_)) => OF_SHOP_IN_STATE,
            (Some(_), None) => OF_STAFF,
            (Some(_), Some(_)) if newest_first => OF_STAFF_NEWEST,
            (Some(_), Some(_)) => OF_STAFF_IN_STATE,
        };
        let mut items = Vec::new();
        for shop in shops.iter().filter(|shop| storable(shop.as_str())) {
            let mut query = sqlx::query(statement)
                .bind(at)
                .bind(id.as_str())
                .bind(i64::try_from(limit).unwrap_or(i64::MAX) + 1)
                .bind(shop.as_str());
            if let Some(staff) = staff {
                query = query.bind(staff.as_str());
            }
            if let Some(state) = state {
                query = query.bind(state.code());
            }
            for row in query.fetch_all(&self.inner.reads).await? {
                items.push(conversation(&row)?);
            }
        }
        // As the statement of each shop says.
        let place = |of: &Conversation| match state {
            Some(_) => turn_at(of),
            None => of.opened_at.timestamp_millis(),
        };
        items.sort_by(|a, b| {
            let order = (place(a), &a.id).cmp(&(place(b), &b.id));
            if newest_first { order.reverse() } else { order }
        });
        let more = items.len() > limit;
        items.truncate(limit);
        let last = items.last().filter(|_| more);
        let next_cursor = last.map(|last| {
            let corrupt = || StoreError::Corrupt(format!("conversation {}: its turn", last.id));
            let at = instant(place(last)).ok_or_else(corrupt)?;
            let id = last.id.0.clone();
            Ok::<_, StoreError>(Cursor { at, id }.encode())
        });
        let next_cursor = next_cursor.transpose()?;
        Ok(ConversationPage { items, next_cursor })
    }
}
