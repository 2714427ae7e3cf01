//! Notes: what joins on, what is not sent, and what is shown.

use leptos::prelude::*;
use orders_api::{Instant, NoteAdded, Person, StaffNote};
use storefront::words::Lang;

use super::data::{About, MOST_CHARS, fault, joined};
use super::view::note_view;
use super::words::Words;

fn note(seq: i64) -> StaffNote {
    StaffNote {
        seq,
        by: Person {
            id: "wang".into(),
            name: "王静".into(),
        },
        at: Instant("2026-11-21T13:40:00.000Z".into()),
        text: "买家 <b>急用</b>".into(),
    }
}

#[test]
fn two_looks_at_once_show_each_note_once() {
    let numbers = |notes: Vec<StaffNote>| notes.iter().map(|note| note.seq).collect::<Vec<_>>();
    assert_eq!(
        numbers(joined(vec![note(1)], vec![note(1), note(2)])),
        [1, 2]
    );
    assert_eq!(
        numbers(joined(vec![note(1), note(2)], vec![note(2)])),
        [1, 2]
    );
    assert_eq!(numbers(joined(Vec::new(), vec![note(1)])), [1]);
}

#[test]
fn an_empty_note_and_one_that_is_too_long_are_not_sent() {
    let words = Words::of(Lang::En);
    assert_eq!(fault(words, ""), Some(words.missing));
    assert_eq!(fault(words, &"字".repeat(MOST_CHARS)), None);
    assert_eq!(
        fault(words, &"字".repeat(MOST_CHARS + 1)),
        Some(words.too_long)
    );
}

#[test]
fn only_what_is_about_it_is_looked_for() {
    let added = NoteAdded {
        order: None,
        conversation: Some("c1".into()),
    };
    for (about, is) in [
        (About::Conversation("c1".into()), true),
        (About::Conversation("c2".into()), false),
        (About::Order("c1".into()), false),
    ] {
        assert_eq!(about.is(&added), is, "{about:?}");
    }
}

#[test]
fn a_note_says_who_wrote_it_and_is_text() {
    let html = Owner::new().with(|| note_view(Lang::En, &note(1)).into_view().to_html());
    assert!(
        html.contains("王静") && html.contains("&lt;b&gt;"),
        "{html}"
    );
}
