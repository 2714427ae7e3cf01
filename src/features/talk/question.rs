//! The question that a conversation begins with: what is filled in, what is missing, and what is sent.

use orders_api::{
    ChatSubject, Day, Line, LineKind, OpenConversation, Problem, SupportWays, Topic, field_codes,
};

use super::words::Words;
use crate::format;
use crate::paths::SupportQuery;
use crate::words::{Lang, fill};

/// The most photos and videos with one message, and the most characters of its words: the API's.
pub const MOST_EVIDENCE: u32 = 9;
/// See [`MOST_EVIDENCE`].
pub const MOST_CHARS: usize = 2000;
const FACT_CHARS: usize = 100;

/// What is filled in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Question {
    /// What it is about.
    pub topic: Option<Topic>,
    /// Since which day, `YYYY-MM-DD`; empty for none.
    pub since: String,
    /// The id of the line; empty for none.
    pub line: String,
    /// Of digital goods.
    pub account: String,
    /// Of digital goods.
    pub zone: String,
    /// Of digital goods.
    pub face_value: String,
    /// In words.
    pub text: String,
}

/// A field of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// What it is about.
    Topic,
    /// Since when.
    Since,
    /// Which line.
    Line,
    /// The account.
    Account,
    /// The zone.
    Zone,
    /// The face value.
    FaceValue,
    /// The words.
    Text,
    /// Photos and videos.
    Evidence,
}

impl Field {
    /// All of them, in the order of the form.
    pub const ALL: [Self; 8] = [
        Self::Topic,
        Self::Line,
        Self::Account,
        Self::Zone,
        Self::FaceValue,
        Self::Since,
        Self::Text,
        Self::Evidence,
    ];

    /// Its name in the form, and on the wire but for what is before it there.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Topic => "topic",
            Self::Since => "since",
            Self::Line => "line",
            Self::Account => "account",
            Self::Zone => "zone",
            Self::FaceValue => "face_value",
            Self::Text => "text",
            Self::Evidence => "evidence",
        }
    }
}

/// A field and the code of what is wrong with it.
pub type Wrong = (Field, String);

/// What the server found wrong.
pub fn wrong_of(problem: &Problem) -> Vec<Wrong> {
    let wrong = |field: Field| {
        let name = field.name();
        let named = |known: &&String| known.strip_prefix("subject.").unwrap_or(known) == name;
        let known = problem.errors.keys().find(named)?;
        Some((field, problem.errors.get(known)?.clone()))
    };
    Field::ALL.into_iter().filter_map(wrong).collect()
}

/// What a form says, as it is sent; `None` when it says what no form of ours does.
pub fn question_of_form(
    about: &SupportQuery,
    key: &str,
    get: impl Fn(&str) -> String,
) -> Option<OpenConversation> {
    let question = Question::of_form(&get);
    question.topic?;
    let shop = get("shop");
    let facts = [&question.account, &question.zone, &question.face_value];
    // What was filled in for a line goes with it only: without the app it stays when another is chosen.
    let digital = !question.line.is_empty() && facts.iter().any(|fact| !fact.trim().is_empty());
    Some(question.sent(about, &shop, digital, Vec::new(), key))
}

impl Question {
    /// What is filled in in a form.
    pub fn of_form(get: impl Fn(&str) -> String) -> Self {
        Self {
            topic: Topic::from_code(&get("topic")),
            since: get("since"),
            line: get("line"),
            account: get("account"),
            zone: get("zone"),
            face_value: get("face_value"),
            text: get("text"),
        }
    }

    /// What is known from where the shopper comes: of a refund, a case or a complaint, enough to be sent as it is.
    pub fn begin(lang: Lang, about: &SupportQuery, ways: &SupportWays) -> Self {
        let topics = topics(ways);
        let named = ways.lines.iter().find(|line| line.id == about.line);
        let line = match (&ways.lines[..], named) {
            (_, Some(named)) => named.id.clone(),
            ([only], None) => only.id.clone(),
            _ => String::new(),
        };
        let since = match &ways.refund {
            Some(refund) if about.since.is_empty() => format::day_of(&refund.created_at).0,
            _ => about.since.clone(),
        };
        let mut begun = Self {
            topic: about.topic.filter(|topic| topics.contains(topic)),
            since,
            text: first_words(lang, about, ways),
            ..Self::default()
        };
        begun.choose(line, &ways.lines);
        begun
    }

