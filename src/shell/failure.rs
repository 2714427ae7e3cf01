//! Failures in words: the one translator, so that the same failure reads the same everywhere.

use leptos::prelude::*;
use orders_api::codes;

use crate::browser;
use crate::client::Failure;
use crate::features::session::SessionState;
use crate::paths::{self, SupportQuery};
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
        contact: Some((paths::SUPPORT.to_owned(), words.contact)),
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

/// `words` for whoever is here: a guest's way out is their one order.
pub fn failure_words_for(lang: Lang, session: SessionState, words: FailureWords) -> FailureWords {
    let mut words = words;
    if session.guest.with_untracked(Option::is_some)
        && let Some((_, name)) = &mut words.way_out
    {
        *name = Words::of(lang).one_order;
    }
    words
}

/// [`failure_words_for`], with a way to a person that knows what the page is about; of what does not exist, only the topic.
pub fn failure_words_about(
    lang: Lang,
    session: SessionState,
    failure: &Failure,
    words: FailureWords,
    about: &SupportQuery,
) -> FailureWords {
    let words = failure_words_for(lang, session, words);
    if failure.status() == 404 {
        let topic_only = SupportQuery {
            topic: about.topic,
            ..SupportQuery::default()
        };
        return words.about(topic_only.href());
    }
    words.about(about.href())
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

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use orders_api::{SESSION, Session, Shopper};

    use super::*;
    use crate::json::Json;
    use crate::paths::Page;
    use crate::start::{Answer, calls, render};

    /// A page as the server draws it, to a shopper or a guest with the order `o1`, when its own call is answered so.
    fn drawn(url: &str, status: u16, code: &str, guest: bool) -> String {
        let page = Page::of_url(url);
        let text = Json::text;
        let problem = Json::object([
            ("type", text("")),
            ("title", text("")),
            ("status", Json::Whole(status.into())),
            ("detail", text("")),
            ("code", text(code)),
            ("request_id", text("req-1")),
        ]);
        let session = Session {
            shopper: Shopper {
                id: "lin".into(),
                display_name: "林小满".into(),
            },
            guest_order: guest.then(|| "o1".into()),
        };
        let session = serde_json::to_string(&session).expect("JSON");
        let mut answers = vec![Answer {
            url: SESSION.to_owned(),
            status: 200,
            body: Json::parse(&session).expect("JSON"),
        }];
        answers.extend(calls(&page).into_iter().nth(1).map(|url| Answer {
            url,
            status,
            body: problem,
        }));
        render(Lang::En, page, answers).body
    }

    #[test]
    fn every_page_of_one_thing_that_fails_leads_to_a_person_who_knows_what_it_is_about() {
        for (page, about, topic) in [
            ("/orders/o1", "?order=o1&amp;topic=other", "other"),
            ("/refunds/o1-R1", "?refund=o1-R1&amp;topic=refund", "refund"),
            (
                "/cases/o1-C1",
                "?case=o1-C1&amp;topic=after_sale",
                "after_sale",
            ),
            (
                "/complaints/o1-K1",
                "?complaint=o1-K1&amp;topic=other",
                "other",
            ),
            (
                "/orders/o1/after-sale",
                "?order=o1&amp;topic=after_sale",
                "after_sale",
            ),
            ("/orders/o1/complain", "?order=o1&amp;topic=other", "other"),
        ] {
            let html = drawn(page, 500, "internal", false);
            let link = format!("href=\"/support{about}\"");
            assert!(html.contains(&link), "{page}: {html}");
            // Nobody can be asked about what does not exist.
            let html = drawn(page, 404, codes::NOT_FOUND, false);
            let link = format!("href=\"/support?topic={topic}\"");
            assert!(html.contains(&link), "{page}: {html}");
        }
    }

    #[test]
    fn the_page_of_the_ways_to_a_person_leads_to_itself_only_without_the_order_that_is_none() {
        let plain = |html: &str| html.matches("href=\"/support\"").count();
        let of = |url, status, code| plain(&drawn(url, status, code, false));
        // The menu has one, too.
        let menu = of("/support", 500, "internal");
        assert_eq!(of("/support?order=o1", 500, "internal"), menu);
        assert_eq!(of("/support?order=o9", 404, codes::NOT_FOUND), menu + 1);
    }

    #[test]
    fn a_guest_is_led_back_to_the_one_order_and_to_a_person() {
        let words = Words::of(Lang::En);
        for (page, status) in [
            ("/orders/o2", 404),
            ("/support?order=o9", 404),
            ("/support/c9", 404),
            ("/nowhere", 200),
        ] {
            for (guest, name, not) in [
                (false, words.back_to_orders, words.one_order),
                (true, words.one_order, words.back_to_orders),
            ] {
                let html = drawn(page, status, codes::NOT_FOUND, guest);
                let main = html.split("<main").nth(1).unwrap_or_default();
                assert!(main.contains(name) && !main.contains(not), "{page}: {html}");
                assert!(main.contains("href=\"/support"), "{page}: {html}");
            }
        }
    }
}
