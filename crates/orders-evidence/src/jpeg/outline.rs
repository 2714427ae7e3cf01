//! What a JPEG's markers tell before it is decoded: its size, its make, how often its decoder passes over it.

use std::io::{self, BufRead, Read};

use crate::refusal::{CleanError, Refusal};

/// How many passes over the picture a file may have; progressive ones have about ten. Each may cost a pass over all
/// pixels for a few bytes, so that without a bound a small file could keep a processor busy for hours.
const MOST_SCANS: u32 = 64;

/// What the decoder will have to do.
#[derive(Debug)]
pub struct Outline {
    /// In pixels.
    pub width: u16,
    /// In pixels.
    pub height: u16,
    progressive: bool,
    /// How many values each colour has, in whole blocks.
    samples: Vec<u64>,
}

const SOI: u8 = 0xD8;
const EOI: u8 = 0xD9;
const SOS: u8 = 0xDA;

impl Outline {
    /// Reads from the start mark to the end mark.
    ///
    /// # Errors
    /// [`CleanError`]: it has no end, no frame or several, is coded in a way that nobody uses, or has too many passes.
    pub fn read(input: &mut impl BufRead) -> Result<Self, CleanError> {
        let mut outline = None;
        let mut scans = 0;
        if marker(input)? != SOI {
            return Err(Refusal::Broken("it does not begin").into());
        }
        loop {
            match marker(input)? {
                EOI => break,
                // Marks without content; the restarts belong into what was skipped.
                0x01 | 0xD0..=0xD7 => {}
                SOI => return Err(Refusal::Broken("it begins twice").into()),
                code @ (0xC0..=0xC3 | 0xC5..=0xC7 | 0xC9..=0xCB | 0xCD..=0xCF) => {
                    if outline.is_some() {
                        return Err(Refusal::NotSupported("several frames").into());
                    }
                    if code > 0xC2 {
                        return Err(Refusal::NotSupported("an unusual coding").into());
                    }
                    let segment = segment(input)?;
                    outline = Some(Self::of_frame(&segment, code == 0xC2)?);
                }
                code => {
                    scans += u32::from(code == SOS);
                    if scans > MOST_SCANS {
                        return Err(Refusal::NotSupported("too many passes").into());
                    }
                    skip_segment(input)?;
                }
            }
        }
        if scans == 0 {
            return Err(Refusal::Broken("it has no picture").into());
        }
        let outline = outline.ok_or(Refusal::Broken("it has no frame"))?;
        // In the plain form, one pass has all of a colour.
        if !outline.progressive && scans as usize > outline.samples.len() {
            return Err(Refusal::NotSupported("too many passes").into());
        }
        Ok(outline)
    }

    /// From the frame's header: depth, height, width, and each colour's share of the pixels.
    fn of_frame(segment: &[u8], progressive: bool) -> Result<Self, Refusal> {
        const BROKEN: Refusal = Refusal::Broken("its frame is wrong");
        let (&[depth, h1, h2, w1, w2, colours], shares) =
            segment.split_first_chunk::<6>().ok_or(BROKEN)?;
        let (width, height) = (u16::from_be_bytes([w1, w2]), u16::from_be_bytes([h1, h2]));
        let shares = shares.as_chunks::<3>().0;
        if shares.len() != usize::from(colours) || width == 0 || height == 0 {
            return Err(BROKEN);
        }
        if depth != 8 {
            return Err(Refusal::NotSupported("more than 8 bits for a colour"));
        }
        if !matches!(colours, 1 | 3) {
            return Err(Refusal::NotSupported("colours for print"));
        }
        let shares = shares.iter().map(|[_, share, _]| (share >> 4, share & 15));
        if shares
            .clone()
            .any(|(across, down)| !(1..=4).contains(&across) || !(1..=4).contains(&down))
        {
            return Err(BROKEN);
        }
        let most = shares.clone().fold((1, 1), |most, share| {
            (most.0.max(share.0), most.1.max(share.1))
        });
        let blocks = |side: u16, share: u8, most: u8| {
            u64::from(side).div_ceil(8 * u64::from(most)) * u64::from(share) * 8
        };
        let samples = shares
            .map(|(across, down)| blocks(width, across, most.0) * blocks(height, down, most.1))
            .collect();
        Ok(Self {
            width,
            height,
            progressive,
            samples,
        })
    }

    /// How much memory it takes to decode it with its sides divided by `part`, in bytes.
    pub fn bytes_to_decode(&self, part: u16) -> u64 {
        let part = u64::from(part);
        let all: u64 = self.samples.iter().sum();
        let planes = all / (part * part);
        let pixels = u64::from(self.width).div_ceil(part)
            * u64::from(self.height).div_ceil(part)
            * self.samples.len() as u64;
        // A progressive picture is kept as coefficients until its last pass; those of a colour that is not finished then
        // are copied.
        let coefficients = if self.progressive {
            2 * (all + self.samples.iter().max().unwrap_or(&0))
        } else {
            0
        };
        planes + pixels + coefficients
    }
}

/// The next mark. Whatever stands before it is skipped: coded pixels, which have a zero behind each 0xFF.
fn marker(input: &mut impl BufRead) -> Result<u8, CleanError> {
    let mut escaped = false;
    loop {
        let buffer = match input.fill_buf() {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            other => other.map_err(CleanError::Io)?,
        };
        if buffer.is_empty() {
            return Err(Refusal::Broken("it ends early").into());
        }
        let mut found = None;
        for (at, byte) in buffer.iter().enumerate() {
            if escaped && !matches!(byte, 0 | 0xFF) {
                found = Some((at, *byte));
                break;
            }
            escaped = *byte == 0xFF;
        }
        let length = buffer.len();
        input.consume(found.map_or(length, |(at, _)| at + 1));
        if let Some((_, code)) = found {
            return Ok(code);
        }
    }
}

fn segment_length(input: &mut impl Read) -> Result<u16, CleanError> {
    let mut length = [0; 2];
    input
        .read_exact(&mut length)
        .map_err(CleanError::of_input)?;
    u16::from_be_bytes(length)
        .checked_sub(2)
        .ok_or_else(|| Refusal::Broken("a segment has no length").into())
}

fn segment(input: &mut impl Read) -> Result<Vec<u8>, CleanError> {
    let mut content = vec![0; segment_length(input)?.into()];
    input
        .read_exact(&mut content)
        .map_err(CleanError::of_input)?;
    Ok(content)
}

fn skip_segment(input: &mut impl Read) -> Result<(), CleanError> {
    let length = u64::from(segment_length(input)?);
    let skipped = io::copy(&mut input.take(length), &mut io::sink()).map_err(CleanError::Io)?;
    if skipped < length {
        return Err(Refusal::Broken("it ends early").into());
    }
    Ok(())
}
