//! How much memory it takes at most: all kinds of files, among them the largest that are taken, one after the other.

use std::fs::{self, File};
use std::io::BufWriter;
use std::time::Instant;

use orders_evidence::samples::{broken, large, proper};
use orders_evidence::{CleanError, Limits, clean};

/// What the process may take, in bytes.
const MOST: u64 = 150_000_000;

/// The most memory that this process has had so far, in bytes; `None` where the system does not tell.
fn peak() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kibibytes: u64 = line.trim().strip_suffix(" kB")?.trim().parse().ok()?;
    Some(kibibytes * 1024)
}

// The only test of this program, so that the memory is its own.
#[test]
fn two_hundred_megabytes_are_cleaned_within_a_hundred_and_fifty_of_memory() {
    let folder = std::env::temp_dir().join(format!("tepai-evidence-{}", std::process::id()));
    fs::create_dir_all(&folder).expect("a folder");
    let mut paths = large::write(&folder);
    let small = proper()
        .into_iter()
        .map(|(name, bytes)| (name.to_owned(), bytes));
    let malformed = broken::all()
        .into_iter()
        .map(|(name, bytes, _)| (name, bytes));
    for (at, (_, bytes)) in small.chain(malformed).enumerate() {
        paths.push(folder.join(format!("small-{at}")));
        fs::write(&paths[paths.len() - 1], bytes).expect("a file");
    }
    let before = peak();

    let mut valid = 0;
    let (mut kept, mut refused) = (0, 0);
    for path in &paths {
        let begin = Instant::now();
        let input = File::open(path).expect("a file");
        let length = input.metadata().expect("a file").len();
        let output = File::create(folder.join("kept")).expect("a file");
        let result = clean(input, BufWriter::new(output), &Limits::default());
        let is_large = !path.to_string_lossy().contains("small-");
        match result {
            Ok(_) => kept += 1,
            Err(CleanError::Refused(_)) if !is_large => refused += 1,
            Err(error) => panic!("{path:?}: {error}"),
        }
        if is_large {
            valid += length;
            println!(
                "{path:?}: {length} bytes in {:?}; peak {:?}",
                begin.elapsed(),
                peak()
            );
        }
    }
    fs::remove_dir_all(&folder).expect("the folder");
    println!(
        "{kept} kept, {refused} refused, {valid} bytes; peak {before:?} before, {:?} after",
        peak()
    );
    assert!(valid >= 200_000_000, "{valid} bytes are too few");
    assert!(refused >= 50, "{refused} are too few");
    assert!(
        peak().is_none_or(|peak| peak < MOST),
        "{:?} bytes of memory",
        peak()
    );
}
