//! Everything that can go wrong with a request, and the only place that chooses its status and code.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::fmt::Display;
use std::sync::Arc;

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use orders_api::{
    Claim, ClaimedProblem, NextStep, NotPossibleReason, NotReturnable, OrderDetail, Permission,
    Person, Problem, ServedProblem, codes, field_codes,
};
use orders_domain::{ConversationRefusal, EnquiryRefusal, StaffId, WayRefusal};
use orders_store::{Answer, StoreError};

use super::context::Context;
use super::words;
use crate::evidence::UploadError;

/// Why a request is refused. Becomes an answer in [`super::edge`], where the language is known.
#[derive(Debug)]
pub enum Failure {
    /// 400.
    BadRequest,
    /// 401.
    NotLoggedIn,
    /// 401.
    InvalidCredentials,
    /// 401.
    InvalidHandOffCode,
    /// 401: a guest's one-time code.
    InvalidCode,
    /// 401.
    InvalidKey,
    /// 401: a notification that is not the payment provider's.
    InvalidSignature,
    /// 403.
    CrossSite,
    /// 403: a guest asks for what is the account's.
    GuestSession,
    /// 403: the role of who is logged in may not do that.
    NotPermitted(Permission),
    /// 404.
    NotFound,
    /// 405.
    MethodNotAllowed,
    /// 408.
    Timeout,
    /// 409, with the order as it is now.
    NotCancellable(Box<Refused>),
    /// 409.
    NoOpenRequest(Box<OrderDetail>),
    /// 409.
    AddressNotEditable(Box<OrderDetail>),
    /// 409.
    NothingToConfirm(Box<OrderDetail>),
    /// 409.
    NoLimit(Box<OrderDetail>),
    /// 409, to the shop.
    OrderCancelled,
    /// 409, to the shop.
    OrderOnHold,
    /// 409, to the shop.
    IncompleteInfo,
    /// 409, to the shop: a seller cannot cancel what is on its way.
    SellerCannotCancel,
    /// 409: others were faster, several times.
    Conflict,
    /// 409: another way for a refund, or a decision on it, does not fit.
    RefundWay(WayRefusal),
    /// 409: a line takes no after-sale case, with the order as it is now.
    CaseNotPossible(Box<CaseRefused>),
    /// 409: the after-sale case is not in a state for that.
    CaseNotNow,
    /// 409: the after-sale case is over.
    CaseClosed,
    /// 409: the shop takes no complaints, or none about this order any more.
    NoComplaints,
    /// 409: there is a complaint about the same thing.
    ComplaintOpen,
    /// 409: the complaint is not in a state for that.
    ComplaintNotNow,
    /// 409: the complaint is over.
    ComplaintClosed,
    /// 409: less money of the order is left than is proposed.
    NotEnoughLeft,
    /// 409: the payment provider's ledger of that day cannot be had now.
    NotReconciled,
    /// 409: a piece of an upload is not at its place.
    UploadOffset,
    /// 409: there are too many uploads that no case and no conversation has.
    TooManyUploads,
    /// 409: a case or a conversation has the photo or video.
    EvidenceInUse,
    /// 409: the shop has no chat.
    NoChat,
    /// 409: the conversation is over.
    ConversationClosed,
    /// 409: the conversation is not over.
    ConversationNotOver,
    /// 409: nobody of the staff has the conversation.
    NotServed,
    /// 409: nobody has answered in the conversation.
    ConversationUnanswered,
    /// 409: somebody else of the staff has the conversation.
    ServedByAnother(Box<Person>),
    /// 409: somebody else of the staff has it in hand.
    ClaimedByAnother(Box<Claim>),
    /// 409: somebody else has changed the draft of the policy, or published it, or there is none.
    DraftChanged,
    /// 409: the draft of the policy has a mistake.
    DraftInvalid,
    /// 409: the shop has a policy of that version already.
    VersionTaken,
    /// 409: somebody else has changed the canned reply.
    ReplyChanged,
    /// 409: another canned reply in use has this code.
    ReplyCodeTaken,
    /// 409: a step of an enquiry is not next.
    Enquiry(EnquiryRefusal),
    /// 413.
    BodyTooLarge,
    /// 415.
    UnsupportedMediaType,
    /// 416.
    RangeNotSatisfiable,
    /// 422: field → code.
    Invalid(BTreeMap<String, String>),
    /// 422.
    KeyReused,
    /// 429, and after how many seconds to try again.
    TooManyAttempts(u64),
    /// 426: what is asked for is a WebSocket.
    UpgradeRequired,
    /// 429, and after how many seconds something may be said again.
    TooManyMessages(u64),
    /// 429: too many sockets are open.
    TooManySockets,
    /// 500; the cause is for the log only.
    Internal(String),
    /// 503; the cause is for the log only.
    Unavailable(String),
}

