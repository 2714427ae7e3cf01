//! Carries out what the course of a cancel asks for: previews, sending with its key, remembering it until it is answered.

use leptos::prelude::*;
use leptos::task::spawn_local;
use orders_api::{CancelOutcome, NotPossibleReason, OrderDetail, Outcome, Problem, codes};

use crate::browser;
use crate::client::{self, Failure};
use crate::features::session::SessionState;
use crate::shell::{Toasts, failure_words, use_live, use_toasts};
use crate::words::Lang;

use super::attempt::{Attempt, PendingCancels};
use super::draft::Field;
use super::facts::{Facts, Refusal, offers_cancel};
use super::flow::Flow;
use super::steps::{Answer, Effect as Act, Event, NoPreview, Step};
use super::words::Words;

/// How long to wait for further changes before asking what a part would bring.
const PREVIEW_AFTER_MS: i32 = 250;

/// The cancel of one order.
#[derive(Clone, Copy)]
pub struct CancelData {
    lang: Lang,
    session: SessionState,
    toasts: Option<Toasts>,
    pending: PendingCancels,
    id: StoredValue<String>,
    /// The course.
    pub flow: RwSignal<Flow>,
    open: Signal<bool>,
    take: Callback<OrderDetail>,
    look: Callback<()>,
    show: Callback<()>,
}

impl CancelData {
    /// Follows the URL (`open`), the order and the connection. `take` gets each fresh order, `look` asks for
    /// one, `show` opens the dialog. An attempt that was left unanswered is sent again at once.
    #[expect(clippy::too_many_arguments, reason = "each is one wire of the page")]
    pub fn new(
        lang: Lang,
        session: SessionState,
        id: String,
        order: Signal<Option<OrderDetail>>,
        open: Signal<bool>,
        take: Callback<OrderDetail>,
        look: Callback<()>,
        show: Callback<()>,
    ) -> Self {
        let pending = expect_context::<PendingCancels>();
        let left_over = pending.get(&id);
        let data = Self {
            lang,
            session,
            toasts: use_toasts(),
            pending,
            id: StoredValue::new(id),
            flow: RwSignal::new(Flow::default()),
            open,
            take,
            look,
            show,
        };
        if let Some(attempt) = left_over {
            data.tell(Event::Resume(attempt));
            browser::next_frame(move || {
                show.try_run(());
            });
        }
        data.follow(order);
        data
    }

    fn follow(self, order: Signal<Option<OrderDetail>>) {
        let facts = Memo::new(move |_| order.with(|order| order.as_ref().map(Facts::of)));
        let open = self.open;
        let shown = Memo::new(move |_| open.get() && facts.with(Option::is_some));
        Effect::new(move |before: Option<bool>| {
            let shown = shown.get();
            if shown {
                if let Some(facts) = facts.get_untracked() {
                    self.tell(Event::Opened(facts));
                }
            } else if before == Some(true) {
                self.tell(Event::Closed);
            }
            shown
        });
        Effect::new(move |_| {
            if let Some(facts) = facts.get() {
                self.tell(Event::OrderChanged(facts));
            }
        });
        let on_growth = move |count: RwSignal<u32>, event: fn() -> Event| {
            Effect::new(move |before: Option<u32>| {
                let now = count.get();
                if before.is_some_and(|before| before != now) {
                    self.tell(event());
                }
                now
            });
        };
        on_growth(self.session.renewed, || Event::LoggedIn);
        if let Some(live) = use_live() {
            // Grows with the network's and the server's return alike.
            on_growth(live.missed, || Event::BackOnline);
        }
    }

    /// Something happened.
    pub fn tell(self, event: Event) {
        let acts = self
            .flow
            .try_update(|flow| flow.step(event, browser::new_key))
            .unwrap_or_default();
        for act in acts {
            match act {
                Act::Preview { ask, lines, soon } if soon => {
                    browser::after(PREVIEW_AFTER_MS, move || self.preview(ask, lines));
                }
                Act::Preview { ask, lines, .. } => self.preview(ask, lines),
                Act::Send(attempt) => self.send(attempt),
                Act::Forget => self.id.with_value(|id| self.pending.remove(id)),
                Act::Look => self.look.run(()),
                Act::FocusError => browser::next_frame(|| {
                    browser::focus(
                        ".cancel-dialog fieldset[aria-invalid=true] input, .cancel-dialog textarea[aria-invalid=true]",
                    );
                }),
                Act::FocusResult => {
                    browser::next_frame(|| browser::focus(".cancel-dialog .cancel-result-title"));
                }
            }
        }
    }

