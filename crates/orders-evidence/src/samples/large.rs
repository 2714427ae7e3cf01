//! Files as large as they are taken, written without holding them in memory.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use image::codecs::jpeg::JpegEncoder;
use image::{GenericImageView, Rgb};

use super::movie::Film;
use super::{Chance, colour, heic, webp};

/// A picture that is made up pixel by pixel, so that the test itself needs no room for it.
struct Noisy {
    width: u32,
    height: u32,
    noise: u32,
}

impl Noisy {
    fn pixel(&self, x: u32, y: u32) -> [u8; 3] {
        let mut mixed =
            (x.wrapping_mul(0x9E37_79B1) ^ y.wrapping_mul(0x85EB_CA77)).wrapping_mul(0xC2B2_AE3D);
        mixed ^= mixed >> 15;
        let noise = (mixed % (self.noise + 1)) as u8;
        colour(x, y, self.width, self.height).map(|value| value - noise.min(value))
    }
}

impl GenericImageView for Noisy {
    type Pixel = Rgb<u8>;

    fn dimensions(&self) -> (u32, u32) {
        (self.width, self.height)
    }

    fn get_pixel(&self, x: u32, y: u32) -> Rgb<u8> {
        Rgb(self.pixel(x, y))
    }
}

/// A JPEG of so many pixels, with noise from 0 to 255, which is what makes it large.
pub fn write_jpeg(path: &Path, (width, height): (u32, u32), noise: u32, quality: u8) {
    let picture = Noisy {
        width,
        height,
        noise,
    };
    let mut file = BufWriter::new(File::create(path).expect("a file"));
    JpegEncoder::new_with_quality(&mut file, quality)
        .encode_image(&picture)
        .expect("a JPEG");
    file.flush().expect("a file");
}

fn write_png(path: &Path, picture: &Noisy) {
    let file = BufWriter::new(File::create(path).expect("a file"));
    let mut encoder = png::Encoder::new(file, picture.width, picture.height);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_compression(png::Compression::Fast);
    let mut writer = encoder.write_header().expect("a PNG");
    let mut stream = writer.stream_writer().expect("a PNG");
    for y in 0..picture.height {
        let row: Vec<u8> = (0..picture.width)
            .flat_map(|x| picture.pixel(x, y))
            .collect();
        stream.write_all(&row).expect("a row");
    }
    stream.finish().expect("a PNG");
}

/// A video of so many bytes: the tables, and then one chunk of pictures.
pub fn write_video(path: &Path, megabytes: u32) {
    let mut film = Film::plain();
    film.reels.truncate(1);
    film.tables_first = true;
    film.reels[0].chunks = vec![vec![vec![1]]];
    let mut head = film.bytes();
    head.pop();
    let length = megabytes * 1_000_000;
    for (name, at, value) in [(b"stsz", 12, length), (b"mdat", -4, length + 8)] {
        let place = head
            .windows(4)
            .rposition(|window| window == name)
            .expect("a box");
        let place = place.wrapping_add_signed(at) + if at > 0 { 4 } else { 0 };
        head[place..place + 4].copy_from_slice(&value.to_be_bytes());
    }
    let mut file = BufWriter::new(File::create(path).expect("a file"));
    file.write_all(&head).expect("a file");
    let mut chance = Chance(7);
    for _ in 0..length / 8 {
        file.write_all(&chance.draw().to_be_bytes())
            .expect("a file");
    }
    file.flush().expect("a file");
}

/// Writes large files of every kind that can be written here, 200 MB of them, and says where they are.
pub fn write(folder: &Path) -> Vec<PathBuf> {
    let path = |name: &str| folder.join(name);
    let picture = |width, height, noise| Noisy {
        width,
        height,
        noise,
    };
    let mut paths = Vec::new();
    // 48 and 40 megapixels, one that is just too small to be decoded at half its size, and one for which there is just
    // enough memory at full size.
    for (at, (width, height, noise, quality)) in [
        (8064, 6048, 24, 80),
        (7300, 5480, 40, 80),
        (5119, 5119, 60, 90),
        (3620, 3620, 40, 80),
        (4032, 3024, 120, 95),
    ]
    .into_iter()
    .enumerate()
    {
        paths.push(path(&format!("{at}.jpg")));
        write_jpeg(&paths[at], (width, height), noise, quality);
    }
    for (name, picture) in [
        ("large.png", picture(8000, 6000, 0)),
        ("noisy.png", picture(2400, 2000, 255)),
    ] {
        paths.push(path(name));
        write_png(&path(name), &picture);
    }
    paths.push(path("large.webp"));
    fs::write(path("large.webp"), webp::lossless(3000, 2000)).expect("a file");
    paths.push(path("large.heic"));
    let mut grid = heic::File::grid(12, 16);
    grid.size = (8064, 6048);
    fs::write(path("large.heic"), grid.bytes()).expect("a file");
    for megabytes in [95, 60] {
        paths.push(path(&format!("{megabytes}.mp4")));
        write_video(&path(&format!("{megabytes}.mp4")), megabytes);
    }
    paths
}
