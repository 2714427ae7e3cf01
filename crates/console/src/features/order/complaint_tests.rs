//! What is offered of complaints, to whom, and what is sent.

use leptos::prelude::*;
use orders_api::{
    Actor, ComplaintAct, ComplaintEntryForShop, ComplaintForShop, ComplaintInList, ComplaintState,
    ComplaintTopic, ComplaintWish, Decision, Instant, Money, ProposalKind, Role, Turn,
};
use storefront::words::Lang;

use super::acts::{Act, Choice, Drafted, Filled, Missing, Note, Offer, What, act_of};
use super::complaint_acts::{Proposes, complaint_offers, fen, proposal_of};
use super::sample::viewer;
use super::view_acts::note_words;
use super::view_complaints::complaint_view;
use super::words::Words;

fn cny(amount: i64) -> Money {
    Money {
        amount,
        currency: "CNY".into(),
    }
}

fn at() -> Instant {
    Instant("2026-11-21T13:42:00.000Z".into())
}

fn did(what: ComplaintAct, staff: Option<&str>) -> ComplaintEntryForShop {
    ComplaintEntryForShop {
        at: at(),
        by: Actor::Seller,
        staff: staff.map(str::to_owned),
        what,
        text: None,
        evidence: Vec::new(),
        proposal: None,
    }
}

fn complaint(state: ComplaintState, escalated: bool) -> ComplaintForShop {
    ComplaintForShop {
        complaint: ComplaintInList {
            complaint: "k1".into(),
            order: "o1".into(),
            external_id: "e1".into(),
            number: "TP1".into(),
            shop: "tepai".into(),
            shopper: "lin".into(),
            state,
            turn: Turn::Merchant,
            until: Some(at()),
            then: None,
            topic: ComplaintTopic::Service,
            wish: ComplaintWish::Refund,
            wished: Some(cny(2_000)),
            case: None,
            refund: None,
            escalated_at: escalated.then(at),
            outside_at: None,
            opened_at: at(),
        },
        refundable: cny(2_000),
        two_approve_above: Some(cny(50_000)),
        draft: None,
        drafted_by: None,
        proposal: None,
        thread: vec![did(ComplaintAct::Opened, None)],
        refunds: Vec::new(),
    }
}

/// What `who` is offered, to decide and to say.
fn offered(one: &ComplaintForShop, who: &str, role: Role) -> Vec<Offer> {
    let (mut decide, say) = complaint_offers(std::slice::from_ref(one), &viewer(who, role));
    decide.extend(say);
    decide
}

#[test]
fn what_is_offered_follows_the_state_and_the_role() {
    let id = || "k1".to_owned();
    let received = complaint(ComplaintState::Received, false);
    let all = [
        Offer::TakeUp(id()),
        Offer::Propose(id()),
        Offer::Answer(id()),
    ];
    assert_eq!(offered(&received, "wang", Role::Agent), all);
    let proposed = complaint(ComplaintState::Proposed, false);
    assert_eq!(
        offered(&proposed, "wang", Role::Agent),
        [Offer::Answer(id())]
    );
    let disputed = complaint(ComplaintState::Disputed, true);
    assert_eq!(
        offered(&disputed, "wang", Role::Agent),
        [Offer::Answer(id())]
    );
    let decides = [Offer::Propose(id()), Offer::Answer(id())];
    assert_eq!(offered(&disputed, "zhou", Role::Supervisor), decides);
    let mut own = disputed;
    own.thread.push(did(ComplaintAct::Proposed, Some("zhou")));
    own.thread.push(did(ComplaintAct::Disputed, None));
    assert_eq!(
        offered(&own, "ZHOU", Role::Supervisor),
        [Offer::Answer(id())]
    );
    // Nor do they say yes or no to what a colleague drafted instead.
    own.draft = Some(draft());
    own.drafted_by = Some("admin".into());
    assert_eq!(
        offered(&own, "zhou", Role::Supervisor),
        [Offer::Answer(id())]
    );
    assert!(
        offered(&own, "wang", Role::Supervisor)
            .contains(&Offer::SecondPerson(Drafted::Proposal(id())))
    );
    let over = complaint(ComplaintState::Closed, true);
    assert_eq!(offered(&over, "zhou", Role::Supervisor), []);
}

fn draft() -> orders_api::ComplaintProposal {
    orders_api::ComplaintProposal {
        kind: ProposalKind::Refund,
        amount: Some(cny(60_000)),
        points: None,
        gift: None,
        reason: "抱歉".into(),
        last: false,
        refunds: Vec::new(),
    }
}

#[test]
fn a_draft_is_only_to_be_agreed_with() {
    let mut drafted = complaint(ComplaintState::Investigating, false);
    drafted.draft = Some(draft());
    drafted.drafted_by = Some("wang".into());
    let offers = [
        Offer::SecondPerson(Drafted::Proposal("k1".into())),
        Offer::Answer("k1".into()),
    ];
    assert_eq!(offered(&drafted, "zhou", Role::Supervisor), offers);
}

