//! Every URL of the storefront's pages, in one place: printed for links, read for the page to show.

mod query;

pub use query::{OrdersQuery, SEARCH_MAX, search_text};

use orders_api::{TimelineEvent, segment};

/// The log-in page.
pub const LOGIN: &str = "/login";
/// My Orders.
pub const ORDERS: &str = "/orders";

/// The log-in page, which leads to `next` afterwards.
pub fn login(next: &str) -> String {
    format!("{LOGIN}?next={}", segment(next))
}

/// One order.
pub fn order(id: &str) -> String {
    one("/orders/", id)
}

/// One order with its cancel dialog open.
pub fn cancel(id: &str) -> String {
    order(id) + "/cancel"
}

/// One refund.
pub fn refund(id: &str) -> String {
    one("/refunds/", id)
}

/// Where the form that asks for another way for a refund leads.
pub fn way(id: &str) -> String {
    format!("{}/way", refund(id))
}

/// Where the form that takes that back leads.
pub fn withdraw_way(id: &str) -> String {
    format!("{}/withdraw", way(id))
}

/// The way to ask for money back after receipt.
pub fn after_sale(order: &str) -> String {
    self::order(order) + "/after-sale"
}

/// The way to ask for money back, at one of its steps.
pub fn after_sale_step(order: &str, step: AskStep) -> String {
    after_sale(order) + step.query()
}

/// A step on the way to ask for money back after receipt.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum AskStep {
    /// What it is about.
    #[default]
    What,
    /// Why, and what is wanted.
    Why,
    /// A last look, and sending it.
    Check,
}

impl AskStep {
    /// All of them, in their order.
    pub const ALL: [Self; 3] = [Self::What, Self::Why, Self::Check];

    const fn query(self) -> &'static str {
        match self {
            Self::What => "",
            Self::Why => "?step=2",
            Self::Check => "?step=3",
        }
    }

    fn of_query(search: &str) -> Self {
        let step = pairs(search).find(|(name, _)| *name == "step");
        match step.as_ref().map(|(_, step)| step.as_str()) {
            Some("2") => Self::Why,
            Some("3") => Self::Check,
            _ => Self::What,
        }
    }
}

/// One after-sale case.
pub fn case(id: &str) -> String {
    one("/cases/", id)
}

/// Where the form that says something in a case leads.
pub fn case_messages(id: &str) -> String {
    case(id) + "/messages"
}

/// Where the form that appeals leads.
pub fn case_appeal(id: &str) -> String {
    case(id) + "/appeal"
}

/// Where the form that tells the parcel leads.
pub fn case_parcel(id: &str) -> String {
    case(id) + "/parcel"
}

/// Where the form that withdraws a case leads.
pub fn case_withdrawal(id: &str) -> String {
    case(id) + "/withdrawal"
}

/// What happened to the shopper's orders.
pub const NOTIFICATIONS: &str = "/notifications";
/// Where the form that marks them as read leads.
pub const READ: &str = "/notifications/read";

fn one(of: &str, id: &str) -> String {
    let mut path = of.to_owned();
    path.push_str(&segment(id));
    path
}

/// Where the form that withdraws a request leads.
pub fn withdraw(id: &str) -> String {
    format!("{}/withdraw", order(id))
}

/// Where the form that corrects the address leads.
pub fn address(id: &str) -> String {
    format!("{}/address", order(id))
}

/// Where the form that logs out leads.
pub const LOG_OUT: &str = "/logout";

/// The current page, whose query is `query`, in another language; a full load, because the server's words change too.
pub fn in_language(query: &str, tag: &str) -> String {
    let mut out = String::from("?");
    for pair in query.trim_start_matches('?').split('&') {
        if !pair.is_empty() && pair != "lang" && !pair.starts_with("lang=") {
            out.push_str(pair);
            out.push('&');
        }
    }
    out.push_str("lang=");
    out.push_str(tag);
    out
}

/// A path of our own to go to after logging in; anything that leads elsewhere is My Orders.
pub fn safe_next(next: Option<&str>) -> String {
    match next {
        Some(path)
            if path.starts_with('/')
                && !path.starts_with("//")
                && !path.contains('\\')
                && !path.chars().any(char::is_control) =>
        {
            path.to_owned()
        }
        _ => ORDERS.to_owned(),
    }
}

