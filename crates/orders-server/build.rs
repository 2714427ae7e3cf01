//! Lists the built storefront and console (`dist/` and `dist-staff/` of the workspace) as tables of embedded files.
//!
//! Without a built one its folder is made, empty, so that cargo has something to watch.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=build.rs");
    list("../../dist", "embedded.rs")?;
    list("../../dist-staff", "embedded_staff.rs")
}

fn list(folder: &str, name: &str) -> io::Result<()> {
    let crate_dir = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let out_dir = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    let dist = crate_dir.join(folder);
    fs::create_dir_all(&dist)?;
    let dist = dist.canonicalize()?;

    let mut files = Vec::new();
    // While developing, `--dist` and `--dist-staff` name the folders; a server that had to be built again after each change of the
    // pages would be waited for.
    if env::var("PROFILE").as_deref() == Ok("release") {
        println!("cargo::rerun-if-changed={}", dist.display());
        collect(&dist, &mut files)?;
    }
    files.sort();
    let mut table = String::from("&[\n");
    for file in files {
        let name = file.strip_prefix(&dist).unwrap_or(&file);
        let name = name.to_string_lossy().replace('\\', "/");
        let _ = writeln!(
            table,
            "    ({name:?}, include_bytes!({file:?}).as_slice()),"
        );
    }
    table.push(']');
    fs::write(out_dir.join(name), table)
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        // Trunk keeps a half-finished build in `.stage`.
        let hidden = path
            .file_name()
            .is_some_and(|name| name.to_string_lossy().starts_with('.'));
        if hidden {
            continue;
        }
        if path.is_dir() {
            collect(&path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}
