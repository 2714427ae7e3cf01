//! Conversations as staff lead them: found, taken, answered, passed on, ended.

pub mod end;
pub mod hand_back;
pub mod list;
pub mod messages;
pub mod read;
pub mod say;
pub mod show;
pub mod socket;
pub mod take;
pub mod transcript;
pub mod transfer;

use std::collections::HashMap;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::response::Response;
use orders_api::{Person, StaffConversation};
use orders_domain::{Conversation, ConversationId, ConversationMove, Permission, StaffId};
use orders_store::{Conversed, Whose};

use super::Staff;
use crate::http::context::Context;
use crate::http::conversations::{make, respond, wire};
use crate::http::error::Failure;
use crate::http::idempotency::IdempotencyKey;
use crate::http::orders::answer;
use crate::http::path_id::PathId;
use crate::http::wire::instant;
use crate::state::App;

/// The names of everybody who is or was of the staff.
pub struct Names(HashMap<StaffId, String>);

impl Names {
    /// As they are now.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn of(app: &App) -> Result<Self, Failure> {
        let staff = app.store.staff().await?.into_iter();
        let names = staff.map(|account| (account.member.id, account.member.name));
        Ok(Self(names.collect()))
    }

    /// Somebody, by name.
    pub fn person(&self, id: &StaffId) -> Person {
        // The shop's systems may name somebody who has no account.
        let name = self.0.get(id).cloned();
        Person {
            id: id.0.clone(),
            name: name.unwrap_or_else(|| id.0.clone()),
        }
    }
}

/// What was refused because a colleague has the conversation, with the colleague's name.
///
/// # Errors
/// When the store fails.
pub async fn naming(
    app: &App,
    conversed: Conversed<Failure>,
) -> Result<Conversed<Failure>, Failure> {
    Ok(match conversed {
        Conversed::Refused(Failure::ServedByAnother(who)) => {
            let who = Names::of(app).await?.person(&StaffId(who.id));
            Conversed::Refused(Failure::ServedByAnother(Box::new(who)))
        }
        other => other,
    })
}

/// A conversation as staff see it.
///
/// # Errors
/// When the store fails, or its shop has no policy any more.
pub async fn to_wire(
    app: &App,
    context: &Context,
    names: &Names,
    conversation: &Conversation,
) -> Result<StaffConversation, Failure> {
    let known = app.store.credentials_of(&conversation.shopper).await?;
    let last = app
        .store
        .messages(&conversation.id, conversation.last_seq - 1, 1);
    let last = last.await?;
    Ok(StaffConversation {
        conversation: wire::whole(app, context, conversation).await?,
        shopper: Person {
            id: conversation.shopper.0.clone(),
            name: known
                .map(|known| known.shopper.display_name)
                .unwrap_or_default(),
        },
        guest: conversation.guest,
        staff: conversation.staff.as_ref().map(|id| names.person(id)),
        since: conversation.waits_since().map(instant),
        others: app.store.other_conversations(conversation).await?,
        last: last.first().map(wire::message_for_shop),
    })
}

/// Who of the staff wants to move which conversation, under which key.
#[derive(Debug)]
pub struct StaffMove {
    app: App,
    staff: Staff,
    key: IdempotencyKey,
    id: ConversationId,
}

impl FromRequestParts<App> for StaffMove {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Self::Rejection> {
        let staff = Staff::from_request_parts(parts, app).await?;
        let key = IdempotencyKey::from_request_parts(parts, app).await?;
        let PathId(id) = PathId::from_request_parts(parts, app).await?;
        Ok(Self {
            app: app.clone(),
            staff,
            key,
            id: ConversationId(id),
        })
    }
}

impl StaffMove {
    /// Makes the move, and answers with where the conversation stands then. `fingerprint` tells this request from another
    /// with the same key.
    ///
    /// # Errors
    /// When they may not chat, there is no such conversation to them, or the move cannot be made.
    pub async fn make(
        &self,
        fingerprint: &str,
        action: &ConversationMove,
    ) -> Result<Response, Failure> {
        self.staff.may(Permission::Chat)?;
        let app = &self.app;
        let conversation = self.staff.conversation(app, self.id.clone()).await?;
        let followed = wire::followed(app, &conversation).await?;
        let once = self
            .key
            .once(&self.staff.caller(), fingerprint, app.clock.now());
        let whose = Whose::ByStaff(self.staff.id(), &conversation.id);
        let moved = make(app, whose, once.as_ref(), None, action, |moved, _| {
            answer(200, &wire::standing_in(app, moved, None, followed))
        });
        respond(naming(app, moved.await?).await?)
    }

    /// Who makes it.
    pub fn own(&self) -> StaffId {
        self.staff.id().clone()
    }
}
