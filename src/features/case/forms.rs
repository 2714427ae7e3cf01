//! What the shopper fills in: words with evidence, and the parcel that goes back; and what is wrong with it.

use leptos::prelude::*;
use orders_api::{CaseMessage, Parcel, Problem, field_codes};

use crate::features::evidence::Course;
use crate::words::{Lang, fill};

use super::words::Words;

/// The field of words, in the forms and on the wire.
pub const TEXT: &str = "text";
/// The field of the evidence, on the wire.
const EVIDENCE: &str = "evidence";

/// What is wrong with a field; holds as long as the field says what it said then.
#[derive(Clone, PartialEq, Eq)]
struct Wrong {
    code: String,
    value: String,
}

/// A line or more to fill in.
#[derive(Clone, Copy)]
pub struct Field {
    /// What it says.
    pub value: RwSignal<String>,
    wrong: RwSignal<Option<Wrong>>,
}

impl Field {
    fn new() -> Self {
        Self {
            value: RwSignal::new(String::new()),
            wrong: RwSignal::new(None),
        }
    }

    fn text(self) -> String {
        self.value.with_untracked(|text| text.trim().to_owned())
    }

    fn mark(self, code: Option<&str>) {
        self.wrong.set(code.map(|code| Wrong {
            code: code.to_owned(),
            value: self.value.get_untracked(),
        }));
    }

    fn forget(self) {
        self.value.set(String::new());
        self.wrong.set(None);
    }

    /// The code of what is wrong with what it says now.
    fn code(self) -> Option<String> {
        let value = self.value.get();
        self.wrong.with(|wrong| {
            let wrong = wrong.as_ref().filter(|wrong| wrong.value == value)?;
            Some(wrong.code.clone())
        })
    }

    /// The same in words.
    pub fn problem(self, lang: Lang) -> Option<&'static str> {
        let words = Words::of(lang);
        Some(match self.code()?.as_str() {
            field_codes::REQUIRED => words.required,
            field_codes::TOO_LONG => words.too_long,
            _ => words.invalid,
        })
    }
}

/// What is wrong with the evidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum EvidenceWrong {
    /// It is still being sent.
    Uploading,
    /// Some of it was not sent to its end.
    Unfinished,
    /// There is more than may be at once.
    TooMuch,
    /// Some of it the server does not take.
    Refused,
}

impl EvidenceWrong {
    /// What speaks against sending the message now.
    fn of(course: &Course) -> Option<Self> {
        if course.is_busy() {
            Some(Self::Uploading)
        } else {
            (course.unfinished() > 0).then_some(Self::Unfinished)
        }
    }
}

/// Words, with photos and videos or without: a message, or an appeal.
#[derive(Clone, Copy)]
pub struct SayForm {
    /// The words.
    pub text: Field,
    /// What is wrong with what goes with them.
    evidence_wrong: RwSignal<Option<EvidenceWrong>>,
    /// An appeal does not do without words.
    needs_words: bool,
    /// The server is being asked.
    pub busy: RwSignal<bool>,
}

impl SayForm {
    /// An empty form.
    pub fn new(needs_words: bool) -> Self {
        Self {
            text: Field::new(),
            evidence_wrong: RwSignal::new(None),
            needs_words,
            busy: RwSignal::new(false),
        }
    }

    /// What is filled in, when that is enough and what goes with it is there; else what is missing is marked.
    pub fn complete(self, uploads: &Course) -> Option<CaseMessage> {
        let evidence = uploads.ready().into_iter().map(|evidence| evidence.id);
        let message = CaseMessage {
            text: self.text.text(),
            evidence: evidence.collect(),
        };
        let coming = EvidenceWrong::of(uploads);
        let nothing = message.text.is_empty()
            && (self.needs_words || (message.evidence.is_empty() && coming.is_none()));
        self.text.mark(nothing.then_some(field_codes::REQUIRED));
        self.evidence_wrong.set(coming);
        (!nothing && coming.is_none()).then_some(message)
    }

    /// Marks what the server found wrong; false when no field is to blame.
    pub fn refuse(self, problem: &Problem) -> bool {
        let code = |name: &str| problem.errors.get(name).map(String::as_str);
        self.text.mark(code(TEXT));
        self.evidence_wrong
            .set(code(EVIDENCE).map(|code| match code {
                field_codes::TOO_LONG | field_codes::OUT_OF_RANGE => EvidenceWrong::TooMuch,
                _ => EvidenceWrong::Refused,
            }));
        code(TEXT).or(code(EVIDENCE)).is_some()
    }

    /// What is wrong with the words.
    pub fn problem(self, lang: Lang) -> Option<&'static str> {
        let words = Words::of(lang);
        match self.text.code()?.as_str() {
            field_codes::REQUIRED if !self.needs_words => Some(words.required_some),
            _ => self.text.problem(lang),
        }
    }

    /// What is wrong with the evidence, as it stands in `uploads`.
    pub fn evidence_problem(self, lang: Lang, uploads: Signal<Course>) -> Option<String> {
        let words = Words::of(lang);
        let wrong = self.evidence_wrong.get()?;
        uploads.with(|uploads| match wrong {
            // Gone by itself once it is there.
            EvidenceWrong::Uploading | EvidenceWrong::Unfinished => {
                Some(match EvidenceWrong::of(uploads)? {
                    EvidenceWrong::Uploading => words.evidence_uploading.to_owned(),
                    EvidenceWrong::Unfinished | EvidenceWrong::TooMuch | EvidenceWrong::Refused => {
                        words.evidence_unfinished.to_owned()
                    }
                })
            }
            EvidenceWrong::TooMuch => {
                let most = uploads.most.to_string();
                Some(fill(words.evidence_too_many, &[("n", &most)]))
            }
            EvidenceWrong::Refused => Some(words.evidence_refused.to_owned()),
        })
    }

    /// It was said.
    pub fn forget(self) {
        self.text.forget();
        self.evidence_wrong.set(None);
    }
}

