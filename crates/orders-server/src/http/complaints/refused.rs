//! What the rules of complaints refuse, as answers.

use orders_api::field_codes;
use orders_domain::{ComplaintError, ComplaintRefusal, Order, ProposalField, WayRefusal};

use crate::http::error::Failure;

/// A complaint that is not taken.
pub fn complaint_refused(error: ComplaintError) -> Failure {
    match error {
        ComplaintError::NoComplaints => Failure::NoComplaints,
        ComplaintError::Open => Failure::ComplaintOpen,
        ComplaintError::UnknownCase => Failure::unknown("case"),
        ComplaintError::UnknownRefund => Failure::unknown("refund"),
        ComplaintError::Both => Failure::field("refund", field_codes::NOT_ALLOWED),
        ComplaintError::Topic => Failure::field("topic", field_codes::NOT_ALLOWED),
        ComplaintError::Wish => Failure::field("wish", field_codes::NOT_ALLOWED),
        ComplaintError::Amount => Failure::field("amount", field_codes::OUT_OF_RANGE),
        ComplaintError::WordsNeeded => Failure::field("text", field_codes::REQUIRED),
        ComplaintError::TooMuchEvidence => Failure::field("evidence", field_codes::TOO_LONG),
    }
}

/// A move that was refused. `words` is the field that lacks them, when they are missing.
pub fn move_refused(
    refusal: ComplaintRefusal,
    order: &Order,
    complaint: &str,
    words: &str,
) -> Failure {
    match refusal {
        ComplaintRefusal::NoSuchComplaint => Failure::NotFound,
        ComplaintRefusal::NotNow => {
            let complaint = order.complaint(complaint);
            if complaint.is_some_and(|one| one.state.is_final()) {
                Failure::ComplaintClosed
            } else {
                Failure::ComplaintNotNow
            }
        }
        ComplaintRefusal::WordsNeeded => Failure::field(words, field_codes::REQUIRED),
        ComplaintRefusal::TooMuchEvidence => Failure::field("evidence", field_codes::TOO_LONG),
        ComplaintRefusal::NotWhole(field) => {
            let field = match field {
                ProposalField::Amount => "amount",
                ProposalField::Points => "points",
                ProposalField::Gift => "gift",
            };
            Failure::field(field, field_codes::INVALID)
        }
        ComplaintRefusal::NotEnoughLeft => Failure::NotEnoughLeft,
        ComplaintRefusal::SamePerson => Failure::RefundWay(WayRefusal::SamePerson),
    }
}
