//! The structs of the API, field by field. A field that is missing here does not compile.

use std::collections::BTreeMap;

use orders_api::*;

use super::{Json, Read, Write};

/// Makes readers of structs: the names of their fields, with the name on the wire where it differs, and `default` where
/// the field may be absent although it is no `Option`.
macro_rules! structs {
    ($($name:ident { $($field:ident $($how:ident)? $(= $key:literal)?),+ $(,)? })+) => {
        $(impl Read for $name {
            fn read(mut json: Json) -> Option<Self> {
                Some(Self { $($field: field!(json, $field $($how)? $(= $key)?)?),+ })
            }
        })+
    };
}

macro_rules! field {
    ($json:ident, $field:ident) => {
        Read::read($json.take(stringify!($field)))
    };
    ($json:ident, $field:ident = $key:literal) => {
        Read::read($json.take($key))
    };
    // Read by who needs it (see `Failure::in_full`).
    ($json:ident, $field:ident later) => {
        Some(Default::default())
    };
    ($json:ident, $field:ident default) => {
        match $json.take(stringify!($field)) {
            Json::Null => Some(Default::default()),
            value => Read::read(value),
        }
    };
}

/// Makes readers of enums which know their names.
macro_rules! codes {
    ($($name:ident),+ $(,)?) => {
        $(impl Read for $name {
            fn read(json: Json) -> Option<Self> {
                Self::from_code(&String::read(json)?)
            }
        })+
    };
}

/// Makes readers of enums from all their values and names.
macro_rules! names {
    ($($name:ident { $($value:ident = $code:literal),+ $(,)? })+) => {
        $(impl Read for $name {
            fn read(json: Json) -> Option<Self> {
                // A value that is missing here does not compile.
                const _: fn($name) = |value| match value { $($name::$value => {})+ };
                match String::read(json)?.as_str() {
                    $($code => Some(Self::$value),)+
                    _ => None,
                }
            }
        })+
    };
}

codes! {
    Actor, AddressField, CancelledBy, CaseAct, CaseAction, CaseKind, CaseState, Channel, ChatNote, ComplaintState,
    ComplaintTopic, Condition, Consequence, ConversationState, EvidenceKind, HelpPage, HelpTopic, Lateness, LineKind,
    NextStep, NotPossibleReason, NotRestoredReason, LadderStep,
    NotReturnable, OrderState, PendingCause, RefundFailure, RefundState, Side, TimelineEvent, Topic,
    Turn, WayState,
}

names! {
    CancellationKind {
        SelfService = "self_service",
        ByRequest = "by_request",
        Requested = "requested",
        NotPossible = "not_possible",
        Cancelled = "cancelled",
    }
    Action {
        Pay = "pay",
        CorrectAddress = "correct_address",
        Cancel = "cancel",
        RequestCancellation = "request_cancellation",
        WithdrawRequest = "withdraw_request",
        AskAfterSale = "ask_after_sale",
        ContactSupport = "contact_support",
    }
    UploadState {
        Receiving = "receiving",
        Ready = "ready",
        Refused = "refused",
    }
    EvidenceRefusal {
        UnknownType = "unknown_type",
        TooLarge = "too_large",
        TooManyPixels = "too_many_pixels",
        TooLong = "too_long",
        Broken = "broken",
        NotSupported = "not_supported",
    }
    PolicySection {
        Cancelling = "cancelling",
        Reasons = "reasons",
        Refunds = "refunds",
        AfterSale = "after_sale",
        Abuse = "abuse",
    }
    CancelRule {
        SelfService = "self_service",
        ByRequest = "by_request",
        NotPossible = "not_possible",
    }
    TalkEvent {
        Answered = "conversation_answered",
    }
    ChatAuthor {
        Shopper = "shopper",
        Staff = "staff",
        System = "system",
    }
    Outcome {
        Cancelled = "cancelled",
        Requested = "requested",
    }
}

