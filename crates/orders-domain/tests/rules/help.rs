//! Articles: what stands in their braces, where they hold, and how they are found.

use orders_domain::{Help, HelpFact, Language, LinkedArticle, Searched, ShopId, search};

const ARTICLE: &str = r#"
topic = "refunds"
[[articles]]
id = "money"
source = "ours"
title = { zh-CN = "退款", en = "Refunds" }
questions = [{ zh-CN = "何时到账？", en = "When?" }]
answer = { zh-CN = "{refund_card}个工作日", en = "{refund_card} working days" }
links = ["orders"]
related = []
[[articles.parts]]
paragraphs = [
  { zh-CN = "打 {phone}", en = "Call {phone}" },
  { zh-CN = "在{cancel_window}内", en = "Within {cancel_window}" },
]
[[articles.parts]]
unless = "cancel_window"
steps = true
paragraphs = [{ zh-CN = "随时", en = "Any time" }]
[[articles.parts]]
heading = { zh-CN = "时限", en = "Limit" }
when = "cancel_window"
paragraphs = [{ zh-CN = "有时限", en = "There is a limit" }]
"#;

fn facts(name: HelpFact) -> Option<String> {
    match name {
        HelpFact::RefundCard => Some("3–5".into()),
        HelpFact::Phone => Some("{phone}".into()),
        _ => None,
    }
}

fn parse(text: &str) -> Help {
    Help::parse(&[("a.toml", text)]).expect("articles")
}

#[track_caller]
fn refused(from: &str, to: &str, key: &str) {
    assert!(ARTICLE.contains(from), "{from}");
    let error = Help::parse(&[("a.toml", &ARTICLE.replacen(from, to, 1))]).expect_err(to);
    assert_eq!(
        (error.file.as_str(), error.key.as_str()),
        ("a.toml", key),
        "{error}"
    );
}

#[test]
fn what_the_policy_says_stands_in_the_text_and_what_it_does_not_have_is_left_out() {
    let help = parse(ARTICLE);
    let article = help.article("money").expect("the article");
    let filled = article
        .filled(&"tepai".into(), Language::En, facts)
        .expect("it holds");
    assert_eq!(filled.answer, "3–5 working days");
    let parts: Vec<_> = filled
        .parts
        .iter()
        .map(|part| (part.steps, part.paragraphs.clone()))
        .collect();
    // What is filled in is never read as a name.
    assert_eq!(
        parts,
        [
            (false, vec!["Call {phone}".to_owned()]),
            (true, vec!["Any time".to_owned()])
        ]
    );
    let limited = |name| match name {
        HelpFact::CancelWindow => Some("2 h".into()),
        other => facts(other),
    };
    let filled = article.filled(&"tepai".into(), Language::En, limited);
    let parts = filled.expect("it holds").parts;
    let parts: Vec<_> = parts.iter().flat_map(|part| &part.paragraphs).collect();
    assert_eq!(
        parts,
        ["Call {phone}", "Within 2 h", "There is a limit"],
        "what holds only without a limit is gone"
    );
    let none = article.filled(&"tepai".into(), Language::En, |_| None);
    assert_eq!(none, None, "there is no answer");
}

#[test]
fn an_article_is_of_today_unless_something_in_it_is_of_a_version() {
    let today = r#"
topic = "support"
[[articles]]
id = "us"
source = "ours"
when = "complaints"
title = { zh-CN = "联系{shop}", en = "Calling {shop}" }
questions = [{ zh-CN = "电话？", en = "Which number?" }]
answer = { zh-CN = "打 {phone}", en = "Call {phone}" }
links = []
[[articles.parts]]
heading = { zh-CN = "时间", en = "When" }
unless = "chat_hours"
paragraphs = [{ zh-CN = "{phone_hours}", en = "{phone_hours}" }]
"#;
    let is_of_today = |text: &str| {
        let help = parse(text);
        help.article("us").expect("the article").is_of_today()
    };
    assert!(is_of_today(today));
    for (from, to) in [
        ("when = \"complaints\"", "when = \"partial\""),
        ("unless = \"chat_hours\"", "unless = \"partial\""),
        (
            "\"联系{shop}\", en = \"Calling {shop}\"",
            "\"{return_days}\", en = \"{return_days}\"",
        ),
        (
            "\"电话？\", en = \"Which number?\"",
            "\"{return_days}？\", en = \"{return_days}?\"",
        ),
        (
            "\"打 {phone}\", en = \"Call {phone}\"",
            "\"{phone}{return_days}\", en = \"{phone}{return_days}\"",
        ),
        (
            "\"时间\", en = \"When\"",
            "\"{return_days}\", en = \"{return_days}\"",
        ),
        (
            "\"{phone_hours}\", en = \"{phone_hours}\"",
            "\"{return_days}\", en = \"{return_days}\"",
        ),
    ] {
        assert!(today.contains(from), "{from}");
        assert!(!is_of_today(&today.replacen(from, to, 1)), "{to}");
    }
    let built_in = Help::parse(&Help::built_in()).expect("articles");
    let of_today = |id: &str| built_in.article(id).expect(id).is_of_today();
    assert!(of_today("complaints") && of_today("contact-support"));
    assert!(!of_today("who-may-cancel") && !of_today("does-cancelling-harm"));
}

