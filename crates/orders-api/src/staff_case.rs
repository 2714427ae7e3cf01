//! After-sale cases and refunds as the shop's staff need them: with everything that their shopper said and sent, and who of
//! the staff did what.

use serde::{Deserialize, Serialize};

use crate::{
    Actor, CaseAct, CaseKind, CaseSettlement, CaseState, Channel, Condition, Consequence,
    DraftState, Evidence, Instant, Money, Parcel, RefundFailure, RefundState, SellerReason, Turn,
    WayState,
};

/// After-sale cases, page by page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CaseList {
    /// What is due next comes first; what is over comes last.
    pub items: Vec<CaseInList>,
    /// To get the next page with; `null` at the end.
    pub next_cursor: Option<String>,
}

/// A case in the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CaseInList {
    /// Its id.
    pub case: String,
    /// The order, by its id here.
    pub order: String,
    /// The order, as the shop knows it.
    pub external_id: String,
    /// The number that shopper and support use.
    pub number: String,
    /// Its shop.
    pub shop: String,
    /// Whose it is.
    pub shopper: String,
    /// The money alone, or a return.
    pub kind: CaseKind,
    /// Where it stands.
    pub state: CaseState,
    /// Whose turn it is.
    pub turn: Turn,
    /// Until when; `null` when it is over.
    pub until: Option<Instant>,
    /// What follows when that passes; `null` when it is over.
    pub then: Option<Consequence>,
    /// The code of the shopper's reason.
    pub reason: String,
    /// What it comes to.
    pub amount: Money,
    /// When it was opened.
    pub opened_at: Instant,
}

/// A case, whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CaseForShop {
    /// What the list says of it.
    #[serde(flatten)]
    pub case: CaseInList,
    /// In which condition the goods are, as the shopper says; `null` where nothing was received.
    pub condition: Option<Condition>,
    /// Of what.
    pub lines: Vec<CaseLineForShop>,
    /// What it comes to.
    pub settlement: CaseSettlement,
    /// Everything that was said and done, oldest first.
    pub thread: Vec<CaseEntryForShop>,
    /// Where the goods are to be sent.
    pub return_to: Option<String>,
    /// The parcel that goes back.
    pub parcel: Option<Parcel>,
    /// The ids of the refunds that it made.
    pub refunds: Vec<String>,
    /// Whether its refund takes two people of the staff.
    pub takes_two: bool,
    /// What staff granted and a second person has to agree with, or had to, oldest first.
    pub drafts: Vec<StaffDraft>,
}

/// A decision that gives back more than one person may: it is carried out when a second one agrees. No shopper sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StaffDraft {
    /// What goes back with it in all, as it was when it was drafted.
    pub amount: Money,
    /// Who drafted it.
    pub by: String,
    /// When.
    pub at: Instant,
    /// Why it is cancelled for its seller; `null` where something is granted.
    pub reason: Option<SellerReason>,
    /// Words to the shopper that come with it.
    pub note: Option<String>,
    /// Where it stands.
    pub state: DraftState,
    /// Who agreed, or did not; `null` while it waits, and when it lapsed.
    pub decided_by: Option<String>,
    /// When that was.
    pub decided_at: Option<Instant>,
    /// Why they did not agree.
    pub why: Option<String>,
}

/// Some of a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CaseLineForShop {
    /// The line's id.
    pub line: String,
    /// What it is.
    pub title: String,
    /// How many of it.
    pub quantity: u32,
    /// The ids of the components that are meant; empty when it is meant whole.
    pub components: Vec<String>,
}

/// Something that was said or done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CaseEntryForShop {
    /// When.
    pub at: Instant,
    /// Who, as the shopper sees it.
    pub by: Actor,
    /// Who of the staff; `null` when it was none of them.
    pub staff: Option<String>,
    /// What.
    pub what: CaseAct,
    /// In words.
    pub text: Option<String>,
    /// Photos and videos.
    pub evidence: Vec<Evidence>,
}

/// What can be decided in a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum CaseDecision {
    /// Grant it: the merchant what is `open`, staff what is `appealed`.
    Approve,
    /// Say no to what is `open`, or to what came back (`returning`).
    Reject,
    /// The goods are back (`returning`): the money goes back.
    Receive,
    /// Staff say no to what is `appealed`; the case is closed.
    Dismiss,
}

/// `POST /staff/cases/{case}/decisions`: a decision of one of the staff, who is logged in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StaffDecidesCase {
    /// What.
    pub decision: CaseDecision,
    /// Words to the shopper; needed to reject and to dismiss.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(max_length = 500))]
    pub note: Option<String>,
    /// Where the goods are to be sent; needed to approve a return that was not sent yet, and only then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(max_length = 200))]
    pub return_to: Option<String>,
}

/// `POST /staff/cases/{case}/messages`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StaffSays {
    /// In words.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 500))]
    pub text: String,
}

/// Refunds for which shoppers ask for another way, page by page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RefundList {
    /// The one that has waited longest comes first. Accounts are masked.
    pub items: Vec<RefundForShop>,
    /// To get the next page with; `null` at the end.
    pub next_cursor: Option<String>,
}

/// A refund, as the shop's staff need it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RefundForShop {
    /// Its id.
    pub refund: String,
    /// The order, by its id here.
    pub order: String,
    /// The order, as the shop knows it.
    pub external_id: String,
    /// Its shop.
    pub shop: String,
    /// How much.
    pub amount: Money,
    /// By which way.
    pub channel: Channel,
    /// To which account, as the shopper sees it.
    pub account: String,
    /// Where it stands.
    pub state: RefundState,
    /// By which provider of the payments file Tepai makes it; `null` when the shop does.
    pub provider: Option<String>,
    /// The provider's own id of it.
    pub reference: Option<String>,
    /// Why it failed.
    pub failure: Option<RefundFailure>,
    /// The shopper's last wish for another way.
    pub way: Option<WayForShop>,
}

/// A wish for another way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WayForShop {
    /// `bank_card` or `alipay`.
    pub channel: Channel,
    /// The card's number, or what the account logs in with: in full for who asks for the one refund, masked in lists and
    /// in the answer to a decision.
    pub account: String,
    /// Whose it is.
    pub holder: String,
    /// The bank, of a card.
    pub bank: Option<String>,
    /// When the shopper asked.
    pub asked_at: Instant,
    /// Where it stands.
    pub state: WayState,
    /// Whether it can be decided: the provider is known not to have the refund.
    pub held: bool,
    /// Who of the staff approved it.
    pub approvals: Vec<String>,
    /// How many have to.
    pub approvals_needed: usize,
}
