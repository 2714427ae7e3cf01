//! The boxes of which MP4 and HEIC files are made: read with every length checked, written with lengths that are right.

use crate::refusal::Refusal;

const BROKEN: Refusal = Refusal::Broken("a box does not fit its parent");

/// A box within another one.
#[derive(Clone, Copy, Debug)]
pub struct Child<'a> {
    /// Its four letters.
    pub name: [u8; 4],
    /// What is in it, without its header.
    pub body: &'a [u8],
}

/// The boxes of which `body` consists.
pub struct Children<'a>(&'a [u8]);

/// Reads `body` as a sequence of boxes. Each one must end within it.
pub const fn children(body: &[u8]) -> Children<'_> {
    Children(body)
}

impl<'a> Children<'a> {
    fn take(&mut self) -> Result<Child<'a>, Refusal> {
        let mut fields = Fields(self.0);
        let short = fields.u32()?;
        let name = fields.array()?;
        let (header, size) = match short {
            // To the end of the file; within another box that means nothing.
            0 => return Err(BROKEN),
            1 => (16, fields.u64()?),
            _ => (8, short.into()),
        };
        let size = usize::try_from(size).map_err(|_| BROKEN)?;
        let (whole, rest) = self.0.split_at_checked(size).ok_or(BROKEN)?;
        let body = whole.get(header..).ok_or(BROKEN)?;
        self.0 = rest;
        Ok(Child { name, body })
    }
}

impl<'a> Iterator for Children<'a> {
    type Item = Result<Child<'a>, Refusal>;

    fn next(&mut self) -> Option<Self::Item> {
        // QuickTime ends some lists with four zeros.
        if self.0.is_empty() || self.0 == [0; 4] {
            return None;
        }
        let child = self.take();
        if child.is_err() {
            self.0 = &[];
        }
        Some(child)
    }
}

/// The box `name` within `body`, if there is one; two of them would leave open which one counts.
///
/// # Errors
/// [`Refusal::Broken`].
pub fn optional<'a>(body: &'a [u8], name: &[u8; 4]) -> Result<Option<&'a [u8]>, Refusal> {
    let mut found = None;
    for child in children(body) {
        let child = child?;
        if &child.name == name && found.replace(child.body).is_some() {
            return Err(Refusal::Broken("a box is there twice"));
        }
    }
    Ok(found)
}

/// The box `name` within `body`.
///
/// # Errors
/// [`Refusal::Broken`], also when it is missing.
pub fn required<'a>(body: &'a [u8], name: &[u8; 4]) -> Result<&'a [u8], Refusal> {
    optional(body, name)?.ok_or(Refusal::Broken("a box is missing"))
}

/// What is left to read of a box, field by field. All numbers begin with their highest byte.
#[derive(Clone, Copy, Debug)]
pub struct Fields<'a>(pub &'a [u8]);

impl<'a> Fields<'a> {
    /// The next bytes.
    ///
    /// # Errors
    /// As of all methods: [`Refusal::Broken`] when there are not so many.
    pub fn bytes(&mut self, length: usize) -> Result<&'a [u8], Refusal> {
        let (bytes, rest) = self.0.split_at_checked(length).ok_or(BROKEN)?;
        self.0 = rest;
        Ok(bytes)
    }

    /// The next bytes, of which it is known how many.
    pub fn array<const N: usize>(&mut self) -> Result<[u8; N], Refusal> {
        let (bytes, rest) = self.0.split_first_chunk().ok_or(BROKEN)?;
        self.0 = rest;
        Ok(*bytes)
    }

    /// A byte.
    pub fn u8(&mut self) -> Result<u8, Refusal> {
        self.array().map(u8::from_be_bytes)
    }

    /// Two bytes.
    pub fn u16(&mut self) -> Result<u16, Refusal> {
        self.array().map(u16::from_be_bytes)
    }

    /// Four bytes.
    pub fn u32(&mut self) -> Result<u32, Refusal> {
        self.array().map(u32::from_be_bytes)
    }

    /// Eight bytes.
    pub fn u64(&mut self) -> Result<u64, Refusal> {
        self.array().map(u64::from_be_bytes)
    }

    /// A number of four bytes, or in version 1 of a box, of eight.
    pub fn wide(&mut self, version: u8) -> Result<u64, Refusal> {
        if version == 1 {
            self.u64()
        } else {
            self.u32().map(u64::from)
        }
    }

    /// What many boxes begin with: their version, and flags in three bytes. Only versions 0 and 1 are known.
    pub fn version(&mut self) -> Result<(u8, u32), Refusal> {
        let word = self.u32()?;
        match word >> 24 {
            version @ (0 | 1) => Ok((u8::from(version == 1), word & 0xFF_FFFF)),
            _ => Err(Refusal::NotSupported("a box of a newer version")),
        }
    }

    /// A table: how many entries, and then these, of `N` bytes each. There must be as many bytes before room is made.
    pub fn table<const N: usize>(&mut self) -> Result<&'a [[u8; N]], Refusal> {
        let count = usize::try_from(self.u32()?).map_err(|_| BROKEN)?;
        let length = count.checked_mul(N).ok_or(BROKEN)?;
        Ok(self.bytes(length)?.as_chunks().0)
    }
}

/// Appends a box to `out`, with what `body` appends in it.
pub fn write(out: &mut Vec<u8>, name: &[u8; 4], body: impl FnOnce(&mut Vec<u8>)) {
    let at = out.len();
    out.extend([0; 4]);
    out.extend(name);
    body(out);
    // A box of the tables is smaller than the file that it comes from.
    let size = u32::try_from(out.len() - at).unwrap_or(u32::MAX);
    if let Some(place) = out.get_mut(at..at + 4) {
        place.copy_from_slice(&size.to_be_bytes());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boxes_must_fit_their_parent() {
        let names = |bytes: &[u8]| -> Result<Vec<[u8; 4]>, Refusal> {
            children(bytes)
                .map(|child| child.map(|child| child.name))
                .collect()
        };
        assert_eq!(names(b""), Ok(vec![]));
        assert_eq!(
            names(b"\0\0\0\x08free\0\0\0\x09skip."),
            Ok(vec![*b"free", *b"skip"])
        );
        assert_eq!(names(b"\0\0\0\x08free\0\0\0\0"), Ok(vec![*b"free"]));
        assert_eq!(
            names(b"\0\0\0\x01free\0\0\0\0\0\0\0\x10"),
            Ok(vec![*b"free"])
        );

        assert!(names(b"\0\0\0\x09free").is_err());
        assert!(names(b"\0\0\0\x07free").is_err());
        assert!(names(b"\0\0\0\0free").is_err());
        assert!(names(b"\0\0\0\x08fre").is_err());
        assert!(names(b"\0\0\0\x01free\0\0\0\0\0\0\0\x0F").is_err());
        assert!(names(b"\0\0\0\x01free\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF").is_err());
    }

    #[test]
    fn a_table_must_be_as_long_as_it_says() {
        assert_eq!(
            Fields(b"\0\0\0\x02aabb").table::<2>().map(<[_]>::len),
            Ok(2)
        );
        assert!(Fields(b"\0\0\0\x03aabb").table::<2>().is_err());
        assert!(Fields(b"\xFF\xFF\xFF\xFFaabb").table::<8>().is_err());
    }
}
