//! Looks orders up, page by page.

use leptos::prelude::*;
use orders_api::FoundOrder;
use storefront::ui::Load;
use storefront::words::Lang;

use crate::browser;
use crate::client;
use crate::shell::{SessionState, failure_words};

/// What was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// What was asked.
    pub asked: String,
    /// The orders, newest first.
    pub items: Vec<FoundOrder>,
    /// Where the next ones begin.
    pub next: Option<String>,
}

/// The search's data.
#[derive(Clone, Copy)]
pub struct SearchData {
    lang: Lang,
    session: SessionState,
    /// What was found; `None` while nothing was asked.
    pub found: RwSignal<Option<Load<Found>>>,
    /// More is on its way.
    pub more: RwSignal<bool>,
}

impl SearchData {
    /// Nothing yet.
    pub fn new(lang: Lang, session: SessionState) -> Self {
        Self {
            lang,
            session,
            found: RwSignal::new(None),
            more: RwSignal::new(false),
        }
    }

    /// Looks for `asked`.
    pub fn look(self, asked: String) {
        if asked.is_empty() {
            self.found.set(None);
            return;
        }
        self.found.set(Some(Load::Loading));
        self.fetch(asked, None);
    }

    /// Looks for the next ones.
    pub fn look_further(self) {
        let found = self.found.get_untracked();
        if let Some(Load::Ready(Found {
            asked,
            next: Some(next),
            ..
        })) = found
            && !self.more.get_untracked()
        {
            self.more.set(true);
            self.fetch(asked, Some(next));
        }
    }

    fn fetch(self, asked: String, cursor: Option<String>) {
        browser::spawn(async move {
            let answer = client::find_orders(self.lang, &asked, cursor.as_deref()).await;
            // The page may be another by now.
            if self.more.try_set(false).is_some() {
                return;
            }
            match answer {
                Ok(page) => self.found.update(|found| {
                    let before = match found.take() {
                        Some(Load::Ready(before)) if cursor.is_some() && before.asked == asked => {
                            before.items
                        }
                        Some(Load::Loading | Load::Failed(_) | Load::Ready(_)) | None => Vec::new(),
                    };
                    let items = before.into_iter().chain(page.items).collect();
                    *found = Some(Load::Ready(Found {
                        asked,
                        items,
                        next: page.next_cursor,
                    }));
                }),
                Err(failure) => {
                    self.session.notices(&failure);
                    if cursor.is_none() {
                        let words = failure_words(self.lang, &failure);
                        self.found.set(Some(Load::Failed(words)));
                    }
                }
            }
        });
    }
}
