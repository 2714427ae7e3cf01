//! What the shopper said when the conversation began, so that nobody asks again, and what else is known of it.

use leptos::prelude::*;
use orders_api::{OrderDetail, StaffConversation, staff_transcript};
use storefront::format;
use storefront::ui::fact;
use storefront::words::{Lang, fill};

use super::words::Words;
use crate::words::topic;

/// The facts. The order tells what its line is called.
pub fn facts_view(
    lang: Lang,
    one: &StaffConversation,
    order: Option<&OrderDetail>,
) -> impl IntoView + use<> {
    let words = Words::of(lang);
    let conversation = &one.conversation;
    let subject = &conversation.subject;
    let text = |name: &'static str, value: Option<String>| {
        value.map(|value| fact(name, view! { <dd class="fact-value">{value}</dd> }))
    };
    let exact = |name: &'static str, value: &Option<String>| {
        let value = value.clone();
        value.map(|value| {
            fact(
                name,
                view! { <dd class="fact-value number talk-exact">{value}</dd> },
            )
        })
    };
    let line = subject.line.as_ref().map(|id| {
        let found = order.and_then(|order| order.lines.iter().find(|line| line.id == *id));
        found.map_or_else(|| id.clone(), |line| line.title.clone())
    });
    let since = subject
        .since
        .as_ref()
        .map(|day| format::full_day(lang, day));
    let others = (one.others > 0).then(|| fill(words.other_one, &[("n", &one.others.to_string())]));
    let rating = conversation.rating.map(|n| {
        let rated = fill(words.rated_n, &[("n", &n.to_string())]);
        match &conversation.rating_note {
            Some(note) => format!("{rated} · {note}"),
            None => rated,
        }
    });
    let guest = one.guest.then(|| words.guest_writes.to_owned());
    let case = conversation
        .case
        .as_ref()
        .map(|_| words.case_in_order.to_owned());
    let text_of_all = staff_transcript(&conversation.id);
    view! {
        <section class="panel" aria-labelledby="talk-facts">
            <h2 class="panel-title" id="talk-facts">{words.facts}</h2>
            <dl class="facts talk-facts">
                {text(words.guest, guest)}
                {text(words.topic, Some(topic(lang, subject.topic).to_owned()))}
                {text(words.since, since)}
                {text(words.line, line)}
                {exact(words.account, &subject.account)}
                {exact(words.zone, &subject.zone)}
                {exact(words.face_value, &subject.face_value)}
                {text(words.case, case)}
                {exact(words.refund, &subject.refund)}
                {exact(words.complaint, &subject.complaint)}
                {text(words.shop, Some(conversation.shop.name.clone()))}
                {text(words.opened, Some(format::moment(lang, &conversation.opened_at)))}
                {text(words.others, others)}
                {text(words.rated, rating)}
            </dl>
            <a class="button" data-kind="plain" href=text_of_all download="">{words.transcript}</a>
        </section>
    }
}