structs! {
    Session { shopper, guest_order }
    Shopper { id, display_name }
    GuestWays { email, phone }
    GuestCodeAsked { guest_request, expires_at }
    Problem {
        kind = "type", title, status, detail, code, request_id, errors later, order later, reason,
        next_steps default,
    }
    OrderChanged { id, version }
    StreamReady { missed }
    OrderList { items, next_cursor, counts }
    TabCounts { all, awaiting_payment, to_ship, to_receive, after_sale, cancelled }
    OrderSummary {
        id, external_id, number, shop, state, version, placed_at, pay_by, total, lines,
        cancellation, pending, actions, refunding,
    }
    OrderDetail {
        id, external_id, number, shop, support, state, version, placed_at, pay_by, paid_at, total,
        lines, amounts, address, parcel, payments, pay_url, pending, confirm_by, timeline, refunds,
        cases, after_sale, complaints default, may_complain default, cancellation, actions,
        policy_version, limit,
    }
    AfterSaleWindow { until, until_faulty }
    CaseSummary { id, kind, state, turn, until, amount, opened_at }
    AfterSaleOptions {
        order, window, on_its_way, lines, reasons, conditions, evidence_at_once, merchant_hours,
        silence, return_days, shop, support,
    }
    LineOption { line, quantity, not, not_even_faulty, components }
    ComponentOption { id, title, refundable, quantity }
    CaseReason { code, label, kinds, seller_fault, evidence }
    ConditionOption { condition, deduction }
    CasePreview { settlement, refunds, send_back, pays_return, restored, not_restored }
    CaseSettlement { goods, deduction, freight, amount, points }
    OpenCase { kind, lines, reason, condition, note, evidence default }
    CaseLine { line, quantity, components default }
    CaseDetail {
        id, kind, state, turn, until, then, opened_at, reason, condition, lines, settlement,
        thread, return_to, parcel, refunds, actions, complaint, may_complain default, evidence_at_once, order,
        shop, support,
    }
    ComplaintSummary { id, state, turn, until, topic, case, refund, opened_at }
    CaseLineDetail { line, quantity, components }
    CaseEntry { at, by, what, text, evidence }
    Evidence { id, kind, width, height }
    EvidenceUpload { id, bytes, offset, piece_bytes, state, refusal, evidence }
    NotificationList { items, next_cursor, unread }
    Notification {
        id, at, told_at, what, by, detail, subject, amount, urgent, read, order, number, title, shop,
    }
    Unread { unread }
    HelpList { shop, shops, q, items, elsewhere }
    HelpEntry { id, topic, title, answer }
    HelpArticle {
        id, topic, title, questions, answer, parts, links, related, shop, shops, support,
        policy_version, in_force, of_today default,
    }
    HelpPart { heading, steps, paragraphs }
    PolicyDetail {
        shop, shops, version, since, in_force, versions default, differs default, support, cancelling, exceptions,
        partial, reasons, refunds, hours default, after_sale, abuse, complaints,
    }
    PolicyHours { request, confirm, way }
    PolicySince { version, since }
    PolicyComplaints {
        days, confirm_hours, propose_days, answer_days, supervisor_days, silence_grants, evidence_at_once, outside,
    }
    PolicyAbuse { grace_minutes, free, forget_days, never_for, warned_at, limited_at, limit_days }
    PolicyRule { state, outcome, window_minutes, next_steps }
    PolicyException { goods, states, outcome }
    PolicyClock { channel, starts_within, arrives_from, arrives_within }
    PolicyAfterSale {
        days, fault_days, merchant_hours, silence, staff_hours, return_days, appeal_days,
        evidence_at_once, conditions, reasons,
    }
    SupportWays {
        shop, shops, support, email_due_at, chat, order, lines, may_complain default, refund, recent,
    }
    ChatNow { open, opens_at, closes_at, answered_by, place, wait_minutes }
    ConversationList { items, next_cursor }
    Conversation {
        id, shop, order, case, subject, opened_at, standing, may_complain default, rating, rating_note,
    }
    ConversationStanding {
        state, place, wait_minutes, longer, answered_by, due_at, overdue default, answered default, closed_at,
        takes_words, last_seq, last_answer default, shopper_read, staff_read,
    }
    ChatSubject { topic, since, line, account, zone, face_value, refund, complaint }
    ChatMessage { seq, client_id, by, staff, note, at, text, evidence }
    ChatMessages { items, more, standing }
    OpenConversation { order, case, shop, subject, text, evidence default, client_id }
    SayInChat { client_id, text, evidence default }
    Shop { id, name }
    Support { phone, hours, email, email_reply_hours, chat default, social default }
    SocialAccount { name, handle, url }
    Money { amount, currency }
    Line { id, title, variant, quantity, cancelled_quantity, unit_price, total, image_url, kind, stays }
    Amounts { goods, discount, coupon, points_value, points, freight, total }
    Address { recipient, phone, region, street }
    Parcel { courier, tracking_number }
    Payment { channel, account, amount, paid_at }
    Pending { cause, missing }
    TimelineEntry { at, what, by, detail }
    Refund {
        id, amount, channel, account, state, created_at, updated_at, sent_at, expected_on, failure,
        late, starts_by, arrives_from, arrives_by, estimated,
    }
    RefundDetail {
        refund, order, may_change_way, way, history, others, complaint, may_complain default, shop, support,
    }
    RefundWay { channel, account, asked_at, state, note, until }
    OrderBrief { id, number, version, total, title, lines, policy_version default }
    RefundEvent { at, what, by }
    Cancellation { kind, until, reason, reason_label, next_steps default, by, at, note }
    CancellationPreview {
        outcome, refunds, refund_total, restored, not_restored, reasons, whole, partial_allowed,
        counting, limit,
    }
    CancelLimit { until, free, forget_days }
    CancelCounting { counted, leads_to, limit_at, limit_days, free, forget_days, never_for }
    PreviewRefund {
        amount, channel, account, starts_by, arrives_from, arrives_by, working_days, estimated,
    }
    WorkingDays { starts_within, arrives_from, arrives_within }
    Restored { kind, title, points }
    NotRestored { title, reason }
    Reason { code, label, note_required }
    // Answers kept from before there was this do without.
    CancelOutcome { outcome, order, restored default, not_restored default }
    CancelOrder { reason, note, lines }
    LineQuantity { line, quantity }
}

