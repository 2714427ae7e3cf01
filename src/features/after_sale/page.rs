//! The page: reads the URL and wires.

use leptos::prelude::*;
use orders_api::AfterSaleOptions;

use crate::browser::{self, Interval};
use crate::features::session::SessionState;
use crate::paths::{AskStep, Page};
use crate::router::{Router, use_router};
use crate::shell::use_live;
use crate::start::set_title;
use crate::ui::{Load, Loaded};
use crate::words::{Lang, common, fill, use_lang};

use super::data::AskData;
use super::view_deadline::is_last_day;
use super::views::{AskParts, AskView, skeleton};
use super::words::Words;

/// Asking for money back after receipt: what, why, with which evidence, and what it comes to.
#[component]
pub fn AfterSalePage() -> impl IntoView {
    let page = use_router().page;
    // Between the step to another page and the end of this one, the order stays as it is.
    let id = Memo::new(move |before: Option<&String>| {
        page.with(|page| match page {
            Page::AfterSale { id, .. } => id.clone(),
            Page::Orders(_)
            | Page::Order { .. }
            | Page::Refund { .. }
            | Page::Case { .. }
            | Page::Notifications
            | Page::LogIn { .. }
            | Page::NotFound => before.cloned().unwrap_or_default(),
        })
    });
    move || view! { <OneOrder id=id.get()/> }
}

#[component]
fn OneOrder(id: String) -> impl IntoView {
    let lang = use_lang();
    let data = AskData::new(lang, expect_context::<SessionState>(), id.clone());
    let steps = Steps::new(data, id);
    let options = Memo::new(move |_| data.load.with(|load| load.ready().cloned()));
    let online = use_live().map_or_else(|| Signal::stored(true), |live| live.online.into());
    let parts = AskParts {
        step: steps.shown,
        wish: data.wish.into(),
        wrong: data.wrong.into(),
        restored: data.restored.into(),
        preview: data.preview.into(),
        sending: data.sending.into(),
        online,
        now: clock(options),
        picker: data.uploads.parts(),
        change: Callback::new(move |change| data.change(change)),
        anew: Callback::new(move |()| {
            data.begin_anew();
            steps.begin_anew();
        }),
        next: Callback::new(move |()| steps.next()),
        back: Callback::new(move |()| steps.back()),
        retry_preview: Callback::new(move |()| data.look_ahead()),
        send: Callback::new(move |()| data.send()),
    };

    follow_title(lang, options, steps.shown);
    steps.follow();
    // Where the page was there before the app, the focus is where the shopper put it.
    let over = browser::is_served("main");
    Effect::new(move |before: Option<()>| {
        if before.is_none() && !over {
            browser::next_frame(|| browser::focus("#main"));
        }
    });
    // What it comes to is asked for when that is about to be shown.
    Effect::new(move |_| {
        data.wish.track();
        options.with(|_| {});
        if steps.shown.get() == AskStep::Check {
            data.look_ahead();
        }
    });

    let failed = Memo::new(move |_| data.load.with(|load| matches!(load, Load::Failed(_))));
    view! {
        <main class="page" class:columns=move || !failed.get() id="main" tabindex="-1">
            // Until the offer is there, and when it is not, the page has a heading all the same.
            {move || options.with(Option::is_none).then(|| view! {
                <h1 class="visually-hidden">{Words::of(lang).page}</h1>
            })}
            <Loaded
                load=data.load
                skeleton=move || skeleton(lang)
                retry=move |()| data.retry()
                ready=move |options| view! { <AskView lang options parts/> }
            />
        </main>
    }
}

/// Which step the URL says, which one is shown, and the ways between them.
#[derive(Clone, Copy)]
struct Steps {
    router: Router,
    data: AskData,
    id: StoredValue<String>,
    /// What the URL says.
    asked: Memo<AskStep>,
    /// The step that is shown: no further than what is filled in allows.
    shown: Signal<AskStep>,
    /// How many steps back in the history the first one is, as far as this page has seen.
    behind: StoredValue<i32>,
    /// The page is on its way out.
    leaving: StoredValue<bool>,
}

