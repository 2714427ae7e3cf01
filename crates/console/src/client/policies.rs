//! Policies: their versions, the draft of the next, what it would change, its publication.

use gloo_net::http::Method;
use orders_api::{
    PolicyCheck, PolicyDetail, PolicyDraft, PolicyVersion, PolicyVersionText, PublishPolicy,
    STAFF_POLICIES, SavePolicyDraft, StaffPolicies, policy, staff_policy, staff_policy_check,
    staff_policy_draft, staff_publication,
};
use storefront::words::Lang;

use super::{Call, Failure};
use crate::browser::new_key;

/// All policies that one sees, with their versions.
pub async fn policies(lang: Lang) -> Result<StaffPolicies, Failure> {
    Call::get(STAFF_POLICIES).read(lang).await
}

/// A version as it is written.
pub async fn policy_text(
    lang: Lang,
    shop: &str,
    version: &str,
) -> Result<PolicyVersionText, Failure> {
    Call::get(&staff_policy(shop, version)).read(lang).await
}

/// A version as shoppers read it; not found until its day has come.
pub async fn policy_rules(lang: Lang, shop: &str, version: &str) -> Result<PolicyDetail, Failure> {
    Call::get(&policy(shop, version)).read(lang).await
}

/// The draft; `None` where there is none.
pub async fn policy_draft(lang: Lang, shop: &str) -> Result<Option<PolicyDraft>, Failure> {
    match Call::get(&staff_policy_draft(shop)).read(lang).await {
        Ok(draft) => Ok(Some(draft)),
        Err(failure) if failure.status() == 404 => Ok(None),
        Err(failure) => Err(failure),
    }
}

/// Saves the draft. Sent again it is saved once.
pub async fn save_policy_draft(
    lang: Lang,
    shop: &str,
    draft: &SavePolicyDraft,
) -> Result<PolicyDraft, Failure> {
    let (url, key) = (staff_policy_draft(shop), new_key());
    let call = Call::mutate(Method::PUT, &url, &key).json(draft);
    call.read(lang).await
}

/// Throws that revision of the draft away.
pub async fn drop_policy_draft(lang: Lang, shop: &str, revision: i64) -> Result<(), Failure> {
    let url = format!("{}?revision={revision}", staff_policy_draft(shop));
    let key = new_key();
    let call = Call::mutate(Method::DELETE, &url, &key);
    call.text(lang).await.map(drop)
}

/// What the draft would have changed for the orders of the last days.
pub async fn check_policy_draft(lang: Lang, shop: &str, days: u32) -> Result<PolicyCheck, Failure> {
    Call::get(&staff_policy_check(shop, days)).read(lang).await
}

/// Publishes the draft. Sent again it is published once.
pub async fn publish_policy(
    lang: Lang,
    shop: &str,
    publication: &PublishPolicy,
) -> Result<PolicyVersion, Failure> {
    let (url, key) = (staff_publication(shop), new_key());
    let call = Call::mutate(Method::POST, &url, &key).json(publication);
    call.read(lang).await
}