/// A cancel that was refused.
#[derive(Debug)]
pub struct Refused {
    /// The order now.
    pub order: OrderDetail,
    /// Why.
    pub reason: NotPossibleReason,
    /// What instead.
    pub next_steps: Vec<NextStep>,
}

/// A case that was refused.
#[derive(Debug)]
pub struct CaseRefused {
    /// The order now.
    pub order: OrderDetail,
    /// Why a line takes none.
    pub reason: NotReturnable,
}

impl Failure {
    /// One field is wrong. `code` is one of [`field_codes`].
    pub fn field(field: impl Into<String>, code: &str) -> Self {
        Self::Invalid(BTreeMap::from([(field.into(), code.to_owned())]))
    }

    /// A field has a value that is not offered.
    pub fn unknown(field: &str) -> Self {
        Self::field(field, field_codes::UNKNOWN)
    }

    /// Our fault; `cause` is logged and never sent.
    pub fn internal(cause: impl Display) -> Self {
        Self::Internal(cause.to_string())
    }

    /// Status and code.
    pub fn kind(&self) -> (StatusCode, &'static str) {
        match self {
            Self::BadRequest => (StatusCode::BAD_REQUEST, codes::BAD_REQUEST),
            Self::NotLoggedIn => (StatusCode::UNAUTHORIZED, codes::NOT_LOGGED_IN),
            Self::InvalidCredentials => (StatusCode::UNAUTHORIZED, codes::INVALID_CREDENTIALS),
            Self::InvalidHandOffCode => (StatusCode::UNAUTHORIZED, codes::INVALID_HANDOFF_CODE),
            Self::InvalidKey => (StatusCode::UNAUTHORIZED, codes::INVALID_KEY),
            Self::InvalidSignature => (StatusCode::UNAUTHORIZED, codes::INVALID_SIGNATURE),
            Self::InvalidCode => (StatusCode::UNAUTHORIZED, codes::INVALID_CODE),
            Self::GuestSession => (StatusCode::FORBIDDEN, codes::GUEST_SESSION),
            Self::CrossSite => (StatusCode::FORBIDDEN, codes::CROSS_SITE),
            Self::NotPermitted(_) => (StatusCode::FORBIDDEN, codes::NOT_PERMITTED),
            Self::NotFound => (StatusCode::NOT_FOUND, codes::NOT_FOUND),
            Self::MethodNotAllowed => (StatusCode::METHOD_NOT_ALLOWED, codes::METHOD_NOT_ALLOWED),
            Self::Timeout => (StatusCode::REQUEST_TIMEOUT, codes::TIMEOUT),
            Self::NotCancellable(_) | Self::SellerCannotCancel => {
                (StatusCode::CONFLICT, codes::ORDER_NOT_CANCELLABLE)
            }
            Self::NoOpenRequest(_) => (StatusCode::CONFLICT, codes::NO_OPEN_REQUEST),
            Self::AddressNotEditable(_) => (StatusCode::CONFLICT, codes::ADDRESS_NOT_EDITABLE),
            Self::NoLimit(_) => (StatusCode::CONFLICT, codes::NO_LIMIT),
            Self::NothingToConfirm(_) => (StatusCode::CONFLICT, codes::NOTHING_TO_CONFIRM),
            Self::OrderCancelled => (StatusCode::CONFLICT, codes::ORDER_CANCELLED),
            Self::OrderOnHold => (StatusCode::CONFLICT, codes::ORDER_ON_HOLD),
            Self::IncompleteInfo => (StatusCode::CONFLICT, codes::INCOMPLETE_INFO),
            Self::Conflict => (StatusCode::CONFLICT, codes::CONFLICT),
            Self::RefundWay(refusal) => (
                StatusCode::CONFLICT,
                match refusal {
                    WayRefusal::NotNow => codes::REFUND_NOT_CHANGEABLE,
                    WayRefusal::NoneOpen => codes::NO_OPEN_WAY,
                    WayRefusal::NotHeld => codes::REFUND_NOT_HELD,
                    WayRefusal::SamePerson => codes::SECOND_PERSON_NEEDED,
                },
            ),
            Self::CaseNotPossible(_) => (StatusCode::CONFLICT, codes::CASE_NOT_POSSIBLE),
            Self::CaseNotNow => (StatusCode::CONFLICT, codes::CASE_NOT_NOW),
            Self::CaseClosed => (StatusCode::CONFLICT, codes::CASE_CLOSED),
            Self::NoComplaints => (StatusCode::CONFLICT, codes::NO_COMPLAINTS),
            Self::ComplaintOpen => (StatusCode::CONFLICT, codes::COMPLAINT_OPEN),
            Self::ComplaintNotNow => (StatusCode::CONFLICT, codes::COMPLAINT_NOT_NOW),
            Self::ComplaintClosed => (StatusCode::CONFLICT, codes::COMPLAINT_CLOSED),
            Self::NotEnoughLeft => (StatusCode::CONFLICT, codes::NOT_ENOUGH_LEFT),
            Self::NotReconciled => (StatusCode::CONFLICT, codes::LEDGER_NOT_READY),
            Self::UploadOffset => (StatusCode::CONFLICT, codes::UPLOAD_OFFSET),
            Self::TooManyUploads => (StatusCode::CONFLICT, codes::TOO_MANY_UPLOADS),
            Self::EvidenceInUse => (StatusCode::CONFLICT, codes::EVIDENCE_IN_USE),
            Self::NoChat => (StatusCode::CONFLICT, codes::NO_CHAT),
            Self::ConversationClosed => (StatusCode::CONFLICT, codes::CONVERSATION_CLOSED),
            Self::ConversationNotOver => (StatusCode::CONFLICT, codes::CONVERSATION_NOT_OVER),
            Self::NotServed => (StatusCode::CONFLICT, codes::CONVERSATION_NOT_SERVED),
            Self::ConversationUnanswered => (StatusCode::CONFLICT, codes::CONVERSATION_UNANSWERED),
            Self::ServedByAnother(_) => (StatusCode::CONFLICT, codes::SERVED_BY_ANOTHER),
            Self::ClaimedByAnother(_) => (StatusCode::CONFLICT, codes::CLAIMED_BY_ANOTHER),
            Self::DraftChanged => (StatusCode::CONFLICT, codes::DRAFT_CHANGED),
            Self::DraftInvalid => (StatusCode::CONFLICT, codes::DRAFT_INVALID),
            Self::VersionTaken => (StatusCode::CONFLICT, codes::VERSION_TAKEN),
            Self::ReplyChanged => (StatusCode::CONFLICT, codes::REPLY_CHANGED),
            Self::ReplyCodeTaken => (StatusCode::CONFLICT, codes::REPLY_CODE_TAKEN),
            Self::Enquiry(refusal) => (
                StatusCode::CONFLICT,
                match refusal {
                    EnquiryRefusal::Over | EnquiryRefusal::Full => codes::ENQUIRY_OVER,
                    EnquiryRefusal::NotIdentified => codes::ASKER_NOT_CONFIRMED,
                    EnquiryRefusal::Identified => codes::ASKER_CONFIRMED,
                    EnquiryRefusal::NotLookedUp => codes::NOT_LOOKED_UP,
                },
            ),
            Self::UpgradeRequired => (StatusCode::UPGRADE_REQUIRED, codes::UPGRADE_REQUIRED),
            Self::TooManyMessages(_) => (StatusCode::TOO_MANY_REQUESTS, codes::TOO_MANY_MESSAGES),
            Self::TooManySockets => (StatusCode::TOO_MANY_REQUESTS, codes::TOO_MANY_SOCKETS),
            Self::BodyTooLarge => (StatusCode::PAYLOAD_TOO_LARGE, codes::BODY_TOO_LARGE),
            Self::UnsupportedMediaType => (
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                codes::UNSUPPORTED_MEDIA_TYPE,
            ),
            Self::RangeNotSatisfiable => (
                StatusCode::RANGE_NOT_SATISFIABLE,
                codes::RANGE_NOT_SATISFIABLE,
            ),
            Self::Invalid(_) => (StatusCode::UNPROCESSABLE_ENTITY, codes::INVALID_FIELDS),
            Self::KeyReused => (
                StatusCode::UNPROCESSABLE_ENTITY,
                codes::IDEMPOTENCY_KEY_REUSED,
            ),
            Self::TooManyAttempts(_) => (StatusCode::TOO_MANY_REQUESTS, codes::TOO_MANY_ATTEMPTS),
            Self::Internal(_) => (StatusCode::INTERNAL_SERVER_ERROR, codes::INTERNAL),
            Self::Unavailable(_) => (StatusCode::SERVICE_UNAVAILABLE, codes::UNAVAILABLE),
        }
    }

