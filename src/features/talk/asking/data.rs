//! The ways to a person, and the question that is filled in: loading them, keeping it, sending it.

use leptos::prelude::*;
use leptos::task::spawn_local;
use orders_api::{
    CONVERSATIONS, Conversation, ConversationList, Day, OpenConversation, SupportWays, codes,
};

use super::super::draft::Draft;
use super::super::question::{Field, MOST_EVIDENCE, Question, Wrong, question_of_form, wrong_of};
use super::super::words::Words;
use crate::browser;
use crate::client::{self, Failure};
use crate::features::drafts::{draft_about, forget_draft, keep_draft, now_ms};
use crate::features::evidence::{Course as Files, Uploads};
use crate::features::session::SessionState;
use crate::features::support::KeptSupport;
use crate::format;
use crate::paths::{Page, SupportQuery};
use crate::router::{Router, use_router};
use crate::shell::{
    Toasts, copy, failure_words, failure_words_for, failure_words_of, on_growth, use_toasts,
};
use crate::start::{Form, answered, answered_in_full, posted};
use crate::ui::{FailureWords, Load};
use crate::words::Lang;

/// The page of the ways to a person.
#[derive(Clone, Copy)]
pub struct AskData {
    lang: Lang,
    session: SessionState,
    router: Router,
    toasts: Option<Toasts>,
    /// What it is about.
    pub about: StoredValue<SupportQuery>,
    /// The ways.
    pub load: RwSignal<Load<SupportWays>>,
    /// The shopper's conversations.
    pub mine: RwSignal<Vec<Conversation>>,
    /// What is filled in.
    pub question: RwSignal<Question>,
    /// What is wrong with it.
    pub wrong: RwSignal<Vec<Wrong>>,
    /// Why it was not sent, when no field is to blame.
    pub error: RwSignal<Option<String>>,
    /// It is being sent.
    pub busy: RwSignal<bool>,
    /// It was filled in before the page was opened.
    pub restored: RwSignal<bool>,
    /// Photos and videos.
    pub uploads: Uploads,
    begun: RwSignal<bool>,
    /// What was sent and not answered.
    attempt: StoredValue<Option<OpenConversation>>,
    /// What was refused because the session was over is sent again after the log-in.
    refused: StoredValue<bool>,
}

fn words_of(
    lang: Lang,
    session: SessionState,
    failure: &Failure,
    about: &SupportQuery,
) -> FailureWords {
    let words = Words::of(lang);
    let told = failure_words_of(lang, failure, (words.no_order_title, words.no_order_text));
    let told = failure_words_for(lang, session, told);
    FailureWords {
        // Where the order does not exist, a person is there all the same; else it is this page that fails.
        contact: told
            .contact
            .filter(|_| failure.status() == 404 && about.is_of_order()),
        ..told
    }
}

/// The day that it is in the shop.
pub fn today() -> Day {
    format::day_of(&format::instant(browser::now_s()))
}

impl AskData {
    /// Loads the ways; `form` is what the page's form was sent with, without the app.
    pub fn new(lang: Lang, session: SessionState, about: SupportQuery, form: &Form) -> Self {
        let data = Self {
            lang,
            session,
            router: use_router(),
            toasts: use_toasts(),
            about: StoredValue::new(about),
            load: RwSignal::new(Load::Loading),
            mine: RwSignal::new(Vec::new()),
            question: RwSignal::new(Question::default()),
            wrong: RwSignal::new(Vec::new()),
            error: RwSignal::new(None),
            busy: RwSignal::new(false),
            restored: RwSignal::new(false),
            uploads: Uploads::new(lang, session, MOST_EVIDENCE),
            begun: RwSignal::new(false),
            attempt: StoredValue::new(None),
            refused: StoredValue::new(false),
        };
        let url = data.about.with_value(client::support_url);
        match answered::<SupportWays>(&url) {
            Some(Ok(ways)) => data.take(ways),
            Some(Err(failure)) => data.load.set(Load::Failed(data.failed(&failure))),
            None => data.look(),
        }
        match answered::<ConversationList>(CONVERSATIONS) {
            Some(Ok(list)) => data.mine.set(list.items),
            Some(Err(_)) => {}
            None => data.look_for_mine(),
        }
        data.take_posted(form);
        on_growth(session.renewed, move || data.after_log_in());
        // Whose draft it is may be known later than the ways.
        let (shopper, load) = (session.shopper, data.load);
        Effect::new(move |_| {
            let known = shopper.with(Option::is_some) && load.with(|load| load.ready().is_some());
            if known && !data.begun.get_untracked() {
                data.take_up_draft();
            }
        });
        Effect::new(move |_| {
            let _changed = (data.question.get(), data.uploads.course.get());
            if data.begun.get() {
                data.keep();
            }
        });
        data
    }

