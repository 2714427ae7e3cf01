//! Another way for a refund: the shopper names an account, staff approve it, and the shop pays there (S0, S4).
//!
//! Only for money that is not on its way: a refund that failed, or one that was not sent. Of the latter the provider is
//! asked first whether it really does not have it, so that the same money never goes two ways.

use serde::{Deserialize, Serialize};

use crate::codes::codes;
use crate::{
    Actor, Calendar, Change, Channel, Instant, LocalText, Order, OutboxMessage, Policy, Refund,
    RefundId, RefundState, StaffId, TimelineEvent, change::Draft, due::due_after, text::printable,
    to_millisecond,
};

/// The longest name of a holder or bank, in characters.
const NAME_CHARS: usize = 50;

/// An account that a shopper names.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Way {
    /// By bank card or by Alipay.
    pub channel: Channel,
    /// The card's number, or what the account logs in with: an e-mail address or a mobile number.
    pub account: String,
    /// Whose it is, as the bank or Alipay knows them.
    pub holder: String,
    /// The bank, of a card.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bank: Option<String>,
}

impl std::fmt::Debug for Way {
    /// Masked: an account has no place in a log.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Way").field(&self.masked().zh_cn).finish()
    }
}

/// A wish for another way, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WayChange {
    /// Where to.
    pub way: Way,
    /// When the shopper asked.
    pub asked_at: Instant,
    /// Whether the provider is known not to have the refund; always of one that failed, or that the shop makes.
    pub held: bool,
    /// Who of the staff has approved it.
    #[serde(default)]
    pub approvals: Vec<Approval>,
    /// What became of it; `None` while it is open.
    #[serde(default)]
    pub outcome: Option<WayOutcome>,
    /// Until when staff decide; fixed when it was asked for, `None` without such a time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Instant>,
}

/// Somebody of the staff said yes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Approval {
    /// Who: the shop's id of them.
    pub by: String,
    /// When.
    pub at: Instant,
}

/// What became of a wish for another way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WayOutcome {
    /// When.
    pub at: Instant,
    /// What.
    pub state: WayState,
    /// Why not, in staff's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// Where a wish for another way stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum WayState {
    /// Staff decide.
    Open,
    /// The money goes there.
    Approved,
    /// Staff said no.
    Declined,
    /// The shopper withdrew it.
    Withdrawn,
    /// The refund had been sent the first way.
    TooLate,
}

codes!(WayState {
    Open => "open",
    Approved => "approved",
    Declined => "declined",
    Withdrawn => "withdrawn",
    TooLate => "too_late",
});

impl WayState {
    /// Whether it stays so. After all but an approval, the shopper may ask again.
    pub const fn is_final(self) -> bool {
        !matches!(self, Self::Open)
    }
}

/// What is wrong with an account: field and code, as in `errors` of a 422.
pub type WayMistake = (&'static str, &'static str);

/// Why a wish for another way, or a decision on one, is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WayRefusal {
    /// The money is on its way, or there, or a wish is open already: nothing to change.
    NotNow,
    /// There is no open wish.
    NoneOpen,
    /// Not known yet whether the provider has it; try again in a moment.
    NotHeld,
    /// The same person approved it before: a second one is needed.
    SamePerson,
}

impl Way {
    /// The account, tidied.
    ///
    /// # Errors
    /// Every mistake: a channel that takes no payouts, a number that is none, a name that is missing.
    pub fn checked(self) -> Result<Self, Vec<WayMistake>> {
        let mut mistakes = Vec::new();
        let account: String = match self.channel {
            Channel::BankCard => self
                .account
                .chars()
                .filter(|c| !matches!(c, ' ' | '-'))
                .collect(),
            Channel::Alipay => self.account.trim().to_owned(),
            Channel::WechatPay | Channel::Points | Channel::Coupon => {
                mistakes.push(("channel", "invalid"));
                String::new()
            }
        };
        if mistakes.is_empty() {
            if account.is_empty() {
                mistakes.push(("account", "required"));
            } else if !match self.channel {
                Channel::BankCard => is_card(&account),
                _ => is_alipay(&account),
            } {
                mistakes.push(("account", "invalid"));
            }
        }
        let mut name = |field: &'static str, text: &str| {
            let text = printable(text).unwrap_or_default();
            if text.is_empty() {
                mistakes.push((field, "required"));
            } else if text.chars().count() > NAME_CHARS {
                mistakes.push((field, "too_long"));
            }
            text
        };
        let holder = name("holder", &self.holder);
        let bank = (self.channel == Channel::BankCard)
            .then(|| name("bank", self.bank.as_deref().unwrap_or_default()));
        if mistakes.is_empty() {
            Ok(Self {
                channel: self.channel,
                account,
                holder,
                bank,
            })
        } else {
            Err(mistakes)
        }
    }

    /// The account as it may be shown: enough to know it again, too little to use it.
    pub fn masked(&self) -> LocalText {
        match self.channel {
            Channel::BankCard => {
                let bank = self.bank.as_deref().unwrap_or_default();
                let end: String = last(&self.account, 4);
                LocalText::new(
                    &format!("{bank} 尾号 {end}"),
                    &format!("{bank}, ending in {end}"),
                )
            }
            _ => {
                let account = masked(&self.account);
                LocalText::new(&format!("支付宝 {account}"), &format!("Alipay {account}"))
            }
        }
    }
}

