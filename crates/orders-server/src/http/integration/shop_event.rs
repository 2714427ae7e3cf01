//! The body of a shop's event, and its way into the domain.

use chrono::{DateTime, Utc};
use orders_api::{AddressField, PendingCause, RefundState, SellerReason};
use orders_domain::{self as domain, Currency, DatedEvent, LineId, RefundId, ShopEvent};
use serde::Deserialize;
use serde_json::Value;
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
pub enum What {
    /// Paid in full.
    Paid(Paid),
    /// Not accepted yet.
    Held(Held),
    /// Accepted.
    Confirmed,
    /// The warehouse started.
    PackingStarted,
    /// The courier has it.
    Shipped(Shipped),
    /// Signed for.
    Delivered,
    /// Digital goods were given out.
    Issued(Issued),
    /// The after-sale window is over.
    Completed,
    /// The seller cancels.
    SellerCancelled(SellerCancelled),
    /// Staff grant the shopper's request.
    CancellationApproved,
    /// Staff decline it.
    CancellationDeclined(CancellationDeclined),
    /// A refund moved at the payment provider.
    RefundProgressed(RefundProgressed),
}

/// `paid`.
#[derive(Clone, Debug, Deserialize, ToSchema)]
pub struct Paid {
    /// Together the total.
    pub payments: Vec<PaymentIn>,
}

/// `held`.
#[derive(Clone, Debug, Deserialize, ToSchema)]
pub struct Held {
    /// Why.
    pub cause: PendingCause,
    /// For `incomplete_info`: what is missing.
    #[serde(default)]
    pub missing: Vec<AddressField>,
}

/// `shipped`.
#[derive(Clone, Debug, Deserialize, ToSchema)]
pub struct Shipped {
    /// Courier and number.
    pub parcel: orders_api::Parcel,
}

/// `issued`.
#[derive(Clone, Debug, Deserialize, ToSchema)]
pub struct Issued {
    /// The ids of the lines; all digital lines when empty.
    #[serde(default)]
    pub lines: Vec<String>,
}

/// `seller_cancelled`.
#[derive(Clone, Debug, Deserialize, ToSchema)]
pub struct SellerCancelled {
    /// Why.
    pub reason: SellerReason,
    /// In words, for the shopper.
    #[serde(default)]
    pub note: Option<String>,
}

/// `cancellation_declined`.
#[derive(Clone, Debug, Deserialize, ToSchema)]
pub struct CancellationDeclined {
    /// Why, for the shopper.
    pub note: String,
}

/// `refund_progressed`.
#[derive(Clone, Debug, Deserialize, ToSchema)]
pub struct RefundProgressed {
    /// The refund's id.
    pub refund: String,
    /// Where it stands now.
    pub state: RefundState,
}

/// The longest words that come with an event, and the longest id in one.
const WORDS_CHARS: usize = 500;
const ID_CHARS: usize = 64;
const COURIER_CHARS: usize = 200;

impl PostEvent {
    /// Reads an event in two steps, so that a mistake names its field. Fields that a kind has no use for
    /// are ignored: shops send whole records.
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
        let frame: Frame = read(value.clone())?;
        Text::id("event_id", &frame.event_id, ID_CHARS)?;
        let what = match frame.kind.as_str() {
            "paid" => What::Paid(read(value)?),
            "held" => What::Held(read(value)?),
            "confirmed" => What::Confirmed,
            "packing_started" => What::PackingStarted,
            "shipped" => What::Shipped(read(value)?),
            "delivered" => What::Delivered,
            "issued" => What::Issued(read(value)?),
            "completed" => What::Completed,
            "seller_cancelled" => What::SellerCancelled(read(value)?),
            "cancellation_approved" => What::CancellationApproved,
            "cancellation_declined" => What::CancellationDeclined(read(value)?),
            "refund_progressed" => What::RefundProgressed(read(value)?),
            _ => return Err(Failure::unknown("type")),
        };
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
            What::Paid(paid) => ShopEvent::Paid {
                payments: bodies::payments(&paid.payments, currency)?,
            },
            What::Held(held) => ShopEvent::Held {
                cause: held.cause,
                missing: held.missing,
            },
            What::Confirmed => ShopEvent::Confirmed,
            What::PackingStarted => ShopEvent::PackingStarted,
            What::Shipped(Shipped { parcel }) => {
                Text::line("parcel.courier", &parcel.courier, COURIER_CHARS)?;
                Text::line("parcel.tracking_number", &parcel.tracking_number, ID_CHARS)?;
                ShopEvent::Shipped {
                    parcel: domain::Parcel {
                        courier: parcel.courier,
                        tracking_number: parcel.tracking_number,
                    },
                }
            }
            What::Delivered => ShopEvent::Delivered,
            What::Issued(Issued { lines }) => ShopEvent::Issued {
                lines: lines.into_iter().map(LineId).collect(),
            },
            What::Completed => ShopEvent::Completed,
            What::SellerCancelled(SellerCancelled { reason, note }) => {
                if let Some(note) = &note {
                    Text::at_most("note", note, WORDS_CHARS)?;
                }
                ShopEvent::SellerCancelled {
                    reason: reason.code().to_owned(),
                    note,
                }
            }
            What::CancellationApproved => ShopEvent::CancellationApproved,
            What::CancellationDeclined(CancellationDeclined { note }) => {
                Text::required("note", &note, WORDS_CHARS)?;
                ShopEvent::CancellationDeclined { note }
            }
            What::RefundProgressed(RefundProgressed { refund, state }) => {
                ShopEvent::RefundProgressed {
                    refund: RefundId(refund),
                    state,
                }
            }
        };
        Ok(DatedEvent {
            occurred_at: bodies::instant(self.occurred_at, "occurred_at")?,
            event,
        })
    }
}
