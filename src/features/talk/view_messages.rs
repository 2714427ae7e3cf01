//! What was said, oldest first, with its days; the shopper's own on one side, the others' on the other.

use leptos::html;
use leptos::prelude::*;
use orders_api::{ChatAuthor, ChatMessage, codes};

use super::course::{Course, Stage, Unsent};
use super::data::TalkData;
use super::steps::Event;
use super::talking::{Row, mark, rows};
use super::words::Words;
use crate::browser::{self, Approach};
use crate::features::evidence::EvidenceGallery;
use crate::format;
use crate::ui::{Button, ButtonKind};
use crate::words::{Lang, fill};

/// The messages.
#[component]
pub fn MessagesView(
    /// The language.
    lang: Lang,
    /// The page.
    data: TalkData,
) -> impl IntoView {
    let words = Words::of(lang);
    let course = data.course;
    let each = move || course.with(|course| course.as_ref().map(rows).unwrap_or_default());
    let marked = Memo::new(move |_| course.with(|course| course.as_ref().and_then(mark)));
    let typing = Memo::new(move |_| {
        course.with(|course| course.as_ref().is_some_and(|course| course.typing))
    });
    view! {
        {older_view(lang, data)}
        <ol class="talk-messages" aria-label=words.messages>
            <For each key=Row::key children=move |row| row_view(lang, data, row, marked)/>
        </ol>
        <p class="talk-typing" aria-hidden=move || (!typing.get()).then_some("true")>
            {move || typing.get().then_some(words.typing)}
        </p>
    }
}

/// Fetches what is older when one scrolls up to it, or presses.
fn older_view(lang: Lang, data: TalkData) -> impl IntoView {
    let words = Words::of(lang);
    let more = Memo::new(move |_| {
        data.course
            .with(|course| course.as_ref().is_some_and(|course| course.first() > 1))
    });
    let approach = StoredValue::new_local(None::<Approach>);
    let button = NodeRef::<html::Button>::new();
    Effect::new(move |_| {
        let near = button.get().and_then(|button| {
            Approach::new(&button, move || {
                // Not before the page is at its end, from where one scrolls up.
                if browser::scroll_position() > 0.0 || browser::below_view() > 1.0 {
                    data.fetch_older();
                }
            })
        });
        approach.set_value(near);
    });
    on_cleanup(move || approach.dispose());
    move || {
        (more.get() && !browser::ON_SERVER).then(|| {
            view! {
                <button
                    class="button talk-older"
                    type="button"
                    data-kind="plain"
                    node_ref=button
                    aria-busy=move || data.fetching.get().then_some("true")
                    on:click=move |_| data.fetch_older()
                >
                    {words.older}
                </button>
            }
        })
    }
}

fn row_view(lang: Lang, data: TalkData, row: Row, marked: Memo<Option<(i64, bool)>>) -> AnyView {
    match row {
        Row::Day(at) => {
            let day = format::day_name(lang, &at, browser::now_s());
            view! { <li class="talk-day"><span>{day}</span></li> }.into_any()
        }
        Row::Said(said) => said_view(lang, said, marked),
        Row::Unsent(unsent) => unsent_view(lang, data, unsent).into_any(),
    }
}

fn said_view(lang: Lang, said: ChatMessage, marked: Memo<Option<(i64, bool)>>) -> AnyView {
    let words = Words::of(lang);
    let time = view! {
        <time class="talk-time" datetime=said.at.0.clone()>{format::clock(&said.at)}</time>
    };
    if let Some(note) = said.note {
        return view! { <li class="talk-note">{words.note(note)}" "{time}</li> }.into_any();
    }
    let own = said.by == ChatAuthor::Shopper;
    let (side, who) = if own {
        ("own", words.you)
    } else {
        ("theirs", words.them)
    };
    let seq = said.seq;
    let told = move || {
        let (last, read) = marked.get().filter(|(last, _)| own && *last == seq)?;
        let _last = last;
        Some(if read { words.read } else { words.delivered })
    };
    let evidence = said.evidence;
    let evidence = (!evidence.is_empty()).then(|| view! { <EvidenceGallery lang evidence/> });
    let text = (!said.text.is_empty()).then(|| view! { <p class="talk-text">{said.text}</p> });
    view! {
        <li class="talk-message" data-side=side>
            <span class="visually-hidden">{who}": "</span>
            <div class="talk-bubble">{text}{evidence}</div>
            <p class="talk-meta">{time}" "{told}</p>
        </li>
    }
    .into_any()
}

