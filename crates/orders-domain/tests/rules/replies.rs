//! Canned replies: what they may name, and that none is sent with a hole.

use orders_domain::*;

use crate::sample::*;

fn about<'a>(order: Option<&'a Order>) -> ReplyAbout<'a> {
    ReplyAbout {
        order,
        conversation: None,
        shopper_name: "林小满",
        policy: policy("tepai"),
    }
}

/// A fact as a word, for looking at.
fn shown(value: ReplyValue) -> String {
    match value {
        ReplyValue::Plain(text) => text,
        ReplyValue::Texts(texts) => {
            let texts: Vec<_> = texts.iter().map(|text| text.zh_cn.as_str()).collect();
            texts.join("、")
        }
        ReplyValue::Money(money) => money.amount.to_string(),
        ReplyValue::Day(day) => day.to_string(),
        ReplyValue::Moment(at) => at.timestamp_millis().to_string(),
        ReplyValue::State(state) => state.code().to_owned(),
    }
}

fn facts_of(about: &ReplyAbout<'_>) -> Vec<(&'static str, String)> {
    let known = ReplyFact::ALL.into_iter();
    let known = known.filter_map(|fact| Some((fact.code(), shown(about.fact(fact)?))));
    known.collect()
}

fn refund(number: u32, state: RefundState, account: &str) -> Refund {
    Refund {
        id: RefundId(format!("o-1-R{number}")),
        amount: Money::new(1_000, Currency::CNY),
        channel: Channel::WechatPay,
        account: LocalText::plain(account),
        state,
        created_at: now(),
        updated_at: now(),
        promise: Promise {
            starts_by: day(&format!("2026-02-0{number}")),
            arrives_from: day(&format!("2026-02-1{number}")),
            arrives_by: day(&format!("2026-02-2{number}")),
            estimated: false,
        },
        course: RefundCourse::default(),
    }
}

#[test]
fn a_text_names_facts_that_there_are_in_braces_that_are_closed() {
    use ReplyFact::{OrderNumber, ShopperName};
    use ReplyMistake::{Brace, UnknownFact};
    for (text, expected) in [
        ("您好", Ok(vec![])),
        ("", Ok(vec![])),
        (
            "您好，{shopper_name}：{order_number}",
            Ok(vec![ShopperName, OrderNumber]),
        ),
        ("{order_number}{order_number}", Ok(vec![OrderNumber])),
        ("{order_numbers}", Err(UnknownFact)),
        ("{}", Err(UnknownFact)),
        ("{ order_number }", Err(UnknownFact)),
        ("{Order_Number}", Err(UnknownFact)),
        ("{{order_number}}", Err(UnknownFact)),
        ("{order_number", Err(Brace)),
        ("order_number}", Err(Brace)),
        ("}{", Err(Brace)),
    ] {
        assert_eq!(facts_named(text), expected, "{text:?}");
    }
}

#[test]
fn what_is_missing_is_named_and_nothing_is_said() {
    let words = |fact: ReplyFact| match fact {
        ReplyFact::OrderNumber => Some("20260202001".to_owned()),
        _ => None,
    };
    let whole = fill_reply("订单 {order_number}，{order_number}。", words).unwrap();
    let text = "订单 20260202001，20260202001。".to_owned();
    assert_eq!(whole.text, Some(text));
    assert_eq!(whole.missing, []);
    let holed = "{arrives_by} {order_number} {refund_amount} {arrives_by}";
    let holed = fill_reply(holed, words).unwrap();
    assert_eq!(holed.text, None);
    let missing = [ReplyFact::ArrivesBy, ReplyFact::RefundAmount];
    assert_eq!(holed.missing, missing);
}

#[test]
fn what_is_filled_in_is_not_read_for_braces_again() {
    let words = |_: ReplyFact| Some("{shop}".to_owned());
    let filled = fill_reply("{shopper_name}", words).unwrap();
    assert_eq!(filled.text.as_deref(), Some("{shop}"));
}