impl Steps {
    fn new(data: AskData, id: String) -> Self {
        let router = use_router();
        let page = router.page;
        let asked = Memo::new(move |before: Option<&AskStep>| {
            page.with(|page| match page {
                Page::AfterSale { step, .. } => *step,
                Page::Orders(_)
                | Page::Order { .. }
                | Page::Refund { .. }
                | Page::Case { .. }
                | Page::Notifications
                | Page::LogIn { .. }
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
            behind: StoredValue::new(0),
            leaving: StoredValue::new(false),
        }
    }

    fn page(self, step: AskStep) -> Page {
        Page::AfterSale {
            id: self.id.get_value(),
            step,
        }
    }

    fn next(self) {
        let step = self.shown.get_untracked();
        let next = match step {
            AskStep::What => AskStep::Why,
            AskStep::Why | AskStep::Check => AskStep::Check,
        };
        if self.data.check(step) {
            self.router.go(&self.page(next));
        }
    }

    fn back(self) {
        let before = match self.shown.get_untracked() {
            AskStep::What | AskStep::Why => AskStep::What,
            AskStep::Check => AskStep::Why,
        };
        if self.behind.get_value() > 0 {
            browser::go_back();
        } else {
            self.router.replace(&self.page(before));
        }
    }

    fn begin_anew(self) {
        if self.asked.get_untracked() != AskStep::What {
            self.router.replace(&self.page(AskStep::What));
        }
        browser::next_frame(|| browser::focus("#ask-title"));
    }

    /// Follows the URL, shows what is wrong, and leaves for the case once there is one.
    fn follow(self) {
        let router = self.router;
        Effect::new(move |before: Option<AskStep>| {
            let asked = self.asked.get();
            if let Some(before) = before {
                self.behind.update_value(|behind| {
                    *behind = (*behind + asked as i32 - before as i32).max(0)
                });
            }
            asked
        });
        Effect::new(move |before: Option<AskStep>| {
            let shown = self.shown.get();
            if before.is_some_and(|before| before != shown) {
                browser::next_frame(|| browser::focus("#ask-title"));
            }
            shown
        });
        // The URL says no more than there is to show.
        Effect::new(move |_| {
            let (asked, shown) = (self.asked.get(), self.shown.get());
            let settled = self.data.begun.get() && self.data.opened.with(Option::is_none);
            if settled && asked != shown {
                router.turn(&self.page(shown), true);
            }
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
        if step != self.asked.get_untracked() {
            self.router.turn(&self.page(step), true);
        }
        // The heading of another step takes the focus first.
        browser::next_frame(|| {
            browser::next_frame(|| {
                browser::reveal(".ask [aria-invalid=true]");
                browser::focus(
                    ".ask fieldset[aria-invalid=true] input, .ask input[aria-invalid=true], .ask textarea[aria-invalid=true]",
                );
            });
        });
    }

    /// To the case, in the place of the first step, so that going back does not lead to what was sent.
    fn leave(self) {
        let Some(case) = self.data.opened.get() else {
            return;
        };
        let at_first = self.asked.get() == AskStep::What;
        let behind = self.behind.get_value();
        if at_first || behind == 0 {
            self.router.replace(&Page::Case { id: case });
        } else if !self.leaving.get_value() {
            self.leaving.set_value(true);
            browser::go_back_by(behind);
        }
    }
}

/// The document's title follows the step.
fn follow_title(lang: Lang, options: Memo<Option<AfterSaleOptions>>, step: Signal<AskStep>) {
    let title = move || {
        let words = Words::of(lang);
        let refuses = options.with(|options| options.as_ref().is_some_and(|o| o.on_its_way));
        let page = if refuses {
            words.page_refuse
        } else {
            words.page
        };
        let n = (step.get() as i32 + 1).to_string();
        let page = fill(words.page_step, &[("page", page), ("n", &n)]);
        fill(common::Words::of(lang).page_title, &[("page", &page)])
    };
    set_title(&untrack(title));
    Effect::new(move |_| set_title(&title()));
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "seconds since 1970 are far from 2^53"
)]
fn seconds_now() -> i64 {
    (browser::now_ms() / 1000.0) as i64
}

/// The time in seconds since 1970: each second on the last day, else each minute.
fn clock(options: Memo<Option<AfterSaleOptions>>) -> Signal<i64> {
    let now = RwSignal::new(seconds_now());
    let clock = StoredValue::new_local(None::<Interval>);
    let last_day = Memo::new(move |_| {
        let now = now.get();
        options.with(|options| options.as_ref().is_some_and(|o| is_last_day(o, now)))
    });
    Effect::new(move |_| {
        let every_ms = if last_day.get() { 1_000 } else { 60_000 };
        clock.set_value(Interval::new(every_ms, move || {
            let _gone = now.try_set(seconds_now());
        }));
    });
    on_cleanup(move || clock.dispose());
    now.into()
}
