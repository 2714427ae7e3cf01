//! `size`: what the first visit to My Orders transfers, compared with the budget in the repository.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::places::root;
use crate::process::Failure;

const BUDGET: &str = "crates/xtask/size-budget.json";

/// One file of the built storefront.
struct File {
    /// Its path below dist/, with forward slashes.
    name: String,
    content: Vec<u8>,
    /// Bytes on the wire: compressed where the server has a compressed copy.
    transferred: u64,
}

/// Prints the table; fails past the budget.
pub fn size() -> Result<(), Failure> {
    let dist = root().join("dist");
    let files = read(&dist)?;
    let visit = first_visit(&files);
    // A folder without a program weighs nothing, and says nothing.
    if !visit.iter().any(|file| file.name.ends_with(".wasm")) {
        return Err(
            Failure::new(format!("{} holds no storefront", dist.display()))
                .remedy("cargo xtask build"),
        );
    }
    let budget = budget()?;
    let raw: usize = visit.iter().map(|file| file.content.len()).sum();
    let total: u64 = visit.iter().map(|file| file.transferred).sum();

    println!(
        "{:44} {:>9} {:>9}",
        "first visit to My Orders", "raw", "brotli"
    );
    for file in &visit {
        println!(
            "{:44} {:>9} {:>9}",
            file.name,
            file.content.len(),
            file.transferred
        );
    }
    println!("{:44} {raw:>9} {total:>9}", "total");
    for file in files.iter().filter(|file| comes_later(&file.name)) {
        println!(
            "{:44} {:>9} {:>9}",
            format!("(later) {}", file.name),
            file.content.len(),
            file.transferred
        );
    }
    println!("{:44} {:>9} {budget:>9}", "budget", "");
    if let Some(name) = of_the_console(&files) {
        return Err(Failure::new(format!(
            "{name} of the storefront has {CONSOLE_DOOR} in it, which is the console's"
        ))
        .remedy("keep what only the staff do out of what the storefront's crates share with the console"));
    }
    if total > budget {
        return Err(Failure::new(format!(
            "{} bytes past the budget of {budget} bytes",
            total - budget
        ))
        .remedy(format!("make it smaller; the budget is in {BUDGET}")));
    }
    println!("{:44} {:>9} {:>9}", "left", "", budget - total);
    Ok(())
}

fn budget() -> Result<u64, Failure> {
    let text = fs::read_to_string(root().join(BUDGET))?;
    serde_json::from_str::<Value>(&text)
        .ok()
        .and_then(|value| value["first_visit_brotli_bytes"].as_u64())
        .ok_or_else(|| {
            Failure::new(format!(
                "{BUDGET}: no whole number `first_visit_brotli_bytes`"
            ))
        })
}

/// What the console asks of the server, and no page of the shopper's.
const CONSOLE_DOOR: &str = "/api/v1/staff";

/// The first file of dist/ that has something of the console in it.
fn of_the_console(files: &[File]) -> Option<&str> {
    let found = files
        .iter()
        .find(|file| mentions(&file.content, CONSOLE_DOOR.as_bytes()))?;
    Some(&found.name)
}

/// All files of dist/ but the compressed copies.
fn read(dist: &Path) -> Result<Vec<File>, Failure> {
    let mut files = Vec::new();
    let mut folders = vec![dist.to_path_buf()];
    while let Some(folder) = folders.pop() {
        let entries = fs::read_dir(&folder).map_err(|error| {
            Failure::new(format!("{}: {error}", folder.display())).remedy("cargo xtask build")
        })?;
        for entry in entries {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else if !path
                .extension()
                .is_some_and(|extension| extension == "br" || extension == "gz")
            {
                files.push(read_file(dist, path)?);
            }
        }
    }
    files.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(files)
}

fn read_file(dist: &Path, path: PathBuf) -> Result<File, Failure> {
    let content = fs::read(&path)?;
    let mut compressed = path.clone().into_os_string();
    compressed.push(".br");
    let transferred = fs::metadata(compressed).map_or(content.len() as u64, |copy| copy.len());
    let name = path
        .strip_prefix(dist)
        .unwrap_or(&path)
        .to_string_lossy()
        .replace('\\', "/");
    Ok(File {
        name,
        content,
        transferred,
    })
}

/// The code of pages that are loaded when they are needed, or in advance when the first page is done; the service worker,
/// which comes after them; and the icons of those who install the application.
fn comes_later(name: &str) -> bool {
    let code = [".wasm", ".js", ".css"]
        .iter()
        .any(|kind| name.ends_with(kind));
    (name.starts_with("later-") && code) || name == "sw.js" || name.starts_with("install/")
}

/// The page and everything that it, or a file it loads, mentions by name, but for what comes later. Product pictures
/// are named by the API's answers, so they are not among them.
fn first_visit(files: &[File]) -> Vec<&File> {
    let mut visit: Vec<&File> = files
        .iter()
        .filter(|file| file.name == "index.html")
        .collect();
    let mut next = 0;
    while let Some(current) = visit.get(next).copied() {
        for file in files {
            let known = visit.iter().any(|seen| seen.name == file.name);
            if !known
                && !comes_later(&file.name)
                && mentions(&current.content, file.name.as_bytes())
            {
                visit.push(file);
            }
        }
        next += 1;
    }
    visit
}

fn mentions(content: &[u8], name: &[u8]) -> bool {
    content.windows(name.len()).any(|window| window == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(name: &str, content: &str) -> File {
        File {
            name: name.into(),
            content: content.into(),
            transferred: 1,
        }
    }

    #[test]
    fn the_first_visit_is_the_page_and_all_that_is_mentioned_from_there() {
        let files = [
            file(
                "index.html",
                "<script>import '/app-1.js'; import('/later-worker-1.js')</script><img src='/install/icon-192.png'>",
            ),
            file(
                "app-1.js",
                "fetch('/app-1_bg.wasm'); later('/later-order-1.wasm')",
            ),
            file("app-1_bg.wasm", "\0asm /favicon.svg"),
            file("favicon.svg", "<svg/>"),
            file("later-order-1.wasm", "\0asm"),
            file("later-worker-1.js", "register('/sw.js')"),
            file("sw.js", "app-1.js"),
            file("install/icon-192.png", "PNG"),
            file("products/tea.svg", "<svg/>"),
            file("app-0.js", "of an earlier build"),
        ];
        let names: Vec<&str> = first_visit(&files)
            .into_iter()
            .map(|file| file.name.as_str())
            .collect();
        assert_eq!(
            names,
            ["index.html", "app-1.js", "app-1_bg.wasm", "favicon.svg"]
        );
    }

    #[test]
    fn what_is_the_consoles_is_found_in_any_file_that_the_storefront_has() {
        let files = [
            file("index.html", "/staff"),
            file("later-order-1.wasm", "\0/api/v1/staff/work"),
        ];
        assert_eq!(of_the_console(&files), Some("later-order-1.wasm"));
        assert_eq!(of_the_console(&files[..1]), None);
    }

    #[test]
    fn without_a_page_there_is_no_visit() {
        assert!(first_visit(&[file("app.js", "index.html")]).is_empty());
    }
}
