//! Policies in the console: looked at, drafted, tried on the orders there were, published.

pub mod check;
pub mod draft;
pub mod list;
pub mod publish;
pub mod version;

use orders_api as api;
use orders_domain::{Policy, PolicyError, ShopId, StaffId, changed_rules};
use orders_store::{PolicyDraft, PolicyText};

use super::Staff;
use crate::http::error::Failure;
use crate::http::wire::instant;
use crate::state::App;

/// The shop of that id, when they see its orders.
///
/// # Errors
/// [`Failure::NotFound`].
fn shop(app: &App, staff: &Staff, id: String) -> Result<ShopId, Failure> {
    let shop = ShopId(id);
    let seen = staff.shops().is_empty() || staff.shops().contains(&shop);
    if seen && app.shops.policy(&shop).is_some() {
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
async fn wire(
    app: &App,
    version: &PolicyText,
    policy: &Policy,
) -> Result<api::PolicyVersion, Failure> {
    let state = if version.version == policy.version {
        api::PolicyVersionState::InForce
    } else if version.in_force_from > app.clock.now() {
        api::PolicyVersionState::Scheduled
    } else {
        api::PolicyVersionState::Past
    };
    let published = version.published.as_ref();
    Ok(api::PolicyVersion {
        version: version.version.clone(),
        state,
        in_force_from: instant(version.in_force_from),
        published_by: match published {
            Some(published) => Some(person(app, &published.by).await?),
            None => None,
        },
        published_at: published.map(|published| instant(published.at)),
        note: published.and_then(|published| published.note.clone()),
    })
}

/// Somebody of the staff; whose account is gone keeps their id.
async fn person(app: &App, id: &StaffId) -> Result<api::Person, Failure> {
    let staff = app.store.staff().await?;
    let known = staff.into_iter().find(|account| account.member.id == *id);
    Ok(api::Person {
        id: id.as_str().to_owned(),
        name: known.map_or_else(|| id.as_str().to_owned(), |account| account.member.name),
    })
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

/// A draft on the wire.
async fn wire_draft(
    app: &App,
    shop: &ShopId,
    draft: PolicyDraft,
) -> Result<api::PolicyDraft, Failure> {
    let policy = app.shops.policy(shop).ok_or(Failure::NotFound)?;
    let versions = versions(app, shop).await?;
    let held = versions
        .iter()
        .find(|version| version.version == policy.version);
    let held = held.map_or("", |version| version.text.as_str());
    let rules = changed_rules(held, &draft.text);
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
        changed_by: person(app, &draft.changed_by).await?,
        changed_at: instant(draft.changed_at),
        text: draft.text,
    })
}
