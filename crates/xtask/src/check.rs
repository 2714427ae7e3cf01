//! `check`: format, lints for host and wasm, house rules. All of them run, so that one call shows everything.

use std::fs;
use std::path::Path;
use std::process::{Command, ExitCode};

use serde_json::Value;

use crate::doors::{self, Package};
use crate::house::{self, SourceFile};
use crate::places::root;
use crate::process::{Failure, output, step, succeeds};
use crate::setup;
use crate::test::HOST_FEATURES;
use crate::toolchain::WebToolchain;

/// True when everything is as it should be.
type Check = fn() -> Result<bool, Failure>;

const CHECKS: [(&str, &str, Check); 4] = [
    ("format", "format", format),
    ("host", "lints for the host", host_lints),
    ("wasm", "lints for wasm", wasm_lints),
    ("house", "house rules", house_rules),
];

/// Runs every check, or those named, and says which failed.
pub fn check(names: &[String]) -> Result<ExitCode, Failure> {
    if let Some(unknown) = names
        .iter()
        .find(|name| CHECKS.iter().all(|(known, ..)| known != name))
    {
        return Err(
            Failure::new(format!("there is no check called `{unknown}`"))
                .remedy("some of: format, host, wasm, house"),
        );
    }
    need_components()?;
    let mut failed = Vec::new();
    for (name, title, check) in CHECKS {
        if !(names.is_empty() || names.iter().any(|asked| asked == name)) {
            continue;
        }
        step(&format!("Check: {title}"));
        let passed = check().unwrap_or_else(|failure| {
            eprintln!("error: {failure}");
            false
        });
        if !passed {
            failed.push(title);
        }
    }
    if failed.is_empty() {
        println!("\nall checks passed");
        Ok(ExitCode::SUCCESS)
    } else {
        println!("\nfailed: {}", failed.join(", "));
        Ok(ExitCode::FAILURE)
    }
}

fn need_components() -> Result<(), Failure> {
    let there = |name: &str| output(Command::new("cargo").args([name, "--version"])).is_some();
    if !(there("fmt") && there("clippy")) {
        step("Adding rustfmt and clippy with rustup (less than a minute)");
        if !succeeds(Command::new("rustup").args(["component", "add", "rustfmt", "clippy"]))? {
            return Err(Failure::new("rustfmt or clippy is missing")
                .remedy("rustup component add rustfmt clippy"));
        }
    }
    Ok(())
}

fn format() -> Result<bool, Failure> {
    let passed = succeeds(
        Command::new("cargo")
            .current_dir(root())
            .args(["fmt", "--all", "--check"]),
    )?;
    if !passed {
        eprintln!("remedy: cargo fmt --all");
    }
    Ok(passed)
}

fn host_lints() -> Result<bool, Failure> {
    succeeds(
        Command::new("cargo")
            .current_dir(root())
            .args([
                "clippy",
                "--workspace",
                "--all-targets",
                "--features",
                HOST_FEATURES,
            ])
            .args(["--", "--deny", "warnings"]),
    )
}

fn wasm_lints() -> Result<bool, Failure> {
    let tools = setup::web()?;
    if !tools.toolchain.has_clippy() {
        eprintln!(
            "(Debian's Rust for the web has no clippy: the compiler's own warnings are denied instead)"
        );
    }
    let mut passed = true;
    for package in ["storefront", "console"] {
        let mut cargo = tools.command("cargo")?;
        if tools.toolchain.has_clippy() {
            cargo.arg("clippy");
        } else {
            cargo.args(["rustc", "--lib", "--profile", "check"]);
        }
        cargo.args(["--package", package, "--features", "csr"]);
        cargo.args(["--target", WebToolchain::TARGET]);
        passed &= succeeds(cargo.args(["--", "--deny", "warnings"]))?;
    }
    Ok(passed)
}

fn house_rules() -> Result<bool, Failure> {
    let mut broken = Vec::new();
    for file in sources(&root())? {
        broken.extend(house::broken_by(&file));
    }
    for package in packages()? {
        broken.extend(doors::broken_by(&package));
    }
    for violation in &broken {
        eprintln!("{violation}");
    }
    Ok(broken.is_empty())
}

/// Every file of the project that people write.
fn sources(root: &Path) -> Result<Vec<SourceFile>, Failure> {
    const SKIPPED: [&str; 7] = [
        "target",
        "dist",
        "dist-staff",
        "node_modules",
        ".git",
        "test-results",
        "playwright-report",
    ];
    const READ: [&str; 9] = ["rs", "css", "ts", "mjs", "js", "html", "sql", "toml", "md"];
    let mut files = Vec::new();
    let mut folders = vec![root.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            let name = path
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            if path.is_dir() {
                if !SKIPPED.contains(&name.as_str()) {
                    folders.push(path);
                }
            } else if path
                .extension()
                .is_some_and(|kind| READ.iter().any(|read| kind == *read))
            {
                let shown = path
                    .strip_prefix(root)
                    .unwrap_or(&path)
                    .to_string_lossy()
                    .replace('\\', "/");
                files.push(SourceFile {
                    path: shown,
                    text: fs::read_to_string(&path)?,
                });
            }
        }
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(files)
}

/// The workspace's packages with the dependencies of their normal builds.
fn packages() -> Result<Vec<Package>, Failure> {
    let mut cargo = Command::new("cargo");
    cargo
        .current_dir(root())
        .args(["metadata", "--no-deps", "--format-version", "1"]);
    let text = output(&mut cargo).ok_or_else(|| Failure::new("cargo metadata failed"))?;
    let metadata: Value = serde_json::from_str(&text)
        .map_err(|error| Failure::new(format!("cargo metadata: {error}")))?;
    let list = metadata["packages"].as_array().cloned().unwrap_or_default();
    Ok(list.iter().map(package).collect())
}

fn package(value: &Value) -> Package {
    let dependencies = value["dependencies"]
        .as_array()
        .map(Vec::as_slice)
        .unwrap_or_default();
    Package {
        name: value["name"].as_str().unwrap_or_default().to_owned(),
        dependencies: dependencies
            .iter()
            .filter(|dependency| dependency["kind"].is_null())
            .filter_map(|dependency| dependency["name"].as_str().map(str::to_owned))
            .collect(),
    }
}
