//! The procedure of support: first who and why, then the look, then the answer (S3).

use orders_domain::*;

use crate::sample::*;

fn who(confirmed_by: Identification) -> EnquiryStep {
    EnquiryStep::Who {
        confirmed_by,
        topic: Topic::Refund,
        note: None,
    }
}

fn look() -> EnquiryStep {
    EnquiryStep::LookedUp {
        order: SeenOrder::of(&order(OrderState::Unpacked, "physical")),
        note: None,
    }
}

fn answer(answer: EnquiryAnswer) -> EnquiryStep {
    EnquiryStep::Answered {
        answer,
        text: "已说明".to_owned(),
        message: None,
        act: None,
    }
}

fn enquiry(steps: &[EnquiryStep]) -> Enquiry {
    let entries = (1..).zip(steps).map(|(seq, step)| EnquiryEntry {
        seq,
        staff: "wang".into(),
        at: now(),
        step: step.clone(),
    });
    Enquiry {
        id: "e1".to_owned(),
        shop: "tepai".into(),
        order: None,
        conversation: None,
        entries: entries.collect(),
    }
}

#[test]
fn each_step_is_taken_when_those_before_it_were() {
    use EnquiryRefusal::{Identified, NotIdentified, NotLookedUp, Over};
    let (known, unknown) = (
        who(Identification::NumberAndPhone),
        who(Identification::NotConfirmed),
    );
    let told = answer(EnquiryAnswer::Explained);
    let nothing = answer(EnquiryAnswer::NotIdentified);
    // What was recorded, and what is said to: who (known), the look, an answer, that it is not known who it is.
    for (steps, expected) in [
        (
            vec![],
            [Ok(()), Err(NotIdentified), Err(NotIdentified), Ok(())],
        ),
        (
            vec![known.clone()],
            [Ok(()), Ok(()), Err(NotLookedUp), Err(Identified)],
        ),
        (
            vec![unknown.clone()],
            [Ok(()), Err(NotIdentified), Err(NotIdentified), Ok(())],
        ),
        // What was recorded last holds.
        (
            vec![unknown.clone(), known.clone()],
            [Ok(()), Ok(()), Err(NotLookedUp), Err(Identified)],
        ),
        (
            vec![known.clone(), look()],
            [Ok(()), Ok(()), Ok(()), Err(Identified)],
        ),
        (
            vec![known.clone(), look(), unknown.clone()],
            [Ok(()), Err(NotIdentified), Err(NotIdentified), Ok(())],
        ),
        (vec![known.clone(), look(), told.clone()], [Err(Over); 4]),
        (vec![unknown, nothing.clone()], [Err(Over); 4]),
    ] {
        let recorded = enquiry(&steps);
        let next = [known.clone(), look(), told.clone(), nothing.clone()];
        let taken = next.map(|step| recorded.takes(&step));
        assert_eq!(taken, expected, "{steps:?}");
    }
}

#[test]
fn an_enquiry_that_is_full_still_takes_its_answer() {
    let mut steps = vec![who(Identification::LoggedIn); ENQUIRY_ENTRIES - 2];
    steps.push(look());
    let full = enquiry(&steps);
    assert_eq!(full.takes(&look()), Err(EnquiryRefusal::Full));
    assert_eq!(full.takes(&answer(EnquiryAnswer::Done)), Ok(()));
}

#[test]
fn a_look_keeps_the_order_as_it_was() {
    let mut order = requested(order(OrderState::Unpacked, "physical"));
    let seen = SeenOrder::of(&order);
    assert_eq!((seen.version, seen.on_hold), (7, true));
    assert_eq!(seen.state, OrderState::Unpacked);
    order.version += 1;
    assert_ne!(SeenOrder::of(&order), seen);
}

#[test]
fn whoever_is_known_by_their_log_in_is_told_of_their_own_orders_only() {
    let own = order(OrderState::Unpacked, "physical");
    let mut theirs = own.clone();
    theirs.shopper = "zhao".into();
    let mut elsewhere = own.clone();
    elsewhere.shop = "wanfu".into();
    let lin: ShopperId = "lin".into();
    let by_log_in = enquiry(&[who(Identification::LoggedIn)]);
    let by_phone = enquiry(&[who(Identification::NumberAndPhone)]);
    for (asked, order, expected) in [
        (&by_log_in, &own, true),
        (&by_log_in, &theirs, false),
        (&by_phone, &theirs, true),
        (&by_log_in, &elsewhere, false),
        (&by_phone, &elsewhere, false),
    ] {
        assert_eq!(asked.may_look_up(order, Some(&lin)), expected);
    }
    let mut about_another = by_phone;
    about_another.order = Some("o-2".into());
    assert!(!about_another.may_look_up(&own, Some(&lin)));
}

#[test]
fn by_a_log_in_is_known_who_writes_in_a_conversation_and_nobody_else() {
    use Identification::{LoggedIn, OneTimeCode};
    for known in [None, Some(LoggedIn), Some(OneTimeCode)] {
        for by in Identification::ALL {
            let told_by_it = by == LoggedIn || by == OneTimeCode;
            let expected = !told_by_it || known == Some(by);
            let can = Enquiry::can_be_confirmed_by(by, known);
            assert_eq!(can, expected, "{by:?} {known:?}");
        }
    }
}
