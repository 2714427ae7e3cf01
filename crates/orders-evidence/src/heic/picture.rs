//! One coded picture of a HEIC file: a tile, or all of it.

use heic_rs::context::Context;
use heic_rs::hevc::{self, ChromaFormat, Frame};
use heic_rs::props::ItemProps;
use heic_rs::{Image, Nclx, PixelLayout, color};

use super::{refused, sequence};
use crate::refusal::Refusal;
use crate::room;

/// What decoding takes for each pixel, in bytes, measured.
const BYTES_PER_PIXEL: u64 = 6;

/// A picture that is not decoded yet.
pub struct Picture<'a> {
    /// Width and height in pixels.
    pub size: (u32, u32),
    /// How it tells colours, if it says so itself.
    pub colours: Option<Nclx>,
    coded_pixels: u64,
    properties: ItemProps<'a>,
    data: std::borrow::Cow<'a, [u8]>,
}

/// How much has been decoded of a file, which must not be more than the file can be about.
pub struct Work {
    pixels_left: u64,
    bytes_left: usize,
}

impl<'a> Picture<'a> {
    /// Reads what the picture `id` says about itself.
    ///
    /// # Errors
    /// [`Refusal`].
    pub fn open(context: &Context<'a>, id: u32) -> Result<Self, Refusal> {
        let properties = context.props(id).map_err(refused)?;
        let setup = properties.hvcc.as_ref();
        let setup = setup.ok_or(Refusal::NotSupported("a picture that is not coded as HEVC"))?;
        let parameters = setup.parameter_sets();
        // It makes room for what is coded, of which the picture may be a small part.
        let coded =
            sequence::most(&parameters).ok_or(Refusal::Broken("its coding is not described"))?;
        if coded.full_colours {
            // The decoder does not get along with it, and no telephone writes it.
            return Err(Refusal::NotSupported(
                "a HEIC with colours at full resolution",
            ));
        }
        let coded_pixels = u64::from(coded.width) * u64::from(coded.height);
        // The file is in memory as well.
        room::check(coded_pixels * BYTES_PER_PIXEL + context.file.len() as u64)?;
        let found = hevc::probe(&parameters).map_err(refused)?;
        Ok(Self {
            size: (found.width, found.height),
            colours: properties.nclx,
            coded_pixels,
            data: context.item_data(id).map_err(refused)?,
            properties,
        })
    }
}

impl Work {
    /// For a file of so many bytes, with so many pixels.
    pub const fn new(pixels: u64, bytes: usize) -> Self {
        Self {
            // Tiles at the edges go beyond it, and a picture may come in slices, each of which could cover all of it.
            pixels_left: pixels.saturating_mul(2),
            bytes_left: bytes,
        }
    }

    /// Decodes a picture.
    ///
    /// # Errors
    /// [`Refusal`].
    pub fn decode(&mut self, picture: &Picture<'_>) -> Result<Frame, Refusal> {
        const TOO_MUCH: Refusal = Refusal::NotSupported("a HEIC that is decoded again and again");
        let setup = picture.properties.hvcc.as_ref();
        let setup = setup.ok_or(TOO_MUCH)?;
        let bytes = self.bytes_left.checked_sub(picture.data.len());
        self.bytes_left = bytes.ok_or(TOO_MUCH)?;
        let units = setup.split_nals(&picture.data).map_err(refused)?;
        // Types below 32 are slices.
        let slices = units
            .iter()
            .filter(|unit| unit.first().is_some_and(|head| head >> 1 & 63 < 32));
        let pixels = (slices.count() as u64).saturating_mul(picture.coded_pixels);
        self.pixels_left = self.pixels_left.checked_sub(pixels).ok_or(TOO_MUCH)?;

        let frame = hevc::decode_still(&setup.parameter_sets(), &units).map_err(refused)?;
        frame.validate().map_err(refused)?;
        Ok(frame)
    }
}

/// Some rows of a decoded picture, as colours. `top` is even.
///
/// # Errors
/// [`Refusal`].
pub fn colours_of(frame: &Frame, top: u32, rows: u32, colours: Nclx) -> Result<Image, Refusal> {
    let part = |plane: &[u16], stride: u32, top: u32, rows: u32| {
        let begin = top as usize * stride as usize;
        let length = rows as usize * stride as usize;
        plane.get(begin..begin + length).map(<[u16]>::to_vec)
    };
    let (colour_top, colour_rows) = match frame.chroma {
        ChromaFormat::Monochrome => (0, 0),
        chroma => (
            top >> chroma.y_shift(),
            rows.div_ceil(1 << chroma.y_shift()),
        ),
    };
    let colour = |plane: &[u16]| part(plane, frame.c_stride, colour_top, colour_rows);
    let planes = part(&frame.y, frame.y_stride, top, rows)
        .zip(colour(&frame.cb))
        .zip(colour(&frame.cr));
    let ((y, cb), cr) = planes.ok_or(Refusal::Broken("it ends early"))?;
    let band = Frame {
        height: rows,
        y,
        cb,
        cr,
        ..*frame
    };
    color::convert(&band, None, colours, PixelLayout::Rgb8, u64::MAX, None).map_err(refused)
}
