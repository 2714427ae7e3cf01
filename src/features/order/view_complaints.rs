//! The order's complaints: where each stands and whose turn it is; and the way to complain.

use leptos::prelude::*;
use orders_api::{ComplaintSummary, OrderDetail};

use crate::features::complaint::names;
use crate::format;
use crate::paths;
use crate::ui::Icon;
use crate::words::{Lang, codes, fill};

use super::words::Words;

/// The complaints; `None` without any.
pub fn complaints_view(lang: Lang, order: &OrderDetail) -> Option<AnyView> {
    if order.complaints.is_empty() {
        return None;
    }
    let rows = order
        .complaints
        .iter()
        .map(|complaint| view! { <li>{row_view(lang, complaint)}</li> })
        .collect_view();
    Some(
        view! {
            <section class="panel" id="complaints" aria-labelledby="complaints-title">
                <div class="panel-head">
                    <h2 class="panel-title" id="complaints-title">{Words::of(lang).complaints}</h2>
                </div>
                <ul class="order-cases">{rows}</ul>
            </section>
        }
        .into_any(),
    )
}

fn row_view(lang: Lang, complaint: &ComplaintSummary) -> impl IntoView + use<> {
    let words = Words::of(lang);
    let more = match (codes::turn(lang, complaint.turn), &complaint.until) {
        (Some(turn), Some(until)) => {
            let until = format::day_time(lang, until);
            fill(words.case_until, &[("turn", turn), ("until", &until)])
        }
        (Some(turn), None) => turn.to_owned(),
        (None, _) => {
            let at = format::date(lang, &complaint.opened_at);
            fill(words.complaint_opened, &[("at", &at)])
        }
    };
    view! {
        <a class="order-case" href=paths::complaint(&complaint.id)>
            <span class="order-case-what">
                <span class="order-case-row">{names::topic(lang, complaint.topic)}</span>
                " "
                <span class="order-case-row">
                    <span class="badge" data-tone=names::tone(complaint.state).name()>
                        {names::state(lang, complaint.state)}
                    </span>
                    " "
                    <span class="order-case-more">{more}</span>
                </span>
            </span>
            <Icon name="chevron-right"/>
        </a>
    }
}

/// The way to complain, below support: a person first.
pub fn complain_link(lang: Lang, order: &OrderDetail) -> Option<AnyView> {
    let words = Words::of(lang);
    order.may_complain.then(|| {
        view! {
            <p class="panel contact-more">
                {words.complain_why}
                " "
                <a href=paths::complain(&order.id)>{words.complain}</a>
            </p>
        }
        .into_any()
    })
}

#[cfg(test)]
mod tests {
    use orders_api::{Actor, ComplaintState, ComplaintTopic, TimelineEntry, TimelineEvent, Turn};

    use super::super::sample;
    use super::super::view_facts::aside_view;
    use super::*;

    fn complained(state: ComplaintState, turn: Turn) -> OrderDetail {
        let mut order = sample::unpacked();
        let over = state.is_final();
        order.complaints.push(ComplaintSummary {
            id: "o1-P1".into(),
            state,
            turn,
            until: (!over).then(|| sample::instant("2026-11-28T06:00:00.000Z")),
            topic: ComplaintTopic::Service,
            case: None,
            refund: None,
            opened_at: sample::instant("2026-11-24T08:00:00.000Z"),
        });
        order.timeline.push(TimelineEntry {
            at: sample::instant("2026-11-24T08:00:00.000Z"),
            what: TimelineEvent::ComplaintOpened,
            by: Actor::Shopper,
            detail: Some("o1-P1".into()),
        });
        order
    }

    fn panel(lang: Lang, order: &OrderDetail) -> String {
        let view = || complaints_view(lang, order).map(|view| view.to_html());
        Owner::new().with(view).unwrap_or_default()
    }

    fn aside(lang: Lang, order: &OrderDetail) -> String {
        Owner::new().with(|| aside_view(lang, order, Callback::new(|_| {})).to_html())
    }

    #[test]
    fn each_complaint_says_where_it_stands_and_leads_to_its_page() {
        for lang in Lang::ALL {
            for (state, turn) in [
                (ComplaintState::Received, Turn::Merchant),
                (ComplaintState::Proposed, Turn::Shopper),
                (ComplaintState::Accepted, Turn::Nobody),
            ] {
                let order = complained(state, turn);
                let html = panel(lang, &order);
                for text in [
                    names::state(lang, state),
                    names::topic(lang, ComplaintTopic::Service),
                    codes::turn(lang, turn).unwrap_or_default(),
                    "href=\"/complaints/o1-P1\"",
                ] {
                    assert!(html.contains(text), "{text}: {html}");
                }
                let until = format::day_time(lang, &sample::instant("2026-11-28T06:00:00.000Z"));
                assert_eq!(html.contains(&until), !state.is_final(), "{html}");
                // What happened leads there, too, instead of showing its number.
                let aside = aside(lang, &order);
                assert!(aside.contains("href=\"/complaints/o1-P1\""), "{aside}");
                assert!(!aside.contains(">o1-P1<"), "{aside}");
            }
        }
        assert_eq!(panel(Lang::En, &sample::unpacked()), "");
    }

    #[test]
    fn one_may_complain_exactly_when_the_server_says_so() {
        let mut order = sample::unpacked();
        for may in [true, false] {
            order.may_complain = may;
            let html = aside(Lang::En, &order);
            assert_eq!(html.contains("href=\"/orders/o1/complain\""), may, "{html}");
            // A person comes first.
            let person = html.find("tel:").unwrap_or(usize::MAX);
            assert!(person < html.find("/complain").unwrap_or(usize::MAX));
        }
    }
}
