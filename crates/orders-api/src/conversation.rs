//! Conversations on the wire: begun, listed, read, and the frames of their socket.

use serde::{Deserialize, Serialize};

use crate::{
    ChatNote, ConversationState, Day, Evidence, Instant, Line, OrderBrief, Refund, Shop, Side,
    Support, Topic,
};

/// `POST /conversations`: what it is about, and what is said first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OpenConversation {
    /// About which order of the shopper's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order: Option<String>,
    /// About which after-sale case; its order is known by it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub case: Option<String>,
    /// With which shop; only needed when it is about no order and no case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shop: Option<String>,
    /// The facts.
    pub subject: ChatSubject,
    /// In words, at most 2000 characters.
    #[cfg_attr(feature = "openapi", schema(max_length = 2000))]
    pub text: String,
    /// Photos and videos, by the ids of their uploads; at most 9.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "openapi", schema(max_items = 9))]
    pub evidence: Vec<String>,
    /// The sender's name for the first message.
    #[cfg_attr(
        feature = "openapi",
        schema(min_length = 1, max_length = 64, pattern = "^[!-~]{1,64}$")
    )]
    pub client_id: String,
}

/// The facts that a conversation begins with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChatSubject {
    /// What it is about.
    pub topic: Topic,
    /// Since which day it is so.
    #[serde(default)]
    pub since: Option<Day>,
    /// Which line of the order; needed for `top_up`.
    #[serde(default)]
    pub line: Option<String>,
    /// Of a digital line: the account that was to be topped up; a card has none.
    #[serde(default)]
    pub account: Option<String>,
    /// Of a digital line: the zone or server of the game.
    #[serde(default)]
    pub zone: Option<String>,
    /// Of a digital line: the face value.
    #[serde(default)]
    pub face_value: Option<String>,
    /// Which refund of the order; the order is known by it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refund: Option<String>,
    /// Which complaint about the order; the order is known by it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub complaint: Option<String>,
}

/// `GET /support`: the ways to a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SupportWays {
    /// The shop.
    pub shop: Shop,
    /// All shops, to choose from.
    pub shops: Vec<Shop>,
    /// Telephone and e-mail.
    pub support: Support,
    /// By when an e-mail that is sent now is answered.
    pub email_due_at: Instant,
    /// The chat; `null` where the shop has none.
    pub chat: Option<ChatNow>,
    /// The order that it is about.
    pub order: Option<OrderBrief>,
    /// Its lines.
    pub lines: Vec<Line>,
    /// Whether the order may be complained about.
    #[serde(default)]
    pub may_complain: bool,
    /// The refund that it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refund: Option<Refund>,
    /// The shopper's last orders of that shop, to choose from.
    pub recent: Vec<OrderBrief>,
}

/// The chat, as it is now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChatNow {
    /// Whether somebody answers now.
    pub open: bool,
    /// When it is shut: when it opens next, as far as that is in sight.
    pub opens_at: Option<Instant>,
    /// When it is open: when it closes; `null` where it never does.
    pub closes_at: Option<Instant>,
    /// By when a message that is left now is answered: when it is shut, and when it is open but whoever begins now is likely
    /// still waiting when it closes.
    pub answered_by: Option<Instant>,
    /// When it is open: the place in the queue that whoever begins now gets.
    pub place: Option<i64>,
    /// When it is open: about how many minutes it takes from that place, by the waits of the last days; `null` when too few
    /// of those are known.
    pub wait_minutes: Option<i64>,
}

/// Conversations, page by page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ConversationList {
    /// Newest first.
    pub items: Vec<Conversation>,
    /// To get the next page with; `null` at the end.
    pub next_cursor: Option<String>,
}

/// A conversation, without its messages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Conversation {
    /// Opaque.
    pub id: String,
    /// The shop.
    pub shop: Shop,
    /// The order that it is about.
    pub order: Option<OrderBrief>,
    /// The after-sale case that it is about.
    pub case: Option<String>,
    /// What it began with.
    pub subject: ChatSubject,
    /// When it began.
    pub opened_at: Instant,
    /// Where it stands.
    pub standing: ConversationStanding,
    /// Whether the order that it is about may be complained about.
    #[serde(default)]
    pub may_complain: bool,
    /// The shopper's note, from 1 to 5.
    pub rating: Option<u8>,
    /// In the shopper's words.
    pub rating_note: Option<String>,
}

