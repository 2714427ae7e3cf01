//! Loads what was asked, hears of new steps, and records.

use leptos::prelude::*;
use orders_api::{
    AuditTrail, Enquiries, Enquiry, EnquiryAnswer, EnquiryChanged, Identification, Permission,
    RecordAnswer, RecordLookUp, RecordWho, Topic, staff_conversation_enquiries,
    staff_order_enquiries,
};
use storefront::words::Lang;

use super::steps::{Next, TEXT_CHARS, act_of, fitting, next, open};
use super::words::Words;
use crate::browser;
use crate::client::{self, Failure};
use crate::features::notes::About;
use crate::shell::{SessionState, use_live, what_failed, why_not_done};

/// What is being filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filled {
    /// By what it is confirmed who asks.
    pub confirmed_by: Identification,
    /// What they ask about.
    pub topic: Topic,
    /// Words beside the step.
    pub note: String,
    /// The number of the order that is looked up, where it is not known which.
    pub number: String,
    /// How it is answered.
    pub answer: EnquiryAnswer,
    /// In words.
    pub text: String,
    /// Whether the last message of the staff says it.
    pub message: bool,
    /// Whether the last act did it.
    pub act: bool,
}

/// The procedure beside something.
#[derive(Clone, Copy)]
pub struct EnquiryData {
    lang: Lang,
    session: SessionState,
    about: StoredValue<About>,
    /// What was asked; `None` until it is there.
    pub list: RwSignal<Option<Enquiries>>,
    /// Why it is not there, or may be out of date.
    pub old: RwSignal<Option<String>>,
    /// What is being filled in.
    pub filled: RwSignal<Filled>,
    /// Whether one begins, or who asks is confirmed once more.
    pub who: RwSignal<bool>,
    /// Something is on its way.
    pub busy: RwSignal<bool>,
    /// Why it was not done.
    pub refused: RwSignal<Option<String>>,
    /// What was done last.
    pub done: RwSignal<Option<&'static str>>,
    /// The message that an answer may be linked to.
    pub last_said: Signal<Option<i64>>,
    /// The entry of the order's trail that an answer may be linked to, and what it was.
    pub last_act: Signal<Option<(i64, Vec<String>)>>,
    /// What was sent without an answer, with its key.
    sent: StoredValue<Option<(Step, String)>>,
}

/// A step on its way.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Step {
    Begin(RecordWho),
    Who(String, RecordWho),
    Look(String, RecordLookUp),
    Answer(String, RecordAnswer),
}

impl EnquiryData {
    /// What was asked about something; it is loaded, and followed as long as the page is there.
    pub fn new(
        lang: Lang,
        session: SessionState,
        about: About,
        last_said: Signal<Option<i64>>,
        last_act: Signal<Option<(i64, Vec<String>)>>,
    ) -> Self {
        let live = use_live();
        let data = Self {
            lang,
            session,
            about: StoredValue::new(about),
            list: RwSignal::new(None),
            old: RwSignal::new(None),
            filled: RwSignal::new(blank()),
            who: RwSignal::new(false),
            busy: RwSignal::new(false),
            refused: RwSignal::new(None),
            done: RwSignal::new(None),
            last_said,
            last_act,
            sent: StoredValue::new(None),
        };
        Effect::new(move |_| {
            session.again.track();
            live.missed.track();
            data.look();
        });
        Effect::new(move |before: Option<()>| {
            let changed = live.enquiry.get();
            let ours = changed.is_some_and(|changed| data.is_about(&changed));
            if before.is_some() && ours && live.is_in_use() {
                data.look();
            }
        });
        data
    }

    fn is_about(self, changed: &EnquiryChanged) -> bool {
        self.about.with_value(|about| match about {
            About::Order(id) => changed.order.as_ref() == Some(id),
            About::Conversation(id) => changed.conversation.as_ref() == Some(id),
        })
    }

    /// Whether there is anything for their role.
    pub fn may(self) -> bool {
        self.session.may(Permission::Note)
    }

    /// What the conversation tells of who asks; `None` beside an order.
    pub fn known(self) -> Option<Identification> {
        self.list.with_untracked(|list| {
            let known = list.as_ref()?.known.as_ref()?;
            Some(known.confirmed_by)
        })
    }

    /// Whether it is in a conversation, where it is known who writes.
    pub fn in_conversation(self) -> bool {
        self.about
            .with_value(|about| matches!(about, About::Conversation(_)))
    }

