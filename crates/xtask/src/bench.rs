//! Measures the server on both databases, with ten thousand and with a million orders.

use std::process::Command;

use crate::places::root;
use crate::postgres::Cluster;
use crate::process::{Failure, run, step};

/// The sizes that `orders-bench` measures.
const SIZES: [&str; 2] = ["10000", "1000000"];

/// Builds server and load generator in release, and prints one table for both databases.
/// The SQLite databases stay in `target/bench`, so that the next run need not fill them again.
pub fn bench() -> Result<(), Failure> {
    step("Building the server and the load generator in release (about 5 minutes the first time)");
    let mut build = Command::new("cargo");
    build.args([
        "build",
        "--release",
        "-p",
        "orders-server",
        "-p",
        "orders-bench",
    ]);
    run(build.current_dir(root()))?;

    step("Filling four databases and measuring (about 10 minutes the first time)");
    let cluster = Cluster::start()?;
    for size in SIZES {
        cluster.create_database(&format!("tepai_bench_{size}"))?;
    }
    let release = root().join("target/release");
    let mut bench = Command::new(release.join("orders-bench"));
    bench
        .arg(release.join("tepai"))
        .arg(root().join("target/bench"))
        .arg(cluster.url("tepai_bench_{orders}"));
    run(&mut bench)
}