/// Where a conversation stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ConversationStanding {
    /// Which state.
    pub state: ConversationState,
    /// `waiting`, while the chat is open: the place in the queue, from 1 on.
    pub place: Option<i64>,
    /// `waiting`, while the chat is open: about how many more minutes, by the place, the time that has passed and the waits
    /// of the last days; `null` when too few of those are known, and when it is `longer`.
    pub wait_minutes: Option<i64>,
    /// `waiting`, while the chat is open: whether it has taken longer already than it usually does.
    pub longer: bool,
    /// `waiting`, while the chat is open and nothing is promised yet: by when it is answered if it is still waiting when the chat
    /// closes, as is likely; else `null`.
    pub answered_by: Option<Instant>,
    /// `left`, and `waiting` while the chat is shut or since it was: by when it is answered. It does not change until it is.
    pub due_at: Option<Instant>,
    /// Whether `due_at` is past: the promise was missed.
    pub overdue: bool,
    /// Whether the staff have answered since the shopper came to wait for somebody, and nothing is promised: what is not, they
    /// do not end.
    pub answered: bool,
    /// `closed`: since when.
    pub closed_at: Option<Instant>,
    /// Whether a message of the shopper is taken now; what is `closed` goes on with it, unless it ended more than a week
    /// ago or another about the same is open.
    pub takes_words: bool,
    /// The number of the last message.
    pub last_seq: i64,
    /// The number of the staff's last message, 0 before any: beyond `shopper_read`, it is an answer that was not read.
    pub last_answer: i64,
    /// The last message that the shopper has read.
    pub shopper_read: i64,
    /// The last message that the staff have read.
    pub staff_read: i64,
}

/// Who says something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum ChatAuthor {
    /// The shopper.
    Shopper,
    /// The shop's staff.
    Staff,
    /// The program, about what happened.
    System,
}

/// A message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChatMessage {
    /// Its place, from 1 on, without gaps.
    pub seq: i64,
    /// The sender's name for it.
    pub client_id: String,
    /// Who.
    pub by: ChatAuthor,
    /// `staff`, to the shop only: who.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub staff: Option<String>,
    /// `system`: what happened.
    pub note: Option<ChatNote>,
    /// When.
    pub at: Instant,
    /// In words; of `system`, empty.
    pub text: String,
    /// Photos and videos.
    pub evidence: Vec<Evidence>,
}

/// `GET /conversations/{id}/messages`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChatMessages {
    /// In order, from `after` + 1 on.
    pub items: Vec<ChatMessage>,
    /// Whether there are more already.
    pub more: bool,
    /// Where the conversation stands.
    pub standing: ConversationStanding,
}

/// `POST /conversations/{id}/messages`, and the frame `say`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SayInChat {
    /// The sender's name for it: sent again under the same, it is the same message.
    #[cfg_attr(
        feature = "openapi",
        schema(min_length = 1, max_length = 64, pattern = "^[!-~]{1,64}$")
    )]
    pub client_id: String,
    /// In words, at most 2000 characters.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(max_length = 2000))]
    pub text: String,
    /// Photos and videos, by the ids of their uploads; at most 9.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "openapi", schema(max_items = 9))]
    pub evidence: Vec<String>,
}

/// `POST /conversations/{id}/read`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReadChat {
    /// The last message that was read.
    pub seq: i64,
}

/// `POST /conversations/{id}/rating`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RateConversation {
    /// From 1 to 5.
    #[cfg_attr(feature = "openapi", schema(minimum = 1, maximum = 5))]
    pub rating: u8,
    /// In words, at most 500 characters.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(max_length = 500))]
    pub note: Option<String>,
}

/// What is sent into the socket, one JSON text a frame.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum ChatFrameIn {
    /// Say something; answered by `said` or `refused`.
    Say(SayInChat),
    /// Everything up to there was read.
    Read(ReadChat),
    /// Somebody is typing.
    Typing,
    /// Answered by `pong`.
    Ping,
}

/// What comes out of the socket, one JSON text a frame.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum ChatFrameOut {
    /// The first: where the conversation stands.
    Ready(ConversationStanding),
    /// A message, each once, in order.
    Message(ChatMessage),
    /// What was sent under that name is kept, under that number.
    Said {
        /// The name.
        client_id: String,
        /// The number.
        seq: i64,
    },
    /// What was sent is not taken; sent again, it will not be either, but for `too_many_messages`, `conflict` and
    /// `unavailable`.
    Refused {
        /// The name, where it could be read.
        client_id: Option<String>,
        /// Why: a code of [`crate::codes`].
        code: String,
    },
    /// One of both sides has read up to there.
    Read {
        /// Who.
        by: Side,
        /// The message.
        seq: i64,
    },
    /// The other side is typing.
    Typing {
        /// Who.
        by: Side,
    },
    /// Where the conversation stands now.
    State(ConversationStanding),
    /// To `ping`.
    Pong,
}
