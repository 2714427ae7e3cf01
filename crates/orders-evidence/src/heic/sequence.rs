//! What a picture's parameters say about the size that is coded, before it is cut to the size that is shown.

/// A unit of this type has the parameters of a sequence.
const SEQUENCE: u8 = 33;

/// What is coded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Coded {
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
    /// Whether there are more colours than one for four pixels.
    pub full_colours: bool,
}

/// The most that any of the parameter sets asks for; `None` when one is unreadable, or there is none.
pub fn most(sets: &[&[u8]]) -> Option<Coded> {
    let of_sequence = |set: &&&[u8]| set.first().is_some_and(|head| head >> 1 & 63 == SEQUENCE);
    let coded = sets.iter().filter(of_sequence).map(|set| coded(set));
    let coded: Option<Vec<_>> = coded.collect();
    coded?.into_iter().reduce(|a, b| Coded {
        width: a.width.max(b.width),
        height: a.height.max(b.height),
        full_colours: a.full_colours || b.full_colours,
    })
}

/// Reads a sequence's parameters up to its size (ITU-T H.265, 7.3.2.2).
fn coded(set: &[u8]) -> Option<Coded> {
    let mut bits = Bits::new(set.get(2..)?);
    bits.read(4)?;
    let further_layers = bits.read(3)?;
    bits.read(1)?;
    // Profile, tier and level, and then those of the further layers, of which two bits each say whether they are there.
    bits.skip(96)?;
    if further_layers > 0 {
        let mut length = 0;
        for layer in 0..8 {
            let (profile, level) = (bits.read(1)?, bits.read(1)?);
            if layer < further_layers {
                length += profile * 88 + level * 8;
            }
        }
        bits.skip(length)?;
    }
    bits.number()?;
    let colours = bits.number()?;
    if colours == 3 {
        bits.read(1)?;
    }
    Some(Coded {
        width: bits.number()?,
        height: bits.number()?,
        full_colours: colours > 1,
    })
}

/// Bits of a unit, without the bytes that are put in so that it does not look like a start code.
struct Bits<'a> {
    bytes: &'a [u8],
    zeros: u32,
    byte: u8,
    left: u32,
}

impl<'a> Bits<'a> {
    const fn new(bytes: &'a [u8]) -> Self {
        Self {
            bytes,
            zeros: 0,
            byte: 0,
            left: 0,
        }
    }

    fn bit(&mut self) -> Option<u32> {
        if self.left == 0 {
            let (mut byte, mut rest) = self.bytes.split_first()?;
            if self.zeros >= 2 && *byte == 3 {
                self.zeros = 0;
                (byte, rest) = rest.split_first()?;
            }
            self.zeros = if *byte == 0 { self.zeros + 1 } else { 0 };
            self.bytes = rest;
            self.byte = *byte;
            self.left = 8;
        }
        self.left -= 1;
        Some(u32::from(self.byte >> self.left & 1))
    }

    fn read(&mut self, count: u32) -> Option<u32> {
        (0..count).try_fold(0, |value, _| Some(value << 1 | self.bit()?))
    }

    fn skip(&mut self, count: u32) -> Option<()> {
        (0..count).try_for_each(|_| self.bit().map(|_| ()))
    }

    /// A number of which the leading zeros tell how many bits it has. Above 65535 there is none in a picture.
    fn number(&mut self) -> Option<u32> {
        let mut zeros = 0;
        while self.bit()? == 0 {
            zeros += 1;
            if zeros > 16 {
                return None;
            }
        }
        Some((1 << zeros | self.read(zeros)?) - 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_coded_size_is_read() {
        // Of `src/samples/fixtures/quadrants.heic`.
        let set = [
            0x42, 0x01, 0x01, 0x03, 0x70, 0x00, 0x00, 0x03, 0x00, 0x90, 0x00, 0x00, 0x03, 0x00,
            0x00, 0x03, 0x00, 0x5A, 0xA0, 0x04, 0x02, 0x00, 0x80, 0x59, 0x6E, 0xA4, 0x92, 0x9A,
        ];
        let coded = Coded {
            width: 512,
            height: 512,
            full_colours: false,
        };
        assert_eq!(most(&[&set]), Some(coded));
        assert_eq!(most(&[&set, &set[..19]]), None);
        assert_eq!(most(&[&[0x44, 1]]), None);
    }
}
