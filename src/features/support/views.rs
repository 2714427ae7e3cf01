//! Telephone and e-mail of a shop's support, as rows, as buttons, and as links.

use leptos::prelude::*;
use orders_api::{Instant, LinkedArticle, SocialAccount, Support, segment};

use crate::format;
use crate::paths::{self, SupportQuery};
use crate::ui::Icon;
use crate::words::{Lang, common, fill};

use super::words::Words;

/// What an e-mail begins with; lines end with `\n`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mail {
    /// Its subject.
    pub subject: String,
    /// Its text.
    pub body: String,
    /// The same for the chat: what is known already.
    pub about: SupportQuery,
}

/// The `tel:` link of a telephone number: its digits, and a plus in front.
fn tel(phone: &str) -> String {
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
pub fn mailto(email: &str, mail: &Mail) -> String {
    let mut link = "mailto:".to_owned();
    for (at, part) in email.split('@').enumerate() {
        if at > 0 {
            link.push('@');
        }
        link.push_str(&segment(part));
    }
    link.push_str("?subject=");
    link.push_str(&segment(&mail.subject));
    link.push_str("&body=");
    link.push_str(&segment(&mail.body.replace('\n', "\r\n")));
    link
}

/// A row for each way to a person, with when somebody is there.
pub fn contacts(lang: Lang, support: &Support, mail: &Mail) -> impl IntoView + use<> {
    let words = Words::of(lang);
    let reply = fill(
        words.email_reply,
        &[("n", &support.email_reply_hours.to_string())],
    );
    let chat = support.chat.then(|| {
        // In the help centre there is no order whose details could go along.
        let more = if mail.about.order.is_empty() {
            words.chat_plain
        } else {
            words.chat_more
        };
        view! {
            <a class="contact" href=mail.about.href()>
                <Icon name="person"/>
                <span>
                    <span class="contact-what">{words.chat}</span>
                    <span class="contact-more">{more}</span>
                </span>
                <Icon name="chevron-right"/>
            </a>
        }
    });
    view! {
        <div>
            {chat}
            {tel_and_mail(support, mail, reply)}
            {social(lang, support, None)}
        </div>
    }
}

/// The rows of telephone and e-mail, with by when the latter is answered.
pub fn tel_and_mail(support: &Support, mail: &Mail, reply: String) -> impl IntoView + use<> {
    view! {
            <a class="contact" href=tel(&support.phone) rel="external">
                <Icon name="phone"/>
                <span>
                    <span class="contact-what number">{support.phone.clone()}</span>
                    <span class="contact-more">{support.hours.clone()}</span>
                </span>
                <Icon name="chevron-right"/>
            </a>
            <a class="contact" href=mailto(&support.email, mail) rel="external">
                <Icon name="mail"/>
                <span>
                    <span class="contact-what">{support.email.clone()}</span>
                    <span class="contact-more">{reply}</span>
                </span>
                <Icon name="chevron-right"/>
            </a>
    }
}

/// The rows of the shop's accounts elsewhere: a link where there is a page, else the name to look for, with `copy` where it
/// can be copied.
pub fn social(
    lang: Lang,
    support: &Support,
    copy: Option<Callback<String>>,
) -> impl IntoView + use<> {
    let row = |account: &SocialAccount| {
        let SocialAccount { name, handle, url } = account.clone();
        let words = Words::of(lang);
        let text = handle.clone();
        let said = view! {
            <span>
                <span class="contact-what">{text}</span>
                <span class="contact-more">{name}</span>
            </span>
        };
        // The policy has no others; this is where it becomes a link.
        match url.filter(|url| url.starts_with("https://")) {
            Some(url) => view! {
                <a class="contact" href=url rel="external">
                    <Icon name="person"/>
                    {said}
                    <Icon name="chevron-right"/>
                </a>
            }
            .into_any(),
            None => {
                let label = fill(words.copy_handle, &[("handle", &handle)]);
                view! {
                    <div class="contact">
                        <Icon name="person"/>
                        {said}
                        {copy.map(|copy| view! {
                            <button
                                class="copy-button needs-app"
                                type="button"
                                aria-label=label
                                on:click=move |_| copy.run(handle.clone())
                            >
                                <Icon name="copy"/>
                                {common::Words::of(lang).copy}
                            </button>
                        })}
                    </div>
                }
                .into_any()
            }
        }
    };
    support.social.iter().map(row).collect_view()
}

/// A link for each way, in a sentence.
pub fn links(lang: Lang, support: &Support, mail: &Mail) -> impl IntoView + use<> {
    let words = Words::of(lang);
    let chat = support
        .chat
        .then(|| view! { <a href=mail.about.href()>{words.chat}</a> " · " });
    view! {
        {chat}
        <a href=tel(&support.phone) rel="external">{words.call}</a>
        " · "
        <a href=mailto(&support.email, mail) rel="external">{words.write}</a>
    }
}

/// A quiet link to the article that answers what comes to mind here, as it holds for the shop: under the version of its
/// policy that the order goes by, or under the one in force where there is no order and `version` is empty.
pub fn help_link(
    lang: Lang,
    article: LinkedArticle,
    shop: &str,
    version: &str,
) -> impl IntoView + use<> {
    let words = Words::of(lang);
    let text = match article {
        LinkedArticle::CannotCancel => words.help_cancelling,
        LinkedArticle::LateRefund => words.help_late,
        LinkedArticle::ReturnGoods => words.help_returns,
        LinkedArticle::ContactSupport => words.title,
        LinkedArticle::EndTheWaiting => words.help_waiting,
        LinkedArticle::UnpaidOrder => words.help_unpaid,
        LinkedArticle::DoesCancellingHarm => words.help_often,
        LinkedArticle::SellerCancelled => words.help_seller,
        LinkedArticle::PointsAndCoupons => words.help_points,
        LinkedArticle::RefundRejected => words.help_rejected,
        LinkedArticle::AnotherAccount => words.help_account,
        LinkedArticle::Complaints => words.help_complaints,
        LinkedArticle::WithoutLogIn => words.help_guest,
        LinkedArticle::PolicyChanges => words.help_versions,
    };
    let href = paths::article_of(article.code(), shop, version);
    view! { <p class="contact-more"><a href=href>{text}</a></p> }
}

/// The way to a person below what went wrong in a form: what it is about goes along.
pub fn person_below(lang: Lang, about: &SupportQuery) -> impl IntoView + use<> {
    view! {
        <div class="notice-actions">
            <a class="button" href=about.href()>
                <Icon name="person"/>
                {Words::of(lang).title}
            </a>
        </div>
    }
}

/// Until when somebody decides, or when that has passed, that it has, with the way to a person. `texts` are both, with
/// `{until}`; `left` is in seconds.
pub fn decided_by(
    lang: Lang,
    texts: [&'static str; 2],
    until: &Instant,
    about: SupportQuery,
    left: Signal<i64>,
) -> AnyView {
    let until = format::day_time(lang, until);
    let is_late = Memo::new(move |_| left.get() <= 0);
    let about = StoredValue::new(about);
    let view = move || {
        let [by, late] = texts;
        let text = if is_late.get() { late } else { by };
        view! {
            <p class="order-meaning">{fill(text, &[("until", &until)])}</p>
            {is_late.get().then(|| about.with_value(|about| person_below(lang, about)))}
        }
    };
    view.into_any()
}

/// A panel of them; `#support` leads to it.
pub fn support_panel(lang: Lang, support: &Support, mail: &Mail) -> impl IntoView + use<> {
    view! {
        <section class="panel" id="support" aria-labelledby="support-title" tabindex="-1">
            <div class="panel-head">
                <h2 class="panel-title" id="support-title">{Words::of(lang).title}</h2>
            </div>
            {contacts(lang, support, mail)}
            <p class="contact-more"><a href=paths::HELP>{Words::of(lang).help}</a></p>
        </section>
    }
}

/// A button for each way, where something has gone wrong; `first` when there is nothing better to do.
pub fn ways(lang: Lang, support: &Support, mail: &Mail, first: bool) -> impl IntoView + use<> {
    let words = Words::of(lang);
    let chat = support.chat.then(|| {
        let kind = first.then_some("primary");
        view! {
            <a class="button" data-kind=kind href=mail.about.href()>
                <Icon name="person"/>
                {words.chat}
            </a>
        }
    });
    view! {
        <div class="notice-actions">
            {chat}
            <a
                class="button"
                data-kind=(first && !support.chat).then_some("primary")
                href=tel(&support.phone)
                rel="external"
            >
                <Icon name="phone"/>
                {words.call}
            </a>
            <a class="button" href=mailto(&support.email, mail) rel="external">
                <Icon name="mail"/>
                {words.write}
            </a>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_telephone_link_has_only_what_can_be_dialled() {
        assert_eq!(tel("400-820 0403"), "tel:4008200403");
        assert_eq!(tel("+86 (571) 8765-4321"), "tel:+8657187654321");
        assert_eq!(tel("1\";alert(1)"), "tel:11");
    }

    #[test]
    fn only_an_order_has_details_that_go_along() {
        let support = crate::features::order::sample::unpacked().support;
        let words = Words::of(Lang::En);
        for (about, more) in [
            (SupportQuery::of_shop("tepai"), words.chat_plain),
            (
                SupportQuery::of_order("o1", orders_api::Topic::Refund),
                words.chat_more,
            ),
        ] {
            let mail = Mail {
                subject: String::new(),
                body: String::new(),
                about,
            };
            let html = Owner::new().with(|| contacts(Lang::En, &support, &mail).to_html());
            assert!(html.contains(more), "{html}");
        }
    }

    #[test]
    fn an_account_elsewhere_is_a_link_where_it_has_a_page_and_can_be_copied_else() {
        let mut support = crate::features::order::sample::unpacked().support;
        let copy = Some(Callback::new(|_: String| {}));
        let shown = |support: &Support, copy| {
            Owner::new().with(|| social(Lang::En, support, copy).to_html())
        };
        assert!(!shown(&support, copy).contains("contact"), "there is none");
        let account = |handle: &str, url: Option<&str>| SocialAccount {
            name: "Weibo".into(),
            handle: handle.into(),
            url: url.map(Into::into),
        };
        support.social = vec![account("@tepai", Some("https://weibo.example/tepai"))];
        let html = shown(&support, copy);
        assert!(
            html.contains("href=\"https://weibo.example/tepai\""),
            "{html}"
        );
        assert!(html.contains("@tepai") && html.contains("Weibo"), "{html}");
        for url in [None, Some("javascript:alert(1)")] {
            support.social = vec![account("<b>", url)];
            let html = shown(&support, copy);
            assert!(!html.contains("<a ") && !html.contains("<b>"), "{html}");
            assert!(html.contains("Copy &lt;b&gt;"), "{html}");
            assert!(
                !shown(&support, None).contains("<button"),
                "nothing copies it"
            );
        }
    }

    #[test]
    fn a_shop_without_a_chat_has_no_way_to_it() {
        let mut support = crate::features::order::sample::unpacked().support;
        let mail = Mail {
            subject: String::new(),
            body: String::new(),
            about: SupportQuery::of_shop("tepai"),
        };
        for chat in [true, false] {
            support.chat = chat;
            Owner::new().with(|| {
                for html in [
                    contacts(Lang::En, &support, &mail).to_html(),
                    links(Lang::En, &support, &mail).to_html(),
                    ways(Lang::En, &support, &mail, true).to_html(),
                ] {
                    assert_eq!(html.contains(paths::SUPPORT), chat, "{html}");
                    assert!(html.contains("tel:"), "{html}");
                }
                // One thing is to be done first.
                let ways = ways(Lang::En, &support, &mail, true).to_html();
                assert_eq!(ways.matches("primary").count(), 1, "{ways}");
            });
        }
    }

    #[test]
    fn the_mail_link_is_encoded() {
        let mail = Mail {
            subject: "杯 & Co".into(),
            body: "1\n2?".into(),
            about: SupportQuery::default(),
        };
        assert_eq!(
            mailto("a&b@c.example", &mail),
            "mailto:a%26b@c.example?subject=%E6%9D%AF%20%26%20Co&body=1%0D%0A2%3F"
        );
    }
}
