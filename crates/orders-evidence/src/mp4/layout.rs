//! Where in a file the tables and the media are.

use std::io::{Read, Seek, SeekFrom};
use std::ops::Range;

use crate::boxes::Fields;
use crate::refusal::{CleanError, Refusal};

/// Tables of a video, at most, in bytes: ten minutes of 240 frames a second have 3 MB.
const MOST_TABLES: u64 = 4_000_000;

/// More boxes than any file has side by side.
const MOST_BOXES: u32 = 1_000;

/// A file's outermost boxes.
#[derive(Debug)]
pub struct Layout {
    /// What is in the box of the tables.
    pub tables: Vec<u8>,
    media: Vec<Range<u64>>,
}

impl Layout {
    /// Goes through the outermost boxes of a file of `length` bytes.
    ///
    /// # Errors
    /// [`CleanError`].
    pub fn read<R: Read + Seek>(input: &mut R, length: u64) -> Result<Self, CleanError> {
        let mut tables = None;
        let mut media = Vec::new();
        let mut at = 0;
        for _ in 0..MOST_BOXES {
            if at == length {
                let tables = tables.ok_or(Refusal::Broken("it has no tables"))?;
                return Ok(Self { tables, media });
            }
            let (name, body) = outermost(input, at, length)?;
            at = body.end;
            match &name {
                b"moov" if tables.is_some() => {
                    return Err(Refusal::Broken("a box is there twice").into());
                }
                b"moov" => tables = Some(read(input, &body)?),
                b"mdat" => media.push(body),
                b"moof" => return Err(Refusal::NotSupported("it comes in fragments").into()),
                _ => {}
            }
        }
        Err(Refusal::NotSupported("too many parts").into())
    }

    /// Whether the bytes from `begin` to `end` are media.
    pub fn has_media(&self, begin: u64, end: u64) -> bool {
        // They stand in the order in which they were found.
        let before = self.media.partition_point(|media| media.start <= begin);
        let last = before.checked_sub(1).and_then(|at| self.media.get(at));
        last.is_some_and(|media| end <= media.end)
    }
}

/// The name and the content of the box at `at`.
fn outermost<R: Read + Seek>(
    input: &mut R,
    at: u64,
    length: u64,
) -> Result<([u8; 4], Range<u64>), CleanError> {
    const BROKEN: Refusal = Refusal::Broken("a box does not fit the file");
    input.seek(SeekFrom::Start(at)).map_err(CleanError::Io)?;
    let mut header = Vec::with_capacity(16);
    input
        .take(16)
        .read_to_end(&mut header)
        .map_err(CleanError::Io)?;
    let mut fields = Fields(&header);
    let short = fields.u32()?;
    let name = fields.array()?;
    let (begin, size) = match short {
        // The last one may go to the end of the file.
        0 => (8, length - at),
        1 => (16, fields.u64()?),
        _ => (8, short.into()),
    };
    let end = at.checked_add(size).filter(|end| *end <= length);
    match end {
        Some(end) if size >= begin => Ok((name, at + begin..end)),
        _ => Err(BROKEN.into()),
    }
}

fn read<R: Read + Seek>(input: &mut R, body: &Range<u64>) -> Result<Vec<u8>, CleanError> {
    let length = body.end - body.start;
    if length > MOST_TABLES {
        return Err(Refusal::NotSupported("its tables are too large").into());
    }
    input
        .seek(SeekFrom::Start(body.start))
        .map_err(CleanError::Io)?;
    let mut tables = Vec::new();
    input
        .take(length)
        .read_to_end(&mut tables)
        .map_err(CleanError::Io)?;
    if (tables.len() as u64) < length {
        return Err(Refusal::Broken("it ends early").into());
    }
    Ok(tables)
}
