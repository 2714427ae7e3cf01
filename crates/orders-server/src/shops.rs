//! The shops' policies, the calendar and the articles of the help centre: read once at start, or the server does not start.

use std::collections::BTreeMap;
use std::path::Path;

use orders_domain::{Calendar, Help, Policy, PolicyError, ShopId};
use orders_payments::Payments;

/// The policies of all shops, and the working days they count in.
#[derive(Debug)]
pub struct Shops {
    policies: BTreeMap<ShopId, Policy>,
    /// Chinese working days.
    pub calendar: Calendar,
    /// The articles of the help centre.
    pub help: Help,
}

impl Shops {
    /// The policies that come with the program.
    ///
    /// # Errors
    /// When one of them is not valid.
    pub fn built_in() -> Result<Self, PolicyError> {
        Self::parse(
            &Policy::built_in(),
            &Calendar::built_in(),
            &Help::built_in(),
        )
    }

    /// The policies in `folder` (`*.toml`) the calendar in its `calendar/*.toml` and the articles of the help centre in its
    /// `help/*.toml`; the built-in ones where there are none.
    ///
    /// # Errors
    /// When a file cannot be read or is not valid, or no policy is there.
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
        let (mut calendar, mut help) = (borrowed(&calendar), borrowed(&help));
        if calendar.is_empty() {
            calendar.extend(Calendar::built_in());
        }
        if help.is_empty() {
            help.extend(Help::built_in());
        }
        Self::parse(&borrowed(&policies), &calendar, &help)
    }

    fn parse(
        policies: &[(&str, &str)],
        calendar: &[(&str, &str)],
        help: &[(&str, &str)],
    ) -> Result<Self, PolicyError> {
        let calendar = Calendar::parse(calendar)?;
        let help = Help::parse(help)?;
        let mut all: BTreeMap<ShopId, Policy> = BTreeMap::new();
        for (file, text) in policies {
            let policy = Policy::parse(file, text)?;
            if let Some(twice) = all.insert(policy.shop.clone(), policy) {
                return Err(PolicyError {
                    file: (*file).to_owned(),
                    key: "shop".to_owned(),
                    reason: format!("{} has a policy already", twice.shop),
                });
            }
        }
        Ok(Self {
            policies: all,
            calendar,
            help,
        })
    }

    /// Lets Tepai make refunds where `payments` names a provider.
    ///
    /// # Errors
    /// When it names a shop that has no policy.
    pub fn route(&mut self, payments: &Payments) -> Result<(), PolicyError> {
        for ((shop, channel), provider) in &payments.routes {
            let policy = self.policies.get_mut(shop).ok_or_else(|| PolicyError {
                file: "the payments file".to_owned(),
                key: format!("shops.{shop}"),
                reason: "there is no such shop".to_owned(),
            })?;
            policy.providers[*channel as usize] = Some(provider.clone());
        }
        Ok(())
    }

    /// The policy of a shop; `None` for a shop that has none.
    pub fn policy(&self, shop: &ShopId) -> Option<&Policy> {
        self.policies.get(shop)
    }

    /// All policies, by the ids of their shops.
    pub fn policies(&self) -> impl Iterator<Item = &Policy> {
        self.policies.values()
    }

    /// The policy that says where days begin when no order is at hand: the first.
    pub fn any(&self) -> Option<&Policy> {
        self.policies.values().next()
    }
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
