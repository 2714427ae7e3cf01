//! Broken JPEG, PNG and WebP files.

use super::Fate::{self, Cleaned};
use super::{ARCHIVE, BROKEN, NOT_SUPPORTED, PAGE, PROGRAM, TOO_MANY_PIXELS};
use crate::samples::bitmap::{chunk, deflated, header, jpeg, jpeg_and, png_of, png_with, segment};
use crate::samples::webp;

/// A frame header of a JPEG: kind, bits, height, width, colours.
fn frame(code: u8, bits: u8, height: u16, width: u16, colours: u8) -> Vec<u8> {
    let mut content = vec![bits];
    content.extend(height.to_be_bytes());
    content.extend(width.to_be_bytes());
    content.push(colours);
    (1..=colours).for_each(|colour| content.extend([colour, 0x11, 0]));
    segment(code, &content)
}

/// A JPEG of a frame and as many passes without anything in them.
fn empty_jpeg(frame: &[u8], passes: usize) -> Vec<u8> {
    let pass = segment(0xDA, &[1, 1, 0, 1, 1, 0]).repeat(passes);
    [b"\xFF\xD8", frame, &pass, b"\xFF\xD9"].concat()
}

/// JPEG files.
pub fn of_jpeg() -> Vec<(&'static str, Vec<u8>, Fate)> {
    let plain = jpeg(96, 64);
    let without_end = plain[..plain.len() - 2].to_vec();
    let of = |frame: Vec<u8>| empty_jpeg(&frame, 1);
    vec![
        ("jpeg and zip", [&plain, ARCHIVE].concat(), Cleaned),
        ("jpeg and page", [&plain, PAGE].concat(), Cleaned),
        (
            "jpeg with a page as comment",
            jpeg_and(&segment(0xFE, PAGE)),
            Cleaned,
        ),
        (
            "jpeg with a page as Exif",
            jpeg_and(&segment(0xE1, &[b"Exif\0\0", PAGE].concat())),
            Cleaned,
        ),
        ("jpeg without end", without_end, BROKEN),
        ("jpeg of marks", b"\xFF\xD8\xFF\xD9".to_vec(), BROKEN),
        (
            "jpeg without passes",
            empty_jpeg(&frame(0xC0, 8, 64, 96, 3), 0),
            BROKEN,
        ),
        ("jpeg without frame", of(Vec::new()), BROKEN),
        (
            "jpeg bomb",
            of(frame(0xC0, 8, 65_535, 65_535, 3)),
            TOO_MANY_PIXELS,
        ),
        (
            "progressive jpeg bomb",
            of(frame(0xC2, 8, 7_900, 7_900, 3)),
            TOO_MANY_PIXELS,
        ),
        (
            "jpeg of many passes",
            empty_jpeg(&frame(0xC2, 8, 3_000, 3_000, 1), 5_000),
            NOT_SUPPORTED,
        ),
        (
            "plain jpeg of many passes",
            empty_jpeg(&frame(0xC0, 8, 3_000, 3_000, 1), 2),
            NOT_SUPPORTED,
        ),
        ("jpeg of no height", of(frame(0xC0, 8, 0, 96, 3)), BROKEN),
        (
            "jpeg for print",
            of(frame(0xC0, 8, 64, 96, 4)),
            NOT_SUPPORTED,
        ),
        (
            "jpeg of 12 bits",
            of(frame(0xC1, 12, 64, 96, 3)),
            NOT_SUPPORTED,
        ),
        (
            "jpeg without loss",
            of(frame(0xC3, 8, 64, 96, 3)),
            NOT_SUPPORTED,
        ),
        (
            "arithmetic jpeg",
            of(frame(0xC9, 8, 64, 96, 3)),
            NOT_SUPPORTED,
        ),
        (
            "jpeg of two frames",
            jpeg_and(&frame(0xC0, 8, 8, 8, 3)),
            NOT_SUPPORTED,
        ),
        (
            "jpeg of colours that are not there",
            of(segment(0xC0, &[8, 0, 9, 0, 9, 3])),
            BROKEN,
        ),
        (
            "jpeg with a segment of no length",
            jpeg_and(b"\xFF\xFE\0\x01"),
            BROKEN,
        ),
        (
            "jpeg with a segment that is too long",
            jpeg_and(b"\xFF\xFE\xFF\xFF"),
            BROKEN,
        ),
    ]
}

