//! What a draft of a policy would have decided otherwise.

use chrono::TimeDelta;
use orders_domain::*;

use crate::complaints::{complained, complained_under, done, in_state, refund};
use crate::refund_way::card;
use crate::refunding::at_stage;
use crate::sample::*;

/// Tepai's policy with `from` written as `to`.
fn with(from: &str, to: &str) -> Policy {
    policy_with("tepai", from, to)
}

fn entry(order: &Order, minutes: i64, what: TimelineEvent, by: Actor) -> TimelineEntry {
    TimelineEntry {
        at: order.placed_at + TimeDelta::minutes(minutes),
        what,
        by,
        detail: None,
    }
}

/// An order that was paid at once, packed after an hour, and is on its way.
fn shipped() -> Order {
    let mut order = order(OrderState::Shipped, "physical");
    order.timeline = vec![
        entry(&order, 0, TimelineEvent::Placed, Actor::Shopper),
        entry(&order, 0, TimelineEvent::Paid, Actor::Shopper),
        entry(&order, 60, TimelineEvent::PackingStarted, Actor::Warehouse),
        entry(&order, 120, TimelineEvent::Shipped, Actor::Warehouse),
    ];
    order
}

fn effects(order: &Order, draft: &Policy) -> Vec<PolicyEffect> {
    order.would_change(policy("tepai"), draft, calendar())
}

const UNPACKED: &str = "[cancellation.unpacked] # S0\noutcome = \"self_service\"";
#[test]
fn what_was_taken_out_of_an_order_is_not_there_any_more_afterwards() {
    let mut order = order(OrderState::Packing, "physical");
    let mut custom = order.body.lines[0].clone();
    custom.id = "L9".into();
    custom.traits = vec![LineTrait::Presale];
    order.body.lines[0].cancelled_quantity = order.body.lines[0].quantity;
    order.body.lines.push(custom);
    order.timeline = vec![
        entry(&order, 0, TimelineEvent::Placed, Actor::Shopper),
        entry(&order, 0, TimelineEvent::Paid, Actor::Shopper),
        entry(&order, 30, TimelineEvent::PartlyCancelled, Actor::Seller),
        entry(&order, 60, TimelineEvent::PackingStarted, Actor::Warehouse),
    ];
    let except = format!(
        "[[exceptions]]\nline_trait = \"presale\"\nstates = [\"packing\"]\noutcome = \"not_possible\"\n\
         reason = \"stock_locked\"\n\n{PACKING}"
    );
    let but_presale = with(PACKING, &except.replace(PACKING, ALLOWED));
    // What is left cannot be cancelled either way; only what is said about it would be something else.
    assert_eq!(effects(&order, &but_presale), [PolicyEffect::CancelAdvice]);
    order.timeline.remove(2);
    order.body.lines[0].cancelled_quantity = 0;
    assert_eq!(effects(&order, &but_presale), [PolicyEffect::CancelEasier]);
}

const ALLOWED: &str = "[cancellation.packing]\noutcome = \"by_request\"";
const PACKING: &str = "[cancellation.packing] # S0: contact support.\noutcome = \"not_possible\"";
const AWAITING: &str =
    "[cancellation.awaiting_payment] # It closes by itself (S4).\noutcome = \"not_possible\"";

#[test]
fn the_same_policy_changes_nothing() {
    assert_eq!(effects(&shipped(), policy("tepai")), []);
}

#[test]
fn what_was_possible_in_a_state_that_the_order_was_in_counts_and_no_other() {
    let by_request = "[cancellation.unpacked]\noutcome = \"by_request\"";
    let stricter = with(UNPACKED, by_request);
    assert_eq!(effects(&shipped(), &stricter), [PolicyEffect::CancelHarder]);
    let packing = with(PACKING, "[cancellation.packing]\noutcome = \"by_request\"");
    assert_eq!(effects(&shipped(), &packing), [PolicyEffect::CancelEasier]);
    // It was paid in the moment it was placed: nobody saw it unpaid.
    let unpaid = with(
        AWAITING,
        "[cancellation.awaiting_payment]\noutcome = \"self_service\"",
    );
    assert_eq!(effects(&shipped(), &unpaid), []);
    let mut later = shipped();
    later.timeline[1].at += TimeDelta::minutes(5);
    assert_eq!(effects(&later, &unpaid), [PolicyEffect::CancelEasier]);
}

