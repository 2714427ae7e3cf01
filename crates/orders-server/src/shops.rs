//! The shops' policies in all their versions, the calendar and the articles of the help centre. Files are read once at
//! start, or the server does not start; versions that are published in the console come in while it runs.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt;
use std::path::Path;
use std::sync::{PoisonError, RwLock};

use elsa::sync::FrozenMap;
use orders_domain::{
    Calendar, Channel, Help, Instant, LinkedArticle, Order, Policy, PolicyError, ProviderId, ShopId,
};
use orders_payments::Payments;
use orders_store::{PolicyText, Store, StoreError};
use tokio::sync::{Mutex, watch};

use crate::config::limits::POLICY_LOOK;
use crate::state::App;

/// A shop and a version of its policy.
type Version = (ShopId, String);

/// The policies of all shops, and the working days they count in.
pub struct Shops {
    /// Every version that is known. Orders go by the one they were placed under, so that none is ever forgotten.
    versions: FrozenMap<Version, Box<Policy>>,
    /// The version in force of each shop.
    in_force: RwLock<BTreeMap<ShopId, String>>,
    /// What the policy files say.
    files: Vec<PolicyText>,
    /// Versions that cannot be read, as far as that was said. Held by whoever looks what was published.
    unreadable: Mutex<HashSet<Version>>,
    /// By which provider Tepai makes refunds, for every version.
    routes: HashMap<(ShopId, Channel), ProviderId>,
    /// Chinese working days.
    pub calendar: Calendar,
    /// The articles of the help centre.
    pub help: Help,
}

impl fmt::Debug for Shops {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Shops").finish_non_exhaustive()
    }
}

impl Shops {
    /// The policies that come with the program.
    ///
    /// # Errors
    /// When one of them is not valid.
    pub fn built_in() -> Result<Self, PolicyError> {
        let calendar = Calendar::parse(&Calendar::built_in())?;
        let help = Help::parse(&Help::built_in())?;
        Self::of(&Policy::built_in(), calendar, help)
    }

    /// The policies in `folder` (`*.toml`), the calendar in its `calendar/*.toml` and the articles of the help centre in its
    /// `help/*.toml`; the built-in ones where there are none.
    ///
    /// # Errors
    /// When a file cannot be read or is not valid, no policy is there, or the articles lack one that pages lead to.
    pub fn from_folder(folder: &Path) -> Result<Self, PolicyError> {
        let policies = toml_files(folder)?;
        if policies.is_empty() {
            return Err(unreadable(folder, "no policy (*.toml) in this folder"));
        }
        let inner = |name: &str| match folder.join(name) {
            inner if inner.is_dir() => toml_files(&inner),
            _ => Ok(Vec::new()),
        };
        let (calendar, help) = (inner("calendar")?, inner("help")?);
        let mut calendar = borrowed(&calendar);
        if calendar.is_empty() {
            calendar.extend(Calendar::built_in());
        }
        let calendar = Calendar::parse(&calendar)?;
        // Some of the built-in articles are for shops that may not be here.
        let mut shops = Self::of(
            &borrowed(&policies),
            calendar,
            Help::parse(&Help::built_in())?,
        )?;
        if !help.is_empty() {
            let help = Help::parse_for(&borrowed(&help), |shop| shops.policy(shop).is_some())?;
            is_whole(&help, &folder.join("help"))?;
            shops.help = help;
        }
        Ok(shops)
    }

    fn of(files: &[(&str, &str)], calendar: Calendar, help: Help) -> Result<Self, PolicyError> {
        let shops = Self {
            versions: FrozenMap::new(),
            in_force: RwLock::default(),
            files: files
                .iter()
                .zip(parse(files)?)
                .map(|((_, text), policy)| PolicyText {
                    in_force_from: policy.start_of(policy.since),
                    shop: policy.shop,
                    version: policy.version,
                    text: (*text).to_owned(),
                    published: None,
                })
                .collect(),
            unreadable: Mutex::default(),
            routes: HashMap::new(),
            calendar,
            help,
        };
        for policy in parse(files)? {
            shops.put(policy.shop.clone(), policy.version.clone());
            shops.keep(policy);
        }
        Ok(shops)
    }

