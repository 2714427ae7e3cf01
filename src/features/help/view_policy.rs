//! A shop's policy, in force or of an order, in words: who may cancel, when refunds arrive, what holds after receipt, who to ask.

use leptos::prelude::*;
use orders_api::{
    CancelRule, Consequence, PolicyAbuse, PolicyAfterSale, PolicyClock, PolicyDetail, PolicyRule,
};

use crate::features::support::{Mail, support_panel};
use crate::format;
use crate::paths::{self, SupportQuery};
use crate::ui::Notice;
use crate::words::{Lang, codes, fill};

use super::view_list::shops_view;
use super::words::Words;

/// A policy.
pub fn policy_view(lang: Lang, policy: &PolicyDetail) -> AnyView {
    let words = Words::of(lang);
    let title = fill(words.policy_title, &[("shop", &policy.shop.name)]);
    let since = format::full_day(lang, &policy.since);
    let version = [
        ("version", policy.version.as_str()),
        ("since", since.as_str()),
    ];
    let mail = Mail {
        subject: fill(words.mail_subject, &[("title", &title)]),
        body: words.mail_body.to_owned(),
        about: SupportQuery::of_shop(&policy.shop.id),
    };
    view! {
        <p class="help-up"><a href=paths::HELP>{words.title}</a></p>
        <h1 class="page-title">{title.clone()}</h1>
        {shops_view(lang, &policy.shops, &policy.shop, paths::policy)}
        <p class="help-source">{fill(words.policy_version, &version)}</p>
        {(policy.version != policy.in_force).then(|| {
            let now = fill(words.policy_now, &[("version", &policy.in_force)]);
            let href = paths::policy(&policy.shop.id);
            view! {
                <Notice title=words.policy_past>
                    <p><a href=href>{now}</a></p>
                </Notice>
            }
        })}
        {rules_view(lang, policy)}
        {support_panel(lang, &policy.support, &mail)}
    }
    .into_any()
}

/// Its rules, section by section; the console shows them, too.
pub fn rules_view(lang: Lang, policy: &PolicyDetail) -> AnyView {
    let words = Words::of(lang);
    let cancelling = policy
        .cancelling
        .iter()
        .map(|of| fact(codes::state(lang, of.state).to_owned(), rule(lang, of)));
    let exceptions = policy.exceptions.iter().map(|except| {
        let states = except.states.iter().map(|state| codes::state(lang, *state));
        let states = joined(lang, states);
        let goods = fill(
            words.except,
            &[("goods", &except.goods), ("states", &states)],
        );
        fact(goods, outcome(lang, except.outcome).to_owned())
    });
    let cancelling = cancelling.chain(exceptions).collect_view();
    let reasons = policy.reasons.iter().map(|reason| reason.label.clone());
    let reasons = reasons
        .map(|label| view! { <li>{label}</li> })
        .collect_view();
    let refunds = policy
        .refunds
        .iter()
        .map(|of| fact(codes::channel(lang, of.channel).to_owned(), clock(lang, of)));
    view! {
        {section("cancelling", words.policy_cancelling, view! {
            <dl class="facts">{cancelling}</dl>
            <p>{if policy.partial { words.partial_yes } else { words.partial_no }}</p>
        }.into_any())}
        {section("reasons", words.policy_reasons, view! {
            <ul class="help-questions">{reasons}</ul>
        }.into_any())}
        {section("refunds", words.policy_refunds, view! {
            <dl class="facts">{refunds.collect_view()}</dl>
            <p class="help-source">{words.policy_days}</p>
        }.into_any())}
        {policy.after_sale.as_ref().map(|rules| {
            section("after-sale", words.policy_after_sale, after_sale(lang, rules))
        })}
        {policy.abuse.as_ref().map(|rules| {
            section("abuse", words.policy_abuse, abuse(lang, rules))
        })}
    }
    .into_any()
}

fn section(id: &'static str, title: &'static str, body: AnyView) -> AnyView {
    view! {
        <section class="panel help-section" aria-labelledby=id>
            <h2 class="panel-title" id=id>{title}</h2>
            {body}
        </section>
    }
    .into_any()
}

fn fact(name: String, value: String) -> AnyView {
    view! {
        <div>
            <dt class="fact-name">{name}</dt>
            <dd class="fact-value">{value}</dd>
        </div>
    }
    .into_any()
}

fn joined<'a>(lang: Lang, items: impl Iterator<Item = &'a str>) -> String {
    let items: Vec<_> = items.collect();
    items.join(match lang {
        Lang::ZhCn => "、",
        Lang::En => ", ",
    })
}

