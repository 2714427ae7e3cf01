//! Conversations of a shopper with the shop: where they stand, and since when and until when somebody waits.

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

use crate::codes::codes;
use crate::{
    ChatRules, ConversationId, Evidence, Identification, Instant, OrderId, ShopId, ShopperId,
    StaffId, Subject,
};

/// For how many days a new message of the shopper opens a conversation again that has ended.
pub const REOPEN_DAYS: i64 = 7;
/// For how many minutes whoever has a conversation may leave the shopper's words without an answer before it goes back to
/// where others take it: longer than it takes to look something up, shorter than anybody waits in silence.
pub const ANSWER_MINUTES: i64 = 5;
/// The best of the notes to a conversation; the worst is 1.
pub const BEST_RATING: u8 = 5;

/// Where a conversation stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum ConversationState {
    /// In the queue.
    Waiting,
    /// Somebody of the staff has it.
    Served,
    /// Left out of hours: answered later, by a time that is known.
    Left,
    /// Over; a new message of the shopper within a week opens it again.
    Closed,
}

codes!(ConversationState {
    Waiting => "waiting",
    Served => "served",
    Left => "left",
    Closed => "closed",
});

/// Which of both sides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Side {
    /// The shopper.
    Shopper,
    /// The shop's staff.
    Staff,
}

codes!(Side {
    Shopper => "shopper",
    Staff => "staff",
});

/// Who says something.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Author {
    /// The shopper.
    Shopper,
    /// Somebody of the staff.
    Staff(StaffId),
    /// The program, about what happened, and who of the staff did it.
    System(ChatNote, Option<StaffId>),
}

/// What the program says in a conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum ChatNote {
    /// It is in the queue.
    Queued,
    /// It was left out of hours.
    Left,
    /// Somebody of the staff has it.
    Taken,
    /// Somebody else of the staff has it.
    Transferred,
    /// It is in the queue again.
    HandedBack,
    /// It is in the queue again, as whoever had it did not answer.
    Unanswered,
    /// The shopper has ended it.
    EndedByShopper,
    /// The staff have ended it.
    EndedByStaff,
    /// It goes on.
    Reopened,
}

codes!(ChatNote {
    Queued => "queued",
    Left => "left",
    Taken => "taken",
    Transferred => "transferred",
    HandedBack => "handed_back",
    Unanswered => "unanswered",
    EndedByShopper => "ended_by_shopper",
    EndedByStaff => "ended_by_staff",
    Reopened => "reopened",
});

/// A conversation, without its messages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conversation {
    /// Which.
    pub id: ConversationId,
    /// Whose.
    pub shopper: ShopperId,
    /// With which shop.
    pub shop: ShopId,
    /// About which order.
    pub order: Option<OrderId>,
    /// About which of its after-sale cases.
    pub case: Option<String>,
    /// What it began with.
    pub subject: Subject,
    /// Where it stands.
    pub state: ConversationState,
    /// Who of the staff has it, or had it at the end.
    pub staff: Option<StaffId>,
    /// When it began.
    pub opened_at: Instant,
    /// `waiting`: since when it does this time.
    pub waiting_since: Option<Instant>,
    /// Until it is over: since when its shopper has wanted somebody, or of what was answered, since the first words after the
    /// answer. The place in the queue goes by this, so that who comes back into the queue unanswered comes back to the old
    /// place.
    pub place_since: Option<Instant>,
    /// Until somebody has answered: by when that was promised. `left` always has such a time, and a promise is never put off.
    pub due_at: Option<Instant>,
    /// Whether the staff have answered since its shopper came to wait for somebody the last time.
    pub answered: bool,
    /// `served`: since when whoever has it owes the shopper an answer.
    pub unanswered_since: Option<Instant>,
    /// `closed`: since when.
    pub closed_at: Option<Instant>,
    /// How long it waited in the queue, while the chat was open, for the last time it was taken from there.
    pub waited: Option<TimeDelta>,
    /// The number of the last message.
    pub last_seq: i64,
    /// The number of the last message of the staff; 0 before any.
    pub last_answer: i64,
    /// The last message that the shopper has read.
    pub shopper_read: i64,
    /// The last message that the staff have read.
    pub staff_read: i64,
    /// The shopper's note, from 1 to [`BEST_RATING`].
    pub rating: Option<u8>,
    /// In the shopper's words.
    pub rating_note: Option<String>,
    /// Whether a guest of the order has said something in it, so that not all of it is known to come from the shopper.
    pub guest: bool,
}

