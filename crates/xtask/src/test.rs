//! `test`: every test there is, or one part, and a last line that counts them.

use std::fs;
use std::process::{Command, ExitCode};
use std::time::Instant;

use crate::api_fuzz;
use crate::build;
use crate::counts::{Counts, of_cargo, of_playwright};
use crate::engines;
use crate::places::root;
use crate::postgres::Cluster;
use crate::process::{Failure, output, spoken, step, tee};
use crate::refund_dates;
use crate::server;
use crate::setup;

/// The host's tests render the storefront's and the console's views to strings.
pub const HOST_FEATURES: &str = "storefront/ssr,console/ssr";

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    /// Rust tests: rules, both databases, HTTP, views.
    Host,
    /// Refund dates, counted again with somebody else's calendar.
    Dates,
    /// Stories in Chromium against the built server.
    Browser,
    /// The core stories in Firefox and WebKit, and what the build knows of older browsers.
    Engines,
    /// Schemathesis over the API's description, on both databases.
    Api,
}

impl Part {
    const ALL: [Self; 5] = [
        Self::Host,
        Self::Dates,
        Self::Browser,
        Self::Engines,
        Self::Api,
    ];

    fn name(self) -> &'static str {
        match self {
            Self::Host => "host",
            Self::Dates => "dates",
            Self::Browser => "browser",
            Self::Engines => "engines",
            Self::Api => "api",
        }
    }

    fn run(self, cluster: &Cluster) -> Result<Counts, Failure> {
        match self {
            Self::Host => host(cluster),
            Self::Dates => refund_dates::every_day(),
            Self::Browser => browser(cluster),
            Self::Engines => engines::all(),
            Self::Api => api_fuzz::both_databases(cluster),
        }
    }
}

/// Runs the parts named in `args`, or all.
pub fn test(args: &[String]) -> Result<ExitCode, Failure> {
    let parts = parts(args)?;
    let cluster = Cluster::start()?;
    // The server carries dist/; the host's tests of it look at the same files.
    if parts
        .iter()
        .any(|part| !matches!(part, Part::Host | Part::Dates))
    {
        build::build()?;
    }
    let mut lines = Vec::new();
    let mut total = Counts::default();
    for part in parts {
        step(&format!("Tests: {}", part.name()));
        let start = Instant::now();
        let counts = part.run(&cluster).unwrap_or_else(|failure| {
            eprintln!("error: {failure}");
            Counts {
                failed: 1,
                remarks: vec![format!("error: {failure}")],
                ..Counts::default()
            }
        });
        lines.push(format!(
            "{:8} {:5} passed {:3} failed  {}",
            part.name(),
            counts.passed,
            counts.failed,
            spoken(start.elapsed())
        ));
        total += counts;
    }
    drop(cluster);
    for remark in &total.remarks {
        println!("\n{remark}");
    }
    println!(
        "\n{}\n{} passed, {} failed",
        lines.join("\n"),
        total.passed,
        total.failed
    );
    Ok(if total.failed == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

fn parts(args: &[String]) -> Result<Vec<Part>, Failure> {
    if args.is_empty() {
        return Ok(Part::ALL.to_vec());
    }
    args.iter()
        .map(|arg| {
            Part::ALL
                .into_iter()
                .find(|part| part.name() == arg)
                .ok_or_else(|| {
                    Failure::new(format!("there are no tests called `{arg}`"))
                        .remedy("one of: host, dates, browser, engines, api")
                })
        })
        .collect()
}

/// The workspace's Rust tests, by nextest where it is installed.
fn host(cluster: &Cluster) -> Result<Counts, Failure> {
    let nextest = output(Command::new("cargo").args(["nextest", "--version"])).is_some();
    let runs: &[&[&str]] = if nextest {
        // nextest does not run the examples in the documentation.
        &[
            &["nextest", "run", "--no-fail-fast"],
            &["test", "--doc", "--no-fail-fast"],
        ]
    } else {
        &[&["test", "--no-fail-fast"]]
    };
    let mut total = Counts::default();
    for arguments in runs {
        let mut cargo = Command::new("cargo");
        cargo
            .args(*arguments)
            .args(["--workspace", "--features", HOST_FEATURES]);
        cargo
            .current_dir(root())
            .env("TEPAI_TEST_POSTGRES_URL", cluster.url("postgres"));
        let (succeeded, text) = tee(&mut cargo)?;
        let counts = of_cargo(&text);
        // There may be no examples at all; a program that fails is a failure in any case.
        let examples = arguments.contains(&"--doc");
        total += if examples && succeeded {
            counts
        } else {
            counts.confirmed_by(succeeded)
        };
    }
    Ok(total)
}

/// The stories in e2e/, which start the built server themselves.
fn browser(cluster: &Cluster) -> Result<Counts, Failure> {
    let chromium = setup::browser()?;
    let report = root().join("target/playwright.json");
    let _ = fs::remove_file(&report);
    let mut playwright = Command::new("npx");
    playwright
        .current_dir(root().join("e2e"))
        .args(["--no-install", "playwright", "test", "--reporter=list,json"])
        .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")
        .env("PLAYWRIGHT_JSON_OUTPUT_FILE", &report)
        .env("TEPAI_CHROMIUM", chromium)
        .env("TEPAI_BINARY", server::binary())
        .env("TEPAI_TEST_POSTGRES_URL", cluster.url("postgres"));
    let succeeded = crate::process::succeeds(&mut playwright)?;
    let counts = of_playwright(&fs::read_to_string(&report).unwrap_or_default());
    Ok(counts.confirmed_by(succeeded))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_argument_means_every_part() {
        assert_eq!(parts(&[]).unwrap(), Part::ALL);
        assert_eq!(parts(&["browser".into()]).unwrap(), [Part::Browser]);
        assert!(parts(&["bowser".into()]).is_err());
    }
}
