//! Where a conversation stands: place, waiting time, who is there, until when; and the connection, when it is down.

use leptos::prelude::*;
use orders_api::ConversationStanding;

use super::course::{Course, Line};
use super::talking::standing_words;
use super::words::Words;
use crate::ui::Notice;
use crate::words::Lang;

/// Where it stands.
pub fn standing_view(lang: Lang, standing: &ConversationStanding) -> impl IntoView + use<> {
    let (tone, title, text) = standing_words(lang, standing);
    view! {
        <Notice tone icon="clock" title>
            {(!text.is_empty()).then(|| view! { <p>{text}</p> })}
        </Notice>
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
