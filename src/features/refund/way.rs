//! Having the refund paid to another account: what is filled in, and what is wrong with it.

use leptos::prelude::*;
use orders_api::{AskRefundWay, Channel, Problem, field_codes};

use crate::start::Form;
use crate::words::Lang;

use super::words::Words;

/// A line of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// The card's number, or what the Alipay account logs in with.
    Account,
    /// Whose account it is.
    Holder,
    /// The bank, of a card.
    Bank,
    /// The shopper's password, once more.
    Password,
}

impl Field {
    /// All of them, in the order of the form.
    pub const ALL: [Self; 4] = [Self::Account, Self::Holder, Self::Bank, Self::Password];

    /// Its name in the form and on the wire.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Account => "account",
            Self::Holder => "holder",
            Self::Bank => "bank",
            Self::Password => "password",
        }
    }

    const fn place(self) -> usize {
        match self {
            Self::Account => 0,
            Self::Holder => 1,
            Self::Bank => 2,
            Self::Password => 3,
        }
    }
}

/// What is wrong with a field; holds as long as the field says what it said then.
#[derive(Clone, PartialEq, Eq)]
struct Wrong {
    field: Field,
    code: String,
    channel: Channel,
    value: String,
}

/// What is filled in. It is nowhere else, and goes with the page.
#[derive(Clone, Copy)]
pub struct WayForm {
    /// By card or by Alipay.
    pub channel: RwSignal<Channel>,
    values: [RwSignal<String>; 4],
    wrong: RwSignal<Vec<Wrong>>,
    /// The server is being asked.
    pub busy: RwSignal<bool>,
}

impl WayForm {
    /// An empty form.
    pub fn new() -> Self {
        Self {
            channel: RwSignal::new(Channel::BankCard),
            values: std::array::from_fn(|_| RwSignal::new(String::new())),
            wrong: RwSignal::new(Vec::new()),
            busy: RwSignal::new(false),
        }
    }

    /// What a field says.
    pub fn value(self, field: Field) -> RwSignal<String> {
        self.values[field.place()]
    }

    /// Takes what the form was sent with, without the app. The server keeps the password to itself.
    pub fn refill(self, sent: &Form) {
        for field in Field::ALL {
            if let Some(text) = sent.field(field.name()) {
                self.value(field).set(text.to_owned());
            }
        }
        if sent.field("channel") == Some(Channel::Alipay.code()) {
            self.channel.set(Channel::Alipay);
        }
    }

    /// Nothing of it is needed any more.
    pub fn forget(self) {
        for value in self.values {
            value.set(String::new());
        }
        self.wrong.set(Vec::new());
    }

    /// What is filled in, when nothing is empty; else what is empty is marked.
    pub fn complete(self) -> Option<AskRefundWay> {
        let card = self.channel.get_untracked() == Channel::BankCard;
        let asked = |field: &Field| card || *field != Field::Bank;
        let empty = |field: &Field| match field {
            // It may be of spaces.
            Field::Password => self.value(*field).with_untracked(String::is_empty),
            Field::Account | Field::Holder | Field::Bank => self.text(*field).is_empty(),
        };
        let empty = Field::ALL.into_iter().filter(asked).filter(empty);
        self.mark(empty.map(|field| (field, field_codes::REQUIRED.to_owned())));
        self.wrong
            .with_untracked(Vec::is_empty)
            .then(|| AskRefundWay {
                password: self.value(Field::Password).get_untracked(),
                ..self.intent()
            })
    }

    /// What is asked for as it is filled in. The password is no part of that.
    pub fn intent(self) -> AskRefundWay {
        let channel = self.channel.get_untracked();
        AskRefundWay {
            channel,
            account: self.text(Field::Account),
            holder: self.text(Field::Holder),
            bank: (channel == Channel::BankCard).then(|| self.text(Field::Bank)),
            password: String::new(),
        }
    }

    fn text(self, field: Field) -> String {
        self.value(field)
            .with_untracked(|text| text.trim().to_owned())
    }

    fn mark(self, wrong: impl Iterator<Item = (Field, String)>) {
        let wrong = wrong
            .map(|(field, code)| Wrong {
                field,
                code,
                channel: self.channel.get_untracked(),
                value: self.value(field).get_untracked(),
            })
            .collect();
        self.wrong.set(wrong);
    }