    /// The body of the answer.
    pub fn problem(&self, context: &Context) -> Problem {
        let (status, code) = self.kind();
        let (title, detail) = words::problem(code, context.language);
        let mut problem = Problem {
            kind: "about:blank".to_owned(),
            title: title.to_owned(),
            status: status.as_u16(),
            detail: detail.to_owned(),
            code: code.to_owned(),
            request_id: context.request_id.clone(),
            errors: BTreeMap::new(),
            order: None,
            reason: None,
            next_steps: Vec::new(),
        };
        match self {
            Self::Invalid(errors) => problem.errors = errors.clone(),
            Self::NotCancellable(refused) => {
                problem.order = Some(Box::new(refused.order.clone()));
                problem.reason = Some(refused.reason.code().to_owned());
                problem.next_steps = refused.next_steps.clone();
            }
            Self::CaseNotPossible(refused) => {
                problem.order = Some(Box::new(refused.order.clone()));
                problem.reason = Some(refused.reason.code().to_owned());
            }
            Self::ServedByAnother(who) => {
                problem.detail = words::served_by(&who.name, context.language);
            }
            Self::NotPermitted(what) => problem.reason = Some(what.code().to_owned()),
            Self::NoOpenRequest(order)
            | Self::AddressNotEditable(order)
            | Self::NoLimit(order)
            | Self::NothingToConfirm(order) => {
                problem.order = Some(order.clone());
            }
            _ => {}
        }
        problem
    }

