//! The order that the page shows: loading it, keeping it fresh, and what the shopper does with it besides cancelling.

use leptos::prelude::*;
use leptos::task::spawn_local;
use orders_api::{Action, Address, OrderChanged, OrderDetail, OrderState, Topic, codes};

use crate::browser;
use crate::client::{self, Failure};
use crate::features::session::SessionState;
use crate::features::support::KeptSupport;
use crate::host::{Happened, Host, use_host};
use crate::paths::SupportQuery;
use crate::shell::{
    Toasts, copy, failure_words, failure_words_about, keep_fresh, look_failed, use_toasts,
};
use crate::start::{Form, answered, answered_in_full, posted};
use crate::ui::{FailureWords, Load};
use crate::words::Lang;

use super::address::AddressForm;
use super::news::News;
use super::words::Words;

/// How long to wait after the countdown before asking what became of the order.
const CLOSES_WITHIN_MS: i32 = 3_000;

/// In the URL that a form leads to: what was done.
pub const DONE: &str = "done";
/// The address was corrected.
pub const ADDRESS: &str = "address";
/// The request was withdrawn.
pub const WITHDRAWN: &str = "withdrawn";

/// The order of the page.
#[derive(Clone, Copy)]
pub struct OrderData {
    lang: Lang,
    session: SessionState,
    toasts: Option<Toasts>,
    host: Option<Host>,
    id: StoredValue<String>,
    /// The order.
    pub load: RwSignal<Load<OrderDetail>>,
    /// Something to explain about it.
    pub news: RwSignal<Option<News>>,
    /// The address form.
    pub address: AddressForm,
    /// The request is being withdrawn.
    pub withdrawing: RwSignal<bool>,
    /// Why withdrawing did not work.
    pub withdraw_error: RwSignal<Option<String>>,
    /// Unanswered withdrawing: its key, to be used again.
    withdraw_key: StoredValue<Option<String>>,
    /// Unanswered saving: its address and key.
    address_key: StoredValue<Option<(Address, String)>>,
    /// What was refused because the session was over.
    refused: StoredValue<Option<Refused>>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Refused {
    Withdraw,
    SaveAddress,
}

/// Whether `answer` may take the place of `shown`: an older answer that arrives late may not.
fn is_newer(shown: Option<&OrderDetail>, answer: &OrderDetail) -> bool {
    shown.is_none_or(|shown| shown.id != answer.id || answer.version >= shown.version)
}

impl OrderData {
    /// Loads the order and keeps it fresh as long as the page is there.
    /// `form` is what a form of this page was sent with, without the app.
    pub fn new(lang: Lang, session: SessionState, id: String, form: &Form) -> Self {
        let data = Self {
            lang,
            session,
            toasts: use_toasts(),
            host: use_host(),
            id: StoredValue::new(id),
            load: RwSignal::new(Load::Loading),
            news: RwSignal::new(None),
            address: AddressForm::new(),
            withdrawing: RwSignal::new(false),
            withdraw_error: RwSignal::new(None),
            withdraw_key: StoredValue::new(None),
            address_key: StoredValue::new(None),
            refused: StoredValue::new(None),
        };
        match data.id.with_value(|id| answered(&orders_api::order(id))) {
            Some(Ok(order)) => data.take(order),
            Some(Err(failure)) => data.load.set(Load::Failed(data.failed(&failure))),
            None => data.look(),
        }
        data.take_posted(form);
        data.listen();
        data
    }