    fn preview(self, ask: u32, lines: Option<Vec<orders_api::LineQuantity>>) {
        // Something else is asked by now, or the page is gone.
        if self.flow.try_with_untracked(|flow| flow.asked) != Some(ask) {
            return;
        }
        let id = self.id.get_value();
        spawn_local(async move {
            let answer =
                client::cancellation_preview(self.lang, &id, lines.as_deref()).await;
            if self.flow.is_disposed() {
                return;
            }
            let (answer, order) = match answer {
                Ok(preview) => (Ok(Box::new(preview)), None),
                Err(failure) if self.session.takes(&failure) => (Err(NoPreview::LoggedOut), None),
                Err(failure) => {
                    let order = order_of(&failure);
                    (Err(no_preview(self.lang, failure)), order)
                }
            };
            self.tell(Event::Previewed(ask, answer));
            if let Some(order) = order {
                self.take.run(order);
            }
        });
    }

    fn send(self, attempt: Attempt) {
        let id = self.id.get_value();
        // Before it is sent: a reload from here on finds it.
        self.pending.put(&id, &attempt);
        spawn_local(async move {
            let answer =
                client::cancel_order(self.lang, &id, &attempt.intent, &attempt.key).await;
            if let Err(failure) = &answer {
                self.session.takes(failure);
            }
            let (answer, order) = answer_of(self.lang, answer);
            if answer.is_definite() {
                self.pending.remove(&id);
            }
            if self.flow.is_disposed() {
                return;
            }
            self.tell(Event::Answered(attempt.key, answer));
            if let Some(order) = order {
                self.take.run(order);
            }
            self.tell_outside();
        });
    }

    /// The dialog was closed meanwhile: good news is said in passing, anything else opens it again.
    fn tell_outside(self) {
        if self.open.get_untracked() {
            return;
        }
        let words = Words::of(self.lang);
        let said = self.flow.with_untracked(|flow| match &flow.step {
            Step::Done(settled) if settled.whole => Some(words.done),
            Step::Done(_) => Some(words.done_part),
            Step::Requested => Some(words.requested),
            _ => None,
        });
        match (said, self.toasts) {
            (Some(text), Some(toasts)) => {
                toasts.say(text);
                self.tell(Event::Closed);
            }
            _ => self.show.run(()),
        }
    }
}

/// The order that came with a refusal.
fn order_of(failure: &Failure) -> Option<OrderDetail> {
    match failure {
        Failure::Refused(problem) => problem.order.as_deref().cloned(),
        Failure::Unreachable | Failure::Unreadable => None,
    }
}

/// A refusal, from what the server said and the order that came with it.
fn refusal_of(problem: &Problem) -> Refusal {
    let facts = problem.order.as_deref().map(Facts::of);
    let mut refusal = facts.map(|facts| facts.refusal).unwrap_or_default();
    let reason = problem.reason.as_deref().and_then(NotPossibleReason::from_code);
    if reason.is_some() {
        refusal.reason = reason;
    }
    if !problem.next_steps.is_empty() {
        refusal.next_steps.clone_from(&problem.next_steps);
    }
    refusal
}

fn no_preview(lang: Lang, failure: Failure) -> NoPreview {
    match &failure {
        Failure::Refused(problem)
            if problem.code == codes::ORDER_NOT_CANCELLABLE
                && !problem.order.as_deref().is_some_and(offers_cancel) =>
        {
            NoPreview::Gone(refusal_of(problem))
        }
        // Only these lines are not to be cancelled; others are.
        Failure::Refused(problem) => {
            let mut words = failure_words(lang, &failure);
            let reason = problem.reason.as_deref().and_then(NotPossibleReason::from_code);
            if let Some(reason) = reason {
                words.text = crate::words::codes::not_possible(lang, reason).to_owned();
                words.retry = false;
            }
            NoPreview::Failed(words)
        }
        Failure::Unreachable | Failure::Unreadable => NoPreview::Failed(failure_words(lang, &failure)),
    }
}

