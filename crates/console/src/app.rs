//! The root: what every page shares, and which page a URL shows.

use leptos::prelude::*;
use orders_api::{Permission, StaffSession};
use storefront::ui::FailureView;
use storefront::words::Lang;

use crate::browser;
use crate::features::chats::{ChatsPage, Desk, StripView, desk_keys};
use crate::features::insight::InsightPage;
use crate::features::log_in::{LogInDialog, LogInPage};
use crate::features::order::OrderPage;
use crate::features::policies::{DraftPage, PoliciesPage, PolicyPage};
use crate::features::replies::RepliesPage;
use crate::features::search::SearchPage;
use crate::features::talk::{TalkPage, Talks};
use crate::features::work::WorkPage;
use crate::paths::{Chats, InsightQuery, Page, WorkQuery};
use crate::router::Router;
use crate::shell::{
    Frame, KeyBoard, Live, SessionState, Theme, Title, Who, choose_language, not_there,
};

/// Mounts the console on the page.
pub fn start() {
    Theme::chosen().show();
    let lang = choose_language();
    browser::set_document_language(lang.tag());
    mount_to_body(move || view! { <App lang/> });
    browser::remove_boot_skeleton();
}

/// The console.
#[component]
pub fn App(
    /// The language of this visit.
    lang: Lang,
) -> impl IntoView {
    provide_context(lang);
    let router = Router::provide();
    let session = SessionState::provide(lang);
    let keys = KeyBoard::provide();
    let live = Live::provide(session);
    Title::provide();
    Talks::provide(lang, session);
    let desk = Desk::provide(lang, session, router, live);
    browser::spawn(session.look());
    // Who is shown stays while only their session is over.
    let shown = Memo::new(move |_| session.who.get());
    view! {
        {move || match shown.get() {
            Who::Unknown => view! { <p class="waiting" role="status"></p> }.into_any(),
            Who::Nobody => view! { <LogInPage lang/> }.into_any(),
            Who::Failed(why) => {
                let retry = Callback::new(move |()| browser::spawn(session.look()));
                view! { <main class="desk"><FailureView why retry/></main> }.into_any()
            }
            Who::Somebody(who) => inside(lang, router, desk, who),
        }}
        {move || session.over.get().then(|| view! { <LogInDialog lang/> })}
        {keys.view(lang)}
    }
}

/// The pages of somebody who is logged in.
fn inside(lang: Lang, router: Router, desk: Desk, who: StaffSession) -> AnyView {
    let chats = who.permissions.contains(&Permission::Chat);
    if chats {
        desk_keys(lang);
    }
    let page = Memo::new(move |_| {
        router.page.with(|page| match page {
            // The queue, the search, the conversations and the charts are one page each, whatever is asked.
            Page::Work(_) => Page::Work(WorkQuery::default()),
            Page::Search(_) => Page::Search(String::new()),
            Page::Insight(_) => Page::Insight(InsightQuery::default()),
            Page::Chats(_) => Page::Chats(Chats::default()),
            page => page.clone(),
        })
    });
    view! {
        <Frame lang session=who waiting=chats.then_some(desk.waiting)>
            {chats.then(|| view! { <StripView lang/> })}
            <main class="desk" id="main" tabindex="-1">
            {move || match page.get() {
                Page::Work(_) => view! { <WorkPage lang/> }.into_any(),
                Page::Search(_) => view! { <SearchPage lang/> }.into_any(),
                Page::Order(id) => view! { <OrderPage lang id/> }.into_any(),
                Page::Policies => view! { <PoliciesPage lang/> }.into_any(),
                Page::Policy(shop, version) => view! { <PolicyPage lang shop version/> }.into_any(),
                Page::PolicyDraft(shop) => view! { <DraftPage lang shop/> }.into_any(),
                Page::Insight(_) => view! { <InsightPage lang/> }.into_any(),
                Page::Chats(_) => view! { <ChatsPage lang/> }.into_any(),
                Page::Conversation(id) => view! { <TalkPage lang id/> }.into_any(),
                Page::Replies => view! { <RepliesPage lang/> }.into_any(),
                Page::NotFound => {
                    view! { <FailureView why=not_there(lang) retry=Callback::new(|()| {})/> }.into_any()
                }
            }}
            </main>
        </Frame>
    }
    .into_any()
}