    /// Lets Tepai make refunds where `payments` names a provider.
    ///
    /// # Errors
    /// When it names a shop that has no policy.
    pub fn route(&mut self, payments: &Payments) -> Result<(), PolicyError> {
        for ((shop, channel), provider) in &payments.routes {
            if self.policy(shop).is_none() {
                return Err(PolicyError {
                    file: "the payments file".to_owned(),
                    key: format!("shops.{shop}"),
                    reason: "there is no such shop".to_owned(),
                });
            }
            let place = (shop.clone(), *channel);
            self.routes.insert(place, provider.clone());
            for (version, policy) in self.versions.as_mut() {
                if version.0 == *shop {
                    policy.providers[*channel as usize] = Some(provider.clone());
                }
            }
        }
        Ok(())
    }

    /// Tells the store what the policy files say, and learns what was published.
    ///
    /// # Errors
    /// When a file has a version that was published in the console, with other rules; when the store fails.
    pub async fn open(&self, store: &Store, now: Instant) -> Result<(), OpenError> {
        for file in &self.files {
            if !store.keep_policy_file(file).await? {
                return Err(OpenError::Policy(PolicyError {
                    file: format!("the policy file of {}", file.shop),
                    key: "version".to_owned(),
                    reason: format!(
                        "\"{}\" was published in the console and says something else. Remedy: give the file a version of its own",
                        file.version
                    ),
                }));
            }
        }
        Ok(self.refresh(store, now).await?)
    }

    /// Learns what was published, here or by another server, and which versions are in force at `now`.
    ///
    /// # Errors
    /// [`StoreError`]: then everything stays as it was.
    pub async fn refresh(&self, store: &Store, now: Instant) -> Result<(), StoreError> {
        // One after the other: who has read before something was published must not have the last word.
        let mut unreadable = self.unreadable.lock().await;
        let mut begun: BTreeMap<ShopId, String> = BTreeMap::new();
        let mut rows = store.policies().await?;
        // In the order in which they come into force; of a day, what the file says now comes after what it said before.
        rows.sort_by_key(|row| (row.in_force_from, self.is_of_file(row)));
        for row in rows {
            // A shop whose file is gone has no policy, as ever.
            if !self.files.iter().any(|file| file.shop == row.shop) {
                continue;
            }
            let version = (row.shop.clone(), row.version.clone());
            if self.versions.get(&version).is_none() {
                match Policy::parse(&format!("{} {}", row.shop, row.version), &row.text) {
                    Ok(policy) => self.keep(policy),
                    Err(error) => {
                        // Written for another version of the program.
                        if unreadable.insert(version) {
                            tracing::error!(%error, "a policy that was published cannot be read");
                        }
                        continue;
                    }
                }
            }
            if row.in_force_from <= now {
                begun.insert(row.shop, row.version);
            }
        }
        for (shop, version) in begun {
            self.put(shop, version);
        }
        Ok(())
    }

    fn is_of_file(&self, row: &PolicyText) -> bool {
        let same = |file: &PolicyText| (&file.shop, &file.version) == (&row.shop, &row.version);
        self.files.iter().any(same)
    }

    fn keep(&self, mut policy: Policy) {
        for channel in Channel::ALL {
            let route = self.routes.get(&(policy.shop.clone(), channel));
            policy.providers[channel as usize] = route.cloned();
        }
        let version = (policy.shop.clone(), policy.version.clone());
        self.versions.insert(version, Box::new(policy));
    }

    fn put(&self, shop: ShopId, version: String) {
        let mut in_force = self
            .in_force
            .write()
            .unwrap_or_else(PoisonError::into_inner);
        in_force.insert(shop, version);
    }

    /// The policy of a shop that is in force; `None` for a shop that has none.
    pub fn policy(&self, shop: &ShopId) -> Option<&Policy> {
        let in_force = self.in_force.read().unwrap_or_else(PoisonError::into_inner);
        let version = in_force.get(shop)?.clone();
        drop(in_force);
        self.version(shop, version)
    }

