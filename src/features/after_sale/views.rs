//! The page as a shape: the steps' frame around the one that is shown.

use leptos::prelude::*;
use orders_api::{AfterSaleOptions, CasePreview, LinkedArticle};

use crate::browser;
use crate::features::evidence::PickerParts;
use crate::features::support::{help_link, support_panel};
use crate::paths::AskStep;
use crate::ui::{Button, ButtonKind, Load, Notice, Tone, order_link};
use crate::words::{Lang, count, fill};

use super::contact::mail;
use super::sending::Sending;
use super::view_check::CheckView;
use super::view_closed::{nothing_view, served_view};
use super::view_deadline::deadline_view;
use super::view_what::WhatView;
use super::view_why::WhyView;
use super::wish::{Change, Field, Wish, Wrong, open_lines};
use super::words::Words;

/// What the views show, and whom they tell.
#[derive(Clone, Copy)]
pub struct AskParts {
    /// The step that is shown.
    pub step: Signal<AskStep>,
    /// What is filled in.
    pub wish: Signal<Wish>,
    /// What is wrong with it.
    pub wrong: Signal<Vec<Wrong>>,
    /// It was filled in before.
    pub restored: Signal<bool>,
    /// What it comes to.
    pub preview: Signal<Load<CasePreview>>,
    /// How far sending is.
    pub sending: Signal<Sending>,
    /// Whether there is a network.
    pub online: Signal<bool>,
    /// The time, in seconds since 1970.
    pub now: Signal<i64>,
    /// Photos and videos.
    pub picker: PickerParts,
    /// Something is filled in.
    pub change: Callback<Change>,
    /// Everything is given up.
    pub anew: Callback<()>,
    /// To the next step.
    pub next: Callback<()>,
    /// To the step before.
    pub back: Callback<()>,
    /// To a step that was shown before.
    pub go_to: Callback<AskStep>,
    /// Ask again what it comes to.
    pub retry_preview: Callback<()>,
    /// Send it.
    pub send: Callback<()>,
}

impl AskParts {
    /// What is wrong with a field, as a code.
    pub fn problem(self, field: Field) -> Memo<Option<String>> {
        Memo::new(move |_| {
            self.wrong.with(|wrong| {
                let mine = wrong.iter().find(|wrong| wrong.field == field);
                mine.map(|wrong| wrong.code.clone())
            })
        })
    }

    /// Whether nothing may be changed: nobody knows yet what became of what was sent.
    pub fn locked(self) -> Signal<bool> {
        let sending = self.sending;
        Signal::derive(move || sending.with(|sending| !sending.is_open_to_change()))
    }
}

/// The page of an order that is there.
#[component]
pub fn AskView(
    /// The language.
    lang: Lang,
    /// What the shop offers.
    options: Signal<AfterSaleOptions>,
    /// The page.
    parts: AskParts,
) -> impl IntoView {
    let anything = Memo::new(move |_| options.with(|options| open_lines(options).next().is_some()));
    // While something that was sent is not answered, what it was about may be gone from the offer.
    let asks = Memo::new(move |_| {
        anything.get() || parts.sending.with(|sending| !sending.is_open_to_change())
    });
    view! {
        <div class="columns-main ask" id=browser::ON_SERVER.then_some(browser::FIRST_PICTURE)>
            {move || if asks.get() {
                view! { <StepsView lang options parts/> }.into_any()
            } else {
                options.with(|options| nothing_view(lang, options)).into_any()
            }}
        </div>
        <div class="columns-aside">
            {move || options.with(|options| aside_view(lang, options))}
        </div>
    }
}

fn aside_view(lang: Lang, options: &AfterSaleOptions) -> impl IntoView + use<> {
    let words = Words::of(lang);
    view! {
        <section class="panel" aria-labelledby="order-title">
            <div class="panel-head">
                <h2 class="panel-title" id="order-title">{words.order}</h2>
            </div>
            {order_link(lang, &options.order)}
            {help_link(
                lang,
                LinkedArticle::ReturnGoods,
                &options.shop.id,
                &options.order.policy_version,
            )}
        </section>
        {support_panel(lang, &options.support, &mail(lang, options))}
    }
}

/// The heading of a step.
pub fn step_title(lang: Lang, options: &AfterSaleOptions, step: AskStep) -> &'static str {
    let words = Words::of(lang);
    match step {
        AskStep::What if options.on_its_way => words.page_refuse,
        AskStep::What => words.title_what,
        AskStep::Why if options.on_its_way => words.title_why_refuse,
        AskStep::Why => words.title_why,
        AskStep::Check => words.title_check,
    }
}

/// The steps' names, with the one that is shown.
fn progress(words: &'static Words, shown: AskStep) -> impl IntoView {
    let steps = AskStep::ALL.map(|step| {
        let name = match step {
            AskStep::What => words.step_what,
            AskStep::Why => words.step_why,
            AskStep::Check => words.step_check,
        };
        let stand = match step.cmp(&shown) {
            std::cmp::Ordering::Less => "done",
            std::cmp::Ordering::Equal => "here",
            std::cmp::Ordering::Greater => "coming",
        };
        let here = (step == shown).then_some("step");
        view! { <li class="ask-step" data-step=stand aria-current=here>{name}</li> }
    });
    view! { <ol class="ask-steps" aria-label=words.steps>{steps}</ol> }
}