/// A page of the storefront, with everything its URL says about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Page {
    /// My Orders.
    Orders(OrdersQuery),
    /// One order.
    Order {
        /// Its id.
        id: String,
        /// With its cancel dialog open.
        cancelling: bool,
    },
    /// One refund.
    Refund {
        /// Its id.
        id: String,
    },
    /// Asking for money back after receipt.
    AfterSale {
        /// The order's id.
        id: String,
        /// How far the shopper is.
        step: AskStep,
    },
    /// One after-sale case.
    Case {
        /// Its id.
        id: String,
    },
    /// What happened to the shopper's orders.
    Notifications,
    /// The log-in page.
    LogIn {
        /// Where to go afterwards: a path of our own.
        next: String,
    },
    /// A URL that leads nowhere.
    NotFound,
}

impl Page {
    /// The page of something that happened to `order`: the refund's or the after-sale case's, where `subject` is the id of
    /// one, else the order's.
    pub fn of_event(what: TimelineEvent, order: &str, subject: Option<&str>) -> Self {
        match subject {
            Some(id) if what.is_of_case() => Self::Case { id: id.to_owned() },
            Some(id) if what.is_of_refund() => Self::Refund { id: id.to_owned() },
            Some(_) | None => Self::Order {
                id: order.to_owned(),
                cancelling: false,
            },
        }
    }

    /// The page of a path and a query string, with or without its `?`.
    pub fn parse(path: &str, search: &str) -> Self {
        let mut segments = path.split('/').filter(|segment| !segment.is_empty());
        let (first, id, dialog) = (segments.next(), segments.next(), segments.next());
        // The longest path is that of a form.
        let rest = (segments.next(), segments.next());
        let withdraws_way = first == Some("refunds") && dialog == Some("way");
        match rest {
            (None, _) => {}
            (Some("withdraw"), None) if withdraws_way => {}
            _ => return Self::NotFound,
        }
        match (first, id, dialog) {
            // What its form leads to shows My Orders, should it be opened.
            (None | Some("orders" | "logout"), None, _) => Self::Orders(OrdersQuery::parse(search)),
            (Some("login"), None, _) => {
                let next = pairs(search).find(|(name, _)| *name == "next");
                Self::LogIn {
                    next: safe_next(next.as_ref().map(|(_, next)| next.as_str())),
                }
            }
            // What its forms lead to shows the order itself, should it be opened.
            (Some("orders"), Some(id), None | Some("cancel" | "withdraw" | "address")) => {
                Self::Order {
                    id: decoded(id, false),
                    cancelling: dialog == Some("cancel"),
                }
            }
            (Some("refunds"), Some(id), None | Some("way")) => Self::Refund {
                id: decoded(id, false),
            },
            (Some("orders"), Some(id), Some("after-sale")) => Self::AfterSale {
                id: decoded(id, false),
                step: AskStep::of_query(search),
            },
            (
                Some("cases"),
                Some(id),
                None | Some("messages" | "appeal" | "parcel" | "withdrawal"),
            ) => Self::Case {
                id: decoded(id, false),
            },
            (Some("notifications"), None | Some("read"), None) => Self::Notifications,
            _ => Self::NotFound,
        }
    }

    /// The page of a path with its query string.
    pub fn of_url(url: &str) -> Self {
        let (path, search) = url.split_once('?').unwrap_or((url, ""));
        Self::parse(path, search)
    }

    /// Its URL; that of My Orders for a page that is none.
    pub fn href(&self) -> String {
        match self {
            Self::Orders(query) => query.href(),
            Self::Order {
                id,
                cancelling: false,
            } => order(id),
            Self::Order {
                id,
                cancelling: true,
            } => cancel(id),
            Self::Refund { id } => refund(id),
            Self::AfterSale { id, step } => after_sale_step(id, *step),
            Self::Case { id } => case(id),
            Self::Notifications => NOTIFICATIONS.to_owned(),
            Self::LogIn { next } => login(next),
            Self::NotFound => ORDERS.to_owned(),
        }
    }
}

/// Names and decoded values of a query string.
fn pairs(search: &str) -> impl Iterator<Item = (&str, String)> {
    search.trim_start_matches('?').split('&').map(|pair| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        (name, decoded(value, true))
    })
}

/// Takes back percent-encoding; in a query, a plus sign is a space.
fn decoded(value: &str, in_query: bool) -> String {
    let mut bytes = Vec::with_capacity(value.len());
    let mut rest = value.as_bytes();
    while let Some((&first, tail)) = rest.split_first() {
        rest = tail;
        bytes.push(match first {
            b'+' if in_query => b' ',
            b'%' => match tail.get(..2).and_then(hex) {
                Some(byte) => {
                    rest = &tail[2..];
                    byte
                }
                None => b'%',
            },
            plain => plain,
        });
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn hex(digits: &[u8]) -> Option<u8> {
    u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
}

#[cfg(test)]
mod tests {
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
            Page::Notifications,
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
}
