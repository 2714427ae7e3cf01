//! JPEG, decoded at the size at which it is kept, or twice that.

mod outline;

use std::io::{BufRead, Seek};

use jpeg_decoder::{Decoder, Error, PixelFormat};

use crate::photo::{Photo, turns_of_exif};
use crate::refusal::{CleanError, Refusal};
use crate::shrink::{Shrink, fitting};
use crate::{Limits, room};
use outline::Outline;

/// Decodes a JPEG of `length` bytes, up to its end mark: what hangs behind it is not looked at.
///
/// # Errors
/// [`CleanError`].
pub fn decode<R: BufRead + Seek>(
    input: &mut R,
    length: u64,
    limits: &Limits,
) -> Result<Photo, CleanError> {
    let outline = Outline::read(input)?;
    room::check_size(outline.width.into(), outline.height.into(), limits.pixels)?;
    let part = part_to_decode(&outline, length, limits.long_side)?;

    input.rewind().map_err(CleanError::Io)?;
    let mut decoder = Decoder::new(input);
    // It picks the smallest part by which one of the sides reaches what is asked for.
    let side = |side: u16| side.div_ceil(part);
    let (width, height) = decoder
        .scale(side(outline.width), side(outline.height))
        .map_err(refused)?;
    let pixels = decoder.decode().map_err(refused)?;
    let format = decoder.info().map(|info| info.pixel_format);
    let turns = turns_of_exif(decoder.exif_data());
    drop(decoder);

    // In the proportion of the whole, which a part has but roughly.
    let (to_width, to_height) = fitting(
        outline.width.into(),
        outline.height.into(),
        limits.long_side,
    );
    let decoded = (u32::from(width), u32::from(height));
    let mut shrink = Shrink::to(decoded, (to_width.min(decoded.0), to_height.min(decoded.1)));
    let width = usize::from(width);
    match format {
        Some(PixelFormat::RGB24) => {
            pixels
                .chunks_exact(width * 3)
                .for_each(|row| shrink.push(row));
        }
        Some(PixelFormat::L8) => {
            let mut rgb = Vec::with_capacity(width * 3);
            for row in pixels.chunks_exact(width) {
                rgb.clear();
                rgb.extend(row.iter().flat_map(|grey| [*grey; 3]));
                shrink.push(&rgb);
            }
        }
        _ => return Err(Refusal::NotSupported("colours for print").into()),
    }
    let picture = shrink.finish();
    Ok(Photo {
        picture: picture.ok_or(Refusal::Broken("it ends early"))?,
        turns,
    })
}

/// By what the sides are divided while decoding: as little as there is room for, but down to half the size at which it
/// is kept.
fn part_to_decode(outline: &Outline, length: u64, long_side: u32) -> Result<u16, Refusal> {
    let long = u32::from(outline.width.max(outline.height));
    let parts = [1, 2, 4, 8];
    // Where a part suffices, no more is decoded.
    let enough = |part: u16| long / u32::from(part) >= long_side;
    let tolerable = |part: u16| part == 1 || long / u32::from(part) >= long_side / 2;
    let largest = parts.into_iter().filter(|part| enough(*part)).max();
    parts
        .into_iter()
        .filter(|part| *part >= largest.unwrap_or(1) && tolerable(*part))
        // Whole profiles are kept while decoding, so that the file's length counts as well.
        .find(|part| room::has(outline.bytes_to_decode(*part) + length))
        .ok_or(Refusal::TooManyPixels)
}

fn refused(error: Error) -> CleanError {
    match error {
        Error::Io(error) => CleanError::of_input(error),
        Error::Unsupported(_) => Refusal::NotSupported("an unusual JPEG").into(),
        Error::Format(_) | Error::Internal(_) => Refusal::Broken("it is no proper JPEG").into(),
    }
}
