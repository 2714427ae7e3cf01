//! The complaint's pages, rendered on the host.

mod form;

use leptos::prelude::*;
use orders_api::*;

use super::course::{Step, acceptance, deadline, headline, meaning, offer, stops, then};
use super::moves::{Intent, Move};
use super::names;
use super::news::news_between;
use super::sample;
use super::views::{ComplaintParts, ComplaintView};
use super::words::Words;
use crate::features::case::{Meant, SayForm};
use crate::features::evidence::PickerParts;
use crate::features::support::mailto;
use crate::words::Lang;

/// 27 hours.
const LEFT: i64 = 27 * 3600;

fn render(lang: Lang, complaint: &ComplaintDetail) -> String {
    render_with(lang, complaint, None)
}

fn render_with(lang: Lang, complaint: &ComplaintDetail, error: Option<(Move, String)>) -> String {
    let complaint = complaint.clone();
    Owner::new().with(|| {
        provide_context(lang);
        let parts = ComplaintParts {
            news: Signal::stored("news".to_owned()),
            left: Signal::stored(LEFT),
            say: SayForm::new(false),
            dispute: SayForm::new(true),
            say_picker: picker(),
            dispute_picker: picker(),
            asks_accept: RwSignal::new(false),
            accepting: Signal::stored(false),
            asks_decline: RwSignal::new(false),
            asks_withdraw: RwSignal::new(false),
            withdrawing: Signal::stored(false),
            error: Signal::stored(error),
            press: Callback::new(|_| {}),
            make: Callback::new(|_| {}),
            copy: Callback::new(|_| {}),
            key: StoredValue::new(Some("k1".to_owned())),
        };
        view! { <ComplaintView lang complaint=Signal::stored(complaint) parts/> }.to_html()
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

fn course(complaint: &ComplaintDetail) -> Vec<(ComplaintStep, Step)> {
    let stops = stops(Lang::En, complaint);
    stops.iter().map(|stop| (stop.stage, stop.step)).collect()
}

#[test]
fn the_course_shows_what_is_behind_where_it_stands_and_what_is_to_come() {
    use ComplaintStep::*;
    use Step::*;
    let of = |state| course(&sample::complaint(state));
    assert_eq!(
        of(ComplaintState::Received),
        [
            (Received, Done),
            (Investigated, Here),
            (Proposed, Coming),
            (Over, Coming)
        ]
    );
    assert_eq!(
        of(ComplaintState::Investigating),
        [
            (Received, Done),
            (Investigated, Done),
            (Proposed, Here),
            (Over, Coming)
        ]
    );
    assert_eq!(
        of(ComplaintState::Proposed),
        [
            (Received, Done),
            (Investigated, Done),
            (Proposed, Done),
            (Over, Here)
        ]
    );
    assert_eq!(
        of(ComplaintState::Disputed),
        [
            (Received, Done),
            (Investigated, Done),
            (Proposed, Done),
            (Disputed, Done),
            (Decided, Here),
            (Over, Coming)
        ]
    );
    assert_eq!(
        of(ComplaintState::Withdrawn),
        [(Received, Done), (Investigated, Done), (Over, Done)],
        "a stage that was skipped is no stop"
    );
    assert_eq!(
        course(&sample::silent()),
        [
            (Received, Done),
            (Investigated, Done),
            (Proposed, Here),
            (Over, Coming)
        ],
        "without a date, the next one is waited for"
    );
}

#[test]
fn the_stop_that_is_waited_for_has_its_date_and_the_shoppers_is_their_decision() {
    let words = Words::of(Lang::En);
    let proposed = stops(Lang::En, &sample::complaint(ComplaintState::Proposed));
    let here = proposed.last().expect("stops");
    assert_eq!(here.name, words.stop_answer);
    assert_eq!(here.what, "by 28 Nov, 14:00");
    let accepted = stops(Lang::En, &sample::complaint(ComplaintState::Accepted));
    let over = accepted.last().expect("stops");
    assert_eq!(
        (over.name, &*over.what),
        (words.stop_over, words.over_accepted)
    );
}

#[test]
fn headline_and_meaning_say_how_it_stands_in_every_state_and_ending() {
    let words = Words::of(Lang::En);
    let of =
        |complaint: &ComplaintDetail| (headline(Lang::En, complaint), meaning(Lang::En, complaint));
    for (complaint, told) in [
        (
            sample::complaint(ComplaintState::Received),
            (words.state_received, words.means_received),
        ),
        (
            sample::escalated(),
            (words.state_supervisor, words.means_escalated),
        ),
        (
            sample::silent(),
            (words.state_supervisor, words.means_outside),
        ),
        (
            sample::complaint(ComplaintState::Proposed),
            (words.state_proposed, words.means_proposed),
        ),
        (sample::last(), (words.state_final, words.means_final)),
        (
            sample::declined(),
            (words.state_declined, words.means_declined),
        ),
        (
            sample::complaint(ComplaintState::Closed),
            (words.state_closed, words.means_closed),
        ),
        (
            sample::granted(),
            (words.state_granted, words.means_granted),
        ),
        (
            sample::complaint(ComplaintState::Resolved),
            (words.state_resolved, words.means_resolved),
        ),
        (
            sample::with(
                ComplaintState::Accepted,
                sample::proposal(ProposalKind::Goodwill),
            ),
            (words.state_accepted, words.means_accepted_goodwill),
        ),
    ] {
        assert_eq!(of(&complaint), told, "{:?}", complaint.state);
    }
}

#[test]
fn the_deadline_and_what_follows_are_told_while_somebodys_time_runs() {
    let disputed = sample::complaint(ComplaintState::Disputed);
    assert_eq!(
        deadline(Lang::En, &disputed, LEFT).as_deref(),
        Some("1 day 3 h left · until 28 Nov, 14:00")
    );
    let words = Words::of(Lang::En);
    assert_eq!(
        deadline(Lang::En, &disputed, 0).as_deref(),
        Some(words.time_is_up)
    );
    assert_eq!(
        then(Lang::En, &disputed).as_deref(),
        Some("Without an answer by then, the refund of ¥102.40 that you wished for is made.")
    );
    let over = sample::complaint(ComplaintState::Accepted);
    assert_eq!(deadline(Lang::En, &over, 0), None);
    assert_eq!(then(Lang::En, &over), None);
    assert_eq!(then(Lang::En, &sample::silent()), None);
}

#[test]
fn an_offer_names_its_amount_and_what_accepting_it_does() {
    let told = |kind| {
        let proposal = sample::proposal(kind);
        (offer(Lang::En, &proposal), acceptance(Lang::En, &proposal))
    };
    let (offered, means) = told(ProposalKind::Refund);
    assert_eq!(offered, "A refund of ¥60.00");
    assert!(means.starts_with("¥60.00 goes back"), "{means}");
    let (offered, means) = told(ProposalKind::Compensation);
    assert_eq!(offered, "¥60.00 in compensation");
    assert!(means.starts_with("The shop pays you ¥60.00"), "{means}");
    assert_eq!(told(ProposalKind::Goodwill).0, "20 元优惠券一张");
    assert_eq!(told(ProposalKind::None).0, Words::of(Lang::En).offer_none);
    let points = ComplaintProposal {
        amount: None,
        points: Some(2_000),
        ..sample::proposal(ProposalKind::Compensation)
    };
    assert_eq!(offer(Lang::ZhCn, &points), "补偿 2,000 积分");
}

#[test]
fn every_complaint_is_shown_with_its_thread_its_way_out_and_a_person() {
    for lang in [Lang::ZhCn, Lang::En] {
        for complaint in sample::every() {
            let html = render(lang, &complaint);
            let what = format!("{:?} {:?}", complaint.state, complaint.proposal);
            assert!(html.contains(headline(lang, &complaint)), "{what}");
            assert!(html.contains(meaning(lang, &complaint)), "{what}");
            assert!(html.contains("href=\"tel:12315\""), "{what}");
            assert!(html.contains("id=\"support\""), "{what}");
            assert!(html.contains("href=\"/orders/o1\""), "{what}");
            assert!(html.contains("href=\"/cases/o1-C1\""), "{what}");
            let entries = html.matches("class=\"thread-entry\"").count();
            assert_eq!(entries, complaint.thread.len(), "{what}");
            let heading = html.matches("<h1").count();
            assert_eq!(heading, 1, "{what}");
        }
    }
}

#[test]
fn the_two_answers_are_there_exactly_as_the_server_offers_them() {
    for complaint in sample::every() {
        let html = render(Lang::En, &complaint);
        for (action, form) in [
            (ComplaintAction::Accept, "/complaints/o1-P1/acceptance"),
            (ComplaintAction::Dispute, "/complaints/o1-P1/dispute"),
            (ComplaintAction::Say, "/complaints/o1-P1/messages"),
            (ComplaintAction::Withdraw, "/complaints/o1-P1/withdrawal"),
        ] {
            let there = html.contains(&format!("action=\"{form}\""));
            let offered = complaint.actions.contains(&action);
            assert_eq!(there, offered, "{action:?} in {:?}", complaint.state);
        }
        // The forms work without the app, under one key.
        let keys = html.matches("name=\"key\"").count();
        assert_eq!(keys, html.matches("<form").count());
    }
}

#[test]
fn a_refund_that_is_offered_says_where_the_money_goes_and_when() {
    let html = render(Lang::ZhCn, &sample::complaint(ComplaintState::Proposed));
    let words = Words::of(Lang::ZhCn);
    assert!(html.contains("退款 ¥60.00"), "{html}");
    assert!(html.contains(words.accept_means), "{html}");
    assert!(html.contains("class=\"complaint-way\""), "{html}");
    assert!(html.contains("运输途中受损，我们承担一半"), "{html}");
    assert!(html.contains(words.dispute_text), "{html}");
    let html = render(Lang::ZhCn, &sample::last());
    assert!(html.contains(words.offer_final), "{html}");
    assert!(html.contains(words.decline_text), "{html}");
    assert!(!html.contains(words.dispute_text), "{html}");
}

#[test]
fn why_a_move_did_not_work_stands_in_its_form_which_is_open() {
    let proposed = sample::complaint(ComplaintState::Proposed);
    for step in [Move::Accept, Move::Dispute, Move::Withdraw] {
        let html = render_with(Lang::En, &proposed, Some((step, "not now".into())));
        assert_eq!(html.matches("not now").count(), 1, "{step:?}");
        assert!(
            html.contains("<details class=\"case-withdraw\""),
            "{step:?}"
        );
        assert_eq!(html.matches(" open").count(), 1, "{step:?}: {html}");
    }
    let html = render_with(Lang::En, &proposed, Some((Move::Say, "not now".into())));
    assert_eq!(html.matches("not now").count(), 1);
}

#[test]
fn when_a_supervisor_was_late_the_page_says_to_go_outside_now() {
    let words = Words::of(Lang::En);
    assert!(render(Lang::En, &sample::silent()).contains(words.outside_now));
    assert!(!render(Lang::En, &sample::escalated()).contains(words.outside_now));
    let html = render(Lang::En, &sample::silent());
    assert_eq!(html.matches("id=\"outside\"").count(), 1, "{html}");
    let thread = html.find("id=\"thread-title\"").unwrap_or_default();
    assert!(html.find("id=\"outside\"").is_some_and(|at| at < thread));
}

#[test]
fn what_is_read_out_is_how_it_stands_or_what_was_answered() {
    let before = sample::complaint(ComplaintState::Investigating);
    let proposed = sample::complaint(ComplaintState::Proposed);
    assert_eq!(
        news_between(Lang::ZhCn, &before, &proposed).as_deref(),
        Some("投诉有新进展：有了处理方案，等您决定。")
    );
    assert_eq!(
        news_between(Lang::En, &before, &sample::answered()).as_deref(),
        Some("Support wrote: 请补一张外箱的照片。")
    );
    assert_eq!(news_between(Lang::En, &before, &before), None);
    assert_eq!(news_between(Lang::En, &sample::answered(), &before), None);
}

#[test]
fn a_move_has_come_about_only_when_it_is_new_in_the_thread() {
    let proposed = sample::complaint(ComplaintState::Proposed);
    let before = proposed.thread.len();
    let said = |text: &str| {
        Intent::Say(ComplaintMessage {
            text: text.to_owned(),
            evidence: Vec::new(),
        })
    };
    let accept = Intent::Accept(AcceptProposal { last: false });
    let mut now = proposed.clone();
    let at = "2026-11-26T09:00:00.000Z";
    let entry = sample::entry(at, Actor::Shopper, ComplaintAct::Said, Some("one"));
    now.thread.push(entry);
    assert!(said("one").is_in(&now, before));
    assert!(!said("two").is_in(&now, before));
    assert!(!said("one").is_in(&now, now.thread.len()), "said before");
    assert!(!accept.is_in(&now, before));
    let accepted = sample::complaint(ComplaintState::Accepted);
    assert!(accept.is_in(&accepted, before));
    let theirs = said("请补一张外箱的照片。");
    assert!(!theirs.is_in(&sample::answered(), 0), "not the shopper's");
}

#[test]
fn the_mail_names_the_complaint_and_all_that_a_person_needs() {
    let complaint = sample::complaint(ComplaintState::Investigating);
    let written = super::contact::mail(Lang::En, &complaint);
    assert_eq!(
        written.subject,
        "Complaint o1-P1 (order TP202611210318, Being looked into)"
    );
    for text in [
        "Complaint number: o1-P1\n",
        "About: A refund was refused\n",
        "Wished: A refund\n",
    ] {
        assert!(written.body.contains(text), "{text}: {}", written.body);
    }
    assert!(mailto("a@b.example", &written).is_ascii());
    assert_eq!(written.about.case, "o1-C1");
}

#[test]
fn every_code_has_a_name_in_both_languages() {
    for lang in [Lang::ZhCn, Lang::En] {
        for state in ComplaintState::ALL {
            assert!(!names::state(lang, state).is_empty());
        }
        for topic in ComplaintTopic::ALL {
            assert!(!names::topic(lang, topic).is_empty());
        }
        for wish in ComplaintWish::ALL {
            assert!(!names::wish(lang, wish).is_empty());
        }
    }
    // What is shown is what the renderer would write.
    assert_eq!(escaped("a & b"), "a &amp; b");
}
