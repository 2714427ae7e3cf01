//! Photos: decoded by kind, turned upright, written as JPEG.

use std::io::{self, BufReader, Read, Seek, Write};

use image::codecs::jpeg::JpegEncoder;
use image::metadata::Orientation;
use image::{DynamicImage, ImageError, RgbImage};

use crate::refusal::{CleanError, Refusal};
use crate::{Kind, Limits, heic, jpeg, png, webp};

/// Of 100; what cameras take for good. Below it, text on a label begins to blur.
const QUALITY: u8 = 85;

/// A decoded photo, no larger than it is kept.
pub struct Photo {
    /// The picture as it is stored.
    pub picture: RgbImage,
    /// What must be done to it, one after the other, so that it is upright.
    pub turns: Vec<Orientation>,
}

/// Writes the photo in `input` anew; answers its width and height in pixels.
///
/// # Errors
/// [`CleanError`].
pub fn clean<R: Read + Seek, W: Write>(
    kind: Kind,
    input: &mut R,
    length: u64,
    output: &mut W,
    limits: &Limits,
) -> Result<(u32, u32), CleanError> {
    let photo = match kind {
        Kind::Jpeg => jpeg::decode(&mut BufReader::new(input), length, limits)?,
        Kind::Png => png::decode(BufReader::new(input), limits)?,
        Kind::Webp => webp::decode(BufReader::new(input), limits)?,
        Kind::Heic => heic::decode(input, length, limits)?,
        Kind::Mp4 => return Err(Refusal::UnknownType.into()),
    };
    let mut picture = DynamicImage::ImageRgb8(photo.picture);
    for turn in photo.turns {
        picture.apply_orientation(turn);
    }
    // The encoder writes byte by byte.
    let mut output = io::BufWriter::new(output);
    picture
        .write_with_encoder(JpegEncoder::new_with_quality(&mut output, QUALITY))
        .map_err(|error| match error {
            ImageError::IoError(error) => CleanError::Io(error),
            _ => Refusal::NotSupported("its size does not fit a JPEG").into(),
        })?;
    output.flush().map_err(CleanError::Io)?;
    Ok((picture.width(), picture.height()))
}

/// The turn that an Exif block asks for; none when it is unreadable, as every viewer does.
pub fn turns_of_exif(exif: Option<&[u8]>) -> Vec<Orientation> {
    exif.and_then(Orientation::from_exif_chunk)
        .into_iter()
        .collect()
}

/// A pixel with an alpha value, on white, as on the page.
pub fn on_white(value: u8, alpha: u8) -> u8 {
    let (value, alpha) = (u32::from(value), u32::from(alpha));
    let mixed = (value * alpha + 255 * (255 - alpha) + 127) / 255;
    u8::try_from(mixed).unwrap_or(u8::MAX)
}
