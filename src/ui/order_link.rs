//! The order that something belongs to, as a link.

use leptos::prelude::*;
use orders_api::OrderBrief;

use crate::format;
use crate::paths;
use crate::ui::Icon;
use crate::words::common::Words;
use crate::words::{Lang, fill};

/// Its first line and how many more there are, its number and what it cost.
pub fn order_link(lang: Lang, order: &OrderBrief) -> impl IntoView + use<> {
    let title = match order.lines {
        0 | 1 => order.title.clone(),
        lines => {
            // Chinese counts all of them, English those besides.
            let n = match lang {
                Lang::ZhCn => lines,
                Lang::En => lines - 1,
            };
            let values = [("title", order.title.as_str()), ("n", &n.to_string())];
            fill(Words::of(lang).title_more, &values)
        }
    };
    view! {
        <a class="contact" href=paths::order(&order.id)>
            <Icon name="box"/>
            <span>
                <span class="contact-what">{title}</span>
                <span class="contact-more number">
                    {order.number.clone()}" · "{format::money(&order.total)}
                </span>
            </span>
            <Icon name="chevron-right"/>
        </a>
    }
}
