//! Conversations for tests.

use orders_api::{
    ChatAuthor, ChatMessage, ChatNote, ChatNow, ChatSubject, Conversation, ConversationStanding,
    ConversationState, Day, Instant, Line, LineKind, Money, OpenConversation, OrderBrief, Shop,
    SupportWays, Topic,
};

use crate::features::order;

/// 2026-11-22, 16:00 in Beijing.
pub const AT: &str = "2026-11-22T08:00:00Z";

/// A standing without anything special.
pub fn standing(state: ConversationState) -> ConversationStanding {
    let waits = state == ConversationState::Waiting;
    ConversationStanding {
        state,
        place: waits.then_some(2),
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
        shopper_read: 1,
        staff_read: 0,
    }
}

/// A message; of the program, that somebody has joined.
pub fn message(seq: i64, by: ChatAuthor, text: &str) -> ChatMessage {
    ChatMessage {
        seq,
        client_id: format!("m{seq}"),
        by,
        staff: None,
        note: (by == ChatAuthor::System).then_some(ChatNote::Taken),
        at: Instant(AT.into()),
        text: text.to_owned(),
        evidence: Vec::new(),
    }
}

/// An order.
pub fn brief() -> OrderBrief {
    OrderBrief {
        id: "o1".into(),
        number: "TP202611210318".into(),
        version: 3,
        total: Money {
            amount: 12_900,
            currency: "CNY".into(),
        },
        title: "山茶手账本".into(),
        lines: 2,
        policy_version: "2026-01".into(),
    }
}

/// A conversation about it.
pub fn conversation(state: ConversationState) -> Conversation {
    Conversation {
        id: "c1".into(),
        shop: Shop {
            id: "tepai".into(),
            name: "B特派".into(),
        },
        order: Some(brief()),
        case: None,
        subject: question().subject,
        opened_at: Instant(AT.into()),
        standing: standing(state),
        may_complain: false,
        rating: None,
        rating_note: None,
    }
}

/// What one begins with.
pub fn question() -> OpenConversation {
    OpenConversation {
        order: Some("o1".into()),
        case: None,
        shop: None,
        subject: ChatSubject {
            topic: Topic::Refund,
            since: Some(Day("2026-11-20".into())),
            line: None,
            account: None,
            zone: None,
            face_value: None,
            refund: Some("o1-R1".into()),
            complaint: None,
        },
        text: "退款到哪里了？".into(),
        evidence: Vec::new(),
        client_id: "k1".into(),
    }
}

/// A line of that id and kind.
pub fn line(id: &str, kind: LineKind) -> Line {
    let mut line = order::sample::unpacked().lines.remove(0);
    id.clone_into(&mut line.id);
    line.kind = kind;
    line
}

/// The ways to a person, with the chat open and two orders to choose from.
pub fn ways() -> SupportWays {
    SupportWays {
        shop: Shop {
            id: "tepai".into(),
            name: "B特派".into(),
        },
        shops: vec![Shop {
            id: "tepai".into(),
            name: "B特派".into(),
        }],
        support: order::sample::unpacked().support,
        email_due_at: Instant("2026-11-23T08:00:00Z".into()),
        chat: Some(ChatNow {
            open: true,
            opens_at: None,
            closes_at: None,
            answered_by: None,
            place: Some(1),
            wait_minutes: None,
        }),
        order: None,
        lines: Vec::new(),
        may_complain: false,
        refund: None,
        recent: vec![brief()],
    }
}

/// The same about the order, with a line of goods and one that is a top-up.
pub fn ways_of_order() -> SupportWays {
    SupportWays {
        order: Some(brief()),
        lines: vec![
            line("l1", LineKind::Physical),
            line("l2", LineKind::Digital),
        ],
        may_complain: true,
        recent: Vec::new(),
        ..ways()
    }
}
