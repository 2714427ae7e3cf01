//! Until when the shop decides what waits for it.

use chrono::TimeDelta;
use orders_domain::*;

use crate::refund_way::{asked, failed};
use crate::sample::*;

fn hours(count: i64) -> TimeDelta {
    TimeDelta::hours(count)
}

/// Tepai's policy as it was before it promised any time.
fn timeless() -> Policy {
    Policy {
        staff_hours: StaffHours::default(),
        ..policy("tepai").clone()
    }
}

fn due(order: &Order) -> Vec<(WorkKind, Option<Instant>)> {
    let work = work_of(order).into_iter();
    work.map(|work| (work.kind, work.due_at)).collect()
}

#[test]
fn both_shops_decide_within_a_day_and_on_another_way_within_two() {
    for shop in ["tepai", "wanfu"] {
        let expected = StaffHours {
            request: Some(24),
            confirm: Some(24),
            way: Some(48),
        };
        assert_eq!(policy(shop).staff_hours, expected, "{shop}");
    }
}

#[test]
fn each_time_may_be_left_out_and_none_is_absurd() {
    let without = |line: &str| policy_with("tepai", line, "");
    let staff =
        without("way_hours = 48     # another way for a refund, from when it is asked for\n");
    assert_eq!(
        (staff.staff_hours.request, staff.staff_hours.way),
        (Some(24), None)
    );
    for (key, from, to, reason) in [
        (
            "request_hours",
            "request_hours = 24",
            "request_hours = 0",
            "0 is not within 1 to 744",
        ),
        (
            "confirm_hours",
            "confirm_hours = 24 ",
            "confirm_hours = 745 ",
            "745 is not within 1 to 744",
        ),
        (
            "way_hours",
            "way_hours = 48",
            "way_hours = \"2 days\"",
            "must be a whole number",
        ),
        (
            "way_hour",
            "way_hours = 48",
            "way_hour = 48",
            "is not known here",
        ),
    ] {
        crate::policies::refused(from, to, &format!("staff.{key}"), reason);
    }
}

/// What happens to an unpaid order, each with the minute after placing; and the minute from which the shop's time to accept
/// it counts, `-` where none does.
const WAITS: &str = "
held@10                                    -
paid@5                                     -
paid@5 held@10                             10
held@10 paid@20                            20
paid@20 held@10                            20
held@20 paid@10                            20
held@10 delayed@15 paid@20                 20
paid@5 held@10 delayed@30                  10
paid@5 held@10 held@30                     10
paid@5 incomplete@10                       -
incomplete@10 paid@20                      -
paid@5 incomplete@10 address@40            40
paid@5 incomplete@10 held@40               40
paid@5 held@10 incomplete@20               -
paid@5 held@10 incomplete@20 address@40    40
paid@5 held@10 incomplete@20 delayed@30    30
paid@5 held@10 confirmed@20                -
paid@5 held@10 confirmed@20 held@40        40
paid@5 held@10 packing@20                  -
";

fn step(order: &Order, name: &str, at: Instant, policy: &Policy) -> Order {
    let held = |cause| ShopEvent::Held {
        cause,
        missing: vec![AddressField::Phone],
    };
    let event = match name {
        "address" => {
            let corrected = order.correct_address(address(), policy, at);
            return corrected.unwrap().order;
        }
        "paid" => ShopEvent::Paid {
            payments: vec![payment(Channel::WechatPay, order.body.amounts.total)],
        },
        "held" => held(PendingCause::NoCourier),
        "delayed" => held(PendingCause::SystemDelay),
        "incomplete" => held(PendingCause::IncompleteInfo),
        "confirmed" => ShopEvent::Confirmed,
        "packing" => ShopEvent::PackingStarted,
        other => panic!("{other}"),
    };
    let event = DatedEvent {
        occurred_at: at,
        event,
    };
    match order.apply(&event, policy, calendar(), now()).unwrap() {
        Applied::Changed(change) => change.order,
        Applied::Unchanged => order.clone(),
    }
}

/// The order after `steps`, by `policy`.
fn after(steps: &str, policy: &Policy) -> Order {
    let mut order = order(OrderState::AwaitingPayment, "physical");
    for one in steps.split_whitespace() {
        let (name, minute) = one.split_once('@').unwrap();
        let at = order.placed_at + minutes(minute.parse().unwrap());
        order = step(&order, name, at, policy);
    }
    order
}

