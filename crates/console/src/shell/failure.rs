//! Failures in words: the one translator of the console.

use orders_api::{Claim, codes};
use storefront::format;
use storefront::ui::FailureWords;
use storefront::words::{Lang, fill};

use crate::client::Failure;
use crate::paths;
use crate::words::failures::Words;

/// A failure as words for the place where something should have been.
pub fn failure_words(lang: Lang, failure: &Failure) -> FailureWords {
    let words = Words::of(lang);
    let gone = failure.status() == 404;
    FailureWords {
        title: if gone {
            words.not_there_title
        } else {
            words.not_loaded
        }
        .to_owned(),
        text: what_failed(lang, failure),
        retry: !gone,
        way_out: gone.then_some((paths::HOME, words.to_start)),
        contact: None,
    }
}

/// Words for an address where nothing is.
pub fn not_there(lang: Lang) -> FailureWords {
    let words = Words::of(lang);
    FailureWords {
        title: words.not_there_title.to_owned(),
        text: words.no_page.to_owned(),
        retry: false,
        way_out: Some((paths::HOME, words.to_start)),
        contact: None,
    }
}

/// Why something could not be had, in a sentence.
pub fn what_failed(lang: Lang, failure: &Failure) -> String {
    let words = Words::of(lang);
    let text = match failure {
        Failure::Unreachable => words.unreachable,
        Failure::Unreadable => words.unreadable,
        Failure::Refused(problem) => match problem.code.as_str() {
            codes::NOT_FOUND => words.not_there,
            codes::NOT_LOGGED_IN => words.session_over,
            codes::NOT_PERMITTED => words.not_permitted,
            codes::TOO_MANY_ATTEMPTS => words.too_many,
            _ if problem.status >= 500 => {
                return fill(words.server, &[("request_id", &problem.request_id)]);
            }
            _ => return problem.detail.clone(),
        },
    };
    text.to_owned()
}

/// Who has in hand what was to be decided.
pub fn claimed(lang: Lang, claim: &Claim) -> String {
    let time = format::clock(&claim.until);
    let values = [("who", claim.by.name.as_str()), ("time", &time)];
    fill(Words::of(lang).claimed, &values)
}

/// What is shown could not be looked at again.
pub fn out_of_date(lang: Lang, failure: &Failure) -> String {
    let why = what_failed(lang, failure);
    fill(Words::of(lang).out_of_date, &[("why", &why)])
}

/// Why the server did not do what was asked, in a sentence: what has changed, and what is to be done now.
pub fn why_not_done(lang: Lang, failure: &Failure) -> String {
    let words = Words::of(lang);
    let Failure::Refused(problem) = failure else {
        return words.unanswered.to_owned();
    };
    let text = match problem.code.as_str() {
        codes::SECOND_PERSON_NEEDED => words.second_person,
        codes::NO_OPEN_REQUEST => words.no_open_request,
        codes::NO_LIMIT => words.no_limit,
        codes::NOTHING_TO_CONFIRM => words.nothing_to_confirm,
        codes::INCOMPLETE_INFO => words.incomplete_info,
        codes::ADDRESS_NOT_EDITABLE => words.address_not_editable,
        codes::ORDER_NOT_CANCELLABLE => words.not_cancellable,
        codes::NO_OPEN_WAY => words.no_open_way,
        codes::REFUND_NOT_HELD => words.refund_not_held,
        codes::CASE_NOT_NOW => words.case_not_now,
        codes::CASE_CLOSED => words.case_closed,
        codes::INVALID_FIELDS => words.invalid_fields,
        codes::CONFLICT => words.conflict,
        codes::NOT_LOGGED_IN => words.session_over_act,
        _ if !failure.is_settled() => words.unanswered,
        _ => return what_failed(lang, failure),
    };
    text.to_owned()
}
