//! The question that a conversation begins with, as a form.

use leptos::prelude::*;
use orders_api::{LineKind, SupportWays, Topic};

use super::asking::{AskData, today};
use super::question::{Field, Question, topics};
use super::words::Words;
use crate::browser;
use crate::features::evidence::EvidencePicker;
use crate::format;
use crate::ui::{Button, ButtonKind, FormKey, Notice, Tone, as_content};
use crate::words::{Lang, fill};

/// The form.
#[component]
pub fn QuestionView(
    /// The language.
    lang: Lang,
    /// The ways there are.
    ways: Signal<SupportWays>,
    /// The page.
    data: AskData,
    /// The key of the form.
    key: StoredValue<Option<String>>,
) -> impl IntoView {
    let words = Words::of(lang);
    let action = data.about.with_value(crate::paths::SupportQuery::href);
    let shop = ways.with_untracked(|ways| ways.shop.id.clone());
    let due = Memo::new(move |_| {
        ways.with(|ways| {
            let chat = ways.chat.as_ref().filter(|chat| !chat.open)?;
            chat.answered_by.clone()
        })
    });
    let open =
        Memo::new(move |_| ways.with(|ways| ways.chat.as_ref().is_some_and(|chat| chat.open)));
    view! {
        <section class="panel talk-ask" id="ask" aria-labelledby="ask-title" tabindex="-1">
            <div class="panel-head">
                <h2 class="panel-title" id="ask-title">{words.ask_title}</h2>
            </div>
            {move || due.get().map(|due| {
                let due = format::moment(lang, &due);
                view! { <p class="field-hint">{fill(words.ask_shut, &[("due", &due)])}</p> }
            })}
            <p class="field-hint" role="status">
                {move || data.restored.get().then_some(words.restored)}
            </p>
            <div id="ask-error" role="alert">
                {move || data.error.get().map(|text| view! {
                    <Notice tone=Tone::Danger icon="warning" title=text/>
                })}
            </div>
            <form
                class="case-form"
                method="post"
                action=action
                novalidate
                on:submit=move |event| {
                    event.prevent_default();
                    data.send();
                }
            >
                <FormKey key=key.get_value()/>
                <input type="hidden" name="shop" value=shop/>
                <TopicView lang ways data/>
                <LineView lang ways data/>
                {since_view(lang, data)}
                {text_view(lang, data)}
                {photos_view(lang, data)}
                <div data-wide="">
                    <Button kind=ButtonKind::Primary submit=true busy=data.busy>
                        {move || if open.get() { words.send } else { words.leave }}
                    </Button>
                </div>
            </form>
        </section>
    }
}

fn error_view(field: Field, error: Memo<Option<&'static str>>) -> impl IntoView {
    let id = format!("ask-{}-error", field.name());
    view! {
        <p class="field-error" id=id hidden=move || error.get().is_none()>{move || error.get()}</p>
    }
}

#[component]
fn TopicView(lang: Lang, ways: Signal<SupportWays>, data: AskData) -> impl IntoView {
    let words = Words::of(lang);
    let error = data.problem(Field::Topic);
    let offered = Memo::new(move |_| ways.with(topics));
    let choice = move |topic: Topic| {
        let chosen = Memo::new(move |_| data.question.with(|asked| asked.topic == Some(topic)));
        view! {
            <label class="talk-topic">
                <input
                    class="choice-input"
                    type="radio"
                    name="topic"
                    value=topic.code()
                    checked=chosen.get_untracked()
                    prop:checked=move || chosen.get()
                    on:change=move |_| data.question.update(|asked| asked.topic = Some(topic))
                />
                <span class="choice-label">{words.about(topic)}</span>
            </label>
        }
    };
    view! {
        <fieldset
            class="talk-topics"
            data-wide=""
            role="radiogroup"
            aria-required="true"
            aria-invalid=move || error.get().is_some().then_some("true")
            aria-describedby="ask-topic-error"
        >
            <legend class="choices-title">{words.topic}</legend>
            <div class="talk-topic-list">
                {move || offered.get().into_iter().map(choice).collect_view()}
            </div>
            {error_view(Field::Topic, error)}
        </fieldset>
    }
}

