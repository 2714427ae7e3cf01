//! What an e-mail to support about a complaint begins with: all that a person there needs to look it up.

use orders_api::{ComplaintDetail, Topic};

use crate::features::support::Mail;
use crate::format;
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
        about: about(complaint),
    }
}

/// The complaint, with the case or the refund that it is about.
fn about(complaint: &ComplaintDetail) -> SupportQuery {
    let known = SupportQuery {
        order: complaint.order.id.clone(),
        since: format::day_of(&complaint.opened_at).0,
        ..SupportQuery::of_complaint(&complaint.id)
    };
    match (&complaint.case, &complaint.refund) {
        (Some(case), _) => SupportQuery {
            case: case.id.clone(),
            topic: Some(Topic::AfterSale),
            ..known
        },
        (None, Some(refund)) => SupportQuery {
            refund: refund.id.clone(),
            topic: Some(Topic::Refund),
            ..known
        },
        (None, None) => known,
    }
}
