//! What is kept of videos: pictures and sound as they were, and nothing else.

use std::io::Cursor;

use orders_evidence::samples::movie::{Film, find, parts, samples_of};
use orders_evidence::samples::{FORBIDDEN, has};
use orders_evidence::{Clean, CleanError, Kept, Kind, Limits, clean};

fn kept(bytes: &[u8]) -> (Clean, Vec<u8>) {
    let mut output = Vec::new();
    let clean = clean(Cursor::new(bytes), &mut output, &Limits::default()).expect("a video");
    assert_eq!((clean.sent, clean.kept), (Kind::Mp4, Kept::Mp4));
    assert_eq!(clean.bytes, output.len() as u64);
    for part in FORBIDDEN {
        assert!(
            !has(&output, part),
            "{:?} was kept",
            part.escape_ascii().to_string()
        );
    }
    (clean, output)
}

#[test]
fn pictures_and_sound_are_kept_and_nothing_else() {
    for quicktime in [false, true] {
        for tables_first in [false, true] {
            for wide in [false, true] {
                let mut film = if quicktime {
                    Film::quicktime()
                } else {
                    Film::plain()
                };
                film.tables_first = tables_first;
                film.wide = wide;
                let (clean, output) = kept(&film.bytes());
                // The older iPhone's is turned by a quarter.
                let size = if quicktime { (48, 64) } else { (64, 48) };
                assert_eq!((clean.width, clean.height), size);
                assert_eq!(samples_of(&output), [film.samples(0), film.samples(1)]);

                let names: Vec<[u8; 4]> = parts(&output).map(|(name, _)| name).collect();
                assert_eq!(names, [*b"ftyp", *b"moov", *b"mdat"]);
                // The media are exactly what the tables speak of.
                let media = find(&output, &[b"mdat"]).expect("media");
                assert_eq!(media.len(), film.samples(0).len() + film.samples(1).len());
            }
        }
    }
}

#[test]
fn nobody_learns_when_it_was_taken() {
    let (_, output) = kept(&Film::plain().bytes());
    let moov = find(&output, &[b"moov"]).expect("tables");
    let header = find(moov, &[b"mvhd"]).expect("a header");
    // Version 1: two times of eight bytes.
    assert_eq!(
        header[..20],
        [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]
    );
    for (_, track) in parts(moov).filter(|(name, _)| name == b"trak") {
        let paths: [&[&[u8; 4]]; 2] = [&[b"tkhd"], &[b"mdia", b"mdhd"]];
        for path in paths {
            assert_eq!(find(track, path).expect("a header")[4..20], [0; 16]);
        }
        let names: Vec<_> = parts(track).map(|(name, _)| name).collect();
        assert_eq!(names, [*b"tkhd", *b"edts", *b"mdia"]);
    }
}

#[test]
fn what_is_clean_stays_as_it_is() {
    let (_, once) = kept(&Film::plain().bytes());
    let (_, twice) = kept(&once);
    assert_eq!(once, twice);
}

#[test]
fn sound_that_browsers_do_not_know_is_left_out() {
    let mut film = Film::plain();
    film.reels[1].coding.0 = *b"apac";
    let (_, output) = kept(&film.bytes());
    assert_eq!(samples_of(&output), [film.samples(0)]);
}

#[test]
fn videos_have_limits_of_their_own() {
    let bytes = Film::plain().bytes();
    let check = |limits: Limits, code: &str| {
        let result = clean(Cursor::new(&bytes), Vec::new(), &limits);
        match result {
            Err(CleanError::Refused(refusal)) => assert_eq!(refusal.code(), code),
            other => panic!("{other:?}"),
        }
    };
    let limits = Limits::default();
    let video_bytes = bytes.len() as u64 - 1;
    check(
        Limits {
            video_bytes,
            ..limits
        },
        "too_large",
    );
    // Twelve pictures of a thirtieth of a second.
    check(
        Limits {
            seconds: 0,
            ..limits
        },
        "too_long",
    );
}
