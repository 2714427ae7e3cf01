//! How much memory it takes at most: all kinds of files, among them the largest that are taken, one after the other.

mod samples;

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::time::Instant;

use image::codecs::jpeg::JpegEncoder;
use image::{GenericImageView, Rgb};
use orders_evidence::{CleanError, Limits, clean};
use samples::{Chance, broken, colour, heic, movie::Film, proper, webp};

/// What the process may take, in bytes.
const MOST: u64 = 150_000_000;

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

fn write_jpeg(path: &Path, picture: &Noisy, quality: u8) {
    let mut file = BufWriter::new(File::create(path).expect("a file"));
    JpegEncoder::new_with_quality(&mut file, quality)
        .encode_image(picture)
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
fn write_video(path: &Path, megabytes: u32) {
    let mut film = Film::new();
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
        file.write_all(&chance.next().to_be_bytes())
            .expect("a file");
    }
    file.flush().expect("a file");
}

/// Large files of every kind that can be written here, and their names.
fn write_large(folder: &Path) -> Vec<PathBuf> {
    let path = |name: &str| folder.join(name);
    let picture = |width, height, noise| Noisy {
        width,
        height,
        noise,
    };
    let mut paths = Vec::new();
    // 48 and 40 megapixels, and one that is just too small to be decoded at half its size.
    for (at, (width, height, noise, quality)) in [
        (8064, 6048, 24, 80),
        (7300, 5480, 40, 80),
        (5119, 5119, 60, 90),
        (4032, 3024, 120, 95),
    ]
    .into_iter()
    .enumerate()
    {
        paths.push(path(&format!("{at}.jpg")));
        write_jpeg(&paths[at], &picture(width, height, noise), quality);
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

/// The most memory that this process has had so far, in bytes; `None` where the system does not tell.
fn peak() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kibibytes: u64 = line.trim().strip_suffix(" kB")?.trim().parse().ok()?;
    Some(kibibytes * 1024)
}

// The only test of this program, so that the memory is its own.
#[test]
fn two_hundred_megabytes_are_cleaned_within_a_hundred_and_fifty_of_memory() {
    let folder = std::env::temp_dir().join(format!("tepai-evidence-{}", std::process::id()));
    fs::create_dir_all(&folder).expect("a folder");
    let mut paths = write_large(&folder);
    let small = proper()
        .into_iter()
        .map(|(name, bytes)| (name.to_owned(), bytes));
    let malformed = broken::all()
        .into_iter()
        .map(|(name, bytes, _)| (name, bytes));
    for (at, (_, bytes)) in small.chain(malformed).enumerate() {
        paths.push(folder.join(format!("small-{at}")));
        fs::write(&paths[paths.len() - 1], bytes).expect("a file");
    }
    let before = peak();

    let mut valid = 0;
    let (mut kept, mut refused) = (0, 0);
    for path in &paths {
        let begin = Instant::now();
        let input = File::open(path).expect("a file");
        let length = input.metadata().expect("a file").len();
        let output = File::create(folder.join("kept")).expect("a file");
        let result = clean(input, BufWriter::new(output), &Limits::default());
        let is_large = !path.to_string_lossy().contains("small-");
        match result {
            Ok(_) => kept += 1,
            Err(CleanError::Refused(_)) if !is_large => refused += 1,
            Err(error) => panic!("{path:?}: {error}"),
        }
        if is_large {
            valid += length;
            println!(
                "{path:?}: {length} bytes in {:?}; peak {:?}",
                begin.elapsed(),
                peak()
            );
        }
    }
    fs::remove_dir_all(&folder).expect("the folder");
    println!(
        "{kept} kept, {refused} refused, {valid} bytes; peak {before:?} before, {:?} after",
        peak()
    );
    assert!(valid >= 200_000_000, "{valid} bytes are too few");
    assert!(refused >= 50, "{refused} are too few");
    assert!(
        peak().is_none_or(|peak| peak < MOST),
        "{:?} bytes of memory",
        peak()
    );
}
