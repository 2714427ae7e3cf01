//! Cancelling too often: what counts, what follows, and that all of it passes.

use std::sync::LazyLock;

use chrono::TimeDelta;
use orders_domain::*;
use proptest::prelude::*;

use crate::sample::*;

/// The policy of `shop`, with so few ordinary cancels as these tables count with.
fn policy(shop: &str) -> &'static Policy {
    static POLICIES: LazyLock<[Policy; 2]> = LazyLock::new(|| {
        [("tepai", "free = 4"), ("wanfu", "free = 6")]
            .map(|(shop, free)| policy_with(shop, "free = 20", free))
    });
    let mut all = POLICIES.iter();
    all.find(|policy| policy.shop.as_str() == shop)
        .expect("a shop")
}

fn abuse() -> &'static Abuse {
    policy("tepai").abuse.as_ref().expect("a ladder")
}

/// Late cancels so many hours ago, oldest first, at tepai.
fn cancelled(hours_ago: &[i64]) -> Vec<Mark> {
    cancelled_under(abuse(), hours_ago)
}

/// The same where another ladder holds.
fn cancelled_under(abuse: &Abuse, hours_ago: &[i64]) -> Vec<Mark> {
    let mut marks: Vec<Mark> = Vec::new();
    for (number, hours) in (1..).zip(hours_ago) {
        let at = now() - TimeDelta::hours(*hours);
        let counting = abuse.counting(&marks, at);
        let what = match counting.and_then(|counting| counting.leads_to) {
            None => MarkKind::LateCancel,
            Some(LadderStep::Warning) => MarkKind::WarnedCancel,
            Some(LadderStep::Limit) => MarkKind::LimitedCancel,
        };
        marks.push(Mark {
            number,
            at,
            what,
            order: OrderId(format!("o-{number}")),
        });
    }
    marks
}

fn unpacked(marks: Vec<Mark>) -> Order {
    let mut order = order(OrderState::Unpacked, "physical");
    order.marks = marks;
    order
}

/// Four are ordinary within thirty days, the fifth is warned about, the seventh begins the limit (tepai).
#[test]
fn late_cancels_count_beyond_the_ordinary_ones_and_are_forgotten() {
    for (days_ago, counted, warned, limited) in [
        (&[][..], 0, false, false),
        (&[0, 0, 0, 0], 0, false, false),
        (&[29, 20, 9, 3, 1], 1, true, false),
        (&[30, 20, 9, 3, 1], 0, false, false),
        (&[8, 7, 6, 5, 4, 3], 2, true, false),
        (&[8, 7, 6, 5, 4, 3, 2], 3, true, true),
        // The limit stays though the first of them are forgotten …
        (&[40, 39, 38, 37, 36, 35, 29], 0, false, true),
        // … and when it is over, so is all that led to it.
        (&[36, 35, 34, 33, 32, 31, 30], 0, false, false),
        (&[36, 35, 34, 33, 32, 31, 31, 1], 0, false, false),
    ] {
        let hours: Vec<i64> = days_ago.iter().map(|days| days * 24).collect();
        let standing = abuse().standing(&cancelled(&hours), now());
        assert_eq!(standing.counted, counted, "{days_ago:?}");
        assert_eq!(standing.warned, warned, "{days_ago:?}");
        assert_eq!(standing.limited_until.is_some(), limited, "{days_ago:?}");
    }
}

#[test]
fn the_limit_lasts_as_many_days_as_the_policy_says_from_the_cancel_that_began_it() {
    let marks = cancelled(&[9, 8, 7, 6, 5, 4, 3]);
    let until = abuse().standing(&marks, now()).limited_until;
    let begun = now() - TimeDelta::hours(3);
    assert_eq!(until, Some(begun + TimeDelta::days(30)));
    let over = until.expect("a limit");
    assert_eq!(abuse().standing(&marks, over).limited_until, None);
    assert!(!abuse().standing(&marks, over).warned);
    let last = over - TimeDelta::milliseconds(1);
    assert_eq!(abuse().standing(&marks, last).limited_until, until);
}

