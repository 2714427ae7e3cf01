//! What the pages have in common: what is theirs of the URL, and the focus.

use std::mem::discriminant;

use leptos::prelude::*;

use crate::browser;
use crate::paths::Page;
use crate::router::use_router;

/// What a page reads from the URL, as long as that is of the kind that the page began with. Between the step to a page of
/// another kind and the end of this one, it stays as it is.
pub fn own<T>(of: impl Fn(&Page) -> Option<T> + Send + Sync + 'static) -> Memo<Option<T>>
where
    T: Clone + PartialEq + Send + Sync + 'static,
{
    let page = use_router().page;
    let kind = page.with_untracked(discriminant);
    Memo::new(move |before: Option<&Option<T>>| {
        page.with(|page| match before {
            Some(before) if discriminant(page) != kind => before.clone(),
            Some(_) | None => of(page),
        })
    })
}

/// Gives the page the focus. Where it was there before the app, the focus is where the shopper put it.
pub fn focus_page() {
    let over = browser::is_served("main");
    Effect::new(move |_| {
        if !over {
            browser::next_frame(|| browser::focus("#main"));
        }
    });
}