#[test]
fn an_order_is_accepted_within_a_day_after_it_waits_for_nothing_but_the_shop() {
    for row in WAITS.trim().lines() {
        let (steps, from) = row.rsplit_once(' ').unwrap();
        let order = after(steps, policy("tepai"));
        let from = from.parse().ok().map(minutes);
        let expected = from.map(|from| order.placed_at + from + hours(24));
        assert_eq!(order.confirm_by(), expected, "{row}");
        // The queue has the same; what is not paid, or lacks something, is there without a time or not at all.
        let queued = due(&order).into_iter().find_map(|(_, due_at)| due_at);
        assert_eq!(queued, expected, "{row}");
        assert_eq!(after(steps, &timeless()).confirm_by(), None, "{row}");
    }
}

#[test]
fn what_waits_keeps_its_time_whatever_the_policy_says_later() {
    let waits = after("paid@5 held@10", policy("tepai"));
    let at = waits.placed_at + minutes(30);
    let sooner = policy_with("tepai", "confirm_hours = 24 #", "confirm_hours = 1 #");
    assert_eq!(
        step(&waits, "delayed", at, &sooner).confirm_by(),
        waits.confirm_by()
    );
    let text = serde_json::to_string(&waits.body).unwrap();
    assert_eq!(
        serde_json::from_str::<OrderBody>(&text).unwrap(),
        waits.body
    );
    // What was stored before there was a time has none.
    let old = after("paid@5 held@10", &timeless());
    let text = serde_json::to_string(&old.body).unwrap();
    assert!(!text.contains("until"), "{text}");
    assert_eq!(serde_json::from_str::<OrderBody>(&text).unwrap(), old.body);
    assert_eq!(due(&old), [(WorkKind::PendingConfirmation, None)]);
    // It gets none by waiting on for another cause; when it comes back to the shop, it waits anew.
    let delayed = step(&old, "delayed", at, policy("tepai"));
    assert_eq!(delayed.confirm_by(), None);
    let incomplete = step(&delayed, "incomplete", at + minutes(1), policy("tepai"));
    let corrected = step(&incomplete, "address", at + minutes(2), policy("tepai"));
    assert_eq!(corrected.confirm_by(), Some(at + minutes(2) + hours(24)));
}

#[test]
fn a_request_is_decided_within_a_day_after_it_is_made() {
    let order = order(OrderState::Unpacked, "physical");
    let asked = request(&order, policy("wanfu"), None).order;
    let until = Some(now() + hours(24));
    assert_eq!(asked.body.request.as_ref().unwrap().until, until);
    assert_eq!(due(&asked), [(WorkKind::CancellationRequest, until)]);
    let none = Policy {
        staff_hours: StaffHours::default(),
        ..policy("wanfu").clone()
    };
    let asked = request(&order, &none, None).order;
    assert_eq!(due(&asked), [(WorkKind::CancellationRequest, None)]);
    let text = serde_json::to_string(&asked.body).unwrap();
    assert!(!text.contains("until"), "{text}");
    assert_eq!(
        serde_json::from_str::<OrderBody>(&text).unwrap(),
        asked.body
    );
}

#[test]
fn a_wish_for_another_way_is_decided_within_two_days_however_many_have_to_agree() {
    let (order, id) = failed();
    let wishes = asked(&order, &id);
    let until = Some(now() + hours(48));
    assert_eq!(due(&wishes), [(WorkKind::RefundWay, until)]);
    let two = Policy {
        two_approve_above: 0,
        ..policy("tepai").clone()
    };
    let approved = wishes.approve_way(&id, "wang", &two, calendar(), now() + hours(20));
    let waits = approved.unwrap().unwrap().order;
    assert_eq!(due(&waits), [(WorkKind::RefundWay, until)]);
    // Asked once more, it has its own time.
    let declined = wishes
        .decline_way(&id, "x", now() + hours(1))
        .unwrap()
        .unwrap()
        .order;
    let way = wishes.refunds[0]
        .course
        .change
        .as_ref()
        .unwrap()
        .way
        .clone();
    let again = declined.ask_way(&id, &way, policy("tepai"), now() + hours(2));
    let again = again.unwrap().unwrap().order;
    assert_eq!(
        due(&again),
        [(WorkKind::RefundWay, Some(now() + hours(50)))]
    );
}

