//! What a file is, by its first bytes.

/// A kind of file that shoppers may send.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// JPEG.
    Jpeg,
    /// PNG.
    Png,
    /// WebP.
    Webp,
    /// HEIC: a picture coded as HEVC, as iPhones take it.
    Heic,
    /// A video in MP4, or in QuickTime's older form of the same, as iPhones take it.
    Mp4,
}

/// Brands of pictures coded as HEVC. `mif1` and `msf1` say only that it is a picture: one of these must stand beside it.
const HEVC_PICTURES: [&[u8; 4]; 4] = [b"heic", b"heix", b"heim", b"heis"];

/// Brands of videos: MP4 by its versions and profiles, telephones' 3GP, QuickTime.
const VIDEOS: [&[u8; 4]; 21] = [
    b"isom", b"iso2", b"iso3", b"iso4", b"iso5", b"iso6", b"iso7", b"iso8", b"iso9", b"mp41",
    b"mp42", b"avc1", b"M4V ", b"M4VH", b"M4VP", b"MSNV", b"3gp4", b"3gp5", b"3gp6", b"3g2a",
    b"qt  ",
];

impl Kind {
    /// How much of a file's beginning [`Kind::of`] looks at, in bytes.
    pub const HEAD: usize = 256;

    /// The kind of a file that begins with `head`; `None` for everything that is not taken.
    ///
    /// Only the content decides. A file that is two things at once is what it begins as: the rest is not kept.
    pub fn of(head: &[u8]) -> Option<Self> {
        if head.starts_with(&[0xFF, 0xD8, 0xFF]) {
            return Some(Self::Jpeg);
        }
        if head.starts_with(b"\x89PNG\r\n\x1a\n") {
            return Some(Self::Png);
        }
        if head.starts_with(b"RIFF") && head.get(8..12) == Some(b"WEBP") {
            return Some(Self::Webp);
        }
        Self::of_brands(head)
    }

    /// By the brands of an ISO-BMFF file: the size of the `ftyp` box, its name, major brand, version, other brands.
    fn of_brands(head: &[u8]) -> Option<Self> {
        let (size, rest) = head.split_first_chunk::<4>()?;
        let brands = rest.strip_prefix(b"ftyp")?;
        let major = brands.first_chunk::<4>()?;
        let size = usize::try_from(u32::from_be_bytes(*size)).ok()?;
        let others = head.get(16..size.min(head.len())).unwrap_or_default();
        let others = || others.as_chunks::<4>().0.iter();

        if VIDEOS.contains(&major) {
            return Some(Self::Mp4);
        }
        let picture =
            [b"mif1", b"msf1"].contains(&major) && !others().any(|brand| brand == b"avif");
        let hevc = |brand: &[u8; 4]| HEVC_PICTURES.contains(&brand);
        (hevc(major) || (picture && others().any(hevc))).then_some(Self::Heic)
    }

    /// Whether it is a video.
    pub const fn is_video(self) -> bool {
        matches!(self, Self::Mp4)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_is_known_by_content() {
        let check = |head: &[u8], kind| assert_eq!(Kind::of(head), kind, "{head:?}");
        check(b"\xFF\xD8\xFF\xE0....JFIF", Some(Kind::Jpeg));
        check(b"\x89PNG\r\n\x1a\n", Some(Kind::Png));
        check(b"RIFF\0\0\0\0WEBPVP8 ", Some(Kind::Webp));
        check(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", Some(Kind::Heic));
        check(b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic", Some(Kind::Heic));
        check(b"\0\0\0\x14ftypqt  \0\0\0\0qt  ", Some(Kind::Mp4));
        check(b"\0\0\0\x10ftypisom\0\0\x02\0", Some(Kind::Mp4));

        check(b"\0\0\0\x18ftypmif1\0\0\0\0mif1avif", None);
        check(b"\0\0\0\x18ftypavif\0\0\0\0mif1heic", None);
        // A brand behind the box counts for nothing.
        check(b"\0\0\0\x14ftypmif1\0\0\0\0mif1heic", None);
        check(b"\0\0\0\x10ftypM4A \0\0\0\0", None);
        check(b"\0\0\0\x08ftyp", None);
        check(b"RIFF\0\0\0\0WAVE", None);
        check(b"GIF89a", None);
        check(b"<!DOCTYPE html>", None);
        check(b"<svg xmlns='http://www.w3.org/2000/svg'/>", None);
        check(b"%PDF-1.7", None);
        check(b"PK\x03\x04", None);
        check(b"II*\0", None);
        check(b"", None);
    }
}
