//! After-sale cases: who may ask for what until when, what it comes to, and whose turn it is.

use chrono::TimeDelta;
use orders_domain::*;

use crate::sample::{calendar, day, instant, order, policy, policy_with};

/// Signed for on Monday, 2 February 2026, at half past four in the afternoon in Beijing.
fn signed() -> Instant {
    instant("2026-02-02T08:30:00Z")
}

pub fn delivered(words: &str) -> Order {
    let mut order = order(OrderState::Delivered, words);
    order.delivered_at = Some(signed());
    order
}

pub fn soon() -> Instant {
    signed() + TimeDelta::hours(20)
}

pub fn photo(id: &str) -> Evidence {
    Evidence {
        id: id.into(),
        kind: EvidenceKind::Photo,
        width: 1200,
        height: 900,
    }
}

pub fn some(line: &str, quantity: u32) -> CaseLine {
    CaseLine {
        line: line.into(),
        quantity,
        components: Vec::new(),
    }
}

pub fn wish(kind: CaseKind, reason: &str, lines: &[CaseLine]) -> CaseWish {
    CaseWish {
        kind,
        lines: lines.to_vec(),
        reason: reason.to_owned(),
        note: Some("杯口有裂纹".to_owned()),
        condition: Some(Condition::Unused),
        evidence: vec![photo("photo-1")],
    }
}

pub fn unwanted(lines: &[CaseLine]) -> CaseWish {
    wish(CaseKind::ReturnAndRefund, "no_longer_wanted", lines)
}

pub fn broken(lines: &[CaseLine]) -> CaseWish {
    wish(CaseKind::RefundOnly, "quality", lines)
}

pub fn opened(order: &Order, wish: &CaseWish) -> Order {
    order
        .open_case(wish, policy("tepai"), soon())
        .unwrap()
        .order
}

fn moved_at(order: &Order, action: &CaseMove, at: Instant) -> Result<Order, MoveRefusal> {
    let case = order.body.cases.last().unwrap();
    order
        .move_case(&case.id, action, policy("tepai"), calendar(), at)
        .map(|change| change.order)
}

pub fn moved(order: &Order, action: &CaseMove) -> Result<Order, MoveRefusal> {
    moved_at(order, action, soon() + TimeDelta::hours(1))
}

pub fn approve() -> CaseMove {
    CaseMove::Approve {
        return_to: Some("上海市 徐汇区 漕溪路 1 号 退货组".to_owned()),
    }
}

/// Of a case that waits for no goods.
pub fn grant() -> CaseMove {
    CaseMove::Approve { return_to: None }
}

pub fn reject() -> CaseMove {
    CaseMove::Reject {
        why: "照片看不出问题".to_owned(),
    }
}

#[test]
fn the_time_to_ask_counts_from_the_day_after_signing() {
    let order = delivered("physical");
    let (end, fault_end) = order.case_deadlines(policy("tepai")).unwrap();
    // Seven whole days: the last is Monday the 9th, until midnight in Beijing; fifteen: Tuesday the 17th.
    assert_eq!(end, Some(instant("2026-02-09T16:00:00Z")));
    assert_eq!(fault_end, instant("2026-02-17T16:00:00Z"));
    let second = TimeDelta::seconds(1);
    let lines = [some("a", 1)];
    let end = end.unwrap();
    for (wish, at, open) in [
        (unwanted(&lines), end - second, true),
        (unwanted(&lines), end, false),
        (broken(&lines), end, true),
        (broken(&lines), fault_end - second, true),
        (broken(&lines), fault_end, false),
    ] {
        let asked = order.open_case(&wish, policy("tepai"), at);
        let closed = CaseError::Not("a".into(), NotReturnable::WindowClosed);
        let expected = if open { None } else { Some(closed) };
        assert_eq!(asked.err(), expected, "{} at {at}", wish.reason);
    }
    // Signed for just after midnight in Beijing is signed for the next day.
    let mut late = order;
    late.delivered_at = Some(instant("2026-02-02T16:00:01Z"));
    let (end, _) = late.case_deadlines(policy("tepai")).unwrap();
    assert_eq!(end, Some(instant("2026-02-10T16:00:00Z")));
}

