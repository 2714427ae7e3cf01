//! After-sale cases on the wire: what may be asked for, asking, and what became of it.

use serde::{Deserialize, Serialize};

use crate::{
    Actor, CaseAct, CaseAction, CaseKind, CaseState, Condition, Consequence, EvidenceKind, Instant,
    Line, Money, NotRestored, NotReturnable, OrderBrief, Parcel, PreviewRefund, Refund, Restored,
    Shop, Support, Turn,
};

/// `GET /orders/{id}/after-sale`: what may be asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AfterSaleOptions {
    /// The order.
    pub order: OrderBrief,
    /// Until when it may be asked for, and until when if the seller is at fault; `null` while the parcel is on its way.
    pub window: Option<AfterSaleWindow>,
    /// Whether the parcel is still on its way, so that it can only be refused at the door (拒收).
    pub on_its_way: bool,
    /// Every line of the order, and what of it may be asked for.
    pub lines: Vec<LineOption>,
    /// The reasons to choose from now.
    pub reasons: Vec<CaseReason>,
    /// The conditions to choose from; empty while the parcel is on its way.
    pub conditions: Vec<ConditionOption>,
    /// The most photos and videos with one message.
    pub evidence_at_once: u32,
    /// How many hours the merchant has to answer.
    pub merchant_hours: u32,
    /// What follows when the merchant does not.
    pub silence: Consequence,
    /// How many days the shopper has to send the goods, once a return is granted.
    pub return_days: u32,
    /// The shop.
    pub shop: Shop,
    /// How to reach a person there.
    pub support: Support,
}

/// Until when an after-sale case may be opened. Both are the first moment that is too late.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AfterSaleWindow {
    /// Without a fault of the seller; `null` where the shop takes nothing back without one.
    pub until: Option<Instant>,
    /// With one.
    pub until_faulty: Instant,
}

/// What may be asked for of a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LineOption {
    /// The line.
    pub line: Line,
    /// How many at most.
    pub quantity: u32,
    /// Why not, without a fault of the seller; `null` when it may be.
    pub not: Option<NotReturnable>,
    /// Why not even with one; `null` when it may be.
    pub not_even_faulty: Option<NotReturnable>,
    /// What it consists of, when parts of it may be refunded; else empty.
    pub components: Vec<ComponentOption>,
}

/// A part of a product that is sold whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ComponentOption {
    /// Unique within its line.
    pub id: String,
    /// What it is.
    pub title: String,
    /// Whether it may be refunded at all.
    pub refundable: bool,
    /// How many of it may be asked for.
    pub quantity: u32,
}

/// A reason to choose from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CaseReason {
    /// Stable.
    pub code: String,
    /// In the shopper's language.
    pub label: String,
    /// For which kinds.
    pub kinds: Vec<CaseKind>,
    /// Whether the seller is at fault: no deduction, carriage goes back, the longer window.
    pub seller_fault: bool,
    /// Whether it needs a photo or video.
    pub evidence: bool,
}

/// A condition to choose from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ConditionOption {
    /// Which.
    pub condition: Condition,
    /// What is taken off when the seller is not at fault, in percent; `null` when goods are not taken back in it then.
    pub deduction: Option<u32>,
}

/// `GET /orders/{id}/after-sale/preview?kind=&reason=&condition=&line=ID:QTY&component=LINE:ID`: what a case would come
/// to. `line` and `component` may be there several times; a line without `component` is meant whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CasePreview {
    /// What it comes to.
    pub settlement: CaseSettlement,
    /// What would go back, as if it were granted now.
    pub refunds: Vec<PreviewRefund>,
    /// Whether the goods have to be sent back first.
    pub send_back: bool,
    /// Whether the shopper pays for sending them.
    pub pays_return: bool,
    /// Coupons and points that would come back.
    pub restored: Vec<Restored>,
    /// Coupons that would not.
    pub not_restored: Vec<NotRestored>,
}

/// What a case comes to: `goods - deduction + freight = amount`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CaseSettlement {
    /// What was paid for the goods.
    pub goods: Money,
    /// Taken off for their condition.
    pub deduction: Money,
    /// Carriage that goes back, when the seller is at fault.
    pub freight: Money,
    /// What goes back.
    pub amount: Money,
    /// Points that come back with it.
    pub points: i64,
}

/// `POST /orders/{id}/cases`: opens a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OpenCase {
    /// The money alone, or a return.
    pub kind: CaseKind,
    /// Of what; each line at most once.
    pub lines: Vec<CaseLine>,
    /// The reason's code.
    pub reason: String,
    /// In which condition the goods are; needed for a return of goods that were received.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub condition: Option<Condition>,
    /// In the shopper's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Photos and videos, by the ids of their uploads.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<String>,
}

/// Some of a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CaseLine {
    /// The line's id.
    pub line: String,
    /// How many of it; at least 1.
    pub quantity: u32,
    /// Which of its components; all that may be refunded when empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub components: Vec<String>,
}

