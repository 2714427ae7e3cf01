//! Files that are not what they say, end early, promise too much, or are two things at once.

mod boxes;
mod pictures;

use super::heic::boxed;
use super::proper;

/// What must become of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Kept, without what does not belong to the picture.
    Cleaned,
    /// Refused with this code.
    Refused(&'static str),
}

use Fate::Refused;
use boxes::{of_heic, of_mp4};
use pictures::{of_jpeg, of_png, of_webp};

const BROKEN: Fate = Refused("broken");
const UNKNOWN: Fate = Refused("unknown_type");
const TOO_MANY_PIXELS: Fate = Refused("too_many_pixels");
const NOT_SUPPORTED: Fate = Refused("not_supported");

const PAGE: &[u8] = b"<html><script>alert(document.cookie)</script></html>";
const ARCHIVE: &[u8] = b"PK\x03\x04\x14\0\0\0\0\0SECRET-31.2304N-121.4737E";
const PROGRAM: &[u8] = b"<?php system($_GET['c']); ?>";

type Files = Vec<(String, Vec<u8>, Fate)>;

/// All of them.
pub fn all() -> Files {
    let mut files = of_other_types();
    for part in [of_jpeg(), of_png(), of_webp(), of_heic(), of_mp4()] {
        files.extend(
            part.into_iter()
                .map(|(name, bytes, fate)| (name.to_owned(), bytes, fate)),
        );
    }
    // Half of a file is broken, whatever it is. (JPEG and PNG samples have their half within what hangs behind.)
    for (name, bytes) in proper() {
        let half = bytes.len() / 3;
        files.push((format!("a third of {name}"), bytes[..half].to_vec(), BROKEN));
    }
    files
}

fn of_other_types() -> Files {
    let gif =
        b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xFF\xFF\xFF,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;";
    let avif = boxed(b"ftyp", b"avif\0\0\0\0mif1avif");
    let sound = boxed(b"ftyp", b"M4A \0\0\0\0isom");
    let files: [(&str, &[u8]); 14] = [
        ("nothing", b""),
        ("a byte", b"\xFF"),
        ("words", b"the parcel was damaged"),
        ("gif called jpg", gif),
        ("html called jpg", PAGE),
        (
            "svg called png",
            b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        ),
        ("pdf", b"%PDF-1.7\n1 0 obj"),
        ("zip", ARCHIVE),
        ("tiff", b"II*\0\x08\0\0\0"),
        ("bmp", b"BM\x46\0\0\0\0\0\0\0\x36\0\0\0"),
        ("program", b"\x7FELF\x02\x01\x01"),
        ("avif", &avif),
        ("sound", &sound),
        ("wave", b"RIFF\x24\0\0\0WAVEfmt "),
    ];
    files
        .map(|(name, bytes)| (name.to_owned(), bytes.to_vec(), UNKNOWN))
        .into()
}
