//! The queue's page: what is asked for is in its URL; it looks again by itself, and nothing moves under the cursor.

use leptos::prelude::*;
use storefront::ui::{FailureView, Load};
use storefront::words::{Lang, common, fill};

use super::data::WorkData;
use super::views::{in_the_way_view, queue_view, tools_view};
use super::words::Words;
use crate::browser::{self, Interval, on_return};
use crate::paths::{Page, WorkQuery};
use crate::router::use_router;
use crate::shell::{use_keys, use_session};
use crate::words::{frame, keys};

/// How often the page looks again while it is seen.
const LOOK_MS: i32 = 15_000;

/// The page.
#[component]
pub fn WorkPage(
    /// The language.
    lang: Lang,
) -> impl IntoView {
    let (words, router, session) = (Words::of(lang), use_router(), use_session());
    let data = WorkData::new(lang, session);
    browser::set_title(&fill(
        frame::Words::of(lang).page_title,
        &[("page", words.title)],
    ));
    let query = Memo::new(move |_| {
        router.page.with(|page| match page {
            Page::Work(query) => query.clone(),
            Page::Search(_) | Page::Order(_) | Page::NotFound => WorkQuery::default(),
        })
    });
    let at = RwSignal::new(0_usize);
    Effect::new(move |_| {
        session.again.track();
        at.set(0);
        data.show(query.get());
    });
    let clock = Interval::new(LOOK_MS, move || {
        if browser::is_visible() {
            data.look();
        }
    });
    let listeners = StoredValue::new_local((clock, on_return(move || data.look())));
    on_cleanup(move || listeners.dispose());

    let names = keys::Words::of(lang);
    let list = vec![
        ("j", names.next),
        ("k", names.previous),
        ("Enter", names.open),
        ("c", words.key_take),
        ("r", words.key_fresh),
    ];
    let row = move |place: usize| {
        data.queue.with_untracked(|queue| {
            let row = queue.ready()?.rows.get(place)?;
            let order = row.item.order.as_ref().map(|order| order.id.clone());
            Some((row.item.id.clone(), order))
        })
    };
    use_keys().listen(list, move |key, acting| {
        let here = at.get_untracked();
        match key {
            "j" | "ArrowDown" | "k" | "ArrowUp" => {
                let down = matches!(key, "j" | "ArrowDown");
                // The first press goes to the row itself, when nothing is under the cursor yet.
                let to = match (acting, down) {
                    (false, true) if here == 0 => 0,
                    (_, true) => here + 1,
                    (_, false) => here.saturating_sub(1),
                };
                let there = row(to).is_some();
                if there {
                    at.set(to);
                    browser::step_to(&format!("#work-{to}"));
                }
                there
            }
            "Enter" if !acting => match row(here) {
                Some((_, Some(order))) => {
                    router.go(&Page::Order(order));
                    true
                }
                Some((_, None)) | None => false,
            },
            "c" => match row(here) {
                Some((id, _)) => {
                    data.turn(&id);
                    true
                }
                None => false,
            },
            "r" => {
                data.look_afresh();
                true
            }
            _ => false,
        }
    });
    let own = session
        .somebody()
        .map(|who| who.staff.id)
        .unwrap_or_default();
    let shops = session.somebody().map(|who| who.shops).unwrap_or_default();
    let ask = Callback::new(move |query| router.replace(&Page::Work(query)));
    view! {
        <h1 class="page-title">{words.title}</h1>
        {move || {
            let counts = data.queue.with(|queue| {
                queue.ready().map(|queue| queue.counts.clone()).unwrap_or_default()
            });
            tools_view(lang, &query.get(), &counts, &shops, ask)
        }}
        <div role="alert">{move || data.in_the_way.get().map(|what| in_the_way_view(lang, what, data))}</div>
        {move || data.queue.with(|queue| match queue {
            Load::Loading => {
                view! { <p class="waiting" role="status">{common::Words::of(lang).loading}</p> }.into_any()
            }
            Load::Failed(why) => {
                let retry = Callback::new(move |()| data.look_afresh());
                view! { <FailureView why=why.clone() retry/> }.into_any()
            }
            Load::Ready(queue) => queue_view(lang, queue, &own, data).into_any(),
        })}
    }
}
