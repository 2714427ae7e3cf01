//! What a page and its host app say to each other, as plain data. docs/WEBVIEW.md describes it for those who build hosts.

use crate::json::{Json, Read};

/// The version of this language; part of every message.
const VERSION: i64 = 1;

/// What a host may be able to do for the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ability {
    /// Log the shopper in.
    LogIn,
    /// Dial a number.
    Telephone,
    /// Write an e-mail.
    Email,
    /// Pay an order.
    Payment,
    /// Chat with support.
    SupportChat,
    /// Open a page of the web.
    Link,
}

impl Ability {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::LogIn,
        Self::Telephone,
        Self::Email,
        Self::Payment,
        Self::SupportChat,
        Self::Link,
    ];

    /// Its name on the wire.
    pub const fn code(self) -> &'static str {
        match self {
            Self::LogIn => "login",
            Self::Telephone => "telephone",
            Self::Email => "email",
            Self::Payment => "payment",
            Self::SupportChat => "support_chat",
            Self::Link => "link",
        }
    }

    /// The one of that name.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|ability| ability.code() == code)
    }

    /// Who opens a link: what its element names as `data-host`, else what its address is for.
    pub fn of_link(named: Option<&str>, address: &str) -> Option<Self> {
        if let Some(name) = named {
            return Self::from_code(name);
        }
        match address.split_once(':')?.0 {
            "tel" => Some(Self::Telephone),
            "mailto" => Some(Self::Email),
            "https" | "http" => Some(Self::Link),
            _ => None,
        }
    }
}

/// What happened to an order by the shopper's hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Happened {
    /// It is cancelled.
    OrderCancelled,
    /// A part of it is.
    PartCancelled,
    /// Staff were asked to cancel it.
    CancellationRequested,
    /// They are not asked any more.
    RequestWithdrawn,
    /// Its address was corrected.
    AddressCorrected,
}

impl Happened {
    /// Its name on the wire.
    pub const fn code(self) -> &'static str {
        match self {
            Self::OrderCancelled => "order_cancelled",
            Self::PartCancelled => "order_part_cancelled",
            Self::CancellationRequested => "cancellation_requested",
            Self::RequestWithdrawn => "request_withdrawn",
            Self::AddressCorrected => "address_corrected",
        }
    }
}

/// What the page says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Said {
    /// It listens: the host says hello.
    Ready,
    /// The shopper is to be logged in; with what the page made its secret into.
    NeedLogin {
        /// Comes back with the answer.
        id: String,
        /// For the server.
        binding: String,
    },
    /// Something to open.
    Open {
        /// By what.
        with: Ability,
        /// Its address.
        target: String,
        /// The order it is about.
        order: Option<String>,
    },
    /// There is nothing to go back to.
    Close,
    /// What the page is called now.
    Title(String),
    /// Something happened to an order.
    Event(Happened, String),
    /// Another page, or a dialog came or went.
    Navigated {
        /// Which kind of page.
        page: &'static str,
        /// The order it shows.
        order: Option<String>,
        /// Whether going back stays with the page.
        back: bool,
    },
    /// Whether going back was the page's business.
    BackHandled {
        /// The question's.
        id: Option<String>,
        /// It was.
        handled: bool,
    },
}

