//! Canned replies: what the staff say often, with places in braces for what is so of the order that is talked about.

use serde::{Deserialize, Serialize};

use crate::codes::codes;
use crate::{
    Conversation, Day, Instant, LocalText, Money, Order, OrderState, Policy, Refund, RefundState,
    WayChange, WayState,
};

/// The longest text of a canned reply, in characters: half of a message, so that what is filled in has room.
pub const REPLY_CHARS: usize = 1000;
/// The longest code that is typed for a canned reply, in characters.
const CODE_CHARS: usize = 24;

/// What a canned reply may say of an order, by the name in its braces.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum ReplyFact {
    /// The number that shopper and support use.
    OrderNumber,
    /// What the order's state is called.
    OrderState,
    /// What the shopper is called.
    ShopperName,
    /// The shop's name.
    Shop,
    /// What comes back: of the refunds under way together, or of those that have arrived when none is.
    RefundAmount,
    /// The accounts that it comes back to.
    RefundAccount,
    /// The last day on which a refund that was not sent yet is sent.
    StartsBy,
    /// The first day on which a refund under way may arrive.
    ArrivesFrom,
    /// The last day on which the refunds under way should have arrived.
    ArrivesBy,
    /// By when whoever's turn it is in the only open after-sale case has to act.
    DueAt,
    /// When the order closes by itself while unpaid.
    PayBy,
    /// Who carries the parcel.
    Courier,
    /// The parcel's number.
    TrackingNumber,
    /// The shop's telephone.
    Phone,
    /// The shop's e-mail address.
    Email,
    /// When somebody answers the telephone.
    Hours,
}

codes!(ReplyFact {
    OrderNumber => "order_number",
    OrderState => "order_state",
    ShopperName => "shopper_name",
    Shop => "shop",
    RefundAmount => "refund_amount",
    RefundAccount => "refund_account",
    StartsBy => "starts_by",
    ArrivesFrom => "arrives_from",
    ArrivesBy => "arrives_by",
    DueAt => "due_at",
    PayBy => "pay_by",
    Courier => "courier",
    TrackingNumber => "tracking_number",
    Phone => "phone",
    Email => "email",
    Hours => "hours",
});

/// What a fact is, before it is put into words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReplyValue {
    /// A name or a number: the same in every language.
    Plain(String),
    /// Texts, one after the other.
    Texts(Vec<LocalText>),
    /// An amount.
    Money(Money),
    /// A day in the shop's time zone.
    Day(Day),
    /// A moment.
    Moment(Instant),
    /// A state of an order.
    State(OrderState),
}

/// Whom a reply is for and what it is about.
#[derive(Clone, Copy, Debug)]
pub struct ReplyAbout<'a> {
    /// The order that is talked about, when there is one.
    pub order: Option<&'a Order>,
    /// The conversation in which it is said.
    pub conversation: Option<&'a Conversation>,
    /// What the shopper is called; empty when that is not known.
    pub shopper_name: &'a str,
    /// The shop's policy in force: what it is called, and how to reach it.
    pub policy: &'a Policy,
}

impl ReplyAbout<'_> {
    /// What is so; `None` for what there is not.
    pub fn fact(&self, fact: ReplyFact) -> Option<ReplyValue> {
        let support = &self.policy.support;
        let plain = |text: &str| {
            let text = text.trim();
            (!text.is_empty()).then(|| ReplyValue::Plain(text.to_owned()))
        };
        match fact {
            ReplyFact::OrderNumber => plain(&self.order?.number),
            ReplyFact::OrderState => Some(ReplyValue::State(self.order?.state)),
            ReplyFact::ShopperName => plain(self.shopper_name),
            ReplyFact::Shop => Some(ReplyValue::Texts(vec![self.policy.name.clone()])),
            ReplyFact::RefundAmount => coming_back(self.order?),
            ReplyFact::RefundAccount => accounts(self.order?),
            ReplyFact::StartsBy => {
                let unsent = under_way(self.order?).filter(|refund| !is_sent(refund.state));
                let days = unsent.map(|refund| refund.promise.starts_by);
                days.max().map(ReplyValue::Day)
            }
            ReplyFact::ArrivesFrom => {
                let days = under_way(self.order?).map(|refund| refund.promise.arrives_from);
                days.min().map(ReplyValue::Day)
            }
            ReplyFact::ArrivesBy => {
                let days = under_way(self.order?).map(|refund| refund.promise.arrives_by);
                days.max().map(ReplyValue::Day)
            }
            ReplyFact::DueAt => self.case_due().map(ReplyValue::Moment),
            ReplyFact::PayBy => {
                let order = self.order?;
                let unpaid = order.state == OrderState::AwaitingPayment;
                let by = order.pay_by.filter(|_| unpaid);
                by.map(ReplyValue::Moment)
            }
            ReplyFact::Courier => plain(&self.order?.body.parcel.as_ref()?.courier),
            ReplyFact::TrackingNumber => plain(&self.order?.body.parcel.as_ref()?.tracking_number),
            ReplyFact::Phone => plain(&support.phone),
            ReplyFact::Email => plain(&support.email),
            ReplyFact::Hours => Some(ReplyValue::Texts(vec![support.hours.clone()])),
        }
    }

    /// Of the case that the conversation is about, or else of the only one that is open: with two it would be a guess.
    fn case_due(&self) -> Option<Instant> {
        let cases = &self.order?.body.cases;
        if let Some(named) = self.conversation.and_then(|talk| talk.case.as_ref()) {
            return cases.iter().find(|case| case.id == *named)?.until;
        }
        let mut open = cases.iter().filter_map(|case| case.until);
        let first = open.next();
        first.filter(|_| open.next().is_none())
    }
}

