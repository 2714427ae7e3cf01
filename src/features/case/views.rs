//! The case's page as a shape: plain data in, markup out.

use leptos::prelude::*;
use orders_api::CaseDetail;

use crate::browser;
use crate::features::evidence::PickerParts;
use crate::ui::{Notice, Tone};
use crate::words::Lang;

use super::forms::{ParcelForm, SayForm};
use super::moves::Move;
use super::view_complaint::complaint_view;
use super::view_facts::aside_view;
use super::view_now::now_view;
use super::view_say::say_view;
use super::view_status::status_view;
use super::view_sum::{goods_view, refunds_view, sum_view};
use super::view_thread::thread_view;
use super::view_withdraw::actions_view;

/// What the page shows beside the case itself, and what it reports.
#[derive(Clone, Copy)]
pub struct CaseParts {
    /// What has happened while the page was open, in words; read out when it changes.
    pub news: Signal<String>,
    /// The seconds that whoever's turn it is has left.
    pub left: Signal<i64>,
    /// A message.
    pub say: SayForm,
    /// An appeal.
    pub appeal: SayForm,
    /// What goes with the message.
    pub say_picker: PickerParts,
    /// What goes with the appeal.
    pub appeal_picker: PickerParts,
    /// The parcel that goes back.
    pub parcel: ParcelForm,
    /// It is being withdrawn.
    pub withdrawing: Signal<bool>,
    /// Whether the dialog that asks about that is open.
    pub asks: RwSignal<bool>,
    /// Which move did not work, and why, when no field is to blame.
    pub error: Signal<Option<(Move, String)>>,
    /// Make a move.
    pub make: Callback<Move>,
    /// Copy a text.
    pub copy: Callback<String>,
    /// The key of the forms, without the app.
    pub key: StoredValue<Option<String>>,
}

/// One case.
#[component]
pub fn CaseView(
    /// The language.
    lang: Lang,
    /// The case.
    #[prop(into)]
    case: Signal<CaseDetail>,
    /// What else the page shows and reports.
    parts: CaseParts,
) -> impl IntoView {
    view! {
        <div class="columns-main" id=browser::ON_SERVER.then_some(browser::FIRST_PICTURE)>
            <p class="visually-hidden" role="status">{move || parts.news.get()}</p>
            {move || case.with(|case| status_view(lang, case, parts.left))}
            {now_view(lang, case, parts)}
            {move || case.with(|case| complaint_view(lang, case))}
            {actions_view(lang, case, parts)}
            {move || case.with(|case| sum_view(lang, case))}
            {move || case.with(|case| refunds_view(lang, case))}
            {move || case.with(|case| goods_view(lang, case))}
            {thread_view(lang, case)}
            {say_view(lang, case, parts)}
        </div>
        <div class="columns-aside">
            {move || case.with(|case| aside_view(lang, case, parts.copy))}
        </div>
    }
}

/// Why one of these moves did not work, above its form.
pub fn error_view(parts: CaseParts, moves: &'static [Move]) -> impl IntoView {
    move || {
        let (step, text) = parts.error.get()?;
        moves.contains(&step).then(|| {
            view! {
                <div class="case-error">
                    <Notice tone=Tone::Danger icon="warning" title=text role="alert"/>
                </div>
            }
        })
    }
}

/// The shape of what is coming, a case or a complaint; `loading` is read out.
pub fn skeleton(loading: &'static str) -> impl IntoView {
    let stop = || {
        view! {
            <li class="route-stop" data-step="coming">
                <span class="skeleton"></span>
                <span class="skeleton route-what"></span>
            </li>
        }
    };
    view! {
        <div class="columns-main" aria-busy="true">
            <p class="visually-hidden" role="status">{loading}</p>
            <div class="case-status">
                <span class="skeleton" data-size="title"></span>
                <span class="skeleton" data-size="half"></span>
                <ol class="route">{stop()}{stop()}{stop()}{stop()}</ol>
                <span class="skeleton"></span>
            </div>
            <div class="panel">
                <div class="skeleton-text">
                    <span class="skeleton" data-size="half"></span>
                    <span class="skeleton"></span>
                    <span class="skeleton"></span>
                </div>
            </div>
        </div>
        <div class="columns-aside">
            <div class="panel">
                <div class="skeleton-text">
                    <span class="skeleton" data-size="half"></span>
                    <span class="skeleton"></span>
                </div>
            </div>
        </div>
    }
}
