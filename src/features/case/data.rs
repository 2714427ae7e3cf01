//! The case that the page shows: loading it, keeping it fresh, and the shopper's moves in it.

use leptos::prelude::*;
use leptos::task::spawn_local;
use orders_api::{CaseDetail, Instant, OrderChanged, codes};

use crate::browser;
use crate::client::{self, Failure};
use crate::features::evidence::Uploads;
use crate::features::session::SessionState;
use crate::paths::SupportQuery;
use crate::shell::{
    Toasts, copy, failure_words, failure_words_about, failure_words_of, keep_fresh, look_failed,
    use_toasts,
};
use crate::start::{Form, answered, answered_in_full, posted};
use crate::ui::{FailureWords, Load};
use crate::words::Lang;

use super::clock::look_what_follows;
use super::forms::{ParcelForm, SayForm, TEXT};
use super::moves::{Intent, Move};
use super::news::news_between;
use super::unanswered::Unanswered;
use super::words::Words;

/// The case of the page.
#[derive(Clone, Copy)]
pub struct CaseData {
    lang: Lang,
    session: SessionState,
    toasts: Option<Toasts>,
    id: StoredValue<String>,
    /// The case.
    pub load: RwSignal<Load<CaseDetail>>,
    /// What has happened to it while the page was open, in words; empty before.
    pub news: RwSignal<String>,
    /// A message.
    pub say: SayForm,
    /// An appeal.
    pub appeal: SayForm,
    /// What goes with the message.
    pub say_uploads: Uploads,
    /// What goes with the appeal.
    pub appeal_uploads: Uploads,
    /// The parcel that goes back.
    pub parcel: ParcelForm,
    /// The dialog that asks whether to withdraw it is open.
    pub asks: RwSignal<bool>,
    /// It is being withdrawn.
    pub withdrawing: RwSignal<bool>,
    /// Which move did not work, and why, when no field is to blame.
    pub error: RwSignal<Option<(Move, String)>>,
    unanswered: StoredValue<Unanswered<Intent>>,
    /// What was refused because the session was over.
    refused: StoredValue<Option<Move>>,
    /// Whether the page is waiting for what follows when the time is up.
    waits: StoredValue<bool>,
}

/// Whether `answer` may take the place of `shown`: an older answer that arrives late may not.
fn is_newer(shown: Option<&CaseDetail>, answer: &CaseDetail) -> bool {
    shown.is_none_or(|shown| shown.id != answer.id || answer.order.version >= shown.order.version)
}

impl CaseData {
    /// Loads the case and keeps it fresh as long as the page is there. `form` is what a form of this page was sent with,
    /// without the app.
    pub fn new(lang: Lang, session: SessionState, id: String, form: &Form) -> Self {
        let data = Self {
            lang,
            session,
            toasts: use_toasts(),
            id: StoredValue::new(id),
            load: RwSignal::new(Load::Loading),
            news: RwSignal::new(String::new()),
            say: SayForm::new(false),
            appeal: SayForm::new(true),
            say_uploads: Uploads::new(lang, session, 0),
            appeal_uploads: Uploads::new(lang, session, 0),
            parcel: ParcelForm::new(),
            asks: RwSignal::new(false),
            withdrawing: RwSignal::new(false),
            error: RwSignal::new(None),
            unanswered: StoredValue::new(Unanswered::default()),
            refused: StoredValue::new(None),
            waits: StoredValue::new(false),
        };
        match data.id.with_value(|id| answered(&orders_api::case(id))) {
            Some(Ok(case)) => data.take(case),
            Some(Err(failure)) => data.load.set(Load::Failed(data.failed(&failure))),
            None => data.look(),
        }
        data.take_posted(form);
        data.listen();
        data
    }

    /// What became of a form that was sent without the app.
    fn take_posted(self, form: &Form) {
        let id = self.id.get_value();
        let answer = |method, url: String| answered_in_full::<CaseDetail>(&posted(method, &url));
        let field = |name| form.field(name).unwrap_or_default().to_owned();
        if let Some(Err(failure)) = answer("POST", orders_api::case_messages(&id)) {
            self.say.text.value.set(field(TEXT));
            self.posted_refused(Move::Say, form, &failure);
        }
        if let Some(Err(failure)) = answer("POST", orders_api::case_appeal(&id)) {
            self.appeal.text.value.set(field(TEXT));
            self.posted_refused(Move::Appeal, form, &failure);
        }
        if let Some(Err(failure)) = answer("PUT", orders_api::case_parcel(&id)) {
            self.parcel.courier.value.set(field(ParcelForm::COURIER));
            self.parcel.number.value.set(field(ParcelForm::NUMBER));
            self.posted_refused(Move::Send, form, &failure);
        }
        if let Some(Err(failure)) = answer("POST", orders_api::case_withdrawal(&id)) {
            self.posted_refused(Move::Withdraw, form, &failure);
        }
    }

