//! The queue: what waits, and who has it in hand.

use gloo_net::http::Method;
use orders_api::{ClaimWork, STAFF_WORK, WorkItem, WorkList, segment, staff_claim};
use storefront::words::Lang;

use super::{Call, Failure, NotDone};
use crate::browser::new_key;
use crate::paths::WorkQuery;

/// What waits, a page of it.
pub async fn work(
    lang: Lang,
    query: &WorkQuery,
    cursor: Option<&str>,
) -> Result<WorkList, Failure> {
    let mut url = format!("{STAFF_WORK}?limit=50&{}", query.text());
    if let Some(cursor) = cursor {
        url.push_str("&cursor=");
        url.push_str(&segment(cursor));
    }
    Call::get(&url).read(lang).await
}

/// Takes something in hand, from somebody else if need be. Sent again it does the same again.
pub async fn claim_work(lang: Lang, id: &str, take_over: bool) -> Result<WorkItem, NotDone> {
    let (url, key) = (staff_claim(id), new_key());
    let call = Call::mutate(Method::PUT, &url, &key).json(&ClaimWork { take_over });
    call.done(lang).await
}

/// Lets go of it.
pub async fn release_work(lang: Lang, id: &str) -> Result<(), Failure> {
    let (url, key) = (staff_claim(id), new_key());
    Call::mutate(Method::DELETE, &url, &key)
        .text(lang)
        .await
        .map(drop)
}
