//! How the app begins: on an empty page, or over the page that the server rendered, from the answers that came with it.
//!
//! The server's page works by itself. Once the code is there, the app draws the same page from the same answers, takes
//! over what the shopper did meanwhile, and removes the server's, all before the next picture.

use leptos::prelude::*;

use crate::client::Failure;
use crate::json::{Json, Read};
use crate::paths::Page;
#[cfg(feature = "ssr")]
use crate::words::Lang;

/// An answer of the API that came with the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// What was asked: the URL of the call, as [`crate::client`] writes it.
    pub url: String,
    /// Its status.
    pub status: u16,
    /// Its body.
    pub body: Json,
}

impl Read for Answer {
    fn read(mut json: Json) -> Option<Self> {
        Some(Self {
            url: String::read(json.take("url"))?,
            status: u16::read(json.take("status"))?,
            body: json.take("body"),
        })
    }
}

/// What the app begins with.
#[derive(Clone, Copy)]
pub struct Start {
    page: StoredValue<Page>,
    answers: StoredValue<Vec<Answer>>,
}

impl Start {
    /// From the page's URL alone, or over a page with its answers.
    pub fn new(page: Page, answers: Option<Vec<Answer>>) -> Self {
        Self {
            page: StoredValue::new(page),
            answers: StoredValue::new(answers.unwrap_or_default()),
        }
    }

    /// The page to begin with.
    pub(crate) fn page(self) -> Page {
        self.page.get_value()
    }

    /// The answer to a call, if it came with the page; each only once.
    pub(crate) fn take(self, url: &str) -> Option<(u16, Json)> {
        self.answers
            .try_update_value(|answers| {
                let at = answers.iter().position(|answer| answer.url == url)?;
                let answer = answers.swap_remove(at);
                Some((answer.status, answer.body))
            })
            .flatten()
    }
}

/// What came with the page in answer to a call; `None` when it has to be asked.
pub(crate) fn answered<T: Read>(url: &str) -> Option<Result<T, Failure>> {
    let (status, body) = use_context::<Start>()?.take(url)?;
    Some(if status < 400 {
        T::read(body).ok_or(Failure::Unreadable)
    } else {
        Err(Failure::of(status, Some(body)))
    })
}

/// [`answered`], with the order that may come with a refusal.
pub(crate) fn answered_in_full<T: Read>(url: &str) -> Option<Result<T, Failure>> {
    let (status, body) = use_context::<Start>()?.take(url)?;
    Some(if status < 400 {
        T::read(body).ok_or(Failure::Unreadable)
    } else {
        Err(Failure::in_full(status, Some(body)))
    })
}

/// What is asked for by a form of the page: the name under which the answer comes with the page.
pub fn posted(method: &str, url: &str) -> String {
    let mut name = method.to_owned();
    name.push(' ');
    name.push_str(url);
    name
}

/// What a form of this page was filled in with, or what its URL says besides, under this name.
pub const FORM: &str = "form";
/// The idempotency key of this page's forms, under this name.
pub const KEY: &str = "key";

/// What had happened before the page was drawn, for the stream of what happens then, under this name.
pub const MARK: &str = "mark";

/// The mark that came with the page; once.
pub(crate) fn mark() -> Option<String> {
    let (_, mark) = use_context::<Start>()?.take(MARK)?;
    String::read(mark)
}

/// What came with the page for its forms.
#[derive(Debug, Default)]
pub struct Form {
    fields: Vec<(String, Json)>,
    /// The key that the forms of the served page carry: whoever sends one of them and then presses the app's button means
    /// one thing.
    pub key: Option<String>,
}

impl Form {
    /// Each only once.
    pub fn take() -> Self {
        let Some(start) = use_context::<Start>() else {
            return Self::default();
        };
        let body = |name| start.take(name).map(|(_, body)| body);
        Self {
            fields: match body(FORM) {
                Some(Json::Object(fields)) => fields,
                _ => Vec::new(),
            },
            key: body(KEY).and_then(String::read),
        }
    }

