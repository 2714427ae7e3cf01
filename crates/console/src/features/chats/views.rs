//! Conversations as a table with its tabs.

use leptos::prelude::*;
use orders_api::{ChatAuthor, ConversationState, StaffConversation};
use storefront::format;
use storefront::words::{Lang, count, fill};

use super::data::{ListData, Shown};
use super::words::{Words, note};
use crate::features::work::due;
use crate::paths::{self, Chats};
use crate::shell::{Beyond, ListWords, Row, rows_view};
use crate::words::topic;

const fn name(words: &Words, which: Chats) -> &'static str {
    match which {
        Chats::Waiting => words.waiting,
        Chats::Mine => words.mine,
        Chats::Left => words.left,
        Chats::Served => words.served,
        Chats::Closed => words.closed,
    }
}

const fn nothing(words: &Words, which: Chats) -> &'static str {
    match which {
        Chats::Waiting => words.none_waiting,
        Chats::Mine => words.none_mine,
        Chats::Left => words.none_left,
        Chats::Served => words.none_served,
        Chats::Closed => words.none_closed,
    }
}

/// Which ones are shown.
pub fn tabs_view(lang: Lang, shown: Chats) -> impl IntoView + use<> {
    let words = Words::of(lang);
    let tabs = Chats::ALL.map(|which| {
        view! {
            <a class="tab" href=paths::chats(which) aria-current=(shown == which).then_some("page")>
                {name(words, which)}
            </a>
        }
    });
    view! { <nav class="tabs" aria-label=words.which>{tabs}</nav> }
}

/// The rows.
pub fn list_view(
    lang: Lang,
    shown: &Shown,
    which: Chats,
    at: RwSignal<Option<usize>>,
    data: ListData,
) -> AnyView {
    let words = Words::of(lang);
    let new = i64::try_from(shown.new).unwrap_or(i64::MAX);
    let now = data.now.get();
    let rows = shown.rows.iter().enumerate();
    let rows = rows.map(|(place, row)| row_view(lang, place, at, row, now).into_any());
    let around = ListWords {
        title: words.title,
        heads: [
            words.shopper,
            words.due,
            words.about,
            words.age,
            words.last,
            words.hands,
        ],
        new: count(words.new_one, words.new_other, new),
        nothing: nothing(words, which),
        more: words.more,
        keys: words.keys_hint,
    };
    let beyond = Beyond {
        new: new > 0,
        afresh: Callback::new(move |()| data.look_afresh()),
        next: shown.next.is_some(),
        busy: data.more,
        further: Callback::new(move |()| data.look_further()),
    };
    rows_view(around, rows.collect(), &beyond)
}

fn row_view(
    lang: Lang,
    place: usize,
    at: RwSignal<Option<usize>>,
    row: &Row<StaffConversation>,
    now: i64,
) -> impl IntoView + use<> {
    let words = Words::of(lang);
    let one = &row.item;
    let id = &one.conversation.id;
    let standing = &one.conversation.standing;
    // Of what nobody has, everything is new.
    let served = standing.state == ConversationState::Served;
    let unread = served && standing.last_seq > standing.staff_read;
    let who = if one.shopper.name.is_empty() {
        words.nobody.to_owned()
    } else {
        one.shopper.name.clone()
    };
    let order = one.conversation.order.as_ref();
    let order = order.map_or_else(|| words.no_order.to_owned(), |order| order.number.clone());
    let gone = row
        .gone
        .then(|| view! { <span class="under">{words.gone}</span> });
    view! {
        <tr
            class="work-row chat-row"
            data-gone=row.gone.then_some("")
            data-here=move || (at.get() == Some(place)).then_some("")
            on:focusin=move |_| at.set(Some(place))
        >
            <td>
                <a id=format!("chat-{place}") href=paths::conversation(id)>{who}</a>
                {unread.then(|| view! { " " <span class="strip-new">{words.unread}</span> })}
            </td>
            <td>{stands(lang, one, now)}</td>
            <td class="about">
                {topic(lang, one.conversation.subject.topic)}
                <span class="under number">{order}</span>
            </td>
            <td class="number" data-label=words.age>{age(lang, one, now)}</td>
            <td class="goods chat-last">{last(lang, one)}</td>
            <td class="hands">
                {one.staff.as_ref().map(|staff| staff.name.clone())}
                {gone}
            </td>
        </tr>
    }
}

/// How long the shopper has waited for somebody or for an answer; that nothing is to be answered; of what is over, nothing.
pub fn age(lang: Lang, one: &StaffConversation, now: i64) -> Option<String> {
    match (&one.since, one.conversation.standing.state) {
        (Some(since), _) => {
            let since = format::epoch_seconds(since).unwrap_or(now);
            Some(format::about(lang, now - since))
        }
        (None, ConversationState::Served) => Some(Words::of(lang).answered.to_owned()),
        (None, _) => None,
    }
}

/// The place in the queue, until when it is to be answered, or when it ended and how it was.
pub fn stands(lang: Lang, one: &StaffConversation, now: i64) -> AnyView {
    let words = Words::of(lang);
    let standing = &one.conversation.standing;
    match (standing.state, standing.place, &standing.due_at) {
        (ConversationState::Waiting, Some(place), _) => {
            let text = fill(words.place, &[("n", &place.to_string())]);
            view! { <span class="number">{text}</span> }.into_any()
        }
        (ConversationState::Waiting | ConversationState::Left, _, due_at) => {
            due(lang, due_at.as_ref(), now).into_any()
        }
        (ConversationState::Served, ..) => ().into_any(),
        (ConversationState::Closed, ..) => {
            let closed = standing.closed_at.as_ref().map(|at| {
                let time = format::recently(lang, at, now);
                fill(words.ended, &[("time", &time)])
            });
            let rated = one.conversation.rating.map(|n| {
                let text = fill(words.rated, &[("n", &n.to_string())]);
                view! { <span class="under number">{text}</span> }
            });
            view! { <span class="number">{closed}</span> {rated} }.into_any()
        }
    }
}

/// What was said or happened last, in a line.
pub fn last(lang: Lang, one: &StaffConversation) -> Option<String> {
    let words = Words::of(lang);
    let last = one.last.as_ref()?;
    if let Some(what) = last.note {
        return Some(note(lang, what).to_owned());
    }
    let text = if last.text.is_empty() {
        words.photo.to_owned()
    } else {
        last.text.clone()
    };
    Some(match last.by {
        ChatAuthor::Staff => fill(words.us, &[("text", &text)]),
        ChatAuthor::Shopper | ChatAuthor::System => text,
    })
}
