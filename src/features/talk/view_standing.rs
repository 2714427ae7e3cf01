//! Where a conversation stands: place, waiting time, who is there, until when, and what else there is when that has passed;
//! and the connection, when it is down.

use leptos::prelude::*;
use orders_api::{Conversation, ConversationStanding};

use super::course::{Course, Line};
use super::talking::standing_words;
use super::words::Words;
use crate::paths;
use crate::ui::Notice;
use crate::words::Lang;

/// Other ways than to wait.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ways {
    /// Where the telephone and the e-mail address are.
    support: String,
    /// Where the order is complained about, if it may be.
    complain: Option<String>,
}

impl Ways {
    /// Those of a conversation; `support` is the page of the ways to a person about the same.
    pub fn of(one: &Conversation, support: String) -> Self {
        let order = one.order.as_ref().filter(|_| one.may_complain);
        Self {
            support,
            complain: order.map(|order| paths::complain(&order.id)),
        }
    }
}

/// Where it stands.
pub fn standing_view(
    lang: Lang,
    standing: &ConversationStanding,
    ways: Ways,
) -> impl IntoView + use<> {
    let (tone, title, text) = standing_words(lang, standing);
    let ways = standing.overdue.then_some(ways);
    view! {
        <Notice tone icon="clock" title>
            {(!text.is_empty()).then(|| view! { <p>{text}</p> })}
            {ways.map(|ways| ways_view(lang, ways))}
        </Notice>
    }
}

fn ways_view(lang: Lang, ways: Ways) -> impl IntoView {
    let words = Words::of(lang);
    view! {
        <p class="talk-ways">
            <a href=ways.support>{words.late_ways}</a>
            {ways.complain.map(|complain| view! {
                " "
                <a href=complain>{words.complain}</a>
            })}
        </p>
    }
}

/// The connection, as long as there is something to say about it.
pub fn line_view(lang: Lang, course: Signal<Option<Course>>) -> impl IntoView {
    let words = Words::of(lang);
    let line = Memo::new(move |_| course.with(|course| course.as_ref().map(|course| course.line)));
    let text = move || match line.get() {
        Some(Line::Down) => Some(words.down),
        Some(Line::LoggedOut) => Some(words.away),
        Some(Line::Gone) => Some(words.gone_title),
        Some(Line::Connecting | Line::Open | Line::Polling) | None => None,
    };
    view! { <p class="talk-line" role="status">{text}</p> }
}
