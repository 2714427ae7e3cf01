//! What each role of the staff may do, and what staff can do with an order.

use orders_domain::*;

use crate::sample::*;

/// Each permission, and `x` under each role that has it, in the order of `Role::ALL`.
const TABLE: &str = "
see_work           xxx
chat               xxx
decide_request     xxx
decide_case        xxx
decide_refund_way  xxx
confirm_order      xxx
correct_address    xxx
answer_complaint   xxx
note               xxx
see_audit          xxx
decide_appeal      .xx
cancel_for_seller  .xx
decide_dispute     .xx
lift_limit         .xx
see_insight        .xx
export             .xx
edit_replies       .xx
draft_policy       .xx
publish_policy     ..x
manage_staff       ..x
";

#[test]
fn each_role_may_what_the_table_says() {
    let mut rows = 0;
    for row in TABLE.trim().lines() {
        let (code, marks) = row.split_once(' ').unwrap();
        let what = Permission::from_code(code).unwrap();
        for (role, mark) in Role::ALL.into_iter().zip(marks.trim().chars()) {
            assert_eq!(role.may(what), mark == 'x', "{role:?} {code}");
            assert_eq!(role.permissions().contains(&what), mark == 'x');
        }
        rows += 1;
    }
    assert_eq!(rows, Permission::ALL.len(), "a permission has no row");
}

#[test]
fn a_higher_role_may_everything_that_a_lower_one_may() {
    for (index, lower) in Role::ALL.into_iter().enumerate() {
        for higher in &Role::ALL[index..] {
            for what in Permission::ALL {
                assert!(
                    higher.may(what) || !lower.may(what),
                    "{lower:?} {higher:?} {what:?}"
                );
            }
        }
    }
}

#[test]
fn an_id_of_the_staff_has_no_upper_case_and_no_spaces() {
    for (text, possible) in [
        ("wang", true),
        ("li.hua_2-b", true),
        ("Wang", false),
        ("王", false),
        ("", false),
        ("a b", false),
        (&"w".repeat(64), true),
        (&"w".repeat(65), false),
    ] {
        assert_eq!(StaffId::parse(text).is_some(), possible, "{text}");
    }
}

#[test]
fn staff_of_all_shops_see_every_shop_and_others_their_own() {
    let mut wang = StaffMember {
        id: "wang".into(),
        name: "王静".to_owned(),
        role: Role::Admin,
        shops: vec![],
    };
    assert!(wang.sees(&"tepai".into()));
    wang.shops = vec!["wanfu".into()];
    assert!(wang.sees(&"wanfu".into()));
    assert!(!wang.sees(&"tepai".into()));
}

fn act(order: &Order, act: &StaffAct) -> Result<Change, StaffRefusal> {
    order.act_by_staff(act, policy(order.shop.as_str()), calendar(), now())
}

fn decline() -> StaffAct {
    StaffAct::DeclineRequest {
        note: "已打包".to_owned(),
    }
}

fn sell_out() -> StaffAct {
    StaffAct::CancelForSeller {
        reason: "out_of_stock".to_owned(),
        note: None,
    }
}

/// What becomes of each act (columns) in each situation: the new state, `+` when the order changes but not its state, or
/// the refusal in capitals.
const ACTS: &str = "
.            confirm     approve    decline  address  cancel   lift
awaiting     NOT_WAITING NO_REQUEST NO_REQUEST NO_ADDRESS cancelled  NO_LIMIT
pending      unpacked    NO_REQUEST NO_REQUEST +          cancelled  NO_LIMIT
incomplete   INCOMPLETE  NO_REQUEST NO_REQUEST +          cancelled  NO_LIMIT
unpacked     NOT_WAITING NO_REQUEST NO_REQUEST NO_ADDRESS cancelled  NO_LIMIT
on_hold      NOT_WAITING cancelled  +          NO_ADDRESS cancelled  NO_LIMIT
packing      NOT_WAITING NO_REQUEST NO_REQUEST NO_ADDRESS cancelled  NO_LIMIT
shipped      NOT_WAITING NO_REQUEST NO_REQUEST NO_ADDRESS TOO_LATE   NO_LIMIT
delivered    NOT_WAITING NO_REQUEST NO_REQUEST NO_ADDRESS TOO_LATE   NO_LIMIT
completed    NOT_WAITING NO_REQUEST NO_REQUEST NO_ADDRESS TOO_LATE   NO_LIMIT
cancelled    NOT_WAITING NO_REQUEST NO_REQUEST NO_ADDRESS TOO_LATE   NO_LIMIT
";

fn situation(name: &str) -> Order {
    match name {
        "awaiting" => order(OrderState::AwaitingPayment, "physical"),
        "pending" => order(OrderState::PendingConfirmation, "physical"),
        "incomplete" => incomplete(order(OrderState::PendingConfirmation, "physical")),
        "on_hold" => requested(order(OrderState::Unpacked, "physical")),
        other => order(OrderState::from_code(other).unwrap(), "physical"),
    }
}

