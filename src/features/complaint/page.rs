//! The pages about what went wrong: an after-sale case, a complaint, and the form that complains.

use leptos::prelude::*;
use orders_api::ComplaintDetail;

use super::course::headline;
use super::data::ComplaintData;
use super::view_form::ComplainView;
use super::view_offer::ComplaintDialogs;
use super::views::{ComplaintParts, ComplaintView};
use super::words::Words;
use super::writing::WriteData;
use crate::features::case::{CasePage, left, skeleton};
use crate::features::session::SessionState;
use crate::paths::{ComplainQuery, Page};
use crate::shell::{focus_page, own};
use crate::start::{Form, set_title};
use crate::ui::{Load, Loaded, panel_skeleton};
use crate::words::{Lang, common, fill, use_lang};

/// Which page.
#[derive(Clone, PartialEq, Eq)]
enum Here {
    Case,
    Complain { order: String, search: String },
    Complaint { id: String },
}

/// A case, a complaint, or the form.
#[component]
pub fn CasePages() -> impl IntoView {
    let here = own(|page| match page {
        Page::Case { .. } => Some(Here::Case),
        Page::Complain { id, search } => Some(Here::Complain {
            order: id.clone(),
            search: search.clone(),
        }),
        Page::Complaint { id } => Some(Here::Complaint { id: id.clone() }),
        Page::Orders(_)
        | Page::Order { .. }
        | Page::Refund { .. }
        | Page::AfterSale { .. }
        | Page::Notifications
        | Page::Support { .. }
        | Page::Conversation { .. }
        | Page::Help(_)
        | Page::HelpArticle { .. }
        | Page::Policy { .. }
        | Page::LogIn { .. }
        | Page::Guest { .. }
        | Page::NotFound => None,
    });
    move || {
        here.get().map(|here| match here {
            Here::Case => view! { <CasePage/> }.into_any(),
            Here::Complain { order, search } => view! { <Complain order search/> }.into_any(),
            Here::Complaint { id } => view! { <OneComplaint id/> }.into_any(),
        })
    }
}

#[component]
fn Complain(order: String, search: String) -> impl IntoView {
    let lang = use_lang();
    let words = Words::of(lang);
    set_title(&fill(
        common::Words::of(lang).page_title,
        &[("page", words.form_page)],
    ));
    focus_page();
    let form = Form::take();
    let session = expect_context::<SessionState>();
    let query = ComplainQuery::parse(&search);
    let data = WriteData::new(lang, session, order, query, &form);
    let key = StoredValue::new(form.key);
    let ready = Memo::new(move |_| data.load.with(|load| load.ready().is_some()));
    let failed = Memo::new(move |_| data.load.with(|load| matches!(load, Load::Failed(_))));
    view! {
        <main class="page" class:columns=move || !failed.get() id="main" tabindex="-1">
            {move || (!ready.get()).then(|| view! {
                <h1 class="visually-hidden">{words.form_title}</h1>
            })}
            <Loaded
                load=data.load
                skeleton=move || panel_skeleton(words.form_loading)
                retry=move |()| data.retry()
                ready=move |options| view! { <ComplainView lang options data key/> }
            />
        </main>
    }
}

#[component]
fn OneComplaint(id: String) -> impl IntoView {
    let lang = use_lang();
    let form = Form::take();
    let data = ComplaintData::new(lang, expect_context::<SessionState>(), id, &form);
    let complaint = Memo::new(move |_| data.load.with(|load| load.ready().cloned()));
    let until = Memo::new(move |_| complaint.with(|complaint| complaint.as_ref()?.until.clone()));
    let parts = ComplaintParts {
        news: data.news.into(),
        left: left(until, move || data.time_is_up()),
        say: data.say,
        dispute: data.dispute,
        say_picker: data.say_uploads.parts(),
        dispute_picker: data.dispute_uploads.parts(),
        asks_accept: data.asks_accept,
        accepting: data.accepting.into(),
        asks_decline: data.asks_decline,
        asks_withdraw: data.asks_withdraw,
        withdrawing: data.withdrawing.into(),
        error: data.error.into(),
        press: Callback::new(move |step| data.press(step)),
        make: Callback::new(move |step| data.make(step)),
        copy: Callback::new(move |text| data.copy(text)),
        key: StoredValue::new(form.key),
    };

    follow_title(lang, complaint);
    focus_page();

    let failed = Memo::new(move |_| data.load.with(|load| matches!(load, Load::Failed(_))));
    view! {
        <main class="page" class:columns=move || !failed.get() id="main" tabindex="-1">
            // Until the complaint is there, and when it is not, the page has a heading all the same.
            {move || complaint.with(Option::is_none).then(|| view! {
                <h1 class="visually-hidden">{Words::of(lang).complaint}</h1>
            })}
            <Loaded
                load=data.load
                skeleton=move || skeleton(Words::of(lang).loading)
                retry=move |()| data.retry()
                ready=move |complaint| view! { <ComplaintView lang complaint parts/> }
            />
        </main>
        <ComplaintDialogs lang complaint parts/>
    }
}

/// The document's title follows the complaint.
fn follow_title(lang: Lang, complaint: Memo<Option<ComplaintDetail>>) {
    let title = move || {
        let words = Words::of(lang);
        let page = complaint.with(|complaint| match complaint {
            Some(complaint) => fill(words.page, &[("state", headline(lang, complaint))]),
            None => words.complaint.to_owned(),
        });
        fill(common::Words::of(lang).page_title, &[("page", &page)])
    };
    set_title(&untrack(title));
    Effect::new(move |_| set_title(&title()));
}
