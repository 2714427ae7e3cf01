//! The refund's page as a shape: plain data in, markup out.

use leptos::prelude::*;
use orders_api::RefundDetail;

use crate::browser;
use crate::words::Lang;

use super::view_facts::aside_view;
use super::view_history::history_view;
use super::view_parts::parts_view;
use super::view_status::{status_view, trouble_view};
use super::view_way::{WayParts, way_view};
use super::words::Words;

/// One refund. `news` is read out when it changes; what it says, the picture shows.
#[component]
pub fn RefundView(
    /// The language.
    lang: Lang,
    /// The refund.
    #[prop(into)]
    refund: Signal<RefundDetail>,
    /// What has happened while the page was open, in words.
    #[prop(into)]
    news: Signal<String>,
    /// Another way for it.
    way: WayParts,
    /// Copy a text.
    copy: Callback<String>,
) -> impl IntoView {
    view! {
        <div class="columns-main" id=browser::ON_SERVER.then_some(browser::FIRST_PICTURE)>
            <p class="visually-hidden" role="status">{move || news.get()}</p>
            {move || refund.with(|refund| trouble_view(lang, refund))}
            {way_view(lang, refund, way, true)}
            {move || refund.with(|refund| status_view(lang, refund))}
            {way_view(lang, refund, way, false)}
            {move || refund.with(|refund| parts_view(lang, refund))}
            {move || refund.with(|refund| history_view(lang, refund))}
        </div>
        <div class="columns-aside">
            {move || refund.with(|refund| aside_view(lang, refund, copy))}
        </div>
    }
}

/// The shape of what is coming.
pub fn skeleton(lang: Lang) -> impl IntoView {
    let stop = || {
        view! {
            <li class="route-stop" data-step="coming">
                <span class="skeleton"></span>
                <span class="skeleton route-what"></span>
            </li>
        }
    };
    view! {
        <div class="columns-main" aria-busy="true">
            <p class="visually-hidden" role="status">{Words::of(lang).loading}</p>
            <div class="refund-status">
                <span class="skeleton" data-size="title"></span>
                <span class="skeleton" data-size="half"></span>
                <ol class="route">{stop()}{stop()}{stop()}{stop()}</ol>
                <span class="skeleton"></span>
            </div>
        </div>
        <div class="columns-aside">
            <div class="panel">
                <div class="skeleton-text">
                    <span class="skeleton" data-size="half"></span>
                    <span class="skeleton"></span>
                </div>
            </div>
        </div>
    }
}
