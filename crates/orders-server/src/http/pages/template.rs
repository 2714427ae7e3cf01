//! The built page (`index.html`) as a form to fill in.

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use orders_api::Language;
use storefront::paths::Page;
use storefront::start::Rendered;

use super::compress::Heads;

/// What a page answers without a storefront.
const NOT_BUILT: &str = "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Tepai</title>\
<h1>These pages have not been built</h1><p>The API is running. To get the pages, run \
<code>cargo xtask build</code> and start the server again, or name a built folder with \
<code>--dist</code>, for the staff's console with <code>--dist-staff</code>.</p></html>";

/// The parts of the page around what changes.
#[derive(Debug)]
pub struct Template {
    /// To the document's language.
    before_language: String,
    /// To the title.
    before_title: String,
    /// To the end of the head.
    before_head_ends: String,
    /// To the place of the skeleton.
    before_body: String,
    after_body: String,
    /// The style sheet of every page but My Orders.
    later_style: String,
    /// What the build is called, as the head says it.
    build: String,
    /// Code of later pages, by what they show: `<link>`s to fetch it early.
    order: String,
    refund: String,
    after_sale: String,
    case: String,
    notifications: String,
    help: String,
    log_in: String,
    /// What comes before the bodies of pages, compressed.
    pub heads: Heads,
}

impl Template {
    /// Cuts up the page. The style sheet goes into it, because a page that has to wait for it comes a round trip later.
    /// `None` when it is not of the form that the build writes.
    pub fn new(
        index: &str,
        style: impl Fn(&str) -> Option<String>,
        names: &[&str],
    ) -> Option<Self> {
        let (before_language, rest) = index.split_once("<html lang=\"")?;
        let (_, rest) = rest.split_once('"')?;
        let (before_title, rest) = rest.split_once("<title>")?;
        let (_, rest) = rest.split_once("</title>")?;
        let (head, rest) = rest.split_once("</head>")?;
        let (before_body, rest) = rest.split_once("<div id=\"boot\">")?;
        let (_, after_body) = rest.split_once("</body>")?;
        let preload = |part: &str| {
            let mut links = String::new();
            for name in names {
                // `later-PIECE-HASH.wasm`; what several share is named after all of them.
                let of = name
                    .strip_prefix("later-")
                    .and_then(|rest| rest.strip_suffix(".wasm")?.rsplit_once('-'));
                let is_of = |(of, _): (&str, &str)| match of.strip_prefix("shared.") {
                    Some(users) => users.split('.').any(|user| user == part),
                    None => of == part,
                };
                if of.is_some_and(is_of) {
                    links.push_str(&format!(
                        "<link data-later=\"preload\" href=\"/{name}\" as=\"fetch\" type=\"application/wasm\" crossorigin=\"anonymous\">"
                    ));
                }
            }
            links
        };
        Some(Self {
            before_language: format!("{before_language}<html lang=\""),
            before_title: format!("{before_title}<title>"),
            later_style: later_style(head, &style).unwrap_or_default(),
            build: build(index).unwrap_or_default().to_owned(),
            before_head_ends: format!(
                "</title>{}",
                with_style(&after_the_first_picture(head), style)?
            ),
            before_body: format!("</head>{before_body}"),
            after_body: format!("</body>{after_body}"),
            order: preload("order"),
            refund: preload("refund"),
            after_sale: preload("after_sale"),
            case: preload("case"),
            notifications: preload("notifications"),
            help: preload("help"),
            log_in: preload("log_in"),
            heads: Heads::default(),
        })
    }

    /// The style sheets in the pages, for their hashes.
    pub fn styles(&self) -> Vec<&str> {
        [self.before_head_ends.as_str(), &self.later_style]
            .iter()
            .filter_map(|text| {
                let (_, rest) = text.split_once("<style")?;
                let (_, rest) = rest.split_once('>')?;
                rest.split_once("</style>").map(|(style, _)| style)
            })
            .collect()
    }

