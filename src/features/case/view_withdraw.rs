//! What else may be done: add something, or withdraw the case, which is asked about once more.

use leptos::prelude::*;
use orders_api::{CaseAction, CaseDetail};

use crate::browser;
use crate::paths;
use crate::ui::{Button, ButtonKind, Confirm, FormKey};
use crate::words::Lang;

use super::moves::Move;
use super::views::{CaseParts, error_view};
use super::words::Words;

/// The links and buttons below the card.
pub fn actions_view(lang: Lang, case: Signal<CaseDetail>, parts: CaseParts) -> impl IntoView {
    let words = Words::of(lang);
    let may = Memo::new(move |_| {
        case.with(|case| {
            let may = |action| case.actions.contains(&action);
            let (say, withdraw) = (may(CaseAction::Say), may(CaseAction::Withdraw));
            (say || withdraw).then(|| (case.id.clone(), say, withdraw))
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
fn withdraw_view(lang: Lang, id: &str, parts: CaseParts) -> AnyView {
    let words = Words::of(lang);
    if !browser::ON_SERVER {
        let ask = Callback::new(move |()| parts.asks.set(true));
        return view! { <Button press=ask>{words.withdraw}</Button> }.into_any();
    }
    view! {
        <details class="case-withdraw" open=move || parts.error.with(is_withdrawal)>
            <summary class="button">{words.withdraw}</summary>
            <div class="panel case-panel">
                <p>{words.withdraw_text}</p>
                {error_view(parts, &[Move::Withdraw])}
                <form method="post" action=paths::case_withdrawal(id)>
                    <FormKey key=parts.key.get_value()/>
                    <Button kind=ButtonKind::Danger submit=true>{words.withdraw_confirm}</Button>
                </form>
            </div>
        </details>
    }
    .into_any()
}

fn is_withdrawal(error: &Option<(Move, String)>) -> bool {
    error
        .as_ref()
        .is_some_and(|(step, _)| *step == Move::Withdraw)
}

/// Asks whether to withdraw it, while it is open.
#[component]
pub fn WithdrawDialog(
    /// The language.
    lang: Lang,
    /// What the page shows and reports.
    parts: CaseParts,
) -> impl IntoView {
    let words = Words::of(lang);
    let error = move || {
        let error = parts.error.get();
        error.filter(|(step, _)| *step == Move::Withdraw)
    };
    view! {
        <Confirm
            asks=parts.asks
            title=words.withdraw_title
            text=words.withdraw_text
            keep=words.withdraw_keep
            confirm=words.withdraw_confirm
            class="case-withdraw-dialog"
            busy=parts.withdrawing
            error=Signal::derive(move || error().map(|(_, text)| text))
            press=move |()| parts.make.run(Move::Withdraw)
        />
    }
}
