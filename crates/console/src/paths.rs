//! Every URL of the console, in one place.

use orders_api::{WorkKind, segment};

/// The console.
pub const HOME: &str = "/staff";

/// In whose hands entries of the queue are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Hands {
    /// Anybody's.
    #[default]
    All,
    /// One's own.
    Mine,
    /// Nobody's.
    Free,
}

impl Hands {
    /// Every choice.
    pub const ALL: [Self; 3] = [Self::All, Self::Mine, Self::Free];

    /// Its name in the API and in the URL.
    pub const fn code(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Mine => "mine",
            Self::Free => "free",
        }
    }

    /// The choice of that name; all without.
    pub fn from_code(code: &str) -> Self {
        let found = Self::ALL.into_iter().find(|one| one.code() == code);
        found.unwrap_or_default()
    }
}

/// How the queue is ordered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// What has to be done next comes first.
    #[default]
    Due,
    /// What has waited longest comes first.
    Age,
}

impl Sort {
    /// Every choice.
    pub const ALL: [Self; 2] = [Self::Due, Self::Age];

    /// Its name in the API and in the URL.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Due => "due",
            Self::Age => "age",
        }
    }

    /// The choice of that name; by what is due without.
    pub fn from_code(code: &str) -> Self {
        let found = Self::ALL.into_iter().find(|one| one.code() == code);
        found.unwrap_or_default()
    }
}

/// What is asked for of the queue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkQuery {
    /// Of which kind.
    pub kind: WorkKind,
    /// In whose hands.
    pub hands: Hands,
    /// In which order.
    pub sort: Sort,
    /// Of which shop; of all without.
    pub shop: Option<String>,
}

impl Default for WorkQuery {
    fn default() -> Self {
        Self {
            kind: WorkKind::CancellationRequest,
            hands: Hands::default(),
            sort: Sort::default(),
            shop: None,
        }
    }
}

impl WorkQuery {
    fn parse(query: &str) -> Self {
        let text = |name| value(query, name).unwrap_or_default();
        Self {
            kind: WorkKind::from_code(&text("kind")).unwrap_or(WorkKind::CancellationRequest),
            hands: Hands::from_code(&text("claim")),
            sort: Sort::from_code(&text("sort")),
            shop: value(query, "shop").filter(|shop| !shop.is_empty()),
        }
    }

    /// As a query of the API and of the URL.
    pub fn text(&self) -> String {
        let (kind, hands, sort) = (self.kind.code(), self.hands.code(), self.sort.code());
        let mut text = format!("kind={kind}&claim={hands}&sort={sort}");
        if let Some(shop) = &self.shop {
            text.push_str("&shop=");
            text.push_str(&segment(shop));
        }
        text
    }
}

/// A page of the console.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Page {
    /// What waits.
    Work(WorkQuery),
    /// Orders by what somebody tells of them; nothing was asked yet when it is empty.
    Search(String),
    /// An order.
    Order(String),
    /// Nothing of ours.
    NotFound,
}

impl Page {
    /// The page of a path and its query.
    pub fn parse(path: &str, query: &str) -> Self {
        let Some(rest) = path.strip_prefix(HOME) else {
            return Self::NotFound;
        };
        let segments: Vec<&str> = rest.split('/').filter(|part| !part.is_empty()).collect();
        match segments.as_slice() {
            [] => Self::Work(WorkQuery::parse(query)),
            ["orders"] => Self::Search(value(query, "q").unwrap_or_default()),
            ["orders", id] => decoded(id).map_or(Self::NotFound, Self::Order),
            _ => Self::NotFound,
        }
    }

    /// Its address.
    pub fn href(&self) -> String {
        match self {
            Self::Work(query) => work(query),
            Self::Search(asked) => search(asked),
            Self::Order(id) => order(id),
            Self::NotFound => HOME.to_owned(),
        }
    }
}

/// The queue.
pub fn work(query: &WorkQuery) -> String {
    if *query == WorkQuery::default() {
        HOME.to_owned()
    } else {
        format!("{HOME}?{}", query.text())
    }
}

/// The search, with what is asked.
pub fn search(asked: &str) -> String {
    if asked.is_empty() {
        format!("{HOME}/orders")
    } else {
        format!("{HOME}/orders?q={}", segment(asked))
    }
}

/// An order.
pub fn order(id: &str) -> String {
    format!("{HOME}/orders/{}", segment(id))
}

/// The value of a parameter of a query, which may begin with `?`.
fn value(query: &str, name: &str) -> Option<String> {
    query
        .trim_start_matches('?')
        .split('&')
        .filter_map(|pair| pair.split_once('='))
        .find(|(found, _)| *found == name)
        .and_then(|(_, value)| decoded(&value.replace('+', " ")))
}

/// Text that was percent-encoded; `None` when it was not.
fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let digit = |byte: Option<u8>| char::from(byte?).to_digit(16);
            let (high, low) = (digit(rest.next())?, digit(rest.next())?);
            bytes.push(u8::try_from(high * 16 + low).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_is_found_again_by_its_address() {
        for page in [
            Page::Work(WorkQuery::default()),
            Page::Work(WorkQuery {
                kind: WorkKind::RefundWay,
                hands: Hands::Free,
                sort: Sort::Age,
                shop: Some("wan fu".to_owned()),
            }),
            Page::Search(String::new()),
            Page::Search("li n+%@x".to_owned()),
            Page::Search("林".to_owned()),
            Page::Order("o/1 ü".to_owned()),
        ] {
            let href = page.href();
            let (path, query) = href.split_once('?').unwrap_or((&href, ""));
            assert_eq!(Page::parse(path, query), page, "{href}");
        }
    }

    #[test]
    fn what_is_no_address_of_the_console_is_not_found() {
        for path in [
            "/",
            "/orders",
            "/staff/x",
            "/staff/orders/a/b",
            "/staff/orders/%zz",
            "/staff/orders/%",
        ] {
            assert_eq!(Page::parse(path, ""), Page::NotFound, "{path}");
        }
        assert_eq!(
            Page::parse("/staff/", "?lang=en"),
            Page::Work(WorkQuery::default())
        );
    }
}
