//! A chart: its picture, the value that one points at, and the table of all.

use leptos::prelude::*;
use storefront::words::{Lang, fill};

use super::chart::{Chart, Kind, Series, shown};
use super::layout::{Label, Layout, Rect, Size, layout};
use super::view_marks::{filled, key_view};
use super::words::Words;

/// A chart in its panel; `csv` is where its figures are to be had, for those who may take them away.
pub fn chart_view(lang: Lang, chart: Chart, size: Size, csv: Option<String>) -> impl IntoView {
    let words = Words::of(lang);
    let empty = chart.is_empty();
    let title = chart.title.clone();
    let says = chart.says.clone();
    let csv = csv.map(|href| {
        let name = format!("{}: {}", words.csv, chart.title);
        view! { <a class="chart-csv" href=href download="" aria-label=name>{words.csv}</a> }
    });
    let inside = if empty {
        view! { <p class="chart-none">{words.nothing}</p> }.into_any()
    } else {
        let at = RwSignal::new(None);
        view! {
            {key_view(lang, &chart, at)}
            {picture_view(lang, chart.clone(), size, at)}
            <details class="chart-table">
                <summary class="chart-summary">{words.table}</summary>
                {table_view(lang, &chart)}
            </details>
        }
        .into_any()
    };
    view! {
        <section class="panel chart" aria-labelledby=format!("{}-name", chart.key)>
            <div class="chart-head">
                <h3 class="chart-title" id=format!("{}-name", chart.key)>{title}</h3>
                {csv}
            </div>
            <p class="hint">{says}</p>
            {inside}
        </section>
    }
}

/// The picture is one thing to a screen reader; the slider beneath it tells place after place.
fn picture_view(
    lang: Lang,
    chart: Chart,
    size: Size,
    at: RwSignal<Option<usize>>,
) -> impl IntoView {
    let words = Words::of(lang);
    let laid = layout(&chart, size);
    let last = chart.places.len().saturating_sub(1);
    let (title_id, says_id) = (
        format!("{}-title", chart.key),
        format!("{}-says", chart.key),
    );
    let named = format!("{title_id} {says_id}");
    let frame = format!("0 0 {} {}", size.width, laid.height);
    let pieces = pieces_view(&chart, &laid);
    let hits = hits_view(&laid.places, at);
    let band = {
        let places = laid.places.clone();
        move || {
            at.get()
                .and_then(|place| places.get(place).copied())
                .map(band_view)
        }
    };
    let value = {
        let chart = chart.clone();
        move || chart.at(lang, at.get().unwrap_or(last))
    };
    let name = fill(words.look_at, &[("title", &chart.title)]);
    let upright = chart.kind != Kind::Bars;
    view! {
        <div class="chart-picture" data-upright=upright.then_some("")>
            <svg
                class="chart-svg"
                viewBox=frame
                role="img"
                aria-labelledby=named
                on:mouseleave=move |_| at.set(None)
            >
                <title id=title_id>{chart.title.clone()}</title>
                <desc id=says_id>{chart.says.clone()}</desc>
                {band}
                {marks_view(&laid)}
                {pieces}
                {names_view(&laid, upright)}
                {hits}
            </svg>
            <input
                class="chart-slider"
                type="range"
                min="0"
                max=last.to_string()
                step="1"
                aria-label=name
                aria-valuetext=value
                prop:value=move || at.get().unwrap_or(last).to_string()
                on:input=move |event| at.set(event_target_value(&event).parse().ok())
                on:focus=move |_| at.update(|at| *at = Some(at.unwrap_or(last)))
                on:blur=move |_| at.set(None)
            />
        </div>
    }
}

fn band_view(place: Rect) -> impl IntoView {
    view! {
        <rect
            class="chart-band"
            x=px(place.x)
            y=px(place.y)
            width=px(place.width)
            height=px(place.height)
        ></rect>
    }
}

/// The lines across the plot with their numbers.
fn marks_view(laid: &Layout) -> impl IntoView + use<> {
    let plot = laid.plot;
    let marks: Vec<_> = laid
        .marks
        .iter()
        .enumerate()
        .map(|(number, mark)| {
            let y = px(mark.y);
            view! {
                <line
                    class="chart-mark"
                    data-ground=(number == 0).then_some("")
                    x1=px(plot.x)
                    x2=px(plot.x + plot.width)
                    y1=y.clone()
                    y2=y
                ></line>
                <text class="chart-number" data-end="" x=px(mark.x) y=px(mark.y + 4.0)>
                    {mark.text.clone()}
                </text>
            }
        })
        .collect();
    marks
}

