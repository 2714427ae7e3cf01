//! The steps: which one the URL says, which one is shown, and the ways between them.

use leptos::prelude::*;

use crate::browser;
use crate::paths::{AskStep, Page};
use crate::router::{Router, use_router};

use super::data::AskData;

/// How one step is left for another in the browser's history.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// By a new entry.
    On,
    /// So many entries back.
    Back(i32),
    /// In the place of the entry that is shown.
    Instead,
}

/// The entries of the history that this page made and that are next to each other, in the order of their steps. What
/// else is in the history is not known, so that nobody is led back into it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Trail(Option<(AskStep, AskStep)>);

impl Trail {
    /// There is the one that is shown.
    pub(super) const fn begin(shown: AskStep) -> Self {
        Self(Some((shown, shown)))
    }

    /// The way to a step, which is taken.
    pub(super) fn take(&mut self, from: AskStep, to: AskStep) -> Way {
        match self.0 {
            _ if to > from => {
                self.0 = self.0.map(|(first, _)| (first, to));
                Way::On
            }
            Some((first, _)) if first <= to => Way::Back(from as i32 - to as i32),
            Some(_) | None => {
                self.replaced();
                Way::Instead
            }
        }
    }

    /// An entry has become another step's: they are in their order no more.
    pub(super) const fn replaced(&mut self) {
        self.0 = None;
    }

    /// The browser shows this one.
    pub(super) fn seen(&mut self, step: AskStep) {
        self.0 = self
            .0
            .filter(|(first, last)| (*first..=*last).contains(&step));
    }
}

/// Which step the URL says, which one is shown, and the ways between them.
#[derive(Clone, Copy)]
pub(super) struct Steps {
    router: Router,
    data: AskData,
    id: StoredValue<String>,
    /// What the URL says.
    asked: Memo<AskStep>,
    /// The step that is shown: no further than what is filled in allows.
    pub(super) shown: Signal<AskStep>,
    trail: StoredValue<Trail>,
    /// The browser was told to go back to this step and has not yet.
    going_back: StoredValue<Option<AskStep>>,
    /// The step that is on its way is shown for the sake of its mistakes.
    shows_wrong: StoredValue<bool>,
}

impl Steps {
    pub(super) fn new(data: AskData, id: String) -> Self {
        let router = use_router();
        let page = router.page;
        let asked = Memo::new(move |before: Option<&AskStep>| {
            page.with(|page| match page {
                Page::AfterSale { step, .. } => *step,
                Page::Orders(_)
                | Page::Order { .. }
                | Page::Refund { .. }
                | Page::Case { .. }
                | Page::Complain { .. }
                | Page::Complaint { .. }
                | Page::Notifications
                | Page::Support { .. }
                | Page::Conversation { .. }
                | Page::Help(_)
                | Page::HelpArticle { .. }
                | Page::Policy { .. }
                | Page::LogIn { .. }
                | Page::Guest { .. }
                | Page::NotFound => before.copied().unwrap_or_default(),
            })
        });
        let shown = Memo::new(move |before: Option<&AskStep>| {
            let busy = data.sending.with(|sending| !sending.is_open_to_change());
            if browser::ON_SERVER {
                AskStep::What
            } else if data.opened.with(Option::is_some) {
                before.copied().unwrap_or_default()
            } else if busy {
                // What was sent stays in sight, whatever the offer says meanwhile.
                AskStep::Check
            } else {
                asked.get().min(data.furthest())
            }
        });
        Self {
            router,
            data,
            id: StoredValue::new(id),
            asked,
            shown: shown.into(),
            trail: StoredValue::new(Trail::begin(asked.get_untracked())),
            going_back: StoredValue::new(None),
            shows_wrong: StoredValue::new(false),
        }
    }

    fn page(self, step: AskStep) -> Page {
        Page::AfterSale {
            id: self.id.get_value(),
            step,
        }
    }

