//! The moves that were sent and not answered, of a case or of a complaint: each keeps its key, so that the same again after
//! a lost answer is the same.

use crate::browser;

/// Something that a shopper means to do, with what it says.
pub trait Meant: Clone + PartialEq {
    /// Which of the moves it is.
    type Move: Copy + PartialEq;
    /// What it changes.
    type Of;

    /// Which move it is.
    fn of(&self) -> Self::Move;

    /// Whether it has come about, when the thread had `before` entries as it was made.
    fn is_in(&self, of: &Self::Of, before: usize) -> bool;
}

/// A move whose answer is not there.
struct Sent<I> {
    intent: I,
    /// To send it again with.
    key: String,
    /// How many entries the thread had before it.
    thread: usize,
}

/// Those whose answer is not there; one of each kind at most.
pub struct Unanswered<I>(Vec<Sent<I>>);

impl<I> Default for Unanswered<I> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<I: Meant> Unanswered<I> {
    /// The key to send it with, while the thread has so many entries: that of the same intent, or else a new one.
    pub fn key_of(&mut self, intent: &I, thread: usize) -> String {
        if let Some(sent) = self.0.iter().find(|sent| sent.intent == *intent) {
            return sent.key.clone();
        }
        let key = browser::new_key();
        self.begin(intent.clone(), key.clone(), thread);
        key
    }

    /// Notes that it is sent, under which key. What was meant before by the same move is given up.
    pub fn begin(&mut self, intent: I, key: String, thread: usize) {
        self.settle(intent.of());
        self.0.push(Sent {
            intent,
            key,
            thread,
        });
    }

    /// Its key is not to be used again.
    pub fn settle(&mut self, step: I::Move) {
        self.0.retain(|sent| sent.intent.of() != step);
    }

    /// Whether one of that kind is there.
    pub fn has(&self, step: I::Move) -> bool {
        self.0.iter().any(|sent| sent.intent.of() == step)
    }

    /// What has come about, whether or not its answer came.
    pub fn done(&self, of: &I::Of) -> Vec<I::Move> {
        let done = self
            .0
            .iter()
            .filter(|sent| sent.intent.is_in(of, sent.thread));
        done.map(|sent| sent.intent.of()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A move, by its number, with its words; a thread is what was said by which move.
    impl Meant for (u8, &'static str) {
        type Move = u8;
        type Of = Vec<(u8, &'static str)>;

        fn of(&self) -> u8 {
            self.0
        }

        fn is_in(&self, of: &Self::Of, before: usize) -> bool {
            of.get(before..).unwrap_or_default().contains(self)
        }
    }

    #[test]
    fn the_same_again_keeps_its_key_until_it_is_settled_and_other_words_get_another() {
        let mut sent = Unanswered::default();
        sent.begin((1, "a"), "form-key".into(), 0);
        assert_eq!(sent.key_of(&(1, "a"), 3), "form-key");
        assert_ne!(sent.key_of(&(1, "b"), 3), "form-key");
        // The words before are given up: they are not sent under their key any more.
        assert_ne!(sent.key_of(&(1, "a"), 3), "form-key");
        let key = sent.key_of(&(2, "a"), 3);
        sent.settle(1);
        assert!(!sent.has(1) && sent.has(2));
        assert_eq!(sent.key_of(&(2, "a"), 5), key);
    }

    #[test]
    fn what_was_there_before_it_was_sent_is_not_what_was_meant() {
        let mut sent = Unanswered::default();
        sent.begin((1, "a"), "k".into(), 1);
        assert!(sent.done(&vec![(1, "a")]).is_empty());
        assert!(sent.done(&vec![(1, "a"), (2, "a")]).is_empty());
        assert_eq!(sent.done(&vec![(1, "a"), (1, "a")]), [1]);
    }
}
