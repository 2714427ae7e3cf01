//! What is filled in in the form of a complaint, what is missing, and what is sent.

use std::collections::BTreeMap;

use orders_api::{
    ComplaintOptions, ComplaintSubject, ComplaintTopic, ComplaintWish, NOTE_MAX, OpenComplaint,
    Problem, field_codes,
};

use crate::paths::ComplainQuery;

/// What it is about, besides the order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum About {
    /// The order as a whole.
    #[default]
    Order,
    /// An after-sale case, by its id.
    Case(String),
    /// A refund, by its id.
    Refund(String),
}

impl About {
    const CASE: &str = "case:";
    const REFUND: &str = "refund:";

    /// Its value in the form.
    pub fn value(&self) -> String {
        match self {
            Self::Order => String::new(),
            Self::Case(id) => format!("{}{id}", Self::CASE),
            Self::Refund(id) => format!("{}{id}", Self::REFUND),
        }
    }

    /// Of a value in the form; the order, where it is none of them.
    pub fn of_value(value: &str) -> Self {
        if let Some(id) = value.strip_prefix(Self::CASE) {
            Self::Case(id.to_owned())
        } else if let Some(id) = value.strip_prefix(Self::REFUND) {
            Self::Refund(id.to_owned())
        } else {
            Self::Order
        }
    }

    /// What the URL says.
    fn of_query(query: &ComplainQuery) -> Self {
        if !query.case.is_empty() {
            Self::Case(query.case.clone())
        } else if query.refund.is_empty() {
            Self::Order
        } else {
            Self::Refund(query.refund.clone())
        }
    }

    /// Of what the shop names.
    pub fn of(subject: &ComplaintSubject) -> Self {
        match (&subject.case, &subject.refund) {
            (Some(case), _) => Self::Case(case.id.clone()),
            (None, Some(refund)) => Self::Refund(refund.id.clone()),
            (None, None) => Self::Order,
        }
    }

    /// What is offered of it; `None` when the order has no such thing.
    pub fn subject<'a>(&self, options: &'a ComplaintOptions) -> Option<&'a ComplaintSubject> {
        options
            .subjects
            .iter()
            .find(|known| Self::of(known) == *self)
    }

    /// Whether it may be complained about: there is one complaint at a time about each.
    fn is_free(&self, options: &ComplaintOptions) -> bool {
        self.subject(options)
            .is_some_and(|subject| subject.complaint.is_none())
    }

    /// The first that may be complained about; the order, where there is none.
    fn first(options: &ComplaintOptions) -> Self {
        let mut free = options.subjects.iter();
        free.find(|subject| subject.complaint.is_none())
            .map(Self::of)
            .unwrap_or_default()
    }
}

/// What is filled in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filled {
    /// What it is about.
    pub about: About,
    /// What went wrong.
    pub topic: Option<ComplaintTopic>,
    /// What happened.
    pub text: String,
    /// What would put it right.
    pub wish: Option<ComplaintWish>,
    /// How much of a refund, as it was typed; empty for all that the shop works out.
    pub amount: String,
}

/// A field of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// What it is about.
    About,
    /// What went wrong.
    Topic,
    /// What happened.
    Text,
    /// What would put it right.
    Wish,
    /// How much of a refund.
    Amount,
    /// Photos and videos.
    Evidence,
}

impl Field {
    /// All of them, in the order of the form.
    pub const ALL: [Self; 6] = [
        Self::About,
        Self::Topic,
        Self::Text,
        Self::Wish,
        Self::Amount,
        Self::Evidence,
    ];

    /// Its name in the form.
    pub const fn name(self) -> &'static str {
        match self {
            Self::About => "about",
            Self::Topic => "topic",
            Self::Text => "text",
            Self::Wish => "wish",
            Self::Amount => "amount",
            Self::Evidence => "evidence",
        }
    }

    /// Whether the server means it by this name.
    fn is_on_wire(self, name: &str) -> bool {
        name == self.name() || (self == Self::About && matches!(name, "case" | "refund"))
    }
}

/// A field and the code of what is wrong with it.
pub type Wrong = (Field, String);

/// What the server found wrong, in the order of the form.
pub fn wrong_of(problem: &Problem) -> Vec<Wrong> {
    let wrong = |field: Field| {
        let mut found = problem.errors.iter();
        let (_, code) = found.find(|(name, _)| field.is_on_wire(name))?;
        Some((field, code.clone()))
    };
    Field::ALL.into_iter().filter_map(wrong).collect()
}

/// What a form says, as it is sent.
///
/// # Errors
/// What is missing or wrong: the names of the fields and the codes.
pub fn complaint_of_form(
    get: impl Fn(&str) -> String,
) -> Result<OpenComplaint, BTreeMap<String, String>> {
    let filled = Filled::of_form(get);
    let wrong = filled.wrong();
    let sent = filled.sent(Vec::new()).filter(|_| wrong.is_empty());
    sent.ok_or_else(|| {
        let named = |(field, code): Wrong| (field.name().to_owned(), code);
        wrong.into_iter().map(named).collect()
    })
}

