//! Broken HEIC files and videos.

use super::Fate::{self, Cleaned, Refused};
use super::{BROKEN, NOT_SUPPORTED, PAGE, TOO_MANY_PIXELS};
use crate::samples::SECRET;
use crate::samples::heic::{self, boxed};
use crate::samples::movie::{Film, full};

/// HEIC files.
pub fn of_heic() -> Vec<(&'static str, Vec<u8>, Fate)> {
    let head = boxed(b"ftyp", b"heic\0\0\0\0mif1heic");
    // Each entry is looked for among those before it.
    let mut uses = vec![1, 0, 0, 0, 0, 3, 0, 0];
    uses.extend((0..0x3_0000_u32).flat_map(|id| [&id.to_be_bytes()[..], &[0]].concat()));
    let handler = boxed(b"hdlr", b"\0\0\0\0\0\0\0\0pict\0\0\0\0\0\0\0\0\0\0\0\0\0");
    let uses = boxed(b"iprp", &boxed(b"ipma", &uses));
    let catalogue = [handler, full(b"pitm", &[0, 1]), uses].concat();
    let large_catalogue = [&head[..], &full(b"meta", &catalogue)].concat();
    let with = |change: fn(&mut heic::File)| {
        let mut file = heic::File::grid(2, 2);
        change(&mut file);
        file.bytes()
    };
    let one = |change: fn(&mut heic::File)| {
        let mut file = heic::File::plain();
        change(&mut file);
        file.bytes()
    };
    // The size that is coded stands in the sequence's parameters, in bits: behind "1" and "010" two numbers, each with as
    // many zeros before it as it has bits after its first. Here each is 65 000.
    let bomb = one(|file| {
        let at = file
            .setup
            .windows(3)
            .position(|bytes| bytes == b"\xA0\x04\x02")
            .expect("a size");
        let number = format!("{:0>31b}", 65_001);
        let bits = format!("1010{number}{number}000000");
        let digits = bits
            .as_bytes()
            .chunks(8)
            .map(|byte| str::from_utf8(byte).expect("digits"));
        let bytes: Vec<u8> = digits
            .map(|byte| u8::from_str_radix(byte, 2).expect("a byte"))
            .collect();
        file.setup.splice(at..at + bytes.len(), bytes);
    });
    vec![
        ("heic of nothing", head.clone(), BROKEN),
        (
            "heic of an empty catalogue",
            [&head[..], &full(b"meta", b"")].concat(),
            NOT_SUPPORTED,
        ),
        (
            "heic of a box without size",
            [&head[..], b"\0\0\0\0meta\0\0\0\0"].concat(),
            BROKEN,
        ),
        (
            "heic of a box without end",
            [&head[..], b"\xFF\xFF\xFF\xFFmeta"].concat(),
            BROKEN,
        ),
        (
            "heic of a wide box",
            [&head[..], b"\0\0\0\x01meta\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF"].concat(),
            BROKEN,
        ),
        ("heic of a large catalogue", large_catalogue, NOT_SUPPORTED),
        (
            "heic bomb",
            with(|file| file.size = (60_000, 60_000)),
            TOO_MANY_PIXELS,
        ),
        ("heic bomb in bits", bomb, TOO_MANY_PIXELS),
        (
            "heic larger than its tiles",
            with(|file| file.size = (5_000, 5_000)),
            BROKEN,
        ),
        (
            "heic with tiles missing",
            with(|file| file.tiles = 3),
            BROKEN,
        ),
        (
            "heic with tiles outside",
            with(|file| file.shift = 50_000),
            BROKEN,
        ),
        (
            "heic with tiles beside themselves",
            with(|file| file.shift = 3),
            BROKEN,
        ),
        (
            "heic of items of items",
            with(|file| file.construction = 2),
            NOT_SUPPORTED,
        ),
        (
            "heic that repeats itself",
            with(|file| file.shared = true),
            NOT_SUPPORTED,
        ),
        (
            "heic without setup",
            one(|file| file.setup.truncate(20)),
            BROKEN,
        ),
        (
            "heic without parameters",
            one(|file| file.setup.truncate(23)),
            BROKEN,
        ),
        (
            "heic of noise",
            one(|file| file.picture[4..].fill(0x55)),
            BROKEN,
        ),
    ]
}