impl WayChange {
    /// Where it stands.
    pub fn state(&self) -> WayState {
        self.outcome
            .as_ref()
            .map_or(WayState::Open, |outcome| outcome.state)
    }
}

impl Refund {
    /// The wish for another way that staff have to decide.
    pub fn open_way(&self) -> Option<&WayChange> {
        let change = self.course.change.as_ref();
        change.filter(|change| change.state() == WayState::Open)
    }

    /// Whether its shopper may ask for another way now.
    pub fn takes_another_way(&self) -> bool {
        let money = !matches!(self.channel, Channel::Points | Channel::Coupon);
        // What the shop pays another way already is not to be moved once more by itself.
        let approved =
            self.course.change.as_ref().map(WayChange::state) == Some(WayState::Approved);
        let failed = self.state == RefundState::Failed;
        money && (failed || self.is_unsent() && !approved) && self.open_way().is_none()
    }

    /// Whether it waits to be sent, as far as is known.
    pub(crate) fn is_unsent(&self) -> bool {
        self.state == RefundState::Approved && self.course.sent_at.is_none()
    }
}

impl Order {
    /// The shopper asks for another way. Until that is decided, the refund is not sent.
    ///
    /// # Errors
    /// [`WayRefusal::NotNow`]. `None` when the order has no such refund.
    pub fn ask_way(
        &self,
        id: &RefundId,
        way: &Way,
        policy: &Policy,
        now: Instant,
    ) -> Option<Result<Change, WayRefusal>> {
        let index = self.place_of(id)?;
        let refund = &self.refunds[index];
        if !refund.takes_another_way() {
            return Some(Err(WayRefusal::NotNow));
        }
        let held = refund.state == RefundState::Failed || refund.course.provider.is_none();
        let mut draft = Draft::of(self);
        let course = &mut draft.order.refunds[index].course;
        course.earlier.extend(course.change.take());
        course.change = Some(WayChange {
            way: way.clone(),
            asked_at: to_millisecond(now),
            held,
            approvals: Vec::new(),
            outcome: None,
            until: due_after(policy.staff_hours.way, to_millisecond(now)),
        });
        draft.note_refund(now, TimelineEvent::RefundWayAsked, Actor::Shopper, id);
        draft.send(OutboxMessage::RefundWayAsked { refund: id.clone() });
        Some(Ok(draft.finish()))
    }

    /// The shopper wants the first way after all.
    ///
    /// # Errors
    /// [`WayRefusal::NoneOpen`]. `None` when the order has no such refund.
    pub fn withdraw_way(&self, id: &RefundId, now: Instant) -> Option<Result<Change, WayRefusal>> {
        let index = self.place_of(id)?;
        if self.refunds[index].open_way().is_none() {
            return Some(Err(WayRefusal::NoneOpen));
        }
        let mut draft = Draft::of(self);
        draft.end_way(index, WayState::Withdrawn, None, now);
        draft.note_refund(now, TimelineEvent::RefundWayWithdrawn, Actor::Shopper, id);
        Some(Ok(draft.finish()))
    }

    /// The provider did not have the refund when it was asked because of the wish of `asked_at`: it can be held until
    /// staff have decided. `None` when nothing is to be held, or the wish is another by now.
    pub fn hold_refund(&self, id: &RefundId, asked_at: Instant) -> Option<Change> {
        let index = self.place_of(id)?;
        let refund = &self.refunds[index];
        let the_wish = |change: &WayChange| !change.held && change.asked_at == asked_at;
        let waits = refund.is_unsent() && refund.open_way().is_some_and(the_wish);
        waits.then(|| {
            let mut draft = Draft::of(self);
            if let Some(change) = &mut draft.order.refunds[index].course.change {
                change.held = true;
            }
            draft.finish()
        })
    }

