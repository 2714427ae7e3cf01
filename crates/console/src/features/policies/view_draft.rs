//! The draft: the editor with the numbers of its lines, its first mistake, what differs, and what a colleague saved meanwhile.

use leptos::prelude::*;
use orders_api::{Permission, PolicyDraft, PolicyRuleChange};
use storefront::format;
use storefront::ui::{Button, ButtonKind, Notice, Tone};
use storefront::words::{Lang, fill};

use super::data::in_force;
use super::draft::{line_of, widest};
use super::drafting::data::{Doing, DraftData};
use super::views::written_view;
use super::words::Words;
use crate::browser;

/// The editor. It stands in one place, so that what is typed and the cursor stay.
pub fn editor_view(lang: Lang, data: DraftData) -> impl IntoView {
    let words = Words::of(lang);
    let lines = Memo::new(move |_| {
        data.writing
            .with(|writing| writing.text.split('\n').count())
    });
    let columns = Memo::new(move |_| data.writing.with(|writing| widest(&writing.text) + 2));
    let numbers = move || {
        let numbers: Vec<String> = (1..=lines.get()).map(|n| n.to_string()).collect();
        numbers.join("\n")
    };
    let about = move || {
        let (version, begun) = data.policy.with(|policy| {
            let policy = policy.ready();
            (
                policy.and_then(in_force),
                data.writing.with(|writing| writing.saved.is_some()),
            )
        });
        (!begun && version.is_some()).then(|| view! { <p class="hint">{words.begun_from}</p> })
    };
    view! {
        <section class="panel" aria-labelledby="draft-label">
            <label class="field-label" id="draft-label" for="draft-text">{words.text}</label>
            {about}
            <div class="editor">
                <pre class="editor-numbers" aria-hidden="true">{numbers}</pre>
                <textarea
                    class="editor-text"
                    id="draft-text"
                    wrap="off"
                    spellcheck="false"
                    autocomplete="off"
                    autocapitalize="off"
                    rows=move || lines.get()
                    cols=move || columns.get()
                    aria-describedby="draft-state"
                    aria-invalid=move || data.writing.with(|writing| {
                        let saved = writing.saved.as_ref();
                        saved.is_some_and(|saved| saved.mistake.is_some()).then_some("true")
                    })
                    prop:value=move || data.writing.with(|writing| writing.text.clone())
                    on:input=move |event| data.types(event_target_value(&event))
                ></textarea>
            </div>
        </section>
    }
}

/// How far it is saved, and what can be done with it.
pub fn save_view(lang: Lang, data: DraftData) -> impl IntoView {
    let words = Words::of(lang);
    let busy = move |what| Signal::derive(move || data.doing.get() == Some(what));
    let saved = move || {
        data.writing.with(|writing| {
            let saved = writing.saved.as_ref()?;
            let time = format::moment(lang, &saved.changed_at);
            let with = [
                ("who", saved.changed_by.name.as_str()),
                ("time", time.as_str()),
            ];
            Some(fill(words.saved_by, &with))
        })
    };
    let state = move || {
        let text = if data.writing.with(|writing| writing.gone) {
            words.gone
        } else if data.is_changed() {
            words.unsaved
        } else {
            return None;
        };
        Some(view! { <p class="hint">{text}</p> })
    };
    let there = Memo::new(move |_| data.writing.with(|writing| writing.saved.is_some()));
    view! {
        <section class="panel acts" aria-labelledby="draft-save">
            <h2 id="draft-save">{words.save}</h2>
            {move || saved().map(|saved| view! { <p>{saved}</p> })}
            <div id="draft-state" role="status">
                {state}
                {move || data.done.get().map(|done| view! { <p class="acts-done">{done}</p> })}
            </div>
            <div role="alert">
                {move || {
                    let asks = data.asks_publish.get() || data.asks_discard.get();
                    let why = data.refused.get().filter(|_| !asks);
                    why.map(|why| view! { <p class="field-error">{why}</p> })
                }}
            </div>
            <div class="act-foot">
                <Button
                    kind=ButtonKind::Primary
                    busy=busy(Doing::Saving)
                    press=Callback::new(move |()| data.save())
                >
                    {words.save}
                </Button>
                {move || there.get().then(|| view! {
                    <Button press=Callback::new(move |()| {
                        data.refused.set(None);
                        data.asks_discard.set(true);
                    })>{words.discard}</Button>
                })}
            </div>
        </section>
    }
}