    /// What became of a form that was sent without the app.
    fn take_posted(self, form: &Form) {
        let (withdraw, address) = self.id.with_value(|id| {
            (
                posted("DELETE", &orders_api::cancellation(id)),
                posted("PUT", &orders_api::address(id)),
            )
        });
        // Whoever sends it again, now by the app's button, means the same: it keeps the form's key until it is settled.
        if let Some(Err(failure)) = answered_in_full::<OrderDetail>(&withdraw) {
            self.withdraw_key.set_value(form.key.clone());
            self.withdraw_refused(&failure);
        }
        let shown = self.load.with_untracked(|load| load.ready().is_some());
        if shown {
            self.address.refill(form);
        }
        if let Some(Err(failure)) = answered_in_full::<OrderDetail>(&address) {
            if !failure.is_settled() {
                let sent = self.address.complete().zip(form.key.clone());
                self.address_key.set_value(sent);
            }
            self.address_refused(&failure);
        }
        self.news.set(match form.field(DONE) {
            Some(ADDRESS) => Some(News::AddressSaved),
            Some(WITHDRAWN) => Some(News::Withdrawn),
            _ => None,
        });
    }

    fn listen(self) {
        let is_news = move |changed: &OrderChanged| {
            let shown = self
                .load
                .with_untracked(|load| load.ready().map(|order| order.version));
            let mine = self.id.with_value(|id| *id == changed.id);
            mine && shown.is_none_or(|version| changed.version > version)
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
            Some(Refused::Withdraw) => self.withdraw(),
            Some(Refused::SaveAddress) => self.save_address(),
            None => {}
        }
    }

    /// Why there is no order to show.
    fn failed(self, failure: &Failure) -> FailureWords {
        let words = failure_words(self.lang, failure);
        let about = self
            .id
            .with_value(|id| SupportQuery::of_order(id, Topic::Other));
        failure_words_about(self.lang, self.session, failure, words, &about)
    }

    /// Loads it again after a failure.
    pub fn retry(self) {
        self.load.set(Load::Loading);
        self.look();
    }

    /// Asks the server how the order stands; what is shown stays until the answer is there.
    pub fn look(self) {
        if browser::ON_SERVER {
            return;
        }
        let id = self.id.get_value();
        spawn_local(async move {
            let answer = client::order(self.lang, &id).await;
            if self.load.is_disposed() {
                return;
            }
            match answer {
                Ok(order) => self.take(order),
                Err(failure) if self.session.takes(&failure) => {}
                Err(failure) => {
                    look_failed(self.load, &failure, self.failed(&failure));
                }
            }
        });
    }

    /// Shows `order`, unless something newer is shown already.
    pub fn take(self, order: OrderDetail) {
        let news = self.load.with_untracked(|load| {
            let shown = load.ready();
            is_newer(shown, &order).then(|| shown.and_then(|shown| News::between(shown, &order)))
        });
        let Some(news) = news else { return };
        if news.is_some() {
            self.news.set(news);
        }
        let asks_address = |order: &OrderDetail| order.actions.contains(&Action::CorrectAddress);
        // What is being typed is not overwritten.
        let filled = self
            .load
            .with_untracked(|load| load.ready().is_some_and(asks_address));
        if asks_address(&order) && !filled {
            self.address.fill(&order);
        }
        if !browser::ON_SERVER {
            KeptSupport::of(&order.shop.name, &order.support).keep();
        }
        self.load.set(Load::Ready(order));
    }

    /// Withdraws the open request to cancel. Harmless, so that one tap does it.
    pub fn withdraw(self) {
        if self.withdrawing.get_untracked() {
            return;
        }
        self.withdrawing.set(true);
        self.withdraw_error.set(None);
        let key = self
            .withdraw_key
            .get_value()
            .unwrap_or_else(browser::new_key);
        self.withdraw_key.set_value(Some(key.clone()));
        let id = self.id.get_value();
        spawn_local(async move {
            let answer = client::withdraw_request(self.lang, &id, &key).await;
            if self.load.is_disposed() {
                return;
            }
            self.withdrawing.set(false);
            let Err(failure) = answer.map(|order| {
                self.withdraw_key.set_value(None);
                self.take(order);
                self.tell_host(Happened::RequestWithdrawn);
                self.say(Words::of(self.lang).withdrawn);
            }) else {
                return;
            };
            if self.session.takes(&failure) {
                self.refused.set_value(Some(Refused::Withdraw));
                return;
            }
            self.withdraw_refused(&failure);
        });
    }

