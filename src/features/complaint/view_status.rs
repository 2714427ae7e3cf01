//! How the complaint stands, in one card: what it is about, whose turn it is and until when, the course, what follows.

use leptos::prelude::*;
use orders_api::ComplaintDetail;

use crate::format;
use crate::ui::Icon;
use crate::words::{Lang, codes};

use super::course::{self, Step, Stop};
use super::names;
use super::words::Words;

/// Turn and deadline, course, what follows. `left` is in seconds.
pub fn status_view(
    lang: Lang,
    complaint: &ComplaintDetail,
    left: Signal<i64>,
) -> impl IntoView + use<> {
    let words = Words::of(lang);
    let whose = codes::turn(lang, complaint.turn);
    let stops = course::stops(lang, complaint)
        .into_iter()
        .map(|stop| stop_view(lang, stop, whose))
        .collect_view();
    let dated = complaint.clone();
    let deadline = complaint.until.is_some().then(|| {
        view! {
            <p class="case-deadline">
                <Icon name="clock"/>
                <span>{move || course::deadline(lang, &dated, left.get())}</span>
            </p>
        }
    });
    let why = course::last_word(complaint).map(str::to_owned);
    view! {
        <section
            class="case-status"
            data-tone=names::tone(complaint.state).name()
            aria-labelledby="complaint-state"
        >
            <p class="case-what">
                <span>{words.complaint}</span>
                " · "
                <span>{names::topic(lang, complaint.topic)}</span>
            </p>
            <h1 class="case-state" id="complaint-state" tabindex="-1">
                {course::headline(lang, complaint)}
            </h1>
            {deadline}
            <p class="case-meaning">{course::meaning(lang, complaint)}</p>
            <ol class="route" aria-label=words.course>{stops}</ol>
            {course::then(lang, complaint).map(|text| view! { <p class="case-then">{text}</p> })}
            {why.map(|why| view! {
                <figure class="case-quote">
                    <figcaption class="fact-name">{words.offer_reason}</figcaption>
                    <blockquote>{why}</blockquote>
                </figure>
            })}
        </section>
    }
}

/// `whose` turn it is stands where the complaint is now.
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
