//! Canned replies: which are offered, what becomes of what is written, what is wrong with one, and how they are shown.

use leptos::prelude::*;
use orders_api::{
    CannedReply, ChatAuthor, ChatMessage, FilledReply, FilledText, Instant, Language, Person,
    ReplyFact, Shop,
};
use storefront::words::Lang;

use super::edit::{Edit, Field, Sent};
use super::picker::{Choice, asked, choice_view, choices, spoken, with_reply};
use super::views::{Acts, list_view};
use super::words::Words;

fn filled(code: &str, title: &str, languages: &[Language]) -> FilledReply {
    let texts = languages.iter().map(|language| FilledText {
        language: *language,
        text: Some(format!("{code} {}", language.tag())),
        missing: Vec::new(),
    });
    FilledReply {
        id: code.to_owned(),
        code: code.to_owned(),
        title: title.to_owned(),
        texts: texts.collect(),
    }
}

fn canned() -> CannedReply {
    CannedReply {
        id: "r1".into(),
        shop: Some("tepai".into()),
        code: "refund".into(),
        title: "退款".into(),
        zh: Some("<b>{refund_amount}</b>".into()),
        en: None,
        revision: 3,
        changed_by: Person {
            id: "zhou".into(),
            name: "周敏".into(),
        },
        changed_at: Instant("2026-11-21T13:40:00.000Z".into()),
        archived: false,
    }
}

fn drawn<V: IntoView>(view: impl FnOnce() -> V) -> String {
    Owner::new().with(|| view().into_view().to_html())
}

#[test]
fn what_begins_with_a_slash_and_is_one_word_is_looked_for() {
    for (text, expected) in [
        ("/", Some("")),
        ("/re", Some("re")),
        ("/退款", Some("退款")),
        // What Chinese input methods make of the key.
        ("、re", Some("re")),
        ("/re x", None),
        ("/re\n", None),
        (" /re", None),
        ("re", None),
        ("", None),
        ("/a-very-long-text-that-is-no-code", None),
    ] {
        assert_eq!(asked(text), expected, "{text:?}");
    }
}

#[test]
fn those_whose_code_begins_so_come_first_and_the_language_is_the_one_asked_for() {
    use Language::{En, ZhCn};
    let all = [
        filled("hello", "问候 refund", &[ZhCn, En]),
        filled("no-refund", "不退", &[ZhCn]),
        filled("refund", "退款", &[ZhCn, En]),
    ];
    let offered = |language, asked| {
        let offered = choices(&all, language, asked).into_iter();
        offered
            .map(|choice| choice.text.unwrap_or_default())
            .collect::<Vec<_>>()
    };
    assert_eq!(
        offered(En, "refund"),
        ["refund en", "hello en", "no-refund zh-CN"]
    );
    assert_eq!(offered(ZhCn, "退款"), ["refund zh-CN"]);
    assert_eq!(offered(ZhCn, "REF"), offered(ZhCn, "ref"));
    assert_eq!(offered(En, "").len(), 3);
    assert_eq!(offered(En, "xyz"), [""; 0]);
}

#[test]
fn what_cannot_be_used_for_this_order_comes_after_what_can() {
    let mut pay = filled("pay", "待付款", &[Language::ZhCn]);
    pay.texts[0].text = None;
    pay.texts[0].missing = vec![ReplyFact::PayBy];
    let all = [pay, filled("thanks", "谢谢 pay", &[Language::ZhCn])];
    let codes = |asked| {
        let offered = choices(&all, Language::ZhCn, asked).into_iter();
        offered.map(|choice| choice.code).collect::<Vec<_>>()
    };
    assert_eq!(codes(""), ["thanks", "pay"]);
    // Who asks for it by its code hears what is missing.
    assert_eq!(codes("pay"), ["pay", "thanks"]);
}

#[test]
fn a_reply_takes_the_place_of_what_was_looked_for_and_of_nothing_else() {
    for (written, expected) in [
        ("", "谢谢"),
        ("  ", "谢谢"),
        ("/tha", "谢谢"),
        ("您好。", "您好。\n谢谢"),
        ("您好。\n", "您好。\n谢谢"),
    ] {
        assert_eq!(with_reply(written, "谢谢"), expected, "{written:?}");
    }
}

