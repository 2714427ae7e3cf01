//! The two policies that come with the program, and what is refused in a policy file.

use orders_domain::*;

use crate::sample::{day, instant, policy, policy_text};

#[test]
fn both_built_in_policies_are_valid_and_named_like_their_files() {
    for (file, text) in Policy::built_in() {
        let policy = Policy::parse(file, text).unwrap();
        assert_eq!(format!("{}.toml", policy.shop), file);
        assert_eq!(policy.utc_offset_minutes, 480);
        assert!(policy.reason("other").unwrap().note_required);
        for state in OrderState::ALL {
            assert!(
                policy
                    .rule(state)
                    .next_steps
                    .contains(&NextStep::ContactSupport)
            );
        }
    }
}

#[test]
fn refunds_take_as_long_as_the_sources_say() {
    let table = [
        ("tepai", Channel::WechatPay, (3, 7, 10)),
        ("tepai", Channel::Alipay, (3, 7, 10)),
        ("tepai", Channel::BankCard, (3, 7, 10)),
        ("tepai", Channel::Points, (0, 0, 0)),
        ("tepai", Channel::Coupon, (0, 0, 0)),
        ("wanfu", Channel::WechatPay, (1, 1, 3)),
        ("wanfu", Channel::Alipay, (1, 1, 3)),
        ("wanfu", Channel::BankCard, (1, 3, 5)),
    ];
    for (shop, channel, expected) in table {
        let clock = policy(shop).clock(channel);
        let found = (
            clock.starts_within,
            clock.arrives_from,
            clock.arrives_within,
        );
        assert_eq!(found, expected, "{shop} {channel:?}");
    }
}

#[test]
fn a_day_begins_at_midnight_in_beijing() {
    let policy = policy("tepai");
    assert_eq!(
        policy.day_of(instant("2026-02-02T15:59:59.999Z")),
        day("2026-02-02")
    );
    assert_eq!(
        policy.day_of(instant("2026-02-02T16:00:00Z")),
        day("2026-02-03")
    );
}

/// Replaces the first `from` in the file of tepai and expects the mistake.
pub fn refused(from: &str, to: &str, key: &str, reason: &str) {
    let text = policy_text("tepai");
    assert!(text.contains(from), "no {from:?} in tepai.toml");
    check(&text.replacen(from, to, 1), "tepai.toml", key, reason);
}

/// As `refused`, in the file of wanfu.
fn refused_in_wanfu(from: &str, to: &str, key: &str, reason: &str) {
    let text = policy_text("wanfu");
    assert!(text.contains(from), "no {from:?} in wanfu.toml");
    check(&text.replacen(from, to, 1), "wanfu.toml", key, reason);
}

fn check(text: &str, file: &str, key: &str, reason: &str) {
    let error = Policy::parse(file, text).unwrap_err();
    assert_eq!(error.to_string(), format!("{file}: {key}: {reason}"));
}

