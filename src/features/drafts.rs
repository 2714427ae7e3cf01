//! What a shopper has filled in and not sent, kept on the device: whose it is, about what, and for how long.

use crate::browser::{self, Memory};
use crate::json::{Json, Read, Write};

/// How long a draft is kept after it was changed last.
pub const KEPT_FOR_MS: i64 = 7 * 24 * 3_600 * 1_000;
/// How many of a kind are kept; the oldest goes first.
pub const KEPT: usize = 20;

/// The time, in milliseconds since 1970.
#[expect(
    clippy::cast_possible_truncation,
    reason = "milliseconds since 1970 are far from 2^53"
)]
pub fn now_ms() -> i64 {
    browser::now_ms() as i64
}

/// A draft of some kind.
pub trait Draft: Read + Write {
    /// Under which name those of its kind are kept.
    const NAME: &'static str;

    /// What it is about; there is one draft about each.
    fn about(&self) -> &str;

    /// When it was changed last, in milliseconds since 1970.
    fn at_ms(&self) -> i64;

    /// When it is of no use any more, however young it is; in milliseconds since 1970.
    fn until_ms(&self) -> Option<i64> {
        None
    }
}

/// The drafts of one shopper. Another's are wiped as soon as they are looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drafts<T>(pub Vec<T>);

impl<T: Draft> Drafts<T> {
    /// Those of the shopper in what is kept.
    pub fn of(text: Option<&str>, shopper: &str, now_ms: i64) -> Self {
        let read = |text| {
            let mut kept = Json::parse(text)?;
            let owner = String::read(kept.take("shopper"))?;
            let drafts = Vec::<T>::read(kept.take("drafts"))?;
            (owner == shopper).then_some(drafts)
        };
        let mut drafts = text.and_then(read).unwrap_or_default();
        drafts.retain(|draft| {
            let young = now_ms - draft.at_ms() <= KEPT_FOR_MS;
            young && draft.until_ms().is_none_or(|until| now_ms < until)
        });
        Self(drafts)
    }

    /// What is kept of them.
    pub fn print(&self, shopper: &str) -> String {
        Json::object([
            ("shopper", Json::text(shopper)),
            ("drafts", self.0.as_slice().json()),
        ])
        .print()
    }

    /// With one in the place of the one before.
    pub fn put(&mut self, draft: T) {
        self.remove(draft.about());
        self.0.push(draft);
        if self.0.len() > KEPT {
            self.0.remove(0);
        }
    }

    /// Without the one about something.
    pub fn remove(&mut self, about: &str) {
        self.0.retain(|draft| draft.about() != about);
    }

    fn kept(shopper: &str, now_ms: i64) -> Self {
        Self::of(Memory::Device.get(T::NAME).as_deref(), shopper, now_ms)
    }

    fn keep(&self, shopper: &str) {
        if self.0.is_empty() {
            Memory::Device.remove(T::NAME);
        } else {
            Memory::Device.set(T::NAME, &self.print(shopper));
        }
    }
}

/// The draft about something, if there is one.
pub fn draft_about<T: Draft>(shopper: &str, about: &str, now_ms: i64) -> Option<T> {
    let drafts = Drafts::<T>::kept(shopper, now_ms);
    drafts.keep(shopper);
    drafts.0.into_iter().find(|draft| draft.about() == about)
}

/// Keeps a draft in the place of the one before.
pub fn keep_draft<T: Draft>(shopper: &str, draft: T) {
    let mut drafts = Drafts::kept(shopper, draft.at_ms());
    drafts.put(draft);
    drafts.keep(shopper);
}

/// Forgets the draft about something.
pub fn forget_draft<T: Draft>(shopper: &str, about: &str, now_ms: i64) {
    let mut drafts = Drafts::<T>::kept(shopper, now_ms);
    drafts.remove(about);
    drafts.keep(shopper);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Clone, Debug, PartialEq, Eq)]
    struct Note(String, i64, Option<i64>);

    impl Draft for Note {
        const NAME: &'static str = "notes";

        fn about(&self) -> &str {
            &self.0
        }

        fn at_ms(&self) -> i64 {
            self.1
        }

        fn until_ms(&self) -> Option<i64> {
            self.2
        }
    }

    impl Write for Note {
        fn json(&self) -> Json {
            Json::object([
                ("about", Json::text(&self.0)),
                ("at_ms", Json::Whole(self.1)),
                ("until_ms", self.2.map_or(Json::Null, Json::Whole)),
            ])
        }
    }

    impl Read for Note {
        fn read(mut json: Json) -> Option<Self> {
            Some(Self(
                Read::read(json.take("about"))?,
                Read::read(json.take("at_ms"))?,
                Read::read(json.take("until_ms"))?,
            ))
        }
    }

    fn note(about: &str, at_ms: i64) -> Note {
        Note(about.into(), at_ms, None)
    }

    #[test]
    fn drafts_come_back_to_their_shopper_and_to_nobody_else() {
        let mut drafts = Drafts(Vec::new());
        drafts.put(note("o1", 0));
        drafts.put(note("o2", 0));
        let text = drafts.print("lin");
        let none = Drafts(Vec::<Note>::new());
        assert_eq!(Drafts::of(Some(&text), "lin", 1), drafts);
        assert_eq!(Drafts::of(Some(&text), "zhao", 1), none);
        assert_eq!(Drafts::of(Some("{"), "lin", 1), none);
        drafts.remove("o1");
        assert_eq!(drafts.0, [note("o2", 0)]);
    }

    #[test]
    fn a_draft_ends_after_seven_days_or_when_it_is_of_no_use() {
        let of = |note: Note, now_ms| {
            let text = Drafts(vec![note]).print("lin");
            Drafts::<Note>::of(Some(&text), "lin", now_ms).0.len()
        };
        assert_eq!(of(note("o1", 0), KEPT_FOR_MS), 1);
        assert_eq!(of(note("o1", 0), KEPT_FOR_MS + 1), 0);
        let ends_soon = Note("o1".into(), 0, Some(100));
        assert_eq!(of(ends_soon.clone(), 99), 1);
        assert_eq!(of(ends_soon, 100), 0);
    }

    #[test]
    fn the_latest_about_each_is_kept_and_no_more_than_twenty() {
        let mut drafts = Drafts(Vec::new());
        for at in 0..25 {
            drafts.put(note(&format!("o{}", at % 22), at));
        }
        assert_eq!(drafts.0.len(), KEPT);
        let latest = drafts.0.iter().find(|draft| draft.0 == "o2");
        assert_eq!(latest.map(|draft| draft.1), Some(24));
    }
}
