//! Conversations of a shopper with the shop: whose turn it is to answer, who may say what when, and how long one waits.

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

use crate::codes::codes;
use crate::{
    Calendar, ConversationId, Evidence, Identification, Instant, OrderId, Policy, ShopId,
    ShopperId, StaffId, Subject,
};

/// For how many days a new message of the shopper opens a conversation again that has ended.
pub const REOPEN_DAYS: i64 = 7;
/// Of how many answered conversations a waiting time is worked out, and of how few none.
pub const WAITS_CONSIDERED: usize = 20;
const WAITS_NEEDED: usize = 3;
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
    /// The program, about what happened.
    System(ChatNote),
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
    /// `waiting`: since when.
    pub waiting_since: Option<Instant>,
    /// `left`: by when it is answered.
    pub due_at: Option<Instant>,
    /// `closed`: since when.
    pub closed_at: Option<Instant>,
    /// How long it waited in the queue, while the chat was open, for the last time it was taken from there.
    pub waited: Option<TimeDelta>,
    /// The number of the last message.
    pub last_seq: i64,
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

/// What somebody wants to do in a conversation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ConversationMove {
    /// The shopper says something.
    ShopperSays,
    /// Somebody of the staff says something; it is theirs from then on.
    StaffSays(StaffId),
    /// Somebody of the staff takes it.
    Take(StaffId),
    /// It goes to somebody else of the staff.
    Transfer(StaffId),
    /// It goes back into the queue.
    HandBack,
    /// One of both sides ends it.
    End(Side),
}

/// Why not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConversationRefusal {
    /// It is over, and not to be opened again.
    Closed,
    /// Nobody of the staff has it, so that it cannot be passed on.
    NotServed,
    /// Somebody else of the staff has it.
    ServedByAnother,
    /// The shop has no chat (any more).
    NoChat,
    /// It is not over, so that there is nothing to be rated yet.
    NotOver,
}

/// A conversation after a move, and what the program says about it before and after the words that came with the move.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    /// As it is now.
    pub conversation: Conversation,
    /// Said before the words.
    pub before: Vec<ChatNote>,
    /// Said after them.
    pub after: Vec<ChatNote>,
}

/// The rules of the shop at a moment.
#[derive(Clone, Copy, Debug)]
pub struct ChatRules<'a> {
    /// The shop's policy.
    pub policy: &'a Policy,
    /// Working days.
    pub calendar: &'a Calendar,
    /// The moment.
    pub now: Instant,
}

impl ChatRules<'_> {
    /// Puts a conversation where somebody answers it: into the queue, or out of hours among what was left.
    fn wait(self, conversation: &mut Conversation) -> Result<ChatNote, ConversationRefusal> {
        let open = self.policy.chat_is_open(self.calendar, self.now);
        conversation.staff = None;
        conversation.closed_at = None;
        if open.ok_or(ConversationRefusal::NoChat)? {
            conversation.state = ConversationState::Waiting;
            conversation.waiting_since = Some(self.now);
            conversation.due_at = None;
            Ok(ChatNote::Queued)
        } else {
            conversation.state = ConversationState::Left;
            conversation.waiting_since = None;
            conversation.due_at = self.policy.chat_answer_due(self.calendar, self.now);
            Ok(ChatNote::Left)
        }
    }
}

impl Conversation {
    /// By what it is confirmed who writes in it. Once a guest of the order has, the log-in confirms nobody: whoever goes on
    /// with it may be either.
    pub const fn identification(&self) -> Identification {
        if self.guest {
            Identification::OneTimeCode
        } else {
            Identification::LoggedIn
        }
    }

    /// Begins a conversation: `blank` has whose and about what it is, and nothing has been said.
    ///
    /// # Errors
    /// [`ConversationRefusal::NoChat`].
    pub fn open(blank: Self, rules: ChatRules<'_>) -> Result<Moved, ConversationRefusal> {
        let mut conversation = blank;
        let note = rules.wait(&mut conversation)?;
        Ok(Moved {
            conversation,
            before: Vec::new(),
            after: vec![note],
        })
    }

