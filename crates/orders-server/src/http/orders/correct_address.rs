//! `PUT /orders/{id}/address`.

use axum::response::Response;
use orders_api::{Address, OrderDetail, field_codes};
use orders_domain::AddressNotEditable;

use super::own::OwnOrder;
use super::{answer, respond};
use crate::http::error::Failure;
use crate::http::json::Body;
use crate::http::text::Text;

const RECIPIENT_CHARS: usize = 50;
const PHONE_CHARS: usize = 30;
const REGION_CHARS: usize = 100;
const STREET_CHARS: usize = 200;

/// Correct address and telephone of an order that waits for them (S1).
#[utoipa::path(
    put, path = "/orders/{id}/address", tag = "orders", operation_id = "correct_address",
    params(
        ("id" = String, Path, min_length = 1, max_length = 64),
        ("Idempotency-Key" = Option<String>, Header, min_length = 1, max_length = 64, pattern = "^[!-~]{1,64}$"),
    ),
    request_body = Address,
    security(("cookie" = []), ("bearer" = [])),
    responses(
        (status = 200, description = "The order, which can be confirmed now.", body = OrderDetail),
        (status = 409, description = "`address_not_editable`, with the order.", body = orders_api::Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn correct_address(
    own: OwnOrder,
    Body {
        value: body,
        fingerprint,
    }: Body<Address>,
) -> Result<Response, Failure> {
    let address = checked(&body)?;
    let changed = own.change(&fingerprint, |order, view| {
        let corrected = order.correct_address(address.clone(), view.policy, view.now);
        let change = corrected.map_err(|AddressNotEditable| {
            let order = Box::new(view.detail(order));
            Failure::AddressNotEditable(order)
        })?;
        let answer = answer(200, &view.detail(&change.order));
        Ok((change, answer))
    });
    respond(changed.await?)
}

/// Every mistake at once, so that the page can mark them all.
///
/// # Errors
/// [`Failure::Invalid`].
pub fn checked(body: &Address) -> Result<orders_domain::Address, Failure> {
    let mut errors = std::collections::BTreeMap::new();
    for (field, text, max) in [
        ("recipient", &body.recipient, RECIPIENT_CHARS),
        ("phone", &body.phone, PHONE_CHARS),
        ("region", &body.region, REGION_CHARS),
        ("street", &body.street, STREET_CHARS),
    ] {
        if let Err(Failure::Invalid(mistake)) = Text::line(field, text, max) {
            errors.extend(mistake);
        }
    }
    if !errors.contains_key("phone") && !is_phone(body.phone.trim()) {
        errors.insert("phone".to_owned(), field_codes::INVALID.to_owned());
    }
    if !errors.is_empty() {
        return Err(Failure::Invalid(errors));
    }
    Ok(orders_domain::Address {
        recipient: body.recipient.trim().to_owned(),
        phone: body.phone.trim().to_owned(),
        region: body.region.trim().to_owned(),
        street: body.street.trim().to_owned(),
    })
}

/// A Chinese mobile number or landline, or an international number with `+`.
fn is_phone(text: &str) -> bool {
    if !text
        .chars()
        .all(|c| c.is_ascii_digit() || matches!(c, '+' | '-' | ' ' | '(' | ')'))
    {
        return false;
    }
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let plus = text.starts_with('+');
    if text.matches('+').count() > usize::from(plus) {
        return false;
    }
    let national = match (plus, digits.strip_prefix("86")) {
        (true, Some(national)) => national,
        (true, None) => return (7..=15).contains(&digits.len()) && !digits.starts_with('0'),
        (false, _) => digits.as_str(),
    };
    let mobile = national.len() == 11
        && national.starts_with('1')
        && matches!(national.as_bytes()[1], b'3'..=b'9');
    // Area code of three or four digits and a number of seven or eight; after +86 the zero is left out.
    let landline = if plus {
        (9..=11).contains(&national.len()) && !national.starts_with(['0', '1'])
            || national.len() == 10 && national.starts_with("10")
    } else {
        (10..=12).contains(&national.len())
            && national.starts_with('0')
            && !national.starts_with("00")
    };
    // 400 and 800 numbers of firms.
    let firm = national.len() == 10 && (national.starts_with("400") || national.starts_with("800"));
    mobile || landline || firm
}

#[cfg(test)]
mod tests {
    use super::is_phone;

    #[test]
    fn a_phone_number_must_be_plausible() {
        for (text, plausible) in [
            ("13800000001", true),
            ("138 0000 0001", true),
            ("+86 138-0000-0001", true),
            ("010-62345678", true),
            ("+86 10 6234 5678", true),
            ("0571-87654321", true),
            ("400-123-4567", true),
            ("+44 20 7946 0000", true),
            ("12800000001", false),
            ("1380000000", false),
            ("138000000011", false),
            ("+0 1234567", false),
            ("12345", false),
            ("no number", false),
            ("1380000++0001", false),
            ("", false),
        ] {
            assert_eq!(is_phone(text), plausible, "{text:?}");
        }
    }
}
