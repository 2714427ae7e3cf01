//! The page's tools, its key figures and its sections.

use leptos::prelude::*;
use orders_api::{Insight, InsightPeriod, InsightStep, Shop};
use storefront::format;
use storefront::ui::Button;
use storefront::words::{Lang, fill};

use super::chart::{Unit, percent, shown};
use super::charts::{Section, int, sections};
use super::layout::Size;
use super::view_chart::chart_view;
use super::view_marks::patterns_view;
use super::words::Words;
use crate::browser;
use crate::paths::{self, InsightQuery, Span};

/// Which days and which shop, for a choice of them. The links stay what they are while what is asked changes, so that they
/// keep the focus.
pub fn tools_view(
    lang: Lang,
    query: Memo<InsightQuery>,
    shops: &[Shop],
    ask: Callback<InsightQuery>,
) -> impl IntoView + use<> {
    let words = Words::of(lang);
    let last = Span::LAST.map(|days| {
        let href = move || {
            let shop = query.with(|query| query.shop.clone());
            paths::insight(&InsightQuery {
                span: Span::Last(days),
                shop,
            })
        };
        let here = move || query.with(|query| query.span == Span::Last(days));
        let name = fill(words.last_days, &[("n", &days.to_string())]);
        view! {
            <a class="tab" href=href aria-current=move || here().then_some("page")>{name}</a>
        }
    });
    let all = (String::new(), words.all_shops.to_owned());
    let named = shops
        .iter()
        .map(|shop| (shop.id.clone(), shop.name.clone()));
    let options: Vec<_> = std::iter::once(all)
        .chain(named)
        .map(|(id, name)| {
            let value = id.clone();
            let chosen = Signal::derive(move || {
                query.with(|query| query.shop.as_deref().unwrap_or_default() == id)
            });
            let first = chosen.get_untracked();
            view! {
                <option value=value selected=first prop:selected=move || chosen.get()>{name}</option>
            }
        })
        .collect();
    view! {
        <div class="insight-tools">
            <nav class="tabs" aria-label=words.period>{last}</nav>
            {own_days_view(lang, query, ask)}
            {(options.len() > 2).then(|| view! {
                <select
                    class="filter"
                    aria-label=words.shop
                    on:change=move |event| {
                        let shop = event_target_value(&event);
                        let shop = (!shop.is_empty()).then_some(shop);
                        ask.run(InsightQuery { shop, ..query.get_untracked() });
                    }
                >
                    {options}
                </select>
            })}
        </div>
    }
}

/// A form for other days.
fn own_days_view(
    lang: Lang,
    query: Memo<InsightQuery>,
    ask: Callback<InsightQuery>,
) -> impl IntoView + use<> {
    let words = Words::of(lang);
    let shown = Signal::derive(move || query.with(|query| query.days(browser::now_s())));
    let own = move || query.with(|query| matches!(query.span, Span::Days(..)));
    let first = shown.get_untracked();
    let (from, to) = (RwSignal::new(first.from.0), RwSignal::new(first.to.0));
    let wrong = RwSignal::new(false);
    Effect::new(move |_| {
        let days = shown.get();
        from.set(days.from.0);
        to.set(days.to.0);
        wrong.set(false);
    });
    let today = InsightQuery::default().days(browser::now_s()).to.0;
    let day = |name: &'static str, id: &'static str, day: RwSignal<String>| {
        view! {
            <label class="insight-day">
                <span>{name}</span>
                <input
                    class="filter"
                    id=id
                    type="date"
                    max=today.clone()
                    required=true
                    aria-describedby="insight-wrong"
                    aria-invalid=move || wrong.get().then_some("true")
                    prop:value=move || day.get()
                    on:input=move |event| day.set(event_target_value(&event))
                />
            </label>
        }
    };
    view! {
        <details class="insight-own" open=own>
            <summary class="insight-summary" aria-current=move || own().then_some("true")>
                {words.own_days}
            </summary>
            <form
                class="insight-form"
                novalidate=true
                on:submit=move |event| {
                    event.prevent_default();
                    let span = Span::between(&from.get_untracked(), &to.get_untracked());
                    wrong.set(span.is_none());
                    if let Some(span) = span {
                        let shop = query.with_untracked(|query| query.shop.clone());
                        ask.run(InsightQuery { span, shop });
                    }
                }
            >
                {day(words.from, "insight-from", from)}
                {day(words.to, "insight-to", to)}
                <Button submit=true>{words.show}</Button>
            </form>
            <p class="field-error" id="insight-wrong" role="alert">
                {move || wrong.get().then_some(words.wrong_days)}
            </p>
        </details>
    }
}

/// What was counted. `csv` has the address of a chart's figures by their name, for those who may take them away.
pub fn insight_view(
    lang: Lang,
    insight: &Insight,
    size: Size,
    csv: Option<&dyn Fn(&str) -> String>,
) -> impl IntoView + use<> {
    let words = Words::of(lang);
    let (days, before) = (&insight.period, &insight.before);
    let shown_days = fill(
        words.shown_days,
        &[
            ("days", &dates(lang, days)),
            ("before", &dates(lang, before)),
        ],
    );
    let by_weeks = (insight.step == InsightStep::Week).then_some(words.by_weeks);
    let nothing = insight.cancellations.total.placed == 0
        && insight.refunds.total.made == 0
        && insight.support.total.begun == 0
        && insight.cases.total.opened == 0
        && insight.complaints.total.opened == 0;
    let inside = if nothing {
        view! {
            <section class="empty" role="status">
                <h2 class="empty-title">{words.no_orders}</h2>
                <p class="empty-text">{words.no_orders_hint}</p>
            </section>
        }
        .into_any()
    } else {
        let sections = sections(lang, insight).into_iter();
        let sections: Vec<_> = sections
            .map(|section| section_view(lang, section, size, csv))
            .collect();
        view! { {cards_view(lang, insight)} {patterns_view()} {sections} }.into_any()
    };
    view! {
        <p class="hint">{shown_days}</p>
        {by_weeks.map(|hint| view! { <p class="hint">{hint}</p> })}
        {inside}
        <p class="hint insight-note">{words.counts_on}</p>
    }
}

