//! The strip, the lists, and what is read out.

use orders_api::{ChatAuthor, ChatMessage, ConversationState, Instant, StaffConversation};
use storefront::words::Lang;

use super::list::{Own, newcomers, news, own, step};
use super::views::{age, last};
use crate::features::talk::sample::{conversation, message, person};

/// One's own conversation of that id, of which so much was read, and what was said last.
fn mine(id: &str, read: i64, last: ChatMessage) -> StaffConversation {
    let mut one = conversation(ConversationState::Served, Some(person("wang", "王静")));
    one.conversation.id = id.into();
    one.shopper.name = format!("买家{id}");
    one.conversation.standing.last_seq = last.seq;
    one.conversation.standing.staff_read = read;
    one.last = Some(last);
    one
}

fn theirs(seq: i64) -> ChatMessage {
    message(seq, ChatAuthor::Shopper, "在吗")
}

#[test]
fn what_was_not_read_is_marked_unless_it_is_in_front() {
    let mine = [
        mine("a", 2, theirs(2)),
        mine("b", 1, theirs(2)),
        mine("c", 2, theirs(2)),
    ];
    let marked = |stirred: &[String], front| {
        let own = own(&mine, stirred, front);
        own.into_iter().map(|own| own.unread).collect::<Vec<_>>()
    };
    assert_eq!(marked(&[], None), [false, true, false]);
    assert_eq!(marked(&[], Some("b")), [false, false, false]);
    // What was heard of, and not loaded.
    assert_eq!(marked(&["c".into()], None), [false, true, true]);
}

#[test]
fn a_chat_is_told_from_the_shoppers_others_by_the_end_of_its_orders_number() {
    let mut one = mine("a", 2, theirs(2));
    for (number, shown) in [("W202611270911919", "…1919"), ("W1", "W1")] {
        one.conversation.order = Some(orders_api::OrderBrief {
            id: "o1".into(),
            number: number.into(),
            version: 1,
            total: orders_api::Money {
                amount: 100,
                currency: "CNY".into(),
            },
            title: "点卡".into(),
            lines: 1,
            policy_version: String::new(),
        });
        let own = own(std::slice::from_ref(&one), &[], None);
        assert_eq!(own[0].order, shown);
    }
}

#[test]
fn what_one_gets_from_a_colleague_is_new_whoever_has_read_it() {
    let before = [mine("a", 2, theirs(2))];
    let now = [mine("a", 2, theirs(2)), mine("b", 2, theirs(2))];
    assert_eq!(newcomers(&before, &now, None), ["b"]);
    assert_eq!(newcomers(&before, &now, Some("b")), [""; 0]);
    assert_eq!(newcomers(&now, &before, None), [""; 0]);
}

#[test]
fn the_keys_lead_round_and_from_elsewhere_to_the_first_or_the_last() {
    let own: Vec<Own> = own(&["a", "b", "c"].map(|id| mine(id, 2, theirs(2))), &[], None);
    for (here, down, to) in [
        (None, true, Some("a")),
        (None, false, Some("c")),
        (Some("a"), true, Some("b")),
        (Some("c"), true, Some("a")),
        (Some("a"), false, Some("c")),
        (Some("x"), true, Some("a")),
    ] {
        assert_eq!(step(&own, here, down).as_deref(), to, "{here:?} {down}");
    }
    assert_eq!(step(&own[..1], Some("a"), true), None);
    assert_eq!(step(&[], None, true), None);
    assert_eq!(step(&[], None, false), None);
}

#[test]
fn a_shoppers_new_words_are_read_out_once_and_not_when_they_are_in_front() {
    let before = [mine("a", 2, theirs(2))];
    let now = [mine("a", 2, theirs(3))];
    let said = Some(("买家a".to_owned(), "在吗".to_owned()));
    assert_eq!(news(&before, &now, None), said);
    assert_eq!(news(&before, &now, Some("a")), None);
    assert_eq!(news(&now, &now, None), None);
    // One's own words are no news, and a conversation that one has just got is, when it has something unread.
    let ours = [mine("a", 2, message(3, ChatAuthor::Staff, "在"))];
    assert_eq!(news(&before, &ours, None), None);
    assert_eq!(news(&[], &now, None), said);
    assert_eq!(news(&[], &[mine("a", 3, theirs(3))], None), None);
}

#[test]
fn of_several_the_last_is_read_out() {
    let mut late = theirs(3);
    late.at = Instant("2026-11-22T09:00:00.000Z".into());
    let now = [mine("b", 0, late), mine("a", 0, theirs(3))];
    assert_eq!(
        news(&[], &now, None).map(|(name, _)| name).as_deref(),
        Some("买家b")
    );
}

#[test]
fn the_age_is_how_long_the_shopper_waits_and_not_since_when_it_is_open() {
    use ConversationState::{Closed, Served, Waiting};
    let at = 1_795_334_400; // 2026-11-22, 08:00 in Greenwich.
    let age = |state, since: Option<&str>| {
        let mut one = conversation(state, None);
        one.conversation.opened_at = Instant("2026-11-20T08:00:00.000Z".into());
        one.since = since.map(|since| Instant(since.into()));
        age(Lang::En, &one, at)
    };
    let minutes = age(Waiting, Some("2026-11-22T07:56:00.000Z"));
    assert_eq!(minutes, Some(storefront::format::about(Lang::En, 4 * 60)));
    let asked = age(Served, Some("2026-11-22T07:56:00.000Z"));
    assert_eq!(asked, minutes);
    assert_eq!(age(Served, None).as_deref(), Some("Answered"));
    assert_eq!(age(Closed, None), None);
}

#[test]
fn the_last_words_say_whose_they_are() {
    let words = |said| last(Lang::En, &mine("a", 0, said));
    assert_eq!(words(theirs(1)).as_deref(), Some("在吗"));
    let ours = message(1, ChatAuthor::Staff, "在");
    assert_eq!(words(ours).as_deref(), Some("We: 在"));
    let mut photo = theirs(1);
    photo.text.clear();
    assert_eq!(words(photo).as_deref(), Some("A photo or video"));
    let mut note = message(1, ChatAuthor::System, "");
    note.note = Some(orders_api::ChatNote::Queued);
    assert_eq!(words(note).as_deref(), Some("Went into the queue"));
}
