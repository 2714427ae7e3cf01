//! Cleans one file at a time, always on the same thread.
//!
//! What a thread has freed, glibc's allocator keeps for it: up to a hundred megabytes after a large photo. Cleaning on
//! tokio's threads for blocking work, a different one each time, took twice the memory that it needs.

use std::fs::File;
use std::io::{self, BufWriter};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc;
use std::thread;

use orders_evidence::{Clean, CleanError, clean};
use tokio::sync::{Semaphore, SemaphorePermit, oneshot};

use super::upload::limits;

/// What became of a file, and what is safe to keep of it: in a file without a name.
type Cleaned = Result<(Clean, File), CleanError>;

/// The thread, and the turns on it.
#[derive(Debug)]
pub struct Cleaner {
    files: mpsc::Sender<(File, oneshot::Sender<Cleaned>)>,
    turns: Semaphore,
}

impl Cleaner {
    /// Starts the thread; it ends when this is dropped.
    ///
    /// # Errors
    /// When the system has no thread to give.
    pub fn start() -> io::Result<Self> {
        let (files, received) = mpsc::channel::<(File, oneshot::Sender<Cleaned>)>();
        let work = move || {
            for (file, answer) in received {
                let cleaned = catch_unwind(AssertUnwindSafe(|| clean_file(file)));
                let panicked = |_| Err(CleanError::Io(io::Error::other("cleaning panicked")));
                // Whoever asked may be gone.
                let _ = answer.send(cleaned.unwrap_or_else(panicked));
            }
        };
        thread::Builder::new()
            .name("cleaning".to_owned())
            .spawn(work)?;
        Ok(Self {
            files,
            turns: Semaphore::new(1),
        })
    }

    /// Waits until it is one's turn: only then is a file put together.
    ///
    /// # Errors
    /// Never while the server runs.
    pub async fn turn(&self) -> io::Result<SemaphorePermit<'_>> {
        self.turns.acquire().await.map_err(io::Error::other)
    }

    /// Cleans `file`.
    ///
    /// # Errors
    /// As [`clean`], and [`CleanError::Io`] when the thread is gone.
    pub async fn clean(&self, file: File) -> Cleaned {
        let gone = || CleanError::Io(io::Error::other("nobody cleans any more"));
        let (answer, cleaned) = oneshot::channel();
        self.files.send((file, answer)).map_err(|_| gone())?;
        cleaned.await.map_err(|_| gone())?
    }
}

fn clean_file(mut whole: File) -> Cleaned {
    let kept = tempfile::tempfile().map_err(CleanError::Io)?;
    let cleaned = clean(&mut whole, BufWriter::new(&kept), &limits())?;
    Ok((cleaned, kept))
}
