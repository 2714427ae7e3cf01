//! Complaints for the shop: listed, read, answered, and what is proposed in them.

pub mod approve;
pub mod list;
pub mod propose;
pub mod say;
pub mod show;
pub mod wire;

use axum::response::Response;
use orders_api::ComplaintForShop;
use orders_domain::{Change, Complaint, ComplaintMove, Order, Permission};
use orders_store::Verdict;

use crate::http::complaints::refused::move_refused;
use crate::http::context::Context;
use crate::http::error::Failure;
use crate::http::idempotency::IdempotencyKey;
use crate::http::orders::{answer, refuse, respond};
use crate::http::shop_side::ShopSide;
use crate::http::wire::View;
use crate::state::App;

/// The longest id of somebody of the staff, and the longest name of a gift.
pub const STAFF_CHARS: usize = 64;
const GIFT_CHARS: usize = 200;

/// Who of the shop moves in which complaint, under which key.
pub struct ShopAnswers<'a> {
    /// The server.
    pub app: &'a App,
    /// The request.
    pub context: &'a Context,
    /// What keeps the answer.
    pub key: &'a IdempotencyKey,
    /// What tells this request from another with the same key.
    pub fingerprint: &'a str,
    /// Which complaint.
    pub complaint: &'a str,
    /// Who.
    pub by: ShopSide<'a>,
    /// The field that lacks words when they are missing.
    pub words: &'a str,
}

impl ShopAnswers<'_> {
    /// Makes the move that `action` says of the order as it is, and answers with the complaint.
    ///
    /// # Errors
    /// When there is no such order, or the store fails. What the rules refuse is an answer, kept for the key.
    pub async fn make(
        &self,
        status: u16,
        mut action: impl FnMut(&Order) -> ComplaintMove + Send,
    ) -> Result<Response, Failure> {
        let now = self.app.clock.now();
        let decide = |order: Option<Order>| match self.decided(order, &mut action) {
            Ok((change, complaint)) => Verdict {
                change: Some(change),
                answer: answer(status, &complaint),
                remember: true,
            },
            Err(failure) => refuse(&failure, self.context),
        };
        let once = self.key.once(&self.by.caller(), self.fingerprint, now);
        let order = Complaint::order_of(self.complaint).ok_or(Failure::NotFound)?;
        let selector = self.by.order_named(order);
        let changed = self.app.store.change(&selector, once.as_ref(), now, decide);
        respond(changed.await?)
    }

    fn decided(
        &self,
        order: Option<Order>,
        action: &mut impl FnMut(&Order) -> ComplaintMove,
    ) -> Result<(Change, ComplaintForShop), Failure> {
        let now = self.app.clock.now();
        let order = order.ok_or(Failure::NotFound)?;
        let view = View::of(self.app, &order, self.context.language, now)?;
        let complaint = order.complaint(self.complaint).ok_or(Failure::NotFound)?;
        let action = action(&order);
        // What a supervisor has is a supervisor's to decide; anybody may say something.
        if let ShopSide::Console(staff) = self.by
            && complaint.is_escalated()
            && !matches!(action, ComplaintMove::Answer { .. })
        {
            staff.may(Permission::DecideDispute)?;
        }
        let (id, staff) = (self.complaint, Some(self.by.staff()));
        let change = order
            .move_complaint(id, &action, staff, view.policy, view.calendar, now)
            .map_err(|refusal| move_refused(refusal, &order, id, self.words))?;
        let complaint = view
            .complaint_for_shop(&change.order, id)
            .ok_or(Failure::NotFound)?;
        Ok((change, complaint))
    }
}
