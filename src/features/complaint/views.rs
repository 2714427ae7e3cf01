//! The complaint's page as a shape: plain data in, markup out.

use leptos::prelude::*;
use orders_api::{ComplaintDetail, Refund};

use crate::browser;
use crate::features::case::{SayForm, refund_view};
use crate::features::evidence::PickerParts;
use crate::ui::{Notice, Tone};
use crate::words::Lang;

use super::moves::Move;
use super::view_facts::aside_view;
use super::view_offer::offer_view;
use super::view_outside::outside_view;
use super::view_say::{actions_view, say_view};
use super::view_status::status_view;
use super::view_thread::thread_view;
use super::words::Words;

/// What the page shows beside the complaint itself, and what it reports.
#[derive(Clone, Copy)]
pub struct ComplaintParts {
    /// What has happened while the page was open, in words; read out when it changes.
    pub news: Signal<String>,
    /// The seconds that whoever's turn it is has left.
    pub left: Signal<i64>,
    /// A message.
    pub say: SayForm,
    /// Why the proposal is disputed.
    pub dispute: SayForm,
    /// What goes with the message.
    pub say_picker: PickerParts,
    /// What goes with the dispute.
    pub dispute_picker: PickerParts,
    /// Whether the dialog that asks whether to accept is open.
    pub asks_accept: RwSignal<bool>,
    /// It is being accepted.
    pub accepting: Signal<bool>,
    /// Whether the dialog that asks whether to turn the last proposal down is open.
    pub asks_decline: RwSignal<bool>,
    /// Whether the dialog that asks whether to withdraw it is open.
    pub asks_withdraw: RwSignal<bool>,
    /// It is being withdrawn.
    pub withdrawing: Signal<bool>,
    /// Which move did not work, and why, when no field is to blame.
    pub error: Signal<Option<(Move, String)>>,
    /// Make a move, or first ask whether it is meant.
    pub press: Callback<Move>,
    /// Make a move.
    pub make: Callback<Move>,
    /// Copy a text.
    pub copy: Callback<String>,
    /// The key of the forms, without the app.
    pub key: StoredValue<Option<String>>,
}

/// One complaint.
#[component]
pub fn ComplaintView(
    /// The language.
    lang: Lang,
    /// The complaint.
    #[prop(into)]
    complaint: Signal<ComplaintDetail>,
    /// What else the page shows and reports.
    parts: ComplaintParts,
) -> impl IntoView {
    view! {
        <div class="columns-main" id=browser::ON_SERVER.then_some(browser::FIRST_PICTURE)>
            <p class="visually-hidden" role="status">{move || parts.news.get()}</p>
            {move || complaint.with(|complaint| status_view(lang, complaint, parts.left))}
            {move || complaint.with(|complaint| now_outside_view(lang, complaint))}
            {offer_view(lang, complaint, parts)}
            {actions_view(lang, complaint, parts)}
            {move || complaint.with(|complaint| refunds_view(lang, &complaint.refunds))}
            {thread_view(lang, complaint)}
            {say_view(lang, complaint, parts)}
        </div>
        <div class="columns-aside">
            {move || complaint.with(|complaint| aside_view(lang, complaint, parts.copy))}
        </div>
    }
}

/// The outside route, before all else once there is no reason to wait any longer; `None` before.
fn now_outside_view(lang: Lang, complaint: &ComplaintDetail) -> Option<AnyView> {
    let outside = complaint.outside.as_ref()?;
    let now = complaint.outside_at.is_some() && !complaint.state.is_final();
    now.then(|| outside_view(lang, outside, true).into_any())
}

/// The refunds that it made; `None` without any.
fn refunds_view(lang: Lang, refunds: &[Refund]) -> Option<AnyView> {
    if refunds.is_empty() {
        return None;
    }
    let rows = refunds
        .iter()
        .map(|refund| view! { <li>{refund_view(lang, refund)}</li> })
        .collect_view();
    Some(
        view! {
            <section class="panel" aria-labelledby="refunds-title">
                <div class="panel-head">
                    <h2 class="panel-title" id="refunds-title">{Words::of(lang).refunds}</h2>
                </div>
                <ul class="refund-parts">{rows}</ul>
            </section>
        }
        .into_any(),
    )
}

/// Why this move did not work, above its form.
pub fn error_view(parts: ComplaintParts, of: Move) -> impl IntoView {
    move || {
        let (step, text) = parts.error.get()?;
        (step == of).then(|| {
            view! {
                <div class="case-error">
                    <Notice tone=Tone::Danger icon="warning" title=text role="alert"/>
                </div>
            }
        })
    }
}
