//! Loads an order with all that belongs to it, and sends what is decided: each act under a key that is kept until there is an
//! answer, so that however often it is sent, it is done once.

use leptos::prelude::*;
use orders_api::{
    AuditTrail, CaseForShop, ComplaintForShop, OrderState, Permission, RefundForShop, RefundState,
    StaffDraft, StaffOrder, WorkKind,
};
use storefront::ui::Load;
use storefront::words::Lang;

use super::acts::{Act, Drafted, Offer, Viewer, offers};
use super::complaint_acts::complaint_offers;
use super::unanswered::Unanswered;
use crate::browser;
use crate::client::{self, Failure, NotDone};
use crate::shell::{SessionState, claimed, failure_words, out_of_date, why_not_done};
use crate::words::failures::Words;

/// The page's data.
#[derive(Clone, Copy)]
pub struct OrderData {
    lang: Lang,
    session: SessionState,
    id: StoredValue<String>,
    /// The order.
    pub order: RwSignal<Load<StaffOrder>>,
    /// Who did what with it; nothing where their role does not see it.
    pub audit: RwSignal<Option<AuditTrail>>,
    /// Its after-sale cases, whole.
    pub cases: RwSignal<Vec<CaseForShop>>,
    /// Its refunds that are not there yet, as staff need them.
    pub refunds: RwSignal<Vec<RefundForShop>>,
    /// Its complaints, whole.
    pub complaints: RwSignal<Vec<ComplaintForShop>>,
    /// What is being filled in.
    pub open: RwSignal<Option<Offer>>,
    /// Something is on its way.
    pub busy: RwSignal<bool>,
    /// Why it was not done.
    pub refused: RwSignal<Option<String>>,
    /// The entry of the queue that somebody else has in hand, which is why it was not done.
    pub claimed: RwSignal<Option<String>>,
    /// What was done last.
    pub done: RwSignal<Option<Offer>>,
    /// Why what is shown may be out of date.
    pub old: RwSignal<Option<String>>,
    /// Whether that is all there is to say of it.
    settled: StoredValue<bool>,
    /// What was sent without an answer.
    unanswered: RwSignal<Unanswered>,
}

/// The answer to an act.
enum Answered {
    Order(Box<StaffOrder>),
    Case(Box<CaseForShop>),
    Refund(Box<RefundForShop>),
    Complaint(Box<ComplaintForShop>),
}

impl OrderData {
    /// Of the order of this id; nothing is loaded yet.
    pub fn new(lang: Lang, session: SessionState, id: String) -> Self {
        Self {
            lang,
            session,
            id: StoredValue::new(id),
            order: RwSignal::new(Load::Loading),
            audit: RwSignal::new(None),
            cases: RwSignal::new(Vec::new()),
            refunds: RwSignal::new(Vec::new()),
            complaints: RwSignal::new(Vec::new()),
            open: RwSignal::new(None),
            busy: RwSignal::new(false),
            refused: RwSignal::new(None),
            claimed: RwSignal::new(None),
            done: RwSignal::new(None),
            old: RwSignal::new(None),
            settled: StoredValue::new(false),
            unanswered: RwSignal::new(Unanswered::default()),
        }
    }

    /// Who looks at it.
    pub fn viewer(self) -> Viewer {
        let somebody = self.session.somebody();
        somebody.map_or_else(
            || Viewer {
                id: String::new(),
                permissions: Vec::new(),
            },
            |session| Viewer {
                id: session.staff.id,
                permissions: session.permissions,
            },
        )
    }

    /// What is offered.
    pub fn offered(self) -> Vec<Offer> {
        let viewer = self.viewer();
        let offers = self.order.with(|order| {
            order.ready().map_or_else(Vec::new, |order| {
                self.cases.with(|cases| {
                    self.refunds
                        .with(|refunds| offers(order, cases, refunds, &viewer))
                })
            })
        });
        let (mut all, say) = self.complaints.with(|all| complaint_offers(all, &viewer));
        all.extend(offers);
        all.extend(say);
        all
    }

