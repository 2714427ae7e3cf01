//! Sends what is to become of a conversation: each under a key that is kept until there is an answer.

use leptos::prelude::*;
use orders_api::{Claim, ConversationStanding, ConversationState, Person, StaffConversation};
use storefront::features::talk::course::Stage;
use storefront::features::talk::steps::Event;
use storefront::ui::Load;

use super::super::data::TalkData;
use super::super::words::Words;
use crate::browser;
use crate::client::{self, Failure, NotDone};
use crate::shell::{failure_words, why_not_done};
use orders_api::codes;

/// What is to become of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Move {
    /// It is taken out of the queue, or from among what was left.
    Take,
    /// It is taken from the colleague who has it.
    TakeOver,
    /// A colleague gets it.
    Transfer(Person),
    /// It goes back to where others take it.
    HandBack,
    /// It ends.
    End,
}

impl Move {
    /// The key that begins it; to pass it on is asked by one of its own, before it is known to whom.
    pub const fn key(&self) -> Option<&'static str> {
        match self {
            Self::Take | Self::TakeOver => Some("c"),
            Self::HandBack => Some("b"),
            Self::End => Some("e"),
            Self::Transfer(_) => None,
        }
    }
}

/// What can become of a conversation, for `own`, who looks at it; what is done most often first. What nobody has answered is
/// not ended.
pub fn offered(one: &StaffConversation, standing: &ConversationStanding, own: &str) -> Vec<Move> {
    let theirs = one.staff.as_ref().is_some_and(|staff| staff.id == own);
    let mut all = match standing.state {
        ConversationState::Waiting | ConversationState::Left => vec![Move::Take, Move::End],
        ConversationState::Served if theirs => vec![Move::HandBack, Move::End],
        ConversationState::Served => vec![Move::TakeOver],
        ConversationState::Closed => Vec::new(),
    };
    all.retain(|what| standing.answered || *what != Move::End);
    all
}

/// What is done, and what came of it.
#[derive(Clone, Copy)]
pub struct MovesData {
    talk: TalkData,
    /// It is on its way.
    pub busy: RwSignal<bool>,
    /// Why it was not done.
    pub refused: RwSignal<Option<String>>,
    /// Who has it in hand in the queue, and what was to be done.
    pub claimed: RwSignal<Option<(Move, Claim)>>,
    /// Whether it is asked if the conversation is to end.
    pub ends: RwSignal<bool>,
    /// Whether it is asked who is to have it.
    pub passes: RwSignal<bool>,
    /// Who else may have it.
    pub colleagues: RwSignal<Load<Vec<Person>>>,
    /// What was done last, to be read out.
    pub done: RwSignal<Option<&'static str>>,
    sent: StoredValue<Option<Sent>>,
}

/// What is on its way, from whom the conversation goes with it, and under which key.
#[derive(Clone)]
struct Sent {
    what: Move,
    from: Option<String>,
    key: String,
}

impl MovesData {
    /// Of that conversation.
    pub fn new(talk: TalkData) -> Self {
        Self {
            talk,
            busy: RwSignal::new(false),
            refused: RwSignal::new(None),
            claimed: RwSignal::new(None),
            ends: RwSignal::new(false),
            passes: RwSignal::new(false),
            colleagues: RwSignal::new(Load::Loading),
            done: RwSignal::new(None),
            sent: StoredValue::new(None),
        }
    }

    /// Asks who is to have it.
    pub fn asks_whom(self) {
        self.refused.set(None);
        self.passes.set(true);
        self.colleagues.set(Load::Loading);
        let lang = self.talk.lang;
        let shop = self.talk.load.with_untracked(|one| {
            let one = one.ready()?;
            Some(one.conversation.shop.id.clone())
        });
        let Some(shop) = shop else { return };
        browser::spawn(async move {
            let answer = match client::colleagues(lang, &shop).await {
                Ok(found) => Load::Ready(found.items),
                Err(failure) => {
                    self.talk.session.notices(&failure);
                    Load::Failed(failure_words(lang, &failure))
                }
            };
            let _gone = self.colleagues.try_set(answer);
        });
    }

    /// Asks whether it is to end.
    pub fn asks_to_end(self) {
        self.refused.set(None);
        self.ends.set(true);
    }

    /// Does it, or asks first where it cannot be taken back here.
    pub fn begin(self, what: Move) {
        match what {
            Move::End => self.asks_to_end(),
            Move::Take | Move::TakeOver | Move::Transfer(_) | Move::HandBack => self.make(what),
        }
    }