    /// Makes a move.
    ///
    /// # Errors
    /// Why it cannot be made.
    pub fn make(
        &self,
        action: &ConversationMove,
        rules: ChatRules<'_>,
    ) -> Result<Moved, ConversationRefusal> {
        use ConversationState::{Closed, Left, Served, Waiting};
        let mut moved = Moved {
            conversation: self.clone(),
            before: Vec::new(),
            after: Vec::new(),
        };
        let now = &mut moved.conversation;
        match (action, self.state) {
            (ConversationMove::ShopperSays, Waiting) => {
                // Nobody is there any more: it is answered by a time that is known, as what begins now.
                if rules.policy.chat_is_open(rules.calendar, rules.now) == Some(false) {
                    moved.after.push(rules.wait(now)?);
                }
            }
            (ConversationMove::ShopperSays, Served) => {}
            (ConversationMove::ShopperSays, Left) => {
                // Somebody is there by now: it need not wait for the time that was promised.
                if rules.policy.chat_is_open(rules.calendar, rules.now) == Some(true) {
                    moved.after.push(rules.wait(now)?);
                }
            }
            (ConversationMove::ShopperSays, Closed) => {
                if !self.may_reopen(rules.now) {
                    return Err(ConversationRefusal::Closed);
                }
                moved.before.push(ChatNote::Reopened);
                now.rating = None;
                now.rating_note = None;
                moved.after.push(rules.wait(now)?);
            }
            (ConversationMove::StaffSays(_), Closed)
            | (ConversationMove::Take(_), Closed)
            | (ConversationMove::Transfer(_), Closed)
            | (ConversationMove::HandBack, Closed) => return Err(ConversationRefusal::Closed),
            (
                ConversationMove::StaffSays(staff) | ConversationMove::Take(staff),
                Waiting | Left,
            ) => {
                moved.before.push(ChatNote::Taken);
                now.serve(staff, rules);
            }
            (ConversationMove::StaffSays(staff), Served) => {
                if self.staff.as_ref() != Some(staff) {
                    moved.before.push(ChatNote::Transferred);
                    now.serve(staff, rules);
                }
            }
            (ConversationMove::Take(staff), Served) => {
                if self.staff.as_ref() != Some(staff) {
                    return Err(ConversationRefusal::ServedByAnother);
                }
            }
            (ConversationMove::Transfer(staff), Served) => {
                if self.staff.as_ref() != Some(staff) {
                    moved.before.push(ChatNote::Transferred);
                    now.serve(staff, rules);
                }
            }
            (ConversationMove::HandBack, Served) => {
                moved.before.push(ChatNote::HandedBack);
                rules.wait(now)?;
            }
            (ConversationMove::Transfer(_) | ConversationMove::HandBack, Waiting | Left) => {
                return Err(ConversationRefusal::NotServed);
            }
            (ConversationMove::End(_), Closed) => {}
            (ConversationMove::End(side), Waiting | Served | Left) => {
                now.state = Closed;
                now.closed_at = Some(rules.now);
                now.waiting_since = None;
                now.due_at = None;
                moved.before.push(match side {
                    Side::Shopper => ChatNote::EndedByShopper,
                    Side::Staff => ChatNote::EndedByStaff,
                });
            }
        }
        Ok(moved)
    }

    /// The shopper says how it was; said again, the last word holds.
    ///
    /// # Errors
    /// [`ConversationRefusal::NotOver`].
    pub fn rate(&self, rating: u8, note: Option<String>) -> Result<Moved, ConversationRefusal> {
        if self.state != ConversationState::Closed {
            return Err(ConversationRefusal::NotOver);
        }
        let mut conversation = self.clone();
        conversation.rating = Some(rating.clamp(1, BEST_RATING));
        conversation.rating_note = note;
        Ok(Moved {
            conversation,
            before: Vec::new(),
            after: Vec::new(),
        })
    }

    /// Whether it moves on in the queue: it waits, and the chat is not shut.
    pub fn queues(&self, rules: ChatRules<'_>) -> bool {
        let shut = rules.policy.chat_is_open(rules.calendar, rules.now) == Some(false);
        self.state == ConversationState::Waiting && !shut
    }

    /// By when it is answered, while nobody is there for it.
    pub fn answer_due(&self, rules: ChatRules<'_>) -> Option<Instant> {
        match self.state {
            ConversationState::Waiting if !self.queues(rules) => {
                rules.policy.chat_answer_due(rules.calendar, rules.now)
            }
            ConversationState::Waiting
            | ConversationState::Served
            | ConversationState::Left
            | ConversationState::Closed => self.due_at,
        }
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

    fn serve(&mut self, staff: &StaffId, rules: ChatRules<'_>) {
        if let Some(since) = self.waiting_since {
            // A night tells nobody how long the queue takes.
            let open = rules
                .policy
                .chat_open_between(rules.calendar, since, rules.now);
            self.waited = Some(open.unwrap_or(rules.now - since).max(TimeDelta::zero()));
        }
        self.state = ConversationState::Served;
        self.staff = Some(staff.clone());
        self.waiting_since = None;
        self.due_at = None;
    }
}

/// How many minutes somebody in the queue waits, as the last ones did: the middle of their waits, in whole minutes and at
/// least one. `None` when too few are known to say anything honest.
pub fn likely_wait(waits: &[TimeDelta]) -> Option<i64> {
    if waits.len() < WAITS_NEEDED {
        return None;
    }
    let mut sorted = waits.to_vec();
    sorted.sort_unstable();
    let middle = sorted.get(sorted.len() / 2)?;
    Some((middle.num_seconds() + 59) / 60).map(|minutes| minutes.max(1))
}
