//! JPEG and PNG files, with whatever stands beside the picture.

use std::io::Write;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use image::codecs::jpeg::JpegEncoder;
use image::{GrayImage, RgbImage};

use super::{SECRET, exif, quarters, xmp};

/// A JPEG of four quarters.
pub fn jpeg(width: u32, height: u32) -> Vec<u8> {
    let picture = RgbImage::from_vec(width, height, quarters(width, height)).expect("a picture");
    let mut bytes = Vec::new();
    let encoder = JpegEncoder::new_with_quality(&mut bytes, 90);
    picture.write_with_encoder(encoder).expect("a JPEG");
    bytes
}

/// A grey JPEG, a dark half above a light one.
pub fn grey_jpeg() -> Vec<u8> {
    let picture = GrayImage::from_fn(96, 64, |_, y| [if y < 32 { 40 } else { 200 }].into());
    let mut bytes = Vec::new();
    let encoder = JpegEncoder::new_with_quality(&mut bytes, 90);
    picture.write_with_encoder(encoder).expect("a JPEG");
    bytes
}

/// A segment of a JPEG.
pub fn segment(code: u8, content: &[u8]) -> Vec<u8> {
    let length = u16::try_from(content.len() + 2).expect("short");
    [&[0xFF, code], &length.to_be_bytes()[..], content].concat()
}

/// A JPEG with a segment behind its start mark.
pub fn jpeg_and(segments: &[u8]) -> Vec<u8> {
    let jpeg = jpeg(96, 64);
    [&jpeg[..2], segments, &jpeg[2..]].concat()
}

/// A JPEG with Exif, XMP, a profile, Photoshop's block and a comment, and a second file behind it.
pub fn jpeg_with(orientation: u8) -> Vec<u8> {
    let mut thumbnail = exif(orientation);
    thumbnail.extend(jpeg(8, 8));
    thumbnail.extend(SECRET);
    let mut segments = segment(0xE1, &[b"Exif\0\0", &thumbnail[..]].concat());
    segments.extend(segment(0xE1, &xmp()));
    segments.extend(segment(0xE2, &[b"ICC_PROFILE\0\x01\x01", SECRET].concat()));
    segments.extend(segment(0xED, &[b"Photoshop 3.0\08BIM", SECRET].concat()));
    segments.extend(segment(0xFE, SECRET));
    let mut bytes = jpeg_and(&segments);
    bytes.extend(jpeg(8, 8));
    bytes.extend(SECRET);
    bytes
}

/// A chunk of a PNG.
pub fn chunk(name: &[u8; 4], content: &[u8]) -> Vec<u8> {
    let length = u32::try_from(content.len()).expect("short");
    let mut sum = flate2::Crc::new();
    sum.update(name);
    sum.update(content);
    [
        &length.to_be_bytes()[..],
        name,
        content,
        &sum.sum().to_be_bytes(),
    ]
    .concat()
}

/// A PNG of chunks, with the end.
pub fn png_of(chunks: &[Vec<u8>]) -> Vec<u8> {
    let begin = b"\x89PNG\r\n\x1a\n".to_vec();
    [begin, chunks.concat(), chunk(b"IEND", b"")].concat()
}

/// The first chunk of a PNG: its size, bits, colours by number, and whether it is interlaced.
pub fn header(width: u32, height: u32, form: [u8; 2], interlaced: u8) -> Vec<u8> {
    let [bits, colours] = form;
    let size = [width.to_be_bytes(), height.to_be_bytes()].concat();
    chunk(
        b"IHDR",
        &[&size[..], &[bits, colours, 0, 0, interlaced]].concat(),
    )
}

/// Compressed as PNG does it.
pub fn deflated(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).expect("room");
    encoder.finish().expect("room")
}

/// The rows of a picture, each with a zero before it: not filtered.
fn rows(bytes: &[u8], row: usize) -> Vec<u8> {
    bytes
        .chunks(row)
        .flat_map(|row| [&[0], row].concat())
        .collect()
}

/// A PNG with Exif, texts of every sort, a time and a chunk of its own, and a page behind it.
pub fn png_with(orientation: u8) -> Vec<u8> {
    let text = [b"Comment\0", SECRET].concat();
    let packed = [b"Comment\0\0", &deflated(SECRET)[..]].concat();
    let long = [b"XML:com.adobe.xmp\0\0\0\0\0", &xmp()[..]].concat();
    let mut bytes = png_of(&[
        header(96, 64, [8, 2], 0),
        chunk(b"eXIf", &exif(orientation)),
        chunk(b"tEXt", &text),
        chunk(b"zTXt", &packed),
        chunk(b"iTXt", &long),
        chunk(b"iCCP", &[b"p\0\0", &deflated(SECRET)[..]].concat()),
        chunk(b"gpSx", SECRET),
        chunk(b"IDAT", &deflated(&rows(&quarters(96, 64), 96 * 3))),
        chunk(b"tEXt", &text),
    ]);
    bytes.extend(b"<html><script>alert(1)</script>");
    bytes.extend(SECRET);
    bytes
}

/// A PNG of 16 bits for each colour and transparency, 96 by 64: the middle is transparent over black.
pub fn deep_png() -> Vec<u8> {
    let middle = |x: u32, y: u32| (40..56).contains(&x) && (26..38).contains(&y);
    let places = (0..64).flat_map(|y| (0..96).map(move |x| (x, y)));
    let pixels: Vec<u8> = places
        .flat_map(|(x, y)| {
            let [r, g, b] = super::colour(x, y, 96, 64);
            if middle(x, y) {
                [0; 8]
            } else {
                [r, 0, g, 0, b, 0, 255, 255]
            }
        })
        .collect();
    let rows = rows(&pixels, 96 * 8);
    png_of(&[header(96, 64, [16, 6], 0), chunk(b"IDAT", &deflated(&rows))])
}

/// A PNG of a palette with two bits for each pixel.
pub fn palette_png() -> Vec<u8> {
    // Four pixels in a byte, numbered as the corners are.
    let row = |y: usize| {
        let (left, right) = if y < 32 { (0x00, 0x55) } else { (0xAA, 0xFF) };
        [&[0], &[left; 12][..], &[right; 12]].concat()
    };
    let rows: Vec<u8> = (0..64).flat_map(row).collect();
    png_of(&[
        header(96, 64, [2, 3], 0),
        chunk(b"PLTE", &super::CORNERS.concat()),
        chunk(b"IDAT", &deflated(&rows)),
    ])
}

/// A PNG whose pixels come in seven passes.
pub fn interlaced_png() -> Vec<u8> {
    const PASSES: [(u32, u32, u32, u32); 7] = [
        (0, 0, 8, 8),
        (4, 0, 8, 8),
        (0, 4, 4, 8),
        (2, 0, 4, 4),
        (0, 2, 2, 4),
        (1, 0, 2, 2),
        (0, 1, 1, 2),
    ];
    let mut rows = Vec::new();
    for (left, top, across, down) in PASSES {
        for y in (top..64).step_by(down as usize) {
            rows.push(0);
            let places = (left..96).step_by(across as usize);
            rows.extend(places.flat_map(|x| super::colour(x, y, 96, 64)));
        }
    }
    png_of(&[header(96, 64, [8, 2], 1), chunk(b"IDAT", &deflated(&rows))])
}
