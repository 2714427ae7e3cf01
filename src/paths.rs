//! Every URL of the storefront's pages, in one place.

use orders_api::{Tab, segment};

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
    format!("{ORDERS}/{}", segment(id))
}

/// One order with its cancel dialog open.
pub fn cancel(id: &str) -> String {
    format!("{}/cancel", order(id))
}

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

/// What My Orders shows: its whole state, as it stands in the URL.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct OrdersQuery {
    /// The tab.
    pub tab: Tab,
    /// The search text, trimmed; empty for none.
    pub q: String,
    /// The first day, `YYYY-MM-DD`; empty for none.
    pub placed_from: String,
    /// The last day; empty for none.
    pub placed_to: String,
}

impl OrdersQuery {
    /// The same search in another tab.
    pub fn in_tab(&self, tab: Tab) -> Self {
        Self {
            tab,
            ..self.clone()
        }
    }

    /// Whether anything but the tab narrows the list.
    pub fn is_filtered(&self) -> bool {
        !(self.q.is_empty() && self.placed_from.is_empty() && self.placed_to.is_empty())
    }

    /// The query string of page and API alike, without defaults; empty or with its `?`.
    pub fn to_query(&self) -> String {
        let tab = if self.tab == Tab::All {
            ""
        } else {
            self.tab.code()
        };
        let mut out = String::new();
        for (name, value) in [
            ("tab", tab),
            ("q", &self.q),
            ("placed_from", &self.placed_from),
            ("placed_to", &self.placed_to),
        ] {
            if !value.is_empty() {
                out.push(if out.is_empty() { '?' } else { '&' });
                out.push_str(name);
                out.push('=');
                out.push_str(&segment(value));
            }
        }
        out
    }

    /// My Orders with this state.
    pub fn href(&self) -> String {
        format!("{ORDERS}{}", self.to_query())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_urls_of_the_pages() {
        assert_eq!(order("ord_1"), "/orders/ord_1");
        assert_eq!(cancel("a/b"), "/orders/a%2Fb/cancel");
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
}
