//! The pages of talking to a person: the ways there are, and one conversation.

use leptos::prelude::*;

use super::asking::AskData;
use super::data::TalkData;
use super::ending::EndData;
use super::view_after::EndDialog;
use super::view_talk::TalkView;
use super::view_ways::WaysView;
use super::words::words;
use crate::features::session::SessionState;
use crate::features::support::kept_view;
use crate::paths::{Page, SupportQuery};
use crate::shell::{focus_page, own};
use crate::start::{Form, set_title};
use crate::ui::{Loaded, panel_skeleton};
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
    let here = own(|page| match page {
        Page::Support { search } => Some(Here::Ways {
            search: search.clone(),
        }),
        Page::Conversation { id } => Some(Here::Talk { id: id.clone() }),
        Page::Orders(_)
        | Page::Order { .. }
        | Page::Refund { .. }
        | Page::AfterSale { .. }
        | Page::Case { .. }
        | Page::Complain { .. }
        | Page::Complaint { .. }
        | Page::Notifications
        | Page::Help(_)
        | Page::HelpArticle { .. }
        | Page::Policy { .. }
        | Page::LogIn { .. }
        | Page::Guest { .. }
        | Page::NotFound => None,
    });
    move || here.get().map(|here| view! { <OnePage here/> })
}

#[component]
fn OnePage(here: Here) -> impl IntoView {
    focus_page();
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
    let words = words();
    title(lang, words.title);
    let form = Form::take();
    let data = AskData::new(lang, expect_context::<SessionState>(), about, &form);
    let key = StoredValue::new(form.key);
    view! {
        <main class="page talk-page" id="main" tabindex="-1">
            <h1 class="page-title">{words.title}</h1>
            <Loaded
                load=data.load
                skeleton=move || panel_skeleton(words.loading)
                retry=move |()| data.retry()
                ready=move |ways| view! { <WaysView lang ways data key/> }
            />
            {move || data.kept().map(|kept| kept_view(lang, &kept))}
        </main>
    }
}

#[component]
fn Talk(id: String) -> impl IntoView {
    let lang = use_lang();
    let words = words();
    title(lang, words.talk);
    let form = Form::take();
    let session = expect_context::<SessionState>();
    let data = TalkData::new(lang, session, id.clone(), &form);
    let end = EndData::new(lang, session, data, id, &form);
    let key = StoredValue::new(form.key);
    view! {
        <main class="page talk-page" data-talk="" id="main" tabindex="-1">
            <h1 class="visually-hidden">{words.talk}</h1>
            <Loaded
                load=data.load
                skeleton=move || panel_skeleton(words.loading)
                retry=move |()| data.retry()
                ready=move |conversation| view! { <TalkView lang conversation data end key/> }
            />
        </main>
        <EndDialog lang data=end/>
    }
}