    fn take_posted(self, form: &Form) {
        let Some(Err(failure)) = answered_in_full::<Conversation>(&posted("POST", CONVERSATIONS))
        else {
            return;
        };
        let field = |name: &str| form.field(name).unwrap_or_default().to_owned();
        self.question.set(Question::of_form(field));
        // Whoever sends it again, now by the app's button, means the same: as long as nobody knows what became of it, it
        // keeps the form's key.
        let sent = form.key.as_ref().and_then(|key| {
            self.about
                .with_value(|about| question_of_form(about, key, field))
        });
        self.attempt.set_value(sent);
        self.is_refused(&failure);
    }

    fn after_log_in(self) {
        self.look();
        self.look_for_mine();
        if self.refused.try_update_value(std::mem::take) == Some(true) {
            self.send();
        }
    }

    fn failed(self, failure: &Failure) -> FailureWords {
        self.about
            .with_value(|about| words_of(self.lang, self.session, failure, about))
    }

    /// Whom the device knows to call, where this page has failed and there is nobody else to turn to.
    pub fn kept(self) -> Option<KeptSupport> {
        let alone = self
            .load
            .with(|load| matches!(load, Load::Failed(words) if words.contact.is_none()));
        alone.then(KeptSupport::last).flatten()
    }

    /// Loads it again after a failure.
    pub fn retry(self) {
        self.load.set(Load::Loading);
        self.look();
        self.look_for_mine();
    }

    fn look(self) {
        if browser::ON_SERVER {
            return;
        }
        let about = self.about.get_value();
        spawn_local(async move {
            let answer = client::support(self.lang, &about).await;
            if self.load.is_disposed() {
                return;
            }
            match answer {
                Ok(ways) => self.take(ways),
                Err(failure) if self.session.takes(&failure) => {}
                Err(failure) => self.load.set(Load::Failed(self.failed(&failure))),
            }
        });
    }

    fn look_for_mine(self) {
        if browser::ON_SERVER {
            return;
        }
        spawn_local(async move {
            // Without the list the page is of use all the same.
            if let Ok(list) = client::conversations(self.lang).await {
                let _gone = self.mine.try_set(list.items);
            }
        });
    }

    fn take(self, ways: SupportWays) {
        let begun = self.begun.get_untracked();
        if !begun {
            let begin = self
                .about
                .with_value(|about| Question::begin(self.lang, about, &ways));
            self.question.set(begin);
        }
        if !browser::ON_SERVER {
            KeptSupport::of(&ways.shop.name, &ways.support).keep();
        }
        self.load.set(Load::Ready(ways));
        // At once where it is known whose, so that what a form was sent with comes over it.
        if !begun && !browser::ON_SERVER {
            self.take_up_draft();
        }
    }

    fn shopper(self) -> Option<String> {
        let shopper = self.session.shopper.get_untracked();
        shopper.map(|shopper| shopper.id)
    }

    /// About what, without its topic: a draft is found from wherever one comes.
    fn whose(self) -> String {
        self.about.with_value(SupportQuery::whose)
    }

    fn take_up_draft(self) {
        let Some(shopper) = self.shopper() else {
            self.session.look();
            return;
        };
        self.begun.set(true);
        let Some(draft) = draft_about::<Draft>(&shopper, &self.whose(), now_ms()) else {
            return;
        };
        self.question.set(draft.question);
        self.uploads.restore(draft.uploads);
        self.attempt.set_value(draft.attempt);
        self.restored.set(true);
    }

    fn keep(self) {
        let (Some(shopper), Some(ways)) = (self.shopper(), self.ways()) else {
            return;
        };
        let question = self.question.get_untracked();
        let uploads = self.uploads.course.with_untracked(Files::kept);
        let attempt = self.attempt.get_value();
        let begin = self
            .about
            .with_value(|about| Question::begin(self.lang, about, &ways));
        let about = self.whose();
        if question == begin && uploads.is_empty() && attempt.is_none() {
            forget_draft::<Draft>(&shopper, &about, now_ms());
            return;
        }
        keep_draft(
            &shopper,
            Draft {
                about,
                question,
                uploads,
                attempt,
                at_ms: now_ms(),
            },
        );
    }

    /// Puts `text` on the clipboard and says so.
    pub fn copy(self, text: String) {
        copy(self.lang, self.toasts, text);
    }

    fn ways(self) -> Option<SupportWays> {
        self.load.with_untracked(|load| load.ready().cloned())
    }

