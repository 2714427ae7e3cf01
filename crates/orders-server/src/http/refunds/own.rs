//! A change of one of the shopper's own refunds.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::response::Response;
use orders_domain::{Change, Order, Policy, RefundId, WayRefusal};

use crate::http::error::Failure;
use crate::http::orders::own::OwnOrder;
use crate::http::orders::{answer, respond};
use crate::state::App;

/// Who wants to change which refund: the order that it belongs to is the shopper's own.
#[derive(Debug)]
pub struct OwnRefund {
    /// The order.
    pub order: OwnOrder,
    /// Which of its refunds.
    pub id: RefundId,
}

impl FromRequestParts<App> for OwnRefund {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Self::Rejection> {
        let mut refund = RefundId(String::new());
        let order = OwnOrder::named(parts, app, async |id| {
            refund = RefundId(id);
            let order = app.store.order_of_refund(&refund).await?;
            order.ok_or(Failure::NotFound)
        })
        .await?;
        // Before the body is looked into: what is somebody else's does not exist.
        order.shopper.order(app, &order.id).await?;
        Ok(Self { order, id: refund })
    }
}

impl OwnRefund {
    /// Changes the refund as `decide` says, in the transaction that reads its order, and answers with the refund.
    ///
    /// # Errors
    /// When the store fails. What `decide` refuses is an answer, kept for the key like any other.
    pub async fn change<F>(&self, fingerprint: &str, mut decide: F) -> Result<Response, Failure>
    where
        F: FnMut(&Order, &Policy) -> Option<Result<Change, WayRefusal>> + Send,
    {
        let changed = self.order.change(fingerprint, |order, view| {
            let change = decide(order, view.policy)
                .ok_or(Failure::NotFound)?
                .map_err(Failure::RefundWay)?;
            let detail = view
                .refund_detail(&change.order, &self.id)
                .ok_or(Failure::NotFound)?;
            Ok((change, answer(200, &detail)))
        });
        respond(changed.await?)
    }
}