/// Refunds that have neither arrived nor failed.
fn under_way(order: &Order) -> impl Iterator<Item = &Refund> {
    let over = |state| matches!(state, RefundState::Arrived | RefundState::Failed);
    order
        .refunds
        .iter()
        .filter(move |refund| !over(refund.state))
}

fn is_sent(state: RefundState) -> bool {
    match state {
        RefundState::Requested | RefundState::Approved => false,
        RefundState::Sent
        | RefundState::InClearing
        | RefundState::Arrived
        | RefundState::Failed => true,
    }
}

/// The refunds that a reply speaks of: those under way, or those that have arrived when none is.
fn spoken_of(order: &Order) -> Vec<&Refund> {
    let refunds: Vec<&Refund> = under_way(order).collect();
    if !refunds.is_empty() {
        return refunds;
    }
    let arrived = |refund: &&Refund| refund.state == RefundState::Arrived;
    order.refunds.iter().filter(arrived).collect()
}

fn coming_back(order: &Order) -> Option<ReplyValue> {
    let refunds = spoken_of(order);
    let currency = refunds.first()?.amount.currency;
    let sum = refunds.iter().map(|refund| refund.amount.amount).sum();
    Some(ReplyValue::Money(Money::new(sum, currency)))
}

fn accounts(order: &Order) -> Option<ReplyValue> {
    let mut accounts: Vec<LocalText> = Vec::new();
    for refund in spoken_of(order) {
        // While another way is asked for, and once it is approved, the first account is not where the money goes.
        let change = refund.course.change.as_ref().map(WayChange::state);
        if matches!(change, Some(WayState::Open | WayState::Approved)) {
            return None;
        }
        if !accounts.contains(&refund.account) {
            accounts.push(refund.account.clone());
        }
    }
    (!accounts.is_empty()).then_some(ReplyValue::Texts(accounts))
}

/// A canned reply in one language, for one conversation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilledReply {
    /// With everything filled in; `None` while something is missing, so that nobody sends a hole.
    pub text: Option<String>,
    /// What there is not, in the order in which it is named.
    pub missing: Vec<ReplyFact>,
}

/// What is wrong with the text of a canned reply.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReplyMistake {
    /// A brace that is not closed, or was not opened.
    Brace,
    /// A name that is none of [`ReplyFact`].
    UnknownFact,
}

/// The facts that `text` names, in order and each once.
///
/// # Errors
/// The first mistake.
pub fn facts_named(text: &str) -> Result<Vec<ReplyFact>, ReplyMistake> {
    let mut named = Vec::new();
    each_piece(text, |piece| {
        if let Piece::Fact(fact) = piece
            && !named.contains(&fact)
        {
            named.push(fact);
        }
    })?;
    Ok(named)
}

/// `text` with what `words` says of each fact that it names.
///
/// # Errors
/// The first mistake: a text that was checked before has none.
pub fn fill_reply(
    text: &str,
    words: impl Fn(ReplyFact) -> Option<String>,
) -> Result<FilledReply, ReplyMistake> {
    let mut out = String::with_capacity(text.len());
    let mut missing = Vec::new();
    each_piece(text, |piece| match piece {
        Piece::Words(words) => out.push_str(words),
        Piece::Fact(fact) => match words(fact) {
            Some(words) => out.push_str(&words),
            None if missing.contains(&fact) => {}
            None => missing.push(fact),
        },
    })?;
    Ok(FilledReply {
        text: missing.is_empty().then_some(out),
        missing,
    })
}

enum Piece<'a> {
    Words(&'a str),
    Fact(ReplyFact),
}

fn each_piece<'a>(text: &'a str, mut each: impl FnMut(Piece<'a>)) -> Result<(), ReplyMistake> {
    let mut rest = text;
    while let Some(place) = rest.find(['{', '}']) {
        let (words, from) = rest.split_at(place);
        each(Piece::Words(words));
        let inside = from.strip_prefix('{').ok_or(ReplyMistake::Brace)?;
        let (name, after) = inside.split_once('}').ok_or(ReplyMistake::Brace)?;
        let fact = ReplyFact::from_code(name).ok_or(ReplyMistake::UnknownFact)?;
        each(Piece::Fact(fact));
        rest = after;
    }
    each(Piece::Words(rest));
    Ok(())
}

/// Whether `code` may be typed for a canned reply: lower-case letters, digits and hyphens, so that it is written the same
/// way with every input method.
pub fn is_reply_code(code: &str) -> bool {
    let of_form = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    (1..=CODE_CHARS).contains(&code.len()) && code.bytes().all(of_form)
}
