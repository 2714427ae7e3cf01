//! How the case stands, in one card: whose turn it is and until when, the course, and what follows by itself.

use leptos::prelude::*;
use orders_api::{CaseDetail, CaseState, RefundState};

use crate::format;
use crate::tones;
use crate::ui::{Icon, Tone};
use crate::words::{Lang, codes};

use super::course::{self, Step, Stop};
use super::turn;
use super::words::Words;

/// The colour of a case: of its refund when that has failed, else of its state.
fn tone(case: &CaseDetail) -> Tone {
    match (case.state, course::slowest(case)) {
        (CaseState::Refunded, Some(RefundState::Failed)) => Tone::Danger,
        (state, _) => tones::of_case(state),
    }
}

/// Turn and deadline, course, what follows. `left` is in seconds.
pub fn status_view(lang: Lang, case: &CaseDetail, left: Signal<i64>) -> impl IntoView + use<> {
    let words = Words::of(lang);
    let whose = codes::turn(lang, case.turn);
    let stops = course::stops(lang, case)
        .into_iter()
        .map(|stop| stop_view(lang, stop, whose))
        .collect_view();
    let dated = case.clone();
    let deadline = case.until.is_some().then(|| {
        view! {
            <p class="case-deadline">
                <Icon name="clock"/>
                <span>{move || turn::deadline(lang, &dated, left.get())}</span>
            </p>
        }
    });
    view! {
        <section class="case-status" data-tone=tone(case).name() aria-labelledby="case-state">
            <p class="case-what">
                <span>{codes::case_kind(lang, case.kind)}</span>
                " "
                <strong class="money">{format::money(&case.settlement.amount)}</strong>
            </p>
            <h1 class="case-state" id="case-state" tabindex="-1">
                {course::headline(lang, case)}
            </h1>
            {deadline}
            {turn::meaning(lang, case).map(|text| view! { <p class="case-meaning">{text}</p> })}
            <ol class="route" aria-label=words.course>{stops}</ol>
            {turn::then(lang, case).map(|text| view! { <p class="case-then">{text}</p> })}
        </section>
    }
}

/// `whose` turn it is stands where the case is now.
fn stop_view(lang: Lang, stop: Stop, whose: Option<&'static str>) -> impl IntoView {
    let here = stop.step == Step::Here;
    let day = stop.at.as_ref().map(|at| {
        let day = format::day_month(lang, &format::day_of(at));
        view! { <time datetime=at.0.clone()>{day}</time> }
    });
    let both = day.is_some() && !stop.what.is_empty();
    let whose = whose.filter(|_| here);
    view! {
        <li
            class="route-stop"
            data-step=stop.step.name()
            aria-current=here.then_some("step")
        >
            <p class="route-name">{stop.name}</p>
            {whose.map(|whose| view! { <p class="route-here">{whose}</p> })}
            <p class="route-what">{stop.what}{both.then_some(" · ")}{day}</p>
        </li>
    }
}