/// A message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Its place in the conversation, from 1 on, without gaps.
    pub seq: i64,
    /// The sender's name for it: sent again, it is the same message.
    pub client_id: String,
    /// Who.
    pub author: Author,
    /// When.
    pub at: Instant,
    /// In words.
    pub text: String,
    /// Photos and videos.
    pub evidence: Vec<Evidence>,
}

impl Conversation {
    /// One in which nothing was said yet, of a shopper with a shop, about no order: what [`Conversation::open`] begins with.
    pub fn blank(
        id: ConversationId,
        (shopper, shop): (ShopperId, ShopId),
        subject: Subject,
        opened_at: Instant,
    ) -> Self {
        Self {
            id,
            shopper,
            shop,
            order: None,
            case: None,
            subject,
            state: ConversationState::Waiting,
            staff: None,
            opened_at,
            waiting_since: None,
            place_since: None,
            due_at: None,
            answered: false,
            unanswered_since: None,
            closed_at: None,
            waited: None,
            last_seq: 0,
            last_answer: 0,
            shopper_read: 0,
            staff_read: 0,
            rating: None,
            rating_note: None,
            guest: false,
        }
    }

    /// By what it is confirmed who writes in it. Once a guest of the order has, the log-in confirms nobody: whoever goes on
    /// with it may be either.
    pub const fn identification(&self) -> Identification {
        if self.guest {
            Identification::OneTimeCode
        } else {
            Identification::LoggedIn
        }
    }

    /// Whether it moves on in the queue: it waits, and the chat is not shut.
    pub fn queues(&self, rules: ChatRules<'_>) -> bool {
        self.state == ConversationState::Waiting && !rules.is_shut()
    }

    /// By when it is answered, as it was promised, or is being promised now that the chat is shut; `None` while somebody has
    /// it.
    pub fn answer_due(&self, rules: ChatRules<'_>) -> Option<Instant> {
        match self.state {
            ConversationState::Waiting if !self.queues(rules) => {
                self.due_at.or_else(|| rules.answer_due())
            }
            ConversationState::Waiting | ConversationState::Left => self.due_at,
            ConversationState::Served | ConversationState::Closed => None,
        }
    }

    /// Whether the time by which an answer was promised is over without one.
    pub fn is_overdue(&self, rules: ChatRules<'_>) -> bool {
        self.answer_due(rules).is_some_and(|due| due <= rules.now)
    }

    /// How long it has waited in the queue this time, while the chat was open: a night tells nobody how long the queue
    /// takes. `None` when it is in none.
    pub fn queued_for(&self, rules: ChatRules<'_>) -> Option<TimeDelta> {
        let since = self.waiting_since?;
        let open = rules
            .policy
            .chat_open_between(rules.calendar, since, rules.now);
        Some(open.unwrap_or(rules.now - since).max(TimeDelta::zero()))
    }

    /// Since when its shopper waits for somebody, or for an answer; `None` when nothing is to be answered.
    pub fn waits_since(&self) -> Option<Instant> {
        match self.state {
            ConversationState::Waiting | ConversationState::Left => {
                Some(self.place_since.unwrap_or(self.opened_at))
            }
            ConversationState::Served => self.unanswered_since,
            ConversationState::Closed => None,
        }
    }

    /// Whether the staff may end it: what nobody has answered, or what an answer was promised to, only its shopper ends.
    pub const fn is_answered(&self) -> bool {
        self.answered && self.due_at.is_none()
    }

    /// Whether a message of the shopper opens it again at `now`.
    pub fn may_reopen(&self, now: Instant) -> bool {
        self.closed_at
            .is_some_and(|closed| now - closed < TimeDelta::days(REOPEN_DAYS))
    }

    /// Whether the shopper may say something at `now`; of what is over, only while no other about the same is open.
    pub fn takes_words(&self, now: Instant) -> bool {
        match self.state {
            ConversationState::Waiting | ConversationState::Served | ConversationState::Left => {
                true
            }
            ConversationState::Closed => self.may_reopen(now),
        }
    }
}
