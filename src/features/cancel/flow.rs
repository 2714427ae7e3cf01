//! The course of a cancel: where the dialog stands, and what follows from each thing that happens.
//! Pure: what is to be done outside is handed back as effects.

use orders_api::{
    CancelCounting, CancellationPreview, LineQuantity, NOTE_MAX, OrderState, Outcome, field_codes,
};

use crate::ui::FailureWords;

use super::attempt::Attempt;
use super::draft::{Draft, Field};
use super::facts::{Facts, Refusal};
use super::steps::{Answer, Ask, Effect, Event, NoPreview, Settled, Step};

/// The whole course.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Flow {
    /// Where it stands.
    pub step: Step,
    /// What is filled in.
    pub draft: Draft,
    /// What cancelling would do, as far as it is known.
    pub preview: Option<CancellationPreview>,
    /// How far the preview is.
    pub ask: Ask,
    /// The order's facts.
    pub facts: Facts,
    /// Why the server did not accept the last attempt, when no field is to blame.
    pub rejected: Option<FailureWords>,
    /// The number of the last question for a preview.
    pub asked: u32,
    /// The key of the form that came with the page, until it is used.
    pub form_key: Option<String>,
    /// The order has moved on since the attempt was sent, perhaps by it.
    pub moved: bool,
}

impl Flow {
    /// Whether staff decide about what is chosen.
    pub fn by_request(&self) -> bool {
        self.preview
            .as_ref()
            .map_or(self.facts.by_request, |preview| {
                preview.outcome == Outcome::Requested
            })
    }

    /// What confirming would do to the shopper's standing, and whether it does not with the reason that is chosen.
    pub fn counting(&self) -> Option<(&CancelCounting, bool)> {
        let counting = self.preview.as_ref()?.counting.as_ref()?;
        let reason = self.draft.reason.as_ref();
        let never = reason.is_some_and(|reason| counting.never_for.contains(reason));
        Some((counting, never))
    }

    /// Whether the chosen reason asks for words.
    pub fn note_required(&self) -> bool {
        let reasons = self.preview.iter().flat_map(|preview| &preview.reasons);
        reasons
            .filter(|reason| reason.note_required)
            .any(|reason| Some(&reason.code) == self.draft.reason.as_ref())
    }

    /// Whether the whole that was confirmed is not there any more.
    pub fn whole_changed(&self) -> bool {
        !self.draft.part && self.draft.error(Field::Lines).is_some()
    }

    /// How many units confirming cancels while others stay; `None` when it takes all that is left.
    pub fn some_of(&self) -> Option<u32> {
        if self.draft.part {
            Some(self.draft.units()).filter(|units| *units > 0)
        } else {
            self.facts.some_stays.then(|| self.facts.units())
        }
    }

    /// Whether a part may be chosen.
    pub fn parts_allowed(&self) -> bool {
        self.facts.units() > 1
            && self
                .preview
                .as_ref()
                .is_some_and(|preview| preview.partial_allowed)
    }

    /// Whether confirming would do something now.
    pub const fn can_confirm(&self) -> bool {
        match self.step {
            Step::Form => matches!(self.ask, Ask::Fresh),
            Step::Lost(_) | Step::Failed(..) => true,
            _ => false,
        }
    }

    /// Whether what is filled in may be changed: not while it is under way, because the same is sent again.
    pub const fn is_open_to_change(&self) -> bool {
        matches!(self.step, Step::Form)
    }

    /// Takes note of `event`; `new_key` makes the key of a new attempt.
    pub fn step(&mut self, event: Event, new_key: impl FnOnce() -> String) -> Vec<Effect> {
        match event {
            Event::Opened(facts) => self.opened(facts),
            Event::Closed => self.closed(),
            Event::OrderChanged(facts) => self.order_changed(facts),
            Event::Previewed(ask, answer) => self.previewed(ask, answer),
            Event::Filled(draft) => self.filled(draft),
            Event::Posted(attempt, answer) => self.posted(attempt, answer),
            Event::AskAgain => match self.step {
                Step::Loading | Step::Form => self.ask_preview(false),
                _ => Vec::new(),
            },
            Event::Part(_) | Event::Quantity(..) | Event::Reason(_) | Event::Note(_)
                if !self.is_open_to_change() =>
            {
                Vec::new()
            }
            Event::Part(part) => {
                self.draft.part = part;
                self.draft.clear(Field::Lines);
                self.ask_preview(false)
            }
            Event::Quantity(line, quantity) => {
                self.draft.chosen.retain(|chosen| chosen.line != line);
                self.draft.chosen.push(LineQuantity { line, quantity });
                self.draft.fit(&self.facts);
                self.draft.clear(Field::Lines);
                self.ask_preview(true)
            }
            Event::Reason(code) => {
                self.draft.reason = Some(code);
                self.draft.clear(Field::Reason);
                self.draft.clear(Field::Note);
                Vec::new()
            }
            Event::Note(note) => {
                self.draft.note = note;
                self.draft.clear(Field::Note);
                Vec::new()
            }
            Event::Confirm => self.confirm(new_key),
            Event::Resume(attempt) => {
                self.draft.reason = Some(attempt.intent.reason.clone());
                self.draft.note = attempt.intent.note.clone().unwrap_or_default();
                self.draft.part = attempt.part;
                let lines = attempt.intent.lines.clone().unwrap_or_default();
                if attempt.part {
                    self.draft.chosen = lines;
                } else {
                    self.draft.whole = lines;
                }
                self.send(attempt)
            }
            Event::Answered(key, answer) => self.answered(&key, answer),
            Event::BackOnline => match (&self.step, &self.ask) {
                (Step::Lost(attempt), _) => self.send(attempt.clone()),
                (Step::Loading | Step::Form, Ask::Failed(_)) => self.ask_preview(false),
                _ => Vec::new(),
            },
            Event::LoggedIn => match (&self.step, &self.ask) {
                (Step::LoggedOut(attempt), _) => self.send(attempt.clone()),
                (Step::Loading | Step::Form, Ask::Asked | Ask::Failed(_)) => {
                    self.ask_preview(false)
                }
                _ => Vec::new(),
            },
        }
    }