    /// What was filled in under a name.
    pub fn field(&self, name: &str) -> Option<&str> {
        let mut fields = self.fields();
        fields.find_map(|(known, value)| (known == name).then_some(value))
    }

    /// Names and values.
    pub fn fields(&self) -> impl Iterator<Item = (&str, &str)> {
        self.fields.iter().filter_map(|(name, value)| match value {
            Json::Text(value) => Some((name.as_str(), value.as_str())),
            _ => None,
        })
    }
}

/// The calls of the API whose answers a page begins with.
pub fn calls(page: &Page) -> Vec<String> {
    let own = match page {
        Page::Orders(query) => vec![crate::client::orders_url(
            query,
            None,
            crate::features::orders::FIRST,
        )],
        Page::Order { id, cancelling } => {
            let mut calls = vec![orders_api::order(id)];
            if *cancelling {
                calls.push(orders_api::cancellation_preview(id));
            }
            calls
        }
        Page::Refund { id } => vec![orders_api::refund(id)],
        Page::AfterSale { id, .. } => vec![orders_api::after_sale(id)],
        Page::Case { id } => vec![orders_api::case(id)],
        Page::Complain { id, .. } => vec![orders_api::complaint_options(id)],
        Page::Complaint { id } => vec![orders_api::complaint(id)],
        Page::Support { search } => {
            let query = crate::paths::SupportQuery::parse(search);
            vec![
                crate::client::support_url(&query),
                orders_api::CONVERSATIONS.to_owned(),
            ]
        }
        Page::Conversation { id } => vec![
            orders_api::conversation(id),
            crate::client::latest_messages_url(id),
        ],
        Page::Notifications => vec![crate::client::notifications_url(None)],
        // Whoever is not logged in reads them, too: they are asked for before it shows that nobody is.
        Page::Help(query) => return public(crate::client::help_url(query)),
        Page::HelpArticle { id, shop, version } => {
            return public(crate::client::article_url(id, shop, version));
        }
        Page::Policy { shop, version } => return public(orders_api::policy(shop, version)),
        Page::Guest { .. } => return vec![orders_api::GUEST.to_owned()],
        Page::LogIn { .. } | Page::NotFound => return Vec::new(),
    };
    [orders_api::SESSION.to_owned()]
        .into_iter()
        .chain(own)
        .chain([orders_api::UNREAD.to_owned()])
        .collect()
}

/// The calls of a page that needs no session.
fn public(own: String) -> Vec<String> {
    vec![
        own,
        orders_api::SESSION.to_owned(),
        orders_api::UNREAD.to_owned(),
    ]
}

/// A page as the server sends it.
#[cfg(feature = "ssr")]
#[derive(Debug)]
pub struct Rendered {
    /// The document's title.
    pub title: String,
    /// What is in the document's body.
    pub body: String,
}

/// Renders a page on the server from the answers to its [`calls`].
#[cfg(feature = "ssr")]
pub fn render(lang: Lang, page: Page, answers: Vec<Answer>) -> Rendered {
    use leptos::reactive::owner::Owner;
    let owner = Owner::new();
    let rendered = owner.with(|| {
        let title = RwSignal::new(String::new());
        provide_context(Title(title));
        let start = Start::new(page, Some(answers));
        let body = crate::app::App(crate::app::AppProps { lang, start }).to_html();
        Rendered {
            title: title.get_untracked(),
            body,
        }
    });
    owner.cleanup();
    rendered
}

/// Where a page on the server puts its title.
#[cfg(feature = "ssr")]
#[derive(Clone, Copy)]
struct Title(RwSignal<String>);

/// Sets the document's title, in the browser and on the server.
pub(crate) fn set_title(title: &str) {
    #[cfg(feature = "ssr")]
    if let Some(Title(signal)) = use_context::<Title>() {
        signal.set(title.to_owned());
    }
    crate::browser::set_title(title);
}
