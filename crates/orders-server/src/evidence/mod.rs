//! Shoppers' photos and videos: taken in piece by piece, cleaned, kept, and let go of when no case has them.

mod files;
mod tidy;
mod upload;

use tokio::sync::Semaphore;

pub use files::{Bytes, Files};
pub use tidy::tidy;
pub use upload::{UploadError, give_up, limits, take_piece};

/// What uploads share.
#[derive(Debug)]
pub struct Evidence {
    /// Where the bytes are.
    pub files: Files,
    /// Cleaning takes up to 130 MB: one file at a time.
    cleaning: Semaphore,
}

impl Evidence {
    /// Keeps its bytes in `files`.
    pub fn new(files: Files) -> Self {
        Self {
            files,
            cleaning: Semaphore::new(1),
        }
    }
}
