//! The procedure: which step is next, what it takes, and how what was recorded is shown.

use leptos::prelude::*;
use orders_api::{
    AuditEntry, AuditTrail, Enquiry, EnquiryAnswer, EnquiryEntry, EnquiryStep, Identification,
    Instant, Money, OrderState, Person, RefundState, SeenOrder, SeenRefund, Topic,
};
use storefront::words::Lang;

use super::steps::{Next, act_of, answers, fitting, identifications, next, open};
use super::view::record_view;
use super::words::Words;

fn who(confirmed_by: Identification) -> EnquiryStep {
    EnquiryStep::Who {
        confirmed_by,
        topic: Topic::Refund,
        note: Some("<b>急</b>".into()),
    }
}

fn look() -> EnquiryStep {
    EnquiryStep::LookedUp {
        order: SeenOrder {
            id: "o1".into(),
            number: "TP1".into(),
            state: OrderState::Cancelled,
            version: 4,
            on_hold: false,
            refunds: vec![SeenRefund {
                id: "o1-R1".into(),
                amount: Money {
                    amount: 12_300,
                    currency: "CNY".into(),
                },
                state: RefundState::InClearing,
            }],
            cases: Vec::new(),
        },
        note: None,
    }
}

fn answered() -> EnquiryStep {
    EnquiryStep::Answered {
        answer: EnquiryAnswer::Explained,
        text: "已说明".into(),
        message: Some(7),
        act: None,
    }
}

fn enquiry(steps: Vec<EnquiryStep>) -> Enquiry {
    let over = matches!(steps.last(), Some(EnquiryStep::Answered { .. }));
    let entries = (1..).zip(steps).map(|(seq, step)| EnquiryEntry {
        seq,
        by: Person {
            id: "wang".into(),
            name: "王静".into(),
        },
        at: Instant("2026-11-21T13:40:00.000Z".into()),
        step,
    });
    Enquiry {
        id: "e1".into(),
        order: Some("o1".into()),
        conversation: None,
        entries: entries.collect(),
        over,
        whole: true,
    }
}

#[test]
fn each_step_follows_the_one_before() {
    use Identification::{LoggedIn, NotConfirmed};
    assert_eq!(next(None), Next::Who);
    for (steps, expected) in [
        (vec![who(LoggedIn)], Next::Look),
        (vec![who(NotConfirmed)], Next::Unknown),
        (vec![who(NotConfirmed), who(LoggedIn)], Next::Look),
        (vec![who(LoggedIn), look()], Next::Answer),
        (
            vec![who(LoggedIn), look(), who(NotConfirmed)],
            Next::Unknown,
        ),
    ] {
        assert_eq!(next(Some(&enquiry(steps.clone()))), expected, "{steps:?}");
    }
}

#[test]
fn the_newest_without_an_answer_goes_on() {
    let over = enquiry(vec![who(Identification::LoggedIn), look(), answered()]);
    let mut on = enquiry(vec![who(Identification::LoggedIn)]);
    assert_eq!(open(std::slice::from_ref(&over)), None);
    on.id = "e2".into();
    let items = [over, on.clone()];
    assert_eq!(open(&items), Some(&on));
}

#[test]
fn what_can_be_chosen_goes_by_what_is_known() {
    use Identification::{LoggedIn, OneTimeCode};
    for (known, log_in, code) in [
        (None, false, false),
        (Some(LoggedIn), true, false),
        (Some(OneTimeCode), false, true),
    ] {
        let offered = identifications(known);
        assert_eq!(offered.contains(&LoggedIn), log_in, "{known:?}");
        assert_eq!(offered.contains(&OneTimeCode), code, "{known:?}");
        assert!(offered.contains(&Identification::CalledBack));
    }
    assert_eq!(answers(Next::Unknown), [EnquiryAnswer::NotIdentified]);
    let known = answers(Next::Answer);
    assert_eq!(known.len(), EnquiryAnswer::ALL.len() - 1);
    assert!(!known.contains(&EnquiryAnswer::NotIdentified));
}

#[test]
fn an_answer_that_a_colleagues_step_has_overtaken_is_not_sent() {
    use EnquiryAnswer::{Explained, NotIdentified};
    for (next, chosen, expected) in [
        (Next::Unknown, NotIdentified, NotIdentified),
        (Next::Unknown, Explained, NotIdentified),
        (Next::Answer, Explained, Explained),
        (Next::Answer, NotIdentified, answers(Next::Answer)[0]),
    ] {
        assert_eq!(fitting(next, chosen), expected, "{next:?} {chosen:?}");
    }
}

#[test]
fn an_act_is_linked_when_it_was_the_last_and_ones_own() {
    let entry = |seq, by: &str, staff: Option<&str>| AuditEntry {
        seq,
        at: Instant("2026-11-21T13:40:00.000Z".into()),
        by: by.into(),
        staff: staff.map(Into::into),
        what: vec!["cancelled".into()],
        before: seq,
        version: seq + 1,
    };
    let own = entry(1, "staff", Some("wang"));
    for (items, expected) in [
        (vec![], None),
        (vec![own.clone()], Some(1)),
        (vec![own.clone(), entry(2, "system", None)], None),
        (vec![entry(1, "staff", Some("zhou"))], None),
        (vec![entry(1, "shop", Some("wang"))], None),
    ] {
        let trail = AuditTrail {
            items,
            whole: true,
            broken_at: None,
        };
        let act = act_of(&trail, "wang");
        assert_eq!(act.map(|(seq, _)| seq), expected, "{trail:?}");
    }
}

#[test]
fn what_was_recorded_is_shown_with_who_and_what_was_seen() {
    let mut recorded = enquiry(vec![
        who(Identification::NumberAndPhone),
        look(),
        answered(),
    ]);
    let shown = |lang, enquiry: &Enquiry| {
        Owner::new().with(|| record_view(lang, enquiry).into_view().to_html())
    };
    for (lang, texts) in [
        (
            Lang::ZhCn,
            [
                "王静",
                "订单号和手机号",
                "TP1",
                "¥123.00",
                "消息 7",
                "&lt;b&gt;",
            ],
        ),
        (
            Lang::En,
            [
                "王静",
                "Order number and telephone number",
                "TP1",
                "¥123.00",
                "message 7",
                "&lt;b&gt;",
            ],
        ),
    ] {
        let html = shown(lang, &recorded);
        for text in texts {
            assert!(html.contains(text), "{text}: {html}");
        }
        assert!(!html.contains(Words::of(lang).broken));
    }
    recorded.whole = false;
    let html = shown(Lang::En, &recorded);
    assert!(html.contains(Words::of(Lang::En).broken), "{html}");
}
