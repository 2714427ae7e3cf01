//! What was said, oldest first, with its days; ours on one side, the shopper's on the other. It scrolls by itself, so that the
//! field below it and the order beside it stay where they are.

use leptos::html;
use leptos::prelude::*;
use orders_api::{
    ChatAuthor, ChatMessage, ConversationState, Person, StaffConversation, codes,
    staff_evidence_file,
};
use storefront::features::evidence::EvidenceGallery;
use storefront::features::talk::course::{Course, Line, Stage, Unsent};
use storefront::features::talk::steps::Event;
use storefront::features::talk::talking::{Row, mark, rows};
use storefront::format;
use storefront::ui::{Button, ButtonKind};
use storefront::words::{Lang, fill};

use super::data::TalkData;
use super::view_composer::{Place, place_of};
use super::view_head::name;
use super::words::Words;
use crate::browser;
use crate::features::chats::note;

/// Within so many pixels of its end it counts as scrolled down, and of its beginning as scrolled up.
const NEAR: f64 = 80.0;

/// The messages.
#[component]
pub fn ThreadView(
    /// The language.
    lang: Lang,
    /// The conversation.
    one: Signal<StaffConversation>,
    /// The page.
    data: TalkData,
    /// Who looks at it.
    own: StoredValue<String>,
    /// Whether it is in front, and not behind a tab.
    in_front: Signal<bool>,
) -> impl IntoView {
    let words = Words::of(lang);
    let course = data.course;
    let part = NodeRef::<html::Div>::new();
    let (at_end, missed) = (RwSignal::new(true), RwSignal::new(false));
    let look = move || {
        let shown = part.get_untracked().filter(|part| browser::is_shown(part));
        let Some(part) = shown else {
            return;
        };
        let end = browser::below_of(&part) < NEAR;
        if at_end.get_untracked() != end {
            at_end.set(end);
        }
        if end {
            missed.set(false);
            see(data, own);
        }
    };
    // Whoever gets it has it in front of them already.
    Effect::new(move |_| {
        one.track();
        if at_end.get_untracked() {
            look();
        }
    });
    let older = move || {
        let Some(part) = part.get_untracked() else {
            return;
        };
        let below = browser::below_of(&part);
        data.fetch_older(move || {
            browser::next_frame(move || browser::scroll_so_that_below(&part, below));
        });
    };
    let back = StoredValue::new_local(browser::on_return(look));
    on_cleanup(move || back.dispose());
    let to_end = move || {
        browser::next_frame(move || {
            if let Some(part) = part.try_get_untracked().flatten() {
                browser::scroll_so_that_below(&part, 0.0);
                look();
            }
        });
    };
    // What came while it was behind a tab is in front now.
    Effect::new(move |_| {
        in_front.track();
        if at_end.get_untracked() {
            to_end();
        }
    });
    let length = Memo::new(move |_| {
        course.with(|course| {
            let course = course.as_ref();
            let unsent = course.map_or(0, |course| course.unsent.len());
            (
                course.map_or(0, Course::last),
                unsent,
                course.is_some_and(|course| course.typing),
            )
        })
    });
    Effect::new(move |before: Option<(i64, usize, bool)>| {
        let now = length.get();
        let own = before.is_some_and(|before| now.1 > before.1);
        if before.is_none() || own || at_end.get_untracked() {
            to_end();
        } else if before.is_some_and(|before| now.0 > before.0) {
            missed.set(true);
        }
        now
    });
    let each = move || course.with(|course| course.as_ref().map(rows).unwrap_or_default());
    let marked = Memo::new(move |_| course.with(|course| course.as_ref().and_then(mark)));
    let typing = Memo::new(move |_| {
        course.with(|course| course.as_ref().is_some_and(|course| course.typing))
    });
    let more = Memo::new(move |_| {
        course.with(|course| course.as_ref().is_some_and(|course| course.first() > 1))
    });
    let since = course.with_untracked(|course| course.as_ref().map_or(0, Course::last));
    let news = Memo::new(move |_| {
        let name = one.with(|one| name(lang, one));
        course.with(|course| heard(lang, course.as_ref()?, &name, since))
    });
    view! {
        <div
            class="talk-thread"
            role="region"
            aria-label=words.messages
            tabindex="0"
            node_ref=part
            on:scroll=move |_| {
                look();
                let up = part.get_untracked().is_some_and(|part| browser::above_of(&part) < NEAR);
                if up && !at_end.get_untracked() {
                    older();
                }
            }
        >
            {move || more.get().then(|| view! {
                <button
                    class="button talk-older"
                    type="button"
                    data-kind="plain"
                    aria-busy=move || data.fetching.get().then_some("true")
                    on:click=move |_| older()
                >
                    {words.older}
                </button>
            })}
            <ol class="talk-messages">
                <For each key=Row::key children=move |row| row_view(lang, one, data, own, row, marked)/>
            </ol>
            <p class="talk-typing" aria-hidden=move || (!typing.get()).then_some("true")>
                {move || typing.get().then_some(words.typing)}
            </p>
        </div>
        <p class="visually-hidden" role="status" aria-live="polite">{move || news.get()}</p>
        {move || (!at_end.get()).then(|| view! {
            <button class="button talk-jump" type="button" on:click=move |_| to_end()>
                {move || if missed.get() { words.jump_new } else { words.jump }}
            </button>
        })}
    }
}

