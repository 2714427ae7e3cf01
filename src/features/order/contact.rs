//! How to reach a person: telephone and e-mail, prefilled with the order, so that nobody has to ask for it.

use leptos::prelude::*;
use orders_api::{OrderDetail, segment};

use crate::format;
use crate::ui::Icon;
use crate::words::{Lang, codes, fill};

use super::words::Words;

/// The `tel:` link of a telephone number: its digits, and a plus in front.
pub(super) fn tel(phone: &str) -> String {
    let mut link = "tel:".to_owned();
    link.extend(
        phone
            .chars()
            .enumerate()
            .filter(|(at, letter)| letter.is_ascii_digit() || (*at == 0 && *letter == '+'))
            .map(|(_, letter)| letter),
    );
    link
}

/// The `mailto:` link with subject and body filled in (RFC 6068).
pub(super) fn mailto(lang: Lang, order: &OrderDetail) -> String {
    let words = Words::of(lang);
    let placed = format::moment(lang, &order.placed_at);
    let values = [
        ("number", order.number.as_str()),
        ("shop", order.shop.name.as_str()),
        ("state", codes::state(lang, order.state)),
        ("placed", placed.as_str()),
    ];
    let subject = fill(words.mail_subject, &values);
    let body = fill(words.mail_body, &values).replace('\n', "\r\n");
    let mut link = "mailto:".to_owned();
    for (at, part) in order.support.email.split('@').enumerate() {
        if at > 0 {
            link.push('@');
        }
        link.push_str(&segment(part));
    }
    link.push_str("?subject=");
    link.push_str(&segment(&subject));
    link.push_str("&body=");
    link.push_str(&segment(&body));
    link
}

/// Telephone and e-mail of the shop's support, for this order.
pub fn contacts(lang: Lang, order: &OrderDetail) -> impl IntoView + use<> {
    let words = Words::of(lang);
    let support = &order.support;
    let reply = fill(
        words.email_reply,
        &[("n", &support.email_reply_hours.to_string())],
    );
    view! {
        <div>
            <a class="contact" href=tel(&support.phone) rel="external">
                <Icon name="phone"/>
                <span>
                    <span class="contact-what number">{support.phone.clone()}</span>
                    <span class="contact-more">{support.hours.clone()}</span>
                </span>
                <Icon name="chevron-right"/>
            </a>
            <a class="contact" href=mailto(lang, order) rel="external">
                <Icon name="mail"/>
                <span>
                    <span class="contact-what">{support.email.clone()}</span>
                    <span class="contact-more">{reply}</span>
                </span>
                <Icon name="chevron-right"/>
            </a>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    #[test]
    fn the_telephone_link_has_only_what_can_be_dialled() {
        assert_eq!(tel("400-820 0403"), "tel:4008200403");
        assert_eq!(tel("+86 (571) 8765-4321"), "tel:+8657187654321");
        assert_eq!(tel("1\";alert(1)"), "tel:11");
    }

    #[test]
    fn the_mail_says_which_order_and_is_encoded() {
        let mut order = sample::unpacked();
        order.number = "TP&1".into();
        order.shop.name = "杯 & Co".into();
        let link = mailto(Lang::En, &order);
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
        assert_eq!(link.matches('&').count(), 1, "{link}");
        assert!(mailto(Lang::ZhCn, &order).is_ascii());
    }
}