    /// The policy that an order goes by: the one it was placed under; the one in force where that is not known.
    pub fn policy_of(&self, order: &Order) -> Option<&Policy> {
        self.version(&order.shop, order.body.policy_version.clone())
            .or_else(|| self.policy(&order.shop))
    }

    /// That version of a shop's policy.
    pub fn version(&self, shop: &ShopId, version: String) -> Option<&Policy> {
        self.versions.get(&(shop.clone(), version))
    }

    /// That version of a shop's policy, unless it is not in force yet: what may still change is nobody's business.
    pub fn version_so_far(&self, shop: &ShopId, version: &str) -> Option<&Policy> {
        let in_force = self.policy(shop)?;
        self.version(shop, version.to_owned())
            .filter(|known| known.since <= in_force.since || known.version == in_force.version)
    }

    /// The versions of a shop's policy so far, the latest first.
    pub fn versions(&self, shop: &ShopId) -> Vec<&Policy> {
        let known = self.versions.keys_cloned().into_iter();
        let known = known.filter(|(of, _)| of == shop);
        let mut versions: Vec<_> = known
            .filter_map(|(_, version)| self.version_so_far(shop, &version))
            .collect();
        let in_force = self.policy(shop).map(|policy| &policy.version);
        versions.sort_by_key(|policy| {
            let is_in_force = Some(&policy.version) == in_force;
            std::cmp::Reverse((policy.since, is_in_force, policy.version.clone()))
        });
        versions
    }

    /// All policies in force, by the ids of their shops.
    pub fn policies(&self) -> impl Iterator<Item = &Policy> {
        let in_force = self.in_force.read().unwrap_or_else(PoisonError::into_inner);
        let in_force = in_force.clone();
        in_force
            .into_iter()
            .filter_map(|(shop, version)| self.version(&shop, version))
    }

    /// The policy that says where days begin when no order is at hand: the first.
    pub fn any(&self) -> Option<&Policy> {
        self.policies().next()
    }
}

/// Why what was published cannot be had at the start.
#[derive(Debug)]
pub enum OpenError {
    /// A file and the console contradict one another.
    Policy(PolicyError),
    /// The store fails.
    Store(StoreError),
}

impl From<StoreError> for OpenError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// Looks again and again for what other servers have published, and what has come into force, until the server stops.
pub async fn run(app: App, mut stop: watch::Receiver<bool>) {
    let mut tick = tokio::time::interval(POLICY_LOOK);
    tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            _ = tick.tick() => {}
            _ = stop.changed() => return,
        }
        if let Err(error) = app.shops.refresh(&app.store, app.clock.now()).await {
            tracing::warn!(%error, "cannot look for policies that were published");
        }
    }
}

/// The policies of `files`, in their order.
fn parse(files: &[(&str, &str)]) -> Result<Vec<Policy>, PolicyError> {
    let mut all: Vec<Policy> = Vec::new();
    for (file, text) in files {
        let policy = Policy::parse(file, text)?;
        if all.iter().any(|known| known.shop == policy.shop) {
            return Err(PolicyError {
                file: (*file).to_owned(),
                key: "shop".to_owned(),
                reason: format!("{} has a policy already", policy.shop),
            });
        }
        all.push(policy);
    }
    Ok(all)
}

/// Whether the articles of `folder` have all that pages lead to: a link must not lead nowhere.
fn is_whole(help: &Help, folder: &Path) -> Result<(), PolicyError> {
    for linked in LinkedArticle::ALL {
        if help.article(linked.code()).is_none() {
            let reason = format!("{:?} is missing: pages lead to it", linked.code());
            return Err(PolicyError {
                file: folder.display().to_string(),
                key: "articles".to_owned(),
                reason,
            });
        }
    }
    Ok(())
}

fn borrowed(files: &[(String, String)]) -> Vec<(&str, &str)> {
    files
        .iter()
        .map(|(file, text)| (file.as_str(), text.as_str()))
        .collect()
}

