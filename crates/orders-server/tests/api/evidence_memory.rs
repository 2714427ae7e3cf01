//! How much memory the program takes for uploads: thirty megabytes of valid files and every malformed one, through HTTP.
//! `cargo xtask bench evidence` does so with two hundred.

use std::fs;
use std::path::Path;

use orders_evidence::samples::{FORBIDDEN, broken, has, large, proper};

use crate::evidence::{file, path, send};
use crate::program::Program;
use crate::world::World;

/// What it may take, in bytes, its code included, which grows with what the program can do and is not optimised here.
const MOST: u64 = 165_000_000;

/// The valid ones, with their names: a photo of 48 megapixels, a noisy one, a video; and a small one of each kind.
fn valid(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let path = |name: &str| folder.join(name);
    large::write_jpeg(&path("large.jpg"), (8064, 6048), 24, 80);
    large::write_jpeg(&path("noisy.jpg"), (4032, 3024), 120, 95);
    large::write_video(&path("video.mp4"), 15);
    let large = ["large.jpg", "noisy.jpg", "video.mp4"]
        .map(|name| (name.to_owned(), fs::read(path(name)).expect("the file")));
    let small = proper()
        .into_iter()
        .map(|(name, bytes)| (name.to_owned(), bytes));
    large.into_iter().chain(small).collect()
}

#[tokio::test]
async fn uploads_of_every_kind_leave_the_program_within_its_memory() {
    let mut world = World::with(&[]).await;
    let program = Program::instead_of(&mut world, &[]).await;
    let lin = world.lin().await;

    let valid = valid(world.folder.path());
    let bytes: usize = valid.iter().map(|(_, bytes)| bytes.len()).sum();
    assert!(bytes >= 30_000_000, "{bytes} bytes are too few");
    let valid = valid
        .into_iter()
        .map(|(name, bytes)| (name, bytes, broken::Fate::Cleaned));
    for (name, bytes, fate) in valid.chain(broken::all()) {
        // Of nothing there is no upload.
        if bytes.is_empty() {
            continue;
        }
        let upload = send(&lin, &bytes, 512 * 1024).await;
        match fate {
            broken::Fate::Refused(code) => assert_eq!(upload["refusal"], code, "{name}: {upload}"),
            broken::Fate::Cleaned => {
                assert_eq!(upload["state"], "ready", "{name}: {upload}");
                let kept = file(&lin, &upload).await;
                let clean = FORBIDDEN.iter().all(|part| !has(&kept, part));
                assert!(clean, "{name}");
            }
        }
        assert_eq!(lin.delete(&path(&upload)).await.status, 204, "{name}");
        let peak = program.peak_memory();
        assert!(peak <= MOST, "{peak} bytes of memory after {name}");
    }
}
