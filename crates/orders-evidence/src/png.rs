//! PNG, decoded row by row.

use std::io::{BufRead, Seek};

use png::{ColorType, DecodingError, Transformations};

use crate::photo::{Photo, on_white, turns_of_exif};
use crate::refusal::{CleanError, Refusal};
use crate::shrink::Shrink;
use crate::{Limits, room};

/// What the decoder may keep of chunks beside the picture, and for a row, in bytes.
const CHUNKS: usize = 16_000_000;

/// Decodes a PNG; of an animated one, the picture that viewers without animation show.
///
/// # Errors
/// [`CleanError`].
pub fn decode<R: BufRead + Seek>(input: R, limits: &Limits) -> Result<Photo, CleanError> {
    let mut decoder = png::Decoder::new_with_limits(input, png::Limits { bytes: CHUNKS });
    // Texts and profiles may be compressed, a thousandfold.
    decoder.set_ignore_text_chunk(true);
    decoder.set_ignore_iccp_chunk(true);
    // Palettes and low depths become bytes, 16 bits become 8.
    decoder.set_transformations(Transformations::EXPAND | Transformations::STRIP_16);
    let header = decoder.read_header_info().map_err(refused)?;
    let (width, height) = (header.width, header.height);
    let interlaced = header.interlaced;
    room::check_size(width, height, limits.pixels)?;

    let mut reader = decoder.read_info().map_err(refused)?;
    let turns = turns_of_exif(reader.info().exif_metadata.as_deref());
    let (colour, _) = reader.output_color_type();
    let mut rows = Rows {
        colour,
        row: Vec::with_capacity(width as usize * 3),
        shrink: Shrink::new(width, height, limits.long_side),
    };
    if interlaced {
        // Its rows come in an order of their own.
        let bytes = reader.output_buffer_size().unwrap_or(usize::MAX);
        room::check(bytes as u64)?;
        let mut pixels = vec![0; bytes];
        reader.next_frame(&mut pixels).map_err(refused)?;
        let line = bytes / height as usize;
        for row in pixels.chunks_exact(line.max(1)) {
            rows.push(row);
        }
    } else {
        for _ in 0..height {
            let row = reader.next_row().map_err(refused)?;
            rows.push(row.ok_or(Refusal::Broken("it ends early"))?.data());
        }
    }
    let picture = rows.shrink.finish();
    Ok(Photo {
        picture: picture.ok_or(Refusal::Broken("it ends early"))?,
        turns,
    })
}

struct Rows {
    colour: ColorType,
    row: Vec<u8>,
    shrink: Shrink,
}

impl Rows {
    fn push(&mut self, row: &[u8]) {
        let Self {
            colour,
            row: rgb,
            shrink,
        } = self;
        rgb.clear();
        match colour {
            ColorType::Rgb => return shrink.push(row),
            ColorType::Rgba => rgb.extend(row.as_chunks().0.iter().flat_map(|[r, g, b, alpha]| {
                [
                    on_white(*r, *alpha),
                    on_white(*g, *alpha),
                    on_white(*b, *alpha),
                ]
            })),
            ColorType::GrayscaleAlpha => rgb.extend(
                row.as_chunks()
                    .0
                    .iter()
                    .flat_map(|[grey, alpha]| [on_white(*grey, *alpha); 3]),
            ),
            // A palette has been replaced by its colours.
            ColorType::Grayscale | ColorType::Indexed => {
                rgb.extend(row.iter().flat_map(|grey| [*grey; 3]));
            }
        }
        shrink.push(rgb);
    }
}

fn refused(error: DecodingError) -> CleanError {
    match error {
        DecodingError::IoError(error) => CleanError::of_input(error),
        DecodingError::LimitsExceeded => Refusal::TooManyPixels.into(),
        DecodingError::Format(_) | DecodingError::Parameter(_) => {
            Refusal::Broken("it is no proper PNG").into()
        }
    }
}
