//! A reply while it is written: what it is like, and what is wrong with it.

use orders_api::{
    AddReply, CannedReply, ChangeReply, ReplyFact, ReplyMistake, facts_named, is_reply_code,
};

use super::words::Words;

/// The longest text, in characters: the API's.
pub const TEXT_CHARS: usize = 1_000;
/// The longest name, in characters: the API's.
pub const NAME_CHARS: usize = 60;

/// A reply that is being written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Edit {
    /// Which, and which revision of it; a new one without.
    pub of: Option<(String, i64)>,
    /// The shop; every shop when empty. That of a reply stays.
    pub shop: String,
    /// What is typed for it.
    pub code: String,
    /// What the staff call it.
    pub title: String,
    /// In Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
}

/// Something to fill in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// What is typed for it.
    Code,
    /// What the staff call it.
    Title,
    /// In Chinese.
    Zh,
    /// In English.
    En,
}

impl Field {
    /// The id of where it is filled in.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Code => "reply-code",
            Self::Title => "reply-title",
            Self::Zh => "reply-zh",
            Self::En => "reply-en",
        }
    }
}

/// What is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sent {
    /// A new one.
    Add(AddReply),
    /// A change of one.
    Change(String, ChangeReply),
}

impl Edit {
    /// Of a reply as it is.
    pub fn of(reply: &CannedReply) -> Self {
        Self {
            of: Some((reply.id.clone(), reply.revision)),
            shop: reply.shop.clone().unwrap_or_default(),
            code: reply.code.clone(),
            title: reply.title.clone(),
            zh: reply.zh.clone().unwrap_or_default(),
            en: reply.en.clone().unwrap_or_default(),
        }
    }

    /// What is wrong with it, in the order in which it is filled in.
    pub fn faults(&self, words: &Words) -> Vec<(Field, &'static str)> {
        let mut faults = Vec::new();
        if !is_reply_code(self.code.trim()) {
            faults.push((Field::Code, words.fault_code));
        }
        let title = self.title.trim();
        if title.is_empty() || title.chars().count() > NAME_CHARS {
            faults.push((Field::Title, words.fault_name));
        }
        if self.zh.trim().is_empty() && self.en.trim().is_empty() {
            faults.push((Field::Zh, words.fault_text));
        }
        for (field, text) in [(Field::Zh, &self.zh), (Field::En, &self.en)] {
            let fault = match facts_named(text) {
                Err(ReplyMistake::Brace) => Some(words.fault_brace),
                Err(ReplyMistake::UnknownFact) => Some(words.fault_fact),
                Ok(_) if text.trim().chars().count() > TEXT_CHARS => Some(words.fault_long),
                Ok(_) => None,
            };
            faults.extend(fault.map(|fault| (field, fault)));
        }
        faults
    }

    /// A fact, in braces, at the end of one of the texts.
    pub fn name_fact(&mut self, field: Field, fact: ReplyFact) {
        let text = match field {
            Field::En => &mut self.en,
            Field::Code | Field::Title | Field::Zh => &mut self.zh,
        };
        text.push('{');
        text.push_str(fact.code());
        text.push('}');
    }

    /// As it is sent.
    pub fn sent(&self) -> Sent {
        let some = |text: &str| {
            let text = text.trim();
            (!text.is_empty()).then(|| text.to_owned())
        };
        let (code, title) = (self.code.trim().to_owned(), self.title.trim().to_owned());
        let (zh, en) = (some(&self.zh), some(&self.en));
        match &self.of {
            None => Sent::Add(AddReply {
                shop: some(&self.shop),
                code,
                title,
                zh,
                en,
            }),
            Some((id, revision)) => Sent::Change(
                id.clone(),
                ChangeReply {
                    revision: *revision,
                    code,
                    title,
                    zh,
                    en,
                },
            ),
        }
    }
}
