//! The page: reads the URL and wires.

use leptos::prelude::*;
use orders_api::AfterSaleOptions;

use crate::browser::{self, Interval};
use crate::features::session::SessionState;
use crate::paths::{AskStep, Page};
use crate::router::use_router;
use crate::shell::{focus_page, use_live};
use crate::start::set_title;
use crate::ui::{Load, Loaded};
use crate::words::{Lang, common, fill, use_lang};

use super::data::AskData;
use super::steps::Steps;
use super::view_deadline::{ended, is_last_day};
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
    let now = clock(options);
    let parts = AskParts {
        step: steps.shown,
        wish: data.wish.into(),
        wrong: data.wrong.into(),
        restored: data.restored.into(),
        preview: data.preview.into(),
        sending: data.sending.into(),
        online,
        now,
        picker: data.uploads.parts(),
        change: Callback::new(move |change| data.change(change)),
        anew: Callback::new(move |()| {
            data.begin_anew();
            steps.begin_anew();
        }),
        next: Callback::new(move |()| steps.next()),
        back: Callback::new(move |()| steps.back()),
        go_to: Callback::new(move |step| steps.to(step)),
        retry_preview: Callback::new(move |()| data.look_ahead()),
        send: Callback::new(move |()| data.send()),
    };

    follow_title(lang, options, steps.shown);
    steps.follow();
    focus_page();
    // What may be asked for is less once a time is over.
    let ended = Memo::new(move |_| {
        options.with(|options| options.as_ref().map(|options| ended(options, now.get())))
    });
    Effect::new(move |before: Option<Option<usize>>| {
        let ended = ended.get();
        if before.flatten().is_some_and(|before| ended > Some(before)) {
            data.look();
        }
        ended
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

/// The time in seconds since 1970: each second on the last day, else each minute.
fn clock(options: Memo<Option<AfterSaleOptions>>) -> Signal<i64> {
    let now = RwSignal::new(browser::now_s());
    let clock = StoredValue::new_local(None::<Interval>);
    let last_day = Memo::new(move |_| {
        let now = now.get();
        options.with(|options| options.as_ref().is_some_and(|o| is_last_day(o, now)))
    });
    Effect::new(move |_| {
        let every_ms = if last_day.get() { 1_000 } else { 60_000 };
        clock.set_value(Interval::new(every_ms, move || {
            let _gone = now.try_set(browser::now_s());
        }));
    });
    on_cleanup(move || clock.dispose());
    now.into()
}