/// PNG files.
pub fn of_png() -> Vec<(&'static str, Vec<u8>, Fate)> {
    let zeros = deflated(&vec![0; 50_000_000]);
    let picture = || {
        chunk(
            b"IDAT",
            &deflated(&[&[0][..], &[200; 30]].concat().repeat(10)),
        )
    };
    let rgb = |width, height| header(width, height, [8, 2], 0);
    let mut wrong_sum = png_of(&[rgb(10, 10), picture()]);
    wrong_sum[40] ^= 1;
    vec![
        (
            "png bomb",
            png_of(&[rgb(50_000, 50_000), chunk(b"IDAT", &zeros)]),
            TOO_MANY_PIXELS,
        ),
        (
            "wide png bomb",
            png_of(&[rgb(60_000_000, 1), picture()]),
            TOO_MANY_PIXELS,
        ),
        (
            "interlaced png bomb",
            png_of(&[header(7_000, 7_000, [8, 6], 1), picture()]),
            TOO_MANY_PIXELS,
        ),
        (
            "png with more pixels than it says",
            png_of(&[rgb(10, 10), chunk(b"IDAT", &zeros)]),
            Cleaned,
        ),
        (
            "png with a profile that is a bomb",
            png_of(&[
                rgb(10, 10),
                chunk(b"iCCP", &[b"p\0\0", &zeros[..]].concat()),
                picture(),
            ]),
            Cleaned,
        ),
        (
            "png with a text that is a bomb",
            png_of(&[
                rgb(10, 10),
                chunk(b"zTXt", &[b"t\0\0", &zeros[..]].concat()),
                picture(),
            ]),
            Cleaned,
        ),
        ("png and program", [&png_with(1), PROGRAM].concat(), Cleaned),
        (
            "png with a program as text",
            png_of(&[rgb(10, 10), chunk(b"tEXt", PROGRAM), picture()]),
            Cleaned,
        ),
        ("png of no size", png_of(&[rgb(0, 0), picture()]), BROKEN),
        (
            "png of 7 bits",
            png_of(&[header(10, 10, [7, 2], 0), picture()]),
            BROKEN,
        ),
        (
            "png without palette",
            png_of(&[header(10, 10, [8, 3], 0), picture()]),
            BROKEN,
        ),
        ("png without picture", png_of(&[rgb(10, 10)]), BROKEN),
        (
            "png with too few rows",
            png_of(&[rgb(10, 11), picture()]),
            BROKEN,
        ),
        ("png with a wrong sum", wrong_sum, BROKEN),
        (
            "png of a length",
            b"\x89PNG\r\n\x1a\n\xFF\xFF\xFF\xFFIHDR".to_vec(),
            BROKEN,
        ),
    ]
}

/// WebP files.
pub fn of_webp() -> Vec<(&'static str, Vec<u8>, Fate)> {
    let lossy = |width: u16, height: u16| {
        let mut content = b"\x30\x01\0\x9D\x01\x2A".to_vec();
        content.extend(width.to_le_bytes());
        content.extend(height.to_le_bytes());
        content.extend([0; 40]);
        webp::chunk(b"VP8 ", &content)
    };
    let lossless_head = |width: u32, height: u32| {
        let bits = (width - 1) | (height - 1) << 14;
        webp::chunk(
            b"VP8L",
            &[&[0x2F], &bits.to_le_bytes()[..], &[0; 40]].concat(),
        )
    };
    let plain = webp::lossless(96, 64);
    let mut longer = plain.clone();
    longer[4..8].copy_from_slice(&0xFFFF_FFF0_u32.to_le_bytes());
    let mut frame = vec![0; 16];
    frame.extend(lossy(16_383, 16_383));
    vec![
        ("webp and zip", [&plain, ARCHIVE].concat(), Cleaned),
        (
            "webp bomb",
            webp::of(&[webp::extended(0, 16_384, 16_384), lossy(16, 16)]),
            TOO_MANY_PIXELS,
        ),
        (
            "webp bomb within",
            webp::of(&[webp::extended(0, 16, 16), lossy(16_383, 16_383)]),
            TOO_MANY_PIXELS,
        ),
        (
            "lossless webp bomb",
            webp::of(&[lossless_head(16_384, 16_384)]),
            TOO_MANY_PIXELS,
        ),
        (
            "animated webp bomb",
            webp::of(&[
                webp::extended(2, 16, 16),
                webp::chunk(b"ANIM", &[0; 6]),
                webp::chunk(b"ANMF", &frame),
            ]),
            TOO_MANY_PIXELS,
        ),
        (
            "webp of two sizes",
            webp::of(&[webp::extended(0, 16, 16), lossy(32, 32)]),
            BROKEN,
        ),
        (
            "webp without picture",
            webp::of(&[webp::extended(0, 16, 16)]),
            BROKEN,
        ),
        ("webp of nothing", webp::of(&[]), BROKEN),
        ("webp that is longer than it is", longer, Cleaned),
        (
            "webp with a long chunk",
            b"RIFF\x20\0\0\0WEBPVP8 \xFF\xFF\xFF\xFF".to_vec(),
            BROKEN,
        ),
    ]
}
