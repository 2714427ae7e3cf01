//! Whose conversation it is, where it stands, who has it, and what can become of it.

use leptos::prelude::*;
use orders_api::{ConversationStanding, ConversationState, Person, StaffConversation};
use storefront::format;
use storefront::ui::{Button, ButtonKind, Confirm, Dialog, FailureView, Load, Tone, WayOut};
use storefront::words::{Lang, common, fill};

use super::data::TalkData;
use super::moves::data::{Move, MovesData, offered};
use super::words::Words;

/// What to call the shopper.
pub fn name(lang: Lang, one: &StaffConversation) -> String {
    if one.shopper.name.is_empty() {
        Words::of(lang).nobody.to_owned()
    } else {
        one.shopper.name.clone()
    }
}

/// Where it stands: its colour and the words.
pub fn standing_words(lang: Lang, standing: &ConversationStanding) -> (Tone, String) {
    let words = Words::of(lang);
    let due = standing.due_at.as_ref().map(|due| {
        let time = format::moment(lang, due);
        fill(words.answer_by, &[("time", &time)])
    });
    match (standing.state, standing.place) {
        (ConversationState::Waiting, place) => {
            let text = match place {
                Some(place) => fill(words.waiting_place, &[("n", &place.to_string())]),
                None => words.waiting.to_owned(),
            };
            let parts: Vec<_> = [text].into_iter().chain(due).collect();
            (Tone::Warn, parts.join(" · "))
        }
        (ConversationState::Left, _) => {
            let parts: Vec<_> = [words.left.to_owned()].into_iter().chain(due).collect();
            (Tone::Info, parts.join(" · "))
        }
        (ConversationState::Served, _) => (Tone::Accent, words.served.to_owned()),
        (ConversationState::Closed, _) => (Tone::Neutral, words.closed.to_owned()),
    }
}

const fn move_name(words: &Words, what: &Move) -> &'static str {
    match what {
        Move::Take => words.take,
        Move::TakeOver => words.take_over,
        Move::Transfer(_) => words.pass_on,
        Move::HandBack => words.hand_back,
        Move::End => words.end,
    }
}

/// The head.
#[component]
pub fn HeadView(
    /// The language.
    lang: Lang,
    /// The conversation.
    one: Signal<StaffConversation>,
    /// The page.
    data: TalkData,
    /// What can become of it.
    moves: MovesData,
    /// Who looks at it.
    own: StoredValue<String>,
) -> impl IntoView {
    let words = Words::of(lang);
    let standing = Memo::new(move |_| {
        data.course.with(|course| {
            let now = course.as_ref().map(|course| course.standing.clone());
            now.unwrap_or_else(|| one.with(|one| one.conversation.standing.clone()))
        })
    });
    let state = Memo::new(move |_| standing.with(|standing| standing.state));
    let badge = move || {
        let (tone, text) = standing.with(|standing| standing_words(lang, standing));
        view! { <span class="badge" data-tone=tone.name()>{text}</span> }
    };
    let who = move || {
        let served = state.get() == ConversationState::Served;
        one.with(|one| {
            let staff = one.staff.as_ref().filter(|_| served)?;
            let theirs = own.with_value(|own| *own == staff.id);
            Some(if theirs {
                words.with_you.to_owned()
            } else {
                fill(words.with, &[("who", &staff.name)])
            })
        })
    };
    let all = Memo::new(move |_| {
        let standing = standing.get();
        one.with(|one| own.with_value(|own| offered(one, &standing, own)))
    });
    let buttons = move || {
        let mut buttons: Vec<_> = all
            .get()
            .into_iter()
            .map(|what| button(words, moves, what))
            .collect();
        if state.get() == ConversationState::Served && !buttons.is_empty() {
            let press = Callback::new(move |()| moves.asks_whom());
            let pass = view! { <Button busy=moves.busy press>{words.pass_on}</Button> }.into_any();
            buttons.insert(0, pass);
        }
        buttons
    };
    view! {
        <div class="talk-head">
            <div class="talk-who">
                <h1 class="page-title" id="talk-title" tabindex="-1">
                    {move || one.with(|one| name(lang, one))}
                </h1>
                <span role="status">{badge}" "<span class="under talk-with">{who}</span></span>
            </div>
            <div class="talk-moves">{buttons}</div>
            <p class="visually-hidden" role="status">{move || moves.done.get()}</p>
            <div class="talk-in-the-way" role="alert">
                {move || moves.refused.get().map(|why| view! { <p class="field-error">{why}</p> })}
                {move || moves.claimed.get().map(|(what, claim)| {
                    let time = format::clock(&claim.until);
                    let values = [("who", claim.by.name.as_str()), ("time", &time)];
                    let text = fill(words.claimed, &values);
                    let press = Callback::new(move |()| moves.take_over(what.clone()));
                    view! {
                        <p class="conflict">
                            <span>{text}</span>
                            <Button press>{words.take_over}</Button>
                        </p>
                    }
                })}
            </div>
        </div>
        <Confirm
            asks=moves.ends
            title=words.end_title
            text=words.end_text
            keep=words.end_keep
            confirm=words.end_yes
            class="talk-end-dialog"
            busy=moves.busy
            error=moves.refused
            press=Callback::new(move |()| moves.make(Move::End))
        />
        {move || moves.passes.get().then(|| view! { <PassDialog lang moves/> })}
    }
}

