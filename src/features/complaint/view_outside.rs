//! The way outside of the shop: what it is, when to use it, how to reach it.

use leptos::prelude::*;
use orders_api::OutsideRoute;

use crate::ui::Icon;
use crate::words::{Lang, fill};

use super::words::Words;

/// A link that leads to a page of the web, and nothing else: it comes from the shop.
fn web(url: &str) -> Option<String> {
    (url.starts_with("https://") || url.starts_with("http://")).then(|| url.to_owned())
}

/// The panel; `now` when there is no reason to wait any longer.
pub fn outside_view(lang: Lang, outside: &OutsideRoute, now: bool) -> impl IntoView + use<> {
    let words = Words::of(lang);
    let title = fill(words.outside, &[("name", &outside.name)]);
    let call = fill(words.outside_call, &[("phone", &outside.phone)]);
    let digits: String = outside
        .phone
        .chars()
        .filter(|letter| letter.is_ascii_digit() || *letter == '+')
        .collect();
    let web = web(&outside.url).map(|url| {
        let shown = url
            .trim_start_matches("https://")
            .trim_start_matches("http://")
            .trim_end_matches('/')
            .to_owned();
        view! {
            <a class="contact" href=url rel="external noopener">
                <Icon name="info"/>
                <span>
                    <span class="contact-what">{words.outside_web}</span>
                    <span class="contact-more">{shown}</span>
                </span>
                <Icon name="chevron-right"/>
            </a>
        }
    });
    view! {
        <section class="panel" id="outside" aria-labelledby="outside-title">
            <div class="panel-head">
                <h2 class="panel-title" id="outside-title">{title}</h2>
            </div>
            {now.then(|| view! { <p><strong>{words.outside_now}</strong></p> })}
            <p class="outside-when">{outside.when.clone()}</p>
            <div>
                <a class="contact" href=format!("tel:{digits}") rel="external">
                    <Icon name="phone"/>
                    <span class="contact-what">{call}</span>
                    <Icon name="chevron-right"/>
                </a>
                {web}
            </div>
        </section>
    }
}
