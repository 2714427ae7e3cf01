//! What has been loaded of the notifications, and what another look brings.

use orders_api::{Notification, NotificationList};

use crate::format;
use crate::words::Lang;

/// The notifications that are shown, newest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct List {
    /// As they were when they came: what was unread then stays marked for this visit.
    pub items: Vec<Notification>,
    /// To get those that follow with; `None` at the end.
    pub next_cursor: Option<String>,
}

impl List {
    /// The newest ones.
    pub fn new(answer: NotificationList) -> Self {
        Self {
            items: answer.items,
            next_cursor: answer.next_cursor,
        }
    }

    /// Another look at the newest ones. What was unread in this visit stays marked.
    pub fn looked_at(&self, answer: NotificationList) -> Self {
        let mut items = answer.items;
        for item in &mut items {
            let before = self.items.iter().find(|before| before.id == item.id);
            item.read = item.read && before.is_none_or(|before| before.read);
        }
        let is_new = |old: &&Notification| !items.iter().any(|item| item.id == old.id);
        let others: Vec<_> = self.items.iter().filter(is_new).cloned().collect();
        // Where none is known, others may have come between.
        if others.len() == self.items.len() {
            return Self {
                items,
                next_cursor: answer.next_cursor,
            };
        }
        items.extend(others);
        Self {
            items,
            next_cursor: self.next_cursor.clone(),
        }
    }

    /// With those that follow.
    pub fn followed_by(&self, answer: NotificationList) -> Self {
        let known = |item: &Notification| self.items.iter().any(|before| before.id == item.id);
        let new = answer.items.into_iter().filter(|item| !known(item));
        Self {
            items: self.items.iter().cloned().chain(new).collect(),
            next_cursor: answer.next_cursor,
        }
    }

    /// Whether something was unread when it came.
    pub fn has_unread(&self) -> bool {
        self.items.iter().any(|item| !item.read)
    }

    /// By the days on which they were told, each with its name. `now` is in seconds since 1970.
    pub fn days(&self, lang: Lang, now: i64) -> Vec<(String, Vec<Notification>)> {
        let mut days: Vec<(String, Vec<Notification>)> = Vec::new();
        for item in &self.items {
            let day = format::day_name(lang, &item.told_at, now);
            match days.last_mut() {
                Some((name, items)) if *name == day => items.push(item.clone()),
                _ => days.push((day, vec![item.clone()])),
            }
        }
        days
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    fn answer(ids: &[(&str, bool)], next: Option<&str>) -> NotificationList {
        let items = ids.iter().map(|(id, read)| Notification {
            id: (*id).into(),
            read: *read,
            ..sample::arrived()
        });
        NotificationList {
            items: items.collect(),
            next_cursor: next.map(Into::into),
            unread: 0,
        }
    }

    fn ids(list: &List) -> Vec<(&str, bool)> {
        let items = list.items.iter();
        items.map(|item| (item.id.as_str(), item.read)).collect()
    }

    #[test]
    fn another_look_adds_what_is_new_and_leaves_the_marks_of_this_visit() {
        let list = List::new(answer(&[("b", false), ("a", true)], Some("c1")));
        let list = list.followed_by(answer(&[("a", true), ("0", true)], None));
        assert_eq!(ids(&list), [("b", false), ("a", true), ("0", true)]);
        let again = list.looked_at(answer(&[("c", false), ("b", true)], Some("c2")));
        assert_eq!(
            ids(&again),
            [("c", false), ("b", false), ("a", true), ("0", true)]
        );
        assert_eq!(again.next_cursor, None, "the end is known");
        let far = list.looked_at(answer(&[("z", false)], Some("c3")));
        assert_eq!(ids(&far), [("z", false)], "others may lie between");
        assert_eq!(far.next_cursor.as_deref(), Some("c3"));
    }

    #[test]
    fn they_are_grouped_by_beijings_days() {
        let at = |text: &str| Notification {
            told_at: sample::instant(text),
            ..sample::arrived()
        };
        let list = List {
            items: vec![
                at("2026-11-26T04:00:00.000Z"),
                at("2026-11-25T16:00:00.000Z"),
                at("2026-11-25T15:59:00.000Z"),
                at("2026-11-20T04:00:00.000Z"),
            ],
            next_cursor: None,
        };
        let days = list.days(Lang::ZhCn, sample::now());
        let days: Vec<_> = days
            .iter()
            .map(|(day, items)| (day.as_str(), items.len()))
            .collect();
        assert_eq!(days, [("今天", 2), ("昨天", 1), ("11月20日", 1)]);
    }
}