const fn outcome(lang: Lang, rule: CancelRule) -> &'static str {
    let words = Words::of(lang);
    match rule {
        CancelRule::SelfService => words.at_once,
        CancelRule::ByRequest => words.by_request,
        CancelRule::NotPossible => words.not_possible,
    }
}

fn rule(lang: Lang, rule: &PolicyRule) -> String {
    let name = outcome(lang, rule.outcome);
    match rule.window_minutes {
        Some(minutes) => fill(
            Words::of(lang).window,
            &[("rule", name), ("n", &minutes.to_string())],
        ),
        None => name.to_owned(),
    }
}

fn clock(lang: Lang, clock: &PolicyClock) -> String {
    let words = Words::of(lang);
    if clock.arrives_within == 0 {
        return words.clock_now.to_owned();
    }
    let values = [
        ("start", clock.starts_within.to_string()),
        ("from", clock.arrives_from.to_string()),
        ("within", clock.arrives_within.to_string()),
    ];
    let values = values
        .each_ref()
        .map(|(name, value)| (*name, value.as_str()));
    fill(words.clock, &values)
}

/// What counts, and what comes of it.
fn abuse(lang: Lang, rules: &PolicyAbuse) -> AnyView {
    let words = Words::of(lang);
    let number = |text: &str, n: u32| fill(text, &[("n", &n.to_string())]);
    let ordinary = [
        ("free", &*rules.free.to_string()),
        ("days", &*rules.forget_days.to_string()),
    ];
    let never = joined(lang, rules.never_for.iter().map(String::as_str));
    let facts = [
        Some(fact(
            words.abuse_ordinary.to_owned(),
            fill(words.abuse_ordinary_text, &ordinary),
        )),
        Some(fact(
            words.abuse_counts.to_owned(),
            number(words.abuse_counts_text, rules.grace_minutes),
        )),
        (!never.is_empty()).then(|| fact(words.abuse_never.to_owned(), never)),
        Some(fact(
            number(words.abuse_warned, rules.warned_at),
            words.abuse_warned_text.to_owned(),
        )),
        Some(fact(
            number(words.abuse_warned, rules.limited_at),
            number(words.abuse_limited_text, rules.limit_days),
        )),
    ];
    view! { <dl class="facts">{facts.into_iter().flatten().collect_view()}</dl> }.into_any()
}

fn after_sale(lang: Lang, rules: &PolicyAfterSale) -> AnyView {
    let words = Words::of(lang);
    let number = |text: &str, n: u32| fill(text, &[("n", &n.to_string())]);
    let appeal = [
        ("n", rules.appeal_days.to_string()),
        ("hours", rules.staff_hours.to_string()),
    ];
    let appeal = appeal
        .each_ref()
        .map(|(name, value)| (*name, value.as_str()));
    let silence = match rules.silence {
        Consequence::Refund => words.silence_refund,
        Consequence::Staff | Consequence::Close => words.silence_staff,
    };
    let conditions: Vec<_> = rules
        .conditions
        .iter()
        .map(|option| {
            let name = codes::condition(lang, option.condition);
            let taken = match option.deduction {
                Some(0) => words.condition_none.to_owned(),
                Some(percent) => format!("{percent}%"),
                None => words.condition_not.to_owned(),
            };
            format!("{name} {taken}")
        })
        .collect();
    let facts = [
        rules.days.map(|days| {
            fact(
                words.window_days.to_owned(),
                number(words.window_days_text, days),
            )
        }),
        Some(fact(
            words.fault_days.to_owned(),
            number(words.window_days_text, rules.fault_days),
        )),
        Some(fact(
            words.merchant.to_owned(),
            number(words.merchant_text, rules.merchant_hours),
        )),
        Some(fact(words.silence.to_owned(), silence.to_owned())),
        Some(fact(
            words.send_back.to_owned(),
            number(words.send_back_text, rules.return_days),
        )),
        Some(fact(
            words.appeal.to_owned(),
            fill(words.appeal_text, &appeal),
        )),
        Some(fact(
            words.condition.to_owned(),
            joined(lang, conditions.iter().map(String::as_str)),
        )),
        Some(fact(
            words.case_reasons.to_owned(),
            joined(
                lang,
                rules.reasons.iter().map(|reason| reason.label.as_str()),
            ),
        )),
    ];
    view! { <dl class="facts">{facts.into_iter().flatten().collect_view()}</dl> }.into_any()
}
