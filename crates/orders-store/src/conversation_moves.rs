//! The one door through which conversations change: the move and what is said with it, in one transaction.

use orders_domain::{
    Author, Conversation, ConversationId, ConversationState, EvidenceId, Instant, Message, Moved,
    OrderId, OutboxMessage, StaffId,
};
use sqlx::{Any, Transaction};

use crate::answers::look;
use crate::conversations::{OPEN_ABOUT, OPEN_ABOUT_LOCKED, by_id, open_about};
use crate::conversations_for_staff::turn_at;
use crate::desk_news::DeskNews;
use crate::idempotency::{self, Known};
use crate::notices::ChatNews;
use crate::queue::place_of;
use crate::rows::{clean, storable, to_json};
use crate::{Answer, Once, Owner, Store, StoreError, WorkClaim, messages, save, work};

/// Which conversation is meant.
#[derive(Clone, Copy, Debug)]
pub enum Whose<'a> {
    /// The shopper's own, or about a guest's order; somebody else's does not exist.
    Own(&'a Owner, &'a ConversationId),
    /// Whoever's: for the shop's systems.
    Any(&'a ConversationId),
    /// Whoever's, for this one of the staff, unless somebody else of them has it in hand.
    ByStaff(&'a StaffId, &'a ConversationId),
}

/// What is said with a move.
#[derive(Clone, Debug)]
pub struct Spoken {
    /// Who.
    pub author: Author,
    /// The sender's name for it: what was said under this name in the conversation is said already.
    pub client_id: String,
    /// In words.
    pub text: String,
    /// The shopper's photos and videos.
    pub evidence: Vec<EvidenceId>,
    /// Whose they must be: a guest has those alone that they sent themselves.
    pub guest: Option<OrderId>,
}

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Conversed<R> {
    /// The move was made.
    Done {
        /// The conversation now.
        conversation: Box<Conversation>,
        /// What was said, when something was.
        said: Option<Message>,
        /// What is answered.
        answer: Answer,
    },
    /// Nothing was done.
    Refused(R),
    /// Another conversation about the same is open, so that this one stays over. Nothing was done.
    Followed,
    /// One of the photos and videos is not to be had. Nothing was done.
    UnknownEvidence,
    /// The same request was answered before.
    Replayed(Answer),
    /// The key belongs to another request. Nothing was done.
    KeyReused,
    /// Somebody else of the staff has in hand what would be taken out of the queue. Nothing was done.
    ClaimedByAnother(WorkClaim),
}

impl Store {
    /// Begins a conversation as `blank`, or finds the one that is open about the same, and says there what was to be said
    /// first, so that nobody loses their words; `answer` is told by `false` that it was found. `decide` makes the move, of
    /// the one that was found or of none, and says what is said with it, by the author and under the name of `first`; it is
    /// not asked when all was said under the same name before.
    ///
    /// # Errors
    /// [`StoreError::Conflict`], [`StoreError::Unavailable`], [`StoreError::Corrupt`].
    pub async fn open_conversation<R>(
        &self,
        blank: &Conversation,
        first: &Spoken,
        at: Instant,
        once: Option<&Once>,
        decide: impl Fn(Option<&Conversation>) -> Result<(Moved, Spoken), R> + Send,
        answer: impl Fn(&Conversation, bool) -> Answer + Send,
    ) -> Result<Conversed<R>, StoreError> {
        let mut tx = self.begin_write().await?;
        // One after the other: two that begin at once must not both be the first.
        let lock = match self.inner.dialect.for_update() {
            "" => "SELECT 1 FROM shoppers WHERE id = $1",
            _ => "SELECT 1 FROM shoppers WHERE id = $1 FOR UPDATE",
        };
        sqlx::query(lock)
            .bind(blank.shopper.as_str())
            .fetch_optional(&mut *tx)
            .await?;
        if let Some(known) = known(&mut tx, once).await? {
            tx.rollback().await?;
            return Ok(known);
        }
        let find = match self.inner.dialect.for_update() {
            "" => OPEN_ABOUT,
            _ => OPEN_ABOUT_LOCKED,
        };
        let found = open_about(&mut *tx, find, blank).await?;
        if let Some(found) = &found
            && let Some(said) =
                messages::said(&mut tx, &found.id, &first.author, &first.client_id).await?
        {
            return said_before(tx, once, found, said, answer(found, false)).await;
        }
        let (moved, spoken) = match decide(found.as_ref()) {
            Ok(decided) => decided,
            Err(refused) => {
                tx.rollback().await?;
                return Ok(Conversed::Refused(refused));
            }
        };
        if found.is_none() {
            insert(&mut tx, blank).await?;
        }
        let mut conversation = moved.conversation.clone();
        let Some(said) = write(&mut tx, &moved, &mut conversation, Some(&spoken), at).await? else {
            tx.rollback().await?;
            return Ok(Conversed::UnknownEvidence);
        };
        let before = found.as_ref().unwrap_or(blank);
        update(&mut tx, before, &conversation, at).await?;
        let answer = answer(&conversation, found.is_none());
        if let Some(once) = once {
            idempotency::remember(&mut tx, once, &answer).await?;
        }
        if needs_somebody(found.as_ref(), &conversation) {
            tell_the_shop(&mut tx, &conversation).await?;
        }
        tx.commit().await?;
        self.tell_of(found.as_ref(), &conversation);
        Ok(Conversed::Done {
            conversation: Box::new(conversation),
            said,
            answer,
        })
    }

