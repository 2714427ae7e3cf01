//! `build`: the release storefront in dist/, then the server that carries it.

use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::time::Instant;

use crate::freshness;
use crate::places::root;
use crate::process::{Failure, run, spoken, step};
use crate::setup::{self, WebTools};
use crate::toolchain::WebToolchain;

/// Builds both.
pub fn build() -> Result<(), Failure> {
    let start = Instant::now();
    storefront(&setup::web()?)?;
    server()?;
    println!(
        "\nbuilt dist/ and target/release/tepai in {}",
        spoken(start.elapsed())
    );
    Ok(())
}

/// Builds both, or only what is named.
pub fn build_parts(names: &[String]) -> Result<(), Failure> {
    match names {
        [] => build(),
        [name] if name == "storefront" => storefront(&setup::web()?),
        [name] if name == "server" => server(),
        _ => Err(Failure::new("there is no such part to build").remedy("storefront or server")),
    }
}

/// Builds dist/: compiles, cuts off what the first page does not need, binds, puts together, names by content and
/// compresses. (Trunk, which serves while developing, cannot cut.)
fn storefront(tools: &WebTools) -> Result<(), Failure> {
    if freshness::is_current(tools.toolchain.name()) {
        step("The storefront in dist/ is up to date");
        return Ok(());
    }
    step(&format!(
        "Building the storefront with {} (the first time 3 to 10 minutes)",
        tools.toolchain.name()
    ));
    let started = freshness::start()?;
    // Cutting needs to know where functions refer to each other.
    run(tools
        .command("cargo")?
        .envs(tools.toolchain.release_environment())
        .args([
            "rustc",
            "--profile",
            "web",
            "--target",
            WebToolchain::TARGET,
            "--package",
            "storefront",
            "--bin",
            "storefront",
            "--features",
            "csr,split",
            "--",
            "-Clink-args=--emit-relocs",
        ]))?;
    let program = root()
        .join("target/web")
        .join(WebToolchain::TARGET)
        .join("web/storefront.wasm");
    let (split, bound) = (folder("target/web/split")?, folder("target/web/bound")?);
    run(tools
        .command("wasm-split-cli")?
        .args(["--target", "web", "--out-name", "storefront"])
        .args([&program, &split]))?;
    run(tools
        .command("wasm-bindgen")?
        .args(["--target", "web", "--no-typescript", "--keep-lld-exports"])
        .args(["--out-name", "storefront", "--out-dir"])
        .args([&bound, &split.join("storefront.wasm")]))?;
    run(Command::new("node")
        .current_dir(root())
        .arg("crates/xtask/tools/assemble.mjs")
        .args([&split, &bound, &root().join("dist")]))?;
    run(Command::new("node")
        .current_dir(root())
        .args(["crates/xtask/tools/finish.mjs", "dist"]))?;
    started.finished(tools.toolchain.name())
}

/// An empty folder below the root.
fn folder(name: &str) -> Result<PathBuf, Failure> {
    let folder = root().join(name);
    match fs::remove_dir_all(&folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error.into()),
        Ok(()) | Err(_) => fs::create_dir_all(&folder)?,
    }
    Ok(folder)
}

fn server() -> Result<(), Failure> {
    step("Building the server (the first time 5 to 10 minutes)");
    run(Command::new("cargo").current_dir(root()).args([
        "build",
        "--release",
        "--package",
        "orders-server",
    ]))
}
