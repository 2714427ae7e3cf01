//! Loads the figures.

use leptos::prelude::*;
use orders_api::Insight;
use storefront::ui::Load;
use storefront::words::Lang;

use crate::browser;
use crate::client;
use crate::paths::InsightQuery;
use crate::shell::{SessionState, failure_words};

/// The page's data.
#[derive(Clone, Copy)]
pub struct InsightData {
    lang: Lang,
    session: SessionState,
    /// Counts what was asked: an answer to an earlier question is not shown.
    asked: StoredValue<u32>,
    /// The figures.
    pub figures: RwSignal<Load<Insight>>,
}

impl InsightData {
    /// Nothing yet.
    pub fn new(lang: Lang, session: SessionState) -> Self {
        Self {
            lang,
            session,
            asked: StoredValue::new(0),
            figures: RwSignal::new(Load::Loading),
        }
    }

    /// Shows what `query` asks for, as of now.
    pub fn show(self, query: &InsightQuery) {
        let Some(asked) = self.asked.try_update_value(|asked| {
            *asked += 1;
            *asked
        }) else {
            // The page is another by now.
            return;
        };
        self.figures.set(Load::Loading);
        let days = query.days(browser::now_s());
        let shop = query.shop.clone();
        browser::spawn(async move {
            let answer = client::insight(self.lang, &days, shop.as_deref()).await;
            if self.asked.try_get_value() != Some(asked) {
                return;
            }
            match answer {
                Ok(insight) => self.figures.set(Load::Ready(insight)),
                // The log-in stands above the page, and asks again.
                Err(failure) if self.session.notices(&failure) => {}
                Err(failure) => {
                    let why = failure_words(self.lang, &failure);
                    self.figures.set(Load::Failed(why));
                }
            }
        });
    }
}
