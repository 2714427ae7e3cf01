//! Looks at something that changes: an answer that another has overtaken does not count.

/// The looks at one thing, numbered as they were asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Looks {
    asked: u32,
    answered: u32,
}

impl Looks {
    /// Somebody looks. The number is for the answer.
    pub const fn ask(&mut self) -> u32 {
        self.asked += 1;
        self.asked
    }

    /// Whether the answer to a look counts: not when that of a later one came first.
    pub const fn counts(&mut self, look: u32) -> bool {
        let newer = look > self.answered;
        if newer {
            self.answered = look;
        }
        newer
    }

    /// What was asked for so far does not count any more, because it may be from before a change that is known by now.
    /// Whether anything was: then somebody has to look again.
    pub const fn overtake(&mut self) -> bool {
        let under_way = self.answered < self.asked;
        self.answered = self.asked;
        under_way
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_older_answer_that_comes_after_a_newer_one_does_not_count() {
        let mut looks = Looks::default();
        let (first, second) = (looks.ask(), looks.ask());
        assert!(looks.counts(second));
        assert!(!looks.counts(first));
        let third = looks.ask();
        assert!(looks.counts(third));
    }

    #[test]
    fn what_was_asked_before_a_change_does_not_count_and_is_asked_again() {
        let mut looks = Looks::default();
        assert!(!looks.overtake(), "nobody looks");
        let before = looks.ask();
        assert!(looks.overtake());
        assert!(!looks.counts(before));
        let after = looks.ask();
        assert!(looks.counts(after));
        assert!(!looks.overtake());
    }
}
