//! Files that are not in order: none is kept unclean, none ends the program, none takes long.

use std::io::Cursor;
use std::time::{Duration, Instant};

use orders_evidence::samples::broken::{self, Fate};
use orders_evidence::samples::movie::Film;
use orders_evidence::samples::{Chance, FORBIDDEN, has, proper};
use orders_evidence::{CleanError, Limits, clean};

/// What became of a file; whatever is kept must be clean, and it must not take long.
fn fate(name: &str, bytes: &[u8]) -> Result<Fate, CleanError> {
    let begin = Instant::now();
    let mut output = Vec::new();
    let result = clean(Cursor::new(bytes), &mut output, &Limits::default());
    assert!(
        begin.elapsed() < Duration::from_secs(2),
        "{name} took {:?}",
        begin.elapsed()
    );
    match result {
        Ok(_) => {
            for part in FORBIDDEN {
                assert!(
                    !has(&output, part),
                    "{name}: {:?}",
                    part.escape_ascii().to_string()
                );
            }
            Ok(Fate::Cleaned)
        }
        Err(CleanError::Refused(refusal)) => Ok(Fate::Refused(refusal.code())),
        Err(error) => Err(error),
    }
}

#[test]
fn each_malformed_file_has_its_answer() {
    let files = broken::all();
    assert!(files.len() >= 50);
    let wrong: Vec<String> = files
        .into_iter()
        .filter_map(|(name, bytes, expected)| {
            let found = fate(&name, &bytes);
            let is_right = matches!(found, Ok(found) if found == expected);
            (!is_right).then(|| format!("{name}: {found:?} instead of {expected:?}"))
        })
        .collect();
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn files_may_end_anywhere() {
    for (name, bytes) in proper() {
        for at in 0..bytes.len().min(64) {
            fate(name, &bytes[..at]).expect("an answer");
        }
        for part in 0..200 {
            let end = bytes.len() * part / 200;
            fate(&format!("{name} up to {end}"), &bytes[..end]).expect("an answer");
        }
    }
}

#[test]
fn bits_may_be_wrong_anywhere() {
    let mut chance = Chance(0x0123_4567_89AB_CDEF);
    for (name, bytes) in without_secret_media() {
        for round in 0..400 {
            let mut changed = bytes.clone();
            for _ in 0..=round % 4 {
                let at = chance.below(changed.len());
                changed[at] ^= 1 << chance.below(8);
            }
            fate(&format!("{name} in round {round}"), &changed).expect("an answer");
        }
    }
}

#[test]
fn numbers_may_be_wrong_anywhere() {
    let mut chance = Chance(0xFEDC_BA98_7654_3210);
    let extremes: [&[u8]; 6] = [
        &[0; 4],
        &[0xFF; 4],
        &[0x7F; 4],
        &[0; 8],
        &[0xFF; 8],
        &[0x80, 0, 0, 0],
    ];
    for (name, bytes) in without_secret_media() {
        for round in 0..300 {
            let mut changed = bytes.clone();
            let number = extremes[chance.below(extremes.len())];
            let at = chance.below(changed.len() - number.len());
            changed[at..at + number.len()].copy_from_slice(number);
            fate(&format!("{name} in round {round}"), &changed).expect("an answer");
        }
    }
}

/// The proper files. Of the videos, those with secrets among the media are left out: a table that is wrong may call these
/// a picture, and nobody can know better.
fn without_secret_media() -> Vec<(&'static str, Vec<u8>)> {
    let mut files = proper();
    files.retain(|(name, _)| !name.starts_with('m'));
    for (name, mut film) in [("mp4", Film::plain()), ("mov", Film::quicktime())] {
        film.reels.truncate(2);
        film.tables_first = true;
        files.push((name, film.bytes()));
    }
    files
}
