//! A shop's policy, in force or of an order, in words: who may cancel, when refunds arrive, what holds after receipt, who to ask.

use leptos::prelude::*;
use orders_api::{
    CancelRule, CaseKind, CaseReason, Consequence, LinkedArticle, NextStep, PolicyAbuse,
    PolicyAfterSale, PolicyClock, PolicyComplaints, PolicyDetail, PolicyRule, PolicySection,
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
            let differs = differs(lang, &policy.differs);
            view! {
                <Notice title=words.policy_past>
                    <p>{differs}</p>
                    <p><a href=href>{now}</a></p>
                </Notice>
            }
        })}
        {rules_view(lang, policy)}
        {versions_view(lang, policy)}
        {support_panel(lang, &policy.support, &mail)}
    }
    .into_any()
}

/// In what it differs from the version in force.
fn differs(lang: Lang, sections: &[PolicySection]) -> String {
    let words = Words::of(lang);
    if sections.is_empty() {
        return words.differs_not.to_owned();
    }
    let names = sections.iter().map(|section| match section {
        PolicySection::Cancelling => words.policy_cancelling,
        PolicySection::Reasons => words.policy_reasons,
        PolicySection::Refunds => words.policy_refunds,
        PolicySection::AfterSale => words.policy_after_sale,
        PolicySection::Abuse => words.policy_abuse,
    });
    let names = joined(lang, names);
    fill(words.differs, &[("sections", &names)])
}

