//! What one's conversations come to: which have something new, which is next, and what is said of it.

use orders_api::{ChatAuthor, StaffConversation};

/// One of one's own conversations, in the strip.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Own {
    /// Its id.
    pub id: String,
    /// Whose it is; empty for one who never logged in.
    pub name: String,
    /// The end of its order's number, which tells it from the shopper's others; empty without an order.
    pub order: String,
    /// Whether it has something that was not read.
    pub unread: bool,
}

/// One's conversations. `stirred` are those of which was heard since they were loaded; what is in front is being read.
pub fn own(mine: &[StaffConversation], stirred: &[String], in_front: Option<&str>) -> Vec<Own> {
    // What is unanswered comes first in the list; here each stays where it is, as the keys lead from one to the next.
    let mut mine: Vec<_> = mine.iter().collect();
    mine.sort_by(|a, b| {
        let (a, b) = (&a.conversation.opened_at.0, &b.conversation.opened_at.0);
        a.cmp(b)
    });
    let own = mine.into_iter().map(|one| {
        let id = &one.conversation.id;
        let standing = &one.conversation.standing;
        let new = standing.last_seq > standing.staff_read || stirred.contains(id);
        Own {
            id: id.clone(),
            name: one.shopper.name.clone(),
            order: one
                .conversation
                .order
                .as_ref()
                .map_or_else(String::new, |order| end_of(&order.number)),
            unread: new && in_front != Some(id),
        }
    });
    own.collect()
}

/// The last four characters of a number.
fn end_of(number: &str) -> String {
    let more = number.chars().count().saturating_sub(4);
    let end: String = number.chars().skip(more).collect();
    if more > 0 { format!("…{end}") } else { end }
}

/// Those that one has got since `before`, from the queue or from a colleague, and that are not in front: what is in them may
/// have been read by somebody else.
pub fn newcomers(
    before: &[StaffConversation],
    now: &[StaffConversation],
    in_front: Option<&str>,
) -> Vec<String> {
    let ids = now.iter().map(|one| &one.conversation.id);
    let known = |id: &String| before.iter().any(|one| one.conversation.id == *id);
    let new = ids.filter(|id| !known(id) && in_front != Some(id.as_str()));
    new.cloned().collect()
}

/// The conversation after the one that is here, or before it; from elsewhere the first or the last.
pub fn step(own: &[Own], here: Option<&str>, down: bool) -> Option<String> {
    let count = own.len();
    let at = here.and_then(|here| own.iter().position(|one| one.id == here));
    let to = match (at, down) {
        (None, true) => 0,
        (None, false) => count.checked_sub(1)?,
        (Some(at), true) => (at + 1) % count,
        (Some(at), false) => (at + count - 1) % count,
    };
    let found = own.get(to)?;
    (here != Some(&found.id)).then(|| found.id.clone())
}

/// What a shopper has said since `before` in a conversation that is not in front: who, and what.
pub fn news(
    before: &[StaffConversation],
    now: &[StaffConversation],
    in_front: Option<&str>,
) -> Option<(String, String)> {
    let known = |id: &str| before.iter().find(|one| one.conversation.id == id);
    let new = now.iter().filter(|one| {
        let id = one.conversation.id.as_str();
        let read = known(id).map_or(one.conversation.standing.staff_read, |before| {
            before.conversation.standing.last_seq
        });
        let last = one.last.as_ref();
        in_front != Some(id)
            && last.is_some_and(|last| last.seq > read && last.by == ChatAuthor::Shopper)
    });
    let newest = new.max_by_key(|one| one.last.as_ref().map(|last| last.at.0.clone()))?;
    let last = newest.last.as_ref()?;
    Some((newest.shopper.name.clone(), last.text.clone()))
}
