//! Who is told, outside of a conversation, that they were answered.

use chrono::TimeDelta;
use orders_domain::*;

use crate::conversations::in_state;
use crate::sample::instant;

#[test]
fn who_has_not_read_an_answer_is_told_once_until_they_have() {
    // The last answer, what the shopper has read, the answer that they were told of: whether it is new, and to be told.
    for (last_answer, shopper_read, told, new, tells) in [
        (0, 0, 0, false, false),
        (0, 2, 0, false, false),
        (3, 2, 0, true, true),
        (3, 3, 0, false, false),
        (3, 5, 0, false, false),
        // They know, whatever else is said until they look.
        (3, 2, 3, true, false),
        (7, 2, 3, true, false),
        // They have looked.
        (7, 3, 3, true, true),
        (7, 7, 3, false, false),
        (7, 6, 7, true, false),
    ] {
        let conversation = Conversation {
            last_seq: 9,
            last_answer,
            shopper_read,
            ..in_state(ConversationState::Served)
        };
        let what = format!("{last_answer} answered, {shopper_read} read, {told} told");
        assert_eq!(conversation.has_news(), new, "{what}");
        assert_eq!(conversation.is_to_tell(told), tells, "{what}");
    }
}

#[test]
fn an_answer_rests_for_a_minute() {
    let at = instant("2026-11-20T04:00:00Z");
    assert_eq!(rested(at), at + TimeDelta::minutes(1));
}