impl Filled {
    /// What is filled in in a form.
    pub fn of_form(get: impl Fn(&str) -> String) -> Self {
        Self {
            about: About::of_value(&get(Field::About.name())),
            topic: ComplaintTopic::from_code(&get(Field::Topic.name())),
            text: get(Field::Text.name()),
            wish: ComplaintWish::from_code(&get(Field::Wish.name())),
            amount: get(Field::Amount.name()),
        }
    }

    /// What is known from where the shopper comes.
    pub fn begin(query: &ComplainQuery, options: &ComplaintOptions) -> Self {
        let about = About::of_query(query);
        let about = if about.is_free(options) {
            about
        } else {
            About::first(options)
        };
        // Whoever comes from a case that was refused has said already what went wrong.
        let refused = matches!(about, About::Case(_))
            && options.topics.contains(&ComplaintTopic::RefundRefused);
        Self {
            about,
            topic: refused.then_some(ComplaintTopic::RefundRefused),
            ..Self::default()
        }
    }

    /// Without what is not offered any more.
    pub fn fit(&mut self, options: &ComplaintOptions) {
        if !self.about.is_free(options) {
            self.about = About::first(options);
        }
        self.topic = self.topic.filter(|topic| options.topics.contains(topic));
        self.wish = self.wish.filter(|wish| options.wishes.contains(wish));
    }

    /// Whether it is asked how much.
    pub fn asks_amount(&self) -> bool {
        self.wish == Some(ComplaintWish::Refund)
    }

    /// How much, in minor units, of a refund; `None` when nothing that can be read is typed.
    fn minor(&self) -> Option<i64> {
        minor_of(&self.amount).filter(|_| self.asks_amount())
    }

    /// What is missing or wrong, as far as that is known before it is sent.
    pub fn wrong(&self) -> Vec<Wrong> {
        let mut wrong = Vec::new();
        let mut mark = |field, code: &str| wrong.push((field, code.to_owned()));
        if self.topic.is_none() {
            mark(Field::Topic, field_codes::REQUIRED);
        }
        let text = self.text.trim();
        if text.is_empty() {
            mark(Field::Text, field_codes::REQUIRED);
        } else if text.chars().count() > NOTE_MAX {
            mark(Field::Text, field_codes::TOO_LONG);
        }
        if self.wish.is_none() {
            mark(Field::Wish, field_codes::REQUIRED);
        }
        if self.asks_amount() && !self.amount.trim().is_empty() && self.minor().is_none() {
            mark(Field::Amount, field_codes::INVALID);
        }
        wrong
    }

    /// What is sent; `None` while something is to be chosen.
    pub fn sent(&self, evidence: Vec<String>) -> Option<OpenComplaint> {
        let (case, refund) = match &self.about {
            About::Order => (None, None),
            About::Case(id) => (Some(id.clone()), None),
            About::Refund(id) => (None, Some(id.clone())),
        };
        Some(OpenComplaint {
            case,
            refund,
            topic: self.topic?,
            wish: self.wish?,
            amount: self.minor(),
            text: self.text.trim().to_owned(),
            evidence,
        })
    }
}

