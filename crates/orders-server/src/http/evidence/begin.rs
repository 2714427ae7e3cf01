//! `POST /evidence`.

use axum::extract::State;
use axum::response::Response;
use chrono::TimeDelta;
use orders_api::{BeginUpload, EvidenceUpload, field_codes};
use orders_domain::EvidenceId;
use orders_store::{Upload, UploadState};

use super::wire;
use crate::config::limits::{UPLOAD_BYTES, UPLOAD_OWN_SECONDS, UPLOADS};
use crate::evidence::limits;
use crate::http::context::Context;
use crate::http::error::Failure;
use crate::http::idempotency::IdempotencyKey;
use crate::http::json::Body;
use crate::http::orders::{answer, respond};
use crate::http::session::Shopper;
use crate::random;
use crate::state::App;

/// Begin to send a photo (JPEG, PNG, WebP, HEIC; up to 20 MB) or a video (MP4; up to 100 MB, three minutes).
///
/// What it is, its content decides, when it is here. It waits for a case or a conversation for 48 hours. A
/// shopper has at most 20 that neither has, and 300 MB of them. Beyond that, those that were begun more than two hours ago
/// make room, the oldest first: they are gone. Only when younger ones fill it up, the request is refused; that refusal is
/// not kept for the key, so that the same request may succeed later.
#[utoipa::path(
    post, path = "/evidence", tag = "evidence", operation_id = "begin_upload",
    params(("Idempotency-Key" = Option<String>, Header, min_length = 1, max_length = 64, pattern = "^[!-~]{1,64}$")),
    request_body = BeginUpload,
    security(("cookie" = []), ("bearer" = [])),
    responses(
        (status = 201, description = "The upload; its pieces are to be sent.", body = EvidenceUpload),
        (status = 409, description = "`too_many_uploads`: too many of the last two hours that no case and no conversation has, or too large ones.", body = orders_api::Problem, content_type = "application/problem+json"),
        (status = 422, description = "`bytes`: `too_large`, or `out_of_range` when there are none.", body = orders_api::Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn begin_upload(
    State(app): State<App>,
    shopper: Shopper,
    context: Context,
    key: IdempotencyKey,
    Body { value, fingerprint }: Body<BeginUpload>,
) -> Result<Response, Failure> {
    let bytes = value.bytes;
    if bytes < 1 {
        return Err(Failure::field("bytes", field_codes::OUT_OF_RANGE));
    }
    let limits = limits();
    if u64::try_from(bytes).is_ok_and(|bytes| bytes > limits.video_bytes.max(limits.photo_bytes)) {
        return Err(Failure::field("bytes", field_codes::TOO_LARGE));
    }
    let now = app.clock.now();
    let upload = Upload {
        id: EvidenceId(random::hex::<16>().map_err(Failure::internal)?),
        bytes,
        received: 0,
        pieces: Vec::new(),
        state: UploadState::Receiving,
    };
    let begun = answer(201, &wire(&upload)?);
    let once = key.once(&shopper.scope(), &fingerprint, now);
    let changed = app.store.begin_upload(
        shopper.owner(),
        (&upload.id, bytes),
        (now, now - TimeDelta::seconds(UPLOAD_OWN_SECONDS)),
        once.as_ref(),
        |pending| {
            if pending.files < UPLOADS && pending.bytes.saturating_add(bytes) <= UPLOAD_BYTES {
                Ok(begun.clone())
            } else {
                Err(Failure::TooManyUploads.answer(&context))
            }
        },
    );
    respond(changed.await?)
}
