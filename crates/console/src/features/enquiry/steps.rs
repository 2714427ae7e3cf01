//! Which step is next, and what it takes.

use orders_api::{
    AuditTrail, ChatAuthor, ChatMessage, Enquiry, EnquiryAnswer, EnquiryStep, Identification,
};

/// The longest words of a step, in characters: the API's.
pub const TEXT_CHARS: usize = 500;

/// What is next in an enquiry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// Who asks, and why: none has begun.
    Who,
    /// It is not confirmed who asks: that is said, or confirmed.
    Unknown,
    /// The order is looked up.
    Look,
    /// The answer is given.
    Answer,
}

/// The enquiry that goes on: the newest that has no answer.
pub fn open(items: &[Enquiry]) -> Option<&Enquiry> {
    items.iter().find(|enquiry| !enquiry.over)
}

/// What is next.
pub fn next(enquiry: Option<&Enquiry>) -> Next {
    let Some(enquiry) = enquiry else {
        return Next::Who;
    };
    let mut latest = enquiry.entries.iter().rev();
    let by = latest.find_map(|entry| match entry.step {
        EnquiryStep::Who { confirmed_by, .. } => Some(confirmed_by),
        EnquiryStep::LookedUp { .. } | EnquiryStep::Answered { .. } => None,
    });
    let mut entries = enquiry.entries.iter();
    match by {
        None | Some(Identification::NotConfirmed) => Next::Unknown,
        Some(_) if entries.any(|entry| matches!(entry.step, EnquiryStep::LookedUp { .. })) => {
            Next::Answer
        }
        Some(_) => Next::Look,
    }
}

/// By what it can be confirmed who asks, where the conversation tells that it is by `known`.
pub fn identifications(known: Option<Identification>) -> Vec<Identification> {
    use Identification::{LoggedIn, OneTimeCode};
    let mut all = Identification::ALL.to_vec();
    all.retain(|by| known == Some(*by) || !matches!(by, LoggedIn | OneTimeCode));
    all
}

/// What can be answered.
pub fn answers(next: Next) -> Vec<EnquiryAnswer> {
    let mut all = EnquiryAnswer::ALL.to_vec();
    let unknown = next == Next::Unknown;
    all.retain(|answer| (*answer == EnquiryAnswer::NotIdentified) == unknown);
    all
}

/// The answer that was chosen, where it can be given, or else the first that can.
pub fn fitting(next: Next, chosen: EnquiryAnswer) -> EnquiryAnswer {
    let all = answers(next);
    if all.contains(&chosen) {
        chosen
    } else {
        all.first().copied().unwrap_or(EnquiryAnswer::Explained)
    }
}

/// The last message of the staff.
pub fn last_said(said: &[ChatMessage]) -> Option<i64> {
    let mut said = said.iter().rev();
    let by_staff = said.find(|message| message.by == ChatAuthor::Staff);
    by_staff.map(|message| message.seq)
}

/// The last act of this member of the staff with the order, if it was the last that happened to it, and what it was.
pub fn act_of(trail: &AuditTrail, own: &str) -> Option<(i64, Vec<String>)> {
    let last = trail.items.last()?;
    let by_own = last.by == "staff" && last.staff.as_deref() == Some(own);
    by_own.then(|| (last.seq, last.what.clone()))
}
