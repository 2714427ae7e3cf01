//! Carries what is said to the open conversations, and keeps count of who says and holds open how much.

use std::collections::{HashMap, VecDeque};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::TimeDelta;
use orders_domain::{ConversationId, Instant, Side, StaffId};
use orders_store::{ChatNews, ChatNotice, Owner, Store};
use tokio::sync::{broadcast, broadcast::error::RecvError, watch};

use crate::config::limits::{MESSAGES_PER_MINUTE, SOCKETS_PER_SHOPPER, SOCKETS_PER_STAFF};

/// How much a slow socket may be behind before it simply looks again.
const BEHIND: usize = 32;
/// From how many shoppers on it is looked which of them said nothing for a minute.
const MANY: usize = 1000;

/// One channel for each conversation that somebody looks at.
#[derive(Debug, Default)]
pub struct Chats {
    state: Mutex<State>,
    open: watch::Sender<usize>,
}

#[derive(Debug, Default)]
struct State {
    channels: HashMap<ConversationId, broadcast::Sender<Heard>>,
    sockets: HashMap<Holder, usize>,
    /// When each shopper, or guest, said something within the last minute.
    said: HashMap<Owner, VecDeque<Instant>>,
}

/// Who has sockets open.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Holder {
    /// A shopper, or a guest of one of their orders: neither takes the other's.
    Shopper(Owner),
    /// Somebody of the staff, who leads several conversations at a time.
    Staff(StaffId),
}

impl Holder {
    /// How many they may have at one server.
    const fn most(&self) -> usize {
        match self {
            Self::Shopper(_) => SOCKETS_PER_SHOPPER,
            Self::Staff(_) => SOCKETS_PER_STAFF,
        }
    }
}

/// What is heard of a conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heard {
    /// There may be something new: whoever hears it reads what comes after what they have.
    Changed,
    /// Somebody is typing.
    Typing(Side),
}

/// Somebody who looks at a conversation.
#[derive(Debug)]
pub struct Listening {
    /// What is heard from now on.
    pub heard: broadcast::Receiver<Heard>,
    chats: Arc<Chats>,
    conversation: ConversationId,
}

/// An open socket.
#[derive(Debug)]
pub struct OpenSocket {
    chats: Arc<Chats>,
    holder: Holder,
}

/// Something that a shopper is about to say. It counts from [`Turn::take`] on, unless it was not said after all.
#[derive(Debug)]
pub struct Turn<'a> {
    chats: &'a Chats,
    owner: &'a Owner,
    at: Instant,
    taken: AtomicBool,
}

impl Turn<'_> {
    /// Counts it.
    ///
    /// # Errors
    /// After how many seconds the shopper may say something more.
    pub fn take(&self) -> Result<(), u64> {
        self.chats.say(self.owner, self.at)?;
        self.taken.store(true, Ordering::Relaxed);
        Ok(())
    }

    /// It was said.
    pub fn keep(self) {
        self.taken.store(false, Ordering::Relaxed);
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        if self.taken.load(Ordering::Relaxed) {
            self.chats.unsay(self.owner, self.at);
        }
    }
}

impl Chats {
    /// Listens to a conversation. Whoever reads it after that misses nothing.
    pub fn listen(self: &Arc<Self>, conversation: &ConversationId) -> Listening {
        let mut state = self.locked();
        let channel = state.channels.entry(conversation.clone());
        Listening {
            heard: channel
                .or_insert_with(|| broadcast::channel(BEHIND).0)
                .subscribe(),
            chats: Arc::clone(self),
            conversation: conversation.clone(),
        }
    }

    /// Counts a socket; `None` when its holder has as many as may be.
    pub fn open(self: &Arc<Self>, holder: Holder) -> Option<OpenSocket> {
        let mut state = self.locked();
        let count = state.sockets.entry(holder.clone()).or_default();
        if *count >= holder.most() {
            return None;
        }
        *count += 1;
        drop(state);
        self.open.send_modify(|open| *open += 1);
        Some(OpenSocket {
            chats: Arc::clone(self),
            holder,
        })
    }

    /// Waits until no socket is open.
    pub async fn all_left(&self) {
        // The sender is `self`, so that this ends by the count alone.
        let _ = self.open.subscribe().wait_for(|open| *open == 0).await;
    }

    /// What the shopper, or a guest, is about to say at `now`, not counted yet.
    pub fn turn<'a>(&'a self, owner: &'a Owner, now: Instant) -> Turn<'a> {
        Turn {
            chats: self,
            owner,
            at: now,
            taken: AtomicBool::new(false),
        }
    }

    /// Whether they may say something more at `now`.
    fn say(&self, owner: &Owner, now: Instant) -> Result<(), u64> {
        let minute = TimeDelta::minutes(1);
        let mut state = self.locked();
        if state.said.len() >= MANY {
            let recent =
                |said: &VecDeque<Instant>| said.back().is_some_and(|at| now - *at < minute);
            state.said.retain(|_, said| recent(said));
        }
        let said = state.said.entry(owner.clone()).or_default();
        while said.front().is_some_and(|at| now - *at >= minute) {
            said.pop_front();
        }
        match said.front() {
            Some(first) if said.len() >= MESSAGES_PER_MINUTE => {
                let wait = (minute - (now - *first)).num_seconds();
                Err(u64::try_from(wait).unwrap_or_default() + 1)
            }
            _ => {
                said.push_back(now);
                Ok(())
            }
        }
    }