/// Courier and number of the parcel that goes back.
#[derive(Clone, Copy)]
pub struct ParcelForm {
    /// The courier.
    pub courier: Field,
    /// The tracking number.
    pub number: Field,
    /// The server is being asked.
    pub busy: RwSignal<bool>,
}

impl ParcelForm {
    /// The courier's field, in the form and on the wire.
    pub const COURIER: &str = "courier";
    /// The number's.
    pub const NUMBER: &str = "tracking_number";

    /// An empty form.
    pub fn new() -> Self {
        Self {
            courier: Field::new(),
            number: Field::new(),
            busy: RwSignal::new(false),
        }
    }

    /// What is filled in, when nothing is empty; else what is empty is marked.
    pub fn complete(self) -> Option<Parcel> {
        let parcel = Parcel {
            courier: self.courier.text(),
            tracking_number: self.number.text(),
        };
        let empty = |text: &str| text.is_empty().then_some(field_codes::REQUIRED);
        self.courier.mark(empty(&parcel.courier));
        self.number.mark(empty(&parcel.tracking_number));
        (!parcel.courier.is_empty() && !parcel.tracking_number.is_empty()).then_some(parcel)
    }

    /// Marks what the server found wrong; false when no field is to blame.
    pub fn refuse(self, problem: &Problem) -> bool {
        let code = |name: &str| problem.errors.get(name).map(String::as_str);
        self.courier.mark(code(Self::COURIER));
        self.number.mark(code(Self::NUMBER));
        code(Self::COURIER).or(code(Self::NUMBER)).is_some()
    }

    /// It was sent.
    pub fn forget(self) {
        self.courier.forget();
        self.number.forget();
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    fn problem(errors: &[(&str, &str)]) -> Problem {
        let text = |text: &&str| (*text).to_owned();
        Problem {
            kind: String::new(),
            title: String::new(),
            status: 422,
            detail: String::new(),
            code: orders_api::codes::INVALID_FIELDS.to_owned(),
            request_id: String::new(),
            errors: errors
                .iter()
                .map(|(name, code)| (text(name), text(code)))
                .collect(),
            order: None,
            reason: None,
            next_steps: Vec::new(),
        }
    }

    #[test]
    fn a_message_needs_words_or_evidence_and_an_appeal_needs_words() {
        Owner::new().with(|| {
            let words = Words::of(Lang::En);
            let (none, some) = (sample::uploads(0), sample::uploads(1));
            let say = SayForm::new(false);
            say.text.value.set("  ".to_owned());
            assert_eq!(say.complete(&none), None);
            assert_eq!(say.problem(Lang::En), Some(words.required_some));
            let message = say.complete(&some).expect("evidence is enough");
            assert_eq!((message.text.as_str(), message.evidence.len()), ("", 1));
            assert_eq!(say.problem(Lang::En), None);

            let appeal = SayForm::new(true);
            assert_eq!(appeal.complete(&some), None);
            assert_eq!(appeal.problem(Lang::En), Some(words.required));
            appeal.text.value.set(" why ".to_owned());
            assert_eq!(
                appeal.problem(Lang::En),
                None,
                "it says something else by now"
            );
            let message = appeal.complete(&none).expect("words are enough");
            assert_eq!(message.text, "why");
        });
    }

    #[test]
    fn nothing_is_sent_before_its_evidence_is_there() {
        Owner::new().with(|| {
            let words = Words::of(Lang::En);
            let say = SayForm::new(false);
            say.text.value.set("see".to_owned());
            let busy = sample::uploading();
            assert_eq!(say.complete(&busy), None);
            let told = |course| say.evidence_problem(Lang::En, Signal::stored(course));
            assert_eq!(told(busy).as_deref(), Some(words.evidence_uploading));
            assert_eq!(told(sample::uploads(1)), None, "it is there by now");
        });
    }

    #[test]
    fn a_parcel_needs_both_and_what_the_server_finds_wrong_is_at_its_field() {
        Owner::new().with(|| {
            let form = ParcelForm::new();
            form.courier.value.set("顺丰".to_owned());
            assert_eq!(form.complete(), None);
            assert_eq!(form.courier.problem(Lang::En), None);
            let words = Words::of(Lang::En);
            assert_eq!(form.number.problem(Lang::En), Some(words.required));
            form.number.value.set(" SF1 ".to_owned());
            let parcel = form.complete().expect("whole");
            assert_eq!(parcel.tracking_number, "SF1");
            assert!(form.refuse(&problem(&[("tracking_number", "too_long")])));
            assert_eq!(form.number.problem(Lang::En), Some(words.too_long));
            assert!(!form.refuse(&problem(&[("else", "invalid")])));
        });
    }

    #[test]
    fn evidence_that_is_refused_is_told_and_forgotten_with_the_rest() {
        Owner::new().with(|| {
            let say = SayForm::new(false);
            say.text.value.set("see".to_owned());
            assert!(say.refuse(&problem(&[("evidence", "unknown")])));
            let words = Words::of(Lang::ZhCn);
            let course = Signal::stored(sample::uploads(1));
            let told = || say.evidence_problem(Lang::ZhCn, course);
            assert_eq!(told().as_deref(), Some(words.evidence_refused));
            assert!(say.refuse(&problem(&[("evidence", "out_of_range")])));
            assert_eq!(told().as_deref(), Some("一次最多 6 个照片或视频。"));
            say.forget();
            assert_eq!(told(), None);
            assert_eq!(say.text.value.get_untracked(), "");
        });
    }
}
