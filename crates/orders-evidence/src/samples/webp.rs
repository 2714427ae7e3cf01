//! WebP files.

use image_webp::{ColorType, WebPEncoder};

use super::{SECRET, exif, quarters, xmp};

/// A chunk of a WebP file.
pub fn chunk(name: &[u8; 4], content: &[u8]) -> Vec<u8> {
    let length = u32::try_from(content.len()).expect("short");
    let mut bytes = [name, &length.to_le_bytes()[..], content].concat();
    bytes.resize(bytes.len().next_multiple_of(2), 0);
    bytes
}

/// A WebP file of chunks.
pub fn of(chunks: &[Vec<u8>]) -> Vec<u8> {
    let content = [b"WEBP".to_vec(), chunks.concat()].concat();
    chunk(b"RIFF", &content)
}

/// The chunk that tells what else there is, and the size of the whole.
pub fn extended(flags: u8, width: u32, height: u32) -> Vec<u8> {
    let side = |side: u32| (side - 1).to_le_bytes();
    let (width, height) = (side(width), side(height));
    chunk(
        b"VP8X",
        &[&[flags, 0, 0, 0], &width[..3], &height[..3]].concat(),
    )
}

/// A picture without loss, four quarters.
pub fn lossless(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    WebPEncoder::new(&mut bytes)
        .encode(&quarters(width, height), width, height, ColorType::Rgb8)
        .expect("a WebP");
    bytes
}

/// With Exif, XMP and a profile, and another file behind it.
pub fn with(orientation: u8) -> Vec<u8> {
    // Behind the name, the length and the other name there is one chunk.
    let picture = lossless(96, 64)[12..].to_vec();
    let mut bytes = of(&[
        extended(0x2C, 96, 64),
        chunk(b"ICCP", SECRET),
        picture,
        chunk(b"EXIF", &exif(orientation)),
        chunk(b"XMP ", &xmp()),
        chunk(b"GPS ", SECRET),
    ]);
    bytes.extend(b"PK\x03\x04");
    bytes.extend(SECRET);
    bytes
}
