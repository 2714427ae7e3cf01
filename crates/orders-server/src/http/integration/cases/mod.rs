//! After-sale cases for the shop: listed, read, decided, answered.

pub mod approve;
pub mod decide;
pub mod list;
pub mod say;
pub mod show;
pub mod wire;

use axum::response::Response;
use orders_api::CaseForShop;
use orders_domain::{Case, CaseMove, CaseState, MoveRefusal, Order, Permission, StaffWords};
use orders_store::Verdict;

use crate::http::cases::refused::move_refused;
use crate::http::context::Context;
use crate::http::error::Failure;
use crate::http::idempotency::IdempotencyKey;
use crate::http::orders::{answer, refuse, respond};
use crate::http::shop_side::ShopSide;
use crate::http::wire::View;
use crate::state::App;

/// The longest words to the shopper.
pub const NOTE_CHARS: usize = 500;
/// The longest id of somebody of the staff, and the longest address.
const STAFF_CHARS: usize = 64;
const ADDRESS_CHARS: usize = 200;

/// Who of the shop moves in which case, under which key.
pub struct ShopMove<'a> {
    /// The server.
    pub app: &'a App,
    /// The request.
    pub context: &'a Context,
    /// What keeps the answer.
    pub key: &'a IdempotencyKey,
    /// What tells this request from another with the same key.
    pub fingerprint: &'a str,
    /// Which case.
    pub case: &'a str,
    /// Who.
    pub by: ShopSide<'a>,
    /// Words to the shopper, beside those that the move itself has.
    pub note: Option<String>,
    /// The field that lacks words when they are missing.
    pub words: &'a str,
}

impl ShopMove<'_> {
    /// Makes the move that `action` says of the case as it is, and answers with the case.
    ///
    /// # Errors
    /// When there is no such order, or the store fails. What the rules refuse is an answer, kept for the key.
    pub async fn make(
        &self,
        status: u16,
        mut action: impl FnMut(&Case) -> CaseMove + Send,
    ) -> Result<Response, Failure> {
        let now = self.app.clock.now();
        let decide = |order: Option<Order>| match self.decided(order, &mut action) {
            Ok((change, case)) => Verdict {
                change: Some(change),
                answer: answer(status, &case),
                remember: true,
            },
            Err(failure) => refuse(&failure, self.context),
        };
        let once = self.key.once(&self.by.caller(), self.fingerprint, now);
        let order = Case::order_of(self.case).ok_or(Failure::NotFound)?;
        let selector = self.by.order_named(order);
        let changed = self.app.store.change(&selector, once.as_ref(), now, decide);
        respond(changed.await?)
    }

    fn decided(
        &self,
        order: Option<Order>,
        action: &mut impl FnMut(&Case) -> CaseMove,
    ) -> Result<(orders_domain::Change, CaseForShop), Failure> {
        let now = self.app.clock.now();
        let order = order.ok_or(Failure::NotFound)?;
        let view = View::of(self.app, &order, self.context.language, now)?;
        let case = order.case(self.case).ok_or(Failure::NotFound)?;
        let action = action(case);
        // The last word takes more than the first.
        if let ShopSide::Console(staff) = self.by
            && case.state == CaseState::Appealed
            && !matches!(action, CaseMove::Say { .. })
        {
            staff.may(Permission::DecideAppeal)?;
        }
        let words = StaffWords {
            staff: self.by.staff().to_owned(),
            note: self.note.clone(),
        };
        let refused = |refusal: MoveRefusal| move_refused(refusal, &order, self.case, self.words);
        let change = order
            .move_case_by(&words, self.case, &action, view.policy, view.calendar, now)
            .map_err(refused)?
            .with_complaint(view.complaint_rules(), now);
        let case = view
            .case_for_shop(&change.order, self.case)
            .ok_or(Failure::NotFound)?;
        Ok((change, case))
    }
}
