//! What an e-mail to support begins with when the page is of no help.

use orders_api::{AfterSaleOptions, Topic};

use crate::features::support::Mail;
use crate::paths::SupportQuery;
use crate::words::{Lang, fill};

use super::words::Words;

/// Order number and shop.
pub fn mail(lang: Lang, options: &AfterSaleOptions) -> Mail {
    let words = Words::of(lang);
    let values = [
        ("number", options.order.number.as_str()),
        ("shop", options.shop.name.as_str()),
    ];
    Mail {
        subject: fill(words.mail_subject, &values),
        body: fill(words.mail_body, &values),
        about: SupportQuery::of_order(&options.order.id, Topic::AfterSale),
    }
}