#[test]
fn only_a_late_cancel_of_all_of_an_accepted_order_for_no_fault_of_the_shops_is_on_record() {
    let marked = |order: &Order, reason: &str, lines, at| {
        let intent = CancelIntent {
            reason: reason.to_owned(),
            note: Some("…".to_owned()),
            lines,
        };
        match order.cancel(policy("tepai"), calendar(), &intent, at) {
            Ok(CancelSuccess::Cancelled(change)) => change.order.marks.len(),
            other => panic!("{other:?}"),
        }
    };
    let order = unpacked(vec![]);
    assert_eq!(marked(&order, "changed_mind", None, now()), 1);
    assert_eq!(marked(&order, "other", None, now()), 1);
    for fault in ["too_slow", "description_mismatch"] {
        assert_eq!(marked(&order, fault, None, now()), 0, "{fault}");
    }
    let part = Some(vec![some("a", 1)]);
    assert_eq!(marked(&order, "changed_mind", part, now()), 0, "a part");
    let mut waits = order.clone();
    waits.state = OrderState::PendingConfirmation;
    assert_eq!(marked(&waits, "changed_mind", None, now()), 0, "it waited");
    let old = Policy {
        abuse: None,
        ..policy("tepai").clone()
    };
    let Ok(CancelSuccess::Cancelled(change)) = order.cancel(&old, calendar(), &intent(None), now())
    else {
        panic!("not cancelled");
    };
    assert_eq!(change.order.marks, [], "a policy without a ladder");
}

/// The slip of a moment begins when the order does: with the last of placing, paying and accepting (tepai: 30 minutes).
#[test]
fn a_slip_is_counted_from_when_the_order_was_placed_paid_and_accepted() {
    let placed = now() - TimeDelta::hours(6);
    let after = |hours: i64| placed + TimeDelta::hours(hours);
    let (held, accepted) = (TimelineEvent::Held, TimelineEvent::Confirmed);
    let packing = TimelineEvent::PackingStarted;
    for (paid, told, begun) in [
        (0, &[][..], 0),
        (2, &[], 2),
        // It never waited: the entry only says when the shop told us.
        (2, &[(5, accepted)], 2),
        // It waited for the shop, for the payment, and for the shop once more.
        (0, &[(0, held), (3, accepted)], 3),
        (2, &[(0, held), (1, accepted)], 2),
        (1, &[(1, held), (2, accepted), (3, held), (4, accepted)], 4),
        (1, &[(1, accepted), (3, held), (4, accepted)], 4),
        // What is being packed was accepted, if nobody said so before.
        (0, &[(0, held), (3, packing)], 3),
        (1, &[(1, held), (2, accepted), (3, held), (4, packing)], 4),
        (0, &[(0, held), (2, accepted), (5, packing)], 2),
        (0, &[(5, packing)], 0),
    ] {
        let mut order = unpacked(vec![]);
        order.placed_at = placed;
        order.paid_at = Some(after(paid));
        order.timeline = told
            .iter()
            .map(|(hours, what)| TimelineEntry {
                at: after(*hours),
                what: *what,
                by: Actor::Seller,
                detail: None,
            })
            .collect();
        let is_late = |at| order.is_late_cancel(policy("tepai"), "changed_mind", at);
        let slip = after(begun) + minutes(30);
        assert!(
            !is_late(slip - TimeDelta::milliseconds(1)),
            "{paid} {told:?}"
        );
        assert!(is_late(slip), "{paid} {told:?}");
    }
}

#[test]
fn what_the_seller_the_clock_or_staff_cancel_never_counts() {
    let sold_out = ShopEvent::SellerCancelled {
        reason: "out_of_stock".to_owned(),
        note: None,
    };
    let order = unpacked(cancelled(&[9, 8, 7, 6, 5, 4]));
    assert_eq!(changed(&order, sold_out).order.marks.len(), 6);
    let granted = requested(order.clone());
    let granted = granted.act_by_staff(
        &StaffAct::ApproveRequest,
        policy("tepai"),
        calendar(),
        now(),
    );
    assert_eq!(granted.expect("granted").order.marks.len(), 6);
    let mut unpaid = order;
    unpaid.state = OrderState::AwaitingPayment;
    unpaid.paid_at = None;
    unpaid.pay_by = Some(now());
    let closed = unpaid.close_unpaid(policy("tepai"), now());
    assert_eq!(closed.expect("closed").order.marks.len(), 6);
}