/// All versions so far, where there are several: which holds for an order, its page says.
fn versions_view(lang: Lang, policy: &PolicyDetail) -> Option<AnyView> {
    let words = Words::of(lang);
    if policy.versions.len() < 2 {
        return None;
    }
    let shop = &policy.shop.id;
    let versions = policy.versions.iter().map(|one| {
        let since = format::full_day(lang, &one.since);
        let text = if one.version == policy.in_force {
            words.version_in_force
        } else {
            words.policy_version
        };
        let text = fill(text, &[("version", &one.version), ("since", &since)]);
        let here = (one.version == policy.version).then_some("page");
        let href = paths::policy_version(shop, &one.version);
        view! { <li><a href=href aria-current=here>{text}</a></li> }
    });
    let versions = versions.collect_view();
    let article = paths::article(LinkedArticle::PolicyChanges.code(), shop);
    let body = view! {
        <p>{words.versions_text}</p>
        <ul class="help-links">{versions}</ul>
        <p class="help-source"><a href=article>{words.versions_more}</a></p>
    };
    Some(section("versions", words.versions, body.into_any()))
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
    let hours = |name: &str, hours: Option<u32>| {
        let hours = hours?.to_string();
        Some(fact(
            name.to_owned(),
            fill(words.decided_text, &[("n", &hours)]),
        ))
    };
    let decided = [
        hours(words.decided_request, policy.hours.request),
        hours(words.decided_confirm, policy.hours.confirm),
    ];
    let cancelling = cancelling.chain(exceptions);
    let cancelling = cancelling.chain(decided.into_iter().flatten());
    let cancelling = cancelling.collect_view();
    let reasons = policy.reasons.iter().map(|reason| reason.label.clone());
    let reasons = reasons
        .map(|label| view! { <li>{label}</li> })
        .collect_view();
    let refunds = policy
        .refunds
        .iter()
        .map(|of| fact(codes::channel(lang, of.channel).to_owned(), clock(lang, of)));
    let refunds = refunds.chain(hours(words.decided_way, policy.hours.way));
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
        {policy.complaints.as_ref().map(|rules| {
            section("complaints", words.policy_complaints, complaints(lang, rules))
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
    let words = Words::of(lang);
    let name = outcome(lang, rule.outcome);
    match rule.window_minutes {
        _ if rule.outcome == CancelRule::NotPossible && !rule.next_steps.is_empty() => {
            let steps = rule.next_steps.iter();
            let steps = joined(lang, steps.map(|step| next_step(lang, *step)));
            fill(words.instead, &[("rule", name), ("steps", &steps)])
        }
        Some(minutes) => fill(words.window, &[("rule", name), ("n", &minutes.to_string())]),
        None => name.to_owned(),
    }
}

/// What one can do instead, in a list of such things.
const fn next_step(lang: Lang, step: NextStep) -> &'static str {
    let words = Words::of(lang);
    match step {
        NextStep::ContactSupport => words.step_support,
        NextStep::LetItClose => words.step_close,
        NextStep::RefuseParcel => words.step_refuse,
        NextStep::RequestReturn => words.step_return,
        NextStep::ReportDefect => words.step_defect,
        NextStep::AwaitDecision => words.step_await,
        NextStep::FollowRefund => words.step_follow,
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
            words.abuse_counts.to_owned(),
            number(words.abuse_counts_text, rules.grace_minutes),
        )),
        Some(fact(
            words.abuse_ordinary.to_owned(),
            fill(words.abuse_ordinary_text, &ordinary),
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
    ];
    let facts = reasons(lang, rules)
        .into_iter()
        .chain(facts.into_iter().flatten());
    view! { <dl class="facts">{facts.collect_view()}</dl> }.into_any()
}

/// Which reason brings what: whose fault it is, what it needs, and whether the goods go back.
fn reasons(lang: Lang, rules: &PolicyAfterSale) -> Vec<AnyView> {
    let words = Words::of(lang);
    let row = |name: &str, which: &dyn Fn(&CaseReason) -> bool, text: &str| {
        let labels = rules.reasons.iter().filter(|reason| which(reason));
        let labels = joined(lang, labels.map(|reason| reason.label.as_str()));
        let n = rules.evidence_at_once.to_string();
        let with = [("reasons", labels.as_str()), ("n", n.as_str())];
        (!labels.is_empty()).then(|| fact(name.to_owned(), fill(text, &with)))
    };
    let kind = |reason: &CaseReason, kind: CaseKind| reason.kinds.contains(&kind);
    let rows = [
        row(
            words.reasons_fault,
            &|reason| reason.seller_fault,
            words.reasons_fault_text,
        ),
        row(
            words.reasons_other,
            &|reason| !reason.seller_fault,
            words.reasons_text,
        ),
        row(
            words.reasons_evidence,
            &|reason| reason.evidence,
            words.reasons_evidence_text,
        ),
        row(
            words.reasons_refund,
            &|reason| kind(reason, CaseKind::RefundOnly),
            words.reasons_text,
        ),
        row(
            words.reasons_return,
            &|reason| kind(reason, CaseKind::ReturnAndRefund),
            words.reasons_text,
        ),
    ];
    rows.into_iter().flatten().collect()
}

/// The dates of a complaint, and where else to turn.
fn complaints(lang: Lang, rules: &PolicyComplaints) -> AnyView {
    let words = Words::of(lang);
    let number = |name: &str, text: &str, n: u32| {
        fact(name.to_owned(), fill(text, &[("n", &n.to_string())]))
    };
    let silence = if rules.silence_grants {
        words.complaint_grants
    } else {
        words.complaint_outside
    };
    let outside = [
        ("name", rules.outside.name.as_str()),
        ("phone", rules.outside.phone.as_str()),
        ("when", rules.outside.when.as_str()),
    ];
    let facts = [
        number(
            words.complaint_until,
            words.complaint_until_text,
            rules.days,
        ),
        number(
            words.complaint_taken,
            words.complaint_taken_text,
            rules.confirm_hours,
        ),
        number(
            words.complaint_proposed,
            words.complaint_proposed_text,
            rules.propose_days,
        ),
        number(
            words.complaint_answer,
            words.complaint_answer_text,
            rules.answer_days,
        ),
        number(
            words.complaint_supervisor,
            words.complaint_supervisor_text,
            rules.supervisor_days,
        ),
        fact(words.complaint_silence.to_owned(), silence.to_owned()),
        number(
            words.complaint_evidence,
            words.complaint_evidence_text,
            rules.evidence_at_once,
        ),
        fact(words.outside.to_owned(), fill(words.outside_text, &outside)),
    ];
    view! {
        <dl class="facts">{facts.into_iter().collect_view()}</dl>
        <p class="help-source">{words.complaint_today}</p>
    }
    .into_any()
}
