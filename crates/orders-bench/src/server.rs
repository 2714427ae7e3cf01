//! The server under test, as a process of its own.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use tempfile::TempDir;

use crate::Outcome;

/// A running server; stopped when it is dropped.
pub struct Server {
    child: Child,
    /// `http://HOST:PORT`.
    pub origin: String,
    /// What shoppers send in.
    pub folder: TempDir,
}

impl Server {
    /// Starts `binary` on the database at `url`, on a free port.
    pub fn start(binary: &Path, url: &str) -> Outcome<Self> {
        let folder = tempfile::tempdir()?;
        let mut child = Command::new(binary)
            .arg("serve")
            .env("TEPAI_LISTEN", "127.0.0.1:0")
            .env("TEPAI_DATABASE_URL", url)
            .env("TEPAI_EVIDENCE", folder.path())
            .env_remove("TEPAI_DEMO")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let stdout = child.stdout.take().ok_or("the server has no output")?;
        let mut first = String::new();
        BufReader::new(stdout).read_line(&mut first)?;
        let origin = first
            .trim()
            .strip_prefix("listening on ")
            .ok_or("the server did not start")?
            .to_owned();
        Ok(Self {
            child,
            origin,
            folder,
        })
    }
}

impl Server {
    /// The most memory that it has had so far, in bytes.
    pub fn peak_memory(&self) -> Outcome<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let line = status
            .lines()
            .find_map(|line| line.strip_prefix("VmHWM:"))
            .ok_or("the system does not tell how much memory it has had")?;
        let kibibytes: u64 = line.trim().trim_end_matches(" kB").parse()?;
        Ok(kibibytes * 1024)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It has nothing to save: the database is its own.
        let _killed = self.child.kill();
        let _ended = self.child.wait();
    }
}
