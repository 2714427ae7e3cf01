//! The id in a path, as far as one can exist.

use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;

use super::error::Failure;

/// The id of a path: 1 to 64 visible ASCII characters. Another cannot name anything: 404.
#[derive(Debug)]
pub struct PathId(pub String);

impl<S: Send + Sync> FromRequestParts<S> for PathId {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Self::Rejection> {
        let Path(id) = Path::<String>::from_request_parts(parts, state)
            .await
            .map_err(|_| Failure::BadRequest)?;
        let possible =
            (1..=64).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_graphic());
        possible.then_some(Self(id)).ok_or(Failure::NotFound)
    }
}
