//! The policies of the shops, and one version of one of them.

use leptos::prelude::*;
use orders_api::{PolicyVersion, PolicyVersionState, StaffPolicy};
use storefront::features::help::rules_view;
use storefront::format;
use storefront::ui::{Notice, Tone, fact};
use storefront::words::{Lang, fill};

use super::data::Version;
use super::words::Words;
use crate::paths;

/// A shop's policy in the list: its versions, and the way to its draft.
pub fn shop_view(lang: Lang, policy: &StaffPolicy, may_draft: bool) -> impl IntoView + use<> {
    let words = Words::of(lang);
    let id = format!("policy-{}", policy.shop.id);
    view! {
        <section class="panel policy-shop" aria-labelledby=id.clone()>
            <h2 class="panel-title" id=id.clone()>
                {policy.shop.name.clone()}
                {policy.has_draft.then(|| view! {
                    <span class="badge" data-tone=Tone::Info.name()>{words.draft_there}</span>
                })}
            </h2>
            {versions_view(lang, policy)}
            {draft_link(lang, policy, may_draft)}
        </section>
    }
}

/// The way to the draft, for those who may write it; who does, for the others.
pub fn draft_link(lang: Lang, policy: &StaffPolicy, may_draft: bool) -> AnyView {
    let words = Words::of(lang);
    if !may_draft {
        return view! { <p class="hint">{words.draft_who}</p> }.into_any();
    }
    let name = if policy.has_draft {
        words.draft_open
    } else {
        words.draft_begin
    };
    let href = paths::policy_draft(&policy.shop.id);
    view! { <p><a class="button" href=href>{name}</a></p> }.into_any()
}

/// Where a version stands, in words and in colour.
pub const fn state_of(lang: Lang, state: PolicyVersionState) -> (&'static str, Tone) {
    let words = Words::of(lang);
    match state {
        PolicyVersionState::Scheduled => (words.scheduled, Tone::Info),
        PolicyVersionState::InForce => (words.in_force, Tone::Accent),
        PolicyVersionState::Past => (words.past, Tone::Neutral),
    }
}

/// All versions of a policy, the latest first.
fn versions_view(lang: Lang, policy: &StaffPolicy) -> impl IntoView + use<> {
    let words = Words::of(lang);
    let rows: Vec<_> = policy
        .versions
        .iter()
        .map(|version| {
            let (state, tone) = state_of(lang, version.state);
            let href = paths::policy(&policy.shop.id, Some(&version.version));
            view! {
                <tr>
                    <th scope="row"><a class="number" href=href>{version.version.clone()}</a></th>
                    <td><span class="badge" data-tone=tone.name()>{state}</span></td>
                    <td>{format::moment(lang, &version.in_force_from)}</td>
                    <td>{by(lang, version)}</td>
                    <td>{version.note.clone()}</td>
                </tr>
            }
        })
        .collect();
    view! {
        <div class="table-frame" tabindex="0" role="region" aria-label=format!("{} · {}", policy.shop.name, words.versions)>
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">{words.versions}</th>
                        <th scope="col">{words.state}</th>
                        <th scope="col">{words.from}</th>
                        <th scope="col">{words.published_by}</th>
                        <th scope="col">{words.why}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

fn by(lang: Lang, version: &PolicyVersion) -> String {
    let person = version.published_by.as_ref();
    person.map_or_else(
        || Words::of(lang).by_file.to_owned(),
        |person| person.name.clone(),
    )
}

/// One version: where it stands, as shoppers read it, and as it is written.
pub fn version_view(lang: Lang, shown: &Version, may_draft: bool) -> impl IntoView + use<> {
    let words = Words::of(lang);
    let version = &shown.text.version;
    let (state, tone) = state_of(lang, version.state);
    let title = fill(words.of_shop, &[("shop", &shown.policy.shop.name)]);
    let rules = match &shown.rules {
        Some(rules) => rules_view(lang, rules),
        None => view! { <Notice title=words.not_told_yet/> }.into_any(),
    };
    view! {
        <div class="order-head">
            <h1 class="page-title">{title}</h1>
            <span class="number">{fill(words.version, &[("version", &version.version)])}</span>
            <span class="badge" data-tone=tone.name()>{state}</span>
        </div>
        <div class="order-columns">
            <div class="order-side">
                <section class="panel" aria-labelledby="about">
                    <h2 id="about">{words.versions}</h2>
                    <dl class="facts">
                        {fact(words.from, view! {
                            <dd class="fact-value">{format::moment(lang, &version.in_force_from)}</dd>
                        })}
                        {fact(words.published_by, view! {
                            <dd class="fact-value">{by(lang, version)}</dd>
                        })}
                        {version.note.clone().map(|note| fact(words.why, view! {
                            <dd class="fact-value">{note}</dd>
                        }))}
                    </dl>
                    <p class="hint">{words.rules_now}</p>
                    {draft_link(lang, &shown.policy, may_draft)}
                    {versions_view(lang, &shown.policy)}
                </section>
            </div>
            <div class="order-main">
                <h2 class="policy-part">{words.in_words}</h2>
                {rules}
                <h2 class="policy-part" id="as-written">{words.as_written}</h2>
                {written_view(&shown.text.text, words.as_written)}
            </div>
        </div>
    }
}

/// Text with the numbers of its lines.
pub fn written_view(text: &str, name: &'static str) -> impl IntoView + use<> {
    let lines: Vec<_> = text
        .lines()
        .map(|line| view! { <li><code>{line.to_owned()}</code></li> })
        .collect();
    view! {
        <div class="written panel" tabindex="0" role="region" aria-label=name>
            <ol class="written-lines">{lines}</ol>
        </div>
    }
}