#[test]
fn a_case_counts_as_in_time_as_long_as_it_could_be_opened() {
    let order = delivered("physical");
    let (end, fault_end) = order.case_deadlines(policy("tepai")).unwrap();
    let (end, second) = (end.unwrap(), TimeDelta::seconds(1));
    let signed = order.delivered_at.unwrap();
    let lines = [some("a", 1)];
    for (wish, at, in_time) in [
        (unwanted(&lines), end - second, true),
        (unwanted(&lines), end, false),
        (broken(&lines), end, true),
        (broken(&lines), fault_end, false),
        // Asked before it was received, at the door.
        (unwanted(&lines), signed - second, true),
    ] {
        let change = order.open_case(&wish, policy("tepai"), signed).unwrap();
        let mut case = change.order.body.cases[0].clone();
        case.opened_at = at;
        let counted = order.case_in_time(&case, policy("tepai"));
        assert_eq!(counted, in_time, "{} at {at}", wish.reason);
    }
}

#[test]
fn where_nothing_is_taken_back_without_a_fault_no_such_time_is_promised() {
    let wanfu = policy("wanfu");
    let (free, faulty) = delivered("physical").case_deadlines(wanfu).unwrap();
    assert_eq!(free, None);
    assert_eq!(faulty, instant("2026-02-17T16:00:00Z"));
    assert_eq!(wanfu.after_sale.as_ref().unwrap().free_days(), None);
    let tepai = policy("tepai").after_sale.as_ref().unwrap();
    assert_eq!(tepai.free_days(), Some(7));
    let over = delivered("physical").case_options(wanfu, faulty);
    let closed = Some(NotReturnable::WindowClosed);
    assert_eq!((over[0].not, over[0].not_even_faulty), (closed, closed));
}

#[test]
fn each_line_says_whether_it_can_be_asked_for_and_why_not() {
    use NotReturnable::{Issued, MadeToOrder, NotOffered, NotReceived, NothingLeft, WindowClosed};
    let in_state = |state, words: &str| {
        let mut order = order(state, words);
        if matches!(state, OrderState::Delivered | OrderState::Completed) {
            order.delivered_at = Some(signed());
        }
        order
    };
    let late = signed() + TimeDelta::days(10);
    use OrderState::{Cancelled, Completed, Delivered, Packing, Shipped, Unpacked};
    for (order, shop, at, not, faulty) in [
        (in_state(Delivered, "physical"), "tepai", soon(), None, None),
        (in_state(Completed, "physical"), "tepai", soon(), None, None),
        (
            in_state(Delivered, "physical"),
            "tepai",
            late,
            Some(WindowClosed),
            None,
        ),
        (
            in_state(Delivered, "custom"),
            "tepai",
            soon(),
            Some(MadeToOrder),
            None,
        ),
        (
            in_state(Delivered, "issued"),
            "wanfu",
            soon(),
            Some(Issued),
            None,
        ),
        // Its one reason without a fault is for parcels on their way.
        (
            in_state(Delivered, "physical"),
            "wanfu",
            soon(),
            Some(NotOffered),
            None,
        ),
        (in_state(Shipped, "physical"), "wanfu", soon(), None, None),
        (
            in_state(Delivered, "gone"),
            "tepai",
            soon(),
            Some(NothingLeft),
            Some(NothingLeft),
        ),
        // 拒收.
        (in_state(Shipped, "physical"), "tepai", soon(), None, None),
        (
            in_state(Packing, "physical"),
            "tepai",
            soon(),
            Some(NotReceived),
            Some(NotReceived),
        ),
        (
            in_state(Unpacked, "physical"),
            "tepai",
            soon(),
            Some(NotReceived),
            Some(NotReceived),
        ),
        (
            in_state(Cancelled, "physical"),
            "tepai",
            soon(),
            Some(NothingLeft),
            Some(NothingLeft),
        ),
    ] {
        let option = &order.case_options(policy(shop), at)[0];
        assert_eq!(
            (option.not, option.not_even_faulty),
            (not, faulty),
            "{}",
            order.state.code()
        );
    }
    let mut without = policy("tepai").clone();
    without.after_sale = None;
    let order = delivered("physical");
    assert_eq!(
        order.case_options(&without, soon())[0].not,
        Some(NotOffered)
    );
    assert!(order.case_deadlines(&without).is_none());
}

#[test]
fn what_is_asked_for_is_not_asked_for_twice() {
    let order = delivered("physical");
    let first = opened(&order, &unwanted(&[some("a", 1)]));
    assert_eq!(first.case_options(policy("tepai"), soon())[0].quantity, 1);
    let too_much = first.open_case(&unwanted(&[some("a", 2)]), policy("tepai"), soon());
    assert_eq!(too_much.err(), Some(CaseError::Quantity("a".into())));
    let both = opened(&first, &broken(&[some("a", 1)]));
    let none = both.open_case(&broken(&[some("a", 1)]), policy("tepai"), soon());
    let nothing = CaseError::Not("a".into(), NotReturnable::NothingLeft);
    assert_eq!(none.err(), Some(nothing));
    // What is withdrawn may be asked for again.
    let again = moved(&both, &CaseMove::Withdraw).unwrap();
    assert_eq!(again.case_options(policy("tepai"), soon())[0].quantity, 1);
    assert_eq!(again.body.cases.len(), 2, "nothing is deleted");
}