impl Said {
    /// As text.
    pub fn print(self) -> String {
        let optional = |text: Option<String>| text.map_or(Json::Null, Json::Text);
        let (kind, more) = match self {
            Self::Ready => {
                let abilities = Ability::ALL.map(|ability| Json::text(ability.code()));
                let program = Json::text(env!("CARGO_PKG_VERSION"));
                (
                    "ready",
                    vec![
                        ("version", program),
                        ("capabilities", Json::List(abilities.to_vec())),
                    ],
                )
            }
            Self::NeedLogin { id, binding } => (
                "need_login",
                vec![("id", Json::Text(id)), ("binding", Json::Text(binding))],
            ),
            Self::Open {
                with,
                target,
                order,
            } => (
                "open",
                vec![
                    ("kind", Json::text(with.code())),
                    ("target", Json::Text(target)),
                    ("order", optional(order)),
                ],
            ),
            Self::Close => ("close", Vec::new()),
            Self::Title(title) => ("title", vec![("title", Json::Text(title))]),
            Self::Event(what, order) => (
                "event",
                vec![
                    ("name", Json::text(what.code())),
                    ("order", Json::Text(order)),
                ],
            ),
            Self::Navigated { page, order, back } => (
                "navigated",
                vec![
                    ("page", Json::text(page)),
                    ("order", optional(order)),
                    ("back", Json::Bool(back)),
                ],
            ),
            Self::BackHandled { id, handled } => (
                "back_handled",
                vec![("id", optional(id)), ("handled", Json::Bool(handled))],
            ),
        };
        let head = [("tepai", Json::Whole(VERSION)), ("type", Json::text(kind))];
        let fields = head
            .into_iter()
            .chain(more)
            .map(|(name, value)| (name.to_owned(), value));
        Json::Object(fields.collect()).print()
    }
}

/// How the host looks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hello {
    /// Its language.
    pub locale: Option<String>,
    /// `light`, `dark`, or `auto`: the device's.
    pub theme: Option<String>,
    /// How large text is, in percent.
    pub text_percent: Option<i64>,
    /// What the device covers of each side, in CSS pixels: top, right, bottom, left.
    pub safe_area: [Option<i64>; 4],
    /// What it can do.
    pub abilities: Vec<Ability>,
}

/// What the host says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Heard {
    /// How it looks and what it can do; again whenever that changes.
    Hello(Hello),
    /// The server's code for this page.
    LogInCode {
        /// That of `need_login`.
        id: Option<String>,
        /// The code.
        code: String,
    },
    /// It does not log in now.
    LogInDeclined {
        /// That of `need_login`.
        id: Option<String>,
    },
    /// The shopper goes back.
    Back {
        /// Comes back with the answer.
        id: Option<String>,
    },
    /// The app is in front again.
    Resumed,
}

/// The text percentages a host may ask for.
pub const TEXT_PERCENT: (i64, i64) = (80, 200);

impl Heard {
    /// Reads a message; `None` for what is none of ours, or of another version.
    pub fn read(text: &str) -> Option<Self> {
        let mut json = Json::parse(text)?;
        if json.take("tepai") != Json::Whole(VERSION) {
            return None;
        }
        let id = Read::read(json.take("id")).unwrap_or_default();
        match String::read(json.take("type"))?.as_str() {
            "hello" => Some(Self::Hello(hello(json))),
            "login_code" => Some(Self::LogInCode {
                id,
                code: Read::read(json.take("code"))?,
            }),
            "login_declined" => Some(Self::LogInDeclined { id }),
            "back" => Some(Self::Back { id }),
            "resumed" => Some(Self::Resumed),
            _ => None,
        }
    }
}

