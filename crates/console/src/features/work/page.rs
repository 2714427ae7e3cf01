//! The queue's page: what is asked for is in its URL; it hears of changes, and nothing moves under the cursor.

use leptos::prelude::*;
use storefront::ui::{FailureView, Load};
use storefront::words::{Lang, common, fill};

use super::data::WorkData;
use super::views::{KINDS, in_the_way_view, old_view, page_of, queue_view, tools_view};
use super::words::Words;
use crate::browser;
use crate::paths::{Page, WorkQuery};
use crate::router::use_router;
use crate::shell::{set_title, use_keys, use_live, use_session};
use crate::words::{frame, keys};

/// How long after a change the page looks: a decision is several.
const SOON_MS: i32 = 300;

/// The page.
#[component]
pub fn WorkPage(
    /// The language.
    lang: Lang,
) -> impl IntoView {
    let (words, router, session) = (Words::of(lang), use_router(), use_session());
    let data = WorkData::new(lang, session);
    set_title(fill(
        frame::Words::of(lang).page_title,
        &[("page", words.title)],
    ));
    let query = Memo::new(move |_| {
        router.page.with(|page| {
            if let Page::Work(query) = page {
                query.clone()
            } else {
                WorkQuery::default()
            }
        })
    });
    // The row under the cursor: the one that has the focus, or had it last.
    let at = RwSignal::new(None::<usize>);
    Effect::new(move |_| {
        session.again.track();
        at.set(None);
        data.show(query.get());
    });
    let live = use_live();
    let planned = StoredValue::new(false);
    Effect::new(move |before: Option<()>| {
        let changed = live.work.get();
        let shown = changed.is_some_and(|changed| KINDS.contains(&changed.kind));
        if before.is_some() && shown && !planned.get_value() {
            planned.set_value(true);
            browser::after(SOON_MS, move || {
                // The page may be another by now.
                if planned.try_set_value(false).is_none() && live.is_in_use() {
                    data.look();
                }
            });
        }
    });
    Effect::new(move |before: Option<u32>| {
        let missed = live.missed.get();
        if before.is_some() {
            data.look();
        }
        missed
    });

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
            Some((row.item.id.clone(), page_of(&row.item)))
        })
    };
    use_keys().listen(list, move |key, acting| {
        let here = at.get_untracked();
        match key {
            "j" | "ArrowDown" | "k" | "ArrowUp" => {
                let down = matches!(key, "j" | "ArrowDown");
                let to = match here {
                    None => 0,
                    Some(here) if down => here + 1,
                    Some(here) => here.saturating_sub(1),
                };
                let there = row(to).is_some();
                if there {
                    at.set(Some(to));
                    browser::step_to(&format!("#work-{to}"));
                }
                there
            }
            "Enter" if !acting => match here.and_then(row) {
                Some((_, Some(page))) => {
                    router.go(&page);
                    true
                }
                Some((_, None)) | None => false,
            },
            "c" => match here.and_then(row) {
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
        {move || data.counts.with(|counts| tools_view(lang, &query.get(), counts, &shops, ask))}
        <div role="status">{move || data.old.get().map(|why| old_view(lang, why, data))}</div>
        <div role="alert">{move || data.in_the_way.get().map(|what| in_the_way_view(lang, what, data))}</div>
        {move || data.queue.with(|queue| match queue {
            Load::Loading => {
                view! { <p class="waiting" role="status">{common::Words::of(lang).loading}</p> }.into_any()
            }
            Load::Failed(why) => {
                let retry = Callback::new(move |()| data.look_afresh());
                view! { <FailureView why=why.clone() retry/> }.into_any()
            }
            Load::Ready(queue) => queue_view(lang, queue, query.get().hands, &own, at, data),
        })}
    }
}
