//! Guests: one order by its number and a one-time code.

use serde::{Deserialize, Serialize};

use crate::Instant;

/// How long a guest's code can be used, in minutes.
pub const GUEST_CODE_MINUTES: i64 = 10;
/// The time over which attempts are counted, of guests and of log-ins, in minutes: the longest that one has to wait.
pub const ATTEMPT_MINUTES: i64 = 15;

/// `GET /guest`: to what codes are sent here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GuestWays {
    /// To an e-mail address.
    pub email: bool,
    /// To a telephone, as a text message.
    pub phone: bool,
}

/// `POST /guest/codes`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AskGuestCode {
    /// The order's number.
    pub number: String,
    /// The telephone on the order's address, or a telephone or an e-mail address that its shopper logs in with.
    pub contact: String,
}

/// What is answered, whether number and contact fit or not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GuestCodeAsked {
    /// To be sent back with the code.
    pub guest_request: String,
    /// Until when the code can be used, if one was sent.
    pub expires_at: Instant,
}

/// `POST /guest/session`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OpenGuestSession {
    /// The `guest_request` of the answer.
    pub request: String,
    /// The six digits that were sent.
    pub code: String,
}
