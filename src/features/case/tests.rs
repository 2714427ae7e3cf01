//! The case's page, rendered on the host.

mod sum;
mod words_in_place;

use leptos::prelude::*;
use orders_api::*;

use super::course::{End, Place, Step, end, headline, stops};
use super::forms::{ParcelForm, SayForm};
use super::moves::Move;
use super::sample;
use super::turn::{deadline, meaning, then};
use super::views::{CaseParts, CaseView};
use super::words::Words;
use crate::features::evidence::PickerParts;
use crate::features::support::mailto;
use crate::format;
use crate::words::{Lang, codes};

/// 27 hours.
const LEFT: i64 = 27 * 3600;

fn render(lang: Lang, case: &CaseDetail) -> String {
    render_with(lang, case, |_| {}, None)
}

fn render_with(
    lang: Lang,
    case: &CaseDetail,
    fill_in: impl Fn(CaseParts),
    error: Option<(Move, String)>,
) -> String {
    let owner = Owner::new();
    let case = case.clone();
    owner.with(|| {
        provide_context(lang);
        let parts = CaseParts {
            news: Signal::stored("news".to_owned()),
            left: Signal::stored(LEFT),
            say: SayForm::new(false),
            appeal: SayForm::new(true),
            say_picker: picker(),
            appeal_picker: picker(),
            parcel: ParcelForm::new(),
            withdrawing: Signal::stored(false),
            asks: RwSignal::new(false),
            error: Signal::stored(error),
            make: Callback::new(|_| {}),
            copy: Callback::new(|_| {}),
            key: StoredValue::new(Some("k1".to_owned())),
        };
        fill_in(parts);
        view! { <CaseView lang case=Signal::stored(case) parts/> }.to_html()
    })
}

/// Without any uploads.
fn picker() -> PickerParts {
    PickerParts {
        course: Signal::stored(sample::uploads(0)),
        pick: Callback::new(|_| {}),
        tell: Callback::new(|_| {}),
        preview: Callback::new(|_| None),
    }
}

/// Text as the renderer writes it.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
}

fn course(case: &CaseDetail) -> Vec<(Place, Step)> {
    let stops = stops(Lang::En, case);
    stops.iter().map(|stop| (stop.place, stop.step)).collect()
}

fn whats(lang: Lang, case: &CaseDetail) -> Vec<String> {
    stops(lang, case)
        .into_iter()
        .map(|stop| stop.what)
        .collect()
}

#[test]
fn the_course_shows_where_the_case_is_and_what_is_to_come() {
    use Place::*;
    use Step::*;
    for (state, stops) in [
        (
            CaseState::Open,
            vec![
                (Asked, Done),
                (Answer, Here),
                (Return, Coming),
                (Refund, Coming),
            ],
        ),
        (
            CaseState::AwaitingReturn,
            vec![
                (Asked, Done),
                (Answer, Done),
                (Return, Here),
                (Refund, Coming),
            ],
        ),
        (
            CaseState::Rejected,
            vec![(Asked, Done), (Answer, Failed), (Review, Coming)],
        ),
        (
            CaseState::Appealed,
            vec![
                (Asked, Done),
                (Answer, Done),
                (Review, Here),
                (Return, Coming),
                (Refund, Coming),
            ],
        ),
        (
            CaseState::Refunded,
            vec![
                (Asked, Done),
                (Answer, Done),
                (Return, Done),
                (Refund, Here),
            ],
        ),
        (CaseState::Withdrawn, vec![(Asked, Done), (End, Here)]),
        (
            CaseState::Closed,
            vec![(Asked, Done), (Answer, Done), (Review, Failed)],
        ),
    ] {
        assert_eq!(course(&sample::case(state)), stops, "{state:?}");
    }
    let open = sample::refund_only(CaseState::Open);
    assert_eq!(
        course(&open),
        [(Asked, Done), (Answer, Here), (Refund, Coming)]
    );
    // A parcel that is refused at the door goes back by itself.
    assert_eq!(course(&sample::refused_parcel()), course(&open));
    let failed = sample::refunded(RefundState::Failed);
    assert_eq!(course(&failed).last(), Some(&(Refund, Failed)));
}

#[test]
fn goods_on_their_way_back_are_there_until_the_merchant_has_looked_at_them() {
    use Place::*;
    use Step::*;
    let returning = sample::case(CaseState::Returning);
    assert_eq!(
        course(&returning),
        [
            (Asked, Done),
            (Answer, Done),
            (Return, Here),
            (Refund, Coming)
        ]
    );
    assert_eq!(
        whats(Lang::ZhCn, &returning)[2..],
        ["已寄出", "商家确认收货后"]
    );
    let seller = Actor::Seller;
    let sent = (Actor::Shopper, CaseAct::Sent);
    let rejected = sample::with(
        CaseState::Rejected,
        &[
            (seller, CaseAct::Approved),
            sent,
            (seller, CaseAct::Rejected),
        ],
    );
    assert_eq!(
        course(&rejected),
        [
            (Asked, Done),
            (Answer, Done),
            (Return, Failed),
            (Review, Coming)
        ]
    );
    let silent = sample::with(
        CaseState::Refunded,
        &[
            (seller, CaseAct::Approved),
            sent,
            (Actor::System, CaseAct::ReceivedBySilence),
        ],
    );
    assert_eq!(
        whats(Lang::En, &silent)[2],
        "Not confirmed in time, counts as received"
    );
}

