//! Files to be cleaned: proper ones of every kind, with secrets in every place where there may be some, and broken ones.

pub mod bitmap;
pub mod broken;
pub mod heic;
pub mod large;
pub mod movie;
pub mod webp;

/// What must not be found in anything that is kept.
pub const SECRET: &[u8] = b"SECRET-31.2304N-121.4737E";

/// Marks of metadata, of other files, and of pages, none of which may be kept.
pub const FORBIDDEN: [&[u8]; 16] = [
    SECRET,
    b"Exif",
    b"http://ns.adobe.com/xap",
    b"<x:xmpmeta",
    b"ICC_PROFILE",
    b"Photoshop",
    b"GPSLatitude",
    b"<html",
    b"<script",
    b"<?php",
    b"PK\x03\x04",
    b"\xA9xyz",
    b"udta",
    b"uuid",
    b"meta",
    b"mebx",
];

/// Four colours, in the corners of every picture: left above, right above, left below, right below.
pub const CORNERS: [[u8; 3]; 4] = [[220, 40, 40], [40, 180, 60], [40, 60, 200], [240, 240, 240]];

/// The colour at a place in a picture of four quarters.
pub fn colour(x: u32, y: u32, width: u32, height: u32) -> [u8; 3] {
    CORNERS[usize::from(y >= height / 2) * 2 + usize::from(x >= width / 2)]
}

/// The bytes of a picture of four quarters.
pub fn quarters(width: u32, height: u32) -> Vec<u8> {
    let places = (0..height).flat_map(|y| (0..width).map(move |x| (x, y)));
    places
        .flat_map(|(x, y)| colour(x, y, width, height))
        .collect()
}

/// An Exif block: the way a picture is to be turned, a text, and a place.
pub fn exif(orientation: u8) -> Vec<u8> {
    let mut tiff = b"II*\0\x08\0\0\0\x03\0".to_vec();
    let mut field = |tag: u16, kind: u16, count: u32, value: u32| {
        tiff.extend(tag.to_le_bytes());
        tiff.extend(kind.to_le_bytes());
        tiff.extend(count.to_le_bytes());
        tiff.extend(value.to_le_bytes());
    };
    field(0x010E, 2, SECRET.len() as u32, 100);
    field(0x0112, 3, 1, orientation.into());
    field(0x8825, 4, 1, 50);
    tiff.extend([0; 4]);
    tiff.resize(50, 0);
    // The place: one field, the latitude as a text.
    tiff.extend(b"\x01\0\x02\0\x02\0");
    tiff.extend((SECRET.len() as u32).to_le_bytes());
    tiff.extend(100_u32.to_le_bytes());
    tiff.resize(100, 0);
    tiff.extend(SECRET);
    tiff
}

/// An XMP block.
pub fn xmp() -> Vec<u8> {
    [
        b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta><exif:GPSLatitude>",
        SECRET,
        b"</x:xmpmeta>",
    ]
    .concat()
}

/// Whether `bytes` has `part` in it.
pub fn has(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

/// Numbers that look like chance and are always the same.
pub struct Chance(pub u64);

impl Chance {
    /// The next one.
    pub fn draw(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    /// One below `end`.
    pub fn below(&mut self, end: usize) -> usize {
        (self.draw() % end as u64) as usize
    }
}

/// Proper files of every kind, small ones.
pub fn proper() -> Vec<(&'static str, Vec<u8>)> {
    vec![
        ("jpeg", bitmap::jpeg_with(1)),
        (
            "progressive jpeg",
            include_bytes!("fixtures/progressive.jpg").to_vec(),
        ),
        ("png", bitmap::png_with(1)),
        ("interlaced png", bitmap::interlaced_png()),
        ("lossy webp", include_bytes!("fixtures/lossy.webp").to_vec()),
        (
            "animated webp",
            include_bytes!("fixtures/animated.webp").to_vec(),
        ),
        ("lossless webp", webp::with(1)),
        ("heic", heic::File::plain().bytes()),
        ("heic grid", heic::File::grid(2, 2).bytes()),
        ("mp4", movie::Film::plain().bytes()),
        ("mov", movie::Film::quicktime().bytes()),
    ]
}
