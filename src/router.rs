//! Which page is shown: the URL as a value, and the ways to change it.

use leptos::prelude::*;

use crate::browser::{self, Listener};
use crate::paths::Page;

/// The page that the URL asks for, for the whole app.
#[derive(Clone, Copy)]
pub struct Router {
    /// The page to show.
    pub page: RwSignal<Page>,
}

impl Router {
    /// Follows the URL from this page on, takes over the links between our pages, and makes itself available to every
    /// page.
    pub fn provide(page: Page) -> Self {
        let router = Self {
            page: RwSignal::new(page),
        };
        provide_context(router);
        let listeners: Vec<Listener> = [
            browser::on_history(move || router.show(current())),
            browser::on_link(move |path, search| {
                let page = Page::parse(path, search);
                // Whatever is no page of ours is the browser's business.
                let ours = page != Page::NotFound;
                if ours {
                    router.go(&page);
                }
                ours
            }),
        ]
        .into_iter()
        .flatten()
        .collect();
        let listeners = StoredValue::new_local(listeners);
        on_cleanup(move || listeners.dispose());
        router
    }

    /// Goes to a page like a link: a new entry in the history, seen from its top.
    pub fn go(self, page: &Page) {
        browser::push_url(&page.href());
        self.show(page.clone());
        browser::scroll_to(0.0);
    }

    /// Goes to a page in the place of this one, seen from its top.
    pub fn replace(self, page: &Page) {
        browser::replace_url(&page.href());
        self.show(page.clone());
        browser::scroll_to(0.0);
    }

    /// Opens or closes something on this page: the page stays where it is.
    pub fn turn(self, page: &Page, replace: bool) {
        if replace {
            browser::replace_url(&page.href());
        } else {
            browser::push_url(&page.href());
        }
        self.show(page.clone());
    }

    /// A jump within the page changes the URL, but not the page.
    fn show(self, page: Page) {
        if self.page.with_untracked(|shown| *shown != page) {
            browser::unmark_root(browser::STILL);
            self.page.set(page);
        }
    }
}

/// The page of the browser's URL.
pub fn current() -> Page {
    let (path, search) = browser::location();
    Page::parse(&path, &search)
}

/// The router of this app.
pub fn use_router() -> Router {
    expect_context::<Router>()
}
