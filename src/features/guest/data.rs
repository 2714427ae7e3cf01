//! Asking for a code, and seeing the order with it.

use leptos::prelude::*;
use leptos::task::spawn_local;
use orders_api::{
    ATTEMPT_MINUTES, AskGuestCode, GUEST, GUEST_CODES, GUEST_SESSION, GuestCodeAsked, GuestWays,
    OpenGuestSession, Session, codes, field_codes,
};

use crate::browser::{self, Interval, new_key};
use crate::client::{self, Failure};
use crate::paths::{self, Page};
use crate::router::Router;
use crate::shell::failure_words;
use crate::start::{Form, answered, answered_in_full, posted};
use crate::words::{Lang, fill};

use super::words::Words;

/// How long to wait before another code can be asked for, in seconds.
const AGAIN_SECONDS: i64 = 60;
/// How many digits a code has.
pub(super) const DIGITS: usize = 6;

/// What somebody looks up, and how far they are.
#[derive(Clone, Copy)]
pub struct LookUp {
    lang: Lang,
    router: Router,
    /// To what codes are sent; anything until it is known.
    pub ways: RwSignal<GuestWays>,
    /// The order's number.
    pub number: RwSignal<String>,
    /// Telephone or e-mail.
    pub contact: RwSignal<String>,
    /// The code.
    pub code: RwSignal<String>,
    /// What is wrong with each of them.
    pub number_error: RwSignal<Option<String>>,
    /// See [`Self::number_error`].
    pub contact_error: RwSignal<Option<String>>,
    /// See [`Self::number_error`].
    pub code_error: RwSignal<Option<String>>,
    /// What the server said besides.
    pub refusal: RwSignal<Option<String>>,
    /// The server is being asked.
    pub busy: RwSignal<bool>,
    /// In how many seconds another code can be asked for.
    pub wait: RwSignal<i64>,
    /// Another code was asked for.
    pub again: RwSignal<bool>,
    /// The key of what was asked for last: asked again after a lost answer, it is the same.
    key: StoredValue<Option<(AskGuestCode, String)>>,
    clock: StoredValue<Option<Interval>, LocalStorage>,
}

impl LookUp {
    /// An empty form, or what was sent without the app.
    pub fn new(lang: Lang, router: Router) -> Self {
        let look_up = Self {
            lang,
            router,
            ways: RwSignal::new(GuestWays {
                email: true,
                phone: true,
            }),
            number: RwSignal::new(String::new()),
            contact: RwSignal::new(String::new()),
            code: RwSignal::new(String::new()),
            number_error: RwSignal::new(None),
            contact_error: RwSignal::new(None),
            code_error: RwSignal::new(None),
            refusal: RwSignal::new(None),
            busy: RwSignal::new(false),
            wait: RwSignal::new(0),
            again: RwSignal::new(false),
            key: StoredValue::new(None),
            clock: StoredValue::new_local(None),
        };
        match answered::<GuestWays>(GUEST) {
            Some(Ok(ways)) => look_up.ways.set(ways),
            Some(Err(_)) => {}
            None if browser::window().is_some() => spawn_local(async move {
                // Unknown, they are offered: the server says what it does not send to.
                if let Ok(ways) = client::guest_ways(lang).await {
                    look_up.ways.try_set(ways);
                }
            }),
            None => {}
        }
        look_up.take_posted();
        look_up
    }

    /// What became of a form when it was sent without the app.
    fn take_posted(self) {
        let sent = Form::take();
        let text = |name| sent.field(name).unwrap_or_default().to_owned();
        let asked = answered_in_full::<GuestCodeAsked>(&posted("POST", GUEST_CODES));
        if let Some(Err(failure)) = asked {
            self.number.set(text("number"));
            self.contact.set(text("contact"));
            self.refuse_ask(&failure);
        }
        let opened = answered_in_full::<Session>(&posted("POST", GUEST_SESSION));
        if let Some(Err(failure)) = opened {
            self.refuse_code(&failure);
        }
    }

    /// Asks for a code, the first or another.
    pub fn ask(self) {
        if self.busy.get_untracked() {
            return;
        }
        let words = Words::of(self.lang);
        let what = AskGuestCode {
            number: self.number.get_untracked().trim().to_owned(),
            contact: self.contact.get_untracked().trim().to_owned(),
        };
        let missing = |text: &str, words: &str| text.is_empty().then(|| words.to_owned());
        let ways = self.ways.get_untracked();
        let contact = contact_words(words, ways, field_codes::REQUIRED);
        let number = missing(&what.number, words.number_required);
        let contact = missing(&what.contact, contact);
        let incomplete = number.is_some() || contact.is_some();
        self.number_error.set(number);
        self.contact_error.set(contact);
        self.refusal.set(None);
        self.again.set(false);
        if incomplete {
            focus_mistake();
            return;
        }
        let known = self.key.with_value(|key| {
            let known = key.as_ref().filter(|(before, _)| *before == what);
            known.map(|(_, key)| key.clone())
        });
        let key = known.unwrap_or_else(new_key);
        self.key.set_value(Some((what.clone(), key.clone())));
        self.busy.set(true);
        spawn_local(async move {
            let answer = client::ask_guest_code(self.lang, &what, &key).await;
            if self.busy.try_set(false).is_some() {
                return;
            }
            match answer {
                Ok(asked) => {
                    self.key.set_value(None);
                    self.sent(asked.guest_request);
                }
                Err(failure) => {
                    if failure.is_settled() {
                        self.key.set_value(None);
                    }
                    self.refuse_ask(&failure);
                    focus_mistake();
                }
            }
        });
    }

