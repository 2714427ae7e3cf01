//! Of every rule that a draft may change, orders tell what it would have done, or the look says that they do not.

use chrono::TimeDelta;
use orders_domain::*;

use crate::after_sale::{approve, delivered, moved, opened, photo, reject, some, unwanted, wish};
use crate::complaints::{complained, in_state};
use crate::sample::*;

/// The rule by which large decisions take two, and the table of tepai's that has it.
const TWO: &str = "staff.two_approve_above";
const STAFF: &str = "[staff] # Ours: above so many fen, it is carried out when a second one agrees.\ntwo_approve_above = 50000\n# Ours: within so many hours, nights and holidays included, one of them decides; until when, the shopper is told.\nrequest_hours = 24 # a request to cancel, from when it is made\nconfirm_hours = 24 # whether an order that waits is accepted, from when it is paid and waits for nothing but the shop\nway_hours = 48     # another way for a refund, from when it is asked for";

/// Tepai's policy with `from` written as `to`, as text.
fn text_with(from: &str, to: &str) -> String {
    let text = policy_text("tepai");
    assert!(text.contains(from), "tepai.toml has no {from:?}");
    text.replacen(from, to, 1)
}

/// What the look says about an order of tepai's, and the rules that it says it does not compare.
fn look(order: &Order, draft: &str) -> (Vec<PolicyEffect>, Vec<String>) {
    look_between(order, policy_text("tepai"), draft)
}

/// The same of an order that another policy held for.
fn look_between(order: &Order, held: &str, draft: &str) -> (Vec<PolicyEffect>, Vec<String>) {
    let changes = changed_rules(held, draft);
    let [held, draft] = [held, draft].map(|text| Policy::parse("a policy", text).unwrap());
    let silent = not_compared(&changes, &draft).into_iter();
    (
        order.would_change(&held, &draft, calendar()),
        silent.map(|rule| rule.key.clone()).collect(),
    )
}

/// Tepai's policy with exceptions to what may be done before the warehouse starts.
fn with_exceptions(exceptions: &[(&str, &str)]) -> String {
    let one = |(line_trait, outcome): &(&str, &str)| {
        format!(
            "[[exceptions]]\nline_trait = \"{line_trait}\"\nstates = [\"unpacked\"]\n{outcome}\n\n"
        )
    };
    let all: String = exceptions.iter().map(one).collect();
    let before = "[cancellation.packing] # S0";
    text_with(before, &format!("{all}{before}"))
}

/// An order of such lines that was paid at once.
fn paid(lines: &str) -> Order {
    let mut order = order(OrderState::Unpacked, lines);
    let entry = |what| TimelineEntry {
        at: order.placed_at,
        what,
        by: Actor::Shopper,
        detail: None,
    };
    order.timeline = vec![entry(TimelineEvent::Placed), entry(TimelineEvent::Paid)];
    order
}

/// An order that its shopper cancelled 40 minutes after placing it, with so many late cancels before it.
fn late_after(before: i64) -> Order {
    let mut order = order(OrderState::Cancelled, "physical");
    let entry = |minutes: i64, what: TimelineEvent| TimelineEntry {
        at: order.placed_at + TimeDelta::minutes(minutes),
        what,
        by: Actor::Shopper,
        detail: None,
    };
    order.timeline = vec![
        entry(0, TimelineEvent::Placed),
        entry(1, TimelineEvent::Paid),
        entry(40, TimelineEvent::Cancelled),
    ];
    let at = order.placed_at + TimeDelta::minutes(40);
    order.marks = (0..=before)
        .map(|number| Mark {
            number: number + 1,
            // The last is its own; those before are a day and more ago.
            at: if number == before {
                at
            } else {
                at - TimeDelta::days(2) + TimeDelta::minutes(number)
            },
            what: MarkKind::LateCancel,
            order: if number == before {
                order.id.clone()
            } else {
                OrderId(format!("o-before-{number}"))
            },
        })
        .collect();
    order
}

/// An order with a case of two opened cups.
fn with_case() -> Order {
    let mut asked = unwanted(&[some("a", 2)]);
    asked.condition = Some(Condition::Opened);
    opened(&delivered("physical"), &asked)
}

fn silent(order: &Order) -> Order {
    let due = order.next_case_deadline().unwrap();
    let over = order.case_time_over(policy("tepai"), calendar(), due);
    over.unwrap().order
}

