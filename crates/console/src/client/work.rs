//! The queue: what waits, and who has it in hand.

use gloo_net::http::Method;
use orders_api::{
    Claim, ClaimWork, ClaimedProblem, STAFF_WORK, WorkItem, WorkList, segment, staff_claim,
};
use storefront::words::Lang;

use super::{Call, Failure, failure_of};
use crate::browser::new_key;
use crate::paths::WorkQuery;

/// Why somebody does not have something in hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotTaken {
    /// Somebody else has.
    Another(Claim),
    /// Something else.
    Failed(Failure),
}

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
pub async fn claim_work(lang: Lang, id: &str, take_over: bool) -> Result<WorkItem, NotTaken> {
    let (url, key) = (staff_claim(id), new_key());
    let call = Call::mutate(Method::PUT, &url, &key).json(&ClaimWork { take_over });
    let (response, text) = call.ask(lang).await.map_err(NotTaken::Failed)?;
    if (200..300).contains(&response.status()) {
        return serde_json::from_str(&text).map_err(|_| NotTaken::Failed(Failure::Unreadable));
    }
    Err(match serde_json::from_str::<ClaimedProblem>(&text) {
        Ok(claimed) => NotTaken::Another(claimed.claim),
        Err(_) => NotTaken::Failed(failure_of(response.status(), &text)),
    })
}

/// Lets go of it.
pub async fn release_work(lang: Lang, id: &str) -> Result<(), Failure> {
    let (url, key) = (staff_claim(id), new_key());
    Call::mutate(Method::DELETE, &url, &key)
        .text(lang)
        .await
        .map(drop)
}
