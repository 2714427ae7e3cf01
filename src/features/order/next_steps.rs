//! What a shopper can do when an order cannot be cancelled: a person first, then the rest as the shop ranks it.

use leptos::prelude::*;
use orders_api::{Action, NextStep, OrderDetail, OrderState, Refund, RefundState, Topic};

use crate::features::support::links;
use crate::paths;
use crate::ui::Icon;
use crate::words::Lang;

use super::contact::mail_about;
use super::words::Words;

/// Whether a step is taken by asking for money back after receipt.
const fn is_after_sale(step: NextStep) -> bool {
    match step {
        NextStep::RefuseParcel | NextStep::RequestReturn | NextStep::ReportDefect => true,
        NextStep::ContactSupport
        | NextStep::LetItClose
        | NextStep::AwaitDecision
        | NextStep::FollowRefund => false,
    }
}

/// Symbol, title and text of a step. `asks_here`: money back is asked for in these pages.
const fn step_words(
    words: &'static Words,
    step: NextStep,
    state: OrderState,
    asks_here: bool,
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
        NextStep::RefuseParcel => {
            let text = if asks_here {
                words.refuse_here
            } else {
                words.refuse_text
            };
            ("box", words.refuse_title, text)
        }
        NextStep::RequestReturn => {
            let text = if asks_here {
                words.return_here
            } else {
                words.return_text
            };
            ("refund", words.return_title, text)
        }
        NextStep::ReportDefect => {
            let text = if asks_here {
                words.defect_here
            } else {
                words.defect_text
            };
            ("warning", words.defect_title, text)
        }
        NextStep::AwaitDecision => ("clock", words.await_title, words.await_text),
        NextStep::FollowRefund => ("wallet", words.follow_title, words.follow_text),
    }
}

/// The steps as a list. The first way out is always a person (S0).
pub fn next_steps(lang: Lang, order: &OrderDetail, steps: &[NextStep]) -> impl IntoView + use<> {
    let words = Words::of(lang);
    let state = order.state;
    let id = order.id.clone();
    let asks_here = order.actions.contains(&Action::AskAfterSale);
    let mail = mail_about(lang, order, Topic::Cancellation);
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
            let (icon, title, text) = step_words(words, step, state, asks_here);
            let ways = (step == NextStep::ContactSupport).then(|| {
                view! { " " {links(lang, &order.support, &mail)} }
            });
            let leads_to = if step == NextStep::FollowRefund {
                to_follow.as_deref().map(paths::refund)
            } else {
                (asks_here && is_after_sale(step)).then(|| paths::after_sale(&id))
            };
            let title = match leads_to {
                Some(page) => view! { <a href=page>{title}</a> }.into_any(),
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