fn unsent_view(lang: Lang, data: TalkData, unsent: Unsent) -> impl IntoView {
    let words = Words::of(lang);
    let name = unsent.said.client_id;
    let photos = unsent.said.evidence.len();
    let photos = (photos > 0).then(|| format!("{} × {photos}", words.photos));
    let state = match unsent.stage {
        Stage::Waiting | Stage::Sent | Stage::Kept => view! {
            <p class="talk-meta">{words.sending}</p>
        }
        .into_any(),
        Stage::Resting => view! {
            <p class="talk-meta">{words.sending}</p>
            <p class="talk-again">{give_up_view(words, data, name)}</p>
        }
        .into_any(),
        Stage::Refused(code) => {
            let again = name.clone();
            view! {
                <p class="talk-meta" data-wrong="" role="alert">
                    {words.not_sent}" "{refused(words, &code)}
                </p>
                <p class="talk-again">
                    <button
                        class="button"
                        type="button"
                        on:click=move |_| data.tell(Event::Again(again.clone()))
                    >
                        {words.send_again}
                    </button>
                    {give_up_view(words, data, name)}
                </p>
            }
            .into_any()
        }
    };
    view! {
        <li class="talk-message" data-side="own" data-unsent="">
            <span class="visually-hidden">{words.you}": "</span>
            <div class="talk-bubble">
                <p class="talk-text">{unsent.said.text}</p>
                {photos.map(|photos| view! { <p>{photos}</p> })}
            </div>
            {state}
        </li>
    }
}

fn give_up_view(words: &'static Words, data: TalkData, name: String) -> impl IntoView {
    let press = Callback::new(move |()| data.tell(Event::GiveUp(name.clone())));
    view! { <Button kind=ButtonKind::Plain press>{words.give_up}</Button> }
}

/// Why words were not taken.
fn refused(words: &Words, code: &str) -> &'static str {
    match code {
        codes::CONVERSATION_CLOSED => words.closed_for_good,
        codes::INVALID_FIELDS => words.photos_refused,
        _ => "",
    }
}

/// What is new since the page was opened, read out; and the way down to it, when one has scrolled up.
#[component]
pub fn NewsView(
    /// The language.
    lang: Lang,
    /// The page.
    data: TalkData,
) -> impl IntoView {
    let words = Words::of(lang);
    let course = data.course;
    let last = move |course: &Option<Course>| course.as_ref().map_or(0, Course::last);
    let since = course.with_untracked(last);
    let heard = Memo::new(move |_| {
        course.with(|course| super::talking::heard(lang, course.as_ref()?, since))
    });
    let at_end = RwSignal::new(true);
    let missed = RwSignal::new(false);
    let look = move || {
        let end = browser::below_view() < NEAR_END;
        if at_end.try_get_untracked() != Some(end) {
            let _gone = at_end.try_set(end);
        }
        if end {
            let _gone = missed.try_set(false);
            see(data);
        }
    };
    let listeners = StoredValue::new_local((
        browser::on_scroll(look),
        browser::on_resize(look),
        browser::on_return(look),
    ));
    on_cleanup(move || listeners.dispose());
    let length = Memo::new(move |_| {
        course.with(|course| {
            let unsent = course.as_ref().map_or(0, |course| course.unsent.len());
            (last(course), unsent)
        })
    });
    let to_end = move || {
        browser::next_frame(move || {
            browser::scroll_to_below(0.0);
            look();
        });
    };
    Effect::new(move |before: Option<(i64, usize)>| {
        let now = length.get();
        let own = before.is_some_and(|before| now.1 > before.1);
        if before.is_none() || own || at_end.get_untracked() {
            to_end();
        } else if before.is_some_and(|before| now.0 > before.0) {
            missed.set(true);
        }
        now
    });
    view! {
        <p class="visually-hidden" role="status" aria-live="polite">{move || heard.get()}</p>
        {move || (!at_end.get()).then(|| view! {
            <button class="button talk-jump" type="button" on:click=move |_| to_end()>
                {move || if missed.get() { words.jump_new } else { words.jump }}
            </button>
        })}
    }
}

/// Within so many pixels of its end the page counts as scrolled down.
const NEAR_END: f64 = 96.0;

/// What is on a page in front of the shopper has been read.
fn see(data: TalkData) {
    let last = data
        .course
        .try_with_untracked(|course| course.as_ref().map_or(0, Course::last));
    if let Some(last) = last.filter(|last| *last > 0 && browser::is_visible()) {
        data.tell(Event::Seen(last));
    }
}

/// The words of a title, for the views around.
pub fn about(lang: Lang, topic: orders_api::Topic) -> String {
    let words = Words::of(lang);
    fill(words.about_topic, &[("topic", words.about(topic))])
}
