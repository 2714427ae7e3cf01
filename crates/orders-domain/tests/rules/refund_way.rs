//! Another way for a refund: asked for by its shopper, approved by staff, and never two ways for the same money.

use chrono::TimeDelta;
use orders_domain::*;

use crate::refunding::{NO_LIMITS, at_stage, refunding, reported, with_provider};
use crate::sample::{calendar, day, minutes, now, order, policy};

pub fn card() -> Way {
    Way {
        channel: Channel::BankCard,
        account: "6222 0212 3456 7890 128".to_owned(),
        holder: "林小满".to_owned(),
        bank: Some("工商银行".to_owned()),
    }
    .checked()
    .unwrap()
}

pub fn failed() -> (Order, RefundId) {
    let order = at_stage(ProviderStage::Failed(RefundFailure::AccountClosed));
    let id = order.refunds[0].id.clone();
    (order, id)
}

pub fn asked(order: &Order, id: &RefundId) -> Order {
    order
        .ask_way(id, &card(), policy("tepai"), now())
        .unwrap()
        .unwrap()
        .order
}

fn approve(order: &Order, id: &RefundId, by: &str) -> Result<Change, WayRefusal> {
    order
        .approve_way(id, by, &with_provider(), calendar(), now() + minutes(5))
        .unwrap()
}

#[test]
fn accounts_are_checked_field_by_field() {
    let way = |channel, account: &str, holder: &str, bank: Option<&str>| {
        let way = Way {
            channel,
            account: account.to_owned(),
            holder: holder.to_owned(),
            bank: bank.map(str::to_owned),
        };
        way.checked().map(|way| way.account)
    };
    use Channel::{Alipay, BankCard, WechatPay};
    let long = "长".repeat(51);
    for (channel, account, holder, bank, expected) in [
        (
            BankCard,
            "6222021234567890128",
            "林",
            Some("工商银行"),
            Ok("6222021234567890128"),
        ),
        (
            BankCard,
            "6222-0212-3456-7890-128",
            "林",
            Some("工商银行"),
            Ok("6222021234567890128"),
        ),
        (
            BankCard,
            "6222021234567890129",
            "林",
            Some("工商银行"),
            Err(vec![("account", "invalid")]),
        ),
        (
            BankCard,
            "62220212345",
            "林",
            Some("工商银行"),
            Err(vec![("account", "invalid")]),
        ),
        (
            BankCard,
            "６２２２０２１２３４５６７８９０１２８",
            "林",
            Some("工商银行"),
            Err(vec![("account", "invalid")]),
        ),
        (
            BankCard,
            "",
            " ",
            None,
            Err(vec![
                ("account", "required"),
                ("holder", "required"),
                ("bank", "required"),
            ]),
        ),
        (
            BankCard,
            "6222021234567890128",
            &long,
            Some("工商银行"),
            Err(vec![("holder", "too_long")]),
        ),
        (Alipay, "13800000001", "林", None, Ok("13800000001")),
        (
            Alipay,
            " lin@example.com ",
            "林",
            None,
            Ok("lin@example.com"),
        ),
        (
            Alipay,
            "23800000001",
            "林",
            None,
            Err(vec![("account", "invalid")]),
        ),
        (
            Alipay,
            "lin@",
            "林",
            None,
            Err(vec![("account", "invalid")]),
        ),
        (
            Alipay,
            "l@n@example.com",
            "林",
            None,
            Err(vec![("account", "invalid")]),
        ),
        (
            WechatPay,
            "x",
            "林",
            None,
            Err(vec![("channel", "invalid")]),
        ),
    ] {
        assert_eq!(
            way(channel, account, holder, bank),
            expected.map(str::to_owned),
            "{channel:?} {account}"
        );
    }
}

#[test]
fn an_account_is_shown_so_that_it_is_known_again_and_no_more() {
    assert_eq!(card().masked().zh_cn, "工商银行 尾号 0128");
    let alipay = |account: &str| {
        let way = Way {
            channel: Channel::Alipay,
            account: account.to_owned(),
            ..card()
        };
        way.masked().zh_cn
    };
    assert_eq!(alipay("13800000001"), "支付宝 138****0001");
    assert_eq!(alipay("lin@example.com"), "支付宝 l***@example.com");
}