    fn url(self) -> Option<String> {
        self.about.try_with_value(|about| match about {
            About::Order(id) => staff_order_enquiries(id),
            About::Conversation(id) => staff_conversation_enquiries(id),
        })
    }

    /// Loads it. What is shown stays until then.
    pub fn look(self) {
        // The page may be another by now.
        let Some(url) = self.url().filter(|_| self.may()) else {
            return;
        };
        browser::spawn(async move {
            match client::enquiries(self.lang, &url).await {
                Ok(list) => {
                    if self.old.try_set(None).is_some() {
                        return;
                    }
                    let first = self.list.with_untracked(Option::is_none);
                    self.list.set(Some(list));
                    if first {
                        self.fill_in();
                    } else {
                        self.fits();
                    }
                }
                Err(failure) => {
                    if !self.session.notices(&failure) {
                        let why = what_failed(self.lang, &failure);
                        let _gone = self.old.try_set(Some(why));
                    }
                }
            }
        });
    }

    /// The one that goes on.
    pub fn open(self) -> Option<Enquiry> {
        self.list
            .with(|list| list.as_ref().and_then(|list| open(&list.items).cloned()))
    }

    /// What is next.
    pub fn next(self) -> Next {
        if self.who.get() {
            Next::Who
        } else {
            next(self.open().as_ref())
        }
    }

    /// Whether one goes on, or is being begun.
    pub fn is_on(self) -> bool {
        self.who.get() || self.open().is_some()
    }

    /// Begins one, or confirms once more who asks.
    pub fn begin(self) {
        self.fill_in();
        self.who.set(true);
        self.focus_next();
    }

    /// Does not.
    pub fn shut(self) {
        self.refused.set(None);
        self.who.set(false);
        self.focus_next();
    }

    /// What is filled in at the beginning of a step: what is known.
    fn fill_in(self) {
        let known = self
            .list
            .with_untracked(|list| list.as_ref().and_then(|list| list.known.clone()));
        let mut filled = blank();
        if let Some(known) = known {
            filled.confirmed_by = known.confirmed_by;
            filled.topic = known.topic;
        }
        let now = self
            .list
            .with_untracked(|list| next(list.as_ref().and_then(|list| open(&list.items))));
        filled.answer = fitting(now, filled.answer);
        self.refused.set(None);
        self.filled.set(filled);
    }

    /// A colleague may have gone on with it: what cannot be answered any more is not chosen any more.
    fn fits(self) {
        let now = untrack(|| next(self.open().as_ref()));
        let chosen = self.filled.with_untracked(|filled| filled.answer);
        let fitting = fitting(now, chosen);
        if fitting != chosen {
            self.filled.update(|filled| filled.answer = fitting);
        }
    }

    fn focus_next(self) {
        browser::next_frame(|| browser::focus("#enquiry-step"));
    }

    /// Records who asks.
    pub fn record_who(self) {
        let filled = self.filled.get_untracked();
        let Some(note) = self.note(&filled.note) else {
            return;
        };
        let who = RecordWho {
            confirmed_by: filled.confirmed_by,
            topic: filled.topic,
            note,
        };
        let open = untrack(|| self.open());
        let words = Words::of(self.lang);
        let step = match open {
            Some(open) => Step::Who(open.id, who),
            None => Step::Begin(who),
        };
        self.send(step, words.done_who);
    }

    /// Looks the order up, first by its number where it is not known which.
    pub fn record_look(self) {
        let words = Words::of(self.lang);
        let filled = self.filled.get_untracked();
        let (Some(open), Some(note)) = (untrack(|| self.open()), self.note(&filled.note)) else {
            return;
        };
        if open.order.is_some() {
            let look = RecordLookUp { order: None, note };
            self.send(Step::Look(open.id, look), words.done_look);
            return;
        }
        let number = filled.number.trim().to_owned();
        if number.is_empty() {
            self.refused.set(Some(words.number_missing.to_owned()));
            browser::focus("#enquiry-number");
            return;
        }
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        self.refused.set(None);
        browser::spawn(async move {
            let found = client::find_orders(self.lang, &number, None).await;
            if self.busy.try_set(false).is_some() {
                return;
            }
            match found {
                Ok(found) => {
                    let mut exact = found.items.into_iter().map(|found| found.order);
                    let exact = exact.find(|order| order.number == number);
                    if let Some(order) = exact {
                        let order = Some(order.id);
                        let look = RecordLookUp { order, note };
                        self.send(Step::Look(open.id, look), words.done_look);
                    } else {
                        self.refused.set(Some(words.number_unknown.to_owned()));
                        browser::focus("#enquiry-number");
                    }
                }
                Err(failure) => self.is_refused(&failure),
            }
        });
    }

