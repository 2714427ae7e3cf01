//! The form of a complaint: what it is about, what went wrong, what would put it right; and what follows, with dates.

use leptos::prelude::*;
use orders_api::{
    ComplaintOptions, ComplaintSubject, ComplaintTopic, ComplaintWish, NOTE_MAX, field_codes,
};

use super::filled::{About, Field, Filled};
use super::names;
use super::view_follows::{dates_view, mail};
use super::view_outside::outside_view;
use super::words::Words;
use super::writing::{BUSY, UNFINISHED, WriteData};
use crate::browser;
use crate::features::evidence::EvidencePicker;
use crate::features::support::support_panel;
use crate::format;
use crate::paths;
use crate::ui::{Button, ButtonKind, FormKey, Icon, Notice, Tone, as_content, order_link};
use crate::words::{Lang, codes, common, fill};

/// The page, once it is known what may be complained about.
#[component]
pub fn ComplainView(
    /// The language.
    lang: Lang,
    /// What may be complained about.
    #[prop(into)]
    options: Signal<ComplaintOptions>,
    /// The page.
    data: WriteData,
    /// The key of its form.
    key: StoredValue<Option<String>>,
) -> impl IntoView {
    let words = Words::of(lang);
    let free = Memo::new(move |_| options.with(|options| !abouts(lang, options).is_empty()));
    view! {
        <div class="columns-main" id=browser::ON_SERVER.then_some(browser::FIRST_PICTURE)>
            <h1 class="page-title" id="complain-title" tabindex="-1">{words.form_title}</h1>
            <div class="panel">{move || options.with(|options| order_link(lang, &options.order))}</div>
            {move || options.with(|options| mine_view(lang, options))}
            {move || if free.get() {
                view! { <FormView lang options data key/> }.into_any()
            } else {
                view! { <p class="panel">{words.all_open}</p> }.into_any()
            }}
        </div>
        <div class="columns-aside">
            {move || options.with(|options| dates_view(lang, options))}
            {move || options.with(|options| outside_view(lang, &options.outside, false))}
            {move || options.with(|options| support_panel(lang, &options.support, &mail(lang, options)))}
        </div>
    }
}

#[component]
fn FormView(
    lang: Lang,
    options: Signal<ComplaintOptions>,
    data: WriteData,
    key: StoredValue<Option<String>>,
) -> impl IntoView {
    let words = Words::of(lang);
    let order = options.with_untracked(|options| options.order.id.clone());
    view! {
        <section class="panel case-panel" id="complain" aria-labelledby="complain-title">
            <div class="complain-head">
                <p>{words.form_intro}</p>
                <div role="status">
                    {move || data.restored.get().then(|| restored_view(words, data))}
                </div>
                <div id="complain-error" role="alert">
                    {move || data.error.get().map(|text| view! {
                        <Notice tone=Tone::Danger icon="warning" title=text/>
                    })}
                </div>
            </div>
            <form
                class="case-form"
                method="post"
                action=paths::complain(&order)
                novalidate
                on:submit=move |event| {
                    event.prevent_default();
                    data.send();
                }
            >
                <FormKey key=key.get_value()/>
                <AboutView lang options data/>
                <TopicView lang options data/>
                {text_view(lang, data)}
                <WishView lang options data/>
                <AmountView lang options data/>
                {photos_view(lang, data)}
                <div data-wide="">
                    <Button kind=ButtonKind::Primary submit=true busy=data.busy>
                        {words.send}
                    </Button>
                </div>
            </form>
        </section>
    }
}

fn restored_view(words: &'static Words, data: WriteData) -> impl IntoView {
    view! {
        <div class="ask-restored">
            <span>{words.restored}</span>
            <Button kind=ButtonKind::Plain press=move |()| data.begin_anew()>
                {words.begin_anew}
            </Button>
        </div>
    }
}

fn error_view(
    field: Field,
    error: Memo<Option<String>>,
    text: impl Fn(&str) -> String + Copy + Send + Sync + 'static,
) -> impl IntoView {
    view! {
        <p class="field-error" id=error_id(field) hidden=move || error.with(Option::is_none)>
            {move || error.get().map(|code| text(&code))}
        </p>
    }
}

fn error_id(field: Field) -> String {
    format!("complain-{}-error", field.name())
}

/// One of several, as a box with its name.
#[component]
fn Choice(
    /// Of which field.
    field: Field,
    /// Its value in the form.
    value: String,
    /// Whether it is chosen.
    chosen: Memo<bool>,
    /// What it is called.
    #[prop(into)]
    label: String,
    /// It is chosen.
    #[prop(into)]
    choose: Callback<()>,
) -> impl IntoView {
    view! {
        <label class="talk-topic">
            <input
                class="choice-input"
                type="radio"
                name=field.name()
                value=value
                checked=chosen.get_untracked()
                prop:checked=move || chosen.get()
                on:change=move |_| choose.run(())
            />
            <span class="choice-label">{label}</span>
        </label>
    }
}

