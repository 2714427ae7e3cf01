//! The body of a shop's event, and its way into the domain.

use chrono::{DateTime, Utc};
use orders_api::{AddressField, PendingCause, RefundState};
use orders_domain::{self as domain, Currency, DatedEvent, LineId, RefundId, ShopEvent};
use serde::Deserialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

use super::bodies::{self, PaymentIn};
use crate::http::error::Failure;
use crate::http::json::read;
use crate::http::text::Text;

/// An event from the shop: who tells it apart, when it happened, what.
#[derive(Clone, Debug, Deserialize, ToSchema)]
pub struct PostEvent {
    /// The shop's id of the event; the same event again changes nothing.
    #[schema(min_length = 1, max_length = 64, pattern = "^[!-~]{1,64}$")]
    pub event_id: String,
    /// When it happened at the shop.
    pub occurred_at: DateTime<Utc>,
    /// What happened.
    #[serde(flatten)]
    pub what: What,
}

/// What happened.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum What {
    /// Paid in full; together the payments make the total.
    Paid { payments: Vec<PaymentIn> },
    /// Not accepted yet.
    Held {
        cause: PendingCause,
        #[serde(default)]
        missing: Vec<AddressField>,
    },
    /// Accepted.
    Confirmed {},
    /// The warehouse started.
    PackingStarted {},
    /// The courier has it.
    Shipped { parcel: orders_api::Parcel },
    /// Signed for.
    Delivered {},
    /// Digital goods were given out; all of them when `lines` is empty.
    Issued {
        #[serde(default)]
        lines: Vec<String>,
    },
    /// The after-sale window is over.
    Completed {},
    /// The seller cancels: `out_of_stock`, `price_change` or `cannot_fulfil`.
    SellerCancelled {
        reason: SellerReason,
        #[serde(default)]
        note: Option<String>,
    },
    /// Staff grant the shopper's request.
    CancellationApproved {},
    /// Staff decline it, with a reason for the shopper.
    CancellationDeclined { note: String },
    /// A refund moved at the payment provider.
    RefundProgressed { refund: String, state: RefundState },
}

/// Why a seller cancels (S3).
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum SellerReason {
    OutOfStock,
    PriceChange,
    CannotFulfil,
}

impl SellerReason {
    const fn code(self) -> &'static str {
        match self {
            Self::OutOfStock => "out_of_stock",
            Self::PriceChange => "price_change",
            Self::CannotFulfil => "cannot_fulfil",
        }
    }
}

/// The longest words that come with an event, and the longest id in one.
const WORDS_CHARS: usize = 500;
const ID_CHARS: usize = 64;
const COURIER_CHARS: usize = 200;

impl PostEvent {
    /// Reads an event in two steps, because mistakes in flattened structs do not name their field.
    ///
    /// # Errors
    /// [`Failure::Invalid`].
    pub fn read(value: Value) -> Result<Self, Failure> {
        #[derive(Deserialize)]
        struct Frame {
            event_id: String,
            occurred_at: DateTime<Utc>,
            #[serde(rename = "type")]
            kind: String,
        }
        let Value::Object(mut fields) = value else {
            return Err(Failure::field("body", orders_api::field_codes::INVALID));
        };
        let frame: Frame = read(Value::Object(
            ["event_id", "occurred_at", "type"]
                .into_iter()
                .filter_map(|name| Some((name.to_owned(), fields.remove(name)?)))
                .collect::<Map<_, _>>(),
        ))?;
        Text::id("event_id", &frame.event_id, ID_CHARS)?;
        let what = what(&frame.kind, fields)?;
        Ok(Self {
            event_id: frame.event_id,
            occurred_at: frame.occurred_at,
            what,
        })
    }

    /// The event in the domain's form, for an order in `currency`.
    ///
    /// # Errors
    /// [`Failure::Invalid`].
    pub fn to_domain(&self, currency: Currency) -> Result<DatedEvent, Failure> {
        let event = match self.what.clone() {
            What::Paid { payments } => ShopEvent::Paid {
                payments: bodies::payments(&payments, currency)?,
            },
            What::Held { cause, missing } => ShopEvent::Held { cause, missing },
            What::Confirmed {} => ShopEvent::Confirmed,
            What::PackingStarted {} => ShopEvent::PackingStarted,
            What::Shipped { parcel } => {
                Text::line("parcel.courier", &parcel.courier, COURIER_CHARS)?;
                Text::line("parcel.tracking_number", &parcel.tracking_number, ID_CHARS)?;
                ShopEvent::Shipped {
                    parcel: domain::Parcel {
                        courier: parcel.courier,
                        tracking_number: parcel.tracking_number,
                    },
                }
            }
            What::Delivered {} => ShopEvent::Delivered,
            What::Issued { lines } => ShopEvent::Issued {
                lines: lines.into_iter().map(LineId).collect(),
            },
            What::Completed {} => ShopEvent::Completed,
            What::SellerCancelled { reason, note } => {
                if let Some(note) = &note {
                    Text::at_most("note", note, WORDS_CHARS)?;
                }
                ShopEvent::SellerCancelled {
                    reason: reason.code().to_owned(),
                    note,
                }
            }
            What::CancellationApproved {} => ShopEvent::CancellationApproved,
            What::CancellationDeclined { note } => {
                Text::required("note", &note, WORDS_CHARS)?;
                ShopEvent::CancellationDeclined { note }
            }
            What::RefundProgressed { refund, state } => ShopEvent::RefundProgressed {
                refund: RefundId(refund),
                state,
            },
        };
        Ok(DatedEvent {
            occurred_at: bodies::instant(self.occurred_at, "occurred_at")?,
            event,
        })
    }
}

/// What an event of `kind` says in `fields`. Fields it has no use for are ignored: shops send whole records.
fn what(kind: &str, fields: Map<String, Value>) -> Result<What, Failure> {
    let outer = serde_json::json!({ kind: Value::Object(fields) });
    // The same enum, tagged from outside: mistakes then come with their path.
    #[derive(Deserialize)]
    #[serde(rename_all = "snake_case")]
    enum Tagged {
        Paid(Paid),
        Held(Held),
        Confirmed {},
        PackingStarted {},
        Shipped(Shipped),
        Delivered {},
        Issued(Issued),
        Completed {},
        SellerCancelled(SellerCancelled),
        CancellationApproved {},
        CancellationDeclined(CancellationDeclined),
        RefundProgressed(RefundProgressed),
    }
    #[derive(Deserialize)]
    struct Paid {
        payments: Vec<PaymentIn>,
    }
    #[derive(Deserialize)]
    struct Held {
        cause: PendingCause,
        #[serde(default)]
        missing: Vec<AddressField>,
    }
    #[derive(Deserialize)]
    struct Shipped {
        parcel: orders_api::Parcel,
    }
    #[derive(Deserialize)]
    struct Issued {
        #[serde(default)]
        lines: Vec<String>,
    }
    #[derive(Deserialize)]
    struct SellerCancelled {
        reason: SellerReason,
        #[serde(default)]
        note: Option<String>,
    }
    #[derive(Deserialize)]
    struct CancellationDeclined {
        note: String,
    }
    #[derive(Deserialize)]
    struct RefundProgressed {
        refund: String,
        state: RefundState,
    }
    let _ = outer;
    unimplemented!()
}
