//! What comes before the media in a new file: which kind it is, and the tables.

use super::Movie;
use super::track::{Media, Track};
use crate::boxes::write;
use crate::refusal::Refusal;

/// The matrix of a picture that is shown as it is.
const STRAIGHT: [u32; 9] = [0x1_0000, 0, 0, 0, 0x1_0000, 0, 0, 0, 0x4000_0000];

/// Everything up to the first byte of `media` bytes. Its length does not depend on where the chunks are.
///
/// # Errors
/// [`Refusal::TooLarge`] when the offsets of a file of that size do not fit the tables.
pub fn header(movie: &Movie, media: u64) -> Result<Vec<u8>, Refusal> {
    let mut out = Vec::new();
    write(&mut out, b"ftyp", |out| {
        out.extend(b"isom\0\0\x02\0isomiso6mp41");
    });
    write(&mut out, b"moov", |out| {
        movie_header(out, movie);
        for (number, track) in (1..).zip(&movie.tracks) {
            write(out, b"trak", |out| {
                write_track(out, track, number, movie.timescale)
            });
        }
    });
    let size = media + 8;
    if size + out.len() as u64 > u32::MAX.into() {
        return Err(Refusal::TooLarge);
    }
    out.extend(u32::try_from(size).unwrap_or(u32::MAX).to_be_bytes());
    out.extend(b"mdat");
    Ok(out)
}

/// Version 1 of a box, its flags, and of when it was made and changed: nothing.
const fn at_no_time(flags: u8) -> [u8; 20] {
    let mut bytes = [0; 20];
    bytes[0] = 1;
    bytes[3] = flags;
    bytes
}

fn movie_header(out: &mut Vec<u8>, movie: &Movie) {
    let durations = movie
        .tracks
        .iter()
        .map(|track| track.duration(movie.timescale));
    let duration = durations.max().unwrap_or(0);
    // As many numbers have been given to tracks.
    let next = u32::try_from(movie.tracks.len() + 1).unwrap_or(u32::MAX);
    write(out, b"mvhd", |out| {
        out.extend(at_no_time(0));
        out.extend(movie.timescale.to_be_bytes());
        out.extend(duration.to_be_bytes());
        // At its own speed, and at full volume.
        out.extend([0, 1, 0, 0, 1, 0]);
        out.extend([0; 10]);
        out.extend(STRAIGHT.iter().flat_map(|n| n.to_be_bytes()));
        out.extend([0; 24]);
        out.extend(next.to_be_bytes());
    });
}

fn write_track(out: &mut Vec<u8>, track: &Track, number: u32, movie_timescale: u32) {
    let is_sound = track.media == Media::Sound;
    write(out, b"tkhd", |out| {
        out.extend(at_no_time(track.screen.flags));
        out.extend(number.to_be_bytes());
        out.extend([0; 4]);
        out.extend(track.duration(movie_timescale).to_be_bytes());
        out.extend([0; 12]);
        out.extend([u8::from(is_sound), 0, 0, 0]);
        out.extend(track.screen.matrix.iter().flat_map(|n| n.to_be_bytes()));
        out.extend(track.screen.size.0.to_be_bytes());
        out.extend(track.screen.size.1.to_be_bytes());
    });
    if !track.edits.is_empty() {
        write(out, b"edts", |out| {
            write(out, b"elst", |out| edits(out, track))
        });
    }
    write(out, b"mdia", |out| {
        write(out, b"mdhd", |out| {
            out.extend(at_no_time(0));
            out.extend(track.timescale.to_be_bytes());
            out.extend(track.tables.duration().to_be_bytes());
            // The language is not determined.
            out.extend([0x55, 0xC4, 0, 0]);
        });
        write(out, b"hdlr", |out| {
            out.extend([0; 8]);
            out.extend(if is_sound { b"soun" } else { b"vide" });
            // Three reserved words, and no name.
            out.extend([0; 13]);
        });
        write(out, b"minf", |out| {
            if is_sound {
                write(out, b"smhd", |out| out.extend([0; 8]));
            } else {
                write(out, b"vmhd", |out| {
                    out.extend([0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0])
                });
            }
            write(out, b"dinf", |out| {
                write(out, b"dref", |out| {
                    out.extend([0, 0, 0, 0, 0, 0, 0, 1]);
                    // In this file.
                    write(out, b"url ", |out| out.extend([0, 0, 0, 1]));
                });
            });
            write(out, b"stbl", |out| {
                write(out, b"stsd", |out| out.extend(&track.descriptions.bytes));
                track.tables.write(out);
            });
        });
    });
}

fn edits(out: &mut Vec<u8>, track: &Track) {
    out.extend([1, 0, 0, 0]);
    let count = u32::try_from(track.edits.len()).unwrap_or(u32::MAX);
    out.extend(count.to_be_bytes());
    for edit in &track.edits {
        out.extend(edit.duration.to_be_bytes());
        out.extend(edit.begin.to_be_bytes());
        out.extend(edit.rate.to_be_bytes());
    }
}
