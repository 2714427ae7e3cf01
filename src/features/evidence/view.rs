//! Picking files and seeing them sent: a tile to add some, and a row for each with its progress.

use leptos::prelude::*;
use orders_api::{Evidence, EvidenceKind, evidence_file};

use crate::browser::{self, PickedFile};
use crate::ui::{Button, Icon};
use crate::words::{Lang, fill};

use super::course::Course;
use super::files::{ACCEPTED, FileFacts};
use super::item::{Item, Stage};
use super::pictures::{camera, film, photo};
use super::steps::Event;
use super::words::Words;

/// What the picker shows, and whom it tells.
#[derive(Clone, Copy)]
pub struct PickerParts {
    /// The uploads.
    pub course: Signal<Course>,
    /// Files were picked.
    pub pick: Callback<Vec<PickedFile>>,
    /// Something else happened.
    pub tell: Callback<Event>,
    /// Where to see a file that was picked, before it is sent.
    pub preview: Callback<FileFacts, Option<String>>,
}

/// A tile that adds photos and videos, and those that were added.
#[component]
pub fn EvidencePicker(
    /// The language.
    lang: Lang,
    /// The uploads.
    parts: PickerParts,
    /// Of the field, unique on the page.
    id: &'static str,
    /// What is wrong with the choice.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// Ids of what describes the field, besides its own words.
    #[prop(optional)]
    described: &'static str,
    /// The message is being sent: nothing may be changed.
    #[prop(optional, into)]
    locked: Signal<bool>,
) -> impl IntoView {
    let words = Words::of(lang);
    let course = parts.course;
    let ids = Memo::new(move |_| {
        course.with(|course| course.items.iter().map(|item| item.id).collect::<Vec<_>>())
    });
    let room = Memo::new(move |_| course.with(Course::room));
    let most = Memo::new(move |_| course.with(|course| course.most.to_string()));
    let left_out = Memo::new(move |_| course.with(|course| course.left_out));
    let takes = Memo::new(move |_| course.with(Course::takes));
    let closed = move || !takes.get() || locked.get();
    let tile = move || {
        if room.get() == 0 && takes.get() {
            words.pick_again.to_owned()
        } else if room.get() == 0 {
            fill(words.pick_full, &[("most", &most.get())])
        } else if ids.with(Vec::is_empty) {
            words.pick.to_owned()
        } else {
            words.pick_more.to_owned()
        }
    };
    view! {
        <div class="evidence">
            <ul class="evidence-files" aria-label=words.files hidden=move || ids.with(Vec::is_empty)>
                <For
                    each=move || ids.get()
                    key=|item| *item
                    children=move |item| row_view(lang, parts, (id, item), locked)
                />
            </ul>
            <div class="evidence-tile" data-closed=move || closed().then_some("")>
                <input
                    class="evidence-input"
                    id=id
                    type="file"
                    accept=ACCEPTED
                    multiple
                    disabled=closed
                    aria-label=tile
                    aria-describedby=format!("{id}-limits {id}-error {described}")
                    aria-invalid=move || error.with(Option::is_some).then_some("true")
                    on:change=move |event| parts.pick.run(browser::picked_files(&event))
                />
                {camera()}
                <span class="evidence-tile-what" aria-hidden="true">{tile}</span>
                <span class="evidence-tile-more" id=format!("{id}-limits")>
                    {move || fill(words.pick_limits, &[("most", &most.get())])}
                </span>
            </div>
            <p class="field-error" id=format!("{id}-error") hidden=move || error.with(Option::is_none)>
                {move || error.get()}
            </p>
            {move || (left_out.get() > 0).then(|| {
                let n = left_out.get().to_string();
                let text = fill(words.left_out, &[("most", &most.get()), ("n", &n)]);
                view! { <p class="field-error" role="alert">{text}</p> }
            })}
            <p class="visually-hidden" role="status">
                {move || course.with(|course| news(words, course))}
            </p>
        </div>
    }
}

/// What became of the file that was done last, to be read out.
fn news(words: &Words, course: &Course) -> Option<String> {
    if let Some(name) = &course.removed {
        return Some(fill(words.news_removed, &[("name", name)]));
    }
    let item = course.item(course.last?)?;
    let name = [("name", item.file.name.as_str())];
    Some(match &item.stage {
        Stage::Ready(_) => fill(words.news_ready, &name),
        Stage::Refused(refusal) => format!("{}: {}", item.file.name, words.refusal(*refusal)),
        Stage::Failed(text) => format!("{}: {text}", item.file.name),
        Stage::Stopped => fill(words.news_stopped, &name),
        Stage::Waiting
        | Stage::Beginning
        | Stage::Sending
        | Stage::Asking
        | Stage::Pausing
        | Stage::Looking
        | Stage::Missing => return None,
    })
}