    /// What is wrong with a field, in words.
    pub fn problem(self, field: Field) -> Memo<Option<&'static str>> {
        let words = Words::of(self.lang);
        let wrong = self.wrong;
        Memo::new(move |_| {
            wrong.with(|wrong| {
                let (_, code) = wrong.iter().find(|(at, _)| *at == field)?;
                Some(words.wrong(field, code))
            })
        })
    }

    /// Sends it.
    pub fn send(self) {
        let Some(ways) = self.ways() else { return };
        if self.busy.get_untracked() {
            return;
        }
        self.error.set(None);
        let question = self.question.get_untracked();
        let files = self.uploads.course.get_untracked();
        let mut wrong = question.wrong(&ways, &today(), files.coming());
        if files.is_busy() {
            wrong.push((Field::Evidence, BUSY.to_owned()));
        } else if files.unfinished() > 0 {
            wrong.push((Field::Evidence, UNFINISHED.to_owned()));
        }
        let found = !wrong.is_empty();
        self.wrong.set(wrong);
        if found {
            show_wrong();
            return;
        }
        let attempt = self.intent(&question, &ways);
        self.attempt.set_value(Some(attempt.clone()));
        self.keep();
        self.busy.set(true);
        spawn_local(async move {
            let answer = client::open_conversation(self.lang, &attempt).await;
            if self.load.is_disposed() {
                return;
            }
            self.busy.set(false);
            match answer {
                Ok(begun) => self.has_begun(&begun),
                Err(failure) if self.session.takes(&failure) => self.refused.set_value(true),
                Err(failure) => self.is_refused(&failure),
            }
        });
    }

    /// What is sent. The same again, after a lost answer, keeps its name.
    pub(in crate::features::talk) fn intent(
        self,
        question: &Question,
        ways: &SupportWays,
    ) -> OpenConversation {
        let digital = question.asks_account(&ways.lines);
        let evidence = self.uploads.ids();
        let sent = |name: &str| {
            let shop = &ways.shop.id;
            self.about
                .with_value(|about| question.sent(about, shop, digital, evidence.clone(), name))
        };
        let known = self.attempt.get_value();
        known
            .filter(|known| sent(&known.client_id) == *known)
            .unwrap_or_else(|| sent(&browser::new_key()))
    }

    fn has_begun(self, conversation: &Conversation) {
        self.begun.set(false);
        self.uploads.sent();
        if let Some(shopper) = self.shopper() {
            forget_draft::<Draft>(&shopper, &self.whose(), now_ms());
        }
        let id = conversation.id.clone();
        self.router.go(&Page::Conversation { id });
    }

    fn is_refused(self, failure: &Failure) {
        if failure.is_settled() {
            self.attempt.set_value(None);
            self.keep();
        }
        if let Failure::Refused(problem) = failure
            && problem.code == codes::INVALID_FIELDS
        {
            let wrong = wrong_of(problem);
            if !wrong.is_empty() {
                self.wrong.set(wrong);
                show_wrong();
                return;
            }
        }
        self.error.set(Some(refusal(self.lang, failure)));
        browser::next_frame(|| browser::reveal("#ask-error"));
    }
}

/// Codes of our own: photos that are not there yet.
const BUSY: &str = "busy";
const UNFINISHED: &str = "unfinished";

impl Words {
    /// What is wrong with a field of the question.
    pub fn wrong(&self, field: Field, code: &str) -> &'static str {
        let required = code == orders_api::field_codes::REQUIRED;
        match field {
            Field::Topic => self.topic_missing,
            Field::Line => self.line_missing,
            Field::Since => self.since_future,
            Field::Text if required => self.text_missing,
            Field::Text => self.text_too_long,
            Field::Evidence => match code {
                BUSY => self.photos_busy,
                UNFINISHED => self.photos_unfinished,
                _ => self.photos_refused,
            },
            Field::Account | Field::Zone | Field::FaceValue => {
                if code == orders_api::field_codes::TOO_LONG {
                    self.too_long
                } else {
                    self.invalid
                }
            }
        }
    }
}

/// Why nothing was said.
pub fn refusal(lang: Lang, failure: &Failure) -> String {
    let words = Words::of(lang);
    match failure {
        Failure::Refused(problem) if problem.code == codes::TOO_MANY_MESSAGES => {
            words.too_fast.to_owned()
        }
        Failure::Refused(problem) if problem.code == codes::NO_CHAT => words.no_chat.to_owned(),
        _ => failure_words(lang, failure).text,
    }
}

fn show_wrong() {
    browser::next_frame(|| {
        browser::reveal("#ask [aria-invalid=true]");
        browser::focus(
            "#ask fieldset[aria-invalid=true] input, #ask :is(input, select, textarea)[aria-invalid=true]",
        );
    });
}
