//! Logging in and out.

use serde::{Deserialize, Serialize};

/// `POST /session`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LogIn {
    /// E-mail address or telephone number.
    pub login: String,
    /// The password.
    pub password: String,
}

/// `POST /session/handoff`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HandOff {
    /// The host app's one-time code.
    #[cfg_attr(
        feature = "openapi",
        schema(min_length = 1, max_length = 128, pattern = "^[!-~]{1,128}$")
    )]
    pub code: String,
    /// What the page made its binding of.
    #[cfg_attr(
        feature = "openapi",
        schema(min_length = 1, max_length = 128, pattern = "^[!-~]{1,128}$")
    )]
    pub secret: String,
}

/// Who is logged in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Session {
    /// The shopper; of a guest, a name that stands for nobody.
    pub shopper: Shopper,
    /// The only order that there is for a guest (`POST /guest/session`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub guest_order: Option<String>,
}

/// A shopper, to themselves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Shopper {
    /// Opaque.
    pub id: String,
    /// What to call them.
    pub display_name: String,
}