    fn sent(self, request: String) {
        let page = self.router.page;
        let again = page.with_untracked(|page| !request_of(page).is_empty());
        self.again.set(again);
        self.code.set(String::new());
        self.code_error.set(None);
        // By the clock: whoever looks into their mail has this page in the background, where ticks are rare.
        let until = browser::now_s() + AGAIN_SECONDS;
        self.wait.set(AGAIN_SECONDS);
        let tick = Interval::new(1000, move || {
            let left = (until - browser::now_s()).max(0);
            // Told only when it is another: the button that comes at the end is not to be drawn again under a finger.
            if self
                .wait
                .try_get_untracked()
                .is_some_and(|before| before != left)
            {
                self.wait.set(left);
            }
        });
        self.clock.set_value(tick);
        self.router.replace(&Page::Guest { request });
        browser::next_frame(|| browser::focus("#code"));
    }

    fn refuse_ask(self, failure: &Failure) {
        let words = Words::of(self.lang);
        let Failure::Refused(problem) = failure else {
            return self.refuse(failure);
        };
        let of = |field: &str| problem.errors.get(field).map(String::as_str);
        let number = of("number").map(|_| words.number_required.to_owned());
        let ways = self.ways.get_untracked();
        let contact = of("contact").map(|code| contact_words(words, ways, code).to_owned());
        if number.is_none() && contact.is_none() {
            self.refuse(failure);
        }
        self.number_error.set(number);
        self.contact_error.set(contact);
    }

    /// Sees the order with the code.
    pub fn see(self) {
        if self.busy.get_untracked() {
            return;
        }
        let code: String = self.code.with_untracked(|code| digits(code));
        self.refusal.set(None);
        self.again.set(false);
        if code.len() != DIGITS {
            let words = Words::of(self.lang);
            self.code_error.set(Some(words.code_required.to_owned()));
            focus_mistake();
            return;
        }
        self.code_error.set(None);
        let request = self.router.page.with_untracked(request_of);
        self.busy.set(true);
        spawn_local(async move {
            let with = OpenGuestSession { request, code };
            match client::open_guest_session(self.lang, &with).await {
                // A full load, so that nothing of whoever was here before stays. It stays busy until then.
                Ok(found) => {
                    let order = found.guest_order.unwrap_or_default();
                    browser::load(&paths::order(&order));
                }
                Err(failure) => {
                    self.busy.try_set(false);
                    self.refuse_code(&failure);
                    focus_mistake();
                }
            }
        });
    }

    fn refuse_code(self, failure: &Failure) {
        let words = Words::of(self.lang);
        match failure {
            Failure::Refused(problem) if problem.code == codes::INVALID_CODE => {
                self.code.set(String::new());
                self.code_error.set(Some(words.code_wrong.to_owned()));
            }
            Failure::Refused(problem) if problem.errors.contains_key("code") => {
                self.code_error.set(Some(words.code_required.to_owned()));
            }
            _ => self.refuse(failure),
        }
    }

    fn refuse(self, failure: &Failure) {
        let words = match failure {
            Failure::Refused(problem) if problem.code == codes::TOO_MANY_ATTEMPTS => {
                let minutes = ATTEMPT_MINUTES.to_string();
                fill(Words::of(self.lang).too_many, &[("n", &minutes)])
            }
            _ => failure_words(self.lang, failure).text,
        };
        self.refusal.set(Some(words));
    }
}

/// What is wrong with a contact. Where codes go to one kind of it only, that one is asked for, whatever was entered.
fn contact_words(words: &Words, ways: GuestWays, code: &str) -> &'static str {
    match (ways.email, ways.phone) {
        (true, false) => words.only_email,
        (false, true) => words.only_phone,
        (false, false) => words.none_title,
        (true, true) if code == field_codes::REQUIRED => words.contact_required,
        (true, true) => words.contact_invalid,
    }
}

/// The code that was asked for, as the page's URL names it.
pub(super) fn request_of(page: &Page) -> String {
    match page {
        Page::Guest { request } => request.clone(),
        _ => String::new(),
    }
}

/// What is typed, without what a message may have between the digits.
fn digits(typed: &str) -> String {
    let digits = typed.chars().filter(|letter| !letter.is_whitespace());
    let digits: String = digits.collect();
    if digits.bytes().all(|byte| byte.is_ascii_digit()) {
        digits
    } else {
        String::new()
    }
}

fn focus_mistake() {
    browser::next_frame(|| {
        browser::focus(
            "#number[aria-invalid=true], #contact[aria-invalid=true], #code[aria-invalid=true]",
        );
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_contact_is_asked_for_of_the_kind_to_which_codes_go() {
        for lang in Lang::ALL {
            let words = Words::of(lang);
            for (email, phone, code, text) in [
                (true, true, field_codes::REQUIRED, words.contact_required),
                (true, true, field_codes::INVALID, words.contact_invalid),
                (true, false, field_codes::REQUIRED, words.only_email),
                (true, false, field_codes::NOT_ALLOWED, words.only_email),
                (false, true, field_codes::INVALID, words.only_phone),
                (false, false, field_codes::NOT_ALLOWED, words.none_title),
            ] {
                let ways = GuestWays { email, phone };
                assert_eq!(
                    contact_words(words, ways, code),
                    text,
                    "{email} {phone} {code}"
                );
            }
        }
    }

    #[test]
    fn a_code_may_have_spaces_and_nothing_else_between_its_digits() {
        for (typed, code) in [
            ("123456", "123456"),
            (" 123 456\n", "123456"),
            ("12-34", ""),
            ("", ""),
            ("12345a", ""),
        ] {
            assert_eq!(digits(typed), code, "{typed:?}");
        }
    }
}
