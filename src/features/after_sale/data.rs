//! What the page asks for and sends: the shop's offer, what a wish comes to, the wish itself, and its draft.

use leptos::prelude::*;
use leptos::task::spawn_local;
use orders_api::{AfterSaleOptions, CaseDetail, CasePreview, OpenCase, OrderChanged, Topic};

use crate::browser;
use crate::client::{self, Failure};
use crate::features::drafts::{forget_draft, now_ms};
use crate::features::evidence::{Course, Uploads};
use crate::features::session::SessionState;
use crate::paths::{AskStep, SupportQuery};
use crate::shell::{
    failure_words, failure_words_about, failure_words_of, keep_fresh, look_failed, on_growth,
    use_live,
};
use crate::start::answered;
use crate::ui::{FailureWords, Load};
use crate::words::Lang;

use super::draft::{Attempt, Draft};
use super::sending::{Answer, Sending, answer_of};
use super::wish::{Change, Wish, Wrong};
use super::words::Words;

/// Asking for money back on one order.
#[derive(Clone, Copy)]
pub struct AskData {
    lang: Lang,
    session: SessionState,
    pub(super) order: StoredValue<String>,
    /// What the shop offers.
    pub load: RwSignal<Load<AfterSaleOptions>>,
    /// What is filled in.
    pub wish: RwSignal<Wish>,
    /// Photos and videos.
    pub uploads: Uploads,
    /// What is wrong with what is filled in.
    pub wrong: RwSignal<Vec<Wrong>>,
    /// Grows each time something was found wrong, so that the page shows where.
    pub found_wrong: RwSignal<u32>,
    /// It was filled in before the page was opened.
    pub restored: RwSignal<bool>,
    /// What the wish comes to.
    pub preview: RwSignal<Load<CasePreview>>,
    /// How far sending it is.
    pub sending: RwSignal<Sending>,
    /// Where to go once it is sent: its case.
    pub opened: RwSignal<Option<String>>,
    /// The offer is there, and the draft was taken up.
    pub begun: RwSignal<bool>,
    /// What was sent and not answered.
    pub(super) attempt: StoredValue<Option<Attempt>>,
    /// For which wish the preview is, or is asked.
    previewed: StoredValue<Option<OpenCase>>,
}

impl AskData {
    /// Loads the offer and keeps it fresh; takes up what was filled in before, and sends again what was not answered.
    pub fn new(lang: Lang, session: SessionState, order: String) -> Self {
        let data = Self {
            lang,
            session,
            order: StoredValue::new(order),
            load: RwSignal::new(Load::Loading),
            wish: RwSignal::new(Wish::default()),
            uploads: Uploads::new(lang, session, 0),
            wrong: RwSignal::new(Vec::new()),
            found_wrong: RwSignal::new(0),
            restored: RwSignal::new(false),
            preview: RwSignal::new(Load::Loading),
            sending: RwSignal::new(Sending::Not),
            opened: RwSignal::new(None),
            begun: RwSignal::new(false),
            attempt: StoredValue::new(None),
            previewed: StoredValue::new(None),
        };
        match data
            .order
            .with_value(|order| answered(&orders_api::after_sale(order)))
        {
            Some(Ok(options)) => data.take(options),
            Some(Err(failure)) => data.load.set(Load::Failed(data.failed(&failure))),
            None => data.look(),
        }
        data.listen();
        data
    }

    fn listen(self) {
        let is_news = move |changed: &OrderChanged| {
            self.load.with_untracked(|load| {
                load.ready().is_none_or(|options| {
                    options.order.id == changed.id && changed.version > options.order.version
                })
            })
        };
        keep_fresh(
            self.session,
            is_news,
            move || self.look(),
            move || {
                self.look();
                self.send_again();
            },
        );
        if let Some(live) = use_live() {
            on_growth(live.missed, move || self.send_again());
        }
        // Whose draft it is may be known later than the offer.
        let shopper = self.session.shopper;
        Effect::new(move |_| {
            let known =
                shopper.with(Option::is_some) && self.load.with(|load| load.ready().is_some());
            if known && !self.begun.get_untracked() {
                self.begin();
            }
        });
        let coming = Memo::new(move |_| self.uploads.course.with(Course::coming));
        Effect::new(move |before: Option<usize>| {
            let coming = coming.get();
            if before.is_some_and(|before| before != coming)
                && let Some(options) = self.options()
            {
                self.look_over(&options);
            }
            coming
        });
        let uploads = Memo::new(move |_| self.uploads.course.with(Course::kept));
        Effect::new(move |_| {
            self.wish.track();
            // Read, not only tracked: a memo that nobody reads never looks at what it follows.
            uploads.with(|_| {});
            if self.begun.get() {
                self.keep();
            }
        });
    }

