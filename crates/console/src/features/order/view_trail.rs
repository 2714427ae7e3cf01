//! What happened with an order: what its shopper sees, what staff decided, and the trail that nobody can change unseen.

use leptos::prelude::*;
use orders_api::{AuditTrail, StaffDecision, TimelineEntry};
use storefront::format;
use storefront::ui::Tone;
use storefront::words::{Lang, codes as shopper, fill};

use super::words::Words;
use crate::words::{actor, done, door};

/// What happened, newest first, as the shopper sees it.
pub fn timeline_view(lang: Lang, entries: &[TimelineEntry]) -> impl IntoView + use<> {
    let words = Words::of(lang);
    let entries = entries.iter();
    let entries: Vec<_> = entries
        .map(|entry| {
            view! {
                <li class="timeline-item">
                    <p class="timeline-what">{shopper::event(lang, entry.what)}</p>
                    {entry.detail.clone().map(|detail| view! { <p>{detail}</p> })}
                    <p class="timeline-time">
                        {format::moment(lang, &entry.at)} " · " {actor(lang, entry.by)}
                    </p>
                </li>
            }
        })
        .collect();
    view! {
        <section class="panel" aria-labelledby="timeline">
            <h2 id="timeline">{words.timeline}</h2>
            <ol>{entries}</ol>
        </section>
    }
}

/// Who of the staff did what.
pub fn decisions_view(lang: Lang, decisions: &[StaffDecision]) -> impl IntoView + use<> {
    let words = Words::of(lang);
    let rows = decisions.iter();
    let rows: Vec<_> = rows
        .map(|decision| {
            view! {
                <li class="money-row">
                    <span class="number">{format::moment(lang, &decision.at)}</span>
                    <span class="money-what">{decision.staff.clone()}</span>
                    <span>{all_done(lang, &decision.what)}</span>
                </li>
            }
        })
        .collect();
    let none = rows.is_empty();
    view! {
        <section class="panel" aria-labelledby="decisions">
            <h2 id="decisions">{words.decisions}</h2>
            {none.then(|| view! { <p class="hint">{words.decisions_none}</p> })}
            <ul class="money">{rows}</ul>
        </section>
    }
}

fn all_done(lang: Lang, codes: &[String]) -> String {
    let names: Vec<&str> = codes.iter().map(|code| done(lang, code)).collect();
    names.join(" · ")
}

/// The trail, folded, and whether it is whole.
pub fn audit_view(lang: Lang, trail: &AuditTrail) -> impl IntoView + use<> {
    let words = Words::of(lang);
    let (tone, mark) = match trail.broken_at {
        None if trail.whole => (Tone::Accent, words.audit_whole.to_owned()),
        at => {
            let n = at.map(|at| at.to_string()).unwrap_or_default();
            (Tone::Danger, fill(words.audit_broken, &[("n", &n)]))
        }
    };
    let rows = trail.items.iter();
    let rows: Vec<_> = rows
        .map(|row| {
            view! {
                <tr>
                    <td class="number">{row.seq}</td>
                    <td class="number">{format::moment(lang, &row.at)}</td>
                    <td>{door(lang, &row.by).to_owned()}</td>
                    <td>{row.staff.clone()}</td>
                    <td>{all_done(lang, &row.what)}</td>
                    <td class="number">{row.before} " → " {row.version}</td>
                </tr>
            }
        })
        .collect();
    view! {
        <section class="panel" aria-labelledby="audit">
            <h2 class="panel-title" id="audit">
                {words.audit} " " <span class="badge" data-tone=tone.name()>{mark}</span>
            </h2>
            <div class="table-frame" role="group" aria-labelledby="audit" tabindex="0">
                <table class="table">
                    <thead>
                        <tr>
                            <th scope="col">"#"</th>
                            <th scope="col">{words.when}</th>
                            <th scope="col">{words.door}</th>
                            <th scope="col">{words.who}</th>
                            <th scope="col">{words.what}</th>
                            <th scope="col">{words.versions}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    }
}
