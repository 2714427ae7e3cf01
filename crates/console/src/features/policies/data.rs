//! Loads the policies that one sees, and a version of one of them.

use leptos::prelude::*;
use orders_api::{PolicyDetail, PolicyVersionState, PolicyVersionText, StaffPolicies, StaffPolicy};
use storefront::ui::Load;
use storefront::words::Lang;

use crate::browser;
use crate::client::{self, Failure};
use crate::shell::{SessionState, failure_words};

/// All policies.
#[derive(Clone, Copy)]
pub struct PoliciesData {
    lang: Lang,
    session: SessionState,
    /// What there is.
    pub all: RwSignal<Load<StaffPolicies>>,
}

impl PoliciesData {
    /// Nothing yet.
    pub fn new(lang: Lang, session: SessionState) -> Self {
        Self {
            lang,
            session,
            all: RwSignal::new(Load::Loading),
        }
    }

    /// Loads them.
    pub fn look(self) {
        browser::spawn(async move {
            let answer = client::policies(self.lang).await;
            show(self.all, answer, self.session, self.lang);
        });
    }
}

/// A version, whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// The policy with all its versions.
    pub policy: StaffPolicy,
    /// This one, as it is written.
    pub text: PolicyVersionText,
    /// As shoppers read it; `None` until its day has come.
    pub rules: Option<PolicyDetail>,
}

/// One version of a shop's policy.
#[derive(Clone, Copy)]
pub struct VersionData {
    lang: Lang,
    session: SessionState,
    shop: StoredValue<String>,
    version: StoredValue<Option<String>>,
    /// What there is.
    pub shown: RwSignal<Load<Version>>,
}

impl VersionData {
    /// Of that version, or the one in force; nothing is loaded yet.
    pub fn new(lang: Lang, session: SessionState, shop: String, version: Option<String>) -> Self {
        Self {
            lang,
            session,
            shop: StoredValue::new(shop),
            version: StoredValue::new(version),
            shown: RwSignal::new(Load::Loading),
        }
    }

    /// Loads it.
    pub fn look(self) {
        let (Some(shop), Some(version)) = (self.shop.try_get_value(), self.version.try_get_value())
        else {
            return;
        };
        browser::spawn(async move {
            let answer = whole(self.lang, &shop, version.as_deref()).await;
            show(self.shown, answer, self.session, self.lang);
        });
    }
}

async fn whole(lang: Lang, shop: &str, version: Option<&str>) -> Result<Version, Failure> {
    let policy = policy_of(lang, shop).await?;
    let version = match version {
        Some(version) => version.to_owned(),
        None => in_force(&policy).unwrap_or_default(),
    };
    let text = client::policy_text(lang, shop, &version).await?;
    let rules = match client::policy_rules(lang, shop, &version).await {
        Ok(rules) => Some(rules),
        Err(failure) if failure.status() == 404 => None,
        Err(failure) => return Err(failure),
    };
    Ok(Version {
        policy,
        text,
        rules,
    })
}

/// The policy of a shop.
///
/// # Errors
/// As the call's, or when it is a shop that they do not see.
pub async fn policy_of(lang: Lang, shop: &str) -> Result<StaffPolicy, Failure> {
    let mut all = client::policies(lang).await?.items;
    all.retain(|policy| policy.shop.id == shop);
    match all.pop() {
        Some(policy) => Ok(policy),
        // The server's own words for what is not there.
        None => Err(match client::policy_text(lang, shop, "").await {
            Err(failure) => failure,
            Ok(_) => Failure::Unreadable,
        }),
    }
}

/// The version that is in force.
pub fn in_force(policy: &StaffPolicy) -> Option<String> {
    let mut versions = policy.versions.iter();
    let held = versions.find(|version| version.state == PolicyVersionState::InForce);
    held.map(|version| version.version.clone())
}

/// Shows an answer; where something is shown already, a failure leaves it there.
fn show<T: Send + Sync + 'static>(
    shown: RwSignal<Load<T>>,
    answer: Result<T, Failure>,
    session: SessionState,
    lang: Lang,
) {
    match answer {
        Ok(value) => {
            let _gone = shown.try_set(Load::Ready(value));
        }
        Err(failure) => {
            session.notices(&failure);
            let there = shown.try_with_untracked(|shown| shown.ready().is_some());
            if there == Some(false) {
                let _gone = shown.try_set(Load::Failed(failure_words(lang, &failure)));
            }
        }
    }
}