    /// Records the answer.
    pub fn record_answer(self) {
        let words = Words::of(self.lang);
        let filled = self.filled.get_untracked();
        let Some(open) = untrack(|| self.open()) else {
            return;
        };
        let text = filled.text.trim();
        if text.is_empty() || text.chars().count() > TEXT_CHARS {
            self.refused.set(Some(words.text_missing.to_owned()));
            browser::focus("#enquiry-text");
            return;
        }
        let message = self.last_said.get_untracked();
        let act = self.last_act.get_untracked().map(|(seq, _)| seq);
        let answer = RecordAnswer {
            answer: filled.answer,
            text: text.to_owned(),
            message: message.filter(|_| filled.message),
            act: act.filter(|_| filled.act),
        };
        self.send(Step::Answer(open.id, answer), words.done_answer);
    }

    /// Words beside a step; `None` when there are too many.
    fn note(self, text: &str) -> Option<Option<String>> {
        let text = text.trim();
        if text.chars().count() > TEXT_CHARS {
            let why = Words::of(self.lang).long;
            self.refused.set(Some(why.to_owned()));
            browser::focus("#enquiry-note");
            return None;
        }
        Some((!text.is_empty()).then(|| text.to_owned()))
    }

    /// Sends a step. Sent again without an answer, it is recorded once.
    fn send(self, step: Step, done: &'static str) {
        let Some(url) = self.url().filter(|_| !self.busy.get_untracked()) else {
            return;
        };
        let before = self.sent.get_value().filter(|(sent, _)| *sent == step);
        let key = before.map_or_else(browser::new_key, |(_, key)| key);
        self.sent.set_value(Some((step.clone(), key.clone())));
        self.busy.set(true);
        self.refused.set(None);
        self.done.set(None);
        let lang = self.lang;
        browser::spawn(async move {
            let answer = match &step {
                Step::Begin(who) => client::begin_enquiry(lang, &url, who, &key).await,
                Step::Who(id, who) => client::record_who(lang, id, who, &key).await,
                Step::Look(id, look) => client::record_look_up(lang, id, look, &key).await,
                Step::Answer(id, answer) => client::record_answer(lang, id, answer, &key).await,
            };
            // The page may be another by now.
            if self.busy.try_set(false).is_some() {
                return;
            }
            match answer {
                Ok(enquiry) => {
                    self.sent.set_value(None);
                    self.who.set(false);
                    self.done.set(Some(done));
                    self.takes_in(enquiry);
                    self.fill_in();
                    self.focus_next();
                }
                Err(failure) => self.is_refused(&failure),
            }
        });
    }

    fn takes_in(self, enquiry: Enquiry) {
        self.list.update(|list| {
            let Some(list) = list else { return };
            match list.items.iter_mut().find(|known| known.id == enquiry.id) {
                Some(known) => *known = enquiry,
                None => list.items.insert(0, enquiry),
            }
        });
    }

    fn is_refused(self, failure: &Failure) {
        let out = self.session.notices(failure);
        if failure.is_settled() && !out {
            self.sent.set_value(None);
            // A colleague may have recorded something meanwhile.
            self.look();
        }
        let foreign = match failure {
            Failure::Refused(problem) => problem.errors.contains_key("order"),
            Failure::Unreachable | Failure::Unreadable => false,
        };
        let why = if foreign {
            Words::of(self.lang).not_theirs.to_owned()
        } else {
            why_not_done(self.lang, failure)
        };
        self.refused.set(Some(why));
    }
}

/// What an answer may be linked to of the order's trail: the last entry, when it is this one's of the staff.
pub fn last_act(
    audit: RwSignal<Option<AuditTrail>>,
    own: StoredValue<String>,
) -> Option<(i64, Vec<String>)> {
    audit.with(|audit| own.with_value(|own| act_of(audit.as_ref()?, own)))
}

fn blank() -> Filled {
    Filled {
        confirmed_by: Identification::NumberAndPhone,
        topic: Topic::Other,
        note: String::new(),
        number: String::new(),
        answer: EnquiryAnswer::Explained,
        text: String::new(),
        message: true,
        act: true,
    }
}
