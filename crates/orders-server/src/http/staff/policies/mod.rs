//! Policies in the console: looked at, drafted, tried on the orders there were, published.

pub mod check;
pub mod draft;
pub mod list;
pub mod publish;
pub mod version;

use orders_api as api;
use orders_domain::{Policy, PolicyError, ShopId, changed_rules};
use orders_store::{PolicyDraft, PolicyText};

use super::Staff;
use super::conversations::Names;
use crate::http::error::Failure;
use crate::http::wire::instant;
use crate::state::App;

/// The shop of that id, when they see its orders; with what was published for it, wherever that was.
///
/// # Errors
/// [`Failure::NotFound`], or when the store fails.
async fn shop(app: &App, staff: &Staff, id: String) -> Result<ShopId, Failure> {
    let shop = ShopId(id);
    if staff.sees(&shop) && app.shops.policy(&shop).is_some() {
        app.shops.refresh(&app.store, app.clock.now()).await?;
        Ok(shop)
    } else {
        Err(Failure::NotFound)
    }
}

/// The versions of a shop, the latest first.
async fn versions(app: &App, shop: &ShopId) -> Result<Vec<PolicyText>, Failure> {
    let mut versions = app.store.policies().await?;
    versions.retain(|version| version.shop == *shop);
    versions.reverse();
    Ok(versions)
}

/// A version of `policy`, the one in force.
fn wire(app: &App, names: &Names, version: &PolicyText, policy: &Policy) -> api::PolicyVersion {
    let state = if version.version == policy.version {
        api::PolicyVersionState::InForce
    } else if version.in_force_from > app.clock.now() {
        api::PolicyVersionState::Scheduled
    } else {
        api::PolicyVersionState::Past
    };
    let published = version.published.as_ref();
    api::PolicyVersion {
        version: version.version.clone(),
        state,
        in_force_from: instant(version.in_force_from),
        published_by: published.map(|published| names.person(&published.by)),
        published_at: published.map(|published| instant(published.at)),
        note: published.and_then(|published| published.note.clone()),
    }
}

/// What a draft of the shop says.
///
/// # Errors
/// Its first mistake; being the policy of another shop is one.
fn parsed(shop: &ShopId, text: &str) -> Result<Policy, PolicyError> {
    let policy = Policy::parse("the draft", text)?;
    if policy.shop == *shop {
        Ok(policy)
    } else {
        Err(PolicyError {
            file: "the draft".to_owned(),
            key: "shop".to_owned(),
            reason: format!("must be \"{shop}\""),
        })
    }
}

/// The version in force, as it is written.
async fn held_text(app: &App, shop: &ShopId) -> Result<String, Failure> {
    let policy = app.shops.policy(shop).ok_or(Failure::NotFound)?;
    let mut versions = versions(app, shop).await?.into_iter();
    let held = versions.find(|version| version.version == policy.version);
    Ok(held.map_or_else(String::new, |version| version.text))
}

/// A draft on the wire.
async fn wire_draft(
    app: &App,
    shop: &ShopId,
    draft: PolicyDraft,
) -> Result<api::PolicyDraft, Failure> {
    let rules = changed_rules(&held_text(app, shop).await?, &draft.text);
    Ok(api::PolicyDraft {
        mistake: parsed(shop, &draft.text)
            .err()
            .map(|error| api::PolicyMistake {
                key: error.key,
                reason: error.reason,
            }),
        rules: rules
            .into_iter()
            .map(|rule| api::PolicyRuleChange {
                key: rule.key,
                before: rule.before,
                after: rule.after,
            })
            .collect(),
        revision: draft.revision,
        changed_by: Names::of(app).await?.person(&draft.changed_by),
        changed_at: instant(draft.changed_at),
        text: draft.text,
    })
}