    fn opened(&mut self, facts: Facts) -> Vec<Effect> {
        let offered = facts.offered;
        self.facts = facts;
        match self.step {
            // An attempt under way is shown as it stands, and so is one that was answered before the order came.
            Step::Sending(_)
            | Step::Lost(_)
            | Step::LoggedOut(_)
            | Step::Failed(..)
            | Step::Refused(_)
            | Step::Done(_)
            | Step::Requested => Vec::new(),
            _ if offered => {
                self.start_over();
                self.ask_preview(false)
            }
            _ => {
                self.step = Step::NotPossible(self.facts.refusal.clone());
                Vec::new()
            }
        }
    }

    fn filled(&mut self, mut draft: Draft) -> Vec<Effect> {
        if !matches!(self.step, Step::Loading | Step::Form) {
            return Vec::new();
        }
        draft.fit(&self.facts);
        self.draft = draft;
        if self.draft.part {
            self.ask_preview(false)
        } else {
            Vec::new()
        }
    }

    fn posted(&mut self, attempt: Attempt, answer: Answer) -> Vec<Effect> {
        let key = attempt.key.clone();
        self.form_key.take_if(|form| *form == key);
        self.step = Step::Sending(attempt);
        let effects = self.answered(&key, answer);
        // There is no form to go back to.
        if matches!(self.step, Step::Loading) && !self.facts.offered {
            return self.overtaken(self.facts.refusal.clone());
        }
        effects
    }

    fn start_over(&mut self) {
        self.draft = Draft::default();
        self.preview = None;
        self.rejected = None;
        self.step = Step::Loading;
    }

    fn closed(&mut self) -> Vec<Effect> {
        match self.step {
            // It goes on; its answer is told outside of the dialog.
            Step::Sending(_) | Step::LoggedOut(_) => Vec::new(),
            // Whoever closes now has thought better of it: it must not be sent again later.
            Step::Lost(_) | Step::Failed(..) => {
                self.step = Step::Closed;
                vec![Effect::Forget, Effect::Look]
            }
            _ => {
                self.step = Step::Closed;
                Vec::new()
            }
        }
    }

    fn order_changed(&mut self, facts: Facts) -> Vec<Effect> {
        let newer = facts.version > self.facts.version;
        let offered = facts.offered;
        self.facts = facts;
        match &self.step {
            Step::Loading | Step::Form if !offered => self.overtaken(self.facts.refusal.clone()),
            // The order moved on, so the server can be reached, and knows what became of the attempt.
            Step::Lost(attempt) if newer => self.send(attempt.clone()),
            // It may be the attempt's own doing, of which the answer is still on its way, or lost.
            Step::Sending(_) if newer => {
                self.moved = true;
                Vec::new()
            }
            Step::Loading | Step::Form if newer => {
                self.draft.fit(&self.facts);
                self.ask_preview(false)
            }
            _ => Vec::new(),
        }
    }

    fn overtaken(&mut self, refusal: Refusal) -> Vec<Effect> {
        self.step = Step::Overtaken(refusal);
        vec![Effect::FocusResult]
    }

    fn ask_preview(&mut self, soon: bool) -> Vec<Effect> {
        self.asked = self.asked.wrapping_add(1);
        if self.draft.part && self.draft.chosen.is_empty() {
            self.ask = Ask::Idle;
            return Vec::new();
        }
        self.ask = Ask::Asked;
        vec![Effect::Preview {
            ask: self.asked,
            lines: self.draft.lines(),
            soon,
        }]
    }