#[test]
fn each_rule_that_is_compared_shows_in_an_order_that_it_was_used_on() {
    use PolicyEffect as E;
    let rejected = moved(&with_case(), &reject()).unwrap();
    let appealed = moved(
        &rejected,
        &CaseMove::Appeal {
            why: "请看新照片".to_owned(),
            evidence: vec![photo("photo-2")],
        },
    );
    let faulty = wish(CaseKind::RefundOnly, "quality", &[some("a", 1)]);
    let faulty = opened(&delivered("physical"), &faulty);
    let left = silent(&faulty);
    let proposed = in_state(ComplaintState::Proposed);
    let mut sent = cancel(
        &order(OrderState::Unpacked, "physical"),
        policy("tepai"),
        None,
    )
    .order;
    sent.refunds[0].course.sent_at = Some(now());
    let cancelled = cancel(
        &order(OrderState::Unpacked, "physical"),
        policy("tepai"),
        None,
    )
    .order;
    let reason = cancelled.body.cancelled.as_ref().unwrap().reason.clone();
    let packing = {
        let mut order = order(OrderState::Packing, "physical");
        let entry = |minutes: i64, what| TimelineEntry {
            at: order.placed_at + TimeDelta::minutes(minutes),
            what,
            by: Actor::Warehouse,
            detail: None,
        };
        order.timeline = vec![
            entry(0, TimelineEvent::Placed),
            entry(0, TimelineEvent::Paid),
            entry(60, TimelineEvent::PackingStarted),
        ];
        order
    };
    let dismissed = {
        let why = "超出范围".to_owned();
        let change = moved(&appealed.clone().unwrap(), &CaseMove::Dismiss { why });
        change.unwrap()
    };
    let appealed = appealed.unwrap();
    let sent_back = moved(&with_case(), &approve()).unwrap();
    let (warned, limited) = (late_after(20), late_after(22));
    let silence = ("silence = \"approve\"", "silence = \"escalate\"");
    let table: &[(&Order, (&str, &str), &[E])] = &[
        // Cancelling.
        (
            &packing,
            ("partial = true", "partial = false"),
            &[E::CancelHarder],
        ),
        (
            &packing,
            (
                "[cancellation.packing] # S0: contact support.\noutcome = \"not_possible\"\nnext_steps = [\"contact_support\"]",
                "[cancellation.packing]\noutcome = \"not_possible\"\nnext_steps = [\"request_return\", \"contact_support\"]",
            ),
            &[E::CancelAdvice],
        ),
        (
            &cancelled,
            (&format!("code = \"{reason}\""), "code = \"another\""),
            &[E::ReasonRefused],
        ),
        // Cancelling too often.
        (&warned, ("free = 20", "free = 21"), &[E::LadderMilder]),
        (
            &warned,
            ("\nwarn_at = 1", "\nwarn_at = 2"),
            &[E::LadderMilder],
        ),
        (
            &warned,
            ("forget_days = 30", "forget_days = 1"),
            &[E::LadderMilder],
        ),
        (&warned, ("free = 20", "free = 10"), &[E::CancelHarder]),
        (
            &limited,
            ("limit_at = 3", "limit_at = 4"),
            &[E::LadderMilder],
        ),
        (
            &limited,
            ("limit_at = 3", "limit_at = 2"),
            &[E::CancelHarder],
        ),
        (
            &limited,
            ("limit_days = 30", "limit_days = 10"),
            &[E::LadderMilder],
        ),
        (
            &limited,
            ("limit_days = 30", "limit_days = 40"),
            &[E::LadderStricter],
        ),
        // Refunds.
        (
            &sent,
            (
                "arrives_within = 10",
                "arrives_within = 10\nprocessed_within = 5",
            ),
            &[E::RefundEarlier],
        ),
        // Cases.
        (&with_case(), ("opened = 10", "opened = 20"), &[E::CaseLess]),
        (&with_case(), ("opened = 10", "opened = 5"), &[E::CaseMore]),
        (&with_case(), ("opened = 10\n", "\n"), &[E::CaseRefused]),
        (
            &with_case(),
            ("merchant_hours = 48", "merchant_hours = 24"),
            &[E::CaseTimeShorter],
        ),
        (
            &appealed,
            ("staff_hours = 72", "staff_hours = 96"),
            &[E::CaseTimeLonger],
        ),
        (
            &sent_back,
            ("return_days = 7", "return_days = 9"),
            &[E::CaseTimeLonger],
        ),
        (
            &rejected,
            ("appeal_days = 7", "appeal_days = 3"),
            &[E::CaseTimeShorter],
        ),
        (&left, silence, &[E::SilenceOtherwise]),
        (
            &faulty,
            (
                "evidence_at_once = 9\n\n[after_sale.deductions]",
                "evidence_at_once = 1\n\n[after_sale.deductions]",
            ),
            &[],
        ),
        (
            &faulty,
            ("code = \"quality\"", "code = \"broken\""),
            // Without its reason it counts as one without a fault of the seller, and is in time all the same.
            &[E::CaseRefused],
        ),
        (
            &faulty,
            (
                "kinds = [\"refund_only\", \"return_and_refund\"]",
                "kinds = [\"return_and_refund\"]",
            ),
            &[E::CaseRefused],
        ),
        // Complaints.
        (
            &proposed,
            ("answer_days = 7", "answer_days = 5"),
            &[E::AnswerShorter],
        ),
        (
            &proposed,
            ("answer_days = 7", "answer_days = 9"),
            &[E::AnswerLonger],
        ),
    ];
    for (order, (from, to), expected) in table {
        let (effects, silent) = look(order, &text_with(from, to));
        assert_eq!(effects, *expected, "{to}");
        // A code that is another is one rule less and one more; what is new nobody has chosen.
        let new = silent.iter().all(|key| key.ends_with(".code"));
        assert!(new, "{to}: {silent:?}");
    }
    let by_hand = text_with("after_dismissal = true", "after_dismissal = false");
    let by_hand = Policy::parse("held", &by_hand).unwrap();
    let opens = dismissed.would_change(&by_hand, policy("tepai"), calendar());
    assert_eq!(opens, [E::ComplaintOpens]);
    let mut granted = complained();
    let entry = granted.body.complaints[0].thread[0].clone();
    granted.body.complaints[0].thread.push(ComplaintEntry {
        by: Actor::System,
        what: ComplaintAct::GrantedBySilence,
        ..entry
    });
    let (effects, silent) = look(
        &granted,
        &text_with("silence = \"grant\"", "silence = \"outside\""),
    );
    assert_eq!(effects, [E::SilenceOtherwise]);
    assert!(silent.is_empty());
}

