//! How old answers are: without a network, the service worker gives the last ones that were seen.

use std::cell::RefCell;

/// How old the answer to a question is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Age {
    /// It is the server's.
    Now,
    /// There is no network, and this is what was seen at that instant.
    Seen(String),
    /// There is no network and no answer.
    Lost,
}

type Told = Box<dyn Fn(Age)>;

thread_local! {
    static TOLD: RefCell<Option<Told>> = const { RefCell::new(None) };
}

/// The header of an answer that was seen before, with the instant when.
pub(super) const SEEN: &str = "x-tepai-seen";

/// From now on calls `run` for each question, with the age of its answer.
pub fn on_age(run: impl Fn(Age) + 'static) {
    TOLD.with_borrow_mut(|told| *told = Some(Box::new(run)));
}

/// Tells how old an answer is.
pub(super) fn tell(age: Age) {
    TOLD.with_borrow(|told| {
        if let Some(told) = told {
            told(age);
        }
    });
}
