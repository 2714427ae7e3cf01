//! What the staff hear of: orders, entries of their queue and conversations that changed, by id and shop.

use orders_domain::{
    Conversation, ConversationId, Order, OrderId, ShopId, Work, WorkKind, work_of,
};
use serde::{Deserialize, Serialize};

use crate::{NoteAbout, WorkEntry};

/// What the staff hear of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DeskNotice {
    /// Something of a shop changed.
    News(DeskNews),
    /// For a while nothing was heard of what other processes do: anything may have changed.
    Missed,
}

/// What changed in which shop.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeskNews {
    /// Of which shop.
    pub shop: ShopId,
    /// What.
    #[serde(flatten)]
    pub change: DeskChange,
}

/// What changed for the staff.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum DeskChange {
    /// An entry of the queue came or went, or somebody took it in hand or let go of it.
    Work {
        /// Which.
        id: String,
        /// What kind of thing.
        kind: WorkKind,
    },
    /// An order changed.
    Order {
        /// Which.
        id: OrderId,
        /// Its version now.
        version: i64,
    },
    /// Something was said or done in a conversation.
    Conversation {
        /// In which.
        id: ConversationId,
    },
    /// Somebody of the staff left a note for the others.
    Note {
        /// About what.
        about: NoteAbout,
    },
    /// Somebody of the staff recorded a step of an enquiry.
    Enquiry {
        /// The order that it is about.
        order: Option<OrderId>,
        /// The conversation in which it was asked.
        conversation: Option<ConversationId>,
    },
}

impl DeskNews {
    /// An entry that somebody took in hand or let go of.
    pub(crate) fn of_entry(entry: &WorkEntry) -> Self {
        Self {
            shop: entry.shop.clone(),
            change: DeskChange::Work {
                id: entry.id.clone(),
                kind: entry.kind,
            },
        }
    }

    /// An order, and the entries that came, went or moved with it.
    pub(crate) fn of_order(old: Option<&Order>, new: &Order) -> Vec<Self> {
        let itself = DeskChange::Order {
            id: new.id.clone(),
            version: new.version,
        };
        let before = old.map_or_else(Vec::new, work_of);
        all(&new.shop, itself, &before, &work_of(new))
    }

    /// A conversation, and its entry where that came, went or moved.
    pub(crate) fn of_conversation(old: Option<&Conversation>, new: &Conversation) -> Vec<Self> {
        let id = new.id.clone();
        let itself = DeskChange::Conversation { id };
        let before = old.and_then(Conversation::work);
        all(&new.shop, itself, before.as_slice(), new.work().as_slice())
    }
}

fn all(shop: &ShopId, itself: DeskChange, before: &[Work], after: &[Work]) -> Vec<DeskNews> {
    let gone = |work: &&Work| !after.iter().any(|other| other.id == work.id);
    let new = |work: &&Work| !before.contains(work);
    let entries = before.iter().filter(gone).chain(after.iter().filter(new));
    let entries = entries.map(|work| DeskChange::Work {
        id: work.id.clone(),
        kind: work.kind,
    });
    let news = |change| DeskNews {
        shop: shop.clone(),
        change,
    };
    std::iter::once(itself).chain(entries).map(news).collect()
}
