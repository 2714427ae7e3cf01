//! What was said and has not arrived, and what is being typed, kept in the tab over a reload: whose, in which conversation.

use orders_api::SayInChat;

use crate::browser::Memory;
use crate::json::{Json, Read, Write};

/// A name of a conversation's own.
fn name(id: &str) -> String {
    format!("tepai-unsent-{id}")
}

/// What is kept of one conversation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    /// What was said and has not arrived.
    pub unsent: Vec<SayInChat>,
    /// What is being typed.
    pub typed: String,
}

impl Kept {
    /// What this shopper, or whoever else `shopper` names, left behind.
    pub fn of(shopper: &str, id: &str) -> Self {
        let text = Memory::Tab.get(&name(id));
        text.and_then(|text| Self::read(&text, shopper))
            .unwrap_or_default()
    }

    /// Keeps it; nothing, when there is nothing.
    pub fn keep(&self, shopper: &str, id: &str) {
        if *self == Self::default() {
            Memory::Tab.remove(&name(id));
        } else {
            Memory::Tab.set(&name(id), &self.print(shopper));
        }
    }

    fn print(&self, shopper: &str) -> String {
        Json::object([
            ("shopper", Json::text(shopper)),
            ("unsent", self.unsent.as_slice().json()),
            ("typed", Json::text(&self.typed)),
        ])
        .print()
    }

    fn read(text: &str, shopper: &str) -> Option<Self> {
        let mut json = Json::parse(text)?;
        let owner = String::read(json.take("shopper"))?;
        (owner == shopper).then_some(())?;
        Some(Self {
            unsent: Read::read(json.take("unsent"))?,
            typed: Read::read(json.take("typed"))?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_comes_back_to_its_shopper_only() {
        let kept = Kept {
            unsent: vec![SayInChat {
                client_id: "a".into(),
                text: "在吗".into(),
                evidence: vec!["e1".into()],
            }],
            typed: "还有".into(),
        };
        let text = kept.print("lin");
        assert_eq!(Kept::read(&text, "lin"), Some(kept));
        assert_eq!(Kept::read(&text, "zhao"), None);
        assert_eq!(Kept::read("{", "lin"), None);
    }
}
