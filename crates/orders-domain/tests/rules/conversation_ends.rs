//! Who may end a conversation: its shopper always, the staff what they have answered.

use chrono::TimeDelta;
use orders_domain::*;

use crate::conversations::{OPEN, SHUT, led, opened, passes, rules, says};
use crate::sample::instant;

use ConversationMove::{EndByShopper, EndByStaff, HandBack, ShopperSays, Take};
use ConversationState::Closed;

#[test]
fn the_staff_end_only_what_they_have_answered() {
    let wang = || Some(StaffId::from("wang"));
    let (take, back) = (Take("wang".into()), HandBack(wang()));
    let (shut, morning) = (SHUT, "2026-11-21T02:00:00Z");
    // What was done, and whether the staff may end it then.
    for (moves, may) in [
        (vec![], false),
        (vec![(OPEN, take.clone())], false),
        (vec![(OPEN, take.clone()), (OPEN, ShopperSays)], false),
        (vec![(OPEN, says("wang"))], true),
        // Words of thanks are no question that only an answer ends.
        (vec![(OPEN, says("wang")), (OPEN, ShopperSays)], true),
        (
            vec![(OPEN, says("wang")), (OPEN, passes("wang", "zhou", None))],
            true,
        ),
        (vec![(OPEN, says("wang")), (OPEN, back.clone())], true),
        (
            vec![
                (OPEN, says("wang")),
                (OPEN, ShopperSays),
                (OPEN, back.clone()),
            ],
            false,
        ),
        (
            vec![
                (OPEN, says("wang")),
                (OPEN, back.clone()),
                (OPEN, ShopperSays),
            ],
            false,
        ),
        // A promise, also of what was answered.
        (vec![(OPEN, says("wang")), (shut, back)], false),
        (vec![(shut, ShopperSays), (morning, take)], false),
        (vec![(shut, ShopperSays), (morning, says("wang"))], true),
        // Another question is another matter.
        (
            vec![
                (OPEN, says("wang")),
                (OPEN, EndByShopper),
                (OPEN, ShopperSays),
            ],
            false,
        ),
    ] {
        let found = led(opened(OPEN), &moves);
        for by in [found.staff.clone(), None] {
            let ended = found.make(&EndByStaff(by), rules(morning));
            let ended = ended.map(|moved| moved.conversation.state);
            let expected = may.then_some(Closed).ok_or(ConversationRefusal::Unanswered);
            assert_eq!(ended, expected, "{moves:?}");
        }
        let ended = found.make(&EndByShopper, rules(morning)).unwrap();
        assert_eq!(
            ended.conversation.state, Closed,
            "the shopper always: {moves:?}"
        );
    }
    let asked = [(OPEN, says("wang")), (OPEN, ShopperSays)];
    let late = instant(OPEN) + TimeDelta::minutes(ANSWER_MINUTES);
    let late = ChatRules {
        now: late,
        ..rules(OPEN)
    };
    let back = led(opened(OPEN), &asked).time_over(late).unwrap();
    let ended = back.conversation.make(&EndByStaff(None), late);
    assert_eq!(ended, Err(ConversationRefusal::Unanswered), "nobody came");
}
