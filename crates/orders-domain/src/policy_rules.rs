//! Two policies as they are written, rule by rule: what a draft says differently.

use std::collections::BTreeMap;

use toml::Value;

/// A rule that two policies have differently.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleChange {
    /// The rule's dotted key; entries of a list are named by their `code`, else counted from 0.
    pub key: String,
    /// What it was, as it is written; `None` where there was no such rule.
    pub before: Option<String>,
    /// What it is; `None` where there is none any more.
    pub after: Option<String>,
}

/// The rules in which the texts of two policies differ, in the order of their keys. Comments and layout are none, and
/// neither are `version` and `since`. Text that is no TOML has no rules.
pub fn changed_rules(before: &str, after: &str) -> Vec<RuleChange> {
    let (before, mut after) = (rules(before), rules(after));
    let mut changes = Vec::new();
    for (key, value) in before {
        let now = after.remove(&key);
        if now.as_ref() != Some(&value) {
            changes.push(RuleChange {
                key,
                before: Some(value),
                after: now,
            });
        }
    }
    changes.extend(after.into_iter().map(|(key, value)| RuleChange {
        key,
        before: None,
        after: Some(value),
    }));
    changes.retain(|change| !matches!(change.key.as_str(), "version" | "since"));
    changes.sort_by(|a, b| a.key.cmp(&b.key));
    changes
}

fn rules(text: &str) -> BTreeMap<String, String> {
    let mut rules = BTreeMap::new();
    if let Ok(table) = text.parse::<toml::Table>() {
        flatten(String::new(), &Value::Table(table), &mut rules);
    }
    rules
}

fn flatten(key: String, value: &Value, rules: &mut BTreeMap<String, String>) {
    let below = |name: &str| {
        if key.is_empty() {
            name.to_owned()
        } else {
            format!("{key}.{name}")
        }
    };
    match value {
        Value::Table(table) => {
            for (name, value) in table {
                flatten(below(name), value, rules);
            }
        }
        Value::Array(items) if items.iter().any(Value::is_table) => {
            for (at, item) in items.iter().enumerate() {
                let code = item.get("code").and_then(Value::as_str);
                let name = code.map_or_else(|| at.to_string(), str::to_owned);
                flatten(below(&name), item, rules);
            }
        }
        Value::Array(_)
        | Value::String(_)
        | Value::Integer(_)
        | Value::Float(_)
        | Value::Boolean(_)
        | Value::Datetime(_) => {
            rules.insert(key, value.to_string());
        }
    }
}