#[test]
fn of_an_order_is_said_what_is_so_and_nothing_else() {
    let policy = policy("tepai");
    let of_shop = |mut facts: Vec<(&'static str, String)>| {
        facts.extend([
            ("phone", policy.support.phone.clone()),
            ("email", policy.support.email.clone()),
            ("hours", policy.support.hours.zh_cn.clone()),
        ]);
        facts
    };
    let shop = policy.name.zh_cn.clone();
    let none = of_shop(vec![
        ("shopper_name", "林小满".into()),
        ("shop", shop.clone()),
    ]);
    assert_eq!(facts_of(&about(None)), none);
    let nameless = ReplyAbout {
        shopper_name: " ",
        ..about(None)
    };
    assert_eq!(nameless.fact(ReplyFact::ShopperName), None);

    let first = |state: &str| {
        vec![
            ("order_number", "20260202001".to_owned()),
            ("order_state", state.to_owned()),
            ("shopper_name", "林小满".to_owned()),
            ("shop", shop.clone()),
        ]
    };
    let unpaid = order(OrderState::AwaitingPayment, "physical");
    let mut expected = first("awaiting_payment");
    expected.push((
        "pay_by",
        (now() + minutes(30)).timestamp_millis().to_string(),
    ));
    assert_eq!(facts_of(&about(Some(&unpaid))), of_shop(expected));

    let mut shipped = order(OrderState::Shipped, "physical");
    // What has passed is not said any more.
    shipped.pay_by = Some(now());
    shipped.body.parcel = Some(Parcel {
        courier: "顺丰".to_owned(),
        tracking_number: "SF1".to_owned(),
    });
    let mut expected = first("shipped");
    expected.push(("courier", "顺丰".to_owned()));
    expected.push(("tracking_number", "SF1".to_owned()));
    assert_eq!(facts_of(&about(Some(&shipped))), of_shop(expected));
}

#[test]
fn of_refunds_is_said_what_is_under_way_or_else_what_has_arrived() {
    use RefundState::{Approved, Arrived, Failed, InClearing, Sent};
    let said = |refunds: &[(RefundState, &str)]| {
        let mut order = order(OrderState::Cancelled, "physical");
        let numbered = (1..).zip(refunds);
        let refunds = numbered.map(|(number, (state, account))| refund(number, *state, account));
        order.refunds = refunds.collect();
        let facts = facts_of(&about(Some(&order)));
        let of_refunds = ReplyFact::ALL.map(ReplyFact::code)[4..9].to_vec();
        let facts = facts.into_iter();
        let facts = facts.filter(|(code, _)| of_refunds.contains(code));
        let facts = facts.map(|(_, words)| words);
        facts.collect::<Vec<_>>().join(" ")
    };
    for (refunds, expected) in [
        ([].as_slice(), ""),
        (
            &[(Approved, "零钱")],
            "1000 零钱 2026-02-01 2026-02-11 2026-02-21",
        ),
        // Nothing is promised for when it starts that has started.
        (&[(Sent, "零钱")], "1000 零钱 2026-02-11 2026-02-21"),
        (
            &[(Approved, "零钱"), (InClearing, "招商")],
            "2000 零钱、招商 2026-02-01 2026-02-11 2026-02-22",
        ),
        (
            &[(Arrived, "零钱"), (Sent, "招商")],
            "1000 招商 2026-02-12 2026-02-22",
        ),
        (&[(Arrived, "零钱"), (Arrived, "零钱")], "2000 零钱"),
        (&[(Arrived, "零钱"), (Failed, "招商")], "1000 零钱"),
        (&[(Failed, "零钱")], ""),
    ] {
        assert_eq!(said(refunds), expected, "{refunds:?}");
    }
}

#[test]
fn a_code_is_typed_the_same_way_by_everybody() {
    for (code, possible) in [
        ("thanks", true),
        ("refund-2", true),
        ("a", true),
        ("", false),
        ("Thanks", false),
        ("谢谢", false),
        ("a b", false),
        ("/a", false),
        (&"a".repeat(24), true),
        (&"a".repeat(25), false),
    ] {
        assert_eq!(is_reply_code(code), possible, "{code:?}");
    }
}
