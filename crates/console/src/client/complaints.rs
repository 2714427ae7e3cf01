//! Complaints: read, taken up, answered, and what is proposed in them.

use gloo_net::http::Method;
use orders_api::{
    ComplaintForShop, SecondPersonSays, StaffProposes, StaffSays, staff_complaint,
    staff_complaint_approvals, staff_complaint_investigation, staff_complaint_messages,
    staff_complaint_proposals,
};
use storefront::words::Lang;

use super::{Call, Failure, NotDone};

/// One complaint, whole.
pub async fn complaint(lang: Lang, id: &str) -> Result<ComplaintForShop, Failure> {
    Call::get(&staff_complaint(id)).read(lang).await
}

/// Takes it up.
pub async fn take_up_complaint(
    lang: Lang,
    id: &str,
    key: &str,
) -> Result<ComplaintForShop, NotDone> {
    let url = staff_complaint_investigation(id);
    Call::mutate(Method::POST, &url, key).done(lang).await
}

/// Says something in it.
pub async fn say_in_complaint(
    lang: Lang,
    id: &str,
    words: &StaffSays,
    key: &str,
) -> Result<ComplaintForShop, NotDone> {
    let url = staff_complaint_messages(id);
    let call = Call::mutate(Method::POST, &url, key).json(words);
    call.done(lang).await
}

/// Proposes something in it.
pub async fn propose(
    lang: Lang,
    id: &str,
    proposal: &StaffProposes,
    key: &str,
) -> Result<ComplaintForShop, NotDone> {
    let url = staff_complaint_proposals(id);
    let call = Call::mutate(Method::POST, &url, key).json(proposal);
    call.done(lang).await
}

/// Says, as the second person, whether a proposal is made.
pub async fn approve_proposal(
    lang: Lang,
    id: &str,
    decision: &SecondPersonSays,
    key: &str,
) -> Result<ComplaintForShop, NotDone> {
    let url = staff_complaint_approvals(id);
    let call = Call::mutate(Method::POST, &url, key).json(decision);
    call.done(lang).await
}
