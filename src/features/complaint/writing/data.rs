//! The form of a complaint: loading what it offers, keeping what is filled in, sending it.

use leptos::prelude::*;
use leptos::task::spawn_local;
use orders_api::{ComplaintDetail, ComplaintOptions, Topic, codes};

use super::super::draft::{Attempt, Draft};
use super::super::filled::{Field, Filled, Wrong, wrong_of};
use super::super::words::Words;
use crate::browser;
use crate::client::{self, Failure};
use crate::features::drafts::{draft_about, forget_draft, keep_draft, now_ms};
use crate::features::evidence::{Course, Uploads};
use crate::features::session::SessionState;
use crate::paths::{ComplainQuery, Page, SupportQuery};
use crate::router::{Router, use_router};
use crate::shell::{failure_words, failure_words_about, failure_words_of, look_failed, on_growth};
use crate::start::{Form, answered, answered_in_full, posted};
use crate::ui::{FailureWords, Load};
use crate::words::Lang;

/// Codes of our own: photos that are not there yet.
pub(in crate::features::complaint) const BUSY: &str = "busy";
/// See [`BUSY`].
pub(in crate::features::complaint) const UNFINISHED: &str = "unfinished";

/// The form's page.
#[derive(Clone, Copy)]
pub struct WriteData {
    lang: Lang,
    session: SessionState,
    router: Router,
    order: StoredValue<String>,
    query: StoredValue<ComplainQuery>,
    /// What may be complained about.
    pub load: RwSignal<Load<ComplaintOptions>>,
    /// What is filled in.
    pub filled: RwSignal<Filled>,
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
    attempt: StoredValue<Option<Attempt>>,
    /// What was refused because the session was over is sent again after the log-in.
    refused: StoredValue<bool>,
}

fn words_of(lang: Lang, session: SessionState, failure: &Failure, order: &str) -> FailureWords {
    let words = Words::of(lang);
    let told = failure_words_of(lang, failure, (words.form_gone_title, words.form_gone_text));
    let about = SupportQuery::of_order(order, Topic::Other);
    let told = failure_words_about(lang, session, failure, told, &about);
    match failure {
        // Asking again would not help; a person may.
        Failure::Refused(problem) if problem.code == codes::NO_COMPLAINTS => FailureWords {
            title: words.form_none_title.to_owned(),
            text: words.form_none_text.to_owned(),
            retry: false,
            ..told
        },
        _ => told,
    }
}

impl WriteData {
    /// Loads what may be complained about; `form` is what the page's form was sent with, without the app.
    pub fn new(
        lang: Lang,
        session: SessionState,
        order: String,
        query: ComplainQuery,
        form: &Form,
    ) -> Self {
        let data = Self {
            lang,
            session,
            router: use_router(),
            order: StoredValue::new(order),
            query: StoredValue::new(query),
            load: RwSignal::new(Load::Loading),
            filled: RwSignal::new(Filled::default()),
            wrong: RwSignal::new(Vec::new()),
            error: RwSignal::new(None),
            busy: RwSignal::new(false),
            restored: RwSignal::new(false),
            uploads: Uploads::new(lang, session, 0),
            begun: RwSignal::new(false),
            attempt: StoredValue::new(None),
            refused: StoredValue::new(false),
        };
        let url = data
            .order
            .with_value(|order| orders_api::complaint_options(order));
        match answered::<ComplaintOptions>(&url) {
            Some(Ok(options)) => data.take(options),
            Some(Err(failure)) => data.load.set(Load::Failed(data.failed(&failure))),
            None => data.look(),
        }
        data.take_posted(form);
        on_growth(session.renewed, move || data.after_log_in());
        // Whose draft it is may be known later than what is offered.
        let (shopper, load) = (session.shopper, data.load);
        Effect::new(move |_| {
            let known = shopper.with(Option::is_some) && load.with(|load| load.ready().is_some());
            if known && !data.begun.get_untracked() {
                data.take_up_draft();
            }
        });
        Effect::new(move |_| {
            let _changed = (data.filled.get(), data.uploads.course.get());
            if data.begun.get() {
                data.keep();
            }
        });
        data
    }

