//! Cancelling.
use leptos::prelude::*;
/// .
#[derive(Clone, Copy)]
pub struct PendingCancels;
impl PendingCancels {
    /// .
    pub fn provide() {
        provide_context(Self);
    }
}
