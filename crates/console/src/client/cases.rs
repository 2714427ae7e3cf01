//! After-sale cases: read, decided, answered.

use gloo_net::http::Method;
use orders_api::{
    CaseForShop, SecondPersonSays, StaffDecidesCase, StaffSays, staff_case, staff_case_approvals,
    staff_case_decisions, staff_case_messages,
};
use storefront::words::Lang;

use super::{Call, Failure, NotDone};

/// One case, whole.
pub async fn case(lang: Lang, id: &str) -> Result<CaseForShop, Failure> {
    Call::get(&staff_case(id)).read(lang).await
}

/// Decides it.
pub async fn decide_case(
    lang: Lang,
    id: &str,
    decision: &StaffDecidesCase,
    key: &str,
) -> Result<CaseForShop, NotDone> {
    let url = staff_case_decisions(id);
    let call = Call::mutate(Method::POST, &url, key).json(decision);
    call.done(lang).await
}

/// Says, as the second person, whether what a colleague granted is done.
pub async fn approve_case(
    lang: Lang,
    id: &str,
    says: &SecondPersonSays,
    key: &str,
) -> Result<CaseForShop, NotDone> {
    let url = staff_case_approvals(id);
    let call = Call::mutate(Method::POST, &url, key).json(says);
    call.done(lang).await
}

/// Says something in it.
pub async fn say_in_case(
    lang: Lang,
    id: &str,
    words: &StaffSays,
    key: &str,
) -> Result<CaseForShop, NotDone> {
    let url = staff_case_messages(id);
    let call = Call::mutate(Method::POST, &url, key).json(words);
    call.done(lang).await
}
