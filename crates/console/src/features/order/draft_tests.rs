//! What a second person is offered, and what is said of it.

use leptos::prelude::*;
use orders_api::{CaseKind, CaseState, DraftState, Permission, Role, StaffOrder};
use storefront::ui::Load;
use storefront::words::Lang;

use crate::shell::SessionState;

use super::acts::{Act, Drafted, Offer, choices, drafted_by_them, offers, waiting};
use super::data::OrderData;
use super::sample::{at, case, draft, order, viewer};
use super::view_before::{about, would_refund_view};
use super::view_cases::case_view;

fn shown<V: IntoView>(view: impl FnOnce() -> V) -> String {
    Owner::new().with(|| view().into_view().to_html())
}

#[test]
fn what_a_colleague_granted_is_offered_to_agree_with_instead_of_to_be_decided() {
    let mut order = order(&[Permission::DecideRequest]);
    order.request_drafts = vec![draft("wang")];
    let mut granted = case(CaseState::Open, CaseKind::RefundOnly);
    granted.drafts = vec![draft("wang")];
    let zhou = viewer("zhou", Role::Supervisor);
    let found = offers(&order, std::slice::from_ref(&granted), &[], &zhou);
    let expected = [
        Offer::SecondPerson(Drafted::Request),
        Offer::SecondPerson(Drafted::Case("c1".into())),
        Offer::Say("c1".into()),
    ];
    assert_eq!(found, expected);
    for offer in &expected[..2] {
        assert_eq!(choices(offer, &[], &[], &zhou).len(), 2, "{offer:?}");
    }
    // What was declined is to be decided anew.
    order.request_drafts[0].state = DraftState::Declined;
    granted.drafts[0].state = DraftState::Declined;
    let found = offers(&order, &[granted], &[], &zhou);
    assert_eq!(found[..2], [Offer::Request, Offer::Case("c1".into())]);
}

#[test]
fn an_appeal_that_was_granted_is_no_agent_s_to_agree_with() {
    let mut granted = case(CaseState::Appealed, CaseKind::RefundOnly);
    granted.drafts = vec![draft("zhou")];
    let found = offers(&order(&[]), &[granted], &[], &viewer("wang", Role::Agent));
    assert_eq!(found, [Offer::Say("c1".into())]);
}

#[test]
fn who_drafted_it_is_known_in_capitals_too_and_only_while_it_waits() {
    let mut drafts = vec![draft("Wang")];
    assert!(drafted_by_them(&drafts, &viewer("wang", Role::Agent)));
    assert!(!drafted_by_them(&drafts, &viewer("li", Role::Agent)));
    drafts[0].state = DraftState::Lapsed;
    assert!(!drafted_by_them(&drafts, &viewer("wang", Role::Agent)));
    assert_eq!(waiting(&drafts), None);
}

#[test]
fn before_anything_is_done_it_is_said_who_granted_how_much_and_that_two_have_to() {
    Owner::new().with(|| {
        let data = OrderData::new(Lang::En, SessionState::provide(Lang::En), "o1".into());
        let mut with = order(&[Permission::DecideRequest]);
        with.would_refund[0].takes_two = true;
        let html = |offer: &Offer, order: &StaffOrder| {
            would_refund_view(Lang::En, order, offer).map(|view| view.into_view().to_html())
        };
        let first = html(&Offer::Request, &with).expect("what goes back");
        assert!(first.contains("a second person has to agree"), "{first}");
        with.request_drafts = vec![draft("wang")];
        let second = Offer::SecondPerson(Drafted::Request);
        let back = html(&second, &with).expect("what goes back");
        assert!(!back.contains("a second person has to agree"), "{back}");
        data.order.set(Load::Ready(with));
        let said = about(Lang::En, &second, data).expect("words");
        assert!(said.starts_with("wang grants ¥600.00."), "{said}");
        let mut granted = case(CaseState::Open, CaseKind::RefundOnly);
        granted.takes_two = true;
        data.cases.set(vec![granted]);
        let said = about(Lang::En, &Offer::Case("c1".into()), data).expect("words");
        assert!(said.contains("This is a large refund"), "{said}");
        // One person asks for the goods.
        let mut asks = case(CaseState::Open, CaseKind::ReturnAndRefund);
        asks.takes_two = true;
        data.cases.set(vec![asks]);
        let said = about(Lang::En, &Offer::Case("c1".into()), data).expect("words");
        assert!(!said.contains("This is a large refund"), "{said}");
    });
}

#[test]
fn a_case_shows_who_granted_what_and_why_another_did_not_agree() {
    let mut granted = case(CaseState::Open, CaseKind::RefundOnly);
    let mut declined = draft("wang");
    declined.state = DraftState::Declined;
    declined.decided_by = Some("li".into());
    declined.decided_at = Some(at("2026-11-23T02:00:00.000Z"));
    declined.why = Some("<b>too much</b>".into());
    granted.drafts = vec![declined, draft("wang")];
    let html = shown(|| case_view(Lang::En, &granted, &viewer("li", Role::Agent)));
    for part in [
        "grants ¥600.00",
        "Not agreed",
        "&lt;b&gt;too much&lt;/b&gt;",
        "A second person has to agree",
    ] {
        assert!(html.contains(part), "{part}: {html}");
    }
}

#[test]
fn what_a_second_person_says_goes_to_what_it_is_about() {
    use super::acts::{Choice, Filled, Note, What, act_of};
    let drafted = Drafted::Case("c1".into());
    let filled = Filled {
        choice: Some(Choice {
            what: What::Plain(orders_api::Decision::Decline),
            note: Note::Needed,
            return_to: false,
        }),
        note: "太多".into(),
        ..Filled::default()
    };
    let sent = act_of(&Offer::SecondPerson(drafted.clone()), &filled);
    let Ok(Act::SecondPerson(about, says)) = sent else {
        panic!("{sent:?}");
    };
    assert_eq!((about, says.note.as_deref()), (drafted, Some("太多")));
}
