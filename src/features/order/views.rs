//! The order's page as a shape: plain data in, markup out.

use leptos::prelude::*;
use orders_api::{Action, OrderDetail};

use crate::browser;
use crate::ui::Notice;
use crate::words::Lang;

use super::address::{AddressForm, AddressView};
use super::news::News;
use super::view_actions::{Withdraw, actions_view};
use super::view_cases::cases_view;
use super::view_complaints::complaints_view;
use super::view_facts::aside_view;
use super::view_lines::lines_view;
use super::view_refunds::refunds_view;
use super::view_status::{cancellation_view, status_view};
use super::words::Words;

/// What the page shows beside the order itself, and what it reports.
#[derive(Clone, Copy)]
pub struct OrderParts {
    /// Something to explain.
    pub news: Signal<Option<News>>,
    /// The time left to pay, in seconds, where that matters.
    pub left: Signal<Option<i64>>,
    /// The time in seconds since 1970, told anew where something of the order depends on it.
    pub now: Signal<i64>,
    /// The time that the shop has left to decide what waits for it, in seconds.
    pub decides: Signal<i64>,
    /// Withdrawing the request.
    pub withdraw: Withdraw,
    /// The button that opens the cancel dialog is being pressed.
    pub before_cancel: Callback<()>,
    /// The address form.
    pub address: AddressForm,
    /// Save the address.
    pub save_address: Callback<()>,
    /// Copy a text.
    pub copy: Callback<String>,
    /// The key of the forms.
    pub key: StoredValue<Option<String>>,
}

/// One order.
#[component]
pub fn OrderView(
    /// The language.
    lang: Lang,
    /// The order.
    #[prop(into)]
    order: Signal<OrderDetail>,
    /// What else the page shows and reports.
    parts: OrderParts,
) -> impl IntoView {
    let OrderParts {
        news,
        left,
        now,
        decides,
        withdraw,
        before_cancel,
        address,
        save_address,
        copy,
        key,
    } = parts;
    let incomplete =
        Memo::new(move |_| order.with(|order| order.actions.contains(&Action::CorrectAddress)));
    view! {
        <div class="columns-main" id=browser::ON_SERVER.then_some(browser::FIRST_PICTURE)>
            <div class="order-news" role="status">
                {move || news.get().map(|news| {
                    let (tone, title, text) = news.words(lang);
                    view! {
                        <Notice tone title=title>
                            {(!text.is_empty()).then(|| view! { <p>{text}</p> })}
                        </Notice>
                    }
                })}
            </div>
            {move || order.with(|order| status_view(lang, order, left, decides))}
            {move || incomplete.get().then(|| view! {
                {
                    let id = order.with_untracked(|order| order.id.clone());
                    view! { <AddressView lang id key form=address save=save_address/> }
                }
            })}
            {move || order.with(|order| cancellation_view(lang, order))}
            {move || order.with(|order| cases_view(lang, order, now.get()))}
            {move || order.with(|order| complaints_view(lang, order))}
            {move || order.with(|order| refunds_view(lang, order))}
            {move || order.with(|order| lines_view(lang, order))}
        </div>
        {move || order.with(|order| actions_view(lang, order, withdraw, before_cancel, key))}
        <div class="columns-aside">
            {move || order.with(|order| aside_view(lang, order, copy))}
        </div>
    }
}

/// The shape of what is coming.
pub fn skeleton(lang: Lang) -> impl IntoView {
    let line = || {
        view! {
            <li class="order-line">
                <span class="skeleton" data-size="picture"></span>
                <span class="skeleton"></span>
                <span class="skeleton" data-size="short"></span>
            </li>
        }
    };
    view! {
        <div class="columns-main" aria-busy="true">
            <p class="visually-hidden" role="status">{Words::of(lang).loading}</p>
            <div class="order-status">
                <span class="skeleton" data-size="title"></span>
                <span class="skeleton"></span>
                <span class="skeleton" data-size="half"></span>
            </div>
            <div class="panel">
                <ul class="order-lines">{line()}{line()}</ul>
            </div>
        </div>
        <div class="columns-aside">
            <div class="panel">
                <div class="skeleton-text">
                    <span class="skeleton" data-size="half"></span>
                    <span class="skeleton"></span>
                    <span class="skeleton"></span>
                </div>
            </div>
        </div>
    }
}