/// Whether what `own` has in front of them counts as read: where a colleague has the conversation, that colleague still has to
/// read it, and keeps the mark that says so.
pub fn reads(one: &StaffConversation, state: ConversationState, own: &str) -> bool {
    !matches!(place_of(one, state, true, own), Place::Theirs(_))
}

/// What is in front of somebody has been read.
fn see(data: TalkData, own: StoredValue<String>) {
    let state = data.course.try_with_untracked(|course| {
        let course = course.as_ref();
        course.map(|course| course.standing.state)
    });
    let reads = data.load.try_with_untracked(|one| {
        let (one, state) = (one.ready()?, state.flatten()?);
        own.try_with_value(|own| reads(one, state, own))
    });
    if reads.flatten() != Some(true) {
        return;
    }
    let last = data
        .course
        .try_with_untracked(|course| course.as_ref().map_or(0, Course::last));
    if let Some(last) = last.filter(|last| *last > 0 && browser::is_visible()) {
        data.tell(Event::Seen(last));
    }
}

/// What is read out of what was said after `since`: the shopper's last.
pub fn heard(lang: Lang, course: &Course, name: &str, since: i64) -> Option<String> {
    let words = Words::of(lang);
    let theirs = |said: &&ChatMessage| said.seq > since && said.by != ChatAuthor::Staff;
    let said = course.said.iter().rev().find(theirs)?;
    Some(match said.note {
        Some(what) => note(lang, what).to_owned(),
        None => {
            let text = if said.text.is_empty() {
                words.photo
            } else {
                &said.text
            };
            fill(words.heard, &[("name", name), ("text", text)])
        }
    })
}

fn row_view(
    lang: Lang,
    one: Signal<StaffConversation>,
    data: TalkData,
    own: StoredValue<String>,
    row: Row,
    marked: Memo<Option<(i64, bool)>>,
) -> AnyView {
    match row {
        Row::Day(at) => {
            let day = format::day_name(lang, &at, browser::now_s());
            view! { <li class="talk-day"><span>{day}</span></li> }.into_any()
        }
        Row::Said(said) => {
            let (by, staff) = (said.by, said.staff.clone());
            let who = Signal::derive(move || {
                let shopper = one.with(|one| name(lang, one));
                let said = (by, staff.as_deref());
                data.names
                    .with(|names| own.with_value(|own| who_said(lang, &shopper, names, own, said)))
            });
            said_view(lang, who, said, marked)
        }
        Row::Unsent(unsent) => unsent_view(lang, one, data, unsent).into_any(),
    }
}

/// Who said something, or did it: oneself, a colleague by name or else by id, the shopper by name.
pub fn who_said(
    lang: Lang,
    shopper: &str,
    names: &[Person],
    own: &str,
    said: (ChatAuthor, Option<&str>),
) -> String {
    match said {
        (ChatAuthor::Staff | ChatAuthor::System, Some(staff)) if staff == own => {
            Words::of(lang).you.to_owned()
        }
        (ChatAuthor::Staff | ChatAuthor::System, Some(staff)) => {
            let known = names.iter().find(|known| known.id == staff);
            known.map_or_else(|| staff.to_owned(), |known| known.name.clone())
        }
        (ChatAuthor::Staff | ChatAuthor::System, None) => String::new(),
        (ChatAuthor::Shopper, _) => shopper.to_owned(),
    }
}

