//! Reads conversations: a shopper's, and those of the shops by state.

use chrono::TimeDelta;
use orders_domain::{
    Conversation, ConversationId, ConversationState, OrderId, ShopId, ShopperId, StaffId,
};
use sqlx::any::AnyRow;
use sqlx::{Any, Executor};

use crate::cursor::Cursor;
use crate::rows::{from_json, get, instant, storable};
use crate::{Owner, Store, StoreError};

/// The most conversations on a page.
pub(crate) const MOST: u32 = 100;
/// Before and after every instant that a row has.
pub(crate) const NEVER: i64 = i64::MAX;
pub(crate) const ALWAYS: i64 = i64::MIN;

/// The columns that [`conversation`] reads.
macro_rules! conversation_columns {
    () => {
        "id, shopper, shop, order_id, case_id, subject, state, staff, opened_at, waiting_since, place_since, due_at, \
         answered, unanswered_since, closed_at, waited, last_seq, last_answer, shopper_read, staff_read, rating, rating_note, guest"
    };
}

pub(crate) use conversation_columns;

pub(crate) const OF_SHOPPER: &str = concat!(
    "SELECT ",
    conversation_columns!(),
    " FROM conversations WHERE shopper = $4 AND (opened_at, id) < ($1, $2) ORDER BY opened_at DESC, id DESC LIMIT $3"
);
pub(crate) const OF_GUEST: &str = concat!(
    "SELECT ",
    conversation_columns!(),
    " FROM conversations WHERE shopper = $4 AND order_id = $5 AND (opened_at, id) < ($1, $2) \
     ORDER BY opened_at DESC, id DESC LIMIT $3"
);
pub(crate) const ALL: &str = concat!(
    "SELECT ",
    conversation_columns!(),
    " FROM conversations WHERE (opened_at, id) > ($1, $2) ORDER BY opened_at, id LIMIT $3"
);
pub(crate) const IN_STATE: &str = concat!(
    "SELECT ",
    conversation_columns!(),
    " FROM conversations WHERE state = $4 AND (opened_at, id) > ($1, $2) ORDER BY opened_at, id LIMIT $3"
);
/// How many others a shopper has had with the same shop.
pub(crate) const OTHERS: &str = "SELECT COUNT(*) AS others FROM (SELECT 1 FROM conversations \
     WHERE shopper = $1 AND shop = $2 AND id <> $3 LIMIT 1000) AS counted";
/// The conversation that is open about the same as another.
macro_rules! open_about {
    () => {
        concat!(
            "SELECT ",
            conversation_columns!(),
            " FROM conversations WHERE shopper = $1 AND shop = $2 AND COALESCE(order_id, '') = $3 \
             AND COALESCE(case_id, '') = $4 AND state <> 'closed'"
        )
    };
}
pub(crate) const OPEN_ABOUT: &str = open_about!();
pub(crate) const OPEN_ABOUT_LOCKED: &str = concat!(open_about!(), " FOR UPDATE");
pub(crate) const NEXT_SHOP: &str = "SELECT MIN(shop) AS shop FROM conversations WHERE shop > $1";

/// A page of conversations.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ConversationPage {
    /// In the order of the list.
    pub items: Vec<Conversation>,
    /// Where the next page begins; `None` on the last.
    pub next_cursor: Option<String>,
}

impl Store {
    /// A conversation of this owner's; somebody else's does not exist.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`], [`StoreError::Corrupt`].
    pub async fn conversation_of(
        &self,
        owner: impl Into<Owner> + Send,
        id: &ConversationId,
    ) -> Result<Option<Conversation>, StoreError> {
        let owner = owner.into();
        let found = self.conversation(id).await?;
        Ok(found.filter(|conversation| owner.has(conversation)))
    }

    /// A conversation, whoever's.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`], [`StoreError::Corrupt`].
    pub async fn conversation(
        &self,
        id: &ConversationId,
    ) -> Result<Option<Conversation>, StoreError> {
        if !storable(id.as_str()) {
            return Ok(None);
        }
        by_id(&self.inner.reads, id).await
    }

    /// A page of the owner's conversations, newest first: of a guest, those about the order.
    ///
    /// # Errors
    /// [`StoreError::InvalidCursor`], [`StoreError::Unavailable`], [`StoreError::Corrupt`].
    pub async fn conversations_of(
        &self,
        owner: impl Into<Owner> + Send,
        cursor: Option<&str>,
        limit: u32,
    ) -> Result<ConversationPage, StoreError> {
        let owner = owner.into();
        let shopper = owner.shopper().as_str();
        let of = match owner.only() {
            None => vec![shopper],
            Some(order) if storable(order.as_str()) => vec![shopper, order.as_str()],
            Some(_) => return Ok(ConversationPage::default()),
        };
        let statement = if of.len() == 1 { OF_SHOPPER } else { OF_GUEST };
        self.page((statement, of), cursor, (NEVER, ""), limit).await
    }

    /// A page of all conversations, or of those in a state, oldest first.
    ///
    /// # Errors
    /// [`StoreError::InvalidCursor`], [`StoreError::Unavailable`], [`StoreError::Corrupt`].
    pub async fn list_conversations(
        &self,
        state: Option<ConversationState>,
        cursor: Option<&str>,
        limit: u32,
    ) -> Result<ConversationPage, StoreError> {
        let statement = match state {
            Some(state) => (IN_STATE, vec![state.code()]),
            None => (ALL, Vec::new()),
        };
        self.page(statement, cursor, (ALWAYS, ""), limit).await
    }

