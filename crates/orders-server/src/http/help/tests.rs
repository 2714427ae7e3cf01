//! Every article under both shops' policies, in both languages.

use orders_domain::{Article, FilledArticle, Help, HelpFact, Language, LinkedArticle, Policy};

use super::Filling;

fn filled(article: &Article, policy: &Policy, language: Language) -> Option<FilledArticle> {
    super::filled(article, Filling::of(policy), language)
}

fn fact(policy: &Policy, name: HelpFact, language: Language) -> Option<String> {
    Filling::of(policy).fact(name, language)
}

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
    let conditional = [HelpFact::CancelWindow, HelpFact::Versions];
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

#[test]
fn every_page_that_leads_to_an_article_finds_it_in_every_shop_and_language() {
    let help = help();
    for linked in LinkedArticle::ALL {
        let article = help
            .article(linked.code())
            .unwrap_or_else(|| panic!("{}", linked.code()));
        for policy in &policies() {
            for language in Language::ALL {
                let held = filled(article, policy, language);
                assert!(held.is_some(), "{linked:?} {} {language:?}", policy.shop);
            }
        }
    }
}

#[test]
fn an_article_of_an_order_tells_of_its_policy_and_of_the_shop_as_it_is_today() {
    let [(file, text), _] = Policy::built_in();
    let now = Policy::parse(file, text).expect("a policy");
    let before = text
        .replace("version = \"2026-01\"", "version = \"2025-07\"")
        .replace("since = 2026-01-01", "since = 2025-07-01")
        .replace("arrives_within = 10", "arrives_within = 21")
        .replace("fault_days = 15", "fault_days = 31")
        .replace("400-820-0403", "400-000-0000")
        .replace("propose_days = 7", "propose_days = 44");
    let before = Policy::parse(file, &before).expect("a policy");
    let versions = [&now, &before];
    let from = Filling {
        policy: &before,
        in_force: &now,
        versions: &versions,
    };
    let read = |id: &str, language| {
        let help = help();
        let article = help.article(id).expect(id);
        format!("{:?}", super::filled(article, from, language))
    };
    for (id, says, never) in [
        ("when-is-my-refund-there", "7–21个", "7–10"),
        ("return-goods", "31天内可以申请", "15天"),
        // How a person is reached, and how complaints are dealt with, is the same for every order.
        ("contact-support", "400-820-0403", "400-000-0000"),
        ("complaints", "7天内给出方案", "44天"),
    ] {
        let text = read(id, Language::ZhCn);
        assert!(text.contains(says) && !text.contains(never), "{id}: {text}");
    }
    let changes = read("policy-changes", Language::ZhCn);
    for says in [
        "现行政策是 2026-01 版，2026年1月1日起生效",
        "2026-01 版，2026年1月1日起；2025-07 版，2025年7月1日起。",
    ] {
        assert!(changes.contains(says), "{changes}");
    }
    let changes = read("policy-changes", Language::En);
    assert!(
        changes.contains("version 2025-07 from 1 Jul 2025 on."),
        "{changes}"
    );
    // While there is one version only, none is listed.
    let alone = filled(
        help().article("policy-changes").expect("it"),
        &now,
        Language::ZhCn,
    );
    let alone = format!("{alone:?}");
    assert!(!alone.contains("到现在为止的版本"), "{alone}");
}

#[test]
fn the_ways_to_a_person_begin_with_the_chat_where_there_is_one() {
    let [tepai, wanfu] = &policies()[..] else {
        panic!("two policies");
    };
    let ways = |policy, language| fact(policy, HelpFact::Ways, language).expect("ways");
    assert_eq!(
        ways(tepai, Language::ZhCn),
        "在线客服，每天 9:00–21:00（北京时间）；电话 400-820-0403，每天 9:00–21:00（北京时间）；\
         邮箱 support@tepai.example，24 小时内回复"
    );
    assert!(
        ways(wanfu, Language::En).starts_with("Live chat, daily 9:00–24:00, Beijing time; "),
        "{}",
        ways(wanfu, Language::En)
    );
    let [(file, policy), _] = Policy::built_in();
    let (head, rest) = policy.split_once("[support.chat]").expect("a chat");
    let (_, tail) = rest.split_once("reply_hours = 12").expect("its last line");
    let without = Policy::parse(file, &format!("{head}{tail}")).expect("a policy");
    assert_eq!(fact(&without, HelpFact::ChatHours, Language::En), None);
    let telephone = ways(&without, Language::En);
    assert!(telephone.starts_with("Telephone 400"), "{telephone}");
    let article = text("contact-support", &without, Language::ZhCn);
    assert!(!article.contains("就能在页面上"), "{article}");
    let working = tepai_with("days = \"daily\"", "days = \"working_days\"");
    assert_eq!(
        fact(&working, HelpFact::ChatHours, Language::ZhCn).as_deref(),
        Some("工作日 9:00–21:00（北京时间）")
    );
    let elsewhere = tepai_with("utc_offset = \"+08:00\"", "utc_offset = \"-03:30\"");
    let hours = fact(&elsewhere, HelpFact::ChatHours, Language::En);
    assert_eq!(hours.as_deref(), Some("daily 9:00–21:00, UTC-03:30"));
}

#[test]
fn what_can_be_done_after_receipt_is_what_the_shop_does() {
    let [tepai, wanfu] = &policies()[..] else {
        panic!("two policies");
    };
    let ours = text("cancel-packed-or-shipped", tepai, Language::ZhCn);
    assert!(ours.contains("可以申请退货退款"), "{ours}");
    assert!(!ours.contains("不想要了不能退"), "{ours}");
    let theirs = text("cancel-packed-or-shipped", wanfu, Language::ZhCn);
    assert!(theirs.contains("不想要了不能退"), "{theirs}");
    assert!(theirs.contains("期限是15天"), "{theirs}");
    // A shop that takes no complaints has no button for them.
    let (head, rest) = Policy::built_in()[0]
        .1
        .split_once("[complaints]")
        .expect("rules");
    let none = Policy::parse("tepai.toml", head).expect("a policy");
    assert!(
        rest.contains("[complaints.outside]"),
        "nothing else is cut off"
    );
    let complaints = text("complaints", &none, Language::ZhCn);
    assert!(!complaints.contains("投诉这笔订单"), "{complaints}");
    assert!(complaints.contains("400-820-0403"), "{complaints}");
    assert!(text("complaints", tepai, Language::ZhCn).contains("点“投诉这笔订单”"));
}

#[test]
fn the_table_of_the_documentation_names_every_fact_and_no_other() {
    let docs = include_str!("../../../../../docs/HELP.md");
    let table = docs.lines().filter(|line| line.starts_with("| `"));
    let names = table.filter_map(|line| line.split('|').nth(1));
    let mut names: Vec<_> = names
        .flat_map(|cell| cell.split('`'))
        .map(str::trim)
        .filter(|name| !name.is_empty())
        .collect();
    names.sort_unstable();
    let mut known = HelpFact::ALL.map(HelpFact::code).to_vec();
    known.sort_unstable();
    assert_eq!(names, known);
}