/// Where parts are cancelled, what can be cancelled of an order is more than whether anything can.
#[test]
fn each_line_of_a_mixed_order_is_compared() {
    use PolicyEffect as E;
    let no = |reason: &str| format!("outcome = \"not_possible\"\nreason = \"{reason}\"");
    let (locked, issued) = (no("stock_locked"), no("issued"));
    let by_request = "outcome = \"by_request\"";
    let none = policy_text("tepai").to_owned();
    let stays = with_exceptions(&[("presale", &locked)]);
    let otherwise = with_exceptions(&[("presale", &issued)]);
    let both_ask = with_exceptions(&[("presale", by_request), ("custom", by_request)]);
    let one_asks = with_exceptions(&[("presale", by_request)]);
    for (lines, held, draft, expected) in [
        ("physical+presale", &none, &stays, &[E::CancelHarder][..]),
        ("physical+presale", &stays, &none, &[E::CancelEasier]),
        ("physical+presale", &stays, &otherwise, &[E::CancelAdvice]),
        ("presale+custom", &both_ask, &one_asks, &[E::CancelEasier]),
        ("presale+custom", &one_asks, &both_ask, &[E::CancelHarder]),
        ("physical+custom", &none, &stays, &[]),
    ] {
        let (effects, silent) = look_between(&paid(lines), held, draft);
        assert_eq!(effects, expected, "{lines}: {draft}");
        assert!(silent.is_empty(), "{silent:?}");
        // Where it is cancelled whole or not at all, the strictest line decides alone.
        let [held, draft] = [held, draft].map(|text| {
            let whole = text.replacen("partial = true", "partial = false", 1);
            Policy::parse("whole", &whole).unwrap()
        });
        let whole = paid(lines).would_change(&held, &draft, calendar());
        let one_decides = !lines.starts_with("presale");
        assert_eq!(whole, if one_decides { expected } else { &[] }, "{lines}");
    }
}

#[test]
fn what_happened_otherwise_is_not_counted() {
    // The merchant answered: what silence leads to made no difference, nor the time to appeal without a rejection.
    let answered = moved(&with_case(), &approve()).unwrap();
    for (from, to) in [
        ("silence = \"approve\"", "silence = \"escalate\""),
        ("appeal_days = 7", "appeal_days = 3"),
        ("staff_hours = 72", "staff_hours = 96"),
        ("unused = 0", "unused = 5"),
    ] {
        let (effects, silent) = look(&answered, &text_with(from, to));
        assert!(effects.is_empty() && silent.is_empty(), "{to}: {effects:?}");
    }
    // An ordinary cancel leads to nothing, however soon a limit would begin.
    let (effects, _) = look(&late_after(3), &text_with("limit_at = 3", "limit_at = 2"));
    assert_eq!(effects, []);
    assert_eq!(
        look(
            &complained(),
            &text_with("answer_days = 7", "answer_days = 5")
        )
        .0,
        []
    );
}

