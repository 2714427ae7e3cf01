//! Errors on the wire: RFC 9457 problem details with a stable code.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{NextStep, OrderDetail};

/// The body of every error answer, `application/problem+json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Problem {
    /// `about:blank`, or a relative reference that names the kind of problem.
    #[serde(rename = "type")]
    pub kind: String,
    /// The kind, in the shopper's language.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// This occurrence, in the shopper's language.
    pub detail: String,
    /// Stable, for programs; one of [`codes`].
    pub code: String,
    /// To quote to support.
    pub request_id: String,
    /// For 422: field → code.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub errors: BTreeMap<String, String>,
    /// For 409 `order_not_cancellable` and its like: the order as it is now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order: Option<Box<OrderDetail>>,
    /// For 409: why, a stable code ([`crate::NotPossibleReason`]; for `case_not_possible`, [`crate::NotReturnable`]).
    /// For 403 `not_permitted`: the permission that it takes, a [`crate::Permission`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// For 409: what to do instead, best first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub next_steps: Vec<NextStep>,
}

/// Every value of [`Problem::code`].
pub mod codes {
    /// 400: the request could not be read.
    pub const BAD_REQUEST: &str = "bad_request";
    /// 401: nobody is logged in, or the session is over.
    pub const NOT_LOGGED_IN: &str = "not_logged_in";
    /// 401: login and password do not fit.
    pub const INVALID_CREDENTIALS: &str = "invalid_credentials";
    /// 401: the host app's one-time code is wrong, used, too old or another page's.
    pub const INVALID_HANDOFF_CODE: &str = "invalid_handoff_code";
    /// 401: the integration key is wrong or missing.
    pub const INVALID_KEY: &str = "invalid_key";
    /// 401: a notification is not signed by the payment provider, or too old.
    pub const INVALID_SIGNATURE: &str = "invalid_signature";
    /// 401: the guest's one-time code is wrong, used or too old, or was never sent.
    pub const INVALID_CODE: &str = "invalid_code";
    /// 403: a page of another site sent this.
    pub const CROSS_SITE: &str = "cross_site_request";
    /// 403: it is for who is logged in; a guest has one order and nothing else.
    pub const GUEST_SESSION: &str = "guest_session";
    /// 403: the role of who is logged in may not do that; `reason` has the permission.
    pub const NOT_PERMITTED: &str = "not_permitted";
    /// 404: it is not there, or not yours.
    pub const NOT_FOUND: &str = "not_found";
    /// 405: not this method.
    pub const METHOD_NOT_ALLOWED: &str = "method_not_allowed";
    /// 408: the request took too long to arrive.
    pub const TIMEOUT: &str = "timeout";
    /// 409: the order cannot be cancelled (any more).
    pub const ORDER_NOT_CANCELLABLE: &str = "order_not_cancellable";
    /// 409: there is no open request to withdraw.
    pub const NO_OPEN_REQUEST: &str = "no_open_request";
    /// 409: the address is no longer to be changed.
    pub const ADDRESS_NOT_EDITABLE: &str = "address_not_editable";
    /// 409: the order does not wait to be confirmed (any more).
    pub const NOTHING_TO_CONFIRM: &str = "nothing_to_confirm";
    /// 409: the shopper's cancelling is not limited (any more).
    pub const NO_LIMIT: &str = "no_limit";
    /// 409: the shop's event comes to a cancelled order.
    pub const ORDER_CANCELLED: &str = "order_cancelled";
    /// 409: the shop's event comes to an order with an open request.
    pub const ORDER_ON_HOLD: &str = "order_on_hold";
    /// 409: the order lacks information that only the shopper can give.
    pub const INCOMPLETE_INFO: &str = "incomplete_info";
    /// 409: another change was faster, several times over; try again.
    pub const CONFLICT: &str = "conflict";
    /// 409: the refund is on its way or there, or a wish for another way is open.
    pub const REFUND_NOT_CHANGEABLE: &str = "refund_not_changeable";
    /// 409: there is no open wish for another way.
    pub const NO_OPEN_WAY: &str = "no_open_way";
    /// 409: not known yet whether the payment provider has the refund; try again in a minute.
    pub const REFUND_NOT_HELD: &str = "refund_not_held";
    /// 409: the same person approved it before; a second one has to.
    pub const SECOND_PERSON_NEEDED: &str = "second_person_needed";
    /// 409: a line takes no after-sale case, for the reason in `reason`; with the order.
    pub const CASE_NOT_POSSIBLE: &str = "case_not_possible";
    /// 409: the after-sale case is not in a state for that (any more).
    pub const CASE_NOT_NOW: &str = "case_not_now";
    /// 409: the after-sale case is over.
    pub const CASE_CLOSED: &str = "case_closed";
    /// 409: the shop takes no complaints, or none about this order (any more).
    pub const NO_COMPLAINTS: &str = "no_complaints";
    /// 409: there is a complaint about the same thing already.
    pub const COMPLAINT_OPEN: &str = "complaint_open";
    /// 409: the complaint is not in a state for that (any more).
    pub const COMPLAINT_NOT_NOW: &str = "complaint_not_now";
    /// 409: the complaint is over.
    pub const COMPLAINT_CLOSED: &str = "complaint_closed";
    /// 409: less money of the order is left than is proposed.
    pub const NOT_ENOUGH_LEFT: &str = "not_enough_left";
    /// 409: the payment provider's ledger of that day cannot be had now.
    pub const LEDGER_NOT_READY: &str = "ledger_not_ready";
    /// 409: a piece of an upload does not begin where the last one ended; `GET` says where that is.
    pub const UPLOAD_OFFSET: &str = "upload_offset";
    /// 409: there are too many uploads, or too large ones, that no case and no conversation has.
    pub const TOO_MANY_UPLOADS: &str = "too_many_uploads";
    /// 409: a case or a conversation has it, so that it stays.
    pub const EVIDENCE_IN_USE: &str = "evidence_in_use";
    /// 409: the shop has no chat.
    pub const NO_CHAT: &str = "no_chat";
    /// 409: the conversation is over, and not to be opened again.
    pub const CONVERSATION_CLOSED: &str = "conversation_closed";
    /// 409: somebody else of the staff has it in hand; `claim` says who, and until when.
    pub const CLAIMED_BY_ANOTHER: &str = "claimed_by_another";
    /// 409: nobody of the staff has the conversation.
    pub const CONVERSATION_NOT_SERVED: &str = "conversation_not_served";
    /// 409: somebody else of the staff has the conversation; `served_by` says who.
    pub const SERVED_BY_ANOTHER: &str = "served_by_another";
    /// 409: somebody else has changed the draft of the policy, or published it, or there is none.
    pub const DRAFT_CHANGED: &str = "draft_changed";
    /// 409: the draft of the policy has a mistake.
    pub const DRAFT_INVALID: &str = "draft_invalid";
    /// 409: the shop has a policy of that version already.
    pub const VERSION_TAKEN: &str = "version_taken";
    /// 409: somebody else has changed the canned reply.
    pub const REPLY_CHANGED: &str = "reply_changed";
    /// 409: another canned reply in use has this code.
    pub const REPLY_CODE_TAKEN: &str = "reply_code_taken";
    /// 409: the enquiry was answered; what comes after is another one.
    pub const ENQUIRY_OVER: &str = "enquiry_over";
    /// 409: it is not confirmed who asks, so that nothing is looked up for them and nothing told but that.
    pub const ASKER_NOT_CONFIRMED: &str = "asker_not_confirmed";
    /// 409: it is confirmed who asks, so that the answer cannot be that it is not.
    pub const ASKER_CONFIRMED: &str = "asker_confirmed";
    /// 409: no order was looked up that there is an answer by.
    pub const NOT_LOOKED_UP: &str = "not_looked_up";
    /// 409: nobody has answered in the conversation, so that the staff cannot end it.
    pub const CONVERSATION_UNANSWERED: &str = "conversation_unanswered";
    /// 409: the conversation is not over yet.
    pub const CONVERSATION_NOT_OVER: &str = "conversation_not_over";
    /// 413: the body is too large.
    pub const BODY_TOO_LARGE: &str = "body_too_large";
    /// 415: the body is not JSON.
    pub const UNSUPPORTED_MEDIA_TYPE: &str = "unsupported_media_type";
    /// 416: the file has no such bytes.
    pub const RANGE_NOT_SATISFIABLE: &str = "range_not_satisfiable";
    /// 422: fields are wrong; see `errors`.
    pub const INVALID_FIELDS: &str = "invalid_fields";
    /// 422: the key was used with another body.
    pub const IDEMPOTENCY_KEY_REUSED: &str = "idempotency_key_reused";
    /// 429: wait for `Retry-After` seconds.
    pub const TOO_MANY_ATTEMPTS: &str = "too_many_attempts";
    /// 426: this is spoken to by WebSocket.
    pub const UPGRADE_REQUIRED: &str = "upgrade_required";
    /// 429: more was said within a minute than a person says; wait for `Retry-After` seconds.
    pub const TOO_MANY_MESSAGES: &str = "too_many_messages";
    /// 429: too many sockets are open; close some.
    pub const TOO_MANY_SOCKETS: &str = "too_many_sockets";
    /// 500: our fault.
    pub const INTERNAL: &str = "internal";
    /// 503: the database is out of reach; try again.
    pub const UNAVAILABLE: &str = "unavailable";
}

/// Every value in [`Problem::errors`].
pub mod field_codes {
    /// It must not be empty.
    pub const REQUIRED: &str = "required";
    /// It is longer than allowed.
    pub const TOO_LONG: &str = "too_long";
    /// It has more bytes than allowed.
    pub const TOO_LARGE: &str = "too_large";
    /// It is not of the expected form.
    pub const INVALID: &str = "invalid";
    /// It is not one of the values offered.
    pub const UNKNOWN: &str = "unknown";
    /// It is not the right one (a password).
    pub const WRONG: &str = "wrong";
    /// It is more than there is, or less than one.
    pub const OUT_OF_RANGE: &str = "out_of_range";
    /// It is a value that is known, and not allowed here: parts of orders where the shop does not cancel those, a
    /// condition or a component that is not taken back.
    pub const NOT_ALLOWED: &str = "not_allowed";
}