    /// How many other conversations its shopper has had with the same shop, counted up to a thousand.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn other_conversations(
        &self,
        conversation: &Conversation,
    ) -> Result<i64, StoreError> {
        let row = sqlx::query(OTHERS)
            .bind(conversation.shopper.as_str())
            .bind(conversation.shop.as_str())
            .bind(conversation.id.as_str())
            .fetch_one(&self.inner.reads)
            .await?;
        get(&row, "others")
    }

    /// Whether another conversation about the same is open, so that this one, once over, is not opened again.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`], [`StoreError::Corrupt`].
    pub async fn is_followed(&self, conversation: &Conversation) -> Result<bool, StoreError> {
        let open = open_about(&self.inner.reads, OPEN_ABOUT, conversation).await?;
        Ok(open.is_some_and(|open| open.id != conversation.id))
    }

    /// The shops that have conversations, also those that are over.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn shops_with_conversations(&self) -> Result<Vec<ShopId>, StoreError> {
        self.each_shop(NEXT_SHOP).await
    }

    async fn page(
        &self,
        (statement, of): (&'static str, Vec<&str>),
        cursor: Option<&str>,
        (from, from_id): (i64, &str),
        limit: u32,
    ) -> Result<ConversationPage, StoreError> {
        let limit = limit.clamp(1, MOST);
        let (at, id) = match cursor.map(Cursor::decode).transpose()? {
            Some(cursor) => (cursor.at.timestamp_millis(), cursor.id),
            None => (from, from_id.to_owned()),
        };
        let mut query = sqlx::query(statement)
            .bind(at)
            .bind(id)
            .bind(i64::from(limit) + 1);
        for of in of {
            query = query.bind(of.to_owned());
        }
        let mut rows = query.fetch_all(&self.inner.reads).await?;
        let more = rows.len() > limit as usize;
        rows.truncate(limit as usize);
        let items: Vec<_> = rows.iter().map(conversation).collect::<Result<_, _>>()?;
        let next_cursor = items.last().filter(|_| more).map(|last| {
            let cursor = Cursor {
                at: last.opened_at,
                id: last.id.0.clone(),
            };
            cursor.encode()
        });
        Ok(ConversationPage { items, next_cursor })
    }
}

pub(crate) async fn by_id(
    database: impl Executor<'_, Database = Any>,
    id: &ConversationId,
) -> Result<Option<Conversation>, StoreError> {
    let row = sqlx::query(concat!(
        "SELECT ",
        conversation_columns!(),
        " FROM conversations WHERE id = $1"
    ))
    .bind(id.as_str())
    .fetch_optional(database)
    .await?;
    row.as_ref().map(conversation).transpose()
}

pub(crate) async fn open_about(
    database: impl Executor<'_, Database = Any>,
    statement: &'static str,
    like: &Conversation,
) -> Result<Option<Conversation>, StoreError> {
    let row = sqlx::query(statement)
        .bind(like.shopper.as_str())
        .bind(like.shop.as_str())
        .bind(like.order.as_ref().map_or("", |order| order.as_str()))
        .bind(like.case.as_deref().unwrap_or_default())
        .fetch_optional(database)
        .await?;
    row.as_ref().map(conversation).transpose()
}

pub(crate) fn conversation(row: &AnyRow) -> Result<Conversation, StoreError> {
    let id = ConversationId(get(row, "id")?);
    let corrupt = |what: &str| StoreError::Corrupt(format!("conversation {id}: {what}"));
    let at = |name: &str| -> Result<_, StoreError> {
        let at: Option<i64> = get(row, name)?;
        at.map(|at| instant(at).ok_or_else(|| corrupt(name)))
            .transpose()
    };
    let state: String = get(row, "state")?;
    let rating: Option<i64> = get(row, "rating")?;
    let rating = rating.map(u8::try_from).transpose();
    Ok(Conversation {
        shopper: ShopperId(get(row, "shopper")?),
        shop: ShopId(get(row, "shop")?),
        order: get::<Option<String>>(row, "order_id")?.map(OrderId),
        case: get(row, "case_id")?,
        subject: from_json(&get::<String>(row, "subject")?, || {
            format!("conversation {id}")
        })?,
        state: ConversationState::from_code(&state).ok_or_else(|| corrupt("state"))?,
        staff: get::<Option<String>>(row, "staff")?.map(StaffId),
        opened_at: at("opened_at")?.ok_or_else(|| corrupt("opened_at"))?,
        waiting_since: at("waiting_since")?,
        place_since: at("place_since")?,
        due_at: at("due_at")?,
        answered: get::<i64>(row, "answered")? != 0,
        unanswered_since: at("unanswered_since")?,
        closed_at: at("closed_at")?,
        waited: get::<Option<i64>>(row, "waited")?.map(TimeDelta::milliseconds),
        last_seq: get(row, "last_seq")?,
        last_answer: get(row, "last_answer")?,
        shopper_read: get(row, "shopper_read")?,
        staff_read: get(row, "staff_read")?,
        rating: rating.map_err(|_| corrupt("rating"))?,
        rating_note: get(row, "rating_note")?,
        guest: get::<i64>(row, "guest")? != 0,
        id,
    })
}