#[test]
fn what_staff_decide_is_done_or_refused_as_the_table_says() {
    for row in ACTS.trim().lines().skip(1) {
        let mut cells = row.split_whitespace();
        let name = cells.next().unwrap();
        let before = situation(name);
        let acts = [
            StaffAct::Confirm,
            StaffAct::ApproveRequest,
            decline(),
            StaffAct::CorrectAddress(address()),
            sell_out(),
            StaffAct::LiftLimit {
                note: "…".to_owned(),
            },
        ];
        for (what, expected) in acts.iter().zip(cells) {
            let became = match act(&before, what) {
                Ok(change) if change.order.state == before.state => "+",
                Ok(change) => change.order.state.code(),
                Err(StaffRefusal::NoOpenRequest) => "NO_REQUEST",
                Err(StaffRefusal::NothingToConfirm) => "NOT_WAITING",
                Err(StaffRefusal::IncompleteInfo) => "INCOMPLETE",
                Err(StaffRefusal::AddressNotEditable) => "NO_ADDRESS",
                Err(StaffRefusal::NotCancellable) => "TOO_LATE",
                Err(StaffRefusal::NotLimited) => "NO_LIMIT",
                Err(StaffRefusal::UnknownReason) => "REASON",
                Err(StaffRefusal::SamePerson) => "PERSON",
            };
            assert_eq!(became, expected, "{name} {what:?}");
        }
    }
}

#[test]
fn what_is_open_to_staff_is_what_they_are_not_refused() {
    for row in ACTS.trim().lines().skip(1) {
        let before = situation(row.split_whitespace().next().unwrap());
        let open = before.open_to_staff(policy("tepai"), now());
        for (what, permission) in [
            (StaffAct::Confirm, Permission::ConfirmOrder),
            (StaffAct::ApproveRequest, Permission::DecideRequest),
            (decline(), Permission::DecideRequest),
            (
                StaffAct::CorrectAddress(address()),
                Permission::CorrectAddress,
            ),
            (sell_out(), Permission::CancelForSeller),
        ] {
            assert_eq!(
                act(&before, &what).is_ok(),
                open.contains(&permission),
                "{row} {what:?}"
            );
        }
    }
}

#[test]
fn what_staff_do_is_on_record_as_theirs_and_the_shop_is_told() {
    let change = act(&situation("pending"), &StaffAct::Confirm).unwrap();
    assert_eq!(change.order.timeline[0].by, Actor::Staff);
    assert_eq!(change.effects.outbox, [OutboxMessage::OrderConfirmed]);
    let change = act(
        &situation("incomplete"),
        &StaffAct::CorrectAddress(address()),
    )
    .unwrap();
    assert_eq!(change.order.timeline[0].by, Actor::Staff);
    let change = act(&situation("on_hold"), &decline()).unwrap();
    assert_eq!(news(&change), ["cancellation_declined"]);
    assert_eq!(change.effects.outbox, [OutboxMessage::ResumePacking]);
    let change = act(&situation("unpacked"), &sell_out()).unwrap();
    let cancelled = change.order.body.cancelled.as_ref().unwrap();
    assert_eq!(cancelled.by, CancelledBy::Seller);
    assert_eq!(news(&change), ["cancelled", "refund_approved"]);
}

#[test]
fn staff_correct_an_address_as_often_as_it_takes_while_the_order_waits() {
    let correct = |order: &Order, street: &str| {
        let address = Address {
            street: street.to_owned(),
            ..address()
        };
        act(order, &StaffAct::CorrectAddress(address)).map(|change| change.order)
    };
    // What was asked of the shopper is there then; what else it waits for stays.
    for (cause, then) in [
        (PendingCause::IncompleteInfo, PendingCause::SystemDelay),
        (PendingCause::NoCourier, PendingCause::NoCourier),
        (PendingCause::SystemDelay, PendingCause::SystemDelay),
    ] {
        let mut before = situation("pending");
        before.body.pending = Some(Pending::of(cause, Vec::new()));
        let wrong = correct(&before, "文一路 1 号").unwrap();
        let right = correct(&wrong, "文一路 10 号").unwrap();
        let street = |order: &Order| order.body.address.as_ref().unwrap().street.clone();
        assert_eq!(street(&right), "文一路 10 号");
        assert_eq!(right.body.pending.as_ref().unwrap().cause, then);
        let told = right.told(before.timeline.len()..right.timeline.len());
        assert_eq!(told.len(), 2, "the shopper hears of each");
        // The shopper can tell what is missing, and that once.
        let mine = right.correct_address(address(), policy("tepai"), now());
        assert_eq!(mine, Err(AddressNotEditable));
    }
    let mut digital = order(OrderState::PendingConfirmation, "digital");
    digital.body.address = None;
    assert_eq!(
        correct(&digital, "文一路").err(),
        Some(StaffRefusal::AddressNotEditable)
    );
}

#[test]
fn a_seller_cancels_for_a_reason_of_a_seller() {
    let cancel = StaffAct::CancelForSeller {
        reason: "changed_mind".to_owned(),
        note: None,
    };
    let refused = act(&situation("unpacked"), &cancel);
    assert_eq!(refused, Err(StaffRefusal::UnknownReason));
}
