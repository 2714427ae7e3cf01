//! Every URL of the storefront's pages, in one place: printed for links, read for the page to show.

mod complaint;
mod help;
mod query;
mod talk;
#[cfg(test)]
mod tests;

pub use complaint::{
    ComplainQuery, complain, complain_of_case, complain_of_refund, complaint, complaint_acceptance,
    complaint_dispute, complaint_messages, complaint_withdrawal,
};
pub use help::HelpQuery;
pub use query::{OrdersQuery, SEARCH_MAX, search_text};
pub use talk::{
    SUPPORT, SupportQuery, conversation, conversation_end, conversation_messages,
    conversation_rating, conversation_read,
};

use orders_api::{TimelineEvent, segment};

/// The log-in page.
pub const LOGIN: &str = "/login";
/// My Orders.
pub const ORDERS: &str = "/orders";

/// The log-in page, which leads to `next` afterwards.
pub fn login(next: &str) -> String {
    with_query(LOGIN, &[("next", next)])
}

/// Where a guest looks up one order.
pub const GUEST: &str = "/guest";

/// Where a guest types the code that was asked for as `request`; where they ask for one when it is empty.
pub fn guest(request: &str) -> String {
    with_query(GUEST, &[("request", request)])
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
        match value_in(search, "step").as_str() {
            "2" => Self::Why,
            "3" => Self::Check,
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

/// The help centre.
pub const HELP: &str = "/help";

/// An article of the help centre, as it holds for a shop; for the first that it holds for when `shop` is empty.
pub fn article(id: &str, shop: &str) -> String {
    article_of(id, shop, "")
}

/// The same under a version of the shop's policy, as an order names it; under the one in force when `version` is empty.
pub fn article_of(id: &str, shop: &str, version: &str) -> String {
    one("/help/", id) + &article_query(shop, version)
}

/// For which shop and which version, as a query string of page and API alike; empty or with its `?`.
pub fn article_query(shop: &str, version: &str) -> String {
    with_query("", &[("shop", shop), ("version", version)])
}

/// A shop's policy in force.
pub fn policy(shop: &str) -> String {
    one("/help/policies/", shop)
}

/// That version of a shop's policy; the one in force when `version` is empty.
pub fn policy_version(shop: &str, version: &str) -> String {
    with_query(&policy(shop), &[("version", version)])
}

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
    /// Complaining about an order.
    Complain {
        /// The order's id.
        id: String,
        /// The query of its URL, which only the page itself reads ([`ComplainQuery`]).
        search: String,
    },
    /// One complaint.
    Complaint {
        /// Its id.
        id: String,
    },
    /// What happened to the shopper's orders.
    Notifications,
    /// The ways to a person.
    Support {
        /// The query of its URL, which only the page itself reads ([`SupportQuery`]).
        search: String,
    },
    /// A conversation with a person.
    Conversation {
        /// The conversation's id.
        id: String,
    },
    /// The help centre.
    Help(HelpQuery),
    /// One article of it.
    HelpArticle {
        /// Its id.
        id: String,
        /// For which shop; empty for the first that it holds for.
        shop: String,
        /// Under which version of its policy, as an order names it; empty for the one in force.
        version: String,
    },
    /// A shop's policy.
    Policy {
        /// The shop's id.
        shop: String,
        /// Which version, as an order names it; empty for the one in force.
        version: String,
    },
    /// The log-in page.
    LogIn {
        /// Where to go afterwards: a path of our own.
        next: String,
    },
    /// Where a guest looks up one order with a code.
    Guest {
        /// The code that was asked for; empty before.
        request: String,
    },
    /// A URL that leads nowhere.
    NotFound,
}

impl Page {
    /// The page of something that happened to `order`: the refund's, the after-sale case's or the complaint's, where
    /// `subject` is the id of one, else the order's.
    pub fn of_event(what: TimelineEvent, order: &str, subject: Option<&str>) -> Self {
        match subject {
            Some(id) if what.is_of_case() => Self::Case { id: id.to_owned() },
            Some(id) if what.is_of_refund() => Self::Refund { id: id.to_owned() },
            Some(id) if what.is_of_complaint() => Self::Complaint { id: id.to_owned() },
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
        let named = decoded(id.unwrap_or_default(), false);
        match (first, id, dialog) {
            // What its form leads to shows My Orders, should it be opened.
            (None | Some("orders" | "logout"), None, _) => Self::Orders(OrdersQuery::parse(search)),
            (Some("login"), None, _) => Self::LogIn {
                next: safe_next(Some(&value_in(search, "next"))),
            },
            (Some("guest"), None, _) => Self::Guest {
                request: value_in(search, "request"),
            },
            // What its forms lead to shows the order itself, should it be opened.
            (Some("orders"), Some(_), None | Some("cancel" | "withdraw" | "address")) => {
                Self::Order {
                    id: named,
                    cancelling: dialog == Some("cancel"),
                }
            }
            (Some("refunds"), Some(_), None | Some("way")) => Self::Refund { id: named },
            (Some("orders"), Some(_), Some("after-sale")) => Self::AfterSale {
                id: named,
                step: AskStep::of_query(search),
            },
            (
                Some("cases"),
                Some(_),
                None | Some("messages" | "appeal" | "parcel" | "withdrawal"),
            ) => Self::Case { id: named },
            (Some("orders"), Some(_), Some("complain")) => Self::Complain {
                id: named,
                search: search.trim_start_matches('?').to_owned(),
            },
            (
                Some("complaints"),
                Some(_),
                None | Some("messages" | "acceptance" | "dispute" | "withdrawal"),
            ) => Self::Complaint { id: named },
            (Some("notifications"), None | Some("read"), None) => Self::Notifications,
            (Some("support"), None, _) => Self::Support {
                search: search.trim_start_matches('?').to_owned(),
            },
            (Some("support"), Some(_), None | Some("messages" | "end" | "rating")) => {
                Self::Conversation { id: named }
            }
            (Some("help"), None, _) => Self::Help(HelpQuery::parse(search)),
            (Some("help"), Some("policies"), Some(shop)) => Self::Policy {
                shop: decoded(shop, false),
                version: value_in(search, "version"),
            },
            (Some("help"), Some(id), None) if id != "policies" => Self::HelpArticle {
                id: named,
                shop: value_in(search, "shop"),
                version: value_in(search, "version"),
            },
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
            Self::Complain { id, search } => complaint::complain_with(id, search),
            Self::Complaint { id } => complaint(id),
            Self::Notifications => NOTIFICATIONS.to_owned(),
            Self::Support { search } => talk::support(search),
            Self::Conversation { id } => conversation(id),
            Self::Help(query) => query.href(),
            Self::HelpArticle { id, shop, version } => article_of(id, shop, version),
            Self::Policy { shop, version } => policy_version(shop, version),
            Self::LogIn { next } => login(next),
            Self::Guest { request } => guest(request),
            Self::NotFound => ORDERS.to_owned(),
        }
    }
}

/// An address with a query of these names and values; those that are empty are left out.
fn with_query(path: &str, pairs: &[(&str, &str)]) -> String {
    let mut out = path.to_owned();
    let mut joint = '?';
    for (name, value) in pairs {
        if !value.is_empty() {
            out.push(joint);
            out.push_str(name);
            out.push('=');
            out.push_str(&segment(value));
            joint = '&';
        }
    }
    out
}

/// The first value of that name in a query string; empty for none.
fn value_in(search: &str, name: &str) -> String {
    let found = pairs(search).find(|(known, _)| *known == name);
    found.map(|(_, value)| value).unwrap_or_default()
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
