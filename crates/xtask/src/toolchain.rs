//! The one place that knows which compiler makes WebAssembly here: rustup's, or Debian's. Both build the standard
//! library from its source, because one that is built for size saves 11 % of the first visit.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use crate::places::{cargo_home, root};
use crate::process::{Failure, output, step, succeeds_within};
use crate::setup::apt_install;

/// A slow line gets the source (4 MB) or the target (20 MB) within this time; a machine without a line should not wait
/// longer.
const RUSTUP_LIMIT: Duration = Duration::from_secs(150);

/// A compiler that can make WebAssembly.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WebToolchain {
    /// The usual one: the compiler on `PATH`, with its standard library's source.
    Sources,
    /// The compiler on `PATH` with the target's standard library as it was delivered: a tenth more to download.
    Delivered,
    /// Debian's packages (rustc-web and others).
    Debian {
        /// Debian's wasm linker, whose name carries its version.
        linker: String,
    },
}

impl WebToolchain {
    /// The target that browsers run.
    pub const TARGET: &str = "wasm32-unknown-unknown";

    /// Finds the toolchain, and installs one where there is none.
    pub fn prepare() -> Result<Self, Failure> {
        match std::env::var("TEPAI_WEB_TOOLCHAIN").as_deref() {
            Ok("rustup") => Self::from_rustup().ok_or_else(no_rustup_target),
            Ok("debian") => Self::from_debian(),
            Ok(other) => Err(Failure::new(format!("TEPAI_WEB_TOOLCHAIN is `{other}`"))
                .remedy("set it to rustup or debian, or unset it")),
            Err(_) if has_sources() => Ok(Self::Sources),
            Err(_) => match find_debian() {
                Some(found) => Ok(found),
                None => Self::from_rustup().map_or_else(Self::from_debian, Ok),
            },
        }
    }

    fn from_rustup() -> Option<Self> {
        if has_sources() {
            return Some(Self::Sources);
        }
        step(
            "Adding the standard library's source with rustup (less than a minute; given up after 150 s)",
        );
        if rustup(&["component", "add", "rust-src"]) && has_sources() {
            return Some(Self::Sources);
        }
        if !has_target() {
            step("Adding the wasm target with rustup (less than a minute; given up after 150 s)");
            rustup(&["target", "add", Self::TARGET]);
        }
        has_target().then_some(Self::Delivered)
    }

    fn from_debian() -> Result<Self, Failure> {
        if let Some(found) = find_debian() {
            return Ok(found);
        }
        step(
            "Installing Debian's Rust for the web: rustc-web, its library's source and a linker (about 2 minutes)",
        );
        apt_install(&["rustc-web", "cargo-web", "rust-web-src", "lld-22"]).map_err(|failure| {
            no_rustup_target().remedy(format!(
                "make `rustup component add rust-src` work, or install Debian's packages: {failure}"
            ))
        })?;
        find_debian().ok_or_else(|| {
            Failure::new("Debian's Rust for the web is installed but incomplete")
                .remedy("apt-get install --reinstall rustc-web cargo-web rust-web-src lld-22")
        })
    }

