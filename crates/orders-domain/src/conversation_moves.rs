//! What is done in conversations: who may do what when, and where the conversation stands then.

use chrono::TimeDelta;

use crate::{
    ANSWER_MINUTES, BEST_RATING, Calendar, ChatNote, Conversation, ConversationState, Instant,
    Policy, StaffId,
};

/// What somebody wants to do in a conversation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ConversationMove {
    /// The shopper says something.
    ShopperSays,
    /// Somebody of the staff says something; where nobody has it, it is theirs from then on.
    StaffSays {
        /// Who.
        by: StaffId,
        /// Whether it is theirs from then on also where a colleague has it.
        take_over: bool,
    },
    /// Somebody of the staff takes it from where nobody has it.
    Take(StaffId),
    /// It goes to somebody else of the staff.
    Transfer {
        /// Who says so.
        by: StaffId,
        /// Who is to have it.
        to: StaffId,
        /// From whom it goes; without, `by` must have it. Whoever names a colleague takes it from that one and no other.
        from: Option<StaffId>,
    },
    /// It goes back into the queue: by whoever has it, or by the program, when they cannot go on.
    HandBack(Option<StaffId>),
    /// The shopper ends it.
    EndByShopper,
    /// The staff end it: this one of them, or the shop's systems, which speak for all.
    EndByStaff(Option<StaffId>),
}

/// Why not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ConversationRefusal {
    /// It is over, and not to be opened again.
    Closed,
    /// Nobody of the staff has it, so that it cannot be passed on.
    NotServed,
    /// This one of the staff has it, and not who wants to do something.
    ServedByAnother(StaffId),
    /// Nobody has answered, so that the staff cannot end it.
    Unanswered,
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
    /// Who of the staff made the move.
    pub by: Option<StaffId>,
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

impl ConversationMove {
    /// Who of the staff makes it.
    pub const fn by(&self) -> Option<&StaffId> {
        match self {
            Self::StaffSays { by, .. } | Self::Take(by) | Self::Transfer { by, .. } => Some(by),
            Self::HandBack(by) | Self::EndByStaff(by) => by.as_ref(),
            Self::ShopperSays | Self::EndByShopper => None,
        }
    }
}

impl ChatRules<'_> {
    /// Puts a conversation where somebody answers it: into the queue, or out of hours among what was left. A place and a
    /// promise that it has already are kept.
    fn wait(self, conversation: &mut Conversation) -> Result<ChatNote, ConversationRefusal> {
        let open = self.policy.chat_is_open(self.calendar, self.now);
        let open = open.ok_or(ConversationRefusal::NoChat)?;
        conversation.staff = None;
        conversation.closed_at = None;
        // What is handed back with an answer and without new words is answered still.
        conversation.answered &= conversation.unanswered_since.is_none();
        conversation.unanswered_since = None;
        conversation.place_since.get_or_insert(self.now);
        if open {
            conversation.state = ConversationState::Waiting;
            conversation.waiting_since = Some(self.now);
            Ok(ChatNote::Queued)
        } else {
            conversation.state = ConversationState::Left;
            conversation.waiting_since = None;
            conversation.due_at = conversation.due_at.or_else(|| self.answer_due());
            Ok(ChatNote::Left)
        }
    }

    pub(crate) fn is_shut(self) -> bool {
        self.policy.chat_is_open(self.calendar, self.now) == Some(false)
    }

    pub(crate) fn answer_due(self) -> Option<Instant> {
        self.policy.chat_answer_due(self.calendar, self.now)
    }
}