#[test]
fn the_shopper_is_told_beforehand_what_a_cancel_would_lead_to_and_told_when_it_does() {
    for (before, counting, told) in [
        (0, None, vec![]),
        (3, None, vec![]),
        (
            4,
            Some((1, Some(LadderStep::Warning))),
            vec!["cancel_warned"],
        ),
        (5, Some((2, None)), vec![]),
        (
            6,
            Some((3, Some(LadderStep::Limit))),
            vec!["cancel_limited"],
        ),
    ] {
        let order = unpacked(cancelled(&vec![9; before]));
        let quoted = order.counting(policy("tepai"), now());
        let quoted = quoted.map(|counting| (counting.counted, counting.leads_to));
        assert_eq!(quoted, counting, "{before}");
        let change = cancel(&order, policy("tepai"), None);
        let mut news = news(&change);
        news.retain(|what| what.starts_with("cancel_"));
        assert_eq!(news, told, "{before}");
        let told: Vec<_> = change.order.told(0..change.order.timeline.len());
        let said = |place: &usize| change.order.timeline[*place].what.code();
        let said = told
            .iter()
            .map(said)
            .filter(|what| what.starts_with("cancel_"));
        assert_eq!(said.count(), usize::from(!news.is_empty()), "{before}");
        let warned = |entry: &&TimelineEntry| entry.what == TimelineEvent::CancelWarned;
        let warned = change.order.timeline.iter().find(warned);
        let late = warned.and_then(|entry| entry.detail.as_deref());
        assert_eq!(
            late,
            (before == 4).then_some("5"),
            "how many there are, this one too"
        );
    }
}

/// With a limit, what the policy lets the shopper do at once staff decide, and nothing else changes: the button is where
/// it was.
#[test]
fn a_limit_has_staff_decide_what_would_be_at_once_and_takes_nothing_away() {
    let marks = cancelled(&[9, 8, 7, 6, 5, 4, 3]);
    for shop in ["tepai", "wanfu"] {
        let policy = policy(shop);
        let abuse = policy.abuse.as_ref().expect("a ladder");
        let limit_at = (abuse.free + abuse.limit_at) as usize;
        let marks = cancelled_under(abuse, &vec![9; limit_at]);
        for state in OrderState::ALL {
            for lines in ["physical", "one_tap", "custom", "issued", "one_tap+custom"] {
                let free = order(state, lines);
                let mut limited = free.clone();
                limited.marks.clone_from(&marks);
                let decided = free.cancellation(policy, now());
                let now_decided = limited.cancellation(policy, now());
                let at_once = matches!(decided, Cancellation::SelfService { .. });
                if at_once && state != OrderState::AwaitingPayment {
                    assert_eq!(now_decided, Cancellation::ByRequest, "{state:?} {lines}");
                    assert!(limited.limit(policy, now()).is_some());
                } else {
                    assert_eq!(now_decided, decided, "{shop} {state:?} {lines}");
                }
            }
        }
    }
    let order = unpacked(marks);
    let asked = request(&order, policy("tepai"), None).order;
    assert_eq!(asked.marks, order.marks, "a request never counts");
    let declined = StaffAct::DeclineRequest {
        note: "…".to_owned(),
    };
    let declined = asked.act_by_staff(&declined, policy("tepai"), calendar(), now());
    let declined = declined.expect("declined").order;
    assert!(matches!(
        declined.cancellation(policy("tepai"), now()),
        Cancellation::NotPossible {
            reason: NotPossibleReason::RequestDeclined,
            ..
        }
    ));
    let over = now() + TimeDelta::days(31);
    assert!(matches!(
        declined.cancellation(policy("tepai"), over),
        Cancellation::SelfService { .. }
    ));
}

/// A shop that becomes stricter holds nothing against anybody that was ordinary when they did it: there is a warning first.
#[test]
fn a_stricter_policy_warns_before_it_limits() {
    let generous = Abuse {
        free: 20,
        ..abuse().clone()
    };
    let marks = cancelled_under(&generous, &[9; 19]);
    let order = unpacked(marks);
    let standing = order.standing(policy("tepai"), now()).expect("a standing");
    assert_eq!((standing.counted, standing.warned), (15, false));
    assert_eq!(standing.limited_until, None);
    let warned = cancel(&order, policy("tepai"), None);
    assert!(
        news(&warned).contains(&"cancel_warned"),
        "{:?}",
        news(&warned)
    );
    let limited = cancel(&unpacked(warned.order.marks), policy("tepai"), None);
    assert!(
        news(&limited).contains(&"cancel_limited"),
        "{:?}",
        news(&limited)
    );
    // Nor does a stricter version limit who was limited by none: the generous one forgives.
    let forgiven = unpacked(limited.order.marks);
    assert!(forgiven.limit(policy("tepai"), now()).is_some());
    assert_eq!(
        generous.standing(&forgiven.marks, now()).limited_until,
        None
    );
}

