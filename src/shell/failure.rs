//! Failures in words: the one translator, so that the same failure reads the same everywhere.

use leptos::prelude::*;
use orders_api::codes;

use crate::browser;
use crate::client::Failure;
use crate::paths;
use crate::ui::{FailureWords, Load};
use crate::words::common::Words;
use crate::words::{Lang, fill};

/// A failure as words for the place where something should have been.
pub fn failure_words(lang: Lang, failure: &Failure) -> FailureWords {
    let words = Words::of(lang);
    let (title, text, retry) = match failure {
        Failure::Unreachable if !browser::is_online() => (
            words.failed_title.to_owned(),
            words.failed_offline.to_owned(),
            true,
        ),
        Failure::Unreachable => (
            words.failed_title.to_owned(),
            words.failed_unreachable.to_owned(),
            true,
        ),
        Failure::Unreadable => (
            words.failed_title.to_owned(),
            words.failed_unreadable.to_owned(),
            true,
        ),
        Failure::Refused(problem) => match problem.code.as_str() {
            codes::NOT_FOUND => (
                words.not_found_title.to_owned(),
                words.not_found_text.to_owned(),
                false,
            ),
            codes::TOO_MANY_ATTEMPTS => (
                words.failed_title.to_owned(),
                words.too_many_requests.to_owned(),
                true,
            ),
            _ if problem.status >= 500 => (
                words.failed_title.to_owned(),
                fill(words.failed_server, &[("request_id", &problem.request_id)]),
                true,
            ),
            // The server writes its refusals in the shopper's language.
            _ => (
                problem.title.clone(),
                problem.detail.clone(),
                problem.status == 409,
            ),
        },
    };
    let way_out = (!retry).then_some((paths::ORDERS, words.back_to_orders));
    FailureWords {
        title,
        text,
        retry,
        way_out,
        contact: Some((paths::SUPPORT, words.contact)),
    }
}

/// [`failure_words`], of a page about one thing, which says in words of its own (title and text) that it does not exist.
pub fn failure_words_of(lang: Lang, failure: &Failure, gone: (&str, &str)) -> FailureWords {
    let words = failure_words(lang, failure);
    if failure.status() != 404 {
        return words;
    }
    FailureWords {
        title: gone.0.to_owned(),
        text: gone.1.to_owned(),
        ..words
    }
}

/// Shows why a page could not look. Behind what is shown, only that it is gone matters; the banner tells the rest.
pub fn look_failed<T>(load: RwSignal<Load<T>>, failure: &Failure, words: FailureWords)
where
    T: Send + Sync + 'static,
{
    let shown = load.with_untracked(|load| load.ready().is_some());
    if !shown || failure.status() == 404 {
        load.set(Load::Failed(words));
    }
}
