//! The picker and the gallery, rendered on the host; what failures mean for an upload.

use leptos::prelude::*;
use orders_api::{Evidence, EvidenceKind, EvidenceRefusal, Problem, codes};

use super::course::Course;
use super::data::fault_of;
use super::files::{FileFacts, KeptUpload};
use super::gallery::EvidenceGallery;
use super::item::Stage;
use super::steps::{Event, Fault};
use super::view::{EvidencePicker, PickerParts, after_removal};
use super::words::Words;
use crate::client::Failure;
use crate::words::{Lang, fill};

fn file(name: &str) -> FileFacts {
    FileFacts {
        name: name.into(),
        bytes: 1_000,
        modified_ms: 1,
        media_type: "image/jpeg".into(),
    }
}

/// With one file that stands so.
fn course_with(stage: Stage, sent: i64) -> Course {
    let mut course = Course::new(9);
    course.step(Event::Picked(vec![file("杯子 <1>.jpg")]), || "k".into());
    course.items[0].stage = stage;
    course.items[0].sent = sent;
    course
}

fn evidence(id: &str, kind: EvidenceKind) -> Evidence {
    Evidence {
        id: id.into(),
        kind,
        width: 400,
        height: 300,
    }
}

fn render(lang: Lang, course: Course, error: Option<&str>) -> String {
    let error = error.map(str::to_owned);
    Owner::new().with(|| {
        provide_context(lang);
        let parts = PickerParts {
            course: Signal::stored(course),
            pick: Callback::new(|_| {}),
            tell: Callback::new(|_| {}),
            preview: Callback::new(|file: FileFacts| Some(format!("blob:{}", file.bytes))),
        };
        view! { <EvidencePicker lang parts id="evidence" error=Signal::stored(error)/> }.to_html()
    })
}

#[test]
fn the_tile_says_what_is_taken_and_takes_no_more_than_that() {
    for lang in Lang::ALL {
        let words = Words::of(lang);
        let html = render(lang, Course::new(9), Some("需要照片"));
        for text in [
            words.pick,
            &fill(words.pick_limits, &[("most", "9")]),
            "accept=\"image/jpeg,image/png,image/webp,image/heic,image/heif,video/mp4",
            "multiple",
            "aria-invalid=\"true\"",
            "需要照片",
        ] {
            assert!(html.contains(text), "{text}: {html}");
        }
        // A phone offers its library, too.
        assert!(!html.contains("capture"));
        let mut full = course_with(Stage::Waiting, 0);
        full.most = 1;
        let html = render(lang, full, None);
        assert!(html.contains(&fill(words.pick_full, &[("most", "1")])));
        assert!(html.contains(" disabled"), "{html}");
    }
}

#[test]
fn each_stage_is_told_in_words_and_progress_as_progress() {
    for lang in Lang::ALL {
        let words = Words::of(lang);
        let done = |text: &str| fill(text, &[("n", "42")]);
        for (stage, text) in [
            (Stage::Waiting, words.waiting.to_owned()),
            (Stage::Beginning, done(words.sending)),
            (Stage::Sending, done(words.sending)),
            (Stage::Pausing, done(words.pausing)),
            (Stage::Stopped, done(words.stopped)),
            (Stage::Looking, words.looking.to_owned()),
            (Stage::Missing, done(words.missing)),
            (
                Stage::Ready(evidence("e1", EvidenceKind::Photo)),
                words.ready.to_owned(),
            ),
            (Stage::Failed("不行".into()), "不行".to_owned()),
        ] {
            let html = render(lang, course_with(stage.clone(), 420), None);
            assert!(html.contains(&text), "{text}: {html}");
            let progress = matches!(
                stage,
                Stage::Beginning | Stage::Sending | Stage::Pausing | Stage::Stopped
            );
            assert_eq!(html.contains("role=\"progressbar\""), progress, "{stage:?}");
            assert_eq!(html.contains(words.go_on), stage == Stage::Stopped);
            assert!(html.contains("杯子 &lt;1&gt;.jpg"), "{html}");
        }
    }
}

#[test]
fn a_full_picker_stays_open_for_a_file_that_is_to_be_picked_again() {
    for lang in Lang::ALL {
        let words = Words::of(lang);
        let mut full = course_with(Stage::Missing, 420);
        full.most = 1;
        let html = render(lang, full, None);
        assert!(html.contains(words.pick_again), "{html}");
        assert!(!html.contains(" disabled"), "{html}");
    }
}