/// The order, one of its cases, or one of its refunds; nothing to choose where there is only the order.
#[component]
fn AboutView(lang: Lang, options: Signal<ComplaintOptions>, data: WriteData) -> impl IntoView {
    let words = Words::of(lang);
    let error = data.problem(Field::About);
    let choices = Memo::new(move |_| options.with(|options| abouts(lang, options)));
    let of_case = Memo::new(move |_| {
        data.filled
            .with(|filled| matches!(filled.about, About::Case(_)))
    });
    let choice = move |(about, label): (About, String)| {
        let value = about.value();
        let about = StoredValue::new(about);
        let chosen = Memo::new(move |_| {
            data.filled
                .with(|filled| about.with_value(|about| filled.about == *about))
        });
        let choose = move |()| {
            data.filled
                .update(|filled| filled.about = about.get_value())
        };
        view! { <Choice field=Field::About value chosen label choose/> }
    };
    move || {
        choices.with(|choices| asks_about(choices)).then(|| {
            view! {
                <fieldset
                    class="talk-topics"
                    data-wide=""
                    role="radiogroup"
                    aria-invalid=move || error.with(Option::is_some).then_some("true")
                    aria-describedby=error_id(Field::About)
                >
                    <legend class="choices-title">{words.about}</legend>
                    <div class="talk-topic-list" data-long="">
                        {choices.get().into_iter().map(choice).collect_view()}
                    </div>
                    {move || of_case.get().then(|| view! {
                        <p class="field-hint">{words.about_history}</p>
                    })}
                    {error_view(Field::About, error, |_| words.about_unknown.to_owned())}
                </fieldset>
            }
        })
    }
}

/// Whether there is anything to say about what is meant: not where it can only be the order.
fn asks_about(choices: &[(About, String)]) -> bool {
    !matches!(choices, [] | [(About::Order, _)])
}

/// How something that may be complained about is called.
fn subject_name(lang: Lang, subject: &ComplaintSubject) -> String {
    let words = Words::of(lang);
    if let Some(case) = &subject.case {
        let values = [
            ("kind", codes::case_kind(lang, case.kind)),
            ("amount", &format::money(&case.amount)),
            ("state", codes::case_state(lang, case.state)),
        ];
        return fill(words.about_case, &values);
    }
    let Some(refund) = &subject.refund else {
        return words.about_order.to_owned();
    };
    let values = [
        ("amount", &*format::money(&refund.amount)),
        (
            "account",
            &codes::account(lang, refund.channel, &refund.account),
        ),
    ];
    fill(words.about_refund, &values)
}

/// What may be complained about, and how that is called: there is one complaint at a time about each.
fn abouts(lang: Lang, options: &ComplaintOptions) -> Vec<(About, String)> {
    let free = options.subjects.iter();
    free.filter(|subject| subject.complaint.is_none())
        .map(|subject| (About::of(subject), subject_name(lang, subject)))
        .collect()
}

/// The complaints that are under way, as links; nothing without any.
fn mine_view(lang: Lang, options: &ComplaintOptions) -> Option<AnyView> {
    let words = Words::of(lang);
    let rows: Vec<_> = options
        .subjects
        .iter()
        .filter_map(|subject| {
            let id = subject.complaint.as_deref()?;
            let about = subject_name(lang, subject);
            let text = fill(words.mine_open, &[("about", &about)]);
            Some(view! {
                <a class="contact" href=paths::complaint(id)>
                    <Icon name="info"/>
                    <span class="contact-what">{text}</span>
                    <Icon name="chevron-right"/>
                </a>
            })
        })
        .collect();
    (!rows.is_empty()).then(|| {
        view! {
            <section class="panel" aria-labelledby="mine-title">
                <div class="panel-head">
                    <h2 class="panel-title" id="mine-title">{words.mine}</h2>
                </div>
                <div>{rows}</div>
            </section>
        }
        .into_any()
    })
}

#[component]
fn TopicView(lang: Lang, options: Signal<ComplaintOptions>, data: WriteData) -> impl IntoView {
    let words = Words::of(lang);
    let topics = Memo::new(move |_| options.with(|options| options.topics.clone()));
    let choice = move |topic: ComplaintTopic| {
        let chosen = Memo::new(move |_| data.filled.with(|filled| filled.topic == Some(topic)));
        let choose = move |()| data.filled.update(|filled| filled.topic = Some(topic));
        let value = topic.code().to_owned();
        view! { <Choice field=Field::Topic value chosen label=names::topic(lang, topic) choose/> }
    };
    let error = data.problem(Field::Topic);
    let list = move || topics.get().into_iter().map(choice).collect_view();
    choices_view(Field::Topic, words.topic, words.topic_missing, error, list)
}

#[component]
fn WishView(lang: Lang, options: Signal<ComplaintOptions>, data: WriteData) -> impl IntoView {
    let words = Words::of(lang);
    let wishes = Memo::new(move |_| options.with(|options| options.wishes.clone()));
    let choice = move |wish: ComplaintWish| {
        let chosen = Memo::new(move |_| data.filled.with(|filled| filled.wish == Some(wish)));
        let choose = move |()| data.filled.update(|filled| filled.wish = Some(wish));
        let value = wish.code().to_owned();
        view! { <Choice field=Field::Wish value chosen label=names::wish(lang, wish) choose/> }
    };
    let error = data.problem(Field::Wish);
    let list = move || wishes.get().into_iter().map(choice).collect_view();
    choices_view(Field::Wish, words.wish, words.wish_missing, error, list)
}

