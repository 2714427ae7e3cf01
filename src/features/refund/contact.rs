//! What an e-mail to support about a refund begins with: all that a person there needs to look it up.

use orders_api::{Lateness, Refund, RefundDetail, RefundState};

use crate::features::support::Mail;
use crate::format;
use crate::paths::SupportQuery;
use crate::words::{Lang, codes, fill};

use super::words::Words;

/// Refund and order number, shop, amount, account, state, and what was promised.
pub fn mail(lang: Lang, detail: &RefundDetail) -> Mail {
    let words = Words::of(lang);
    let refund = &detail.refund;
    let amount = format::money(&refund.amount);
    let account = codes::account(lang, refund.channel, &refund.account);
    let starts = format::day(lang, &refund.starts_by);
    let days = format::days(lang, &refund.arrives_from, &refund.arrives_by);
    let values = [
        ("id", refund.id.as_str()),
        ("number", detail.order.number.as_str()),
        ("shop", detail.shop.name.as_str()),
        ("amount", amount.as_str()),
        ("account", account.as_str()),
        ("state", codes::refund_state(lang, refund.state)),
        ("starts", starts.as_str()),
        ("days", days.as_str()),
    ];
    Mail {
        subject: fill(words.mail_subject, &values),
        body: fill(words.mail_body, &values),
        about: SupportQuery {
            order: detail.order.id.clone(),
            since: since(refund),
            ..SupportQuery::of_refund(&refund.id)
        },
    }
}

/// Since when there is something to ask: since the promise that is broken, since it failed, or since the refund was made
/// ready.
fn since(refund: &Refund) -> String {
    match (refund.state, refund.late) {
        (RefundState::Failed, _) => format::day_of(&refund.updated_at).0,
        (_, Some(Lateness::NotSent)) => refund.starts_by.0.clone(),
        (_, Some(Lateness::NotArrived)) => refund.arrives_by.0.clone(),
        (_, None) => format::day_of(&refund.created_at).0,
    }
}

#[cfg(test)]
mod tests {
    use orders_api::RefundState;

    use super::super::sample;
    use super::*;

    #[test]
    fn the_chat_is_told_the_refund_and_since_when_there_is_something_to_ask() {
        let mut detail = sample::detail(RefundState::InClearing);
        let since = |detail: &RefundDetail| mail(Lang::En, detail).about.since;
        let about = mail(Lang::En, &detail).about;
        assert_eq!(
            (about.order.as_str(), about.refund.as_str()),
            ("o1", "o1-R1")
        );
        assert_eq!(about.topic, Some(orders_api::Topic::Refund));
        let made = format::day_of(&detail.refund.created_at).0;
        assert_eq!(since(&detail), made);
        detail.refund.late = Some(Lateness::NotSent);
        assert_eq!(since(&detail), detail.refund.starts_by.0);
        detail.refund.late = Some(Lateness::NotArrived);
        assert_eq!(since(&detail), detail.refund.arrives_by.0);
        detail.refund.state = RefundState::Failed;
        assert_eq!(since(&detail), format::day_of(&detail.refund.updated_at).0);
    }

    #[test]
    fn the_mail_names_order_refund_amount_and_promise() {
        let detail = sample::detail(RefundState::InClearing);
        let written = mail(Lang::En, &detail);
        assert_eq!(
            written.subject,
            "Refund of ¥1,234.50 (order TP202611210318, Processed, in the bank's clearing)"
        );
        for text in [
            "Refund number: o1-R1\n",
            "Order number: TP202611210318\n",
            "Amount: ¥1,234.50\n",
            "To: 微信零钱\n",
            "Promised to be sent by: Wed 25 Nov\n",
            "Promised to arrive: Tue 1 Dec – Fri 4 Dec\n",
        ] {
            assert!(written.body.contains(text), "{text}: {}", written.body);
        }
        assert!(mail(Lang::ZhCn, &detail).body.contains("退款编号：o1-R1\n"));
    }
}
