//! Every URL of the console, in one place.

mod insight;

pub use insight::*;

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

/// Which conversations are listed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Chats {
    /// Those that nobody has: in the queue.
    #[default]
    Waiting,
    /// One's own.
    Mine,
    /// Those that were left out of hours.
    Left,
    /// Those of colleagues, and one's own.
    Served,
    /// Those that ended, the last first.
    Closed,
}

impl Chats {
    /// Every choice.
    pub const ALL: [Self; 5] = [
        Self::Waiting,
        Self::Mine,
        Self::Left,
        Self::Served,
        Self::Closed,
    ];

    /// Its name in the URL.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Mine => "mine",
            Self::Left => "left",
            Self::Served => "served",
            Self::Closed => "closed",
        }
    }

    /// The choice of that name; those in the queue without.
    pub fn from_code(code: &str) -> Self {
        let found = Self::ALL.into_iter().find(|one| one.code() == code);
        found.unwrap_or_default()
    }

    /// As a query of the API.
    pub const fn asks(self) -> &'static str {
        match self {
            Self::Waiting => "state=waiting",
            Self::Mine => "state=served&mine=true",
            Self::Left => "state=left",
            Self::Served => "state=served",
            Self::Closed => "state=closed",
        }
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
    /// The policies of the shops.
    Policies,
    /// A version of a shop's policy; the one in force without.
    Policy(String, Option<String>),
    /// The draft of a shop's next policy.
    PolicyDraft(String),
    /// Figures as charts.
    Insight(InsightQuery),
    /// Conversations.
    Chats(Chats),
    /// One conversation.
    Conversation(String),
    /// The canned replies.
    Replies,
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
            ["policies"] => Self::Policies,
            ["policies", shop] => decoded(shop).map_or(Self::NotFound, |shop| {
                Self::Policy(shop, value(query, "version"))
            }),
            ["policies", shop, "draft"] => decoded(shop).map_or(Self::NotFound, Self::PolicyDraft),
            ["insight"] => Self::Insight(InsightQuery::parse(query)),
            ["conversations"] => {
                Self::Chats(Chats::from_code(&value(query, "show").unwrap_or_default()))
            }
            ["replies"] => Self::Replies,
            ["conversations", id] => decoded(id).map_or(Self::NotFound, Self::Conversation),
            _ => Self::NotFound,
        }
    }

    /// Its address.
    pub fn href(&self) -> String {
        match self {
            Self::Work(query) => work(query),
            Self::Search(asked) => search(asked),
            Self::Order(id) => order(id),
            Self::Policies => policies(),
            Self::Policy(shop, version) => policy(shop, version.as_deref()),
            Self::PolicyDraft(shop) => policy_draft(shop),
            Self::Insight(query) => insight(query),
            Self::Chats(which) => chats(*which),
            Self::Conversation(id) => conversation(id),
            Self::Replies => replies(),
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

/// The policies of the shops.
pub fn policies() -> String {
    format!("{HOME}/policies")
}

/// A version of a shop's policy; the one in force without.
pub fn policy(shop: &str, version: Option<&str>) -> String {
    let path = format!("{HOME}/policies/{}", segment(shop));
    version.map_or_else(
        || path.clone(),
        |version| format!("{path}?version={}", segment(version)),
    )
}

/// The draft of a shop's next policy.
pub fn policy_draft(shop: &str) -> String {
    format!("{}/draft", policy(shop, None))
}

/// Conversations.
pub fn chats(which: Chats) -> String {
    if which == Chats::default() {
        format!("{HOME}/conversations")
    } else {
        format!("{HOME}/conversations?show={}", which.code())
    }
}

/// A conversation.
pub fn conversation(id: &str) -> String {
    format!("{HOME}/conversations/{}", segment(id))
}

/// The canned replies.
pub fn replies() -> String {
    format!("{HOME}/replies")
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
            Page::Policies,
            Page::Policy("wan fu".to_owned(), None),
            Page::Policy("tepai".to_owned(), Some("2026 & more".to_owned())),
            Page::PolicyDraft("wan fu".to_owned()),
            Page::Insight(InsightQuery::default()),
            Page::Insight(InsightQuery {
                span: Span::Last(90),
                shop: Some("wan fu".to_owned()),
            }),
            Page::Insight(InsightQuery {
                span: Span::Days("2026-03-01".to_owned(), "2026-03-18".to_owned()),
                shop: None,
            }),
            Page::Chats(Chats::Waiting),
            Page::Chats(Chats::Closed),
            Page::Conversation("c/1".to_owned()),
            Page::Replies,
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
            "/staff/conversations/a/b",
            "/staff/orders/%zz",
            "/staff/orders/%",
            "/staff/policies/tepai/drafts",
        ] {
            assert_eq!(Page::parse(path, ""), Page::NotFound, "{path}");
        }
        assert_eq!(
            Page::parse("/staff/", "?lang=en"),
            Page::Work(WorkQuery::default())
        );
    }
}
