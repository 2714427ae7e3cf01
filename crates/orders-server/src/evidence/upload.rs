//! Takes the pieces of an upload, and when all are here, cleans the file and keeps what is safe to keep.

use std::fmt;
use std::io;

use orders_domain::{Evidence, EvidenceId, EvidenceKind};
use orders_evidence::{CleanError, Kept, Kind, Limits, Refusal};
use orders_store::{KeptEvidence, Owner, StoreError, Upload, UploadState};

use super::Bytes;
use crate::config::limits::CLEAN_WAIT;
use crate::random;
use crate::state::App;

/// Why a piece is not taken.
#[derive(Debug)]
pub enum UploadError {
    /// It does not begin where the last one ended, or nothing more is taken.
    Offset,
    /// The file would be longer than was announced.
    TooMuch,
    /// The database.
    Store(StoreError),
    /// The files, or what cleans them.
    Files(io::Error),
}

/// What is taken at most.
pub fn limits() -> Limits {
    Limits::default()
}

/// Takes a piece that begins at `offset`, and says where the upload stands then. With the last one the file is looked
/// into; a piece without bytes, at the end, has that done which a crash or a time-out left.
///
/// The file is cleaned also when nobody waits for the answer any more. Whoever does waits no longer than [`CLEAN_WAIT`],
/// and is told then that the upload is still being received.
///
/// # Errors
/// See [`UploadError`]. `None` when the shopper has given it up meanwhile.
pub async fn take_piece(
    app: &App,
    owner: &Owner,
    upload: Upload,
    offset: i64,
    bytes: Bytes,
) -> Result<Option<Upload>, UploadError> {
    let length = i64::try_from(bytes.len()).map_err(|_| UploadError::TooMuch)?;
    let receiving = matches!(upload.state, UploadState::Receiving);
    if offset != upload.received || !(receiving || length == 0) {
        return Err(UploadError::Offset);
    }
    if upload.bytes - offset < length {
        return Err(UploadError::TooMuch);
    }
    if offset == 0
        && let Some(refusal) = refused_at_once(upload.bytes, &bytes)
    {
        app.store.upload_refused(&upload.id, refusal.code()).await?;
        return Ok(app.store.upload_of(owner, &upload.id).await?);
    }
    if length > 0 {
        let files = &app.evidence.files;
        // A name of its own: of two pieces at the same place, the one that does not count must not be in the other's.
        let name = random::hex::<8>().map_err(io::Error::other)?;
        files.put_piece(&upload.id, &name, bytes).await?;
        let counted = app
            .store
            .count_piece(&upload.id, offset, length, &name)
            .await?;
        if !counted {
            files.drop_piece(&upload.id, &name).await?;
            return Err(UploadError::Offset);
        }
    }
    if receiving && offset + length == upload.bytes {
        // A task of its own: it goes on when the line is lost or the time is over.
        let finish = finish(app.clone(), owner.clone(), upload.id.clone());
        let finishing = tokio::spawn(finish);
        if let Ok(finished) = tokio::time::timeout(CLEAN_WAIT, finishing).await {
            finished.map_err(io::Error::other)??;
        }
    }
    Ok(app.store.upload_of(owner, &upload.id).await?)
}

/// What can be told from a file's beginning, so that nobody sends a hundred megabytes for nothing.
fn refused_at_once(bytes: i64, begin: &[u8]) -> Option<Refusal> {
    let whole = i64::try_from(begin.len()).is_ok_and(|length| length == bytes);
    if begin.len() < Kind::HEAD && !whole {
        return None;
    }
    let Some(kind) = Kind::of(&begin[..begin.len().min(Kind::HEAD)]) else {
        return Some(Refusal::UnknownType);
    };
    let too_large = u64::try_from(bytes).is_ok_and(|bytes| bytes > limits().photo_bytes);
    (too_large && !kind.is_video()).then_some(Refusal::TooLarge)
}

