//! Loads one's own conversations, and how many nobody has, when something was heard of them.

use leptos::prelude::*;
use orders_api::{Permission, StaffConversation, WorkKind};
use storefront::words::{Lang, fill};

use super::super::list::{Own, newcomers, news, own, step};
use super::super::words::Words;
use crate::browser;
use crate::client;
use crate::features::talk::Talks;
use crate::paths::{Chats, Page};
use crate::router::Router;
use crate::shell::{Live, SessionState, Title, Who};

/// How long after something was heard it is looked: what happens is several.
const SOON_MS: i32 = 250;
/// So many of one's own are shown at most.
const MOST: u32 = 50;

/// One's own conversations, for the whole app.
#[derive(Clone, Copy)]
pub struct Desk {
    lang: Lang,
    session: SessionState,
    router: Router,
    live: Live,
    talks: Talks,
    mine: RwSignal<Vec<StaffConversation>>,
    /// Whether they were loaded before: what was there at the first look is no news.
    known: StoredValue<bool>,
    /// Those of which was heard since they were loaded.
    stirred: RwSignal<Vec<String>>,
    /// Those that one has got and not looked at.
    fresh: RwSignal<Vec<String>>,
    /// How many there are that nobody has.
    pub waiting: RwSignal<u32>,
    /// What was said last in one that is not in front, to be read out.
    pub news: RwSignal<Option<String>>,
    planned: StoredValue<bool>,
    /// Counts the looks: what an earlier one finds does not take the place of what a later one has found.
    looks: StoredValue<(u32, u32)>,
}

impl Desk {
    /// Follows them as long as somebody is logged in, and makes itself available to every page.
    pub fn provide(lang: Lang, session: SessionState, router: Router, live: Live) -> Self {
        let desk = Self {
            lang,
            session,
            router,
            live,
            talks: expect_context(),
            mine: RwSignal::new(Vec::new()),
            known: StoredValue::new(false),
            stirred: RwSignal::new(Vec::new()),
            fresh: RwSignal::new(Vec::new()),
            waiting: RwSignal::new(0),
            news: RwSignal::new(None),
            planned: StoredValue::new(false),
            looks: StoredValue::new((0, 0)),
        };
        provide_context(desk);
        let inside = Memo::new(move |_| {
            let somebody = session
                .who
                .with(|who| matches!(who, Who::Somebody(who) if who.permissions.contains(&Permission::Chat)));
            somebody.then(|| session.again.get())
        });
        Effect::new(move |_| {
            if inside.get().is_some() {
                desk.look();
            }
        });
        Effect::new(move |before: Option<u32>| {
            let missed = live.missed.get();
            if before.is_some_and(|before| before != missed) {
                desk.look();
            }
            missed
        });
        Effect::new(move |_| {
            if let Some(changed) = live.conversation.get() {
                desk.hears(changed.id);
            }
        });
        Effect::new(move |_| {
            let changed = live.work.get();
            if changed.is_some_and(|changed| changed.kind == WorkKind::Conversation) {
                desk.look_soon();
            }
        });
        Effect::new(move |_| {
            let in_front = desk.in_front();
            desk.fresh
                .update(|fresh| fresh.retain(|id| in_front.as_ref() != Some(id)));
        });
        let title = use_context::<Title>();
        Effect::new(move |_| {
            let unread = desk.own().iter().filter(|own| own.unread).count();
            if let Some(title) = title {
                title.unread.set(unread);
            }
        });
        desk
    }

    /// The conversation that is in front of somebody.
    fn in_front(self) -> Option<String> {
        self.router.page.with(|page| {
            if let Page::Conversation(id) = page {
                Some(id.clone())
            } else {
                None
            }
        })
    }

    /// One's own, for the strip.
    pub fn own(self) -> Vec<Own> {
        let in_front = self.in_front();
        let mut marked = self.stirred.get();
        marked.extend(self.fresh.get());
        self.mine
            .with(|mine| own(mine, &marked, in_front.as_deref()))
    }

    /// Goes to the next of one's own, or to the one before; whether there is another.
    pub fn go(self, down: bool) -> bool {
        let here = untrack(|| self.in_front());
        let to = untrack(|| step(&self.own(), here.as_deref(), down));
        let found = to.is_some();
        if let Some(id) = to {
            self.router.go(&Page::Conversation(id));
        }
        found
    }

    /// Something was said or done in a conversation. A page that nobody touches asks for nothing, and marks it all the same.
    fn hears(self, id: String) {
        if self.live.is_in_use() {
            self.look_soon();
        } else if untrack(|| self.in_front()).as_ref() != Some(&id) {
            self.stirred.update(|stirred| {
                if !stirred.contains(&id) {
                    stirred.push(id);
                }
            });
        }
    }

    fn look_soon(self) {
        if self.planned.get_value() {
            return;
        }
        self.planned.set_value(true);
        browser::after(SOON_MS, move || {
            if self.planned.try_set_value(false).is_none() && self.live.is_in_use() {
                self.look();
            }
        });
    }

    /// Loads them.
    fn look(self) {
        if !self.session.may(Permission::Chat) {
            return;
        }
        let begun = self.looks.try_update_value(|(begun, _)| {
            *begun += 1;
            *begun
        });
        let Some(begun) = begun else { return };
        browser::spawn(async move {
            let mine = client::conversations(self.lang, Chats::Mine, MOST, None).await;
            match mine {
                Ok(list) => {
                    let later = self.looks.try_update_value(|(_, shown)| {
                        let later = begun > *shown;
                        *shown = begun.max(*shown);
                        later
                    });
                    if later != Some(true) {
                        return;
                    }
                    self.show(list.items);
                }
                Err(failure) => {
                    self.session.notices(&failure);
                    return;
                }
            }
            match client::conversations_waiting(self.lang).await {
                Ok(waiting) => {
                    let _gone = self.waiting.try_set(waiting);
                }
                // The count stays as it was; the next look is soon.
                Err(failure) => {
                    self.session.notices(&failure);
                }
            }
        });
    }

    fn show(self, now: Vec<StaffConversation>) {
        let Some(before) = self.mine.try_get_untracked() else {
            return;
        };
        let in_front = untrack(|| self.in_front()).filter(|_| browser::is_visible());
        if self.known.get_value() {
            let front = untrack(|| self.in_front());
            let new = newcomers(&before, &now, front.as_deref());
            self.fresh.update(|fresh| fresh.extend(new));
            if let Some((name, text)) = news(&before, &now, in_front.as_deref()) {
                let words = Words::of(self.lang);
                let name = if name.is_empty() {
                    words.nobody.to_owned()
                } else {
                    name
                };
                let text = if text.is_empty() {
                    words.photo.to_owned()
                } else {
                    text
                };
                let said = fill(words.said, &[("name", &name), ("text", &text)]);
                self.news.set(Some(said));
            }
        } else if let Some(who) = self.session.somebody() {
            // What was said before a reload and has not arrived goes on its way, whichever page is shown.
            let ids = now.iter().map(|one| one.conversation.id.clone());
            self.talks.send_what_is_left(&who.staff.id, ids);
        }
        self.known.set_value(true);
        self.stirred.set(Vec::new());
        self.mine.set(now);
    }
}

/// One's conversations in this app.
pub fn use_desk() -> Desk {
    expect_context::<Desk>()
}
