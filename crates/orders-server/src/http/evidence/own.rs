//! One of the shopper's own uploads.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use orders_domain::EvidenceId;
use orders_store::Upload;

use crate::http::error::Failure;
use crate::http::path_id::PathId;
use crate::http::session::Shopper;
use crate::state::App;

/// The upload that a path names: the shopper's own, for somebody else's does not exist.
#[derive(Debug)]
pub struct OwnUpload {
    /// Whose.
    pub shopper: Shopper,
    /// Where it stands.
    pub upload: Upload,
}

impl FromRequestParts<App> for OwnUpload {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Self::Rejection> {
        let shopper = Shopper::from_request_parts(parts, app).await?;
        let PathId(id) = PathId::from_request_parts(parts, app).await?;
        let upload = app
            .store
            .upload_of(shopper.owner(), &EvidenceId(id))
            .await?;
        Ok(Self {
            shopper,
            upload: upload.ok_or(Failure::NotFound)?,
        })
    }
}
