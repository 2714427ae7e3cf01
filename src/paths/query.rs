//! What My Orders shows, as it stands in its URL. Whatever makes no sense there counts as absent.

use orders_api::Tab;

use super::ORDERS;

/// The most characters of a search; what is longer is cut.
pub const SEARCH_MAX: usize = 100;
/// The longest cursor that a list gives out.
const CURSOR_MAX: usize = 256;

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
    /// Where the list begins, a cursor of the API; empty for the newest order.
    pub after: String,
}

impl OrdersQuery {
    /// The state that the query string of a URL describes, with or without its `?`.
    pub fn parse(search: &str) -> Self {
        let mut query = Self::default();
        for (name, value) in super::pairs(search) {
            match name {
                "tab" => query.tab = Tab::from_code(&value).unwrap_or_default(),
                "q" => query.q = search_text(&value),
                "placed_from" => query.placed_from = day_or_nothing(value),
                "placed_to" => query.placed_to = day_or_nothing(value),
                "after" if value.len() <= CURSOR_MAX => query.after = value,
                _ => {}
            }
        }
        query
    }

    /// The same search in another tab, from its newest order on.
    pub fn in_tab(&self, tab: Tab) -> Self {
        Self {
            tab,
            ..self.beginning_after("")
        }
    }

    /// The same list, begun elsewhere.
    pub fn beginning_after(&self, cursor: &str) -> Self {
        Self {
            after: cursor.to_owned(),
            ..self.clone()
        }
    }

    /// Another search in the same tab, from its newest order on.
    pub fn searching(&self, q: &str) -> Self {
        Self {
            q: q.to_owned(),
            ..self.beginning_after("")
        }
    }

    /// The same search on other days, from its newest order on.
    pub fn on_days(&self, placed_from: String, placed_to: String) -> Self {
        Self {
            placed_from,
            placed_to,
            ..self.beginning_after("")
        }
    }

    /// Which orders: names and values, empty where it is the usual.
    pub fn fields(&self) -> [(&'static str, &str); 4] {
        let tab = if self.tab == Tab::All {
            ""
        } else {
            self.tab.code()
        };
        [
            ("tab", tab),
            ("q", &self.q),
            ("placed_from", &self.placed_from),
            ("placed_to", &self.placed_to),
        ]
    }

    /// Whether anything but the tab narrows the list.
    pub fn is_filtered(&self) -> bool {
        !(self.q.is_empty() && self.placed_from.is_empty() && self.placed_to.is_empty())
    }

    /// Which orders, as a query string of page and API alike, without defaults; empty or with its `?`.
    pub fn to_query(&self) -> String {
        self.at("", "")
    }

    /// With where the list begins, which the page's address says, too.
    fn at(&self, path: &str, after: &str) -> String {
        let [tab, q, from, to] = self.fields();
        super::with_query(path, &[tab, q, from, to, ("after", after)])
    }

    /// My Orders with this state.
    pub fn href(&self) -> String {
        self.at(ORDERS, &self.after)
    }
}

/// What to search for when this was typed.
pub fn search_text(typed: &str) -> String {
    let visible: String = typed
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .take(SEARCH_MAX)
        .collect();
    visible.trim().to_owned()
}

/// Day and month are only checked for their range: the server knows how long a month is.
pub(super) fn day_or_nothing(text: String) -> String {
    let part = |range| {
        text.get(range)
            .and_then(|digits: &str| digits.parse::<u16>().ok())
    };
    let shaped = text.len() == 10
        && text.bytes().enumerate().all(|(at, byte)| {
            if at == 4 || at == 7 {
                byte == b'-'
            } else {
                byte.is_ascii_digit()
            }
        });
    let sensible = part(0..4).is_some_and(|year| year > 0)
        && part(5..7).is_some_and(|month| (1..=12).contains(&month))
        && part(8..10).is_some_and(|day| (1..=31).contains(&day));
    if shaped && sensible {
        text
    } else {
        String::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_url_gives_back_what_was_put_into_it() {
        for query in [
            OrdersQuery::default(),
            OrdersQuery {
                tab: Tab::AfterSale,
                q: "100% 棉 & a%41+b".into(),
                placed_from: "2026-01-01".into(),
                placed_to: "2026-12-31".into(),
                after: "MTc5NTMzNjIwMA==".into(),
            },
        ] {
            let href = query.href();
            let search = href.strip_prefix(ORDERS).expect("the page's path");
            assert_eq!(OrdersQuery::parse(search), query);
            assert!(!query.to_query().contains("after="));
        }
    }

    #[test]
    fn what_makes_no_sense_counts_as_absent() {
        for search in [
            "tab=nonsense&embed=1&placed_from=yesterday",
            "placed_to=2026-13-01&placed_from=2026-00-10",
            "q=%20%09&&=&placed_from=0000-01-01",
        ] {
            assert_eq!(
                OrdersQuery::parse(search),
                OrdersQuery::default(),
                "{search}"
            );
        }
        assert_eq!(OrdersQuery::parse("q=%E6%9D%AF%&tab=to_ship").q, "杯%");
        assert_eq!(OrdersQuery::parse("q=%FF%zz").q, "\u{fffd}%zz");
        assert_eq!(
            OrdersQuery::parse(&format!("q={}", "x".repeat(500)))
                .q
                .len(),
            SEARCH_MAX
        );
    }
}