#[component]
fn StepsView(lang: Lang, options: Signal<AfterSaleOptions>, parts: AskParts) -> impl IntoView {
    let words = Words::of(lang);
    let step = parts.step;
    let title = Memo::new(move |_| options.with(|options| step_title(lang, options, step.get())));
    let window =
        Memo::new(move |_| options.with(|options| (options.window.clone(), options.on_its_way)));
    view! {
        <header class="ask-head">
            {move || progress(words, step.get())}
            <h1 class="page-title" id="ask-title" tabindex="-1">{move || title.get()}</h1>
        </header>
        {move || parts.restored.get().then(|| view! {
            <div class="ask-restored" role="status">
                <span>{words.restored}</span>
                <Button kind=ButtonKind::Plain press=parts.anew>{words.anew}</Button>
            </div>
        })}
        {move || parts.sending.with(|sending| sending_notice(lang, sending))}
        <form
            class="ask-form"
            novalidate
            on:submit=move |event| {
                event.prevent_default();
                match step.get_untracked() {
                    AskStep::What | AskStep::Why => parts.next.run(()),
                    AskStep::Check => parts.send.run(()),
                }
            }
        >
            {move || match step.get() {
                AskStep::What if browser::ON_SERVER => options
                    .with(|options| served_view(lang, options, parts.now))
                    .into_any(),
                AskStep::What => view! {
                    {move || {
                        window.with(|_| {});
                        options.with_untracked(|options| deadline_view(lang, options, parts.now))
                    }}
                    <WhatView lang options parts/>
                }
                .into_any(),
                AskStep::Why => view! { <WhyView lang options parts/> }.into_any(),
                AskStep::Check => view! { <CheckView lang options parts/> }.into_any(),
            }}
            {(!browser::ON_SERVER).then(|| view! { <FootView lang parts/> })}
        </form>
    }
}

fn sending_notice(lang: Lang, sending: &Sending) -> Option<AnyView> {
    let words = Words::of(lang);
    let notice = |tone, icon, title: &'static str, text: String| {
        Some(
            view! {
                <div class="ask-notice">
                    <Notice tone icon title role="alert"><p>{text}</p></Notice>
                </div>
            }
            .into_any(),
        )
    };
    match sending {
        Sending::Not | Sending::UnderWay | Sending::LoggedOut => None,
        Sending::Lost => {
            let text = words.lost_text.to_owned();
            notice(Tone::Warn, "warning", words.lost_title, text)
        }
        Sending::LostBefore => {
            let text = words.lost_before.to_owned();
            notice(Tone::Warn, "warning", words.lost_title, text)
        }
        Sending::Refused(why) => {
            let text = fill(words.refused_text, &[("why", why)]);
            notice(Tone::Warn, "info", words.refused_title, text)
        }
        Sending::Failed(why) => notice(Tone::Danger, "warning", words.failed_title, why.clone()),
    }
}

/// Why the request cannot be sent just now.
fn waits_for(words: &Words, parts: AskParts) -> Option<&'static str> {
    let course = parts.picker.course;
    let (busy, unfinished) = course.with(|course| (course.is_busy(), course.unfinished() > 0));
    if !parts.online.get() {
        Some(words.waits_network)
    } else if parts.sending.with(Sending::is_lost) {
        // It goes as it was, with the photos of then.
        None
    } else if unfinished {
        Some(words.waits_unfinished)
    } else {
        busy.then_some(words.waits_upload)
    }
}

/// What goes on, always in sight: back, and on.
#[component]
pub fn FootView(
    /// The language.
    lang: Lang,
    /// The page.
    parts: AskParts,
) -> impl IntoView {
    let words = Words::of(lang);
    let step = parts.step;
    let check = Memo::new(move |_| step.get() == AskStep::Check);
    let waits = Memo::new(move |_| check.get().then(|| waits_for(words, parts)).flatten());
    let busy = Memo::new(move |_| parts.sending.with(Sending::is_busy));
    let lost = Memo::new(move |_| parts.sending.with(Sending::is_lost));
    let priced =
        Memo::new(move |_| lost.get() || parts.preview.with(|preview| preview.ready().is_some()));
    let closed = move || check.get() && (busy.get() || waits.get().is_some() || !priced.get());
    let units = Memo::new(move |_| parts.wish.with(Wish::units));
    let label = move || match (check.get(), busy.get(), lost.get()) {
        (false, ..) => words.next,
        (true, true, _) => words.sending,
        (true, false, true) => words.send_again,
        (true, false, false) => words.send,
    };
    view! {
        <div class="ask-foot">
            <p class="ask-foot-text" id="ask-waits" role="status">
                {move || match waits.get() {
                    Some(text) => Some(text.to_owned()),
                    None if step.get() == AskStep::What && units.get() > 0 => {
                        Some(count(words.chosen_one, words.chosen_other, units.get().into()))
                    }
                    None => None,
                }}
            </p>
            {move || (step.get() > AskStep::What).then(|| view! {
                <Button press=parts.back busy=busy>{words.back}</Button>
            })}
            <button
                class="button"
                data-kind="primary"
                type="submit"
                aria-busy=move || (check.get() && busy.get()).then_some("true")
                aria-disabled=move || closed().then_some("true")
                aria-describedby="ask-waits"
                on:click=move |event| {
                    if closed() {
                        event.prevent_default();
                    }
                }
            >
                {label}
            </button>
        </div>
    }
}

/// The shape of what is coming.
pub fn skeleton(lang: Lang) -> impl IntoView {
    let line = || {
        view! {
            <li class="ask-line">
                <div class="ask-line-row">
                    <span class="skeleton" data-size="picture"></span>
                    <span class="skeleton-text">
                        <span class="skeleton"></span>
                        <span class="skeleton" data-size="half"></span>
                    </span>
                </div>
            </li>
        }
    };
    view! {
        <div class="columns-main ask" aria-busy="true">
            <p class="visually-hidden" role="status">{Words::of(lang).loading}</p>
            <div class="ask-head"><span class="skeleton" data-size="title"></span></div>
            <div class="panel ask-part"><ul class="ask-lines">{line()}{line()}</ul></div>
        </div>
    }
}
