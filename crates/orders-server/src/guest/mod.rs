//! Guest access: whose order a number and a contact are, and the way of the one-time code to them (docs/GUESTS.md).

mod send;
mod sms;

use orders_api::Language;
use orders_domain::{Order, OrderId};
use orders_store::StoreError;
use tokio::sync::Mutex;

pub use sms::SmsWebhook;

use crate::password::normal_login;
use crate::state::App;

/// What asking for codes shares within a server.
#[derive(Debug, Default)]
pub struct Guests {
    /// Held while requests are counted, so that a burst does not slip through before the first is counted.
    pub counting: Mutex<()>,
}

/// Where a code goes, as it is compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Contact {
    /// An e-mail address.
    Email(String),
    /// A telephone number: its digits.
    Phone(String),
}

impl Contact {
    /// What somebody typed; `None` when it can be neither.
    pub fn of(typed: &str) -> Option<Self> {
        let normal = normal_login(typed);
        if normal.contains('@') {
            let address = normal.parse::<lettre::Address>().ok()?;
            return Some(Self::Email(address.to_string()));
        }
        let digits = (5..=20).contains(&normal.len()) && normal.bytes().all(|b| b.is_ascii_digit());
        digits.then_some(Self::Phone(normal))
    }

    /// As it is compared.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Email(normal) | Self::Phone(normal) => normal,
        }
    }

    /// Whether codes are sent to contacts of this kind here.
    pub fn is_served(&self, app: &App) -> bool {
        match self {
            Self::Email(_) => app.mailer.is_some(),
            Self::Phone(_) => app.sms.is_some(),
        }
    }

    /// Whether it is the order's: the telephone of its address, or one of its shopper's log-ins.
    fn is_of(&self, order: &Order, logins: &[String]) -> bool {
        let phone = order.body.address.as_ref().map(|to| to.phone.as_str());
        let phone = phone.filter(|_| matches!(self, Self::Phone(_)));
        let mut known = logins.iter().map(String::as_str).chain(phone);
        known.any(|known| normal_login(known) == self.as_str())
    }
}

/// A code that was asked for, on its way.
#[derive(Debug)]
pub struct Asked {
    /// The id of the request.
    pub id: String,
    /// The order's number, as it was typed.
    pub number: String,
    /// Where the code goes.
    pub contact: Contact,
    /// The six digits.
    pub code: String,
    /// In which language to write.
    pub language: Language,
}

/// Does what a request asks for, after it was answered: how long that takes tells nobody anything.
pub async fn serve(app: App, asked: Asked) {
    match find(&app, &asked).await {
        Ok(Some(order)) => send::send(&app, &asked, &order).await,
        Ok(None) => {}
        Err(error) => tracing::error!(%error, "cannot look up what a guest asks for"),
    }
}

/// The order that number and contact fit, once the code lets a guest see it.
async fn find(app: &App, asked: &Asked) -> Result<Option<Order>, StoreError> {
    for order in app.store.orders_numbered(&asked.number).await? {
        let logins = app.store.logins_of(&order.shopper).await?;
        if asked.contact.is_of(&order, &logins) && app.shops.policy(&order.shop).is_some() {
            let (shopper, id): (_, &OrderId) = (&order.shopper, &order.id);
            app.store.grant_guest_code(&asked.id, shopper, id).await?;
            return Ok(Some(order));
        }
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_contact_is_an_e_mail_address_or_a_telephone_number() {
        let email = |text: &str| Some(Contact::Email(text.to_owned()));
        let phone = |text: &str| Some(Contact::Phone(text.to_owned()));
        for (typed, expected) in [
            (" Lin@Example.com ", email("lin@example.com")),
            ("+86 138-0000-0001", phone("13800000001")),
            ("138 0000 0001", phone("13800000001")),
            ("(0755) 2345678", phone("07552345678")),
            ("1234", None),
            ("123456789012345678901", None),
            ("lin", None),
            ("@", None),
            ("a@b@c", None),
            ("a@b.c\nBcc: d@e.f", None),
            ("", None),
        ] {
            assert_eq!(Contact::of(typed), expected, "{typed:?}");
        }
    }
}
