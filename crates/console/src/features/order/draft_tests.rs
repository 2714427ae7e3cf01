//! What a second person is offered, and what is said of it.

use leptos::prelude::*;
use orders_api::{
    CaseKind, CaseState, Decision, DraftState, Permission, Role, SellerReason, StaffOrder,
};
use storefront::ui::Load;
use storefront::words::Lang;

use crate::shell::SessionState;

use super::acts::{
    Act, Choice, Drafted, Filled, Note, Offer, What, act_of, choices, drafted_by_them, offers,
    waiting,
};
use super::data::OrderData;
use super::sample::{at, case, draft, order, viewer};
use super::view_before::{about, would_refund_view};
use super::view_cases::case_view;
use super::views::main_view;

fn shown<V: IntoView>(view: impl FnOnce() -> V) -> String {
    Owner::new().with(|| view().into_view().to_html())
}

#[test]
fn what_a_colleague_granted_is_offered_to_agree_with_instead_of_to_be_decided() {
    let mut order = order(&[Permission::DecideRequest]);
    order.cancel_drafts = vec![draft("wang")];
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
    order.cancel_drafts[0].state = DraftState::Declined;
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
        with.cancel_drafts = vec![draft("wang")];
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
    let filled = Filled {
        choice: Some(Choice {
            what: What::Plain(Decision::Decline),
            note: Note::Needed,
            return_to: false,
        }),
        note: "太多".into(),
        ..Filled::default()
    };
    for drafted in [
        Drafted::Case("c1".into()),
        Drafted::Request,
        Drafted::Cancel,
    ] {
        let sent = act_of(&Offer::SecondPerson(drafted.clone()), &filled);
        let Ok(Act::SecondPerson(about, says)) = sent else {
            panic!("{sent:?}");
        };
        assert_eq!((about, says.note.as_deref()), (drafted, Some("太多")));
    }
}

#[test]
fn a_large_cancel_for_the_seller_says_before_that_it_takes_two_and_then_is_there_to_agree_with() {
    Owner::new().with(|| {
        let data = OrderData::new(Lang::En, SessionState::provide(Lang::En), "o1".into());
        let mut with = order(&[Permission::CancelForSeller]);
        with.would_refund[0].action = Permission::CancelForSeller;
        let html = |offer: &Offer, order: &StaffOrder| {
            let view = would_refund_view(Lang::En, order, offer).expect("what goes back");
            view.into_view().to_html()
        };
        let two = "a second person has to agree before it is cancelled";
        assert!(!html(&Offer::Cancel, &with).contains(two), "a small one");
        with.would_refund[0].takes_two = true;
        assert!(html(&Offer::Cancel, &with).contains(two));
        let mut waits = draft("wang");
        waits.reason = Some(SellerReason::OutOfStock);
        waits.note = Some("<b>sold out</b>".into());
        with.cancel_drafts = vec![waits];
        let second = Offer::SecondPerson(Drafted::Cancel);
        let zhou = viewer("zhou", Role::Supervisor);
        let only = std::slice::from_ref(&second);
        assert_eq!(offers(&with, &[], &[], &zhou), only);
        assert!(!html(&second, &with).contains(two));
        let shown = main_view(Lang::En, &with, data).into_view().to_html();
        for part in [
            "wang",
            "cancels for the seller, ¥600.00 goes back (Out of stock)",
            "&lt;b&gt;sold out&lt;/b&gt;",
            "A second person has to agree",
        ] {
            assert!(shown.contains(part), "{part}: {shown}");
        }
        data.order.set(Load::Ready(with));
        let said = about(Lang::En, &second, data).expect("words");
        assert!(
            said.starts_with(
                "wang cancels it for the seller (Out of stock), and all that is left goes back."
            ),
            "{said}"
        );
    });
}