/// The `*.toml` files of a folder with their text, by name.
fn toml_files(folder: &Path) -> Result<Vec<(String, String)>, PolicyError> {
    let entries =
        std::fs::read_dir(folder).map_err(|error| unreadable(folder, &error.to_string()))?;
    let mut files = Vec::new();
    for entry in entries {
        let path = entry
            .map_err(|error| unreadable(folder, &error.to_string()))?
            .path();
        if path
            .extension()
            .is_some_and(|extension| extension == "toml")
            && path.is_file()
        {
            let text = std::fs::read_to_string(&path)
                .map_err(|error| unreadable(&path, &error.to_string()))?;
            files.push((path.display().to_string(), text));
        }
    }
    files.sort();
    Ok(files)
}

fn unreadable(path: &Path, reason: &str) -> PolicyError {
    PolicyError {
        file: path.display().to_string(),
        key: "-".to_owned(),
        reason: reason.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn article(id: &str, more: &str) -> String {
        format!(
            "[[articles]]\nid = \"{id}\"\nsource = \"ours\"\nlinks = []\n{more}\
             title = {{ zh-CN = \"题\", en = \"Title\" }}\n\
             questions = [{{ zh-CN = \"问？\", en = \"Why?\" }}]\n\
             answer = {{ zh-CN = \"答\", en = \"So.\" }}\n"
        )
    }

    /// Tepai's policy with these articles.
    fn with(articles: &[String]) -> Result<Shops, PolicyError> {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path();
        let [(file, text), _] = Policy::built_in();
        std::fs::write(path.join(file), text).expect("a file");
        if !articles.is_empty() {
            let text = format!("topic = \"support\"\n{}", articles.concat());
            std::fs::create_dir(path.join("help")).expect("a folder");
            std::fs::write(path.join("help/own.toml"), text).expect("a file");
        }
        Shops::from_folder(path)
    }

    #[tokio::test]
    async fn of_two_versions_of_one_day_the_one_that_the_file_has_now_is_in_force() {
        let database = orders_store::testing::TestDatabase::sqlite();
        let store = database.store().await;
        let [(_, text), _] = Policy::built_in();
        for version in ["9", "10"] {
            let text = text.replace("\"2026-01\"", &format!("\"{version}\""));
            let calendar = Calendar::parse(&Calendar::built_in()).expect("a calendar");
            let help = Help::parse(&Help::built_in()).expect("help");
            let shops = Shops::of(&[("tepai.toml", &text)], calendar, help).expect("a policy");
            let now = "2026-03-18T07:00:00Z".parse().expect("an instant");
            shops.open(&store, now).await.expect("open");
            let in_force = shops.policy(&"tepai".into()).expect("a policy");
            assert_eq!(in_force.version, version);
        }
    }

    #[test]
    fn own_articles_without_one_that_pages_lead_to_keep_the_server_from_starting() {
        let all: Vec<_> = LinkedArticle::ALL
            .map(|linked| article(linked.code(), ""))
            .into();
        assert!(with(&all).is_ok());
        for (at, linked) in LinkedArticle::ALL.into_iter().enumerate() {
            let mut lacking = all.clone();
            lacking[at] = article("another", "");
            let error = with(&lacking).expect_err("one is missing");
            assert_eq!(error.key, "articles");
            assert!(error.file.ends_with("help"), "{error}");
            assert!(error.reason.contains(linked.code()), "{error}");
        }
    }

    #[test]
    fn own_articles_for_a_shop_without_a_policy_are_refused_and_the_built_in_ones_are_not() {
        let mut all: Vec<_> = LinkedArticle::ALL
            .map(|linked| article(linked.code(), ""))
            .into();
        all.push(article("theirs", "shops = [\"wanfu\"]\n"));
        let error = with(&all).expect_err("there is no such shop");
        assert!(error.file.ends_with("own.toml"), "{error}");
        assert_eq!(error.key, "articles[4].shops");
        assert!(with(&[]).is_ok());
    }
}
