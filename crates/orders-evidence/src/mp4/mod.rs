//! Videos: the container is written anew, the coded frames and sound are copied.
//!
//! What is kept: one track of pictures and the tracks of sound that browsers can play, each with the tables that playing
//! needs, written from their numbers. What is not: where and when it was taken, on which telephone, names and texts, tracks
//! of anything else (positions by the second among them) with their data, and every box that is not named here. The data of
//! the kept tracks comes in the order in which it was, without gaps, behind the tables, so that a browser can begin to play
//! before all of it is there.
//!
//! Videos that come in fragments or encrypted are refused.

mod description;
mod layout;
mod tables;
mod track;
mod writer;

use std::io::{self, Read, Seek, SeekFrom, Write};

use crate::Limits;
use crate::boxes::{Fields, children, optional, required};
use crate::refusal::{CleanError, Refusal};
use layout::Layout;
use track::{Media, Track};

/// More tracks than any telephone writes.
const MOST_TRACKS: usize = 16;

/// The tables of a video.
pub(crate) struct Movie {
    /// Units of its time, for a second.
    timescale: u32,
    tracks: Vec<Track>,
}

/// A run of bytes that belongs to a track: a chunk.
#[derive(Clone, Copy, Debug)]
struct Piece {
    /// Where it begins in the old file.
    offset: u64,
    length: u64,
    track: usize,
    chunk: usize,
}

/// Writes the video in `input`, of `length` bytes, anew; answers its width and height as it is shown, in pixels.
///
/// # Errors
/// [`CleanError`].
pub fn clean<R: Read + Seek, W: Write>(
    input: &mut R,
    length: u64,
    output: &mut W,
    limits: &Limits,
) -> Result<(u32, u32), CleanError> {
    let layout = Layout::read(input, length)?;
    let mut movie = Movie::read(&layout.tables, limits.seconds)?;
    let pieces = pieces(&movie, &layout)?;
    let header = place(&mut movie, &pieces)?;
    output.write_all(&header).map_err(CleanError::Io)?;
    copy(input, output, &pieces)?;
    Ok(movie.size())
}

impl Movie {
    fn read(body: &[u8], seconds: u64) -> Result<Self, Refusal> {
        for (name, words) in [
            (b"mvex", "it comes in fragments"),
            (b"cmov", "its tables are compressed"),
        ] {
            if optional(body, name)?.is_some() {
                return Err(Refusal::NotSupported(words));
            }
        }
        let mut header = Fields(required(body, b"mvhd")?);
        let (version, _) = header.version()?;
        header.wide(version)?;
        header.wide(version)?;
        let timescale = header.u32()?;
        if timescale == 0 {
            return Err(Refusal::Broken("its time stands still"));
        }
        let mut tracks = Vec::new();
        for child in children(body) {
            let child = child?;
            if &child.name != b"trak" {
                continue;
            }
            if tracks.len() == MOST_TRACKS {
                return Err(Refusal::NotSupported("too many tracks"));
            }
            let Some(track) = Track::read(child.body)? else {
                continue;
            };
            if track.is_longer_than(seconds, timescale) {
                return Err(Refusal::TooLong);
            }
            tracks.push(track);
        }
        // A second picture would be a thumbnail, or a depth.
        let mut pictures = 0;
        tracks.retain(|track| {
            pictures += usize::from(matches!(track.media, Media::Pictures { .. }));
            !matches!(track.media, Media::Pictures { .. }) || pictures == 1
        });
        if pictures == 0 {
            return Err(Refusal::NotSupported(
                "no pictures in a coding that browsers know",
            ));
        }
        Ok(Self { timescale, tracks })
    }

    /// As it is shown.
    fn size(&self) -> (u32, u32) {
        self.tracks.iter().find_map(Track::size).unwrap_or_default()
    }
}

/// The pieces of all tracks in the order in which they are in the file. Each must lie within its media, and none may
/// overlap another: so the copy is never larger than the file.
fn pieces(movie: &Movie, layout: &Layout) -> Result<Vec<Piece>, Refusal> {
    let mut pieces = Vec::new();
    for (track, found) in movie.tracks.iter().enumerate() {
        let extents = found.tables.extents()?.into_iter().enumerate();
        pieces.extend(extents.map(|(chunk, (offset, length))| Piece {
            offset,
            length,
            track,
            chunk,
        }));
    }
    pieces.sort_unstable_by_key(|piece| (piece.offset, piece.length));
    let mut end = 0;
    for piece in &pieces {
        if piece.offset < end {
            return Err(Refusal::Broken("its parts overlap"));
        }
        end = piece
            .offset
            .checked_add(piece.length)
            .filter(|end| layout.has_media(piece.offset, *end))
            .ok_or(Refusal::Broken("a part is not in the file"))?;
    }
    Ok(pieces)
}

/// Gives each piece its new place, one behind the other, and writes everything that comes before the first.
fn place(movie: &mut Movie, pieces: &[Piece]) -> Result<Vec<u8>, Refusal> {
    let media: u64 = pieces.iter().map(|piece| piece.length).sum();
    // Its length does not depend on where the pieces are.
    let begin = writer::header(movie, media)?.len() as u64;
    let mut at = begin;
    for piece in pieces {
        let chunk = movie
            .tracks
            .get_mut(piece.track)
            .and_then(|track| track.tables.chunks.get_mut(piece.chunk));
        if let Some(chunk) = chunk {
            *chunk = at;
        }
        at += piece.length;
    }
    writer::header(movie, media)
}

fn copy<R: Read + Seek, W: Write>(
    input: &mut R,
    output: &mut W,
    pieces: &[Piece],
) -> Result<(), CleanError> {
    let mut pieces = pieces.iter().peekable();
    while let Some(first) = pieces.next() {
        // What was side by side is copied at once.
        let mut length = first.length;
        while let Some(next) = pieces.next_if(|next| next.offset == first.offset + length) {
            length += next.length;
        }
        input
            .seek(SeekFrom::Start(first.offset))
            .map_err(CleanError::Io)?;
        let copied = io::copy(&mut input.take(length), output).map_err(CleanError::Io)?;
        if copied < length {
            return Err(Refusal::Broken("it ends early").into());
        }
    }
    Ok(())
}