#[test]
fn amounts_are_read_as_they_are_typed() {
    let table = [
        ("12", Some(1_200)),
        ("12.5", Some(1_250)),
        ("12.05", Some(1_205)),
        ("0.01", Some(1)),
        ("12.505", None),
        ("12.", None),
        (".5", None),
        ("-1", None),
        ("1e3", None),
        ("99999999999999999999", None),
        ("", None),
    ];
    for (text, expected) in table {
        assert_eq!(fen(text), expected, "{text:?}");
    }
}

#[test]
fn a_proposal_is_sent_with_what_it_gives_and_why() {
    let offer = Offer::Propose("k1".into());
    let filled = |proposes, gives: &str, note: &str| Filled {
        choice: Some(Choice {
            what: What::Propose(proposes),
            note: Note::Needed,
            return_to: false,
        }),
        gives: gives.into(),
        note: note.into(),
        ..Filled::default()
    };
    assert_eq!(act_of(&offer, &Filled::default()), Err(Missing::Choice));
    for (proposes, gives) in [
        (Proposes::Refund, "0"),
        (Proposes::Money, "zwölf"),
        (Proposes::Points, "1.5"),
        (Proposes::Goodwill, " "),
    ] {
        let sent = act_of(&offer, &filled(proposes, gives, "抱歉"));
        assert_eq!(sent, Err(Missing::Gives), "{proposes:?}");
    }
    let silent = act_of(&offer, &filled(Proposes::Refund, "20", " "));
    assert_eq!(silent, Err(Missing::Note));
    let sent = act_of(&offer, &filled(Proposes::Refund, " 20 ", "抱歉"));
    let wanted = proposal_of(Proposes::Refund, "20", "抱歉".into());
    let wanted = wanted.expect("a proposal");
    assert_eq!(wanted.amount, Some(2_000));
    assert_eq!(sent, Ok(Act::Propose("k1".into(), wanted)));
    let nothing = act_of(&offer, &filled(Proposes::Nothing, "", "已核实"));
    let Ok(Act::Propose(_, nothing)) = nothing else {
        panic!("{nothing:?}");
    };
    assert_eq!((nothing.kind, nothing.amount), (ProposalKind::None, None));
}

#[test]
fn a_second_person_says_why_not() {
    let offer = Offer::SecondPerson(Drafted::Proposal("k1".into()));
    let filled = |decision, note: &str| Filled {
        choice: Some(Choice {
            what: What::Plain(decision),
            note: if decision == Decision::Approve {
                Note::Without
            } else {
                Note::Needed
            },
            return_to: false,
        }),
        note: note.into(),
        ..Filled::default()
    };
    let silent = act_of(&offer, &filled(Decision::Decline, ""));
    assert_eq!(silent, Err(Missing::Note));
    assert!(act_of(&offer, &filled(Decision::Approve, "")).is_ok());
    assert!(act_of(&offer, &filled(Decision::Decline, "太多")).is_ok());
}

#[test]
fn words_that_only_a_colleague_reads_are_not_called_words_to_the_shopper() {
    let words = Words::of(Lang::En);
    let label = |offer: Offer, note| note_words(words, &offer, note).map(|(label, _)| label);
    for (offer, note, expected) in [
        (
            Offer::SecondPerson(Drafted::Proposal("k1".into())),
            Note::Needed,
            Some(words.note_colleague),
        ),
        (
            Offer::SecondPerson(Drafted::Proposal("k1".into())),
            Note::Without,
            None,
        ),
        (Offer::Propose("k1".into()), Note::Needed, Some(words.note)),
        (
            Offer::Answer("k1".into()),
            Note::Needed,
            Some(words.message),
        ),
        (Offer::Limit, Note::Needed, Some(words.limit_note)),
        (Offer::Request, Note::Needed, Some(words.note)),
        (Offer::Cancel, Note::Optional, Some(words.note_optional)),
    ] {
        assert_eq!(label(offer.clone(), note), expected, "{offer:?} {note:?}");
    }
}

#[test]
fn a_complaint_says_where_it_stands_and_why_there_is_nothing_to_decide() {
    let shown = |one: &ComplaintForShop, who, role| {
        Owner::new().with(|| {
            let view = complaint_view(Lang::En, one, &viewer(who, role));
            view.into_view().to_html()
        })
    };
    let disputed = complaint(ComplaintState::Disputed, true);
    let agent = shown(&disputed, "wang", Role::Agent);
    assert!(
        agent.contains("A supervisor decides this complaint."),
        "{agent}"
    );
    assert!(agent.contains("Disputed"), "{agent}");
    let supervisor = shown(&disputed, "zhou", Role::Supervisor);
    assert!(!supervisor.contains("A supervisor decides"), "{supervisor}");
}
