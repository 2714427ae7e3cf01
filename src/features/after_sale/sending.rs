//! How far sending is, and what the server's answer to it means.

use orders_api::{CaseDetail, NotReturnable, codes};

use crate::client::Failure;
use crate::shell::failure_words;
use crate::words::Lang;

use super::wish::{Field, Wrong};
use super::words::Words;

/// How far sending is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sending {
    /// It was not sent, or something was changed since.
    Not,
    /// It is on its way.
    UnderWay,
    /// Its answer was lost: it may have arrived. It is sent again under its key.
    Lost,
    /// The same, and the shopper has been away since: it is sent again only when they say so.
    LostBefore,
    /// The session was over; it is sent again when it is not.
    LoggedOut,
    /// The order takes no such case (any more), and why.
    Refused(String),
    /// It was not carried out, for another reason.
    Failed(String),
}

impl Sending {
    /// Whether what is filled in may change: not while nobody knows what became of it.
    pub const fn is_open_to_change(&self) -> bool {
        match self {
            Self::Not | Self::Refused(_) | Self::Failed(_) => true,
            Self::UnderWay | Self::Lost | Self::LostBefore | Self::LoggedOut => false,
        }
    }

    /// Whether it may have arrived, and a tap sends the same again.
    pub const fn is_lost(&self) -> bool {
        matches!(self, Self::Lost | Self::LostBefore)
    }

    /// Whether it is on its way, so that another tap does nothing.
    pub const fn is_busy(&self) -> bool {
        matches!(self, Self::UnderWay | Self::LoggedOut)
    }

    /// Whether a tap sends it.
    pub const fn may_send(&self) -> bool {
        !self.is_busy()
    }
}

/// What the server's answer means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// There is a case.
    Opened(String),
    /// Nobody knows.
    Lost,
    /// Fields are wrong.
    Wrong(Vec<Wrong>),
    /// The order takes no such case (any more).
    Refused(String),
    /// It was not carried out.
    Failed(String),
}

/// What the server's answer means, in the shopper's words.
pub fn answer_of(lang: Lang, answer: Result<CaseDetail, Failure>) -> Answer {
    let failure = match answer {
        Ok(case) => return Answer::Opened(case.id),
        Err(failure) => failure,
    };
    let text = || failure_words(lang, &failure).text;
    match &failure {
        Failure::Unreachable | Failure::Unreadable => Answer::Lost,
        Failure::Refused(_) if !failure.is_settled() => Answer::Lost,
        Failure::Refused(problem) => match (problem.status, problem.code.as_str()) {
            (_, codes::INVALID_FIELDS) => {
                let wrong: Vec<_> = problem
                    .errors
                    .iter()
                    .filter_map(|(name, code)| Some(Wrong::new(Field::of_wire(name)?, code)))
                    .collect();
                if wrong.is_empty() {
                    Answer::Failed(text())
                } else {
                    Answer::Wrong(wrong)
                }
            }
            (409, _) => {
                let reason = problem.reason.as_deref().and_then(NotReturnable::from_code);
                let words = Words::of(lang);
                Answer::Refused(match reason {
                    Some(reason) => words.not_returnable(reason).to_owned(),
                    None => text(),
                })
            }
            _ => Answer::Failed(text()),
        },
    }
}
