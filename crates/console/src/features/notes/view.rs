//! Notes, and the field to write one.

use leptos::prelude::*;
use orders_api::StaffNote;
use storefront::format;
use storefront::ui::Button;
use storefront::words::{Lang, common};

use super::data::NotesData;
use super::words::Words;

/// The notes; nothing where their role has none.
pub fn notes_view(lang: Lang, data: NotesData) -> Option<AnyView> {
    data.may().then(|| view! { <Notes lang data/> }.into_any())
}

#[component]
fn Notes(lang: Lang, data: NotesData) -> impl IntoView {
    let words = Words::of(lang);
    let list = move || {
        data.notes.with(|notes| match notes {
            None => view! { <p class="hint">{common::Words::of(lang).loading}</p> }.into_any(),
            Some(notes) if notes.is_empty() => {
                view! { <p class="hint">{words.none}</p> }.into_any()
            }
            Some(notes) => {
                let notes: Vec<_> = notes.iter().map(|note| note_view(lang, note)).collect();
                view! { <ol class="thread">{notes}</ol> }.into_any()
            }
        })
    };
    view! {
        <section class="panel notes" aria-labelledby="notes">
            <h2 class="panel-title" id="notes">{words.title}</h2>
            <p class="visually-hidden" role="status">{move || data.news.get()}</p>
            <div role="alert">
                {move || data.old.get().map(|why| view! {
                    <p class="conflict">
                        <span>{why}</span>
                        <Button press=Callback::new(move |()| data.look())>{words.again}</Button>
                    </p>
                })}
            </div>
            {list}
            <form
                class="form notes-form"
                on:submit=move |event| {
                    event.prevent_default();
                    data.add();
                }
            >
                <label class="field-label" for="note">{words.field}</label>
                <textarea
                    class="field-input notes-text"
                    id="note"
                    rows="2"
                    aria-describedby="note-error note-keys"
                    aria-invalid=move || data.refused.get().map(|_| "true")
                    aria-keyshortcuts="Control+Enter Meta+Enter"
                    prop:value=move || data.text.get()
                    on:input=move |event| data.text.set(event_target_value(&event))
                    on:keydown=move |event| {
                        let adds = event.key() == "Enter" && (event.ctrl_key() || event.meta_key());
                        if adds && !event.is_composing() {
                            event.prevent_default();
                            data.add();
                        }
                    }
                ></textarea>
                <p class="field-error" id="note-error" role="alert">{move || data.refused.get()}</p>
                <div class="notes-foot">
                    <Button submit=true busy=data.busy>{words.add}</Button>
                    <p class="hint keys-hint" id="note-keys">{words.keys}</p>
                </div>
            </form>
        </section>
    }
}

/// A note.
pub fn note_view(lang: Lang, note: &StaffNote) -> impl IntoView + use<> {
    view! {
        <li class="thread-item">
            <p class="thread-who">
                <strong>{note.by.name.clone()}</strong> " · "
                <time class="number" datetime=note.at.0.clone()>{format::moment(lang, &note.at)}</time>
            </p>
            <p class="note-text">{note.text.clone()}</p>
        </li>
    }
}