#[test]
fn wishes_with_mistakes_are_refused_by_name() {
    let order = delivered("physical+custom");
    let refused = |change: &dyn Fn(&mut CaseWish)| {
        let mut wish = unwanted(&[some("a", 1)]);
        change(&mut wish);
        order.open_case(&wish, policy("tepai"), soon()).err()
    };
    assert_eq!(refused(&|_| {}), None);
    assert_eq!(refused(&|w| w.lines.clear()), Some(CaseError::Lines));
    assert_eq!(
        refused(&|w| w.lines.push(some("a", 1))),
        Some(CaseError::Lines)
    );
    let unknown = CaseError::UnknownLine("x".into());
    assert_eq!(refused(&|w| w.lines = vec![some("x", 1)]), Some(unknown));
    for quantity in [0, 3, u32::MAX] {
        let wrong = CaseError::Quantity("a".into());
        assert_eq!(
            refused(&|w| w.lines = vec![some("a", quantity)]),
            Some(wrong)
        );
    }
    assert_eq!(
        refused(&|w| w.reason = "weather".to_owned()),
        Some(CaseError::UnknownReason)
    );
    // A change of mind keeps no goods; a parcel that has come is not refused any more.
    assert_eq!(
        refused(&|w| w.kind = CaseKind::RefundOnly),
        Some(CaseError::UnknownReason)
    );
    assert_eq!(
        refused(&|w| w.reason = "refused_parcel".to_owned()),
        Some(CaseError::UnknownReason)
    );
    assert_eq!(refused(&|w| w.condition = None), Some(CaseError::Condition));
    assert_eq!(
        refused(&|w| w.condition = Some(Condition::Used)),
        Some(CaseError::Condition)
    );
    let made = CaseError::Not("b".into(), NotReturnable::MadeToOrder);
    assert_eq!(refused(&|w| w.lines.push(some("b", 1))), Some(made));
    let many = |w: &mut CaseWish| w.evidence = (0..10).map(|n| photo(&n.to_string())).collect();
    assert_eq!(refused(&many), Some(CaseError::TooMuchEvidence));
    assert_eq!(
        refused(&|w| {
            w.reason = "quality".to_owned();
            w.evidence.clear();
        }),
        Some(CaseError::EvidenceNeeded)
    );
}

#[test]
fn it_comes_to_what_was_paid_less_what_the_policy_takes_off() {
    // Two cups at 10 yuan, 3 yuan off, 5 yuan carriage.
    let mut order = delivered("physical");
    let amounts = &mut order.body.amounts;
    (amounts.discount, amounts.freight, amounts.total) = (300, 500, 2_200);
    order.body.payments[0].amount = 2_200;
    let comes_to = |wish: &CaseWish| order.settle_case(wish, policy("tepai"), soon()).unwrap();
    let with = |mut wish: CaseWish, condition| {
        wish.condition = Some(condition);
        comes_to(&wish)
    };
    let one = [some("a", 1)];
    let settled = |goods, deduction, freight, amount| Settlement {
        goods,
        deduction,
        freight,
        amount,
        points: 0,
    };
    assert_eq!(
        with(unwanted(&one), Condition::Unused),
        settled(850, 0, 0, 850)
    );
    assert_eq!(
        with(unwanted(&one), Condition::Opened),
        settled(850, 85, 0, 765)
    );
    // The seller's fault: nothing is taken off, and the carriage goes back.
    assert_eq!(
        with(broken(&one), Condition::Used),
        settled(850, 0, 250, 1_100)
    );
    assert_eq!(
        with(broken(&[some("a", 2)]), Condition::Used),
        settled(1_700, 0, 500, 2_200)
    );
}

