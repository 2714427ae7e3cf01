//! Every heading of the shops' own articles that asks something (S0 … S4), as it stands there, with what answers it; and the
//! same in English.

use orders_domain::{Help, Language, Policy};

use super::Filling;
use super::list::{found, names};

const TEPAI: usize = 0;
const WANFU: usize = 1;

/// The shop that is asked, the question, and the article that has to come first.
const ASKED: [(usize, &str, &str); 81] = [
    // S0
    (TEPAI, "如何取消未打包的B特派订单", "cancel-an-order"),
    (TEPAI, "取消未打包订单的注意事项", "who-may-cancel"),
    (TEPAI, "未打包的订单为什么无法取消？", "cannot-cancel"),
    (
        TEPAI,
        "未打包订单的退款流程是怎样的？",
        "when-is-my-refund-there",
    ),
    (TEPAI, "如何联系B特派的客服？", "contact-support"),
    (TEPAI, "B特派有哪些服务保障措施？", "guarantees"),
    // S1
    (TEPAI, "如何取消B特派的等待确认状态?", "end-the-waiting"),
    (TEPAI, "什么是B特派的等待确认状态?", "pending-confirmation"),
    (TEPAI, "如何取消B特派的等待确认订单?", "end-the-waiting"),
    (TEPAI, "如果无法取消怎么办?", "cannot-cancel"),
    (TEPAI, "为什么会出现等待确认状态?", "pending-confirmation"),
    (TEPAI, "如何避免B特派等待确认状态?", "avoid-waiting"),
    (TEPAI, "B特派的其他常见问题有哪些?", "late-or-lost"),
    (TEPAI, "如何提高B特派配送的效率?", "avoid-waiting"),
    (TEPAI, "B特派配送员的选择标准是什么?", "couriers"),
    (TEPAI, "B特派如何处理投诉与建议?", "complaints"),
    (TEPAI, "B特派是否有积分或优惠活动?", "offers"),
    // S2
    (TEPAI, "如何通过B特派联系客服进行退款申请", "return-goods"),
    (TEPAI, "一、B特派退款申请的基本流程", "return-goods"),
    (TEPAI, "二、退款申请的注意事项", "return-goods"),
    (TEPAI, "B特派退款申请被拒绝该怎么办?", "refund-rejected"),
    (TEPAI, "如何确保退款金额及时到账?", "late-refund"),
    (TEPAI, "B特派是否支持部分退款?", "partial-refund"),
    (TEPAI, "B特派的退款政策有哪些变化?", "policy-changes"),
    // S3
    (
        TEPAI,
        "如何有效处理B特派交易取消的问题及后续措施",
        "cancelled-where",
    ),
    (TEPAI, "交易取消的常见原因", "why-cancelled"),
    (TEPAI, "如何快速处理交易取消请求", "before-you-contact"),
    (TEPAI, "防止交易取消的问题", "avoid-mistakes"),
    (TEPAI, "交易取消后的后续处理", "cancelled-where"),
    (TEPAI, "提升用户体验的策略", "feedback"),
    (TEPAI, "B特派交易取消的法律责任", "your-rights"),
    (
        TEPAI,
        "如何与B特派客服联系处理交易取消问题?",
        "contact-support",
    ),
    (
        TEPAI,
        "交易取消后多久能收到退款?",
        "when-is-my-refund-there",
    ),
    (TEPAI, "如何避免因输入错误导致的交易取消?", "avoid-mistakes"),
    (TEPAI, "何种情况下卖方可主动取消交易?", "seller-cancelled"),
    (TEPAI, "如何提升B特派的用户满意度?", "feedback"),
    (
        TEPAI,
        "交易取消是否会对用户的信誉造成影响?",
        "does-cancelling-harm",
    ),
    // S4 has no headings but its title; what its paragraphs are about.
    (WANFU, "如何取消万福卡盟订单", "cancel-an-order"),
    (WANFU, "未支付的万福卡盟订单怎么取消", "unpaid-order"),
    (WANFU, "已支付未发货的订单怎么取消", "who-may-cancel"),
    (WANFU, "已发货的订单怎么取消", "cancel-packed-or-shipped"),
    (WANFU, "万福卡盟客服怎么联系", "contact-support"),
    (WANFU, "银行卡退款多久到账", "when-is-my-refund-there"),
    // The same in English.
    (
        TEPAI,
        "How do I cancel a B Tepai order that is not packed?",
        "cancel-an-order",
    ),
    (
        TEPAI,
        "Why can't I cancel an unpacked order?",
        "cannot-cancel",
    ),
    (
        TEPAI,
        "How do I contact B Tepai support?",
        "contact-support",
    ),
    (TEPAI, "What guarantees does B Tepai give?", "guarantees"),
    (
        TEPAI,
        "What is B Tepai's pending confirmation?",
        "pending-confirmation",
    ),
    (
        TEPAI,
        "How do I cancel a B Tepai order pending confirmation?",
        "end-the-waiting",
    ),
    (TEPAI, "What if I cannot cancel?", "cannot-cancel"),
    (
        TEPAI,
        "How to avoid pending confirmation at B Tepai",
        "avoid-waiting",
    ),
    (
        TEPAI,
        "What other common problems are there with B Tepai?",
        "late-or-lost",
    ),
    (
        TEPAI,
        "How can B Tepai's delivery be faster?",
        "avoid-waiting",
    ),
    (TEPAI, "How does B Tepai choose couriers?", "couriers"),
    (
        TEPAI,
        "How does B Tepai handle complaints and suggestions?",
        "complaints",
    ),
    (TEPAI, "Does B Tepai have points or offers?", "offers"),
    (
        TEPAI,
        "How do I ask B Tepai support for a refund?",
        "return-goods",
    ),
    (
        TEPAI,
        "My B Tepai refund request was rejected",
        "refund-rejected",
    ),
    (
        TEPAI,
        "How do I make sure the refund arrives in time?",
        "late-refund",
    ),
    (
        TEPAI,
        "Does B Tepai support partial refunds?",
        "partial-refund",
    ),
    (
        TEPAI,
        "What has changed in B Tepai's refund policy?",
        "policy-changes",
    ),
    (
        TEPAI,
        "Common reasons for cancelled trades",
        "why-cancelled",
    ),
    (
        TEPAI,
        "How to avoid cancelling because of a mistake",
        "avoid-mistakes",
    ),
    (TEPAI, "When may the seller cancel?", "seller-cancelled"),
    (
        TEPAI,
        "How does B Tepai improve user satisfaction?",
        "feedback",
    ),
    (
        TEPAI,
        "Does cancelling affect my reputation?",
        "does-cancelling-harm",
    ),
    (
        TEPAI,
        "What is the legal liability of cancelled trades?",
        "your-rights",
    ),
    (
        TEPAI,
        "How long after cancelling until I get the refund?",
        "when-is-my-refund-there",
    ),
    (
        WANFU,
        "How do I cancel a Wanfu Cards order?",
        "cancel-an-order",
    ),
    // A person.
    (TEPAI, "在线客服", "contact-support"),
    (TEPAI, "在线聊天", "contact-support"),
    (WANFU, "人工客服", "contact-support"),
    (TEPAI, "怎么转人工", "contact-support"),
    (TEPAI, "怎么联系特派客服", "contact-support"),
    (TEPAI, "B特派客服电话", "contact-support"),
    (TEPAI, "live chat", "contact-support"),
    (WANFU, "talk to a person", "contact-support"),
    (TEPAI, "can I speak to a human", "contact-support"),
    // As shoppers put it.
    (TEPAI, "商家把我的订单取消了", "seller-cancelled"),
    (TEPAI, "优惠券没退回来", "points-and-coupons"),
    (TEPAI, "我的包裹不见了", "late-or-lost"),
];

