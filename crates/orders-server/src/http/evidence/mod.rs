//! Photos and videos for after-sale cases: sent in pieces, shown, given up.

pub mod begin;
pub mod file;
pub mod give_up;
pub mod own;
pub mod send_piece;
pub mod serve;
pub mod show;

use orders_api::{EvidenceRefusal, EvidenceUpload, UploadState};
use orders_store::Upload;

use crate::config::limits::PIECE_BYTES;
use crate::http::error::Failure;
use crate::http::wire_case::evidence;

/// An upload in the shape of the wire.
///
/// # Errors
/// When the database names a reason that this program does not know.
fn wire(upload: &Upload) -> Result<EvidenceUpload, Failure> {
    let (state, refusal, evidence) = match &upload.state {
        orders_store::UploadState::Receiving => (UploadState::Receiving, None, None),
        orders_store::UploadState::Ready(kept) => {
            (UploadState::Ready, None, Some(evidence(&kept.evidence)))
        }
        orders_store::UploadState::Refused(code) => {
            let refusal = refusal(code)
                .ok_or_else(|| Failure::internal(format!("evidence {}: {code}", upload.id)))?;
            (UploadState::Refused, Some(refusal), None)
        }
    };
    Ok(EvidenceUpload {
        id: upload.id.0.clone(),
        bytes: upload.bytes,
        offset: upload.received,
        piece_bytes: i64::try_from(PIECE_BYTES).map_err(Failure::internal)?,
        state,
        refusal,
        evidence,
    })
}

fn refusal(code: &str) -> Option<EvidenceRefusal> {
    Some(match code {
        "unknown_type" => EvidenceRefusal::UnknownType,
        "too_large" => EvidenceRefusal::TooLarge,
        "too_many_pixels" => EvidenceRefusal::TooManyPixels,
        "too_long" => EvidenceRefusal::TooLong,
        "broken" => EvidenceRefusal::Broken,
        "not_supported" => EvidenceRefusal::NotSupported,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use orders_evidence::Refusal;

    use super::*;

    #[test]
    fn every_refusal_has_its_code_on_the_wire() {
        for (cause, expected) in [
            (Refusal::UnknownType, EvidenceRefusal::UnknownType),
            (Refusal::TooLarge, EvidenceRefusal::TooLarge),
            (Refusal::TooManyPixels, EvidenceRefusal::TooManyPixels),
            (Refusal::TooLong, EvidenceRefusal::TooLong),
            (Refusal::Broken("words"), EvidenceRefusal::Broken),
            (
                Refusal::NotSupported("words"),
                EvidenceRefusal::NotSupported,
            ),
        ] {
            assert_eq!(refusal(cause.code()), Some(expected));
        }
        assert_eq!(refusal("gone"), None);
    }
}
