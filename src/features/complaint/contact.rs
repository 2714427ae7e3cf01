//! What an e-mail to support about a complaint begins with: all that a person there needs to look it up.

use orders_api::{ComplaintDetail, Topic};

use crate::features::support::Mail;
use crate::paths::SupportQuery;
use crate::words::{Lang, fill};

use super::names;
use super::words::Words;

/// Complaint and order number, shop, what it is about, what was wished for, and where it stands.
pub fn mail(lang: Lang, complaint: &ComplaintDetail) -> Mail {
    let words = Words::of(lang);
    let values = [
        ("id", complaint.id.as_str()),
        ("number", complaint.order.number.as_str()),
        ("shop", complaint.shop.name.as_str()),
        ("topic", names::topic(lang, complaint.topic)),
        ("wish", names::wish(lang, complaint.wish)),
        ("state", names::state(lang, complaint.state)),
    ];
    Mail {
        subject: fill(words.mail_subject, &values),
        body: fill(words.mail_body, &values),
        about: match &complaint.case {
            Some(case) => SupportQuery::of_case(&complaint.order.id, &case.id),
            None => SupportQuery::of_order(&complaint.order.id, Topic::Other),
        },
    }
}
