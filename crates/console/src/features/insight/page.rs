//! The page of the charts: which days and which shop are in its URL.

use leptos::prelude::*;
use orders_api::Permission;
use storefront::ui::{FailureView, Load};
use storefront::words::{Lang, common, fill};

use super::data::InsightData;
use super::layout::{NARROW, WIDE};
use super::views::{insight_view, tools_view};
use super::words::Words;
use crate::browser;
use crate::paths::{InsightQuery, Page, insight_table};
use crate::router::use_router;
use crate::shell::{use_keys, use_session};
use crate::words::frame;

/// The page.
#[component]
pub fn InsightPage(
    /// The language.
    lang: Lang,
) -> impl IntoView {
    let (words, router, session) = (Words::of(lang), use_router(), use_session());
    let data = InsightData::new(lang, session);
    let title = frame::Words::of(lang).page_title;
    browser::set_title(&fill(title, &[("page", words.title)]));
    let query = Memo::new(move |_| {
        router.page.with(|page| {
            if let Page::Insight(query) = page {
                query.clone()
            } else {
                InsightQuery::default()
            }
        })
    });
    Effect::new(move |_| {
        session.again.track();
        data.show(&query.get());
    });
    use_keys().listen(vec![("r", words.fresh)], move |key, _| {
        let fresh = key == "r";
        if fresh {
            data.show(&query.get_untracked());
        }
        fresh
    });
    let narrow = RwSignal::new(browser::is_narrow());
    let listener = browser::on_resize(move || {
        let now = browser::is_narrow();
        // The page may be another by now.
        if narrow
            .try_get_untracked()
            .is_some_and(|before| before != now)
        {
            narrow.set(now);
        }
    });
    let listener = StoredValue::new_local(listener);
    on_cleanup(move || listener.dispose());
    let shops = session.somebody().map(|who| who.shops).unwrap_or_default();
    let may_export = session.may(Permission::Export);
    let ask = Callback::new(move |query| router.go(&Page::Insight(query)));
    view! {
        <h1 class="page-title">{words.title}</h1>
        {tools_view(lang, query, &shops, ask)}
        {move || data.figures.with(|figures| match figures {
            Load::Loading => {
                view! { <p class="waiting" role="status">{common::Words::of(lang).loading}</p> }.into_any()
            }
            Load::Failed(why) => {
                let retry = Callback::new(move |()| data.show(&query.get_untracked()));
                view! { <FailureView why=why.clone() retry/> }.into_any()
            }
            Load::Ready(insight) => {
                let shop = query.get_untracked().shop;
                let csv = |of: &str| insight_table(of, &insight.period, shop.as_deref());
                let csv: Option<&dyn Fn(&str) -> String> = if may_export { Some(&csv) } else { None };
                let size = if narrow.get() { NARROW } else { WIDE };
                insight_view(lang, insight, size, csv).into_any()
            }
        })}
    }
}
