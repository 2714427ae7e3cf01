//! What is kept of photos: the picture, upright and in its colours, and nothing else.

use std::io::Cursor;

use image::RgbImage;
use orders_evidence::samples::bitmap::{self, jpeg_with, png_with};
use orders_evidence::samples::{CORNERS, FORBIDDEN, has, heic, webp};
use orders_evidence::{Clean, Kept, Kind, Limits, clean};

/// Cleans a photo and decodes what is kept.
fn kept(name: &str, bytes: &[u8], limits: &Limits) -> (Clean, RgbImage) {
    let mut output = Vec::new();
    let result = clean(Cursor::new(bytes), &mut output, limits);
    let clean = result.unwrap_or_else(|error| panic!("{name}: {error}"));
    assert_eq!(clean.kept, Kept::Jpeg, "{name}");
    assert_eq!(clean.bytes, output.len() as u64, "{name}");
    for part in FORBIDDEN {
        assert!(
            !has(&output, part),
            "{name}: {:?} was kept",
            part.escape_ascii().to_string()
        );
    }
    // Of the marks that begin a segment, only those that a picture needs, and none for applications but the first.
    let segments = output.windows(2).filter(|window| window[0] == 0xFF);
    let stray = |code: u8| (0xE1..=0xEF).contains(&code) || code == 0xFE;
    assert_eq!(
        segments.filter(|window| stray(window[1])).count(),
        0,
        "{name}"
    );
    assert!(output.ends_with(&[0xFF, 0xD9]), "{name}");

    let picture = image::load_from_memory(&output)
        .expect("a JPEG")
        .into_rgb8();
    assert_eq!(picture.dimensions(), (clean.width, clean.height), "{name}");
    (clean, picture)
}

fn check_corners(name: &str, picture: &RgbImage, corners: [[u8; 3]; 4]) {
    let (width, height) = picture.dimensions();
    let places = [
        (width / 4, height / 4),
        (width * 3 / 4, height / 4),
        (width / 4, height * 3 / 4),
        (width * 3 / 4, height * 3 / 4),
    ];
    for ((x, y), corner) in places.into_iter().zip(corners) {
        check_pixel(name, picture, (x, y), corner);
    }
}

fn check_pixel(name: &str, picture: &RgbImage, (x, y): (u32, u32), expected: [u8; 3]) {
    let found = picture.get_pixel(x, y).0;
    let near = found
        .iter()
        .zip(&expected)
        .all(|(a, b)| a.abs_diff(*b) <= 10);
    assert!(
        near,
        "{name}: {found:?} at {x}, {y} instead of {expected:?}"
    );
}

#[test]
fn every_kind_of_photo_is_kept_as_a_picture_without_anything_else() {
    let check = |name: &str, bytes: &[u8], kind, size, corners| {
        let (clean, picture) = kept(name, bytes, &Limits::default());
        assert_eq!(clean.sent, kind, "{name}");
        assert_eq!((clean.width, clean.height), size, "{name}");
        check_corners(name, &picture, corners);
    };
    let small = (96, 64);
    check("jpeg", &jpeg_with(1), Kind::Jpeg, small, CORNERS);
    let grey = [[40; 3], [40; 3], [200; 3], [200; 3]];
    check("grey jpeg", &bitmap::grey_jpeg(), Kind::Jpeg, small, grey);
    let progressive = include_bytes!("../src/samples/fixtures/progressive.jpg");
    check("progressive jpeg", progressive, Kind::Jpeg, small, CORNERS);
    check("png", &png_with(1), Kind::Png, small, CORNERS);
    check(
        "interlaced png",
        &bitmap::interlaced_png(),
        Kind::Png,
        small,
        CORNERS,
    );
    check(
        "png with a palette",
        &bitmap::palette_png(),
        Kind::Png,
        small,
        CORNERS,
    );
    check(
        "png of 16 bits",
        &bitmap::deep_png(),
        Kind::Png,
        small,
        CORNERS,
    );
    check(
        "webp without loss",
        &webp::with(1),
        Kind::Webp,
        small,
        CORNERS,
    );
    let lossy = include_bytes!("../src/samples/fixtures/lossy.webp");
    check("webp", lossy, Kind::Webp, small, CORNERS);
    let animated = include_bytes!("../src/samples/fixtures/animated.webp");
    check(
        "animated webp: its first picture",
        animated,
        Kind::Webp,
        small,
        CORNERS,
    );
    let transparent = include_bytes!("../src/samples/fixtures/transparent.webp");
    check("transparent webp", transparent, Kind::Webp, small, CORNERS);
    check(
        "heic",
        &heic::File::plain().bytes(),
        Kind::Heic,
        (512, 512),
        CORNERS,
    );
}

