//! How much may be decoded: pixels, and the memory that a decoder takes for them.

use crate::refusal::Refusal;

/// Memory for one photo while it is decoded, in bytes. With what is kept of it (20 MB) and the server around it (40 MB), it
/// stays below the 150 MB that there are.
const MEMORY: u64 = 85_000_000;

/// The longest side that is taken, in pixels: above the widest panoramas.
const LONGEST_SIDE: u32 = 20_000;

/// Refuses a picture without pixels, and one with too many.
///
/// # Errors
/// [`Refusal::Broken`], [`Refusal::TooManyPixels`].
pub fn check_size(width: u32, height: u32, pixels: u64) -> Result<(), Refusal> {
    if width == 0 || height == 0 {
        return Err(Refusal::Broken("it has no pixels"));
    }
    let too_long = width.max(height) > LONGEST_SIDE;
    if too_long || u64::from(width) * u64::from(height) > pixels {
        return Err(Refusal::TooManyPixels);
    }
    Ok(())
}

/// Whether a decoder may take so many bytes.
pub const fn has(bytes: u64) -> bool {
    bytes <= MEMORY
}

/// Refuses what would take more memory than there is for it.
///
/// # Errors
/// [`Refusal::TooManyPixels`].
pub const fn check(bytes: u64) -> Result<(), Refusal> {
    if has(bytes) {
        Ok(())
    } else {
        Err(Refusal::TooManyPixels)
    }
}
