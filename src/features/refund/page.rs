//! The page of one refund.

use leptos::prelude::*;
use orders_api::RefundDetail;

use crate::features::case::left;
use crate::features::session::SessionState;
use crate::format;
use crate::paths::Page;
use crate::router::use_router;
use crate::shell::focus_page;
use crate::start::{Form, set_title};
use crate::ui::{Load, Loaded};
use crate::words::{Lang, common, fill, use_lang};

use super::data::RefundData;
use super::route::headline;
use super::view_way::WayParts;
use super::views::{RefundView, skeleton};
use super::words::Words;

/// One refund.
#[component]
pub fn RefundPage() -> impl IntoView {
    let page = use_router().page;
    // Between the step to another page and the end of this one, the refund stays as it is.
    let id = Memo::new(move |before: Option<&String>| {
        page.with(|page| match page {
            Page::Refund { id } => id.clone(),
            Page::Orders(_)
            | Page::Order { .. }
            | Page::AfterSale { .. }
            | Page::Case { .. }
            | Page::Complain { .. }
            | Page::Complaint { .. }
            | Page::Notifications
            | Page::Support { .. }
            | Page::Conversation { .. }
            | Page::Help(_)
            | Page::HelpArticle { .. }
            | Page::Policy { .. }
            | Page::LogIn { .. }
            | Page::Guest { .. }
            | Page::NotFound => before.cloned().unwrap_or_default(),
        })
    });
    move || view! { <OneRefund id=id.get()/> }
}

#[component]
fn OneRefund(id: String) -> impl IntoView {
    let lang = use_lang();
    let form = Form::take();
    let data = RefundData::new(lang, expect_context::<SessionState>(), id, &form);
    let refund = Memo::new(move |_| data.load.with(|load| load.ready().cloned()));
    let decided_by =
        Memo::new(move |_| refund.with(|refund| refund.as_ref()?.way.as_ref()?.until.clone()));
    let way = WayParts {
        form: data.way,
        error: data.way_error.into(),
        ask: Callback::new(move |()| data.ask_way()),
        withdrawing: data.withdrawing.into(),
        withdraw: Callback::new(move |()| data.withdraw_way()),
        key: StoredValue::new(form.key),
        left: left(decided_by, || {}),
    };

    follow_title(lang, refund);
    focus_page();

    let failed = Memo::new(move |_| data.load.with(|load| matches!(load, Load::Failed(_))));
    let copy = Callback::new(move |text| data.copy(text));
    view! {
        <main class="page" class:columns=move || !failed.get() id="main" tabindex="-1">
            // Until the refund is there, and when it is not, the page has a heading all the same.
            {move || refund.with(Option::is_none).then(|| view! {
                <h1 class="visually-hidden">{Words::of(lang).refund}</h1>
            })}
            <Loaded
                load=data.load
                skeleton=move || skeleton(lang)
                retry=move |()| data.retry()
                ready=move |refund| view! { <RefundView lang refund news=data.news way copy/> }
            />
        </main>
    }
}

/// The document's title follows the refund.
fn follow_title(lang: Lang, refund: Memo<Option<RefundDetail>>) {
    let title = move || {
        let words = Words::of(lang);
        let page = refund.with(|detail| match detail {
            Some(detail) => {
                let amount = format::money(&detail.refund.amount);
                let state = headline(lang, detail);
                fill(words.page, &[("amount", &amount), ("state", &state)])
            }
            None => words.refund.to_owned(),
        });
        fill(common::Words::of(lang).page_title, &[("page", &page)])
    };
    set_title(&untrack(title));
    Effect::new(move |_| set_title(&title()));
}
