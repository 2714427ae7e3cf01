//! The procedure by which staff answer (S3), as it is recorded: who asks and why, what was looked up, what was answered.

use serde::{Deserialize, Serialize};

use crate::codes::codes;
use crate::{
    CaseState, ConversationId, Instant, Money, Order, OrderId, OrderState, RefundState, ShopId,
    ShopperId, StaffId, Topic,
};

/// The most entries of one enquiry.
pub const ENQUIRY_ENTRIES: usize = 50;

/// By what it was confirmed who asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Identification {
    /// By the log-in under which they write.
    LoggedIn,
    /// By the one-time code with which they see the order as a guest, and write about it.
    OneTimeCode,
    /// They named the order's number and the telephone number that the order has.
    NumberAndPhone,
    /// They named the order's number and the e-mail address that the shopper logs in with.
    NumberAndEmail,
    /// They were called back at the telephone number that the order has.
    CalledBack,
    /// By nothing: who asks is told nothing of any order.
    NotConfirmed,
}

codes!(Identification {
    LoggedIn => "logged_in",
    OneTimeCode => "one_time_code",
    NumberAndPhone => "number_and_phone",
    NumberAndEmail => "number_and_email",
    CalledBack => "called_back",
    NotConfirmed => "not_confirmed",
});

/// What the answer was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum EnquiryAnswer {
    /// How it stands was explained.
    Explained,
    /// What was asked for was done.
    Done,
    /// It cannot be done, and why was explained.
    Refused,
    /// An answer was promised for later.
    Promised,
    /// Somebody else takes care of it.
    PassedOn,
    /// Nothing, because it could not be confirmed who asks.
    NotIdentified,
}

codes!(EnquiryAnswer {
    Explained => "explained",
    Done => "done",
    Refused => "refused",
    Promised => "promised",
    PassedOn => "passed_on",
    NotIdentified => "not_identified",
});

/// A refund as it was when it was looked up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeenRefund {
    /// Which.
    pub id: String,
    /// How much.
    pub amount: Money,
    /// Where it stood.
    pub state: RefundState,
}

/// An after-sale case as it was when it was looked up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeenCase {
    /// Which.
    pub id: String,
    /// Where it stood.
    pub state: CaseState,
}

/// An order as it was when it was looked up: what the answer was given by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeenOrder {
    /// Which.
    pub id: OrderId,
    /// The number that shopper and support use.
    pub number: String,
    /// Where it stood.
    pub state: OrderState,
    /// In which version.
    pub version: i64,
    /// Whether a request to cancel was open.
    pub on_hold: bool,
    /// Its refunds.
    pub refunds: Vec<SeenRefund>,
    /// Its cases.
    pub cases: Vec<SeenCase>,
}

impl SeenOrder {
    /// The order as it is.
    pub fn of(order: &Order) -> Self {
        let refunds = order.refunds.iter().map(|refund| SeenRefund {
            id: refund.id.0.clone(),
            amount: refund.amount,
            state: refund.state,
        });
        let cases = order.body.cases.iter().map(|case| SeenCase {
            id: case.id.clone(),
            state: case.state,
        });
        Self {
            id: order.id.clone(),
            number: order.number.clone(),
            state: order.state,
            version: order.version,
            on_hold: order.on_hold(),
            refunds: refunds.collect(),
            cases: cases.collect(),
        }
    }
}

/// A step of the procedure, as it is recorded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "step", rename_all = "snake_case")]
pub enum EnquiryStep {
    /// Who asks, and why.
    Who {
        /// By what it was confirmed.
        confirmed_by: Identification,
        /// What they ask about.
        topic: Topic,
        /// In words.
        note: Option<String>,
    },
    /// The order was looked up.
    LookedUp {
        /// As it was.
        order: SeenOrder,
        /// What was seen besides, in words.
        note: Option<String>,
    },
    /// An answer was given.
    Answered {
        /// Which.
        answer: EnquiryAnswer,
        /// In words.
        text: String,
        /// The message of the conversation that says it.
        message: Option<i64>,
        /// The entry of the order's trail that did it.
        act: Option<i64>,
    },
}

/// An entry: a step, and whose it was. It is never changed; a step that was recorded wrongly is recorded again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnquiryEntry {
    /// Counts from 1 within the enquiry.
    pub seq: i64,
    /// Who of the staff.
    pub staff: StaffId,
    /// When.
    pub at: Instant,
    /// What.
    pub step: EnquiryStep,
}

