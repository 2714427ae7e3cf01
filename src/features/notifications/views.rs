//! The shape of the notifications: days, rows, what stands in their place.

use leptos::prelude::*;
use orders_api::{Happening, LinkedArticle, Notification, TimelineEvent};

use crate::browser;
use crate::features::support::help_link;
use crate::format;
use crate::paths;
use crate::ui::{Button, FormKey, Icon};
use crate::words::{Lang, common, fill};

use super::data::More;
use super::list::List;
use super::sentences::{href, icon, sentence};
use super::words::Words;

/// What the page reports, and where it stands besides.
#[derive(Clone, Copy)]
pub struct NotificationsParts {
    /// Where loading those that follow stands.
    pub more: Signal<More>,
    /// Load them.
    pub load_more: Callback<()>,
    /// The key of the form, without the app.
    pub key: StoredValue<Option<String>>,
}

/// The days, or what stands in their place.
#[component]
pub fn NotificationsView(
    /// The language.
    lang: Lang,
    /// What was loaded.
    #[prop(into)]
    list: Signal<List>,
    /// The time by which the days have their names, in seconds since 1970.
    #[prop(into)]
    now: Signal<i64>,
    /// What else the page shows and reports.
    parts: NotificationsParts,
) -> impl IntoView {
    move || {
        list.with(|list| {
            if list.items.is_empty() {
                return empty_view(lang).into_any();
            }
            let days = list
                .days(lang, now.get())
                .into_iter()
                .map(|(day, items)| day_view(lang, day, &items))
                .collect_view();
            view! {
                {browser::ON_SERVER.then(|| read_view(lang, list, parts))}
                {days}
                {end_view(lang, list, parts)}
            }
            .into_any()
        })
    }
}

fn day_view(lang: Lang, day: String, items: &[Notification]) -> impl IntoView + use<> {
    let rows = items
        .iter()
        .map(|item| view! { <li>{row_view(lang, item)}{help_view(lang, item)}</li> })
        .collect_view();
    view! {
        <section class="notifications-day">
            <h2 class="notifications-date">{day}</h2>
            <ul class="panel notifications">{rows}</ul>
        </section>
    }
}

/// Below what was held against the shopper: where to read what counts and what follows.
fn help_view(lang: Lang, item: &Notification) -> Option<impl IntoView + use<>> {
    let often = matches!(
        item.what,
        Happening::Order(TimelineEvent::CancelWarned | TimelineEvent::CancelLimited)
    );
    often.then(|| {
        view! {
            <div class="notification-help">
                {help_link(lang, LinkedArticle::DoesCancellingHarm, &item.shop.id, "")}
            </div>
        }
    })
}

fn row_view(lang: Lang, item: &Notification) -> impl IntoView + use<> {
    let words = Words::of(lang);
    let unread = !item.read;
    view! {
        <a
            class="notification"
            href=href(item)
            data-unread=unread.then_some("")
        >
            <span class="notification-icon"><Icon name=icon(item)/></span>
            <span class="notification-text">
                <span class="notification-head">
                    <span class="notification-what">
                        {unread.then(|| view! {
                            <span class="visually-hidden">{words.unread}" "</span>
                        })}
                        {sentence(lang, item)}
                    </span>
                    " "
                    <time class="notification-time" datetime=item.at.0.clone()>
                        {time(lang, item)}
                    </time>
                </span>
                {item.urgent.then(|| view! {
                    " "
                    <span class="badge" data-tone="warn">{words.urgent}</span>
                })}
                {item.detail.clone().map(|detail| view! {
                    " "
                    <span class="notification-detail">{detail}</span>
                })}
                " "
                <span class="notification-order">
                    {item.title.clone()}
                    {item.number.clone().map(|number| view! {
                        " · "
                        <span class="number">{number}</span>
                    })}
                </span>
            </span>
        </a>
    }
}

/// When it happened: under another day's name with its own, since the shop may say so late.
fn time(lang: Lang, item: &Notification) -> String {
    if format::date(lang, &item.at) == format::date(lang, &item.told_at) {
        format::clock(&item.at)
    } else {
        format::moment(lang, &item.at)
    }
}

/// Without the app, a press marks them as read.
fn read_view(lang: Lang, list: &List, parts: NotificationsParts) -> Option<AnyView> {
    let newest = list.items.first().filter(|_| list.has_unread())?;
    Some(
        view! {
            <form class="notifications-read" method="post" action=paths::READ>
                <FormKey key=parts.key.get_value()/>
                <input type="hidden" name="up_to" value=newest.id.clone()/>
                <Button submit=true>{Words::of(lang).read_all}</Button>
            </form>
        }
        .into_any(),
    )
}

/// The end of the list: more, a failure in its place, or really the end.
fn end_view(lang: Lang, list: &List, parts: NotificationsParts) -> AnyView {
    let words = Words::of(lang);
    if list.next_cursor.is_none() {
        return view! { <p class="notifications-end">{words.end}</p> }.into_any();
    }
    let more = match list.unread_below {
        0 => words.more.to_owned(),
        n => fill(words.more_unread, &[("n", &n.to_string())]),
    };
    let busy = Signal::derive(move || parts.more.get() == More::Loading);
    let why = move || match parts.more.get() {
        More::Failed(why) => Some(view! { <p role="alert">{why}</p> }),
        More::Idle | More::Loading => None,
    };
    view! {
        <div class="notifications-end needs-app">
            {why}
            <Button busy press=parts.load_more>{more}</Button>
        </div>
    }
    .into_any()
}

fn empty_view(lang: Lang) -> impl IntoView {
    let words = Words::of(lang);
    view! {
        <section class="empty">
            <svg class="empty-art" viewBox="0 0 96 96" aria-hidden="true">
                <path d="M48 16a22 22 0 0 0-22 22c0 20-8 25-8 30h60c0-5-8-10-8-30a22 22 0 0 0-22-22"></path>
                <path class="empty-art-accent" d="M40 78a8 8 0 0 0 16 0"></path>
            </svg>
            <h2 class="empty-title">{words.empty_title}</h2>
            <p class="empty-text">{words.empty_text}</p>
            <div class="empty-actions">
                <a class="button" href=paths::ORDERS>{common::Words::of(lang).my_orders}</a>
            </div>
        </section>
    }
}

/// The shape of what is coming.
pub fn skeleton(lang: Lang) -> impl IntoView {
    let row = || {
        view! {
            <li class="notification" aria-hidden="true">
                <span class="notification-icon"></span>
                <span class="skeleton-text">
                    <span class="skeleton" data-size="half"></span>
                    <span class="skeleton"></span>
                </span>
            </li>
        }
    };
    view! {
        <div class="notifications-day" aria-busy="true">
            <p class="visually-hidden" role="status">{Words::of(lang).loading}</p>
            <span class="skeleton" data-size="short"></span>
            <ul class="panel notifications">{row()}{row()}{row()}</ul>
        </div>
    }
}