/// An amount as people type it, `¥1,234.5`, in minor units; `None` for anything else, for nothing, and for zero. A comma
/// stands between thousands only: `12,50` is no 1250.
fn minor_of(typed: &str) -> Option<i64> {
    let typed = typed
        .trim()
        .trim_start_matches(['¥', '￥'])
        .trim_end_matches('元');
    let (whole, part) = typed.trim().split_once('.').unwrap_or((typed.trim(), ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let mut thousands = whole.split([',', '，']).skip(1);
    if thousands.any(|three| three.chars().count() != 3) {
        return None;
    }
    let whole = whole.replace([',', '，'], "");
    if whole.is_empty() || whole.len() > 12 || part.len() > 2 || !digits(&whole) || !digits(part) {
        return None;
    }
    let part = match part.len() {
        0 => 0,
        1 => part.parse::<i64>().ok()? * 10,
        _ => part.parse::<i64>().ok()?,
    };
    let minor = whole.parse::<i64>().ok()? * 100 + part;
    (minor > 0).then_some(minor)
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    #[test]
    fn an_amount_is_read_as_people_type_it() {
        for (typed, minor) in [
            ("102.40", Some(10_240)),
            ("102.4", Some(10_240)),
            (" 102 ", Some(10_200)),
            ("¥1,234.56", Some(123_456)),
            ("12元", Some(1_200)),
            ("1，234，567", Some(123_456_700)),
            ("12,50", None),
            ("1,2,3", None),
            ("1234,", None),
            ("0.01", Some(1)),
            ("0", None),
            ("", None),
            ("-5", None),
            ("1.234", None),
            ("1e3", None),
            ("ten", None),
            ("9999999999999", None),
        ] {
            assert_eq!(minor_of(typed), minor, "{typed}");
        }
    }

    fn whole() -> Filled {
        Filled {
            about: About::Order,
            topic: Some(ComplaintTopic::Late),
            text: " 等了三周 ".into(),
            wish: Some(ComplaintWish::Refund),
            amount: String::new(),
        }
    }

    #[test]
    fn what_is_missing_or_wrong_is_named_field_by_field() {
        type Change = fn(&mut Filled);
        let long = "长".repeat(NOTE_MAX + 1);
        let cases: [(Change, &[(Field, &str)]); 7] = [
            (|_| {}, &[]),
            (|f| f.topic = None, &[(Field::Topic, "required")]),
            (|f| f.text = " \n".into(), &[(Field::Text, "required")]),
            (|f| f.wish = None, &[(Field::Wish, "required")]),
            (|f| f.amount = "viel".into(), &[(Field::Amount, "invalid")]),
            // How much is asked of a refund only.
            (
                |f| {
                    f.amount = "viel".into();
                    f.wish = Some(ComplaintWish::Apology);
                },
                &[],
            ),
            (
                |f| *f = Filled::default(),
                &[
                    (Field::Topic, "required"),
                    (Field::Text, "required"),
                    (Field::Wish, "required"),
                ],
            ),
        ];
        for (change, expected) in cases {
            let mut filled = whole();
            change(&mut filled);
            let wrong = filled.wrong();
            let wrong: Vec<_> = wrong
                .iter()
                .map(|(at, code)| (*at, code.as_str()))
                .collect();
            assert_eq!(wrong, expected, "{filled:?}");
        }
        let filled = Filled {
            text: long,
            ..whole()
        };
        assert_eq!(filled.wrong(), [(Field::Text, "too_long".to_owned())]);
    }

    #[test]
    fn what_is_sent_is_about_one_thing_and_names_an_amount_of_a_refund_only() {
        let sent = |filled: Filled| filled.sent(vec!["e1".into()]).expect("whole");
        let order = sent(whole());
        assert_eq!((order.case, order.refund, order.amount), (None, None, None));
        assert_eq!((order.text.as_str(), order.evidence.len()), ("等了三周", 1));
        let case = sent(Filled {
            about: About::Case("o1-C1".into()),
            amount: "10.5".into(),
            ..whole()
        });
        assert_eq!(case.case.as_deref(), Some("o1-C1"));
        assert_eq!(case.amount, Some(1_050));
        let refund = sent(Filled {
            about: About::Refund("o1-R1".into()),
            amount: "10.5".into(),
            wish: Some(ComplaintWish::Explanation),
            ..whole()
        });
        assert_eq!(refund.refund.as_deref(), Some("o1-R1"));
        assert_eq!(refund.amount, None);
        assert!(Filled::default().sent(Vec::new()).is_none());
    }

    #[test]
    fn a_form_says_the_same_as_the_app_or_what_is_missing_in_it() {
        let fields = [
            ("about", "case:o1-C1"),
            ("topic", "late"),
            ("wish", "refund"),
            ("amount", "10.50"),
            ("text", "等了三周"),
        ];
        let get = |name: &str| {
            let found = fields.iter().find(|(known, _)| *known == name);
            found
                .map(|(_, value)| (*value).to_owned())
                .unwrap_or_default()
        };
        let sent = complaint_of_form(get).expect("whole");
        assert_eq!(sent.case.as_deref(), Some("o1-C1"));
        assert_eq!(
            (sent.amount, sent.topic),
            (Some(1_050), ComplaintTopic::Late)
        );
        let wrong = complaint_of_form(|_| String::new()).expect_err("nothing is chosen");
        let names: Vec<_> = wrong.keys().map(String::as_str).collect();
        assert_eq!(names, ["text", "topic", "wish"]);
    }

    #[test]
    fn it_begins_with_what_the_shopper_comes_from_while_that_may_be_complained_about() {
        let options = sample::options();
        let begin = |case: &str, refund: &str| {
            let query = ComplainQuery {
                case: case.into(),
                refund: refund.into(),
            };
            Filled::begin(&query, &options)
        };
        let case = begin("o1-C1", "");
        assert_eq!(case.about, About::Case("o1-C1".into()));
        assert_eq!(case.topic, Some(ComplaintTopic::RefundRefused));
        assert_eq!(begin("", "o1-R1").about, About::Refund("o1-R1".into()));
        assert_eq!(begin("", "").about, About::Order);
        assert_eq!(
            begin("o9-C9", "").about,
            About::Order,
            "it is another order's"
        );
        let mut options = options;
        options.subjects[0].complaint = Some("o1-P1".into());
        let query = ComplainQuery::default();
        let begun = Filled::begin(&query, &options).about;
        assert_eq!(
            begun,
            About::Case("o1-C1".into()),
            "the order has one already"
        );
    }

    #[test]
    fn a_draft_loses_what_is_not_offered_any_more() {
        let mut options = sample::options();
        options.topics = vec![ComplaintTopic::Other];
        options.wishes = vec![ComplaintWish::Apology];
        let mut filled = Filled {
            about: About::Refund("o9-R1".into()),
            ..whole()
        };
        filled.fit(&options);
        assert_eq!(filled.about, About::Order);
        assert_eq!((filled.topic, filled.wish), (None, None));
        assert_eq!(filled.text, " 等了三周 ");
    }
}