/// What the server's answer means, and the fresh order that came with it.
fn answer_of(
    lang: Lang,
    answer: Result<CancelOutcome, Failure>,
) -> (Answer, Option<OrderDetail>) {
    let failure = match answer {
        Ok(CancelOutcome { outcome, order }) => {
            let answer = match outcome {
                Outcome::Cancelled => Answer::Cancelled(Box::new(order.clone())),
                Outcome::Requested => Answer::Requested,
            };
            return (answer, Some(order));
        }
        Err(failure) => failure,
    };
    let order = order_of(&failure);
    let words = || failure_words(lang, &failure);
    let answer = match &failure {
        // Something unreadable may well be a success that a proxy has spoilt.
        Failure::Unreachable | Failure::Unreadable => Answer::Lost,
        Failure::Refused(problem) => match problem.code.as_str() {
            codes::NOT_LOGGED_IN => Answer::LoggedOut,
            codes::ORDER_NOT_CANCELLABLE => Answer::NotCancellable(refusal_of(problem)),
            codes::CONFLICT | codes::TOO_MANY_ATTEMPTS | codes::TIMEOUT => Answer::Trouble(words()),
            codes::INVALID_FIELDS => {
                let errors: Vec<_> = problem
                    .errors
                    .iter()
                    .filter_map(|(name, code)| Some((field(name)?, code.clone())))
                    .collect();
                if errors.is_empty() {
                    Answer::Rejected(words())
                } else {
                    Answer::Invalid(errors)
                }
            }
            _ if problem.status >= 500 => Answer::Trouble(words()),
            _ => Answer::Rejected(words()),
        },
    };
    (answer, order)
}

/// The field of the form that a field of the request belongs to.
fn field(name: &str) -> Option<Field> {
    match name.split(['.', '[']).next() {
        Some("reason") => Some(Field::Reason),
        Some("note") => Some(Field::Note),
        Some("lines" | "line") => Some(Field::Lines),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::order::sample;
    use std::collections::BTreeMap;

    fn refused(status: u16, code: &str) -> Problem {
        Problem {
            kind: "about:blank".into(),
            title: "T".into(),
            status,
            detail: "D".into(),
            code: code.into(),
            request_id: "req-1".into(),
            errors: BTreeMap::new(),
            order: None,
            reason: None,
            next_steps: Vec::new(),
        }
    }

    fn answer(problem: Problem) -> Answer {
        answer_of(Lang::En, Err(Failure::Refused(Box::new(problem)))).0
    }

    #[test]
    fn each_failure_is_the_right_kind_of_answer() {
        assert_eq!(answer_of(Lang::En, Err(Failure::Unreachable)).0, Answer::Lost);
        assert_eq!(answer_of(Lang::En, Err(Failure::Unreadable)).0, Answer::Lost);
        assert_eq!(answer(refused(401, codes::NOT_LOGGED_IN)), Answer::LoggedOut);
        assert!(matches!(answer(refused(409, codes::CONFLICT)), Answer::Trouble(_)));
        assert!(matches!(answer(refused(404, codes::NOT_FOUND)), Answer::Rejected(_)));
        let Answer::Trouble(words) = answer(refused(500, codes::INTERNAL)) else {
            panic!("our fault is trouble");
        };
        assert!(words.text.contains("req-1"));
        let mut wrong = refused(422, codes::INVALID_FIELDS);
        wrong.errors = BTreeMap::from([
            ("note".into(), "required".into()),
            ("lines[0].quantity".into(), "out_of_range".into()),
        ]);
        assert_eq!(
            answer(wrong),
            Answer::Invalid(vec![
                (Field::Lines, "out_of_range".into()),
                (Field::Note, "required".into()),
            ])
        );
    }

    #[test]
    fn a_refusal_brings_the_order_as_it_is_now() {
        let mut problem = refused(409, codes::ORDER_NOT_CANCELLABLE);
        problem.order = Some(Box::new(sample::packing()));
        problem.reason = Some("packing".into());
        let (answer, order) = answer_of(Lang::En, Err(Failure::Refused(Box::new(problem))));
        let Answer::NotCancellable(refusal) = answer else {
            panic!("it is refused");
        };
        assert_eq!(refusal.reason, Some(NotPossibleReason::Packing));
        assert_eq!(order, Some(sample::packing()));
    }

    #[test]
    fn lines_that_cannot_be_cancelled_leave_the_rest_of_the_order_to_choose_from() {
        let mut problem = refused(409, codes::ORDER_NOT_CANCELLABLE);
        problem.reason = Some("stock_locked".into());
        problem.order = Some(Box::new(sample::unpacked()));
        let failed = no_preview(Lang::En, Failure::Refused(Box::new(problem.clone())));
        assert!(matches!(failed, NoPreview::Failed(_)));
        problem.order = Some(Box::new(sample::packing()));
        let gone = no_preview(Lang::En, Failure::Refused(Box::new(problem)));
        assert!(matches!(gone, NoPreview::Gone(_)));
    }
}
