//! Saying something in the complaint, with evidence or without; and what else may be done with it.

use leptos::prelude::*;
use orders_api::{ComplaintAction, ComplaintDetail};

use crate::browser;
use crate::features::case::{evidence_view, words_view};
use crate::paths;
use crate::ui::{Button, ButtonKind, FormKey};
use crate::words::Lang;

use super::moves::Move;
use super::views::{ComplaintParts, error_view};
use super::words::Words;

/// The links and buttons below the card.
pub fn actions_view(
    lang: Lang,
    complaint: Signal<ComplaintDetail>,
    parts: ComplaintParts,
) -> impl IntoView {
    let words = Words::of(lang);
    let may = Memo::new(move |_| {
        complaint.with(|complaint| {
            let may = |action| complaint.actions.contains(&action);
            let (say, withdraw) = (may(ComplaintAction::Say), may(ComplaintAction::Withdraw));
            (say || withdraw).then(|| (complaint.id.clone(), say, withdraw))
        })
    });
    move || {
        may.get().map(|(id, say, withdraw)| {
            view! {
                <div class="case-actions" role="group" aria-label=words.can_do>
                    {say.then(|| view! {
                        <a class="button" rel="external" href="#say">{words.go_say}</a>
                    })}
                    {withdraw.then(|| withdraw_view(lang, &id, parts))}
                </div>
            }
        })
    }
}

/// The app asks in a dialog; the server's page in place.
fn withdraw_view(lang: Lang, id: &str, parts: ComplaintParts) -> AnyView {
    let words = Words::of(lang);
    if !browser::ON_SERVER {
        let ask = Callback::new(move |()| parts.press.run(Move::Withdraw));
        return view! { <Button press=ask>{words.withdraw}</Button> }.into_any();
    }
    let open = move || {
        parts.error.with(|error| {
            error
                .as_ref()
                .is_some_and(|(step, _)| *step == Move::Withdraw)
        })
    };
    view! {
        <details class="case-withdraw" open=open>
            <summary class="button">{words.withdraw}</summary>
            <div class="panel case-panel">
                <p>{words.withdraw_text}</p>
                {error_view(parts, Move::Withdraw)}
                <form method="post" action=paths::complaint_withdrawal(id)>
                    <FormKey key=parts.key.get_value()/>
                    <Button kind=ButtonKind::Danger submit=true>{words.withdraw_confirm}</Button>
                </form>
            </div>
        </details>
    }
    .into_any()
}

/// The form, where the shopper may say something. News leaves it alone.
pub fn say_view(
    lang: Lang,
    complaint: Signal<ComplaintDetail>,
    parts: ComplaintParts,
) -> impl IntoView {
    let may = Memo::new(move |_| {
        complaint.with(|complaint| {
            let may = complaint.actions.contains(&ComplaintAction::Say);
            may.then(|| complaint.id.clone())
        })
    });
    move || may.get().map(|id| form_view(lang, &id, parts))
}

fn form_view(lang: Lang, id: &str, parts: ComplaintParts) -> impl IntoView + use<> {
    let words = Words::of(lang);
    let form = parts.say;
    view! {
        <section class="panel case-panel" id="say" aria-labelledby="say-title" tabindex="-1">
            <h2 class="panel-title" id="say-title">{words.say_title}</h2>
            {error_view(parts, Move::Say)}
            <form
                class="case-form"
                method="post"
                action=paths::complaint_messages(id)
                novalidate
                on:submit=move |event| {
                    event.prevent_default();
                    parts.press.run(Move::Say);
                }
            >
                <FormKey key=parts.key.get_value()/>
                {words_view(lang, form, "say-text", words.say_label)}
                {evidence_view(lang, form, parts.say_picker, "say-evidence")}
                <p class="field-hint" data-wide="">{words.say_hint}</p>
                <div data-wide="">
                    <Button submit=true busy=form.busy>{words.say_send}</Button>
                </div>
            </form>
        </section>
    }
}