#[test]
fn an_article_of_one_shop_does_not_hold_for_another() {
    let help = parse(&ARTICLE.replacen("source", "shops = [\"wanfu\"]\nsource", 1));
    let article = help.article("money").expect("the article");
    let holds = |shop: &str| {
        article
            .filled(&ShopId(shop.into()), Language::ZhCn, facts)
            .is_some()
    };
    assert!(holds("wanfu") && !holds("tepai"));
}

#[test]
fn an_article_for_a_shop_that_there_is_not_is_refused_where_the_shops_are_known() {
    let text = ARTICLE.replacen("source", "shops = [\"wanfu\", \"tepia\"]\nsource", 1);
    let files = [("a.toml", text.as_str())];
    let known = |shop: &ShopId| ["tepai", "wanfu"].contains(&shop.0.as_str());
    let error = Help::parse_for(&files, known).expect_err("a shop that is not there");
    assert_eq!(
        (error.file.as_str(), error.key.as_str()),
        ("a.toml", "articles[0].shops")
    );
    assert!(Help::parse(&files).is_ok(), "{error}");
    let built_in = Help::parse_for(&Help::built_in(), known).expect("articles");
    for linked in LinkedArticle::ALL {
        assert!(built_in.article(linked.code()).is_some(), "{linked:?}");
    }
}

#[test]
fn a_mistake_in_an_article_is_named_with_its_place() {
    refused("topic = \"refunds\"", "topic = \"money\"", "topic");
    refused("id = \"money\"", "id = \"My Money\"", "articles[0].id");
    refused("id = \"money\"", "id = \"policies\"", "articles[0].id");
    refused(
        "{phone}",
        "{telephone}",
        "articles[0].parts[0].paragraphs[0].en",
    );
    refused("{phone}", "{phone", "articles[0].parts[0].paragraphs[0].en");
    refused(
        "Call {phone}",
        "Call us",
        "articles[0].parts[0].paragraphs[0].en",
    );
    refused(", en = \"Refunds\"", "", "articles[0].title.en");
    refused(
        "related = []",
        "related = [\"gone\"]",
        "articles[0].related",
    );
    refused(
        "links = [\"orders\"]",
        "links = [\"moon\"]",
        "articles[0].links[0]",
    );
    refused(
        "unless = \"cancel_window\"",
        "unless = \"rain\"",
        "articles[0].parts[1].unless",
    );
    refused(
        "[{ zh-CN = \"何时到账？\", en = \"When?\" }]",
        "[]",
        "articles[0].questions",
    );
    refused("source =", "sauce =", "articles[0].source");
    let twice = Help::parse(&[("a.toml", ARTICLE), ("b.toml", ARTICLE)]).expect_err("twice");
    assert_eq!(
        (twice.file.as_str(), twice.key.as_str()),
        ("b.toml", "articles[0].id")
    );
}

#[test]
fn the_articles_that_come_along_can_be_read() {
    let help = Help::parse(&Help::built_in()).expect("the articles");
    assert!(help.articles.len() >= 30);
    for article in &help.articles {
        let from = ["S0", "S1", "S2", "S3", "S4", "ours"];
        assert!(
            from.iter().any(|seed| article.source.contains(seed)),
            "{}",
            article.id
        );
        assert!(!article.related.contains(&article.id), "{}", article.id);
    }
}

