//! The refund that the page shows: loading it, and keeping it fresh.

use leptos::prelude::*;
use leptos::task::spawn_local;
use orders_api::RefundDetail;

use crate::browser;
use crate::client::{self, Failure};
use crate::features::session::SessionState;
use crate::paths;
use crate::shell::{Toasts, failure_words, use_live, use_toasts};
use crate::start::answered;
use crate::ui::{FailureWords, Load};
use crate::words::common;
use crate::words::{Lang, fill};

use super::route::{headline, next};
use super::words::Words;

/// The refund of the page.
#[derive(Clone, Copy)]
pub struct RefundData {
    lang: Lang,
    session: SessionState,
    toasts: Option<Toasts>,
    id: StoredValue<String>,
    /// The refund.
    pub load: RwSignal<Load<RefundDetail>>,
    /// What has happened to it while the page was open, in words; empty before.
    pub news: RwSignal<String>,
}

/// Why there is no refund to show. That it does not exist is said in words of its own.
fn words_of(lang: Lang, failure: &Failure) -> FailureWords {
    if failure.status() != 404 {
        return failure_words(lang, failure);
    }
    let words = Words::of(lang);
    FailureWords {
        title: words.gone_title.to_owned(),
        text: words.gone_text.to_owned(),
        retry: false,
        way_out: Some((paths::ORDERS, common::Words::of(lang).back_to_orders)),
    }
}

/// Whether `answer` may take the place of `shown`: an older answer that arrives late may not.
fn is_newer(shown: Option<&RefundDetail>, answer: &RefundDetail) -> bool {
    shown.is_none_or(|shown| {
        shown.refund.id != answer.refund.id || answer.order.version >= shown.order.version
    })
}

/// What to read out when `before` became `now`; `None` when the money is where it was.
fn news_between(lang: Lang, before: &RefundDetail, now: &RefundDetail) -> Option<String> {
    let (old, new) = (&before.refund, &now.refund);
    if (old.state, old.late) == (new.state, new.late) {
        return None;
    }
    let values = [
        ("state", &*headline(lang, now)),
        ("next", &*next(lang, now)),
    ];
    Some(fill(Words::of(lang).news, &values))
}

impl RefundData {
    /// Loads the refund and keeps it fresh as long as the page is there.
    pub fn new(lang: Lang, session: SessionState, id: String) -> Self {
        let data = Self {
            lang,
            session,
            toasts: use_toasts(),
            id: StoredValue::new(id),
            load: RwSignal::new(Load::Loading),
            news: RwSignal::new(String::new()),
        };
        match data.id.with_value(|id| answered(&orders_api::refund(id))) {
            Some(Ok(refund)) => data.take(refund),
            Some(Err(failure)) => data.load.set(Load::Failed(words_of(lang, &failure))),
            None => data.look(),
        }
        data.listen();
        data
    }

    fn listen(self) {
        if let Some(live) = use_live() {
            Effect::new(move |_| {
                let Some(changed) = live.changed.get() else {
                    return;
                };
                // Whose refund it is that has not come yet is not known.
                let mine = self.load.with_untracked(|load| {
                    load.ready().is_none_or(|shown| {
                        shown.order.id == changed.id && changed.version > shown.order.version
                    })
                });
                if mine {
                    self.look();
                }
            });
            Effect::new(move |before: Option<u32>| {
                let missed = live.missed.get();
                if before.is_some_and(|before| before != missed) {
                    self.look();
                }
                missed
            });
        }
        Effect::new(move |before: Option<u32>| {
            let renewed = self.session.renewed.get();
            if before.is_some_and(|before| before != renewed) {
                self.look();
            }
            renewed
        });
    }

    /// Loads it again after a failure.
    pub fn retry(self) {
        self.load.set(Load::Loading);
        self.look();
    }

    /// Asks the server how the refund stands; what is shown stays until the answer is there.
    fn look(self) {
        if browser::ON_SERVER {
            return;
        }
        let id = self.id.get_value();
        spawn_local(async move {
            let answer = client::refund(self.lang, &id).await;
            if self.load.is_disposed() {
                return;
            }
            match answer {
                Ok(refund) => self.take(refund),
                Err(failure) if self.session.takes(&failure) => {}
                Err(failure) => {
                    let shown = self.load.with_untracked(|load| load.ready().is_some());
                    // Behind a refund that is shown, only that it is gone matters; the banner tells the rest.
                    if !shown || failure.status() == 404 {
                        self.load.set(Load::Failed(words_of(self.lang, &failure)));
                    }
                }
            }
        });
    }

    /// Shows `refund`, unless something newer is shown already.
    fn take(self, refund: RefundDetail) {
        let news = self.load.with_untracked(|load| {
            let shown = load.ready();
            is_newer(shown, &refund)
                .then(|| shown.and_then(|shown| news_between(self.lang, shown, &refund)))
        });
        let Some(news) = news else { return };
        if let Some(news) = news {
            self.news.set(news);
        }
        self.load.set(Load::Ready(refund));
    }

    /// Puts `text` on the clipboard and says so.
    pub fn copy(self, text: String) {
        let words = common::Words::of(self.lang);
        spawn_local(async move {
            let copied = browser::copy(&text).await;
            if let Some(toasts) = self.toasts {
                toasts.say(if copied {
                    words.copied
                } else {
                    words.copy_failed
                });
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use orders_api::{Lateness, RefundState};

    use super::super::sample;
    use super::*;

    #[test]
    fn an_older_answer_never_takes_the_place_of_a_newer_one() {
        let old = sample::detail(RefundState::Sent);
        let mut new = sample::detail(RefundState::InClearing);
        new.order.version += 1;
        assert!(is_newer(None, &old));
        assert!(is_newer(Some(&old), &new));
        assert!(is_newer(Some(&new), &new));
        assert!(!is_newer(Some(&new), &old));
    }

    #[test]
    fn what_is_read_out_is_where_the_money_is_and_what_comes_next() {
        let sent = sample::detail(RefundState::Sent);
        let clearing = sample::detail(RefundState::InClearing);
        assert_eq!(
            news_between(Lang::En, &sent, &clearing).as_deref(),
            Some(
                "Your refund has moved on: In the bank's clearing. It arrives when the bank is done, \
                 expected Tue 1 Dec – Fri 4 Dec. There is nothing you need to do."
            )
        );
        assert_eq!(news_between(Lang::En, &sent, &sent), None);
        let late = sample::late(RefundState::Sent, Lateness::NotArrived);
        assert!(news_between(Lang::ZhCn, &sent, &late).is_some());
    }
}
