//! Carries out what the course of a cancel asks for: previews, sending with its key, remembering it until it is answered.

use leptos::prelude::*;
use leptos::task::spawn_local;
use orders_api::{CancelOutcome, CancellationPreview, OrderDetail, OrderState, Outcome};

use crate::browser;
use crate::client;
/// For [`super::answers`]: whatever comes from the client comes through here.
pub(super) use crate::client::Failure;
use crate::features::session::SessionState;
use crate::host::{Happened, Host, use_host};
use crate::shell::{Toasts, on_growth, use_live, use_toasts};
use crate::start::{Form, KEY, answered_in_full, posted};
use crate::words::Lang;

use super::answers::{answer_of, no_preview, order_of};
use super::attempt::{Attempt, PendingCancels};
use super::draft::Draft;
use super::facts::Facts;
use super::flow::Flow;
use super::steps::{Effect as Act, Event, NoPreview, Step};
use super::words::Words;

/// How long to wait for further changes before asking what a part would bring.
const PREVIEW_AFTER_MS: i32 = 250;

/// How long a preview that was asked for ahead holds. A click follows a press within a tenth of that.
const AHEAD_MS: f64 = 1_000.0;

/// The field of the form with the refunds that there were when it was drawn.
pub(super) const KNOWN: &str = "known";

/// What a part would bring, as the form was filled in: the call of the API; `None` for the whole order.
#[cfg(feature = "ssr")]
pub fn part_preview(order: &OrderDetail, draft: &Draft) -> Option<String> {
    let mut draft = draft.clone();
    draft.fit(&Facts::of(order));
    let lines = draft.lines().filter(|lines| !lines.is_empty())?;
    Some(client::preview_url(&order.id, Some(&lines)))
}

/// The preview of the whole order, asked for as soon as the button is pressed down: by the time that it is a click and the
/// dialog is drawn, the answer is under way.
#[derive(Default)]
enum Ahead {
    #[default]
    Nothing,
    /// On its way; for the question of this number, once the dialog has asked it.
    Asked(Option<u32>),
    /// There since this time, and nobody has asked yet.
    Answered(f64, Box<Result<CancellationPreview, Failure>>),
}

impl Ahead {
    /// The order has changed. Once the dialog waits for the answer, it sees to that itself.
    fn outdate(&mut self) {
        if !matches!(self, Self::Asked(Some(_))) {
            *self = Self::Nothing;
        }
    }
}