#[test]
fn mistakes_at_the_head_of_a_policy_are_named() {
    refused("shop = \"tepai\"", "", "shop", "is missing");
    refused(
        "shop = \"tepai\"",
        "shop = \"T P\"",
        "shop",
        "may only have the letters a to z and underscores",
    );
    refused("shop = \"tepai\"", "shop = 3", "shop", "must be text");
    refused(
        "version = \"2026-01\"",
        "version = \" \"",
        "version",
        "must not be empty",
    );
    for version in ["x".repeat(65), "2027\\n01".to_owned()] {
        refused(
            "version = \"2026-01\"",
            &format!("version = \"{version}\""),
            "version",
            "may have at most 64 characters, and no control characters",
        );
    }
    refused(
        "since = 2026-01-01",
        "since = \"soon\"",
        "since",
        "is not a day (YYYY-MM-DD)",
    );
    refused(
        "since = 2026-01-01",
        "since = 2026",
        "since",
        "is not a day (YYYY-MM-DD)",
    );
    refused(
        "\"+08:00\"",
        "\"Asia/Shanghai\"",
        "utc_offset",
        "is not an offset from UTC (+08:00)",
    );
    refused(
        "\"+08:00\"",
        "\"+8\"",
        "utc_offset",
        "is not an offset from UTC (+08:00)",
    );
    refused(
        "\"+08:00\"",
        "\"+25:00\"",
        "utc_offset",
        "is not an offset from UTC (+08:00)",
    );
    refused(
        "partial = true",
        "partial = \"yes\"",
        "partial",
        "must be true or false",
    );
    refused(
        "partial = true",
        "partial = true\npartal = true",
        "partal",
        "is not known here",
    );
    refused(
        ", en = \"B Tepai\"",
        "",
        "name.en",
        "the translation is missing",
    );
    refused(
        "zh-CN = \"B特派\", ",
        "",
        "name.zh-CN",
        "the translation is missing",
    );
    refused("\"B Tepai\"", "\"\"", "name.en", "must not be empty");
    refused(
        "\"B Tepai\"",
        "\"B Tepai\", fr = \"B\"",
        "name.fr",
        "is not known here",
    );
    refused(
        "\"400-820-0403\"",
        "\"call us\"",
        "support.phone",
        "is not a telephone number",
    );
    refused(
        "\"support@tepai.example\"",
        "\"support\"",
        "support.email",
        "is not an e-mail address",
    );
    refused(
        "hours = 24",
        "hours = 0",
        "support.email_reply_hours",
        "0 is not within 1 to 744",
    );
    refused(
        "hours = 24",
        "hours = -24",
        "support.email_reply_hours",
        "-24 is negative",
    );
    refused(
        "\"https://weibo.example/tepai\"",
        "\"javascript:alert(1)\"",
        "support.social[1].url",
        "is not an https address",
    );
    refused(
        "handle = \"tepai-service\"",
        "name_of = \"tepai-service\"",
        "support.social[0].handle",
        "is missing",
    );
}

#[test]
fn broken_toml_is_named_with_its_line() {
    let error = Policy::parse("tepai.toml", "shop = \"tepai\"\nversion = \n").unwrap_err();
    assert_eq!(error.key, "line 2");
}

#[test]
fn mistakes_in_what_a_state_allows_are_named() {
    refused(
        "[cancellation.packing]",
        "[cancellation.packed]",
        "cancellation.packing",
        "is missing",
    );
    refused(
        "[cancellation.packing]",
        "[cancellation.boxed]\n[cancellation.packing]",
        "cancellation.boxed",
        "is not known here",
    );
    let unpacked = "[cancellation.unpacked] # S0\noutcome = \"self_service\"";
    let with = |lines: &str| format!("[cancellation.unpacked]\n{lines}");
    let key = |key: &str| format!("cancellation.unpacked.{key}");
    refused(unpacked, &with(""), &key("outcome"), "is missing");
    refused(
        unpacked,
        &with("outcome = \"maybe\""),
        &key("outcome"),
        "unknown outcome \"maybe\"",
    );
    refused(
        unpacked,
        &with("outcome = true"),
        &key("outcome"),
        "must be text",
    );
    let window = |minutes: &str| {
        with(&format!(
            "outcome = \"self_service\"\nwindow_minutes = {minutes}"
        ))
    };
    refused(
        unpacked,
        &window("-30"),
        &key("window_minutes"),
        "-30 is negative",
    );
    refused(
        unpacked,
        &window("0"),
        &key("window_minutes"),
        "0 is not within 1 to 527040",
    );
    refused(
        unpacked,
        &window("9223372036854775807"),
        &key("window_minutes"),
        "9223372036854775807 is not within 1 to 527040",
    );
    refused(
        unpacked,
        &window("1.5"),
        &key("window_minutes"),
        "must be a whole number",
    );
    refused(
        unpacked,
        &with("outcome = \"not_possible\"\nwindow_minutes = 30"),
        &key("window_minutes"),
        "needs an outcome that is possible",
    );
    refused(
        "\"refuse_parcel\", ",
        "\"throw_away\", ",
        "cancellation.shipped.next_steps[0]",
        "unknown next step \"throw_away\"",
    );
    refused(
        "\"refuse_parcel\", ",
        "\"request_return\", ",
        "cancellation.shipped.next_steps[1]",
        "\"request_return\" is there twice",
    );
    refused(
        "\"request_return\", \"contact_support\"]",
        "\"request_return\"]",
        "cancellation.shipped.next_steps",
        "must have contact_support",
    );
}

#[test]
fn what_is_on_its_way_can_be_cancelled_by_no_policy() {
    let shipped = "[cancellation.shipped] # S4: refuse the parcel and ask for return and refund.\noutcome = \"not_possible\"";
    refused(
        shipped,
        "[cancellation.shipped]\noutcome = \"self_service\"",
        "cancellation.shipped.outcome",
        "must be not_possible: it is too late to cancel",
    );
}

