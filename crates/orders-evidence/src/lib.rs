//! Shoppers' photos and videos, made safe to keep: what comes out has the picture, and nothing else that was in the file.
//!
//! What a file is, its content decides ([`Kind`]); everything that is not on the list is refused. Photos are decoded,
//! turned upright, made smaller if need be and written anew as JPEG: of the old file no byte is copied, so where it was
//! taken, by whom and with what, a thumbnail of what was cut away, and whatever hangs behind the picture stay behind.
//! HEIC is decoded and written anew as well, so that every browser can show it.
//!
//! A video is not coded anew, which would take minutes; its container is. The frames and the sound are copied
//! bit by bit, and the tables that say where they are are written from numbers. Whoever hides something within a coded
//! frame is not found out; that is why a video must be served as `video/mp4` and nothing else.
//!
//! **Memory** is bounded before anything is decoded: by the sizes in the headers, of which every decoder's demand
//! follows: a file takes up to 105 MB, so that one is to be cleaned at a time. **Time** is bounded by pixels and bytes. A
//! decoder that panics over a file is caught, and the file is broken; for that the program must unwind.
//!
//! HEIC is decoded by a young crate, which was chosen because it forbids `unsafe`, has a free licence and stood up to what
//! the tests do to it. What it must not be given is refused before: items that are made of
//! items, a size in the bits that is not in the header, colours at full resolution.
//!
//! Colours are taken as sRGB: a profile within the file is dropped like everything else, so that a picture in a wider
//! space (Display P3) comes out a little duller than it was.
//!
//! How many files belong to a case, and how they are served, is not decided here; nor does anything here know the
//! server, the database or a clock.

mod boxes;
mod heic;
mod jpeg;
mod kind;
mod mp4;
mod photo;
mod png;
mod refusal;
mod room;
#[cfg(feature = "samples")]
pub mod samples;
mod shrink;
mod webp;

use std::io::{self, Read, Seek, SeekFrom, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};

pub use kind::Kind;
pub use refusal::{CleanError, Refusal};

/// What is taken at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Size of a photo's file, in bytes. By default 20 MB: a photo of 50 megapixels has 10 to 15.
    pub photo_bytes: u64,
    /// Size of a video's file, in bytes. By default 100 MB: three minutes of what telephones send.
    pub video_bytes: u64,
    /// Pixels of a photo. By default 64 million: telephones take 50, and panoramas of 60.
    ///
    /// Kinds that cannot be decoded piece by piece are bounded below that, by the memory that they need: WebP, interlaced
    /// PNG, progressive JPEG, and HEIC in one piece (telephones write it in tiles).
    pub pixels: u64,
    /// The longer side of a photo that is kept, in pixels; a larger one is made smaller. By default 2560.
    pub long_side: u32,
    /// How long a video plays, in seconds. By default 180.
    pub seconds: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            photo_bytes: 20_000_000,
            video_bytes: 100_000_000,
            pixels: 64_000_000,
            long_side: 2560,
            seconds: 180,
        }
    }
}

/// In which form a file is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// Every photo.
    Jpeg,
    /// Every video.
    Mp4,
}

impl Kept {
    /// The media type with which it must be served.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Mp4 => "video/mp4",
        }
    }

    /// The ending of its name, without the dot.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            Self::Mp4 => "mp4",
        }
    }
}

/// A file that is safe to keep.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clean {
    /// What the shopper sent.
    pub sent: Kind,
    /// What was written.
    pub kept: Kept,
    /// How many bytes were written.
    pub bytes: u64,
    /// Width in pixels, as it is shown: upright.
    pub width: u32,
    /// Height in pixels, as it is shown: upright.
    pub height: u32,
}

/// Reads the file `input` from its beginning and writes to `output` what is safe to keep of it.
///
/// It blocks, for up to some seconds with the largest files; within an async program it belongs on a thread for that.
///
/// # Errors
/// [`CleanError::Refused`] when the file is not kept, [`CleanError::Io`] when reading or writing fails. In both cases
/// something may have been written, which must be thrown away.
pub fn clean<R: Read + Seek, W: Write>(
    mut input: R,
    output: W,
    limits: &Limits,
) -> Result<Clean, CleanError> {
    let length = input.seek(SeekFrom::End(0)).map_err(CleanError::Io)?;
    let head = read_head(&mut input).map_err(CleanError::Io)?;
    let kind = Kind::of(&head).ok_or(Refusal::UnknownType)?;
    let most = if kind.is_video() {
        limits.video_bytes
    } else {
        limits.photo_bytes
    };
    if length > most {
        return Err(Refusal::TooLarge.into());
    }
    let mut output = Counting { output, bytes: 0 };
    let written = catch_unwind(AssertUnwindSafe(|| match kind {
        Kind::Mp4 => {
            mp4::clean(&mut input, length, &mut output, limits).map(|size| (Kept::Mp4, size))
        }
        _ => photo::clean(kind, &mut input, length, &mut output, limits)
            .map(|size| (Kept::Jpeg, size)),
    }));
    // The decoders are others' code, and files are made to make them stumble.
    let (kept, (width, height)) =
        written.unwrap_or_else(|_| Err(Refusal::Broken("its decoder stumbled over it").into()))?;
    output.flush().map_err(CleanError::Io)?;
    Ok(Clean {
        sent: kind,
        kept,
        bytes: output.bytes,
        width,
        height,
    })
}

fn read_head<R: Read + Seek>(input: &mut R) -> io::Result<Vec<u8>> {
    input.rewind()?;
    let mut head = Vec::with_capacity(Kind::HEAD);
    input.take(Kind::HEAD as u64).read_to_end(&mut head)?;
    input.rewind()?;
    Ok(head)
}

/// Counts what is written.
struct Counting<W> {
    output: W,
    bytes: u64,
}

impl<W: Write> Write for Counting<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.output.write(bytes)?;
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.output.flush()
    }
}
