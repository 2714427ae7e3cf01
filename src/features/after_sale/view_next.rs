//! What happens once the request is sent: who answers until when, who sends what on whose account, when the money comes.

use leptos::prelude::*;
use orders_api::{AfterSaleOptions, CasePreview, Consequence};

use crate::words::{Lang, fill};

use super::words::Words;

/// The steps in their order.
pub fn next_view(
    lang: Lang,
    options: &AfterSaleOptions,
    preview: Option<&CasePreview>,
) -> impl IntoView + use<> {
    let words = Words::of(lang);
    let steps = next_steps(lang, options, preview);
    view! {
        <section class="panel ask-part" aria-labelledby="then-title">
            <div class="panel-head">
                <h2 class="panel-title" id="then-title">{words.then}</h2>
            </div>
            <ol class="ask-then">
                {steps.into_iter().map(|step| view! { <li>{step}</li> }).collect_view()}
            </ol>
        </section>
    }
}

/// The steps in words.
pub fn next_steps(
    lang: Lang,
    options: &AfterSaleOptions,
    preview: Option<&CasePreview>,
) -> Vec<String> {
    let words = Words::of(lang);
    let n = |text: &str, n: u32| fill(text, &[("n", &n.to_string())]);
    let mut steps = Vec::new();
    if options.on_its_way {
        steps.push(words.then_refuse.to_owned());
    }
    let answer = match options.silence {
        Consequence::Refund => words.then_answer_refund,
        Consequence::Staff => words.then_answer_staff,
        Consequence::Close => words.then_answer_close,
    };
    steps.push(n(answer, options.merchant_hours));
    if let Some(preview) = preview {
        if preview.send_back {
            let mut send = n(words.then_send, options.return_days);
            if lang == Lang::En {
                send.push(' ');
            }
            send.push_str(if preview.pays_return {
                words.then_pay_shopper
            } else {
                words.then_pay_seller
            });
            steps.push(send);
        }
        steps.push(
            if preview.send_back {
                words.then_received
            } else {
                words.then_refund
            }
            .to_owned(),
        );
        // What is on its way back cannot be withdrawn.
        let change = if preview.send_back {
            words.then_change_unsent
        } else {
            words.then_change
        };
        steps.push(change.to_owned());
    }
    steps
}
