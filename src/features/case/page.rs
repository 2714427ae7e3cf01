//! The page of one after-sale case.

use leptos::prelude::*;
use orders_api::CaseDetail;

use crate::features::session::SessionState;
use crate::format;
use crate::paths::Page;
use crate::router::use_router;
use crate::shell::focus_page;
use crate::start::{Form, set_title};
use crate::ui::{Load, Loaded};
use crate::words::{Lang, common, fill, use_lang};

use super::clock::left;
use super::course::headline;
use super::data::CaseData;
use super::view_withdraw::WithdrawDialog;
use super::views::{CaseParts, CaseView, skeleton};
use super::words::Words;

/// One after-sale case.
#[component]
pub fn CasePage() -> impl IntoView {
    let page = use_router().page;
    // Between the step to another page and the end of this one, the case stays as it is.
    let id = Memo::new(move |before: Option<&String>| {
        page.with(|page| match page {
            Page::Case { id } => id.clone(),
            Page::Orders(_)
            | Page::Order { .. }
            | Page::Refund { .. }
            | Page::AfterSale { .. }
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
    move || view! { <OneCase id=id.get()/> }
}

#[component]
fn OneCase(id: String) -> impl IntoView {
    let lang = use_lang();
    let form = Form::take();
    let data = CaseData::new(lang, expect_context::<SessionState>(), id, &form);
    let case = Memo::new(move |_| data.load.with(|load| load.ready().cloned()));
    let until = Memo::new(move |_| case.with(|case| case.as_ref()?.until.clone()));
    let parts = CaseParts {
        news: data.news.into(),
        left: left(until, move || data.time_is_up()),
        say: data.say,
        appeal: data.appeal,
        say_picker: data.say_uploads.parts(),
        appeal_picker: data.appeal_uploads.parts(),
        parcel: data.parcel,
        withdrawing: data.withdrawing.into(),
        asks: data.asks,
        error: data.error.into(),
        make: Callback::new(move |step| data.make(step)),
        copy: Callback::new(move |text| data.copy(text)),
        key: StoredValue::new(form.key),
    };

    follow_title(lang, case);
    focus_page();

    let failed = Memo::new(move |_| data.load.with(|load| matches!(load, Load::Failed(_))));
    view! {
        <main class="page" class:columns=move || !failed.get() id="main" tabindex="-1">
            // Until the case is there, and when it is not, the page has a heading all the same.
            {move || case.with(Option::is_none).then(|| view! {
                <h1 class="visually-hidden">{Words::of(lang).case}</h1>
            })}
            <Loaded
                load=data.load
                skeleton=move || skeleton(Words::of(lang).loading)
                retry=move |()| data.retry()
                ready=move |case| view! { <CaseView lang case parts/> }
            />
        </main>
        <WithdrawDialog lang parts/>
    }
}

/// The document's title follows the case.
fn follow_title(lang: Lang, case: Memo<Option<CaseDetail>>) {
    let title = move || {
        let words = Words::of(lang);
        let page = case.with(|case| match case {
            Some(case) => {
                let amount = format::money(&case.settlement.amount);
                let state = headline(lang, case);
                fill(words.page, &[("amount", &amount), ("state", state)])
            }
            None => words.case.to_owned(),
        });
        fill(common::Words::of(lang).page_title, &[("page", &page)])
    };
    set_title(&untrack(title));
    Effect::new(move |_| set_title(&title()));
}
