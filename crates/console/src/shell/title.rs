//! The title of the browser's tab: the page, and before it how many conversations have something new.

use leptos::prelude::*;

use crate::browser;

/// What the tab says.
#[derive(Clone, Copy)]
pub struct Title {
    page: RwSignal<String>,
    /// How many of one's conversations have something new.
    pub unread: RwSignal<usize>,
}

impl Title {
    /// Makes itself available to every page.
    pub fn provide() -> Self {
        let title = Self {
            page: RwSignal::new(String::new()),
            unread: RwSignal::new(0),
        };
        provide_context(title);
        Effect::new(move |_| {
            let text = title.page.with(|page| tab(page, title.unread.get()));
            if !text.is_empty() {
                browser::set_title(&text);
            }
        });
        title
    }
}

fn tab(page: &str, unread: usize) -> String {
    match unread {
        0 => page.to_owned(),
        n => format!("({n}) {page}"),
    }
}

/// Calls the page so.
pub fn set_title(page: String) {
    if let Some(title) = use_context::<Title>() {
        title.page.set(page);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_new_is_counted_before_the_page() {
        assert_eq!(tab("Work", 0), "Work");
        assert_eq!(tab("Work", 2), "(2) Work");
    }
}
