//! What is offered to whom, what is sent, and what an order's screen says.

use leptos::prelude::*;
use orders_api::{
    AuditTrail, CaseDecision, CaseKind, CaseState, Decision, Permission, Role, StaffSays, WayState,
};
use storefront::words::Lang;

use storefront::format;
use storefront::ui::Load;

use crate::shell::SessionState;

use super::acts::{Act, Filled, Missing, Note, Offer, What, act_of, choices, decisions, offers};
use super::data::OrderData;
use super::sample::{case, order, refund, rejected_by, viewer};
use super::unanswered::Unanswered;
use super::view_before::would_refund_view;
use super::view_cases::case_view;
use super::view_money::known_view;
use super::view_trail::audit_view;
use super::views::{head_view, side_view};

fn shown<V: IntoView>(view: impl FnOnce() -> V) -> String {
    Owner::new().with(|| view().into_view().to_html())
}

#[test]
fn what_the_server_offers_comes_first_and_taking_away_comes_last() {
    let order = order(&[Permission::DecideRequest, Permission::CancelForSeller]);
    let cases = [case(CaseState::Open, CaseKind::RefundOnly)];
    let refunds = [refund(WayState::Open, true, &[])];
    let found = offers(&order, &cases, &refunds, &viewer("zhou", Role::Supervisor));
    let expected = [
        Offer::Request,
        Offer::Case("c1".into()),
        Offer::Way("r1".into()),
        Offer::Say("c1".into()),
        Offer::Cancel,
    ];
    assert_eq!(found, expected);
}

#[test]
fn nothing_is_offered_that_is_over() {
    for state in [CaseState::Refunded, CaseState::Withdrawn, CaseState::Closed] {
        let cases = [case(state, CaseKind::RefundOnly)];
        let refunds = [refund(WayState::Approved, true, &["li"])];
        let found = offers(&order(&[]), &cases, &refunds, &viewer("wang", Role::Agent));
        assert_eq!(found, [], "{state:?}");
    }
}

#[test]
fn an_appeal_is_decided_by_a_supervisor_who_did_not_say_no_before() {
    let mut appealed = case(CaseState::Appealed, CaseKind::RefundOnly);
    assert_eq!(decisions(&appealed, &viewer("wang", Role::Agent)), []);
    let both = [CaseDecision::Approve, CaseDecision::Dismiss];
    assert_eq!(
        decisions(&appealed, &viewer("zhou", Role::Supervisor)),
        both
    );
    appealed.thread.push(rejected_by("ZHOU"));
    assert_eq!(decisions(&appealed, &viewer("zhou", Role::Supervisor)), []);
    assert_eq!(decisions(&appealed, &viewer("admin", Role::Admin)), both);
}

#[test]
fn who_approved_a_way_may_only_say_no_and_so_may_everybody_until_it_is_held() {
    let offer = Offer::Way("r1".into());
    let no_only = |refund, id: &str| {
        let found = choices(&offer, &[], &[refund], &viewer(id, Role::Agent));
        found.len() == 1 && found[0].what == What::Plain(Decision::Decline)
    };
    assert!(!no_only(refund(WayState::Open, true, &[]), "wang"));
    assert!(no_only(refund(WayState::Open, true, &["wang"]), "wang"));
    assert!(!no_only(refund(WayState::Open, true, &["wang"]), "zhou"));
    assert!(no_only(refund(WayState::Open, false, &[]), "wang"));
}

#[test]
fn a_no_needs_words_and_a_yes_to_a_request_sends_none() {
    let all = choices(&Offer::Request, &[], &[], &viewer("wang", Role::Agent));
    let filled = |at: usize, note: &str| Filled {
        choice: Some(all[at].clone()),
        note: note.into(),
        ..Filled::default()
    };
    let Ok(Act::Request(yes)) = act_of(&Offer::Request, &filled(0, "typed before")) else {
        panic!("a yes");
    };
    assert_eq!((yes.decision, yes.note), (Decision::Approve, None));
    assert_eq!(
        act_of(&Offer::Request, &filled(1, "  ")),
        Err(Missing::Note)
    );
    let Ok(Act::Request(no)) = act_of(&Offer::Request, &filled(1, " packed ")) else {
        panic!("a no");
    };
    assert_eq!(no.note.as_deref(), Some("packed"));
    assert_eq!(
        act_of(&Offer::Request, &Filled::default()),
        Err(Missing::Choice)
    );
}

#[test]
fn a_granted_return_says_where_to_and_a_refund_alone_does_not() {
    let wang = viewer("wang", Role::Agent);
    let offer = Offer::Case("c1".into());
    for (kind, asks) in [
        (CaseKind::ReturnAndRefund, true),
        (CaseKind::RefundOnly, false),
    ] {
        let cases = [case(CaseState::Open, kind)];
        let yes = choices(&offer, &cases, &[], &wang)[0].clone();
        assert_eq!(
            (yes.return_to, yes.note),
            (asks, Note::Optional),
            "{kind:?}"
        );
        let filled = Filled {
            choice: Some(yes),
            ..Filled::default()
        };
        assert_eq!(act_of(&offer, &filled) == Err(Missing::ReturnTo), asks);
        let no = &choices(&offer, &cases, &[], &wang)[1];
        assert!(!no.return_to && no.note == Note::Needed, "{kind:?}");
    }
}