/// A case in the order that it belongs to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CaseSummary {
    /// Opaque.
    pub id: String,
    /// What the shopper wants.
    pub kind: CaseKind,
    /// Where it stands.
    pub state: CaseState,
    /// Whose turn it is.
    pub turn: Turn,
    /// Until when; `null` when it is over.
    pub until: Option<Instant>,
    /// What it comes to.
    pub amount: Money,
    /// When it was opened.
    pub opened_at: Instant,
}

/// `GET /cases/{id}`, and the answer to every move in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CaseDetail {
    /// Opaque.
    pub id: String,
    /// What the shopper wants.
    pub kind: CaseKind,
    /// Where it stands.
    pub state: CaseState,
    /// Whose turn it is.
    pub turn: Turn,
    /// Until when; `null` when it is over.
    pub until: Option<Instant>,
    /// What follows when that passes; `null` when it is over.
    pub then: Option<Consequence>,
    /// When it was opened.
    pub opened_at: Instant,
    /// The reason, in the shopper's language.
    pub reason: String,
    /// In which condition the goods are; `null` where nothing was received.
    pub condition: Option<Condition>,
    /// Of what.
    pub lines: Vec<CaseLineDetail>,
    /// What it comes to.
    pub settlement: CaseSettlement,
    /// Everything that was said and done, oldest first. Nothing of it is ever deleted.
    pub thread: Vec<CaseEntry>,
    /// Where the goods are to be sent, once it is granted.
    pub return_to: Option<String>,
    /// The parcel that goes back.
    pub parcel: Option<Parcel>,
    /// The refunds that it made.
    pub refunds: Vec<Refund>,
    /// What the shopper may do now, most urgent first.
    pub actions: Vec<CaseAction>,
    /// The id of the last complaint about it; `null` without one.
    pub complaint: Option<String>,
    /// Whether one may complain about it now: its wish was refused, and no complaint about it is under way.
    pub may_complain: bool,
    /// The most photos and videos with one message.
    pub evidence_at_once: u32,
    /// The order.
    pub order: OrderBrief,
    /// The shop.
    pub shop: Shop,
    /// How to reach a person there.
    pub support: Support,
}

/// Some of a line, in a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CaseLineDetail {
    /// The line.
    pub line: Line,
    /// How many of it.
    pub quantity: u32,
    /// The names of the components that are meant; empty when it is meant whole.
    pub components: Vec<String>,
}

/// Something that was said or done in a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CaseEntry {
    /// When.
    pub at: Instant,
    /// Who.
    pub by: Actor,
    /// What.
    pub what: CaseAct,
    /// In words.
    pub text: Option<String>,
    /// Photos and videos.
    pub evidence: Vec<Evidence>,
}

/// A photo or video that was cleaned and kept. Its file is at [`crate::evidence_file`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Evidence {
    /// Opaque.
    pub id: String,
    /// Which of both.
    pub kind: EvidenceKind,
    /// Width in pixels, upright.
    pub width: u32,
    /// Height in pixels, upright.
    pub height: u32,
}

/// `POST /cases/{id}/messages` and `POST /cases/{id}/appeal`: words, with evidence or without.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CaseMessage {
    /// In words. An appeal needs some; a message needs some or evidence.
    #[serde(default)]
    pub text: String,
    /// Photos and videos, by the ids of their uploads.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<String>,
}

/// `POST /evidence`: a file that is about to be sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BeginUpload {
    /// How many bytes it has.
    pub bytes: i64,
}

/// Where an upload stands: the answer to `POST /evidence`, `GET /evidence/{id}` and `PATCH /evidence/{id}`.
///
/// The file is sent in pieces: `PATCH` with the bytes as `application/octet-stream`, and in the header `Upload-Offset`
/// where in the file they belong, which must be [`EvidenceUpload::offset`]. After a lost answer, `GET` says how far it
/// is. The last piece is answered when the file was looked into; when that takes long, the answer says `receiving` with all
/// bytes there, and a piece without bytes waits on. What is not taken at all is refused with the first piece.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EvidenceUpload {
    /// Opaque.
    pub id: String,
    /// How many bytes the file has.
    pub bytes: i64,
    /// How many are here.
    pub offset: i64,
    /// The most bytes of one piece.
    pub piece_bytes: i64,
    /// Where it stands.
    pub state: UploadState,
    /// `refused`: why.
    pub refusal: Option<EvidenceRefusal>,
    /// `ready`: what was kept.
    pub evidence: Option<Evidence>,
}

/// Where an upload stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum UploadState {
    /// Bytes are missing, or the file was not looked into yet.
    Receiving,
    /// It is cleaned and kept.
    Ready,
    /// It is not kept.
    Refused,
}

/// Why a file is not kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum EvidenceRefusal {
    /// It is neither a photo nor a video of the kinds that are taken.
    UnknownType,
    /// It has more bytes than are taken.
    TooLarge,
    /// It has more pixels than are taken.
    TooManyPixels,
    /// It plays longer than is taken.
    TooLong,
    /// It is broken, or was cut off.
    Broken,
    /// It is of a kind that is taken, but in a form that is not.
    NotSupported,
}
