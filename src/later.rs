//! Pages that come later: their code is in files of their own, loaded when it is needed or when there is time.
//! Only the release build splits; elsewhere (feature `split` off) everything is in one file and there at once.

mod files;

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::browser;
use crate::client::Failure;
use crate::shell::failure_words;
use crate::ui::FailureView;
use crate::words::common::Words;
use crate::words::use_lang;

use files::{Coming, Draw};

/// How long the first page gets for itself before the others are fetched in advance.
const QUIET_MS: i32 = 2_500;

/// The page of one order.
pub fn order_page() -> AnyView {
    when_there(|| Box::pin(files::order_page()), true)
}

/// The log-in page.
pub fn log_in_page() -> AnyView {
    when_there(|| Box::pin(files::log_in_page()), true)
}

/// The dialog that asks to log in again.
pub fn log_in_dialog() -> AnyView {
    when_there(|| Box::pin(files::log_in_dialog()), false)
}

/// Fetches every page in advance, once the first one had its time.
pub fn fetch_in_advance() {
    browser::after(QUIET_MS, || {
        spawn_local(async {
            // What fails now is fetched again when it is needed.
            let _fetched = files::order_page().await;
            let _fetched = files::log_in_page().await;
        });
    });
}

/// Draws as soon as the code is there; until then a page's grey shape, or nothing.
fn when_there(load: fn() -> Coming, is_page: bool) -> AnyView {
    let lang = use_lang();
    let words = Words::of(lang);
    // `None` while it is on its way.
    let draw = RwSignal::new(None::<Option<Draw>>);
    let tried = StoredValue::new(false);
    let begin = move || {
        spawn_local(async move {
            let answer = load().await.ok();
            draw.try_set(Some(answer));
        });
    };
    begin();
    let retry = Callback::new(move |()| {
        if tried.get_value() {
            // Not the line, then: these files belong to another build than the server's.
            browser::load(&browser::here());
        } else {
            tried.set_value(true);
            draw.set(None);
            begin();
        }
    });
    let view = move || match draw.get() {
        Some(Some(draw)) => draw(),
        Some(None) => {
            let why = failure_words(lang, &Failure::Unreachable);
            view! {
                <main class="page" id="main" tabindex="-1">
                    <h1 class="visually-hidden">{words.product}</h1>
                    <FailureView why retry/>
                </main>
            }
            .into_any()
        }
        None if is_page => view! {
            <main class="page" id="main" tabindex="-1" aria-busy="true">
                <h1 class="visually-hidden">{words.loading}</h1>
                <span class="skeleton" data-size="title"></span>
                <span class="skeleton"></span>
                <span class="skeleton" data-size="half"></span>
            </main>
        }
        .into_any(),
        None => ().into_any(),
    };
    view.into_any()
}