    /// Marks what the server found wrong; false when no field is to blame. A wrong password is not worth keeping.
    pub fn refuse(self, problem: &Problem) -> bool {
        let found = |field: Field| {
            let code = problem.errors.get(field.name())?;
            Some((field, code.clone()))
        };
        let found: Vec<_> = Field::ALL.into_iter().filter_map(found).collect();
        if found.iter().any(|(field, _)| *field == Field::Password) {
            self.value(Field::Password).set(String::new());
        }
        let any = !found.is_empty();
        self.mark(found.into_iter());
        any
    }

    /// Whether something is marked.
    pub fn has_mistakes(self) -> bool {
        self.wrong.with_untracked(|wrong| !wrong.is_empty())
    }

    /// What is wrong with a field, in words.
    pub fn problem(self, lang: Lang, field: Field) -> Option<&'static str> {
        let (value, channel) = (self.value(field).get(), self.channel.get());
        let words = Words::of(lang);
        self.wrong.with(|wrong| {
            let wrong = wrong.iter().find(|wrong| {
                wrong.field == field && wrong.value == value && wrong.channel == channel
            })?;
            Some(match (field, wrong.code.as_str()) {
                (Field::Password, field_codes::WRONG) => words.way_password_wrong,
                (Field::Password, field_codes::NOT_ALLOWED) => words.way_password_none,
                (_, field_codes::REQUIRED) => words.way_required,
                (_, field_codes::TOO_LONG) => words.way_long,
                (Field::Account, _) if channel == Channel::Alipay => words.way_alipay_invalid,
                (Field::Account, _) => words.way_card_invalid,
                _ => words.way_invalid,
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled() -> WayForm {
        let form = WayForm::new();
        for (field, text) in Field::ALL
            .into_iter()
            .zip(["6222 0212", "林小满", "工商银行", " p "])
        {
            form.value(field).set(text.to_owned());
        }
        form
    }

    fn problem(errors: &[(&str, &str)]) -> Problem {
        let errors = errors.iter();
        let text = |text: &&str| (*text).to_owned();
        Problem {
            kind: String::new(),
            title: String::new(),
            status: 422,
            detail: String::new(),
            code: orders_api::codes::INVALID_FIELDS.to_owned(),
            request_id: String::new(),
            errors: errors
                .map(|(name, code)| (text(name), text(code)))
                .collect(),
            order: None,
            reason: None,
            next_steps: Vec::new(),
        }
    }

    #[test]
    fn what_is_empty_is_marked_and_a_bank_is_asked_of_cards_only() {
        Owner::new().with(|| {
            let form = WayForm::new();
            assert!(form.complete().is_none());
            for field in Field::ALL {
                assert!(form.problem(Lang::En, field).is_some(), "{field:?}");
            }
            let form = filled();
            form.value(Field::Bank).set(" ".to_owned());
            assert!(form.complete().is_none());
            form.channel.set(Channel::Alipay);
            let asked = form.complete().expect("whole");
            assert_eq!((asked.bank, asked.password.as_str()), (None, " p "));
        });
    }

    #[test]
    fn a_wrong_password_is_forgotten_and_the_rest_stays() {
        Owner::new().with(|| {
            let form = filled();
            assert!(form.refuse(&problem(&[("password", "wrong")])));
            assert_eq!(form.value(Field::Password).get_untracked(), "");
            assert_eq!(form.value(Field::Account).get_untracked(), "6222 0212");
            let words = Words::of(Lang::En);
            let told = form.problem(Lang::En, Field::Password);
            assert_eq!(told, Some(words.way_password_wrong));
            form.value(Field::Password).set("p".to_owned());
            assert_eq!(form.problem(Lang::En, Field::Password), None);
            assert!(!form.refuse(&problem(&[("channel", "invalid")])));
        });
    }

    #[test]
    fn a_mistake_holds_for_the_kind_of_account_that_it_was_found_in() {
        Owner::new().with(|| {
            let form = filled();
            form.refuse(&problem(&[("account", "invalid")]));
            let words = Words::of(Lang::ZhCn);
            let told = |form: WayForm| form.problem(Lang::ZhCn, Field::Account);
            assert_eq!(told(form), Some(words.way_card_invalid));
            form.channel.set(Channel::Alipay);
            assert_eq!(told(form), None);
        });
    }
}