/// Videos.
pub fn of_mp4() -> Vec<(&'static str, Vec<u8>, Fate)> {
    let head = boxed(b"ftyp", b"isom\0\0\0\0isom");
    let with = |change: fn(&mut Film)| {
        let mut film = Film::plain();
        change(&mut film);
        film.bytes()
    };
    let changed = |name: &[u8; 4], at: usize, bytes: &[u8]| {
        let mut film = Film::plain().bytes();
        let begin = film
            .windows(4)
            .position(|window| window == name)
            .expect("a box")
            + at;
        film[begin..begin + bytes.len()].copy_from_slice(bytes);
        film
    };
    let film = Film::plain().bytes();
    // The second chunk is where the first one is.
    let mut overlapping = film.clone();
    let at = film
        .windows(4)
        .position(|window| window == b"stco")
        .expect("a box")
        + 12;
    overlapping.copy_within(at..at + 4, at + 4);
    let again = boxed(b"moov", &full(b"mvhd", &[0; 96]));
    vec![
        ("mp4 of nothing", head.clone(), BROKEN),
        (
            "mp4 of an empty table",
            [&head[..], &boxed(b"moov", b"")].concat(),
            BROKEN,
        ),
        ("mp4 of two tables", [&film[..], &again].concat(), BROKEN),
        ("mp4 and page", [&film[..], PAGE].concat(), BROKEN),
        (
            "mp4 and box with a page",
            [&film[..], &boxed(b"free", PAGE)].concat(),
            Cleaned,
        ),
        (
            "mp4 of many boxes",
            [&head[..], &boxed(b"free", b"").repeat(100_000)].concat(),
            NOT_SUPPORTED,
        ),
        (
            "mp4 of large tables",
            [&head[..], &boxed(b"moov", &vec![0; 5_000_000])].concat(),
            NOT_SUPPORTED,
        ),
        (
            "mp4 in fragments",
            [&film[..], &boxed(b"moof", SECRET)].concat(),
            NOT_SUPPORTED,
        ),
        (
            "mp4 of fragments",
            with(|film| film.more = boxed(b"mvex", b"")),
            NOT_SUPPORTED,
        ),
        (
            "mp4 with compressed tables",
            with(|film| film.more = boxed(b"cmov", b"")),
            NOT_SUPPORTED,
        ),
        (
            "mp4 with a box without size",
            with(|film| film.more = b"\0\0\0\0free".to_vec()),
            BROKEN,
        ),
        (
            "mp4 with a box without end",
            with(|film| film.more = b"\0\0\xFF\xFFfree".to_vec()),
            BROKEN,
        ),
        (
            "mp4 with a wide box",
            with(|film| film.more = [&b"\0\0\0\x01free"[..], &[0xFF; 8]].concat()),
            BROKEN,
        ),
        (
            "mp4 with a box in a box",
            with(|film| film.more = b"\x7F\xFF\xFF\xFFmoov".repeat(500)),
            BROKEN,
        ),
        (
            "mp4 without pictures",
            with(|film| {
                film.reels.remove(0);
            }),
            NOT_SUPPORTED,
        ),
        (
            "mp4 in an unknown coding",
            with(|film| film.reels[0].coding.0 = *b"encv"),
            NOT_SUPPORTED,
        ),
        (
            "mp4 of no time",
            with(|film| film.reels[0].timescale = 0),
            BROKEN,
        ),
        (
            "mp4 of an hour",
            with(|film| film.reels[0].each = 600 * 300),
            Refused("too_long"),
        ),
        (
            "mp4 with media outside",
            with(|film| film.shift = 1_000_000),
            BROKEN,
        ),
        (
            "mp4 with media before it",
            with(|film| film.shift = -1_000_000),
            BROKEN,
        ),
        (
            "mp4 with media in its tables",
            with(|film| film.shift = 500),
            BROKEN,
        ),
        (
            "mp4 with wide offsets",
            with(|film| (film.wide, film.shift) = (true, i64::MAX)),
            BROKEN,
        ),
        ("mp4 with media that overlaps", overlapping, BROKEN),
        (
            "mp4 of countless sizes",
            changed(b"stsz", 12, &[0xFF; 4]),
            BROKEN,
        ),
        (
            "mp4 of equal sizes",
            changed(b"stsz", 8, &[0x7F; 4]),
            BROKEN,
        ),
        (
            "mp4 of countless chunks",
            changed(b"stco", 8, &[0xFF; 4]),
            BROKEN,
        ),
        (
            "mp4 of countless runs",
            changed(b"stsc", 8, &[0xFF; 4]),
            BROKEN,
        ),
        (
            "mp4 of runs out of order",
            changed(b"stsc", 12, &[0, 0, 0, 9]),
            BROKEN,
        ),
        (
            "mp4 of too many samples for a chunk",
            changed(b"stsc", 16, &[0xFF; 4]),
            BROKEN,
        ),
        (
            "mp4 of samples without description",
            changed(b"stsc", 20, &[0, 0, 0, 9]),
            BROKEN,
        ),
        (
            "mp4 of times without samples",
            changed(b"stts", 12, &[0xFF; 4]),
            BROKEN,
        ),
        (
            "mp4 of keys outside",
            changed(b"stss", 12, &[0xFF; 4]),
            BROKEN,
        ),
        (
            "mp4 in a coding without setup",
            changed(b"avcC", 0, b"free"),
            BROKEN,
        ),
        (
            "mp4 with media elsewhere",
            changed(b"url ", 7, &[0]),
            NOT_SUPPORTED,
        ),
        (
            "mp4 of an unknown version",
            changed(b"mdhd", 4, &[9]),
            NOT_SUPPORTED,
        ),
        (
            "mp4 that is wider than it is",
            changed(b"mdat", 0, b"free"),
            BROKEN,
        ),
    ]
}
