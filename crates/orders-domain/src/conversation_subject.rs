//! What a conversation begins with: the facts that support would otherwise have to ask for (S4).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::codes::codes;
use crate::text::printable;
use crate::{Day, EvidenceId, LineId, LineKind, Order, RefundId};

/// The longest message, in characters.
pub const MESSAGE_CHARS: usize = 2000;
/// The most photos and videos with one message.
pub const MESSAGE_EVIDENCE: usize = 9;
/// The longest account, zone or face value.
const FACT_CHARS: usize = 100;

/// What it is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Topic {
    /// Cancelling an order.
    Cancellation,
    /// Where the money is.
    Refund,
    /// Where the parcel is.
    Delivery,
    /// The address or the telephone number.
    Address,
    /// What was received.
    AfterSale,
    /// A top-up or a card: not there, or the wrong account, zone or face value.
    TopUp,
    /// Paying.
    Payment,
    /// Something else.
    Other,
}

codes!(Topic {
    Cancellation => "cancellation",
    Refund => "refund",
    Delivery => "delivery",
    Address => "address",
    AfterSale => "after_sale",
    TopUp => "top_up",
    Payment => "payment",
    Other => "other",
});

/// The structured first message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subject {
    /// What it is about.
    pub topic: Topic,
    /// Since which day it is so.
    pub since: Option<Day>,
    /// Which line of the order.
    pub line: Option<LineId>,
    /// Of digital goods: the account that was or was to be topped up; a card has none.
    pub account: Option<String>,
    /// Of digital goods: the zone or server of the game (S4: 电信一区 and not 网通二区).
    pub zone: Option<String>,
    /// Of digital goods: the face value.
    pub face_value: Option<String>,
    /// Which refund of the order.
    #[serde(default)]
    pub refund: Option<RefundId>,
    /// Which complaint about the order.
    #[serde(default)]
    pub complaint: Option<String>,
}

impl Subject {
    /// A topic, and nothing besides.
    pub const fn of(topic: Topic) -> Self {
        Self {
            topic,
            since: None,
            line: None,
            account: None,
            zone: None,
            face_value: None,
            refund: None,
            complaint: None,
        }
    }

    /// Checks it against the order that it is about and the day that it is in the shop.
    ///
    /// # Errors
    /// Field → code.
    pub fn check(
        &self,
        order: Option<&Order>,
        today: Day,
    ) -> Result<(), BTreeMap<String, &'static str>> {
        let mut mistakes = BTreeMap::new();
        let mut wrong = |field: &str, code: &'static str| {
            mistakes.insert(format!("subject.{field}"), code);
        };
        if self.since.is_some_and(|since| since > today) {
            wrong("since", "out_of_range");
        }
        let line = self.line.as_ref().map(|id| {
            let lines = order.map(|order| order.body.lines.as_slice());
            lines.unwrap_or_default().iter().find(|line| line.id == *id)
        });
        if line == Some(None) {
            wrong("line", "unknown");
        }
        let digital = line
            .flatten()
            .is_some_and(|line| line.kind == LineKind::Digital);
        if self.topic == Topic::TopUp && line.is_none() {
            wrong("line", "required");
        }
        if self.topic == Topic::TopUp && line.is_some_and(|line| line.is_some()) && !digital {
            wrong("line", "not_allowed");
        }
        for (field, fact) in [
            ("account", &self.account),
            ("zone", &self.zone),
            ("face_value", &self.face_value),
        ] {
            let Some(fact) = fact else { continue };
            if !digital {
                wrong(field, "not_allowed");
            } else if fact.trim().is_empty() {
                wrong(field, "required");
            } else if fact.chars().count() > FACT_CHARS {
                wrong(field, "too_long");
            } else if fact.chars().any(char::is_control) {
                wrong(field, "invalid");
            }
        }
        if let Some(id) = &self.refund
            && !order.is_some_and(|order| order.refunds.iter().any(|refund| refund.id == *id))
        {
            wrong("refund", "unknown");
        }
        if let Some(id) = &self.complaint
            && order.and_then(|order| order.complaint(id)).is_none()
        {
            wrong("complaint", "unknown");
        }
        if mistakes.is_empty() {
            Ok(())
        } else {
            Err(mistakes)
        }
    }
}

/// What somebody says, checked: some words or some evidence, and neither too much.
///
/// # Errors
/// The field and the code.
pub fn words_of_message(
    text: &str,
    evidence: &[EvidenceId],
) -> Result<String, (&'static str, &'static str)> {
    if evidence.len() > MESSAGE_EVIDENCE {
        return Err(("evidence", "too_long"));
    }
    if (1..evidence.len()).any(|index| evidence[..index].contains(&evidence[index])) {
        return Err(("evidence", "invalid"));
    }
    if text.chars().count() > MESSAGE_CHARS {
        return Err(("text", "too_long"));
    }
    match printable(text) {
        Some(text) => Ok(text),
        None if evidence.is_empty() => Err(("text", "required")),
        None => Ok(String::new()),
    }
}