#[test]
fn a_cancel_that_a_window_would_have_closed_counts_as_harder() {
    let mut order = order(OrderState::Cancelled, "physical");
    order.timeline = vec![
        entry(&order, 0, TimelineEvent::Placed, Actor::Shopper),
        entry(&order, 1, TimelineEvent::Paid, Actor::Shopper),
        entry(&order, 90, TimelineEvent::Cancelled, Actor::Shopper),
    ];
    let hour = format!("{UNPACKED}\nwindow_minutes = 60");
    let within_an_hour = with(UNPACKED, &hour);
    assert_eq!(
        effects(&order, &within_an_hour),
        [PolicyEffect::CancelHarder]
    );
    order.timeline[2].at = order.placed_at + TimeDelta::minutes(30);
    assert_eq!(effects(&order, &within_an_hour), []);
    // Nor does it when nobody cancelled then.
    order.timeline[2].at = order.placed_at + TimeDelta::minutes(90);
    order.timeline[2].by = Actor::Seller;
    assert_eq!(effects(&order, &within_an_hour), []);
}

#[test]
fn a_cancel_that_would_have_counted_or_not_is_named() {
    let mut order = order(OrderState::Cancelled, "physical");
    order.timeline = vec![
        entry(&order, 0, TimelineEvent::Placed, Actor::Shopper),
        entry(&order, 1, TimelineEvent::Paid, Actor::Shopper),
        entry(&order, 40, TimelineEvent::Cancelled, Actor::Shopper),
    ];
    let hour = with("\ngrace_minutes = 30\n", "\ngrace_minutes = 60\n");
    assert_eq!(effects(&order, &hour), [PolicyEffect::CancelForgiven]);
    let held = order.would_change(&hour, policy("tepai"), calendar());
    assert_eq!(held, [PolicyEffect::CancelCounted]);
    if let Some(cancelled) = &mut order.body.cancelled {
        cancelled.by = CancelledBy::Seller;
    }
    assert_eq!(effects(&order, &hour), []);
}

/// Tepai's policy in which unpacked orders are cancelled on request only.
fn by_request() -> Policy {
    with(
        UNPACKED,
        "[cancellation.unpacked]\noutcome = \"by_request\"",
    )
}

#[test]
fn what_was_told_late_leads_back_to_no_state() {
    let mut order = shipped();
    // The warehouse was faster than the news of the payment.
    order.timeline = vec![
        entry(&order, 0, TimelineEvent::Placed, Actor::Shopper),
        entry(&order, 60, TimelineEvent::PackingStarted, Actor::Warehouse),
        entry(&order, 61, TimelineEvent::Paid, Actor::Shopper),
        entry(&order, 62, TimelineEvent::Confirmed, Actor::Seller),
        entry(&order, 120, TimelineEvent::Shipped, Actor::Warehouse),
    ];
    assert_eq!(effects(&order, &by_request()), []);
    // Nor does what the shop accepts before it is paid count as accepted.
    order.timeline[1] = entry(&order, 1, TimelineEvent::Confirmed, Actor::Seller);
    order.timeline[2].at = order.timeline[4].at;
    order.timeline.remove(3);
    assert_eq!(effects(&order, &by_request()), []);
}

#[test]
fn what_the_shop_held_before_it_was_paid_waits_for_the_shop_when_it_is() {
    let mut order = order(OrderState::PendingConfirmation, "physical");
    order.timeline = vec![
        entry(&order, 0, TimelineEvent::Placed, Actor::Shopper),
        entry(&order, 1, TimelineEvent::Held, Actor::Seller),
        entry(&order, 5, TimelineEvent::Paid, Actor::Shopper),
    ];
    assert_eq!(effects(&order, &by_request()), []);
    let pending = with(
        "[cancellation.pending_confirmation] # S1\noutcome = \"self_service\"",
        "[cancellation.pending_confirmation]\noutcome = \"by_request\"",
    );
    assert_eq!(effects(&order, &pending), [PolicyEffect::CancelHarder]);
}

#[test]
fn an_order_of_which_some_was_given_out_is_not_delivered_by_that() {
    let mut order = order(OrderState::Unpacked, "physical+issued");
    order.body.lines[0].cancelled_quantity = 1;
    order.timeline = vec![
        entry(&order, 0, TimelineEvent::Placed, Actor::Shopper),
        entry(&order, 1, TimelineEvent::Paid, Actor::Shopper),
        entry(&order, 30, TimelineEvent::Issued, Actor::Seller),
        entry(&order, 90, TimelineEvent::PartlyCancelled, Actor::Shopper),
    ];
    let within_an_hour = with(UNPACKED, &format!("{UNPACKED}\nwindow_minutes = 60"));
    assert_eq!(
        effects(&order, &within_an_hour),
        [PolicyEffect::CancelHarder]
    );
}