fn page(title: &str, questions: &str, text: &str) -> Searched {
    Searched {
        title: title.into(),
        questions: questions.into(),
        text: text.into(),
    }
}

const NAMES: [&str; 4] = ["B特派", "B Tepai", "tepai", "万福卡盟"];

fn pages() -> Vec<Searched> {
    vec![
        page(
            "怎样取消订单\nHow to cancel an order",
            "未打包的订单怎么取消？\nHow do I cancel my order?",
            "打开我的订单，按取消订单\nOpen My Orders",
        ),
        page(
            "退款多久到账\nWhen a refund arrives",
            "我的退款什么时候到账？\nWhen will my refund arrive?",
            "微信支付和银行卡不同\nby WeChat Pay or to a bank card",
        ),
        page(
            "怎样联系客服\nHow to contact support",
            "客服电话是多少？\nWhat is the telephone number?",
            "取消不了也可以打电话\nCall when you cannot cancel",
        ),
    ]
}

#[test]
fn the_article_that_answers_comes_first() {
    for (asked, first) in [
        ("取消", 0),
        ("怎么取消未打包的订单", 0),
        ("cancel my order", 0),
        ("CANCELLING AN ORDER", 0),
        ("ｃａｎｃｅｌ　ｏｒｄｅｒ", 0),
        ("cancelorder", 0),
        ("取 消 订 单", 0),
        ("退款什么时候到账？", 1),
        ("退款", 1),
        ("refund", 1),
        ("When will my refunds arrive?!", 1),
        ("refundarrive", 1),
        ("WeChat退款", 1),
        ("wechatpay", 1),
        ("客服电话", 2),
        ("telephone", 2),
        ("support", 2),
        // Who asks a shop names it, and no article does.
        ("如何取消未打包的B特派订单", 0),
        ("B特派的退款多久到账", 1),
        ("Ｂ特派退款", 1),
        ("万福卡盟订单怎么取消", 0),
        ("怎么联系特派客服", 2),
        ("When will B Tepai's refund arrive?", 1),
        ("b tepai support", 2),
        ("TEPAI telephone", 2),
        ("I can't cancel, support", 2),
    ] {
        assert_eq!(
            search(&pages(), asked, &NAMES).first(),
            Some(&first),
            "{asked}"
        );
    }
}

#[test]
fn what_no_article_answers_finds_none() {
    for asked in [
        "火星",
        "bicycle",
        "xyzzy",
        "天气预报",
        "zz refund zz bicycle moon",
        "B特派火星基地",
        "B Tepai bicycle moon",
        "refund of a bicycle on the moon",
        "q",
    ] {
        assert_eq!(search(&pages(), asked, &NAMES), [] as [usize; 0], "{asked}");
    }
}

#[test]
fn a_name_is_no_name_inside_of_a_word_and_is_asked_for_when_it_is_all_there_is() {
    let mut pages = pages();
    pages.push(page(
        "B特派的政策\nThe policy of B Tepai",
        "哪一版？",
        "tepaiful",
    ));
    for asked in ["B特派", "B Tepai", "特派", "tepaiful"] {
        assert_eq!(search(&pages, asked, &NAMES), [3], "{asked}");
    }
    assert_eq!(search(&pages, "B特派政策", &NAMES), [3]);
    assert_eq!(search(&pages, "特派", &[]), [3]);
}

#[test]
fn where_two_words_meet_nothing_is_asked_for() {
    // No article has 款客; that much of nothing would be too much.
    assert_eq!(search(&pages(), "退款客服", &NAMES), [1, 2]);
    // Beside what nobody knows it may be a part of a word.
    assert_eq!(search(&pages(), "退款火星", &NAMES), [] as [usize; 0]);
}

#[test]
fn asking_for_nothing_gives_all_in_their_order() {
    for asked in ["", " ", "？", "　", "?!"] {
        assert_eq!(search(&pages(), asked, &NAMES), [0, 1, 2], "{asked}");
    }
}

#[test]
fn a_title_counts_more_than_a_text() {
    assert_eq!(search(&pages(), "取消", &NAMES), [0, 2]);
    assert_eq!(search(&pages(), "cancel", &NAMES), [0, 2]);
}