/// Something that was said.
pub fn said_view(
    lang: Lang,
    who: Signal<String>,
    said: ChatMessage,
    marked: Memo<Option<(i64, bool)>>,
) -> AnyView {
    let words = Words::of(lang);
    let time = view! {
        <time class="talk-time number" datetime=said.at.0.clone()>{format::clock(&said.at)}</time>
    };
    if let Some(what) = said.note {
        let by = said
            .staff
            .is_some()
            .then(|| view! { <span class="talk-by">{who}</span>" " });
        return view! { <li class="talk-note">{note(lang, what)}" "{by}{time}</li> }.into_any();
    }
    let ours = said.by == ChatAuthor::Staff;
    let side = if ours { "own" } else { "theirs" };
    let seq = said.seq;
    let told = move || {
        let (_, read) = marked.get().filter(|(last, _)| ours && *last == seq)?;
        Some(if read { words.read } else { words.delivered })
    };
    let evidence = said.evidence;
    let evidence = (!evidence.is_empty())
        .then(|| view! { <EvidenceGallery lang evidence file=staff_evidence_file/> });
    let text = (!said.text.is_empty()).then(|| view! { <p class="talk-text">{said.text}</p> });
    view! {
        <li class="talk-message" data-side=side>
            <p class="talk-meta">{who}" "{time}" "{told}</p>
            <div class="talk-bubble">{text}{evidence}</div>
        </li>
    }
    .into_any()
}

/// Why words were not taken; `has` is who has the conversation.
pub fn refused(lang: Lang, code: &str, has: Option<&Person>) -> String {
    let words = Words::of(lang);
    let why = match (code, has) {
        (codes::SERVED_BY_ANOTHER, Some(who)) => {
            return fill(words.refused_served_by, &[("who", &who.name)]);
        }
        (codes::SERVED_BY_ANOTHER, None) => words.refused_served,
        (codes::CLAIMED_BY_ANOTHER, _) => words.refused_claimed,
        (codes::CONVERSATION_CLOSED, _) => words.refused_closed,
        _ => "",
    };
    why.to_owned()
}

fn unsent_view(
    lang: Lang,
    one: Signal<StaffConversation>,
    data: TalkData,
    unsent: Unsent,
) -> impl IntoView {
    let words = Words::of(lang);
    let name = unsent.said.client_id;
    let state = match unsent.stage {
        Stage::Waiting | Stage::Sent | Stage::Kept => view! {
            <p class="talk-meta">{words.you}" · "{words.sending}</p>
        }
        .into_any(),
        Stage::Resting => view! {
            <p class="talk-meta">{words.you}" · "{words.sending}</p>
            <p class="talk-again">{give_up_view(words, data, name)}</p>
        }
        .into_any(),
        Stage::Refused(code) => {
            let again = name.clone();
            let claimed = code == codes::CLAIMED_BY_ANOTHER;
            let served = code == codes::SERVED_BY_ANOTHER;
            let why = move || one.with(|one| refused(lang, &code, one.staff.as_ref()));
            view! {
                <p class="talk-meta" data-wrong="" role="alert">{words.not_sent}" "{why}</p>
                <p class="talk-again">
                    <button
                        class="button"
                        type="button"
                        on:click=move |_| {
                            if served {
                                data.take_from_colleague_and_say();
                            } else if claimed {
                                data.take_over_and_say(again.clone());
                            } else {
                                data.tell(Event::Again(again.clone()));
                            }
                        }
                    >
                        {if claimed || served { words.take_over_and_send } else { words.send_again }}
                    </button>
                    {give_up_view(words, data, name)}
                </p>
            }
            .into_any()
        }
    };
    view! {
        <li class="talk-message" data-side="own" data-unsent="">
            {state}
            <div class="talk-bubble"><p class="talk-text">{unsent.said.text}</p></div>
        </li>
    }
}

fn give_up_view(words: &'static Words, data: TalkData, name: String) -> impl IntoView {
    let press = Callback::new(move |()| data.tell(Event::GiveUp(name.clone())));
    view! { <Button kind=ButtonKind::Plain press>{words.give_up}</Button> }
}

/// The connection, as long as there is something to say about it.
pub fn line_words(lang: Lang, line: Line) -> Option<&'static str> {
    let words = Words::of(lang);
    match line {
        Line::Down => Some(words.down),
        Line::LoggedOut => Some(words.away),
        Line::Gone => Some(words.gone),
        Line::Connecting | Line::Open | Line::Polling => None,
    }
}
