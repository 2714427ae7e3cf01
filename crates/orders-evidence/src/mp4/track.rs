//! A track of a video: what kind it is, how it lies in time and on the screen.

use super::description::Descriptions;
use super::tables::Tables;
use crate::boxes::{Fields, children, optional, required};
use crate::refusal::Refusal;

/// More cuts than a telephone's own app makes.
const MOST_EDITS: usize = 1_000;

/// The largest side of a picture, in pixels.
const LONGEST_SIDE: u16 = 8_192;

/// A track that is kept.
#[derive(Debug)]
pub struct Track {
    /// What is in it.
    pub media: Media,
    /// How it is shown.
    pub screen: Screen,
    /// Which part of the media is played when.
    pub edits: Vec<Edit>,
    /// Units of its own time, for a second.
    pub timescale: u32,
    /// How its samples are coded.
    pub descriptions: Descriptions,
    /// Its samples.
    pub tables: Tables,
}

/// How a track is shown.
#[derive(Clone, Copy, Debug)]
pub struct Screen {
    /// Whether it is switched on (1), and part of the movie (2) and of its preview (4).
    pub flags: u8,
    /// How the picture is turned and moved: nine numbers, in the container's form.
    pub matrix: [u32; 9],
    /// Width and height, in 65536ths of a pixel.
    pub size: (u32, u32),
}

/// What a track has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Media {
    /// Pictures of this width and height, in pixels.
    Pictures {
        /// Before it is turned.
        width: u16,
        /// Before it is turned.
        height: u16,
    },
    /// Sound.
    Sound,
}

/// A part of the media, in the order in which it is played.
#[derive(Clone, Copy, Debug)]
pub struct Edit {
    /// In the movie's time.
    pub duration: u64,
    /// In the track's own time; -1 for a pause.
    pub begin: i64,
    /// How fast, in 65536ths.
    pub rate: u32,
}

impl Track {
    /// From what is in the `trak` box. `None` for tracks that are left out: those of neither pictures nor sound, and
    /// those in a coding that browsers do not know.
    ///
    /// # Errors
    /// [`Refusal`].
    pub fn read(body: &[u8]) -> Result<Option<Self>, Refusal> {
        let media = required(body, b"mdia")?;
        let mut handler = Fields(required(media, b"hdlr")?);
        handler.version()?;
        handler.u32()?;
        let is_picture = match &handler.array()? {
            b"vide" => true,
            b"soun" => false,
            _ => return Ok(None),
        };
        let information = required(media, b"minf")?;
        refuse_data_elsewhere(information)?;
        let samples = required(information, b"stbl")?;
        let Some(descriptions) = Descriptions::read(required(samples, b"stsd")?, is_picture)?
        else {
            return Ok(None);
        };
        let mut header = Fields(required(media, b"mdhd")?);
        let (version, _) = header.version()?;
        header.wide(version)?;
        header.wide(version)?;
        let timescale = header.u32()?;
        if timescale == 0 {
            return Err(Refusal::Broken("its time stands still"));
        }
        let media = if is_picture {
            let (width, height) = descriptions.size;
            if !(1..=LONGEST_SIDE).contains(&width) || !(1..=LONGEST_SIDE).contains(&height) {
                return Err(Refusal::TooManyPixels);
            }
            Media::Pictures { width, height }
        } else {
            Media::Sound
        };
        Ok(Some(Self {
            media,
            screen: Screen::read(required(body, b"tkhd")?)?,
            edits: edits(body)?,
            timescale,
            tables: Tables::read(samples, descriptions.count)?,
            descriptions,
        }))
    }

    /// How long it plays, in units of the movie's time. The headers' word is not taken for it.
    pub fn duration(&self, movie_timescale: u32) -> u64 {
        let edited = |edit: &Edit| edit.duration;
        if self.edits.iter().any(|edit| edit.duration > 0) {
            return self.edits.iter().map(edited).fold(0, u64::saturating_add);
        }
        let scaled = u128::from(self.tables.duration()) * u128::from(movie_timescale)
            / u128::from(self.timescale);
        u64::try_from(scaled).unwrap_or(u64::MAX)
    }

