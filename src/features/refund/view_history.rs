//! What happened to the refund, newest first, and who did it.

use leptos::prelude::*;
use orders_api::{Actor, RefundDetail, RefundEvent};

use crate::format;
use crate::words::{Lang, codes, common};

use super::words::Words;

/// The history; `None` when nothing has happened yet.
pub fn history_view(lang: Lang, detail: &RefundDetail) -> Option<AnyView> {
    if detail.history.is_empty() {
        return None;
    }
    let events = detail
        .history
        .iter()
        .map(|event| event_view(lang, event))
        .collect_view();
    Some(
        view! {
            <section class="panel" aria-labelledby="history-title">
                <div class="panel-head">
                    <h2 class="panel-title" id="history-title">{Words::of(lang).history}</h2>
                </div>
                <ol class="timeline">{events}</ol>
                <p class="field-hint">{common::Words::of(lang).beijing_time}</p>
            </section>
        }
        .into_any(),
    )
}

fn event_view(lang: Lang, event: &RefundEvent) -> impl IntoView + use<> {
    // What the program does by a rule, nobody did.
    let by = (event.by != Actor::System).then(|| codes::actor(lang, event.by));
    view! {
        <li class="timeline-item">
            <p class="timeline-what">{codes::event(lang, event.what)}</p>
            {by.map(|by| view! { <p class="timeline-detail">{by}</p> })}
            <time class="timeline-time" datetime=event.at.0.clone()>
                {format::moment(lang, &event.at)}
            </time>
        </li>
    }
}
