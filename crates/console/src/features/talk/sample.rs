//! A conversation for the tests.

use orders_api::{
    ChatAuthor, ChatMessage, ChatMessages, ChatSubject, Conversation, ConversationStanding,
    ConversationState, Day, Instant, Person, Shop, Side, StaffConversation, Topic,
};
use storefront::features::talk::course::Course;

/// 2026-11-22, 16:00 in Beijing.
pub const AT: &str = "2026-11-22T08:00:00.000Z";

pub fn person(id: &str, name: &str) -> Person {
    Person {
        id: id.into(),
        name: name.into(),
    }
}

pub fn standing(state: ConversationState) -> ConversationStanding {
    ConversationStanding {
        state,
        place: None,
        wait_minutes: None,
        longer: false,
        answered_by: None,
        due_at: None,
        overdue: false,
        answered: state == ConversationState::Served,
        closed_at: (state == ConversationState::Closed).then(|| Instant(AT.into())),
        takes_words: true,
        last_seq: 2,
        last_answer: 0,
        shopper_read: 0,
        staff_read: 0,
    }
}

pub fn message(seq: i64, by: ChatAuthor, text: &str) -> ChatMessage {
    ChatMessage {
        seq,
        client_id: format!("m{seq}"),
        by,
        staff: (by == ChatAuthor::Staff).then(|| "wang".into()),
        note: None,
        at: Instant(AT.into()),
        text: text.into(),
        evidence: Vec::new(),
    }
}

/// A top-up that did not arrive, with whoever has it.
pub fn conversation(state: ConversationState, staff: Option<Person>) -> StaffConversation {
    StaffConversation {
        conversation: Conversation {
            id: "c1".into(),
            shop: Shop {
                id: "wanfu".into(),
                name: "万福卡盟".into(),
            },
            order: None,
            case: None,
            subject: ChatSubject {
                topic: Topic::TopUp,
                since: Some(Day("2026-11-20".into())),
                line: Some("l1".into()),
                account: Some("player-0318".into()),
                zone: Some("电信一区".into()),
                face_value: Some("100".into()),
                refund: None,
                complaint: None,
            },
            opened_at: Instant(AT.into()),
            standing: standing(state),
            may_complain: false,
            rating: None,
            rating_note: None,
        },
        shopper: person("lin", "林"),
        guest: false,
        staff,
        since: None,
        others: 3,
        last: Some(message(2, ChatAuthor::Shopper, "还没到账")),
    }
}

/// What was said: the shopper, then us.
pub fn course() -> Course {
    Course::new(
        Side::Staff,
        ChatMessages {
            items: vec![
                message(1, ChatAuthor::Shopper, "还没到账"),
                message(2, ChatAuthor::Staff, "我来查"),
            ],
            more: false,
            standing: standing(ConversationState::Served),
        },
    )
}
