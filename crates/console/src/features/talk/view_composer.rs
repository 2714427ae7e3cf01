//! Answering: a field that grows, a row of tools above it, and the key that sends. Who does not have the conversation is told
//! what writing would do, or what to do first.

use leptos::html;
use leptos::prelude::*;
use orders_api::{ConversationState, StaffConversation};
use storefront::ui::{Button, ButtonKind};
use storefront::words::{Lang, fill};

use super::data::TalkData;
use super::view_thread::line_words;
use super::words::Words;
use crate::browser;
use crate::features::replies::{PickerButton, PickerData, PickerView, spoken};

/// The code of a key that belongs to the input method, in browsers that do not say so otherwise.
const COMPOSING: u32 = 229;

/// What stands where one writes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// The field; writing takes the conversation.
    Takes,
    /// The field.
    Writes,
    /// A colleague has it.
    Theirs(String),
    /// It has ended; its shopper may open it again.
    Ended,
    /// It has ended for good.
    Over,
}

/// What stands where one writes, for `own`.
pub fn place_of(
    one: &StaffConversation,
    state: ConversationState,
    takes_words: bool,
    own: &str,
) -> Place {
    match (state, &one.staff) {
        (ConversationState::Closed, _) if takes_words => Place::Ended,
        (ConversationState::Closed, _) => Place::Over,
        (ConversationState::Served, Some(staff)) if staff.id != own => {
            Place::Theirs(staff.name.clone())
        }
        (ConversationState::Served, _) => Place::Writes,
        (ConversationState::Waiting | ConversationState::Left, _) => Place::Takes,
    }
}

/// The foot of the conversation.
#[component]
pub fn ComposerView(
    /// The language.
    lang: Lang,
    /// The conversation.
    one: Signal<StaffConversation>,
    /// The page.
    data: TalkData,
    /// Who looks at it.
    own: StoredValue<String>,
) -> impl IntoView {
    let words = Words::of(lang);
    let line = Memo::new(move |_| {
        let line = data
            .course
            .with(|course| course.as_ref().map(|course| course.line));
        line.and_then(|line| line_words(lang, line))
    });
    let place = Memo::new(move |_| {
        let now = data.course.with(|course| {
            let now = course.as_ref().map(|course| &course.standing);
            now.map(|now| (now.state, now.takes_words))
        });
        one.with(|one| {
            let standing = &one.conversation.standing;
            let (state, takes) = now.unwrap_or((standing.state, standing.takes_words));
            own.with_value(|own| place_of(one, state, takes, own))
        })
    });
    // The field is the same whether writing takes the conversation or not: what is being typed stays in it.
    let writes = Memo::new(move |_| matches!(place.get(), Place::Takes | Place::Writes));
    view! {
        <div class="talk-foot">
            <p class="talk-line" role="status">{move || line.get()}</p>
            {move || if writes.get() {
                view! { <Field lang data place/> }.into_any()
            } else {
                let text = match place.get() {
                    Place::Theirs(who) => fill(words.theirs_hint, &[("who", &who)]),
                    Place::Ended => words.closed_hint.to_owned(),
                    Place::Over => words.closed_good.to_owned(),
                    Place::Takes | Place::Writes => String::new(),
                };
                view! { <p class="hint">{text}</p> }.into_any()
            }}
        </div>
    }
}

#[component]
fn Field(lang: Lang, data: TalkData, place: Memo<Place>) -> impl IntoView {
    let words = Words::of(lang);
    let text = data.text;
    let field = NodeRef::<html::Textarea>::new();
    let language = Memo::new(move |_| {
        let course = data.course;
        course.with(|course| {
            course
                .as_ref()
                .map(|course| spoken(&course.said))
                .unwrap_or_default()
        })
    });
    let id = data.id.get_value();
    let picker = PickerData::new(lang, data.session, id, text, language.into());
    // Emptied or restored, it has another height.
    Effect::new(move |_| {
        text.track();
        if let Some(field) = field.get() {
            browser::next_frame(move || browser::fit_height(&field));
        }
    });
    view! {
        <form
            class="talk-composer"
            novalidate
            on:submit=move |event| {
                event.prevent_default();
                if picker.looks_for() {
                    picker.key("Enter");
                } else {
                    data.say();
                }
            }
        >
            <PickerView lang data=picker/>
            // What helps to write stands in this row.
            <div class="talk-tools">
                <p class="hint talk-takes">{move || (place.get() == Place::Takes).then_some(words.say_takes)}</p>
                <PickerButton lang data=picker/>
                <p class="hint keys-hint">{words.say_keys}</p>
            </div>
            <p class="field-error" role="alert">{move || data.error.get()}</p>
            <div class="talk-write">
                <label class="visually-hidden" for="say">{words.say}</label>
                <textarea
                    class="field-input talk-field"
                    id="say"
                    rows="1"
                    placeholder=words.say
                    enterkeyhint="send"
                    aria-autocomplete="list"
                    aria-controls=move || picker.active().map(|_| "replies")
                    aria-activedescendant=move || picker.active()
                    node_ref=field
                    prop:value=move || text.get()
                    on:input=move |event| {
                        text.set(event_target_value(&event));
                        data.typing();
                    }
                    on:keydown=move |event| {
                        let composes = event.is_composing() || event.key_code() == COMPOSING;
                        if composes {
                            return;
                        }
                        if !event.shift_key() && !event.alt_key() && picker.key(&event.key()) {
                            event.prevent_default();
                            return;
                        }
                        let sends = event.key() == "Enter" && !event.shift_key();
                        if sends && browser::has_keyboard() {
                            event.prevent_default();
                            data.say();
                        } else if event.key() == "Escape" {
                            // From here on, letters are keys again.
                            event.prevent_default();
                            browser::focus("#talk-title");
                        }
                    }
                ></textarea>
                <Button kind=ButtonKind::Primary submit=true>{words.say_send}</Button>
            </div>
        </form>
    }
}
