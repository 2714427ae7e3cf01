//! Beside the form: what follows once the complaint is sent, and the e-mail for who would rather write.

use leptos::prelude::*;
use orders_api::{ComplaintConsequence, ComplaintOptions, LinkedArticle, Topic};

use super::words::Words;
use crate::features::support::{Mail, help_link};
use crate::format;
use crate::paths::SupportQuery;
use crate::ui::fact;
use crate::words::{Lang, count, fill};

/// What follows, with dates, and what happens by itself when one is missed.
pub fn dates_view(lang: Lang, options: &ComplaintOptions) -> impl IntoView + use<> {
    let words = Words::of(lang);
    let by = |until| fill(words.date_by, &[("until", &format::day_time(lang, until))]);
    let days = count(
        words.date_days_one,
        words.date_days,
        options.answer_days.into(),
    );
    let silence = match options.silence {
        ComplaintConsequence::Grant => words.date_silence_grant,
        ComplaintConsequence::Outside
        | ComplaintConsequence::Escalate
        | ComplaintConsequence::Close => words.date_silence_outside,
    };
    let text = |text: String| view! { <dd class="fact-value">{text}</dd> };
    view! {
        <section class="panel" aria-labelledby="dates-title">
            <div class="panel-head">
                <h2 class="panel-title" id="dates-title">{words.dates}</h2>
            </div>
            <dl class="facts">
                {fact(words.date_taken, text(by(&options.confirm_by)))}
                {fact(words.date_proposed, text(by(&options.propose_by)))}
                {fact(words.date_answer, text(days))}
            </dl>
            <p class="contact-more">{silence}</p>
            {help_link(
                lang,
                LinkedArticle::Complaints,
                &options.shop.id,
                &options.order.policy_version,
            )}
        </section>
    }
}

/// The e-mail about the order, for who would rather write.
pub fn mail(lang: Lang, options: &ComplaintOptions) -> Mail {
    let words = Words::of(lang);
    Mail {
        subject: fill(
            words.form_mail_subject,
            &[("number", options.order.number.as_str())],
        ),
        body: fill(
            words.form_mail_body,
            &[
                ("number", options.order.number.as_str()),
                ("shop", &options.shop.name),
            ],
        ),
        about: SupportQuery::of_order(&options.order.id, Topic::Other),
    }
}