    /// Whoever sends it again, now by the app's button, means the same: as long as nobody knows what became of it, it
    /// keeps the form's key.
    fn posted_refused(self, step: Move, form: &Form, failure: &Failure) {
        if !failure.is_settled()
            && let (Some(intent), Some(key)) = (self.filled_in(step), form.key.clone())
        {
            let thread = self.entries();
            self.unanswered
                .update_value(|sent| sent.begin(intent, key, thread));
        }
        self.is_refused(step, failure);
    }

    fn listen(self) {
        let is_news = move |changed: &OrderChanged| {
            self.load.with_untracked(|load| {
                // Whose case it is that has not come yet is not known.
                load.ready().is_none_or(|shown| {
                    shown.order.id == changed.id && changed.version > shown.order.version
                })
            })
        };
        keep_fresh(
            self.session,
            is_news,
            move || self.look(),
            move || self.after_log_in(),
        );
    }

    fn after_log_in(self) {
        self.look();
        if let Some(step) = self.refused.try_update_value(Option::take).flatten() {
            self.make(step);
        }
    }

    /// Why there is no case to show. That it does not exist is said in words of its own.
    fn failed(self, failure: &Failure) -> FailureWords {
        let words = Words::of(self.lang);
        let words = failure_words_of(self.lang, failure, (words.gone_title, words.gone_text));
        let about = self.id.with_value(|id| SupportQuery::of_case("", id));
        failure_words_about(self.lang, self.session, failure, words, &about)
    }

    /// Loads it again after a failure.
    pub fn retry(self) {
        self.load.set(Load::Loading);
        self.look();
    }

    /// Asks the server how the case stands; what is shown stays until the answer is there.
    fn look(self) {
        if browser::ON_SERVER {
            return;
        }
        let id = self.id.get_value();
        spawn_local(async move {
            let answer = client::case(self.lang, &id).await;
            if self.load.is_disposed() {
                return;
            }
            match answer {
                Ok(case) => self.take(case),
                Err(failure) if self.session.takes(&failure) => {}
                Err(failure) => {
                    look_failed(self.load, &failure, self.failed(&failure));
                }
            }
        });
    }

    /// Shows `case`, unless something newer is shown already.
    fn take(self, case: CaseDetail) {
        let news = self.load.with_untracked(|load| {
            let shown = load.ready();
            is_newer(shown, &case)
                .then(|| shown.and_then(|shown| news_between(self.lang, shown, &case)))
        });
        let Some(news) = news else { return };
        if let Some(news) = news {
            self.news.set(news);
        }
        // What was meant has come about, whether or not its answer came.
        let done = self.unanswered.with_value(|sent| sent.done(&case));
        for uploads in [self.say_uploads, self.appeal_uploads] {
            uploads.allow(case.evidence_at_once);
        }
        self.load.set(Load::Ready(case));
        for step in done {
            self.is_done(step);
        }
    }

    fn is_done(self, step: Move) {
        self.settle(step);
        self.error.set(None);
        match step {
            Move::Say => {
                self.say.forget();
                self.say_uploads.sent();
                if let Some(toasts) = self.toasts {
                    toasts.say(Words::of(self.lang).said);
                }
                return;
            }
            Move::Appeal => {
                self.appeal.forget();
                self.appeal_uploads.sent();
            }
            Move::Send => self.parcel.forget(),
            Move::Withdraw => self.asks.set(false),
        }
        // The form is gone and the focus with it.
        browser::next_frame(|| {
            browser::reveal("#case-state");
            browser::focus("#case-state");
        });
    }

    /// Its key is not to be used again.
    fn settle(self, step: Move) {
        self.unanswered.update_value(|sent| sent.settle(step));
    }