#[test]
fn components_are_refunded_by_their_share_and_only_those_that_may_be() {
    let mut order = delivered("physical");
    let component = |id: &str, weight, refundable| Component {
        id: id.to_owned(),
        title: LocalText::plain(id),
        weight,
        refundable,
        returned: 0,
    };
    order.body.lines[0].components = vec![
        component("cup", 3, true),
        component("lid", 1, true),
        component("gift", 1, false),
    ];
    let some_of = |components: &[&str], quantity| CaseLine {
        components: components.iter().map(|id| (*id).to_owned()).collect(),
        ..some("a", quantity)
    };
    let amount = |order: &Order, components: &[&str], quantity| {
        order
            .settle_case(
                &unwanted(&[some_of(components, quantity)]),
                policy("tepai"),
                soon(),
            )
            .map(|settlement| settlement.amount)
    };
    assert_eq!(amount(&order, &["lid"], 1), Ok(200));
    assert_eq!(amount(&order, &["cup", "lid"], 2), Ok(1_600));
    assert_eq!(amount(&order, &[], 2), Ok(1_600), "all that may be");
    for wrong in [&["gift"][..], &["handle"], &["lid", "lid"]] {
        let error = amount(&order, wrong, 1).unwrap_err();
        assert!(matches!(error, CaseError::Component(..)), "{error:?}");
    }
    // One lid went back: of lids one is left, of cups two.
    let back = opened(&order, &broken(&[some_of(&["lid"], 1)]));
    let back = moved(&back, &grant()).unwrap();
    assert_eq!(back.body.lines[0].components[1].returned, 1);
    assert!(amount(&back, &["lid"], 2).is_err());
    assert_eq!(amount(&back, &["cup"], 2), Ok(1_200));
}

#[test]
fn points_come_back_with_what_they_were_used_for_and_a_coupon_with_the_last_of_it() {
    let mut order = delivered("physical+physical");
    let amounts = &mut order.body.amounts;
    (amounts.points, amounts.points_value, amounts.coupon) = (401, 400, 600);
    amounts.total -= 1_000;
    order.body.payments[0].amount = order.body.amounts.total;
    let coupon = |id: &str, until: &str| Coupon {
        id: id.to_owned(),
        title: LocalText::plain(id),
        valid_until: day(until),
    };
    order.body.coupons = vec![coupon("spring", "2026-12-31"), coupon("old", "2026-01-31")];
    let give = |order: &Order, wish: &CaseWish| {
        let case = order.open_case(wish, policy("tepai"), soon()).unwrap();
        let id = case.order.body.cases.last().unwrap().id.clone();
        let points = case.order.case(&id).unwrap().settlement.points;
        let shown = order.case_gives_back(&wish.lines, points, policy("tepai"), soon());
        let granted = case
            .order
            .move_case(&id, &grant(), policy("tepai"), calendar(), soon())
            .unwrap();
        (granted, shown)
    };
    let restores = |change: &Change| -> Vec<OutboxMessage> {
        let messages = change.effects.outbox.iter();
        let restores = messages.filter(|message| {
            matches!(
                message,
                OutboxMessage::RestorePoints { .. } | OutboxMessage::RestoreCoupon { .. }
            )
        });
        restores.cloned().collect()
    };
    let points = |points| OutboxMessage::RestorePoints { points };
    let (first, (back, lost)) = give(&order, &broken(&[some("a", 2)]));
    assert_eq!(restores(&first), [points(201)]);
    assert_eq!(back, [GiveBackItem::Points { points: 201 }]);
    let reasons: Vec<_> = lost.iter().map(|coupon| coupon.reason).collect();
    assert_eq!(reasons, [NotRestoredReason::StillUsed; 2]);
    let (last, (_, lost)) = give(&first.order, &broken(&[some("b", 2)]));
    let spring = OutboxMessage::RestoreCoupon {
        coupon: "spring".to_owned(),
    };
    assert_eq!(restores(&last), [spring, points(200)]);
    assert_eq!(lost.len(), 1, "the one that is over");
    assert_eq!(lost[0].reason, NotRestoredReason::Expired);
}

#[test]
fn what_stays_with_the_shopper_costs_nothing_for_its_condition() {
    let rules = policy_with(
        "tepai",
        "kinds = [\"return_and_refund\"]\n\n[[after_sale.reasons]] # S2",
        "kinds = [\"return_and_refund\", \"refund_only\"]\n\n[[after_sale.reasons]] # S2",
    );
    for (kind, deduction) in [(CaseKind::ReturnAndRefund, 100), (CaseKind::RefundOnly, 0)] {
        let mut wish = wish(kind, "no_longer_wanted", &[some("a", 1)]);
        wish.condition = Some(Condition::Opened);
        let comes_to = delivered("physical").settle_case(&wish, &rules, soon());
        assert_eq!(comes_to.unwrap().deduction, deduction, "{kind:?}");
    }
}

#[test]
fn a_day_is_a_day_of_the_shop() {
    let utc = policy_with(
        "tepai",
        "utc_offset = \"+08:00\"",
        "utc_offset = \"+00:00\"",
    );
    let (end, _) = delivered("physical").case_deadlines(&utc).unwrap();
    assert_eq!(end, Some(instant("2026-02-10T00:00:00Z")));
    assert_eq!(utc.day_of(signed()), day("2026-02-02"));
}
