//! What is shown after a look at the server: nothing moves under somebody's eyes. What is known changes in its place, what
//! is gone stays and says so, and what is new waits until it is asked for.

use orders_api::{WorkItem, WorkList};

/// A row of the queue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// What it is.
    pub item: WorkItem,
    /// It waits no more.
    pub gone: bool,
}

/// The rows of a list that is shown for the first time.
pub fn fresh(items: Vec<WorkItem>) -> Vec<Row> {
    let rows = items.into_iter().map(|item| Row { item, gone: false });
    rows.collect()
}

/// The rows as they are now, and how many entries of `list` are not among them. Where the list goes on, what is not in it
/// may be further down.
pub fn merged(shown: &[Row], list: &WorkList) -> (Vec<Row>, usize) {
    let whole = list.next_cursor.is_none();
    let found = |id: &str| list.items.iter().find(|item| item.id == id);
    let rows = shown.iter().map(|row| match found(&row.item.id) {
        Some(item) => Row {
            item: item.clone(),
            gone: false,
        },
        None => Row {
            item: row.item.clone(),
            gone: row.gone || whole,
        },
    });
    let new = list.items.iter();
    let new = new.filter(|item| !shown.iter().any(|row| row.item.id == item.id));
    (rows.collect(), new.count())
}
