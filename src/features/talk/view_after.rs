//! What can be done with a conversation besides talking: ending it, saying how it was, taking it home.

use leptos::prelude::*;
use orders_api::{Conversation, ConversationState, transcript};

use super::data::TalkData;
use super::words::Words;
use crate::browser;
use crate::paths;
use crate::ui::{Button, ButtonKind, FormKey, as_content};
use crate::words::{Lang, fill};

/// Ending it, with a question first, and the transcript.
#[component]
pub fn EndView(
    /// The language.
    lang: Lang,
    /// The conversation's id.
    id: String,
    /// The page.
    data: TalkData,
    /// The key of the form.
    key: StoredValue<Option<String>>,
) -> impl IntoView {
    let words = Words::of(lang);
    let state = data.state();
    let open = Memo::new(move |_| state.get() != Some(ConversationState::Closed));
    let text = transcript(&id);
    let action = StoredValue::new(paths::conversation_end(&id));
    view! {
        <div class="talk-after">
            <a class="button" data-kind="plain" href=text download rel="external">
                {words.transcript}
            </a>
            {move || open.get().then(|| view! {
                <details class="talk-end">
                    <summary class="button" data-kind="plain">{words.end}</summary>
                    <form
                        class="talk-end-sure"
                        method="post"
                        action=action.get_value()
                        on:submit=move |event| {
                            event.prevent_default();
                            data.end();
                        }
                    >
                        <FormKey key=key.get_value()/>
                        <p>{words.end_sure}</p>
                        <Button kind=ButtonKind::Danger submit=true busy=data.busy>{words.end_yes}</Button>
                    </form>
                </details>
            })}
        </div>
    }
}

/// How it was, once it is over.
#[component]
pub fn RatingView(
    /// The language.
    lang: Lang,
    /// The conversation.
    conversation: Signal<Conversation>,
    /// The page.
    data: TalkData,
    /// The key of the form.
    key: StoredValue<Option<String>>,
) -> impl IntoView {
    let words = Words::of(lang);
    let state = data.state();
    let rated = Memo::new(move |_| conversation.with(|one| one.rating));
    let over = Memo::new(move |_| state.get() == Some(ConversationState::Closed));
    let action = conversation.with_untracked(|one| paths::conversation_rating(&one.id));
    let action = StoredValue::new(action);
    let choice = move |rating: u8| {
        view! {
            <label class="choice">
                <input
                    class="choice-input"
                    type="radio"
                    name="rating"
                    value=rating.to_string()
                    prop:checked=move || data.rating.get() == Some(rating)
                    on:change=move |_| data.rating.set(Some(rating))
                />
                <span class="choice-label">{words.rating(rating)}</span>
            </label>
        }
    };
    let form = move || {
        let note = data.rating_note;
        let written = browser::ON_SERVER.then(|| note.with_untracked(|text| as_content(text)));
        view! {
            <section class="panel" aria-labelledby="rate-title">
                <form
                    class="case-form"
                    method="post"
                    action=action.get_value()
                    on:submit=move |event| {
                        event.prevent_default();
                        data.rate();
                    }
                >
                    <FormKey key=key.get_value()/>
                    <fieldset class="talk-topics">
                        <legend class="panel-title" id="rate-title">{words.rate_title}</legend>
                        {(1..=5).rev().map(choice).collect_view()}
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
    };
    view! {
        <p class="talk-rated" role="status">
            {move || rated.get().map(|rating| {
                fill(words.rated, &[("words", words.rating(rating))])
            })}
        </p>
        {move || (over.get() && rated.get().is_none()).then(form)}
    }
}