#[test]
fn who_was_silent_is_told_and_what_came_of_it() {
    use Place::*;
    let system = Actor::System;
    let silent = sample::with(CaseState::Refunded, &[(system, CaseAct::ApprovedBySilence)]);
    let places: Vec<_> = course(&silent)
        .into_iter()
        .map(|(place, _)| place)
        .collect();
    assert_eq!(places, [Asked, Answer, Refund], "nothing was sent back");
    assert_eq!(whats(Lang::ZhCn, &silent)[1], "超时未答复，自动同意");
    let escalated = sample::with(
        CaseState::Appealed,
        &[(system, CaseAct::EscalatedBySilence)],
    );
    assert_eq!(course(&escalated)[2], (Review, Step::Here));
    // Staff's silence after a rejection is staff's.
    let granted = sample::with(
        CaseState::Refunded,
        &[
            (Actor::Seller, CaseAct::Rejected),
            (Actor::Shopper, CaseAct::Appealed),
            (system, CaseAct::ApprovedBySilence),
        ],
    );
    assert_eq!(course(&granted)[2].0, Review);
}

#[test]
fn every_case_says_whose_turn_it_is_until_when_and_what_follows() {
    for lang in Lang::ALL {
        for case in sample::every() {
            let html = render(lang, &case);
            for text in [
                headline(lang, &case).to_owned(),
                meaning(lang, &case).unwrap_or_default().to_owned(),
                deadline(lang, &case, LEFT).unwrap_or_default(),
                then(lang, &case).unwrap_or_default(),
                format::money(&case.settlement.amount),
                codes::case_kind(lang, case.kind).to_owned(),
                "href=\"tel:4008200403\"".to_owned(),
                "href=\"/orders/o1\"".to_owned(),
            ] {
                assert!(html.contains(&escaped(&text)), "{text}: {html}");
            }
            let over = case.turn == Turn::Nobody;
            assert_eq!(then(lang, &case).is_none(), over);
            assert_eq!(html.contains("class=\"case-deadline\""), !over, "{html}");
            let whose = codes::turn(lang, case.turn);
            assert_eq!(
                html.contains("class=\"route-here\""),
                whose.is_some() && case.state != CaseState::Rejected,
                "{html}"
            );
            assert!(html.matches("aria-current=\"step\"").count() <= 1, "{html}");
            assert!(!html.contains('{') && !html.contains(" style"), "{html}");
        }
    }
}

#[test]
fn a_deadline_is_told_in_days_and_hours_and_by_its_moment() {
    let open = sample::case(CaseState::Open);
    let told = |lang, left| deadline(lang, &open, left).unwrap_or_default();
    assert_eq!(
        told(Lang::ZhCn, LEFT),
        "还剩 1 天 3 小时 · 11月28日 14:00 前"
    );
    assert_eq!(told(Lang::En, LEFT), "1 day 3 h left · until 28 Nov, 14:00");
    assert_eq!(told(Lang::ZhCn, 0), Words::of(Lang::ZhCn).time_is_up);
    let then = |state, consequence| {
        let mut case = sample::case(state);
        case.then = Some(consequence);
        super::turn::then(Lang::ZhCn, &case).unwrap_or_default()
    };
    for (state, consequence, text) in [
        (
            CaseState::Open,
            Consequence::Refund,
            "商家到时没有答复，会自动退款 ¥102.40。",
        ),
        (
            CaseState::Open,
            Consequence::Staff,
            "商家到时没有答复，由客服来决定。",
        ),
        (
            CaseState::Rejected,
            Consequence::Close,
            "到时没有申诉，售后会自动关闭，不退款。",
        ),
    ] {
        assert_eq!(then(state, consequence), text);
    }
}

#[test]
fn a_case_that_is_over_says_how_it_ended_and_offers_nothing_more() {
    for (case, ended) in [
        (sample::case(CaseState::Closed), Some(End::Dismissed)),
        (sample::timed_out(CaseAct::Approved), Some(End::NotSent)),
        (sample::timed_out(CaseAct::Rejected), Some(End::NoAppeal)),
        (
            sample::with(CaseState::Closed, &[(Actor::System, CaseAct::Closed)]),
            Some(End::TimeOver),
        ),
        (sample::case(CaseState::Withdrawn), None),
        (sample::case(CaseState::Open), None),
    ] {
        assert_eq!(end(&case), ended);
        for lang in Lang::ALL {
            let html = render(lang, &case);
            let words = Words::of(lang);
            let out = html.contains("href=\"tel:12315\"") && html.contains(words.outside);
            assert_eq!(out, ended == Some(End::Dismissed), "{html}");
            assert_eq!(
                html.contains("<form"),
                case.state == CaseState::Open,
                "{html}"
            );
        }
    }
    let html = render(Lang::ZhCn, &sample::case(CaseState::Closed));
    let link = mailto(
        "support@tepai.example",
        &super::contact::mail(Lang::ZhCn, &sample::case(CaseState::Closed)),
    );
    let out = html
        .split("id=\"way-out-title\"")
        .nth(1)
        .unwrap_or_default();
    assert!(out.contains("色差在正常范围内"), "staff's reason: {html}");
    assert!(out.contains(&escaped(&link)), "{html}");
}

