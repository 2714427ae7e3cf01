//! `tepai audit verify`: whether the trails of orders hold, and the records of enquiries.

use orders_domain::OrderId;
use orders_store::{Store, StoreError};

/// Orders that are looked up at a time.
const BATCH: u32 = 500;

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified {
    /// How many orders have a trail.
    pub orders: usize,
    /// How many changes those have.
    pub changes: usize,
    /// Orders whose trail does not hold, and where.
    pub broken: Vec<(OrderId, i64)>,
    /// How many enquiries there are.
    pub enquiries: usize,
    /// Enquiries, by id, whose record does not hold or cannot be read.
    pub broken_enquiries: Vec<String>,
}

impl Verified {
    /// Whether everything holds.
    pub const fn holds(&self) -> bool {
        self.broken.is_empty() && self.broken_enquiries.is_empty()
    }
}

/// Why nothing can be said of trails.
#[derive(Debug)]
pub enum NotVerified {
    /// There is no such order.
    NoSuchOrder(OrderId),
    /// The database is not there, or cannot be read.
    Store(StoreError),
}

impl std::fmt::Display for NotVerified {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NoSuchOrder(order) => write!(f, "there is no order of the id {order}"),
            Self::Store(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for NotVerified {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::NoSuchOrder(_) => None,
            Self::Store(error) => Some(error),
        }
    }
}

impl From<StoreError> for NotVerified {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// Verifies the trail of `order` and what was asked about it, or all there is.
///
/// # Errors
/// When there is no such order, or the database is not there or cannot be read.
pub async fn verify(database_url: &str, order: Option<OrderId>) -> Result<Verified, NotVerified> {
    // One that was created by looking would have no broken trail, whatever the server's has.
    let store = Store::connect_existing(database_url).await?;
    let verified = look(&store, order).await;
    store.close().await;
    verified
}

async fn look(store: &Store, order: Option<OrderId>) -> Result<Verified, NotVerified> {
    if let Some(order) = &order
        && !store.has_order(order).await?
    {
        return Err(NotVerified::NoSuchOrder(order.clone()));
    }
    let mut verified = Verified {
        orders: 0,
        changes: 0,
        broken: Vec::new(),
        enquiries: 0,
        broken_enquiries: Vec::new(),
    };
    let mut wanted: Vec<OrderId> = match &order {
        Some(order) => vec![order.clone()],
        None => store.audited_orders(None, BATCH).await?,
    };
    while let Some(last) = wanted.last().cloned() {
        for id in wanted {
            let trail = store.audit_of(&id).await?;
            verified.orders += 1;
            verified.changes += trail.entries.len();
            verified
                .broken
                .extend(trail.broken_at.map(|place| (id, place)));
        }
        wanted = match order {
            Some(_) => Vec::new(),
            None => store.audited_orders(Some(&last), BATCH).await?,
        };
    }
    match &order {
        Some(order) => look_at(store, store.enquiry_ids_of(order).await?, &mut verified).await?,
        None => {
            let mut ids = store.enquiry_ids(None, BATCH).await?;
            while let Some(last) = ids.last().cloned() {
                look_at(store, ids, &mut verified).await?;
                ids = store.enquiry_ids(Some(&last), BATCH).await?;
            }
        }
    }
    Ok(verified)
}

/// Looks whether enquiries hold.
async fn look_at(
    store: &Store,
    ids: Vec<String>,
    verified: &mut Verified,
) -> Result<(), StoreError> {
    for id in ids {
        let whole = match store.enquiry(&id).await {
            Ok(found) => found.is_some_and(|found| found.whole),
            // What cannot be read says nothing that could be relied on.
            Err(StoreError::Corrupt(_)) => false,
            Err(error) => return Err(error),
        };
        verified.enquiries += 1;
        if !whole {
            verified.broken_enquiries.push(id);
        }
    }
    Ok(())
}
