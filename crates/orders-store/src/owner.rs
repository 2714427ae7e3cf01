//! Whose something must be: a shopper's with all they have, or a guest's with one order.

use std::borrow::Cow;

use orders_domain::{Conversation, OrderId, ShopperId};

use crate::rows::storable;

/// For whom something is asked. Every statement that looks for what is a shopper's own takes it, so that what is not
/// theirs is not found.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Owner {
    /// The shopper, logged in: all that is theirs.
    Account(ShopperId),
    /// Somebody who has shown that they may see one order, and nothing else of the shopper who placed it (PRODUCT.md
    /// section 5).
    Guest {
        /// Who placed it.
        shopper: ShopperId,
        /// The only order there is for them.
        order: OrderId,
    },
}

impl Owner {
    /// Who placed the orders.
    pub const fn shopper(&self) -> &ShopperId {
        match self {
            Self::Account(shopper) | Self::Guest { shopper, .. } => shopper,
        }
    }

    /// The only order that there is for a guest; `None` for an account.
    pub const fn only(&self) -> Option<&OrderId> {
        match self {
            Self::Account(_) => None,
            Self::Guest { order, .. } => Some(order),
        }
    }

    /// Whether an order of the shopper's exists for them.
    pub fn sees(&self, order: &OrderId) -> bool {
        self.only().is_none_or(|only| only == order)
    }

    /// A name for whose idempotency keys, uploads and kept answers they are: those of a guest and of the shopper have
    /// nothing to do with one another.
    pub fn scope(&self) -> Cow<'_, str> {
        match self {
            Self::Account(shopper) => Cow::Borrowed(shopper.as_str()),
            // A line break is in no id, so that no shopper is called like a guest.
            Self::Guest { shopper, order } => Cow::Owned(format!("{shopper}\nguest {order}")),
        }
    }

    /// Whether it is one of their conversations: a guest's are those about the order.
    pub(crate) fn has(&self, conversation: &Conversation) -> bool {
        conversation.shopper == *self.shopper()
            && match (self.only(), &conversation.order) {
                (None, _) => true,
                (Some(only), Some(order)) => only == order,
                (Some(_), None) => false,
            }
    }

    /// What the column `guest_order` has for what is theirs; empty for an account.
    pub(crate) fn guest_order(&self) -> &str {
        self.only().map_or("", OrderId::as_str)
    }

    /// Whether such ids can exist.
    pub(crate) fn is_storable(&self) -> bool {
        storable(self.shopper().as_str()) && storable(self.guest_order())
    }
}

impl From<&ShopperId> for Owner {
    fn from(shopper: &ShopperId) -> Self {
        Self::Account(shopper.clone())
    }
}

impl From<&Self> for Owner {
    fn from(owner: &Self) -> Self {
        owner.clone()
    }
}
