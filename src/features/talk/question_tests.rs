//! The question that a conversation begins with.

use orders_api::{Day, Topic};

use super::question::{Field, Question, question_of_form, topics};
use super::sample::{ways, ways_of_order};
use crate::format;
use crate::paths::SupportQuery;
use crate::words::{Lang, codes};

fn today() -> Day {
    Day("2026-11-22".into())
}

fn asked() -> Question {
    Question {
        topic: Some(Topic::TopUp),
        line: "l2".into(),
        account: " 13800000001 ".into(),
        text: "没到账".into(),
        ..Question::default()
    }
}

#[test]
fn what_is_missing_or_wrong_is_named_field_by_field() {
    use Field::{Account, FaceValue, Line, Since, Text, Topic as About, Zone};
    type Change = fn(&mut Question);
    let cases: [(Change, &[(Field, &str)]); 11] = [
        (|_| {}, &[]),
        (|q| q.topic = None, &[(About, "required")]),
        (|q| q.line.clear(), &[(Line, "required")]),
        // Goods are no top-up.
        (|q| q.line = "l1".into(), &[(Line, "required")]),
        // A card has none.
        (|q| q.account = "  ".into(), &[]),
        (|q| q.account = "1".repeat(101), &[(Account, "too_long")]),
        (|q| q.zone = "区".repeat(101), &[(Zone, "too_long")]),
        (
            |q| q.face_value = "1".repeat(101),
            &[(FaceValue, "too_long")],
        ),
        (
            |q| q.since = "2026-11-23".into(),
            &[(Since, "out_of_range")],
        ),
        (|q| q.text = " ".into(), &[(Text, "required")]),
        (|q| q.text = "字".repeat(2001), &[(Text, "too_long")]),
    ];
    for (change, expected) in cases {
        let mut question = asked();
        change(&mut question);
        let wrong = question.wrong(&ways_of_order(), &today(), 0);
        let wrong: Vec<_> = wrong
            .iter()
            .map(|(at, code)| (*at, code.as_str()))
            .collect();
        assert_eq!(wrong, expected, "{question:?}");
    }
    let mut silent = asked();
    silent.text.clear();
    assert_eq!(silent.wrong(&ways_of_order(), &today(), 1), []);
    silent.topic = Some(Topic::Other);
    silent.account.clear();
    assert_eq!(silent.wrong(&ways_of_order(), &today(), 1), []);
}

#[test]
fn facts_of_a_top_up_go_with_its_line_only_and_a_shop_only_without_an_order() {
    let about = SupportQuery::of_order("o1", Topic::TopUp);
    let sent = asked().sent(&about, "tepai", true, Vec::new(), "k");
    assert_eq!(sent.subject.account.as_deref(), Some("13800000001"));
    assert_eq!((sent.order.as_deref(), sent.shop), (Some("o1"), None));
    let card = Question {
        account: " ".into(),
        ..asked()
    };
    let sent = card.sent(&about, "tepai", true, Vec::new(), "k");
    assert_eq!(sent.subject.account, None, "what is not there is not sent");
    let sent = asked().sent(&about, "tepai", false, Vec::new(), "k");
    assert_eq!(sent.subject.account, None);
    let nothing = SupportQuery::default();
    let sent = asked().sent(&nothing, "tepai", false, Vec::new(), "k");
    assert_eq!(sent.shop.as_deref(), Some("tepai"));
}

#[test]
fn a_guest_s_line_is_sent_with_what_was_said_of_it_although_the_address_names_no_order() {
    let nothing = SupportQuery::default();
    let mut guest_s = ways_of_order();
    guest_s.lines.remove(0);
    guest_s.lines[0].variant = Some("100 元".into());
    let begun = Question::begin(Lang::ZhCn, &nothing, &guest_s);
    let digital = begun.asks_account(&guest_s.lines);
    let sent = begun.sent(&nothing, "tepai", digital, Vec::new(), "k");
    assert_eq!(sent.subject.face_value.as_deref(), Some("100 元"));
    assert_eq!(sent.subject.line.as_deref(), Some("l2"));
    let form = |name: &str| match name {
        "topic" => "top_up".to_owned(),
        "line" => "l2".to_owned(),
        "account" => "13800000001".to_owned(),
        _ => String::new(),
    };
    let sent = question_of_form(&nothing, "k", form).expect("a question");
    assert_eq!(sent.subject.line.as_deref(), Some("l2"));
    assert_eq!(sent.subject.account.as_deref(), Some("13800000001"));
    // Who is asked nothing of an order has no line.
    let sent = Question::begin(Lang::ZhCn, &nothing, &ways());
    let sent = sent.sent(&nothing, "tepai", false, Vec::new(), "k");
    assert_eq!(sent.subject.line, None);
}