#[test]
fn a_removal_is_read_out_and_the_focus_stays_in_the_picker() {
    for lang in Lang::ALL {
        let mut course = course_with(Stage::Waiting, 0);
        course.step(Event::Picked(vec![file("b.jpg"), file("c.jpg")]), || {
            "k".into()
        });
        course.step(Event::Remove(1), || "k".into());
        let text = fill(Words::of(lang).news_removed, &[("name", "b.jpg")]);
        let html = render(lang, course.clone(), None);
        assert!(html.contains(&text), "{html}");
        assert_eq!(after_removal(&course, "evidence"), "#evidence");
        // The field of a full picker takes no focus.
        course.most = 2;
        let next = after_removal(&course, "evidence");
        assert_eq!(next, "#evidence-remove-2");
        assert!(html.contains("id=\"evidence-remove-2\""), "{html}");
    }
}

#[test]
fn a_file_of_which_nothing_is_here_any_more_is_not_said_to_go_on() {
    for lang in Lang::ALL {
        let html = render(lang, course_with(Stage::Missing, 0), None);
        assert!(html.contains(Words::of(lang).missing_all), "{html}");
    }
}

#[test]
fn every_refusal_says_what_to_do() {
    for lang in Lang::ALL {
        for refusal in [
            EvidenceRefusal::UnknownType,
            EvidenceRefusal::TooLarge,
            EvidenceRefusal::TooManyPixels,
            EvidenceRefusal::TooLong,
            EvidenceRefusal::Broken,
            EvidenceRefusal::NotSupported,
        ] {
            let html = render(lang, course_with(Stage::Refused(refusal), 0), None);
            assert!(html.contains(Words::of(lang).refusal(refusal)), "{html}");
        }
    }
}

#[test]
fn a_photo_is_seen_from_the_device_first_and_from_the_server_once_it_is_kept() {
    let html = render(Lang::En, course_with(Stage::Sending, 0), None);
    assert!(html.contains("src=\"blob:1000\""), "{html}");
    let kept = Stage::Ready(evidence("e1", EvidenceKind::Photo));
    let html = render(Lang::En, course_with(kept, 0), None);
    assert!(html.contains("src=\"/api/v1/evidence/e1/file\""), "{html}");
    let kept = Stage::Ready(evidence("e1", EvidenceKind::Video));
    let html = render(Lang::En, course_with(kept, 0), None);
    assert!(!html.contains("<img"), "{html}");
}

#[test]
fn what_is_asked_about_after_a_reload_is_not_said_to_be_uploading() {
    let mut course = Course::new(9);
    let upload = KeptUpload {
        upload: "u1".into(),
        file: file("a.jpg"),
    };
    course.step(Event::Restored(vec![upload]), || "k".into());
    let html = render(Lang::ZhCn, course, None);
    assert!(html.contains(Words::of(Lang::ZhCn).checking), "{html}");
}

#[test]
fn what_is_kept_opens_plays_and_has_a_name() {
    for lang in Lang::ALL {
        let words = Words::of(lang);
        let html = Owner::new().with(|| {
            let evidence = vec![
                evidence("e1", EvidenceKind::Photo),
                evidence("e2", EvidenceKind::Video),
                evidence("e3", EvidenceKind::Photo),
            ];
            view! { <EvidenceGallery lang evidence/> }.to_html()
        });
        for text in [
            "href=\"/api/v1/evidence/e1/file\"",
            "loading=\"lazy\"",
            "preload=\"metadata\"",
            &fill(words.enlarge, &[("n", "2")]),
            &fill(words.video, &[("n", "1")]),
        ] {
            assert!(html.contains(text), "{text}: {html}");
        }
        assert_eq!(html.matches("<video").count(), 1);
    }
}

fn refused(status: u16, code: &str, field: Option<&str>) -> Failure {
    let errors = field.map(|field| (field.to_owned(), "out_of_range".to_owned()));
    Failure::Refused(Box::new(Problem {
        kind: String::new(),
        title: String::new(),
        status,
        detail: "so nicht".into(),
        code: code.into(),
        request_id: String::new(),
        errors: errors.into_iter().collect(),
        order: None,
        reason: None,
        next_steps: Vec::new(),
    }))
}

#[test]
fn what_a_failure_means_for_an_upload() {
    for (failure, fault) in [
        (Failure::Unreachable, Fault::Lost),
        (Failure::Unreadable, Fault::Lost),
        (refused(503, codes::UNAVAILABLE, None), Fault::Lost),
        (refused(429, codes::TOO_MANY_ATTEMPTS, None), Fault::Lost),
        (refused(404, codes::NOT_FOUND, None), Fault::Gone),
        (refused(409, codes::UPLOAD_OFFSET, None), Fault::WrongOffset),
        (
            refused(409, codes::TOO_MANY_UPLOADS, None),
            Fault::Said("so nicht".into()),
        ),
        (refused(413, codes::BODY_TOO_LARGE, None), Fault::TooLarge),
        (
            refused(422, codes::INVALID_FIELDS, Some("bytes")),
            Fault::TooLarge,
        ),
        (
            refused(422, codes::INVALID_FIELDS, None),
            Fault::Said("so nicht".into()),
        ),
    ] {
        assert_eq!(fault_of(Lang::En, &failure), fault, "{failure:?}");
    }
}
