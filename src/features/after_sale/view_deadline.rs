//! Until when something may be asked for: a day with the days left, and a countdown on the last one.

use leptos::prelude::*;
use orders_api::{AfterSaleOptions, AfterSaleWindow, Instant};

use crate::format;
use crate::ui::{Icon, Notice, Tone};
use crate::words::{Lang, count, fill};

use super::words::Words;

const DAY: i64 = 86_400;

/// The deadlines; that there is a parcel to be refused, where one is on its way. `now` is in seconds since 1970.
pub fn deadline_view(
    lang: Lang,
    options: &AfterSaleOptions,
    now: Signal<i64>,
) -> impl IntoView + use<> {
    let words = Words::of(lang);
    match &options.window {
        None if options.on_its_way => view! {
            <Notice tone=Tone::Info icon="truck" title=words.refuse_title>
                <p>{words.refuse_text}</p>
            </Notice>
        }
        .into_any(),
        None => ().into_any(),
        Some(window) => window_view(lang, window.clone(), now).into_any(),
    }
}

/// Whether the last day has begun, so that seconds count.
pub fn is_last_day(options: &AfterSaleOptions, now: i64) -> bool {
    let left = |until: &Instant| format::epoch_seconds(until).map(|until| until - now);
    options.window.as_ref().is_some_and(|window| {
        both(window)
            .filter_map(left)
            .any(|left| (1..=DAY).contains(&left))
    })
}

/// How many of the two deadlines are over.
pub fn ended(options: &AfterSaleOptions, now: i64) -> usize {
    options.window.as_ref().map_or(0, |window| {
        both(window)
            .filter_map(format::epoch_seconds)
            .filter(|until| *until <= now)
            .count()
    })
}

/// The deadlines that there are.
fn both(window: &AfterSaleWindow) -> impl Iterator<Item = &Instant> {
    window.until.iter().chain([&window.until_faulty])
}

fn window_view(lang: Lang, window: AfterSaleWindow, now: Signal<i64>) -> impl IntoView {
    let words = Words::of(lang);
    let seconds = |until: &Instant| format::epoch_seconds(until).unwrap_or(i64::MAX);
    let day = |until: &Instant| format::day(lang, &format::last_day(until));
    let free = window.until.as_ref();
    let free = free.map(|until| (seconds(until), day(until)));
    let (until_faulty, day_faulty) = (seconds(&window.until_faulty), day(&window.until_faulty));
    let last = free
        .as_ref()
        .map_or(until_faulty, |(until, _)| (*until).max(until_faulty));
    let over_at = free.as_ref().map(|(until, _)| *until);
    // What is read out changes once, not each second.
    let over = Memo::new(move |_| over_at.is_none_or(|until| now.get() >= until));
    let all_over = Memo::new(move |_| now.get() >= last);
    view! {
        <div class="ask-deadline">
            <Icon name="clock"/>
            <div>
                {move || match &free {
                    _ if all_over.get() => view! { <p>{words.window_closed}</p> }.into_any(),
                    Some((until, day)) if !over.get() => view! {
                        <p>
                            <span class="ask-deadline-day">{fill(words.until, &[("day", day)])}</span>
                            " · "
                            {left_view(lang, *until, now)}
                        </p>
                        {(until_faulty > *until).then(|| view! {
                            <p class="ask-deadline-more">
                                {fill(words.until_faulty, &[("day", &day_faulty)])}
                            </p>
                        })}
                    }
                    .into_any(),
                    free => {
                        let text = if free.is_some() { words.until_over } else { words.until_faulty };
                        view! {
                            <p>{fill(text, &[("day", &day_faulty)])}</p>
                            {left_view(lang, until_faulty, now)}
                        }
                        .into_any()
                    }
                }}
            </div>
        </div>
    }
}

fn left_view(lang: Lang, until: i64, now: Signal<i64>) -> impl IntoView {
    let words = Words::of(lang);
    let days = Memo::new(move |_| {
        let left = (until - now.get()).max(0);
        (left > DAY).then(|| (left + DAY - 1) / DAY)
    });
    move || match days.get() {
        Some(days) => view! {
            <span>{count(words.days_left_one, words.days_left_other, days)}</span>
        }
        .into_any(),
        None => view! {
            <span class="number" role="timer" aria-label=words.time_left>
                {move || format::countdown(lang, until - now.get())}
            </span>
        }
        .into_any(),
    }
}
