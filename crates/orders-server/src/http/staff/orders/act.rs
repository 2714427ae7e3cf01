//! Something that staff do with an order: what all of it has in common.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::response::Response;
use orders_api::{Permission, StaffDecision, field_codes};
use orders_domain::{Change, Instant, Order, OrderId, StaffAct, StaffRefusal, WayRefusal};
use orders_store::{Answer, Verdict, what_is_new};

use super::Beside;
use crate::http::context::Context;
use crate::http::error::Failure;
use crate::http::idempotency::IdempotencyKey;
use crate::http::orders::{answer, refuse, respond};
use crate::http::path_id::PathId;
use crate::http::staff::Staff;
use crate::http::wire::{View, instant};
use crate::state::App;

/// Who of the staff wants to do something with which order, under which key.
#[derive(Debug)]
pub struct StaffOrderAct {
    app: App,
    staff: Staff,
    context: Context,
    key: IdempotencyKey,
    id: OrderId,
}

impl FromRequestParts<App> for StaffOrderAct {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Self::Rejection> {
        let staff = Staff::from_request_parts(parts, app).await?;
        let Ok(context) = Context::from_request_parts(parts, app).await;
        let key = IdempotencyKey::from_request_parts(parts, app).await?;
        let PathId(id) = PathId::from_request_parts(parts, app).await?;
        Ok(Self {
            app: app.clone(),
            staff,
            context,
            key,
            id: OrderId(id),
        })
    }
}

impl StaffOrderAct {
    /// Goes on only when their role may do that.
    ///
    /// # Errors
    /// [`Failure::NotPermitted`].
    pub fn may(&self, what: Permission) -> Result<(), Failure> {
        self.staff.may(what)
    }

    /// Does `act` on the order as it is in the transaction that writes it, and answers with the order after it.
    /// `fingerprint` tells this request from another with the same key.
    ///
    /// # Errors
    /// When there is no such order to them, or the store fails. What the rules refuse is an answer, kept for the key.
    pub async fn done(&self, fingerprint: &str, act: &StaffAct) -> Result<Response, Failure> {
        let now = self.app.clock.now();
        let known = self.staff.order(&self.app, &self.id).await?;
        // Before the transaction, because the answer is kept in it, and deciding waits for nothing. What somebody else
        // decides meanwhile is in the order, but only the next reading has it among the decisions.
        let beside = Beside::of(&self.app, &known).await?;
        let once = self.key.once(&self.staff.caller(), fingerprint, now);
        let decide = |order: Option<Order>| match self.decided(order, act, &beside, now) {
            Ok((change, answer)) => Verdict {
                change: Some(change),
                answer,
                remember: true,
            },
            Err(failure) => refuse(&failure, &self.context),
        };
        let selector = self.staff.order_named(&self.id);
        let changed = self.app.store.change(&selector, once.as_ref(), now, decide);
        respond(changed.await?)
    }

    fn decided(
        &self,
        order: Option<Order>,
        act: &StaffAct,
        beside: &Beside,
        now: Instant,
    ) -> Result<(Change, Answer), Failure> {
        let order = order.ok_or(Failure::NotFound)?;
        let view = View::of(&self.app, &order, self.context.language, now)?;
        let change = order
            .act_by(
                self.staff.id().as_str(),
                act,
                view.policy,
                view.calendar,
                now,
            )
            .map_err(|refusal| refused(refusal, &order, view))?;
        let mut after = beside.with(&change.order, &self.staff, view);
        after.decisions.insert(
            0,
            StaffDecision {
                at: instant(now),
                staff: self.staff.id().0.clone(),
                what: what_is_new(Some(&order), &change.order),
            },
        );
        Ok((change, answer(200, &after)))
    }
}

fn refused(refusal: StaffRefusal, order: &Order, view: View<'_>) -> Failure {
    let shown = || Box::new(view.detail(order));
    match refusal {
        StaffRefusal::NoOpenRequest => Failure::NoOpenRequest(shown()),
        StaffRefusal::NothingToConfirm => Failure::NothingToConfirm(shown()),
        StaffRefusal::IncompleteInfo => Failure::IncompleteInfo,
        StaffRefusal::AddressNotEditable => Failure::AddressNotEditable(shown()),
        StaffRefusal::NotCancellable => Failure::SellerCannotCancel,
        StaffRefusal::NotLimited => Failure::NoLimit(shown()),
        StaffRefusal::SamePerson => Failure::RefundWay(WayRefusal::SamePerson),
        StaffRefusal::UnknownReason => Failure::field("reason", field_codes::UNKNOWN),
    }
}
