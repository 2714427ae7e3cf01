//! What is shown of a list after a look at the server: nothing moves under somebody's eyes. What is known changes in its
//! place, what is gone stays and says so, and what is new waits until it is asked for.

/// A row of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row<T> {
    /// What it is.
    pub item: T,
    /// It is not in the list any more.
    pub gone: bool,
}

/// The rows of a list that is shown for the first time.
pub fn fresh<T>(items: Vec<T>) -> Vec<Row<T>> {
    let rows = items.into_iter().map(|item| Row { item, gone: false });
    rows.collect()
}

/// The rows as they are now, and how many of `items` are not among them. Where the list is not `whole`, what is not in it
/// may be further down.
pub fn merged<T: Clone>(
    shown: &[Row<T>],
    items: &[T],
    whole: bool,
    id: impl Fn(&T) -> &str,
) -> (Vec<Row<T>>, usize) {
    let found = |row: &Row<T>| items.iter().find(|item| id(item) == id(&row.item));
    let rows = shown.iter().map(|row| match found(row) {
        Some(item) => Row {
            item: item.clone(),
            gone: false,
        },
        None => Row {
            item: row.item.clone(),
            gone: row.gone || whole,
        },
    });
    let known = |item: &T| shown.iter().any(|row| id(&row.item) == id(item));
    let new = items.iter().filter(|item| !known(item));
    (rows.collect(), new.count())
}