/// Which line, and of a top-up what belongs to it. Without the app all of it is there as soon as there is a top-up.
#[component]
fn LineView(lang: Lang, ways: Signal<SupportWays>, data: AskData) -> impl IntoView {
    let words = Words::of(lang);
    let error = data.problem(Field::Line);
    let lines = Memo::new(move |_| ways.with(|ways| ways.lines.clone()));
    let asks = Memo::new(move |_| {
        lines.with(|lines| {
            let digital = lines.iter().any(|line| line.kind == LineKind::Digital);
            data.question
                .with(|asked| asked.asks_account(lines) || (browser::ON_SERVER && digital))
        })
    });
    let select = move || {
        let options = lines.get().into_iter().map(|line| {
            let id = line.id.clone();
            let chosen = data.question.with_untracked(|asked| asked.line == id);
            view! { <option value=line.id selected=chosen>{line.title}</option> }
        });
        view! {
            <div class="field" data-wide="">
                <label class="field-label" for="ask-line">{words.line}</label>
                <select
                    class="field-input"
                    id="ask-line"
                    name="line"
                    aria-invalid=move || error.get().is_some().then_some("true")
                    aria-describedby="ask-line-error"
                    prop:value=move || data.question.with(|asked| asked.line.clone())
                    on:change=move |event| {
                        let line = event_target_value(&event);
                        data.question
                            .update(|asked| lines.with_untracked(|lines| asked.choose(line, lines)));
                    }
                >
                    <option value="">{words.line_none}</option>
                    {options.collect_view()}
                </select>
                {error_view(Field::Line, error)}
            </div>
        }
    };
    view! {
        {move || lines.with(|lines| !lines.is_empty()).then(select)}
        {move || asks.get().then(|| view! {
            <p class="field-hint" data-wide="">{words.top_up_hint}</p>
            {fact_view(data, Field::Account, words.account, |asked| &mut asked.account)}
            {fact_view(data, Field::Zone, words.zone, |asked| &mut asked.zone)}
            {fact_view(data, Field::FaceValue, words.face_value, |asked| &mut asked.face_value)}
        })}
    }
}

fn fact_view(
    data: AskData,
    field: Field,
    label: &'static str,
    of: fn(&mut Question) -> &mut String,
) -> impl IntoView {
    line_view(data, field, label, "text", None, of)
}

fn line_view(
    data: AskData,
    field: Field,
    label: &'static str,
    kind: &'static str,
    max: Option<String>,
    of: fn(&mut Question) -> &mut String,
) -> impl IntoView {
    let error = data.problem(field);
    let value = Memo::new(move |_| data.question.with(|asked| of(&mut asked.clone()).clone()));
    let id = format!("ask-{}", field.name());
    view! {
        <div class="field" data-wide="">
            <label class="field-label" for=id.clone()>{label}</label>
            <input
                class="field-input"
                id=id.clone()
                name=field.name()
                type=kind
                max=max
                autocomplete="off"
                aria-invalid=move || error.get().is_some().then_some("true")
                aria-describedby=format!("{id}-error")
                value=value.get_untracked()
                prop:value=move || value.get()
                on:input=move |event| {
                    let typed = event_target_value(&event);
                    data.question.update(|asked| *of(asked) = typed);
                }
            />
            {error_view(field, error)}
        </div>
    }
}

fn since_view(lang: Lang, data: AskData) -> impl IntoView {
    let label = Words::of(lang).since;
    line_view(
        data,
        Field::Since,
        label,
        "date",
        Some(today().0),
        |asked| &mut asked.since,
    )
}

fn text_view(lang: Lang, data: AskData) -> impl IntoView {
    let error = data.problem(Field::Text);
    let value = move || data.question.with(|asked| asked.text.clone());
    let written = browser::ON_SERVER.then(|| as_content(&untrack(value)));
    view! {
        <div class="field" data-wide="">
            <label class="field-label" for="ask-text">{Words::of(lang).text}</label>
            <textarea
                class="field-input"
                id="ask-text"
                name="text"
                rows="4"
                aria-invalid=move || error.get().is_some().then_some("true")
                aria-describedby="ask-text-error"
                prop:value=value
                on:input=move |event| {
                    let typed = event_target_value(&event);
                    data.question.update(|asked| asked.text = typed);
                }
            >
                {written}
            </textarea>
            {error_view(Field::Text, error)}
        </div>
    }
}

fn photos_view(lang: Lang, data: AskData) -> AnyView {
    if browser::ON_SERVER {
        let text = Words::of(lang).no_photos_yet;
        return view! { <p class="field-hint" data-wide="">{text}</p> }.into_any();
    }
    let error = data.problem(Field::Evidence);
    let error = Memo::new(move |_| error.get().map(str::to_owned));
    let parts = data.uploads.parts();
    view! {
        <div data-wide="">
            <EvidencePicker lang parts id="ask-evidence" error locked=data.busy/>
        </div>
    }
    .into_any()
}
