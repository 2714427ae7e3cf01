//! `build`: the release storefront in dist/, then the server that carries it.

use std::process::Command;
use std::time::Instant;

use crate::freshness;
use crate::places::root;
use crate::process::{Failure, run, spoken, step};
use crate::setup::{self, WebTools};

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

/// Builds dist/ with Trunk, then minifies, names by content and compresses.
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
    let mut trunk = tools.command("trunk")?;
    // Some shells and pipelines set NO_COLOR=1, which this Trunk refuses to read as a yes.
    trunk.args(["build", "--release"]).env_remove("NO_COLOR");
    run(&mut trunk)?;
    run(Command::new("node")
        .current_dir(root())
        .args(["crates/xtask/tools/finish.mjs", "dist"]))?;
    started.finished(tools.toolchain.name())
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
