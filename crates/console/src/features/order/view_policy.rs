//! What the policy says of an order.

use leptos::prelude::*;
use orders_api::{AfterSaleWindow, Cancellation, CancellationKind, NotPossibleReason, OrderDetail};
use storefront::format;
use storefront::ui::fact;
use storefront::words::{Lang, codes as shopper, fill};

use super::words::Words;

/// May it be cancelled, until when does it go back, and by which version of the policy.
pub fn policy_view(lang: Lang, order: &OrderDetail) -> impl IntoView + use<> {
    let words = Words::of(lang);
    let version = order.policy_version.clone();
    view! {
        <section class="panel" aria-labelledby="policy">
            <h2 id="policy">{words.policy}</h2>
            <dl class="facts">
                {fact(words.cancelling, view! {
                    <dd class="fact-value">{cancelling(lang, &order.cancellation)}</dd>
                })}
                {fact(words.after_sale, view! {
                    <dd class="fact-value">{after_sale(lang, order.after_sale.as_ref())}</dd>
                })}
                {fact(words.policy_version, view! { <dd class="fact-value number">{version}</dd> })}
            </dl>
        </section>
    }
}

/// Whether the shopper may cancel, in the staff's words.
pub fn cancelling(lang: Lang, cancellation: &Cancellation) -> String {
    let words = Words::of(lang);
    match cancellation.kind {
        CancellationKind::SelfService => match &cancellation.until {
            Some(until) => {
                let time = format::day_time(lang, until);
                fill(words.self_service_until, &[("time", &time)])
            }
            None => words.self_service.to_owned(),
        },
        CancellationKind::ByRequest => words.by_request.to_owned(),
        CancellationKind::Requested => match &cancellation.until {
            Some(until) => {
                let time = format::day_time(lang, until);
                fill(words.requested_until, &[("time", &time)])
            }
            None => words.requested.to_owned(),
        },
        CancellationKind::NotPossible => {
            let code = cancellation.reason.as_deref().unwrap_or_default();
            NotPossibleReason::from_code(code).map_or_else(
                || code.to_owned(),
                |why| shopper::not_possible(lang, why).to_owned(),
            )
        }
        CancellationKind::Cancelled => {
            let reason = cancellation.reason_label.as_deref().unwrap_or_default();
            fill(words.cancelled, &[("reason", reason)])
        }
    }
}

fn after_sale(lang: Lang, window: Option<&AfterSaleWindow>) -> String {
    let words = Words::of(lang);
    let Some(window) = window else {
        return words.after_sale_not_yet.to_owned();
    };
    let last = |until| format::day(lang, &format::last_day(until));
    let any = window.until.as_ref().map(|until| {
        let time = last(until);
        fill(words.after_sale_any, &[("time", &time)])
    });
    let time = last(&window.until_faulty);
    let faulty = fill(words.after_sale_faulty, &[("time", &time)]);
    any.into_iter()
        .chain([faulty])
        .collect::<Vec<_>>()
        .join(" · ")
}

#[cfg(test)]
mod tests {
    use orders_api::Instant;

    use super::*;

    #[test]
    fn a_request_says_until_when_it_is_to_be_decided_where_there_is_such_a_time() {
        let mut asked = Cancellation {
            kind: CancellationKind::Requested,
            until: None,
            reason: None,
            reason_label: None,
            next_steps: Vec::new(),
            by: None,
            at: None,
            note: None,
        };
        assert_eq!(cancelling(Lang::En, &asked), "Asked; staff decide");
        asked.until = Some(Instant("2026-11-23T01:30:00.000Z".to_owned()));
        let told = cancelling(Lang::En, &asked);
        assert_eq!(told, "Asked; staff decide by 23 Nov, 09:30");
    }
}