#[test]
fn mistakes_in_exceptions_are_named() {
    let custom = "line_trait = \"custom\"";
    refused_in_wanfu(
        custom,
        "line_trait = \"big\"",
        "exceptions[0].line_trait",
        "unknown trait \"big\"",
    );
    refused_in_wanfu(
        custom,
        "line_kind = \"gas\"",
        "exceptions[0].line_kind",
        "unknown kind \"gas\"",
    );
    refused_in_wanfu(
        custom,
        "",
        "exceptions[0].line_trait",
        "is missing, and line_kind too: which lines?",
    );
    let states = "states = [\"pending_confirmation\", \"unpacked\"]";
    refused_in_wanfu(
        states,
        "states = [\"packed\"]",
        "exceptions[0].states[0]",
        "unknown state \"packed\"",
    );
    refused_in_wanfu(
        states,
        "states = []",
        "exceptions[0].states",
        "must not be empty",
    );
    refused_in_wanfu(
        states,
        "states = \"unpacked\"",
        "exceptions[0].states",
        "must be a list, each a state",
    );
    refused_in_wanfu(
        states,
        "states = [\"unpacked\", \"delivered\"]",
        "exceptions[0].states[1]",
        "is too late to cancel, and needs no exception",
    );
    let reason = "reason = \"stock_locked\"";
    let goes_with = "goes with the outcome not_possible, and only with it";
    refused_in_wanfu(reason, "", "exceptions[0].reason", goes_with);
    refused_in_wanfu(
        "outcome = \"self_service\"\n\n[[reasons]]",
        "outcome = \"self_service\"\nreason = \"issued\"\n\n[[reasons]]",
        "exceptions[2].reason",
        goes_with,
    );
    refused_in_wanfu(
        reason,
        "reason = \"bad_mood\"",
        "exceptions[0].reason",
        "unknown reason \"bad_mood\"",
    );
}

#[test]
fn mistakes_in_reasons_are_named() {
    let code = "code = \"ordered_by_mistake\"";
    refused(
        code,
        "code = \"changed_mind\"",
        "reasons[1].code",
        "\"changed_mind\" is there twice",
    );
    refused(
        code,
        "code = \"By-Mistake\"",
        "reasons[1].code",
        "may only have the letters a to z and underscores",
    );
    refused(code, "", "reasons[1].code", "is missing");
    refused(
        ", en = \"I ordered it by mistake\"",
        "",
        "reasons[1].label.en",
        "the translation is missing",
    );
    refused(
        "note_required = true",
        "note_required = 1",
        "reasons[8].note_required",
        "must be true or false",
    );
    refused(
        "note_required = true",
        "note = true",
        "reasons[8].note",
        "is not known here",
    );
    let text = policy_text("tepai");
    let (head, rest) = text.split_once("[[reasons]]").unwrap();
    let (_, tail) = rest.split_once("[refunds.wechat_pay]").unwrap();
    let without = format!("{head}[refunds.wechat_pay]{tail}");
    check(&without, "tepai.toml", "reasons", "must not be empty");
}

#[test]
fn mistakes_in_refund_clocks_are_named() {
    refused(
        "[refunds.alipay]",
        "[refunds.ali]",
        "refunds.alipay",
        "is missing",
    );
    refused(
        "[refunds.alipay]",
        "[refunds.cash]\n[refunds.alipay]",
        "refunds.cash",
        "is not known here",
    );
    refused(
        "starts_within = 3",
        "starts_within = -3",
        "refunds.wechat_pay.starts_within",
        "-3 is negative",
    );
    refused(
        "arrives_within = 10",
        "arrives_within = 1000",
        "refunds.wechat_pay.arrives_within",
        "1000 is not within 0 to 366",
    );
    refused(
        "arrives_from = 7",
        "arrives_from = 11",
        "refunds.wechat_pay.arrives_from",
        "is later than arrives_within",
    );
    refused(
        "starts_within = 3",
        "starts_within = 11",
        "refunds.wechat_pay.starts_within",
        "is later than arrives_within",
    );
    refused(
        "arrives_from = 7",
        "arrives_at = 7",
        "refunds.wechat_pay.arrives_from",
        "is missing",
    );
}