    fn take_posted(self, form: &Form) {
        let url = self.order.with_value(|order| orders_api::complaints(order));
        let Some(Err(failure)) = answered_in_full::<ComplaintDetail>(&posted("POST", &url)) else {
            return;
        };
        let field = |name: &str| form.field(name).unwrap_or_default().to_owned();
        let filled = Filled::of_form(field);
        // Whoever sends it again, now by the app's button, means the same: as long as nobody knows what became of it, it
        // keeps the form's key.
        if let (Some(key), Some(intent)) = (form.key.clone(), filled.sent(Vec::new())) {
            self.attempt.set_value(Some(Attempt { key, intent }));
        }
        self.filled.set(filled);
        self.is_refused(&failure);
    }

    fn after_log_in(self) {
        self.look();
        if self.refused.try_update_value(std::mem::take) == Some(true) {
            self.send();
        }
    }

    fn failed(self, failure: &Failure) -> FailureWords {
        self.order
            .with_value(|order| words_of(self.lang, self.session, failure, order))
    }

    /// Loads it again after a failure.
    pub fn retry(self) {
        self.load.set(Load::Loading);
        self.look();
    }

    fn look(self) {
        if browser::ON_SERVER {
            return;
        }
        let order = self.order.get_value();
        spawn_local(async move {
            let answer = client::complaint_options(self.lang, &order).await;
            if self.load.is_disposed() {
                return;
            }
            match answer {
                Ok(options) => self.take(options),
                Err(failure) if self.session.takes(&failure) => {}
                Err(failure) => {
                    look_failed(self.load, &failure, self.failed(&failure));
                }
            }
        });
    }

    fn take(self, options: ComplaintOptions) {
        let begun = self.begun.get_untracked();
        self.uploads.allow(options.evidence_at_once);
        if !begun {
            let begin = self
                .query
                .with_value(|query| Filled::begin(query, &options));
            self.filled.set(begin);
        } else if self.attempt.with_value(Option::is_none) {
            // What may have arrived stays what it is, so that it is never sent as something else.
            self.filled.update(|filled| filled.fit(&options));
        }
        self.load.set(Load::Ready(options));
        // At once where it is known whose, so that what a form was sent with comes over it.
        if !begun && !browser::ON_SERVER {
            self.take_up_draft();
        }
    }

    fn shopper(self) -> Option<String> {
        let shopper = self.session.shopper.get_untracked();
        shopper.map(|shopper| shopper.id)
    }

    fn options(self) -> Option<ComplaintOptions> {
        self.load.with_untracked(|load| load.ready().cloned())
    }

    fn take_up_draft(self) {
        let Some(shopper) = self.shopper() else {
            self.session.look();
            return;
        };
        let Some(options) = self.options() else {
            return;
        };
        self.begun.set(true);
        let order = self.order.get_value();
        let Some(draft) = draft_about::<Draft>(&shopper, &order, now_ms()) else {
            return;
        };
        self.take_up(draft, &options);
    }

    /// Shows what was filled in. What was sent and not answered keeps its key, so that it never becomes a second
    /// complaint. Whoever comes from a case or a refund means that one.
    pub(in crate::features::complaint) fn take_up(self, draft: Draft, options: &ComplaintOptions) {
        let mut filled = draft.filled;
        if draft.attempt.is_none() {
            filled.fit(options);
            let begin = self.query.with_value(|query| Filled::begin(query, options));
            if begin.about != Filled::default().about {
                filled.about = begin.about;
            }
        }
        self.filled.set(filled);
        self.uploads.restore(draft.uploads);
        if draft.attempt.is_some() {
            self.error.set(Some(Words::of(self.lang).lost.to_owned()));
        }
        self.attempt.set_value(draft.attempt);
        self.restored.set(true);
    }

