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
use orders_store::{PoliciesMark, PolicyText, Store, StoreError};
use tokio::sync::{Mutex, watch};

use crate::config::limits::POLICY_LOOK;
use crate::state::App;

/// A shop and a version of its policy.
type Version = (ShopId, String);

/// The policies of all shops, and the working days they count in.
pub struct Shops {
    /// Every version that is known. Orders go by the one they were placed under, so that none is ever forgotten.
    versions: FrozenMap<Version, Box<Policy>>,
    /// Of each shop the versions that have come into force, in that order, and since when each is; the last is in force.
    begun: RwLock<BTreeMap<ShopId, Vec<(Instant, String)>>>,
    /// What the policy files say.
    files: Vec<PolicyText>,
    /// What is known of the store. Held by whoever looks what was published.
    looked: Mutex<Looked>,
    /// By which provider Tepai makes refunds, for every version.
    routes: HashMap<(ShopId, Channel), ProviderId>,
    /// Chinese working days.
    pub calendar: Calendar,
    /// The articles of the help centre.
    pub help: Help,
}

/// What the last look at the store has brought.
#[derive(Default)]
struct Looked {
    /// Up to which moment all is known that was published before it.
    at: Option<Instant>,
    /// What was there.
    mark: Option<PoliciesMark>,
    /// When the next of them comes into force.
    next: Option<Instant>,
    /// Versions about which it was said that something is wrong with them.
    told: HashSet<Version>,
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
            begun: RwLock::default(),
            files: files
                .iter()
                .zip(parse(files)?)
                .map(|((_, text), policy)| PolicyText {
                    // Whenever it was deployed: a file holds backwards, too.
                    in_force_from: policy.start_of(policy.since),
                    shop: policy.shop,
                    version: policy.version,
                    text: (*text).to_owned(),
                    published: None,
                })
                .collect(),
            looked: Mutex::default(),
            routes: HashMap::new(),
            calendar,
            help,
        };
        for policy in parse(files)? {
            let since = policy.start_of(policy.since);
            shops.put(policy.shop.clone(), vec![(since, policy.version.clone())]);
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
        let known = store.policies().await?;
        for file in self.overtaken(&known, now) {
            let (shop, version) = (&file.shop, &file.version);
            tracing::warn!(
                %shop, %version,
                "the policy file is not in force: what was published in the console is in force since later. \
                 Remedy: give the file a later day in `since`"
            );
        }
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

    /// The files that say something new, of which no new order will go by it: what was published for the shop has begun
    /// since. `known` is what the store had before.
    fn overtaken(&self, known: &[PolicyText], now: Instant) -> Vec<&PolicyText> {
        let says = |file: &&PolicyText| {
            let mut of_shop = known.iter().filter(|row| row.shop == file.shop);
            let is_new = !of_shop
                .clone()
                .any(|row| row.version == file.version && row.text == file.text);
            // Of the same moment the file's holds.
            let later = |row: &PolicyText| {
                let from = row.in_force_from;
                row.published.is_some() && file.in_force_from < from && from <= now
            };
            is_new && of_shop.any(later)
        };
        self.files.iter().filter(says).collect()
    }

    /// Learns what was published, here or by another server, and which versions are in force at `now`.
    ///
    /// # Errors
    /// [`StoreError`]: then everything stays as it was.
    pub async fn refresh(&self, store: &Store, now: Instant) -> Result<(), StoreError> {
        // One after the other: who has read before something was published must not have the last word.
        let mut looked = self.looked.lock().await;
        self.look(&mut looked, store, now).await
    }

    async fn look(
        &self,
        looked: &mut Looked,
        store: &Store,
        now: Instant,
    ) -> Result<(), StoreError> {
        // Who had to wait may have asked for the time before the last one did: what is in force stays so.
        let now = looked.at.map_or(now, |at| at.max(now));
        let mut begun: BTreeMap<ShopId, Vec<(Instant, String)>> = BTreeMap::new();
        let mut rows = store.policies().await?;
        looked.mark = Some(PoliciesMark::of(&rows));
        let moments = rows.iter().map(|row| row.in_force_from);
        looked.next = moments.filter(|from| *from > now).min();
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
                        if looked.told.insert(version) {
                            tracing::error!(%error, "a policy that was published cannot be read");
                        }
                        continue;
                    }
                }
            }
            if row.in_force_from <= now {
                let shop = begun.entry(row.shop).or_default();
                shop.push((row.in_force_from, row.version));
            }
        }
        for (shop, versions) in begun {
            self.put(shop, versions);
        }
        looked.at = Some(now);
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

    fn put(&self, shop: ShopId, versions: Vec<(Instant, String)>) {
        let mut begun = self.begun.write().unwrap_or_else(PoisonError::into_inner);
        begun.insert(shop, versions);
    }

    /// The policy of a shop that is in force; `None` for a shop that has none.
    pub fn policy(&self, shop: &ShopId) -> Option<&Policy> {
        let begun = self.begun.read().unwrap_or_else(PoisonError::into_inner);
        let (_, version) = begun.get(shop)?.last()?.clone();
        drop(begun);
        self.version(shop, version)
    }

    /// The policy that an order goes by which comes in at `now` and was placed at `placed_at`: the one that was in force
    /// then, and the oldest that is known for what is older. Never one that was not in force yet; `None` for a shop that
    /// has none.
    ///
    /// # Errors
    /// [`StoreError`], when it has to look what another server has published.
    pub async fn policy_at(
        &self,
        store: &Store,
        shop: &ShopId,
        placed_at: Instant,
        now: Instant,
    ) -> Result<Option<&Policy>, StoreError> {
        // A clock that is ahead places nothing under what is scheduled.
        let at = placed_at.min(now);
        // What is published is in force from then on at the earliest: of a moment before the last look, all is known. A file
        // that another server was started with may say what held before; that is known when it is looked by itself.
        let known_until = self.looked.lock().await.at;
        if known_until.is_none_or(|until| until <= at) {
            // Orders that come in at once do not wait for one another to learn that nothing is new.
            let mark = store.policies_mark().await?;
            let mut looked = self.looked.lock().await;
            let nothing_new =
                looked.mark == Some(mark) && looked.next.is_none_or(|next| now < next);
            if nothing_new {
                looked.at = looked.at.max(Some(now));
            } else {
                self.look(&mut looked, store, now).await?;
            }
        }
        Ok(self.in_force_at(shop, at))
    }

    fn in_force_at(&self, shop: &ShopId, at: Instant) -> Option<&Policy> {
        let begun = self.begun.read().unwrap_or_else(PoisonError::into_inner);
        let versions = begun.get(shop)?;
        let then = versions.iter().rfind(|(from, _)| *from <= at);
        let (_, version) = then.or(versions.first())?.clone();
        drop(begun);
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
        let begun = self.begun.read().unwrap_or_else(PoisonError::into_inner);
        let last = |(shop, versions): (&ShopId, &Vec<(Instant, String)>)| {
            let (_, version) = versions.last()?;
            Some((shop.clone(), version.clone()))
        };
        let in_force: Vec<Version> = begun.iter().filter_map(last).collect();
        drop(begun);
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
mod tests;