    /// Why there is no offer to show. That the order does not exist is said in words of its own.
    fn failed(self, failure: &Failure) -> FailureWords {
        let words = Words::of(self.lang);
        let words = failure_words_of(self.lang, failure, (words.gone_title, words.gone_text));
        let about = self
            .order
            .with_value(|id| SupportQuery::of_order(id, Topic::AfterSale));
        failure_words_about(self.lang, self.session, failure, words, &about)
    }

    /// Loads it again after a failure.
    pub fn retry(self) {
        self.load.set(Load::Loading);
        self.look();
    }

    /// Asks what the shop offers; what is shown stays until the answer is there.
    pub fn look(self) {
        if browser::ON_SERVER {
            return;
        }
        let order = self.order.get_value();
        spawn_local(async move {
            let answer = client::after_sale(self.lang, &order).await;
            if self.load.is_disposed() {
                return;
            }
            match answer {
                Ok(options) => self.take(options),
                Err(failure) if self.session.takes(&failure) => {}
                Err(failure) => {
                    look_failed(self.load, &failure, self.failed(&failure));
                }
            }
        });
    }

    /// Shows what the shop offers, unless something newer is shown already; what is filled in is made to fit.
    fn take(self, options: AfterSaleOptions) {
        let is_newer = self.load.with_untracked(|load| {
            load.ready()
                .is_none_or(|shown| options.order.version >= shown.order.version)
        });
        if !is_newer {
            return;
        }
        self.uploads.allow(options.evidence_at_once);
        if self.begun.get_untracked() {
            let mut wish = self.wish.get_untracked();
            wish.fit(&options);
            // Nothing that was sent and not answered may change under the shopper.
            if self.wish.with_untracked(|shown| *shown != wish)
                && self.sending.with_untracked(Sending::is_open_to_change)
            {
                self.wish.set(wish);
            }
        } else {
            self.wish.set(Wish::begin(&options));
        }
        self.load.set(Load::Ready(options));
        if self.session.shopper.with_untracked(Option::is_some) && !self.begun.get_untracked() {
            self.begin();
        }
    }

    pub(super) fn options(self) -> Option<AfterSaleOptions> {
        self.load.with_untracked(|load| load.ready().cloned())
    }

    pub(super) fn shopper(self) -> Option<String> {
        self.session
            .shopper
            .with_untracked(|shopper| shopper.as_ref().map(|shopper| shopper.id.clone()))
    }

    /// The shopper fills something in.
    pub fn change(self, change: Change) {
        let Some(options) = self.options() else {
            return;
        };
        if !self.sending.with_untracked(Sending::is_open_to_change) {
            return;
        }
        self.sending.set(Sending::Not);
        self.wish.update(|wish| wish.change(change, &options));
        self.look_over(&options);
    }

    /// What was wrong stays marked until it is right.
    fn look_over(self, options: &AfterSaleOptions) {
        if self.wrong.with_untracked(Vec::is_empty) {
            return;
        }
        let evidence = self.uploads.course.with_untracked(Course::coming);
        let wish = self.wish.get_untracked();
        let still: Vec<_> = AskStep::ALL
            .into_iter()
            .flat_map(|step| wish.wrong_in(step, options, evidence))
            .collect();
        self.wrong
            .update(|wrong| wrong.retain(|known| still.contains(known)));
    }

    /// Whether a step is done; what is wrong with it is marked.
    pub fn check(self, step: AskStep) -> bool {
        let Some(options) = self.options() else {
            return false;
        };
        let evidence = self.uploads.course.with_untracked(Course::coming);
        let wrong = self
            .wish
            .with_untracked(|wish| wish.wrong_in(step, &options, evidence));
        let done = wrong.is_empty();
        self.mark(wrong);
        done
    }

    fn mark(self, wrong: Vec<Wrong>) {
        let found = !wrong.is_empty();
        self.wrong.set(wrong);
        if found {
            self.found_wrong
                .update(|count| *count = count.wrapping_add(1));
        }
    }

    /// How far the shopper may go.
    pub fn furthest(self) -> AskStep {
        let evidence = self.uploads.course.with(Course::coming);
        self.load.with(|load| {
            let options = load.ready();
            options.map_or(AskStep::What, |options| {
                self.wish.with(|wish| wish.furthest(options, evidence))
            })
        })
    }

