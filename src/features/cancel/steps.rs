//! The steps of a cancel, what happens on the way, and what is to be done then.

use orders_api::{CancelOutcome, CancellationPreview, LineQuantity, NotRestored, Refund, Restored};

use crate::ui::FailureWords;

use super::attempt::Attempt;
use super::draft::{Draft, Field};
use super::facts::{Facts, Refusal};

/// How far the preview of the money is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Ask {
    /// Nothing to ask for: no line is chosen.
    #[default]
    Idle,
    /// The server is being asked; an earlier answer no longer holds.
    Asked,
    /// What is shown holds.
    Fresh,
    /// There is no answer.
    Failed(FailureWords),
}

/// Where the dialog stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Step {
    /// It is not open.
    #[default]
    Closed,
    /// The first preview is on its way.
    Loading,
    /// To be filled in and confirmed.
    Form,
    /// Confirmed and sent, no answer yet.
    Sending(Attempt),
    /// No answer came: whether it was carried out is not known. The same attempt may be sent again.
    Lost(Attempt),
    /// The session was over; goes on by itself after logging in.
    LoggedOut(Attempt),
    /// The server had trouble; the same attempt may be sent again.
    Failed(Attempt, FailureWords),
    /// The server said no.
    Refused(Refusal),
    /// Somebody was faster while the dialog was open.
    Overtaken(Refusal),
    /// It could not be cancelled when the dialog was opened.
    NotPossible(Refusal),
    /// Cancelled.
    Done(Settled),
    /// Handed to staff.
    Requested,
}

/// What a cancel came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settled {
    /// Nothing of the order remains.
    pub whole: bool,
    /// The refunds it made.
    pub refunds: Vec<Refund>,
    /// What comes back.
    pub restored: Vec<Restored>,
    /// What does not.
    pub not_restored: Vec<NotRestored>,
}

/// The answer to an attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Cancelled: the order as it is now, and what came back.
    Cancelled(Box<CancelOutcome>),
    /// Handed to staff.
    Requested,
    /// The order cannot be cancelled.
    NotCancellable(Refusal),
    /// Fields are wrong.
    Invalid(Vec<(Field, String)>),
    /// The server said no for another reason.
    Rejected(FailureWords),
    /// The server had trouble; nothing is certain.
    Trouble(FailureWords),
    /// Nobody is logged in.
    LoggedOut,
    /// Nothing came back.
    Lost,
}

impl Answer {
    /// Whether it settles what became of the attempt, so that it need not be kept.
    pub const fn is_definite(&self) -> bool {
        match self {
            Self::Cancelled(_)
            | Self::Requested
            | Self::NotCancellable(_)
            | Self::Invalid(_)
            | Self::Rejected(_) => true,
            Self::Trouble(_) | Self::LoggedOut | Self::Lost => false,
        }
    }
}

/// Why there is no preview.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoPreview {
    /// The order is no longer to be cancelled.
    Gone(Refusal),
    /// Nobody is logged in; asked again after logging in.
    LoggedOut,
    /// Anything else.
    Failed(FailureWords),
}

/// Something that happens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// The dialog opens.
    Opened(Facts),
    /// The dialog closes.
    Closed,
    /// The order changed, or was looked at again.
    OrderChanged(Facts),
    /// A preview arrived; the number is that of its question.
    Previewed(u32, Result<Box<CancellationPreview>, NoPreview>),
    /// The form came filled in.
    Filled(Draft),
    /// The attempt was made by the form itself, without the app, and this is its answer.
    Posted(Attempt, Answer),
    /// Ask for the preview again.
    AskAgain,
    /// All of it, or a part.
    Part(bool),
    /// So many of a line.
    Quantity(String, u32),
    /// This reason.
    Reason(String),
    /// These words.
    Note(String),
    /// Confirmed, or to be tried again.
    Confirm,
    /// An unanswered attempt was found when the page opened.
    Resume(Attempt),
    /// The attempt of this key has an answer.
    Answered(String, Answer),
    /// The connection is back.
    BackOnline,
    /// Somebody logged in.
    LoggedIn,
}

/// Something to be done outside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Ask for a preview of these lines (`None` for all); `soon` waits for further changes.
    Preview {
        /// The number of the question.
        ask: u32,
        /// The lines.
        lines: Option<Vec<LineQuantity>>,
        /// Wait a moment first.
        soon: bool,
    },
    /// Keep the attempt and send it.
    Send(Attempt),
    /// Forget the kept attempt.
    Forget,
    /// Look at the order again: what became of it is not known.
    Look,
    /// Move the focus to what is wrong.
    FocusError,
    /// Move the focus to the result.
    FocusResult,
    /// Scroll to the notice that says how far it is.
    ShowNotice,
}