#[test]
fn another_way_may_be_asked_for_only_while_the_money_is_not_on_its_way() {
    let by_shop = {
        let intent = CancelIntent {
            reason: "changed_mind".to_owned(),
            note: None,
            lines: None,
        };
        let paid = order(OrderState::Unpacked, "physical");
        match paid
            .cancel(policy("tepai"), calendar(), &intent, now())
            .unwrap()
        {
            CancelSuccess::Cancelled(change) => change.order,
            CancelSuccess::Requested(_) => panic!("at once"),
        }
    };
    let stage = |stage| at_stage(stage);
    for (order, allowed) in [
        (by_shop, true),
        (refunding().0, true),
        (failed().0, true),
        (stage(ProviderStage::Accepted), false),
        (stage(ProviderStage::InClearing), false),
        (stage(ProviderStage::Arrived), false),
        (asked(&failed().0, &failed().1), false),
    ] {
        let id = order.refunds[0].id.clone();
        let state = order.refunds[0].state.code();
        let asked = order.ask_way(&id, &card(), policy("tepai"), now()).unwrap();
        assert_eq!(asked.is_ok(), allowed, "{state}");
        assert_eq!(order.refunds[0].takes_another_way(), allowed, "{state}");
    }
    let (order, _) = failed();
    assert!(
        order
            .ask_way(&"other".into(), &card(), policy("tepai"), now())
            .is_none()
    );
}

#[test]
fn what_staff_approve_is_paid_by_the_shop_with_new_dates() {
    let (order, id) = failed();
    let order = asked(&order, &id);
    let change = approve(&order, &id, "wang").unwrap();
    let refund = &change.order.refunds[0];
    assert_eq!(refund.state, RefundState::Approved);
    assert_eq!(refund.channel, Channel::BankCard);
    assert_eq!(refund.account.zh_cn, "工商银行 尾号 0128");
    assert_eq!(refund.amount, order.refunds[0].amount);
    assert_eq!(refund.promise.starts_by, day("2026-02-05"));
    let pay_out = OutboxMessage::PayOut {
        refund: id.clone(),
        way: card(),
    };
    assert_eq!(change.effects.outbox, [pay_out]);
    // It still gives the same payment back: nothing is left to be refunded.
    assert_eq!(
        change.order.payment_of(refund),
        Some(&order.body.payments[0])
    );
    // The shop moves it on from here; the provider cannot any more.
    assert!(!refund.is_under_way());
    assert_eq!(
        change.order.refund_step(&id, NO_LIMITS, now()),
        RefundStep::Nothing
    );
    let arrived = ProviderReport::of(ProviderStage::Arrived);
    assert_eq!(reported(&change.order, &id, &arrived, now()), None);
    assert!(!refund.takes_another_way());
}

#[test]
fn above_the_policys_amount_two_different_people_have_to_approve() {
    let mut policy = with_provider();
    let (order, id) = failed();
    let amount = order.refunds[0].amount.amount;
    let order = asked(&order, &id);
    for (limit, needed) in [(amount, 1), (amount - 1, 2)] {
        policy.two_approve_above = limit;
        let approve = |order: &Order, by: &str| {
            order
                .approve_way(&id, by, &policy, calendar(), now())
                .unwrap()
        };
        let first = approve(&order, "wang").unwrap();
        let state = first.order.refunds[0]
            .course
            .change
            .as_ref()
            .unwrap()
            .state();
        assert_eq!(state == WayState::Approved, needed == 1, "{limit}");
        if needed == 2 {
            assert!(first.effects.outbox.is_empty());
            assert_eq!(first.order.refunds[0].state, RefundState::Failed);
            assert_eq!(approve(&first.order, "wang"), Err(WayRefusal::SamePerson));
            let second = approve(&first.order, "li").unwrap();
            assert_eq!(second.order.refunds[0].state, RefundState::Approved);
            assert_eq!(second.effects.outbox.len(), 1);
        } else {
            assert_eq!(approve(&first.order, "li"), Err(WayRefusal::NoneOpen));
        }
    }
}

