//! URLs and pages, there and back.

use super::*;
use orders_api::Tab;

#[test]
fn the_urls_of_the_pages() {
    assert_eq!(order("ord_1"), "/orders/ord_1");
    assert_eq!(cancel("a/b"), "/orders/a%2Fb/cancel");
    assert_eq!(refund("ord_1-R1"), "/refunds/ord_1-R1");
    assert_eq!(after_sale("ord_1"), "/orders/ord_1/after-sale");
    assert_eq!(
        after_sale_step("ord_1", AskStep::Check),
        "/orders/ord_1/after-sale?step=3"
    );
    let beyond = Page::parse("/orders/1/after-sale", "?step=4");
    assert_eq!(beyond.href(), after_sale("1"));
    assert_eq!(case("ord_1-C1"), "/cases/ord_1-C1");
    assert_eq!(withdraw_way("ord_1-R1"), "/refunds/ord_1-R1/way/withdraw");
    assert_eq!(
        login("/orders?q=杯"),
        "/login?next=%2Forders%3Fq%3D%E6%9D%AF"
    );
    assert_eq!(OrdersQuery::default().href(), "/orders");
    let query = OrdersQuery {
        tab: Tab::ToShip,
        q: "a b&c".into(),
        placed_from: "2026-01-01".into(),
        placed_to: String::new(),
        ..OrdersQuery::default()
    };
    assert_eq!(
        query.href(),
        "/orders?tab=to_ship&q=a%20b%26c&placed_from=2026-01-01"
    );
}

#[test]
fn another_language_shows_the_same_page() {
    assert_eq!(in_language("", "en"), "?lang=en");
    assert_eq!(
        in_language("?tab=to_ship&lang=zh-CN&q=%E6%9D%AF", "en"),
        "?tab=to_ship&q=%E6%9D%AF&lang=en"
    );
}

#[test]
fn logging_in_never_leads_to_another_site() {
    for (next, goes_to) in [
        (None, "/orders"),
        (Some("/orders/ord_1/cancel"), "/orders/ord_1/cancel"),
        (Some("//evil.example"), "/orders"),
        (Some("https://evil.example"), "/orders"),
        (Some("/\\evil.example"), "/orders"),
        (Some("/\t/evil.example"), "/orders"),
        (Some(""), "/orders"),
    ] {
        assert_eq!(safe_next(next), goes_to, "{next:?}");
    }
}

#[test]
fn each_page_is_found_again_by_its_url() {
    for page in [
        Page::Orders(OrdersQuery::default()),
        Page::Orders(OrdersQuery {
            tab: Tab::AfterSale,
            q: "100% 棉 & a%41+b".into(),
            ..OrdersQuery::default()
        }),
        Page::Order {
            id: "ord_1".into(),
            cancelling: false,
        },
        Page::Order {
            id: "a/b c+杯%".into(),
            cancelling: true,
        },
        Page::Refund {
            id: "ord_1-R1".into(),
        },
        Page::Refund {
            id: "a/b c+杯%".into(),
        },
        Page::AfterSale {
            id: "a/b".into(),
            step: AskStep::What,
        },
        Page::AfterSale {
            id: "a/b".into(),
            step: AskStep::Why,
        },
        Page::AfterSale {
            id: "ord_1".into(),
            step: AskStep::Check,
        },
        Page::Case {
            id: "ord_1-C1".into(),
        },
        Page::Complain {
            id: "a/b".into(),
            search: "case=a%2Fb-C1".into(),
        },
        Page::Complaint { id: "a/b".into() },
        Page::Notifications,
        Page::Help(HelpQuery::default()),
        Page::Help(HelpQuery {
            shop: "wanfu".into(),
            q: "退款 & 100%+".into(),
        }),
        Page::HelpArticle {
            id: "late-refund".into(),
            shop: String::new(),
            version: String::new(),
        },
        Page::HelpArticle {
            id: "a/b".into(),
            shop: "w&n".into(),
            version: "2026-07 & 2".into(),
        },
        Page::Policy {
            shop: "tepai".into(),
            version: String::new(),
        },
        Page::Policy {
            shop: "wanfu".into(),
            version: "2026-07 & 2".into(),
        },
        Page::Guest {
            request: String::new(),
        },
        Page::Guest {
            request: "a1b2".into(),
        },
        Page::LogIn {
            next: ORDERS.into(),
        },
        Page::LogIn {
            next: "/refunds/ord_1-R1".into(),
        },
        Page::LogIn {
            next: "/orders?q=杯&tab=to_ship".into(),
        },
    ] {
        let href = page.href();
        assert_eq!(Page::of_url(&href), page, "{href}");
    }
}

#[test]
fn what_a_form_of_a_refund_leads_to_shows_the_refund() {
    let shown = Page::Refund { id: "1".into() };
    for path in [way("1"), withdraw_way("1")] {
        assert_eq!(Page::parse(&path, ""), shown, "{path}");
    }
}

#[test]
fn what_a_form_of_a_case_leads_to_shows_the_case() {
    let shown = Page::Case { id: "1".into() };
    for path in [
        case_messages("1"),
        case_appeal("1"),
        case_parcel("1"),
        case_withdrawal("1"),
    ] {
        assert_eq!(Page::parse(&path, ""), shown, "{path}");
    }
    assert_eq!(Page::parse(READ, ""), Page::Notifications);
}

#[test]
fn a_url_that_is_none_of_ours_leads_nowhere() {
    for path in [
        "/order",
        "/orders/1/refund",
        "/orders/1/cancel/2",
        "/refunds",
        "/refunds/1/cancel",
        "/cases",
        "/cases/1/cancel",
        "/notifications/1",
        "/help/policies",
        "/help/cannot-cancel/1",
        "/help/policies/tepai/1",
        "/notifications/read/1",
        "/orders/1/after-sale/1",
        "/refunds/1/withdraw",
        "/refunds/1/way/1",
        "/refunds/1/way/withdraw/1",
        "/orders/1/cancel/withdraw",
        "/login/x",
    ] {
        assert_eq!(Page::parse(path, ""), Page::NotFound, "{path}");
    }
    for path in ["", "/", "/orders", "/orders/", "/logout"] {
        let home = Page::Orders(OrdersQuery::default());
        assert_eq!(Page::parse(path, "?embed=1"), home, "{path}");
    }
    let next = |search| Page::parse("/login", search);
    let home = Page::LogIn {
        next: ORDERS.into(),
    };
    assert_eq!(next("?next=%2F%2Fevil.example"), home);
    assert_eq!(next(""), home);
}
