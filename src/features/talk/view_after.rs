//! What can be done with a conversation besides talking: ending it, saying how it was, taking it home.

use leptos::prelude::*;
use orders_api::{Conversation, ConversationState, transcript};

use super::data::TalkData;
use super::ending::{EndData, Step};
use super::words::Words;
use crate::browser;
use crate::paths;
use crate::ui::{Button, ButtonKind, Confirm, FormKey, as_content};
use crate::words::{Lang, fill};

/// Ending it, with a question first, and the transcript.
#[component]
pub fn EndView(
    /// The language.
    lang: Lang,
    /// The conversation's id.
    id: String,
    /// The conversation.
    talk: TalkData,
    /// Its end.
    data: EndData,
    /// The key of the form.
    key: StoredValue<Option<String>>,
) -> impl IntoView {
    let words = Words::of(lang);
    let state = talk.state();
    let open = Memo::new(move |_| state.get() != Some(ConversationState::Closed));
    let text = transcript(&id);
    view! {
        <div class="talk-after">
            <a class="button" data-kind="plain" href=text download rel="external">
                {words.transcript}
            </a>
            {move || open.get().then(|| end_view(words, &id, data, key))}
        </div>
    }
}

/// The app asks in a dialog; the server's page in place.
fn end_view(
    words: &'static Words,
    id: &str,
    data: EndData,
    key: StoredValue<Option<String>>,
) -> AnyView {
    if !browser::ON_SERVER {
        let ask = Callback::new(move |()| data.asks.set(true));
        return view! { <Button kind=ButtonKind::Plain press=ask>{words.end}</Button> }.into_any();
    }
    let error = data.problem(Step::End);
    view! {
        <details class="talk-end" open=move || error.with(Option::is_some)>
            <summary class="button" data-kind="plain">{words.end}</summary>
            <form class="talk-end-sure" method="post" action=paths::conversation_end(id)>
                <FormKey key=key.get_value()/>
                <p>{words.end_sure}</p>
                <p class="field-error" role="alert">{move || error.get()}</p>
                <Button kind=ButtonKind::Danger submit=true>{words.end_yes}</Button>
            </form>
        </details>
    }
    .into_any()
}

/// Asks whether to end it, while it is open.
#[component]
pub fn EndDialog(
    /// The language.
    lang: Lang,
    /// The end.
    data: EndData,
) -> impl IntoView {
    let words = Words::of(lang);
    view! {
        <Confirm
            asks=data.asks
            title=words.end_title
            text=words.end_sure
            keep=words.end_keep
            confirm=words.end_yes
            class="talk-end-dialog"
            busy=data.busy
            error=data.problem(Step::End)
            press=move |()| data.make(Step::End)
        />
    }
}

/// How it was, once it is over.
#[component]
pub fn RatingView(
    /// The language.
    lang: Lang,
    /// The conversation.
    conversation: Signal<Conversation>,
    /// The same, as it is led.
    talk: TalkData,
    /// Its end.
    data: EndData,
    /// The key of the form.
    key: StoredValue<Option<String>>,
) -> impl IntoView {
    let words = Words::of(lang);
    let state = talk.state();
    let rated = Memo::new(move |_| conversation.with(|one| one.rating));
    let over = Memo::new(move |_| state.get() == Some(ConversationState::Closed));
    let action = conversation.with_untracked(|one| paths::conversation_rating(&one.id));
    let action = StoredValue::new(action);
    move || {
        over.get().then(|| match rated.get() {
            Some(rating) => {
                let text = fill(words.rated, &[("words", words.rating(rating))]);
                view! { <p class="talk-rated" id="rate" tabindex="-1">{text}</p> }.into_any()
            }
            None => form_view(words, data, action.get_value(), key).into_any(),
        })
    }
}

fn form_view(
    words: &'static Words,
    data: EndData,
    action: String,
    key: StoredValue<Option<String>>,
) -> impl IntoView {
    let error = data.problem(Step::Rate);
    let wrong = move || error.with(Option::is_some);
    let choice = move |rating: u8| {
        let chosen = move || data.rating.get() == Some(rating);
        view! {
            <label class="choice">
                <input
                    class="choice-input"
                    type="radio"
                    name="rating"
                    value=rating.to_string()
                    required=browser::ON_SERVER
                    checked=untrack(chosen)
                    prop:checked=chosen
                    on:change=move |_| data.rating.set(Some(rating))
                />
                <span class="choice-label">{words.rating(rating)}</span>
            </label>
        }
    };
    let note = data.note;
    let written = browser::ON_SERVER.then(|| note.with_untracked(|text| as_content(text)));
    view! {
        <section class="panel" id="rate" aria-labelledby="rate-title" tabindex="-1">
            <form
                class="case-form"
                method="post"
                action=action
                on:submit=move |event| {
                    event.prevent_default();
                    data.make(Step::Rate);
                }
            >
                <FormKey key=key.get_value()/>
                <fieldset
                    class="talk-topics"
                    data-wide=""
                    role="radiogroup"
                    aria-invalid=move || wrong().then_some("true")
                    aria-describedby="rate-error"
                >
                    <legend class="panel-title" id="rate-title">{words.rate_title}</legend>
                    {(1..=5).rev().map(choice).collect_view()}
                    <p class="field-error" id="rate-error" role="alert" hidden=move || !wrong()>
                        {move || error.get()}
                    </p>
                </fieldset>
                <div class="field" data-wide="">
                    <label class="field-label" for="rate-note">{words.rate_note}</label>
                    <textarea
                        class="field-input"
                        id="rate-note"
                        name="note"
                        rows="2"
                        maxlength="500"
                        prop:value=move || note.get()
                        on:input=move |event| note.set(event_target_value(&event))
                    >
                        {written}
                    </textarea>
                </div>
                <div data-wide="">
                    <Button submit=true busy=data.busy>{words.rate_send}</Button>
                </div>
            </form>
        </section>
    }
}
