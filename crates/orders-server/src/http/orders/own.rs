//! A change of one of the shopper's own orders: what all of them have in common.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use orders_domain::{Change, Order, OrderId};
use orders_store::{Answer, Changed, Verdict};

use super::refuse;
use crate::http::context::Context;
use crate::http::error::Failure;
use crate::http::idempotency::IdempotencyKey;
use crate::http::path_id::PathId;
use crate::http::session::Shopper;
use crate::http::wire::View;
use crate::state::App;

/// Who wants to change which order, under which key, and in which language the answer is to be.
#[derive(Debug)]
pub struct OwnOrder {
    /// The server.
    pub app: App,
    /// Whose order.
    pub shopper: Shopper,
    /// The request.
    pub context: Context,
    /// What keeps the answer.
    pub key: IdempotencyKey,
    /// Which order.
    pub id: OrderId,
}

impl FromRequestParts<App> for OwnOrder {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Self::Rejection> {
        Self::named(parts, app, async |id| Ok(OrderId(id))).await
    }
}

impl OwnOrder {
    /// A change of the order that `find` finds by the id in the path.
    ///
    /// # Errors
    /// When nobody is logged in, the key or the id has no possible form, or `find` fails.
    pub async fn named(
        parts: &mut Parts,
        app: &App,
        find: impl AsyncFnOnce(String) -> Result<OrderId, Failure>,
    ) -> Result<Self, Failure> {
        let shopper = Shopper::from_request_parts(parts, app).await?;
        let Ok(context) = Context::from_request_parts(parts, app).await;
        let key = IdempotencyKey::from_request_parts(parts, app).await?;
        let PathId(id) = PathId::from_request_parts(parts, app).await?;
        Ok(Self {
            app: app.clone(),
            shopper,
            context,
            key,
            id: find(id).await?,
        })
    }

    /// Changes the order as `decide` says, in the transaction that reads it: on the order as it is at that moment.
    /// `fingerprint` tells this request from another with the same key.
    ///
    /// # Errors
    /// When the store fails. What `decide` refuses is an answer, kept for the key like any other.
    pub async fn change<F>(&self, fingerprint: &str, mut decide: F) -> Result<Changed, Failure>
    where
        F: FnMut(&Order, View<'_>) -> Result<(Change, Answer), Failure> + Send,
    {
        let now = self.app.clock.now();
        let once = self.key.once(&self.shopper.scope(), fingerprint, now);
        let decide = |order: Option<Order>| {
            let decided = order.ok_or(Failure::NotFound).and_then(|order| {
                let view = View::of(&self.app, &order, self.context.language, now)?;
                let view = view.seen_by(self.shopper.owner());
                decide(&order, view)
            });
            match decided {
                Ok((change, answer)) => Verdict {
                    change: Some(change),
                    answer,
                    remember: true,
                },
                Err(failure) => refuse(&failure, &self.context),
            }
        };
        let selector = self.shopper.own(&self.id);
        let changed = self
            .app
            .store
            .change(&selector, once.as_ref(), self.app.clock.now(), decide);
        Ok(changed.await?)
    }
}
