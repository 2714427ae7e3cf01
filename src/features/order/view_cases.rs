//! The order's after-sale cases: where each stands and whose turn it is; and until when one may be asked for.

use leptos::prelude::*;
use orders_api::{AfterSaleWindow, CaseSummary, OrderDetail};

use crate::format;
use crate::paths;
use crate::tones;
use crate::ui::Icon;
use crate::words::{Lang, codes, fill};

use super::words::Words;

/// The cases and the window; `None` where there is neither. `now` is in seconds since 1970.
pub fn cases_view(lang: Lang, order: &OrderDetail, now: i64) -> Option<AnyView> {
    let window = order.after_sale.as_ref();
    if order.cases.is_empty() && window.is_none() {
        return None;
    }
    let words = Words::of(lang);
    let cases = order
        .cases
        .iter()
        .map(|case| view! { <li>{case_view(lang, case)}</li> })
        .collect_view();
    let lines = window.map(|window| window_words(lang, window, now));
    Some(
        view! {
            <section class="panel" id="after-sale" aria-labelledby="after-sale-title">
                <div class="panel-head">
                    <h2 class="panel-title" id="after-sale-title">{words.after_sale}</h2>
                </div>
                {(!order.cases.is_empty()).then(|| view! { <ul class="order-cases">{cases}</ul> })}
                {lines.into_iter().flatten().map(|line| view! {
                    <p class="order-window">{line}</p>
                }).collect_view()}
            </section>
        }
        .into_any(),
    )
}

fn case_view(lang: Lang, case: &CaseSummary) -> impl IntoView + use<> {
    let words = Words::of(lang);
    let more = match (codes::turn(lang, case.turn), &case.until) {
        (Some(turn), Some(until)) => {
            let until = format::day_time(lang, until);
            fill(words.case_until, &[("turn", turn), ("until", &until)])
        }
        (Some(turn), None) => turn.to_owned(),
        (None, _) => {
            let at = format::date(lang, &case.opened_at);
            fill(words.case_opened, &[("at", &at)])
        }
    };
    view! {
        <a class="order-case" href=paths::case(&case.id)>
            <span class="order-case-what">
                <span class="order-case-row">
                    <span>{codes::case_kind(lang, case.kind)}</span>
                    " "
                    <strong class="money">{format::money(&case.amount)}</strong>
                </span>
                " "
                <span class="order-case-row">
                    <span class="badge" data-tone=tones::of_case(case.state).name()>
                        {codes::case_state(lang, case.state)}
                    </span>
                    " "
                    <span class="order-case-more">{more}</span>
                </span>
            </span>
            <Icon name="chevron-right"/>
        </a>
    }
}

/// Until when one may be asked for, with what is left of it.
fn window_words(lang: Lang, window: &AfterSaleWindow, now: i64) -> Vec<String> {
    let words = Words::of(lang);
    let left = |until| format::epoch_seconds(until).map_or(0, |until| until - now);
    let told = |text, until| {
        let values = [
            ("day", &*format::day_month(lang, &format::last_day(until))),
            ("left", &*format::about(lang, left(until))),
        ];
        fill(text, &values)
    };
    if let Some(until) = window.until.as_ref().filter(|until| left(until) > 0) {
        let faulty = (window.until_faulty != *until)
            .then(|| told(words.window_faulty, &window.until_faulty));
        return [told(words.window, until)]
            .into_iter()
            .chain(faulty)
            .collect();
    }
    let text = match window.until {
        _ if left(&window.until_faulty) <= 0 => words.window_over,
        Some(_) => words.window_only_faulty,
        None => words.window_faulty_left,
    };
    vec![told(text, &window.until_faulty)]
}