    /// Makes the move that `decide` says of the conversation as it is (`None` when there is none, for that shopper), and
    /// writes what is said with it; `at` is when. What was said under the same name before is not said again, and nothing
    /// else happens then. A refusal is not kept for the key.
    ///
    /// # Errors
    /// [`StoreError::Conflict`], [`StoreError::Unavailable`], [`StoreError::Corrupt`].
    pub async fn converse<R>(
        &self,
        whose: Whose<'_>,
        once: Option<&Once>,
        spoken: Option<&Spoken>,
        at: Instant,
        decide: impl Fn(Option<&Conversation>) -> Result<Moved, R> + Send,
        answer: impl Fn(&Conversation, Option<&Message>) -> Answer + Send,
    ) -> Result<Conversed<R>, StoreError> {
        let (id, owner) = match whose {
            Whose::Own(owner, id) => (id, Some(owner)),
            Whose::Any(id) | Whose::ByStaff(_, id) => (id, None),
        };
        if !storable(id.as_str()) {
            return Ok(match decide(None) {
                Ok(_) => return Err(StoreError::Conflict),
                Err(refused) => Conversed::Refused(refused),
            });
        }
        let mut tx = self.begin_write().await?;
        // Whoever changes a conversation holds its row until the commit.
        let lock = match self.inner.dialect.for_update() {
            "" => "SELECT 1 FROM conversations WHERE id = $1",
            _ => "SELECT 1 FROM conversations WHERE id = $1 FOR UPDATE",
        };
        sqlx::query(lock)
            .bind(id.as_str())
            .fetch_optional(&mut *tx)
            .await?;
        if let Some(known) = known(&mut tx, once).await? {
            tx.rollback().await?;
            return Ok(known);
        }
        let before = by_id(&mut *tx, id)
            .await?
            .filter(|found| owner.is_none_or(|owner| owner.has(found)));
        if let (Some(before), Some(spoken)) = (&before, spoken)
            && let Some(said) =
                messages::said(&mut tx, id, &spoken.author, &spoken.client_id).await?
        {
            let answer = answer(before, Some(&said));
            return said_before(tx, once, before, said, answer).await;
        }
        let moved = match decide(before.as_ref()) {
            Ok(moved) => moved,
            Err(refused) => {
                tx.rollback().await?;
                return Ok(Conversed::Refused(refused));
            }
        };
        let before = before.ok_or(StoreError::Conflict)?;
        let reopened = before.state == ConversationState::Closed
            && moved.conversation.state != ConversationState::Closed;
        if reopened && open_about(&mut *tx, OPEN_ABOUT, &before).await?.is_some() {
            tx.rollback().await?;
            return Ok(Conversed::Followed);
        }
        if let Whose::ByStaff(staff, _) = whose {
            let (waited, waits) = (before.work(), moved.conversation.work());
            let lock = self.inner.dialect.for_update();
            let both = (waited.as_slice(), waits.as_slice());
            if let Some(claim) = work::in_the_way(&mut tx, lock, staff, both, at).await? {
                tx.rollback().await?;
                return Ok(Conversed::ClaimedByAnother(claim));
            }
        }
        let mut conversation = moved.conversation.clone();
        let Some(said) = write(&mut tx, &moved, &mut conversation, spoken, at).await? else {
            tx.rollback().await?;
            return Ok(Conversed::UnknownEvidence);
        };
        update(&mut tx, &before, &conversation, at).await?;
        let answer = answer(&conversation, said.as_ref());
        if let Some(once) = once {
            idempotency::remember(&mut tx, once, &answer).await?;
        }
        if needs_somebody(Some(&before), &conversation) {
            tell_the_shop(&mut tx, &conversation).await?;
        }
        tx.commit().await?;
        self.tell_of(Some(&before), &conversation);
        Ok(Conversed::Done {
            conversation: Box::new(conversation),
            said,
            answer,
        })
    }

