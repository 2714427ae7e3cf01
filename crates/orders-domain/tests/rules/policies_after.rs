//! Mistakes in what a policy says of refunds and after-sale cases, and what older policies do not say.

use orders_domain::*;

use crate::policies::refused;

#[test]
fn what_older_policies_do_not_say_is_as_strict_as_can_be() {
    let text = crate::sample::policy_text("tepai");
    let (before, _) = text.split_once("[other_way]").unwrap();
    let policy = Policy::parse("old.toml", before).unwrap();
    assert_eq!(policy.two_approve_above, 0);
    assert_eq!(policy.approvals_needed(1), 2);
    // But a decision that one person could make then, one person still can.
    assert_eq!(policy.decisions_two_approve_above, None);
    assert!(!policy.decision_takes_two(i64::MAX));
    // And nobody was promised a time.
    assert_eq!(policy.staff_hours, StaffHours::default());
    // What is left of the way when a refund starts on the last day.
    let clock = policy.clock(Channel::WechatPay);
    assert_eq!((clock.processed_from, clock.processed_within), (4, 7));
}

#[test]
fn mistakes_about_after_sale_cases_are_named() {
    let key = |key: &str| format!("after_sale.{key}");
    refused(
        "fault_days = 15",
        "fault_days = 6",
        &key("fault_days"),
        "is shorter than days",
    );
    refused(
        "merchant_hours = 48",
        "merchant_hours = 0",
        &key("merchant_hours"),
        "0 is not within 1 to 8784",
    );
    // More than a shopper may have waiting could never be sent.
    refused(
        "evidence_at_once = 9",
        "evidence_at_once = 21",
        &key("evidence_at_once"),
        "21 is not within 1 to 20",
    );
    let unknown = "unknown consequence \"shrug\"";
    refused(
        "silence = \"approve\"",
        "silence = \"shrug\"",
        &key("silence"),
        unknown,
    );
    refused(
        "opened = 10",
        "opened = 101",
        &key("deductions.opened"),
        "101 is not within 0 to 100",
    );
    refused(
        "opened = 10",
        "burnt = 10",
        &key("deductions.burnt"),
        "is not known here",
    );
    let reason = "code = \"no_longer_wanted\"";
    refused(
        reason,
        "code = \"quality\"",
        &key("reasons[1].code"),
        "\"quality\" is there twice",
    );
    refused(
        "refused_parcel = true",
        "refused = true",
        &key("reasons[4].refused"),
        "is not known here",
    );
}

#[test]
fn mistakes_about_another_way_and_about_processing_are_named() {
    let amount = "two_approve_above = 50000";
    let key = "other_way.two_approve_above";
    refused(amount, "two_approve_above = -1", key, "-1 is negative");
    refused(
        amount,
        "two_approve_above = true",
        key,
        "must be a whole number",
    );
    refused(amount, "", key, "is missing");
    refused(
        amount,
        "two_approve_above = 1\nthree = 1",
        "other_way.three",
        "is not known here",
    );
    let staff = "agrees.\ntwo_approve_above = 50000";
    for (written, key, why) in [
        (
            "two_approve_above = -1",
            "staff.two_approve_above",
            "-1 is negative",
        ),
        ("", "staff.two_approve_above", "is missing"),
        (
            "two_approve_above = 1\nthree = 1",
            "staff.three",
            "is not known here",
        ),
    ] {
        refused(staff, &format!("agrees.\n{written}"), key, why);
    }
    let clock = "starts_within = 3\narrives_from = 7\narrives_within = 10\n\n[refunds.alipay]";
    let with = |more: &str| {
        format!(
            "starts_within = 3\narrives_from = 7\narrives_within = 10\n{more}\n[refunds.alipay]"
        )
    };
    refused(
        clock,
        &with("processed_within = 8"),
        "refunds.wechat_pay.processed_within",
        "is later than arrives_within when it starts on the last day",
    );
    refused(
        clock,
        &with("processed_from = 5\nprocessed_within = 4"),
        "refunds.wechat_pay.processed_from",
        "is later than processed_within",
    );
}

#[test]
fn a_complaint_about_a_late_refund_opens_while_one_may_complain() {
    let late = |days: &str| format!("late_refund_days = {days} ");
    for days in ["365", "366"] {
        refused(
            &late("14"),
            &late(days),
            "complaints.late_refund_days",
            "is not shorter than days",
        );
    }
    let text = crate::sample::policy_text("tepai").replacen(&late("14"), &late("364"), 1);
    assert!(Policy::parse("tepai.toml", &text).is_ok());
}