    /// To another step: the one way that the page itself takes between them.
    pub(super) fn to(self, step: AskStep) {
        let asked = self.asked.get_untracked();
        // A second tap before the URL has changed must not go back twice.
        if step == asked || self.going_back.with_value(Option::is_some) {
            return;
        }
        let way = self
            .trail
            .try_update_value(|trail| trail.take(asked, step))
            .unwrap_or(Way::Instead);
        match way {
            Way::On => self.router.go(&self.page(step)),
            Way::Back(steps) => {
                self.going_back.set_value(Some(step));
                browser::go_back_by(steps);
            }
            Way::Instead => self.router.replace(&self.page(step)),
        }
    }

    /// The browser has gone back. Where something else had made an entry between the steps (a link within the page
    /// does), that is not where it was to go: the step takes that entry's place.
    fn arrive(self) {
        let due = self.going_back.try_update_value(Option::take).flatten();
        if let Some(due) = due.filter(|due| *due != self.asked.get_untracked()) {
            self.trail.update_value(Trail::replaced);
            self.router.replace(&self.page(due));
        }
    }

    pub(super) fn next(self) {
        let step = self.shown.get_untracked();
        let next = match step {
            AskStep::What => AskStep::Why,
            AskStep::Why | AskStep::Check => AskStep::Check,
        };
        if self.data.check(step) {
            self.to(next);
        }
    }

    pub(super) fn back(self) {
        self.to(match self.shown.get_untracked() {
            AskStep::What | AskStep::Why => AskStep::What,
            AskStep::Check => AskStep::Why,
        });
    }

    pub(super) fn begin_anew(self) {
        self.to(AskStep::What);
        browser::next_frame(|| browser::focus("#ask-title"));
    }

    /// Follows the URL, shows what is wrong, and leaves for the case once there is one.
    pub(super) fn follow(self) {
        Effect::new(move |_| {
            let asked = self.asked.get();
            self.trail.update_value(|trail| trail.seen(asked));
        });
        let history = StoredValue::new_local(browser::on_history(move || self.arrive()));
        on_cleanup(move || history.dispose());
        Effect::new(move |before: Option<AskStep>| {
            let shown = self.shown.get();
            if before.is_some_and(|before| before != shown) {
                if self.shows_wrong.try_update_value(std::mem::take) == Some(true) {
                    reveal_wrong();
                } else {
                    browser::next_frame(|| browser::focus("#ask-title"));
                }
            }
            shown
        });
        Effect::new(move |before: Option<bool>| {
            let (asked, shown) = (self.asked.get(), self.shown.get());
            let begun = self.data.begun.get();
            let settled = begun && self.data.opened.with(Option::is_none);
            let comes = begun && before != Some(true);
            let unmoved = self.trail.get_value() == Trail::begin(asked);
            // Whoever comes (back) to a step of what is not there begins with the first.
            let empty = comes && unmoved && !self.data.restored.get_untracked();
            let due = if empty { AskStep::What } else { shown };
            // The URL says no more than there is to show.
            if settled && asked != due {
                self.trail.update_value(Trail::replaced);
                self.router.turn(&self.page(due), true);
            }
            begun
        });
        Effect::new(move |before: Option<u32>| {
            let found = self.data.found_wrong.get();
            if before.is_some_and(|before| before != found) {
                self.show_wrong();
            }
            found
        });
        Effect::new(move |_| self.leave());
    }

    fn show_wrong(self) {
        let first = self
            .data
            .wrong
            .with_untracked(|wrong| wrong.first().map(|wrong| wrong.field.step()));
        let Some(step) = first else { return };
        if step == self.shown.get_untracked() {
            reveal_wrong();
        } else {
            self.shows_wrong.set_value(true);
        }
        self.to(step);
    }

    /// To the case, in the place of the step that it was sent from: this depends on nothing that the history may hold.
    /// The steps before it stay, and begin anew.
    pub(super) fn leave(self) {
        if let Some(case) = self.data.opened.get() {
            self.router.replace(&Page::Case { id: case });
        }
    }
}

/// Shows what is marked, once it is drawn.
fn reveal_wrong() {
    browser::next_frame(|| {
        browser::next_frame(|| {
            browser::reveal(".ask [aria-invalid=true]");
            browser::focus(
                ".ask fieldset[aria-invalid=true] input, .ask input[aria-invalid=true], .ask textarea[aria-invalid=true]",
            );
        });
    });
}
