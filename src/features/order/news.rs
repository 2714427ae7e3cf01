//! What has changed on the open page without the shopper's doing, and needs an explanation.

use orders_api::{
    Action, CancellationKind, CancelledBy, NotPossibleReason, OrderDetail, OrderState,
};

use crate::features::cancel::offers_cancel;
use crate::ui::Tone;
use crate::words::{Lang, codes};

use super::words::Words;

/// Something to explain above the order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum News {
    /// Cancelling was offered and no longer is, because the warehouse was faster.
    Packing,
    /// Cancelling was offered and no longer is.
    NotPossible(Option<NotPossibleReason>),
    /// The seller cancelled it.
    SellerCancelled,
    /// It closed because nobody paid.
    Closed,
    /// Staff granted the request.
    Granted,
    /// Staff declined the request.
    Declined,
    /// The shopper corrected the address.
    AddressSaved,
    /// The shopper withdrew the request.
    Withdrawn,
}

impl News {
    /// What there is to explain when `before` became `now`.
    pub fn between(before: &OrderDetail, now: &OrderDetail) -> Option<Self> {
        let was_requested = before.actions.contains(&Action::WithdrawRequest);
        match now.cancellation.kind {
            CancellationKind::Cancelled if before.state != OrderState::Cancelled => {
                match now.cancellation.by {
                    Some(CancelledBy::Seller) => Some(Self::SellerCancelled),
                    Some(CancelledBy::Staff) => Some(Self::Granted),
                    Some(CancelledBy::Timeout) => Some(Self::Closed),
                    // The shopper knows, or sees it in the state (another device).
                    Some(CancelledBy::Shopper) | None => None,
                }
            }
            CancellationKind::NotPossible => {
                let reason = now
                    .cancellation
                    .reason
                    .as_deref()
                    .and_then(NotPossibleReason::from_code);
                if was_requested && reason == Some(NotPossibleReason::RequestDeclined) {
                    Some(Self::Declined)
                } else if offers_cancel(before) && !offers_cancel(now) {
                    Some(match now.state {
                        OrderState::Packing => Self::Packing,
                        _ => Self::NotPossible(reason),
                    })
                } else {
                    None
                }
            }
            CancellationKind::SelfService
            | CancellationKind::ByRequest
            | CancellationKind::Requested
            | CancellationKind::Cancelled => None,
        }
    }

    /// Its colour, title and text.
    pub fn words(&self, lang: Lang) -> (Tone, &'static str, &'static str) {
        let words = Words::of(lang);
        match self {
            Self::Packing => (Tone::Warn, words.news_packing, words.news_packing_text),
            Self::NotPossible(reason) => (
                Tone::Warn,
                words.news_not_possible,
                reason.map_or("", |reason| codes::not_possible(lang, reason)),
            ),
            Self::SellerCancelled => (Tone::Warn, words.news_seller, words.news_seller_text),
            Self::Closed => (Tone::Warn, words.news_timeout, words.news_timeout_text),
            Self::Granted => (Tone::Accent, words.news_granted, words.news_granted_text),
            Self::Declined => (Tone::Warn, words.news_declined, words.news_declined_text),
            Self::Withdrawn => (Tone::Accent, words.withdrawn, ""),
            Self::AddressSaved => (Tone::Accent, words.news_address, words.news_address_text),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    #[test]
    fn what_happens_to_an_open_page_is_explained() {
        for (before, now, news) in [
            (sample::unpacked(), sample::packing(), Some(News::Packing)),
            (sample::unpacked(), sample::unpacked(), None),
            (sample::packing(), sample::packing(), None),
            (
                sample::unpacked(),
                sample::shipped(),
                Some(News::NotPossible(Some(NotPossibleReason::Shipped))),
            ),
            (
                sample::unpacked(),
                sample::cancelled_by(CancelledBy::Shopper),
                None,
            ),
            (
                sample::packing(),
                sample::cancelled_by(CancelledBy::Seller),
                Some(News::SellerCancelled),
            ),
            (
                sample::unpaid(),
                sample::cancelled_by(CancelledBy::Timeout),
                Some(News::Closed),
            ),
            (
                sample::requested(),
                sample::cancelled_by(CancelledBy::Staff),
                Some(News::Granted),
            ),
            (
                sample::requested(),
                sample::declined(),
                Some(News::Declined),
            ),
            (sample::requested(), sample::by_request(), None),
        ] {
            assert_eq!(
                News::between(&before, &now),
                news,
                "{:?} → {:?}",
                before.state,
                now.state
            );
        }
    }
}