#[test]
fn rules_of_which_past_orders_do_not_tell_are_named() {
    for ((from, to), named) in [
        // Nobody was refused on record.
        (("\ndays = 365 ", "\ndays = 400 "), "complaints.days"),
        (("topics = [\"late\", ", "topics = ["), ""),
        (
            (
                "[after_sale.deductions]",
                "[after_sale.deductions]\nused = 50",
            ),
            "after_sale.deductions.used",
        ),
        (
            (
                "kinds = [\"return_and_refund\"]",
                "kinds = [\"return_and_refund\", \"refund_only\"]",
            ),
            "after_sale.reasons.no_longer_wanted.kinds",
        ),
        (
            (
                "kinds = [\"refund_only\", \"return_and_refund\"]\nseller_fault = true\nevidence = true",
                "kinds = [\"refund_only\", \"return_and_refund\"]\nseller_fault = true",
            ),
            "after_sale.reasons.quality.evidence",
        ),
        (
            (
                "[[reasons]]",
                "[[reasons]]\ncode = \"new\"\nlabel = { zh-CN = \"新\", en = \"New\" }\n\n[[reasons]]",
            ),
            "reasons.new.code",
        ),
        (
            ("note_required = true\n", ""),
            "reasons.other.note_required",
        ),
        // Words, and who to reach.
        (
            ("en = \"Another reason\"", "en = \"Other\""),
            "reasons.other.label.en",
        ),
        (("400-820-0403", "400-820-0404"), "support.phone"),
        // What is shown only when something else has happened, or after the end.
        (
            (
                "[cancellation.unpacked] # S0\noutcome = \"self_service\"\nnext_steps = [",
                "[cancellation.unpacked]\noutcome = \"self_service\"\nnext_steps = [\"request_return\", ",
            ),
            "cancellation.unpacked.next_steps",
        ),
        (
            (
                "next_steps = [\"follow_refund\", \"contact_support\"]",
                "next_steps = [\"contact_support\"]",
            ),
            "cancellation.cancelled.next_steps",
        ),
        // Of what one person granted nobody knows whether it was in the console.
        ((STAFF, "[staff]\ntwo_approve_above = 40000"), TWO),
        ((STAFF, "[staff]\ntwo_approve_above = 60000"), ""),
        ((STAFF, ""), ""),
        (
            ("utc_offset = \"+08:00\"", "utc_offset = \"+09:00\""),
            "utc_offset",
        ),
        (
            ("refused_parcel = true\n", ""),
            "after_sale.reasons.refused_parcel.refused_parcel",
        ),
    ] {
        let (_, silent) = look(&with_case(), &text_with(from, to));
        let named: Vec<_> = Some(named)
            .filter(|named| !named.is_empty())
            .into_iter()
            .collect();
        assert_eq!(silent, named, "{to}");
    }
    // Who came after a window had closed went away; who came before a shorter one has, is on record.
    let window = |minutes: &str| {
        let unpacked = "[cancellation.unpacked] # S0\noutcome = \"self_service\"";
        text_with(unpacked, &format!("{unpacked}{minutes}"))
    };
    let [hour, longer, none] = ["\nwindow_minutes = 60", "\nwindow_minutes = 90", ""].map(window);
    let named = &["cancellation.unpacked.window_minutes"][..];
    for (held, draft, expected) in [
        (&hour, &longer, named),
        (&hour, &none, named),
        (&longer, &hour, &[]),
        (&none, &hour, &[]),
    ] {
        let (_, silent) = look_between(&with_case(), held, draft);
        assert_eq!(silent, expected);
    }
    // Where nothing was counted, the whole ladder is new.
    let text = policy_text("tepai");
    let (before, rest) = text.split_once("[abuse]").unwrap();
    let (_, after) = rest.split_once("\n\n").unwrap();
    let changes = changed_rules(&format!("{before}{after}"), text);
    let silent: Vec<_> = not_compared(&changes, policy("tepai"))
        .into_iter()
        .map(|rule| rule.key.as_str())
        .collect();
    assert_eq!(
        silent,
        [
            "abuse.forget_days",
            "abuse.free",
            "abuse.limit_at",
            "abuse.limit_days",
            "abuse.warn_at"
        ]
    );
}

#[test]
fn a_rule_that_nobody_knows_is_not_compared() {
    for key in [
        "whatever",
        "complaints.whatever",
        "cancellation.unpacked.whatever",
    ] {
        let change = RuleChange {
            key: key.to_owned(),
            before: Some("1".to_owned()),
            after: Some("2".to_owned()),
        };
        assert!(!change.is_compared(policy("tepai")), "{key}");
    }
}