    fn unsay(&self, owner: &Owner, at: Instant) {
        if let Some(said) = self.locked().said.get_mut(owner)
            && let Some(place) = said.iter().rposition(|said| *said == at)
        {
            said.remove(place);
        }
    }

    fn tell(&self, conversation: &ConversationId, heard: Heard) {
        if let Some(channel) = self.locked().channels.get(conversation) {
            // Nobody listening is no error: the page was closed a moment ago.
            let _ = channel.send(heard);
        }
    }

    /// Notices were lost: everybody looks again.
    fn lost(&self) {
        for channel in self.locked().channels.values() {
            let _ = channel.send(Heard::Changed);
        }
    }

    fn locked(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Listening {
    fn drop(&mut self) {
        // Its own receiver goes first, so that the last one takes the channel with it.
        self.heard = broadcast::channel(1).1;
        let channels = &mut self.chats.locked().channels;
        if channels
            .get(&self.conversation)
            .is_some_and(|channel| channel.receiver_count() == 0)
        {
            channels.remove(&self.conversation);
        }
    }
}

impl Drop for OpenSocket {
    fn drop(&mut self) {
        let mut state = self.chats.locked();
        let left = state.sockets.get_mut(&self.holder).map(|count| {
            *count = count.saturating_sub(1);
            *count
        });
        if left == Some(0) {
            state.sockets.remove(&self.holder);
        }
        drop(state);
        self.chats
            .open
            .send_modify(|open| *open = open.saturating_sub(1));
    }
}

/// Passes the store's notices on, for as long as the store lives.
pub async fn forward(store: Store, chats: Arc<Chats>) {
    let mut notices = store.chat_notices();
    loop {
        match notices.recv().await {
            Ok(ChatNotice::News { conversation, news }) => {
                let heard = match news {
                    ChatNews::Changed => Heard::Changed,
                    ChatNews::Typing { side } => Heard::Typing(side),
                };
                chats.tell(&conversation, heard);
            }
            Ok(ChatNotice::Missed) | Err(RecvError::Lagged(_)) => chats.lost(),
            Err(RecvError::Closed) => return,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lin() -> Owner {
        Owner::Account("lin".into())
    }

    /// Of Lin's order `o1`.
    fn guest() -> Owner {
        Owner::Guest {
            shopper: "lin".into(),
            order: "o1".into(),
        }
    }

    fn second(number: i64) -> Instant {
        Instant::UNIX_EPOCH + TimeDelta::seconds(number)
    }

    #[test]
    fn nobody_says_more_in_a_minute_than_a_person_does() {
        let chats = Chats::default();
        for _ in 0..MESSAGES_PER_MINUTE {
            assert_eq!(chats.say(&lin(), second(0)), Ok(()));
        }
        assert_eq!(chats.say(&lin(), second(10)), Err(51));
        for other in [Owner::Account("zhao".into()), guest()] {
            assert_eq!(chats.say(&other, second(10)), Ok(()), "{other:?}");
        }
        assert_eq!(chats.say(&lin(), second(60)), Ok(()), "a minute later");
    }

    #[test]
    fn what_was_not_said_after_all_does_not_count() {
        let (chats, lin) = (Chats::default(), lin());
        for _ in 0..2 * MESSAGES_PER_MINUTE {
            assert_eq!(chats.turn(&lin, second(0)).take(), Ok(()));
        }
        for _ in 0..MESSAGES_PER_MINUTE {
            let turn = chats.turn(&lin, second(0));
            assert_eq!(turn.take(), Ok(()));
            turn.keep();
        }
        assert_eq!(chats.turn(&lin, second(0)).take(), Err(61));
    }

    #[test]
    fn a_shopper_has_only_so_many_sockets_and_closing_one_makes_room() {
        let chats = Arc::new(Chats::default());
        let mut open: Vec<_> = (0..SOCKETS_PER_SHOPPER)
            .map(|_| chats.open(Holder::Shopper(lin())).expect("a socket"))
            .collect();
        assert!(chats.open(Holder::Shopper(lin())).is_none());
        assert!(chats.open(Holder::Shopper(guest())).is_some());
        open.pop();
        assert!(chats.open(Holder::Shopper(lin())).is_some());
        drop(open);
        assert!(chats.locked().sockets.is_empty());
    }

    #[test]
    fn a_conversation_that_nobody_looks_at_is_forgotten() {
        let chats = Arc::new(Chats::default());
        let (one, mut other) = (chats.listen(&"k1".into()), chats.listen(&"k1".into()));
        drop(one);
        chats.tell(&"k1".into(), Heard::Typing(Side::Staff));
        assert_eq!(other.heard.try_recv(), Ok(Heard::Typing(Side::Staff)));
        chats.lost();
        assert_eq!(other.heard.try_recv(), Ok(Heard::Changed));
        drop(other);
        assert!(chats.locked().channels.is_empty());
    }
}
