//! What is kept, to look at: small pictures that open, videos that play.

use leptos::prelude::*;
use orders_api::{Evidence, EvidenceKind, evidence_file};

use crate::browser;
use crate::ui::Dialog;
use crate::words::{Lang, fill};

use super::words::Words;

/// Photos as small pictures, each of which opens in a dialog, and videos in place.
#[component]
pub fn EvidenceGallery(
    /// The language.
    lang: Lang,
    /// What is kept.
    evidence: Vec<Evidence>,
    /// Where a file is, by its id.
    #[prop(default = evidence_file)]
    file: fn(&str) -> String,
) -> impl IntoView {
    let words = Words::of(lang);
    let file_of = file;
    // The one that is open, with its number among its kind.
    let open = RwSignal::new(None::<(usize, Evidence)>);
    let close = Callback::new(move |()| {
        if let Some((_, shown)) = open.try_update(Option::take).flatten() {
            browser::next_frame(move || {
                browser::focus(&format!("[data-evidence=\"{}\"]", shown.id));
            });
        }
    });
    let (mut photos, mut videos) = (0, 0);
    let items = evidence
        .into_iter()
        .map(|one| match one.kind {
            EvidenceKind::Photo => {
                photos += 1;
                photo_view(words, one, photos, open, file_of).into_any()
            }
            EvidenceKind::Video => {
                videos += 1;
                video_view(words, &one, videos, file_of).into_any()
            }
        })
        .collect_view();
    view! {
        <ul class="evidence-gallery" aria-label=words.gallery>{items}</ul>
        {move || open.get().map(|(number, shown)| {
            let number = number.to_string();
            let name = fill(words.photo, &[("n", &number)]);
            // Not the same again: it would be read twice.
            let full = fill(words.photo_full, &[("n", &number)]);
            let file = file_of(&shown.id);
            view! {
                <Dialog title=name class="evidence-dialog" focus=".icon-button" close>
                    <div class="evidence-full">
                        <img
                            src=file
                            alt=full
                            width=shown.width.to_string()
                            height=shown.height.to_string()
                        />
                    </div>
                </Dialog>
            }
        })}
    }
}

fn photo_view(
    words: &'static Words,
    photo: Evidence,
    number: usize,
    open: RwSignal<Option<(usize, Evidence)>>,
    file_of: fn(&str) -> String,
) -> impl IntoView {
    let file = file_of(&photo.id);
    let source = file.clone();
    let n = number.to_string();
    view! {
        <li>
            // Without the app, the photo opens by itself.
            <a
                class="evidence-photo"
                href=file
                target="_blank"
                rel="external"
                data-evidence=photo.id.clone()
                aria-label=fill(words.enlarge, &[("n", &n)])
                on:click=move |event| {
                    event.prevent_default();
                    open.set(Some((number, photo.clone())));
                }
            >
                <img src=source alt=fill(words.photo, &[("n", &n)]) width="96" height="96" loading="lazy"/>
            </a>
        </li>
    }
}

fn video_view(
    words: &Words,
    video: &Evidence,
    number: usize,
    file_of: fn(&str) -> String,
) -> impl IntoView + use<> {
    view! {
        <li>
            <video
                class="evidence-video"
                controls
                preload="metadata"
                playsinline
                src=file_of(&video.id)
                width=video.width.to_string()
                height=video.height.to_string()
                aria-label=fill(words.video, &[("n", &number.to_string())])
            ></video>
        </li>
    }
}