    /// Loads all of it. What is shown stays until the new is there.
    pub fn look(self) {
        // The page may be another by now.
        let Some(id) = self.id.try_get_value() else {
            return;
        };
        browser::spawn(async move {
            let looked = match client::order(self.lang, &id).await {
                Ok(order) => self.show(order, &id).await,
                Err(failure) => Err(failure),
            };
            match looked {
                Ok(()) => {
                    let _gone = self.old.try_set(None);
                    self.notice_overtaken();
                }
                Err(failure) => self.not_loaded(&failure),
            }
        });
    }

    /// Looks again when what is shown is older than `version` of the order `id`.
    pub fn hears(self, id: &str, version: i64) {
        let ours = self.id.try_with_value(|ours| ours == id) == Some(true);
        let older = self.order.try_with_untracked(|order| {
            let order = order.ready();
            order.is_none_or(|order| order.order.version < version)
        });
        if ours && older == Some(true) {
            self.look();
        }
    }

    /// What is open and not offered any more was decided by somebody else: that is said, and what was typed stays. After a
    /// refusal that says so, it is shut.
    pub(super) fn notice_overtaken(self) {
        let Some(Some(open)) = self.open.try_get_untracked() else {
            return;
        };
        let unanswered = self.unanswered.with_untracked(|all| all.has(&open));
        if unanswered || untrack(|| self.offered().contains(&open)) {
            return;
        }
        if self.settled.get_value() {
            self.open.set(None);
            browser::focus("#acts");
        } else {
            let overtaken = Words::of(self.lang).overtaken;
            self.claimed.set(None);
            self.refused.set(Some(overtaken.to_owned()));
        }
    }

    fn not_loaded(self, failure: &Failure) {
        let out = self.session.notices(failure);
        let shown = self
            .order
            .try_with_untracked(|order| order.ready().is_some())
            .unwrap_or(true);
        if failure.status() == 404 || !(shown || out) {
            let words = failure_words(self.lang, failure);
            let _gone = self.order.try_set(Load::Failed(words));
        } else if !out {
            let _gone = self.old.try_set(Some(out_of_date(self.lang, failure)));
        }
    }

    /// Shows the order, unless a newer one is there already, and fetches what belongs to it.
    async fn show(self, order: StaffOrder, id: &str) -> Result<(), Failure> {
        let detail = &order.order;
        let newer = self.order.try_with_untracked(|shown| {
            shown
                .ready()
                .is_some_and(|shown| shown.order.version > detail.version)
        });
        // The page may be another by now.
        if newer != Some(false) {
            return Ok(());
        }
        let case_ids: Vec<_> = detail.cases.iter().map(|case| case.id.clone()).collect();
        let on_the_way = detail.refunds.iter();
        let on_the_way = on_the_way.filter(|refund| refund.state != RefundState::Arrived);
        let refund_ids: Vec<_> = on_the_way.map(|refund| refund.id.clone()).collect();
        let complaints = detail.complaints.iter();
        let complaint_ids: Vec<_> = complaints.map(|one| one.id.clone()).collect();
        self.order.set(Load::Ready(order));
        if self.session.may(Permission::AnswerComplaint) {
            let mut complaints = Vec::new();
            for id in &complaint_ids {
                complaints.push(client::complaint(self.lang, id).await?);
            }
            let _gone = self.complaints.try_set(complaints);
        }
        if self.session.may(Permission::DecideCase) {
            let mut cases = Vec::new();
            for id in &case_ids {
                cases.push(client::case(self.lang, id).await?);
            }
            let _gone = self.cases.try_set(cases);
        }
        if self.session.may(Permission::DecideRefundWay) {
            let mut refunds = Vec::new();
            for id in &refund_ids {
                refunds.push(client::refund(self.lang, id).await?);
            }
            let _gone = self.refunds.try_set(refunds);
        }
        if self.session.may(Permission::SeeAudit) {
            let trail = client::audit(self.lang, id).await?;
            let _gone = self.audit.try_set(Some(trail));
        }
        Ok(())
    }

