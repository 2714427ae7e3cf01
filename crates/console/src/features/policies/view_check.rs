//! What the draft would have changed for recent orders.

use leptos::prelude::*;
use orders_api::PolicyCheck;
use storefront::format;
use storefront::ui::{FailureView, Load};
use storefront::words::{Lang, fill};

use super::drafting::data::DraftData;
use super::view_draft::is_fit;
use super::words::Words;
use crate::paths;
use crate::words::policy_effect;

/// Of how many days it can be asked.
pub const DAYS: [u32; 3] = [7, 30, 90];

/// The choice of days, and what came of it.
pub fn check_view(lang: Lang, data: DraftData) -> impl IntoView {
    let words = Words::of(lang);
    let check = data.check;
    let fit = Memo::new(move |_| is_fit(data));
    let buttons = DAYS.map(|days| {
        let pressed = move || {
            let shown = check.found.with(Option::is_some) && check.days.get() == days;
            if shown { "true" } else { "false" }
        };
        view! {
            <button
                class="button"
                type="button"
                aria-pressed=pressed
                aria-disabled=move || (!fit.get()).then_some("true")
                aria-describedby="check-about"
                on:click=move |_| {
                    if fit.get_untracked() {
                        check.ask(days);
                    }
                }
            >
                {fill(words.days, &[("n", &days.to_string())])}
            </button>
        }
    });
    let about = move || {
        if fit.get() {
            words.check_about
        } else {
            words.check_first
        }
    };
    let found = move || match check.found.get() {
        None => None,
        Some(Load::Loading) => Some(view! { <p class="waiting">{words.checking}</p> }.into_any()),
        Some(Load::Failed(why)) => {
            let retry = Callback::new(move |()| check.ask(check.days.get_untracked()));
            Some(view! { <FailureView why retry/> }.into_any())
        }
        Some(Load::Ready(found)) => {
            let current = data.writing.with(|writing| writing.from == found.revision);
            Some(found_view(lang, &found, current).into_any())
        }
    };
    view! {
        <section class="panel" aria-labelledby="check">
            <h2 id="check">{words.check}</h2>
            <p class="hint" id="check-about">{about}</p>
            <div class="act-foot">{buttons}</div>
            <div role="status">{found}</div>
        </section>
    }
}

/// What came of it; `current` says whether it is about the draft as it is now.
pub fn found_view(lang: Lang, found: &PolicyCheck, current: bool) -> impl IntoView + use<> {
    let words = Words::of(lang);
    let said = fill(
        words.check_orders,
        &[
            ("n", &*format::grouped(i64::from(found.orders))),
            ("days", &*found.days.to_string()),
            ("affected", &*format::grouped(i64::from(found.affected))),
        ],
    );
    let rows: Vec<_> = found
        .effects
        .iter()
        .map(|effect| {
            let examples: Vec<_> = effect
                .examples
                .iter()
                .map(|order| {
                    let href = paths::order(&order.id);
                    view! { <li><a class="number" href=href>{order.number.clone()}</a></li> }
                })
                .collect();
            view! {
                <tr>
                    <th scope="row">{policy_effect(lang, effect.effect)}</th>
                    <td class="amount number">{format::grouped(i64::from(effect.orders))}</td>
                    <td><ul class="policy-examples">{examples}</ul></td>
                </tr>
            }
        })
        .collect();
    let table = (!rows.is_empty()).then(|| {
        view! {
            <div class="table-frame" tabindex="0" role="region" aria-label=format!("{} · {}", words.check, words.effect)>
                <table class="table">
                    <thead>
                        <tr>
                            <th scope="col">{words.effect}</th>
                            <th scope="col" class="amount">{words.orders}</th>
                            <th scope="col">{words.examples}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        }
    });
    let silent = (!found.not_compared.is_empty()).then(|| {
        let rules = found.not_compared.iter();
        let rules: Vec<_> = rules
            .map(|rule| view! { <li><code>{rule.clone()}</code></li> })
            .collect();
        view! {
            <p>{words.check_silent}</p>
            <ul class="policy-silent">{rules}</ul>
        }
    });
    view! {
        {(!current).then(|| view! { <p class="conflict">{words.check_old}</p> })}
        <p>{said}</p>
        {(!found.complete).then(|| view! { <p class="hint">{words.check_newest}</p> })}
        {(found.affected == 0).then(|| view! { <p class="acts-done">{words.check_same}</p> })}
        {table}
        {silent}
    }
}
