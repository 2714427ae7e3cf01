//! What changed elsewhere reaches the open page: server-sent events, and a fresh look whenever the
//! page comes back to the front or the network returns.

use leptos::prelude::*;
use orders_api::{EVENTS, Instant, OrderChanged, StreamReady};

use crate::browser::{self, Stream};
use crate::features::session::SessionState;
use crate::json;
use crate::start;

/// What a page listens to.
#[derive(Clone, Copy)]
pub struct Live {
    /// The last change of an order, by anyone.
    pub changed: RwSignal<Option<OrderChanged>>,
    /// Grows whenever changes may have been missed: look again.
    pub missed: RwSignal<u32>,
    /// Whether the browser believes to be connected.
    pub online: RwSignal<bool>,
    /// When what is shown was seen, while there is no network; `None` when it is of now.
    pub seen: RwSignal<Option<Instant>>,
    /// When the page was seen that the app began with; `None` when it was the server's, or once something is.
    page_seen: StoredValue<Option<Instant>>,
    /// Whether another look is planned.
    planned: StoredValue<bool>,
}

/// How long to wait before looking again when the network only seems to be there.
const LOOK_AGAIN_MS: i32 = 10_000;

impl Live {
    /// Listens as long as somebody is logged in, and makes it available to every page.
    pub fn provide(session: SessionState) -> Self {
        let live = Self {
            changed: RwSignal::new(None),
            missed: RwSignal::new(0),
            online: RwSignal::new(browser::is_online()),
            seen: RwSignal::new(None),
            page_seen: StoredValue::new(browser::seen_at().map(Instant)),
            planned: StoredValue::new(false),
        };
        provide_context(live);

        let look_again = move || live.look_again();
        if live.page_seen.with_value(Option::is_some) {
            // The page was seen before; the pages that are about to be drawn listen by then.
            browser::after(0, look_again);
        }
        let listeners = StoredValue::new_local(
            browser::on_connection(move |online| {
                live.online.set(online);
                if online {
                    look_again();
                }
            })
            .into_iter()
            .chain(browser::on_return(move || live.resume(session)))
            .collect::<Vec<_>>(),
        );
        let mark = start::mark().filter(|_| live.page_seen.with_value(Option::is_none));
        let mark = StoredValue::new(mark);
        let stream = StoredValue::new_local(None::<Stream>);
        let logged_in = Memo::new(move |_| session.shopper.with(Option::is_some));
        Effect::new(move |_| {
            // `ready` comes with each connection, and tells whether anything was missed. The first one follows a load
            // that has just been made, or is being made; but for a page that the server drew: the program may have taken
            // its time.
            let since = mark.try_update_value(Option::take).flatten();
            let first = StoredValue::new(since.is_none());
            let mut url = EVENTS.to_owned();
            if let Some(since) = since {
                url.push_str("?after=");
                url.push_str(&since);
            }
            stream.set_value(
                logged_in
                    .get()
                    .then(|| {
                        Stream::open(
                            &url,
                            &["ready", "order_changed"],
                            move |name, data| match name {
                                "ready" if first.get_value() => first.set_value(false),
                                "ready" => {
                                    let ready = json::read::<StreamReady>(&data);
                                    if ready.is_none_or(|ready| ready.missed) {
                                        look_again();
                                    }
                                }
                                _ => {
                                    if let Some(changed) = json::read(&data) {
                                        live.changed.set(Some(changed));
                                    }
                                }
                            },
                        )
                    })
                    .flatten(),
            );
        });
        on_cleanup(move || {
            stream.dispose();
            listeners.dispose();
        });
        live
    }

    /// The page is in front again: what is on it may be old, and its shopper another.
    pub fn resume(self, session: SessionState) {
        self.look_again();
        session.look();
    }

    fn look_again(self) {
        let _gone = self
            .missed
            .try_update(|count| *count = count.wrapping_add(1));
    }

    /// An answer is the server's.
    pub fn is_of_now(self) {
        self.page_seen.set_value(None);
        self.show_age(None);
    }

    /// An answer was seen at that instant, and there is no network: tells so, and looks again after a while.
    pub fn was_seen(self, at: Instant) {
        self.show_age(Some(at));
        if self.planned.try_get_value() != Some(false) {
            return;
        }
        self.planned.set_value(true);
        browser::after(LOOK_AGAIN_MS, move || {
            let _gone = self.planned.try_set_value(false);
            // When the network returns, the browser says so; a server's return it does not know.
            if browser::is_online() {
                self.look_again();
            }
        });
    }

    /// There is no answer: what is shown stays, and may be what was seen before.
    pub fn is_lost(self) {
        let shown = self.seen.try_get_untracked().flatten();
        if let Some(at) = shown.or_else(|| self.page_seen.try_get_value().flatten()) {
            self.was_seen(at);
        }
    }

    fn show_age(self, seen: Option<Instant>) {
        if self.seen.try_with_untracked(|now| *now != seen) == Some(true) {
            self.seen.set(seen);
        }
    }
}

/// Keeps what a page shows fresh: looks again when `is_news` says so of a change, and when something may have been
/// missed; `after_log_in` follows when somebody has logged in again.
pub fn keep_fresh(
    session: SessionState,
    is_news: impl Fn(&OrderChanged) -> bool + 'static,
    look: impl Fn() + Copy + 'static,
    after_log_in: impl Fn() + 'static,
) {
    if let Some(live) = use_live() {
        Effect::new(move |_| {
            if live
                .changed
                .with(|changed| changed.as_ref().is_some_and(&is_news))
            {
                look();
            }
        });
        on_growth(live.missed, look);
    }
    on_growth(session.renewed, after_log_in);
}

/// Calls `then` whenever `count` has grown.
pub fn on_growth(count: RwSignal<u32>, then: impl Fn() + 'static) {
    Effect::new(move |before: Option<u32>| {
        let now = count.get();
        if before.is_some_and(|before| before != now) {
            then();
        }
        now
    });
}

/// The live connection; `None` where a view is rendered on its own.
pub fn use_live() -> Option<Live> {
    use_context::<Live>()
}
