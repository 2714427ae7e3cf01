//! The core stories in Firefox and WebKit, through WebDriver, and the tests of what the build knows of older browsers.

use std::fs;
use std::process::Command;

use crate::counts::{Counts, of_tap};
use crate::places::{asset_tools, root};
use crate::process::{Failure, run, step, succeeds};
use crate::server;
use crate::setup;

/// Both engines after another: together they would take each other's time, and the stories are about time, too.
const ENGINES: [&str; 2] = ["firefox", "webkit"];

/// Runs them all.
pub fn all() -> Result<Counts, Failure> {
    let programs = setup::engines()?;
    let folder = root().join("target/engines");
    fs::create_dir_all(&folder)?;
    let stories = folder.join("stories.cjs");
    // The stories share their stage with those for Playwright, which looks for the catalogues from where it is.
    let stage = serde_json::json!(root().join("e2e/stage")).to_string();
    run(
        Command::new(asset_tools().join("node_modules/.bin/esbuild"))
            .current_dir(root())
            .arg("e2e/engines/stories.ts")
            .args(["--bundle", "--platform=node", "--format=cjs"])
            .args(["--target=node18", "--sourcemap=inline"])
            .arg("--log-level=warning")
            .arg(format!("--define:__dirname={stage}"))
            .arg(format!("--outfile={}", stories.display())),
    )?;
    let mut total = told("the oldest browsers", |node| {
        node.arg(asset_tools().join("oldest.test.mjs"));
    })?;
    total += told("the order of functions", |node| {
        node.arg(asset_tools().join("order.test.mjs"));
    })?;
    for engine in ENGINES {
        step(&format!("Stories in {engine} (about a minute)"));
        total += told(engine, |node| {
            node.arg("--enable-source-maps")
                .arg(&stories)
                .env("TEPAI_ENGINE", engine)
                .env("TEPAI_BINARY", server::binary())
                .env("TEPAI_FIREFOX", &programs.firefox)
                .env("TEPAI_GECKODRIVER", &programs.geckodriver)
                .env("TEPAI_WEBKIT", &programs.webkit)
                .env("TEPAI_WEBKIT_DRIVER", &programs.webkit_driver)
                .env("TEPAI_XVFB", &programs.xvfb);
        })?;
    }
    Ok(total)
}

/// Runs one file of tests with Node's test runner, which `add` names, and counts what it reports.
fn told(title: &str, add: impl FnOnce(&mut Command)) -> Result<Counts, Failure> {
    let report = root().join("target/engines/report.tap");
    let _ = fs::remove_file(&report);
    let mut node = Command::new("node");
    node.current_dir(root())
        .args(["--test-reporter=spec", "--test-reporter-destination=stdout"])
        .args(["--test-reporter=tap", "--test-reporter-destination"])
        .arg(&report);
    add(&mut node);
    let succeeded = succeeds(&mut node)?;
    let mut counts =
        of_tap(&fs::read_to_string(&report).unwrap_or_default()).confirmed_by(succeeded);
    for remark in &mut counts.remarks {
        *remark = format!("{title}: {remark}");
    }
    Ok(counts)
}
