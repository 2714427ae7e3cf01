//! Where the order's shopper stands at the shop: cancelling too often, counted, warned, limited.

use leptos::prelude::*;
use orders_api::ShopperStanding;
use storefront::format;
use storefront::ui::{Tone, fact};
use storefront::words::{Lang, fill};

use super::words::Words;

/// What is counted, and what has come of it. Nothing where nothing was cancelled late.
pub fn standing_view(
    lang: Lang,
    standing: Option<&ShopperStanding>,
) -> Option<impl IntoView + use<>> {
    let words = Words::of(lang);
    let standing =
        standing.filter(|standing| standing.late > 0 || standing.limited_until.is_some())?;
    let days = standing.forget_days.to_string();
    let (late, free) = (standing.late.to_string(), standing.free.to_string());
    let late = fill(words.standing_late_n, &[("n", &late), ("free", &free)]);
    let (counted, limit) = (standing.counted.to_string(), standing.limit_at.to_string());
    let counted = fill(
        words.standing_counted_n,
        &[("n", &counted), ("limit", &limit)],
    );
    Some(view! {
        <section
            class="panel"
            data-tone=standing.limited_until.as_ref().map(|_| Tone::Warn.name())
            aria-labelledby="standing"
        >
            <h2 id="standing">{words.standing}</h2>
            <dl class="facts">
                {fact(words.standing_is, view! { <dd class="fact-value">{state(lang, standing)}</dd> })}
                <div>
                    <dt class="fact-name">{fill(words.standing_late, &[("days", &days)])}</dt>
                    <dd class="fact-value">{late}</dd>
                </div>
                {fact(words.standing_counted, view! { <dd class="fact-value">{counted}</dd> })}
            </dl>
        </section>
    })
}

/// In a word, or with the moment until when.
fn state(lang: Lang, standing: &ShopperStanding) -> String {
    let words = Words::of(lang);
    match &standing.limited_until {
        Some(until) => {
            let until = format::moment(lang, until);
            fill(words.standing_limited, &[("until", &until)])
        }
        None if standing.warned => words.standing_warned.to_owned(),
        None => words.standing_ordinary.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn standing(late: u32, limited_until: Option<&str>) -> ShopperStanding {
        ShopperStanding {
            late,
            counted: late.saturating_sub(4),
            warned: late > 4,
            limited_until: limited_until.map(|at| orders_api::Instant(at.into())),
            free: 4,
            forget_days: 30,
            limit_at: 3,
        }
    }

    #[test]
    fn the_standing_is_shown_once_something_was_cancelled_late_and_says_what_came_of_it() {
        let shown = |standing: &ShopperStanding| {
            Owner::new().with(|| {
                standing_view(Lang::En, Some(standing)).map(|view| view.into_view().to_html())
            })
        };
        assert_eq!(shown(&standing(0, None)), None);
        let said = |standing| shown(&standing).unwrap_or_default();
        assert!(said(standing(2, None)).contains("Ordinary"));
        let warned = said(standing(5, None));
        assert!(warned.contains("Warned") && warned.contains("1 of 3"));
        let limited = said(standing(0, Some("2026-12-01T04:00:00.000Z")));
        assert!(limited.contains("Staff decide until"));
    }
}
