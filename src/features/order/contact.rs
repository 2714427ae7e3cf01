//! What an e-mail to support about an order begins with, and what the chat is told of it.

use orders_api::{LineKind, OrderDetail, OrderState, PendingCause, Topic};

use crate::features::support::Mail;
use crate::format;
use crate::paths::SupportQuery;
use crate::words::{Lang, codes, fill};

use super::words::Words;

/// What a shopper most likely asks of an order as it stands; the form has the others, too.
fn topic(order: &OrderDetail) -> Topic {
    let digital = order
        .lines
        .iter()
        .all(|line| line.kind == LineKind::Digital);
    let incomplete = order
        .pending
        .as_ref()
        .is_some_and(|pending| pending.cause == PendingCause::IncompleteInfo);
    match order.state {
        OrderState::AwaitingPayment => Topic::Payment,
        OrderState::PendingConfirmation if incomplete => Topic::Address,
        OrderState::PendingConfirmation | OrderState::Unpacked | OrderState::Packing => {
            Topic::Cancellation
        }
        OrderState::Shipped | OrderState::Delivered | OrderState::Completed if digital => {
            Topic::TopUp
        }
        OrderState::Shipped => Topic::Delivery,
        OrderState::Delivered | OrderState::Completed => Topic::AfterSale,
        OrderState::Cancelled if order.refunds.is_empty() => Topic::Other,
        OrderState::Cancelled => Topic::Refund,
    }
}

/// Number, shop, state, and when it was placed and paid.
pub fn mail(lang: Lang, order: &OrderDetail) -> Mail {
    mail_about(lang, order, topic(order))
}

/// The same, and the chat is about `topic`.
pub fn mail_about(lang: Lang, order: &OrderDetail, topic: Topic) -> Mail {
    let words = Words::of(lang);
    let placed = format::moment(lang, &order.placed_at);
    let paid = order.paid_at.as_ref().map(|at| {
        let at = format::moment(lang, at);
        fill(words.mail_paid, &[("paid", &at)])
    });
    let values = [
        ("number", order.number.as_str()),
        ("shop", order.shop.name.as_str()),
        ("state", codes::state(lang, order.state)),
        ("placed", placed.as_str()),
        ("paid", paid.as_deref().unwrap_or_default()),
    ];
    Mail {
        subject: fill(words.mail_subject, &values),
        body: fill(words.mail_body, &values),
        about: SupportQuery::of_order(&order.id, topic),
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;
    use crate::features::support::mailto;

    #[test]
    fn the_mail_says_which_order_and_is_encoded() {
        let mut order = sample::unpacked();
        order.number = "TP&1".into();
        order.shop.name = "杯 & Co".into();
        let link = mailto(&order.support.email, &mail(Lang::En, &order));
        assert!(
            link.starts_with("mailto:support@tepai.example?subject=Order%20TP%261%20%28"),
            "{link}"
        );
        assert!(
            link.contains("%E6%9D%AF%20%26%20Co%2C%20Unpacked%29&body="),
            "{link}"
        );
        assert!(
            link.contains("Placed%3A%2021%20Nov%202026%2C%2021%3A40"),
            "{link}"
        );
        assert!(link.contains("%0D%0A"), "{link}");
        assert!(
            link.contains("Paid%3A%2021%20Nov%202026%2C%2021%3A42"),
            "{link}"
        );
        assert_eq!(link.matches('&').count(), 1, "{link}");
        assert!(mailto(&order.support.email, &mail(Lang::ZhCn, &order)).is_ascii());
    }

    #[test]
    fn the_chat_is_told_which_order_and_what_it_is_most_likely_about() {
        let mut digital = sample::shipped();
        for line in &mut digital.lines {
            line.kind = LineKind::Digital;
        }
        let mut unpaid = sample::unpacked();
        unpaid.state = OrderState::AwaitingPayment;
        let mut cancelled = sample::unpacked();
        cancelled.state = OrderState::Cancelled;
        for (order, topic) in [
            (unpaid, Topic::Payment),
            (sample::unpacked(), Topic::Cancellation),
            (sample::packing(), Topic::Cancellation),
            (sample::shipped(), Topic::Delivery),
            (digital, Topic::TopUp),
            (cancelled, Topic::Other),
        ] {
            let about = mail(Lang::En, &order).about;
            assert_eq!(about, SupportQuery::of_order(&order.id, topic));
        }
        let order = sample::shipped();
        let about = mail_about(Lang::En, &order, Topic::Cancellation).about;
        assert_eq!(about.topic, Some(Topic::Cancellation));
    }

    #[test]
    fn the_mail_about_an_order_that_is_not_paid_names_no_time_of_payment() {
        let mut order = sample::unpacked();
        assert!(mail(Lang::ZhCn, &order).body.contains("\n付款时间："));
        order.paid_at = None;
        let body = mail(Lang::ZhCn, &order).body;
        assert!(!body.contains("付款时间"), "{body}");
        assert!(body.ends_with("\n\n需要帮助的问题：\n"), "{body}");
    }
}
