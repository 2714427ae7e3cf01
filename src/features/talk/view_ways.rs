//! The ways to a person, what it is about, and the conversations so far.

use leptos::prelude::*;
use orders_api::{
    ChatNow, Conversation, ConversationState, LinkedArticle, OrderBrief, SupportWays, Topic,
};

use super::asking::AskData;
use super::view_question::QuestionView;
use super::words::Words;
use crate::features::session::SessionState;
use crate::features::support::{Mail, help_link, social, tel_and_mail};
use crate::format;
use crate::paths::{self, OrdersQuery, SupportQuery};
use crate::ui::{Icon, order_link};
use crate::words::{Lang, fill};

/// The page, once the ways are known.
#[component]
pub fn WaysView(
    /// The language.
    lang: Lang,
    /// The ways.
    #[prop(into)]
    ways: Signal<SupportWays>,
    /// The page.
    data: AskData,
    /// The key of its form.
    key: StoredValue<Option<String>>,
) -> impl IntoView {
    let chat = Memo::new(move |_| ways.with(|ways| ways.chat.is_some()));
    let copy = Callback::new(move |text| data.copy(text));
    view! {
        {move || ways.with(|ways| about_view(lang, ways))}
        {move || data.mine.with(|mine| mine_view(lang, mine))}
        {move || {
            let topic = data.about.with_value(|about| about.topic);
            ways.with(|ways| ways_view(lang, ways, topic, copy))
        }}
        {move || chat.get().then(|| view! { <QuestionView lang ways data key/> })}
    }
}

/// The order, or those to choose from.
fn about_view(lang: Lang, ways: &SupportWays) -> AnyView {
    let words = Words::of(lang);
    if let Some(order) = &ways.order {
        return view! {
            <section class="panel" aria-labelledby="about-title">
                <h2 class="visually-hidden" id="about-title">{words.about_this}</h2>
                {order_link(lang, order)}
                // There is no other for a guest.
                {(!SessionState::is_guest_here()).then(|| view! {
                    <p class="contact-more"><a href=paths::SUPPORT>{words.about_other}</a></p>
                })}
                {ways.may_complain.then(|| view! {
                    <p class="contact-more">
                        {words.complain_why}
                        " "
                        <a href=paths::complain(&order.id)>{words.complain}</a>
                    </p>
                })}
            </section>
        }
        .into_any();
    }
    let choose = |order: &OrderBrief| {
        let about = SupportQuery {
            order: order.id.clone(),
            ..SupportQuery::default()
        };
        view! {
            <a class="contact" href=about.href()>
                <Icon name="box"/>
                <span>
                    <span class="contact-what">{order.title.clone()}</span>
                    <span class="contact-more number">
                        {order.number.clone()}" · "{format::money(&order.total)}
                    </span>
                </span>
                <Icon name="chevron-right"/>
            </a>
        }
    };
    let orders = (!ways.recent.is_empty()).then(|| {
        view! {
            <section class="panel" aria-labelledby="about-title">
                <div class="panel-head">
                    <h2 class="panel-title" id="about-title">{words.about_title}</h2>
                </div>
                <p class="field-hint">{words.about_hint}</p>
                <div>{ways.recent.iter().map(choose).collect_view()}</div>
                <p class="contact-more">
                    <a href=OrdersQuery::default().href()>{words.about_all}</a>
                </p>
            </section>
        }
    });
    view! {
        {orders}
        {shops_view(lang, ways)}
    }
    .into_any()
}

/// Which shop, where there are several.
fn shops_view(lang: Lang, ways: &SupportWays) -> Option<impl IntoView + use<>> {
    let here = ways.shop.id.clone();
    let shops = ways.shops.clone();
    (shops.len() > 1).then(|| {
        let shop = move |shop: orders_api::Shop| {
            let current = (shop.id == here).then_some("true");
            let href = SupportQuery::of_shop(&shop.id).href();
            view! { <a class="talk-shop" href=href aria-current=current>{shop.name}</a> }
        };
        view! {
            <nav class="talk-shops" aria-label=Words::of(lang).shops>
                {shops.into_iter().map(shop).collect_view()}
            </nav>
        }
    })
}

/// Chat, telephone, e-mail, and the answer that may be there already.
fn ways_view(
    lang: Lang,
    ways: &SupportWays,
    topic: Option<Topic>,
    copy: Callback<String>,
) -> impl IntoView + use<> {
    let words = Words::of(lang);
    let due = format::day_time(lang, &ways.email_due_at);
    let due = fill(words.email_due, &[("due", &due)]);
    let chat = ways.chat.as_ref().map(|chat| chat_words(lang, chat));
    let help = topic.and_then(helps);
    let order = ways.order.as_ref();
    let version = order.map_or("", |order| order.policy_version.as_str());
    view! {
        <section class="panel" aria-labelledby="ways-title">
            <div class="panel-head">
                <h2 class="panel-title" id="ways-title">{words.ways_title}</h2>
            </div>
            <div>
                {match chat {
                    Some(state) => view! {
                        <a class="contact" href="#ask">
                            <Icon name="person"/>
                            <span>
                                <span class="contact-what">{words.chat}</span>
                                <span class="contact-more">{state}</span>
                            </span>
                            <Icon name="chevron-down"/>
                        </a>
                    }
                    .into_any(),
                    None => view! { <p class="contact-more">{words.no_chat}</p> }.into_any(),
                }}
                {tel_and_mail(&ways.support, &mail(lang, ways), due)}
                {social(lang, &ways.support, Some(copy))}
            </div>
            {help.map(|help| help_link(lang, help, &ways.shop.id, version))}
            <p class="contact-more">
                <a href=paths::HELP>{crate::features::support::words::Words::of(lang).help}</a>
            </p>
        </section>
    }
}