    /// How this toolchain is called in messages.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Sources => "the installed Rust, building the standard library",
            Self::Delivered => "the installed Rust and its delivered standard library",
            Self::Debian { .. } => "Debian's Rust, building the standard library",
        }
    }

    /// Whether Clippy exists for it.
    pub fn has_clippy(&self) -> bool {
        match self {
            Self::Sources | Self::Delivered => true,
            Self::Debian { .. } => false,
        }
    }

    /// What the wasm build needs in its environment while developing, without `PATH`.
    pub fn environment(&self) -> Vec<(&'static str, OsString)> {
        let mut variables = vec![
            // Its own folder: the flags differ from the host's, and each change would rebuild everything.
            (
                "CARGO_TARGET_DIR",
                root().join("target/web").into_os_string(),
            ),
            (RUSTFLAGS, rustflags(self)),
        ];
        if let Self::Sources | Self::Debian { .. } = self {
            variables.extend([
                // The stable compiler builds its own library only when told that it may.
                ("RUSTC_BOOTSTRAP", "1".into()),
                ("CARGO_UNSTABLE_BUILD_STD", "std,panic_abort".into()),
            ]);
        }
        if let Self::Debian { linker } = self {
            variables.extend([
                ("RUSTC", "/usr/bin/rustc".into()),
                ("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker.into()),
            ]);
        }
        variables
    }

    /// What the release needs on top of [`Self::environment`]: a small standard library that stops at a panic instead
    /// of carrying the words for it. The page tells the shopper (index.html).
    pub fn release_environment(&self) -> Vec<(&'static str, OsString)> {
        match self {
            Self::Delivered => Vec::new(),
            Self::Sources | Self::Debian { .. } => {
                let mut flags = rustflags(self);
                flags.push(
                    " -Zunstable-options -Cpanic=immediate-abort -Zlocation-detail=none -Zfmt-debug=none",
                );
                vec![
                    (RUSTFLAGS, flags),
                    (
                        "CARGO_UNSTABLE_BUILD_STD_FEATURES",
                        "optimize_for_size".into(),
                    ),
                ]
            }
        }
    }

    /// The folders that must come first on `PATH`.
    pub fn path(&self) -> Vec<PathBuf> {
        match self {
            Self::Sources | Self::Delivered => Vec::new(),
            Self::Debian { .. } => vec![PathBuf::from("/usr/bin")],
        }
    }

    /// A command in this toolchain's environment.
    pub fn command(&self, program: &str, more_path: &[PathBuf]) -> Result<Command, Failure> {
        let path = self.full_path(more_path)?;
        // Looked up here: std would search the caller's PATH.
        let program = std::env::split_paths(&path)
            .map(|dir| dir.join(program))
            .find(|file| file.is_file())
            .unwrap_or_else(|| PathBuf::from(program));
        let mut command = Command::new(program);
        // Cargo sets these for the programs it runs; they would tie the wasm build to the host's toolchain.
        for variable in ["CARGO", "RUSTC", "RUSTFLAGS", "CARGO_ENCODED_RUSTFLAGS"] {
            command.env_remove(variable);
        }
        command
            .envs(self.environment())
            .env("PATH", path)
            .current_dir(root());
        Ok(command)
    }

    /// `PATH` with this toolchain, then the given folders, then what was there before.
    pub fn full_path(&self, more: &[PathBuf]) -> Result<OsString, Failure> {
        let old = std::env::var_os("PATH").unwrap_or_default();
        let folders = more
            .iter()
            .cloned()
            .chain(self.path())
            .chain(std::env::split_paths(&old));
        std::env::join_paths(folders)
            .map_err(|error| Failure::new(format!("PATH cannot be extended: {error}")))
    }
}

const RUSTFLAGS: &str = "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS";

fn rustup(arguments: &[&str]) -> bool {
    let mut rustup = Command::new("rustup");
    rustup
        .current_dir(root())
        .args(arguments)
        .env("RUSTUP_MAX_RETRIES", "1");
    succeeds_within(&mut rustup, RUSTUP_LIMIT)
}

fn no_rustup_target() -> Failure {
    Failure::new(format!(
        "no Rust compiler here can make WebAssembly ({})",
        WebToolchain::TARGET
    ))
    .remedy("make `rustup component add rust-src` work (it downloads from static.rust-lang.org)")
}

/// The compiler on `PATH` comes with its standard library's source.
fn has_sources() -> bool {
    let sysroot = sysroot(Command::new("rustc").current_dir(root()));
    sysroot.is_some_and(|sysroot| sysroot.join(STD_SOURCE).is_file())
}