    /// Chooses a line, or none. The face value of a top-up is what its order says, unless another was typed.
    pub fn choose(&mut self, line: String, lines: &[Line]) {
        let said = |asked: &Self| {
            let line = asked.line_in(lines);
            let line = line.filter(|line| line.kind == LineKind::Digital);
            line.and_then(|line| line.variant.clone())
                .unwrap_or_default()
        };
        let typed = self.face_value != said(self);
        self.line = line;
        if !typed || self.face_value.is_empty() {
            self.face_value = said(self);
        }
    }

    /// The line that is chosen.
    pub fn line_in<'a>(&self, lines: &'a [Line]) -> Option<&'a Line> {
        lines.iter().find(|line| line.id == self.line)
    }

    /// Whether account, zone and face value are asked for: of a top-up, as soon as its line is known.
    pub fn asks_account(&self, lines: &[Line]) -> bool {
        self.line_in(lines)
            .is_some_and(|line| line.kind == LineKind::Digital)
    }

    /// What is missing or wrong, as far as that is known before it is sent.
    pub fn wrong(&self, ways: &SupportWays, today: &Day, evidence: usize) -> Vec<Wrong> {
        let mut wrong = Vec::new();
        let mut mark = |field, code: &str| wrong.push((field, code.to_owned()));
        let tops_up = self.topic == Some(Topic::TopUp);
        if self.topic.is_none() {
            mark(Field::Topic, field_codes::REQUIRED);
        }
        if tops_up && !self.asks_account(&ways.lines) {
            mark(Field::Line, field_codes::REQUIRED);
        }
        if self.asks_account(&ways.lines) {
            if tops_up && self.account.trim().is_empty() {
                mark(Field::Account, field_codes::REQUIRED);
            }
            for (field, fact) in [
                (Field::Account, &self.account),
                (Field::Zone, &self.zone),
                (Field::FaceValue, &self.face_value),
            ] {
                if fact.trim().chars().count() > FACT_CHARS {
                    mark(field, field_codes::TOO_LONG);
                }
            }
        }
        if self.since > today.0 {
            mark(Field::Since, field_codes::OUT_OF_RANGE);
        }
        if self.text.trim().is_empty() && evidence == 0 {
            mark(Field::Text, field_codes::REQUIRED);
        }
        if self.text.trim().chars().count() > MOST_CHARS {
            mark(Field::Text, field_codes::TOO_LONG);
        }
        wrong
    }

    /// What is sent. Facts of a top-up go with a line that is one only, and a line with its order.
    pub fn sent(
        &self,
        about: &SupportQuery,
        shop: &str,
        digital: bool,
        evidence: Vec<String>,
        client_id: &str,
    ) -> OpenConversation {
        let some = |text: &str| {
            let text = text.trim();
            (!text.is_empty()).then(|| text.to_owned())
        };
        let fact = |text: &str| some(text).filter(|_| digital);
        let of_order = about.is_of_order();
        OpenConversation {
            shop: some(shop).filter(|_| !of_order),
            case: some(&about.case),
            subject: ChatSubject {
                topic: self.topic.unwrap_or(Topic::Other),
                since: some(&self.since).map(Day),
                line: some(&self.line).filter(|_| of_order),
                account: fact(&self.account),
                zone: fact(&self.zone),
                face_value: fact(&self.face_value),
                refund: some(&about.refund),
                complaint: some(&about.complaint),
            },
            order: some(&about.order),
            text: self.text.trim().to_owned(),
            evidence,
            client_id: client_id.to_owned(),
        }
    }
}

/// What to say of a complaint, a case or a refund, so that it needs no more words; nothing of an order alone.
fn first_words(lang: Lang, about: &SupportQuery, ways: &SupportWays) -> String {
    let words = Words::of(lang);
    if !about.complaint.is_empty() {
        return fill(words.begin_complaint, &[("id", &about.complaint)]);
    }
    if !about.case.is_empty() {
        return fill(words.begin_case, &[("id", &about.case)]);
    }
    ways.refund.as_ref().map_or_else(String::new, |refund| {
        let amount = format::money(&refund.amount);
        fill(
            words.begin_refund,
            &[
                ("id", &refund.id),
                ("amount", &amount),
                ("account", &refund.account),
            ],
        )
    })
}

