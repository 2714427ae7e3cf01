//! What is known of a file before it is sent, and whether sending it would be in vain.

use orders_api::EvidenceRefusal;

use crate::json::{Json, Read, Write};

/// What the field for files offers: what the server takes.
pub const ACCEPTED: &str = "image/jpeg,image/png,image/webp,image/heic,image/heif,video/mp4,video/quicktime,video/x-m4v,video/3gpp";
/// The most bytes of a photo: the server's `Limits::photo_bytes`.
pub const PHOTO_BYTES: i64 = 20_000_000;
/// The most bytes of a video: the server's `Limits::video_bytes`.
pub const VIDEO_BYTES: i64 = 100_000_000;

/// A file, as it is known before it is sent. Whoever picks the same one again goes on with its upload.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct FileFacts {
    /// Its name.
    pub name: String,
    /// How many bytes it has.
    pub bytes: i64,
    /// When it was changed last, in milliseconds since 1970.
    pub modified_ms: i64,
    /// What the browser takes it for; empty when it does not know.
    pub media_type: String,
}

/// An upload that was begun, as it is kept on the device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptUpload {
    /// Its id.
    pub upload: String,
    /// The file that it is of.
    pub file: FileFacts,
}

impl Write for KeptUpload {
    fn json(&self) -> Json {
        Json::object([
            ("upload", Json::text(&self.upload)),
            ("name", Json::text(&self.file.name)),
            ("bytes", Json::Whole(self.file.bytes)),
            ("modified_ms", Json::Whole(self.file.modified_ms)),
            ("media_type", Json::text(&self.file.media_type)),
        ])
    }
}

impl Read for KeptUpload {
    fn read(mut json: Json) -> Option<Self> {
        Some(Self {
            upload: Read::read(json.take("upload"))?,
            file: FileFacts {
                name: Read::read(json.take("name"))?,
                bytes: Read::read(json.take("bytes"))?,
                modified_ms: Read::read(json.take("modified_ms"))?,
                media_type: Read::read(json.take("media_type"))?,
            },
        })
    }
}

impl FileFacts {
    /// Whether it is a photo, which the browser may be able to show.
    pub fn is_photo(&self) -> bool {
        self.media_type.starts_with("image/")
    }

    /// Whether it is a video.
    pub fn is_video(&self) -> bool {
        self.media_type.starts_with("video/")
    }

    /// Why the server would refuse it, as far as that is known before it is sent. What the file really is, only the
    /// server sees.
    pub fn refusal(&self) -> Option<EvidenceRefusal> {
        let named = !self.media_type.is_empty();
        if named && !ACCEPTED.split(',').any(|known| known == self.media_type) {
            return Some(EvidenceRefusal::UnknownType);
        }
        if self.bytes <= 0 {
            return Some(EvidenceRefusal::Broken);
        }
        let most = if self.is_photo() {
            PHOTO_BYTES
        } else {
            VIDEO_BYTES
        };
        (self.bytes > most).then_some(EvidenceRefusal::TooLarge)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_server_would_refuse_is_not_sent() {
        use EvidenceRefusal::{Broken, TooLarge, UnknownType};
        for (media_type, bytes, refusal) in [
            ("image/jpeg", 1, None),
            ("image/heic", PHOTO_BYTES, None),
            ("image/jpeg", PHOTO_BYTES + 1, Some(TooLarge)),
            ("video/mp4", PHOTO_BYTES + 1, None),
            ("video/quicktime", VIDEO_BYTES, None),
            ("video/mp4", VIDEO_BYTES + 1, Some(TooLarge)),
            ("image/png", 0, Some(Broken)),
            ("application/pdf", 10, Some(UnknownType)),
            ("image/gif", 10, Some(UnknownType)),
            // What the browser does not know may be a photo all the same.
            ("", VIDEO_BYTES, None),
            ("", VIDEO_BYTES + 1, Some(TooLarge)),
        ] {
            let file = FileFacts {
                name: "a".into(),
                bytes,
                modified_ms: 0,
                media_type: media_type.into(),
            };
            assert_eq!(file.refusal(), refusal, "{media_type} {bytes}");
        }
    }
}
