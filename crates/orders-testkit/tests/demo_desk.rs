//! The demo's conversations and canned replies contradict no rule, at any time of day or year.

#![allow(
    clippy::unwrap_used,
    reason = "in a test, what cannot be unwrapped is a failure"
)]

use std::collections::BTreeSet;

use orders_domain::{
    Author, ConversationState, Enquiry, Instant, REPLY_CHARS, facts_named, is_reply_code,
};
use orders_testkit::{Rules, beijing, demo, usual_now};

fn nows() -> [Instant; 4] {
    [
        usual_now(),
        beijing(2026, 11, 22, 0, 1),
        beijing(2027, 1, 1, 8, 59),
        beijing(2031, 10, 1, 23, 59),
    ]
}

#[test]
fn in_the_afternoon_one_waits_one_is_served_one_was_left_and_one_is_over() {
    let desk = demo::desk(usual_now());
    let states: Vec<_> = desk
        .talks
        .iter()
        .map(|talk| talk.conversation.state)
        .collect();
    use ConversationState::{Closed, Left, Served, Waiting};
    assert_eq!(states, [Waiting, Served, Left, Closed]);
    assert_eq!(desk.talks[3].conversation.rating, Some(5));
    let due = desk.talks[2].conversation.due_at.unwrap();
    assert!(due > usual_now(), "it is not late yet");
    assert_eq!((desk.notes.len(), desk.enquiries.len()), (2, 1));
}

#[test]
fn at_any_time_conversations_are_whole_and_nothing_lies_ahead() {
    let rules = Rules::built_in().unwrap();
    for now in nows() {
        let desk = demo::desk(now);
        let orders: Vec<_> = demo::orders_of_zhao(now);
        assert_eq!(desk.talks.len(), 4, "{now}");
        for talk in &desk.talks {
            let conversation = &talk.conversation;
            let order = orders
                .iter()
                .find(|order| Some(&order.id) == conversation.order.as_ref())
                .unwrap();
            assert_eq!(order.shop, conversation.shop);
            let today = rules.policy(&order.shop).unwrap().day_of(now);
            conversation.subject.check(Some(order), today).unwrap();
            let numbers = talk.said.iter().map(|message| message.seq);
            assert!(numbers.eq(1..=conversation.last_seq), "{now}");
            assert!(talk.said.is_sorted_by_key(|message| message.at), "{now}");
            assert!(talk.said.iter().all(|message| message.at <= now), "{now}");
            assert_eq!(talk.said[0].author, Author::Shopper);
        }
        assert!(desk.notes.iter().all(|note| note.at <= now));
    }
}

#[test]
fn an_enquiry_was_recorded_step_by_step() {
    for enquiry in demo::desk(usual_now()).enquiries {
        let mut recorded = Enquiry {
            entries: Vec::new(),
            ..enquiry.clone()
        };
        for entry in enquiry.entries {
            assert_eq!(recorded.takes(&entry.step), Ok(()));
            recorded.entries.push(entry);
        }
        assert!(recorded.is_over());
    }
}

#[test]
fn every_canned_reply_could_have_been_written_in_the_console() {
    let mut codes = BTreeSet::new();
    for reply in demo::REPLIES {
        assert!(is_reply_code(reply.code), "{}", reply.code);
        assert!(codes.insert((reply.shop, reply.code)), "{}", reply.code);
        // Both languages say the same, in whatever order.
        let named = |text: &str| {
            let facts = facts_named(text).unwrap();
            facts
                .into_iter()
                .map(|fact| fact.code())
                .collect::<BTreeSet<_>>()
        };
        assert_eq!(named(reply.zh), named(reply.en), "{}", reply.code);
        for text in [reply.zh, reply.en] {
            assert!(text.chars().count() <= REPLY_CHARS, "{}", reply.code);
        }
    }
}