/// A field that cannot be read is as if it were absent: an older page and a newer host still get along.
fn hello(mut json: Json) -> Hello {
    let mut area = json.take("safe_area");
    let inset = |side: &str| i64::read(area.take(side)).map(|inset| inset.clamp(0, 200));
    let abilities = match json.take("capabilities") {
        Json::List(names) => names
            .into_iter()
            .filter_map(|name| Ability::from_code(&String::read(name)?))
            .collect(),
        _ => Vec::new(),
    };
    Hello {
        safe_area: ["top", "right", "bottom", "left"].map(inset),
        locale: Read::read(json.take("locale")),
        theme: Read::read(json.take("theme")),
        text_percent: i64::read(json.take("text_percent"))
            .map(|percent| percent.clamp(TEXT_PERCENT.0, TEXT_PERCENT.1)),
        abilities,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_page_says_is_what_is_documented() {
        for (said, text) in [
            (
                Said::NeedLogin {
                    id: "1".into(),
                    binding: "b".into(),
                },
                r#"{"tepai":1,"type":"need_login","id":"1","binding":"b"}"#,
            ),
            (
                Said::Open {
                    with: Ability::Telephone,
                    target: "tel:400".into(),
                    order: None,
                },
                r#"{"tepai":1,"type":"open","kind":"telephone","target":"tel:400","order":null}"#,
            ),
            (Said::Close, r#"{"tepai":1,"type":"close"}"#),
            (
                Said::Event(Happened::OrderCancelled, "o1".into()),
                r#"{"tepai":1,"type":"event","name":"order_cancelled","order":"o1"}"#,
            ),
            (
                Said::Navigated {
                    page: "order",
                    order: Some("o1".into()),
                    back: true,
                },
                r#"{"tepai":1,"type":"navigated","page":"order","order":"o1","back":true}"#,
            ),
            (
                Said::BackHandled {
                    id: Some("7".into()),
                    handled: false,
                },
                r#"{"tepai":1,"type":"back_handled","id":"7","handled":false}"#,
            ),
            (
                Said::Title("订单 \"1\"".into()),
                r#"{"tepai":1,"type":"title","title":"订单 \"1\""}"#,
            ),
        ] {
            assert_eq!(said.print(), text);
        }
        let ready = Said::Ready.print();
        assert!(
            ready.contains(
                r#""capabilities":["login","telephone","email","payment","support_chat","link"]"#
            ),
            "{ready}"
        );
    }

    #[test]
    fn a_hello_is_read_field_by_field() {
        let text = r#"{"tepai":1,"type":"hello","locale":"en-GB","theme":"dark","text_percent":130,
            "safe_area":{"top":47,"bottom":34.5,"left":-3},"capabilities":["login","teleport",7,"payment"]}"#;
        let expected = Hello {
            locale: Some("en-GB".into()),
            theme: Some("dark".into()),
            text_percent: Some(130),
            safe_area: [Some(47), None, None, Some(0)],
            abilities: vec![Ability::LogIn, Ability::Payment],
        };
        assert_eq!(Heard::read(text), Some(Heard::Hello(expected)));
        assert_eq!(
            Heard::read(r#"{"tepai":1,"type":"hello","theme":7}"#),
            Some(Heard::Hello(Hello::default()))
        );
        let huge = r#"{"tepai":1,"type":"hello","text_percent":9000}"#;
        assert!(
            matches!(Heard::read(huge), Some(Heard::Hello(hello)) if hello.text_percent == Some(200))
        );
    }

    #[test]
    fn what_is_not_ours_is_not_heard() {
        for text in [
            "",
            "hello",
            "{}",
            "[1]",
            r#"{"type":"back"}"#,
            r#"{"tepai":2,"type":"back"}"#,
            r#"{"tepai":1,"type":"dance"}"#,
            r#"{"tepai":1,"type":"login_code"}"#,
            r#"{"tepai":1,"type":"login_code","code":7}"#,
        ] {
            assert_eq!(Heard::read(text), None, "{text}");
        }
        let code = r#"{"tepai":1,"type":"login_code","id":"3","code":"c"}"#;
        let heard = Heard::LogInCode {
            id: Some("3".into()),
            code: "c".into(),
        };
        assert_eq!(Heard::read(code), Some(heard));
        assert_eq!(
            Heard::read(r#"{"tepai":1,"type":"back"}"#),
            Some(Heard::Back { id: None })
        );
    }

    #[test]
    fn a_link_is_opened_by_what_it_is_for() {
        for (named, address, ability) in [
            (None, "tel:4008200403", Some(Ability::Telephone)),
            (None, "mailto:a@b.example", Some(Ability::Email)),
            (None, "https://pay.example/1", Some(Ability::Link)),
            (
                Some("payment"),
                "https://pay.example/1",
                Some(Ability::Payment),
            ),
            (
                Some("support_chat"),
                "https://x/#support",
                Some(Ability::SupportChat),
            ),
            (None, "javascript:alert(1)", None),
            (None, "#support", None),
        ] {
            assert_eq!(Ability::of_link(named, address), ability, "{address}");
        }
    }
}
