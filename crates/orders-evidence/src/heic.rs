//! HEIC, decoded tile by tile.
//!
//! A telephone's photo is a grid of small pictures, each coded as HEVC for itself. Only one row of them is decoded at a
//! time, and handed on as pixels. Before each is decoded, its size is read from its parameters, because the decoder makes
//! room for what these say.

mod picture;
mod sequence;

use std::io::{Read, Seek};

use heic_rs::context::Context;
use heic_rs::meta::iloc::Construction;
use heic_rs::props::ItemProps;
use heic_rs::{Error, MatrixCoefficients, Mirror, Nclx, Range, Rotation, Transform, transform};
use image::metadata::Orientation;

use crate::boxes::children;
use crate::photo::Photo;
use crate::refusal::{CleanError, Refusal};
use crate::shrink::Shrink;
use crate::{Limits, room};
use picture::{Picture, Work};

/// The catalogue of what is in the file, at most, in bytes; that of a photo of 50 megapixels has 10 000. Some of it is
/// searched for each of its entries.
const MOST_CATALOGUE: usize = 100_000;

/// Rows that are turned into colours at once, an even number.
const BAND: u32 = 64;

/// The part of the picture that is shown.
struct Window {
    left: u32,
    top: u32,
    width: u32,
    height: u32,
}

/// Decodes the main picture of a HEIC file of `length` bytes. Thumbnails, depths, gains and everything else that stands
/// beside it is not looked at.
///
/// # Errors
/// [`CleanError`].
pub fn decode<R: Read + Seek>(
    input: &mut R,
    length: u64,
    limits: &Limits,
) -> Result<Photo, CleanError> {
    let mut bytes = Vec::with_capacity(usize::try_from(length).unwrap_or_default());
    input.read_to_end(&mut bytes).map_err(CleanError::Io)?;
    decode_bytes(&bytes, limits).map_err(CleanError::Refused)
}

fn decode_bytes(bytes: &[u8], limits: &Limits) -> Result<Photo, Refusal> {
    check_catalogue(bytes)?;
    let context = Context::open(bytes).map_err(refused)?;
    // Items made of items can be nested so that putting them together never ends.
    let made_of_items = |construction| construction == Construction::Item;
    if context
        .meta
        .locations
        .iter()
        .any(|place| made_of_items(place.construction))
    {
        return Err(Refusal::NotSupported("pictures made of pictures"));
    }
    let id = context.meta.primary;
    if context.meta.props.unknown_essential(id).is_some() {
        return Err(Refusal::NotSupported("a HEIC with an unknown property"));
    }
    let properties = context.props(id).map_err(refused)?;
    let mut work = Work::new(limits.pixels, bytes.len());
    let Some((grid, tiles)) = context.grid(id).map_err(refused)? else {
        let picture = Picture::open(&context, id)?;
        let (width, height) = picture.size;
        let mut rows = Rows::new(width, height, &properties, limits)?;
        rows.push(&[work.decode(&picture)?], properties.nclx)?;
        return rows.finish();
    };

    let (width, height) = (grid.output_width, grid.output_height);
    let mut rows = Rows::new(width, height, &properties, limits)?;
    for tiles in tiles.chunks(grid.columns as usize) {
        let mut colours = properties.nclx;
        let mut frames = Vec::with_capacity(tiles.len());
        for tile in tiles {
            let picture = Picture::open(&context, *tile)?;
            colours = colours.or(picture.colours);
            frames.push(work.decode(&picture)?);
        }
        rows.push(&frames, colours)?;
    }
    rows.finish()
}

/// Refuses a file whose catalogue is missing or too large, before anything is made of it.
fn check_catalogue(bytes: &[u8]) -> Result<(), Refusal> {
    for child in children(bytes) {
        let child = child?;
        if &child.name == b"meta" {
            return if child.body.len() > MOST_CATALOGUE {
                Err(Refusal::NotSupported("too many pictures in one"))
            } else {
                Ok(())
            };
        }
    }
    Err(Refusal::Broken("it has no catalogue"))
}

/// The picture as it grows, row by row.
struct Rows {
    width: u32,
    window: Window,
    turns: Vec<Orientation>,
    shrink: Shrink,
    row: u32,
}

