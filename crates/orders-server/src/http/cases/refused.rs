//! What the rules of cases refuse, as answers.

use orders_api::field_codes;
use orders_domain::{CaseError, CaseWish, LineId, MoveRefusal, Order};

use crate::http::error::{CaseRefused, Failure};
use crate::http::wire::View;

/// A wish that was refused, with the field or the line at fault.
pub fn case_refused(error: CaseError, order: &Order, wish: &CaseWish, view: View<'_>) -> Failure {
    let index = |id: &LineId| {
        let at = wish.lines.iter().position(|some| some.line == *id);
        at.unwrap_or_default()
    };
    let at = |id: &LineId, field: &str, code: &str| {
        Failure::field(format!("lines[{}].{field}", index(id)), code)
    };
    match error {
        CaseError::Not(_, reason) => Failure::CaseNotPossible(Box::new(CaseRefused {
            order: view.detail(order),
            reason,
        })),
        CaseError::Lines if wish.lines.is_empty() => Failure::field("lines", field_codes::REQUIRED),
        CaseError::Lines => Failure::field("lines", field_codes::INVALID),
        CaseError::UnknownLine(id) => at(&id, "line", field_codes::UNKNOWN),
        CaseError::Quantity(id) => at(&id, "quantity", field_codes::OUT_OF_RANGE),
        CaseError::Component(id, component) => {
            let named = &wish.lines[index(&id)].components;
            let place = named.iter().position(|other| *other == component);
            let field = format!("components[{}]", place.unwrap_or_default());
            at(&id, &field, field_codes::NOT_ALLOWED)
        }
        CaseError::UnknownReason => Failure::unknown("reason"),
        CaseError::Condition if wish.condition.is_none() => {
            Failure::field("condition", field_codes::REQUIRED)
        }
        CaseError::Condition => Failure::field("condition", field_codes::NOT_ALLOWED),
        CaseError::EvidenceNeeded => Failure::field("evidence", field_codes::REQUIRED),
        CaseError::TooMuchEvidence => Failure::field("evidence", field_codes::TOO_LONG),
    }
}

/// A move that was refused. `words` is the field that lacks them, when they are missing.
pub fn move_refused(refusal: MoveRefusal, order: &Order, case: &str, words: &str) -> Failure {
    match refusal {
        MoveRefusal::NoSuchCase => Failure::NotFound,
        MoveRefusal::NotNow => {
            let over = order.case(case).is_some_and(|case| case.state.is_final());
            if over {
                Failure::CaseClosed
            } else {
                Failure::CaseNotNow
            }
        }
        MoveRefusal::WordsNeeded => Failure::field(words, field_codes::REQUIRED),
        MoveRefusal::AddressNeeded => Failure::field("return_to", field_codes::REQUIRED),
        MoveRefusal::NoAddress => Failure::field("return_to", field_codes::NOT_ALLOWED),
        MoveRefusal::SamePerson => Failure::RefundWay(orders_domain::WayRefusal::SamePerson),
        MoveRefusal::TooMuchEvidence => Failure::field("evidence", field_codes::TOO_LONG),
    }
}
