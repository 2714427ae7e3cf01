//! After-sale cases: what was received and is to be refunded, with or without being returned (S2, S4).
//!
//! A case belongs to its order and is never deleted. It is always somebody's turn, until an instant that is known; what
//! happens when that passes is the policy's, in the shopper's favour where the merchant was silent.

use serde::{Deserialize, Serialize};

use crate::codes::codes;
use crate::{Actor, EvidenceId, Instant, LineId, LocalText, OrderId, OrderState, Parcel, RefundId};

/// A part of a product that is sold whole: a lid, a cable, a gift that came with it (S2).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Component {
    /// Unique within its line.
    pub id: String,
    /// What it is.
    pub title: LocalText,
    /// Its share of the line's price, against the weights of the others.
    pub weight: u32,
    /// Whether it may be refunded at all (S2).
    pub refundable: bool,
    /// How many went back already.
    #[serde(default)]
    pub returned: u32,
}

/// What a shopper wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum CaseKind {
    /// The money, and the goods stay: 仅退款.
    RefundOnly,
    /// The goods go back, then the money: 退货退款. A refused parcel (拒收) is one of these.
    ReturnAndRefund,
}

/// In which condition the goods are (S2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Condition {
    /// As they came.
    Unused,
    /// Opened, and not used.
    Opened,
    /// Used.
    Used,
}

/// Where a case stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum CaseState {
    /// The merchant decides.
    Open,
    /// Granted; the shopper sends the goods.
    AwaitingReturn,
    /// The goods are on their way back; the merchant looks at them.
    Returning,
    /// The merchant said no; the shopper may appeal.
    Rejected,
    /// Staff look at it again.
    Appealed,
    /// Granted; the money goes back (its refunds tell how far).
    Refunded,
    /// The shopper withdrew it.
    Withdrawn,
    /// Over without a refund: not returned in time, not appealed in time, or the appeal was dismissed.
    Closed,
}

codes!(CaseKind {
    RefundOnly => "refund_only",
    ReturnAndRefund => "return_and_refund",
});

codes!(Condition {
    Unused => "unused",
    Opened => "opened",
    Used => "used",
});

codes!(EvidenceKind {
    Photo => "photo",
    Video => "video",
});

codes!(CaseState {
    Open => "open",
    AwaitingReturn => "awaiting_return",
    Returning => "returning",
    Rejected => "rejected",
    Appealed => "appealed",
    Refunded => "refunded",
    Withdrawn => "withdrawn",
    Closed => "closed",
});

/// Whose turn it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Turn {
    /// The shopper's.
    Shopper,
    /// The merchant's.
    Merchant,
    /// Staff's, who did not decide it the first time.
    Staff,
    /// Nobody's: it is over.
    Nobody,
}

codes!(Turn {
    Shopper => "shopper",
    Merchant => "merchant",
    Staff => "staff",
    Nobody => "nobody",
});

/// What follows when whoever's turn it is lets the time pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Consequence {
    /// The case is granted and the money goes back.
    Refund,
    /// Staff decide.
    Staff,
    /// The case is closed without a refund.
    Close,
}

codes!(Consequence {
    Refund => "refund",
    Staff => "staff",
    Close => "close",
});

/// What the shopper may do in a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum CaseAction {
    /// Say where the goods were given to the courier.
    SendParcel,
    /// Appeal to staff.
    Appeal,
    /// Say something, with evidence or without.
    Say,
    /// Withdraw it.
    Withdraw,
}

codes!(CaseAction {
    SendParcel => "send_parcel",
    Appeal => "appeal",
    Say => "say",
    Withdraw => "withdraw",
});

impl CaseState {
    /// Whether a case stays so.
    pub const fn is_final(self) -> bool {
        matches!(self, Self::Refunded | Self::Withdrawn | Self::Closed)
    }

    /// Whose turn it is.
    pub const fn turn(self) -> Turn {
        match self {
            Self::Open | Self::Returning => Turn::Merchant,
            Self::AwaitingReturn | Self::Rejected => Turn::Shopper,
            Self::Appealed => Turn::Staff,
            Self::Refunded | Self::Withdrawn | Self::Closed => Turn::Nobody,
        }
    }

    /// Whether a case in this state may come to be in `next`.
    pub const fn may_become(self, next: Self) -> bool {
        use CaseState::{
            Appealed, AwaitingReturn, Closed, Open, Refunded, Rejected, Returning, Withdrawn,
        };
        match self {
            Open => matches!(
                next,
                AwaitingReturn | Rejected | Appealed | Refunded | Withdrawn
            ),
            AwaitingReturn => matches!(next, Returning | Closed | Withdrawn),
            Returning => matches!(next, Refunded | Rejected),
            Rejected => matches!(next, Appealed | Closed | Withdrawn),
            Appealed => matches!(next, AwaitingReturn | Refunded | Closed | Withdrawn),
            Refunded | Withdrawn | Closed => false,
        }
    }
}

