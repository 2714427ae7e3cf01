//! Search and dates: what narrows the list.

use leptos::html;
use leptos::prelude::*;
use orders_api::Day;

use super::words::{Words, words};
use crate::browser;
use crate::format;
use crate::paths::{self, OrdersQuery, SEARCH_MAX};
use crate::ui::{Button, ButtonKind, Icon, SearchField, TextField, closes_by_itself};
use crate::words::{Lang, fill, use_lang};

/// The search field.
#[component]
pub fn SearchView(
    /// What is chosen.
    #[prop(into)]
    query: Signal<OrdersQuery>,
    /// What is in the field.
    text: RwSignal<String>,
    /// It was changed.
    typed: Callback<()>,
    /// Search now.
    submit: Callback<()>,
    /// Empty the field and search for nothing.
    clear: Callback<()>,
) -> impl IntoView {
    let words = words();
    view! {
        <SearchField
            class="search"
            action=paths::ORDERS
            label=words.search
            hint=words.search_hint
            maxlength=SEARCH_MAX
            text
            typed
            submit
        >
            {move || text.with(|text| !text.is_empty()).then(|| view! {
                <a
                    class="icon-button"
                    href=query.with_untracked(|query| query.searching("").href())
                    aria-label=words.search_clear
                    on:click=move |event| {
                        event.prevent_default();
                        clear.run(());
                    }
                >
                    <Icon name="close"/>
                </a>
            })}
            {unseen(query, |query| query.searching(""))}
        </SearchField>
    }
}

/// The days between which an order was placed.
#[component]
pub fn DatesView(
    /// What is chosen.
    #[prop(into)]
    query: Signal<OrdersQuery>,
    /// The time in seconds since 1970.
    #[prop(into)]
    now: Signal<i64>,
    /// Choose the days from the first to the last, either of which may be empty.
    choose: Callback<(String, String)>,
    /// The panel was closed by the shopper.
    closed: Callback<()>,
) -> impl IntoView {
    let lang = use_lang();
    let words = words();
    let (from, to) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let tried = RwSignal::new(false);
    // Follows the panel, which the browser and whatever is pressed outside open and close; and closes it.
    let open = RwSignal::new(false);
    let panel = NodeRef::<html::Details>::new();
    closes_by_itself(panel);
    let adopt = move |query: &OrdersQuery| {
        from.set(query.placed_from.clone());
        to.set(query.placed_to.clone());
        tried.set(false);
        open.set(false);
    };
    query.with_untracked(adopt);
    // At first they agree, but for what the shopper did before the app was there.
    Effect::new(move |before: Option<()>| {
        query.track();
        if before.is_some() {
            query.with_untracked(adopt);
        }
    });

    let days =
        Memo::new(move |_| query.with(|query| chosen(lang, words, query, now.get_untracked())));
    let wrong = Memo::new(move |_| {
        tried.get()
            && from.with(|from| to.with(|to| !from.is_empty() && !to.is_empty() && from > to))
    });
    let error = Signal::derive(move || wrong.get().then(|| words.wrong_order.to_owned()));
    let apply = move |from_day: String, to_day: String| {
        choose.run((from_day, to_day));
        open.set(false);
        closed.run(());
    };
    let form = move || {
        view! {
            <form
                class="date-filter-panel"
                action=paths::ORDERS
                novalidate
                on:submit=move |event| {
                    event.prevent_default();
                    tried.set(true);
                    if !wrong.get_untracked() {
                        apply(from.get_untracked(), to.get_untracked());
                    }
                }
            >
                <TextField id="placed_from" label=words.from kind="date" value=from/>
                <TextField id="placed_to" label=words.to kind="date" value=to error/>
                <div class="date-filter-actions">
                    <a
                        class="button"
                        data-kind="plain"
                        href=query.with_untracked(|query| query.on_days(String::new(), String::new()).href())
                        on:click=move |event| {
                            event.prevent_default();
                            from.set(String::new());
                            to.set(String::new());
                            apply(String::new(), String::new());
                        }
                    >
                        {words.clear}
                    </a>
                    <Button kind=ButtonKind::Primary submit=true>{words.apply}</Button>
                </div>
                {unseen(query, |query| query.on_days(String::new(), String::new()))}
            </form>
        }
    };
    // Fields of dates cost a browser dear: they are there once the panel is opened. In the server's page they are kept
    // as text, which is opened up by a script (WATCH in oldest.mjs), or is no mere text where there are no scripts.
    let opened = RwSignal::new(browser::is_served("#placed_from"));
    let drawn = move || {
        if browser::ON_SERVER {
            view! { <noscript>{form()}</noscript> }.into_any()
        } else if opened.get() {
            form().into_any()
        } else {
            ().into_any()
        }
    };
    view! {
        <details
            class="date-filter"
            node_ref=panel
            prop:open=move || open.get()
            on:toggle=move |_| {
                if let Some(panel) = panel.get_untracked() {
                    open.set(panel.open());
                    opened.set(true);
                }
            }
        >
            <summary
                class="date-filter-button"
                data-active=move || days.with(Option::is_some).then_some("")
                aria-label=move || match days.get() {
                    Some(days) => fill(words.dates_chosen, &[("days", &days)]),
                    None => words.dates.to_owned(),
                }
            >
                <Icon name="calendar"/>
                <span class="date-filter-label">
                    {move || days.get().unwrap_or_else(|| words.dates.to_owned())}
                </span>
            </summary>
            {drawn}
        </details>
    }
}

/// The rest of the query, which a form that is sent without the app keeps.
fn unseen(
    query: Signal<OrdersQuery>,
    rest: fn(&OrdersQuery) -> OrdersQuery,
) -> Option<impl IntoView> {
    browser::ON_SERVER.then(|| {
        query.with_untracked(|query| {
            rest(query)
                .fields()
                .into_iter()
                .filter(|(_, value)| !value.is_empty())
                .map(|(name, value)| {
                    view! { <input type="hidden" name=name value=value.to_owned()/> }
                })
                .collect_view()
        })
    })
}

/// The days of a query in words; `None` without any.
fn chosen(lang: Lang, words: &Words, query: &OrdersQuery, now: i64) -> Option<String> {
    let day = |text: &String| format::short_day(lang, &Day(text.clone()), now);
    let text = match (query.placed_from.is_empty(), query.placed_to.is_empty()) {
        (true, true) => return None,
        (false, true) => words.since,
        (true, false) => words.until,
        (false, false) if query.placed_from == query.placed_to => {
            return Some(day(&query.placed_from));
        }
        (false, false) => words.between,
    };
    Some(fill(
        text,
        &[
            ("from", &day(&query.placed_from)),
            ("to", &day(&query.placed_to)),
        ],
    ))
}
