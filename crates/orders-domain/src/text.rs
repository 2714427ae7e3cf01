//! Languages, and texts that come from data in more than one of them.

use serde::{Deserialize, Serialize};

/// A language the product speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Language {
    /// Simplified Chinese, the default.
    #[default]
    #[serde(rename = "zh-CN")]
    ZhCn,
    /// English.
    #[serde(rename = "en")]
    En,
}

impl Language {
    /// Every language; a text in a policy must have all of them.
    pub const ALL: [Self; 2] = [Self::ZhCn, Self::En];

    /// The BCP 47 tag.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::ZhCn => "zh-CN",
            Self::En => "en",
        }
    }

    /// The language that a BCP 47 tag asks for, by its primary subtag.
    pub fn from_tag(tag: &str) -> Option<Self> {
        let primary = tag.trim().split(['-', '_']).next().unwrap_or_default();
        if primary.eq_ignore_ascii_case("zh") {
            Some(Self::ZhCn)
        } else if primary.eq_ignore_ascii_case("en") {
            Some(Self::En)
        } else {
            None
        }
    }
}

/// A text in Chinese, and in English where the shop has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LocalText {
    /// Simplified Chinese.
    #[serde(rename = "zh-CN")]
    pub zh_cn: String,
    /// English; the Chinese text stands in where it is absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub en: Option<String>,
}

impl LocalText {
    /// A text in both languages.
    pub fn new(zh_cn: &str, en: &str) -> Self {
        Self {
            zh_cn: zh_cn.to_owned(),
            en: Some(en.to_owned()),
        }
    }

    /// A text that is the same in every language (a name, a number).
    pub fn plain(text: &str) -> Self {
        Self {
            zh_cn: text.to_owned(),
            en: None,
        }
    }

    /// The text in `language`, or in Chinese where that is missing.
    pub fn get(&self, language: Language) -> &str {
        match language {
            Language::ZhCn => &self.zh_cn,
            Language::En => self.en.as_deref().unwrap_or(&self.zh_cn),
        }
    }
}

/// `text` without control characters (line breaks stay) and without blanks around it; `None` when nothing is left.
/// PostgreSQL cannot store every control character, and no reader needs one.
pub(crate) fn printable(text: &str) -> Option<String> {
    let text: String = text
        .chars()
        .filter(|letter| *letter == '\n' || !letter.is_control())
        .collect();
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// A log-in name as it is compared: e-mail addresses in lower case, telephone numbers as digits
/// without +86, spaces or dashes.
pub fn normal_login(login: &str) -> String {
    let login = login.trim();
    if login.contains('@') {
        return login.to_lowercase();
    }
    let digits: String = login.chars().filter(char::is_ascii_digit).collect();
    let only_digits = login
        .chars()
        .all(|c| c.is_ascii_digit() || matches!(c, '+' | '-' | ' ' | '(' | ')'));
    if !only_digits || digits.is_empty() {
        return login.to_lowercase();
    }
    if login.starts_with("+86") {
        digits.strip_prefix("86").unwrap_or(&digits).to_owned()
    } else {
        digits
    }
}
