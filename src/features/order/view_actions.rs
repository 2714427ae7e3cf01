//! What may be done with the order now, exactly as the server offers it.

use leptos::prelude::*;
use orders_api::{Action, OrderDetail, Topic};

use crate::features::cancel::some_stays;
use crate::features::support::person_below;
use crate::format;
use crate::paths::{self, SupportQuery};
use crate::ui::{Button, FormKey, Icon};
use crate::words::{Lang, fill};

use super::words::Words;

/// Withdrawing the request: how far it is.
#[derive(Clone, Copy)]
pub struct Withdraw {
    /// The server is being asked.
    pub busy: Signal<bool>,
    /// Why it did not work.
    pub error: Signal<Option<String>>,
    /// Do it.
    pub press: Callback<()>,
}

/// A link that leads to a page of the web, and nothing else: it comes from outside.
fn web_link(url: &str) -> Option<String> {
    (url.starts_with("https://") || url.starts_with("http://")).then(|| url.to_owned())
}

/// The bar of actions; sticks to the bottom of a phone's screen.
pub fn actions_view(
    lang: Lang,
    order: &OrderDetail,
    withdraw: Withdraw,
    before_cancel: Callback<()>,
    key: StoredValue<Option<String>>,
) -> impl IntoView + use<> {
    let words = Words::of(lang);
    let only = order
        .actions
        .iter()
        .all(|action| *action == Action::ContactSupport);
    let button = |action: &Action| match action {
        Action::ContactSupport => Some(
            view! {
                <a
                    class="button"
                    data-kind=only.then_some("primary")
                    rel="external"
                    href="#support"
                    data-host="support_chat"
                >
                    {words.contact}
                </a>
            }
            .into_any(),
        ),
        Action::Cancel | Action::RequestCancellation => {
            let label = match (action, some_stays(order)) {
                (Action::Cancel, false) => words.cancel,
                (Action::Cancel, true) => words.cancel_some,
                (_, false) => words.request_cancel,
                (_, true) => words.request_cancel_some,
            };
            Some(
                view! {
                    <a
                        class="button"
                        id="cancel-open"
                        href=paths::cancel(&order.id)
                        data-noscroll=""
                        on:pointerdown=move |_| before_cancel.run(())
                    >
                        {label}
                    </a>
                }
                .into_any(),
            )
        }
        Action::WithdrawRequest => Some(
            view! {
                <form
                    method="post"
                    action=paths::withdraw(&order.id)
                    on:submit=move |event| {
                        event.prevent_default();
                        withdraw.press.run(());
                    }
                >
                    <FormKey key=key.get_value()/>
                    <Button submit=true busy=withdraw.busy>{words.withdraw}</Button>
                </form>
            }
            .into_any(),
        ),
        Action::Pay => {
            let url = order.pay_url.as_deref().and_then(web_link)?;
            let total = format::money(&order.total);
            Some(
                view! {
                    <a class="button" data-kind="primary" rel="external" href=url data-host="payment">
                        {fill(words.pay, &[("total", &total)])}
                    </a>
                }
                .into_any(),
            )
        }
        Action::AskAfterSale => Some(
            view! {
                <a class="button" href=paths::after_sale(&order.id)>{words.ask_after_sale}</a>
            }
            .into_any(),
        ),
        // Its form stands in the page.
        Action::CorrectAddress => None,
    };
    let about = SupportQuery::of_order(&order.id, Topic::Cancellation);
    // The most urgent last: under the thumb on a phone.
    let buttons: Vec<_> = order.actions.iter().rev().filter_map(button).collect();
    view! {
        <div class="action-bar" role="group" aria-label=words.can_do>
            {move || withdraw.error.get().map(|text| view! {
                <div class="action-bar-note" role="alert">
                    <Icon name="warning"/>
                    {text}
                    {person_below(lang, &about)}
                </div>
            })}
            {buttons}
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::web_link;

    #[test]
    fn the_way_to_pay_leads_to_the_web_only() {
        assert_eq!(
            web_link("https://pay.example/1").as_deref(),
            Some("https://pay.example/1")
        );
        assert_eq!(web_link("javascript:alert(1)"), None);
        assert_eq!(web_link("//pay.example"), None);
    }
}