    fn keep(self) {
        let (Some(shopper), Some(options)) = (self.shopper(), self.options()) else {
            return;
        };
        let filled = self.filled.get_untracked();
        let uploads = self.uploads.course.with_untracked(Course::kept);
        let attempt = self.attempt.get_value();
        let begin = self
            .query
            .with_value(|query| Filled::begin(query, &options));
        let order = self.order.get_value();
        if filled == begin && uploads.is_empty() && attempt.is_none() {
            forget_draft::<Draft>(&shopper, &order, now_ms());
            return;
        }
        let draft = Draft {
            order,
            filled,
            uploads,
            attempt,
            at_ms: now_ms(),
        };
        keep_draft(&shopper, draft);
    }

    /// Everything filled in is given up.
    pub fn begin_anew(self) {
        let Some(options) = self.options() else {
            return;
        };
        if self.busy.get_untracked() {
            return;
        }
        self.uploads.discard();
        self.wrong.set(Vec::new());
        self.error.set(None);
        self.restored.set(false);
        self.attempt.set_value(None);
        let begin = self
            .query
            .with_value(|query| Filled::begin(query, &options));
        self.filled.set(begin);
        browser::next_frame(|| browser::focus("#complain-title"));
    }

    /// The code of what is wrong with a field.
    pub fn problem(self, field: Field) -> Memo<Option<String>> {
        let wrong = self.wrong;
        Memo::new(move |_| {
            wrong.with(|wrong| {
                let (_, code) = wrong.iter().find(|(at, _)| *at == field)?;
                Some(code.clone())
            })
        })
    }

    /// Sends it.
    pub fn send(self) {
        if self.busy.get_untracked() || self.options().is_none() {
            return;
        }
        self.error.set(None);
        let filled = self.filled.get_untracked();
        let mut wrong = filled.wrong();
        let files = self.uploads.course.get_untracked();
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
        let Some(attempt) = self.attempt_of(&filled) else {
            return;
        };
        self.attempt.set_value(Some(attempt.clone()));
        self.keep();
        self.busy.set(true);
        let (lang, order) = (self.lang, self.order.get_value());
        spawn_local(async move {
            let answer = client::open_complaint(lang, &order, &attempt.intent, &attempt.key).await;
            if self.load.is_disposed() {
                return;
            }
            self.busy.set(false);
            match answer {
                Ok(opened) => self.has_opened(opened.id),
                Err(failure) if self.session.takes(&failure) => self.refused.set_value(true),
                Err(failure) => self.is_refused(&failure),
            }
        });
    }

    /// What is sent, and under which key. The same again, after a lost answer, keeps its key.
    pub(in crate::features::complaint) fn attempt_of(self, filled: &Filled) -> Option<Attempt> {
        let intent = filled.sent(self.uploads.ids())?;
        let known = self.attempt.get_value();
        let known = known.filter(|known| known.intent == intent);
        Some(known.unwrap_or_else(|| Attempt {
            key: browser::new_key(),
            intent,
        }))
    }

    fn has_opened(self, id: String) {
        self.begun.set(false);
        self.uploads.sent();
        if let Some(shopper) = self.shopper() {
            let order = self.order.get_value();
            forget_draft::<Draft>(&shopper, &order, now_ms());
        }
        // Going back leads to where the shopper came from, not to a form that was sent.
        self.router.replace(&Page::Complaint { id });
    }

    fn is_refused(self, failure: &Failure) {
        let settled = failure.is_settled();
        if settled {
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
        let text = if settled {
            failure_words(self.lang, failure).text
        } else {
            Words::of(self.lang).lost.to_owned()
        };
        self.error.set(Some(text));
        browser::next_frame(|| browser::reveal("#complain-error"));
        if failure.status() == 409 && settled {
            self.look();
        }
    }
}

fn show_wrong() {
    browser::next_frame(|| {
        browser::reveal("#complain [aria-invalid=true]");
        browser::focus(
            "#complain fieldset[aria-invalid=true] input, #complain :is(input, textarea)[aria-invalid=true]",
        );
    });
}