#[test]
fn staff_lift_a_limit_once_and_with_it_all_that_led_to_it() {
    let lift = StaffAct::LiftLimit {
        note: "misunderstood".to_owned(),
    };
    let act = |order: &Order| order.act_by_staff(&lift, policy("tepai"), calendar(), now());
    assert_eq!(
        act(&unpacked(cancelled(&[9, 8, 7, 6, 5, 4]))),
        Err(StaffRefusal::NotLimited),
        "who was only warned is not limited"
    );
    let order = unpacked(cancelled(&[9, 8, 7, 6, 5, 4, 3]));
    assert!(
        order
            .open_to_staff(policy("tepai"), now())
            .contains(&Permission::LiftLimit)
    );
    let lifted = act(&order).expect("lifted");
    assert_eq!(news(&lifted), ["limit_lifted"]);
    assert_eq!(lifted.order.marks[7].number, 8);
    let standing = lifted.order.standing(policy("tepai"), now());
    let standing = standing.expect("a standing");
    assert_eq!((standing.late, standing.limited_until), (0, None));
    assert_eq!(act(&lifted.order), Err(StaffRefusal::NotLimited));
}

#[test]
fn a_ladder_with_a_mistake_is_refused() {
    for (from, to, key) in [
        ("\nwarn_at = 1\n", "\nwarn_at = 3\n", "abuse.limit_at"),
        ("\nwarn_at = 1\n", "\nwarn_at = 0\n", "abuse.warn_at"),
        (
            "\nlimit_days = 30\n",
            "\nlimit_days = 0\n",
            "abuse.limit_days",
        ),
        ("\nforget_days = 30\n", "\n", "abuse.forget_days"),
        ("[\"too_slow\", ", "[\"slow\", ", "abuse.never_counts"),
        (
            "\nlimit_at = 3\n",
            "\nlimit_at = 3\nmore = 1\n",
            "abuse.more",
        ),
    ] {
        let text = policy_text("tepai").replacen(from, to, 1);
        let refused = Policy::parse("p.toml", &text).expect_err("a mistake");
        assert_eq!(refused.key, key, "{to}");
    }
    let i = policy_text("tepai").find("[abuse]").expect("a ladder");
    let (before, rest) = policy_text("tepai").split_at(i);
    let after = &rest[rest.find("# A refund").expect("what follows")..];
    let old = Policy::parse("p.toml", &format!("{before}{after}"));
    assert_eq!(old.expect("an older version").abuse, None);
}

proptest! {
    /// Whoever never cancels more often than is ordinary within the days after which it is forgotten, is never warned of
    /// anything and never limited.
    #[test]
    fn ordinary_cancelling_never_counts(gaps in proptest::collection::vec(0_i64..400, 0..60)) {
        let abuse = abuse();
        let mut marks: Vec<Mark> = Vec::new();
        let mut at = now();
        for gap in gaps {
            at += TimeDelta::hours(gap);
            let recent = |mark: &&Mark| mark.at + TimeDelta::days(i64::from(abuse.forget_days)) > at;
            if marks.iter().filter(recent).count() < abuse.free as usize {
                let number = i64::try_from(marks.len()).unwrap() + 1;
                let order = OrderId::from("o");
                marks.push(Mark { number, at, what: MarkKind::LateCancel, order });
            }
            let standing = abuse.standing(&marks, at);
            prop_assert_eq!((standing.counted, standing.warned, standing.limited_until), (0, false, None));
        }
    }

    /// However often somebody cancels: they are warned before they are limited, a limit ends when it said it would, and
    /// once nothing has been cancelled for long enough nothing is held against them.
    #[test]
    fn the_warning_comes_first_and_everything_passes(gaps in proptest::collection::vec(0_i64..200, 1..80)) {
        let policy = policy("tepai");
        let abuse = abuse();
        let mut marks: Vec<Mark> = Vec::new();
        let mut at = now();
        let mut warned = false;
        for gap in gaps {
            at += TimeDelta::hours(gap);
            let mut order = unpacked(marks.clone());
            order.placed_at = at - TimeDelta::hours(1);
            let before = abuse.standing(&marks, at);
            warned &= before.warned;
            match order.cancel(policy, calendar(), &intent(None), at) {
                Ok(CancelSuccess::Cancelled(change)) => {
                    prop_assert_eq!(before.limited_until, None);
                    let news = news(&change);
                    warned |= news.contains(&"cancel_warned");
                    let limited = abuse.standing(&change.order.marks, at).limited_until;
                    prop_assert_eq!(limited.is_some(), news.contains(&"cancel_limited"));
                    prop_assert!(limited.is_none() || warned);
                    marks = change.order.marks;
                }
                Ok(CancelSuccess::Requested(_)) => prop_assert!(before.limited_until > Some(at)),
                Err(error) => prop_assert!(false, "{:?}", error),
            }
        }
        let days = i64::from(abuse.limit_days.max(abuse.forget_days));
        let standing = abuse.standing(&marks, at + TimeDelta::days(days));
        prop_assert_eq!((standing.late, standing.limited_until), (0, None));
    }
}
