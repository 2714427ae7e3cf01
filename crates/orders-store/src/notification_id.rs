//! A notification: what it tells, and by what it is known, which is what it tells of.

use orders_domain::{ConversationId, Instant, OrderId, TimelineEntry};
use sqlx::any::AnyRow;

use crate::StoreError;
use crate::rows::{get, storable};

/// A notification.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notification {
    /// What it tells.
    pub news: News,
    /// When the shopper was told: later than it happened, when the shop said so late.
    pub told_at: Instant,
    /// Whether it was read.
    pub read: bool,
}

/// What a notification tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum News {
    /// What happened to an order.
    Event {
        /// To which.
        order: OrderId,
        /// The place of the entry in its timeline, from 0.
        place: usize,
        /// The entry.
        entry: TimelineEntry,
    },
    /// The staff have answered.
    Answer {
        /// In which conversation.
        conversation: ConversationId,
        /// As which message of it.
        message: i64,
        /// When.
        at: Instant,
    },
}

impl Notification {
    /// What happened to an order, where it tells of that.
    pub const fn entry(&self) -> Option<&TimelineEntry> {
        match &self.news {
            News::Event { entry, .. } => Some(entry),
            News::Answer { .. } => None,
        }
    }

    /// Which it is.
    pub fn id(&self) -> NotificationId {
        match &self.news {
            News::Event { order, place, .. } => NotificationId::Event {
                order: order.clone(),
                place: *place,
            },
            News::Answer {
                conversation,
                message,
                ..
            } => NotificationId::Answer {
                conversation: conversation.clone(),
                message: *message,
            },
        }
    }
}

/// What a shopper is told of.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum NotificationId {
    /// An entry of an order's timeline.
    Event {
        /// Of which order.
        order: OrderId,
        /// Which entry, from 0.
        place: usize,
    },
    /// An answer in a conversation.
    Answer {
        /// In which.
        conversation: ConversationId,
        /// Which message, from 1.
        message: i64,
    },
}

/// The columns that say it: `order_id`, `position`, `conversation` and `message`.
pub(crate) type Columns<'a> = (Option<&'a str>, Option<i64>, Option<&'a str>, Option<i64>);

impl NotificationId {
    /// The id that text stands for; `None` when no notification can have it.
    pub fn parse(text: &str) -> Option<Self> {
        let digits =
            |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let ends_in = |mark: &str| {
            let (of, number) = text.rsplit_once(mark)?;
            (!of.is_empty() && storable(of) && digits(number)).then_some((of, number))
        };
        if let Some((order, place)) = ends_in("-N") {
            return Some(Self::Event {
                order: order.into(),
                place: place.parse().ok()?,
            });
        }
        let (conversation, message) = ends_in("-A")?;
        Some(Self::Answer {
            conversation: conversation.into(),
            message: message.parse().ok()?,
        })
    }

    pub(crate) fn columns(&self) -> Columns<'_> {
        match self {
            Self::Event { order, place } => {
                let place = i64::try_from(*place).unwrap_or(i64::MAX);
                (Some(order.as_str()), Some(place), None, None)
            }
            Self::Answer {
                conversation,
                message,
            } => (None, None, Some(conversation.as_str()), Some(*message)),
        }
    }

    pub(crate) fn of_row(row: &AnyRow) -> Result<Self, StoreError> {
        if let Some(conversation) = get::<Option<String>>(row, "conversation")? {
            return Ok(Self::Answer {
                conversation: ConversationId(conversation),
                message: get(row, "message")?,
            });
        }
        let place: i64 = get(row, "position")?;
        Ok(Self::Event {
            order: OrderId(get(row, "order_id")?),
            place: usize::try_from(place)
                .map_err(|_| StoreError::Corrupt(format!("a notification of entry {place}")))?,
        })
    }
}

impl std::fmt::Display for NotificationId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Event { order, place } => write!(f, "{order}-N{place}"),
            Self::Answer {
                conversation,
                message,
            } => write!(f, "{conversation}-A{message}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_comes_back_as_it_went_and_others_are_none() {
        let event = |order: &str, place| NotificationId::Event {
            order: order.into(),
            place,
        };
        let answer = |conversation: &str, message| NotificationId::Answer {
            conversation: conversation.into(),
            message,
        };
        for (text, id) in [
            ("o-N1-N12", event("o-N1", 12)),
            ("o-A1-N12", event("o-A1", 12)),
            ("k1-A3", answer("k1", 3)),
            ("k-N1-A3", answer("k-N1", 3)),
        ] {
            assert_eq!(id.to_string(), text);
            assert_eq!(NotificationId::parse(text), Some(id));
        }
        for text in [
            "", "o", "-N1", "-A1", "o-N", "o-A", "o-N+1", "o-Nx", "k-A-1", "o\0-N1",
        ] {
            assert_eq!(NotificationId::parse(text), None, "{text:?}");
        }
    }
}
