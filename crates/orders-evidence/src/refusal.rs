//! Why a file is not kept.

use std::fmt;
use std::io;

/// What is wrong with a file; asking again with the same file does not help.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Its content is none of the kinds that are taken, whatever it is called.
    UnknownType,
    /// It has more bytes than [`Limits`](crate::Limits) allow.
    TooLarge,
    /// Its header promises more pixels than may be decoded: more than the limit, or more than there is memory for.
    TooManyPixels,
    /// The video plays longer than the limit.
    TooLong,
    /// It contradicts itself, or ends early; in words.
    Broken(&'static str),
    /// It may be in order, but uses something that is not understood here; in words.
    NotSupported(&'static str),
}

/// Why [`clean`](crate::clean) did not finish. What it has written by then must be thrown away.
#[derive(Debug)]
pub enum CleanError {
    /// The file is not kept.
    Refused(Refusal),
    /// Reading or writing failed, which says nothing about the file.
    Io(io::Error),
}

impl Refusal {
    /// The stable code, for the wire and for words in the shopper's language.
    pub const fn code(self) -> &'static str {
        match self {
            Self::UnknownType => "unknown_type",
            Self::TooLarge => "too_large",
            Self::TooManyPixels => "too_many_pixels",
            Self::TooLong => "too_long",
            Self::Broken(_) => "broken",
            Self::NotSupported(_) => "not_supported",
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Broken(words) | Self::NotSupported(words) => {
                write!(f, "{}: {words}", self.code())
            }
            _ => f.write_str(self.code()),
        }
    }
}

impl std::error::Error for Refusal {}

impl CleanError {
    /// An error of reading within the file: its end, where there should be more of it, is the file's fault.
    pub(crate) fn of_input(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::UnexpectedEof => Refusal::Broken("it ends early").into(),
            _ => Self::Io(error),
        }
    }
}

impl fmt::Display for CleanError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(refusal) => write!(f, "refused, {refusal}"),
            Self::Io(error) => write!(f, "not read or not written: {error}"),
        }
    }
}

impl std::error::Error for CleanError {}

impl From<Refusal> for CleanError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}