    /// Opens what is to be filled in, or shuts it.
    pub fn turn(self, offer: Option<Offer>) {
        self.says_nothing();
        self.open.set(offer);
    }

    fn says_nothing(self) {
        self.settled.set_value(false);
        self.refused.set(None);
        self.claimed.set(None);
        self.done.set(None);
    }

    /// The drafts on what `offer` is about: what staff granted and a second person has to agree with.
    pub fn drafts(self, offer: &Offer) -> Vec<StaffDraft> {
        match offer {
            Offer::Case(id) | Offer::SecondPerson(Drafted::Case(id)) => self.cases.with(|cases| {
                let case = cases.iter().find(|case| case.case.case == *id);
                case.map_or_else(Vec::new, |case| case.drafts.clone())
            }),
            Offer::Request
            | Offer::Cancel
            | Offer::SecondPerson(Drafted::Request | Drafted::Cancel) => self.order.with(|order| {
                let order = order.ready();
                order.map_or_else(Vec::new, |order| order.cancel_drafts.clone())
            }),
            Offer::Confirm
            | Offer::Address
            | Offer::Limit
            | Offer::Say(_)
            | Offer::Way(_)
            | Offer::TakeUp(_)
            | Offer::Propose(_)
            | Offer::SecondPerson(Drafted::Proposal(_))
            | Offer::Answer(_) => Vec::new(),
        }
    }

