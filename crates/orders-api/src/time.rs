//! Instants and days as they are on the wire: text, so that the storefront needs no date library to read them.

use serde::{Deserialize, Serialize};

/// An instant: RFC 3339 in UTC, `2026-11-22T08:30:00.000Z`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(format = DateTime, value_type = String))]
pub struct Instant(pub String);

/// A day in the shop's time zone: `2026-11-22`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(format = Date, value_type = String))]
pub struct Day(pub String);
