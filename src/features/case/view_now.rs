//! The one thing to do now: send the goods back, appeal, or, when that is over too, where else to turn.

use leptos::prelude::*;
use orders_api::{CaseAction, CaseDetail, CaseState, LinkedArticle};

use crate::features::support::{help_link, ways};
use crate::paths;
use crate::ui::{Button, ButtonKind, FormKey, Icon};
use crate::words::Lang;
use crate::words::common;

use super::contact::mail;
use super::course::{End, end, rejection};
use super::forms::{Field, ParcelForm};
use super::moves::Move;
use super::view_say::{evidence_view, words_view};
use super::views::{CaseParts, error_view};
use super::words::Words;

/// The usual couriers, as they are called in China.
const COURIERS: [&str; 8] = [
    "顺丰",
    "京东",
    "中通",
    "圆通",
    "韵达",
    "申通",
    "极兔",
    "邮政 EMS",
];

/// What there is to do. Drawn anew only when this changes, so that news leaves the forms alone.
#[derive(Clone, PartialEq, Eq)]
enum Now {
    Send {
        id: String,
        to: String,
    },
    Appeal {
        id: String,
        why: String,
        shop: String,
        version: String,
    },
    WayOut(Box<CaseDetail>),
}

impl Now {
    fn of(case: &CaseDetail) -> Option<Self> {
        let may = |action| case.actions.contains(&action);
        if may(CaseAction::SendParcel) {
            return Some(Self::Send {
                id: case.id.clone(),
                to: case.return_to.clone().unwrap_or_default(),
            });
        }
        if may(CaseAction::Appeal) {
            let why = rejection(case).and_then(|entry| entry.text.clone());
            return Some(Self::Appeal {
                id: case.id.clone(),
                why: why.unwrap_or_default(),
                shop: case.shop.id.clone(),
                version: case.order.policy_version.clone(),
            });
        }
        let dismissed = case.state == CaseState::Closed && end(case) == Some(End::Dismissed);
        dismissed.then(|| Self::WayOut(Box::new(case.clone())))
    }
}

/// The panel with what to do; nothing where there is nothing but waiting.
pub fn now_view(lang: Lang, case: Signal<CaseDetail>, parts: CaseParts) -> impl IntoView {
    let now = Memo::new(move |_| case.with(Now::of));
    move || {
        now.get().map(|now| match now {
            Now::Send { id, to } => send_view(lang, &id, to, parts).into_any(),
            Now::Appeal {
                id,
                why,
                shop,
                version,
            } => {
                let help = help_link(lang, LinkedArticle::RefundRejected, &shop, &version);
                appeal_view(lang, &id, why, help.into_any(), parts).into_any()
            }
            Now::WayOut(case) => way_out_view(lang, &case).into_any(),
        })
    }
}

fn send_view(lang: Lang, id: &str, to: String, parts: CaseParts) -> impl IntoView + use<> {
    let words = Words::of(lang);
    let form = parts.parcel;
    let address = to.clone();
    view! {
        <section class="panel case-panel" id="return" aria-labelledby="return-title">
            <h2 class="panel-title" id="return-title" tabindex="-1">{words.return_title}</h2>
            <div class="case-address">
                <div>
                    <p class="fact-name">{words.return_to}</p>
                    <p class="case-address-text">{to}</p>
                </div>
                <button
                    class="copy-button needs-app"
                    type="button"
                    aria-label=words.copy_address
                    on:click=move |_| parts.copy.run(address.clone())
                >
                    <Icon name="copy"/>
                    {common::Words::of(lang).copy}
                </button>
            </div>
            {error_view(parts, &[Move::Send])}
            <form
                class="case-form"
                method="post"
                action=paths::case_parcel(id)
                novalidate
                on:submit=move |event| {
                    event.prevent_default();
                    parts.make.run(Move::Send);
                }
            >
                <FormKey key=parts.key.get_value()/>
                {line_view(
                    lang,
                    form.courier,
                    ("case-courier", ParcelForm::COURIER, words.courier, Some("case-couriers")),
                )}
                <datalist id="case-couriers">
                    {COURIERS.map(|name| view! { <option value=name></option> }).into_iter().collect_view()}
                </datalist>
                {line_view(
                    lang,
                    form.number,
                    ("case-number", ParcelForm::NUMBER, words.number, None),
                )}
                <p class="field-hint" data-wide="">{words.parcel_hint}</p>
                <div data-wide="">
                    <Button kind=ButtonKind::Primary wide=true submit=true busy=form.busy>
                        {words.parcel_send}
                    </Button>
                </div>
            </form>
        </section>
    }
}