/// The row of the item `id` in the picker `picker`.
fn row_view(
    lang: Lang,
    parts: PickerParts,
    (picker, id): (&'static str, u32),
    locked: Signal<bool>,
) -> impl IntoView {
    let words = Words::of(lang);
    let remove_id = remove_id(picker, id);
    // Between its end and that of the row, it is as it was.
    let item = Memo::new(move |before: Option<&Option<Item>>| {
        let now = parts.course.with(|course| course.item(id).cloned());
        now.or_else(|| before.cloned().flatten())
    });
    let file = item.with_untracked(|item| item.as_ref().map(|item| item.file.clone()));
    let Some(file) = file else {
        return ().into_any();
    };
    let name = file.name.clone();
    let of = move |text: fn(&Words, &Item) -> String| {
        move || item.with(|item| item.as_ref().map(|item| text(words, item)))
    };
    let remove = StoredValue::new(format!("#{remove_id}"));
    let state = Memo::new(move |_| item.with(|item| item.as_ref().map_or("", state_name)));
    let percent = Memo::new(move |_| item.with(|item| item.as_ref().map_or(0, Item::percent)));
    let kept = Memo::new(move |_| {
        item.with(|item| match item.as_ref().map(|item| &item.stage) {
            Some(Stage::Ready(evidence)) => Some(evidence.clone()),
            _ => None,
        })
    });
    view! {
        <li class="evidence-file" data-state=move || state.get()>
            {thumbnail(parts, file, kept)}
            <div class="evidence-file-text">
                <p class="evidence-file-name">{name.clone()}</p>
                <p class="evidence-file-more">{of(status)}</p>
                {move || matches!(state.get(), "sending" | "stopped").then(|| view! {
                    <progress
                        class="evidence-progress"
                        role="progressbar"
                        max="100"
                        value=move || percent.get().to_string()
                        aria-label=fill(words.progress, &[("name", &name)])
                    ></progress>
                })}
                {move || (state.get() == "stopped").then(|| {
                    let stays = remove.get_value();
                    let go_on = Callback::new(move |()| {
                        parts.tell.run(Event::GoOn);
                        focus_next(stays.clone());
                    });
                    view! {
                        <div class="evidence-file-do">
                            <Button press=go_on>{words.go_on}</Button>
                        </div>
                    }
                })}
            </div>
            <button
                class="icon-button"
                id=remove_id
                type="button"
                aria-label=of(|words, item| fill(words.remove, &[("name", &item.file.name)]))
                aria-disabled=move || locked.get().then_some("true")
                on:click=move |_| {
                    if !locked.get_untracked() {
                        parts.tell.run(Event::Remove(id));
                        focus_next(parts.course.with_untracked(|course| after_removal(course, picker)));
                    }
                }
            >
                <Icon name="close"/>
            </button>
        </li>
    }
    .into_any()
}

/// The id of the button that takes an item away.
fn remove_id(picker: &str, item: u32) -> String {
    format!("{picker}-remove-{item}")
}

/// Where the focus goes when a row is gone with its button: to the field, or the last row when that is closed.
pub(super) fn after_removal(course: &Course, picker: &str) -> String {
    match course.items.last() {
        Some(item) if !course.takes() => format!("#{}", remove_id(picker, item.id)),
        Some(_) | None => format!("#{picker}"),
    }
}

/// The button that had the focus is about to go, and the focus with it.
fn focus_next(selector: String) {
    browser::next_frame(move || browser::focus(&selector));
}

/// The picture of a row: what is kept, else what was picked, else a drawing.
fn thumbnail(parts: PickerParts, file: FileFacts, kept: Memo<Option<Evidence>>) -> impl IntoView {
    let unseen = RwSignal::new(false);
    let source = Memo::new(move |_| match kept.get() {
        Some(evidence) => match evidence.kind {
            EvidenceKind::Photo => Some(evidence_file(&evidence.id)),
            EvidenceKind::Video => None,
        },
        None if file.is_photo() && !unseen.get() => parts.preview.run(file.clone()),
        None => None,
    });
    let film_like = Memo::new(move |_| match kept.get() {
        Some(evidence) => evidence.kind == EvidenceKind::Video,
        None => false,
    });
    view! {
        <span class="evidence-thumbnail">
            {move || match source.get() {
                Some(url) => view! {
                    // What the browser cannot show (HEIC, mostly) is drawn.
                    <img src=url alt="" width="56" height="56" on:error=move |_| unseen.set(true)/>
                }
                .into_any(),
                None if film_like.get() => film().into_any(),
                None => photo().into_any(),
            }}
        </span>
    }
}

/// The stages that a shopper tells apart.
const fn state_name(item: &Item) -> &'static str {
    match item.stage {
        Stage::Waiting => "waiting",
        Stage::Beginning | Stage::Sending | Stage::Asking | Stage::Pausing if item.here => {
            "sending"
        }
        Stage::Looking | Stage::Beginning | Stage::Sending | Stage::Asking | Stage::Pausing => {
            "looking"
        }
        Stage::Stopped => "stopped",
        Stage::Missing => "missing",
        Stage::Ready(_) => "ready",
        Stage::Refused(_) | Stage::Failed(_) => "refused",
    }
}

fn status(words: &Words, item: &Item) -> String {
    let percent = item.percent().to_string();
    let done = |text: &str| fill(text, &[("n", &percent)]);
    match &item.stage {
        Stage::Waiting if item.here => words.waiting.to_owned(),
        Stage::Beginning | Stage::Sending | Stage::Asking if item.here => done(words.sending),
        Stage::Waiting | Stage::Beginning | Stage::Sending | Stage::Asking => {
            words.checking.to_owned()
        }
        Stage::Pausing => done(words.pausing),
        Stage::Stopped => done(words.stopped),
        Stage::Looking => words.looking.to_owned(),
        Stage::Missing if item.sent == 0 => words.missing_all.to_owned(),
        Stage::Missing => done(words.missing),
        Stage::Ready(_) => words.ready.to_owned(),
        Stage::Refused(refusal) => words.refusal(*refusal).to_owned(),
        Stage::Failed(text) => text.clone(),
    }
}
