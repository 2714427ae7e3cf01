//! The one door through which an order changes: everything in one transaction, by compare-and-set.

use std::sync::Arc;
use std::time::Duration;

use orders_domain::{
    Change, ExternalId, Instant, Order, OrderId, ShopId, StaffId, StaffMember, marks_added, work_of,
};
use sqlx::{Any, Transaction};

use crate::desk_news::DeskNews;
use crate::idempotency::{self, Known};
use crate::notices::ChangeNotice;
use crate::{Owner, Store, StoreError, WorkClaim, audit, load, marks, notifications, save, work};

/// How often a change is tried before others have been faster too often.
const TRIES: u32 = 8;

/// Which order is meant, and by which door it is come to: the trail of the order says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Selector {
    /// The shopper's own order; somebody else's does not exist.
    Owned {
        /// Whose it must be.
        owner: Owner,
        /// Which.
        order: OrderId,
    },
    /// The order that the shop knows by this id.
    External(ExternalId),
    /// Any order, for the shop's systems.
    ByShop {
        /// Which.
        order: OrderId,
        /// Who of the staff does it, as they say.
        staff: Option<StaffId>,
    },
    /// An order of a shop whose orders this one of the staff sees; others do not exist.
    ByStaff {
        /// Who.
        staff: StaffId,
        /// The shops; all when empty.
        shops: Vec<ShopId>,
        /// Which.
        order: OrderId,
    },
    /// Any order, for work that the program does by itself.
    ById(OrderId),
}

impl Selector {
    /// The order, as `staff` come to it.
    pub fn by_staff(staff: &StaffMember, order: &OrderId) -> Self {
        Self::ByStaff {
            staff: staff.id.clone(),
            shops: staff.shops.clone(),
            order: order.clone(),
        }
    }
}

/// An idempotency key: the same request under the same key has one effect and one answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Once {
    /// Whose key it is; keys of different scopes have nothing to do with one another.
    pub scope: String,
    /// The key.
    pub key: String,
    /// A digest of the request.
    pub fingerprint: String,
    /// When the request came; how long the answer is kept counts from here.
    pub at: Instant,
}

/// An answer to a request, as it is repeated byte for byte.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The body.
    pub body: String,
}

/// What is to be done, decided on the order as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// What changes; `None` to leave the order as it is.
    pub change: Option<Change>,
    /// What is answered.
    pub answer: Answer,
    /// Whether the answer is kept for the idempotency key.
    pub remember: bool,
}

impl Verdict {
    /// A change, or none, that answers nobody.
    pub const fn quiet(change: Option<Change>) -> Self {
        Self {
            change,
            answer: Answer {
                status: 200,
                body: String::new(),
            },
            remember: false,
        }
    }
}

/// What [`Store::change`] did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Changed {
    /// The verdict was carried out.
    Done {
        /// Its answer.
        answer: Answer,
        /// What changed; `None` when nothing did.
        notice: Option<ChangeNotice>,
    },
    /// The same request was answered before: the same answer again, and nothing else.
    Replayed(Answer),
    /// The key belongs to another request. Nothing was done.
    KeyReused,
    /// Somebody else of the staff has in hand what would be decided. Nothing was done.
    ClaimedByAnother(WorkClaim),
}

impl Store {
    /// Changes the order that `selector` names as `decide` says, in one transaction or not at all,
    /// and announces the change after the commit.
    ///
    /// `decide` sees the order as it is at that moment, `None` when there is none (for that shopper), and may be
    /// called again when another change was faster; it must depend on nothing but the order. `now` is when the shopper is
    /// told of it, however long ago it happened at the shop.
    /// Dropping the future before it ends leaves either everything or nothing.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when others were faster every time, [`StoreError::Unavailable`], [`StoreError::Corrupt`].
    pub async fn change<F>(
        &self,
        selector: &Selector,
        once: Option<&Once>,
        now: Instant,
        mut decide: F,
    ) -> Result<Changed, StoreError>
    where
        F: FnMut(Option<Order>) -> Verdict + Send,
    {
        for attempt in 0..TRIES {
            if attempt > 1 {
                // The first retry comes at once: most losers only have to look again.
                tokio::time::sleep(Duration::from_millis(1 << attempt)).await;
            }
            match self.try_change(selector, once, now, &mut decide).await {
                Err(StoreError::Conflict) => {}
                decided => return decided,
            }
        }
        Err(StoreError::Conflict)
    }

