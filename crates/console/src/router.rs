//! Which page is shown: the URL as a value, and the ways to change it.

use leptos::prelude::*;

use crate::browser::{self, Listener};
use crate::paths::{self, Page};

/// The page that the URL asks for, for the whole app.
#[derive(Clone, Copy)]
pub struct Router {
    /// The page to show.
    pub page: RwSignal<Page>,
    /// How many pages of ours there are to go back to.
    behind: StoredValue<u32>,
}

impl Router {
    /// Follows the URL, takes over the links between our pages, and makes itself available to every page.
    pub fn provide() -> Self {
        let router = Self {
            page: RwSignal::new(current()),
            behind: StoredValue::new(0),
        };
        provide_context(router);
        let listeners: Vec<Listener> = [
            browser::on_history(move || {
                router
                    .behind
                    .update_value(|behind| *behind = behind.saturating_sub(1));
                router.show(current());
            }),
            browser::on_link(move |path, search| {
                let page = Page::parse(path, search);
                // A link to another language is another page to the browser, too.
                let ours = page != Page::NotFound && !search.contains("lang=");
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
        self.behind.update_value(|behind| *behind += 1);
        self.show(page.clone());
        browser::scroll_to(0.0);
    }

    /// Another address of what is shown, in the place of this one.
    pub fn replace(self, page: &Page) {
        browser::replace_url(&page.href());
        self.show(page.clone());
    }

    /// Goes back to the page before this one; to the start, where this is the first.
    pub fn back(self) {
        if self.behind.get_value() > 0 {
            browser::go_back();
        } else {
            self.go(&Page::parse(paths::HOME, ""));
        }
    }

    fn show(self, page: Page) {
        if self.page.with_untracked(|shown| *shown != page) {
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
