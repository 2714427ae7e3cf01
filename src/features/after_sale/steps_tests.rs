//! The ways between the steps, in a history like a browser's.

use leptos::prelude::*;

use super::data::AskData;
use super::steps::{Steps, Trail, Way};
use crate::features::session::SessionState;
use crate::paths::{AskStep, Page};
use crate::router::Router;
use crate::shell::Toasts;
use crate::words::Lang;

#[derive(Clone, Copy, Debug)]
enum Act {
    Next,
    To(AskStep),
    BrowserBack,
    BrowserForward,
    /// The offer has changed, so that the URL says too much.
    Clamped,
}

const ACTS: [Act; 7] = [
    Act::Next,
    Act::To(AskStep::What),
    Act::To(AskStep::Why),
    Act::BrowserBack,
    Act::BrowserForward,
    Act::Clamped,
    Act::Next,
];

/// The entries, with the order's page in front, and the one that is shown.
#[derive(Clone)]
struct History {
    entries: Vec<Option<AskStep>>,
    at: usize,
    trail: Trail,
}

impl History {
    fn begin(step: AskStep) -> Self {
        Self {
            entries: vec![None, Some(step)],
            at: 1,
            trail: Trail::begin(step),
        }
    }

    fn shown(&self) -> Option<AskStep> {
        self.entries[self.at]
    }

    /// Does it; false where the browser has left the steps.
    fn act(&mut self, act: Act) -> bool {
        let Some(from) = self.shown() else {
            return false;
        };
        match act {
            Act::Next if from == AskStep::Check => {}
            Act::Next => self.go(from, AskStep::ALL[from as usize + 1]),
            Act::To(step) if step >= from => {}
            Act::To(step) => self.go(from, step),
            Act::BrowserBack => self.at -= 1,
            Act::BrowserForward => self.at = (self.at + 1).min(self.entries.len() - 1),
            Act::Clamped if from == AskStep::What => {}
            Act::Clamped => {
                self.entries[self.at] = Some(AskStep::What);
                self.trail.replaced();
            }
        }
        if let Some(step) = self.shown() {
            self.trail.seen(step);
        }
        self.shown().is_some()
    }

    fn go(&mut self, from: AskStep, to: AskStep) {
        match self.trail.take(from, to) {
            Way::On => {
                self.entries.truncate(self.at + 1);
                self.entries.push(Some(to));
                self.at += 1;
            }
            Way::Back(steps) => self.at -= usize::try_from(steps).expect("back"),
            Way::Instead => self.entries[self.at] = Some(to),
        }
        assert_eq!(self.shown(), Some(to), "{:?} at {}", self.entries, self.at);
    }
}

#[test]
fn each_way_leads_to_its_step_whatever_was_gone_before() {
    fn try_all(history: &History, left: usize) {
        if left == 0 {
            return;
        }
        for act in ACTS {
            let mut then = history.clone();
            if then.act(act) {
                try_all(&then, left - 1);
            }
        }
    }
    for step in AskStep::ALL {
        try_all(&History::begin(step), 7);
    }
}

#[test]
fn what_is_changed_and_checked_again_leaves_one_entry_for_each_step() {
    let mut history = History::begin(AskStep::What);
    for act in [
        Act::Next,
        Act::Next,
        Act::To(AskStep::Why),
        Act::Next,
        Act::To(AskStep::What),
        Act::Next,
        Act::Next,
    ] {
        assert!(history.act(act));
    }
    let steps: Vec<_> = history.entries.iter().flatten().copied().collect();
    assert_eq!((steps.as_slice(), history.at), (&AskStep::ALL[..], 3));
}

#[test]
fn once_there_is_a_case_it_is_shown_wherever_the_shopper_was() {
    for step in AskStep::ALL {
        Owner::new().with(|| {
            let page = |step| Page::AfterSale {
                id: "o1".into(),
                step,
            };
            let router = Router::provide(page(AskStep::What));
            let session = SessionState::provide(Lang::ZhCn, Toasts::provide());
            let data = AskData::new(Lang::ZhCn, session, "o1".into());
            let steps = Steps::new(data, "o1".into());
            // As a link would, and not as the steps' own ways do.
            router.go(&page(step));
            data.opened.set(Some("c1".into()));
            steps.leave();
            let shown = router.page.get_untracked();
            assert_eq!(shown, Page::Case { id: "c1".into() }, "{step:?}");
        });
    }
}
