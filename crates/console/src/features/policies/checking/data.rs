//! What the draft would have changed: asked of the server for so many days.

use leptos::prelude::*;
use orders_api::PolicyCheck;
use storefront::ui::Load;
use storefront::words::Lang;

use super::super::drafting::data::why_not;
use crate::browser;
use crate::client;
use crate::shell::{SessionState, failure_words};

/// The check's data.
#[derive(Clone, Copy)]
pub struct CheckData {
    lang: Lang,
    session: SessionState,
    shop: StoredValue<String>,
    /// What came of it; `None` while nothing was asked.
    pub found: RwSignal<Option<Load<PolicyCheck>>>,
    /// Of how many days.
    pub days: RwSignal<u32>,
}

impl CheckData {
    /// Nothing was asked yet.
    pub fn new(lang: Lang, session: SessionState, shop: String) -> Self {
        Self {
            lang,
            session,
            shop: StoredValue::new(shop),
            found: RwSignal::new(None),
            days: RwSignal::new(30),
        }
    }

    /// Asks for the orders of the last days.
    pub fn ask(self, days: u32) {
        if self.found.get_untracked() == Some(Load::Loading) {
            return;
        }
        self.days.set(days);
        self.found.set(Some(Load::Loading));
        let Some(shop) = self.shop.try_get_value() else {
            return;
        };
        browser::spawn(async move {
            let answer = match client::check_policy_draft(self.lang, &shop, days).await {
                Ok(check) => Load::Ready(check),
                Err(failure) => {
                    self.session.notices(&failure);
                    let mut words = failure_words(self.lang, &failure);
                    words.text = why_not(self.lang, &failure);
                    words.way_out = None;
                    words.retry = true;
                    Load::Failed(words)
                }
            };
            let _gone = self.found.try_set(Some(answer));
        });
    }
}
