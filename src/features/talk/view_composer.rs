//! Saying something: a field that grows, photos, and the key that sends.

use leptos::html;
use leptos::prelude::*;

use super::data::TalkData;
use super::words::Words;
use crate::browser;
use crate::features::evidence::{Course as Files, EvidencePicker};
use crate::paths;
use crate::ui::{Button, ButtonKind, FormKey, as_content};
use crate::words::Lang;

/// The code of a key that belongs to the input method, in browsers that do not say so otherwise.
const COMPOSING: u32 = 229;

/// The field and its button.
#[component]
pub fn ComposerView(
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
    let text = data.text;
    let field = NodeRef::<html::Textarea>::new();
    // Emptied or restored, it has another height.
    Effect::new(move |_| {
        text.track();
        if let Some(field) = field.get() {
            browser::next_frame(move || browser::fit_height(&field));
        }
    });
    let written = browser::ON_SERVER.then(|| text.with_untracked(|text| as_content(text)));
    view! {
        <form
            class="talk-composer"
            method="post"
            action=paths::conversation_messages(&id)
            novalidate
            on:submit=move |event| {
                event.prevent_default();
                data.say();
            }
        >
            <FormKey key=key.get_value()/>
            <p class="field-error" role="alert">{move || data.error.get()}</p>
            {photos_view(lang, data)}
            <div class="talk-write">
                <label class="visually-hidden" for="say">{words.say}</label>
                <textarea
                    class="field-input talk-field"
                    id="say"
                    name="text"
                    rows="1"
                    placeholder=words.say
                    node_ref=field
                    prop:value=move || text.get()
                    on:input=move |event| {
                        text.set(event_target_value(&event));
                        data.typing();
                    }
                    on:keydown=move |event| {
                        let composes = event.is_composing() || event.key_code() == COMPOSING;
                        let sends = event.key() == "Enter" && !event.shift_key() && !composes;
                        if sends && browser::has_keyboard() {
                            event.prevent_default();
                            data.say();
                        }
                    }
                >
                    {written}
                </textarea>
                <Button kind=ButtonKind::Primary submit=true>{words.say_send}</Button>
            </div>
        </form>
    }
}

fn photos_view(lang: Lang, data: TalkData) -> Option<AnyView> {
    if browser::ON_SERVER {
        return None;
    }
    let words = Words::of(lang);
    let parts = data.uploads.parts();
    let some = Memo::new(move |_| data.uploads.course.with(|files: &Files| files.coming()));
    Some(
        view! {
            // What is there to write in stays in view.
            <details class="talk-photos" on:toggle=move |_| browser::scroll_to_below(0.0)>
                <summary class="talk-photos-open">
                    {words.photos}
                    {move || (some.get() > 0).then(|| format!(" ({})", some.get()))}
                </summary>
                <EvidencePicker lang parts id="say-evidence"/>
            </details>
        }
        .into_any(),
    )
}