/// A case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Case {
    /// Unique: the order's id and a number.
    pub id: String,
    /// What the shopper wants.
    pub kind: CaseKind,
    /// Of what.
    pub lines: Vec<CaseLine>,
    /// What each of these was worth.
    #[serde(default)]
    pub worth: Vec<LineWorth>,
    /// The reason's code, one of the policy's.
    pub reason: String,
    /// In which condition the goods are; `None` where nothing was received.
    pub condition: Option<Condition>,
    /// What it comes to, as was shown before it was sent.
    pub settlement: Settlement,
    /// Where it stands.
    pub state: CaseState,
    /// Until when whoever's turn it is has; `None` when it is over.
    pub until: Option<Instant>,
    /// When it was opened.
    pub opened_at: Instant,
    /// What was said and done, oldest first. Append-only.
    pub thread: Vec<CaseEntry>,
    /// Where the goods are to be sent, once it is granted.
    #[serde(default)]
    pub return_to: Option<String>,
    /// The parcel that goes back.
    #[serde(default)]
    pub parcel: Option<Parcel>,
    /// The refunds that it made.
    #[serde(default)]
    pub refunds: Vec<RefundId>,
}

/// Some of a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseLine {
    /// The line.
    pub line: LineId,
    /// How many of it; at least 1.
    pub quantity: u32,
    /// Which of its components; all that may be refunded when empty.
    #[serde(default)]
    pub components: Vec<String>,
}

/// What a case comes to, in minor units: `goods - deduction + freight = amount`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settlement {
    /// What was paid for the goods.
    pub goods: i64,
    /// Taken off for their condition.
    pub deduction: i64,
    /// Carriage that goes back, when the seller is at fault.
    pub freight: i64,
    /// What goes back.
    pub amount: i64,
    /// Points that were used for the goods and come back; not minor units.
    #[serde(default)]
    pub points: i64,
}

/// What some of a line was worth when it was paid.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineWorth {
    /// The goods, in minor units.
    pub goods: i64,
    /// Their carriage, in minor units.
    pub freight: i64,
    /// The points that were used for them.
    pub points: i64,
}

impl LineWorth {
    /// Both together.
    pub(crate) const fn plus(self, other: Self) -> Self {
        Self {
            goods: self.goods + other.goods,
            freight: self.freight + other.freight,
            points: self.points + other.points,
        }
    }
}

/// Something that was said or done in a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseEntry {
    /// When.
    pub at: Instant,
    /// Who.
    pub by: Actor,
    /// What.
    pub what: CaseAct,
    /// In words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Who of the shop's staff, by the shop's id of them: for the audit, never shown to the shopper.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub staff: Option<String>,
    /// Photos and videos.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<Evidence>,
}

/// A photo or video, cleaned and kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// Unique.
    pub id: EvidenceId,
    /// Which of both.
    pub kind: EvidenceKind,
    /// Width in pixels, upright.
    pub width: u32,
    /// Height in pixels, upright.
    pub height: u32,
}

/// What evidence is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum EvidenceKind {
    /// A photo, kept as JPEG.
    Photo,
    /// A video, kept as MP4.
    Video,
}

/// What can be done in a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum CaseAct {
    /// It was opened.
    Opened,
    /// Something was said.
    Said,
    /// It was granted.
    Approved,
    /// It was granted, because the merchant did not answer in time.
    ApprovedBySilence,
    /// It went to staff, because the merchant did not answer in time.
    EscalatedBySilence,
    /// The merchant said no; the text is why.
    Rejected,
    /// The shopper appealed.
    Appealed,
    /// Staff dismissed the appeal; the text is why.
    Dismissed,
    /// The goods were sent; the text is courier and number.
    Sent,
    /// They are back.
    Received,
    /// They count as back, because the merchant did not say otherwise in time.
    ReceivedBySilence,
    /// The shopper withdrew it.
    Withdrawn,
    /// Its time was over.
    Closed,
}

codes!(CaseAct {
    Opened => "opened",
    Said => "said",
    Approved => "approved",
    ApprovedBySilence => "approved_by_silence",
    EscalatedBySilence => "escalated_by_silence",
    Rejected => "rejected",
    Appealed => "appealed",
    Dismissed => "dismissed",
    Sent => "sent",
    Received => "received",
    ReceivedBySilence => "received_by_silence",
    Withdrawn => "withdrawn",
    Closed => "closed",
});