const fn helps(topic: Topic) -> Option<LinkedArticle> {
    match topic {
        Topic::Cancellation => Some(LinkedArticle::CannotCancel),
        Topic::Refund => Some(LinkedArticle::LateRefund),
        Topic::AfterSale => Some(LinkedArticle::ReturnGoods),
        Topic::Delivery | Topic::Address | Topic::TopUp | Topic::Payment | Topic::Other => None,
    }
}

/// Whether somebody is there, until when, and how long it takes.
pub fn chat_words(lang: Lang, chat: &ChatNow) -> String {
    let words = Words::of(lang);
    let state = state_words(lang, chat);
    match chat.closes_at.as_ref().filter(|_| chat.open) {
        Some(closes) => {
            let closes = format::day_time(lang, closes);
            fill(words.chat_until, &[("state", &state), ("closes", &closes)])
        }
        None => state,
    }
}

fn state_words(lang: Lang, chat: &ChatNow) -> String {
    let words = Words::of(lang);
    // A number of minutes that the closing time cuts off would promise what is unlikely.
    if let Some(due) = chat.answered_by.as_ref().filter(|_| chat.open) {
        let due = format::day_time(lang, due);
        return fill(words.chat_open_late, &[("due", &due)]);
    }
    match (chat.open, &chat.opens_at, chat.place, chat.wait_minutes) {
        (true, _, _, Some(n)) => fill(words.chat_open_wait, &[("n", &n.to_string())]),
        (true, _, Some(place), None) if place > 1 => {
            fill(words.chat_open_place, &[("n", &place.to_string())])
        }
        (true, ..) => words.chat_open.to_owned(),
        (false, Some(opens), ..) => {
            let opens = format::day_time(lang, opens);
            fill(words.chat_shut, &[("opens", &opens)])
        }
        (false, None, ..) => words.chat_shut_long.to_owned(),
    }
}

fn mail(lang: Lang, ways: &SupportWays) -> Mail {
    let words = Words::of(lang);
    let number = ways.order.as_ref().map(|order| order.number.as_str());
    let about = number.unwrap_or(&ways.shop.name);
    Mail {
        subject: fill(words.mail_subject, &[("about", about)]),
        body: fill(
            words.mail_body,
            &[("number", number.unwrap_or("-")), ("shop", &ways.shop.name)],
        ),
        about: SupportQuery::default(),
    }
}

/// The conversations so far, open ones first.
pub(super) fn mine_view(lang: Lang, mine: &[Conversation]) -> Option<impl IntoView + use<>> {
    let words = Words::of(lang);
    let over = |one: &&Conversation| one.standing.state == ConversationState::Closed;
    let open = mine.iter().filter(|one| !over(one));
    let rows: Vec<_> = open
        .chain(mine.iter().filter(over))
        .map(|one| mine_row(lang, one))
        .collect();
    (!rows.is_empty()).then(|| {
        view! {
            <section class="panel" aria-labelledby="mine-title">
                <div class="panel-head">
                    <h2 class="panel-title" id="mine-title">{words.mine_title}</h2>
                </div>
                <div>{rows}</div>
            </section>
        }
    })
}

fn mine_row(lang: Lang, one: &Conversation) -> impl IntoView + use<> {
    let words = Words::of(lang);
    let state = match one.standing.state {
        ConversationState::Waiting => words.mine_waiting,
        ConversationState::Served => words.mine_open,
        ConversationState::Left => words.mine_left,
        ConversationState::Closed => words.mine_closed,
    };
    let news = one.standing.last_answer > one.standing.shopper_read;
    let about = one
        .order
        .as_ref()
        .map_or_else(|| one.shop.name.clone(), |order| order.number.clone());
    view! {
        <a class="contact" href=paths::conversation(&one.id)>
            <Icon name="person"/>
            <span>
                <span class="contact-what">
                    {words.about(one.subject.topic)}" · "{state}
                    {news.then(|| view! {
                        " "
                        <span class="badge" data-tone="accent">{words.mine_news}</span>
                    })}
                </span>
                <span class="contact-more number">
                    {about}" · "{format::day_time(lang, &one.opened_at)}
                </span>
            </span>
            <Icon name="chevron-right"/>
        </a>
    }
}