    /// Somebody of the staff, `by`, approves the other way. Above the policy's amount a second person has to, too. Then
    /// the money is owed there, with new dates, and the shop pays it.
    ///
    /// # Errors
    /// [`WayRefusal`]. `None` when the order has no such refund.
    pub fn approve_way(
        &self,
        id: &RefundId,
        by: &str,
        policy: &Policy,
        calendar: &Calendar,
        now: Instant,
    ) -> Option<Result<Change, WayRefusal>> {
        let index = self.place_of(id)?;
        let refund = &self.refunds[index];
        let Some(change) = refund.open_way() else {
            return Some(Err(WayRefusal::NoneOpen));
        };
        if refund.state != RefundState::Failed && !refund.is_unsent() {
            return Some(Err(WayRefusal::NotNow));
        }
        if !change.held {
            return Some(Err(WayRefusal::NotHeld));
        }
        let by_them = |approval: &Approval| StaffId::same(&approval.by, by);
        if change.approvals.iter().any(by_them) {
            return Some(Err(WayRefusal::SamePerson));
        }
        let way = change.way.clone();
        let payment = self.place_of_payment(refund);
        let mut draft = Draft::of(self);
        let altered = &mut draft.order.refunds[index];
        if let Some(change) = &mut altered.course.change {
            change.approvals.push(Approval {
                by: by.to_owned(),
                at: to_millisecond(now),
            });
            if change.approvals.len() < policy.approvals_needed(refund.amount.amount) {
                draft.note_refund(now, TimelineEvent::RefundWayApproved, Actor::Staff, id);
                return Some(Ok(draft.finish()));
            }
        }
        // Channel and account, by which an old refund finds its payment, are about to change.
        altered.course.payment = payment;
        altered.state = RefundState::Approved;
        altered.updated_at = to_millisecond(now);
        altered.channel = way.channel;
        altered.account = way.masked();
        // Who could have had it where it was first meant to go begins anew; one that failed was promised all the same.
        let failed = refund.state == RefundState::Failed;
        let first = failed.then(|| refund.first_promise());
        altered.promise = policy
            .clock(way.channel)
            .promise(calendar, policy.day_of(now));
        altered.course.first = first.or_else(|| Some(altered.promise.into()));
        // The provider's part is over: nothing that it still says of the number moves this refund.
        altered.course.provider = None;
        altered.course.reference = None;
        altered.course.sent_at = None;
        altered.course.expected_on = None;
        altered.course.failure = None;
        altered.course.told_late = None;
        draft.end_way(index, WayState::Approved, None, now);
        draft.note_refund(now, TimelineEvent::RefundWayApproved, Actor::Staff, id);
        draft.send(OutboxMessage::PayOut {
            refund: id.clone(),
            way,
        });
        Some(Ok(draft.finish()))
    }

    /// Staff decline the other way. A refund that was held goes the first way; one that failed stays owed.
    ///
    /// # Errors
    /// [`WayRefusal::NoneOpen`]. `None` when the order has no such refund.
    pub fn decline_way(
        &self,
        id: &RefundId,
        note: &str,
        now: Instant,
    ) -> Option<Result<Change, WayRefusal>> {
        let index = self.place_of(id)?;
        if self.refunds[index].open_way().is_none() {
            return Some(Err(WayRefusal::NoneOpen));
        }
        let mut draft = Draft::of(self);
        draft.end_way(index, WayState::Declined, printable(note), now);
        draft.note_refund(now, TimelineEvent::RefundWayDeclined, Actor::Staff, id);
        Some(Ok(draft.finish()))
    }

    fn place_of(&self, id: &RefundId) -> Option<usize> {
        self.refunds.iter().position(|refund| refund.id == *id)
    }
}

impl Draft {
    /// A note about one refund.
    pub(crate) fn note_refund(
        &mut self,
        now: Instant,
        what: TimelineEvent,
        by: Actor,
        id: &RefundId,
    ) {
        self.note(to_millisecond(now), what, by, Some(id.0.clone()));
    }

    /// Ends an open wish for another way.
    pub(crate) fn end_way(
        &mut self,
        index: usize,
        state: WayState,
        note: Option<String>,
        now: Instant,
    ) {
        if let Some(change) = &mut self.order.refunds[index].course.change {
            change.outcome = Some(WayOutcome {
                at: to_millisecond(now),
                state,
                note,
            });
        }
    }
}

/// A card's number: 12 to 19 digits of which the last checks the others (ISO/IEC 7812, Luhn).
fn is_card(digits: &str) -> bool {
    let sum: u32 = digits
        .bytes()
        .rev()
        .enumerate()
        .map(|(place, digit)| {
            let digit = u32::from(digit.wrapping_sub(b'0'));
            match (place % 2, digit) {
                (0, digit) => digit,
                (_, digit @ 0..=4) => digit * 2,
                (_, digit) => digit * 2 - 9,
            }
        })
        .sum();
    (12..=19).contains(&digits.len())
        && digits.bytes().all(|b| b.is_ascii_digit())
        && sum.is_multiple_of(10)
}

/// What an Alipay account is known by: an e-mail address, or a mobile number of mainland China.
fn is_alipay(account: &str) -> bool {
    let mobile = account.len() == 11
        && account.starts_with('1')
        && account.bytes().all(|b| b.is_ascii_digit());
    let email = account.len() <= 100
        && account.bytes().all(|b| b.is_ascii_graphic())
        && account.split_once('@').is_some_and(|(name, host)| {
            !name.is_empty() && host.contains('.') && !host.contains('@') && !host.starts_with('.')
        });
    mobile || email
}

/// `138****0001`, `l***@example.com`.
fn masked(account: &str) -> String {
    match account.split_once('@') {
        Some((name, host)) => {
            let first: String = name.chars().take(1).collect();
            format!("{first}***@{host}")
        }
        None => {
            let first: String = account.chars().take(3).collect();
            format!("{first}****{}", last(account, 4))
        }
    }
}

/// The last `count` characters.
fn last(text: &str, count: usize) -> String {
    let skip = text.chars().count().saturating_sub(count);
    text.chars().skip(skip).collect()
}
