//! The photos and videos that a message names, by the ids of their uploads.

use orders_api::field_codes;
use orders_domain::{EVIDENCE_AT_ONCE, Evidence, EvidenceId};

use crate::http::error::Failure;
use crate::http::orders::own::OwnOrder;

/// What the ids in a body stand for.
#[derive(Clone, Debug)]
pub struct Taken(Option<Vec<Evidence>>);

impl Taken {
    /// The evidence, in the order in which it was named.
    ///
    /// # Errors
    /// `unknown`, when one of the ids names nothing of the shopper's that was cleaned and kept, or what another order's
    /// case has. To be asked for where
    /// the order is changed, so that a repetition of the request gets its first answer whatever became of the upload.
    pub fn known(&self) -> Result<Vec<Evidence>, Failure> {
        self.0.clone().ok_or_else(|| Failure::unknown("evidence"))
    }
}

/// Looks up the shopper's uploads `ids`, for a case of this order.
///
/// # Errors
/// When there are more than any shop takes, or one is named twice, or the store fails.
pub async fn taken(order: &OwnOrder, ids: &[String]) -> Result<Taken, Failure> {
    if ids.len() > EVIDENCE_AT_ONCE as usize {
        return Err(Failure::field("evidence", field_codes::TOO_LONG));
    }
    let twice = |(index, id): (usize, &String)| ids[..index].contains(id);
    if ids.iter().enumerate().any(twice) {
        return Err(Failure::field("evidence", field_codes::INVALID));
    }
    let ids: Vec<EvidenceId> = ids.iter().map(|id| id.as_str().into()).collect();
    let store = &order.app.store;
    let ready = store.evidence_ready(order.shopper.owner(), &order.id, &ids);
    let ready = ready.await?;
    Ok(Taken((ready.len() == ids.len()).then_some(ready)))
}
