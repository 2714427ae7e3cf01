//! The pages of talking to a person: the ways there are, and one conversation.

use std::mem::discriminant;

use leptos::prelude::*;

use super::asking::AskData;
use super::data::TalkData;
use super::view_talk::{TalkView, skeleton};
use super::view_ways::WaysView;
use super::words::Words;
use crate::browser;
use crate::features::session::SessionState;
use crate::paths::{Page, SupportQuery};
use crate::router::use_router;
use crate::start::{Form, set_title};
use crate::ui::Loaded;
use crate::words::{Lang, common, fill, use_lang};

/// Which page.
#[derive(Clone, PartialEq, Eq)]
enum Here {
    Ways { search: String },
    Talk { id: String },
}

/// Talking to a person.
#[component]
pub fn TalkPages() -> impl IntoView {
    let page = use_router().page;
    let here = Memo::new(move |before: Option<&Here>| {
        let asked = page.with(|page| match page {
            Page::Support { search } => Some(Here::Ways {
                search: search.clone(),
            }),
            Page::Conversation { id } => Some(Here::Talk { id: id.clone() }),
            Page::Orders(_)
            | Page::Order { .. }
            | Page::Refund { .. }
            | Page::AfterSale { .. }
            | Page::Case { .. }
            | Page::Notifications
            | Page::Help(_)
            | Page::HelpArticle { .. }
            | Page::Policy { .. }
            | Page::LogIn { .. }
            | Page::NotFound => None,
        });
        // Between the step to a page of another kind and the end of this one, it stays as it is.
        let stays = |before: &&Here| {
            let same = |asked: &Here| discriminant(asked) == discriminant(*before);
            !asked.as_ref().is_some_and(same)
        };
        before
            .filter(stays)
            .cloned()
            .or(asked)
            .unwrap_or(Here::Ways {
                search: String::new(),
            })
    });
    move || view! { <OnePage here=here.get()/> }
}

#[component]
fn OnePage(here: Here) -> impl IntoView {
    // Where the page was there before the app, the focus is where the shopper put it.
    let over = browser::is_served("main");
    Effect::new(move |before: Option<()>| {
        if before.is_none() && !over {
            browser::next_frame(|| browser::focus("#main"));
        }
    });
    match here {
        Here::Ways { search } => view! { <Ways about=SupportQuery::parse(&search)/> }.into_any(),
        Here::Talk { id } => view! { <Talk id/> }.into_any(),
    }
}

fn title(lang: Lang, page: &str) {
    set_title(&fill(common::Words::of(lang).page_title, &[("page", page)]));
}

#[component]
fn Ways(about: SupportQuery) -> impl IntoView {
    let lang = use_lang();
    let words = Words::of(lang);
    title(lang, words.title);
    let form = Form::take();
    let data = AskData::new(lang, expect_context::<SessionState>(), about, &form);
    let key = StoredValue::new(form.key);
    view! {
        <main class="page talk-page" id="main" tabindex="-1">
            <h1 class="page-title">{words.title}</h1>
            <Loaded
                load=data.load
                skeleton
                retry=move |()| data.retry()
                ready=move |ways| view! { <WaysView lang ways data key/> }
            />
        </main>
    }
}

#[component]
fn Talk(id: String) -> impl IntoView {
    let lang = use_lang();
    let words = Words::of(lang);
    title(lang, words.talk);
    let form = Form::take();
    let data = TalkData::new(lang, expect_context::<SessionState>(), id, &form);
    let key = StoredValue::new(form.key);
    view! {
        <main class="page talk-page" data-talk="" id="main" tabindex="-1">
            <h1 class="visually-hidden">{words.talk}</h1>
            <Loaded
                load=data.load
                skeleton
                retry=move |()| data.retry()
                ready=move |conversation| view! { <TalkView lang conversation data key/> }
            />
        </main>
    }
}
