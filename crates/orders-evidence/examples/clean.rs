//! Cleans files, and tells what became of each, how long it took and how much memory the process has had at most:
//! `cargo run --release -p orders-evidence --example clean -- FOLDER FILE…`.

use std::error::Error;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::Instant;

use orders_evidence::{Limits, clean};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args_os().skip(1).map(PathBuf::from);
    let folder = arguments.next().ok_or("where to?")?;
    for path in arguments {
        let begin = Instant::now();
        let name = path.file_name().ok_or("a folder")?.to_owned();
        let kept = Path::new(&folder).join(&name);
        let result = clean(File::open(&path)?, File::create(&kept)?, &Limits::default());
        let (told, kept_as) = match result {
            Ok(clean) => (format!("{clean:?}"), Some(clean.kept.extension())),
            Err(error) => (error.to_string(), None),
        };
        match kept_as {
            Some(extension) => fs::rename(&kept, kept.with_added_extension(extension))?,
            None => fs::remove_file(&kept)?,
        }
        println!("{name:?} {:?} {told}", begin.elapsed());
    }
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find(|line| line.starts_with("VmHWM"));
    println!("{}", peak.unwrap_or("memory: not told here"));
    Ok(())
}
