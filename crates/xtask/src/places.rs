//! Where things are: the project, its tools, and the cache that fresh clones share.

use std::path::{Path, PathBuf};

/// The project's root folder.
pub fn root() -> PathBuf {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    own.ancestors().nth(2).unwrap_or(own).to_path_buf()
}

/// The npm tools of the build.
pub fn asset_tools() -> PathBuf {
    root().join("crates/xtask/tools")
}

/// The folder of one installed tool: `${XDG_CACHE_HOME:-~/.cache}/tepai/NAME-VERSION`.
pub fn cached(name: &str, version: &str) -> PathBuf {
    cache_home().join("tepai").join(format!("{name}-{version}"))
}

fn cache_home() -> PathBuf {
    match std::env::var_os("XDG_CACHE_HOME").filter(|dir| !dir.is_empty()) {
        Some(dir) => PathBuf::from(dir),
        None => home().join(".cache"),
    }
}

/// Cargo's own folder, where the sources of dependencies are unpacked.
pub fn cargo_home() -> PathBuf {
    std::env::var_os("CARGO_HOME").map_or_else(|| home().join(".cargo"), PathBuf::from)
}

fn home() -> PathBuf {
    std::env::var_os("HOME").map_or_else(std::env::temp_dir, PathBuf::from)
}

/// The first of these commands that is on `PATH`.
pub fn on_path(names: &[&str]) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    names.iter().find_map(|name| {
        folders
            .iter()
            .map(|dir| dir.join(name))
            .find(|file| file.is_file())
    })
}
