//! What the help centre shows, as it stands in its URL.

use super::{HELP, search_text};

/// What the help centre shows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct HelpQuery {
    /// For which shop; empty for the first.
    pub shop: String,
    /// The question, trimmed; empty for none.
    pub q: String,
}

impl HelpQuery {
    /// The state that the query string of a URL describes, with or without its `?`.
    pub fn parse(search: &str) -> Self {
        let mut query = Self::default();
        for (name, value) in super::pairs(search) {
            match name {
                "shop" => query.shop = search_text(&value),
                "q" => query.q = search_text(&value),
                _ => {}
            }
        }
        query
    }

    /// As a query string of page and API alike; empty or with its `?`.
    pub fn to_query(&self) -> String {
        self.at("")
    }

    fn at(&self, path: &str) -> String {
        super::with_query(path, &[("shop", &self.shop), ("q", &self.q)])
    }

    /// The help centre with this state.
    pub fn href(&self) -> String {
        self.at(HELP)
    }

    /// Another question to the same shop.
    pub fn asking(&self, q: &str) -> Self {
        Self {
            q: q.to_owned(),
            ..self.clone()
        }
    }

    /// The same question to another shop.
    pub fn of_shop(&self, shop: &str) -> Self {
        Self {
            shop: shop.to_owned(),
            ..self.clone()
        }
    }
}