fn button(words: &'static Words, moves: MovesData, what: Move) -> AnyView {
    let name = move_name(words, &what);
    let kind = match what {
        Move::Take | Move::TakeOver => ButtonKind::Primary,
        Move::Transfer(_) | Move::HandBack | Move::End => ButtonKind::Plain,
    };
    let press = Callback::new(move |()| moves.begin(what.clone()));
    view! { <Button kind busy=moves.busy press>{name}</Button> }.into_any()
}

/// Who is to have it.
#[component]
fn PassDialog(lang: Lang, moves: MovesData) -> impl IntoView {
    let words = Words::of(lang);
    let close = Callback::new(move |()| {
        if !moves.busy.get_untracked() {
            moves.passes.set(false);
        }
    });
    let list = move || match moves.colleagues.get() {
        Load::Loading => {
            view! { <p class="waiting" role="status">{common::Words::of(lang).loading}</p> }
                .into_any()
        }
        Load::Failed(why) => {
            let retry = Callback::new(move |()| moves.asks_whom());
            view! { <FailureView why retry/> }.into_any()
        }
        Load::Ready(found) if found.is_empty() => {
            view! { <p role="status">{words.pass_none}</p> }.into_any()
        }
        Load::Ready(found) => colleagues_view(words, found, moves).into_any(),
    };
    view! {
        <Dialog
            title=Signal::stored(words.pass_title.to_owned())
            class="talk-pass-dialog"
            focus="[data-safe]"
            close
        >
            <div class="dialog-body">
                <p>{words.pass_text}</p>
                {list}
                <p class="field-error" role="alert">{move || moves.refused.get()}</p>
            </div>
            <div class="dialog-foot">
                <WayOut class="button" safe=true locked=moves.busy page=String::new() close>
                    {words.pass_keep}
                </WayOut>
            </div>
        </Dialog>
    }
}

fn colleagues_view(
    words: &'static Words,
    colleagues: Vec<Person>,
    moves: MovesData,
) -> impl IntoView {
    let rows: Vec<_> = colleagues
        .into_iter()
        .map(|one| {
            let text = fill(words.pass_to, &[("who", &one.name)]);
            let press = Callback::new(move |()| moves.make(Move::Transfer(one.clone())));
            view! { <li><Button wide=true busy=moves.busy press>{text}</Button></li> }
        })
        .collect();
    view! { <ul class="talk-colleagues">{rows}</ul> }
}