    const fn busy(self, step: Move) -> RwSignal<bool> {
        match step {
            Move::Say => self.say.busy,
            Move::Appeal => self.appeal.busy,
            Move::Send => self.parcel.busy,
            Move::Withdraw => self.withdrawing,
        }
    }

    /// A move as it is filled in, when that is enough; else what is missing is marked.
    fn filled_in(self, step: Move) -> Option<Intent> {
        match step {
            Move::Say => self
                .say_uploads
                .course
                .with_untracked(|uploads| self.say.complete(uploads))
                .map(Intent::Say),
            Move::Appeal => self
                .appeal_uploads
                .course
                .with_untracked(|uploads| self.appeal.complete(uploads))
                .map(Intent::Appeal),
            Move::Send => self.parcel.complete().map(Intent::Send),
            Move::Withdraw => Some(Intent::Withdraw),
        }
    }

    /// Makes a move, as filled in.
    pub fn make(self, step: Move) {
        let busy = self.busy(step);
        if busy.get_untracked() {
            return;
        }
        self.error.set(None);
        let Some(intent) = self.filled_in(step) else {
            show_wrong_field(step);
            return;
        };
        let key = self.key_of(&intent);
        busy.set(true);
        let (lang, id) = (self.lang, self.id.get_value());
        spawn_local(async move {
            let answer = match &intent {
                Intent::Say(message) => client::say_in_case(lang, &id, message, &key).await,
                Intent::Appeal(message) => client::appeal_case(lang, &id, message, &key).await,
                Intent::Send(parcel) => client::send_case_parcel(lang, &id, parcel, &key).await,
                Intent::Withdraw => client::withdraw_case(lang, &id, &key).await,
            };
            if self.load.is_disposed() {
                return;
            }
            busy.set(false);
            match answer {
                Ok(case) => {
                    self.take(case);
                    // It may have been seen before its answer came.
                    if self.unanswered.with_value(|sent| sent.has(step)) {
                        self.is_done(step);
                    }
                }
                Err(failure) if self.session.takes(&failure) => {
                    self.refused.set_value(Some(step));
                }
                Err(failure) => self.is_refused(step, &failure),
            }
        });
    }

    /// The key of an intent: the same again after a lost answer is the same intent, so it keeps its key.
    fn key_of(self, intent: &Intent) -> String {
        let thread = self.entries();
        let key = self
            .unanswered
            .try_update_value(|sent| sent.key_of(intent, thread));
        key.unwrap_or_default()
    }

    /// How many entries the thread has.
    fn entries(self) -> usize {
        let entries = |load: &Load<CaseDetail>| load.ready().map_or(0, |case| case.thread.len());
        self.load.with_untracked(entries)
    }

    /// Says why, at the field or above the form, and looks how the case stands when that is the reason.
    fn is_refused(self, step: Move, failure: &Failure) {
        if failure.is_settled() {
            self.settle(step);
        }
        if let Failure::Refused(problem) = failure
            && problem.code == codes::INVALID_FIELDS
        {
            let marked = match step {
                Move::Say => self.say.refuse(problem),
                Move::Appeal => self.appeal.refuse(problem),
                Move::Send => self.parcel.refuse(problem),
                Move::Withdraw => false,
            };
            if marked {
                show_wrong_field(step);
                return;
            }
        }
        let text = failure_words(self.lang, failure).text;
        self.error.set(Some((step, text)));
        browser::next_frame(|| browser::reveal(".case-error"));
        if failure.status() == 409 {
            self.look();
        }
    }

    /// The time is up: looks until it shows what follows.
    pub fn time_is_up(self) {
        look_what_follows(self.waits, move || self.until(), move || self.look());
    }

    fn until(self) -> Option<Instant> {
        let until = |load: &Load<CaseDetail>| load.ready().and_then(|case| case.until.clone());
        self.load.try_with_untracked(until).flatten()
    }

    /// Puts `text` on the clipboard and says so.
    pub fn copy(self, text: String) {
        copy(self.lang, self.toasts, text);
    }
}

fn show_wrong_field(step: Move) {
    let field = match step {
        Move::Say => "#say [aria-invalid=true]",
        Move::Appeal => "#appeal [aria-invalid=true]",
        Move::Send => "#return [aria-invalid=true]",
        Move::Withdraw => return,
    };
    browser::next_frame(move || {
        browser::reveal(field);
        browser::focus(field);
    });
}

#[cfg(test)]
#[path = "data_tests.rs"]
mod tests;