#[test]
fn what_is_transparent_becomes_white() {
    let check = |name: &str, bytes: &[u8]| {
        let (_, picture) = kept(name, bytes, &Limits::default());
        check_pixel(name, &picture, (48, 32), [255; 3]);
    };
    check("png", &bitmap::deep_png());
    check(
        "webp",
        include_bytes!("../src/samples/fixtures/transparent.webp"),
    );
}

#[test]
fn photos_are_turned_upright() {
    let [red, green, blue, white] = CORNERS;
    // As the eight orientations of Exif are defined.
    let upright = [
        [red, green, blue, white],
        [green, red, white, blue],
        [white, blue, green, red],
        [blue, white, red, green],
        [red, blue, green, white],
        [blue, red, white, green],
        [white, green, blue, red],
        [green, white, red, blue],
    ];
    for (orientation, corners) in (1..).zip(upright) {
        let files = [
            ("jpeg", jpeg_with(orientation)),
            ("png", png_with(orientation)),
            ("webp", webp::with(orientation)),
        ];
        for (name, bytes) in files {
            let name = format!("{name} of orientation {orientation}");
            let (clean, picture) = kept(&name, &bytes, &Limits::default());
            let size = if orientation < 5 { (96, 64) } else { (64, 96) };
            assert_eq!((clean.width, clean.height), size, "{name}");
            check_corners(&name, &picture, corners);
        }
    }
}

#[test]
fn a_heic_is_turned_as_its_container_says_and_not_as_its_exif_says() {
    let [red, green, blue, white] = CORNERS;
    let check = |turns: &[(&'static [u8; 4], u8)], corners| {
        let mut file = heic::File::plain();
        file.turns = turns.to_vec();
        let (_, picture) = kept("heic", &file.bytes(), &Limits::default());
        check_corners(&format!("heic {turns:?}"), &picture, corners);
    };
    check(&[(b"irot", 0)], CORNERS);
    // Quarters against the clock.
    check(&[(b"irot", 1)], [green, white, red, blue]);
    check(&[(b"irot", 2)], [white, blue, green, red]);
    check(&[(b"irot", 3)], [blue, red, white, green]);
    // Left for right, and top for bottom.
    check(&[(b"imir", 0)], [green, red, white, blue]);
    check(&[(b"imir", 1)], [blue, white, red, green]);
    check(&[(b"irot", 1), (b"imir", 0)], [white, green, blue, red]);
}

#[test]
fn a_heic_of_tiles_is_put_together() {
    let file = heic::File::grid(2, 3);
    let (clean, picture) = kept("heic", &file.bytes(), &Limits::default());
    assert_eq!((clean.width, clean.height), (1280, 768));
    // Each tile has the four colours; the last ones are cut in the middle.
    let expected = |x: u32, y: u32| orders_evidence::samples::colour(x % 512, y % 512, 512, 512);
    for y in (64..768).step_by(128) {
        for x in (64..1280).step_by(128) {
            check_pixel("heic", &picture, (x, y), expected(x, y));
        }
    }
}

#[test]
fn large_photos_are_made_smaller_and_small_ones_stay() {
    let limits = Limits {
        long_side: 100,
        ..Limits::default()
    };
    let check = |name: &str, bytes: &[u8], size| {
        let (clean, picture) = kept(name, bytes, &limits);
        assert_eq!((clean.width, clean.height), size, "{name}");
        check_corners(name, &picture, CORNERS);
    };
    check("large jpeg", &bitmap::jpeg(900, 300), (100, 33));
    check("jpeg a little larger", &bitmap::jpeg(110, 80), (100, 73));
    check("high webp", &webp::lossless(200, 400), (50, 100));
    check("heic", &heic::File::plain().bytes(), (100, 100));
    check("png", &png_with(1), (96, 64));
    check("small jpeg", &bitmap::jpeg(32, 32), (32, 32));
}

#[test]
fn limits_are_kept() {
    let refusal = |bytes: &[u8], limits: Limits| {
        let result = clean(Cursor::new(bytes), Vec::new(), &limits);
        match result {
            Err(orders_evidence::CleanError::Refused(refusal)) => refusal.code(),
            other => panic!("{other:?}"),
        }
    };
    let jpeg = bitmap::jpeg(96, 64);
    let limits = Limits::default();
    let photo_bytes = jpeg.len() as u64 - 1;
    assert_eq!(
        refusal(
            &jpeg,
            Limits {
                photo_bytes,
                ..limits
            }
        ),
        "too_large"
    );
    let pixels = 96 * 64 - 1;
    for (name, bytes) in orders_evidence::samples::proper() {
        if !name.starts_with('m') {
            assert_eq!(
                refusal(&bytes, Limits { pixels, ..limits }),
                "too_many_pixels",
                "{name}"
            );
        }
    }
}