/// From when to when, with the years: a period may be as long as one, and the one before is of another.
fn dates(lang: Lang, period: &InsightPeriod) -> String {
    let (from, to) = (&period.from, &period.to);
    if from == to {
        return format::full_day(lang, from);
    }
    let (from, to) = (format::full_day(lang, from), format::full_day(lang, to));
    fill(Words::of(lang).from_to, &[("from", &from), ("to", &to)])
}

fn section_view(
    lang: Lang,
    section: Section,
    size: Size,
    csv: Option<&dyn Fn(&str) -> String>,
) -> impl IntoView + use<> {
    let id = format!("insight-{}", section.of);
    let charts = section.charts.into_iter();
    let charts: Vec<_> = charts
        .map(|(of, chart)| chart_view(lang, chart, size, csv.map(|csv| csv(of))))
        .collect();
    view! {
        <section class="insight-section" aria-labelledby=id.clone()>
            <h2 class="insight-title" id=id.clone()>{section.title}</h2>
            {section.hint.map(|hint| view! { <p class="hint">{hint}</p> })}
            {section.facts.map(|facts| view! { <p class="insight-facts">{facts}</p> })}
            <div class="charts">{charts}</div>
        </section>
    }
}

/// A key figure and what it was before.
struct Card {
    name: &'static str,
    unit: Unit,
    now: Option<i64>,
    before: Option<i64>,
}

fn cards_view(lang: Lang, insight: &Insight) -> impl IntoView + use<> {
    let words = Words::of(lang);
    let (orders, refunds) = (&insight.cancellations, &insight.refunds);
    let (support, cases, complaints) = (&insight.support, &insight.cases, &insight.complaints);
    let count = |count| Some(int(count));
    let cards = [
        Card {
            name: words.placed,
            unit: Unit::Count,
            now: count(orders.total.placed),
            before: count(orders.before.placed),
        },
        Card {
            name: words.rate,
            unit: Unit::Permille,
            now: orders.total.rate.map(int),
            before: orders.before.rate.map(int),
        },
        Card {
            name: words.arrived_in_time,
            unit: Unit::Permille,
            now: refunds.total.arrived.rate.map(int),
            before: refunds.before.arrived.rate.map(int),
        },
        Card {
            name: words.started_in_time,
            unit: Unit::Permille,
            now: refunds.total.started.rate.map(int),
            before: refunds.before.started.rate.map(int),
        },
        Card {
            name: words.arrival_days_card,
            unit: Unit::Days,
            now: refunds.total.arrival_median,
            before: refunds.before.arrival_median,
        },
        Card {
            name: words.begun,
            unit: Unit::Count,
            now: count(support.total.begun),
            before: count(support.before.begun),
        },
        Card {
            name: words.answer_card,
            unit: Unit::Minutes,
            now: support.total.answer_median,
            before: support.before.answer_median,
        },
        Card {
            name: words.opened,
            unit: Unit::Count,
            now: count(cases.total.opened),
            before: count(cases.before.opened),
        },
        Card {
            name: words.complaints_opened,
            unit: Unit::Count,
            now: count(complaints.total.opened),
            before: count(complaints.before.opened),
        },
    ];
    let cards = cards.map(|card| {
        let change = change(lang, &card);
        view! {
            <div class="panel insight-card">
                <dt class="insight-name">{card.name}</dt>
                <dd class="insight-value number">{shown(lang, card.unit, card.now)}</dd>
                <dd class="hint">{change}</dd>
            </div>
        }
    });
    view! {
        <section aria-label=words.figures>
            <dl class="insight-cards">{cards}</dl>
        </section>
    }
}

/// How a figure has changed, in words. That there were none is a number too, of things; of shares and times it is none.
fn change(lang: Lang, card: &Card) -> String {
    let words = Words::of(lang);
    let (Some(now), Some(before)) = (card.now, card.before) else {
        let nothing = card.now.is_some() && card.before.is_none();
        return if nothing {
            words.no_before.to_owned()
        } else {
            String::new()
        };
    };
    let difference = now - before;
    let much = difference.abs();
    let points = percent(much);
    let text = match (card.unit, difference.signum()) {
        (_, 0) => words.same.to_owned(),
        (Unit::Permille, 1) => fill(words.more_points, &[("n", points.trim_end_matches('%'))]),
        (Unit::Permille, _) => fill(words.less_points, &[("n", points.trim_end_matches('%'))]),
        (unit, 1) => fill(words.more, &[("n", &shown(lang, unit, Some(much)))]),
        (unit, _) => fill(words.less, &[("n", &shown(lang, unit, Some(much)))]),
    };
    let before = shown(lang, card.unit, Some(before));
    fill(words.before_was, &[("change", &text), ("before", &before)])
}
