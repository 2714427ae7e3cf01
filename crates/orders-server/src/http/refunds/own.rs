//! A change of one of the shopper's own refunds.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::response::Response;
use orders_domain::{Change, Order, OrderId, RefundId, WayRefusal};

use crate::http::context::Context;
use crate::http::error::Failure;
use crate::http::idempotency::IdempotencyKey;
use crate::http::orders::own::OwnOrder;
use crate::http::orders::{answer, respond};
use crate::http::path_id::PathId;
use crate::http::session::Shopper;
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
        let shopper = Shopper::from_request_parts(parts, app).await?;
        let Ok(context) = Context::from_request_parts(parts, app).await;
        let key = IdempotencyKey::from_request_parts(parts, app).await?;
        let PathId(id) = PathId::from_request_parts(parts, app).await?;
        let id = RefundId(id);
        let order: OrderId = app
            .store
            .order_of_refund(&id)
            .await?
            .ok_or(Failure::NotFound)?;
        // Before the body is looked into: what is somebody else's does not exist.
        shopper.order(app, &order).await?;
        Ok(Self {
            order: OwnOrder {
                app: app.clone(),
                shopper,
                context,
                key,
                id: order,
            },
            id,
        })
    }
}

impl OwnRefund {
    /// Changes the refund as `decide` says, in the transaction that reads its order, and answers with the refund.
    ///
    /// # Errors
    /// When the store fails. What `decide` refuses is an answer, kept for the key like any other.
    pub async fn change<F>(&self, fingerprint: &str, mut decide: F) -> Result<Response, Failure>
    where
        F: FnMut(&Order) -> Option<Result<Change, WayRefusal>> + Send,
    {
        let changed = self.order.change(fingerprint, |order, view| {
            let change = decide(order)
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
