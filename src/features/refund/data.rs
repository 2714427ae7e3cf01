//! The refund that the page shows: loading it, keeping it fresh, and having it paid another way.

use leptos::prelude::*;
use leptos::task::spawn_local;
use orders_api::{AskRefundWay, OrderChanged, RefundDetail, WayState, codes};

use crate::browser;
use crate::client::{self, Failure};
use crate::features::session::SessionState;
use crate::paths::SupportQuery;
use crate::shell::{
    Toasts, copy, failure_words, failure_words_about, failure_words_of, keep_fresh, look_failed,
    use_toasts,
};
use crate::start::{Form, answered, answered_in_full, posted};
use crate::ui::{FailureWords, Load};
use crate::words::Lang;

use super::news::news_between;
use super::way::WayForm;
use super::words::Words;

/// The refund of the page.
#[derive(Clone, Copy)]
pub struct RefundData {
    lang: Lang,
    session: SessionState,
    toasts: Option<Toasts>,
    id: StoredValue<String>,
    /// The refund.
    pub load: RwSignal<Load<RefundDetail>>,
    /// What has happened to it while the page was open, in words; empty before.
    pub news: RwSignal<String>,
    /// The form that asks for another way.
    pub way: WayForm,
    /// Why asking or taking it back did not work, when no field is to blame.
    pub way_error: RwSignal<Option<String>>,
    /// The wish is being taken back.
    pub withdrawing: RwSignal<bool>,
    /// Unanswered asking: the wish, without its password, and the key.
    ask_key: StoredValue<Option<(AskRefundWay, String)>>,
    /// Unanswered taking back: its key.
    withdraw_key: StoredValue<Option<String>>,
    /// What was refused because the session was over.
    refused: StoredValue<Option<Refused>>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Refused {
    Ask,
    Withdraw,
}

/// Whether `answer` may take the place of `shown`: an older answer that arrives late may not.
fn is_newer(shown: Option<&RefundDetail>, answer: &RefundDetail) -> bool {
    shown.is_none_or(|shown| {
        shown.refund.id != answer.refund.id || answer.order.version >= shown.order.version
    })
}

impl RefundData {
    /// Loads the refund and keeps it fresh as long as the page is there. `form` is what a form of this page was sent
    /// with, without the app.
    pub fn new(lang: Lang, session: SessionState, id: String, form: &Form) -> Self {
        let data = Self {
            lang,
            session,
            toasts: use_toasts(),
            id: StoredValue::new(id),
            load: RwSignal::new(Load::Loading),
            news: RwSignal::new(String::new()),
            way: WayForm::new(),
            way_error: RwSignal::new(None),
            withdrawing: RwSignal::new(false),
            ask_key: StoredValue::new(None),
            withdraw_key: StoredValue::new(None),
            refused: StoredValue::new(None),
        };
        match data.id.with_value(|id| answered(&orders_api::refund(id))) {
            Some(Ok(refund)) => data.take(refund),
            Some(Err(failure)) => data.load.set(Load::Failed(data.failed(&failure))),
            None => data.look(),
        }
        data.take_posted(form);
        data.listen();
        data
    }

    /// What became of a form that was sent without the app.
    fn take_posted(self, form: &Form) {
        let way = self.id.with_value(|id| orders_api::refund_way(id));
        let answer = |method| answered_in_full::<RefundDetail>(&posted(method, &way));
        self.way.refill(form);
        // Whoever sends it again, now by the app's button, means the same: it keeps the form's key until it is settled.
        if let Some(Err(failure)) = answer("DELETE") {
            self.withdraw_key.set_value(form.key.clone());
            self.withdraw_refused(&failure);
        }
        if let Some(Err(failure)) = answer("PUT") {
            let sent = form.key.clone().map(|key| (self.way.intent(), key));
            self.ask_key.set_value(sent);
            self.ask_refused(&failure);
        }
    }

