//! What was sent and has no answer yet: sent again, it goes under the key that it had.

use super::acts::{Act, Offer};

/// All of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unanswered(Vec<Sent>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Sent {
    offer: Offer,
    act: Act,
    key: String,
}

impl Unanswered {
    /// The key of `act`, which was offered as `offer`: the one that it was sent under, or a `fresh` one. Another act has
    /// another key.
    pub fn key_of(&mut self, offer: &Offer, act: &Act, fresh: impl FnOnce() -> String) -> String {
        if let Some(sent) = self.0.iter().find(|sent| sent.act == *act) {
            return sent.key.clone();
        }
        let key = fresh();
        self.0.push(Sent {
            offer: offer.clone(),
            act: act.clone(),
            key: key.clone(),
        });
        key
    }

    /// The answer to what was sent under `key` has come.
    pub fn is_answered(&mut self, key: &str) {
        self.0.retain(|sent| sent.key != key);
    }

    /// Whether something that was sent for `offer` has no answer.
    pub fn has(&self, offer: &Offer) -> bool {
        self.0.iter().any(|sent| sent.offer == *offer)
    }
}
