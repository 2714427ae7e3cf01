//! The refund dates of three years, counted again with a calendar from PyPI that others made.

use std::fs::{self, File};
use std::process::Command;

use crate::counts::{Counts, of_tap};
use crate::places::{asset_tools, root};
use crate::process::{Failure, run, tee};
use crate::setup;

/// Compares every day, shop and channel; one test for each shop's channel, and one that enough was compared.
pub fn every_day() -> Result<Counts, Failure> {
    let python = setup::chinese_calendar()?;
    let dates = root().join("target/refund-dates.csv");
    fs::create_dir_all(root().join("target"))?;
    let mut example = Command::new("cargo");
    example
        .current_dir(root())
        .args(["run", "--quiet", "--package", "orders-domain"])
        .args(["--features", "policy-files", "--example", "refund_dates"])
        .stdout(File::create(&dates)?);
    run(&mut example)?;
    let mut check = Command::new(python);
    check
        .arg(asset_tools().join("refund_dates.py"))
        .stdin(File::open(&dates)?);
    let (succeeded, report) = tee(&mut check)?;
    Ok(of_tap(&report).confirmed_by(succeeded))
}
