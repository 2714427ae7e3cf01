//! `build`: the release storefront in dist/, the console in dist-staff/, then the server that carries them.

use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::time::Instant;

use crate::freshness::{CONSOLE, STOREFRONT};
use crate::places::root;
use crate::process::{Failure, run, spoken, step};
use crate::setup::{self, WebTools};
use crate::toolchain::WebToolchain;

/// Builds all of them.
pub fn build() -> Result<(), Failure> {
    let start = Instant::now();
    let tools = setup::web()?;
    storefront(&tools)?;
    console(&tools)?;
    server()?;
    println!(
        "\nbuilt dist/, dist-staff/ and target/release/tepai in {}",
        spoken(start.elapsed())
    );
    Ok(())
}

/// Builds all, or only what is named.
pub fn build_parts(names: &[String]) -> Result<(), Failure> {
    match names {
        [] => build(),
        [name] if name == "storefront" => storefront(&setup::web()?),
        [name] if name == "console" => console(&setup::web()?),
        [name] if name == "server" => server(),
        _ => {
            Err(Failure::new("there is no such part to build")
                .remedy("storefront, console or server"))
        }
    }
}

/// Builds dist/: compiles, cuts off what the first page does not need, binds, puts together, names by content and
/// compresses. (Trunk, which serves while developing, cannot cut.)
fn storefront(tools: &WebTools) -> Result<(), Failure> {
    if STOREFRONT.is_current(tools.toolchain.name()) {
        step("The storefront in dist/ is up to date");
        return Ok(());
    }
    step(&format!(
        "Building the storefront with {} (the first time 3 to 10 minutes)",
        tools.toolchain.name()
    ));
    let started = STOREFRONT.start()?;
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

/// Builds dist-staff/: one program, because the staff open it in the morning and keep it open. Nothing of it is in dist/.
fn console(tools: &WebTools) -> Result<(), Failure> {
    if CONSOLE.is_current(tools.toolchain.name()) {
        step("The console in dist-staff/ is up to date");
        return Ok(());
    }
    step(&format!(
        "Building the console with {} (the first time 2 to 4 minutes)",
        tools.toolchain.name()
    ));
    let started = CONSOLE.start()?;
    run(tools
        .command("cargo")?
        .envs(tools.toolchain.release_environment())
        .args([
            "build",
            "--profile",
            "web",
            "--target",
            WebToolchain::TARGET,
        ])
        .args(["--package", "console", "--features", "csr"]))?;
    let program = root()
        .join("target/web")
        .join(WebToolchain::TARGET)
        .join("web/console.wasm");
    let bound = folder("target/web/console")?;
    run(tools
        .command("wasm-bindgen")?
        .args(["--target", "web", "--no-typescript"])
        .args(["--out-name", "console", "--out-dir"])
        .args([&bound, &program]))?;
    run(Command::new("node")
        .current_dir(root())
        .arg("crates/xtask/tools/console.mjs")
        .args([&bound, &root().join(CONSOLE.dist)]))?;
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
