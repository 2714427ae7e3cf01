//! What a shopper can do when an order cannot be cancelled: a person first, then the rest as the shop ranks it.

use leptos::prelude::*;
use orders_api::{NextStep, OrderDetail, OrderState, Refund, RefundState};

use crate::features::support::links;
use crate::paths;
use crate::ui::Icon;
use crate::words::Lang;

use super::contact::mail;
use super::words::Words;

/// Symbol, title and text of a step.
const fn step_words(
    words: &'static Words,
    step: NextStep,
    state: OrderState,
) -> (&'static str, &'static str, &'static str) {
    match step {
        NextStep::ContactSupport => {
            let text = match state {
                OrderState::Packing => words.support_packing,
                _ => words.support_text,
            };
            ("phone", words.support_title, text)
        }
        NextStep::LetItClose => ("clock", words.let_it_close_title, words.let_it_close_text),
        NextStep::RefuseParcel => ("box", words.refuse_title, words.refuse_text),
        NextStep::RequestReturn => ("refund", words.return_title, words.return_text),
        NextStep::ReportDefect => ("warning", words.defect_title, words.defect_text),
        NextStep::AwaitDecision => ("clock", words.await_title, words.await_text),
        NextStep::FollowRefund => ("wallet", words.follow_title, words.follow_text),
    }
}

/// The steps as a list. The first way out is always a person (S0).
pub fn next_steps(lang: Lang, order: &OrderDetail, steps: &[NextStep]) -> impl IntoView + use<> {
    let words = Words::of(lang);
    let state = order.state;
    let mail = mail(lang, order);
    // The first that is still under way; its page leads to the others.
    let under_way = |refund: &&Refund| refund.state != RefundState::Arrived;
    let to_follow = order.refunds.iter().find(under_way);
    let to_follow = to_follow.or(order.refunds.first());
    let to_follow = to_follow.map(|refund| refund.id.clone());
    let others = steps
        .iter()
        .copied()
        .filter(|step| *step != NextStep::ContactSupport);
    let items = std::iter::once(NextStep::ContactSupport)
        .chain(others)
        .map(|step| {
            let (icon, title, text) = step_words(words, step, state);
            let ways = (step == NextStep::ContactSupport).then(|| {
                view! { " " {links(lang, &order.support, &mail)} }
            });
            let title = match to_follow
                .as_ref()
                .filter(|_| step == NextStep::FollowRefund)
            {
                Some(refund) => view! { <a href=paths::refund(refund)>{title}</a> }.into_any(),
                None => title.into_any(),
            };
            view! {
                <li class="next-step">
                    <Icon name=icon/>
                    <div>
                        <p class="next-step-title">{title}</p>
                        <p class="next-step-text">{text}{ways}</p>
                    </div>
                </li>
            }
        })
        .collect_view();
    view! { <ul class="next-steps">{items}</ul> }
}