#[test]
fn the_time_to_ask_after_receipt_is_compared_once_something_was_received() {
    let shorter = with("\ndays = 7\n", "\ndays = 5\n");
    assert_eq!(effects(&shipped(), &shorter), []);
    let mut received = shipped();
    received.state = OrderState::Delivered;
    received.delivered_at = Some(received.placed_at + TimeDelta::days(2));
    assert_eq!(
        effects(&received, &shorter),
        [PolicyEffect::AfterSaleShorter]
    );
    let longer = with("\nfault_days = 15\n", "\nfault_days = 30\n");
    assert_eq!(effects(&received, &longer), [PolicyEffect::AfterSaleLonger]);
}

#[test]
fn a_refund_that_would_have_been_promised_for_another_day_is_named() {
    let order = cancel(
        &order(OrderState::Unpacked, "physical"),
        policy("tepai"),
        None,
    )
    .order;
    assert_eq!(order.refunds[0].channel, Channel::WechatPay);
    for (from, to, expected) in [
        (
            "starts_within = 3",
            "starts_within = 2",
            PolicyEffect::RefundEarlier,
        ),
        (
            "starts_within = 3",
            "starts_within = 4",
            PolicyEffect::RefundLater,
        ),
        (
            "arrives_from = 7",
            "arrives_from = 5",
            PolicyEffect::RefundEarlier,
        ),
        (
            "arrives_within = 10",
            "arrives_within = 9",
            PolicyEffect::RefundEarlier,
        ),
        (
            "arrives_within = 10",
            "arrives_within = 12",
            PolicyEffect::RefundLater,
        ),
    ] {
        let draft = policy_text("tepai").replacen(from, to, 1);
        let draft = with(policy_text("tepai"), &draft);
        assert_eq!(effects(&order, &draft), [expected], "{to}");
    }
}

#[test]
fn the_rules_that_differ_are_named_and_comments_are_none() {
    let before = policy_text("tepai").to_owned();
    let after = before
        .replace("\ndays = 7\n", "\ndays = 5 # fewer\n")
        .replace("version = \"2026-01\"", "version = \"2027-01\"")
        .replace("en = \"Another reason\"", "en = \"Other\"")
        .replace("partial = true\n", "");
    let change = |key: &str, before: &str, after: Option<&str>| RuleChange {
        key: key.to_owned(),
        before: Some(before.to_owned()),
        after: after.map(str::to_owned),
    };
    assert_eq!(
        changed_rules(&before, &after),
        [
            change("after_sale.days", "7", Some("5")),
            change("partial", "true", None),
            change(
                "reasons.other.label.en",
                "\"Another reason\"",
                Some("\"Other\"")
            ),
        ]
    );
    assert_eq!(changed_rules(&before, &before), []);
    let (gone, come) = (changed_rules(&before, "="), changed_rules("=", &before));
    assert_eq!(gone.len(), come.len());
    assert!(
        come.iter()
            .all(|rule| rule.before.is_none() && rule.after.is_some())
    );
}

