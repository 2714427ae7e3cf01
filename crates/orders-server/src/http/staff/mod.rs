//! The console: what the shop's staff see and decide. Who they are comes from their session and nothing else.

pub mod cases;
pub mod colleagues;
pub mod complaints;
pub mod conversations;
pub mod enquiries;
pub mod events;
pub mod evidence_file;
pub mod insight;
pub mod notes;
pub mod orders;
pub mod policies;
pub mod refunds;
pub mod replies;
pub mod session;
pub mod work;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, header};
use orders_api::Person;
use orders_domain::{
    Conversation, ConversationId, Order, OrderId, Permission, Role, ShopId, StaffId, StaffMember,
};
use orders_store::{Selector, StaffTerm, StoreError};

use super::error::Failure;
pub use super::integration::cases::NOTE_CHARS;
pub use super::integration::refund::note_for;
use super::session::token_in;
use crate::config::limits::{STAFF_IDLE, STAFF_LONGEST};
use crate::state::App;

/// How long a session of the staff lives.
const TERM: StaffTerm = StaffTerm {
    idle: STAFF_IDLE,
    longest: STAFF_LONGEST,
};

/// Somebody of the staff who is logged in. The only way for the console's handlers to an order: one of a shop whose orders
/// they do not see cannot be asked for.
#[derive(Clone, Debug)]
pub struct Staff {
    member: StaffMember,
    token_hash: String,
    /// Whether they may nothing, whatever their role; `false` but for tests.
    may_nothing: bool,
}

impl Staff {
    /// Who: what is on record with what they do.
    pub fn id(&self) -> &StaffId {
        &self.member.id
    }

    /// Who, to colleagues.
    pub fn person(&self) -> Person {
        Person {
            id: self.member.id.0.clone(),
            name: self.member.name.clone(),
        }
    }

    /// What they are there for.
    pub fn role(&self) -> Role {
        self.member.role
    }

    /// The shops whose orders they see; all when empty.
    pub fn shops(&self) -> &[ShopId] {
        &self.member.shops
    }

    /// Whether they see what is of that shop.
    pub fn sees(&self, shop: &ShopId) -> bool {
        self.member.sees(shop)
    }

    /// Goes on only when their role may do that.
    ///
    /// # Errors
    /// [`Failure::NotPermitted`].
    pub fn may(&self, what: Permission) -> Result<(), Failure> {
        if !self.may_nothing && self.member.role.may(what) {
            Ok(())
        } else {
            Err(Failure::NotPermitted(what))
        }
    }

    /// Names an order that they see, to change it.
    pub fn order_named(&self, order: &OrderId) -> Selector {
        Selector::by_staff(&self.member, order)
    }

    /// An order that they see.
    ///
    /// # Errors
    /// [`Failure::NotFound`] when there is none, which an order of another shop is like.
    pub async fn order(&self, app: &App, order: &OrderId) -> Result<Order, Failure> {
        let found = app.store.order_for_staff(&self.member, order).await?;
        found.ok_or(Failure::NotFound)
    }

    /// A conversation of a shop whose conversations they see.
    ///
    /// # Errors
    /// [`Failure::NotFound`] when there is none, which a conversation of another shop is like.
    pub async fn conversation(
        &self,
        app: &App,
        id: ConversationId,
    ) -> Result<Conversation, Failure> {
        let found = app.store.conversation(&id).await?;
        let found = found.filter(|found| self.sees(&found.shop));
        found.ok_or(Failure::NotFound)
    }

    /// Who they are now, while something of theirs stays open; `None` when the session is over. That it is open is no use of
    /// the session.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn again(&self, app: &App) -> Result<Option<Self>, StoreError> {
        let now = app.clock.now();
        let found = app.store.look_at_staff_session(&self.token_hash, now);
        Ok(found.await?.map(|member| self.now_as(member)))
    }

    /// The same, for something that they did.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn acts_again(&self, app: &App) -> Result<Option<Self>, StoreError> {
        let now = app.clock.now();
        let found = app.store.staff_session(&self.token_hash, now, TERM.idle);
        Ok(found.await?.map(|member| self.now_as(member)))
    }

    /// Takes on who they are now; `false` when the session is over or their role may not do `what` any more.
    pub fn becomes(&mut self, now: Option<Self>, what: Permission) -> bool {
        let Some(now) = now.filter(|now| now.may(what).is_ok()) else {
            return false;
        };
        *self = now;
        true
    }

    fn now_as(&self, member: StaffMember) -> Self {
        Self {
            member,
            token_hash: self.token_hash.clone(),
            may_nothing: self.may_nothing,
        }
    }

    /// The name under which their idempotency keys are kept.
    pub fn caller(&self) -> String {
        format!("staff:{}", self.member.id)
    }
}

impl FromRequestParts<App> for Staff {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Self::Rejection> {
        let token = token(&parts.headers, app.https()).ok_or(Failure::NotLoggedIn)?;
        let token_hash = crate::random::sha256(token.as_bytes());
        let member = app
            .store
            .staff_session(&token_hash, app.clock.now(), TERM.idle)
            .await?
            .ok_or(Failure::NotLoggedIn)?;
        Ok(Self {
            member,
            token_hash,
            may_nothing: app.staff_may_nothing,
        })
    }
}

/// The session's token, from `Authorization` alone when there is one, else from the console's own cookie.
fn token(headers: &HeaderMap, https: bool) -> Option<String> {
    token_in(headers, cookie_name(https))
}

const fn cookie_name(https: bool) -> &'static str {
    if https {
        "__Host-tepai_staff"
    } else {
        "tepai_staff"
    }
}

/// The cookie that carries `token`; an empty token removes it. No page of another site ever sends it, links included.
fn cookie(token: &str, https: bool) -> HeaderValue {
    let name = cookie_name(https);
    let secure = if https { "; Secure" } else { "" };
    let age = if token.is_empty() {
        0
    } else {
        STAFF_LONGEST.num_seconds()
    };
    let text = format!("{name}={token}; Path=/; Max-Age={age}; HttpOnly; SameSite=Strict{secure}");
    // Tokens are hexadecimal, so that this is always a header.
    HeaderValue::from_str(&text).unwrap_or(HeaderValue::from_static(""))
}

/// The header that takes the cookie away.
fn without_cookie(https: bool) -> [(header::HeaderName, HeaderValue); 1] {
    [(header::SET_COOKIE, cookie("", https))]
}