    /// Inserts a conversation that already is what it is, with all that was said in it, as in demo data: nothing is announced,
    /// and nothing goes to the outbox. Messages are numbered as they come; what both sides have read is the conversation's; what
    /// waited was the first in the queue.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when it exists, or another about the same is open; [`StoreError::Unavailable`].
    pub async fn insert_conversation(
        &self,
        conversation: &Conversation,
        said: &[Message],
    ) -> Result<(), StoreError> {
        let mut tx = self.begin_write().await?;
        let answers = (1..).zip(said);
        let answers = answers.filter(|(_, message)| matches!(message.author, Author::Staff(_)));
        let blank = Conversation {
            last_seq: 0,
            // Known from the start, so that nobody is told.
            last_answer: answers.last().map_or(0, |(seq, _)| seq),
            ..conversation.clone()
        };
        insert(&mut tx, &blank).await?;
        let mut now = blank.clone();
        for message in said {
            messages::insert(&mut tx, &mut now, message.clone()).await?;
        }
        update(&mut tx, &blank, &now, conversation.opened_at).await?;
        // How long it waited counts for those who wait after it.
        if let Some(waited) = conversation.waited {
            let taken_at = conversation.opened_at + waited;
            sqlx::query("UPDATE conversations SET taken_at = $1, came_as = 1 WHERE id = $2")
                .bind(taken_at.timestamp_millis())
                .bind(conversation.id.as_str())
                .execute(&mut *tx)
                .await?;
        }
        tx.commit().await?;
        Ok(())
    }

    fn tell_of(&self, before: Option<&Conversation>, now: &Conversation) {
        let notices = &self.inner.notices;
        notices.announce_chat(&now.id, ChatNews::Changed);
        notices.announce_to_staff(DeskNews::of_conversation(before, now));
    }
}

/// Whether somebody has to answer who had not to before: it begins, goes on, or whoever had it has it no more.
fn needs_somebody(before: Option<&Conversation>, now: &Conversation) -> bool {
    before.and_then(Conversation::work).is_none() && now.work().is_some()
}

/// The shop's systems hear that somebody has to answer. To be called last: see [`save::outbox`].
async fn tell_the_shop(
    tx: &mut Transaction<'static, Any>,
    conversation: &Conversation,
) -> Result<(), StoreError> {
    let message = OutboxMessage::ConversationOpened {
        conversation: conversation.id.clone(),
    };
    save::outbox(tx, conversation.order.as_ref(), &[message]).await
}

/// What was said under this name before: nothing is done, but the answer is the key's from now on.
async fn said_before<R>(
    mut tx: Transaction<'static, Any>,
    once: Option<&Once>,
    conversation: &Conversation,
    said: Message,
    answer: Answer,
) -> Result<Conversed<R>, StoreError> {
    if let Some(once) = once {
        idempotency::remember(&mut tx, once, &answer).await?;
    }
    tx.commit().await?;
    Ok(Conversed::Done {
        conversation: Box::new(conversation.clone()),
        said: Some(said),
        answer,
    })
}

/// Writes what is said, between what the program says before and after it; `None` when evidence is not to be had.
async fn write(
    tx: &mut Transaction<'static, Any>,
    moved: &Moved,
    conversation: &mut Conversation,
    spoken: Option<&Spoken>,
    at: Instant,
) -> Result<Option<Option<Message>>, StoreError> {
    for note in &moved.before {
        messages::note(tx, conversation, (*note, moved.by.as_ref()), at).await?;
    }
    let mut said = None;
    if let Some(spoken) = spoken {
        let Some(evidence) = messages::keep(tx, conversation, spoken).await? else {
            return Ok(None);
        };
        let message = Message {
            seq: 0,
            client_id: spoken.client_id.clone(),
            author: spoken.author.clone(),
            at,
            text: clean(&spoken.text),
            evidence,
        };
        let message = messages::insert(tx, conversation, message).await?;
        conversation.guest |= spoken.guest.is_some();
        // Staff who say something have seen what was there; so have shoppers, but not what was answered meanwhile when their
        // words go by themselves later, from a page that nobody looks at.
        match &message.author {
            Author::Shopper if conversation.last_answer <= conversation.shopper_read => {
                conversation.shopper_read = message.seq;
            }
            Author::Shopper => {}
            Author::Staff(_) => {
                conversation.staff_read = message.seq;
                conversation.last_answer = message.seq;
            }
            Author::System(..) => {}
        }
        said = Some(message);
    }
    for note in &moved.after {
        messages::note(tx, conversation, (*note, moved.by.as_ref()), at).await?;
    }
    Ok(Some(said))
}