#[test]
fn an_id_in_capitals_is_no_second_person_for_another_way() {
    let mut policy = with_provider();
    let (order, id) = failed();
    policy.two_approve_above = order.refunds[0].amount.amount - 1;
    let order = asked(&order, &id);
    let approve = |order: &Order, by: &str| {
        order
            .approve_way(&id, by, &policy, calendar(), now())
            .unwrap()
    };
    let first = approve(&order, "wang").unwrap().order;
    for by in ["Wang", "WANG"] {
        assert_eq!(approve(&first, by), Err(WayRefusal::SamePerson), "{by}");
    }
}

#[test]
fn what_is_declined_or_withdrawn_stays_owed_the_first_way_and_may_be_asked_again() {
    let (order, id) = failed();
    let open = asked(&order, &id);
    let declined = open
        .decline_way(&id, "姓名不符", now())
        .unwrap()
        .unwrap()
        .order;
    let withdrawn = open.withdraw_way(&id, now()).unwrap().unwrap().order;
    for (order, state, note) in [
        (declined, WayState::Declined, Some("姓名不符")),
        (withdrawn, WayState::Withdrawn, None),
    ] {
        let change = order.refunds[0].course.change.as_ref().unwrap();
        assert_eq!(change.state(), state);
        assert_eq!(change.outcome.as_ref().unwrap().note.as_deref(), note);
        assert_eq!(order.refunds[0].state, RefundState::Failed);
        assert!(order.refunds[0].takes_another_way());
        for again in [
            order.withdraw_way(&id, now()).unwrap(),
            order.decline_way(&id, "x", now()).unwrap(),
            approve(&order, &id, "wang"),
        ] {
            assert_eq!(again, Err(WayRefusal::NoneOpen));
        }
    }
}

#[test]
fn a_refund_that_may_have_been_sent_is_held_before_it_goes_another_way() {
    let (order, id) = refunding();
    let at = |order: &Order, at| order.refund_step(&id, NO_LIMITS, at);
    let step = |order: &Order| at(order, now() + TimeDelta::seconds(QUIET_SECONDS));
    let open = asked(&order, &id);
    // Whoever may be sending it is left time; then the provider is asked whether it really does not have it.
    let quiet = now() + TimeDelta::seconds(QUIET_SECONDS);
    assert_eq!(
        at(&open, quiet - TimeDelta::milliseconds(1)),
        RefundStep::Wait(quiet)
    );
    assert!(matches!(step(&open), RefundStep::Verify(_, asked_at) if asked_at == now()));
    assert_eq!(approve(&open, &id, "wang"), Err(WayRefusal::NotHeld));
    // What it said of an earlier wish says nothing of this one.
    assert!(open.hold_refund(&id, now() - minutes(5)).is_none());
    let held = open.hold_refund(&id, now()).unwrap().order;
    assert_eq!(step(&held), RefundStep::Nothing);
    assert!(held.hold_refund(&id, now()).is_none());
    assert!(approve(&held, &id, "wang").is_ok());
    // Without another way it is sent as before.
    for order in [
        held.decline_way(&id, "x", now()).unwrap().unwrap().order,
        held.withdraw_way(&id, now()).unwrap().unwrap().order,
    ] {
        assert!(matches!(step(&order), RefundStep::Send(_)));
    }
    assert!(order.hold_refund(&id, now()).is_none(), "nobody asked");
}

#[test]
fn a_wish_comes_too_late_when_the_provider_has_the_refund_after_all() {
    let (order, id) = refunding();
    let open = asked(&order, &id);
    let sent = reported(
        &open,
        &id,
        &ProviderReport::of(ProviderStage::Accepted),
        now(),
    )
    .unwrap();
    let change = sent.refunds[0].course.change.as_ref().unwrap();
    assert_eq!(change.state(), WayState::TooLate);
    assert_eq!(approve(&sent, &id, "wang"), Err(WayRefusal::NoneOpen));
    assert_eq!(sent.refunds[0].state, RefundState::Sent);
}