#[test]
fn orders_tell_what_another_time_would_have_been_and_the_look_says_so() {
    use PolicyEffect::{DecisionLater, DecisionSooner};
    let requested = requested();
    let held = after("paid@5 held@10 confirmed@20", policy("tepai"));
    let (failed, id) = failed();
    let wishes = asked(&failed, &id);
    let text = policy_text("tepai");
    for (order, from, to, expected) in [
        (
            &requested,
            "request_hours = 24",
            "request_hours = 12",
            Some(DecisionSooner),
        ),
        (
            &requested,
            "request_hours = 24",
            "# 24",
            Some(DecisionLater),
        ),
        (&requested, "way_hours = 48", "way_hours = 72", None),
        (
            &held,
            "confirm_hours = 24 #",
            "confirm_hours = 36 #",
            Some(DecisionLater),
        ),
        (&held, "request_hours = 24", "request_hours = 12", None),
        (
            &wishes,
            "way_hours = 48",
            "way_hours = 36",
            Some(DecisionSooner),
        ),
    ] {
        let changed = text.replacen(from, to, 1);
        let draft = Policy::parse("draft", &changed).unwrap();
        let found = order.would_change(policy("tepai"), &draft, calendar());
        assert_eq!(found, expected.into_iter().collect::<Vec<_>>(), "{to}");
        assert_eq!(
            not_compared(&changed_rules(text, &changed), &draft),
            Vec::<&RuleChange>::new()
        );
        // The other way round it is the other way round.
        let back = order.would_change(&draft, policy("tepai"), calendar());
        let opposite = expected.map(|one| match one {
            DecisionSooner => DecisionLater,
            _ => DecisionSooner,
        });
        assert_eq!(back, opposite.into_iter().collect::<Vec<_>>(), "{to}");
    }
}

/// An order whose shopper asks to cancel it.
fn requested() -> Order {
    let order = order(OrderState::Unpacked, "physical");
    request(&order, policy("wanfu"), None).order
}

/// The order with the complaint that opens so many hours after it was placed, if one does.
fn opened(order: &Order, rules: Option<&Complaints>, after: i64) -> Option<Order> {
    let now = order.placed_at + hours(after);
    let change = order.complain_of_broken_date(rules, now);
    change.map(|change| change.order)
}

#[test]
fn a_time_that_the_shop_lets_pass_is_complained_about_by_itself_once() {
    let rules = policy("tepai").complaints.as_ref();
    let requested = requested();
    let held = after("paid@5 held@60", policy("tepai"));
    // Both began to wait an hour after they were placed.
    for waits in [&requested, &held] {
        assert_eq!(opened(waits, rules, 24), None, "there is an hour left");
        let order = opened(waits, rules, 25).unwrap();
        let complaint = &order.body.complaints[0];
        assert_eq!(complaint.about, ComplaintAbout::default());
        assert_eq!(
            (complaint.topic, complaint.wish, complaint.wished),
            (ComplaintTopic::Late, ComplaintWish::Explanation, None)
        );
        let first = &complaint.thread[0];
        assert_eq!(
            (first.what, first.by),
            (ComplaintAct::OpenedByBrokenDate, Actor::System)
        );
        let last = order.timeline.last().unwrap();
        assert_eq!(
            (last.what, last.by),
            (TimelineEvent::ComplaintOpened, Actor::System)
        );
        // It waits as before, and is not complained about again: neither now nor when that is over.
        assert_eq!(due(&order)[0], due(waits)[0]);
        assert_eq!(opened(&order, rules, 30), None);
        let mut over = order.clone();
        over.body.complaints[0].state = ComplaintState::Closed;
        assert_eq!(opened(&over, rules, 30), None);
        // A shop that does not say so does not.
        let silent = policy_with("tepai", "broken_dates = true ", "# ");
        assert_eq!(opened(waits, silent.complaints.as_ref(), 25), None);
        assert_eq!(opened(waits, None, 25), None);
        // What nobody can complain about any more does not begin to be when the rule is new.
        assert!(opened(waits, rules, 25 + 365 * 24 - 1).is_some());
        assert_eq!(opened(waits, rules, 25 + 365 * 24), None);
    }
    let few = policy_with("tepai", "topics = [\"late\", ", "topics = [");
    let other = opened(&held, few.complaints.as_ref(), 25).unwrap();
    assert_eq!(other.body.complaints[0].topic, ComplaintTopic::Other);
}