    /// Whether it plays longer, or has media for longer.
    pub fn is_longer_than(&self, seconds: u64, movie_timescale: u32) -> bool {
        let above = |duration: u64, timescale: u32| {
            u128::from(duration) > u128::from(seconds) * u128::from(timescale)
        };
        above(self.tables.duration(), self.timescale)
            || above(self.duration(movie_timescale), movie_timescale)
    }

    /// Width and height as it is shown, of a track with pictures.
    pub fn size(&self) -> Option<(u32, u32)> {
        let Media::Pictures { width, height } = self.media else {
            return None;
        };
        let lies_on_its_side = self.screen.matrix.first() == Some(&0);
        let (width, height) = (u32::from(width), u32::from(height));
        Some(if lies_on_its_side {
            (height, width)
        } else {
            (width, height)
        })
    }
}

/// The data of a track may lie in another file, which would be read by whoever plays it.
fn refuse_data_elsewhere(information: &[u8]) -> Result<(), Refusal> {
    let Some(data) = optional(information, b"dinf")? else {
        return Ok(());
    };
    let mut references = Fields(required(data, b"dref")?);
    references.version()?;
    references.u32()?;
    for reference in children(references.0) {
        let (_, flags) = Fields(reference?.body).version()?;
        if flags & 1 == 0 {
            return Err(Refusal::NotSupported("its media is in another file"));
        }
    }
    Ok(())
}

impl Screen {
    /// From the track's header. A picture may be turned by quarters and mirrored; anything else (a slant, a perspective)
    /// is shown straight.
    fn read(body: &[u8]) -> Result<Self, Refusal> {
        const ONE: u32 = 0x1_0000;
        const STRAIGHT: [u32; 9] = [ONE, 0, 0, 0, ONE, 0, 0, 0, 0x4000_0000];
        let mut fields = Fields(body);
        let (version, flags) = fields.version()?;
        fields.wide(version)?;
        fields.wide(version)?;
        // Number and a reserved word; the duration; two reserved words; layer, group, volume and a reserved number.
        fields.u64()?;
        fields.wide(version)?;
        fields.u64()?;
        fields.u64()?;
        let mut matrix = [0; 9];
        for number in &mut matrix {
            *number = fields.u32()?;
        }
        let size = (fields.u32()?, fields.u32()?);
        let [a, b, u, c, d, v, .., w] = matrix;
        let unit = |number: u32| number == ONE || number == ONE.wrapping_neg();
        let upright = unit(a) && unit(d) && (b, c) == (0, 0);
        let aside = unit(b) && unit(c) && (a, d) == (0, 0);
        let flat = (u, v, w) == (0, 0, 0x4000_0000);
        let turned = flat && (upright || aside);
        Ok(Self {
            // Three bits.
            flags: flags.to_be_bytes()[3] & 7,
            matrix: if turned { matrix } else { STRAIGHT },
            size,
        })
    }
}

fn edits(body: &[u8]) -> Result<Vec<Edit>, Refusal> {
    let Some(list) = optional(body, b"edts")? else {
        return Ok(Vec::new());
    };
    let Some(list) = optional(list, b"elst")? else {
        return Ok(Vec::new());
    };
    let mut fields = Fields(list);
    let (version, _) = fields.version()?;
    let count = fields.u32()?;
    if count as usize > MOST_EDITS {
        return Err(Refusal::NotSupported("too many cuts"));
    }
    let edit = |_| {
        let duration = fields.wide(version)?;
        let begin = if version == 1 {
            i64::from_be_bytes(fields.array()?)
        } else {
            i32::from_be_bytes(fields.array()?).into()
        };
        let rate = fields.u32()?;
        Ok(Edit {
            duration,
            begin,
            rate,
        })
    };
    (0..count).map(edit).collect()
}
