//! Whether dist/ and dist-staff/ still are what their sources say. Building them again would also make the server
//! compile again.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crate::places::root;
use crate::process::Failure;

/// An application that is built into a folder of its own.
pub struct Web {
    name: &'static str,
    /// The folder.
    pub dist: &'static str,
    /// Everything that ends up there, or decides how.
    sources: &'static [&'static str],
}

/// What shoppers get.
pub const STOREFRONT: Web = Web {
    name: "storefront",
    dist: "dist",
    sources: &[
        "Cargo.toml",
        "Cargo.lock",
        "Trunk.toml",
        "index.html",
        "src",
        "style",
        "public",
        "crates/orders-api",
        "crates/orders-domain",
        "crates/xtask/tools",
    ],
};

/// What the staff get.
pub const CONSOLE: Web = Web {
    name: "console",
    dist: "dist-staff",
    sources: &[
        "Cargo.toml",
        "Cargo.lock",
        "src",
        "style",
        "crates/console",
        "crates/orders-api",
        "crates/orders-domain",
        "crates/xtask/tools",
    ],
};

/// A build that has begun.
pub struct Started<'a> {
    web: &'a Web,
    marker: PathBuf,
}

impl Web {
    /// True when its folder was built by this toolchain, by nobody else since, and no source is newer than that build's
    /// start.
    pub fn is_current(&self, toolchain: &str) -> bool {
        let Some(start) = modified(&self.stamp()) else {
            return false;
        };
        let recorded = fs::read_to_string(self.stamp()).unwrap_or_default();
        recorded == self.record(toolchain)
            && self
                .sources
                .iter()
                .all(|source| !has_newer(&root().join(source), start))
    }

    /// Remembers when a build began: what changes while it runs may or may not be in it.
    pub fn start(&self) -> Result<Started<'_>, Failure> {
        let _ = fs::remove_file(self.stamp());
        let marker = root().join(format!("target/{}-begun", self.name));
        fs::create_dir_all(root().join("target"))?;
        fs::write(&marker, "")?;
        Ok(Started { web: self, marker })
    }

    fn stamp(&self) -> PathBuf {
        root().join(format!("target/{}-built", self.name))
    }

    /// Who built, and the page's own time, which `trunk serve` changes when it puts its debug build there.
    fn record(&self, toolchain: &str) -> String {
        let page = root().join(self.dist).join("index.html");
        format!("{toolchain}\n{:?}\n", modified(&page))
    }
}

impl Started<'_> {
    /// The build is complete.
    pub fn finished(self, toolchain: &str) -> Result<(), Failure> {
        let began = fs::metadata(&self.marker)?.modified()?;
        fs::write(&self.marker, self.web.record(toolchain))?;
        fs::File::options()
            .write(true)
            .open(&self.marker)?
            .set_modified(began)?;
        fs::rename(self.marker, self.web.stamp())?;
        Ok(())
    }
}

fn modified(path: &Path) -> Option<SystemTime> {
    fs::metadata(path).ok()?.modified().ok()
}

/// A file, or a folder with anything in it, changed after `time`. A missing one counts as changed.
fn has_newer(path: &Path, time: SystemTime) -> bool {
    if path.ends_with("node_modules") {
        return false;
    }
    if modified(path).is_none_or(|changed| changed > time) {
        return true;
    }
    fs::read_dir(path).is_ok_and(|entries| {
        entries
            .flatten()
            .any(|entry| has_newer(&entry.path(), time))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn a_folder_is_as_new_as_its_newest_file() {
        let folder = std::env::temp_dir().join(format!("tepai-freshness-{}", std::process::id()));
        fs::create_dir_all(folder.join("inner")).unwrap();
        fs::write(folder.join("inner/file"), "a").unwrap();
        let now = modified(&folder.join("inner/file")).unwrap();
        let later = now + Duration::from_secs(5);
        assert!(!has_newer(&folder, later));
        fs::File::options()
            .write(true)
            .open(folder.join("inner/file"))
            .unwrap()
            .set_modified(later + Duration::from_secs(1))
            .unwrap();
        assert!(has_newer(&folder, later));
        assert!(has_newer(&folder.join("missing"), later));
        fs::remove_dir_all(folder).unwrap();
    }
}