#[test]
fn nobody_complains_by_itself_of_what_was_decided_has_no_time_or_has_its_complaint() {
    let rules = policy("tepai").complaints.as_ref();
    let requested = requested();
    let (failed, id) = failed();
    for over in [
        requested.withdraw_request(now()).unwrap().order,
        changed(&requested, ShopEvent::CancellationApproved).order,
        after("paid@5 held@60 confirmed@60", policy("tepai")),
        after("paid@5 incomplete@60", policy("tepai")),
        after("paid@5 held@60", &timeless()),
        // The money is owed anyway, and its own delay is complained about.
        asked(&failed, &id),
    ] {
        assert_eq!(opened(&over, rules, 1_000), None, "{:?}", over.state);
    }
    let own = ComplaintIntent {
        about: ComplaintAbout::default(),
        topic: ComplaintTopic::Late,
        wish: ComplaintWish::Apology,
        amount: None,
        text: "太慢".to_owned(),
        evidence: Vec::new(),
    };
    let complained = |order: &Order, at: Instant| order.complain(&own, rules, at).unwrap().order;
    assert_eq!(
        opened(&complained(&requested, now() + hours(2)), rules, 25),
        None
    );
    // One of before counts while it is under way; when it was over, the request is another matter.
    let before = complained(&order(OrderState::Unpacked, "physical"), now() - hours(1));
    let mut waits = request(&before, policy("wanfu"), None).order;
    assert_eq!(opened(&waits, rules, 25), None);
    waits.body.complaints[0].state = ComplaintState::Withdrawn;
    assert_eq!(opened(&waits, rules, 25).unwrap().body.complaints.len(), 2);
    // Held again after it was accepted, an order waits anew.
    let first = after("paid@5 held@10", policy("tepai"));
    let mut late = opened(&first, rules, 25).unwrap();
    late.body.complaints[0].state = ComplaintState::Resolved;
    let again = |order: &Order, what: &str, after: i64| {
        let event = DatedEvent {
            occurred_at: first.placed_at + hours(after),
            event: if what == "held" {
                ShopEvent::Held {
                    cause: PendingCause::SystemDelay,
                    missing: vec![],
                }
            } else {
                ShopEvent::Confirmed
            },
        };
        let at = first.placed_at + hours(after);
        match order
            .apply(&event, policy("tepai"), calendar(), at)
            .unwrap()
        {
            Applied::Changed(change) => change.order,
            Applied::Unchanged => panic!("{what}"),
        }
    };
    let anew = again(&again(&late, "confirmed", 30), "held", 40);
    assert_eq!(opened(&anew, rules, 63), None);
    assert_eq!(opened(&anew, rules, 64).unwrap().body.complaints.len(), 2);
}

#[test]
fn of_two_times_that_an_order_lets_pass_each_is_complained_about_once_the_other_is_over() {
    let rules = policy("tepai").complaints.as_ref();
    // Held, due an hour and a day after it was placed; and asked to be cancelled an hour later.
    let held = after("paid@5 held@60", policy("tepai"));
    let at = held.placed_at + hours(2);
    let asks = held.cancel(policy("wanfu"), calendar(), &intent(None), at);
    let Ok(CancelSuccess::Requested(both)) = asks else {
        panic!("{asks:?}");
    };
    let both = both.order;
    let placed = |after: i64| Some(held.placed_at + hours(after));
    assert_eq!(
        due(&both),
        [
            (WorkKind::CancellationRequest, placed(26)),
            (WorkKind::PendingConfirmation, placed(25)),
        ]
    );
    let mut first = opened(&both, rules, 25).unwrap();
    // While that one is under way, there is no other.
    assert_eq!(opened(&first, rules, 27), None);
    first.body.complaints[0].state = ComplaintState::Resolved;
    assert_eq!(
        opened(&first, rules, 25),
        None,
        "the hold was complained about"
    );
    let mut second = opened(&first, rules, 26).unwrap();
    assert_eq!(second.body.complaints.len(), 2);
    second.body.complaints[1].state = ComplaintState::Resolved;
    assert_eq!(opened(&second, rules, 100), None);
}

#[test]
fn a_complaint_that_was_over_before_an_order_was_held_is_another_matter() {
    let rules = policy("tepai").complaints.as_ref();
    let own = ComplaintIntent {
        about: ComplaintAbout::default(),
        topic: ComplaintTopic::Late,
        wish: ComplaintWish::Explanation,
        amount: None,
        text: "太慢".to_owned(),
        evidence: Vec::new(),
    };
    let paid = after("paid@5", policy("tepai"));
    let at = |after: i64| paid.placed_at + minutes(after);
    let mut complained = paid.complain(&own, rules, at(10)).unwrap().order;
    complained.body.complaints[0].state = ComplaintState::Withdrawn;
    let held = step(&complained, "held", at(30), policy("tepai"));
    assert_eq!(opened(&held, rules, 24), None);
    assert!(opened(&held, rules, 25).is_some());
}
