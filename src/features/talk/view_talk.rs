//! A conversation as a shape: the order on top, what was said, where it stands, the field to write in.

use leptos::prelude::*;
use orders_api::Conversation;

use super::course::Course;
use super::data::TalkData;
use super::ending::EndData;
use super::view_after::{EndView, RatingView};
use super::view_composer::ComposerView;
use super::view_messages::{MessagesView, NewsView, about};
use super::view_standing::{Ways, line_view, standing_view};
use super::words::Words;
use crate::browser;
use crate::paths::{self, SupportQuery};
use crate::ui::order_link;
use crate::words::Lang;

/// The conversation.
#[component]
pub fn TalkView(
    /// The language.
    lang: Lang,
    /// The conversation.
    #[prop(into)]
    conversation: Signal<Conversation>,
    /// The page.
    data: TalkData,
    /// The conversation's end.
    end: EndData,
    /// The key of its forms.
    key: StoredValue<Option<String>>,
) -> impl IntoView {
    let first = conversation.get_untracked();
    let id = first.id.clone();
    let again = again(&first);
    let ways = Ways::of(&first, again.clone());
    let standing = Memo::new(move |_| {
        data.course
            .with(|course| course.as_ref().map(|course| course.standing.clone()))
    });
    let takes_words =
        Memo::new(move |_| standing.with(|now| now.as_ref().is_some_and(|now| now.takes_words)));
    let end_id = id.clone();
    view! {
        <div class="talk-about panel">
            {first.order.as_ref().map(|order| order_link(lang, order))}
            <p class="contact-more">{about(lang, first.subject.topic)}</p>
            {read_view(&id, data)}
        </div>
        <MessagesView lang data/>
        <div class="talk-standing" role="status">
            {move || standing.get().map(|standing| standing_view(lang, &standing, ways.clone()))}
        </div>
        <RatingView lang conversation talk=data data=end key/>
        <EndView lang id=end_id talk=data data=end key/>
        <div class="talk-foot">
            <NewsView lang data/>
            {line_view(lang, data.course.into())}
            {move || if takes_words.get() {
                view! { <ComposerView lang id=id.clone() data key/> }.into_any()
            } else {
                view! {
                    <a class="button" data-kind="primary" href=again.clone()>
                        {Words::of(lang).again}
                    </a>
                }
                .into_any()
            }}
        </div>
    }
}

/// Where no program runs, nothing else says that what is shown was seen. Drawn by the server only.
fn read_view(id: &str, data: TalkData) -> Option<impl IntoView + use<>> {
    let last = || {
        data.course
            .with_untracked(|course| course.as_ref().map(Course::last))
    };
    let seen = browser::ON_SERVER.then(last).flatten()?;
    let src = paths::conversation_read(id, seen);
    Some(view! { <noscript><img alt="" src=src/></noscript> })
}

/// Where another conversation about the same begins.
fn again(one: &Conversation) -> String {
    match &one.order {
        Some(order) => SupportQuery {
            order: order.id.clone(),
            case: one.case.clone().unwrap_or_default(),
            refund: one.subject.refund.clone().unwrap_or_default(),
            complaint: one.subject.complaint.clone().unwrap_or_default(),
            topic: Some(one.subject.topic),
            ..SupportQuery::default()
        }
        .href(),
        None => SupportQuery::of_shop(&one.shop.id).href(),
    }
}