    /// Does it.
    pub fn make(self, what: Move) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        self.refused.set(None);
        self.claimed.set(None);
        self.done.set(None);
        // From another colleague it is another move.
        let from = self.talk.who_has_it();
        let same = |sent: &Sent| sent.what == what && sent.from == from;
        let before = self.sent.get_value().filter(same);
        let sent = before.unwrap_or_else(|| Sent {
            what: what.clone(),
            from: from.clone(),
            key: browser::new_key(),
        });
        let key = sent.key.clone();
        self.sent.set_value(Some(sent));
        let (talk, id) = (self.talk, self.talk.id.get_value());
        let own = talk.session.somebody().map(|who| who.staff.id);
        browser::spawn(async move {
            let lang = talk.lang;
            let answer = match &what {
                Move::Take => client::take_conversation(lang, &id, &key).await,
                // It is given to oneself, which is the same as taking it from a colleague.
                Move::TakeOver => {
                    let way = (from.as_deref(), own.as_deref().unwrap_or_default());
                    client::transfer_conversation(lang, &id, way, &key).await
                }
                Move::Transfer(to) => {
                    let way = (from.as_deref(), to.id.as_str());
                    client::transfer_conversation(lang, &id, way, &key).await
                }
                Move::HandBack => client::hand_back_conversation(lang, &id, &key).await,
                Move::End => client::end_conversation(lang, &id, &key).await,
            };
            // The page may be another by now.
            if self.busy.try_set(false).is_some() {
                return;
            }
            match answer {
                Ok(standing) => {
                    self.sent.set_value(None);
                    talk.tell(Event::Stands(standing));
                    talk.refresh();
                    self.is_done(&what);
                }
                Err(NotDone::Another(claim)) => {
                    self.sent.set_value(None);
                    self.shut();
                    self.claimed.set(Some((what, claim)));
                }
                Err(NotDone::Failed(failure)) => self.failed(&failure),
            }
        });
    }

    fn shut(self) {
        self.ends.set(false);
        self.passes.set(false);
    }

    fn is_done(self, what: &Move) {
        let words = Words::of(self.talk.lang);
        self.shut();
        self.done.set(Some(match what {
            Move::Take | Move::TakeOver => words.done_taken,
            Move::Transfer(_) => words.done_passed,
            Move::HandBack => words.done_handed_back,
            Move::End => words.done_ended,
        }));
        match what {
            Move::Take | Move::TakeOver => browser::next_frame(|| browser::focus("#say")),
            Move::Transfer(_) | Move::HandBack | Move::End => browser::focus("#talk-title"),
        }
    }

    fn failed(self, failure: &Failure) {
        let words = Words::of(self.talk.lang);
        let out = self.talk.session.notices(failure);
        if failure.is_settled() && !out {
            self.sent.set_value(None);
            // It is not as it was shown.
            self.talk.refresh();
        }
        let (code, detail) = match failure {
            Failure::Refused(problem) => (problem.code.as_str(), problem.detail.as_str()),
            Failure::Unreachable | Failure::Unreadable => ("", ""),
        };
        let why = match code {
            // The server knows who.
            codes::SERVED_BY_ANOTHER => detail.to_owned(),
            codes::CONVERSATION_NOT_SERVED => words.not_served.to_owned(),
            codes::CONVERSATION_UNANSWERED => words.not_answered.to_owned(),
            codes::CONVERSATION_CLOSED => words.is_over.to_owned(),
            codes::INVALID_FIELDS => words.not_a_colleague.to_owned(),
            _ => why_not_done(self.talk.lang, failure),
        };
        self.refused.set(Some(why));
    }

    /// Takes the entry in the queue from whoever has it in hand, and then does what was to be done.
    pub fn take_over(self, what: Move) {
        let (talk, id) = (self.talk, self.talk.id.get_value());
        browser::spawn(async move {
            match client::claim_conversation(talk.lang, &id).await {
                // Where it is not in the queue any more, doing it says so.
                Ok(_) => self.make_if_there(what),
                Err(NotDone::Failed(failure)) if failure.status() == 404 => {
                    self.make_if_there(what);
                }
                Err(NotDone::Another(claim)) => {
                    let _gone = self.claimed.try_set(Some((what, claim)));
                }
                Err(NotDone::Failed(failure)) => {
                    if !self.refused.is_disposed() {
                        self.failed(&failure);
                    }
                }
            }
        });
    }

    fn make_if_there(self, what: Move) {
        if !self.busy.is_disposed() {
            self.make(what);
        }
    }
}

impl TalkData {
    /// Who has it, as far as is known here.
    fn who_has_it(self) -> Option<String> {
        self.load
            .with_untracked(|one| Some(one.ready()?.staff.as_ref()?.id.clone()))
    }

    /// Takes it from the colleague who has it, then sends again all that was refused because of that, in its order.
    pub fn take_from_colleague_and_say(self) {
        let (id, key) = (self.id.get_value(), browser::new_key());
        let own = self.session.somebody().map(|who| who.staff.id);
        let (Some(own), from) = (own, self.who_has_it()) else {
            return;
        };
        browser::spawn(async move {
            let way = (from.as_deref(), own.as_str());
            match client::transfer_conversation(self.lang, &id, way, &key).await {
                Ok(standing) => {
                    self.tell(Event::Stands(standing));
                    self.say_again();
                }
                // It is nobody's by now: saying something takes it.
                Err(NotDone::Failed(failure)) if is_free(&failure) => self.say_again(),
                Err(NotDone::Failed(failure)) => {
                    if !self.session.notices(&failure) {
                        let _gone = self.error.try_set(Some(why_not_done(self.lang, &failure)));
                    }
                }
                Err(NotDone::Another(_)) => {}
            }
            self.refresh();
        });
    }

    fn say_again(self) {
        let refused = self.course.try_with_untracked(|course| {
            let unsent = course.iter().flat_map(|course| &course.unsent);
            let theirs = Stage::Refused(codes::SERVED_BY_ANOTHER.to_owned());
            let refused = unsent.filter(|unsent| unsent.stage == theirs);
            let names = refused.map(|unsent| unsent.said.client_id.clone());
            names.collect::<Vec<_>>()
        });
        for name in refused.unwrap_or_default() {
            self.tell(Event::Again(name));
        }
    }
}

fn is_free(failure: &Failure) -> bool {
    matches!(failure, Failure::Refused(problem) if problem.code == codes::CONVERSATION_NOT_SERVED)
}
