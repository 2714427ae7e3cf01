//! A picture that comes row by row, made smaller on the way, so that it never is in memory at its full size.

use image::RgbImage;

/// Takes the rows of a picture from top to bottom, and keeps each pixel's share of the smaller picture.
///
/// Every pixel of the result is the mean of the area that it covers. Numbers are whole: a row is `source` long in
/// units of which a pixel of the source is `target`, and a pixel of the target `source` long.
pub struct Shrink {
    across: Axis,
    down: Axis,
    rows: usize,
    /// The row at hand, each pixel summed up across.
    line: Vec<u32>,
    /// The row of the result that is being summed up.
    sums: Vec<u64>,
    pixels: Vec<u8>,
}

struct Axis {
    source: usize,
    target: usize,
}

impl Axis {
    /// Where the pixel `at` of the source goes: to which of the target, with which part of its length, and which part
    /// goes to the next one.
    fn share(&self, at: usize) -> (usize, usize, usize) {
        let begin = at * self.target;
        let to = begin / self.source;
        let here = ((to + 1) * self.source - begin).min(self.target);
        (to, here, self.target - here)
    }
}

/// Width and height such that none is above `long_side`, in the same proportion; never larger than before.
pub fn fitting(width: u32, height: u32, long_side: u32) -> (u32, u32) {
    let long = width.max(height);
    if long <= long_side {
        return (width, height);
    }
    let scaled = |side: u32| {
        let rounded =
            (u64::from(side) * u64::from(long_side) + u64::from(long) / 2) / u64::from(long);
        u32::try_from(rounded).unwrap_or(long_side).max(1)
    };
    (scaled(width), scaled(height))
}

impl Shrink {
    /// For a picture of `width` times `height` pixels, whose longer side becomes `long_side` if it is longer.
    pub fn new(width: u32, height: u32, long_side: u32) -> Self {
        Self::to((width, height), fitting(width, height, long_side))
    }

    /// For a picture of one size, which becomes another that is nowhere larger: width and height in pixels.
    pub fn to((width, height): (u32, u32), (to_width, to_height): (u32, u32)) -> Self {
        let axis = |source: u32, target: u32| Axis {
            source: source as usize,
            target: target as usize,
        };
        let (across, down) = (axis(width, to_width), axis(height, to_height));
        Self {
            rows: 0,
            line: vec![0; across.target * 3],
            sums: vec![0; across.target * 3],
            pixels: Vec::with_capacity(across.target * down.target * 3),
            across,
            down,
        }
    }

    /// Takes the next row, three bytes for each pixel. Rows beyond the height count for nothing.
    pub fn push(&mut self, row: &[u8]) {
        if self.rows >= self.down.source {
            return;
        }
        let at = self.rows;
        self.rows += 1;
        if self.across.source == self.across.target && self.down.source == self.down.target {
            self.pixels.extend_from_slice(row);
            return;
        }
        self.line.fill(0);
        for (at, pixel) in row
            .as_chunks::<3>()
            .0
            .iter()
            .take(self.across.source)
            .enumerate()
        {
            let (to, here, next) = self.across.share(at);
            add(&mut self.line, to, pixel, here);
            if next > 0 {
                add(&mut self.line, to + 1, pixel, next);
            }
        }
        let (to, here, next) = self.down.share(at);
        for (sum, part) in self.sums.iter_mut().zip(&self.line) {
            *sum += u64::from(*part) * here as u64;
        }
        let is_full = (at + 1) * self.down.target >= (to + 1) * self.down.source;
        if is_full {
            let whole = (self.across.source * self.down.source) as u64;
            for (sum, part) in self.sums.iter_mut().zip(&self.line) {
                let mean = (*sum + whole / 2) / whole;
                self.pixels.push(u8::try_from(mean).unwrap_or(u8::MAX));
                *sum = u64::from(*part) * next as u64;
            }
        }
    }

    /// The smaller picture; `None` when rows are missing.
    pub fn finish(self) -> Option<RgbImage> {
        let width = u32::try_from(self.across.target).ok()?;
        let height = u32::try_from(self.down.target).ok()?;
        RgbImage::from_vec(width, height, self.pixels)
    }
}

fn add(line: &mut [u32], at: usize, pixel: &[u8; 3], weight: usize) {
    let weight = u32::try_from(weight).unwrap_or(u32::MAX);
    if let Some(sums) = line.get_mut(at * 3..at * 3 + 3) {
        for (sum, value) in sums.iter_mut().zip(pixel) {
            *sum += u32::from(*value) * weight;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_only_ever_made_smaller() {
        assert_eq!(fitting(64, 32, 2560), (64, 32));
        assert_eq!(fitting(8000, 6000, 2560), (2560, 1920));
        assert_eq!(fitting(6000, 8000, 2560), (1920, 2560));
        assert_eq!(fitting(16384, 1, 2560), (2560, 1));
    }

    #[test]
    fn each_pixel_is_the_mean_of_its_area() {
        let check = |size: (u32, u32), long_side, expected: &[u8]| {
            let mut shrink = Shrink::new(size.0, size.1, long_side);
            let mut grey = (0..size.0 * size.1).map(|at| (at * 10) as u8);
            for _ in 0..size.1 {
                let row: Vec<u8> = grey
                    .by_ref()
                    .take(size.0 as usize)
                    .flat_map(|v| [v; 3])
                    .collect();
                shrink.push(&row);
            }
            let picture = shrink.finish().expect("all rows");
            let first: Vec<u8> = picture.pixels().map(|pixel| pixel[0]).collect();
            assert_eq!(first, expected);
        };
        check((2, 2), 2, &[0, 10, 20, 30]);
        check((4, 2), 2, &[25, 45]);
        // Three pixels to two: the middle one is shared.
        check((3, 1), 2, &[3, 17]);
        check((1, 3), 2, &[3, 17]);
    }

    #[test]
    fn a_picture_with_rows_missing_is_none() {
        let mut shrink = Shrink::new(8, 8, 4);
        for _ in 0..7 {
            shrink.push(&[1; 24]);
        }
        assert!(shrink.finish().is_none());
    }
}
