//! After-sale cases for the shop: listed, read, decided, answered.

pub mod decide;
pub mod list;
pub mod say;
pub mod show;
pub mod wire;

use axum::response::Response;
use orders_domain::{Case, CaseMove, MoveRefusal, Order, StaffWords};
use orders_store::{Selector, Verdict};

use self::wire::CaseForShop;
use crate::http::cases::refused::move_refused;
use crate::http::context::Context;
use crate::http::error::Failure;
use crate::http::idempotency::IdempotencyKey;
use crate::http::orders::{answer, refuse, respond};
use crate::http::wire::View;
use crate::state::App;

/// The longest id of somebody of the staff, the longest words to the shopper, and the longest address.
const STAFF_CHARS: usize = 64;
const NOTE_CHARS: usize = 500;
const ADDRESS_CHARS: usize = 200;

/// Who of the shop moves in which case, under which key.
struct ShopMove<'a> {
    app: &'a App,
    context: &'a Context,
    key: &'a IdempotencyKey,
    fingerprint: &'a str,
    case: &'a str,
    staff: StaffWords,
    /// The field that lacks words when they are missing.
    words: &'a str,
}

impl ShopMove<'_> {
    /// Makes the move that `action` says of the case as it is, and answers with the case.
    async fn make(
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
        let once = self.key.once("integration", self.fingerprint, now);
        let order = Case::order_of(self.case).ok_or(Failure::NotFound)?;
        let selector = Selector::ById(order);
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
        let refused = |refusal: MoveRefusal| move_refused(refusal, &order, self.case, self.words);
        let change = order
            .move_case_by(
                &self.staff,
                self.case,
                &action(case),
                view.policy,
                view.calendar,
                now,
            )
            .map_err(refused)?;
        let case = view
            .case_for_shop(&change.order, self.case)
            .ok_or(Failure::NotFound)?;
        Ok((change, case))
    }
}