    fn previewed(
        &mut self,
        ask: u32,
        answer: Result<Box<CancellationPreview>, NoPreview>,
    ) -> Vec<Effect> {
        // An answer to an earlier question comes too late.
        if ask != self.asked || !matches!(self.step, Step::Loading | Step::Form) {
            return Vec::new();
        }
        match answer {
            Ok(preview) => {
                self.preview = Some(*preview);
                self.ask = Ask::Fresh;
                self.step = Step::Form;
                Vec::new()
            }
            Err(NoPreview::Gone(refusal)) => self.overtaken(refusal),
            Err(NoPreview::LoggedOut) => Vec::new(),
            Err(NoPreview::Failed(why)) => {
                self.ask = Ask::Failed(why);
                Vec::new()
            }
        }
    }

    fn confirm(&mut self, new_key: impl FnOnce() -> String) -> Vec<Effect> {
        match &self.step {
            Step::Form => self.check_and_send(new_key),
            Step::Lost(attempt) | Step::Failed(attempt, _) => self.send(attempt.clone()),
            // A second tap, or nothing to confirm.
            Step::Closed
            | Step::Loading
            | Step::Sending(_)
            | Step::LoggedOut(_)
            | Step::Refused(_)
            | Step::Overtaken(_)
            | Step::NotPossible(_)
            | Step::Done(_)
            | Step::Requested => Vec::new(),
        }
    }

    fn check_and_send(&mut self, new_key: impl FnOnce() -> String) -> Vec<Effect> {
        let mut errors = Vec::new();
        if self.draft.part && self.draft.chosen.is_empty() {
            errors.push((Field::Lines, field_codes::REQUIRED.to_owned()));
        }
        let note = self.draft.note.trim();
        let asks_note = self.note_required();
        if self.draft.reason.is_none() {
            errors.push((Field::Reason, field_codes::REQUIRED.to_owned()));
        } else if asks_note && note.is_empty() {
            errors.push((Field::Note, field_codes::REQUIRED.to_owned()));
        } else if asks_note && note.chars().count() > NOTE_MAX {
            errors.push((Field::Note, field_codes::TOO_LONG.to_owned()));
        }
        let wrong = !errors.is_empty();
        self.draft.errors = errors;
        if wrong {
            return vec![Effect::FocusError];
        }
        // What it will do must be on the screen before it is done.
        if !self.can_confirm() {
            return Vec::new();
        }
        self.rejected = None;
        self.draft.whole.clone_from(&self.facts.left);
        let attempt = Attempt {
            key: self.form_key.take().unwrap_or_else(new_key),
            intent: self.draft.intent(asks_note),
            part: self.draft.part,
            known_refunds: self.facts.refunds.clone(),
        };
        self.send(attempt)
    }

    fn send(&mut self, attempt: Attempt) -> Vec<Effect> {
        self.moved = false;
        self.step = Step::Sending(attempt.clone());
        vec![Effect::Send(attempt)]
    }

    fn answered(&mut self, key: &str, answer: Answer) -> Vec<Effect> {
        let attempt = match &self.step {
            Step::Sending(attempt) if attempt.key == key => attempt.clone(),
            _ => return Vec::new(),
        };
        match answer {
            Answer::Cancelled(done) => {
                self.step = Step::Done(Settled {
                    whole: done.order.state == OrderState::Cancelled,
                    refunds: done
                        .order
                        .refunds
                        .into_iter()
                        .filter(|refund| !attempt.known_refunds.contains(&refund.id))
                        .collect(),
                    restored: done.restored,
                    not_restored: done.not_restored,
                });
                vec![Effect::FocusResult]
            }
            Answer::Requested => {
                self.step = Step::Requested;
                vec![Effect::FocusResult]
            }
            Answer::NotCancellable(refusal) => {
                self.step = Step::Refused(refusal);
                vec![Effect::FocusResult]
            }
            Answer::Invalid(errors) => {
                let mut effects = self.back_to_form();
                self.draft.errors = errors;
                if self.whole_changed() {
                    // There is no field for it; what there is now, the order tells.
                    effects.extend([Effect::Look, Effect::ShowNotice]);
                } else {
                    effects.push(Effect::FocusError);
                }
                effects
            }
            Answer::Rejected(why) => {
                let mut effects = self.back_to_form();
                self.rejected = Some(why);
                effects.push(Effect::ShowNotice);
                effects
            }
            Answer::Trouble(why) => {
                self.step = Step::Failed(attempt, why);
                vec![Effect::ShowNotice]
            }
            Answer::LoggedOut => {
                self.step = Step::LoggedOut(attempt);
                Vec::new()
            }
            // The server can be reached, as with an order that moves on afterwards: it is asked once more.
            Answer::Lost if self.moved => self.send(attempt),
            Answer::Lost => {
                self.step = Step::Lost(attempt);
                vec![Effect::ShowNotice]
            }
        }
    }

    /// After a reload there is no preview yet.
    fn back_to_form(&mut self) -> Vec<Effect> {
        if self.preview.is_some() {
            self.step = Step::Form;
            return Vec::new();
        }
        self.step = Step::Loading;
        self.ask_preview(false)
    }
}