async fn insert(
    tx: &mut Transaction<'static, Any>,
    conversation: &Conversation,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO conversations (id, shopper, shop, order_id, case_id, subject, state, opened_at, \
         last_seq, shopper_read, staff_read) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, 0, 0)",
    )
    .bind(conversation.id.as_str())
    .bind(conversation.shopper.as_str())
    .bind(conversation.shop.as_str())
    .bind(conversation.order.as_ref().map(|order| order.as_str()))
    .bind(conversation.case.as_deref())
    .bind(to_json(&conversation.subject)?)
    .bind(conversation.state.code())
    .bind(conversation.opened_at.timestamp_millis())
    .execute(&mut **tx)
    .await?;
    Ok(())
}

async fn update(
    tx: &mut Transaction<'static, Any>,
    before: &Conversation,
    now: &Conversation,
    at: Instant,
) -> Result<(), StoreError> {
    let millis = |at: Option<Instant>| at.map(|at| at.timestamp_millis());
    let (look_stays, look_at) = look(before, now, at);
    let left_the_queue =
        before.state == ConversationState::Waiting && now.state == ConversationState::Served;
    let comes_there = now.state == ConversationState::Waiting
        && (before.last_seq == 0 || before.waiting_since != now.waiting_since);
    let came_as = match now.place_since.filter(|_| comes_there) {
        Some(since) => Some(place_of(tx, &now.shop, (since, now.id.as_str())).await?),
        None => None,
    };
    sqlx::query(
        "UPDATE conversations SET state = $1, staff = $2, waiting_since = $3, due_at = $4, closed_at = $5, \
         waited = $6, taken_at = COALESCE($7, taken_at), last_seq = $8, shopper_read = $9, staff_read = $10, \
         rating = $11, rating_note = $12, guest = $13, place_since = $14, unanswered_since = $15, \
         came_as = COALESCE($16, came_as), turn_at = $17, last_answer = $18, \
         tell_at = COALESCE(CASE WHEN $19 = 1 THEN tell_at END, $20), answered = $21 WHERE id = $22",
    )
    .bind(now.state.code())
    .bind(now.staff.as_ref().map(|staff| staff.as_str()))
    .bind(millis(now.waiting_since))
    .bind(millis(now.due_at))
    .bind(millis(now.closed_at))
    .bind(now.waited.map(|waited| waited.num_milliseconds()))
    .bind(left_the_queue.then(|| at.timestamp_millis()))
    .bind(now.last_seq)
    .bind(now.shopper_read)
    .bind(now.staff_read)
    .bind(now.rating.map(i64::from))
    .bind(now.rating_note.as_deref())
    .bind(i64::from(now.guest))
    .bind(millis(now.place_since))
    .bind(millis(now.unanswered_since))
    .bind(came_as)
    .bind(turn_at(now))
    .bind(now.last_answer)
    .bind(i64::from(look_stays))
    .bind(millis(look_at))
    .bind(i64::from(now.answered))
    .bind(now.id.as_str())
    .execute(&mut **tx)
    .await?;
    let whose = work::Whose {
        shop: &now.shop,
        shopper: &now.shopper,
        order: now.order.as_ref(),
    };
    // What has just begun has no entry yet, whatever state its row was made in.
    let known = if before.last_seq == 0 {
        None
    } else {
        before.work()
    };
    work::change(tx, whose, known.as_slice(), now.work().as_slice()).await
}

/// What was answered under this key, as far as it was used.
async fn known<R>(
    tx: &mut Transaction<'static, Any>,
    once: Option<&Once>,
) -> Result<Option<Conversed<R>>, StoreError> {
    let Some(once) = once else {
        return Ok(None);
    };
    Ok(match idempotency::look_up(tx, once).await? {
        Known::New => None,
        Known::Answered(answer) => Some(Conversed::Replayed(answer)),
        Known::Reused => Some(Conversed::KeyReused),
    })
}