impl Conversation {
    /// Begins a conversation: `blank` has whose and about what it is, and nothing has been said.
    ///
    /// # Errors
    /// [`ConversationRefusal::NoChat`].
    pub fn open(blank: Self, rules: ChatRules<'_>) -> Result<Moved, ConversationRefusal> {
        let mut conversation = blank;
        let note = rules.wait(&mut conversation)?;
        Ok(Moved {
            conversation,
            by: None,
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
        use ConversationMove as Move;
        use ConversationState::{Closed, Left, Served, Waiting};
        let mut moved = self.unmoved(action.by());
        let now = &mut moved.conversation;
        if *action == Move::ShopperSays && self.state != Served {
            now.answered = false;
        }
        match (action, self.state) {
            (Move::ShopperSays, Waiting) => {
                // Nobody is there any more: it is answered by a time that is known, as what begins now.
                if rules.is_shut() {
                    moved.after.push(rules.wait(now)?);
                }
            }
            (Move::ShopperSays, Served) => {
                // Whoever has it may be there out of hours, too: time tells. What was answered before these words waits no
                // more: it is ahead of nobody who has wanted somebody for longer than these have.
                if self.unanswered_since.is_none() {
                    now.unanswered_since = Some(rules.now);
                    now.place_since = Some(rules.now);
                }
            }
            (Move::ShopperSays, Left) => {
                // Somebody is there by now: it need not wait for the time that was promised.
                if rules.policy.chat_is_open(rules.calendar, rules.now) == Some(true) {
                    moved.after.push(rules.wait(now)?);
                }
            }
            (Move::ShopperSays, Closed) => {
                if !self.may_reopen(rules.now) {
                    return Err(ConversationRefusal::Closed);
                }
                moved.before.push(ChatNote::Reopened);
                now.rating = None;
                now.rating_note = None;
                moved.after.push(rules.wait(now)?);
            }
            (
                Move::StaffSays { .. } | Move::Take(_) | Move::Transfer { .. } | Move::HandBack(_),
                Closed,
            ) => return Err(ConversationRefusal::Closed),
            (Move::StaffSays { by, take_over }, Waiting | Left | Served) => {
                if self.state != Served {
                    moved.before.push(ChatNote::Taken);
                    now.serve(by, rules);
                } else if self.staff.as_ref() != Some(by) {
                    if !take_over {
                        return Err(self.served_by_another());
                    }
                    moved.before.push(ChatNote::Transferred);
                    now.serve(by, rules);
                }
                // What was owed and promised is given.
                now.answered = true;
                now.unanswered_since = None;
                now.due_at = None;
            }
            (Move::Take(by), Waiting | Left) => {
                moved.before.push(ChatNote::Taken);
                now.serve(by, rules);
                now.unanswered_since = Some(rules.now);
            }
            (Move::Take(by), Served) => {
                if self.staff.as_ref() != Some(by) {
                    return Err(self.served_by_another());
                }
            }
            (Move::Transfer { by, to, from }, Served) => {
                let has = self.staff.as_ref();
                if has != Some(to) {
                    if has != Some(by) && has != from.as_ref() {
                        return Err(self.served_by_another());
                    }
                    moved.before.push(ChatNote::Transferred);
                    now.serve(to, rules);
                    // Whoever has it from now on has as long as the one before had.
                    now.unanswered_since = self.unanswered_since.map(|_| rules.now);
                }
            }
            (Move::HandBack(by), Served) => {
                if by.is_some() && self.staff != *by {
                    return Err(self.served_by_another());
                }
                moved.before.push(match rules.wait(now)? {
                    ChatNote::Queued => ChatNote::HandedBack,
                    left => left,
                });
            }
            (Move::Transfer { .. } | Move::HandBack(_), Waiting | Left) => {
                return Err(ConversationRefusal::NotServed);
            }
            (Move::EndByShopper | Move::EndByStaff(_), Closed) => {}
            (Move::EndByStaff(Some(by)), Served) if self.staff.as_ref() != Some(by) => {
                return Err(self.served_by_another());
            }
            // A promise does not vanish with an end that its shopper did not ask for.
            (Move::EndByStaff(_), Waiting | Served | Left) if !self.is_answered() => {
                return Err(ConversationRefusal::Unanswered);
            }
            (Move::EndByShopper, Waiting | Served | Left) => {
                moved.before.push(ChatNote::EndedByShopper);
                now.end(rules.now);
            }
            (Move::EndByStaff(_), Waiting | Served | Left) => {
                moved.before.push(ChatNote::EndedByStaff);
                now.end(rules.now);
            }
        }
        Ok(moved)
    }

    /// What follows from time alone: what has not been answered for [`ANSWER_MINUTES`] goes back to where others take it,
    /// and what the closing time finds in the queue is promised an answer. `None` where nothing is due.
    pub fn time_over(&self, rules: ChatRules<'_>) -> Option<Moved> {
        let mut moved = self.unmoved(None);
        let now = &mut moved.conversation;
        match self.state {
            ConversationState::Waiting if rules.is_shut() && self.due_at.is_none() => {
                now.due_at = Some(rules.answer_due()?);
            }
            ConversationState::Served if self.is_unanswered(rules.now) => {
                moved.before.push(match rules.wait(now).ok()? {
                    ChatNote::Queued => ChatNote::Unanswered,
                    left => left,
                });
            }
            ConversationState::Waiting
            | ConversationState::Served
            | ConversationState::Left
            | ConversationState::Closed => return None,
        }
        Some(moved)
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
            by: None,
            before: Vec::new(),
            after: Vec::new(),
        })
    }

    fn serve(&mut self, staff: &StaffId, rules: ChatRules<'_>) {
        self.waited = self.queued_for(rules).or(self.waited);
        self.state = ConversationState::Served;
        self.staff = Some(staff.clone());
        self.waiting_since = None;
    }

    fn end(&mut self, at: Instant) {
        self.state = ConversationState::Closed;
        self.closed_at = Some(at);
        self.waiting_since = None;
        self.place_since = None;
        self.due_at = None;
        self.unanswered_since = None;
    }

    fn is_unanswered(&self, now: Instant) -> bool {
        let most = TimeDelta::minutes(ANSWER_MINUTES);
        self.unanswered_since
            .is_some_and(|since| now - since >= most)
    }

    fn unmoved(&self, by: Option<&StaffId>) -> Moved {
        Moved {
            conversation: self.clone(),
            by: by.cloned(),
            before: Vec::new(),
            after: Vec::new(),
        }
    }

    fn served_by_another(&self) -> ConversationRefusal {
        match &self.staff {
            Some(staff) => ConversationRefusal::ServedByAnother(staff.clone()),
            None => ConversationRefusal::NotServed,
        }
    }
}
