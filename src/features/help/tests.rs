//! The help centre, rendered on the host.

use leptos::prelude::*;
use orders_api::*;

use super::sample;
use super::view_article::article_view;
use super::view_list::{ListParts, list_view, search_view, status_view};
use super::view_policy::policy_view;
use super::words::Words;
use crate::paths::{HelpQuery, Page};
use crate::start::{Answer, render};
use crate::ui::Load;
use crate::words::{Lang, fill};

fn drawn(lang: Lang, view: impl FnOnce() -> AnyView) -> String {
    Owner::new().with(|| {
        provide_context(lang);
        view().to_html()
    })
}

fn written(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).expect("it can be written")
}

fn list(lang: Lang, list: &HelpList) -> String {
    let load = Load::Ready(list.clone());
    let status = drawn(lang, || status_view(lang, Signal::stored(load)).into_any());
    status + &drawn(lang, || list_view(lang, list))
}

#[test]
fn what_is_read_out_is_one_element_whose_text_follows_what_was_found() {
    let asked = |items: &[&str]| HelpList {
        q: Some("退款".into()),
        items: items
            .iter()
            .map(|id| sample::entry(id, HelpTopic::Refunds))
            .collect(),
        ..sample::list()
    };
    let words = Words::of(Lang::En);
    Owner::new().with(|| {
        let load = RwSignal::new(Load::Loading);
        let html = || status_view(Lang::En, load.into()).to_html();
        assert!(!html().contains("Found"), "{}", html());
        for (list, text) in [
            (asked(&["late-refund"]), "Found: 1"),
            (asked(&[]), words.none_title),
        ] {
            // An element that comes with the list would be a new one for each answer, and is not read out.
            let shown = drawn(Lang::En, || list_view(Lang::En, &list));
            assert!(!shown.contains("role=\"status\""), "{shown}");
            load.set(Load::Ready(list));
            assert!(html().contains(text), "{}", html());
        }
    });
}

#[test]
fn articles_stand_under_their_topics_and_lead_to_what_holds_for_the_shop() {
    for lang in Lang::ALL {
        let html = list(lang, &sample::list());
        let words = Words::of(lang);
        for text in [
            words.topic_cancelling,
            words.topic_refunds,
            "href=\"/help/cannot-cancel?shop=tepai\"",
            "Answer of late-refund",
            "href=\"/help?shop=wanfu\"",
            "href=\"/help/policies/tepai\"",
        ] {
            assert!(html.contains(text), "{text}: {html}");
        }
        assert!(
            !html.contains(words.topic_support),
            "a topic without articles: {html}"
        );
        assert_eq!(html.matches("aria-current=\"true\"").count(), 1, "{html}");
    }
}

#[test]
fn what_was_found_is_counted_and_stands_in_its_order() {
    let found = HelpList {
        q: Some("退款".into()),
        items: vec![
            sample::entry("late-refund", HelpTopic::Refunds),
            sample::entry("cannot-cancel", HelpTopic::Cancelling),
        ],
        ..sample::list()
    };
    for lang in Lang::ALL {
        let html = list(lang, &found);
        assert!(
            html.contains(&fill(Words::of(lang).found, &[("n", "2")])),
            "{html}"
        );
        let at = |text: &str| html.find(text).expect("it is there");
        assert!(at("/help/late-refund") < at("/help/cannot-cancel"));
        assert!(
            html.contains("href=\"/help?shop=wanfu&amp;q=%E9%80%80%E6%AC%BE\""),
            "{html}"
        );
    }
}

#[test]
fn what_is_not_found_says_so_and_where_it_might_be() {
    let none = HelpList {
        q: Some("区服".into()),
        items: Vec::new(),
        elsewhere: vec![sample::shops().remove(1)],
        ..sample::list()
    };
    for lang in Lang::ALL {
        let html = list(lang, &none);
        let words = Words::of(lang);
        let elsewhere = fill(words.elsewhere, &[("shop", "万福卡盟")]);
        for text in [
            words.none_title,
            &elsewhere,
            words.show_all,
            "href=\"/help?shop=tepai\"",
            "href=\"/help/contact-support?shop=tepai\"",
        ] {
            assert!(html.contains(text), "{text}: {html}");
        }
    }
}