#[test]
fn only_what_there_is_can_be_asked_about() {
    assert!(!topics(&ways()).contains(&Topic::TopUp));
    assert!(topics(&ways_of_order()).contains(&Topic::TopUp));
    let mut digital = ways_of_order();
    digital.lines.remove(0);
    assert!(!topics(&digital).contains(&Topic::Delivery));
    let about = SupportQuery::of_order("o1", Topic::Delivery);
    let begun = Question::begin(Lang::En, &about, &digital);
    assert_eq!((begun.topic, begun.line.as_str()), (None, "l2"));
    assert_eq!(begun.text, "", "of an order alone nobody knows what to say");
}

#[test]
fn the_face_value_of_a_top_up_is_what_its_order_says_unless_another_is_typed() {
    let mut ways = ways_of_order();
    ways.lines.push(ways.lines[1].clone());
    ways.lines[2].id = "l3".into();
    for (line, variant) in [(0, "青瓷绿"), (1, "100 元"), (2, "30 元")] {
        ways.lines[line].variant = Some(variant.into());
    }
    let mut question = Question::default();
    for (line, face_value) in [
        ("l1", ""),
        ("l2", "100 元"),
        ("l3", "30 元"),
        ("", ""),
        ("l2", "100 元"),
    ] {
        question.choose(line.into(), &ways.lines);
        assert_eq!(
            (question.line.as_str(), question.face_value.as_str()),
            (line, face_value)
        );
    }
    question.face_value = "50 元".into();
    question.choose("l3".into(), &ways.lines);
    assert_eq!(question.face_value, "50 元");
    ways.lines.truncate(2);
    ways.lines.remove(0);
    let begun = Question::begin(Lang::En, &SupportQuery::of_order("o1", Topic::TopUp), &ways);
    assert_eq!(
        (begun.line.as_str(), begun.face_value.as_str()),
        ("l2", "100 元")
    );
}

#[test]
fn what_is_known_of_a_refund_a_case_or_a_complaint_is_filled_in_and_sent() {
    let mut ways = ways_of_order();
    let about = SupportQuery {
        line: "l2".into(),
        since: "2026-11-20".into(),
        ..SupportQuery::of_case("o1", "o1-C1")
    };
    let begun = Question::begin(Lang::En, &about, &ways);
    let known = (begun.topic, begun.since.as_str(), begun.line.as_str());
    assert_eq!(known, (Some(Topic::AfterSale), "2026-11-20", "l2"));
    assert!(begun.text.contains("o1-C1"), "{}", begun.text);
    assert_eq!(
        begun.wrong(&ways, &today(), 0),
        [],
        "it can be sent as it is"
    );

    // A page that failed knows no more than the refund's id; its order, date and amount the server knows.
    let refund = refund_sample();
    ways.refund = Some(refund.clone());
    let about = SupportQuery::of_refund(&refund.id);
    let begun = Question::begin(Lang::ZhCn, &about, &ways);
    assert_eq!(begun.since, format::day_of(&refund.created_at).0);
    for known in [
        refund.id.as_str(),
        &format::money(&refund.amount),
        &refund.account,
    ] {
        assert!(begun.text.contains(known), "{known}: {}", begun.text);
    }
    assert_eq!(begun.wrong(&ways, &Day("2026-12-31".into()), 0), []);
    // An account without a name is told by its channel, as everywhere.
    let mut nameless = ways.clone();
    nameless.refund = Some(orders_api::Refund {
        account: " ".into(),
        ..refund.clone()
    });
    let text = Question::begin(Lang::ZhCn, &about, &nameless).text;
    let channel = codes::channel(Lang::ZhCn, refund.channel);
    assert!(text.contains(channel), "{text}");
    let sent = Question {
        line: "l1".into(),
        ..begun
    }
    .sent(&about, "tepai", false, Vec::new(), "k");
    assert_eq!(sent.subject.refund.as_deref(), Some("o1-R1"));
    assert_eq!((sent.order, sent.shop), (None, None));
    assert_eq!(sent.subject.line.as_deref(), Some("l1"));

    let about = SupportQuery::of_complaint("o1-K1");
    let begun = Question::begin(Lang::En, &about, &ways);
    assert!(begun.text.contains("o1-K1"), "{}", begun.text);
    let sent = begun.sent(&about, "tepai", false, Vec::new(), "k");
    assert_eq!(sent.subject.complaint.as_deref(), Some("o1-K1"));
}

fn refund_sample() -> orders_api::Refund {
    crate::features::refund::sample::detail(orders_api::RefundState::InClearing).refund
}

#[test]
fn a_form_without_a_topic_is_none_of_ours() {
    let form = |topic: &'static str| {
        move |name: &str| match name {
            "topic" => topic.to_owned(),
            "text" => "在吗".to_owned(),
            "shop" => "tepai".to_owned(),
            _ => String::new(),
        }
    };
    let about = SupportQuery::default();
    assert_eq!(question_of_form(&about, "k", form("nonsense")), None);
    let sent = question_of_form(&about, "k", form("refund")).expect("a question");
    assert_eq!((sent.client_id.as_str(), sent.text.as_str()), ("k", "在吗"));
    assert_eq!(sent.shop.as_deref(), Some("tepai"));
}