impl Rows {
    fn new(
        width: u32,
        height: u32,
        properties: &ItemProps<'_>,
        limits: &Limits,
    ) -> Result<Self, Refusal> {
        room::check_size(width, height, limits.pixels)?;
        let mut window = Window {
            left: 0,
            top: 0,
            width,
            height,
        };
        let mut turns = Vec::new();
        for (at, change) in properties.transforms.iter().enumerate() {
            match *change {
                Transform::Crop(crop) if at == 0 => {
                    let (left, top, width, height) =
                        transform::crop_rect(width, height, crop).map_err(refused)?;
                    window = Window {
                        left,
                        top,
                        width,
                        height,
                    };
                }
                Transform::Crop(_) => {
                    return Err(Refusal::NotSupported(
                        "a picture that is cut after it is turned",
                    ));
                }
                Transform::Rotate(Rotation::None) => {}
                // Against the clock there, with it here.
                Transform::Rotate(Rotation::Ccw90) => turns.push(Orientation::Rotate270),
                Transform::Rotate(Rotation::Ccw180) => turns.push(Orientation::Rotate180),
                Transform::Rotate(Rotation::Ccw270) => turns.push(Orientation::Rotate90),
                Transform::Mirror(Mirror::LeftRight) => turns.push(Orientation::FlipHorizontal),
                Transform::Mirror(Mirror::TopBottom) => turns.push(Orientation::FlipVertical),
            }
        }
        Ok(Self {
            width,
            shrink: Shrink::new(window.width, window.height, limits.long_side),
            window,
            turns,
            row: 0,
        })
    }

    /// Takes pictures that stand side by side.
    fn push(
        &mut self,
        frames: &[heic_rs::hevc::Frame],
        colours: Option<Nclx>,
    ) -> Result<(), Refusal> {
        const BROKEN: Refusal = Refusal::Broken("its tiles do not fit");
        let height = frames.first().map_or(0, |frame| frame.height);
        let width: u64 = frames.iter().map(|frame| u64::from(frame.width)).sum();
        if width < self.width.into() || frames.iter().any(|frame| frame.height != height) {
            return Err(BROKEN);
        }
        let colours = colours_or_usual(colours);
        let mut line = Vec::with_capacity(self.width as usize * 3);
        for top in (0..height).step_by(BAND as usize) {
            let rows = BAND.min(height - top);
            let band = |frame| picture::colours_of(frame, top, rows, colours);
            let bands = frames.iter().map(band).collect::<Result<Vec<_>, _>>()?;
            for row in 0..rows as usize {
                line.clear();
                for band in &bands {
                    let pixels = band.data.chunks_exact(band.row_bytes()).nth(row);
                    line.extend_from_slice(pixels.ok_or(BROKEN)?);
                }
                self.push_row(&line)?;
            }
        }
        Ok(())
    }

    fn push_row(&mut self, line: &[u8]) -> Result<(), Refusal> {
        let Window {
            left,
            top,
            width,
            height,
        } = self.window;
        if (top..top + height).contains(&self.row) {
            let (begin, length) = (left as usize * 3, width as usize * 3);
            let shown = line.get(begin..begin + length);
            self.shrink
                .push(shown.ok_or(Refusal::Broken("its tiles do not fit"))?);
        }
        self.row += 1;
        Ok(())
    }

    fn finish(self) -> Result<Photo, Refusal> {
        let picture = self.shrink.finish();
        Ok(Photo {
            picture: picture.ok_or(Refusal::Broken("it ends early"))?,
            turns: self.turns,
        })
    }
}

/// How brightness and colours are told apart. Where a file does not say, telephones mean BT.601 in its full range, and
/// so do libheif and the browsers.
fn colours_or_usual(colours: Option<Nclx>) -> Nclx {
    let mut colours = colours.unwrap_or(Nclx {
        primaries: 1,
        transfer: 13,
        matrix: MatrixCoefficients::Bt601,
        matrix_code: 6,
        range: Range::Full,
    });
    if colours.matrix == MatrixCoefficients::Unspecified {
        colours.matrix = MatrixCoefficients::Bt601;
    }
    colours
}

fn refused(error: Error) -> Refusal {
    match error {
        Error::PixelLimit { .. } => Refusal::TooManyPixels,
        Error::Unsupported(_) => Refusal::NotSupported("an unusual HEIC"),
        Error::MissingBox("hvcC") => Refusal::NotSupported("a picture that is not coded as HEVC"),
        _ => Refusal::Broken("it is no proper HEIC"),
    }
}