#[test]
fn the_field_is_a_form_that_asks_the_same_shop_without_the_app() {
    for lang in Lang::ALL {
        let html = drawn(lang, || {
            let query = HelpQuery {
                shop: "wanfu".into(),
                q: "a\"b".into(),
            };
            let parts = ListParts {
                text: RwSignal::new(query.q.clone()),
                typed: Callback::new(|()| {}),
                submit: Callback::new(|()| {}),
            };
            search_view(lang, Signal::stored(query), parts).into_any()
        });
        for text in [
            "role=\"search\"",
            "action=\"/help\"",
            "name=\"q\"",
            "value=\"a&quot;b\"",
            "name=\"shop\" value=\"wanfu\"",
            Words::of(lang).search,
        ] {
            assert!(html.contains(text), "{text}: {html}");
        }
        assert!(
            !html.contains("method="),
            "a question is in the address: {html}"
        );
    }
}

#[test]
fn an_article_answers_first_and_leads_on() {
    for lang in Lang::ALL {
        let html = drawn(lang, || article_view(lang, &sample::article(), ""));
        let words = Words::of(lang);
        let at = |text: &str| html.find(text).unwrap_or_else(|| panic!("{text}: {html}"));
        assert!(at("<h1") < at("先看日期") && at("先看日期") < at("<ol"));
        assert_eq!(html.matches("<h1").count(), 1);
        assert_eq!(html.matches("<ol").count(), 1, "only steps are numbered");
        for text in [
            "怎么还没到？",
            "href=\"/orders\"",
            "href=\"/orders?tab=cancelled\"",
            "href=\"/notifications\"",
            "href=\"/help/policies/tepai\"",
            "href=\"/help/late-refund?shop=wanfu\"",
            "href=\"/help/another-account?shop=tepai\"",
            "href=\"tel:4008200403\"",
            words.related,
        ] {
            at(text);
        }
    }
}

#[test]
fn a_policy_says_all_of_it_in_words() {
    let html = drawn(Lang::ZhCn, || policy_view(Lang::ZhCn, &sample::policy()));
    for text in [
        "B特派的政策",
        "2026-01 版，2026年1月1日起生效",
        "自己马上取消，下单后 30 分钟内",
        "预售商品（未打包）",
        "申请，由客服处理",
        "可以只取消其中几件。",
        "其他原因",
        "3 个工作日内开始，7–10 个工作日到账",
        "马上退回",
        "20 天内较晚的取消在 4 次以内不计入",
        "第 5 次较晚的取消",
        "第 7 次较晚的取消",
        "都已超过 30 分钟",
        "不能取消。可以：申请退货退款、联系客服",
        "质量问题。运费一起退",
        "质量问题。一次最多 9 个",
        "不想要了、质量问题",
        "订单最后一次有变化后 180 天内",
        "23 小时内",
        "25 小时内",
        "36 小时内",
        "49 小时内",
        "收到投诉后 6 天内",
        "11 天内",
        "由另一位主管在 4 天内决定",
        "您要求的退款自动同意",
        "12315 平台，电话 12315。不同意最终方案时",
        "投诉一律按现行政策",
        "之后 14 天由客服决定",
        "签收后 7 天",
        "签收后 15 天",
        "48 小时内",
        "视为同意",
        "同意后 8 天内",
        "拒绝后 9 天内，客服 72 小时内决定",
        "10%",
        "href=\"/help/policies/wanfu\"",
    ] {
        assert!(html.contains(text), "{text}: {html}");
    }
    let english = drawn(Lang::En, || policy_view(Lang::En, &sample::policy()));
    for text in [
        "You cancel at once, within 30 min",
        "It counts as granted",
        "Late cancel number 7",
        "Up to 4 late cancels within 20 days",
        "Not possible. Instead: ask for return and refund, contact support",
    ] {
        assert!(english.contains(text), "{text}: {english}");
    }
    let mut only_faulty = sample::policy();
    only_faulty.after_sale.as_mut().expect("rules").days = None;
    let html = drawn(Lang::ZhCn, || policy_view(Lang::ZhCn, &only_faulty));
    assert!(
        !html.contains("签收后 7 天") && html.contains("签收后 15 天"),
        "{html}"
    );
    let mut other = sample::policy();
    other.partial = false;
    other.after_sale = None;
    other.complaints = None;
    let html = drawn(Lang::ZhCn, || policy_view(Lang::ZhCn, &other));
    assert!(
        html.contains("只能整单取消。") && !html.contains("签收后"),
        "{html}"
    );
    assert!(!html.contains("id=\"complaints\""), "{html}");
    let mut outside = sample::policy();
    outside.complaints.as_mut().expect("rules").silence_grants = false;
    let html = drawn(Lang::ZhCn, || policy_view(Lang::ZhCn, &outside));
    assert!(
        html.contains("不必再等") && !html.contains("您要求的退款自动同意"),
        "{html}"
    );
}