    /// Asks what the wish comes to, unless that is known.
    pub fn look_ahead(self) {
        if !self.sending.with_untracked(Sending::is_open_to_change) {
            return;
        }
        let wish = self.options().and_then(|options| {
            self.wish
                .with_untracked(|wish| wish.open_case(&options, Vec::new()))
        });
        let Some(mut wish) = wish else { return };
        // Words have no price.
        wish.note = None;
        let known = self
            .previewed
            .with_value(|known| known.as_ref() == Some(&wish));
        let failed = self
            .preview
            .with_untracked(|preview| matches!(preview, Load::Failed(_)));
        if known && !failed {
            return;
        }
        self.previewed.set_value(Some(wish.clone()));
        self.preview.set(Load::Loading);
        let order = self.order.get_value();
        spawn_local(async move {
            let answer = client::case_preview(self.lang, &order, &wish).await;
            // Something else is asked by now, or the page is gone.
            if self
                .previewed
                .try_with_value(|asked| asked.as_ref() == Some(&wish))
                != Some(true)
            {
                return;
            }
            match answer {
                Ok(preview) => self.preview.set(Load::Ready(preview)),
                Err(failure) if self.session.takes(&failure) => self.previewed.set_value(None),
                Err(failure) => {
                    self.preview
                        .set(Load::Failed(failure_words(self.lang, &failure)));
                    if failure.status() == 409 {
                        self.look();
                    }
                }
            }
        });
    }

    /// Sends the wish.
    pub fn send(self) {
        if self.sending.with_untracked(Sending::may_send)
            && let Some(attempt) = self.to_send()
        {
            self.send_attempt(attempt);
        }
    }

    /// What a tap sends; what is wrong with it is marked. What nobody answered goes again as it was, under its key,
    /// whatever is on offer by now: it may be the reason why that is less.
    pub(super) fn to_send(self) -> Option<Attempt> {
        if self.sending.with_untracked(Sending::is_lost) {
            return self.attempt.get_value();
        }
        let options = self.options()?;
        let course = self.uploads.course;
        if course.with_untracked(|course| course.is_busy() || course.unfinished() > 0) {
            return None;
        }
        let ids = self.uploads.ids();
        let wrong: Vec<_> = AskStep::ALL
            .into_iter()
            .flat_map(|step| {
                self.wish
                    .with_untracked(|wish| wish.wrong_in(step, &options, ids.len()))
            })
            .collect();
        let intent = self
            .wish
            .with_untracked(|wish| wish.open_case(&options, ids));
        let (true, Some(intent)) = (wrong.is_empty(), intent) else {
            self.mark(wrong);
            return None;
        };
        Some(Attempt {
            key: browser::new_key(),
            intent,
            at_ms: now_ms(),
        })
    }

    /// The network or the session is back: what was not answered is sent again, under its key.
    fn send_again(self) {
        let waits = self
            .sending
            .try_with_untracked(|sending| matches!(sending, Sending::Lost | Sending::LoggedOut));
        if waits == Some(true)
            && let Some(attempt) = self.attempt.get_value()
        {
            self.send_attempt(attempt);
        }
    }

    pub(super) fn send_attempt(self, attempt: Attempt) {
        self.attempt.set_value(Some(attempt.clone()));
        // Before it is sent: a reload from here on finds it.
        self.keep();
        self.sending.set(Sending::UnderWay);
        let order = self.order.get_value();
        spawn_local(async move {
            let answer = client::open_case(self.lang, &order, &attempt.intent, &attempt.key).await;
            let logged_out = matches!(&answer, Err(failure) if self.session.takes(failure));
            if self.sending.is_disposed() {
                // Whoever left meanwhile finds the case in the order; the draft goes with its answer.
                if let (Ok(_), Some(shopper)) = (&answer, self.shopper()) {
                    forget_draft::<Draft>(&shopper, &order, now_ms());
                }
                return;
            }
            if logged_out {
                self.sending.set(Sending::LoggedOut);
                return;
            }
            self.take_answer(answer);
        });
    }

    fn take_answer(self, answer: Result<CaseDetail, Failure>) {
        match answer_of(self.lang, answer) {
            Answer::Opened(case) => {
                self.opened.set(Some(case));
                self.uploads.sent();
                if let Some(shopper) = self.shopper() {
                    self.order
                        .with_value(|order| forget_draft::<Draft>(&shopper, order, now_ms()));
                }
            }
            Answer::Lost => self.sending.set(Sending::Lost),
            Answer::Wrong(wrong) => {
                self.settle(Sending::Not);
                self.mark(wrong);
            }
            Answer::Refused(why) => {
                self.settle(Sending::Refused(why));
                self.previewed.set_value(None);
                self.look();
            }
            Answer::Failed(why) => self.settle(Sending::Failed(why)),
        }
    }

    /// The server said for good that nothing came of it.
    fn settle(self, sending: Sending) {
        self.attempt.set_value(None);
        self.sending.set(sending);
        self.keep();
    }
}