impl Read for Happening {
    fn read(json: Json) -> Option<Self> {
        let code = String::read(json)?;
        match TimelineEvent::from_code(&code) {
            Some(event) => Some(Self::Order(event)),
            None => Read::read(Json::text(&code)).map(Self::Talk),
        }
    }
}

impl Read for Instant {
    fn read(json: Json) -> Option<Self> {
        String::read(json).map(Self)
    }
}

impl Read for Day {
    fn read(json: Json) -> Option<Self> {
        String::read(json).map(Self)
    }
}

impl Read for BTreeMap<String, String> {
    fn read(json: Json) -> Option<Self> {
        let Json::Object(fields) = json else {
            return None;
        };
        let mut out = Self::new();
        for (name, value) in fields {
            out.insert(name, String::read(value)?);
        }
        Some(out)
    }
}

impl Write for LogIn {
    fn json(&self) -> Json {
        Json::object([
            ("login", Json::text(&self.login)),
            ("password", Json::text(&self.password)),
        ])
    }
}

impl Write for AskGuestCode {
    fn json(&self) -> Json {
        Json::object([
            ("number", Json::text(&self.number)),
            ("contact", Json::text(&self.contact)),
        ])
    }
}

impl Write for OpenGuestSession {
    fn json(&self) -> Json {
        Json::object([
            ("request", Json::text(&self.request)),
            ("code", Json::text(&self.code)),
        ])
    }
}

impl Write for HandOff {
    fn json(&self) -> Json {
        Json::object([
            ("code", Json::text(&self.code)),
            ("secret", Json::text(&self.secret)),
        ])
    }
}

impl Write for Address {
    fn json(&self) -> Json {
        Json::object([
            ("recipient", Json::text(&self.recipient)),
            ("phone", Json::text(&self.phone)),
            ("region", Json::text(&self.region)),
            ("street", Json::text(&self.street)),
        ])
    }
}

impl Write for AskRefundWay {
    fn json(&self) -> Json {
        let bank = self.bank.as_deref().map(Json::text);
        Json::object([
            ("channel", Json::text(self.channel.code())),
            ("account", Json::text(&self.account)),
            ("holder", Json::text(&self.holder)),
            ("bank", bank.unwrap_or_default()),
            ("password", Json::text(&self.password)),
        ])
    }
}

impl Write for CancelOrder {
    fn json(&self) -> Json {
        // What is `null` counts as absent.
        let note = self.note.as_deref().map(Json::text);
        let lines = self.lines.as_deref().map(Write::json);
        Json::object([
            ("reason", Json::text(&self.reason)),
            ("note", note.unwrap_or_default()),
            ("lines", lines.unwrap_or_default()),
        ])
    }
}

impl Write for LineQuantity {
    fn json(&self) -> Json {
        Json::object([
            ("line", Json::text(&self.line)),
            ("quantity", Json::Whole(self.quantity.into())),
        ])
    }
}

impl Write for Parcel {
    fn json(&self) -> Json {
        Json::object([
            ("courier", Json::text(&self.courier)),
            ("tracking_number", Json::text(&self.tracking_number)),
        ])
    }
}

impl Write for OpenCase {
    fn json(&self) -> Json {
        let condition = self.condition.map(|condition| Json::text(condition.code()));
        let note = self.note.as_deref().map(Json::text);
        Json::object([
            ("kind", Json::text(self.kind.code())),
            ("lines", self.lines.json()),
            ("reason", Json::text(&self.reason)),
            ("condition", condition.unwrap_or_default()),
            ("note", note.unwrap_or_default()),
            ("evidence", texts(&self.evidence)),
        ])
    }
}

impl Write for CaseLine {
    fn json(&self) -> Json {
        Json::object([
            ("line", Json::text(&self.line)),
            ("quantity", Json::Whole(self.quantity.into())),
            ("components", texts(&self.components)),
        ])
    }
}

impl Write for CaseMessage {
    fn json(&self) -> Json {
        Json::object([
            ("text", Json::text(&self.text)),
            ("evidence", texts(&self.evidence)),
        ])
    }
}

impl Write for BeginUpload {
    fn json(&self) -> Json {
        Json::object([("bytes", Json::Whole(self.bytes))])
    }
}

impl Write for MarkRead {
    fn json(&self) -> Json {
        Json::object([("up_to", Json::text(&self.up_to))])
    }
}

fn texts(texts: &[String]) -> Json {
    Json::List(texts.iter().map(|text| Json::text(text)).collect())
}

mod complaint;
mod talk;
#[cfg(test)]
mod tests;
