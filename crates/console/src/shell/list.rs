//! A list that is followed while it is shown: what is new waits above it, the rows are a table, and the next ones come below.

use leptos::prelude::*;
use storefront::ui::Button;

/// What a list is called, and what it says around its rows.
pub struct ListWords {
    /// Its name, to who cannot see it.
    pub title: &'static str,
    /// The heads of its columns.
    pub heads: [&'static str; 6],
    /// How many are new that are not shown; read only where there are any.
    pub new: String,
    /// That there is nothing in it.
    pub nothing: &'static str,
    /// What shows the next ones.
    pub more: &'static str,
    /// What the keys do.
    pub keys: &'static str,
}

/// What is beyond the rows that are shown, and how one gets there.
pub struct Beyond {
    /// Whether there are new ones that are not shown.
    pub new: bool,
    /// Shows the list as it is now.
    pub afresh: Callback<()>,
    /// Whether there are next ones.
    pub next: bool,
    /// The next ones are on their way.
    pub busy: RwSignal<bool>,
    /// Shows the next ones, too.
    pub further: Callback<()>,
}

/// The list.
pub fn rows_view(words: ListWords, rows: Vec<AnyView>, beyond: &Beyond) -> AnyView {
    let (afresh, further, busy) = (beyond.afresh, beyond.further, beyond.busy);
    let new = beyond.new.then(|| {
        view! { <p role="status"><Button press=afresh>{words.new}</Button></p> }
    });
    if rows.is_empty() {
        return view! { {new} <p class="hint">{words.nothing}</p> }.into_any();
    }
    let next = beyond.next.then(|| {
        view! { <p class="more"><Button busy press=further>{words.more}</Button></p> }
    });
    let heads = words
        .heads
        .map(|head| view! { <th scope="col">{head}</th> });
    view! {
        {new}
        <div class="table-frame" role="region" aria-label=words.title tabindex="0">
            <table class="table" data-cards="">
                <thead>
                    <tr>{heads}</tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
        {next}
        <p class="hint keys-hint">{words.keys}</p>
    }
    .into_any()
}
