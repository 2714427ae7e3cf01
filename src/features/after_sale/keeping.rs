//! Keeping what is filled in on the device, taking it up again, and giving it up.

use leptos::prelude::*;
use orders_api::AfterSaleOptions;

use crate::browser;
use crate::features::drafts::{draft_about, forget_draft, keep_draft, now_ms};
use crate::features::evidence::Course;

use super::data::AskData;
use super::draft::{Draft, end_of};
use super::sending::Sending;
use super::wish::Wish;

impl AskData {
    /// Takes up the draft, if there is one.
    pub(super) fn begin(self) {
        if browser::ON_SERVER {
            return;
        }
        let (Some(shopper), Some(options)) = (self.shopper(), self.options()) else {
            return;
        };
        let order = self.order.get_value();
        if let Some(draft) = draft_about::<Draft>(&shopper, &order, now_ms()) {
            self.take_up(draft, &options, now_ms());
        }
        self.begun.set(true);
    }

    /// Shows what was filled in. What was sent and not answered keeps its key however long that is ago, so that it never
    /// becomes a second case; by itself it goes again only soon after.
    pub(super) fn take_up(self, draft: Draft, options: &AfterSaleOptions, now_ms: i64) {
        let attempt = draft.attempt.filter(|attempt| attempt.is_alive(now_ms));
        let mut wish = draft.wish;
        if attempt.is_none() {
            wish.fit(options);
        }
        self.wish.set(wish);
        self.restored.set(true);
        self.uploads.restore(draft.uploads);
        match attempt {
            Some(attempt) if attempt.is_fresh(now_ms) => self.send_attempt(attempt),
            Some(attempt) => {
                self.attempt.set_value(Some(attempt));
                self.sending.set(Sending::LostBefore);
            }
            None => {}
        }
    }

    /// Keeps what is filled in on the device.
    pub(super) fn keep(self) {
        let (Some(shopper), Some(options)) = (self.shopper(), self.options()) else {
            return;
        };
        if self.opened.with_untracked(Option::is_some) {
            return;
        }
        let order = self.order.get_value();
        let wish = self.wish.get_untracked();
        let uploads = self.uploads.course.with_untracked(Course::kept);
        let attempt = self.attempt.get_value();
        if attempt.is_none() && uploads.is_empty() && wish.is_untouched(&options) {
            forget_draft::<Draft>(&shopper, &order, now_ms());
            return;
        }
        let draft = Draft {
            order,
            wish,
            uploads,
            attempt,
            at_ms: now_ms(),
            until_ms: end_of(&options),
        };
        keep_draft(&shopper, draft);
    }

    /// Everything filled in is given up.
    pub fn begin_anew(self) {
        let Some(options) = self.options() else {
            return;
        };
        self.uploads.discard();
        self.wrong.set(Vec::new());
        self.restored.set(false);
        self.attempt.set_value(None);
        self.sending.set(Sending::Not);
        self.wish.set(Wish::begin(&options));
    }
}
