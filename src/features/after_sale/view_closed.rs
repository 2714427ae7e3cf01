//! The page without its form: where nothing can be asked for, and where the app's program is not there (yet).

use leptos::prelude::*;
use orders_api::AfterSaleOptions;

use crate::browser;
use crate::features::support::{links, ways};
use crate::words::Lang;

use super::contact::mail;
use super::view_deadline::deadline_view;
use super::view_what::line_face;
use super::words::Words;

fn lines_view(lang: Lang, options: &AfterSaleOptions) -> impl IntoView + use<> {
    let line = |option: &orders_api::LineOption| {
        let closed = option.not_even_faulty.is_some();
        view! {
            <li class="ask-line" data-closed=closed.then_some("")>
                <div class="ask-line-row">{line_face(lang, option)}</div>
            </li>
        }
    };
    view! {
        <section class="panel ask-part" aria-label=Words::of(lang).lines>
            <ul class="ask-lines">{options.lines.iter().map(line).collect_view()}</ul>
        </section>
    }
}

/// Nothing can be asked for: why, line by line, and the way to a person.
pub fn nothing_view(lang: Lang, options: &AfterSaleOptions) -> impl IntoView + use<> {
    let words = Words::of(lang);
    view! {
        <header class="ask-head">
            <h1 class="page-title" id="ask-title" tabindex="-1">{words.none_title}</h1>
            <p class="ask-hint">{words.none_text}</p>
        </header>
        {ways(lang, &options.support, &mail(lang, options), true)}
        {lines_view(lang, options)}
    }
}

/// What there is to read without the program: lines, deadlines, reasons, and a person to ask.
pub fn served_view(
    lang: Lang,
    options: &AfterSaleOptions,
    now: Signal<i64>,
) -> impl IntoView + use<> {
    let words = Words::of(lang);
    let reasons = options
        .reasons
        .iter()
        .map(|reason| view! { <li>{reason.label.clone()}</li> })
        .collect_view();
    view! {
        {deadline_view(lang, options, now)}
        {lines_view(lang, options)}
        <section class="panel ask-part" aria-labelledby="reasons-title">
            <h2 class="ask-legend" id="reasons-title">{words.reasons}</h2>
            <ul class="ask-reasons">{reasons}</ul>
        </section>
        {browser::ON_SERVER.then(|| view! {
            <div class="notice" data-tone="info" role="status">
                <p class="notice-title">{words.needs_app}</p>
                <noscript>
                    <p>{words.needs_app_text}</p>
                    <p>{links(lang, &options.support, &mail(lang, options))}</p>
                </noscript>
            </div>
        })}
    }
}