    /// The answer in the form that the store keeps for a repetition of the request.
    /// Logs the cause of what is our fault, once.
    pub fn answer(&self, context: &Context) -> Answer {
        match self {
            Self::Internal(cause) | Self::Unavailable(cause) => {
                tracing::error!(request_id = %context.request_id, code = self.kind().1, cause, "request failed");
            }
            _ => {}
        }
        let problem = self.problem(context);
        Answer {
            status: self.kind().0.as_u16(),
            body: match self {
                Self::ClaimedByAnother(claim) => json(&ClaimedProblem {
                    problem,
                    claim: (**claim).clone(),
                }),
                Self::ServedByAnother(who) => json(&ServedProblem {
                    problem,
                    served_by: (**who).clone(),
                }),
                _ => json(&problem),
            },
        }
    }

    /// The answer to send.
    pub fn render(&self, context: &Context) -> Response {
        let answer = self.answer(context);
        let mut response = send(answer);
        match self {
            Self::TooManyAttempts(seconds) | Self::TooManyMessages(seconds) => {
                response
                    .headers_mut()
                    .insert(header::RETRY_AFTER, HeaderValue::from(*seconds));
            }
            Self::Unavailable(_) => {
                response
                    .headers_mut()
                    .insert(header::RETRY_AFTER, HeaderValue::from(1));
            }
            Self::NotLoggedIn | Self::InvalidKey => {
                response
                    .headers_mut()
                    .insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
            }
            _ => {}
        }
        response
    }
}

/// `value` as JSON text. Our wire types always have one.
pub fn json(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

/// An answer of the store as a response: problems from 400 on, JSON below.
pub fn send(answer: Answer) -> Response {
    let status = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let kind = if status.is_client_error() || status.is_server_error() {
        "application/problem+json"
    } else {
        "application/json"
    };
    (status, [(header::CONTENT_TYPE, kind)], answer.body).into_response()
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Conflict => Self::Conflict,
            StoreError::Unavailable(cause) => Self::Unavailable(cause.to_string()),
            StoreError::InvalidCursor => Self::field("cursor", field_codes::INVALID),
            StoreError::Corrupt(cause) => Self::Internal(cause),
        }
    }
}

impl From<Infallible> for Failure {
    fn from(never: Infallible) -> Self {
        match never {}
    }
}

impl From<ConversationRefusal> for Failure {
    fn from(refusal: ConversationRefusal) -> Self {
        match refusal {
            ConversationRefusal::NoChat => Self::NoChat,
            ConversationRefusal::NotOver => Self::ConversationNotOver,
            ConversationRefusal::Closed => Self::ConversationClosed,
            ConversationRefusal::NotServed => Self::NotServed,
            ConversationRefusal::Unanswered => Self::ConversationUnanswered,
            // By the id, until somebody who may see it puts the name.
            ConversationRefusal::ServedByAnother(StaffId(id)) => {
                let name = id.clone();
                Self::ServedByAnother(Box::new(Person { id, name }))
            }
        }
    }
}

impl From<UploadError> for Failure {
    fn from(error: UploadError) -> Self {
        match error {
            UploadError::Offset => Self::UploadOffset,
            UploadError::TooMuch => Self::field("body", field_codes::TOO_LARGE),
            UploadError::Store(error) => error.into(),
            UploadError::Files(cause) => Self::Unavailable(cause.to_string()),
        }
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let mut response = self.kind().0.into_response();
        response.extensions_mut().insert(Arc::new(self));
        response
    }
}