/// What somebody else saved meanwhile, and the choice.
pub fn conflict_view(lang: Lang, data: DraftData) -> impl IntoView {
    let words = Words::of(lang);
    let theirs = Memo::new(move |_| data.writing.with(|writing| writing.theirs.clone()));
    move || {
        let theirs = theirs.get()?;
        let who = theirs.changed_by.name.clone();
        Some(view! {
            <Notice
                tone=Tone::Warn
                icon="warning"
                title=fill(words.conflict_title, &[("who", &who)])
                role="alert"
            >
                <p>{words.conflict_text}</p>
                <div class="notice-actions">
                    <Button press=Callback::new(move |()| data.settles(true))>{words.keep_mine}</Button>
                    <Button press=Callback::new(move |()| data.settles(false))>{words.take_theirs}</Button>
                </div>
            </Notice>
            <h2 class="policy-part">{words.theirs}</h2>
            {written_view(&theirs.text, words.theirs)}
        })
    }
}

/// The first mistake of what is saved, and the way to its line.
pub fn mistake_view(lang: Lang, saved: &PolicyDraft) -> impl IntoView + use<> {
    let words = Words::of(lang);
    let Some(mistake) = &saved.mistake else {
        return view! { <p class="acts-done">{words.no_mistake}</p> }.into_any();
    };
    let line = line_of(&saved.text, &mistake.key);
    let place = match line {
        Some(_) if mistake.key.starts_with("line ") => fill(
            words.mistake_line,
            &[("line", &mistake.key[5..]), ("key", "TOML")],
        ),
        Some(line) => fill(
            words.mistake_line,
            &[("line", &line.to_string()), ("key", &mistake.key)],
        ),
        None => mistake.key.clone(),
    };
    let reason = mistake.reason.clone();
    view! {
        <Notice tone=Tone::Danger icon="warning" title=words.mistake>
            <p class="number">{place}</p>
            // As the server says it at its start, in English.
            <p lang="en">{reason}</p>
            {line.map(|line| view! {
                <div class="notice-actions">
                    <Button press=Callback::new(move |()| {
                        browser::select_line("draft-text", line);
                    })>{words.to_line}</Button>
                </div>
            })}
        </Notice>
    }
    .into_any()
}

/// The rules that differ, side by side.
pub fn rules_view(lang: Lang, rules: &[PolicyRuleChange]) -> impl IntoView + use<> {
    let words = Words::of(lang);
    if rules.is_empty() {
        return view! { <p class="hint">{words.rules_none}</p> }.into_any();
    }
    let side = |value: Option<&str>| match value {
        Some(value) => view! { <code>{value.to_owned()}</code> }.into_any(),
        None => view! { <span class="hint">{words.none}</span> }.into_any(),
    };
    let rows: Vec<_> = rules
        .iter()
        .map(|rule| {
            view! {
                <tr>
                    <th scope="row"><code>{rule.key.clone()}</code></th>
                    <td>{side(rule.before.as_deref())}</td>
                    <td>{side(rule.after.as_deref())}</td>
                </tr>
            }
        })
        .collect();
    view! {
        <div class="table-frame" tabindex="0" role="region" aria-label=format!("{} · {}", words.rules, words.rule)>
            <table class="table policy-rules">
                <thead>
                    <tr>
                        <th scope="col">{words.rule}</th>
                        <th scope="col">{words.before}</th>
                        <th scope="col">{words.after}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

/// Whether what is saved could be published, and by them.
pub fn may_publish(data: DraftData) -> bool {
    data.may(Permission::PublishPolicy) && is_fit(data)
}

/// Whether all of it is saved and has no mistake.
pub fn is_fit(data: DraftData) -> bool {
    data.writing.with(|writing| {
        let saved = writing.saved.as_ref();
        writing.is_saved() && saved.is_some_and(|saved| saved.mistake.is_none())
    })
}