#[test]
fn the_versions_are_listed_where_there_are_several_and_the_one_in_force_is_named() {
    let mut policy = sample::policy();
    let html = drawn(Lang::En, || policy_view(Lang::En, &policy));
    for text in [
        "href=\"/help/policies/tepai?version=2026-01\" aria-current=\"page\"",
        "Version 2026-01, from 1 Jan 2026 on (in force)",
        "href=\"/help/policies/tepai?version=2025-07\"",
        "Version 2025-07, from 1 Jul 2025 on<",
        "href=\"/help/policy-changes?shop=tepai\"",
    ] {
        assert!(html.contains(text), "{text}: {html}");
    }
    policy.versions.truncate(1);
    let html = drawn(Lang::En, || policy_view(Lang::En, &policy));
    assert!(!html.contains("id=\"versions\""), "{html}");
}

#[test]
fn a_version_that_is_not_in_force_says_so_and_leads_to_the_one_that_is() {
    let leads = "href=\"/help/policies/tepai\">See version 2026-07";
    let mut policy = sample::policy();
    let html = drawn(Lang::En, || policy_view(Lang::En, &policy));
    assert!(!html.contains("not in force"), "{html}");
    policy.in_force = "2026-07".into();
    let html = drawn(Lang::En, || policy_view(Lang::En, &policy));
    for text in [
        "not in force any more",
        leads,
        "Version 2026-01, from",
        "the same as the version in force",
    ] {
        assert!(html.contains(text), "{text}: {html}");
    }
    policy.differs = vec![PolicySection::Refunds, PolicySection::Abuse];
    let html = drawn(Lang::En, || policy_view(Lang::En, &policy));
    let differs = "in: When refunds arrive, Cancelling very often.";
    assert!(html.contains(differs), "{html}");
}

#[test]
fn an_article_of_an_order_says_by_which_version_and_leads_to_it_and_to_the_one_in_force() {
    let words = Words::of(Lang::En);
    let mut article = sample::article();
    let html = drawn(Lang::En, || article_view(Lang::En, &article, ""));
    assert!(html.contains(words.orders_keep), "{html}");
    assert!(!html.contains(words.of_order_text), "{html}");
    assert!(!html.contains("version=2026-01"), "{html}");
    article.in_force = "2026-07".into();
    let html = drawn(Lang::En, || article_view(Lang::En, &article, "2026-01"));
    for text in [
        "By version 2026-01 of the policy",
        words.of_order_text,
        "href=\"/help/policies/tepai?version=2026-01\"",
        "See what version 2026-07 says",
        "href=\"/help/late-refund?shop=tepai\"",
        // What it leads to is of the order, too.
        "href=\"/help/another-account?shop=tepai&amp;version=2026-01\"",
        words.link_version,
    ] {
        assert!(html.contains(text), "{text}: {html}");
    }
    assert!(!html.contains(words.orders_keep), "{html}");
    // The policy in force is reached by the notice only.
    assert!(!html.contains("href=\"/help/policies/tepai\""), "{html}");
}