    /// What changes between two pages, for a document that has the rest (src/early.js); also the style sheet of later
    /// pages, unless the document `has_later_style`.
    pub fn part(
        &self,
        language: Language,
        page: &Page,
        rendered: &Rendered,
        answers: &str,
        has_later_style: bool,
    ) -> String {
        let (style, code) = self.of_page(page);
        [
            "<!doctype html><html lang=\"",
            language.tag(),
            "\"><head>",
            &self.build,
            "<title>",
            &escaped(&rendered.title),
            "</title>",
            if has_later_style { "" } else { style },
            code,
            "</head><body>",
            &body(rendered, answers),
            "</body></html>",
        ]
        .concat()
    }

    /// The style sheet and the code that a page needs besides.
    fn of_page(&self, page: &Page) -> (&str, &str) {
        match page {
            Page::Order { .. } => (&self.later_style, &self.order),
            Page::Refund { .. } => (&self.later_style, &self.refund),
            Page::AfterSale { .. } => (&self.later_style, &self.after_sale),
            Page::Case { .. }
            | Page::Complain { .. }
            | Page::Complaint { .. }
            | Page::Support { .. }
            | Page::Conversation { .. } => (&self.later_style, &self.case),
            Page::Notifications => (&self.later_style, &self.notifications),
            Page::Help(_) | Page::HelpArticle { .. } | Page::Policy { .. } => {
                (&self.later_style, &self.help)
            }
            Page::LogIn { .. } | Page::Guest { .. } | Page::NotFound => {
                (&self.later_style, &self.log_in)
            }
            Page::Orders(_) => ("", ""),
        }
    }

    /// A page: what comes before its body, and the rest. The former is the same for every shopper where the title is.
    pub fn fill(
        &self,
        language: Language,
        page: &Page,
        rendered: &Rendered,
        answers: &str,
        embedded: bool,
    ) -> (String, String) {
        let (style, code) = self.of_page(page);
        let before = [
            self.before_language.as_str(),
            language.tag(),
            if embedded { "\" data-embed=\"\"" } else { "\"" },
            self.before_title.as_str(),
            &escaped(&rendered.title),
            self.before_head_ends.as_str(),
            style,
            code,
            self.before_body.as_str(),
        ]
        .concat();
        (before, body(rendered, answers) + &self.after_body)
    }
}

/// What is drawn, and the answers it was drawn from.
fn body(rendered: &Rendered, answers: &str) -> String {
    [
        "<div id=\"served\">",
        &rendered.body,
        "</div><script type=\"application/json\" id=\"start\">",
        answers,
        "</script>",
    ]
    .concat()
}

/// The mark of the build in a page.
fn build(index: &str) -> Option<&str> {
    let from = index.find("<meta name=\"tepai-build\"")?;
    let length = index[from..].find('>')? + 1;
    Some(&index[from..from + length])
}

/// A head that has the program fetched after the first picture, by the script that starts it: until then the line is
/// the page's.
fn after_the_first_picture(head: &str) -> String {
    head.replace(
        "<link rel=\"modulepreload\"",
        "<link data-later=\"modulepreload\"",
    )
    .replace("<link rel=\"preload\"", "<link data-later=\"preload\"")
}

/// The style sheet that the head only names.
fn later_style(head: &str, style: impl Fn(&str) -> Option<String>) -> Option<String> {
    let (_, rest) = head.split_once("<meta name=\"later-style\" content=\"/")?;
    let (name, _) = rest.split_once('"')?;
    Some(format!(
        "<style id=\"later-style\">{}</style>",
        style(name)?
    ))
}

/// The head with the style sheet in the place of its link.
fn with_style(head: &str, style: impl Fn(&str) -> Option<String>) -> Option<String> {
    const LINK: &str = "<link rel=\"stylesheet\" href=\"/";
    let (before, rest) = head.split_once(LINK)?;
    let (name, rest) = rest.split_once('"')?;
    let (_, after) = rest.split_once('>')?;
    Some(format!("{before}<style>{}</style>{after}", style(name)?))
}

/// Text of a title.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

/// What every page answers when its application has not been built.
pub fn not_built() -> Response {
    (
        StatusCode::SERVICE_UNAVAILABLE,
        [
            (header::CONTENT_TYPE, "text/html; charset=utf-8"),
            (header::CACHE_CONTROL, "no-store"),
        ],
        NOT_BUILT,
    )
        .into_response()
}
