//! Shoppers' photos and videos: taken in piece by piece, cleaned, kept, and let go of when no case and no conversation has them.

mod cleaner;
mod files;
mod tidy;
mod upload;

use std::io;

use cleaner::Cleaner;
pub use files::{Bytes, Files};
pub use tidy::tidy;
pub use upload::{UploadError, limits, take_piece};

/// What uploads share.
#[derive(Debug)]
pub struct Evidence {
    /// Where the bytes are.
    pub files: Files,
    cleaner: Cleaner,
}

impl Evidence {
    /// Keeps its bytes in `files`.
    ///
    /// # Errors
    /// When the system has no thread to give.
    pub fn new(files: Files) -> io::Result<Self> {
        Ok(Self {
            files,
            cleaner: Cleaner::start()?,
        })
    }
}
