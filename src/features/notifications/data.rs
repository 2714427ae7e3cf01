//! The notifications that the page shows: loading them, those that follow, and having read them.

use leptos::prelude::*;
use leptos::task::spawn_local;
use orders_api::NotificationList;

use crate::browser;
use crate::client::{self, Failure};
use crate::features::bell::{Bell, Looks};
use crate::features::session::SessionState;
use crate::format;
use crate::shell::{failure_words, keep_fresh};
use crate::start::answered;
use crate::ui::Load;
use crate::words::{Lang, fill};

use super::list::List;
use super::words::Words;

/// Where loading those that follow stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum More {
    /// Nothing is under way.
    Idle,
    /// They are being loaded.
    Loading,
    /// It failed, and why.
    Failed(String),
}

/// The notifications of the page.
#[derive(Clone, Copy)]
pub struct NotificationsData {
    lang: Lang,
    session: SessionState,
    bell: Option<Bell>,
    /// What is shown.
    pub load: RwSignal<Load<List>>,
    /// Where loading those that follow stands.
    pub more: RwSignal<More>,
    /// The time by which days have their names, in seconds since 1970.
    pub now: RwSignal<i64>,
    looks: StoredValue<Looks>,
    /// Up to which one the server was told that they were read.
    told: StoredValue<Option<String>>,
}

impl NotificationsData {
    /// Loads the newest ones, keeps them fresh as long as the page is there, and has them read.
    pub fn new(lang: Lang, session: SessionState) -> Self {
        let data = Self {
            lang,
            session,
            bell: use_context::<Bell>(),
            load: RwSignal::new(Load::Loading),
            more: RwSignal::new(More::Idle),
            now: RwSignal::new(browser::now_s()),
            looks: StoredValue::new(Looks::default()),
            told: StoredValue::new(None),
        };
        match answered(&client::notifications_url(None)) {
            Some(Ok(answer)) => data.take(answer, data.bell.map(Bell::ask)),
            Some(Err(failure)) => data.load.set(Load::Failed(failure_words(lang, &failure))),
            None => data.look(),
        }
        keep_fresh(session, |_| true, move || data.look(), move || data.look());
        data
    }

    /// Loads them again after a failure.
    pub fn retry(self) {
        self.load.set(Load::Loading);
        self.look();
    }

    /// What has come while the page was open, in words; empty before. Only words that are others than before are told to
    /// whoever does not see the page.
    pub fn news(self) -> String {
        let came = self
            .load
            .with(|load| load.ready().map_or(0, |list| list.came));
        match came {
            0 => String::new(),
            n => fill(Words::of(self.lang).news, &[("n", &n.to_string())]),
        }
    }

    /// The days are named anew when another has begun: the page may have been open overnight.
    fn read_clock(self) {
        let now = browser::now_s();
        let then = self.now.get_untracked();
        if format::beijing_day(now) != format::beijing_day(then) {
            self.now.set(now);
        }
    }

    fn look(self) {
        if browser::ON_SERVER {
            return;
        }
        self.read_clock();
        let look = self.looks.try_update_value(Looks::ask).unwrap_or_default();
        let count = self.bell.map(Bell::ask);
        spawn_local(async move {
            let answer = client::notifications(self.lang, None).await;
            if self.load.is_disposed() {
                return;
            }
            match answer {
                Ok(answer) => {
                    let counts = self.looks.try_update_value(|looks| looks.counts(look));
                    if counts == Some(true) {
                        self.take(answer, count);
                    }
                }
                Err(failure) if self.session.takes(&failure) => {}
                Err(failure) => {
                    // Behind a list that is shown, the banner tells.
                    if self.load.with_untracked(|load| load.ready().is_none()) {
                        self.load
                            .set(Load::Failed(failure_words(self.lang, &failure)));
                    }
                }
            }
        });
    }

    /// `count` is the number of the bell's look that this was.
    fn take(self, answer: NotificationList, count: Option<u32>) {
        if let (Some(bell), Some(count)) = (self.bell, count) {
            bell.count(count, answer.unread);
        }
        let shown = self.load.with_untracked(|load| load.ready().cloned());
        let list = match &shown {
            Some(shown) => shown.looked_at(answer),
            None => List::new(answer),
        };
        self.load.set(Load::Ready(list));
        self.have_read();
    }

    /// Loads those that follow.
    pub fn load_more(self) {
        if self.more.with_untracked(|more| *more == More::Loading) {
            return;
        }
        let cursor = self
            .load
            .with_untracked(|load| load.ready().and_then(|list| list.next_cursor.clone()));
        let Some(cursor) = cursor else { return };
        self.more.set(More::Loading);
        self.read_clock();
        spawn_local(async move {
            let answer = client::notifications(self.lang, Some(&cursor)).await;
            if self.load.is_disposed() {
                return;
            }
            self.more.set(match answer {
                Ok(answer) => {
                    self.load.update(|load| {
                        if let Load::Ready(list) = load
                            && list.next_cursor.as_deref() == Some(&*cursor)
                        {
                            *list = list.followed_by(answer);
                        }
                    });
                    More::Idle
                }
                Err(failure) if self.session.takes(&failure) => More::Idle,
                Err(failure) => More::Failed(failure_words(self.lang, &failure).text),
            });
        });
    }

    /// Tells the server that they were read, once they are seen.
    fn have_read(self) {
        browser::next_frame(move || {
            // A page behind another is looked at again when it comes to the front.
            if browser::is_visible() {
                browser::after(0, move || self.tell());
            }
        });
    }

    fn tell(self) {
        let newest = self.load.try_with_untracked(|load| {
            let list = load.ready().filter(|list| list.has_unread())?;
            list.items.first().map(|item| item.id.clone())
        });
        let Some(newest) = newest.flatten() else {
            return;
        };
        let told = self
            .told
            .try_with_value(|told| told.as_ref() == Some(&newest));
        if told != Some(false) {
            return;
        }
        let key = browser::new_key();
        self.told.set_value(Some(newest.clone()));
        spawn_local(async move {
            match client::mark_read(self.lang, &newest, &key).await {
                Ok(left) => {
                    if let Some(bell) = self.bell {
                        bell.left(left.unread);
                    }
                }
                // The next look tries again.
                Err(Failure::Unreachable | Failure::Unreadable | Failure::Refused(_)) => {
                    let _gone = self.told.try_set_value(None);
                }
            }
        });
    }
}