#[test]
fn an_answer_in_a_case_is_never_empty() {
    let offer = Offer::Say("c1".into());
    assert_eq!(act_of(&offer, &Filled::default()), Err(Missing::Note));
    let filled = Filled {
        note: "您好 ".into(),
        ..Filled::default()
    };
    let says = StaffSays {
        text: "您好".into(),
    };
    assert_eq!(act_of(&offer, &filled), Ok(Act::Say("c1".into(), says)));
}

#[test]
fn the_screen_says_who_the_shopper_is_and_that_they_ask() {
    let order = order(&[]);
    let head = shown(|| head_view(Lang::En, &order));
    assert!(
        head.contains("Order TP1") && head.contains("The shopper asks to cancel"),
        "{head}"
    );
    let side = shown(|| side_view(Lang::En, &order));
    for part in [
        "tel:13800000001",
        "mailto:lin@example.com",
        "Asked; staff decide",
        "2026-01",
    ] {
        assert!(side.contains(part), "{part} in {side}");
    }
}

#[test]
fn an_appeal_says_why_it_is_not_theirs() {
    let mut appealed = case(CaseState::Appealed, CaseKind::RefundOnly);
    let agent = shown(|| case_view(Lang::En, &appealed, &viewer("wang", Role::Agent)));
    assert!(
        agent.contains("A supervisor decides this appeal."),
        "{agent}"
    );
    appealed.thread.push(rejected_by("zhou"));
    let same = shown(|| case_view(Lang::En, &appealed, &viewer("zhou", Role::Supervisor)));
    assert!(same.contains("Another supervisor decides"), "{same}");
}

#[test]
fn a_way_says_how_many_have_approved_it() {
    let none = shown(|| known_view(Lang::En, &refund(WayState::Open, true, &[])));
    assert!(none.contains("2 have to approve"), "{none}");
    let one = shown(|| known_view(Lang::En, &refund(WayState::Open, true, &["wang"])));
    assert!(one.contains("1 of 2 approved: wang"), "{one}");
}

#[test]
fn a_trail_says_whether_it_is_whole() {
    let trail = |broken_at: Option<i64>| AuditTrail {
        items: Vec::new(),
        whole: broken_at.is_none(),
        broken_at,
    };
    let whole = shown(|| audit_view(Lang::En, &trail(None)));
    assert!(whole.contains("Whole: nothing was changed"), "{whole}");
    let broken = shown(|| audit_view(Lang::En, &trail(Some(3))));
    assert!(
        broken.contains("Broken at row 3") && broken.contains("danger"),
        "{broken}"
    );
}

#[test]
fn what_goes_back_is_said_before_it_does() {
    let order = order(&[Permission::DecideRequest]);
    let said = shown(|| would_refund_view(Lang::En, &order, &Offer::Request));
    let refund = &order.would_refund[0].refunds[0];
    let days = format::days(Lang::En, &refund.arrives_from, &refund.arrives_by);
    for part in [
        "when it is granted",
        "¥100.00",
        "尾号 0403",
        "Sent by",
        &days,
    ] {
        assert!(said.contains(part), "{part} in {said}");
    }
    let confirmed = shown(|| would_refund_view(Lang::En, &order, &Offer::Confirm));
    assert!(!confirmed.contains('¥'), "{confirmed}");
}

/// A page's data, and whether it is still there.
fn data() -> (Owner, OrderData) {
    let owner = Owner::new();
    let data = owner.with(|| {
        let session = SessionState::provide(Lang::En);
        OrderData::new(Lang::En, session, "o1".into())
    });
    (owner, data)
}

#[test]
fn a_page_that_was_left_looks_no_more() {
    let (owner, data) = data();
    owner.cleanup();
    data.look();
    data.hears("o1", 9);
}

#[test]
fn what_has_no_answer_keeps_its_key_whatever_is_sent_in_between() {
    let mut sent = Unanswered::default();
    let offer = Offer::Say("c1".into());
    let mut key_of = |text: &str, fresh: &str| {
        let act = Act::Say("c1".into(), StaffSays { text: text.into() });
        sent.key_of(&offer, &act, || fresh.to_owned())
    };
    assert_eq!(key_of("one", "k1"), "k1");
    assert_eq!(key_of("two", "k2"), "k2");
    assert_eq!(key_of("one", "k3"), "k1");
    assert!(sent.has(&offer) && !sent.has(&Offer::Cancel));
    sent.is_answered("k1");
    assert!(sent.has(&offer));
    sent.is_answered("k2");
    assert!(!sent.has(&offer));
}

#[test]
fn what_somebody_else_has_decided_is_said_and_what_was_typed_stays() {
    let (_owner, data) = data();
    let mut shown = order(&[Permission::DecideRequest]);
    data.order.set(Load::Ready(shown.clone()));
    data.turn(Some(Offer::Request));
    data.notice_overtaken();
    assert_eq!(data.refused.get_untracked(), None);
    shown.actions.clear();
    data.order.set(Load::Ready(shown));
    data.notice_overtaken();
    assert_eq!(data.open.get_untracked(), Some(Offer::Request));
    let said = data.refused.get_untracked().expect("words");
    assert!(said.contains("Below is how it stands now"), "{said}");
}
