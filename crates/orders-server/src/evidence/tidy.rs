//! Lets go of what no case and no conversation has, once its time is over.

use chrono::TimeDelta;

use super::upload::UploadError;
use crate::config::limits::UPLOAD_SECONDS;
use crate::state::App;

/// How many are let go of before the database is asked for more.
const BATCH: u32 = 100;

/// Deletes uploads that no case and no conversation has taken in time, and pieces that belong to none.
///
/// # Errors
/// When files or database fail; what was deleted before that stays deleted.
pub async fn tidy(app: &App) -> Result<(), UploadError> {
    let before = app.clock.now() - TimeDelta::seconds(UPLOAD_SECONDS);
    loop {
        let unneeded = app.store.unneeded_evidence(before, BATCH).await?;
        for id in &unneeded {
            // First nobody may have it any more, then it is deleted: neither can take what is on its way out.
            if app.store.release_evidence(id).await? {
                app.evidence.files.forget(id).await?;
                app.store.forget_evidence(id).await?;
            }
        }
        if unneeded.len() < BATCH as usize {
            break;
        }
    }
    // Of crashes between finishing an upload and deleting its pieces.
    for id in app.evidence.files.incoming().await? {
        if !app.store.is_receiving(&id).await? {
            app.evidence.files.forget_pieces(&id).await?;
        }
    }
    Ok(())
}