/// The compiler on `PATH` has the target's standard library; true for rustup's and for a distribution's.
fn has_target() -> bool {
    let sysroot = sysroot(Command::new("rustc").current_dir(root()));
    sysroot.is_some_and(|sysroot| {
        sysroot
            .join("lib/rustlib")
            .join(WebToolchain::TARGET)
            .join("lib")
            .is_dir()
    })
}

const STD_SOURCE: &str = "lib/rustlib/src/rust/library/std/Cargo.toml";

fn sysroot(rustc: &mut Command) -> Option<PathBuf> {
    output(rustc.args(["--print", "sysroot"])).map(|path| PathBuf::from(path.trim()))
}

fn find_debian() -> Option<WebToolchain> {
    let sources = sysroot(&mut Command::new("/usr/bin/rustc"))?.join(STD_SOURCE);
    if !sources.is_file() || !Path::new("/usr/bin/cargo").is_file() {
        return None;
    }
    let linkers = std::fs::read_dir("/usr/bin").ok()?.flatten();
    let names = linkers.map(|entry| entry.file_name().to_string_lossy().into_owned());
    newest_linker(names).map(|linker| WebToolchain::Debian { linker })
}

/// The newest of Debian's `wasm-ld-N`.
fn newest_linker(names: impl Iterator<Item = String>) -> Option<String> {
    names
        .filter_map(|name| {
            name.strip_prefix("wasm-ld-")
                .and_then(|version| version.parse::<u32>().ok())
        })
        // Older ones do not read what today's compiler writes.
        .filter(|version| *version >= 20)
        .max()
        .map(|version| format!("wasm-ld-{version}"))
}

/// No path of this machine belongs into the result; besides, they cost bytes.
fn rustflags(toolchain: &WebToolchain) -> OsString {
    let mut flags = OsString::from("--cfg=erase_components --remap-path-prefix=");
    flags.push(cargo_home().join("registry/src"));
    flags.push("=.");
    match toolchain {
        WebToolchain::Sources => {
            if let Some(sysroot) = sysroot(Command::new("rustc").current_dir(root())) {
                flags.push(" --remap-path-prefix=");
                flags.push(sysroot.join("lib/rustlib/src/rust"));
                flags.push("=.");
            }
        }
        WebToolchain::Delivered => {}
        WebToolchain::Debian { .. } => flags.push(
            " --remap-path-prefix=/usr/src=. --remap-path-prefix=/usr/lib/rustlib/src/rust=.",
        ),
    }
    flags
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_linker_is_chosen_by_number() {
        let names = ["wasm-ld-22", "wasm-ld-9", "wasm-ld", "ld", "wasm-ld-100"].map(String::from);
        assert_eq!(
            newest_linker(names.into_iter()).as_deref(),
            Some("wasm-ld-100")
        );
    }

    #[test]
    fn a_linker_that_is_too_old_is_none() {
        let names = ["wasm-ld-14", "wasm-ld"].map(String::from);
        assert_eq!(newest_linker(names.into_iter()), None);
    }

    #[test]
    fn only_the_release_gives_up_the_words_of_a_panic() {
        let flags = |variables: Vec<(&str, OsString)>| {
            let mut variables = variables.into_iter();
            variables.any(|(_, value)| value.to_string_lossy().contains("immediate-abort"))
        };
        assert!(!flags(WebToolchain::Sources.environment()));
        assert!(flags(WebToolchain::Sources.release_environment()));
        assert!(!flags(WebToolchain::Delivered.release_environment()));
    }

    #[test]
    fn debians_rust_comes_first_on_its_path() {
        let debian = WebToolchain::Debian {
            linker: "wasm-ld-22".into(),
        };
        assert_eq!(debian.path(), [PathBuf::from("/usr/bin")]);
        assert!(
            debian
                .environment()
                .iter()
                .any(|(name, value)| *name == "RUSTC" && value == "/usr/bin/rustc")
        );
    }
}
