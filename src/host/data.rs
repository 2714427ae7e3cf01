//! What the bridge asks the server.

use crate::client;
use crate::words::Lang;

/// The origins of pages that may be the host of a page in a frame; none where the server cannot be asked.
pub(super) async fn hosts(lang: Lang) -> Vec<String> {
    client::hosts(lang).await.unwrap_or_default()
}
