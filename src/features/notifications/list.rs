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
    /// How many of those that follow were unread when the page was opened. They count as read since, and are marked all
    /// the same when they come.
    pub unread_below: usize,
    /// How many have come since the page was opened.
    pub came: usize,
}

impl List {
    /// The newest ones.
    pub fn new(answer: NotificationList) -> Self {
        let unread = usize::try_from(answer.unread).unwrap_or_default();
        let shown = answer.items.iter().filter(|item| !item.read).count();
        let all = answer.next_cursor.is_none();
        Self {
            unread_below: if all { 0 } else { unread.saturating_sub(shown) },
            items: answer.items,
            next_cursor: answer.next_cursor,
            came: 0,
        }
    }

    /// Another look at the newest ones. What was unread in this visit stays marked.
    pub fn looked_at(&self, answer: NotificationList) -> Self {
        let known = |id: &str| self.items.iter().any(|before| before.id == id);
        let new = answer.items.iter().filter(|item| !known(&item.id)).count();
        let came = self.came + new;
        // Where none is known, others may have come between.
        if new == answer.items.len() {
            return Self {
                came,
                ..Self::new(answer)
            };
        }
        let mut items = answer.items;
        for item in &mut items {
            let before = self.items.iter().find(|before| before.id == item.id);
            item.read = item.read && before.is_none_or(|before| before.read);
        }
        let is_new = |old: &&Notification| !items.iter().any(|item| item.id == old.id);
        let others: Vec<_> = self.items.iter().filter(is_new).cloned().collect();
        items.extend(others);
        Self {
            items,
            next_cursor: self.next_cursor.clone(),
            unread_below: self.unread_below,
            came,
        }
    }

    /// With those that follow.
    pub fn followed_by(&self, answer: NotificationList) -> Self {
        let known = |item: &Notification| self.items.iter().any(|before| before.id == item.id);
        let new = answer.items.into_iter().filter(|item| !known(item));
        let mut new: Vec<_> = new.collect();
        for item in new.iter_mut().take(self.unread_below) {
            item.read = false;
        }
        let all = answer.next_cursor.is_none();
        Self {
            unread_below: if all {
                0
            } else {
                self.unread_below.saturating_sub(new.len())
            },
            items: self.items.iter().cloned().chain(new).collect(),
            next_cursor: answer.next_cursor,
            came: self.came,
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

    fn answer(ids: &[(&str, bool)], next: Option<&str>, unread: i64) -> NotificationList {
        let items = ids.iter().map(|(id, read)| Notification {
            id: (*id).into(),
            read: *read,
            ..sample::arrived()
        });
        NotificationList {
            items: items.collect(),
            next_cursor: next.map(Into::into),
            unread,
        }
    }

    fn ids(list: &List) -> Vec<(&str, bool)> {
        let items = list.items.iter();
        items.map(|item| (item.id.as_str(), item.read)).collect()
    }

    #[test]
    fn another_look_adds_what_is_new_and_leaves_the_marks_of_this_visit() {
        let list = List::new(answer(&[("b", false), ("a", true)], Some("c1"), 1));
        let list = list.followed_by(answer(&[("a", true), ("0", true)], None, 0));
        assert_eq!(ids(&list), [("b", false), ("a", true), ("0", true)]);
        let again = list.looked_at(answer(&[("c", false), ("b", true)], Some("c2"), 1));
        assert_eq!(
            ids(&again),
            [("c", false), ("b", false), ("a", true), ("0", true)]
        );
        assert_eq!(again.next_cursor, None, "the end is known");
        let far = list.looked_at(answer(&[("z", false)], Some("c3"), 1));
        assert_eq!(ids(&far), [("z", false)], "others may lie between");
        assert_eq!(far.next_cursor.as_deref(), Some("c3"));
    }

    #[test]
    fn what_was_unread_when_the_page_was_opened_is_marked_when_it_comes_later() {
        let list = List::new(answer(&[("e", false), ("d", false)], Some("c1"), 5));
        assert_eq!(list.unread_below, 3);
        // All of them count as read by now.
        let list = list.looked_at(answer(&[("f", false), ("e", true)], Some("c2"), 1));
        assert_eq!(list.unread_below, 3);
        let list = list.followed_by(answer(&[("c", true), ("b", true)], Some("c3"), 0));
        assert_eq!(list.unread_below, 1);
        let list = list.followed_by(answer(&[("a", true), ("0", true)], None, 0));
        assert_eq!(list.unread_below, 0);
        let unread: Vec<_> = ids(&list).into_iter().filter(|(_, read)| !read).collect();
        let unread: Vec<_> = unread.into_iter().map(|(id, _)| id).collect();
        assert_eq!(unread, ["f", "e", "d", "c", "b", "a"]);
    }

    #[test]
    fn all_that_came_since_the_page_was_opened_are_counted() {
        let list = List::new(answer(&[("a", true)], None, 0));
        assert_eq!(list.came, 0);
        let list = list.looked_at(answer(&[("b", false), ("a", true)], None, 1));
        assert_eq!(list.came, 1);
        let list = list.looked_at(answer(&[("c", false), ("b", true)], None, 1));
        assert_eq!(list.came, 2, "the second is told, too");
        let list = list.looked_at(answer(&[("c", true), ("b", true)], None, 0));
        assert_eq!(list.came, 2);
        let far = list.looked_at(answer(&[("z", false)], Some("c3"), 1));
        assert_eq!(far.came, 3);
    }

    #[test]
    fn they_are_grouped_by_beijings_days() {
        let at = |text: &str| Notification {
            told_at: sample::instant(text),
            ..sample::arrived()
        };
        let list = List {
            unread_below: 0,
            came: 0,
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
