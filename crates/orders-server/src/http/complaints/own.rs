//! A move of the shopper in one of their own complaints.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::response::Response;
use orders_domain::{Complaint, ComplaintMove};

use super::refused::move_refused;
use crate::http::error::Failure;
use crate::http::orders::own::OwnOrder;
use crate::http::orders::{answer, respond};
use crate::state::App;

/// Who wants to move in which complaint: the order that it belongs to is the shopper's own.
#[derive(Debug)]
pub struct OwnComplaint {
    /// The order.
    pub order: OwnOrder,
    /// Which of its complaints.
    pub id: String,
}

impl FromRequestParts<App> for OwnComplaint {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Self::Rejection> {
        let mut complaint = String::new();
        let own = OwnOrder::named(parts, app, async |id| {
            let order = Complaint::order_of(&id).ok_or(Failure::NotFound)?;
            complaint = id;
            Ok(order)
        })
        .await?;
        // Before the body is looked into: what is somebody else's does not exist.
        let order = own.shopper.order(app, &own.id).await?;
        order.complaint(&complaint).ok_or(Failure::NotFound)?;
        Ok(Self {
            order: own,
            id: complaint,
        })
    }
}

impl OwnComplaint {
    /// Makes the move that `action` says, in the transaction that reads the order, and answers with the complaint.
    ///
    /// # Errors
    /// When the store fails. What `action` or the rules refuse is an answer, kept for the key like any other.
    pub async fn make(
        &self,
        fingerprint: &str,
        status: u16,
        mut action: impl FnMut() -> Result<ComplaintMove, Failure> + Send,
    ) -> Result<Response, Failure> {
        let changed = self.order.change(fingerprint, |order, view| {
            let (policy, calendar, now) = (view.policy, view.calendar, view.now);
            let change = order
                .move_complaint(&self.id, &action()?, None, policy, calendar, now)
                .map_err(|refusal| move_refused(refusal, order, &self.id, "text"))?;
            let detail = view
                .complaint_detail(&change.order, &self.id)
                .ok_or(Failure::NotFound)?;
            Ok((change, answer(status, &detail)))
        });
        respond(changed.await?)
    }
}