/// Looks into a file of which all pieces are here.
async fn finish(app: App, owner: Owner, id: EvidenceId) -> Result<(), UploadError> {
    let _turn = app.evidence.cleaner.turn().await?;
    let Some(upload) = app.store.upload_of(&owner, &id).await? else {
        return Ok(());
    };
    if upload.state != UploadState::Receiving {
        return Ok(());
    }
    let done = clean_and_keep(&app, &upload).await;
    let files = &app.evidence.files;
    let upload = app.store.upload_of(&owner, &id).await?;
    match (upload.map(|upload| upload.state), done) {
        // Given up while it was cleaned: what was kept of it came too late to be deleted then.
        (None, _) => files.forget(&id).await?,
        (Some(UploadState::Receiving), Err(error)) => {
            tracing::error!(evidence = %id, %error, "an upload is not finished");
            return Err(error);
        }
        // Another server may have done it meanwhile, and taken the pieces away.
        (Some(UploadState::Ready(_) | UploadState::Refused(_)), Err(_)) => {}
        (Some(_), Ok(())) => {
            if let Err(error) = files.forget_pieces(&id).await {
                tracing::warn!(evidence = %id, %error, "pieces are left; tidying will try again");
            }
        }
    }
    Ok(())
}

async fn clean_and_keep(app: &App, upload: &Upload) -> Result<(), UploadError> {
    let files = &app.evidence.files;
    // Without a name: whatever happens, nothing of it stays.
    let mut whole = tokio::fs::File::from_std(tempfile::tempfile()?);
    let length = files.gather(&upload.id, &upload.pieces, &mut whole).await?;
    if i64::try_from(length).is_ok_and(|length| length != upload.bytes) {
        return Err(io::Error::other("its pieces are not what was counted").into());
    }
    let whole = whole.into_std().await;
    match app.evidence.cleaner.clean(whole).await {
        Ok((clean, file)) => {
            let kept = KeptEvidence {
                evidence: Evidence {
                    id: upload.id.clone(),
                    kind: match clean.kept {
                        Kept::Jpeg => EvidenceKind::Photo,
                        Kept::Mp4 => EvidenceKind::Video,
                    },
                    width: clean.width,
                    height: clean.height,
                },
                bytes: i64::try_from(clean.bytes).map_err(io::Error::other)?,
            };
            let file = tokio::fs::File::from_std(file);
            files.keep(&upload.id, file).await?;
            app.store.upload_cleaned(&kept).await?;
        }
        Err(CleanError::Refused(refusal)) => {
            tracing::info!(evidence = %upload.id, %refusal, "a file is not kept");
            app.store.upload_refused(&upload.id, refusal.code()).await?;
        }
        Err(CleanError::Io(error)) => return Err(error.into()),
    }
    Ok(())
}

impl fmt::Display for UploadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Offset => f.write_str("not where the last piece ended"),
            Self::TooMuch => f.write_str("more than was announced"),
            Self::Store(error) => error.fmt(f),
            Self::Files(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for UploadError {}

impl From<StoreError> for UploadError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<io::Error> for UploadError {
    fn from(error: io::Error) -> Self {
        Self::Files(error)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_taken_is_told_by_its_beginning() {
        let head = |begin: &[u8]| [begin, &[0; Kind::HEAD]].concat();
        let jpeg = head(b"\xFF\xD8\xFF");
        let video = head(b"\0\0\0\x14ftypisom\0\0\0\0isom");
        for (bytes, begin, refusal) in [
            (1_000, &jpeg[..], None),
            (20_000_000, &jpeg, None),
            (20_000_001, &jpeg, Some(Refusal::TooLarge)),
            (100_000_000, &video, None),
            (1_000, &head(b"<html>"), Some(Refusal::UnknownType)),
            // Too little to tell, unless it is all.
            (1_000, b"<html>", None),
            (6, b"<html>", Some(Refusal::UnknownType)),
        ] {
            assert_eq!(refused_at_once(bytes, begin), refusal, "{bytes} {begin:?}");
        }
    }
}
