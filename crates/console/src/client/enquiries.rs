//! The procedure of support, as it is recorded.

use gloo_net::http::Method;
use orders_api::{Enquiries, Enquiry, RecordAnswer, RecordLookUp, RecordWho, staff_enquiry_step};
use storefront::words::Lang;

use super::{Call, Failure};

/// What was asked. `url` says about what.
pub async fn enquiries(lang: Lang, url: &str) -> Result<Enquiries, Failure> {
    Call::get(url).read(lang).await
}

/// Begins one. `url` says about what.
pub async fn begin_enquiry(
    lang: Lang,
    url: &str,
    who: &RecordWho,
    key: &str,
) -> Result<Enquiry, Failure> {
    Call::mutate(Method::POST, url, key)
        .json(who)
        .read(lang)
        .await
}

/// Records once more who asks.
pub async fn record_who(
    lang: Lang,
    id: &str,
    who: &RecordWho,
    key: &str,
) -> Result<Enquiry, Failure> {
    Call::mutate(Method::POST, &staff_enquiry_step(id, "who"), key)
        .json(who)
        .read(lang)
        .await
}

/// Records that the order was looked up.
pub async fn record_look_up(
    lang: Lang,
    id: &str,
    look_up: &RecordLookUp,
    key: &str,
) -> Result<Enquiry, Failure> {
    Call::mutate(Method::POST, &staff_enquiry_step(id, "look-up"), key)
        .json(look_up)
        .read(lang)
        .await
}

/// Records the answer.
pub async fn record_answer(
    lang: Lang,
    id: &str,
    answer: &RecordAnswer,
    key: &str,
) -> Result<Enquiry, Failure> {
    Call::mutate(Method::POST, &staff_enquiry_step(id, "answer"), key)
        .json(answer)
        .read(lang)
        .await
}