/// What no article is about.
const NONSENSE: [(usize, &str); 16] = [
    (TEPAI, "火星基地"),
    (TEPAI, "B特派火星基地"),
    (WANFU, "万福卡盟天气预报"),
    (TEPAI, "xyzzy"),
    (TEPAI, "asdfgh"),
    (TEPAI, "天气预报"),
    (TEPAI, "明天天气怎么样"),
    (TEPAI, "如何学习弹钢琴"),
    (TEPAI, "彩票中奖号码"),
    (TEPAI, "北京有什么好吃的"),
    (TEPAI, "how to cook rice"),
    (TEPAI, "capital of France"),
    (TEPAI, "best pizza recipe"),
    (TEPAI, "B Tepai bicycle moon"),
    (TEPAI, "zz refund zz bicycle moon"),
    // Of the other shop only.
    (WANFU, "背景审核"),
];

fn answers(shop: usize, asked: &str) -> Vec<String> {
    let help = Help::parse(&Help::built_in()).expect("the articles");
    let policies =
        Policy::built_in().map(|(file, text)| Policy::parse(file, text).expect("a policy"));
    let names: Vec<_> = policies.iter().flat_map(names).collect();
    let from = Filling::of(&policies[shop]);
    let found = found(&help.articles, from, Language::ZhCn, asked, &names);
    found
        .iter()
        .map(|(article, _)| article.id.clone())
        .collect()
}

#[test]
fn every_question_of_the_shops_own_articles_is_answered_as_it_stands_there() {
    let wrong: Vec<_> = ASKED
        .iter()
        .map(|(shop, asked, first)| (asked, first, answers(*shop, asked)))
        .filter(|(_, first, ids)| ids.first().map(String::as_str) != Some(**first))
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn what_no_article_is_about_finds_none() {
    for (shop, asked) in NONSENSE {
        assert_eq!(answers(shop, asked), [] as [String; 0], "{asked}");
    }
}
