//! The question that a conversation begins with: what is filled in, what is missing, and what is sent.

use orders_api::{
    ChatSubject, Day, Line, LineKind, OpenConversation, Problem, SupportWays, Topic, field_codes,
};

use super::words::Words;
use crate::format;
use crate::paths::SupportQuery;
use crate::words::{Lang, codes, fill};

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

    /// What is sent. Facts of a top-up go with a line that is one only. A line goes with them also where the address names
    /// no order: a guest's is known without.
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
        OpenConversation {
            shop: some(shop).filter(|_| !about.is_of_order()),
            case: some(&about.case),
            subject: ChatSubject {
                topic: self.topic.unwrap_or(Topic::Other),
                since: some(&self.since).map(Day),
                line: some(&self.line),
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
        let account = codes::account(lang, refund.channel, &refund.account);
        fill(
            words.begin_refund,
            &[
                ("id", &refund.id),
                ("amount", &amount),
                ("account", &account),
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
