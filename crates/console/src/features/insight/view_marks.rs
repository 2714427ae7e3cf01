//! The patterns that tell series apart, and their key with the values that one points at.

use leptos::prelude::*;
use storefront::words::Lang;

use super::chart::{Chart, Kind, Look, Unit, shown};
use super::words::Words;

/// The patterns, once on the page: a picture fills its pieces with them by name.
pub fn patterns_view() -> impl IntoView {
    let patterns = Look::ALL.map(|look| {
        let lines = match look {
            Look::Main | Look::Empty => "",
            Look::Second => "M-2,2 l4,-4 M0,8 l8,-8 M6,10 l4,-4",
            Look::Warn => "M2,2 h1.6 v1.6 h-1.6 z M6,6 h1.6 v1.6 h-1.6 z",
            Look::Bad => "M-2,6 l4,4 M0,0 l8,8 M6,-2 l4,4",
            Look::Quiet => "M0,4 h8",
        };
        view! {
            <pattern id=id(look) class="look" data-look=look.name() width="8" height="8" patternUnits="userSpaceOnUse">
                <rect class="look-ground" width="8" height="8"></rect>
                <path class="look-lines" d=lines></path>
            </pattern>
        }
    });
    view! {
        <svg class="looks" width="0" height="0" aria-hidden="true" focusable="false">
            <defs>{patterns}</defs>
        </svg>
    }
}

fn id(look: Look) -> String {
    format!("look-{}", look.name())
}

/// What a piece of that look is filled with.
pub fn filled(look: Look) -> String {
    format!("url(#{})", id(look))
}

/// Which look is which series, with what there is of each at the place that one points at, else in all.
pub fn key_view(lang: Lang, chart: &Chart, at: RwSignal<Option<usize>>) -> impl IntoView + use<> {
    let words = Words::of(lang);
    let (lines, unit) = (chart.kind == Kind::Lines, chart.unit);
    let items: Vec<_> = chart
        .series
        .iter()
        .map(|series| {
            let look = series.look;
            let swatch = if lines {
                view! { <path class="chart-line" data-look=look.name() d="M1,7 h16"></path> }
                    .into_any()
            } else {
                view! {
                    <rect
                        class="chart-piece"
                        data-look=look.name()
                        x="0.5"
                        y="0.5"
                        width="17"
                        height="13"
                        fill=filled(look)
                    ></rect>
                }
                .into_any()
            };
            let values = series.values.clone();
            // Shares and times do not add up.
            let all = (unit == Unit::Count).then(|| values.iter().flatten().sum());
            let value = move || match (at.get(), all) {
                (Some(place), _) => {
                    let value = values.get(place).copied().flatten();
                    shown(lang, unit, value)
                }
                (None, Some(all)) => shown(lang, unit, Some(all)),
                (None, None) => String::new(),
            };
            view! {
                <li class="chart-key-item">
                    <svg class="chart-swatch" viewBox="0 0 18 14" aria-hidden="true" focusable="false">
                        {swatch}
                    </svg>
                    {series.name.clone()}
                    " "
                    <span class="chart-value number">{value}</span>
                </li>
            }
        })
        .collect();
    let places: Vec<_> = chart
        .places
        .iter()
        .map(|place| place.full.clone())
        .collect();
    let place = move || {
        let place = at.get().and_then(|place| places.get(place).cloned());
        place.unwrap_or_else(|| {
            let nowhere = if unit == Unit::Count {
                words.in_all
            } else {
                words.point_at
            };
            nowhere.to_owned()
        })
    };
    view! {
        <p class="chart-place">{place}</p>
        <ul class="chart-key">{items}</ul>
    }
}