#[test]
fn an_article_that_is_not_of_the_orders_version_does_not_say_that_it_is() {
    let words = Words::of(Lang::En);
    let now = HelpArticle {
        policy_version: "2026-07".into(),
        in_force: "2026-07".into(),
        ..sample::article()
    };
    let shown = |article: &HelpArticle, asked: &str| {
        let html = drawn(Lang::En, || article_view(Lang::En, article, asked));
        assert!(!html.contains(words.of_order_text), "{html}");
        html
    };
    let of_order = "href=\"/help/another-account?shop=tepai&amp;version=2026-01\"";
    // It does not hold under the order's version.
    let html = shown(&now, "2026-01");
    assert!(html.contains("By version 2026-07 of the policy"), "{html}");
    assert!(html.contains(words.of_now_text), "{html}");
    assert!(!html.contains(words.orders_keep) && !html.contains(of_order));
    for asked in ["", "2026-07"] {
        let html = shown(&now, asked);
        assert!(html.contains(words.orders_keep), "{asked}: {html}");
        assert!(!html.contains(words.of_now_text), "{asked}: {html}");
    }
    // It is of today, and leads on to what is of the order.
    let today = HelpArticle {
        of_today: true,
        ..now
    };
    for asked in ["", "2026-01", "2026-07"] {
        let html = shown(&today, asked);
        assert!(html.contains(words.of_today), "{asked}: {html}");
        assert!(!html.contains(words.orders_keep), "{asked}: {html}");
        assert!(!html.contains(words.of_now_text), "{asked}: {html}");
        assert_eq!(html.contains(of_order), asked == "2026-01", "{html}");
        let policy = "href=\"/help/policies/tepai?version=2026-01\"";
        assert_eq!(html.contains(policy), asked == "2026-01", "{html}");
        // Its own policy is the one in force.
        let policy = "href=\"/help/policies/tepai\"";
        assert!(html.contains(policy), "{asked}: {html}");
    }
}

#[test]
fn the_server_draws_the_pages_for_whoever_is_not_logged_in() {
    let answer = |url: String, status, body: String| Answer {
        url,
        status,
        body: crate::json::Json::parse(&body).expect("JSON"),
    };
    let pages = [
        (
            "/help?shop=tepai",
            written(&sample::list()),
            "Title of late-refund",
        ),
        (
            "/help/late-refund?shop=tepai",
            written(&sample::article()),
            "先看日期",
        ),
        (
            "/help/late-refund?shop=tepai&version=2026-01",
            written(&sample::article()),
            "先看日期",
        ),
        (
            "/help/policies/tepai",
            written(&sample::policy()),
            "2026-01",
        ),
    ];
    for (page, body, shown) in pages {
        let page = Page::of_url(page);
        let url = crate::start::calls(&page).remove(0);
        let answers = vec![
            answer(url, 200, body),
            answer(SESSION.into(), 401, "{\"type\":\"\",\"title\":\"\",\"status\":401,\"detail\":\"\",\"code\":\"not_logged_in\",\"request_id\":\"\"}".into()),
        ];
        for lang in Lang::ALL {
            let rendered = render(lang, page.clone(), answers.clone());
            assert!(rendered.body.contains(shown), "{}", rendered.body);
            assert!(
                rendered.body.contains("href=\"/login?next=%2Fhelp"),
                "{}",
                rendered.body
            );
            assert!(rendered.title.contains('·'), "{}", rendered.title);
        }
    }
}

#[test]
fn what_comes_from_outside_is_text_and_never_markup() {
    let evil = "<script>alert('x')</script>";
    let mut article = sample::article();
    article.title = evil.into();
    article.answer = evil.into();
    article.parts[0].paragraphs[0] = evil.into();
    article.parts[0].heading = Some(evil.into());
    article.questions[0] = evil.into();
    let found = HelpList {
        q: Some(evil.into()),
        ..sample::list()
    };
    for html in [
        drawn(Lang::En, || article_view(Lang::En, &article, "")),
        list(Lang::En, &found),
    ] {
        assert!(!html.contains("<script"), "{html}");
    }
}
