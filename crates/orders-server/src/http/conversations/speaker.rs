//! Who speaks through a socket: a shopper in a conversation of theirs, or somebody of the staff.

use orders_api::{ChatMessage, SayInChat};
use orders_domain::{Conversation, ConversationId, Message, Permission, Side};
use orders_store::{Conversed, Reader, StoreError};

use super::say::shopper_says;
use super::{reader, seen_by, wire};
use crate::chat::Holder;
use crate::http::error::Failure;
use crate::http::session::Shopper;
use crate::http::staff::Staff;
use crate::http::staff::conversations::say::staff_says;
use crate::state::App;

/// Whose socket it is.
#[derive(Debug)]
pub enum Speaker {
    /// A shopper's.
    Shopper(Shopper),
    /// Somebody's of the staff.
    Staff(Staff),
}

impl Speaker {
    /// On which side.
    pub fn side(&self) -> Side {
        match self {
            Self::Shopper(_) => Side::Shopper,
            Self::Staff(_) => Side::Staff,
        }
    }

    /// Who reads.
    pub fn reader(&self) -> Reader {
        match self {
            Self::Shopper(shopper) => reader(shopper),
            Self::Staff(_) => Reader::Staff,
        }
    }

    /// For whom the socket counts.
    pub fn holder(&self) -> Holder {
        match self {
            Self::Shopper(shopper) => Holder::Shopper(shopper.owner().clone()),
            Self::Staff(staff) => Holder::Staff(staff.id().clone()),
        }
    }

    /// The conversation as it is now.
    ///
    /// # Errors
    /// [`Failure::NotFound`] when there is none for them.
    pub async fn conversation(
        &self,
        app: &App,
        id: &ConversationId,
    ) -> Result<Conversation, Failure> {
        match self {
            Self::Shopper(shopper) => {
                let found = app.store.conversation_of(shopper.owner(), id).await?;
                let found = found.map(|found| seen_by(shopper, found));
                found.ok_or(Failure::NotFound)
            }
            Self::Staff(staff) => staff.conversation(app, id.clone()).await,
        }
    }

    /// Whether their session still lives; what they may see is that of now.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn is_there(&mut self, app: &App) -> Result<bool, StoreError> {
        match self {
            Self::Shopper(shopper) => {
                let now = app.clock.now();
                Ok(app
                    .store
                    .session(shopper.token_hash(), now)
                    .await?
                    .is_some())
            }
            Self::Staff(staff) => {
                let now = staff.again(app).await?;
                Ok(staff.becomes(now, Permission::Chat))
            }
        }
    }

    /// The same, for something that they do: the sessions of the staff end when nothing is done.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn acts(&mut self, app: &App) -> Result<bool, StoreError> {
        match self {
            Self::Shopper(_) => Ok(true),
            Self::Staff(staff) => {
                let now = staff.acts_again(app).await?;
                Ok(staff.becomes(now, Permission::Chat))
            }
        }
    }

    /// A message, as they are told.
    pub fn message(&self, message: &Message) -> ChatMessage {
        match self {
            Self::Shopper(_) => wire::message(message),
            Self::Staff(_) => wire::message_for_shop(message),
        }
    }

    /// They say something.
    ///
    /// # Errors
    /// When it is not taken, or the store fails.
    pub async fn says(
        &self,
        app: &App,
        id: &ConversationId,
        body: SayInChat,
    ) -> Result<Conversed<Failure>, Failure> {
        match self {
            Self::Shopper(shopper) => shopper_says(app, shopper.owner(), id, body, None).await,
            Self::Staff(staff) => staff_says(app, staff, id, body, None).await,
        }
    }
}