#[test]
fn each_form_is_there_exactly_when_the_server_offers_it() {
    for lang in Lang::ALL {
        for case in sample::every() {
            let html = render(lang, &case);
            for (action, path) in [
                (CaseAction::SendParcel, "parcel"),
                (CaseAction::Appeal, "appeal"),
                (CaseAction::Say, "messages"),
                (CaseAction::Withdraw, "withdrawal"),
            ] {
                let form = format!("action=\"/cases/o1-C1/{path}\"");
                assert_eq!(
                    html.contains(&form),
                    case.actions.contains(&action),
                    "{form}: {html}"
                );
            }
        }
    }
}

#[test]
fn goods_to_be_sent_have_their_address_and_the_usual_couriers() {
    let html = render(Lang::En, &sample::case(CaseState::AwaitingReturn));
    for text in [
        "文三路 90 号 3 幢",
        "aria-label=\"Copy the address\"",
        "list=\"case-couriers\"",
        "<option value=\"顺丰\">",
        "name=\"tracking_number\"",
        "name=\"courier\"",
    ] {
        assert!(html.contains(text), "{text}: {html}");
    }
    let sent = render(Lang::En, &sample::case(CaseState::Returning));
    assert!(
        sent.contains("SF1234567890") && !sent.contains("case-couriers"),
        "{sent}"
    );
}

#[test]
fn an_appeal_quotes_the_reason_of_the_rejection_above_its_form() {
    let html = render(Lang::ZhCn, &sample::case(CaseState::Rejected));
    let panel = html.split("id=\"appeal\"").nth(1).unwrap_or_default();
    let at = |text: &str| {
        panel
            .find(text)
            .unwrap_or_else(|| panic!("{text}: {panel}"))
    };
    assert!(at("照片里看不出色差") < at("action=\"/cases/o1-C1/appeal\""));
    at("href=\"/help/refund-rejected?shop=tepai&amp;version=2026-01\"");
}

#[test]
fn its_refunds_are_linked_with_their_state_and_one_that_failed_is_the_headline() {
    for lang in Lang::ALL {
        for state in RefundState::ALL {
            let case = sample::refunded(state);
            let html = render(lang, &case);
            assert!(html.contains("href=\"/refunds/o1-R1\""), "{html}");
            assert!(
                html.contains(&escaped(codes::refund_state(lang, state))),
                "{html}"
            );
            let arrived = headline(lang, &case) == Words::of(lang).state_arrived;
            assert_eq!(
                arrived,
                state == RefundState::Arrived,
                "no more than is known"
            );
            let danger = html.contains("data-tone=\"danger\" aria-labelledby=\"case-state\"");
            assert_eq!(danger, state == RefundState::Failed, "{html}");
        }
    }
}

#[test]
fn the_thread_tells_all_of_it_oldest_first() {
    let mut case = sample::case(CaseState::Open);
    case.thread.truncate(1);
    let by = |what| match what {
        CaseAct::Approved | CaseAct::Rejected | CaseAct::Received => Actor::Seller,
        CaseAct::Dismissed => Actor::Staff,
        CaseAct::ApprovedBySilence
        | CaseAct::EscalatedBySilence
        | CaseAct::ReceivedBySilence
        | CaseAct::Closed => Actor::System,
        CaseAct::Opened
        | CaseAct::Said
        | CaseAct::Appealed
        | CaseAct::Sent
        | CaseAct::Withdrawn => Actor::Shopper,
    };
    for (at, what) in CaseAct::ALL.into_iter().enumerate() {
        let text = format!("word-{at}-");
        let entry = sample::entry("2026-11-26T09:00:00.000Z", by(what), what, Some(&text));
        case.thread.push(entry);
    }
    for lang in Lang::ALL {
        let html = render(lang, &case);
        let thread = html.split("id=\"thread-title\"").nth(1).unwrap_or_default();
        let places: Vec<_> = (0..CaseAct::ALL.len())
            .map(|at| {
                thread
                    .find(&format!("word-{at}-"))
                    .unwrap_or_else(|| panic!("{at}: {thread}"))
            })
            .collect();
        assert!(places.is_sorted(), "{places:?}");
        for text in [
            "/api/v1/evidence/f1/file",
            "<video",
            "datetime=\"2026-11-26T09:00:00.000Z\"",
            Words::of(lang).act_escalated_by_silence,
        ] {
            assert!(thread.contains(text), "{text}: {thread}");
        }
        let system = format!(">{}<", codes::actor(lang, Actor::System));
        assert!(
            !thread.contains(&system),
            "what happens by itself, nobody does"
        );
    }
}