fn names_view(laid: &Layout, upright: bool) -> impl IntoView + use<> {
    let word = |label: &Label, class: &'static str| {
        view! {
            <text class=class data-middle=upright.then_some("") x=px(label.x) y=px(label.y)>
                {label.text.clone()}
            </text>
        }
    };
    let names: Vec<_> = laid
        .labels
        .iter()
        .map(|label| word(label, "chart-name"))
        .collect();
    let sums: Vec<_> = laid
        .sums
        .iter()
        .map(|label| word(label, "chart-number"))
        .collect();
    view! { {names} {sums} }
}

fn pieces_view(chart: &Chart, laid: &Layout) -> Vec<AnyView> {
    let of = |series: &Series, rects: &[Rect]| -> AnyView {
        let (look, fill) = (series.look, filled(series.look));
        let rects: Vec<_> = rects
            .iter()
            .filter(|rect| rect.width > 0.0 && rect.height > 0.0)
            .map(|rect| {
                view! {
                    <rect
                        class="chart-piece"
                        data-look=look.name()
                        fill=fill.clone()
                        x=px(rect.x)
                        y=px(rect.y)
                        width=px(rect.width)
                        height=px(rect.height)
                    ></rect>
                }
            })
            .collect();
        view! { <g>{rects}</g> }.into_any()
    };
    let line = |number: u32, series: &Series, parts: &[Vec<(f64, f64)>]| -> AnyView {
        let look = series.look.name();
        let radius = px(2.5 + 2.0 * f64::from(number));
        let parts: Vec<_> = parts
            .iter()
            .map(|part| {
                let points: Vec<_> = part.iter().map(|(x, y)| format!("{},{}", px(*x), px(*y))).collect();
                // A line of one point is not to be seen, and few points are seen better.
                let dots = part.len() <= 31;
                let dots: Vec<_> = part
                    .iter()
                    .filter(|_| dots)
                    .map(|(x, y)| view! { <circle class="chart-dot" data-look=look cx=px(*x) cy=px(*y) r=radius.clone()></circle> })
                    .collect();
                view! {
                    <polyline class="chart-line" data-look=look points=points.join(" ")></polyline>
                    {dots}
                }
            })
            .collect();
        view! { <g>{parts}</g> }.into_any()
    };
    match chart.kind {
        Kind::Columns | Kind::Bars => {
            let all = chart.series.iter().zip(&laid.pieces);
            all.map(|(series, rects)| of(series, rects)).collect()
        }
        Kind::Lines => {
            // The first lies on top, and the points of each are larger than those before it: where two have the same
            // figure, both are seen.
            let all = (0..).zip(chart.series.iter().zip(&laid.lines));
            let mut all: Vec<_> = all
                .map(|(number, (series, parts))| line(number, series, parts))
                .collect();
            all.reverse();
            all
        }
    }
}

/// What a mouse points at and a finger touches: the whole of each place.
fn hits_view(places: &[Rect], at: RwSignal<Option<usize>>) -> Vec<AnyView> {
    let all = places.iter().enumerate();
    all.map(|(number, place)| {
        view! {
            <rect
                class="chart-hit"
                x=px(place.x)
                y=px(place.y)
                width=px(place.width)
                height=px(place.height)
                on:mouseenter=move |_| at.set(Some(number))
                on:click=move |_| at.set(Some(number))
            ></rect>
        }
        .into_any()
    })
    .collect()
}

fn px(length: f64) -> String {
    format!("{length:.1}")
}

/// All figures, a row for each place.
pub fn table_view(lang: Lang, chart: &Chart) -> impl IntoView + use<> {
    let words = Words::of(lang);
    let heads: Vec<_> = chart
        .series
        .iter()
        .map(|series| view! { <th class="amount" scope="col">{series.name.clone()}</th> })
        .collect();
    let rows: Vec<_> = chart
        .places
        .iter()
        .enumerate()
        .map(|(place, name)| {
            let cells: Vec<_> = chart
                .series
                .iter()
                .map(|series| {
                    let value = series.values.get(place).copied().flatten();
                    view! { <td class="amount number">{shown(lang, chart.unit, value)}</td> }
                })
                .collect();
            view! { <tr><th scope="row">{name.full.clone()}</th>{cells}</tr> }
        })
        .collect();
    view! {
        <div class="table-frame" role="region" aria-label=fill(words.as_table, &[("title", &chart.title)]) tabindex="0">
            <table class="table">
                <caption class="visually-hidden">{chart.title.clone()}</caption>
                <thead><tr><th scope="col">{chart.axis}</th>{heads}</tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}