/// A line of the form: id, name, label, and the list to choose from.
fn line_view(
    lang: Lang,
    field: Field,
    (id, name, label, list): (
        &'static str,
        &'static str,
        &'static str,
        Option<&'static str>,
    ),
) -> impl IntoView {
    let error = Memo::new(move |_| field.problem(lang));
    let wrong = move || error.with(Option::is_some);
    let error_id = format!("{id}-error");
    let describes = error_id.clone();
    let value = field.value;
    view! {
        <div class="field">
            <label class="field-label" for=id>{label}</label>
            <input
                class="field-input"
                id=id
                name=name
                type="text"
                list=list
                autocomplete="off"
                autocapitalize="characters"
                spellcheck="false"
                aria-invalid=move || wrong().then_some("true")
                aria-describedby=move || wrong().then(|| describes.clone())
                value=value.get_untracked()
                prop:value=move || value.get()
                on:input=move |event| value.set(event_target_value(&event))
            />
            {move || error.get().map(|text| view! {
                <p class="field-error" id=error_id.clone()>{text}</p>
            })}
        </div>
    }
}

fn appeal_view(
    lang: Lang,
    id: &str,
    why: String,
    help: AnyView,
    parts: CaseParts,
) -> impl IntoView + use<> {
    let words = Words::of(lang);
    let form = parts.appeal;
    view! {
        <section class="panel case-panel" id="appeal" aria-labelledby="appeal-title">
            <h2 class="panel-title" id="appeal-title" tabindex="-1">{words.appeal_title}</h2>
            {(!why.is_empty()).then(|| view! {
                <figure class="case-quote">
                    <figcaption class="fact-name">{words.appeal_reason}</figcaption>
                    <blockquote>{why}</blockquote>
                </figure>
            })}
            <p>{words.appeal_text}</p>
            {help}
            {error_view(parts, &[Move::Appeal])}
            <form
                class="case-form"
                method="post"
                action=paths::case_appeal(id)
                novalidate
                on:submit=move |event| {
                    event.prevent_default();
                    parts.make.run(Move::Appeal);
                }
            >
                <FormKey key=parts.key.get_value()/>
                {words_view(lang, form, "appeal-text", words.appeal_label)}
                {evidence_view(lang, form, parts.appeal_picker, "appeal-evidence")}
                <div data-wide="">
                    <Button kind=ButtonKind::Primary wide=true submit=true busy=form.busy>
                        {words.appeal_send}
                    </Button>
                </div>
            </form>
        </section>
    }
}

fn way_out_view(lang: Lang, case: &CaseDetail) -> impl IntoView + use<> {
    let words = Words::of(lang);
    let mail = mail(lang, case);
    let why = case
        .thread
        .iter()
        .rev()
        .find_map(|entry| entry.text.clone());
    view! {
        <section class="panel case-panel" aria-labelledby="way-out-title">
            <h2 class="panel-title" id="way-out-title">{words.way_out}</h2>
            {why.map(|why| view! {
                <figure class="case-quote">
                    <figcaption class="fact-name">{words.review_reason}</figcaption>
                    <blockquote>{why}</blockquote>
                </figure>
            })}
            <p>{words.way_out_text}</p>
            {ways(lang, &case.support, &mail, true)}
            <p class="case-outside">
                {words.outside}
                " "
                <a href="tel:12315" rel="external">{words.outside_call}</a>
            </p>
            {help_link(
                lang,
                LinkedArticle::Complaints,
                &case.shop.id,
                &case.order.policy_version,
            )}
        </section>
    }
}
