//! What an e-mail to support about an order begins with.

use orders_api::OrderDetail;

use crate::features::support::Mail;
use crate::format;
use crate::paths::SupportQuery;
use crate::words::{Lang, codes, fill};

use super::words::Words;

/// Number, shop, state, and when it was placed and paid.
pub fn mail(lang: Lang, order: &OrderDetail) -> Mail {
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
        about: SupportQuery {
            order: order.id.clone(),
            ..SupportQuery::default()
        },
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
    fn the_mail_about_an_order_that_is_not_paid_names_no_time_of_payment() {
        let mut order = sample::unpacked();
        assert!(mail(Lang::ZhCn, &order).body.contains("\n付款时间："));
        order.paid_at = None;
        let body = mail(Lang::ZhCn, &order).body;
        assert!(!body.contains("付款时间"), "{body}");
        assert!(body.ends_with("\n\n需要帮助的问题：\n"), "{body}");
    }
}