    /// Sends `act`, which was offered as `offer`.
    pub fn send(self, offer: Offer, act: Act) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        self.says_nothing();
        let mut all = self.unanswered.get_untracked();
        let key = all.key_of(&offer, &act, browser::new_key);
        self.unanswered.set(all);
        browser::spawn(async move {
            let answer = self.answer(&act, &key).await;
            // The page may be another by now.
            if self.busy.try_set(false).is_some() {
                return;
            }
            match answer {
                Ok(answered) => {
                    self.is_answered(&key);
                    self.open.set(None);
                    self.done.set(Some(offer));
                    self.take(answered);
                    self.look();
                    browser::focus("#acts");
                }
                Err(NotDone::Another(claim)) => {
                    self.is_answered(&key);
                    self.claimed.set(self.entry_of(&offer));
                    self.refused.set(Some(claimed(self.lang, &claim)));
                    self.look();
                }
                Err(NotDone::Failed(failure)) => {
                    let out = self.session.notices(&failure);
                    self.refused.set(Some(why_not_done(self.lang, &failure)));
                    if failure.is_settled() && !out {
                        self.is_answered(&key);
                        self.settled.set_value(true);
                        // What was refused was decided on what is not so any more.
                        self.look();
                    }
                }
            }
        });
    }

    /// The entry of the queue that an act is about.
    fn entry_of(self, offer: &Offer) -> Option<String> {
        let order = self.id.get_value();
        match offer {
            Offer::Request | Offer::SecondPerson(Drafted::Request | Drafted::Cancel) => {
                Some(WorkKind::CancellationRequest.id(&order))
            }
            Offer::Confirm | Offer::Address => Some(WorkKind::PendingConfirmation.id(&order)),
            Offer::Case(case) | Offer::SecondPerson(Drafted::Case(case)) => {
                Some(WorkKind::AfterSaleCase.id(case))
            }
            Offer::Way(refund) => Some(WorkKind::RefundWay.id(refund)),
            // It ends what waits for a decision on the order.
            Offer::Cancel => self.order.with_untracked(|shown| {
                let asked = Permission::DecideRequest;
                let shown = shown.ready()?;
                if shown.actions.contains(&asked) {
                    Some(WorkKind::CancellationRequest.id(&order))
                } else {
                    let pending = shown.order.state == OrderState::PendingConfirmation;
                    pending.then(|| WorkKind::PendingConfirmation.id(&order))
                }
            }),
            Offer::TakeUp(id) | Offer::Propose(id) | Offer::SecondPerson(Drafted::Proposal(id)) => {
                Some(WorkKind::Complaint.id(id))
            }
            Offer::Limit | Offer::Say(_) | Offer::Answer(_) => None,
        }
    }

    /// Takes an entry of the queue from whoever has it; then what was refused can be sent again.
    pub fn take_over(self, entry: String) {
        browser::spawn(async move {
            match client::claim_work(self.lang, &entry, true).await {
                Ok(_) => {
                    let _gone = self.claimed.try_set(None);
                    let _gone = self.refused.try_set(None);
                    browser::focus(".act-form [type=submit]");
                }
                Err(NotDone::Another(claim)) => {
                    let _gone = self.refused.try_set(Some(claimed(self.lang, &claim)));
                }
                Err(NotDone::Failed(failure)) => {
                    self.session.notices(&failure);
                    let _gone = self
                        .refused
                        .try_set(Some(why_not_done(self.lang, &failure)));
                }
            }
        });
    }

    fn is_answered(self, key: &str) {
        self.unanswered.update(|all| all.is_answered(key));
    }

    async fn answer(self, act: &Act, key: &str) -> Result<Answered, NotDone> {
        let (lang, id) = (self.lang, self.id.get_value());
        let order = |order| Answered::Order(Box::new(order));
        let case = |case| Answered::Case(Box::new(case));
        let complaint = |one| Answered::Complaint(Box::new(one));
        Ok(match act {
            Act::Request(decides) => order(client::decide_request(lang, &id, decides, key).await?),
            Act::Confirm => order(client::confirm_order(lang, &id, key).await?),
            Act::Address(address) => order(client::correct_address(lang, &id, address, key).await?),
            Act::Cancel(cancel) => order(client::cancel_for_seller(lang, &id, cancel, key).await?),
            Act::Limit(why) => order(client::lift_limit(lang, &id, why, key).await?),
            Act::Case(id, decides) => case(client::decide_case(lang, id, decides, key).await?),
            Act::Say(id, says) => case(client::say_in_case(lang, id, says, key).await?),
            Act::Way(id, decides) => {
                let refund = client::decide_way(lang, id, decides, key).await?;
                Answered::Refund(Box::new(refund))
            }
            Act::TakeUp(id) => complaint(client::take_up_complaint(lang, id, key).await?),
            Act::Propose(id, what) => complaint(client::propose(lang, id, what, key).await?),
            Act::SecondPerson(Drafted::Proposal(id), says) => {
                complaint(client::approve_proposal(lang, id, says, key).await?)
            }
            Act::SecondPerson(Drafted::Case(id), says) => {
                case(client::approve_case(lang, id, says, key).await?)
            }
            Act::SecondPerson(Drafted::Request, says) => {
                order(client::approve_request(lang, &id, says, key).await?)
            }
            Act::SecondPerson(Drafted::Cancel, says) => {
                order(client::approve_cancel(lang, &id, says, key).await?)
            }
            Act::Answer(id, says) => {
                complaint(client::say_in_complaint(lang, id, says, key).await?)
            }
        })
    }

    fn take(self, answered: Answered) {
        match answered {
            Answered::Order(order) => self.order.set(Load::Ready(*order)),
            Answered::Case(case) => self.cases.update(|cases| {
                let same = cases
                    .iter_mut()
                    .find(|known| known.case.case == case.case.case);
                if let Some(known) = same {
                    *known = *case;
                }
            }),
            Answered::Complaint(complaint) => self.complaints.update(|complaints| {
                let id = &complaint.complaint.complaint;
                let same = complaints
                    .iter_mut()
                    .find(|known| known.complaint.complaint == *id);
                if let Some(known) = same {
                    *known = *complaint;
                }
            }),
            Answered::Refund(refund) => self.refunds.update(|refunds| {
                let same = refunds
                    .iter_mut()
                    .find(|known| known.refund == refund.refund);
                if let Some(known) = same {
                    *known = *refund;
                }
            }),
        }
    }
}