#[test]
fn a_complaint_would_not_have_been_taken_or_would_have_had_other_dates() {
    let order = complained();
    assert_eq!(effects(&order, policy("tepai")), []);
    let none = Policy {
        complaints: None,
        ..policy("tepai").clone()
    };
    let refused = [PolicyEffect::ComplaintRefused];
    assert_eq!(effects(&order, &none), refused);
    assert_eq!(effects(&shipped(), &none), [], "nobody complained");
    let no_service = with("\"late\", \"service\"", "\"late\"");
    assert_eq!(effects(&order, &no_service), refused);
    // It was complained some hours after the last thing had happened.
    let mut long_ago = order.clone();
    for entry in &mut long_ago.timeline {
        if !entry.what.is_of_complaint() {
            entry.at -= TimeDelta::days(40);
        }
    }
    long_ago.placed_at -= TimeDelta::days(40);
    let month = |days: &str| with("\ndays = 365  ", &format!("\ndays = {days}  "));
    assert!(effects(&long_ago, &month("30")).contains(&PolicyEffect::ComplaintRefused));
    assert!(!effects(&long_ago, &month("60")).contains(&PolicyEffect::ComplaintRefused));
    // One that opened by itself because of a delay has the same limit, and no topic that anybody chose.
    long_ago.body.complaints[0].thread[0].what = ComplaintAct::OpenedByDelay;
    assert!(effects(&long_ago, &month("30")).contains(&PolicyEffect::ComplaintRefused));
    assert_eq!(effects(&long_ago, &no_service), []);
    for (from, sooner, later) in [
        (
            "confirm_hours = 24  ",
            "confirm_hours = 12  ",
            "confirm_hours = 48  ",
        ),
        (
            "propose_days = 7 ",
            "propose_days = 5 ",
            "propose_days = 9 ",
        ),
        (
            "supervisor_days = 3 ",
            "supervisor_days = 2 ",
            "supervisor_days = 4 ",
        ),
    ] {
        assert_eq!(
            effects(&order, &with(from, sooner)),
            [PolicyEffect::ComplaintSooner]
        );
        assert_eq!(
            effects(&order, &with(from, later)),
            [PolicyEffect::ComplaintLater]
        );
    }
    let shopper_s = with("answer_days = 7 ", "answer_days = 9 ");
    assert_eq!(
        effects(&order, &shopper_s),
        [],
        "that is the shopper's time"
    );
}

#[test]
fn what_was_proposed_would_have_taken_another_number_of_people() {
    let proposed = in_state(ComplaintState::Proposed);
    let strict = with(
        "two_approve_above = 50000\nevidence",
        "two_approve_above = 499\nevidence",
    );
    assert_eq!(
        effects(&proposed, &strict),
        [PolicyEffect::ProposalTwoApprove]
    );
    assert_eq!(effects(&complained(), &strict), [], "nothing was proposed");
    let under_strict = complained_under(strict.complaints.as_ref().unwrap(), ComplaintWish::Refund);
    let drafted = done(&under_strict, Some("wang"), &refund(&under_strict, 500));
    let relaxed = policy("tepai");
    assert_eq!(
        effects(&drafted, relaxed),
        [PolicyEffect::ProposalOneApproves]
    );
}

#[test]
fn a_complaint_that_opened_by_itself_would_not_have_where_the_draft_does_not_say_so() {
    let mut order = complained();
    order.body.complaints[0].thread[0].what = ComplaintAct::OpenedByRule;
    let by_hand_only = with("after_dismissal = true", "after_dismissal = false");
    let refused = [PolicyEffect::ComplaintRefused];
    assert_eq!(effects(&order, &by_hand_only), refused);
    assert_eq!(effects(&complained(), &by_hand_only), [], "written by hand");
    let no_service = with("\"late\", \"service\"", "\"late\"");
    assert_eq!(effects(&order, &no_service), [], "nobody chose a topic");
}

#[test]
fn of_other_ways_for_a_refund_only_those_that_were_approved_are_counted() {
    let order = at_stage(ProviderStage::Failed(RefundFailure::AccountClosed));
    let (id, amount) = (order.refunds[0].id.clone(), order.refunds[0].amount.amount);
    let above = |amount: i64| Policy {
        two_approve_above: amount,
        ..policy("tepai").clone()
    };
    let counted = |order: &Order| {
        [(amount, amount - 1), (amount - 1, amount)]
            .map(|(held, draft)| order.would_change(&above(held), &above(draft), calendar()))
    };
    let asked = order
        .ask_way(&id, &card(), policy("tepai"), now())
        .unwrap()
        .unwrap()
        .order;
    let withdrawn = asked.withdraw_way(&id, now()).unwrap().unwrap().order;
    let declined = asked.decline_way(&id, "请先补充", now());
    let declined = declined.unwrap().unwrap().order;
    for order in [&order, &asked, &withdrawn, &declined] {
        assert_eq!(counted(order), [vec![], vec![]]);
    }
    let approved = asked.approve_way(&id, "wang", &above(amount), calendar(), now());
    let approved = approved.unwrap().unwrap().order;
    let both = [
        vec![PolicyEffect::TwoApprove],
        vec![PolicyEffect::OneApproves],
    ];
    assert_eq!(counted(&approved), both);
    // Nor is it forgotten when it failed and there is another wish.
    let mut failed = approved;
    failed.refunds[0].state = RefundState::Failed;
    let again = failed
        .ask_way(&id, &card(), policy("tepai"), now())
        .unwrap()
        .unwrap()
        .order;
    assert_eq!(counted(&again), both);
}
