//! An order's after-sale cases, with everything that was said and sent.

use leptos::prelude::*;
use orders_api::{
    CaseEntryForShop, CaseForShop, CaseState, Evidence, EvidenceKind, Permission,
    staff_evidence_file,
};
use storefront::ui::{Tone, fact};
use storefront::words::{Lang, codes as shopper, fill};
use storefront::{browser, format, tones};

use super::acts::{Viewer, said_no};
use super::view_drafts::drafts_view;
use super::words::Words;
use crate::words::{actor, case_act, case_state, consequence, turn};

/// All of them.
pub fn cases_view(lang: Lang, cases: &[CaseForShop], viewer: &Viewer) -> impl IntoView + use<> {
    let cases: Vec<_> = cases
        .iter()
        .map(|case| case_view(lang, case, viewer))
        .collect();
    view! { {cases} }
}

/// One of them.
pub fn case_view(lang: Lang, case: &CaseForShop, viewer: &Viewer) -> impl IntoView + use<> {
    let words = Words::of(lang);
    let listed = &case.case;
    let id = format!("case-{}", listed.case);
    let amount = format::money(&listed.amount);
    let kind = shopper::case_kind(lang, listed.kind);
    let title = fill(words.case_title, &[("kind", kind), ("amount", &amount)]);
    let until = listed.until.as_ref().map(|until| {
        let now = browser::now_s();
        let over = format::epoch_seconds(until).is_some_and(|seconds| seconds < now);
        let time = format::day_time(lang, until);
        let then = listed.then.map(|then| consequence(lang, then));
        view! {
            <p class="due" data-tone=if over { Tone::Danger.name() } else { Tone::Neutral.name() }>
                {turn(lang, listed.turn)} " · "
                {fill(words.until, &[("time", &time)])}
                {over.then(|| format!(" · {}", words.overdue))}
                {then.map(|then| format!(" · {then}"))}
            </p>
        }
    });
    let lines = case.lines.iter();
    let lines: Vec<_> = lines
        .map(|line| view! { <li>{line.title.clone()} " × " {line.quantity}</li> })
        .collect();
    let condition = case.condition.map(|condition| {
        let name = shopper::condition(lang, condition);
        fact(
            words.goods_condition,
            view! { <dd class="fact-value">{name}</dd> },
        )
    });
    let settlement = &case.settlement;
    let deduction = (settlement.deduction.amount != 0).then(|| {
        let money = format::money(&settlement.deduction);
        fact(
            words.deduction,
            view! { <dd class="fact-value">{money}</dd> },
        )
    });
    let freight = (settlement.freight.amount != 0).then(|| {
        let money = format::money(&settlement.freight);
        fact(
            words.freight_back,
            view! { <dd class="fact-value">{money}</dd> },
        )
    });
    let parcel = case.parcel.as_ref().map(|parcel| {
        let text = format!("{} {}", parcel.courier, parcel.tracking_number);
        fact(
            words.parcel_back,
            view! { <dd class="fact-value">{text}</dd> },
        )
    });
    // Why there is nothing to decide, where somebody might look for it.
    let appealed = listed.state == CaseState::Appealed;
    let why_not = if appealed && !viewer.permissions.contains(&Permission::DecideAppeal) {
        Some(words.appeal_supervisor)
    } else if appealed && said_no(case, viewer) {
        Some(words.appeal_other)
    } else {
        None
    };
    let thread: Vec<_> = case.thread.iter().map(|one| entry(lang, one)).collect();
    view! {
        <section class="panel" aria-labelledby=id.clone()>
            <h2 class="panel-title" id=id.clone()>
                {words.cases} " · " {title} " "
                <span class="badge" data-tone=tones::of_case(listed.state).name()>
                    {case_state(lang, listed.state)}
                </span>
            </h2>
            {until}
            {why_not.map(|why| view! { <p class="quote">{why}</p> })}
            <ul>{lines}</ul>
            <dl class="facts facts-row">{condition}{deduction}{freight}{parcel}</dl>
            {drafts_view(lang, &case.drafts)}
            <h3>{words.thread}</h3>
            <ol class="thread">{thread}</ol>
        </section>
    }
}

fn entry(lang: Lang, entry: &CaseEntryForShop) -> impl IntoView + use<> {
    let who = match &entry.staff {
        Some(staff) => format!("{} {staff}", actor(lang, entry.by)),
        None => actor(lang, entry.by).to_owned(),
    };
    view! {
        <li class="thread-item">
            <p class="thread-who">
                <strong>{who}</strong> " " {case_act(lang, entry.what)} " · "
                <span class="number">{format::moment(lang, &entry.at)}</span>
            </p>
            {entry.text.clone().map(|text| view! { <p class="quote">{text}</p> })}
            {files_view(lang, &entry.evidence)}
        </li>
    }
}

/// Photos and videos; nothing where there are none.
pub fn files_view(lang: Lang, evidence: &[Evidence]) -> impl IntoView + use<> {
    let words = Words::of(lang);
    let files = evidence.iter().enumerate();
    let files: Vec<_> = files
        .map(|(at, file)| {
            let href = staff_evidence_file(&file.id);
            let n = (at + 1).to_string();
            match file.kind {
                EvidenceKind::Photo => {
                    let name = fill(words.photo, &[("n", &n)]);
                    let source = href.clone();
                    view! {
                        <a class="evidence-link" href=href target="_blank" rel="noopener">
                            <img class="evidence-photo" src=source alt=name width="96" height="96" loading="lazy"/>
                        </a>
                    }
                    .into_any()
                }
                EvidenceKind::Video => {
                    let name = fill(words.video, &[("n", &n)]);
                    view! { <a href=href target="_blank" rel="noopener">{name}</a> }.into_any()
                }
            }
        })
        .collect();
    (!files.is_empty()).then(|| view! { <p class="evidence-row">{files}</p> })
}
