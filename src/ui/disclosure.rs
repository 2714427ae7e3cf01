//! A `<details>` that lies over the page: it closes as soon as the shopper turns to something else.

use leptos::html;
use leptos::prelude::*;

use crate::browser;

/// Closes `details` when something outside of it is pressed or focused, and on Escape. Watch its `toggle` event to
/// hear of it.
pub fn closes_by_itself(details: NodeRef<html::Details>) {
    let dismissal = StoredValue::new_local(None);
    Effect::new(move |_| {
        if let Some(details) = details.get() {
            dismissal.set_value(Some(browser::Dismissal::of(&details)));
        }
    });
}