/// The cancel of one order.
#[derive(Clone, Copy)]
pub struct CancelData {
    lang: Lang,
    session: SessionState,
    toasts: Option<Toasts>,
    host: Option<Host>,
    pending: PendingCancels,
    id: StoredValue<String>,
    ahead: StoredValue<Ahead>,
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
        form: &Form,
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
            host: use_host(),
            pending,
            id: StoredValue::new(id),
            ahead: StoredValue::default(),
            flow: RwSignal::new(Flow::default()),
            open,
            take,
            look,
            show,
        };
        if let Some(attempt) = left_over {
            data.tell(Event::Resume(attempt));
            browser::next_frame(move || {
                // Answered already, it has been told in passing.
                let closed = data
                    .flow
                    .try_with_untracked(|flow| flow.step == Step::Closed);
                if closed == Some(false) {
                    show.run(());
                }
            });
        }
        data.open_at_once(order, form);
        data.follow(order);
        data
    }

    /// On a page that came with its answers, the dialog is there from the first picture: as it was filled in, and with
    /// what became of it, if its form was sent without the app.
    fn open_at_once(self, order: Signal<Option<OrderDetail>>, form: &Form) {
        if !self.open.get_untracked() || self.flow.with_untracked(|flow| flow.step != Step::Closed)
        {
            return;
        }
        let Some(facts) = order.with_untracked(|order| order.as_ref().map(Facts::of)) else {
            return;
        };
        self.tell(Event::Opened(facts));
        self.flow.update(|flow| flow.form_key.clone_from(&form.key));
        let draft = Draft::of_form(form.fields());
        if draft != Draft::default() {
            self.tell(Event::Filled(draft.clone()));
        }
        let call = self
            .id
            .with_value(|id| posted("POST", &orders_api::cancellation(id)));
        if let Some(answer) = answered_in_full(&call) {
            let asks_note = self.flow.with_untracked(Flow::note_required);
            let known = form.field(KNOWN).unwrap_or_default();
            let attempt = Attempt {
                key: form.field(KEY).unwrap_or_default().to_owned(),
                intent: draft.intent(asks_note),
                part: draft.part,
                known_refunds: known.split(',').map(str::to_owned).collect(),
            };
            if let Ok(done) = &answer {
                self.tell_host(done);
            }
            let (answer, order) = answer_of(self.lang, answer);
            // It is on the page already, and the focus where the browser has put it.
            self.flow
                .update(|flow| drop(flow.step(Event::Posted(attempt, answer), browser::new_key)));
            if let Some(order) = order {
                self.take.run(order);
            }
        }
    }

    fn follow(self, order: Signal<Option<OrderDetail>>) {
        let facts = Memo::new(move |_| order.with(|order| order.as_ref().map(Facts::of)));
        let open = self.open;
        let shown = Memo::new(move |_| open.get() && facts.with(Option::is_some));
        Effect::new(move |before: Option<bool>| {
            let shown = shown.get();
            let opened =
                before.is_none() && self.flow.with_untracked(|flow| flow.step != Step::Closed);
            if shown && !opened {
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
                self.ahead.update_value(Ahead::outdate);
                self.tell(Event::OrderChanged(facts));
            }
        });
        on_growth(self.session.renewed, move || self.tell(Event::LoggedIn));
        if let Some(live) = use_live() {
            // Grows with the network's and the server's return alike.
            on_growth(live.missed, move || self.tell(Event::BackOnline));
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
                Act::ShowNotice => {
                    browser::next_frame(|| browser::reveal(".cancel-dialog .notice"));
                }
                Act::FocusError => browser::next_frame(|| {
                    browser::reveal(".cancel-dialog [aria-invalid=true]");
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
        if let Some(answer) = answered_in_full(&client::preview_url(&id, lines.as_deref())) {
            self.take_preview(ask, answer);
            return;
        }
        if lines.is_none() {
            match self.take_ahead() {
                Ahead::Asked(None) => return self.ahead.set_value(Ahead::Asked(Some(ask))),
                Ahead::Answered(since, answer) if browser::now_ms() - since < AHEAD_MS => {
                    return self.take_preview(ask, *answer);
                }
                // The order has changed since, or too much time has gone by.
                Ahead::Nothing | Ahead::Asked(Some(_)) | Ahead::Answered(..) => {}
            }
        }
        spawn_local(async move {
            let answer = client::cancellation_preview(self.lang, &id, lines.as_deref()).await;
            if !self.flow.is_disposed() {
                self.take_preview(ask, answer);
            }
        });
    }

    /// The button that opens the dialog is being pressed.
    pub fn ask_ahead(self) {
        let asked = self
            .ahead
            .with_value(|ahead| matches!(ahead, Ahead::Asked(_)));
        if asked || self.flow.with_untracked(|flow| flow.step != Step::Closed) {
            return;
        }
        self.ahead.set_value(Ahead::Asked(None));
        let id = self.id.get_value();
        spawn_local(async move {
            let answer = client::cancellation_preview(self.lang, &id, None).await;
            if self.flow.is_disposed() {
                return;
            }
            match self.take_ahead() {
                Ahead::Asked(Some(ask)) => self.take_preview(ask, answer),
                Ahead::Asked(None) => {
                    let now = browser::now_ms();
                    self.ahead.set_value(Ahead::Answered(now, Box::new(answer)));
                }
                // It was asked anew meanwhile.
                Ahead::Nothing | Ahead::Answered(..) => {}
            }
        });
    }

    fn take_ahead(self) -> Ahead {
        self.ahead
            .try_update_value(std::mem::take)
            .unwrap_or_default()
    }

    fn take_preview(self, ask: u32, answer: Result<CancellationPreview, Failure>) {
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
    }

    fn send(self, attempt: Attempt) {
        let id = self.id.get_value();
        // Before it is sent: a reload from here on finds it.
        self.pending.put(&id, &attempt);
        spawn_local(async move {
            let answer = client::cancel_order(self.lang, &id, &attempt.intent, &attempt.key).await;
            match &answer {
                Ok(done) => self.tell_host(done),
                Err(failure) => {
                    self.session.takes(failure);
                }
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

    fn tell_host(self, done: &CancelOutcome) {
        if let Some(host) = self.host {
            let what = match done.outcome {
                Outcome::Requested => Happened::CancellationRequested,
                Outcome::Cancelled if done.order.state == OrderState::Cancelled => {
                    Happened::OrderCancelled
                }
                Outcome::Cancelled => Happened::PartCancelled,
            };
            host.tell(what, &done.order.id);
        }
    }

    /// The dialog was closed meanwhile: good news is said in passing, anything else opens it again.
    fn tell_outside(self) {
        let under_way = self
            .flow
            .with_untracked(|flow| matches!(flow.step, Step::Sending(_)));
        if under_way || self.open.get_untracked() {
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
