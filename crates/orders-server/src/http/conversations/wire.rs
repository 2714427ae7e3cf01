//! Conversations on the wire.

use orders_api as api;
use orders_domain::{
    Author, ChatRules, Conversation, ConversationState, Instant, LikelyWait, Message, Order,
    QueuePlace, Subject, likely_wait,
};
use orders_store::Queue;

use super::rules;
use crate::http::context::Context;
use crate::http::error::Failure;
use crate::http::wire::{View, instant};
use crate::http::wire_case::evidence;
use crate::state::App;

/// Where a conversation stands, with its place in the queue.
///
/// # Errors
/// When the store fails.
pub async fn standing(
    app: &App,
    conversation: &Conversation,
) -> Result<api::ConversationStanding, Failure> {
    let queue = app.store.queue_of(conversation, app.clock.now()).await?;
    let followed = followed(app, conversation).await?;
    Ok(standing_in(app, conversation, queue.as_ref(), followed))
}

/// Whether a conversation that is over stays so because another about the same is open.
///
/// # Errors
/// When the store fails.
pub async fn followed(app: &App, conversation: &Conversation) -> Result<bool, Failure> {
    match conversation.state {
        ConversationState::Closed => Ok(app.store.is_followed(conversation).await?),
        ConversationState::Waiting | ConversationState::Served | ConversationState::Left => {
            Ok(false)
        }
    }
}

/// Where a conversation stands, as far as that is known without asking for the queue.
pub fn standing_in(
    app: &App,
    conversation: &Conversation,
    queue: Option<&Queue>,
    followed: bool,
) -> api::ConversationStanding {
    let now = app.clock.now();
    let rules = app
        .shops
        .policy(&conversation.shop)
        .map(|policy| ChatRules {
            policy,
            calendar: &app.shops.calendar,
            now,
        });
    // While the chat is shut nobody moves on in the queue.
    let queue = queue.filter(|_| rules.is_none_or(|rules| conversation.queues(rules)));
    let due_at = rules.map_or(conversation.due_at, |rules| conversation.answer_due(rules));
    let wait = queue.zip(rules).and_then(|(queue, rules)| {
        let at = QueuePlace {
            place: queue.place,
            came_as: queue.came_as,
            waited: conversation.queued_for(rules)?,
        };
        likely_wait(&queue.waits, at)
    });
    let wait_minutes = match wait {
        Some(LikelyWait::Minutes(minutes)) => Some(minutes),
        Some(LikelyWait::Longer) | None => None,
    };
    api::ConversationStanding {
        state: conversation.state,
        place: queue.map(|queue| queue.place),
        wait_minutes,
        longer: wait == Some(LikelyWait::Longer),
        answered_by: wait
            .zip(rules)
            .filter(|_| due_at.is_none())
            .and_then(|(wait, rules)| wait.answered_by(rules.policy, rules.calendar, now))
            .map(instant),
        due_at: due_at.map(instant),
        overdue: rules.is_some_and(|rules| conversation.is_overdue(rules)),
        answered: conversation.is_answered(),
        closed_at: conversation.closed_at.map(instant),
        takes_words: conversation.takes_words(now) && !followed,
        last_seq: conversation.last_seq,
        last_answer: conversation.last_answer,
        shopper_read: conversation.shopper_read,
        staff_read: conversation.staff_read,
    }
}

impl<'a> View<'a> {
    /// The view of a conversation in `language` at `now`.
    ///
    /// # Errors
    /// When its shop has no policy any more.
    pub fn of_talk(
        app: &'a App,
        conversation: &Conversation,
        language: api::Language,
        now: Instant,
    ) -> Result<Self, Failure> {
        let rules = rules(app, conversation, now)?;
        Ok(Self {
            policy: rules.policy,
            shop_now: rules.policy,
            calendar: rules.calendar,
            language,
            now,
            guest: conversation.guest,
        })
    }
}

/// A conversation of which the order and the standing are known.
///
/// # Errors
/// When its shop has no policy any more.
pub fn of_parts(
    app: &App,
    context: &Context,
    conversation: &Conversation,
    order: Option<&Order>,
    standing: api::ConversationStanding,
) -> Result<api::Conversation, Failure> {
    let view = View::of_talk(app, conversation, context.language, app.clock.now())?;
    Ok(api::Conversation {
        id: conversation.id.0.clone(),
        shop: view.shop(),
        order: order.map(|order| view.brief(order)),
        case: conversation.case.clone(),
        subject: subject(&conversation.subject),
        opened_at: instant(conversation.opened_at),
        standing,
        may_complain: order
            .is_some_and(|order| order.takes_complaint(view.complaint_rules(), view.now)),
        rating: conversation.rating,
        rating_note: conversation.rating_note.clone(),
    })
}

/// A conversation.
///
/// # Errors
/// When the store fails, or its shop has no policy any more.
pub async fn whole(
    app: &App,
    context: &Context,
    conversation: &Conversation,
) -> Result<api::Conversation, Failure> {
    let order = match &conversation.order {
        Some(order) => app.store.order_by_id(order).await?,
        None => None,
    };
    let standing = standing(app, conversation).await?;
    of_parts(app, context, conversation, order.as_ref(), standing)
}

fn subject(subject: &Subject) -> api::ChatSubject {
    api::ChatSubject {
        topic: subject.topic,
        since: subject.since.map(|day| api::Day(day.to_string())),
        line: subject.line.as_ref().map(|line| line.0.clone()),
        account: subject.account.clone(),
        zone: subject.zone.clone(),
        face_value: subject.face_value.clone(),
        refund: subject.refund.as_ref().map(|refund| refund.0.clone()),
        complaint: subject.complaint.clone(),
    }
}

/// A message to the shopper, who is not told who of the staff it was.
pub fn message(message: &Message) -> api::ChatMessage {
    let (by, note) = match &message.author {
        Author::Shopper => (api::ChatAuthor::Shopper, None),
        Author::Staff(_) => (api::ChatAuthor::Staff, None),
        Author::System(note, _) => (api::ChatAuthor::System, Some(*note)),
    };
    api::ChatMessage {
        seq: message.seq,
        client_id: message.client_id.clone(),
        by,
        staff: None,
        note,
        at: instant(message.at),
        text: message.text.clone(),
        evidence: message.evidence.iter().map(evidence).collect(),
    }
}

/// A message to the shop.
pub fn message_for_shop(said: &Message) -> api::ChatMessage {
    let staff = match &said.author {
        Author::Staff(staff) | Author::System(_, Some(staff)) => Some(staff.0.clone()),
        Author::Shopper | Author::System(_, None) => None,
    };
    api::ChatMessage {
        staff,
        ..message(said)
    }
}