    fn listen(self) {
        let is_news = move |changed: &OrderChanged| {
            self.load.with_untracked(|load| {
                // Whose refund it is that has not come yet is not known.
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
        match self.refused.try_update_value(Option::take).flatten() {
            Some(Refused::Ask) => self.ask_way(),
            Some(Refused::Withdraw) => self.withdraw_way(),
            None => {}
        }
    }

    /// Why there is no refund to show. That it does not exist is said in words of its own.
    fn failed(self, failure: &Failure) -> FailureWords {
        let words = Words::of(self.lang);
        let words = failure_words_of(self.lang, failure, (words.gone_title, words.gone_text));
        let about = self.id.with_value(|id| SupportQuery::of_refund(id));
        failure_words_about(self.lang, self.session, failure, words, &about)
    }

    /// Loads it again after a failure.
    pub fn retry(self) {
        self.load.set(Load::Loading);
        self.look();
    }

    /// Asks the server how the refund stands; what is shown stays until the answer is there.
    fn look(self) {
        if browser::ON_SERVER {
            return;
        }
        let id = self.id.get_value();
        spawn_local(async move {
            let answer = client::refund(self.lang, &id).await;
            if self.load.is_disposed() {
                return;
            }
            match answer {
                Ok(refund) => self.take(refund),
                Err(failure) if self.session.takes(&failure) => {}
                Err(failure) => {
                    look_failed(self.load, &failure, self.failed(&failure));
                }
            }
        });
    }

    /// Shows `refund`, unless something newer is shown already.
    fn take(self, refund: RefundDetail) {
        let news = self.load.with_untracked(|load| {
            let shown = load.ready();
            is_newer(shown, &refund)
                .then(|| shown.and_then(|shown| news_between(self.lang, shown, &refund)))
        });
        let Some(news) = news else { return };
        if let Some(news) = news {
            self.news.set(news);
        }
        let done = refund.way.as_ref().is_some_and(|way| match way.state {
            WayState::Open => self.ask_key.with_value(Option::is_some),
            WayState::Withdrawn => self.withdraw_key.with_value(Option::is_some),
            WayState::Approved | WayState::Declined | WayState::TooLate => false,
        });
        self.load.set(Load::Ready(refund));
        if done {
            self.way_done();
        }
    }

    /// What was asked for has come about, whether or not its answer came.
    fn way_done(self) {
        self.ask_key.set_value(None);
        self.withdraw_key.set_value(None);
        self.way_error.set(None);
        self.way.forget();
        show_panel();
    }

    /// Asks to have the refund paid another way, as filled in.
    pub fn ask_way(self) {
        let form = self.way;
        if form.busy.get_untracked() {
            return;
        }
        self.way_error.set(None);
        let Some(wish) = form.complete() else {
            show_wrong_field();
            return;
        };
        // The same account again after a lost answer is the same intent, so it keeps its key.
        let intent = form.intent();
        let key = self
            .ask_key
            .get_value()
            .filter(|(before, _)| *before == intent)
            .map_or_else(browser::new_key, |(_, key)| key);
        self.ask_key.set_value(Some((intent, key.clone())));
        form.busy.set(true);
        let id = self.id.get_value();
        spawn_local(async move {
            let answer = client::ask_refund_way(self.lang, &id, &wish, &key).await;
            if self.load.is_disposed() {
                return;
            }
            form.busy.set(false);
            match answer {
                Ok(refund) => self.take(refund),
                Err(failure) if self.session.takes(&failure) => {
                    self.refused.set_value(Some(Refused::Ask));
                }
                // Other news has brought what was asked for meanwhile; only its answer was lost.
                Err(_) if self.ask_key.with_value(Option::is_none) => {}
                Err(failure) => self.ask_refused(&failure),
            }
        });
    }

    fn ask_refused(self, failure: &Failure) {
        if failure.is_settled() {
            self.ask_key.set_value(None);
        }
        if let Failure::Refused(problem) = failure
            && problem.code == codes::INVALID_FIELDS
            && self.way.refuse(problem)
        {
            show_wrong_field();
            return;
        }
        self.way_refused(failure);
    }

    /// Takes the wish back. Harmless, so that one tap does it.
    pub fn withdraw_way(self) {
        if self.withdrawing.get_untracked() {
            return;
        }
        self.withdrawing.set(true);
        self.way_error.set(None);
        let key = self
            .withdraw_key
            .get_value()
            .unwrap_or_else(browser::new_key);
        self.withdraw_key.set_value(Some(key.clone()));
        let id = self.id.get_value();
        spawn_local(async move {
            let answer = client::withdraw_refund_way(self.lang, &id, &key).await;
            if self.load.is_disposed() {
                return;
            }
            self.withdrawing.set(false);
            match answer {
                Ok(refund) => self.take(refund),
                Err(failure) if self.session.takes(&failure) => {
                    self.refused.set_value(Some(Refused::Withdraw));
                }
                Err(_) if self.withdraw_key.with_value(Option::is_none) => {}
                Err(failure) => self.withdraw_refused(&failure),
            }
        });
    }

    fn withdraw_refused(self, failure: &Failure) {
        if failure.is_settled() {
            self.withdraw_key.set_value(None);
        }
        self.way_refused(failure);
    }

    /// Says why, and looks how the refund stands when that is the reason.
    fn way_refused(self, failure: &Failure) {
        let text = match failure {
            Failure::Refused(problem) if problem.code == codes::TOO_MANY_ATTEMPTS => {
                Words::of(self.lang).way_too_many.to_owned()
            }
            _ => failure_words(self.lang, failure).text,
        };
        self.way_error.set(Some(text));
        browser::next_frame(|| browser::reveal(".way-error"));
        if failure.status() == 409 {
            self.look();
        }
    }

    /// Puts `text` on the clipboard and says so.
    pub fn copy(self, text: String) {
        copy(self.lang, self.toasts, text);
    }
}

fn show_wrong_field() {
    browser::next_frame(|| {
        browser::reveal(".way-form [aria-invalid=true]");
        browser::focus(".way-form [aria-invalid=true]");
    });
}

/// What was pressed is gone, and the focus with it.
fn show_panel() {
    browser::next_frame(|| {
        browser::focus("#main");
        browser::reveal("#way-title");
        browser::focus("#way-title");
    });
}

#[cfg(test)]
mod tests {
    use orders_api::{Channel, RefundState};

    use super::super::sample;
    use super::*;
    use crate::json::Json;
    use crate::paths::Page;
    use crate::start::{Answer, FORM, KEY, Start};

    #[test]
    fn an_older_answer_never_takes_the_place_of_a_newer_one() {
        let old = sample::detail(RefundState::Sent);
        let mut new = sample::detail(RefundState::InClearing);
        new.order.version += 1;
        assert!(is_newer(None, &old));
        assert!(is_newer(Some(&old), &new));
        assert!(is_newer(Some(&new), &new));
        assert!(!is_newer(Some(&new), &old));
    }

    #[test]
    fn a_wish_of_which_nobody_knows_what_became_of_it_keeps_the_form_s_key() {
        let detail = sample::detail(RefundState::Sent);
        let id = detail.refund.id.clone();
        let shown = serde_json::to_string(&detail).expect("JSON");
        let shown = Json::parse(&shown).expect("JSON");
        let fields = [
            ("channel", Channel::BankCard.code()),
            ("account", " 6222 0212 "),
            ("holder", "林小满"),
            ("bank", "工商银行"),
        ];
        let intent = AskRefundWay {
            channel: Channel::BankCard,
            account: "6222 0212".into(),
            holder: "林小满".into(),
            bank: Some("工商银行".into()),
            password: String::new(),
        };
        let after = |method: &str, status: u16, code: &str| {
            let text = Json::text;
            let problem = Json::object([
                ("type", text("")),
                ("title", text("")),
                ("status", Json::Whole(status.into())),
                ("detail", text("")),
                ("code", text(code)),
                ("request_id", text("")),
            ]);
            let fields = fields.map(|(name, value)| (name.to_owned(), text(value)));
            let answers = [
                (orders_api::refund(&id), 200, shown.clone()),
                (
                    posted(method, &orders_api::refund_way(&id)),
                    status,
                    problem,
                ),
                (FORM.to_owned(), 200, Json::Object(fields.into())),
                (KEY.to_owned(), 200, text("form-key")),
            ];
            let answers = answers.map(|(url, status, body)| Answer { url, status, body });
            Owner::new().with(|| {
                let page = Page::Refund { id: id.clone() };
                provide_context(Start::new(page, Some(answers.into())));
                let session = SessionState::provide(Lang::ZhCn, Toasts::provide());
                let data = RefundData::new(Lang::ZhCn, session, id.clone(), &Form::take());
                (data.ask_key.get_value(), data.withdraw_key.get_value())
            })
        };
        let key = || "form-key".to_owned();
        for (status, code) in [(503, codes::UNAVAILABLE), (408, codes::TIMEOUT)] {
            let asked = after("PUT", status, code);
            assert_eq!(asked, (Some((intent.clone(), key())), None));
            assert_eq!(after("DELETE", status, code), (None, Some(key())));
        }
        for method in ["PUT", "DELETE"] {
            assert_eq!(after(method, 422, codes::INVALID_FIELDS), (None, None));
        }
    }
}
