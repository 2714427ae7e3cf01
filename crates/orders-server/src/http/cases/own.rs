//! A move of the shopper in one of their own cases.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::response::Response;
use orders_domain::{Case, CaseMove};

use super::refused::move_refused;
use crate::http::error::Failure;
use crate::http::orders::own::OwnOrder;
use crate::http::orders::{answer, respond};
use crate::state::App;

/// Who wants to move in which case: the order that it belongs to is the shopper's own.
#[derive(Debug)]
pub struct OwnCase {
    /// The order.
    pub order: OwnOrder,
    /// Which of its cases.
    pub id: String,
}

impl FromRequestParts<App> for OwnCase {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Self::Rejection> {
        let mut case = String::new();
        let own = OwnOrder::named(parts, app, async |id| {
            let order = Case::order_of(&id).ok_or(Failure::NotFound)?;
            case = id;
            Ok(order)
        })
        .await?;
        // Before the body is looked into: what is somebody else's does not exist.
        let order = own.shopper.order(app, &own.id).await?;
        order.case(&case).ok_or(Failure::NotFound)?;
        Ok(Self {
            order: own,
            id: case,
        })
    }
}

impl OwnCase {
    /// Makes the move that `action` says, in the transaction that reads the order, and answers with the case.
    ///
    /// # Errors
    /// When the store fails. What `action` or the rules refuse is an answer, kept for the key like any other.
    pub async fn make(
        &self,
        fingerprint: &str,
        status: u16,
        mut action: impl FnMut() -> Result<CaseMove, Failure> + Send,
    ) -> Result<Response, Failure> {
        let changed = self.order.change(fingerprint, |order, view| {
            let change = order
                .move_case(&self.id, &action()?, view.policy, view.calendar, view.now)
                .map_err(|refusal| move_refused(refusal, order, &self.id, "text"))?;
            let detail = view
                .case_detail(&change.order, &self.id)
                .ok_or(Failure::NotFound)?;
            Ok((change, answer(status, &detail)))
        });
        respond(changed.await?)
    }
}
