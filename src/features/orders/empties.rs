//! What stands in the place of orders when there are none: each kind of nothing has its own words
//! and its own way out.

use leptos::prelude::*;
use orders_api::Tab;

use super::list::List;
use super::words::Words;
use crate::paths::{self, OrdersQuery};
use crate::words::{Lang, fill};

/// Why there is nothing to show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Nothing {
    /// Search or dates leave nothing in any tab.
    NoMatch,
    /// Search or dates leave nothing in this tab, but this many in all.
    NoMatchHere(i64),
    /// The shopper has never ordered.
    Never,
    /// This tab is empty.
    InTab(Tab),
}

fn nothing(list: &List) -> Nothing {
    match (list.query.is_filtered(), list.counts.all, list.query.tab) {
        (true, all, tab) if all > 0 && tab != Tab::All => Nothing::NoMatchHere(all),
        (true, ..) => Nothing::NoMatch,
        (false, 0, _) | (false, _, Tab::All) => Nothing::Never,
        (false, _, tab) => Nothing::InTab(tab),
    }
}

fn tab_title(words: &Words, tab: Tab) -> &'static str {
    match tab {
        Tab::All => words.never_title,
        Tab::AwaitingPayment => words.awaiting_payment_empty,
        Tab::ToShip => words.to_ship_empty,
        Tab::ToReceive => words.to_receive_empty,
        Tab::AfterSale => words.after_sale_empty,
        Tab::Cancelled => words.cancelled_empty,
    }
}

/// A list without orders.
pub fn empty(lang: Lang, list: &List) -> AnyView {
    let words = Words::of(lang);
    let nothing = nothing(list);
    let (title, text, out) = match nothing {
        Nothing::NoMatch => (
            words.no_match_title,
            words.no_match_text.to_owned(),
            Some((
                words.clear_filters,
                OrdersQuery {
                    tab: list.query.tab,
                    ..Default::default()
                }
                .href(),
            )),
        ),
        Nothing::NoMatchHere(all) => (
            words.no_match_title,
            fill(words.no_match_here, &[("n", &all.to_string())]),
            Some((words.look_in_all, list.query.in_tab(Tab::All).href())),
        ),
        Nothing::Never => (words.never_title, words.never_text.to_owned(), None),
        Nothing::InTab(tab) => (
            tab_title(words, tab),
            match tab {
                Tab::AfterSale => words.after_sale_found,
                Tab::All | Tab::AwaitingPayment | Tab::ToShip | Tab::ToReceive | Tab::Cancelled => {
                    words.tab_empty_text
                }
            }
            .to_owned(),
            Some((words.see_all, paths::ORDERS.to_owned())),
        ),
    };
    let art = match nothing {
        Nothing::NoMatch | Nothing::NoMatchHere(_) => view! {
            <path d="M20 22h40v12M20 22v52h26M28 36h20M28 46h12"></path>
            <path class="empty-art-accent" d="M72 56a14 14 0 1 1-28 0 14 14 0 0 1 28 0m-4 10 12 12"></path>
        }
        .into_any(),
        Nothing::Never | Nothing::InTab(_) => view! {
            <path d="M16 34 48 20l32 14v34L48 82 16 68zM16 34l32 14 32-14M48 48v34"></path>
            <path class="empty-art-accent" d="M32 27l32 14v10"></path>
        }
        .into_any(),
    };
    view! {
        <section class="empty">
            <svg class="empty-art" viewBox="0 0 96 96" aria-hidden="true">{art}</svg>
            <h2 class="empty-title">{title}</h2>
            <p class="empty-text">{text}</p>
            {out.map(|(label, href)| view! {
                <div class="empty-actions">
                    <a class="button" data-kind="primary" href=href>{label}</a>
                </div>
            })}
        </section>
    }
    .into_any()
}
