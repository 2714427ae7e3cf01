//! What an order needs next: the one place which turns its state, and what the server says may be
//! done with it, into a tone, a symbol, a sentence and at most one thing to press.

use orders_api::{Action, AddressField, CancellationKind, Instant, OrderState, OrderSummary};

use super::words::Words;
use crate::format;
use crate::paths;
use crate::tones;
use crate::ui::Tone;
use crate::words::{Lang, codes, fill};

/// What an order needs next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outlook {
    /// The sentence's colour.
    pub tone: Tone,
    /// Its symbol.
    pub icon: &'static str,
    /// The sentence.
    pub says: Says,
    /// What to do about it.
    pub step: Option<Step>,
}

/// A sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Says {
    /// There is nothing to say.
    Nothing,
    /// This.
    Text(String),
    /// That it must be paid, with the time that is left until then.
    PayWithin(Instant),
}

/// Where to do it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// What to do.
    pub label: &'static str,
    /// Where.
    pub href: String,
    /// Whether the order waits for it.
    pub urgent: bool,
}

/// What an order needs next.
pub fn outlook(lang: Lang, order: &OrderSummary) -> Outlook {
    let words = Words::of(lang);
    if order.cancellation.kind == CancellationKind::Requested {
        let says = Says::Text(words.requested.to_owned());
        let step = open(order, words.see_request, false);
        return Outlook {
            tone: tones::OPEN_REQUEST,
            icon: "clock",
            says,
            step: Some(step),
        };
    }
    match order.state {
        OrderState::AwaitingPayment => Outlook {
            tone: Tone::Warn,
            icon: "clock",
            says: match &order.pay_by {
                Some(by) => Says::PayWithin(by.clone()),
                None => Says::Text(codes::state_meaning(lang, order.state).to_owned()),
            },
            step: if can(order, Action::Pay) {
                Some(open(order, words.pay, true))
            } else {
                cancel_step(words, order)
            },
        },
        OrderState::PendingConfirmation => pending(lang, words, order),
        OrderState::Unpacked => unpacked(lang, words, order),
        OrderState::Packing => under_way(words, order, "box", words.packing, None),
        OrderState::Shipped => {
            let step = open(order, words.see_parcel, false);
            under_way(words, order, "truck", words.shipped, Some(step))
        }
        OrderState::Delivered => under_way(words, order, "phone", words.delivered, None),
        OrderState::Completed => refunding(words, order).unwrap_or(Outlook {
            tone: Tone::Neutral,
            icon: "check",
            says: Says::Nothing,
            step: cancel_step(words, order),
        }),
        OrderState::Cancelled => {
            refunding(words, order).unwrap_or_else(|| cancelled(lang, words, order))
        }
    }
}

fn can(order: &OrderSummary, action: Action) -> bool {
    order.actions.contains(&action)
}

fn open(order: &OrderSummary, label: &'static str, urgent: bool) -> Step {
    Step {
        label,
        href: paths::order(&order.id),
        urgent,
    }
}

/// The way to cancel, when the server offers one; this page never decides that.
fn cancel_step(words: &Words, order: &OrderSummary) -> Option<Step> {
    order.actions.iter().find_map(|action| {
        let label = match action {
            Action::Cancel => words.cancel,
            Action::RequestCancellation => words.request_cancel,
            Action::Pay
            | Action::CorrectAddress
            | Action::WithdrawRequest
            | Action::AskAfterSale
            | Action::ContactSupport => return None,
        };
        Some(Step {
            label,
            href: paths::cancel(&order.id),
            urgent: false,
        })
    })
}

fn pending(lang: Lang, words: &Words, order: &OrderSummary) -> Outlook {
    let missing = order
        .pending
        .as_ref()
        .map(|pending| pending.missing.as_slice())
        .unwrap_or_default();
    if can(order, Action::CorrectAddress) {
        let says = if missing.is_empty() {
            words.complete_something.to_owned()
        } else {
            fill(
                words.complete_fields,
                &[("fields", &field_names(words, missing))],
            )
        };
        return Outlook {
            tone: Tone::Warn,
            icon: "warning",
            says: Says::Text(says),
            step: Some(open(order, words.complete, true)),
        };
    }
    let says = match &order.pending {
        Some(pending) => codes::pending_cause(lang, pending.cause),
        None => codes::state_meaning(lang, order.state),
    };
    Outlook {
        tone: Tone::Warn,
        icon: "clock",
        says: Says::Text(says.to_owned()),
        step: cancel_step(words, order),
    }
}

fn unpacked(lang: Lang, words: &Words, order: &OrderSummary) -> Outlook {
    let step = cancel_step(words, order);
    if order.refunding.is_some() {
        return under_way(words, order, "box", words.accepted, step);
    }
    let says = match &order.cancellation.until {
        Some(until) if can(order, Action::Cancel) => fill(
            words.cancel_until,
            &[("time", &format::moment(lang, until))],
        ),
        _ if can(order, Action::Cancel) => words.cancel_now.to_owned(),
        _ if can(order, Action::RequestCancellation) => words.cancel_by_request.to_owned(),
        _ => words.accepted.to_owned(),
    };
    Outlook {
        tone: Tone::Neutral,
        icon: "box",
        says: Says::Text(says),
        step,
    }
}

/// Nothing is asked of the shopper; a refund for a part of it is still worth more words than the state.
fn under_way(
    words: &Words,
    order: &OrderSummary,
    icon: &'static str,
    says: &str,
    step: Option<Step>,
) -> Outlook {
    let step = cancel_step(words, order).or(step);
    match refunding(words, order) {
        Some(refund) => Outlook {
            step: step.or(refund.step),
            ..refund
        },
        None => Outlook {
            tone: Tone::Neutral,
            icon,
            says: Says::Text(says.to_owned()),
            step,
        },
    }
}

fn refunding(words: &Words, order: &OrderSummary) -> Option<Outlook> {
    let amount = order.refunding.as_ref()?;
    Some(Outlook {
        tone: Tone::Info,
        icon: "refund",
        says: Says::Text(fill(words.refunding, &[("amount", &format::money(amount))])),
        step: Some(open(order, words.see_refund, false)),
    })
}

fn cancelled(lang: Lang, words: &Words, order: &OrderSummary) -> Outlook {
    let says = order.cancellation.by.map(|by| {
        let by = codes::cancelled_by(lang, by);
        match order.cancellation.reason_label.as_deref() {
            Some(reason) if !reason.is_empty() => {
                fill(words.cancelled_because, &[("by", by), ("reason", reason)])
            }
            _ => by.to_owned(),
        }
    });
    Outlook {
        tone: Tone::Neutral,
        icon: "info",
        says: says.map_or(Says::Nothing, Says::Text),
        step: cancel_step(words, order),
    }
}

fn field_names(words: &Words, fields: &[AddressField]) -> String {
    let mut out = String::new();
    for field in fields {
        if !out.is_empty() {
            out.push_str(words.and);
        }
        out.push_str(match field {
            AddressField::Recipient => words.field_recipient,
            AddressField::Phone => words.field_phone,
            AddressField::Region => words.field_region,
            AddressField::Street => words.field_street,
        });
    }
    out
}