/// How much of a refund. Without the app the field is there in any case.
#[component]
fn AmountView(lang: Lang, options: Signal<ComplaintOptions>, data: WriteData) -> impl IntoView {
    let words = Words::of(lang);
    let error = data.problem(Field::Amount);
    let most = Memo::new(move |_| options.with(|options| format::money(&options.refundable)));
    let asks = Memo::new(move |_| {
        let offered = options.with(|options| options.wishes.contains(&ComplaintWish::Refund));
        offered && (browser::ON_SERVER || data.filled.with(Filled::asks_amount))
    });
    let value = move || data.filled.with(|filled| filled.amount.clone());
    let described = format!("complain-amount-hint {}", error_id(Field::Amount));
    let hint = move || fill(words.amount_hint, &[("most", &most.get())]);
    let text = move |code: &str| match code {
        field_codes::OUT_OF_RANGE => {
            fill(words.amount_too_much, &[("most", &most.get_untracked())])
        }
        _ => words.amount_invalid.to_owned(),
    };
    let field = move || {
        view! {
            <div class="field" data-wide="">
                <label class="field-label" for="complain-amount">
                    {words.amount}
                    " "
                    <span class="field-optional">{common::Words::of(lang).optional}</span>
                </label>
                <input
                    class="field-input"
                    id="complain-amount"
                    name=Field::Amount.name()
                    type="text"
                    inputmode="decimal"
                    autocomplete="off"
                    aria-invalid=move || error.with(Option::is_some).then_some("true")
                    aria-describedby=described.clone()
                    value=untrack(value)
                    prop:value=value
                    on:input=move |event| {
                        let typed = event_target_value(&event);
                        data.filled.update(|filled: &mut Filled| filled.amount = typed);
                    }
                />
                {error_view(Field::Amount, error, text)}
                <p class="field-hint" id="complain-amount-hint">{hint}</p>
            </div>
        }
    };
    move || asks.get().then(&field)
}

fn choices_view<V: IntoView + 'static>(
    field: Field,
    title: &'static str,
    missing: &'static str,
    error: Memo<Option<String>>,
    list: impl Fn() -> V + Send + 'static,
) -> impl IntoView {
    view! {
        <fieldset
            class="talk-topics"
            data-wide=""
            role="radiogroup"
            aria-required="true"
            aria-invalid=move || error.with(Option::is_some).then_some("true")
            aria-describedby=error_id(field)
        >
            <legend class="choices-title">{title}</legend>
            <div class="talk-topic-list">{list}</div>
            {error_view(field, error, move |_| missing.to_owned())}
        </fieldset>
    }
}

fn text_view(lang: Lang, data: WriteData) -> impl IntoView {
    let words = Words::of(lang);
    let error = data.problem(Field::Text);
    let value = move || data.filled.with(|filled| filled.text.clone());
    let written = browser::ON_SERVER.then(|| as_content(&untrack(value)));
    let described = format!("complain-text-hint {}", error_id(Field::Text));
    let most = NOTE_MAX.to_string();
    let text = move |code: &str| match code {
        field_codes::REQUIRED => words.text_missing.to_owned(),
        field_codes::TOO_LONG => fill(words.text_too_long, &[("n", &NOTE_MAX.to_string())]),
        _ => words.invalid.to_owned(),
    };
    view! {
        <div class="field" data-wide="">
            <label class="field-label" for="complain-text">{words.text}</label>
            <p class="field-hint" id="complain-text-hint">{words.text_hint}</p>
            <textarea
                class="field-input"
                id="complain-text"
                name=Field::Text.name()
                rows="5"
                maxlength=most
                aria-required="true"
                aria-invalid=move || error.with(Option::is_some).then_some("true")
                aria-describedby=described
                prop:value=value
                on:input=move |event| {
                    let typed = event_target_value(&event);
                    data.filled.update(|filled: &mut Filled| filled.text = typed);
                }
            >
                {written}
            </textarea>
            {error_view(Field::Text, error, text)}
        </div>
    }
}

fn photos_view(lang: Lang, data: WriteData) -> AnyView {
    let words = Words::of(lang);
    if browser::ON_SERVER {
        return view! { <p class="field-hint" data-wide="">{words.photos_later}</p> }.into_any();
    }
    let error = data.problem(Field::Evidence);
    let error = Memo::new(move |_| {
        error.get().map(|code| {
            match code.as_str() {
                BUSY => words.photos_busy,
                UNFINISHED => words.photos_unfinished,
                _ => words.photos_refused,
            }
            .to_owned()
        })
    });
    let parts = data.uploads.parts();
    view! {
        <div data-wide="">
            <EvidencePicker lang parts id="complain-evidence" error locked=data.busy/>
        </div>
    }
    .into_any()
}
