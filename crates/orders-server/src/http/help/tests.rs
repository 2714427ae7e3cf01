//! Every article under both shops' policies, in both languages.

use orders_domain::{Help, HelpFact, Language, Policy};

use super::{fact, filled};

fn help() -> Help {
    Help::parse(&Help::built_in()).expect("the articles")
}

fn policies() -> Vec<Policy> {
    let built_in = Policy::built_in();
    let read = |(file, text): &(&str, &str)| Policy::parse(file, text).expect("a policy");
    built_in.iter().map(read).collect()
}

fn tepai_with(from: &str, to: &str) -> Policy {
    let [(file, text), _] = Policy::built_in();
    assert!(text.contains(from), "{from}");
    Policy::parse(file, &text.replace(from, to)).expect("a policy")
}

/// All of an article's text under a policy.
fn text(id: &str, policy: &Policy, language: Language) -> String {
    let help = help();
    let article = help.article(id).expect("an article");
    format!("{:?}", filled(article, policy, language))
}

#[test]
fn each_article_holds_somewhere_and_has_no_place_left_to_fill_in() {
    for article in &help().articles {
        let mut held = 0;
        for policy in &policies() {
            for language in Language::ALL {
                let Some(filled) = filled(article, policy, language) else {
                    continue;
                };
                held += 1;
                let text = format!("{filled:?}");
                // What Debug writes has braces around structs, never next to a letter of ours.
                let texts = [&filled.title, &filled.answer].into_iter();
                let parts = filled.parts.iter();
                let parts = parts.flat_map(|part| part.heading.iter().chain(&part.paragraphs));
                for one in texts.chain(&filled.questions).chain(parts) {
                    assert!(!one.contains(['{', '}']), "{}: {one}", article.id);
                    assert!(!one.trim().is_empty(), "{}: {text}", article.id);
                    let doubled = ["，，", "（）", "“”", "()", ", ,", "  "];
                    assert!(!doubled.iter().any(|gap| one.contains(gap)), "{one}");
                    let chinese = one.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
                    assert!(language == Language::ZhCn || !chinese, "not English: {one}");
                }
            }
        }
        assert!(held > 0 && held % 2 == 0, "{} holds in {held}", article.id);
    }
}

#[test]
fn nearly_every_article_holds_for_both_shops() {
    for policy in &policies() {
        let help = help();
        let all = help.articles.iter();
        let held = all.filter(|article| filled(article, policy, Language::ZhCn).is_some());
        assert!(held.count() >= 30, "{}", policy.shop);
    }
}

#[test]
fn a_number_that_changes_in_the_policy_changes_in_the_article() {
    for (id, from, to, says) in [
        ("return-goods", "days = 7\n", "days = 9\n", "9天内可以申请"),
        (
            "return-goods",
            "fault_days = 15",
            "fault_days = 31",
            "31天内可以申请，运费",
        ),
        (
            "return-goods",
            "merchant_hours = 48",
            "merchant_hours = 36",
            "36小时内答复",
        ),
        (
            "return-goods",
            "silence = \"approve\"",
            "silence = \"escalate\"",
            "自动转给客服",
        ),
        (
            "refund-rejected",
            "appeal_days = 7",
            "appeal_days = 11",
            "11天内申诉",
        ),
        (
            "contact-support",
            "email_reply_hours = 24",
            "email_reply_hours = 12",
            "12小时内回复",
        ),
        (
            "contact-support",
            "400-820-0403",
            "400-111-2222",
            "400-111-2222",
        ),
        (
            "another-account",
            "two_approve_above = 50000",
            "two_approve_above = 12300",
            "¥123.00",
        ),
        (
            "when-is-my-refund-there",
            "arrives_within = 10",
            "arrives_within = 14",
            "7–14个",
        ),
        (
            "what-evidence",
            "evidence_at_once = 9",
            "evidence_at_once = 5",
            "最多5个",
        ),
        ("condition-of-goods", "opened = 10", "opened = 25", "扣 25%"),
        (
            "policy-changes",
            "version = \"2026-01\"",
            "version = \"2027-03\"",
            "2027-03 版",
        ),
    ] {
        let before = text(id, &policies()[0], Language::ZhCn);
        assert!(!before.contains(says), "{id}: {before}");
        let after = text(id, &tepai_with(from, to), Language::ZhCn);
        assert!(after.contains(says), "{id}: {after}");
    }
}

#[test]
fn who_may_cancel_follows_the_policy() {
    let [tepai, wanfu] = &policies()[..] else {
        panic!("two policies");
    };
    let ours = text("who-may-cancel", tepai, Language::ZhCn);
    assert!(
        ours.contains("可以自己马上取消：等待确认、未打包。"),
        "{ours}"
    );
    assert!(
        !ours.contains("可以申请"),
        "this shop takes no requests: {ours}"
    );
    let theirs = text("who-may-cancel", wanfu, Language::ZhCn);
    assert!(theirs.contains("可以自己马上取消：待付款。"), "{theirs}");
    assert!(
        theirs.contains("可以申请，由客服处理：等待确认、未打包。"),
        "{theirs}"
    );
    assert!(theirs.contains("定制商品、预售商品"), "{theirs}");
    let windowed = tepai_with(
        "[cancellation.unpacked] # S0\noutcome = \"self_service\"",
        "[cancellation.unpacked] # S0\noutcome = \"self_service\"\nwindow_minutes = 45",
    );
    let windowed = text("who-may-cancel", &windowed, Language::En);
    assert!(windowed.contains("within 45 min of placing"), "{windowed}");
    assert!(!windowed.contains("no fixed time limit"), "{windowed}");
}