/// What it may be about: only what there is.
pub fn topics(ways: &SupportWays) -> Vec<Topic> {
    let has = |kind| ways.lines.iter().any(|line| line.kind == kind);
    let order = ways.order.is_some();
    let goods = !order || has(LineKind::Physical);
    let topics = [
        (Topic::Cancellation, true),
        (Topic::Refund, true),
        (Topic::Delivery, goods),
        (Topic::Address, goods),
        (Topic::AfterSale, true),
        (Topic::TopUp, order && has(LineKind::Digital)),
        (Topic::Payment, true),
        (Topic::Other, true),
    ];
    topics
        .into_iter()
        .filter_map(|(topic, there)| there.then_some(topic))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::sample::{ways, ways_of_order};
    use super::*;

    fn today() -> Day {
        Day("2026-11-22".into())
    }

    fn asked() -> Question {
        Question {
            topic: Some(Topic::TopUp),
            line: "l2".into(),
            account: " 13800000001 ".into(),
            text: "没到账".into(),
            ..Question::default()
        }
    }

    #[test]
    fn what_is_missing_or_wrong_is_named_field_by_field() {
        use Field::{Account, FaceValue, Line, Since, Text, Topic as About, Zone};
        type Change = fn(&mut Question);
        let cases: [(Change, &[(Field, &str)]); 10] = [
            (|_| {}, &[]),
            (|q| q.topic = None, &[(About, "required")]),
            (|q| q.line.clear(), &[(Line, "required")]),
            // Goods are no top-up.
            (|q| q.line = "l1".into(), &[(Line, "required")]),
            (|q| q.account = "  ".into(), &[(Account, "required")]),
            (|q| q.zone = "区".repeat(101), &[(Zone, "too_long")]),
            (
                |q| q.face_value = "1".repeat(101),
                &[(FaceValue, "too_long")],
            ),
            (
                |q| q.since = "2026-11-23".into(),
                &[(Since, "out_of_range")],
            ),
            (|q| q.text = " ".into(), &[(Text, "required")]),
            (|q| q.text = "字".repeat(2001), &[(Text, "too_long")]),
        ];
        for (change, expected) in cases {
            let mut question = asked();
            change(&mut question);
            let wrong = question.wrong(&ways_of_order(), &today(), 0);
            let wrong: Vec<_> = wrong
                .iter()
                .map(|(at, code)| (*at, code.as_str()))
                .collect();
            assert_eq!(wrong, expected, "{question:?}");
        }
        let mut silent = asked();
        silent.text.clear();
        assert_eq!(silent.wrong(&ways_of_order(), &today(), 1), []);
        silent.topic = Some(Topic::Other);
        silent.account.clear();
        assert_eq!(silent.wrong(&ways_of_order(), &today(), 1), []);
    }

    #[test]
    fn facts_of_a_top_up_go_with_its_line_only_and_a_shop_only_without_an_order() {
        let about = SupportQuery::of_order("o1", Topic::TopUp);
        let sent = asked().sent(&about, "tepai", true, Vec::new(), "k");
        assert_eq!(sent.subject.account.as_deref(), Some("13800000001"));
        assert_eq!((sent.order.as_deref(), sent.shop), (Some("o1"), None));
        let sent = asked().sent(&about, "tepai", false, Vec::new(), "k");
        assert_eq!(sent.subject.account, None);
        let nothing = SupportQuery::default();
        let sent = asked().sent(&nothing, "tepai", false, Vec::new(), "k");
        assert_eq!(sent.shop.as_deref(), Some("tepai"));
        assert_eq!(sent.subject.line, None);
    }

    #[test]
    fn only_what_there_is_can_be_asked_about() {
        assert!(!topics(&ways()).contains(&Topic::TopUp));
        assert!(topics(&ways_of_order()).contains(&Topic::TopUp));
        let mut digital = ways_of_order();
        digital.lines.remove(0);
        assert!(!topics(&digital).contains(&Topic::Delivery));
        let about = SupportQuery::of_order("o1", Topic::Delivery);
        let begun = Question::begin(Lang::En, &about, &digital);
        assert_eq!((begun.topic, begun.line.as_str()), (None, "l2"));
        assert_eq!(begun.text, "", "of an order alone nobody knows what to say");
    }

    #[test]
    fn the_face_value_of_a_top_up_is_what_its_order_says_unless_another_is_typed() {
        let mut ways = ways_of_order();
        ways.lines.push(ways.lines[1].clone());
        ways.lines[2].id = "l3".into();
        for (line, variant) in [(0, "青瓷绿"), (1, "100 元"), (2, "30 元")] {
            ways.lines[line].variant = Some(variant.into());
        }
        let mut question = Question::default();
        for (line, face_value) in [
            ("l1", ""),
            ("l2", "100 元"),
            ("l3", "30 元"),
            ("", ""),
            ("l2", "100 元"),
        ] {
            question.choose(line.into(), &ways.lines);
            assert_eq!(
                (question.line.as_str(), question.face_value.as_str()),
                (line, face_value)
            );
        }
        question.face_value = "50 元".into();
        question.choose("l3".into(), &ways.lines);
        assert_eq!(question.face_value, "50 元");
        ways.lines.truncate(2);
        ways.lines.remove(0);
        let begun = Question::begin(Lang::En, &SupportQuery::of_order("o1", Topic::TopUp), &ways);
        assert_eq!(
            (begun.line.as_str(), begun.face_value.as_str()),
            ("l2", "100 元")
        );
    }

    #[test]
    fn what_is_known_of_a_refund_a_case_or_a_complaint_is_filled_in_and_sent() {
        let mut ways = ways_of_order();
        let about = SupportQuery {
            line: "l2".into(),
            since: "2026-11-20".into(),
            ..SupportQuery::of_case("o1", "o1-C1")
        };
        let begun = Question::begin(Lang::En, &about, &ways);
        let known = (begun.topic, begun.since.as_str(), begun.line.as_str());
        assert_eq!(known, (Some(Topic::AfterSale), "2026-11-20", "l2"));
        assert!(begun.text.contains("o1-C1"), "{}", begun.text);
        assert_eq!(
            begun.wrong(&ways, &today(), 0),
            [],
            "it can be sent as it is"
        );

        // A page that failed knows no more than the refund's id; its order, date and amount the server knows.
        let refund = refund_sample();
        ways.refund = Some(refund.clone());
        let about = SupportQuery::of_refund(&refund.id);
        let begun = Question::begin(Lang::ZhCn, &about, &ways);
        assert_eq!(begun.since, format::day_of(&refund.created_at).0);
        for known in [
            refund.id.as_str(),
            &format::money(&refund.amount),
            &refund.account,
        ] {
            assert!(begun.text.contains(known), "{known}: {}", begun.text);
        }
        assert_eq!(begun.wrong(&ways, &Day("2026-12-31".into()), 0), []);
        let sent = Question {
            line: "l1".into(),
            ..begun
        }
        .sent(&about, "tepai", false, Vec::new(), "k");
        assert_eq!(sent.subject.refund.as_deref(), Some("o1-R1"));
        assert_eq!((sent.order, sent.shop), (None, None));
        assert_eq!(sent.subject.line.as_deref(), Some("l1"));

        let about = SupportQuery::of_complaint("o1-K1");
        let begun = Question::begin(Lang::En, &about, &ways);
        assert!(begun.text.contains("o1-K1"), "{}", begun.text);
        let sent = begun.sent(&about, "tepai", false, Vec::new(), "k");
        assert_eq!(sent.subject.complaint.as_deref(), Some("o1-K1"));
    }

    fn refund_sample() -> orders_api::Refund {
        crate::features::refund::sample::detail(orders_api::RefundState::InClearing).refund
    }

    #[test]
    fn a_form_without_a_topic_is_none_of_ours() {
        let form = |topic: &'static str| {
            move |name: &str| match name {
                "topic" => topic.to_owned(),
                "text" => "在吗".to_owned(),
                "shop" => "tepai".to_owned(),
                _ => String::new(),
            }
        };
        let about = SupportQuery::default();
        assert_eq!(question_of_form(&about, "k", form("nonsense")), None);
        let sent = question_of_form(&about, "k", form("refund")).expect("a question");
        assert_eq!((sent.client_id.as_str(), sent.text.as_str()), ("k", "在吗"));
        assert_eq!(sent.shop.as_deref(), Some("tepai"));
    }
}
