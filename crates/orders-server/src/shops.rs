//! The shops' policies, the calendar and the articles of the help centre: read once at start, or the server does not start.

use std::collections::BTreeMap;
use std::path::Path;

use orders_domain::{Calendar, Help, LinkedArticle, Policy, PolicyError, ShopId};
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
        let policies = parse(&Policy::built_in())?;
        Ok(Self {
            policies,
            calendar: Calendar::parse(&Calendar::built_in())?,
            help: Help::parse(&Help::built_in())?,
        })
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
        let policies = parse(&borrowed(&policies))?;
        let help = if help.is_empty() {
            // Some of these are for shops that may not be here.
            Help::parse(&Help::built_in())?
        } else {
            let help = Help::parse_for(&borrowed(&help), |shop| policies.contains_key(shop))?;
            is_whole(&help, &folder.join("help"))?;
            help
        };
        Ok(Self {
            policies,
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

fn parse(files: &[(&str, &str)]) -> Result<BTreeMap<ShopId, Policy>, PolicyError> {
    let mut all: BTreeMap<ShopId, Policy> = BTreeMap::new();
    for (file, text) in files {
        let policy = Policy::parse(file, text)?;
        if let Some(twice) = all.insert(policy.shop.clone(), policy) {
            return Err(PolicyError {
                file: (*file).to_owned(),
                key: "shop".to_owned(),
                reason: format!("{} has a policy already", twice.shop),
            });
        }
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