#[test]
fn a_wish_ends_when_the_money_arrives_the_first_way_whoever_tells_it() {
    // Mended at the provider after it had failed.
    let (order, id) = failed();
    let open = asked(&order, &id);
    let arrived = ProviderReport::of(ProviderStage::Arrived);
    let arrived = reported(&open, &id, &arrived, now()).unwrap();
    // Made by the shop, which had begun.
    let (mut by_shop, _) = refunding();
    by_shop.refunds[0].course.provider = None;
    let open = asked(&by_shop, &id);
    let event = DatedEvent {
        occurred_at: now(),
        event: ShopEvent::RefundProgressed {
            refund: id.clone(),
            state: RefundState::Sent,
        },
    };
    let told = open
        .apply(&event, &with_provider(), calendar(), now())
        .unwrap();
    let Applied::Changed(told) = told else {
        panic!("{told:?}");
    };
    for order in [arrived, told.order] {
        let change = order.refunds[0].course.change.as_ref().unwrap();
        assert_eq!(change.state(), WayState::TooLate);
        assert_eq!(approve(&order, &id, "wang"), Err(WayRefusal::NoneOpen));
        assert!(!order.refunds[0].takes_another_way());
    }
}

#[test]
fn a_wish_can_be_decided_once_the_refund_has_failed_under_it() {
    let (order, id) = refunding();
    let open = asked(&order, &id);
    assert_eq!(approve(&open, &id, "wang"), Err(WayRefusal::NotHeld));
    let failed = ProviderReport::of(ProviderStage::Failed(RefundFailure::AccountClosed));
    let failed = reported(&open, &id, &failed, now()).unwrap();
    assert!(approve(&failed, &id, "wang").is_ok());
}

#[test]
fn what_comes_late_about_the_first_way_does_not_move_the_other() {
    let (order, id) = failed();
    let order = asked(&order, &id);
    let order = approve(&order, &id, "wang").unwrap().order;
    let event = |at| DatedEvent {
        occurred_at: at,
        event: ShopEvent::RefundProgressed {
            refund: id.clone(),
            state: RefundState::Sent,
        },
    };
    let later = now() + minutes(60);
    for (at, applied) in [(now() + minutes(4), false), (now() + minutes(6), true)] {
        let told = order
            .apply(&event(at), &with_provider(), calendar(), later)
            .unwrap();
        assert_eq!(told != Applied::Unchanged, applied, "{at}");
    }
}

#[test]
fn an_earlier_wish_is_kept_with_what_became_of_it() {
    let (order, id) = failed();
    let declined = asked(&order, &id)
        .decline_way(&id, "x", now())
        .unwrap()
        .unwrap()
        .order;
    let again = asked(&declined, &id);
    let course = &again.refunds[0].course;
    assert_eq!(course.earlier.len(), 1);
    assert_eq!(course.earlier[0].state(), WayState::Declined);
    assert!(
        !format!("{again:?}").contains("6222021234567890128"),
        "no account in a log"
    );
}

#[test]
fn what_was_promised_first_is_kept_but_where_the_shopper_wished_for_something_else() {
    let later = |order: &Order, id: &RefundId| {
        let order = asked(order, id);
        let at = now() + minutes(5 * 24 * 60);
        let approved = order.approve_way(id, "wang", &with_provider(), calendar(), at);
        approved.unwrap().unwrap().order
    };
    let waits = at_stage(ProviderStage::Accepted);
    let made = waits.refunds[0].course.first.unwrap();
    // Accepted, it is promised for another day than it was at first.
    let now_promised = FirstPromise::from(waits.refunds[0].promise);
    assert_ne!(now_promised, made);
    assert_eq!(waits.refunds[0].first_promise(), made);
    // It failed: that the money goes another way takes nothing back that was said.
    let (order, id) = failed();
    let first = order.refunds[0].course.first.unwrap();
    let paid_out = later(&order, &id);
    assert_ne!(paid_out.refunds[0].promise.arrives_by, first.arrives_by);
    assert_eq!(paid_out.refunds[0].first_promise(), first);
    // It did not: the shopper would rather have it elsewhere, and that is a promise of its own.
    let mut unsent = order.clone();
    unsent.refunds[0].state = RefundState::Approved;
    unsent.refunds[0].course.failure = None;
    unsent.refunds[0].course.provider = None;
    let moved = later(&unsent, &id);
    let promised = FirstPromise::from(moved.refunds[0].promise);
    assert_ne!(promised, first);
    assert_eq!(moved.refunds[0].first_promise(), promised);
    // Of a refund from before this record, what is promised is all that is known.
    let mut old = order;
    old.refunds[0].course.first = None;
    let known = FirstPromise::from(old.refunds[0].promise);
    assert_eq!(old.refunds[0].first_promise(), known);
}