    fn withdraw_refused(self, failure: &Failure) {
        if failure.is_settled() {
            self.withdraw_key.set_value(None);
        }
        self.withdraw_error
            .set(Some(failure_words(self.lang, failure).text));
        self.take_from(failure);
    }

    /// Saves the corrected address.
    pub fn save_address(self) {
        let form = self.address;
        if form.busy.get_untracked() {
            return;
        }
        let Some(address) = form.complete() else {
            show_wrong_field();
            return;
        };
        // The same address again after a lost answer is the same intent, so it keeps its key.
        let key = self
            .address_key
            .get_value()
            .filter(|(before, _)| *before == address)
            .map_or_else(browser::new_key, |(_, key)| key);
        self.address_key
            .set_value(Some((address.clone(), key.clone())));
        form.busy.set(true);
        let id = self.id.get_value();
        spawn_local(async move {
            let answer = client::correct_address(self.lang, &id, &address, &key).await;
            if self.load.is_disposed() {
                return;
            }
            form.busy.set(false);
            match answer {
                Ok(order) => {
                    self.address_key.set_value(None);
                    self.take(order);
                    self.tell_host(Happened::AddressCorrected);
                    self.news.set(Some(News::AddressSaved));
                    // The form is gone and the focus with it.
                    browser::next_frame(|| browser::focus("#main"));
                }
                Err(failure) if self.session.takes(&failure) => {
                    self.refused.set_value(Some(Refused::SaveAddress));
                }
                Err(failure) => self.address_refused(&failure),
            }
        });
    }

    fn address_refused(self, failure: &Failure) {
        if failure.is_settled() {
            self.address_key.set_value(None);
        }
        if let Failure::Refused(problem) = failure
            && problem.code == codes::INVALID_FIELDS
            && self.address.refuse(problem)
        {
            show_wrong_field();
            return;
        }
        let words = failure_words(self.lang, failure);
        self.address.error.set(Some(words.text));
        self.take_from(failure);
    }

    fn tell_host(self, what: Happened) {
        if let Some(host) = self.host {
            self.id.with_value(|id| host.tell(what, id));
        }
    }

    /// A refusal may carry the order as it is now; if it does not, ask for it.
    fn take_from(self, failure: &Failure) {
        match failure {
            Failure::Refused(problem) => match &problem.order {
                Some(order) => self.take((**order).clone()),
                None if problem.status == 409 => self.look(),
                None => {}
            },
            Failure::Unreachable | Failure::Unreadable => {}
        }
    }

    /// The countdown is over: the server closes the order within a minute; look until it has.
    pub fn time_is_up(self) {
        browser::after(CLOSES_WITHIN_MS, move || {
            let waiting = self.load.try_with_untracked(|load| {
                load.ready()
                    .is_some_and(|order| order.state == OrderState::AwaitingPayment)
            });
            if waiting == Some(true) {
                self.look();
                self.time_is_up();
            }
        });
    }

    /// Puts `text` on the clipboard and says so.
    pub fn copy(self, text: String) {
        copy(self.lang, self.toasts, text);
    }

    fn say(self, text: &'static str) {
        if let Some(toasts) = self.toasts {
            toasts.say(text);
        }
    }
}

fn show_wrong_field() {
    browser::next_frame(|| {
        browser::reveal(".address-form [aria-invalid=true]");
        browser::focus(".address-form [aria-invalid=true]");
    });
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    #[test]
    fn an_older_answer_never_takes_the_place_of_a_newer_one() {
        let (old, new) = (sample::unpacked(), sample::packing());
        assert!(is_newer(None, &old));
        assert!(is_newer(Some(&old), &new));
        assert!(is_newer(Some(&new), &new));
        assert!(!is_newer(Some(&new), &old));
    }
}