/// Somebody's question, and what the staff did to answer it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Enquiry {
    /// Opaque.
    pub id: String,
    /// Of which shop.
    pub shop: ShopId,
    /// The order that it is about, or was found to be about.
    pub order: Option<OrderId>,
    /// The conversation in which it was asked.
    pub conversation: Option<ConversationId>,
    /// What was recorded, oldest first.
    pub entries: Vec<EnquiryEntry>,
}

/// Why a step cannot be recorded now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EnquiryRefusal {
    /// An answer was given: what comes after it is another enquiry.
    Over,
    /// It is not confirmed who asks, so that nothing is looked up for them, and nothing said but that.
    NotIdentified,
    /// It is confirmed who asks, so that the answer cannot be that it is not.
    Identified,
    /// Nothing was looked up, so that there is nothing to answer by.
    NotLookedUp,
    /// It has as many entries as one may have.
    Full,
}

impl Enquiry {
    /// Whether an answer was given.
    pub fn is_over(&self) -> bool {
        let answered = |entry: &EnquiryEntry| matches!(entry.step, EnquiryStep::Answered { .. });
        self.entries.iter().any(answered)
    }

    /// By what it was confirmed who asks, as recorded last.
    pub fn identification(&self) -> Option<Identification> {
        let mut entries = self.entries.iter().rev();
        entries.find_map(|entry| match entry.step {
            EnquiryStep::Who { confirmed_by, .. } => Some(confirmed_by),
            EnquiryStep::LookedUp { .. } | EnquiryStep::Answered { .. } => None,
        })
    }

    /// Whether `step` may be recorded next: first who and why, then the look, then the answer (S3).
    ///
    /// # Errors
    /// Why not.
    pub fn takes(&self, step: &EnquiryStep) -> Result<(), EnquiryRefusal> {
        if self.is_over() {
            return Err(EnquiryRefusal::Over);
        }
        // One more is kept for the answer.
        let room = ENQUIRY_ENTRIES - usize::from(!matches!(step, EnquiryStep::Answered { .. }));
        if self.entries.len() >= room {
            return Err(EnquiryRefusal::Full);
        }
        let identification = self.identification();
        let confirmed = identification.is_some_and(|by| by != Identification::NotConfirmed);
        match step {
            EnquiryStep::Who { .. } => Ok(()),
            EnquiryStep::LookedUp { .. } if confirmed => Ok(()),
            EnquiryStep::LookedUp { .. } => Err(EnquiryRefusal::NotIdentified),
            EnquiryStep::Answered { answer, .. } => match (answer, confirmed) {
                (EnquiryAnswer::NotIdentified, true) => Err(EnquiryRefusal::Identified),
                (EnquiryAnswer::NotIdentified, false) => Ok(()),
                (_, false) => Err(EnquiryRefusal::NotIdentified),
                (_, true) if self.looked_up() => Ok(()),
                (_, true) => Err(EnquiryRefusal::NotLookedUp),
            },
        }
    }

    /// Whether it can be confirmed so, where `known` is what its conversation tells of who writes there: a log-in and a code
    /// are known of a conversation alone, and each of one that says so.
    pub fn can_be_confirmed_by(by: Identification, known: Option<Identification>) -> bool {
        match by {
            Identification::LoggedIn | Identification::OneTimeCode => known == Some(by),
            Identification::NumberAndPhone
            | Identification::NumberAndEmail
            | Identification::CalledBack
            | Identification::NotConfirmed => true,
        }
    }

    fn looked_up(&self) -> bool {
        let look = |entry: &EnquiryEntry| matches!(entry.step, EnquiryStep::LookedUp { .. });
        self.entries.iter().any(look)
    }

    /// Whether `order` may be looked up: one of the same shop, the one that it is about if there is one, and for who is
    /// confirmed by their log-in one of their own.
    pub fn may_look_up(&self, order: &Order, asked_by: Option<&ShopperId>) -> bool {
        let same = self.order.as_ref().is_none_or(|about| *about == order.id);
        let own = asked_by.is_none_or(|shopper| *shopper == order.shopper);
        let by_log_in = self.identification() == Some(Identification::LoggedIn);
        order.shop == self.shop && same && (own || !by_log_in)
    }
}