#[test]
fn a_time_limit_names_the_states_that_have_it_and_no_others() {
    let limited = |pending: &str, unpacked: &str| {
        let [(file, text), _] = Policy::built_in();
        let rule = |state: &str, source: &str, more: &str| {
            let from = format!("[cancellation.{state}] # {source}\noutcome = \"self_service\"");
            assert!(text.contains(&from), "{from}");
            (from.clone(), format!("{from}\n{more}"))
        };
        let (from, to) = rule("pending_confirmation", "S1", pending);
        let changed = text.replace(&from, &to);
        let (from, to) = rule("unpacked", "S0", unpacked);
        let policy = Policy::parse(file, &changed.replace(&from, &to)).expect("a policy");
        fact(&policy, HelpFact::CancelWindow, Language::ZhCn)
    };
    let (long, short) = ("window_minutes = 120", "window_minutes = 45");
    assert_eq!(limited("", ""), None);
    assert_eq!(
        limited("", short).as_deref(),
        Some("未打包，下单后45分钟内")
    );
    assert_eq!(
        limited(long, short).as_deref(),
        Some("等待确认，下单后2小时内；未打包，下单后45分钟内")
    );
}

#[test]
fn goods_of_which_staff_decide_and_goods_whose_stock_is_locked_are_told_apart() {
    let with = |outcome: &str| {
        let exception = format!(
            "[[exceptions]]\nline_trait = \"presale\"\nstates = [\"unpacked\"]\n{outcome}\n\n[[reasons]] # S3: needs change."
        );
        tepai_with("[[reasons]] # S3: needs change.", &exception)
    };
    let said = |policy: &Policy, name| fact(policy, name, Language::ZhCn);
    let asked = with("outcome = \"by_request\"");
    assert_eq!(
        said(&asked, HelpFact::ByRequest).as_deref(),
        Some("预售商品（未打包）")
    );
    let text = text("cancel-an-order", &asked, Language::En);
    assert!(
        text.contains("pre-order goods (Unpacked): the button is called “Ask to cancel”"),
        "{text}"
    );
    let locked = with("outcome = \"not_possible\"\nreason = \"stock_locked\"");
    assert_eq!(
        said(&locked, HelpFact::LockedGoods).as_deref(),
        Some("预售商品")
    );
    // For another reason, their stock is not said to be locked.
    let issued = with("outcome = \"not_possible\"\nreason = \"issued\"");
    assert_eq!(said(&issued, HelpFact::LockedGoods), None);
}

#[test]
fn where_staff_decide_the_articles_name_the_button_that_is_there() {
    let [tepai, wanfu] = &policies()[..] else {
        panic!("two policies");
    };
    for id in ["cancel-an-order", "end-the-waiting"] {
        for (language, button) in [
            (Language::ZhCn, "“申请取消”"),
            (Language::En, "“Ask to cancel”"),
        ] {
            assert!(text(id, wanfu, language).contains(button), "{id}");
            assert!(!text(id, tepai, language).contains(button), "{id}");
        }
    }
}

#[test]
fn where_two_shops_differ_each_has_its_own_answer() {
    let [tepai, wanfu] = &policies()[..] else {
        panic!("two policies");
    };
    let refunds = |policy| text("when-is-my-refund-there", policy, Language::En);
    assert!(refunds(tepai).contains("7–10 working days by WeChat Pay"));
    assert!(refunds(wanfu).contains("1–3 working days by WeChat Pay"));
    assert!(refunds(wanfu).contains("3–5 to a bank card"));
    // Goods that nobody is at fault for are not taken back there, so that no window for them is named.
    let returns = |policy| text("return-goods", policy, Language::ZhCn);
    assert!(returns(tepai).contains("不想要了"));
    assert!(!returns(wanfu).contains("7天内可以申请，原因"));
}

#[test]
fn every_name_that_an_article_may_use_says_something_of_a_policy() {
    let conditional = [HelpFact::CancelWindow];
    for name in HelpFact::ALL {
        let policies = policies();
        let mut said = policies
            .iter()
            .map(|policy| fact(policy, name, Language::En));
        assert!(
            said.any(|said| said.is_some()) || conditional.contains(&name),
            "{name:?}"
        );
    }
}

#[test]
fn no_number_is_written_in_an_article_itself() {
    for (file, text) in Help::built_in() {
        for line in text.lines().filter(|line| !line.starts_with(['#', 's'])) {
            // The consumer hotline is no number of ours.
            let rest = line.replace("12315", "");
            assert!(
                !rest.contains(|c: char| c.is_ascii_digit()),
                "{file}: {line}"
            );
            let chinese = ["两天", "三天", "七天", "一周", "三个工作日", "七个工作日"];
            assert!(
                !chinese.iter().any(|number| line.contains(number)),
                "{file}: {line}"
            );
        }
    }
}