#[test]
fn the_language_is_that_of_the_last_words_of_the_shopper() {
    let message = |by, text: &str| ChatMessage {
        seq: 1,
        client_id: "a".into(),
        by,
        note: None,
        staff: None,
        at: Instant("2026-11-21T13:40:00.000Z".into()),
        text: text.into(),
        evidence: Vec::new(),
    };
    use ChatAuthor::{Shopper, Staff};
    for (said, expected) in [
        (vec![], Language::ZhCn),
        (vec![message(Shopper, "Where is it?")], Language::En),
        (
            vec![message(Shopper, "Hi"), message(Shopper, "iPhone 到了吗")],
            Language::ZhCn,
        ),
        (
            vec![message(Shopper, "Hi"), message(Staff, "您好")],
            Language::En,
        ),
        (
            vec![message(Shopper, "Hi"), message(Shopper, "123 ?")],
            Language::En,
        ),
    ] {
        assert_eq!(spoken(&said), expected, "{said:?}");
    }
}

#[test]
fn a_reply_with_something_missing_says_what() {
    let choice = Choice {
        code: "refund".into(),
        title: "退款".into(),
        language: Language::ZhCn,
        text: None,
        missing: vec![ReplyFact::RefundAmount, ReplyFact::ArrivesBy],
    };
    for (lang, expected) in [
        (Lang::ZhCn, "退款金额、最晚到账日期"),
        (Lang::En, "amount of a refund, last day of arrival"),
    ] {
        let html =
            drawn(|| choice_view(lang, 0, &choice, RwSignal::new(0), Callback::new(|()| {})));
        assert!(html.contains(expected), "{html}");
        assert!(html.contains(r#"aria-disabled="true""#), "{html}");
        assert!(html.contains(r#"aria-selected="true""#), "{html}");
    }
}

#[test]
fn what_is_wrong_with_a_reply_is_said_where_it_is() {
    let words = Words::of(Lang::En);
    let right = Edit::of(&canned());
    assert_eq!(right.faults(words), []);
    let with = |change: fn(&mut Edit)| {
        let mut edit = right.clone();
        change(&mut edit);
        edit.faults(words)
    };
    for (faults, expected) in [
        (
            with(|edit| edit.code = "Refund".into()),
            vec![(Field::Code, words.fault_code)],
        ),
        (
            with(|edit| edit.title = " ".into()),
            vec![(Field::Title, words.fault_name)],
        ),
        (
            with(|edit| edit.zh = " ".into()),
            vec![(Field::Zh, words.fault_text)],
        ),
        (
            with(|edit| edit.zh = "{order_no}".into()),
            vec![(Field::Zh, words.fault_fact)],
        ),
        (
            with(|edit| edit.en = "{shop".into()),
            vec![(Field::En, words.fault_brace)],
        ),
        (
            with(|edit| edit.en = "长".repeat(1_001)),
            vec![(Field::En, words.fault_long)],
        ),
    ] {
        assert_eq!(faults, expected);
    }
    assert_eq!(Edit::default().faults(words).len(), 3);
}

#[test]
fn what_is_sent_is_what_was_written_over_the_revision_that_was_looked_at() {
    let mut edit = Edit::of(&canned());
    edit.name_fact(Field::En, ReplyFact::OrderNumber);
    let Sent::Change(id, change) = edit.sent() else {
        panic!("it is a change");
    };
    assert_eq!((id.as_str(), change.revision), ("r1", 3));
    assert_eq!(change.en.as_deref(), Some("{order_number}"));
    let new = Edit {
        code: " thanks ".into(),
        title: "致谢".into(),
        zh: "谢谢".into(),
        ..Edit::default()
    };
    let Sent::Add(add) = new.sent() else {
        panic!("it is a new one");
    };
    assert_eq!(
        (add.shop, add.code.as_str(), add.en),
        (None, "thanks", None)
    );
}

#[test]
fn whoever_only_reads_is_offered_nothing_to_change() {
    let acts = || Acts {
        change: Callback::new(|_| {}),
        archive: Callback::new(|_| {}),
    };
    let shops = [Shop {
        id: "tepai".into(),
        name: "B特派".into(),
    }];
    let shown = |edits: bool| {
        drawn(|| {
            let acts = edits.then(acts);
            list_view(Lang::En, &[canned()], false, &shops, acts)
        })
    };
    let (reads, edits) = (shown(false), shown(true));
    assert!(!reads.contains("<button"), "{reads}");
    assert!(
        edits.contains("Archive") && edits.contains("Change"),
        "{edits}"
    );
    assert!(edits.contains("&lt;b&gt;"), "a text is no markup: {edits}");
    assert!(edits.contains("B特派") && edits.contains("周敏"), "{edits}");
    let none = drawn(|| list_view(Lang::ZhCn, &[], true, &shops, None));
    assert!(none.contains(Words::of(Lang::ZhCn).none_archived), "{none}");
}
