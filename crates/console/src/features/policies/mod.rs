//! Policies: their versions, the draft of the next, tried on recent orders, and put into force.

/// What a draft would have changed.
mod checking {
    pub(super) mod data;
}
mod data;
mod draft;
/// The draft: written, kept, put into force.
mod drafting {
    pub(super) mod data;
}
mod page;
#[cfg(test)]
mod tests;
mod view_check;
mod view_draft;
mod view_publish;
mod views;
mod words;

pub use page::{DraftPage, PoliciesPage, PolicyPage};