    async fn try_change<F>(
        &self,
        selector: &Selector,
        once: Option<&Once>,
        now: Instant,
        decide: &mut F,
    ) -> Result<Changed, StoreError>
    where
        F: FnMut(Option<Order>) -> Verdict + Send,
    {
        let mut tx = self.begin_write().await?;
        // The order comes before the key: those who sent the same request queue at its row,
        // and find the answer of the first when it is their turn.
        let old = if selector.is_storable() {
            load::order(&mut tx, selector, self.inner.dialect.for_update()).await?
        } else {
            None
        };
        if let Some(once) = once {
            match idempotency::look_up(&mut tx, once).await? {
                Known::New => {}
                Known::Answered(answer) => {
                    tx.rollback().await?;
                    return Ok(Changed::Replayed(answer));
                }
                Known::Reused => {
                    tx.rollback().await?;
                    return Ok(Changed::KeyReused);
                }
            }
        }

        let Verdict {
            change,
            answer,
            remember,
        } = decide(old.clone());
        if let (Selector::ByStaff { staff, .. }, Some(old), Some(change)) =
            (selector, &old, &change)
        {
            let lock = self.inner.dialect.for_update();
            let (before, after) = (work_of(old), work_of(&change.order));
            let both = (before.as_slice(), after.as_slice());
            if let Some(claim) = work::in_the_way(&mut tx, lock, staff, both, now).await? {
                tx.rollback().await?;
                return Ok(Changed::ClaimedByAnother(claim));
            }
        }
        if let Some(change) = &change {
            if !save::order(&mut tx, old.as_ref(), &change.order).await? {
                tx.rollback().await?;
                return Err(StoreError::Conflict);
            }
            marks::add(&mut tx, &change.order, marks_added(old.as_ref(), change)).await?;
            audit::write(&mut tx, selector, old.as_ref(), &change.order, now).await?;
        }
        if let Some(once) = once
            && remember
        {
            idempotency::remember(&mut tx, once, &answer).await?;
        }
        if let Some(change) = &change {
            let added = old.as_ref().map_or(0, |old| old.timeline.len());
            let added = added..change.order.timeline.len();
            notifications::tell(&mut tx, &change.order, added, now).await?;
            save::outbox(&mut tx, Some(&change.order.id), &change.effects.outbox).await?;
        }
        let desk = change.as_ref().map_or_else(Vec::new, |change| {
            DeskNews::of_order(old.as_ref(), &change.order)
        });
        let notice = change.map(|change| ChangeNotice {
            shopper: change.order.shopper,
            order: change.order.id,
            version: change.order.version,
        });
        self.commit(tx, notice.clone(), desk).await?;
        Ok(Changed::Done { answer, notice })
    }

    /// Commits and then announces, both even when nobody waits for the answer any more:
    /// a caller who hangs up during the commit must not keep the others from hearing of the change.
    async fn commit(
        &self,
        tx: Transaction<'static, Any>,
        notice: Option<ChangeNotice>,
        desk: Vec<DeskNews>,
    ) -> Result<(), StoreError> {
        let inner = Arc::clone(&self.inner);
        let committed = tokio::spawn(async move {
            tx.commit().await?;
            if let Some(notice) = notice {
                inner.notices.announce(notice);
            }
            inner.notices.announce_to_staff(desk);
            Ok(())
        });
        committed
            .await
            .map_err(|error| StoreError::Unavailable(Box::new(error)))?
    }
}
