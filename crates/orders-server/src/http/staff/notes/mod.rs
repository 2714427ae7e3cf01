//! Notes of the staff for one another. They are in no answer to a shopper, and in no transcript.

pub mod add;
pub mod list;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::response::Response;
use orders_api::{AddNote, Person, StaffNote, StaffNotes};
use orders_domain::{ConversationId, OrderId, Permission, ShopId};
use orders_store::{Note, NoteAbout, Noted};

use super::Staff;
use super::conversations::Names;
use crate::config::limits::PAGE_MAX;
use crate::http::conversations::seq;
use crate::http::error::{Failure, send};
use crate::http::idempotency::IdempotencyKey;
use crate::http::json::Body;
use crate::http::orders::answer;
use crate::http::path_id::PathId;
use crate::http::query::Query;
use crate::http::text::Text;
use crate::http::wire::instant;
use crate::state::App;

/// The longest note, in characters.
const TEXT_CHARS: usize = 2000;

/// Somebody who may note something about what the path names.
#[derive(Debug)]
pub struct Noter {
    app: App,
    staff: Staff,
    id: String,
}

impl FromRequestParts<App> for Noter {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Self::Rejection> {
        let staff = Staff::from_request_parts(parts, app).await?;
        let PathId(id) = PathId::from_request_parts(parts, app).await?;
        staff.may(Permission::Note)?;
        Ok(Self {
            app: app.clone(),
            staff,
            id,
        })
    }
}

impl Noter {
    /// The order that is named, when they see it.
    async fn order(&self) -> Result<(ShopId, NoteAbout), Failure> {
        let id = OrderId(self.id.clone());
        let order = self.staff.order(&self.app, &id).await?;
        Ok((order.shop, NoteAbout::Order(order.id)))
    }

    /// The conversation that is named, when they see it.
    async fn conversation(&self) -> Result<(ShopId, NoteAbout), Failure> {
        let id = ConversationId(self.id.clone());
        let conversation = self.staff.conversation(&self.app, id).await?;
        let about = NoteAbout::Conversation(conversation.id);
        Ok((conversation.shop, about))
    }

    async fn list(&self, about: &NoteAbout, query: &Query) -> Result<StaffNotes, Failure> {
        let after = seq(query, "after")?;
        let mut notes = self.app.store.notes(about, after, PAGE_MAX + 1).await?;
        let more = notes.len() > PAGE_MAX as usize;
        notes.truncate(PAGE_MAX as usize);
        let names = Names::of(&self.app).await?;
        let items = notes
            .iter()
            .map(|note| to_wire(note, names.person(&note.staff)));
        Ok(StaffNotes {
            items: items.collect(),
            more,
        })
    }

    async fn add(
        &self,
        (shop, about): &(ShopId, NoteAbout),
        key: &IdempotencyKey,
        Body { value, fingerprint }: &Body<AddNote>,
    ) -> Result<Response, Failure> {
        let text = Text::required("text", &value.text, TEXT_CHARS)?;
        let now = self.app.clock.now();
        let once = key.once(&self.staff.caller(), fingerprint, now);
        let noted = self.app.store.add_note(
            shop,
            about,
            (self.staff.id(), text),
            now,
            once.as_ref(),
            |note| answer(201, &to_wire(note, self.staff.person())),
        );
        match noted.await? {
            Noted::Done(answer) | Noted::Replayed(answer) => Ok(send(answer)),
            Noted::KeyReused => Err(Failure::KeyReused),
        }
    }
}

fn to_wire(note: &Note, by: Person) -> StaffNote {
    StaffNote {
        seq: note.seq,
        by,
        at: instant(note.at),
        text: note.text.clone(),
    }
}
