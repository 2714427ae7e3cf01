//! Which replies are offered, in which language, and what becomes of what is written.

use orders_api::{ChatAuthor, ChatMessage, FilledReply, Language, ReplyFact};

/// The longest code, in characters; what is longer is no question for one.
const ASKED_CHARS: usize = 24;

/// A reply that is offered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What is typed for it.
    pub code: String,
    /// What the staff call it.
    pub title: String,
    /// In which language it is.
    pub language: Language,
    /// What it says; `None` while something is missing.
    pub text: Option<String>,
    /// What there is not for it.
    pub missing: Vec<ReplyFact>,
}

/// What is looked for: what follows a slash with which everything begins, or the mark that Chinese input methods make of it.
pub fn asked(text: &str) -> Option<&str> {
    let rest = text.strip_prefix(['/', '、'])?;
    let one_word = !rest.contains(char::is_whitespace);
    (one_word && rest.chars().count() <= ASKED_CHARS).then_some(rest)
}

/// The replies that fit, in `language` where they have it: those whose code begins so first, and of each kind those first
/// that can be used.
pub fn choices(replies: &[FilledReply], language: Language, asked: &str) -> Vec<Choice> {
    let asked = asked.to_lowercase();
    let rank = |reply: &FilledReply| {
        let (code, title) = (&reply.code, reply.title.to_lowercase());
        if code.starts_with(&asked) {
            Some(0)
        } else if title.contains(&asked) {
            Some(1)
        } else {
            code.contains(&asked).then_some(2)
        }
    };
    let chosen = |reply: &FilledReply| {
        let mut texts = reply.texts.iter();
        let text = texts.find(|text| text.language == language);
        let text = text.or(reply.texts.first())?;
        Some(Choice {
            code: reply.code.clone(),
            title: reply.title.clone(),
            language: text.language,
            text: text.text.clone(),
            missing: text.missing.clone(),
        })
    };
    let mut fitting: Vec<_> = replies
        .iter()
        .filter_map(|reply| Some((rank(reply)?, chosen(reply)?)))
        .collect();
    fitting.sort_by_key(|(rank, choice)| (*rank, choice.text.is_none()));
    fitting.into_iter().map(|(_, choice)| choice).collect()
}

/// What is written, with a reply: in the place of what was looked for, or behind what is there.
pub fn with_reply(written: &str, reply: &str) -> String {
    let before = written.trim_end();
    if before.is_empty() || asked(written).is_some() {
        reply.to_owned()
    } else {
        format!("{before}\n{reply}")
    }
}

/// In which language the shopper wrote last.
pub fn spoken(said: &[ChatMessage]) -> Language {
    let by_shopper = said.iter().rev();
    let by_shopper = by_shopper.filter(|message| message.by == ChatAuthor::Shopper);
    let language = |message: &ChatMessage| {
        let han = |letter: char| ('\u{4e00}'..='\u{9fff}').contains(&letter);
        if message.text.contains(han) {
            Some(Language::ZhCn)
        } else {
            let latin = message
                .text
                .chars()
                .any(|letter| letter.is_ascii_alphabetic());
            latin.then_some(Language::En)
        }
    };
    by_shopper.filter_map(language).next().unwrap_or_default()
}
