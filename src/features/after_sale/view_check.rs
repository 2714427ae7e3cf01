//! The third step: what it comes to, what is asked for, and what happens next, in plain words before it is sent.

use leptos::prelude::*;
use orders_api::{AfterSaleOptions, CasePreview};

use crate::features::cancel::{SlipRow, give_back, slip};
use crate::features::evidence::EvidenceGallery;
use crate::paths::AskStep;
use crate::ui::{Button, Load, Notice, Tone, fact, settlement_rows};
use crate::words::{Lang, common, fill};

use super::view_next::next_view;
use super::views::AskParts;
use super::wish::Wish;
use super::words::Words;

/// Amount, request, what follows.
#[component]
pub fn CheckView(
    /// The language.
    lang: Lang,
    /// What the shop offers.
    options: Signal<AfterSaleOptions>,
    /// The page.
    parts: AskParts,
) -> impl IntoView {
    view! {
        <div class="ask-preview" aria-live="polite">
            {move || parts.preview.with(|preview| preview_view(lang, options, parts, preview))}
        </div>
        <SummaryView lang options parts/>
        {move || {
            let preview = parts.preview.with(|preview| preview.ready().cloned());
            options.with(|options| next_view(lang, options, preview.as_ref()))
        }}
    }
}

fn preview_view(
    lang: Lang,
    options: Signal<AfterSaleOptions>,
    parts: AskParts,
    preview: &Load<CasePreview>,
) -> AnyView {
    let words = Words::of(lang);
    match preview {
        // What was sent is not asked about while nobody knows what became of it.
        Load::Loading if parts.locked().get() => ().into_any(),
        Load::Loading => view! {
            <div class="panel ask-part" aria-busy="true">
                <p class="visually-hidden">{words.working}</p>
                <span class="skeleton" data-size="half"></span>
                <span class="skeleton" data-size="title"></span>
                <span class="skeleton"></span>
                <span class="skeleton"></span>
            </div>
        }
        .into_any(),
        Load::Failed(why) => {
            let text = why.text.clone();
            view! {
                <Notice tone=Tone::Warn icon="warning" title=why.title.clone()>
                    <p>{text}</p>
                    <div class="notice-actions">
                        <Button press=parts.retry_preview>{common::Words::of(lang).retry}</Button>
                    </div>
                </Notice>
            }
            .into_any()
        }
        Load::Ready(preview) => {
            let rows: Vec<_> = preview
                .refunds
                .iter()
                .map(|refund| SlipRow::of_preview(lang, refund))
                .collect();
            let amount = &preview.settlement.amount;
            let percent = options.with_untracked(|options| {
                parts
                    .wish
                    .with_untracked(|wish| deduction_words(lang, options, wish))
            });
            view! {
                <div class="panel ask-part">
                    {slip(lang, words.amount, amount, &rows, false)}
                    {give_back(lang, &preview.restored, &preview.not_restored)}
                    <p class="ask-hint">{words.amount_text}</p>
                    <h2 class="visually-hidden">{words.sum}</h2>
                    {settlement_rows(lang, &preview.settlement, percent, words.amount)}
                </div>
            }
            .into_any()
        }
    }
}

/// For which condition what is taken off, in words.
fn deduction_words(lang: Lang, options: &AfterSaleOptions, wish: &Wish) -> Option<String> {
    let words = Words::of(lang);
    let conditions = wish.conditions(options);
    let chosen = conditions
        .iter()
        .find(|choice| Some(choice.condition) == wish.condition)?;
    let values = [
        ("condition", words.condition_of(chosen.condition)),
        ("n", &chosen.deduction?.to_string()),
    ];
    Some(fill(words.deduction_text, &values))
}

#[component]
fn SummaryView(lang: Lang, options: Signal<AfterSaleOptions>, parts: AskParts) -> impl IntoView {
    let words = Words::of(lang);
    let wish = parts.wish;
    let evidence = Memo::new(move |_| parts.picker.course.with(|course| course.ready()));
    let facts = move || options.with(|options| wish.with(|wish| facts_view(lang, options, wish)));
    let locked = parts.locked();
    let change = move |step, name: &'static str| {
        view! {
            <button
                class="button ask-change"
                data-kind="plain"
                type="button"
                aria-label=name
                aria-disabled=move || locked.get().then_some("true")
                on:click=move |_| {
                    if !locked.get_untracked() {
                        parts.go_to.run(step);
                    }
                }
            >
                {words.change}
            </button>
        }
    };
    view! {
        <section class="panel ask-part" aria-labelledby="summary-title">
            <div class="panel-head">
                <h2 class="panel-title" id="summary-title">{words.summary}</h2>
            </div>
            <div class="ask-summary">
                <div class="ask-summary-part">
                    <ul class="ask-summary-lines">
                        {move || options.with(|options| wish.with(|wish| {
                            lines_view(options, wish)
                        }))}
                    </ul>
                    {change(AskStep::What, words.change_lines)}
                </div>
                <div class="ask-summary-part">
                    <dl class="facts">{facts}</dl>
                    {change(AskStep::Why, words.change_why)}
                </div>
                {move || evidence.with(|evidence| (!evidence.is_empty()).then(|| view! {
                    <EvidenceGallery lang evidence=evidence.clone()/>
                }))}
            </div>
        </section>
    }
}

fn lines_view(options: &AfterSaleOptions, wish: &Wish) -> impl IntoView + use<> {
    let line = |some: &orders_api::CaseLine| {
        let option = options
            .lines
            .iter()
            .find(|option| option.line.id == some.line)?;
        let picture = option.line.image_url.clone().map(|url| {
            view! { <img class="picture" src=url alt="" width="40" height="40"/> }
        });
        let mut what = option.line.title.clone();
        what.push_str(" ×");
        what.push_str(&some.quantity.to_string());
        let parts = option.components.iter();
        let all = parts.clone().filter(|part| part.refundable).count();
        let meant: Vec<_> = parts
            .filter(|part| some.components.contains(&part.id))
            .map(|part| part.title.clone())
            .collect();
        let meant = (!meant.is_empty() && meant.len() < all).then(|| meant.join(" · "));
        Some(view! {
            <li class="ask-summary-line">
                {picture}
                <span>
                    {what}
                    {meant.map(|meant| view! { <span class="ask-hint">{meant}</span> })}
                </span>
            </li>
        })
    };
    wish.lines.iter().filter_map(line).collect_view()
}

fn facts_view(lang: Lang, options: &AfterSaleOptions, wish: &Wish) -> impl IntoView + use<> {
    let words = Words::of(lang);
    let value = |text: String| view! { <dd class="fact-value">{text}</dd> };
    let kind = if options.on_its_way {
        words.page_refuse
    } else {
        wish.kind.map_or("", |kind| words.kind_of(kind).0)
    };
    let reason = wish
        .chosen_reason(options)
        .map(|reason| reason.label.clone());
    let condition = wish
        .condition
        .map(|condition| words.condition_of(condition));
    let note = wish.note.trim().to_owned();
    view! {
        {fact(words.kind, value(kind.to_owned()))}
        {reason.map(|reason| fact(words.reason, value(reason)))}
        {condition.map(|condition| fact(words.condition, value(condition.to_owned())))}
        {(!note.is_empty()).then(|| fact(words.note, view! {
            <dd class="fact-value ask-note">{note}</dd>
        }))}
    }
}
