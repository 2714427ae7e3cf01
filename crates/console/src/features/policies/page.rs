//! The pages: all policies, one version, the draft of the next.

use leptos::prelude::*;
use orders_api::{Permission, PolicyVersion};
use storefront::ui::Loaded;
use storefront::words::{Lang, common, fill};

use super::data::{PoliciesData, VersionData};
use super::drafting::data::DraftData;
use super::view_check::check_view;
use super::view_draft::{conflict_view, editor_view, mistake_view, rules_view, save_view};
use super::view_publish::{ask_discard, ask_publish, publish_view};
use super::views::{shop_view, version_view};
use super::words::Words;
use crate::browser;
use crate::paths::{self, Page};
use crate::router::use_router;
use crate::shell::{use_keys, use_session};
use crate::words::{frame, keys};

/// All policies that one sees.
#[component]
pub fn PoliciesPage(
    /// The language.
    lang: Lang,
) -> impl IntoView {
    let words = Words::of(lang);
    let session = use_session();
    let data = PoliciesData::new(lang, session);
    Effect::new(move |_| {
        session.again.track();
        data.look();
    });
    set_title(lang, words.title);
    goes_back(lang);
    view! {
        <h1 class="page-title">{words.title}</h1>
        <p class="hint">{words.rules_now}</p>
        <Loaded
            load=Signal::from(data.all)
            skeleton=move || waiting(lang)
            retry=Callback::new(move |()| data.look())
            ready=move |all| {
                move || {
                    let may_draft = session.may(Permission::DraftPolicy);
                    let all = all.get();
                    let shops: Vec<_> = all
                        .items
                        .iter()
                        .map(|policy| shop_view(lang, policy, may_draft))
                        .collect();
                    view! { <div class="policy-shops">{shops}</div> }
                }
            }
        />
    }
}

/// One version of a shop's policy.
#[component]
pub fn PolicyPage(
    /// The language.
    lang: Lang,
    /// The shop.
    shop: String,
    /// The version; the one in force without.
    version: Option<String>,
) -> impl IntoView {
    let session = use_session();
    let data = VersionData::new(lang, session, shop, version);
    Effect::new(move |_| {
        session.again.track();
        data.look();
    });
    Effect::new(move |_| {
        let name = data
            .shown
            .with(|shown| shown.ready().map(|shown| shown.policy.shop.name.clone()));
        if let Some(name) = name {
            set_title(lang, &fill(Words::of(lang).of_shop, &[("shop", &name)]));
        }
    });
    goes_back(lang);
    view! {
        {up(lang)}
        <Loaded
            load=Signal::from(data.shown)
            skeleton=move || waiting(lang)
            retry=Callback::new(move |()| data.look())
            ready=move |shown| {
                move || version_view(lang, &shown.get(), session.may(Permission::DraftPolicy))
            }
        />
    }
}

/// The draft of a shop's next policy.
#[component]
pub fn DraftPage(
    /// The language.
    lang: Lang,
    /// The shop.
    shop: String,
) -> impl IntoView {
    let words = Words::of(lang);
    let (session, router) = (use_session(), use_router());
    let data = DraftData::new(lang, session, shop.clone());
    Effect::new(move |_| {
        session.again.track();
        data.look();
    });
    let title = Memo::new(move |_| {
        data.policy.with(|policy| {
            let name = policy.ready().map(|policy| policy.shop.name.clone());
            name.map(|name| fill(words.draft_title, &[("shop", &name)]))
        })
    });
    Effect::new(move |_| {
        if let Some(title) = title.get() {
            set_title(lang, &title);
        }
    });
    goes_back(lang);
    let published = Callback::new(move |version: PolicyVersion| {
        router.go(&Page::Policy(shop.clone(), Some(version.version)));
    });
    let saved = Memo::new(move |_| data.writing.with(|writing| writing.saved.clone()));
    view! {
        {up(lang)}
        <Loaded
            load=Signal::from(data.policy)
            skeleton=move || waiting(lang)
            retry=Callback::new(move |()| data.look_again())
            ready=move |_| view! {
                <h1 class="page-title">{move || title.get()}</h1>
                {conflict_view(lang, data)}
                <div class="order-columns">
                    <div class="order-side">
                        {save_view(lang, data)}
                        {move || saved.get().map(|saved| view! {
                            <section class="panel" aria-labelledby="rules">
                                <h2 id="rules">{words.rules}</h2>
                                {mistake_view(lang, &saved)}
                                {rules_view(lang, &saved.rules)}
                            </section>
                        })}
                        {check_view(lang, data)}
                        {publish_view(lang, data)}
                    </div>
                    <div class="order-main">{editor_view(lang, data)}</div>
                </div>
            }
        />
        {ask_publish(lang, data, published)}
        {ask_discard(lang, data)}
    }
}

fn set_title(lang: Lang, page: &str) {
    let title = frame::Words::of(lang).page_title;
    browser::set_title(&fill(title, &[("page", page)]));
}

/// The way back to all of them.
fn up(lang: Lang) -> impl IntoView {
    view! { <p class="policy-up"><a href=paths::policies()>{Words::of(lang).title}</a></p> }
}

fn waiting(lang: Lang) -> impl IntoView {
    view! { <p class="waiting" role="status">{common::Words::of(lang).loading}</p> }
}

/// The key that leads back.
fn goes_back(lang: Lang) {
    let router = use_router();
    let list = vec![("u", keys::Words::of(lang).back)];
    use_keys().listen(list, move |key, _| {
        if key == "u" {
            router.back();
        }
        key == "u"
    });
}
