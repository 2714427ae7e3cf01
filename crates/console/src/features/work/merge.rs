//! What is shown of the queue after a look at the server.

use orders_api::{WorkItem, WorkList};

use crate::shell;

pub use crate::shell::fresh;

/// A row of the queue; when it is gone, it waits no more.
pub type Row = shell::Row<WorkItem>;

/// The rows as they are now, and how many entries of `list` are not among them. Where the list goes on, what is not in it
/// may be further down.
pub fn merged(shown: &[Row], list: &WorkList) -> (Vec<Row>, usize) {
    let whole = list.next_cursor.is_none();
    shell::merged(shown, &list.items, whole, |item| &item.id)
}
