//! The conversation's page: what is said on one side, the order and the notes on the other; on a narrow screen, one of them.

use leptos::prelude::*;
use orders_api::{ConversationState, StaffConversation};
use storefront::ui::Loaded;
use storefront::words::{Lang, common, fill};

use super::data::TalkData;
use super::moves::data::{MovesData, offered};
use super::talks::use_talks;
use super::view_composer::ComposerView;
use super::view_facts::facts_view;
use super::view_head::{HeadView, name};
use super::view_thread::ThreadView;
use super::words::Words;
use crate::browser;
use crate::features::enquiry::{EnquiryData, enquiry_view, last_act, last_said};
use crate::features::notes::{About, NotesData, notes_view};
use crate::features::order::{Offer, OrderBeside, OrderData, act_key, follow};
use crate::router::use_router;
use crate::shell::{set_title, use_keys, use_session};
use crate::words::{frame, keys};

/// Which part a narrow screen shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Talk,
    Order,
    Notes,
}

impl Part {
    const ALL: [Self; 3] = [Self::Talk, Self::Order, Self::Notes];

    const fn code(self) -> &'static str {
        match self {
            Self::Talk => "talk",
            Self::Order => "order",
            Self::Notes => "notes",
        }
    }
}

/// The page of one conversation.
#[component]
pub fn TalkPage(
    /// The language.
    lang: Lang,
    /// The conversation's id.
    id: String,
) -> impl IntoView {
    let talks = use_talks();
    let data = talks.show(&id);
    on_cleanup({
        let id = id.clone();
        move || talks.leave(&id)
    });
    let skeleton = move || {
        view! { <p class="waiting" role="status">{common::Words::of(lang).loading}</p> }
    };
    view! {
        <Loaded
            load=Signal::from(data.load)
            skeleton
            retry=Callback::new(move |()| data.retry())
            ready=move |one| view! { <Talk lang one data/> }
        />
    }
}

#[component]
fn Talk(lang: Lang, one: Signal<StaffConversation>, data: TalkData) -> impl IntoView {
    let words = Words::of(lang);
    let session = use_session();
    let own = session.somebody().map(|who| who.staff.id);
    let own = StoredValue::new(own.unwrap_or_default());
    let first = one.get_untracked();
    let moves = MovesData::new(data);
    let notes = NotesData::new(
        lang,
        session,
        About::Conversation(first.conversation.id.clone()),
    );
    let title = frame::Words::of(lang).page_title;
    Effect::new(move |_| {
        let page = one.with(|one| name(lang, one));
        set_title(fill(title, &[("page", &page)]));
    });
    let brief = first.conversation.order.clone();
    let order = brief.as_ref().map(|brief| {
        let order = OrderData::new(lang, session, brief.id.clone());
        follow(order);
        order
    });
    let said = Memo::new(move |_| {
        let course = data.course;
        course.with(|course| course.as_ref().and_then(|course| last_said(&course.said)))
    });
    let act = Memo::new(move |_| order.and_then(|order| last_act(order.audit, own)));
    let about = About::Conversation(first.conversation.id.clone());
    let procedure = EnquiryData::new(lang, session, about, said.into(), act.into());
    let offers = Memo::new(move |_| order.map_or_else(Vec::new, OrderData::offered));
    let part = RwSignal::new(Part::Talk);
    talk_keys(lang, one, data, moves, own, part, (order, offers));
    // Who comes to answer writes at once.
    Effect::new(move |_| {
        if browser::has_keyboard() {
            browser::next_frame(|| browser::focus("#say"));
        }
    });
    let in_front = Signal::derive(move || part.get() == Part::Talk);
    // On a narrow screen the thread may be behind another part.
    let unread = Memo::new(move |_| {
        let standing = data
            .course
            .with(|course| course.as_ref().map(|course| course.standing.clone()));
        let unread = standing.is_some_and(|standing| standing.last_seq > standing.staff_read);
        unread && !in_front.get()
    });
    let tabs = Part::ALL.map(|each| {
        let name = match each {
            Part::Talk => words.talk,
            Part::Order => words.order,
            Part::Notes => words.notes,
        };
        view! {
            <button
                class="chat-tab"
                type="button"
                aria-pressed=move || if part.get() == each { "true" } else { "false" }
                on:click=move |_| part.set(each)
            >
                {name}
                {move || (each == Part::Talk && unread.get()).then(|| view! {
                    " "
                    <span class="strip-new">{words.new}</span>
                })}
            </button>
        }
    });
    let facts = move || {
        one.with(|one| match order {
            Some(order) => order.order.with(|order| {
                let detail = order.ready().map(|order| &order.order);
                facts_view(lang, one, detail).into_any()
            }),
            None => facts_view(lang, one, None).into_any(),
        })
    };
    let beside = match (brief, order) {
        (Some(brief), Some(data)) => {
            view! { <OrderBeside lang brief data offered=offers/> }.into_any()
        }
        _ => view! {
            <section class="panel" aria-labelledby="no-order">
                <h2 class="panel-title" id="no-order">{words.no_order}</h2>
                <p class="hint">{words.no_order_hint}</p>
            </section>
        }
        .into_any(),
    };
    view! {
        <div class="chat" data-part=move || part.get().code()>
            <div class="chat-tabs" role="group" aria-label=words.parts>{tabs}</div>
            <section class="chat-talk" aria-label=words.talk>
                <HeadView lang one data moves own/>
                <ThreadView lang one data own in_front/>
                <ComposerView lang one data own/>
            </section>
            // Panels beside the conversation, in the order in which they are needed.
            <div class="chat-side">
                <div class="chat-order">
                    {facts}
                    {enquiry_view(lang, procedure)}
                    {beside}
                </div>
                <div class="chat-notes">{notes_view(lang, notes)}</div>
            </div>
        </div>
    }
}

fn talk_keys(
    lang: Lang,
    one: Signal<StaffConversation>,
    data: TalkData,
    moves: MovesData,
    own: StoredValue<String>,
    part: RwSignal<Part>,
    (order, offers): (Option<OrderData>, Memo<Vec<Offer>>),
) {
    let (router, words, names) = (use_router(), Words::of(lang), keys::Words::of(lang));
    let list = vec![
        ("w", words.key_write),
        ("c", words.key_take),
        ("t", words.key_pass),
        ("b", words.hand_back),
        ("e", words.end),
        ("n", names.note),
        ("1–9", names.act),
        ("Esc", words.key_leave),
        ("u", names.back),
    ];
    use_keys().listen(list, move |key, _| match key {
        "w" => {
            part.set(Part::Talk);
            browser::next_frame(|| browser::focus("#say"));
            true
        }
        "n" => {
            part.set(Part::Notes);
            browser::next_frame(|| browser::focus("#note"));
            true
        }
        "t" if data.state() == ConversationState::Served => {
            moves.asks_whom();
            true
        }
        "c" | "b" | "e" => {
            let all = data.standing().map(|standing| {
                one.with_untracked(|one| own.with_value(|own| offered(one, &standing, own)))
            });
            let meant = all
                .into_iter()
                .flatten()
                .find(|what| what.key() == Some(key));
            let there = meant.is_some();
            if let Some(what) = meant {
                moves.begin(what);
            }
            there
        }
        "u" => {
            router.back();
            true
        }
        key => {
            let acted = order.is_some_and(|order| act_key(key, order, offers));
            if acted {
                part.set(Part::Order);
            }
            acted
        }
    });
}
