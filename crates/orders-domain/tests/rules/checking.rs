//! What is refused of orders that come in.

use orders_domain::*;

use crate::sample::*;

#[test]
fn orders_in_every_state_are_accepted() {
    for state in OrderState::ALL {
        assert_eq!(
            order(state, "physical+digital").check(),
            Ok(()),
            "{state:?}"
        );
    }
}

/// Spoils an unpacked order and expects exactly these mistakes.
fn refused(spoil: fn(&mut Order), expected: &[(&str, &str)]) {
    let mut order = order(OrderState::Unpacked, "physical+digital");
    spoil(&mut order);
    let found = order.check().unwrap_err();
    let found: Vec<(&str, &str)> = found
        .iter()
        .map(|mistake| (mistake.field.as_str(), mistake.code))
        .collect();
    assert_eq!(found, expected);
}

#[test]
fn every_mistake_is_named_with_its_field() {
    refused(|o| o.number.clear(), &[("number", "required")]);
    refused(|o| o.number = "1".repeat(65), &[("number", "too_long")]);
    refused(|o| o.number = "1\0".to_owned(), &[("number", "invalid")]);
    refused(|o| o.external_id.0.clear(), &[("external_id", "required")]);
    refused(
        |o| o.body.lines[1].quantity = 0,
        &[
            ("lines[1].quantity", "out_of_range"),
            ("amounts.goods", "invalid"),
        ],
    );
    refused(
        |o| o.body.lines[0].cancelled_quantity = 3,
        &[("lines[0].cancelled_quantity", "out_of_range")],
    );
    refused(
        |o| o.body.lines[1].id = LineId::from("a"),
        &[("lines[1].id", "invalid")],
    );
    refused(
        |o| o.body.lines[0].title.en = Some(String::new()),
        &[("lines[0].title.en", "required")],
    );
    refused(
        |o| o.body.lines[0].title.zh_cn = "长".repeat(201),
        &[("lines[0].title.zh-CN", "too_long")],
    );
    refused(
        |o| o.body.lines[0].image_url = Some("javascript:x".to_owned()),
        &[("lines[0].image_url", "invalid")],
    );
    refused(
        |o| o.body.lines[0].image_url = Some("//evil".to_owned()),
        &[("lines[0].image_url", "invalid")],
    );
    refused(
        |o| o.body.lines[0].issued = true,
        &[("lines[0].issued", "invalid")],
    );
    refused(
        |o| o.body.pay_url = Some("/pay".to_owned()),
        &[("pay_url", "invalid")],
    );
    refused(
        |o| o.body.amounts.goods += 1,
        &[("amounts.goods", "invalid"), ("amounts.total", "invalid")],
    );
    refused(
        |o| o.body.amounts.discount = 1,
        &[("amounts.total", "invalid")],
    );
    refused(
        |o| o.body.amounts.points = -1,
        &[("amounts.points", "out_of_range")],
    );
    refused(
        |o| o.body.payments[0].amount += 1,
        &[("payments", "invalid")],
    );
    refused(|o| o.body.payments.clear(), &[("payments", "invalid")]);
    refused(|o| o.body.address = None, &[("address", "required")]);
    refused(
        |o| {
            o.body.address = o.body.address.clone().map(|a| Address {
                phone: String::new(),
                ..a
            })
        },
        &[("address.phone", "required")],
    );
    refused(
        |o| o.pay_by = Some(o.placed_at - minutes(1)),
        &[("pay_by", "invalid")],
    );
    refused(
        |o| o.state = OrderState::Cancelled,
        &[("cancelled", "required")],
    );
    refused(
        |o| o.state = OrderState::PendingConfirmation,
        &[("pending", "required")],
    );
    refused(
        |o| o.state = OrderState::AwaitingPayment,
        &[("paid_at", "invalid")],
    );
    refused(
        |o| o.paid_at = None,
        &[("payments", "invalid"), ("paid_at", "required")],
    );
}

#[test]
fn an_order_needs_a_line() {
    refused(
        |o| o.body.lines.clear(),
        &[("lines", "required"), ("amounts.goods", "invalid")],
    );
}

#[test]
fn an_order_may_come_without_a_phone_number_when_that_is_what_it_waits_for() {
    let mut order = incomplete(order(OrderState::PendingConfirmation, "physical"));
    order.body.address.as_mut().unwrap().phone.clear();
    assert_eq!(order.check(), Ok(()));
    order.body.address = None;
    assert_eq!(order.check(), Ok(()));
}

#[test]
fn enormous_amounts_are_refused_and_do_not_overflow() {
    let mut order = order(OrderState::Unpacked, "physical+digital");
    for line in &mut order.body.lines {
        (line.unit_price, line.quantity) = (i64::MAX, u32::MAX);
    }
    order.body.amounts.freight = i64::MAX;
    order.body.payments = vec![payment(Channel::Alipay, i64::MAX); 3];
    assert!(order.check().is_err());
}
