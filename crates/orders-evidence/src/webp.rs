//! WebP, decoded in one piece.

use std::io::{BufRead, Seek};

use image_webp::{DecodingError, WebPDecoder};

use crate::photo::{Photo, on_white, turns_of_exif};
use crate::refusal::{CleanError, Refusal};
use crate::shrink::Shrink;
use crate::{Limits, room};

/// What the decoder and its result take for each pixel, in bytes, measured: for pictures without loss or with a mask of
/// what is transparent, which is coded without loss, and for others.
const BYTES_PER_PIXEL: (u64, u64) = (9, 5);

/// More chunks than any picture has, frames of an animation included.
const MOST_CHUNKS: u32 = 10_000;

/// Decodes a WebP; of an animated one, the first picture.
///
/// # Errors
/// [`CleanError`].
pub fn decode<R: BufRead + Seek>(mut input: R, limits: &Limits) -> Result<Photo, CleanError> {
    let claims = Claims::read(&mut input)?;
    input.rewind().map_err(CleanError::Io)?;
    let check = |width: u32, height: u32| {
        room::check_size(width, height, limits.pixels)?;
        let (lossless, lossy) = BYTES_PER_PIXEL;
        let each = if claims.lossless { lossless } else { lossy };
        room::check(u64::from(width) * u64::from(height) * each)
    };
    check(claims.width, claims.height)?;
    let mut decoder = WebPDecoder::new(input).map_err(refused)?;
    let (width, height) = decoder.dimensions();
    check(width, height)?;

    let turns = turns_of_exif(decoder.exif_metadata().map_err(refused)?.as_deref());
    let bytes = decoder.output_buffer_size().unwrap_or(usize::MAX);
    room::check(bytes as u64)?;
    let with_alpha = decoder.has_alpha();
    let mut pixels = vec![0; bytes];
    decoder.read_image(&mut pixels).map_err(refused)?;
    drop(decoder);

    let width_of_row = width as usize;
    let mut shrink = Shrink::new(width, height, limits.long_side);
    if with_alpha {
        let mut rgb = Vec::with_capacity(width_of_row * 3);
        for row in pixels.chunks_exact(width_of_row * 4) {
            rgb.clear();
            rgb.extend(row.as_chunks().0.iter().flat_map(|[r, g, b, alpha]| {
                [
                    on_white(*r, *alpha),
                    on_white(*g, *alpha),
                    on_white(*b, *alpha),
                ]
            }));
            shrink.push(&rgb);
        }
    } else {
        pixels
            .chunks_exact(width_of_row * 3)
            .for_each(|row| shrink.push(row));
    }
    let picture = shrink.finish();
    Ok(Photo {
        picture: picture.ok_or(Refusal::Broken("it ends early"))?,
        turns,
    })
}

/// What the coded pictures within a file say about themselves: the decoder makes room for a picture before it compares
/// its size with that of the whole.
struct Claims {
    /// Of the widest.
    width: u32,
    /// Of the highest.
    height: u32,
    /// Whether anything is coded without loss.
    lossless: bool,
}

impl Claims {
    fn read<R: BufRead + Seek>(input: &mut R) -> Result<Self, CleanError> {
        // "RIFF", the length of what follows, "WEBP". What hangs behind that length is not looked at.
        let [_, _, _, _, length @ .., _, _, _, _] = array::<12, _>(input)?;
        let mut left = u64::from(u32::from_le_bytes(length)).saturating_sub(4);
        let mut claims = Self {
            width: 1,
            height: 1,
            lossless: false,
        };
        for _ in 0..MOST_CHUNKS {
            if left < 8 || input.fill_buf().map_err(CleanError::Io)?.is_empty() {
                return Ok(claims);
            }
            let name = array::<4, _>(input)?;
            let length = u32::from_le_bytes(array::<4, _>(input)?);
            let padded = u64::from(length) + u64::from(length % 2);
            let (taken, end) = match &name {
                // A frame of an animation begins with sixteen bytes of its own, and then has chunks.
                b"ANMF" => (0, 16),
                b"VP8 " => {
                    let head = array::<10, _>(input)?;
                    let side = |low, high| u32::from(u16::from_le_bytes([low, high]) & 0x3FFF);
                    claims.add(side(head[6], head[7]), side(head[8], head[9]));
                    (10, padded)
                }
                b"VP8L" => {
                    let [_, bits @ ..] = array::<5, _>(input)?;
                    let bits = u32::from_le_bytes(bits);
                    claims.add((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1);
                    claims.lossless = true;
                    (5, padded)
                }
                b"ALPH" => {
                    claims.lossless = true;
                    (0, padded)
                }
                _ => (0, padded),
            };
            skip(input, end.saturating_sub(taken))?;
            left = left.saturating_sub(8 + end.max(taken));
        }
        Err(Refusal::NotSupported("too many parts").into())
    }

    fn add(&mut self, width: u32, height: u32) {
        self.width = self.width.max(width);
        self.height = self.height.max(height);
    }
}

fn array<const N: usize, R: BufRead>(input: &mut R) -> Result<[u8; N], CleanError> {
    let mut bytes = [0; N];
    input.read_exact(&mut bytes).map_err(CleanError::of_input)?;
    Ok(bytes)
}

fn skip<R: Seek>(input: &mut R, bytes: u64) -> Result<(), CleanError> {
    let bytes = i64::try_from(bytes).map_err(|_| Refusal::Broken("it ends early"))?;
    input.seek_relative(bytes).map_err(CleanError::Io)
}

fn refused(error: DecodingError) -> CleanError {
    match error {
        DecodingError::IoError(error) => CleanError::of_input(error),
        DecodingError::ImageTooLarge | DecodingError::MemoryLimitExceeded => {
            Refusal::TooManyPixels.into()
        }
        DecodingError::UnsupportedFeature(_) => Refusal::NotSupported("an unusual WebP").into(),
        _ => Refusal::Broken("it is no proper WebP").into(),
    }
}