/// The most photos and videos that any shop may allow with one message: so many a shopper may have waiting.
pub const EVIDENCE_AT_ONCE: u32 = 20;

/// What a policy says about after-sale cases.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AfterSale {
    /// How many days after the day of signing a shopper may ask (S2: 7).
    pub days: u32,
    /// The same when the seller is at fault (S2: 15).
    pub fault_days: u32,
    /// How many hours the merchant has to decide, and to look at what came back.
    pub merchant_hours: u32,
    /// What follows when the merchant does not decide in time.
    pub silence: Silence,
    /// How many hours staff have for an appeal.
    pub staff_hours: u32,
    /// How many days the shopper has to send the goods.
    pub return_days: u32,
    /// How many days the shopper has to appeal.
    pub appeal_days: u32,
    /// The most photos and videos with one message; no more than [`EVIDENCE_AT_ONCE`].
    pub evidence_at_once: u32,
    /// What is taken off for the condition of the goods, in percent, in the order of [`Condition::ALL`]; `None` where
    /// they are not taken back. Not when the seller is at fault.
    pub deductions: [Option<u32>; Condition::ALL.len()],
    /// The reasons to choose from.
    pub reasons: Vec<CaseReason>,
}

/// What follows when the merchant is silent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Silence {
    /// The case is granted.
    Approve,
    /// Staff decide.
    Escalate,
}

codes!(Silence {
    Approve => "approve",
    Escalate => "escalate",
});

/// A reason to choose from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseReason {
    /// Its stable code.
    pub code: String,
    /// Its words.
    pub label: LocalText,
    /// For which kinds.
    pub kinds: Vec<CaseKind>,
    /// Whether the seller is at fault: no deduction, carriage goes back, the longer window.
    pub seller_fault: bool,
    /// Whether it needs a photo or video.
    pub evidence: bool,
    /// Whether it holds for a parcel that is on its way and will be refused (拒收), and only for those.
    pub refused_parcel: bool,
}

impl Case {
    /// What the shopper may do now, most urgent first.
    pub fn shopper_may(&self) -> Vec<CaseAction> {
        CaseAction::ALL
            .into_iter()
            .filter(|action| match action {
                CaseAction::SendParcel => self.state == CaseState::AwaitingReturn,
                CaseAction::Appeal => self.state == CaseState::Rejected,
                CaseAction::Say => !self.state.is_final(),
                CaseAction::Withdraw => self.state.may_become(CaseState::Withdrawn),
            })
            .collect()
    }

    /// Whether it is about a parcel that was on its way, to be refused at the door.
    pub fn refuses_parcel(&self) -> bool {
        self.kind == CaseKind::ReturnAndRefund && self.condition.is_none()
    }

    /// What follows when the time until [`Case::until`] passes, of an order in `state`; `None` when the case is over.
    pub fn consequence(&self, after_sale: &AfterSale, state: OrderState) -> Option<Consequence> {
        match (self.state, after_sale.silence) {
            // The parcel was to be refused, and was accepted: nobody's silence gives the goods away with the money.
            (CaseState::Open, _) if self.refuses_parcel() && state != OrderState::Shipped => {
                Some(Consequence::Staff)
            }
            (CaseState::Appealed, _) if self.refuses_parcel() && state != OrderState::Shipped => {
                Some(Consequence::Close)
            }
            (CaseState::Open, Silence::Escalate) => Some(Consequence::Staff),
            (CaseState::Open, Silence::Approve)
            | (CaseState::Returning | CaseState::Appealed, _) => Some(Consequence::Refund),
            (CaseState::AwaitingReturn | CaseState::Rejected, _) => Some(Consequence::Close),
            (CaseState::Refunded | CaseState::Withdrawn | CaseState::Closed, _) => None,
        }
    }

    /// The order whose case has this id; `None` when no case can have it.
    pub fn order_of(id: &str) -> Option<OrderId> {
        let (order, number) = id.rsplit_once("-C")?;
        let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
        (is_number && !order.is_empty()).then(|| OrderId(order.to_owned()))
    }
}

impl CaseLine {
    /// Whether it is about that component, too.
    pub fn takes(&self, component: &str) -> bool {
        self.components.is_empty() || self.components.iter().any(|id| id == component)
    }
}

impl AfterSale {
    /// The reason of that code.
    pub fn reason(&self, code: &str) -> Option<&CaseReason> {
        self.reasons.iter().find(|reason| reason.code == code)
    }
}
