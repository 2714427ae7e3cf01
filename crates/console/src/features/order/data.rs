//! Loads an order with all that belongs to it, and sends what is decided: each act under a key that is kept until there is an
//! answer, so that however often it is sent, it is done once.

use leptos::prelude::*;
use orders_api::{
    AuditTrail, CaseForShop, Permission, RefundForShop, RefundState, StaffOrder, WorkKind, codes,
};
use storefront::ui::Load;
use storefront::words::Lang;

use super::acts::{Act, Offer, Viewer, offers};
use crate::browser;
use crate::client::{self, Failure, NotTaken};
use crate::shell::{SessionState, failure_words, why_not_done};

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
    /// What was sent without an answer, under its key.
    unanswered: StoredValue<Option<(Act, String)>>,
}

/// The answer to an act.
enum Answered {
    Order(Box<StaffOrder>),
    Case(Box<CaseForShop>),
    Refund(Box<RefundForShop>),
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
            open: RwSignal::new(None),
            busy: RwSignal::new(false),
            refused: RwSignal::new(None),
            claimed: RwSignal::new(None),
            done: RwSignal::new(None),
            unanswered: StoredValue::new(None),
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
        self.order.with(|order| {
            order.ready().map_or_else(Vec::new, |order| {
                self.cases.with(|cases| {
                    self.refunds
                        .with(|refunds| offers(order, cases, refunds, &viewer))
                })
            })
        })
    }

    /// Loads all of it. What is shown stays until the new is there.
    pub fn look(self) {
        browser::spawn(async move {
            let id = self.id.get_value();
            match client::order(self.lang, &id).await {
                Ok(order) => self.show(order).await,
                Err(failure) => self.not_loaded(&failure),
            }
        });
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
        }
    }

    /// Shows the order, unless a newer one is there already, and fetches what belongs to it.
    async fn show(self, order: StaffOrder) {
        let detail = &order.order;
        let newer = self.order.try_with_untracked(|shown| {
            shown
                .ready()
                .is_some_and(|shown| shown.order.version > detail.version)
        });
        // The page may be another by now.
        if newer != Some(false) {
            return;
        }
        let case_ids: Vec<_> = detail.cases.iter().map(|case| case.id.clone()).collect();
        let on_the_way = detail.refunds.iter();
        let on_the_way = on_the_way.filter(|refund| refund.state != RefundState::Arrived);
        let refund_ids: Vec<_> = on_the_way.map(|refund| refund.id.clone()).collect();
        self.order.set(Load::Ready(order));
        if self.session.may(Permission::DecideCase) {
            let mut cases = Vec::new();
            for id in &case_ids {
                match client::case(self.lang, id).await {
                    Ok(case) => cases.push(case),
                    Err(failure) => return self.not_loaded(&failure),
                }
            }
            let _gone = self.cases.try_set(cases);
        }
        if self.session.may(Permission::DecideRefundWay) {
            let mut refunds = Vec::new();
            for id in &refund_ids {
                match client::refund(self.lang, id).await {
                    Ok(refund) => refunds.push(refund),
                    Err(failure) => return self.not_loaded(&failure),
                }
            }
            let _gone = self.refunds.try_set(refunds);
        }
        if self.session.may(Permission::SeeAudit) {
            let id = self.id.get_value();
            match client::audit(self.lang, &id).await {
                Ok(trail) => {
                    let _gone = self.audit.try_set(Some(trail));
                }
                Err(failure) => self.not_loaded(&failure),
            }
        }
    }

    /// Opens what is to be filled in, or shuts it.
    pub fn turn(self, offer: Option<Offer>) {
        self.refused.set(None);
        self.claimed.set(None);
        self.done.set(None);
        self.open.set(offer);
    }

    /// Sends `act`, which was offered as `offer`.
    pub fn send(self, offer: Offer, act: Act) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        self.refused.set(None);
        self.claimed.set(None);
        self.done.set(None);
        let key = self.key_of(&act);
        browser::spawn(async move {
            let answer = self.answer(&act, &key).await;
            // The page may be another by now.
            if self.busy.try_set(false).is_some() {
                return;
            }
            match answer {
                Ok(answered) => {
                    self.unanswered.set_value(None);
                    self.open.set(None);
                    self.done.set(Some(offer));
                    self.take(answered);
                    self.look();
                }
                Err(failure) => {
                    let out = self.session.notices(&failure);
                    if failure.is_settled() && !out {
                        self.unanswered.set_value(None);
                        // What was refused was decided on what is not so any more.
                        self.look();
                    }
                    if matches!(&failure, Failure::Refused(problem) if problem.code == codes::CLAIMED_BY_ANOTHER)
                    {
                        self.claimed.set(self.entry_of(&offer));
                    }
                    self.refused.set(Some(why_not_done(self.lang, &failure)));
                }
            }
        });
    }

    /// The entry of the queue that an act is about.
    fn entry_of(self, offer: &Offer) -> Option<String> {
        let order = self.id.get_value();
        match offer {
            Offer::Request => Some(WorkKind::CancellationRequest.id(&order)),
            Offer::Confirm | Offer::Address => Some(WorkKind::PendingConfirmation.id(&order)),
            Offer::Case(case) => Some(WorkKind::AfterSaleCase.id(case)),
            Offer::Way(refund) => Some(WorkKind::RefundWay.id(refund)),
            Offer::Cancel | Offer::Say(_) => None,
        }
    }

    /// Takes an entry of the queue from whoever has it; then what was refused can be sent again.
    pub fn take_over(self, entry: String) {
        browser::spawn(async move {
            match client::claim_work(self.lang, &entry, true).await {
                Ok(_) => {
                    let _gone = self.claimed.try_set(None);
                    let _gone = self.refused.try_set(None);
                }
                Err(NotTaken::Another(_)) => {}
                Err(NotTaken::Failed(failure)) => {
                    self.session.notices(&failure);
                    let _gone = self
                        .refused
                        .try_set(Some(why_not_done(self.lang, &failure)));
                }
            }
        });
    }

    /// The same act has the same key until there is an answer; another has another.
    fn key_of(self, act: &Act) -> String {
        let kept = self.unanswered.with_value(|kept| match kept {
            Some((sent, key)) if sent == act => Some(key.clone()),
            Some(_) | None => None,
        });
        kept.unwrap_or_else(|| {
            let key = browser::new_key();
            self.unanswered.set_value(Some((act.clone(), key.clone())));
            key
        })
    }

    async fn answer(self, act: &Act, key: &str) -> Result<Answered, Failure> {
        let (lang, id) = (self.lang, self.id.get_value());
        let order = |order| Answered::Order(Box::new(order));
        let case = |case| Answered::Case(Box::new(case));
        Ok(match act {
            Act::Request(decides) => order(client::decide_request(lang, &id, decides, key).await?),
            Act::Confirm => order(client::confirm_order(lang, &id, key).await?),
            Act::Address(address) => order(client::correct_address(lang, &id, address, key).await?),
            Act::Cancel(cancel) => order(client::cancel_for_seller(lang, &id, cancel, key).await?),
            Act::Case(id, decides) => case(client::decide_case(lang, id, decides, key).await?),
            Act::Say(id, says) => case(client::say_in_case(lang, id, says, key).await?),
            Act::Way(id, decides) => {
                let refund = client::decide_way(lang, id, decides, key).await?;
                Answered::Refund(Box::new(refund))
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
