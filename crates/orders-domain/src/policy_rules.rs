//! Two policies as they are written, rule by rule: what a draft says differently, and of which of that recent orders tell.

use std::collections::BTreeMap;

use toml::Value;

use crate::{OrderState, Outcome, Policy};

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

impl RuleChange {
    /// Whether [`crate::Order::would_change`] shows everything that this change, one of those to `draft`, does to orders that
    /// there were. What it cannot show: a rule that takes what was refused before (nobody knows who would have asked), a
    /// limit that is never on record when it holds, and words. Where a rule cannot be told from these it is not compared
    /// either, so that a look that finds nothing never stands for a rule it did not try.
    pub fn is_compared(&self, draft: &Policy) -> bool {
        let parts: Vec<&str> = self.key.split('.').collect();
        match parts.as_slice() {
            ["partial"]
            | ["cancellation", _, "outcome"]
            | ["exceptions", ..]
            | ["refunds", _, _]
            | ["other_way", "two_approve_above"]
            | ["abuse", "grace_minutes" | "never_counts"]
            | ["after_sale", "days" | "fault_days"]
            | ["after_sale", "reasons", _, "seller_fault"] => true,
            // A longer window lets those cancel who came after the shorter one, and they went away.
            ["cancellation", _, "window_minutes"] => self.is_tighter(),
            // Where it is possible they are shown when it is not any more: after the window, for what was given out. And
            // nobody looks at an order once more because it was cancelled.
            ["cancellation", state, "next_steps"] => {
                let state = OrderState::from_code(state);
                state.is_some_and(|state| {
                    let impossible = draft.rule(state).outcome == Outcome::NotPossible;
                    impossible && state != OrderState::Cancelled
                })
            }
            // Every time is without end where there is none.
            ["staff", "request_hours" | "confirm_hours" | "way_hours"] => true,
            // That two people decided is on record. What one did may have been decided in the shop's own system, where
            // it takes no second one: of a lower amount the look shows the most that it can be.
            ["staff", "two_approve_above"] => self.before.is_some() && !self.is_tighter(),
            // Where nobody was counted or took cases, nothing is on record.
            ["abuse", _]
            | [
                "after_sale",
                "merchant_hours" | "silence" | "staff_hours" | "return_days" | "appeal_days",
            ]
            | ["after_sale", "deductions", _]
            | [
                "complaints",
                "confirm_hours" | "propose_days" | "supervisor_days" | "answer_days" | "silence"
                | "after_dismissal",
            ] => self.before.is_some(),
            ["complaints", "two_approve_above"] => true,
            ["after_sale", "evidence_at_once"] | ["complaints", "days"] => self.is_less(),
            ["after_sale", "reasons", _, "evidence"] => self.after.as_deref() == Some("true"),
            ["after_sale", "reasons", _, "kinds"] | ["complaints", "topics"] => {
                self.only_takes_out()
            }
            ["reasons", _, "code"] | ["after_sale", "reasons", _, "code"] => self.after.is_none(),
            _ => false,
        }
    }

    /// Whether it is a number that has become smaller, or one that is not there any more.
    fn is_less(&self) -> bool {
        match self.numbers() {
            (Some(before), Some(after)) => after < before,
            (Some(_), None) => true,
            (None, _) => false,
        }
    }

    /// Whether it is a number that has become smaller, or one that is new: without it, there was no end.
    fn is_tighter(&self) -> bool {
        match self.numbers() {
            (Some(before), Some(after)) => after < before,
            (None, after) => after.is_some(),
            (Some(_), None) => false,
        }
    }

    fn numbers(&self) -> (Option<i64>, Option<i64>) {
        let number = |text: &Option<String>| text.as_ref()?.parse().ok();
        (number(&self.before), number(&self.after))
    }

    /// Whether it is a list that has nothing new.
    fn only_takes_out(&self) -> bool {
        let items = |text: &Option<String>| -> Option<Vec<Value>> {
            let text = format!("list = {}", text.as_ref()?);
            let table: toml::Table = text.parse().ok()?;
            table.get("list")?.as_array().cloned()
        };
        match (items(&self.before), items(&self.after)) {
            (Some(before), Some(after)) => after.iter().all(|item| before.contains(item)),
            (Some(_), None) => true,
            (None, _) => false,
        }
    }
}

/// Of the rules that `draft` has changed, those that the look at recent orders does not show, or not wholly. An entry of
/// a list that has come or gone whole counts once, by its code.
pub fn not_compared<'a>(changes: &'a [RuleChange], draft: &Policy) -> Vec<&'a RuleChange> {
    let entries: Vec<&str> = changes
        .iter()
        .filter(|change| change.before.is_none() || change.after.is_none())
        .filter_map(|change| change.key.strip_suffix("code"))
        .collect();
    let stands_for_itself = |change: &&RuleChange| {
        let mut of_entry = entries.iter();
        change.key.ends_with(".code") || !of_entry.any(|entry| change.key.starts_with(entry))
    };
    changes
        .iter()
        .filter(stands_for_itself)
        .filter(|change| !change.is_compared(draft))
        .collect()
}
